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
from builder.text.person import PersonName, same_person


def with_identities(
    pool: Iterable[Publication],
    owners: tuple[Person, ...],
    people: tuple[Person, ...],
    reading: Reading,
) -> tuple[Publication, ...]:
    """The publications with the owner marked and known people linked."""
    ours = tuple(form for owner in owners for form in owner.known_as if owner.name)
    known = _Directory(p for p in people if not p.owner)
    return tuple(
        msgspec.structs.replace(p, authors=_authors(p, ours, known, reading)) for p in pool
    )


class _Directory:
    """People with an address, found by the names they go by."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.by_family: dict[str, list[tuple[PersonName, str]]] = {}
        for person in people:
            url = (*person.website, *(link.url for link in person.links), "")[0]
            for form in person.known_as if url else ():
                self.by_family.setdefault(_family(form), []).append((form, url))

    def address(self, name: PersonName) -> str:
        candidates = self.by_family.get(_family(name), ())
        return next((url for form, url in candidates if same_person(name, form) == "full"), "")


def _family(name: PersonName) -> str:
    return name.sort.split(" ")[0] if name.sort else ""


def _authors(
    publication: Publication, ours: tuple[PersonName, ...], known: _Directory, reading: Reading
) -> tuple[Author, ...]:
    settled = any(a.owner for a in publication.authors)
    matches = [_nearest(a.name, ours) for a in publication.authors]
    by_initials = [n for n, match in enumerate(matches) if match == "initials"]
    found: set[int] = set()
    if not settled:
        found = {n for n, match in enumerate(matches) if match == "full"}
        if not found and len(by_initials) == 1:
            found = set(by_initials)
            name = publication.authors[by_initials[0]].name.display
            reading.warn(
                "owner-by-initials", f"{publication.key}: {name!r} is taken for the owner by initials alone",
                publication.place, f"add {name!r} to aliases of the owner in content/people.yaml",
            )  # fmt: skip
    return tuple(
        msgspec.structs.replace(a, owner=a.owner or n in found, url=a.url or known.address(a.name))
        for n, a in enumerate(publication.authors)
    )


def _nearest(name: PersonName, ours: tuple[PersonName, ...]) -> str:
    matches = {same_person(name, form) for form in ours}
    return "full" if "full" in matches else "initials" if "initials" in matches else ""
