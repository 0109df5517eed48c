"""The list of publications as visitors walk through it: its sections, and what it may be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from builder.model.coauthors import coauthors
from builder.model.publications import STATUS_ORDER, Publication
from builder.text.slugs import distinct_slugs
from builder.text.words import Words

Grouping = Literal["year", "type", "status", "topic", "none"]
"""What the list may be divided by; `none` is one list."""

TYPE_ORDER = (
    "article-journal", "paper-conference", "book", "chapter", "article", "thesis", "report", "manuscript",
)  # fmt: skip
LAST_TYPES = ("patent", "software", "dataset")
"""What is counted apart from papers stands behind them."""
MOST_PEOPLE = 100
"""How many coauthors are offered to choose from; every name can be searched."""


class Section(msgspec.Struct, frozen=True):
    """Papers under one heading."""

    id: str
    """The heading's id: with an underscore, which the slug of a paper never holds."""
    title: str
    list: tuple[Publication, ...]


def sections(papers: Iterable[Publication], by: str, words: Words) -> tuple[Section, ...]:
    """The papers divided as `by` says, each in one section and in its order within it.

    By year, what is not yet published stands first and what has no date last. A paper with several
    topics stands under its first.
    """
    papers = tuple(papers)
    spelt = _spelt(papers)
    groups: dict[tuple[object, ...], list[Publication]] = {}
    for paper in papers:
        groups.setdefault(_heading(paper, by, spelt), []).append(paper)
    ordered = sorted(groups) if by != "year" else groups
    keys = [str(key[-1]) for key in ordered]
    slugs = distinct_slugs(keys)
    return tuple(
        Section(f"in_{slugs[name]}", _title(by, name, words), tuple(groups[key]))
        for key, name in zip(ordered, keys, strict=True)
    )


IN_PROGRESS, REST = "(in progress)", "(rest)"


def _heading(paper: Publication, by: str, spelt: dict[str, str]) -> tuple[object, ...]:
    """What a paper stands under: sortable, its last part naming it."""
    if by == "type":
        return (_type_place(paper.type), paper.type)
    if by == "status":
        return (STATUS_ORDER.index(paper.status), paper.status)
    if by == "topic":
        topic = next(iter(paper.topics), "").casefold()
        return (not topic, topic, spelt.get(topic, REST))
    if by == "none":
        return ("all",)
    return (IN_PROGRESS if paper.status != "published" else paper.year or REST,)


def _type_place(kind: str) -> tuple[int, str]:
    if kind in LAST_TYPES:
        return len(TYPE_ORDER) + 1 + LAST_TYPES.index(kind), ""
    return (TYPE_ORDER.index(kind), "") if kind in TYPE_ORDER else (len(TYPE_ORDER), kind)


def _title(by: str, name: str, words: Words) -> str:
    if by == "type":
        return words.get(f"type_{name}") or words["other"]
    if by == "status":
        return _word("status_", name, words)
    if by == "none":
        return words["publications"]
    if name == REST:
        return words["undated" if by == "year" else "other"]
    return words["in_progress"] if by == "year" and name == IN_PROGRESS else name


class Jump(msgspec.Struct, frozen=True):
    """A link to a section, or to the first of several."""

    id: str
    title: str


def jumps(divided: Sequence[Section], words: Words, most: int = 14) -> tuple[Jump, ...]:
    """Links to the sections; to decades, when there are more years than a glance takes in."""
    if len(divided) <= most or not any(s.title.isdecimal() for s in divided):
        return tuple(Jump(s.id, s.title) for s in divided)
    found: dict[str, Jump] = {}
    for section in divided:
        title = section.title
        if title.isdecimal():
            title = words["decade"].format(decade=f"{title[:-1]}0")
        found.setdefault(title, Jump(section.id, title))
    return tuple(found.values())


# ---- what the list may be narrowed by -----------------------------------------------------------


class Option(NamedTuple):
    """One value of a facet."""

    value: str
    """As it stands in an address: `?topic=Ideals`."""
    label: str
    papers: tuple[int, ...]
    """Places in the list of papers."""


class Facet(msgspec.Struct, frozen=True):
    """One way to narrow the list."""

    name: str
    """Its key in an address, and the interface word for it."""
    options: tuple[Option, ...]


def facets(papers: Sequence[Publication], words: Words) -> tuple[Facet, ...]:
    """Year, type, topic, status, person: those that tell papers apart."""
    found = (
        Facet("year", tuple(sorted(_options((p.year,) for p in papers), reverse=True))),
        Facet("type", _named(_options((p.type,) for p in papers), "type_", words)),
        Facet("topic", _topics(papers)),
        Facet("status", _named(_options((p.status,) for p in papers), "status_", words)),
        Facet("person", _people(papers)),
    )
    return tuple(f for f in found if any(len(o.papers) < len(papers) for o in f.options))


def _options(values: Iterable[Iterable[str]]) -> list[Option]:
    found: dict[str, list[int]] = {}
    for n, several in enumerate(values):
        for value in dict.fromkeys(filter(None, several)):
            found.setdefault(value, []).append(n)
    return [Option(value, value, tuple(papers)) for value, papers in found.items()]


def _named(options: list[Option], prefix: str, words: Words) -> tuple[Option, ...]:
    order = {name: n for n, name in enumerate((*STATUS_ORDER, *TYPE_ORDER))}
    labelled = (o._replace(label=_word(prefix, o.value, words)) for o in options)
    return tuple(sorted(labelled, key=lambda o: (order.get(o.value, 99), o.label)))


def _word(prefix: str, value: str, words: Words) -> str:
    if value == "published":
        return words["published"]
    return words.get(prefix + value) or value


def _spelt(papers: Iterable[Publication]) -> dict[str, str]:
    """Every topic as it is first spelt, by its small letters: capitals make no other topic."""
    found: dict[str, str] = {}
    for topic in (topic for paper in papers for topic in paper.topics):
        found.setdefault(topic.casefold(), topic)
    return found


def _topics(papers: Sequence[Publication]) -> tuple[Option, ...]:
    spelt = _spelt(papers)
    options = _options([spelt[t.casefold()] for t in paper.topics] for paper in papers)
    return tuple(sorted(options, key=lambda o: o.label.casefold()))


def _people(papers: Sequence[Publication]) -> tuple[Option, ...]:
    """Those of people.yaml and those who signed more than one paper, by family name; or all, when few."""
    everyone = coauthors(papers)
    owners = sum(p.owner for p in everyone)
    others = [p for p in everyone if owners > 1 or not p.owner]
    often = [p for p in others if p.known or len(p.papers) > 1 or len(others) <= 30]
    foremost = sorted(often, key=lambda p: (not p.known, -len(p.papers)))[:MOST_PEOPLE]
    chosen = [p for p in often if p in set(foremost)]
    return tuple(Option(p.name, p.name, p.papers) for p in chosen)
