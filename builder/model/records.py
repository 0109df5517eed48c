"""Collections: talks, teaching, projects, news, posts, and any other name a site lists.

A record comes from an item of `content/<name>.yaml` or from the front matter of a Markdown file;
both read the same keys. Types are free text: what has no known category is listed under its own.

Source for the keys: academicpages and al-folio for Jekyll, RenderCV's words where neither has one.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

import msgspec

from builder.fields import Reading, read
from builder.leaves import Prose, Reader, address_reader, language_reader
from builder.model.addresses import fault_of_address, rooted
from builder.model.documents import Document
from builder.model.links import Link, read_links
from builder.problems import Place
from builder.settings import CitationStyle, style_reader
from builder.text.dates import When, newest, read_span, read_when
from builder.text.rich import EMPTY, Rich
from builder.text.yaml import Map, Seq, Value


def words_reader(value: Value, place: Place, reading: Reading) -> tuple[str, ...]:
    """Tags and the like: a list, or one text with commas, as Jekyll's users write both."""
    if isinstance(value, str):
        return tuple(w.strip() for w in value.split(",") if w.strip())
    return tuple(filter(None, read(tuple[str, ...], value, place, reading) or ()))


def redirects_reader(value: Value, place: Place, reading: Reading) -> tuple[str, ...]:
    """`redirect_from`: addresses that a page has had; those that none can have are told."""
    if isinstance(value, Seq):
        parts = zip(value, value.items_at, strict=True)
        return tuple(a for item, at in parts for a in redirects_reader(item, at, reading))
    typed = words_reader(value, place, reading)
    for address in typed:
        if wrong := fault_of_address(address):
            message = f"the old address {address!r} {wrong[1]}; nothing leads on from it"
            reading.warn(wrong[0], message, place, "write an address such as /cv/")
    return tuple(rooted(address) for address in typed if not fault_of_address(address))


def names_reader(value: Value, place: Place, reading: Reading) -> tuple[str, ...]:
    """People's names: a list, or one text with commas or `and`."""
    if isinstance(value, str):
        return tuple(
            n.strip() for n in re.split(r"\s*,\s+(?:and\s+)?|\s+and\s+|\s*;\s*", value) if n.strip()
        )
    return words_reader(value, place, reading)


