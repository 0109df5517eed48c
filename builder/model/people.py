"""People: the owner of the site, students, coauthors; one record each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import msgspec

from builder.fields import Reading
from builder.leaves import Prose, Reader, address_reader, last_day_reader, linkable
from builder.model.links import (
    Link,
    checked,
    read_links,
    websites_reader,
)  # fmt: skip
from builder.problems import Place, did_you_mean
from builder.text.dates import When
from builder.text.names import from_text
from builder.text.patterns import late
from builder.text.person import PersonName
from builder.text.rich import EMPTY, Rich, plain
from builder.text.yaml import Map, Value

NETWORKS: dict[str, str] = {
    "linkedin": "https://www.linkedin.com/in/{}",
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "codeberg": "https://codeberg.org/{}",
    "bitbucket": "https://bitbucket.org/{}",
    "orcid": "https://orcid.org/{}",
    "googlescholar": "https://scholar.google.com/citations?user={}",
    "semanticscholar": "https://www.semanticscholar.org/author/{}",
    "researchgate": "https://www.researchgate.net/profile/{}",
    "academia": "https://independent.academia.edu/{}",
    "dblp": "https://dblp.org/pid/{}.html",
    "arxiv": "https://arxiv.org/a/{}",
    "inspirehep": "https://inspirehep.net/authors/{}",
    "zbmath": "https://zbmath.org/authors/?q=ai:{}",
    "openreview": "https://openreview.net/profile?id={}",
    "mathscinet": "https://mathscinet.ams.org/mathscinet/MRAuthorID/{}",
    "wikipedia": "https://en.wikipedia.org/wiki/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "huggingface": "https://huggingface.co/{}",
    "kaggle": "https://www.kaggle.com/{}",
    "stackoverflow": "https://stackoverflow.com/users/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "x": "https://x.com/{}",
    "twitter": "https://x.com/{}",
    "instagram": "https://www.instagram.com/{}",
    "facebook": "https://www.facebook.com/{}",
    "youtube": "https://www.youtube.com/@{}",
    "reddit": "https://www.reddit.com/user/{}",
    "telegram": "https://t.me/{}",
    "whatsapp": "https://wa.me/{}",
    "medium": "https://medium.com/@{}",
    "zhihu": "https://www.zhihu.com/people/{}",
    "weibo": "https://weibo.com/{}",
    "leetcode": "https://leetcode.com/u/{}",
    "imdb": "https://www.imdb.com/name/{}",
    "keybase": "https://keybase.io/{}",
    "scopus": "https://www.scopus.com/authid/detail.uri?authorId={}",
}
"""Where a username of a network leads. Keys are the network's name in small letters without
blanks; Mastodon addresses carry their own host and are read by `profile_url`."""


class SocialNetwork(msgspec.Struct, frozen=True, kw_only=True):
    """An account, as RenderCV writes it."""

    what: ClassVar[str] = "a social network"

    @classmethod
    def from_value(cls, value: Value, place: Place, reading: Reading) -> SocialNetwork | None:
        """Read `GitHub: ada` as people write it elsewhere: the network's name for a key."""
        if isinstance(value, Map) and len(value) == 1:
            ((name, username),) = value.items()
            if isinstance(username, str) and profile_url(name, username):
                return cls(network=name, username=username.strip(), place=value.at(name))
        return None

    network: str
    """Its name: GitHub, ORCID, Google Scholar, LinkedIn."""
    username: str
    """The name there, or the whole address."""
    place: Place


class CustomConnection(msgspec.Struct, frozen=True, kw_only=True):
    """RenderCV's contact line of one's own."""

    what: ClassVar[str] = "a custom connection"
    silent: ClassVar[tuple[str, ...]] = ("fontawesome_icon",)

    placeholder: Rich
    """What it says."""
    url: str = ""
    """Where it leads."""
    place: Place


class Affiliation(msgspec.Struct, frozen=True, kw_only=True):
    """A post held somewhere, in RenderCV's words."""

    what: ClassVar[str] = "an affiliation"
    spellings: ClassVar[dict[str, str]] = {
        "institution": "company",
        "organization": "company",
        "role": "position",
    }
    readers: ClassVar[dict[str, Reader]] = {"url": address_reader}

    company: Rich
    """The institution."""
    position: Rich = EMPTY
    """What one is there."""
    department: Rich = EMPTY
    """The part of it."""
    url: str = ""
    """Its page."""
    start_date: When | None = None
    """Since when."""
    end_date: When | None = None
    """Until when; a post that has ended is not shown on the home page."""


