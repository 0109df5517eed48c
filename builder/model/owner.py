"""Whose site it is: the head of cv.yaml and the owner's record of people.yaml, made one person.

Where people.yaml has several owners it is a lab's, see `lab.py`.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

import msgspec

from builder.fields import Reading, read
from builder.leaves import Prose, Reader, address_reader, found, list_hint
from builder.model.cv import Section, with_slugs
from builder.model.cv_entries import read_sections
from builder.model.lab import bearer, is_of_lab, lab_of
from builder.model.links import Link, websites_reader
from builder.model.people import (
    CustomConnection,
    Person,
    SocialNetwork,
    connection_links,
    in_own_script,
    merged,
    profile_links,
    social_links,
)  # fmt: skip
from builder.problems import Place, did_you_mean
from builder.reading import is_translated
from builder.settings import Settings
from builder.text.rich import EMPTY, Rich
from builder.text.yaml import Map, Seq, Value

CV_FILE, PEOPLE_FILE = "content/cv.yaml", "content/people.yaml"


class CvHead(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of `cv:` in cv.yaml: RenderCV's, and those of people.yaml that it lacks."""

    what: ClassVar[str] = "cv"
    translated: ClassVar[tuple[str, ...]] = ("headline", "tagline", "bio")
    silent: ClassVar[tuple[str, ...]] = ("sections", "sort_entries")
    elsewhere: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "orcid",
            "github",
            "linkedin",
            "twitter",
            "mastodon",
            "bluesky",
            "google_scholar",
            "scholar",
        ),
        "it goes below social_networks:, as in {network: ORCID, username: 0000-0002-1825-0097}",
    )
    readers: ClassVar[dict[str, Reader]] = {
        "links": profile_links, "website": websites_reader, "photo": address_reader,
    }  # fmt: skip

    name: str = ""
    """The name as it is shown."""
    headline: Rich = EMPTY
    location: Rich = EMPTY
    address: Rich = EMPTY
    """A street address; published only when site.yaml says so."""
    email: tuple[str, ...] = ()
    phone: tuple[str, ...] = ()
    """Published only when site.yaml says so."""
    website: tuple[str, ...] = ()
    photo: str = ""
    tagline: Rich = EMPTY
    bio: Prose = Prose()
    links: tuple[Link, ...] = ()
    social_networks: tuple[SocialNetwork, ...] = ()
    """Accounts, each with its network and username."""
    custom_connections: tuple[CustomConnection, ...] = ()
    """RenderCV's contact lines of one's own, with their links."""


class Household(msgspec.Struct, frozen=True, kw_only=True):
    """The people of a site and the sections of its CV."""

    owner: Person
    """The person, or the lab."""
    owners: tuple[Person, ...]
    """The owner, or everyone whose site it is when it is a lab's."""
    people: tuple[Person, ...]
    cv_owner: Person
    """Whose the CV is: the owner; of a lab, perhaps one of its people."""
    sections: tuple[Section, ...]
    address: Rich = EMPTY
    phone: tuple[str, ...] = ()
    """The numbers of whom the CV is, published or not."""
    street: Rich = EMPTY
    """The street address, published or not."""

    @property
    def listed(self) -> tuple[Person, ...]:
        """Those for whom there is a page of people: one person alone needs none."""
        return self.people if len(self.owners) > 1 else self.people[1:]


_NOT_USED = ("design", "locale", "settings", "rendercv_settings")


