"""Where a site may be written: a folder of its own, in which nobody else keeps anything."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.problems import Place, Problems
from builder.staging import (
    MANIFEST,
    STAGING_WITHIN,
    Desk,
    desk_for,
    files_in,
    read_manifest,
    shown,
)

_OWN_FOLDERS = ("content", "layouts", "static", "builder", ".git")
_NEUTRAL = frozenset({".git", ".DS_Store"})
"""Names that do not make a folder a stranger's: neither is written nor removed."""


def check_output_folder(
    root: Path, out: Path, problems: Problems, inputs: Iterable[Path] = ()
) -> None:
    """Say, before anything is rendered, why a folder may not become the output folder.

    `inputs` are the folders (and lone files) that are read from. Refused are the site's own
    folder and any that holds it or an input, any within an input, a folder with strangers'
    files, a file and a link. An absent folder, an empty one, and one that Folio wrote pass.
    """
    desk = desk_for(root, out)
    sources = [*(desk.root / name for name in _OWN_FOLDERS), *inputs]
    lineage, here = _lineage(desk.out), _identity(desk.out)
    if here in _lineage(desk.root):
        problem = "is the site's own folder" if desk.out == desk.root else "holds the site itself"
    elif within := next((p for p in sources if _identity(p) in lineage), None):
        problem = f"is within {shown(desk, within)}, which is read from"
    elif inner := next((p for p in sources if here in _lineage(p)), None):
        problem = f"holds {shown(desk, inner)}, which is read from"
    else:
        check_ground(desk, problems)
        return
    problems.error(
        "output-folder-not-free",
        f"the output folder {shown(desk, desk.out)} {problem}",
        hint="name a folder that holds nothing else, such as `-o _site`",
    )


def _identity(path: Path) -> tuple[int, int]:
    """What a path leads to, however it is spelled; unlike every other when it leads nowhere."""
    try:
        found = path.stat()
    except OSError:
        return (-1, hash(path))
    return found.st_dev, found.st_ino


def _lineage(path: Path) -> set[tuple[int, int]]:
    """A path and all folders above it."""
    real = Path(os.path.realpath(path))
    return {_identity(step) for step in (real, *real.parents)}


def check_ground(desk: Desk, problems: Problems) -> dict[str, str]:
    """Refuse an output folder that is a link or a file, or that others filled.

    Gives the list of what was written there: path to digest.
    """
    name = shown(desk, desk.out)
    if desk.out.is_symlink():
        mend = f"remove the link, or name the folder itself: -o {os.path.realpath(desk.out)}"
        refuse_link(problems, name, mend)
    elif desk.out.exists() and not desk.out.is_dir():
        problems.error(
            "output-is-file",
            f"{name} is a file, and the output folder was to be there",
            Place(name),
            "move the file away, or name another folder with -o",
        )
    elif desk.out.exists():
        return _check_owner(desk, name, problems)
    return {}


def refuse_link(problems: Problems, name: str, mend: str) -> None:
    """Tell of a link where the site has a folder: what lies behind it is not the site's."""
    problems.error(
        "output-is-link",
        f"{name} is a link to elsewhere, and nothing is written or removed through links",
        Place(name),
        mend,
    )


def _check_owner(desk: Desk, name: str, problems: Problems) -> dict[str, str]:
    try:
        listed = read_manifest(desk.out)
        stranger = next(_strangers(desk), None) if listed is None else None
    except (OSError, ValueError) as error:
        problems.error(
            "output-list-unreadable",
            f"{name}/{MANIFEST}, the list of files that Folio wrote there, cannot be read: {error}",
            Place(f"{name}/{MANIFEST}"),
            f"save what you put into {name} yourself, delete the folder, and build again",
        )
        return {}
    if stranger:
        problems.error(
            "output-has-strangers",
            f"{name} holds files that Folio did not write, such as {stranger!r}",
            Place(name),
            "empty the folder if nothing in it is needed, or name another with -o",
        )
    return listed or {}


def _strangers(desk: Desk) -> Iterator[str]:
    """Files in a folder that was never written to, in order."""
    for path in files_in(desk.out, ""):
        if _NEUTRAL.isdisjoint(path.split("/")) and not path.startswith(STAGING_WITHIN):
            yield path
