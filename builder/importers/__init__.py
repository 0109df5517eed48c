"""Moving in: a site of another system, or a CV, becomes a Folio site, with an account of it all.

The source is only read. The new site is made whole in a folder beside its place and then renamed,
so that a failed import leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from builder.importers.aliases import add_aliases
from builder.importers.moving import Move
from builder.importers.recognise import KINDS, LOOKED_FOR, kind_of
from builder.importers.report import REPORT, report, summary
from builder.importers.source import Source
from builder.problems import FolioError

if TYPE_CHECKING:
    from builder.importers.verify import Account

__all__ = ["IMPORTERS", "KINDS", "Move", "gather", "import_site", "prove", "told", "verify_site"]


def _jekyll(move: Move) -> None:
    from builder.importers.jekyll.site import import_jekyll

    import_jekyll(move)


def _markdown(move: Move) -> None:
    from builder.importers.cv_markdown import import_markdown

    import_markdown(move)


def _alfolio(move: Move) -> None:
    from builder.importers.alfolio import import_alfolio

    import_alfolio(move)


def _rendercv(move: Move) -> None:
    from builder.importers.rendercv import import_rendercv

    import_rendercv(move)


def _jsonresume(move: Move) -> None:
    from builder.importers.jsonresume import import_jsonresume

    import_jsonresume(move)


def _hugo(move: Move) -> None:
    from builder.importers.hugo import import_hugo

    import_hugo(move)


def _bibliography(move: Move) -> None:
    from builder.importers.bibliographies import import_bibliography

    import_bibliography(move)


Importer = Callable[[Move], None]

IMPORTERS: dict[str, Importer] = {
    "academicpages": _jekyll, "al-folio": _alfolio, "hugo": _hugo, "rendercv": _rendercv, "jsonresume": _jsonresume, "markdown": _markdown,
    "bibliography": _bibliography,
}  # fmt: skip
"""Kind to the function that brings a site of it over."""


def gather(source: Path, kind: str = "") -> Move:
    """Everything that an import would write, without writing; raises FolioError for no known kind."""
    if not source.exists():
        raise FolioError(f"{source} is not there")
    if (source / "site.yaml").is_file():
        raise FolioError(
            f"{source} is a Folio site already: build it, or name what is to be brought over"
        )
    found = Source(source)
    try:
        kind = kind or kind_of(found)
    except OSError as error:
        raise FolioError(f"cannot read {source}: {error.strerror}") from error
    if not kind:
        raise FolioError(f"{source} is no site that can be brought over; looked for {LOOKED_FOR}")
    move = Move(found, kind)
    try:
        IMPORTERS[kind](move)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "liquid":
            raise
        raise FolioError("to import Jekyll sites: pip install 'scholar-folio[import]'") from error
    for path in getattr(found, "skipped", ()):
        move.note(
            "left",
            path.rstrip("/"),
            "a link that leads out of the source or round, or a folder that cannot be read",
        )
    return move


def import_site(source: Path, target: Path, kind: str = "") -> Move:
    """Bring `source` over into `target`, and give the account of it.

    `target` is a new folder; or a Folio site, which gains the papers or the CV that it lacks.
    """
    if (target / "site.yaml").is_file():
        return _into_site(source, target, kind)
    _check(source, target)
    move = gather(source, kind)
    add_aliases(move)
    _complete(move)
    move.write(REPORT, report(move))
    write_all(move, target)
    return move


def _complete(move: Move) -> None:
    """What every site of Folio's has beside its content: how it is published, and its old addresses."""
    from urllib.parse import quote

    from builder.new import beside_content

    for path, text in beside_content().items():
        move.write(path, text)
    kept = sorted(quote(a.old) for a in move.addresses.values() if a.new)
    if kept:
        head = "# The addresses that the old site had; `folio check` tells when one leads to nothing.\n"
        move.write("addresses.txt", head + "\n".join(kept) + "\n")


def _into_site(source: Path, target: Path, kind: str) -> Move:
    """Add to a site that stands, touching no file of it."""
    from builder.importers.merge import additions, write_into

    move = gather(source, kind)
    added = additions(move, target)
    move.site, move.into = {**added}, {move.source.only or source.name: list(added)}
    name, number = REPORT, 1
    while (target / name).exists():
        number += 1
        name = REPORT.replace(".md", f"-{number}.md")
    write_into({**added, name: report(move)}, target)
    return move


def verify_site(source: Path, target: Path, kind: str = "") -> Account:
    """Compare the source with the site that was made of it: what it says must stand on some page."""
    from builder.importers.verify import verify

    if not (target / "site.yaml").is_file():
        raise FolioError(f"{target} is no Folio site; import into it first")
    return verify(gather(source, kind), target)


def prove(move: Move, target: Path) -> Account:
    """Compare the source with the new site right after the move, and put what was found into its report."""
    from builder.importers.verify import verify

    account = verify(move, target)
    (target / REPORT).write_text(report(move, account.text), "utf-8", newline="\n")
    return account


def told(move: Move, target: Path, account: Account | None = None) -> str:
    """What a terminal says of a finished import, and of what was found again on its pages."""
    found = f"\nFound again on the pages of the new site:\n{account.text}" if account else ""
    return f"{summary(move)}{found}\nNext: folio serve {target}"


def _check(source: Path, target: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolioError(f"{target} is not empty; name a folder that is new")
    here, there = os.path.realpath(source), os.path.realpath(target)
    if there == here or Path(there).is_relative_to(here):
        raise FolioError(
            f"{target} lies within the source, which is never written to; name another folder"
        )


def write_all(move: Move, target: Path) -> None:
    """Write the new site beside its place, then rename it: all of it, or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for path, content in move.site.items():
            file = stage / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Path):
                shutil.copyfile(content, file)
            else:
                file.write_text(content, "utf-8", newline="\n")
        os.chmod(stage, 0o755)
        if target.exists():
            target.rmdir()
        os.rename(stage, target)
    except OSError as error:
        raise FolioError(f"nothing was written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(stage)