def image_reader(value: Value, place: Place, reading: Reading) -> Any:
    """A picture: its file or address, or Jekyll's `header: {teaser: …}`, which may name none."""
    if isinstance(value, Map):
        names = ("teaser", "image", "feature", "path", "filename")
        value = next((value[name] for name in names if value.get(name)), None)
    return address_reader(value, place, reading) if value else ""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One occasion on which a talk was given."""

    what: ClassVar[str] = "an occasion of a talk"
    spellings: ClassVar[dict[str, str]] = {"venue": "event"}
    readers: ClassVar[dict[str, Reader]] = {"slides": address_reader, "video": address_reader}

    event: Rich = EMPTY
    """The conference or seminar."""
    location: Rich = EMPTY
    """Where."""
    date: When | None = None
    """When."""
    slides: str = ""
    """Slides of this occasion."""
    video: str = ""
    """A recording of it."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a collection. Empty fields are false."""

    what: ClassVar[str] = "a record"
    translated: ClassVar[tuple[str, ...]] = ("excerpt", "description", "note")
    filled: ClassVar[tuple[str, ...]] = ("collection", "slug", "address", "document")
    spellings: ClassVar[dict[str, str]] = {
        "name": "title", "link": "website", "url": "website", "img": "image", "teaser": "image", "header": "image",
        "thumbnail": "image", "summary": "excerpt", "keywords": "tags", "importance": "order",
        "last_modified_at": "modified", "slidesurl": "slides", "paperurl": "paper", "videourl": "video",
        "codeurl": "code", "github": "code", "startDate": "start_date", "endDate": "end_date",
        "csl": "citation_style",
    }  # fmt: skip
    silent: ClassVar[tuple[str, ...]] = (
        "author_profile", "comments", "share", "related", "related_posts", "read_time",
        "giscus_comments", "toc_sticky", "mathjax", "collection",
    )  # fmt: skip
    readers: ClassVar[dict[str, Reader]] = {
        "links": read_links, "tags": words_reader, "categories": words_reader, "image": image_reader,
        "authors": names_reader, "redirect_from": redirects_reader, "citation_style": style_reader,
        "lang": language_reader, "language": language_reader, **dict.fromkeys(("website", "slides",
        "paper", "video", "code", "pdf", "poster", "data", "redirect"), address_reader),
    }  # fmt: skip

    title: Rich = EMPTY
    """What it is called."""
    date: str = ""
    """The date as written; `when` is what it says."""
    start_date: str = ""
    """When it began, in the place of `date`."""
    end_date: str = ""
    """When it ended; `present` while it goes on."""
    type: Rich = EMPTY
    """What sort of talk, course or project it is, in the author's words."""
    venue: Rich = EMPTY
    """The event, the institution, the series."""
    location: Rich = EMPTY
    """Town and country."""
    authors: tuple[str, ...] = ()
    """The people whose it is, when it is not the owner's alone."""
    excerpt: Rich = EMPTY
    """A short text for lists; the first paragraph of the body when it is left out."""
    description: Prose = Prose()
    """Paragraphs for its page and lists."""
    tags: tuple[str, ...] = ()
    """Words that it is found by."""
    categories: tuple[str, ...] = ()
    """Jekyll's word for broad tags."""
    image: str = ""
    """A picture: a file beside this one, or an address."""
    image_alt: str = ""
    """What the picture shows, for those who do not see it."""
    website: str = ""
    """A page about it elsewhere."""
    pdf: str = ""
    """A PDF: a file or an address, like the others below."""
    slides: str = ""
    """Its slides."""
    poster: str = ""
    """Its poster."""
    paper: str = ""
    """The paper on it."""
    video: str = ""
    """A recording."""
    code: str = ""
    """Its code."""
    data: str = ""
    """Its data."""
    links: tuple[Link, ...] = ()
    """Links with labels of your own: `{Label: address}`."""
    note: Rich = EMPTY
    """A line in small print."""
    badges: tuple[Rich, ...] = ()
    """Short words beside the title."""
    publications: tuple[str, ...] = ()
    """Cite keys of papers that belong to it."""
    order: int = 0
    """Its place in a list that is sorted by `order`."""
    permalink: str = ""
    """Its address, exactly."""
    redirect_from: tuple[str, ...] = ()
    """Addresses that lead to it."""
    redirect: str = ""
    """An address that its title leads to instead of a page of its own."""
    published: bool = True
    """`false` keeps it out of the site."""
    draft: bool = False
    """`true` keeps it out unless `--drafts` is given."""
    lang: str = ""
    """The language of its page, where it is not the site's."""
    language: str = ""
    """The language of its title, as a code, where it is not the page's."""
    modified: str = ""
    """When it was last changed, for the sitemap."""
    toc: bool = False
    """Whether a table of contents stands above its text."""
    citation_style: CitationStyle | Literal[""] = ""
    """How its text puts publications into words; empty for the site's way."""
    layout: str = ""
    """Which file of your own `layouts/` shows its page; names of the theme's or Jekyll's change nothing."""
    extra: dict[str, Any] = {}
    """Anything of your own, for your own layouts."""

    collection: str = ""
    slug: str = ""
    address: str = ""
    document: Document | None = None
    place: Place

    @property
    def url(self) -> str:
        """The address of its page: Jekyll's word."""
        return self.redirect or self.address

    @property
    def when(self) -> When | None:
        """When it was, is or will be."""
        if self.date:
            return read_when(self.date) or When(spans=(), text=self.date)
        return read_span(self.start_date or None, self.end_date or None)

    @property
    def year(self) -> str:
        """The year as a heading shows it; empty when there is none."""
        date = newest(self.when) if self.when else None
        return str(date.year) if date else ""


