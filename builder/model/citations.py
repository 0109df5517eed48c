"""Publications that are written in YAML: entries of cv.yaml, front matter of a paper's page."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import msgspec

from builder.fields import Reading, read
from builder.leaves import Prose, Reader, address_reader
from builder.model.bibliography import Bibliography
from builder.model.bibtex_fields import LINK_FIELDS, TYPES, status_of
from builder.model.cv import Entry
from builder.model.documents import Document
from builder.model.keys import made_key
from builder.model.links import Link, read_links
from builder.model.publications import (
    MARK_SYMBOLS,
    STATUS_ORDER,
    Author,
    Publication,
    Status,
)
from builder.model.records import image_reader, names_reader, redirects_reader, words_reader
from builder.problems import Place, did_you_mean
from builder.text import dates, names, urls
from builder.text.rich import EMPTY, Break, Rich, plain
from builder.text.yaml import Value


def _type_reader(value: Value, place: Place, reading: Reading) -> Any:
    """A type, or the first of a list, as Hugo has them."""
    return next(iter(words_reader(value, place, reading)), "")


class PublicationKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The front matter of a paper's page: academicpages' keys, and the fields of a .bib entry."""

    what: ClassVar[str] = "a publication"
    spellings: ClassVar[dict[str, str]] = {
        "paperurl": "pdf", "pdfurl": "pdf", "link": "website", "url": "website", "journal": "venue",
        "booktitle": "venue", "slidesurl": "slides", "codeurl": "code", "videourl": "video",
        "posterurl": "poster", "venue_abbr": "abbr", "image": "preview", "thumbnail": "preview",
        "header": "preview", "teaser": "preview", "category": "type", "pubtype": "type", "publication_types": "type",
        "arxivurl": "arxiv", "author": "authors", "keywords": "tags", "pubstate": "status",
        "excerpt": "summary",
    }  # fmt: skip
    silent: ClassVar[tuple[str, ...]] = (
        "layout", "collection", "author_profile", "citation", "bibtexurl", "comments", "share", "order",
    )  # fmt: skip
    readers: ClassVar[dict[str, Reader]] = {
        "authors": names_reader, "tags": words_reader, "topics": words_reader, "links": read_links,
        "redirect_from": redirects_reader, "type": _type_reader, "preview": image_reader,
        **dict.fromkeys(
            ("pdf", "website", "slides", "code", "data", "video", "poster"), address_reader
        ),
    }  # fmt: skip

    title: Rich = EMPTY
    authors: tuple[str, ...] = ()
    venue: Rich = EMPTY
    abbr: str = ""
    date: str = ""
    year: str = ""
    type: str = ""
    status: str = ""
    doi: str = ""
    arxiv: str = ""
    pdf: str = ""
    website: str = ""
    code: str = ""
    data: str = ""
    slides: str = ""
    poster: str = ""
    video: str = ""
    links: tuple[Link, ...] = ()
    abstract: Prose = Prose()
    summary: Rich = EMPTY
    note: Rich = EMPTY
    award: Rich = EMPTY
    badges: tuple[Rich, ...] = ()
    selected: bool = False
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    preview: str = ""
    preview_alt: str = ""
    permalink: str = ""
    redirect_from: tuple[str, ...] = ()
    published: bool = True
    draft: bool = False
    place: Place


_KNOWN_TYPES = {
    "manuscripts": "article-journal", "conferences": "paper-conference", "books": "book",
    "journal": "article-journal", "conference": "paper-conference", "preprint": "article",
    "thesis": "thesis", "patent": "patent", "software": "software", "chapter": "chapter",
    "1": "paper-conference", "2": "article-journal", "3": "article", "4": "report", "5": "book", "6": "chapter",
    "7": "thesis", "8": "patent",
}  # fmt: skip
"""The words of academicpages, and the codes that Hugo's academic theme once had."""


def of_document(document: Document, context: Bibliography) -> Publication | None:
    """What a Markdown file says of a paper whose key is the file's name; None for a hidden one.

    A file without a title is the page of a paper that another home has.
    """
    reading = msgspec.structs.replace(context.reading, folder=document.folder)
    keys = read(PublicationKeys, document.front, document.front.place, reading)
    if keys is None or not (keys.published and (context.drafts or not keys.draft)):
        return None
    front = document.front
    when = None
    if keys.date or keys.year:
        when = dates.read_when(keys.date or keys.year)
        if when is None and not (keys.year and status_of(keys.year)):
            reading.warn(
                "not-a-date",
                f"{keys.date or keys.year!r} is not a date that can be read",
                front.at("date"),
            )
    doi = urls.doi(keys.doi) or (urls.doi(keys.website) if "doi.org" in keys.website else "") or ""
    arxiv = urls.arxiv(keys.arxiv) or ""
    return Publication(
        key=document.name, type=_type(keys.type),
        title=keys.title, authors=_authors(keys.authors), container=keys.venue, abbr=keys.abbr, when=when,
        status=_status(keys, reading), doi=doi, arxiv=arxiv,
        links=_links(keys, doi, arxiv, context), pdf=keys.pdf, abstract=keys.abstract,
        summary=keys.summary, note=keys.note, award=keys.award, badges=keys.badges,
        selected=keys.selected, topics=keys.topics, tags=keys.tags, preview=keys.preview,
        preview_alt=keys.preview_alt, document=document, place=keys.place,
        permalink=keys.permalink, redirect_from=keys.redirect_from,
    )  # fmt: skip


