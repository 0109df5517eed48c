"""The CV as the site knows it: every entry one `Entry`, so that page, PDF and exports agree.

`cv_entries.py` reads them.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, ClassVar, Literal

import msgspec

from builder.leaves import Prose, Reader
from builder.model.links import Link
from builder.problems import Place
from builder.settings import CitationStyle, style_reader
from builder.text.dates import When
from builder.text.rich import EMPTY, Rich
from builder.text.slugs import slug, unique

EntryKind = Literal[
    "education", "experience", "normal", "publication", "one_line", "bullet", "numbered",
    "reversed_numbered", "text",
]  # fmt: skip
WITH_HEAD: frozenset[EntryKind] = frozenset({"education", "experience", "normal", "publication"})
"""Kinds of entries with a head: a title that may be a link, what stands beside it, dates."""


Part = Literal["subtitle", "journal", "location", "when", "authors", "note", "facts"]
"""A part of an entry's head, by the field of `Entry` that holds it; a degree stands beside the subtitle."""


class Bullet(msgspec.Struct, frozen=True):
    """One point of a list, with the points below it.

    In YAML: a text; a text with sub-bullets on continuation lines that begin with `- `, as in
    RenderCV; or a mapping of the text to the list of its sub-bullets.
    """

    text: Rich
    """What it says."""
    children: tuple[Bullet, ...] = ()
    """The points below it."""


class Fact(msgspec.Struct, frozen=True):
    """A labelled fact of an entry: Advisor, Research topic, GPA."""

    label: Rich
    """What it is a fact of."""
    value: Rich
    """What it says."""


class TagRule(msgspec.Struct, frozen=True):
    """What a variant of the CV keeps by its tags."""

    named: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    """Tags that keep out whatever bears them and none of `named`."""
    without: tuple[str, ...] = ()
    """Tags that keep out whatever bears them."""

    def keeps(self, tags: Iterable[str]) -> bool:
        """Whether what bears these tags stays."""
        borne = frozenset(tags)
        barred = borne.intersection(self.barred) and not borne.intersection(self.named)
        return not (barred or borne.intersection(self.without))


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a section where records of the site are drawn: `{from: publications}`."""

    what: ClassVar[str] = "an item that draws records"
    readers: ClassVar[dict[str, Reader]] = {"style": style_reader}
    filled: ClassVar[tuple[str, ...]] = ("selected", "rule")

    from_: tuple[str, ...] = ()
    """Names of collections, `publications` among them."""
    where: dict[str, Any] = {}
    """Field to value, or to a list of values of which one must match."""
    since: int = 0
    """The first year."""
    sort: Literal["newest", "oldest", "title", "order"] = "newest"
    """The order: newest, oldest, title, or the `order` key of each."""
    limit: int = 0
    """How many at the most; 0 is all."""
    group_by: str = ""
    """A field to divide them by, such as `year`, `type` or `venue`."""
    style: CitationStyle | Literal[""] = ""
    """How publications are put into words; empty for the site's way."""
    numbered: Literal["no", "yes", "reverse"] = "no"
    """Whether its records are numbered; in reverse, the first bears the count of all."""
    tags: tuple[str, ...] = ()
    """Words that CV variants choose by."""
    selected: bool = False
    """Whether a variant draws selected publications alone."""
    rule: TagRule = TagRule()
    """What a variant keeps by its tags."""
    place: Place | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the CV, its RenderCV type resolved. Empty fields are false."""

    kind: EntryKind
    title: Rich = EMPTY
    """What it is: institution, company, name, paper title, label, bullet or text."""
    subtitle: Rich = EMPTY
    """The part beside the title: position, area; details of a one-line entry."""
    degree: Rich = EMPTY
    url: str = ""
    when: When | None = None
    location: Rich = EMPTY
    summary: Prose = Prose()
    highlights: tuple[Bullet, ...] = ()
    authors: tuple[str, ...] = ()
    journal: Rich = EMPTY
    doi: str = ""
    facts: tuple[Fact, ...] = ()
    entries: tuple[Item, ...] = ()
    """What stands below this one: projects within a position, each with its own bullets."""
    links: tuple[Link, ...] = ()
    note: Rich = EMPTY
    """Rank, acceptance rate, share."""
    badges: tuple[Rich, ...] = ()
    stars: str = ""
    tags: tuple[str, ...] = ()
    is_break: bool = False
    """A leave, which widens every "last N years"."""
    keys: tuple[str, ...] = ()
    """Its keys, in the order in which they are typed."""
    place: Place

    @property
    def order(self) -> tuple[Part, ...]:
        """All parts of a head as the keys stand; each that no key names follows the one it usually does."""
        order = list(dict.fromkeys(_PARTS[key] for key in self.keys if key in _PARTS))
        at = 0
        for part in dict.fromkeys(_PARTS.values()):
            if part not in order:
                order.insert(at, part)
            at = order.index(part) + 1
        return tuple(order)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that it has, in that order."""
        return tuple(p for p in self.order if getattr(self, p) or (p == "subtitle" and self.degree))


_PARTS: dict[str, Part] = {
    "position": "subtitle", "area": "subtitle", "degree": "subtitle", "authors": "authors", "journal": "journal", "location": "location",
    "date": "when", "start_date": "when", "end_date": "when", "dates": "when", "note": "note", "facts": "facts",
}  # fmt: skip
"""Key to the part that it is, in the usual order of parts."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A titled part of the CV, or of a section."""

    title: Rich
    key: str = ""
    """Its title as typed, whatever the language."""
    slug: str = ""
    items: tuple[Item, ...] = ()
    place: Place


Item = Entry | Section | Drawn
"""What a section lists."""


class Run(msgspec.Struct, frozen=True):
    """Neighbours of a section that stand in one list."""

    kind: str
    """The `kind` that the entries share, `entry` for those that have a head and dates; `section`, `drawn`."""
    items: tuple[Item, ...]


def runs(items: Iterable[Item]) -> tuple[Run, ...]:
    """The items of a section, in order, with neighbours that make one list together."""
    return tuple(Run(kind, tuple(alike)) for kind, alike in groupby(items, _run_kind))


def _run_kind(item: Item) -> str:
    if isinstance(item, Entry):
        return "entry" if item.kind in WITH_HEAD else item.kind
    return "section" if isinstance(item, Section) else "drawn"


def with_slugs(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections, each with an id of its own on the page: titles may stand twice."""
    taken = {"main"}
    return tuple(typing.cast(Section, _with_slugs(section, taken)) for section in sections)


def _with_slugs(item: Item, taken: set[str]) -> Item:
    if isinstance(item, Section):
        name = unique(slug(item.key or item.title.text), taken)
        below = tuple(_with_slugs(i, taken) for i in item.items)
        return msgspec.structs.replace(item, slug=name, items=below)
    if isinstance(item, Entry) and item.entries:
        below = tuple(_with_slugs(i, taken) for i in item.entries)
        return msgspec.structs.replace(item, entries=below)
    return item


def everything(items: Iterable[Item]) -> Iterator[Item]:
    """All that stands in the sections of a CV, at any depth, in reading order."""
    for item in items:
        yield item
        if isinstance(item, Section):
            yield from everything(item.items)
        elif isinstance(item, Entry):
            yield from everything(item.entries)


def publication_entries(sections: tuple[Section, ...]) -> tuple[Entry, ...]:
    """The publication entries of a CV, at any depth."""
    entries = (item for item in everything(sections) if isinstance(item, Entry))
    return tuple(entry for entry in entries if entry.kind == "publication")
