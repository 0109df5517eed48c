"""Who is who on a paper: the owner, and the people whose addresses are known.

Names are compared in their parts, never as printed strings, so that accents, particles, marks
and initials do not matter. biblatex's annotation `author+an = {2=self}` settles it by hand.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from builder.fields import Reading
from builder.model.people import Person
from builder.model.publications import Author, Publication
from builder.text.person import Match, PersonName, same_person, shelves


def with_identities(
    pool: Iterable[Publication],
    owners: tuple[Person, ...],
    people: tuple[Person, ...],
    reading: Reading,
) -> tuple[Publication, ...]:
    """The publications with the owner marked and known people linked."""
    ours = _Directory((owner, "owner") for owner in owners if owner.name)
    known = _Directory((p, url) for p in people if not p.owner and (url := _address(p)))
    return tuple(
        msgspec.structs.replace(p, authors=_authors(p, ours, known, reading)) for p in pool
    )


def _address(person: Person) -> str:
    return (*person.website, *(link.url for link in person.links), "")[0]


class _Directory:
    """People by the names they go by, and what is kept of each."""

    def __init__(self, people: Iterable[tuple[Person, str]]) -> None:
        self.shelves: dict[str, list[tuple[PersonName, str]]] = {}
        self.found: dict[PersonName, dict[Match, str]] = {}
        for person, kept in people:
            for form in person.known_as:
                for shelf in shelves(form):
                    self.shelves.setdefault(shelf, []).append((form, kept))

    def matches(self, name: PersonName) -> dict[Match, str]:
        """What is kept of the first person who goes by this name in full, and by its initials."""
        if name not in self.found:
            found: dict[Match, str] = {}
            for shelf in sorted(shelves(name)):
                for form, kept in self.shelves.get(shelf, ()):
                    match = same_person(name, form)
                    if match:
                        found.setdefault(match, kept)
            self.found[name] = found
        return self.found[name]


def _authors(
    publication: Publication, ours: _Directory, known: _Directory, reading: Reading
) -> tuple[Author, ...]:
    settled = any(a.owner for a in publication.authors)
    matches = [ours.matches(a.name) for a in publication.authors]
    by_initials = [n for n, match in enumerate(matches) if match and "full" not in match]
    found: set[int] = set()
    if not settled:
        found = {n for n, match in enumerate(matches) if "full" in match}
        if not found and len(by_initials) == 1:
            found = set(by_initials)
            name = publication.authors[by_initials[0]].name.display
            reading.warn(
                "owner-by-initials", f"{publication.key}: {name!r} is taken for the owner by initials alone",
                publication.place, f"add {name!r} to aliases of the owner in content/people.yaml",
            )  # fmt: skip
    return tuple(
        msgspec.structs.replace(
            a, owner=a.owner or n in found, url=a.url or known.matches(a.name).get("full", "")
        )
        for n, a in enumerate(publication.authors)
    )
