"""What a disk refuses, told in the author's words: full, read-only, not allowed, too long."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.journal import Busy
from builder.naming import STATE_FOLDER
from builder.problems import Place, Problems
from builder.staging import CannotRead, CannotWrite, Desk, shown

_ROOM = "make room, then build again"
_ELSEWHERE = "give yourself the right to write there, or name another output folder with -o"
_STATE = (
    "a build keeps its lock and journal there: name an output folder outside the site with -o, "
    "where they may lie beside it"
)
_REASONS = {
    errno.ENOSPC: ("the disk is full", _ROOM),
    errno.EDQUOT: ("your disk quota is used up", _ROOM),
    errno.EFBIG: (
        "it is larger than the disk or your limits allow",
        "link to the file elsewhere, or raise the limit (`ulimit -f`)",
    ),
    errno.EROFS: ("the disk can only be read", "name another output folder with -o"),
    errno.EACCES: ("you have no right to write there", _ELSEWHERE),
    errno.EPERM: ("you have no right to write there", _ELSEWHERE),
    errno.ENAMETOOLONG: (
        "its name is too long for the disk",
        "shorten the title or the file's name, or give the page a permalink",
    ),
}
_TOO_DEEP = (
    "its folder has gone, or the whole path is longer than the 259 letters of Windows",
    "move the site nearer to the root of the disk, or switch long paths on",
)


@contextmanager
def told(problems: Problems, desk: Desk) -> Iterator[None]:
    """Turn what the disk refused into a problem, and raise `BuildFailed`."""
    try:
        yield
    except Busy as error:
        problems.error("site-busy", str(error), hint="let it end, or stop it, and build again")
    except CannotRead as error:
        name = shown(desk, error.source)
        said = f"{name} could not be copied: {error.error.strerror}"
        mend = "see that the file is there and that you may read it, and build again"
        problems.error("cannot-read", said, Place(name), mend)
    except CannotWrite as error:
        tell_cannot_write(problems, desk, shown(desk, desk.out / error.path), error.error)
    except OSError as error:
        tell_cannot_write(problems, desk, shown(desk, Path(error.filename or desk.out)), error)
    problems.stop_on_errors()


def tell_cannot_write(problems: Problems, desk: Desk, name: str, error: OSError) -> None:
    """Tell why `name` could not be written, and whether the site is half in place by then."""
    reason, mend = _REASONS.get(error.errno or 0, (error.strerror or str(error), ""))
    if error.errno == errno.ENOENT and sys.platform == "win32":
        reason, mend = _TOO_DEEP
    if name.split("/")[0] == STATE_FOLDER and mend != _ROOM:
        mend = _STATE
    if desk.journal.exists():
        problems.error(
            "half-published",
            f"{name} could not be put into place: {reason}; the site is part old and part new",
            Place(name),
            f"{mend or 'mend that, then build again'}; the next build goes on where this one ended",
        )
    else:
        problems.error(
            "cannot-write",
            f"{name} could not be written: {reason}; the site is as it was",
            Place(name),
            mend,
        )
