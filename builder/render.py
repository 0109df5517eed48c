"""Rendering: every planned output filled, every address in it made final."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import msgspec
from jinja2 import Environment

from builder.bodies import Bodies
from builder.config import Config
from builder.images import Images
from builder.links import SOURCE, Binder, Bound
from builder.making import Maker, Workshop, make_all
from builder.model.addresses import output_path
from builder.model.pages import Page
from builder.model.publications import Publication
from builder.model.records import Record
from builder.model.site import Site
from builder.outputs.output import Made, Output, Template
from builder.problems import Place, Problems
from builder.templates import (
    Fault,
    environment_of,
    fault_of,
    layout_place,
    tell_faults,
    theme_folder,
)  # fmt: skip
from builder.text.files import read_text
from builder.typesetting import TYPST


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """The finished site, still in memory."""

    files: dict[str, bytes | Path]
    private: dict[str, bytes]
    """What is kept out of the site, by its path in a folder of its own."""
    bound: dict[str, Bound]
    """What each page links to and what may be linked to in it, by output path."""
    bodies: tuple[Bodies, ...]
    """Those of each language."""
    plan: Mapping[str, Output]


class _Room(NamedTuple):
    """What the pages of one language are rendered with."""

    environment: Environment
    bodies: Bodies
    binder: Binder


def _room(
    config: Config, site: Site, sites: Sequence[Site], paths: frozenset[str], images: Images,
    problems: Problems,
) -> _Room:  # fmt: skip
    environment = environment_of(config, site)
    bodies = Bodies(environment, site, problems)
    _add_body_filters(environment, bodies)
    addresses = _source_addresses((*sites, site))
    return _Room(environment, bodies, Binder(site.base, addresses, paths, images, site.prefix))


def render(
    config: Config, sites: Sequence[Site], plan: Mapping[str, Output], problems: Problems,
    progress: Callable[[str, int, int], None],
) -> Rendered:  # fmt: skip
    """Fill every output of the plan. A layout that fails is an error; the others go on."""
    copies = {path: o.content for path, o in plan.items() if isinstance(o.content, Path)}
    images = Images(copies, None if config.fresh else config.root / ".folio" / "images")
    paths = frozenset(path for path, output in plan.items() if not output.private)
    rooms = {s.language: _room(config, s, sites, paths, images, problems) for s in sites}
    first = rooms[sites[0].language]
    made = _made(config, sites, plan, problems)
    files: dict[str, bytes | Path] = {path: data for path, data in made.items() if path in paths}
    bound: dict[str, Bound] = {}
    faults: dict[Fault, list[str]] = {}
    for done, (path, output) in enumerate(plan.items()):
        progress("pages", done, len(plan))
        if isinstance(output.content, Made):
            continue
        if not isinstance(output.content, Template):
            files[path] = output.content
            continue
        room = rooms.get(output.language, first)
        text = _filled(room.environment, output, config, faults)
        if path.endswith(".html"):
            bound[path] = room.binder.bind(text, path)
            text = bound[path].html
        elif path.endswith(".xml"):
            text = room.binder.bind_feed(text, path, config.url)
        files[path] = text.encode("utf-8", "replace")  # "\ud800" in an expression is no character
    tell_faults(faults, problems)
    for path in sorted({u for page in bound.values() for u in page.used}):
        files[path] = images.made[path]
    for path, reason in images.broken.items():
        problems.warning(
            "picture-unreadable", f"this picture cannot be read: {reason}", plan[path].asked_by,
            "save it anew from a picture editor",
        )  # fmt: skip
    bodies = tuple(room.bodies for room in rooms.values())
    private = {path: data for path, data in made.items() if path not in paths}
    return Rendered(files=files, private=private, bound=bound, bodies=bodies, plan=plan)


MAKERS: dict[str, Maker] = {"typst": TYPST}
"""The programs that make outputs of their own, by name."""


def _made(
    config: Config, sites: Sequence[Site], plan: Mapping[str, Output], problems: Problems
) -> dict[str, bytes]:
    """What programs make, by path; kept in `.folio/made/`."""
    own, theme = config.root / "layouts", theme_folder("layouts")
    folders = (own, theme) if own.is_dir() and own.resolve() != theme.resolve() else (theme,)
    cache = None if config.fresh else config.root / ".folio" / "made"

    def typed(text: str) -> Place | None:
        return _line_with(text, list(_typed(config, sites)))

    return make_all(plan, MAKERS, Workshop(folders), cache, problems, typed)


def _filled(
    environment: Environment, output: Output, config: Config, faults: dict[Fault, list[str]]
) -> str:
    template = output.content
    assert isinstance(template, Template)
    try:
        return environment.get_template(template.name).render(template.variables)
    except Exception as error:  # a layout may raise anything; it is told at the layout's line
        faults.setdefault(fault_of(error, config), []).append(output.address or output.path)
        return ""


def _add_body_filters(environment: Environment, bodies: Bodies) -> None:
    from markupsafe import Markup

    def excerpt(item: Any) -> Markup:
        """The author's excerpt, else the first paragraph of the body."""
        own = getattr(item, "excerpt", None)
        return Markup(own.html if own else bodies.of(item).excerpt_html)

    environment.filters.update(
        body=lambda item: Markup(bodies.of(item).html),
        whole_body=lambda item: Markup(bodies.of(item, 0).html),
        headings=lambda item: bodies.of(item).headings,
        first_heading=lambda item: bodies.of(item).first_h1,
        word_count=lambda item: bodies.of(item).words,
        excerpt=excerpt,
    )
    bodies.room.environment.filters.update(environment.filters)


