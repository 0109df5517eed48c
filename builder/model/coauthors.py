"""Who the authors of many papers are, one by one, however each paper has their names."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from builder.model.publications import Author, Publication
from builder.text.person import PersonName, fold, shelves


class Coauthor(msgspec.Struct, frozen=True):
    """A person, and the papers that bear the name."""

    name: str
    sort: str
    """What lists of people are ordered by."""
    owner: bool
    known: bool
    """Whether people.yaml knows the person."""
    papers: tuple[int, ...]
    """Places in the list of papers, in order."""


def coauthors(papers: Sequence[Publication]) -> tuple[Coauthor, ...]:
    """Everyone who has signed a paper, by family name.

    People of people.yaml are one person by their record. Of others, two names are one person's when they
    differ in accents and case alone, and a name of initials is the one full name that it fits.
    """
    found: dict[str, list[tuple[int, Author]]] = {}
    names = {a.name for paper in papers for a in paper.authors if not a.person}
    whole = _by_initials(names)
    for n, paper in enumerate(papers):
        for author in paper.authors:
            found.setdefault(_key(author, whole), []).append((n, author))
    people = (_coauthor(signed) for signed in found.values())
    return tuple(sorted(people, key=lambda p: (p.sort, p.name)))


def _coauthor(signed: list[tuple[int, Author]]) -> Coauthor:
    longest = max((a for _, a in signed), key=lambda a: len(a.name.display))
    return Coauthor(
        name=longest.person or longest.name.display, sort=longest.name.sort,
        owner=any(a.owner for _, a in signed), known=bool(longest.person),
        papers=tuple(dict.fromkeys(n for n, _ in signed)),
    )  # fmt: skip


def _key(author: Author, whole: dict[PersonName, str]) -> str:
    return author.person or whole.get(author.name) or fold(author.name.display)


def _by_initials(names: set[PersonName]) -> dict[PersonName, str]:
    """For each name of initials alone, the one full name that stands on its shelves."""
    full: dict[str, set[str]] = {}
    short = [name for name in names if _is_short(name)]
    for name in names.difference(short):
        for shelf in shelves(name):
            full.setdefault(shelf, set()).add(fold(name.display))
    fits = {name: set().union(*(full.get(s, ()) for s in shelves(name))) for name in short}
    return {name: found.pop() for name, found in fits.items() if len(found) == 1}


def _is_short(name: PersonName) -> bool:
    words = name.given.replace(".", " ").replace("-", " ").split()
    return bool(words) and all(len(word) == 1 for word in words) and not name.cjk
