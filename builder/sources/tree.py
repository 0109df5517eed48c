"""The files of a folder, without those that editors and systems scatter."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from builder.problems import Place, Problems

_SCATTERED = ("~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig", ".crdownload", ".part")
_NAMES = frozenset({"Thumbs.db", "desktop.ini", "4913", "__pycache__"})


def is_scattered(name: str) -> bool:
    """Whether a file or folder name is one that no author gave: hidden, a backup, a lock."""
    return (
        name.startswith((".", "#", "~$")) or name.endswith(_SCATTERED) or name in _NAMES
    )  # fmt: skip


class Tree:
    """Files below one folder by their path relative to it, with forward slashes, sorted."""

    def __init__(self, folder: Path | None = None, paths: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self._paths = dict.fromkeys(paths)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __len__(self) -> int:
        return len(self._paths)

    def file(self, path: str) -> Path:
        """Where a file of the tree stands on disk."""
        assert self.folder is not None, "an empty tree holds no file"
        return self.folder / path

    def without(self, path: str) -> Tree:
        """The same tree, one file fewer."""
        self._paths.pop(path, None)
        return self


def walk(folder: Path, root: Path, problems: Problems) -> Tree:
    """The files below `folder`; links that lead out of `root` are errors and left out."""
    paths: list[str] = []
    real = os.path.realpath(folder)
    linked = folder.is_symlink() and not _leads_inside(
        real, str(folder), root.resolve(), root, problems
    )
    if folder.is_dir() and not linked:
        above = (os.path.realpath(root), real)
        _walk(folder, "", root.resolve(), root, paths, problems, above)
    return Tree(folder, tuple(sorted(paths)))


def _walk(
    folder: Path, inside: str, root: Path, site: Path, paths: list[str], problems: Problems,
    above: tuple[str, ...],
) -> None:  # fmt: skip
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        problems.error("unreadable-file", f"cannot list it: {error.strerror}", _shown(folder, site))
        return
    for entry in entries:
        if is_scattered(entry.name) or not _has_letters(entry, site, problems):
            continue
        linked = entry.is_symlink()
        real = os.path.realpath(entry.path) if linked else os.path.join(above[-1], entry.name)
        if linked and not _leads_inside(real, entry.path, root, site, problems):
            continue
        if entry.is_dir():
            if real in above:
                _tell_round(_shown(Path(entry.path), site), problems)
                continue
            _walk(
                Path(entry.path),
                f"{inside}{entry.name}/",
                root,
                site,
                paths,
                problems,
                (*above, real),
            )
        elif entry.is_file():
            paths.append(f"{inside}{entry.name}")


def _has_letters(entry: os.DirEntry[str], site: Path, problems: Problems) -> bool:
    """Whether a name is text: on Linux it may be any bytes, and no address can be made of them."""
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        problems.error(
            "path-not-unicode", "the name of this file is not UTF-8", _shown(Path(entry.path), site),
            "rename the file",
        )  # fmt: skip
        return False
    return True


def _tell_round(place: Place, problems: Problems) -> None:
    problems.warning(
        "link-leads-round", "this symbolic link leads to a folder that holds it, and is passed over",
        place, "remove it",
    )  # fmt: skip


def _leads_inside(real: str, path: str, root: Path, site: Path, problems: Problems) -> bool:
    place = _shown(Path(path), site)
    if not os.path.exists(real):
        problems.error(
            "link-leads-nowhere", "this symbolic link leads to nothing", place, "remove it"
        )
        return False
    if not Path(real).is_relative_to(root):
        problems.error(
            "link-leads-out", "this symbolic link leads out of the site's folder", place,
            "copy the file into the site in its place",
        )  # fmt: skip
        return False
    return True


def _shown(path: Path, site: Path) -> Place:
    shown = path.relative_to(site).as_posix() if path.is_relative_to(site) else path.name
    return Place(shown.encode("utf-8", "replace").decode())
