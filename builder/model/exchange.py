"""Publications as CSL items, both ways: what other programs' files hold, and what they are given.

CSL-JSON and RIS come and go through here; `text/csl.py` and `text/ris.py` know the two formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from builder.leaves import Prose
from builder.model.bibliography import Bibliography
from builder.model.bibtex_entry import Whole
from builder.model.bibtex_fields import CARRIED, language_of, status_of
from builder.model.keys import made_key
from builder.model.links import Link
from builder.model.publications import STATUS_ORDER, Author, Publication, PublicationType
from builder.problems import Place, did_you_mean
from builder.text import csl, urls
from builder.text.csl import Item, lines_of, text_of
from builder.text.patterns import late
from builder.text.publishers import paragraphs_of
from builder.text.rich import EMPTY, Rich, plain
from builder.text.when import When

_WORDS_OF_STATUS = dict(zip(STATUS_ORDER, (
    "in preparation", "submitted", "under review", "forthcoming", "accepted", "in press", "",
), strict=True))  # fmt: skip
_INSTITUTIONAL = ("thesis", "report", "patent")
"""Types whose publisher is a school, an institution, a holder."""


# ---- reading --------------------------------------------------------------------------------


def publications_of(
    items: Iterable[tuple[str, Item]], context: Bibliography
) -> Iterator[Publication]:
    """The publications of several files, each file's path beside its items; a repeated item is told.

    Links bear the names of their kinds.
    """
    first: dict[tuple[str, str], int] = {}
    for path, item in items:
        said = {
            variable: v
            for variable, v in item.fields.items()
            if variable not in ("id", "citation-key")
        }
        line = first.setdefault(
            (path, repr(sorted(said.items(), key=lambda pair: pair[0]))), item.line
        )
        if line == item.line:
            yield publication_of_item(item, path, context)
        else:
            context.reading.warn(
                "repeated-record", f"this record repeats the one on line {line}", Place(path, item.line),
                "delete one of the two",
            )  # fmt: skip


def publication_of_item(item: Item, path: str, context: Bibliography) -> Publication:
    """One item as a publication; what it says wrongly is told at its line."""
    return _Record(item, path, context).publication()


class _Record:
    """One item while it is read."""

    def __init__(self, item: Item, path: str, context: Bibliography) -> None:
        self.item, self.path, self.context = item, path, context
        self.fields = _with_note_lines(item.fields)
        self.name = text_of(self.fields.get("title"))[:60] or text_of(self.fields.get("id"))

    def warn(self, kind: str, message: str, variable: str, hint: str = "") -> None:
        place = Place(self.path, self.item.lines.get(variable, self.item.line))
        self.context.reading.warn(kind, message, place, hint)

    def text(self, *variables: str) -> str:
        return next((t for v in variables if (t := text_of(self.fields.get(v)))), "")

    def rich(self, *variables: str) -> Rich:
        for variable in variables:
            if text := self.text(variable):
                rich, refused = csl.read_rich(text)
                for tag in (tag for tag in refused if not tag.startswith("</")):
                    self.warn(
                        "html-in-text", f"the tag {tag[:40]} is kept as text", variable,
                        "delete it; titles may hold <i> <b> <sub> <sup>",
                    )  # fmt: skip
                return rich
        return EMPTY

    def publication(self) -> Publication:
        authors, others = csl.read_names(self.fields.get("author"))
        editors, _ = csl.read_names(self.fields.get("editor"))
        translators, _ = csl.read_names(self.fields.get("translator"))
        when, status = self.dated()
        doi, arxiv = self.doi(), self.arxiv()
        kind = self.type(arxiv)
        publisher = self.rich("publisher")
        links = self.links(doi, arxiv)
        title = self.title()
        self.unknown_variables()
        return Publication(
            key=self.key(title, authors, when), type=kind, title=title,
            authors=tuple(Author(name=name) for name in authors), others=others, editors=editors, translators=translators,
            container=self.rich("container-title"),
            abbr=self.text("container-title-short", "journalAbbreviation"),
            publisher=EMPTY if kind in _INSTITUTIONAL else publisher,
            institution=publisher if kind in _INSTITUTIONAL else EMPTY,
            event=self.rich("event-title", "event"), series=self.rich("collection-title"),
            volume=self.text("volume"), issue=self.text("issue"), pages=self.pages(),
            number=self.number(arxiv), edition=self.text("edition"), genre=self.rich("genre"),
            when=when, status=status_of(status) or "published", doi=doi, arxiv=arxiv,
            isbn=self.text("ISBN"), language=language_of(self.text("language")), links=links,
            pdf=next((link.url for link in links if link.kind == "pdf"), ""),
            abstract=self.prose("abstract"), note=self.rich("note"), tags=self.tags(), keywords=self.tags(),
            extra=self.carried(), place=Place(self.path, self.item.line),
        )  # fmt: skip

    def title(self) -> Rich:
        title = self.rich("title", "title-short", "shortTitle")
        if not title:
            self.warn("missing-title", "this record has no title", "title", "add one")
        return title or plain(self.text("citation-key", "id") or "?")

    def key(self, title: Rich, authors: tuple[Any, ...], when: When | None) -> str:
        """The record's own where that can be cited; numbers and addresses are no keys."""
        typed = (self.text("citation-key"), self.text("id"))
        good = (
            k for k in typed if _KEY().fullmatch(k) and not _NO_KEY().match(k) and not urls.doi(k)
        )
        return next(good, "") or made_key(title, authors, when)

    def type(self, arxiv: str) -> PublicationType:
        typed = self.text("type")
        kind = typed if typed in csl.TYPES else csl.OTHER_TYPES.get(typed.lower(), "")
        if not kind:
            self.warn(
                "unknown-type", f"{typed!r} is not a type of CSL; it counts as a document", "type",
                did_you_mean(typed, csl.TYPES) or "an article in a journal is article-journal",
            )  # fmt: skip
        container = self.text("container-title").lower()
        preprint = arxiv and (not container or "arxiv" in container)
        if preprint and kind in ("article-journal", "document", "report", "manuscript"):
            return "article"
        return kind or "document"

    def dated(self) -> tuple[When | None, str]:
        when, rest = csl.read_date(self.fields.get("issued"))
        if rest and not status_of(rest):
            self.warn(
                "not-a-date", f"{rest[:60]!r} is not a date that can be read", "issued",
                "write the year, or year, month and day",
            )  # fmt: skip
        return when, self.text("status") or rest

    def doi(self) -> str:
        typed = self.text("DOI")
        found = urls.doi(typed) if typed else None
        if typed and not found:
            self.warn(
                "not-a-doi",
                f"{typed[:60]!r} holds no DOI",
                "DOI",
                "a DOI looks like 10.1007/BF01464225",
            )
        return found or next(
            (d for url in self.urls() if "doi.org" in url and (d := urls.doi(url))), ""
        )

    def arxiv(self) -> str:
        likely = [self.text("number"), self.text("DOI"), *self.urls(), self.text("container-title")]
        return next((n for v in likely if "arxiv" in v.lower() and (n := urls.arxiv(v))), "")

    def number(self, arxiv: str) -> str:
        number = self.text("number")
        return "" if arxiv and "arxiv" in number.lower() else number

    def urls(self) -> list[str]:
        value = self.fields.get("URL")
        return [t for v in (value if isinstance(value, list) else [value]) if (t := text_of(v))]

    def pages(self) -> str:
        return re.sub(r"\s*[-–—‐]+\s*", "–", self.text("page", "page-first"))

    def prose(self, variable: str) -> Prose:
        parts = paragraphs_of(lines_of(self.fields.get(variable)))
        return Prose(tuple(csl.read_rich(part)[0] for part in parts))

    def tags(self) -> tuple[str, ...]:
        value = self.fields.get("keyword")
        words = (
            map(text_of, value) if isinstance(value, list) else re.split(r"[,;]", text_of(value))
        )
        return tuple(word.strip() for word in words if word.strip())

    def carried(self) -> dict[str, str]:
        found = {field: self.text(variable) for field, variable in CARRIED.items()}
        if not self.text("event-title", "event"):  # a place without its event
            found["address"] = found["address"] or found["venue"]
            found["venue"] = ""
        return {field: value for field, value in found.items() if value}

    def links(self, doi: str, arxiv: str) -> tuple[Link, ...]:
        found = [("doi", f"https://doi.org/{doi}")] if doi else []
        found += [("arxiv", f"https://arxiv.org/abs/{arxiv}")] if arxiv else []
        found += [("pdf", pdf)] if (pdf := self.pdf()) else []
        typed = map(self.address, self.urls())
        found += [("website", u) for u in typed if u and "doi.org/" not in u and not urls.arxiv(u)]
        unique = {url: kind for kind, url in reversed(found)}
        return tuple(
            Link(label=plain(kind), url=url, kind=kind)
            for kind, url in found
            if unique.pop(url, "") == kind
        )

    def address(self, typed: str) -> str:
        url = urls.clean_url(typed)
        if url is None or "://" not in url:
            self.warn(
                "unsafe-link", f"{typed[:60]!r} is no address that can be published", "URL",
                "use an address that begins with https://",
            )  # fmt: skip
        return url if url and "://" in url else ""

    def pdf(self) -> str:
        """An outside address, or a file of the site; where a reference manager has it is private."""
        url = urls.clean_url(self.text("pdf")) or ""
        return url if "://" in url else self.context.assets.find(url) if url else ""

    def unknown_variables(self) -> None:
        for variable in sorted(self.fields.keys() - csl.VARIABLES - csl.CROSSREF - {"pdf"}):
            if hint := did_you_mean(variable, sorted(csl.VARIABLES)):
                message = f"{variable!r} is not a variable of CSL and is not read"
                self.warn("unknown-variable", message, variable, hint)