class OfficeHours(msgspec.Struct, frozen=True, kw_only=True):
    """When and where students find this person."""

    what: ClassVar[str] = "office hours"

    when: Rich
    """Day and hour."""
    where: Rich = EMPTY
    """The room."""


class Availability(msgspec.Struct, frozen=True, kw_only=True):
    """What this person is open to, and until when it is said."""

    what: ClassVar[str] = "availability"
    translated: ClassVar[tuple[str, ...]] = ("text",)
    readers: ClassVar[dict[str, Reader]] = {"until": last_day_reader}

    text: Rich
    """What is said."""
    until: When | None = None
    """The last day on which it is said."""

    @classmethod
    def from_value(cls, value: Value, place: Place, reading: Reading) -> Availability | None:
        """Read a bare text as an availability without an end."""
        return cls(text=plain(value)) if isinstance(value, str) else None


def profile_url(network: str, username: str) -> str:
    """The address of an account; empty when the network is not known.

    A username that is an address already stands; Mastodon's `@user@host` names its host.
    """
    if "://" in username:
        return username
    key = network.lower().replace(" ", "").replace("-", "").replace("_", "")
    if key == "mastodon" or (username.startswith("@") and username.count("@") == 2):
        user, _, host = username.lstrip("@").partition("@")
        return f"https://{host or 'mastodon.social'}/@{user}"
    pattern = NETWORKS.get(key, "")
    return pattern.format(username.lstrip("@").replace(" ", "")) if pattern else ""


def profile_kind(network: str) -> str:
    """The name of a network as icons and CSS know it."""
    return "".join(c for c in network.lower() if c.isalnum())


def profile_links(value: Value, place: Place, reading: Reading) -> tuple[Link, ...]:
    """`links` of a person: labels to addresses, or networks to usernames (`{ORCID: 0000-…}`)."""
    if isinstance(value, Map):
        spelled = Map(value.place)
        for key, item in value.items():
            known = isinstance(item, str) and not item.startswith("/") and profile_url(key, item)
            spelled[key] = known or item
            spelled.keys_at[key], spelled.values_at[key] = value.keys_at[key], value.at(key)
        value = spelled
    links = read_links(value, place, reading)
    return tuple(
        msgspec.structs.replace(k, kind=k.kind or profile_kind(k.label.text)) for k in links
    )


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One person of `people.yaml`; the owner also has what the head of `cv.yaml` says."""

    what: ClassVar[str] = "a person"
    translated: ClassVar[tuple[str, ...]] = ("headline", "tagline", "role", "bio", "now")
    by_language: ClassVar[tuple[str, ...]] = ("names",)
    spellings: ClassVar[dict[str, str]] = {"position": "role"}
    readers: ClassVar[dict[str, Reader]] = {
        "links": profile_links, "website": websites_reader, "photo": address_reader,
    }  # fmt: skip

    name: str
    """The name as it is shown."""
    owner: bool = False
    """Whether the site is this person's. Several owners make a lab."""
    names: dict[str, str] = {}
    """The name in other scripts, by language code; shown beside the name."""
    aliases: tuple[str, ...] = ()
    """Other forms of the name, former ones too: matched on papers, never shown."""
    pronouns: str = ""
    """Shown beside the place."""
    headline: Rich = EMPTY
    """Role and place in a line, as RenderCV's `headline`."""
    tagline: Rich = EMPTY
    """One sentence of what this person found or builds; the first screen of the home page."""
    role: Rich = EMPTY
    """What this person is: PhD student, Professor."""
    location: Rich = EMPTY
    """Town and country."""
    email: tuple[str, ...] = ()
    """One address or several; published."""
    phone: tuple[str, ...] = ()
    """Of the owner only when site.yaml says so."""
    website: tuple[str, ...] = ()
    """Another site of theirs."""
    photo: str = ""
    """A picture in `content/`, or an address."""
    photo_alt: str = ""
    """What the photo shows, for those who do not see it."""
    affiliations: tuple[Affiliation, ...] = ()
    """Posts held, the present first; shown where there is no headline."""
    links: tuple[Link, ...] = ()
    """Profiles and other addresses."""
    office_hours: OfficeHours | None = None
    """When and where students find them."""
    availability: Availability | None = None
    """What they are open to: `{text: On the job market, until: 2027-06-30}`."""
    bio: Prose = Prose()
    """A biography in paragraphs, where the home page has no text of its own."""
    start_date: When | None = None
    """Since when they are of the group."""
    end_date: When | None = None
    """Until when; alumni have one."""
    thesis: str = ""
    """The cite key of the thesis."""
    now: Rich = EMPTY
    """Where an alumnus is now."""
    place: Place | None = None

    @property
    def parsed_name(self) -> PersonName:
        """The name in its parts."""
        return from_text(self.name)

    @property
    def known_as(self) -> tuple[PersonName, ...]:
        """Every form of the name that papers may carry."""
        forms = [self.name, *self.names.values(), *self.aliases]
        return tuple(from_text(form) for form in forms)


