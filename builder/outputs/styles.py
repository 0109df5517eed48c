"""Stylesheets: one source file a component for people, one file for browsers.

The first line of `static/css/folio.css` lists the cascade layers; each is a file of that name
beside it, and they are joined in that order. A site's own `static/css/<layer>.css` takes the
place of the theme's, and its `static/css/custom.css`, which stands in no layer, has the last word.
`lab.css`, a layer behind the others, is joined for a site that several people own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from builder.config import Config
from builder.model.site import Site
from builder.outputs.output import Output, Template
from builder.problems import Place
from builder.sources import Records
from builder.templates import theme_folder

SHEET, LAB, CUSTOM = "css/folio.css", "css/lab.css", "css/custom.css"
_LAYERS = re.compile(rb"@layer\s+([\w\s,-]+);")
_QUOTED_OR_COMMENT = re.compile(rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)


def stylesheet(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """`css/folio.css`, joined; a site's own file of that name takes the place of it all."""
    content = _joined(config, site)
    yield Output(path=SHEET, content=content, asked_by=Place(f"theme/{SHEET}"), gives_way=True)


def sheets(config: Config, site: Site, plan: Mapping[str, Output]) -> dict[str, bytes | Path]:
    """The stylesheets of a plan as their files are now: those that are copied, and the joined one."""
    found = {
        path: output.content for path, output in plan.items()
        if path.endswith(".css") and isinstance(output.content, Path)
    }  # fmt: skip
    joined = {} if SHEET in found else {SHEET: _joined(config, site)}
    return found | joined


def _joined(config: Config, site: Site) -> bytes:
    own = config.root / "static"
    parts = (path for path in part_paths() if path != LAB or site.members)
    files = (_nearest(path, own) for path in (SHEET, *parts))
    return b"\n".join(_bare(file.read_bytes()) for file in files if file) + b"\n"


def accent_sheet(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """What site.yaml chooses of colours and faces: a file, so that no page needs inline styles."""
    yield Output(
        path="css/site.css",
        content=Template("site.css", {}),
        asked_by=Place("site.yaml"),
        gives_way=True,
    )


def part_paths() -> tuple[str, ...]:
    """The files that are joined behind the list of layers, and so are not copied on their own."""
    listed = _LAYERS.search((theme_folder("static") / SHEET).read_bytes())
    names = listed[1].decode().split(",") if listed else []
    return (*(f"css/{name.strip()}.css" for name in names), LAB, CUSTOM)


def _nearest(path: str, own: Path) -> Path | None:
    """The site's file, else the theme's; None where there is neither."""
    return next((f for f in (own / path, theme_folder("static") / path) if f.is_file()), None)


def _bare(css: bytes) -> bytes:
    """The rules without comments, indents and blank lines."""
    rules = _QUOTED_OR_COMMENT.sub(lambda found: found[1] or b"", css)
    return b"\n".join(line for part in rules.splitlines() if (line := part.strip()))
