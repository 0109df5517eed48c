"""Who shared a paper with the owner of late, as funders ask to be told.

The table is the one of the US National Science Foundation's "Collaborators and Other Affiliations":
name, affiliation, and when the two last worked together; 48 months are its rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from builder.model.people import Person
from builder.model.publications import Publication
from builder.model.site import Site
from builder.reports.period import Day, Period, last_day
from builder.text.dates import newest
from builder.text.person import PersonName, same_person, shelves

MONTHS = 48
"""How far back collaborators are asked for."""


class Collaborator(NamedTuple):
    """One who shared a paper with the owner."""

    name: PersonName
    """In the longest form that papers or people.yaml have."""
    affiliation: str
    """Where people.yaml says that they are now; empty where it does not."""
    last: Publication
    """The newest paper together."""
    works: int
    """How many papers together in the period."""

    @property
    def date(self) -> str:
        """The newest paper's date as far as it is known, ISO 8601; empty for one that has none."""
        date = newest(self.last.when) if self.last.when else None
        return date.iso if date else ""


def collaborators_of(site: Site, period: Period) -> tuple[Collaborator, ...]:
    """Everyone who wrote with an owner in `period`, or writes with one still, by family name."""
    found: list[_Person] = []
    on_shelf: dict[str, list[_Person]] = {}
    for paper in site.publications:
        if paper.status != "published" or period.holds(paper.when):
            for author in paper.authors if any(a.owner for a in paper.authors) else ():
                if not author.owner:
                    _add(author.name, paper, found, on_shelf)
    made = (_collaborator(person, site.people) for person in found)
    return tuple(sorted(made, key=lambda c: (c.name.sort, c.name.display)))


class _Person:
    """One person while papers are gone through."""

    def __init__(self, name: PersonName) -> None:
        self.name = name
        self.papers: dict[str, Publication] = {}


def _add(
    name: PersonName, paper: Publication, found: list[_Person], on_shelf: dict[str, list[_Person]]
) -> None:
    """Count a paper for the one person whom the name can mean; for a new one if it is none or several."""
    near = {id(p): p for shelf in sorted(shelves(name)) for p in on_shelf.get(shelf, ())}
    matches = [(same_person(name, p.name), p) for p in near.values()]
    full = [p for match, p in matches if match == "full"]
    initials = [p for match, p in matches if match]
    person = next((alike[0] for alike in (full, initials) if len(alike) == 1), None)
    if person is None:
        person = _Person(name)
        found.append(person)
    if _letters(name) > _letters(person.name):
        person.name = name
    for shelf in shelves(name):
        if person not in on_shelf.setdefault(shelf, []):
            on_shelf[shelf].append(person)
    person.papers[paper.key] = paper


def _collaborator(person: _Person, people: Iterable[Person]) -> Collaborator:
    known = [p for p in people if any(same_person(person.name, form) for form in p.known_as)]
    one = known[0] if len(known) == 1 else None
    last = max(person.papers.values(), key=_date)
    return Collaborator(_named(person.name, one), _affiliation(one), last, len(person.papers))


def _date(paper: Publication) -> tuple[bool, Day]:
    """Work that is not out yet is the newest."""
    date = newest(paper.when) if paper.when else None
    return paper.status != "published", last_day(date) if date else (0, 0, 0)


def _named(name: PersonName, person: Person | None) -> PersonName:
    known = person.parsed_name if person else name
    return known if _letters(known) > _letters(name) else name


def _letters(name: PersonName) -> int:
    return sum(map(str.isalpha, name.display))


def _affiliation(person: Person | None) -> str:
    """The post that is still held, else where an alumnus is now."""
    if person is None:
        return ""
    held = [a for a in person.affiliations if a.end_date is None or _ongoing(a.end_date)]
    return ", ".join(a.company.text for a in held) or person.now.text


def _ongoing(end: object) -> bool:
    return any(span.ongoing for span in getattr(end, "spans", ()))
