"""The half of publishing that a killed process leaves to the next one.

Once everything new stands complete in staging (`staging.py`), a journal is written, and from
there on the work only goes forward: what is in the way is cleared, the staged files are renamed
into place, what the new site lacks is removed, the list of written files follows, and the journal
goes. Each of these is either done or not, so whoever finds a journal does all of them again.

    .folio/lock                  held while a site is published
    .folio/journal-<key>.json    the removals; its presence means: go forward

A process killed at any moment loses nothing. A power cut is met halfway, because flushing each of
5,000 files costs a second and more: the journal and the list are flushed (a millisecond each), a
staged file whose bytes were lost is known by its digest and dropped, and as each build compares
what it would write with what the disk holds, the next one mends the rest.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from builder.problems import FolioError
from builder.staging import (
    MANIFEST,
    Desk,
    desk_for,
    digest_of,
    discard,
    files_in,
    opened,
    read_manifest,
    write_whole,
)

LOCK_WAIT = 5.0
"""Seconds to wait for another build of the same site."""

Step = Callable[[str], None]
"""Told the name of each stage as it is reached: `staged`, `drafted`, `journal`, `cleared`, `renamed:<n>`,
`pruned`, `manifest`, `done`."""


class Busy(FolioError):
    """Another process is publishing this site."""


class Removal(msgspec.Struct, frozen=True, array_like=True):
    """A file to remove if it is still what was written."""

    path: str
    """Relative to the output folder, with forward slashes."""
    digest: str


class Journal(msgspec.Struct, frozen=True, kw_only=True):
    """What remains to be done beside moving the staged files into place."""

    format: Literal[1] = 1
    clear: tuple[Removal, ...]
    """Files in the way of new ones (`a` of `a/index.html`), removed first."""
    prune: tuple[Removal, ...]
    """Files that the new site lacks, removed last."""


# ---- one at a time --------------------------------------------------------------------------


@contextmanager
def locked(state: Path, wait: float = LOCK_WAIT) -> Iterator[None]:
    """Hold the lock in a site's folder of what may be deleted; the system lets it go when the process ends, however it ends.

    Raises `Busy` when another process still holds it after `wait` seconds.
    """
    handle = os.open(opened(state) / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    deadline = time.monotonic() + wait
    try:
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                raise Busy(f"another Folio has been publishing this site for {wait:g} seconds")
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:  # some network folders know no locks: go on without
            return not isinstance(error, BlockingIOError)
        return True


# ---- going forward --------------------------------------------------------------------------


def commit(desk: Desk, staging: Path, journal: Journal, step: Step) -> None:
    """Write the journal and do what it says. Everything new must stand in `staging`."""
    write_whole(desk.draft, msgspec.json.encode(journal), desk.lasting)
    step("drafted")
    replace(desk.draft, desk.journal)
    step("journal")
    _carry_out(desk, staging, journal, step)


def recover(root: Path, out: Path, *, step: Step = lambda name: None) -> bool:
    """Bring an output folder that a killed run left to the old or the new site, complete.

    To be called before anything looks into the folder. A journal is finished; staged files
    without one, or with one that cannot be read, are discarded. Says whether a journal was
    finished. Raises `FolioError` when the site is busy or the disk refuses.
    """
    desk = desk_for(root, out)
    if not any(os.path.lexists(path) for path in (desk.journal, *desk.stagings)):
        return False
    try:
        with locked(desk.state):
            return finish(desk, step)
    except OSError as error:
        raise FolioError(
            f"an earlier build was stopped halfway, and {desk.out} cannot be completed: {error}; "
            f"mend that and build again, or delete {desk.state} and {desk.out} to begin anew"
        ) from error


def finish(desk: Desk, step: Step) -> bool:
    """What `recover` does, for one who holds the lock."""
    journal = _read_journal(desk.journal)
    staging = next(filter(_is_folder, desk.stagings), None)
    if journal is None or staging is None or desk.out.is_symlink():
        desk.journal.unlink(missing_ok=True)
        discard(desk)
        return False
    if _is_folder(staging / "site"):
        _drop_damaged(staging)
    _carry_out(desk, staging, journal, step)
    return True


def _read_journal(path: Path) -> Journal | None:
    """The journal; None when there is none, or it was cut short and so never was one."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Journal)
    except (FileNotFoundError, ValueError):
        return None


def _drop_damaged(staging: Path) -> None:
    """Remove staged files that a power cut emptied; the next build writes them anew."""
    try:
        digests = read_manifest(staging) or {}
    except ValueError:
        digests = {}
    for path in list(files_in(staging / "site", "")):
        if digest_of(staging / "site" / path) != digests.get(path, ""):
            (staging / "site" / path).unlink()


def _carry_out(desk: Desk, staging: Path, journal: Journal, step: Step) -> None:
    for removal in journal.clear:
        _remove(desk.out, removal)
    step("cleared")
    desk.out.parent.mkdir(parents=True, exist_ok=True)
    if _is_folder(staging / "site"):
        for number, _ in enumerate(_place(f"{staging}/site", str(desk.out))):
            step(f"renamed:{number}")
    for removal in journal.prune:
        _remove(desk.out, removal)
    step("pruned")
    if (staging / MANIFEST).exists():
        replace(staging / MANIFEST, desk.out / MANIFEST)
    step("manifest")
    desk.journal.unlink(missing_ok=True)
    discard(desk)
    step("done")


def _place(site: str, out: str) -> Iterator[str]:
    """Rename a staged site into place, at once where the folder is new; yield each rename."""
    if _is_folder(out):
        yield from _merge(site, out)
    else:
        replace(site, out)
        yield out


def _merge(source: str, target: str) -> Iterator[str]:
    for entry in sorted(os.scandir(source), key=lambda entry: entry.name):
        place = f"{target}/{entry.name}"
        if _is_folder(place):
            if entry.is_dir():
                yield from _merge(entry.path, place)
                continue
            _remove_empty_folders(place)
        replace(entry.path, place)
        yield place
    os.rmdir(source)


def replace(source: str | Path, target: str | Path) -> None:
    """`os.replace` for every system."""
    _patiently(lambda: os.replace(source, target))


PAUSES = (0.01, 0.05, 0.2, 0.5, 1.0)
"""Seconds between one try and the next."""


def _patiently(act: Callable[[], object]) -> None:
    """Do what Windows refuses while another program has the file open: a preview, a virus scanner."""
    for pause in PAUSES if sys.platform == "win32" else ():
        try:
            act()
            return
        except PermissionError:
            time.sleep(pause)
    act()


def _is_folder(path: str | Path) -> bool:
    """Whether a true folder is there, and no link to one."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _remove_empty_folders(top: str) -> None:
    """Remove folders that hold nothing but folders, where a file is to stand."""
    for folder, _, _ in os.walk(top, topdown=False):
        os.rmdir(folder)


def _remove(out: Path, removal: Removal) -> None:
    """Remove a file if it is still what was written, and the folders that this leaves empty.

    A path that leads out, by its steps or through a link, is not ours to remove.
    """
    target = out / removal.path
    if Path(os.path.realpath(target.parent)) != Path(os.path.realpath(out), removal.path).parent:
        return
    if digest_of(target) == removal.digest:
        _patiently(target.unlink)
    for folder in target.parents[: removal.path.count("/")]:
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return
