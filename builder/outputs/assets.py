"""Files that are copied: the author's own, the site's static ones, the theme's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from builder.config import Config
from builder.model.site import Site
from builder.outputs.output import Output
from builder.outputs.styles import SHEET, part_paths
from builder.problems import Place
from builder.sources import Records
from builder.sources.tree import Tree, walk
from builder.templates import theme_folder


def content_files(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """Everything in `content/` that no source reads."""
    return _copies(records.content, "content")


def static_files(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """The site's `static/`, unless it is the theme's own folder. Parts of the stylesheet are in it."""
    own = config.root / "static"
    if own.is_dir() and own.resolve() == theme_folder("static").resolve():
        return ()
    parts = part_paths()
    return _copies(Tree(own, tuple(path for path in records.static if path not in parts)), "static")


def theme_files(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """The theme's static files; the site's own of the same name take their place.

    Icons stand in the pages that use them, and are not copied.
    """
    from builder.problems import Problems

    folder = theme_folder("static")
    tree = walk(folder, folder.parent, Problems())
    joined = (SHEET, *part_paths())
    shown = [
        p for p in tree if p not in joined and not p.startswith("icons/") and not p.endswith(".md")
    ]
    return _copies(Tree(folder, tuple(shown)), "theme", gives_way=True)


def _copies(tree: Tree, shown: str, gives_way: bool = False) -> Iterable[Output]:
    for path in tree:
        yield Output(
            path=path,
            content=Path(tree.file(path)),
            asked_by=Place(f"{shown}/{path}"),
            gives_way=gives_way,
        )
