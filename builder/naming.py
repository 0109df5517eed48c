"""Names that every disk can hold, and that lead nowhere else."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Collection, Iterable

from builder.problems import Problems
from builder.text.patterns import late

STATE_FOLDER = ".folio"
"""The folder beside `site.yaml` that may be deleted whenever no build runs."""
NAME_LIMIT = 255
"""Bytes that one name may have on the file systems in common use."""


def leads_out(path: str) -> bool:
    """Whether an output path is anything but names joined by single slashes.

    Empty, `.` and `..` steps, a leading slash or drive, a backslash and NUL are refused alike.
    """
    walled = f"/{path}/"
    odd_step = "//" in walled or "/./" in walled or "/../" in walled
    drive = path[1:2] == ":" and path[0].isascii() and path[0].isalpha()
    return odd_step or drive or "\\" in path or "\0" in path


def any_leads_out(paths: Collection[str]) -> bool:
    """Whether one of them does. Thousands are looked through as one text, a line to each."""
    lines = "\n".join(("", *paths, ""))
    return any(sign in lines for sign in _SIGNS) and any(map(leads_out, paths))


_SIGNS = (
    "//", "/./", "/../", "\n/", "/\n", "\n./", "\n../", "/.\n", "/..\n", "\n.\n", "\n..\n", "\n\n",
    "\\", "\0", ":",
)  # fmt: skip
"""What one of several lines holds if it leads out; others may hold it too."""


def case_collisions(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of output paths that cannot both exist, on every disk or on one that folds case.

    Either they are the same but for case (or for how accents are composed), or the first is a
    file where the second needs a folder. macOS and Windows fold case by default, and a site
    that fits on one disk only is no site to publish.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    pairs = []
    for path in sorted(set(paths)):
        folder = key = folded(path)
        if files.setdefault(key, path) is not path:
            pairs.append((files[key], path))
        while (folder := folder.rpartition("/")[0]) and folder not in folders:
            folders[folder] = path
    return pairs + [(path, folders[key]) for key, path in files.items() if key in folders]


def folded(path: str) -> str:
    """A path as a disk that ignores case compares it."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


_UNFIT = late(
    r"""[<>:"|?*\x00-\x1f]|(?:^|/)(?P<device>(?:con|prn|aux|nul|com\d|lpt\d)(?=[./]|$))|(?P<end>[^/]*[. ](?=/|$))""",
    re.IGNORECASE,
)


def unfit_for_windows(path: str) -> str:
    """What of a path Windows takes for a device, a stream or nothing at all; empty for most.

    Source: "Naming Files, Paths, and Namespaces" of the Win32 documentation. A colon would not even
    fail there: the page would vanish into a stream of another file.
    """
    found = _UNFIT().search(path)
    return (found["device"] or found["end"] or found[0]) if found else ""


def folders_of(paths: Iterable[str]) -> list[str]:
    """All folders that hold the paths, outer ones first."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return sorted(found)


def check_paths(paths: Iterable[str], problems: Problems) -> None:
    """Refuse what leads out, what no disk can hold, and what collides."""
    paths = list(paths)
    for path in paths:
        if leads_out(path):
            problems.error(
                "path-leads-out",
                f"the output path {path!r} is not a plain path within the output folder",
                hint="give the page a permalink of names joined by single slashes",
            )
        elif path.lower().startswith(STATE_FOLDER):
            problems.error(
                "path-reserved",
                f"the output path {path!r} begins with {STATE_FOLDER!r}, which Folio keeps",
                hint="rename the file, or give the page another permalink",
            )
        elif sys.platform == "win32" and (unfit := unfit_for_windows(path)):
            problems.error(
                "name-unfit",
                f"Windows cannot hold {unfit!r} of the output path {path!r}",
                hint="rename the file, or give the page another permalink",
            )
        elif len(path) > NAME_LIMIT or not path.isascii():
            _check_names(path, problems)
    for one, other in case_collisions(paths):
        problems.error(
            "paths-collide",
            f"{one!r} and {other!r} cannot both be written: "
            + (_NESTED if _nests(one, other) else _SAME_BUT_FOR_CASE),
            hint="rename one of them, or give it another permalink",
        )


_NESTED = "the first is a file where the second needs a folder"
_SAME_BUT_FOR_CASE = "they differ only in case, which the disks of macOS and Windows ignore"


def _nests(one: str, other: str) -> bool:
    return folded(other).startswith(folded(one) + "/")


def _check_names(path: str, problems: Problems) -> None:
    try:
        longest = max(path.split("/"), key=lambda name: len(name.encode()))
    except UnicodeEncodeError:
        problems.error(
            "path-not-unicode",
            f"the output path {path!r} holds bytes that are not UTF-8",
            hint="rename the file",
        )
        return
    if (size := len(longest.encode())) > NAME_LIMIT:
        problems.error(
            "name-too-long",
            f"the name {longest[:40] + '…'!r} in an output path has {size} bytes, "
            f"and disks hold {NAME_LIMIT}",
            hint="shorten the file's name or title, or give the page a permalink",
        )
