"""Whether a site stands as it was built: then there is nothing to do.

After a build, what it was made from and what it told are kept in `.folio/`. The next run compares
contents, never times: every file of the site, the settings of the command, and every file that
was written. Folio itself is part of what a site is made from, and so are the packages it uses. Whatever
cannot be read or is not of this form counts as nothing kept.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from builder import __version__
from builder.problems import Place, Problem, Problems
from builder.run import Options, Report
from builder.staging import MANIFEST, digest_of, read_manifest, state_folder
from builder.write import Written

INPUTS = ("site.yaml", "content", "layouts", "static")
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


def as_it_stands(root: Path, options: Options, now: str, problems: Problems) -> Report | None:
    """The report of a site that needs no building, with the warnings it was built with; else None.

    `now` is what `made_from` says.
    """
    out = Path(options.out) if options.out else root / "_site"
    try:
        kept = msgspec.json.decode((root / ".folio" / KEPT).read_bytes(), type=Kept)
        right = bool(now) and not options.fresh and kept.made_from == now
        if not (right and kept.list_of_files == _digest(out / MANIFEST) and _whole(out)):
            return None
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    problems.extend(p._replace(place=p.place and Place(*p.place)) for p in kept.problems)
    written = Written(0, kept.outputs, 0)
    return Report(kept.pages, kept.publications, kept.outputs, written, out, ())


def remember(root: Path, before: str, report: Report, problems: Problems) -> None:
    """Keep what a build made; `before` is what `made_from` said before it.

    A disk that refuses costs the next run its time, no more.
    """
    if not before:
        return
    kept = Kept(
        before, _digest(report.out / MANIFEST), report.pages, report.publications, report.outputs,
        list(problems),
    )  # fmt: skip
    try:
        part = state_folder(root) / f"{KEPT}.{os.getpid()}"
        part.write_bytes(msgspec.json.encode(kept))
        part.replace(root / ".folio" / KEPT)
    except OSError:
        return


def made_from(root: Path, options: Options) -> str:
    """A digest of everything that a build depends on; empty when it cannot be told.

    So it is with folders that are symbolic links, and with files that cannot be read.
    """
    try:
        return _made_from(root, options)
    except OSError:
        return ""


def _made_from(root: Path, options: Options) -> str:
    digest = blake2b(digest_size=16)
    said = (
        __version__,
        sys.version,
        msgspec.structs.astuple(msgspec.structs.replace(options, fresh=False)),
        os.environ.get("SOURCE_DATE_EPOCH"),
    )
    digest.update(repr(said).encode())
    for path in _files(root, INPUTS):
        digest.update(f"\0{path}\0".encode("utf-8", "surrogateescape"))
        digest.update(blake2b(Path(root, path).read_bytes(), digest_size=16).digest())
    for stamp in _of_folio():
        digest.update(stamp.encode())
    return digest.hexdigest()


def _files(root: Path, inputs: tuple[str, ...]) -> Iterator[str]:
    """The files below `root` that a site is made from, in one order."""
    for name in inputs:
        if (root / name).is_file():
            yield name
        for folder, inner, files in os.walk(root / name):
            inner.sort()
            if any(os.path.islink(os.path.join(folder, f)) for f in inner):
                raise OSError("what stands behind a linked folder is not looked at")
            yield from (os.path.relpath(os.path.join(folder, f), root) for f in sorted(files))


def _of_folio() -> Iterator[str]:
    """Folio's own files and the folder of its packages, by name, size and time of change."""
    here = Path(__file__).parent
    folders = [here, here / "theme", here.parent / "layouts", here.parent / "static"]
    for folder in filter(Path.is_dir, folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix != ".pyc" and "__pycache__" not in path.parts and path.is_file():
                stat = path.stat()
                yield f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}"
    yield str(os.stat(sysconfig.get_path("purelib")).st_mtime_ns)


def _digest(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=16).hexdigest()


def _whole(out: Path) -> bool:
    """Whether every file that was written is still there as it was written."""
    listed = read_manifest(out) or {}
    return all(digest_of(out / path) == digest for path, digest in listed.items())
