"""What else a visitor of a paper's page may want: its kin among the papers, and where it was spoken of.

Papers are kin when they share what few share: a topic, a coauthor, a tag, a rare word of the title. What
many share says little and is not compared, so that the work grows with the papers, not their square.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from builder.fields import Reading
from builder.model.publications import Publication
from builder.model.records import Record
from builder.problems import did_you_mean
from builder.text.person import fold
from builder.text.rich import Rich
from builder.text.when import When

MOST = 4
"""How many kin are shown."""
COMMON = 24
"""What more papers than this share is no sign of kinship."""
_LOOKED_AT = 24
"""How many authors of a crowd are compared."""


class Pointer(msgspec.Struct, frozen=True):
    """Enough of a record to link to it."""

    title: Rich
    address: str
    beside: str
    """Where, in a few words."""
    when: When | None
    language: str = ""


class Company(msgspec.Struct, frozen=True):
    """What stands at the foot of a paper's page."""

    papers: tuple[Pointer, ...] = ()
    records: tuple[Pointer, ...] = ()
    """Talks, projects and the like that name the paper."""


def check_related(
    papers: Iterable[Publication], collections: Mapping[str, Iterable[Record]], reading: Reading
) -> None:
    """Tell of cite keys that are to be related to something and that no publication has."""
    papers = tuple(papers)
    keys = {key for paper in papers for key in paper.key_names}
    records = (r for listed in collections.values() for r in listed)
    named = [(p.key, p.related, p.place) for p in papers]
    named += [(r.title.text, r.publications, r.place) for r in records]
    for name, wanted, place in named:
        for key in (key for key in wanted if key not in keys):
            reading.warn(
                "paper-unknown", f"no publication has the key {key!r}, which is to belong to {name!r}", place,
                did_you_mean(key, sorted(keys)) or "add it to a .bib file, or take the key out",
            )  # fmt: skip


def companies(
    papers: tuple[Publication, ...], collections: Mapping[str, tuple[Record, ...]]
) -> dict[str, Company]:
    """For each paper, by its key, what it is related to; those without anything are left out."""
    speaking = _speaking(papers, collections)
    kin = _kin(papers)
    found = {}
    for paper in papers:
        near = tuple(_pointer(papers[n]) for n in kin.get(paper.key, ())[:MOST])
        records = tuple(speaking.get(paper.key, ()))
        if near or records:
            found[paper.key] = Company(near, records)
    return found


def _pointer(paper: Publication) -> Pointer:
    beside = paper.abbr or paper.venue.text
    return Pointer(paper.title, paper.address, beside, paper.when, paper.language)


def _speaking(
    papers: Iterable[Publication], collections: Mapping[str, tuple[Record, ...]]
) -> dict[str, list[Pointer]]:
    """The records with a page that name a paper, by its key or by its page's address."""
    keys = {key: paper.key for paper in papers for key in paper.key_names}
    keys |= {paper.address: paper.key for paper in papers}
    found: dict[str, list[Pointer]] = {}
    for listed in collections.values():
        for record in listed:
            named = {keys[k] for k in (*record.publications, record.paper) if k in keys}
            for key in sorted(named) if record.address else ():
                said = ", ".join(filter(None, (record.type.text, record.venue.text)))
                pointer = Pointer(record.title, record.url, said, record.when, record.lang)
                found.setdefault(key, []).append(pointer)
    return found


def _kin(papers: tuple[Publication, ...]) -> dict[str, list[int]]:
    """For each paper, by its key, the nearest others, nearest and then newest first."""
    places = {key: n for n, paper in enumerate(papers) for key in paper.key_names}
    sharing: dict[str, list[int]] = {}
    for n, paper in enumerate(papers):
        for sign in _signs(paper):
            sharing.setdefault(sign, []).append(n)
    scores: list[dict[int, float]] = [{} for _ in papers]
    for sign, holders in sharing.items():
        if 1 < len(holders) <= COMMON:
            weight = _WEIGHTS[sign[0]] / len(holders)
            for n in holders:
                for m in holders:
                    scores[n][m] = scores[n].get(m, 0.0) + weight
    for n, paper in enumerate(papers):
        for m in (places[key] for key in paper.related if key in places):
            scores[n][m] = scores[m][n] = 100.0
    return {
        paper.key: sorted((m for m in scores[n] if m != n), key=lambda m: (-round(scores[n][m], 6), m))
        for n, paper in enumerate(papers)
    }  # fmt: skip


_WEIGHTS = {"#": 3.0, "@": 2.0, "+": 2.0, "=": 1.0}
"""Topics, people, tags, words of the title."""


def _signs(paper: Publication) -> Iterator[str]:
    yield from dict.fromkeys(f"#{topic.casefold()}" for topic in paper.topics)
    yield from dict.fromkeys(f"+{tag.casefold()}" for tag in paper.tags)
    people = (a for a in paper.authors[:_LOOKED_AT] if not a.owner)
    yield from dict.fromkeys(f"@{a.person or fold(a.name.display)}" for a in people)
    yield from dict.fromkeys(f"={word}" for word in re.findall(r"\w{6,}", fold(paper.title.text)))