def _type(typed: str) -> str:
    word = typed.lower()
    return _KNOWN_TYPES.get(word) or TYPES.get(word) or typed or "article-journal"


def _status(keys: PublicationKeys, reading: Reading) -> Status:
    """The status that `status` says, or a date in words such as `in press`."""
    given = keys.status or ("" if any(map(str.isdigit, keys.year)) else keys.year)
    status = status_of(given) if given else "published"
    if keys.status and status is None:
        reading.warn(
            "not-a-status", f"{keys.status!r} is not a status; it counts as published", keys.place,
            did_you_mean(keys.status, STATUS_ORDER) or f"one of {', '.join(STATUS_ORDER)}",
        )  # fmt: skip
    return status or "published"


def of_entry(entry: Entry, context: Bibliography) -> Publication:
    """A publication entry of cv.yaml; its key is made of first author, year and first word."""
    authors = _authors(entry.authors)
    key = made_key(entry.title, (author.name for author in authors), entry.when)
    doi = urls.doi(entry.doi) or ""
    arxiv = urls.arxiv(entry.url) or "" if "arxiv" in entry.url else ""
    labels = context.labels
    links = (
        [Link(label=plain(labels["doi"]), url=f"https://doi.org/{doi}", kind="doi")] if doi else []
    )
    links += (
        [Link(label=plain(labels["arxiv"]), url=f"https://arxiv.org/abs/{arxiv}", kind="arxiv")]
        if arxiv
        else []
    )
    if entry.url and not arxiv and "doi.org/" not in entry.url:
        links.append(Link(label=plain(labels["website"]), url=entry.url, kind="website"))
    return Publication(
        key=key, type="article" if arxiv and not entry.journal else "article-journal", title=entry.title,
        authors=authors, container=entry.journal, when=entry.when, doi=doi, arxiv=arxiv,
        links=(*links, *entry.links), note=entry.note, facts=entry.facts, badges=entry.badges, tags=entry.tags,
        summary=one_line(entry.summary), place=entry.place,
        status=status_of(entry.journal.text) or "published",
    )  # fmt: skip


def one_line(prose: Prose) -> Rich:
    """Paragraphs as one text, divided by line breaks."""
    nodes = [node for p in prose.paragraphs for node in (Break(), *p.nodes)]
    return Rich(tuple(nodes[1:]))


_EMPHASIS = re.compile(r"^(\*{1,3}|_{1,3}|<b>|<strong>|<u>)(?P<name>.+?)(\1|</b>|</strong>|</u>)$")


def author_of(text: str) -> tuple[Author, bool]:
    """A name as it is typed, and whether it is set apart, as people mark themselves."""
    emphasised = _EMPHASIS.match(text.strip())
    bare, signs = names.split_marks(
        emphasised["name"] if emphasised else text.strip().replace("\\*", "*")
    )
    marks = tuple({s: m for m, s in MARK_SYMBOLS.items()}.get(sign, sign) for sign in signs)
    return Author(name=names.from_text(bare), marks=marks), bool(emphasised)


def _authors(typed: tuple[str, ...]) -> tuple[Author, ...]:
    return tuple(
        msgspec.structs.replace(author, owner=set_apart)
        for author, set_apart in map(author_of, (t for t in typed if t.strip()))
    )


def _links(keys: PublicationKeys, doi: str, arxiv: str, context: Bibliography) -> tuple[Link, ...]:
    found: list[tuple[str, str]] = [("doi", f"https://doi.org/{doi}")] if doi else []
    found += [("arxiv", f"https://arxiv.org/abs/{arxiv}")] if arxiv else []
    found += [(kind, url) for field, kind in LINK_FIELDS if (url := getattr(keys, field, ""))]
    unique: dict[str, Any] = {}
    for kind, url in found:
        if not (kind == "website" and "doi.org" in url):
            unique.setdefault(
                url,
                Link(label=plain(context.labels.get(kind, kind.capitalize())), url=url, kind=kind),
            )
    return (*unique.values(), *keys.links)
