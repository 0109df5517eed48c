"""Whether a site stands as it was built: then there is nothing to do.

After a build, what it was made from and what it told are kept in `.folio/`. The next run compares
contents, never times: everything in `inputs.py`, and every file that was written. Whatever cannot
be read or is not of this form counts as nothing kept.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

import msgspec

from builder.inputs import Inputs
from builder.problems import Place, Problem, Problems
from builder.run import KEPT_BACK, Options, Report
from builder.staging import MANIFEST, digest_of, read_manifest, state_folder
from builder.write import Written

KEPT = "last.json"


class Kept(msgspec.Struct, frozen=True):
    """What one build leaves for the next."""

    made_from: str
    """A digest of everything that the site is made from."""
    list_of_files: str
    """A digest of the list of written files, which holds a digest of each."""
    pages: int
    publications: int
    outputs: int
    problems: list[Problem]
    notes: list[str] = []
    kept_back: str = ""
    """The state of the folder of what is not published."""


def as_it_stands(
    root: Path, options: Options, inputs: Inputs | None, problems: Problems
) -> Report | None:
    """The report of a site that needs no building, with the warnings it was built with; else None."""
    if inputs is None or options.fresh:
        return None
    out = Path(options.out) if options.out else root / "_site"
    try:
        kept = msgspec.json.decode((root / ".folio" / KEPT).read_bytes(), type=Kept)
        right = kept.made_from == inputs.digest and kept.list_of_files == _digest(out / MANIFEST)
        kept_back = kept.kept_back == _kept_back(root)
        if not (right and kept_back and _whole(out)):
            return None
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    problems.extend(p._replace(place=p.place and Place(*p.place)) for p in kept.problems)
    written = Written(0, kept.outputs, 0)
    return Report(kept.pages, kept.publications, kept.outputs, written, out, (), tuple(kept.notes))


def remember(root: Path, inputs: Inputs | None, report: Report, problems: Problems) -> None:
    """Keep what a build made of `inputs`, unless one of them was touched in the meantime.

    A disk that refuses costs the next run its time, no more.
    """
    if inputs is None or not inputs.still:
        return
    kept = Kept(
        inputs.digest, _digest(report.out / MANIFEST), report.pages, report.publications,
        report.outputs, list(problems), list(report.notes), _kept_back(root),
    )  # fmt: skip
    try:
        part = state_folder(root) / f"{KEPT}.{os.getpid()}"
        part.write_bytes(msgspec.json.encode(kept))
        part.replace(root / ".folio" / KEPT)
    except OSError:
        return


def _kept_back(root: Path) -> str:
    """A digest of what lies beside the site; empty when there is nothing, or not all that was written."""
    folder = root / KEPT_BACK
    listed = (folder / MANIFEST).is_file() and _whole(folder)
    return _digest(folder / MANIFEST) if listed else ""


def _digest(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=16).hexdigest()


def _whole(out: Path) -> bool:
    """Whether every file that was written is still there as it was written."""
    listed = read_manifest(out) or {}
    return all(digest_of(f"{out}/{path}") == digest for path, digest in listed.items())