_KEY = late(r"(?=.*[^\W\d_])[\w:.+/-]{1,80}")
_NO_KEY = late(r"\w+://|\d+/[A-Z0-9]{8}$|items?/")

_NOTE_LINE = late(r"\s*([A-Za-z][\w ./-]{1,30}?)\s*:\s*(\S.*)")
_IN_NOTES = {
    v.lower().replace("-", " "): v
    for v in ("DOI", "ISBN", "ISSN", "PMID", "PMCID", "number", "status", "genre", "publisher",
              "publisher-place", "event-title", "event-place")
}  # fmt: skip


def _with_note_lines(fields: dict[str, Any]) -> dict[str, Any]:
    """The variables with those that Zotero keeps as lines of a note: `PMID: 1`, `arXiv:2401.01230`.

    Source: Zotero's documentation of its "Extra" field; citeproc-js's "cheater syntax".
    """
    note = lines_of(fields.get("note"))
    if ":" not in note:
        return fields
    found: dict[str, Any] = {}
    kept: list[str] = []
    for line in note.split("\n"):
        said = _NOTE_LINE().fullmatch(line)
        name = said[1].lower().replace("-", " ") if said else ""
        if said and name == "citation key":
            found["citation-key"] = said[2]
        elif said and name == "arxiv":
            found["number"] = f"arXiv:{said[2]}"
        elif said and name in _IN_NOTES:
            found.setdefault(_IN_NOTES[name], said[2])
        elif not line.startswith("tex."):
            kept.append(line)
    return (
        found | {name: value for name, value in fields.items() if value} | {"note": "\n".join(kept)}
    )


