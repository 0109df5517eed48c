"""Where an author typed something, looked for in the texts of a site: data, front matter, layouts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote

from builder.binding import SOURCE
from builder.config import Config
from builder.model.site import Site
from builder.problems import Place, Problems
from builder.text.files import read_text


def typed_texts(config: Config, sites: Iterable[Site]) -> Iterable[tuple[str, str]]:
    """Path and text of what may hold an address outside of bodies: data, front matter, layouts."""
    files = [
        config.root / "site.yaml",
        *sorted(config.content.glob("*.y*ml")),
        *sorted(config.content.glob("*.bib")),
        *sorted(config.content.glob("cv*.json")),
    ]
    fronts = {
        config.root / i.document.path: i.document.body_line - 1
        for site in sites
        for i in site.everything
        if i.document
    }
    for file in (*files, *fronts, *sorted((config.root / "layouts").rglob("*.html"))):
        path = file.relative_to(config.root).as_posix()
        text = (read_text(file, path, Problems()) if file.is_file() else None) or ""
        yield path, "\n".join(text.split("\n")[: fronts[file]]) if file in fronts else text


def in_texts(sources: list[tuple[str, str]], target: str, own: str) -> Place | None:
    """The first line that holds the address, or the last part of it; in the file `own` first.

    `source:talks/a.pdf` is what a file in `talks` typed as `a.pdf`: there it is looked for first.
    """
    steps = unquote(target.removeprefix(SOURCE)).strip("/").split("/")
    first = [source for source in sources if source[0] == own]
    for n in range(len(steps)):
        folder = "/".join(["content", *steps[:n]])
        near = [source for source in sources if posixpath.dirname(source[0]) == folder]
        if place := line_with("/".join(steps[n:]), [*first, *near]):
            return place
    sources = [*first, *sources]
    return line_with("/".join(steps), sources) or line_with(steps[-1], sources)


def line_with(needle: str, sources: list[tuple[str, str]]) -> Place | None:
    """The first line that holds these words, whole; they may break over lines, and are no comment."""
    sought = r"\s+".join(re.escape(word).replace("/", "/+") for word in needle.split())
    begin, end = (r"\b" if edge.isalnum() else "" for edge in (needle[:1], needle[-1:]))
    words = re.compile(f"{begin}{sought}{end}")
    for path, text in sources if needle.strip() else ():
        for at in (found.start() for found in words.finditer(text)):
            start = text.rfind("\n", 0, at) + 1
            if not text[start:at].lstrip().startswith("#"):
                return Place(path, text.count("\n", 0, at) + 1, at - start + 1)
    return None
