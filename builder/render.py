"""Rendering: every planned output filled, every address in it made final."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from builder.binding import Binder, Bound
from builder.bodies import Bodies
from builder.config import Config
from builder.faults import Fault, fault_of, tell_faults
from builder.images import Images
from builder.kept import Kept
from builder.making import MAKERS, Batch, Workshop, make_all
from builder.model.documents import Document
from builder.model.pages import Page
from builder.model.publications import Publication
from builder.model.records import Record
from builder.model.site import Site
from builder.outputs.output import Output, Template
from builder.problems import Place, Problem, Problems
from builder.reads import Reads, Seen, Watched
from builder.staging import Content
from builder.templates import Layouts, environment_of, theme_folder
from builder.text.body import Body
from builder.typed import line_with, typed_texts


class Filled(NamedTuple):
    """What came of one output that a layout fills."""

    content: Content
    bound: Bound | None
    """What it links to and what may be linked to in it; None for what is no page."""
    reads: tuple[str, ...]
    """All that it depends on: see `reads.py`."""
    problems: tuple[Problem, ...]
    fault: Fault | None = None


class Rendered(msgspec.Struct, frozen=True, kw_only=True):
    """The finished site, still in memory."""

    files: dict[str, Content]
    private: dict[str, bytes]
    """What is kept out of the site, by its path in a folder of its own."""
    news: tuple[str, ...] = ()
    """What programs made anew, for the report."""
    filled: dict[str, Filled]
    """What layouts have filled, by output path, sorted."""
    press: Press
    told: tuple[Problem, ...] = ()
    """What had been told before the first layout was filled."""

    @property
    def plan(self) -> Mapping[str, Output]:
        """Every output by its path."""
        return self.press.plan

    @property
    def bound(self) -> dict[str, Bound]:
        """What each page links to and what may be linked to in it, by output path."""
        return {path: f.bound for path, f in self.filled.items() if f.bound is not None}


class Room(NamedTuple):
    """What the pages of one language are rendered with."""

    site: Site
    environment: Watched
    bodies: Bodies
    binder: Binder


class Press:
    """All that filling an output takes: made once for a build, used for every output."""

    def __init__(
        self, config: Config, sites: Sequence[Site], plan: Mapping[str, Output], kept: Kept
    ) -> None:
        self.config, self.sites, self.plan, self.kept = config, sites, plan, kept
        self.reads = Reads()
        copies = {path: o.content for path, o in plan.items() if isinstance(o.content, Path)}
        cache = None if config.fresh else config.root / ".folio" / "images"
        self.images = Images(copies, cache, lambda name, make: kept.text(name, "", make))
        paths = frozenset(path for path, output in plan.items() if not output.private)
        self._layouts = Layouts(config)
        self._rooms = {site.language: self._room(site, paths) for site in sites}
        self.first = self._rooms[sites[0].language]

    def _room(self, site: Site, paths: frozenset[str]) -> Room:
        seen = Seen(site, self.reads)
        environment = environment_of(self._layouts, seen, self.reads)
        bodies = Bodies(environment, seen, self.kept)
        _add_body_filters(environment, bodies)
        addresses = _source_addresses((*self.sites, site))
        binder = Binder(
            site.base, addresses, paths, self.images, site.prefix, site.language, self.reads.note
        )
        return Room(site, environment, bodies, binder)

    @property
    def bodies(self) -> tuple[Bodies, ...]:
        """Those of each language."""
        return tuple(room.bodies for room in self._rooms.values())

    def binder(self, language: str) -> Binder | None:
        """What makes addresses final in a language; None where the site is not in it."""
        return self._rooms[language].binder if language in self._rooms else None

    def room(self, path: str) -> Room:
        """Where an output of the plan is rendered: with what is of its language."""
        return self._rooms.get(self.plan[path].language, self.first)

    def prepare(self, path: str) -> None:
        """Render the body that an output is the page of, if its words say all there is to it."""
        output = self.plan[path]
        variables = output.content.variables if isinstance(output.content, Template) else {}
        self.room(path).bodies.prepare(variables.get("page"))

    def fill(self, path: str) -> Filled:
        """Render one output of the plan, a template."""
        room, bound = self.room(path), None
        with self.reads.gathered() as frame:
            for key in (
                *(f"site {room.site.language} {name}" for name in EVERYWHERE),
                f"given {path}",
            ):
                self.reads.note(key)
            text, fault = self._text(room, self.plan[path])
            if path.endswith(".html"):
                bound = room.binder.bind(text, path)
                text = bound.html
            elif path.endswith(".xml"):
                text = room.binder.bind_feed(text, path, self.config.url)
        self._tell_broken(frame.keys, frame.problems)
        content = text.encode("utf-8", "replace")  # "\ud800" in an expression is no character
        bound = bound and bound._replace(html="")
        return Filled(content, bound, tuple(frame.keys), tuple(frame.problems), fault)

    def _text(self, room: Room, output: Output) -> tuple[str, Fault | None]:
        template = output.content
        assert isinstance(template, Template)
        try:
            layout = room.environment.get_template(template.name)
            return layout.render(template.variables), None
        except Exception as error:  # a layout may raise anything; it is told at the layout's line
            fault = fault_of(error, self.config)
            return "", fault if fault.place else fault._replace(place=_asked_by(output))

    def _tell_broken(self, reads: Iterable[str], problems: Problems) -> None:
        for path in (key.partition(" ")[2] for key in reads if key.startswith("picture ")):
            if path in self.images.broken:
                problems.warning(
                    "picture-unreadable", f"this picture cannot be read: {self.images.broken[path]}",
                    self.plan[path].asked_by, "save it anew from a picture editor",
                )  # fmt: skip

    def shown(self, filled: Mapping[str, Filled]) -> Iterable[tuple[Document, Body]]:
        """The bodies that outputs show, in the order in which they come up."""
        items = {
            (site.language, i.document.path): (i, i.document)
            for site in self.sites for i in site.everything if i.document is not None
        }  # fmt: skip
        wanted = (
            (self.room(path).site.language, key) for path, f in filled.items() for key in f.reads
        )
        for language, key in dict.fromkeys(pair for pair in wanted if pair[1].startswith("body ")):
            found = items.get((language, key.partition(" ")[2]))
            if found:
                yield found[1], self._rooms[language].bodies.of(found[0])


def _asked_by(output: Output) -> Place:
    """Where an author chose the layout of an output, else the source that it comes of."""
    assert isinstance(output.content, Template)
    document = getattr(output.content.variables.get("page"), "document", None)
    return document.front.at("layout") if document else output.asked_by


EVERYWHERE = ("base", "url", "prefix", "language", "words")
"""What every output reads of the site without asking."""

Progress = Callable[[str, int, int], None]
"""Told the name of a step, how much of it is done, and how much there is."""

Fill = Callable[[Press, list[str], Callable[[int], None]], Iterable[Filled]]
"""Fills outputs of the plan, in their order; the last argument is told how many are done."""


def one_by_one(press: Press, paths: list[str], tell: Callable[[int], None]) -> Iterable[Filled]:
    """Fill outputs in this process."""
    for done, path in enumerate(paths):
        tell(done)
        yield press.fill(path)


def render(
    press: Press, problems: Problems, progress: Progress,
    standing: Mapping[str, Filled] = MappingProxyType({}), fill: Fill = one_by_one,
) -> Rendered:  # fmt: skip
    """Fill every output of the plan but those that stand. A layout that fails is an error; the
    others go on. Problems come in the order of the plan, whoever fills it."""
    plan = press.plan
    made = _made(press.config, press.sites, plan, problems)
    told = tuple(problems)
    private = {path: data for path, data in made.files.items() if plan[path].private}
    files: dict[str, Content] = {p: data for p, data in made.files.items() if p not in private}
    files |= {p: o.content for p, o in plan.items() if isinstance(o.content, bytes | Path)}
    filled = fill_all(press, problems, progress, standing, fill)
    files |= {path: each.content for path, each in filled.items()}
    files |= sizes(press, filled.values())
    return Rendered(
        files=dict(sorted(files.items())),
        private=private,
        news=made.news,
        filled=filled,
        press=press,
        told=told,
    )


def fill_all(
    press: Press, problems: Problems, progress: Progress,
    standing: Mapping[str, Filled], fill: Fill = one_by_one,
) -> dict[str, Filled]:  # fmt: skip
    """What layouts fill, by path, in the order of the plan; and the problems of all of it."""
    wanted = [path for path, output in press.plan.items() if isinstance(output.content, Template)]
    stale = [path for path in wanted if path not in standing]

    def tell(done: int) -> None:
        progress("pages", done, len(stale))

    made = dict(zip(stale, fill(press, stale, tell), strict=True))
    filled = {path: made.get(path) or standing[path] for path in wanted}
    faults: dict[Fault, list[str]] = {}
    for path, each in filled.items():
        problems.extend(each.problems)
        if each.fault:
            faults.setdefault(each.fault, []).append(press.plan[path].address or path)
    tell_faults(faults, problems)
    return filled


def _made(
    config: Config, sites: Sequence[Site], plan: Mapping[str, Output], problems: Problems
) -> Batch:
    """What programs make; kept in `.folio/made/`."""
    own, theme = config.root / "layouts", theme_folder("layouts")
    folders = (own, theme) if own.is_dir() and own.resolve() != theme.resolve() else (theme,)
    cache = None if config.fresh else config.root / ".folio" / "made"

    def typed(text: str) -> Place | None:
        return line_with(text, list(typed_texts(config, sites)))

    return make_all(plan, MAKERS, Workshop(folders), cache, problems, typed)


def sizes(press: Press, filled: Iterable[Filled]) -> dict[str, bytes]:
    """The pictures in other sizes that pages hold: made here where another process filled those."""
    used = {path for f in filled if f.bound is not None for path in f.bound.used}
    pictures = {key for f in filled for key in f.reads if key.startswith("picture ")}
    for key in sorted(pictures if used else ()):
        press.images.variants(key.partition(" ")[2])
    return {path: press.images.made[path] for path in sorted(used)}


def _add_body_filters(environment: Any, bodies: Bodies) -> None:
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
