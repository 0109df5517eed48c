"""Who is who on a paper: the owner, and the people whose addresses are known.

Names are compared in their parts, never as printed strings, so that accents, particles, marks
and initials do not matter. biblatex's annotation `author+an = {2=self}` settles it by hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from builder.fields import Reading
from builder.model.people import Person
from builder.model.publications import Author, Publication
from builder.problems import Place, did_you_mean
from builder.text.person import Match, PersonName, same_person, shelves


def with_identities(
    pool: Iterable[Publication],
    owners: tuple[Person, ...],
    people: tuple[Person, ...],
    reading: Reading,
) -> tuple[Publication, ...]:
    """The publications with the owner marked and known people linked."""
    ours = _Directory(owner for owner in owners if owner.name)
    known = _Directory(person for person in people if not person.owner)
    pool = tuple(pool)
    theses = _theses(people, {key for paper in pool for key in paper.key_names}, reading)
    return tuple(
        msgspec.structs.replace(p, authors=_authors(p, ours, known, p.key in theses, reading))
        for p in pool
    )


def _theses(people: tuple[Person, ...], keys: Collection[str], reading: Reading) -> set[str]:
    """The keys of the theses of the people; one that no publication has is told."""
    for person in people:
        if person.thesis and person.thesis not in keys:
            reading.warn(
                "thesis-unknown", f"no publication has the key {person.thesis!r}, which is to be the thesis of "
                f"{person.name}", person.place or Place("content/people.yaml"),
                did_you_mean(person.thesis, sorted(keys)) or "add it to a .bib file",
            )  # fmt: skip
    return {person.thesis for person in people if person.thesis}


def _address(person: Person) -> str:
    return (*person.website, *(link.url for link in person.links), "")[0]


class _Directory:
    """People by the names they go by."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.shelves: dict[str, list[tuple[PersonName, Person]]] = {}
        self.found: dict[PersonName, dict[Match, Person]] = {}
        for person in people:
            for form in person.known_as:
                for shelf in shelves(form):
                    self.shelves.setdefault(shelf, []).append((form, person))

    def matches(self, name: PersonName) -> dict[Match, Person]:
        """The first person who goes by this name in full, and by its initials."""
        if name not in self.found:
            found: dict[Match, Person] = {}
            for shelf in sorted(shelves(name)):
                for form, person in self.shelves.get(shelf, ()):
                    match = same_person(name, form)
                    if match:
                        found.setdefault(match, person)
            self.found[name] = found
        return self.found[name]


def _authors(
    publication: Publication,
    ours: _Directory,
    known: _Directory,
    supervised: bool,
    reading: Reading,
) -> tuple[Author, ...]:
    owners = _owners(publication, ours, supervised, reading)
    return tuple(
        _identified(author, n in owners, known.matches(author.name).get("full"))
        for n, author in enumerate(publication.authors)
    )


def _identified(author: Author, owner: bool, person: Person | None) -> Author:
    if not (owner or person):
        return author
    url = author.url or (_address(person) if person else "")
    name = person.name if person else ""
    return msgspec.structs.replace(author, owner=author.owner or owner, url=url, person=name)


def _owners(
    publication: Publication, ours: _Directory, supervised: bool, reading: Reading
) -> set[int]:
    """Which authors are the owner; told when only initials say so, or when none is.

    A thesis that the owner has supervised needs none.
    """
    if any(a.owner for a in publication.authors):
        return set()
    matches = [ours.matches(a.name) for a in publication.authors]
    full = {n: match["full"].name for n, match in enumerate(matches) if "full" in match}
    alike: dict[str, list[int]] = {}
    for n, match in enumerate(matches):
        if match and n not in full and match["initials"].name not in full.values():
            alike.setdefault(match["initials"].name, []).append(n)
    by_initials = {listed[0] for listed in alike.values() if len(listed) == 1}
    for n in sorted(by_initials):
        name = publication.authors[n].name.display
        reading.warn(
            "owner-by-initials", f"{publication.key}: {name!r} is taken for the owner by initials alone",
            publication.place, f"add {name!r} to aliases of the owner in content/people.yaml",
        )  # fmt: skip
    if not (full or by_initials or supervised):
        _tell_missing(
            publication, ours, sorted(n for listed in alike.values() for n in listed), reading
        )
    return {*full, *by_initials}


def _tell_missing(
    publication: Publication, ours: _Directory, alike: list[int], reading: Reading
) -> None:
    """Report a paper on which nobody is the owner: an alias may be lacking, or it is someone else's."""
    if not ours.shelves or not publication.authors or any(map(ours.matches, publication.editors)):
        return
    names = [author.name.display for author in publication.authors]
    if alike:
        what = f"{' and '.join(repr(names[n]) for n in alike)} may each be the owner"
    else:
        shown = ", ".join([*names[:3], "…"] if len(names) > 3 else names)
        what = f"none of {shown} is the owner"
    reading.warn(
        "owner-not-found", f"{publication.key}: {what}", publication.place,
        "add the name to aliases of the owner in content/people.yaml, or write author+an = {1=self}",
    )  # fmt: skip