def _source_addresses(sites: Iterable[Site]) -> dict[str, str]:
    """The address of the page of each source file, by its path within `content/`.

    A file that speaks for a page in several languages leads to that of the last site named.
    """
    paged = (i for site in sites for i in site.everything if i.document and i.address)
    return {path.partition("/")[2]: i.address for i in paged for path in _paths(i)}


def _paths(item: Page | Publication | Record) -> tuple[str, ...]:
    return item.document.known_as if item.document else ()


# ---- what the link check asks -------------------------------------------------------------------


def records_to_show(sites: Iterable[Site]) -> Iterable[tuple[str, str, str, Place]]:
    """Every record that some page must show: its name, its page's path, its id in lists, its place."""
    for site in sites:
        for paper in site.publications:
            yield (
                f"the publication {paper.key!r}",
                output_path(paper.address),
                paper.slug,
                paper.place,
            )
        for name, r in ((name, r) for name, listed in site.collections.items() for r in listed):
            shown = r.title.text or getattr(r, "text", r.title).text
            path = output_path(r.address) if r.address and not r.redirect else ""
            yield f"{shown[:60]!r} of {name}", path, f"{name}-{r.slug}", r.place


def locator(
    config: Config, sites: Sequence[Site], rendered: Rendered
) -> Callable[[str, str], Place | None]:
    """A function from a page and a dead address in it to the line where its author typed it."""
    typed = functools.cache(lambda: list(_typed(config, sites)))  # read only when a link is dead

    def locate(path: str, target: str) -> Place | None:
        output = rendered.plan[path]
        assert isinstance(output.content, Template)
        if not target:
            made = output.asked_by.path.startswith("(")
            return layout_place(output.content.name, config) if made else output.asked_by
        document = getattr(output.content.variables.get("page"), "document", None)
        own = document.path if document else ""
        located = (bodies.locate(target, own) for bodies in rendered.bodies)
        found = next(filter(None, located), None) or _in_texts(typed(), target, own)
        return found or next(filter(None, (b.holder(target) for b in rendered.bodies)), None)

    return locate


def _typed(config: Config, sites: Iterable[Site]) -> Iterable[tuple[str, str]]:
    """Path and text of what may hold an address outside of bodies: data, front matter, layouts."""
    files = [
        config.root / "site.yaml",
        *sorted(config.content.glob("*.y*ml")),
        *sorted(config.content.glob("*.bib")),
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


def _in_texts(sources: list[tuple[str, str]], target: str, own: str) -> Place | None:
    """The first line that holds the address, or the last part of it; in the file `own` first.

    `source:talks/a.pdf` is what a file in `talks` typed as `a.pdf`: there it is looked for first.
    """
    steps = unquote(target.removeprefix(SOURCE)).strip("/").split("/")
    first = [source for source in sources if source[0] == own]
    for n in range(len(steps)):
        folder = "/".join(["content", *steps[:n]])
        near = [source for source in sources if posixpath.dirname(source[0]) == folder]
        if place := _line_with("/".join(steps[n:]), [*first, *near]):
            return place
    sources = [*first, *sources]
    return _line_with("/".join(steps), sources) or _line_with(steps[-1], sources)


def _line_with(needle: str, sources: list[tuple[str, str]]) -> Place | None:
    words = re.compile(r"\s+".join(map(re.escape, needle.split())))  # a value may break its line
    for path, text in sources if needle.strip() else ():
        for at in (found.start() for found in words.finditer(text)):
            start = text.rfind("\n", 0, at) + 1
            if not text[start:at].lstrip().startswith("#"):
                return Place(path, text.count("\n", 0, at) + 1, at - start + 1)
    return None