def household_of(
    cv_value: Value, people_value: Value, settings: Settings, reading: Reading
) -> Household:
    """Read both documents; a missing one is an empty one."""
    body = _cv_body(cv_value, reading)
    head = read(CvHead, body, body.place, reading) or CvHead() if body is not None else CvHead()
    sections: tuple[Section, ...] = ()
    if body is not None:
        sections = with_slugs(read_sections(body.get("sections"), body.at("sections"), reading))
    everyone = _people(people_value, reading)
    from_cv = _person(head, body.place if body is not None else Place(CV_FILE, 1), reading)
    from_cv = _named(from_cv, body, reading)
    owners = tuple(p for p in everyone if p.owner)
    lab = len(owners) > 1
    owners = owners or tuple(p for p in everyone if p.name == head.name)[:1]
    whose = bearer(from_cv, everyone) if lab else next(iter(owners), None)
    holder = merged(from_cv, whose) if whose else from_cv
    own = lab and not whose and is_of_lab(from_cv, settings, reading)
    shown = partial(_shown, settings=settings, reading=reading)
    if lab:
        people = tuple(shown(holder if p is whose else p) if p.owner else p for p in everyone)
        owners = tuple(p for p in people if p.owner)
        owner = shown(lab_of(from_cv if own else Person(name=""), owners, settings))
        cv_owner = owner if own else shown(holder)
    else:
        owner = cv_owner = shown(msgspec.structs.replace(holder, owner=True))
        people = (owner, *(p for p in everyone if p is not whose))
        owners = (owner,)
    return Household(
        owner=owner, owners=owners, people=people, cv_owner=cv_owner, sections=sections,
        address=head.address if settings.publish.address else EMPTY, phone=holder.phone, street=head.address,
    )  # fmt: skip


def _shown(person: Person, settings: Settings, reading: Reading) -> Person:
    """One whose site it is, as this site may show them: phone numbers only when it says so."""
    phone = person.phone if settings.publish.phone else ()
    return in_own_script(msgspec.structs.replace(person, phone=phone), reading)


def _cv_body(value: Value, reading: Reading) -> Map | None:
    if value is None:
        return None
    if not isinstance(value, Map) or not isinstance(value.get("cv"), Map):
        shape = (
            f"cv: with {found(value['cv'])}"
            if isinstance(value, Map) and "cv" in value
            else found(value)
        )
        reading.warn(
            "wrong-shape", f"expected a key cv with the CV below it, found {shape}", Place(CV_FILE, 1, 1),
            "begin the file with cv: and indent the rest, as RenderCV does",
        )  # fmt: skip
        return (
            value if isinstance(value, Map) and ("name" in value or "sections" in value) else None
        )
    for key in value:
        if key not in ("cv", *_NOT_USED):
            reading.warn(
                "unknown-key",
                f"{key!r} is not a key of cv.yaml and is not used",
                value.keys_at[key],
                did_you_mean(key, ("cv", *_NOT_USED)),
            )
    body = value["cv"]
    assert isinstance(body, Map)
    return body


def _person(head: CvHead, place: Place, reading: Reading) -> Person:
    accounts = social_links(head.social_networks, reading)
    connections = connection_links(head.custom_connections, reading)
    return Person(
        name=head.name, headline=head.headline, location=head.location, email=head.email,
        phone=head.phone, website=head.website, photo=head.photo, tagline=head.tagline,
        bio=head.bio, place=place, links=(*accounts, *head.links, *connections),
    )  # fmt: skip


def _named(person: Person, value: Value, reading: Reading) -> Person:
    """The person with all names of one that is given by language: papers may bear any of them."""
    given = value.get("name") if isinstance(value, Map) else None
    if not isinstance(given, Map) or not is_translated(given, reading):
        return person
    others = {
        code: name for code, name in given.items() if isinstance(name, str) and name != person.name
    }
    return msgspec.structs.replace(person, names={**others, **person.names})


def _people(value: Value, reading: Reading) -> tuple[Person, ...]:
    if value is None:
        return ()
    if not isinstance(value, Seq):
        reading.warn(
            "wrong-shape", f"expected a list of people, found {found(value)}", Place(PEOPLE_FILE, 1, 1),
            list_hint(value, "person"),
        )  # fmt: skip
        return ()
    read_people = (
        (read(Person, v, at, reading), v) for v, at in zip(value, value.items_at, strict=True)
    )
    return tuple(_named(p, v, reading) for p, v in read_people if p)