# ---- writing --------------------------------------------------------------------------------


def item_of(paper: Publication, whole: Whole) -> dict[str, Any]:
    """A publication as a CSL item, its variables in the usual order, empty ones left out."""
    write = csl.write_rich
    item: dict[str, Any] = {
        "id": paper.key, "citation-key": paper.key,
        "type": paper.type if paper.type in csl.TYPES else "document", "title": write(paper.title),
        "author": csl.write_names((a.name for a in paper.authors), paper.others),
        "editor": csl.write_names(paper.editors), "translator": csl.write_names(paper.translators),
        "container-title": write(paper.container),
        "container-title-short": paper.abbr, "event-title": write(paper.event),
        "issued": csl.write_date(paper.when) if paper.when else None,
        "status": _WORDS_OF_STATUS[paper.status],
        "publisher": write(paper.institution or paper.publisher),
        "collection-title": write(paper.series), "volume": paper.volume, "issue": _issue(paper),
        "number": _number(paper), "page": paper.pages.replace("–", "-"), "edition": paper.edition,
        "genre": write(paper.genre), "DOI": paper.doi, "ISBN": paper.isbn, "URL": _url(paper, whole),
        "language": paper.language, "abstract": "\n\n".join(map(write, paper.abstract.paragraphs)),
        "keyword": ", ".join(paper.keywords), "note": write(paper.note),
        **{variable: paper.extra.get(field) for field, variable in CARRIED.items()},
    }  # fmt: skip
    return {variable: value for variable, value in item.items() if value}


def ris_item_of(item: dict[str, Any], paper: Publication, whole: Whole) -> dict[str, Any]:
    """A paper's CSL item with all its addresses, and the PDF's, which RIS has a place for."""
    kinds = ("website", "arxiv")
    shown = [whole(link.url) for kind in kinds for link in paper.links if link.kind == kind]
    return item | {"URL": [url for url in shown if url], "pdf": whole(paper.pdf)}


def _issue(paper: Publication) -> str:
    return "" if paper.type in _INSTITUTIONAL and paper.issue == paper.number else paper.issue


def _number(paper: Publication) -> str:
    if paper.type == "article" and paper.arxiv and not paper.number:
        return f"arXiv:{paper.arxiv}"
    return paper.number if paper.number != _issue(paper) else ""


def _url(paper: Publication, whole: Whole) -> str:
    kinds = ("website", "arxiv")
    links = (link for kind in kinds for link in paper.links if link.kind == kind)
    return next((url for link in links if (url := whole(link.url))), "")
