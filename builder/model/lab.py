"""A site that several people own: it speaks as a lab, and they are its members."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from builder.fields import Reading
from builder.model.pages import Page
from builder.model.people import Person
from builder.problems import Place
from builder.settings import Settings
from builder.text.person import same_person
from builder.text.slugs import distinct_slugs


class Member(msgspec.Struct, frozen=True):
    """One of the owners of a lab's site, and where more is said of them."""

    person: Person
    id: str
    """Of their place in the list of people."""
    address: str
    """That place; their own site where the list is nowhere shown; empty where there is neither."""


def members_of(owners: Sequence[Person], pages: Sequence[Page]) -> tuple[Member, ...]:
    """The members of a lab in the order of people.yaml; none where one person owns the site."""
    if len(owners) < 2:
        return ()
    ids = {name: f"person-{made}" for name, made in distinct_slugs(p.name for p in owners).items()}
    listed = next((page.address for page in pages if page.layout == "people"), "")
    return tuple(
        Member(p, ids[p.name], f"{listed}#{ids[p.name]}" if listed else _elsewhere(p))
        for p in owners
    )


def _elsewhere(person: Person) -> str:
    return (*person.website, *(link.url for link in person.links), "")[0]


def lab_of(own: Person, owners: Sequence[Person], settings: Settings) -> Person:
    """The lab, spoken of where one person would be: the site's title and description are its own.

    `own` is what the head of cv.yaml says of it: mail, links, a logo. Without title or name it is
    called by its members.
    """
    name = settings.title.text or own.name or ", ".join(person.name for person in owners)
    tagline = settings.description or own.tagline
    return msgspec.structs.replace(own, name=name, names={}, owner=True, tagline=tagline)


def bearer(head: Person, people: Sequence[Person]) -> Person | None:
    """Whose name the head of cv.yaml bears in full; None where it is nobody's."""
    forms = head.known_as if head.name else ()
    alike = (
        person
        for person in people
        if any(same_person(a, b) == "full" for a in person.known_as for b in forms)
    )
    return next(alike, None)


def is_of_lab(head: Person, settings: Settings, reading: Reading) -> bool:
    """Whether the head of cv.yaml, which bears no member's name, is the lab's own.

    One with another name than the site's is a stranger's, whose mail is not the lab's; it is told.
    """
    title = settings.title.text
    if not (title and head.name) or title.casefold() == head.name.casefold():
        return True
    reading.warn(
        "cv-of-nobody", f"the CV is of {head.name!r}, who is none of the people of content/people.yaml and not "
        f"{title!r}: its mail and links stand on no page but the CV's", head.place or Place("content/cv.yaml"),
        f"name: {title} makes them the lab's own; or add {head.name!r} to content/people.yaml",
    )  # fmt: skip
    return False