class Talk(Record, frozen=True, kw_only=True):
    """A talk, which may be given many times."""

    what: ClassVar[str] = "a talk"
    spellings: ClassVar[dict[str, str]] = {
        **Record.spellings, "talk_type": "type", "event": "venue", "event_name": "venue",
        "speakers": "authors",
    }  # fmt: skip

    given: tuple[Given, ...] = ()
    """The occasions: event, place, date, slides, video."""
    abstract: Prose = Prose()
    """What it is about."""


class Course(Record, frozen=True, kw_only=True):
    """A course taught."""

    what: ClassVar[str] = "a course"
    spellings: ClassVar[dict[str, str]] = {
        **Record.spellings, "institution": "venue", "semester": "term", "level": "type",
        "year": "date", "position": "role", "course": "title", "course_id": "number",
        "dates": "date",
    }  # fmt: skip

    role: Rich = EMPTY
    """What you are in it: lecturer, assistant."""
    term: Rich = EMPTY
    """Spring, winter 2023/24."""
    number: str = ""
    """The course's number: CS3328."""
    instructor: Rich = EMPTY
    """Who gives it, when it is somebody else."""
    time: Rich = EMPTY
    """Day and hour."""
    students: str = ""
    """How many take it."""

    @property
    def own_term(self) -> Rich:
        """Its term, where the date does not say it."""
        said = self.when.text if self.when else ""
        return EMPTY if self.term.text in said else self.term

    @property
    def when(self) -> When | None:
        """Its dates; with a year alone and a term, the two together."""
        if self.term and (not self.date or self.date.isdecimal()):
            words = f"{self.term.text} {self.date}".strip()
            return read_when(words) or read_when(self.date or "") or When(spans=(), text=words)
        return Record.when.fget(self)  # type: ignore[attr-defined, no-any-return]


class Project(Record, frozen=True, kw_only=True):
    """A project, funded or not."""

    what: ClassVar[str] = "a project"
    translated: ClassVar[tuple[str, ...]] = (*Record.translated, "title", "role", "status")

    role: Rich = EMPTY
    """What you are in it."""
    status: Rich = EMPTY
    """Running, finished, planned."""
    funder: Rich = EMPTY
    """Who pays for it."""
    number: str = ""
    """The grant's number."""
    amount: Rich = EMPTY
    """How much."""
    stars: str = ""
    """Stars of its repository, as text: `63.4k`."""


class News(Record, frozen=True, kw_only=True):
    """A dated line, or a short text."""

    what: ClassVar[str] = "a news item"
    translated: ClassVar[tuple[str, ...]] = (*Record.translated, "title", "text")
    spellings: ClassVar[dict[str, str]] = {**Record.spellings, "body": "text", "content": "text"}

    text: Rich = EMPTY
    """The news in a line."""
    inline: bool = False
    """`true` shows the text in the list, and makes no page."""


class Post(Record, frozen=True, kw_only=True):
    """A blog post."""

    what: ClassVar[str] = "a post"
    spellings: ClassVar[dict[str, str]] = {**Record.spellings, "author": "authors"}


KINDS: dict[str, type[Record]] = {
    "talks": Talk, "teaching": Course, "projects": Project, "news": News, "posts": Post,
}  # fmt: skip


def occasions(talk: Talk) -> tuple[Given, ...]:
    """Every occasion of a talk, newest first; a talk without a list was given once.

    A venue or place of its own beside the list is one more.
    """
    dated = talk.when if talk.date or talk.start_date or not talk.given else None
    own = Given(event=talk.venue, location=talk.location, date=dated)
    given = (own, *talk.given) if talk.venue or talk.location or not talk.given else talk.given
    return tuple(sorted(given, key=lambda g: g.date.key if g.date else (), reverse=True))