def social_links(accounts: Iterable[SocialNetwork], reading: Reading) -> Iterator[Link]:
    """RenderCV's `social_networks` as links; a network that is not known is told."""
    for account in accounts:
        url = profile_url(account.network, account.username)
        link = Link(label=plain(account.network), url=url, kind=profile_kind(account.network))
        if url and (safe := checked(link, account.place, reading)):
            _check_account(account, reading)
            yield safe
        elif not url:
            reading.warn(
                "unknown-network", f"no address is known for the network {account.network!r}",
                account.place,
                did_you_mean(account.network, NETWORKS) or "write the whole address as the username",
            )  # fmt: skip


def _check_account(account: SocialNetwork, reading: Reading) -> None:
    """Tell a number or name that cannot be one: it would lead to somebody else, or to nobody."""
    kind, name = profile_kind(account.network), account.username
    if kind == "orcid" and not is_orcid(name):
        message = f"{name!r} is no ORCID number: its digits do not add up"
        hint = "it has sixteen digits, as in 0000-0002-1825-0097"
        reading.warn("not-an-account", message, account.place, hint)
    if kind == "mastodon" and "@" not in name.lstrip("@") and "/" not in name:
        message = f"{name!r} does not say on which server it is"
        reading.warn("not-an-account", message, account.place, "write name@server.example")


_ORCID = late(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])/?")


def is_orcid(text: str) -> bool:
    """Whether a text is an ORCID number, or its address; the last digit checks the others.

    Source: ISO/IEC 7064, MOD 11-2. All zeros stand for one that is still to be filled in.
    """
    found = _ORCID().fullmatch(text.strip())
    if not found:
        return False
    digits, total = found[1].replace("-", ""), 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check)) or not digits.strip("0")


_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def connection_links(connections: Iterable[CustomConnection], reading: Reading) -> Iterator[Link]:
    """RenderCV's `custom_connections` as links, mail addresses too; one that leads nowhere is told."""
    for connection in connections:
        words = connection.placeholder.text
        url = connection.url or (f"mailto:{words}" if _MAIL.fullmatch(words) else "")
        if not url:
            reading.warn(
                "missing-key", f"the connection {connection.placeholder.text!r} has no url and is not shown",
                connection.place, "give it a url, or say it in headline or location",
            )  # fmt: skip
        elif safe := linkable(url, connection.place, reading):
            yield Link(label=connection.placeholder, url=safe)


def in_own_script(person: Person, reading: Reading) -> Person:
    """The person by the name of the language being built; the other name stands beside it."""
    if not person.names.get(reading.language):
        return person
    names = {reading.languages[0]: person.name, **person.names}
    name = names.pop(reading.language)
    return msgspec.structs.replace(person, name=name, names=names)


def merged(base: Person, over: Person) -> Person:
    """One person from two records: what `over` leaves empty comes from `base`."""
    fields = Person.__struct_fields__
    values: dict[str, Any] = {n: getattr(over, n) or getattr(base, n) for n in fields}
    values["links"] = tuple({link.url: link for link in (*base.links, *over.links)}.values())
    return Person(**values)
