"""BibTeX entries as publications: the one place where field names become meaning.

Source: BibTeX's btxdoc, biblatex's manual for `date`, `eprint`, `pubstate` and annotations. The
tables of fields and types stand in `bibtex_fields.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import msgspec

from builder.fields import Reading
from builder.leaves import Prose
from builder.model.assets import Assets
from builder.model.bibtex_fields import (
    CARRIED,
    GENRES,
    LINK_FIELDS,
    PREPRINT_SERVERS,
    TYPES,
    for_show,
    language_of,
    status_of,
)
from builder.model.bibtex_slips import meant_by_annotation, mend_of, slips_of
from builder.model.cv import Fact
from builder.model.links import Link
from builder.model.publications import (
    MARK_SYMBOLS,
    STATUS_ORDER,
    Author,
    Publication,
    Status,
)
from builder.problems import Place, did_you_mean
from builder.text import dates, names, tex, urls
from builder.text.bibtex import RawEntry
from builder.text.bibtex_source import public
from builder.text.publishers import paragraphs_of
from builder.text.rich import EMPTY, Rich, plain

_FACTS = (
    ("contribution", "contribution"),
    ("acceptance_rate", "acceptance_rate"),
    ("additional_info", "note"),
    ("annotation", "note"),
)
"""Fields that become labelled facts, and the interface word of each."""
_ORGANIZED_PRINT = frozenset({"paper-conference", "book"})
_ORGANIZED_WORK = frozenset({"report", "webpage", "software", "dataset", "document"})
_PRESS = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
"""biblatex's `entrysubtype` of an article."""
_NUMBERED_ISSUES = frozenset({"article-journal", "article", "review", "periodical"})
"""Types whose `number` is that of an issue; elsewhere it is the paper's own, or its series'."""


class Bibliography(msgspec.Struct, frozen=True, kw_only=True):
    """What reading an entry needs beside the entry."""

    reading: Reading
    assets: Assets
    labels: dict[str, str] = {}
    """Link kind to the word on its button, where what is read has a language."""
    drafts: bool = False
    """Whether papers that are drafts count too."""


def publication_of(entry: RawEntry, path: str, context: Bibliography) -> Publication:
    """One entry as a publication; what it says wrongly is told at its field's line.

    Links of a kind and facts bear the name of the word for them, as in `website (example.org)`.
    """
    return _Entry(entry, path, context).publication()


class _Entry:
    """One entry while it is read: its fields, where they stand, and what was told of them."""

    def __init__(self, raw: RawEntry, path: str, context: Bibliography) -> None:
        self.raw, self.path, self.context = raw, path, context
        self.reading = context.reading
        self.fields = {name: text for name, value in raw.fields.items() if (text := value.strip())}
        """Those that hold something."""

    def place(self, field: str = "") -> Place:
        """Where a field, or the entry itself, was typed."""
        return self.raw.place(self.path, field)

    def warn(self, kind: str, field: str, message: str, hint: str) -> None:
        self.reading.warn(kind, f"{self.raw.key}: {message}", self.place(field), hint)

    def get(self, *fields: str) -> str:
        for field in fields:
            if field in self.fields:
                return self.fields[field]
        return ""

    def tell(self, field: str, complaints: Any, kind: str = "bibtex-value") -> None:
        for complaint in complaints:
            self.warn(kind, field, f"{field}: {complaint}", mend_of(complaint))

    def rich(self, *fields: str) -> Rich:
        for field in fields:
            if field in self.fields:
                value, complaints = tex.to_rich(self.raw.fields[field])
                self.tell(field, complaints)
                return value
        return EMPTY

    def text(self, *fields: str) -> str:
        value = self.get(*fields)
        return tex.to_text(value) if value else ""

    def prose(self, field: str) -> Prose:
        read = [tex.to_rich(part) for part in paragraphs_of(self.get(field))]
        self.tell(field, [c for _, complaints in read for c in complaints])
        return Prose(tuple(rich for rich, _ in read))

    def words(self, *fields: str) -> tuple[str, ...]:
        return tuple(w.strip() for w in re.split(r"[,;]", self.text(*fields)) if w.strip())

    def publication(self) -> Publication:
        when, status = self.dated()
        arxiv = self.arxiv()
        links = self.links(arxiv)
        people = self.people("author")
        title, kind = self.title(), self.type(arxiv)
        issue = self.text("issue", "number") if kind in _NUMBERED_ISSUES else self.text("issue")
        for slip in slips_of(self.raw, when):
            self.warn(*slip)
        return Publication(
            key=self.raw.key, type=kind, entry_type=self.raw.type, title=title,
            cased=_cased(self.get("title")),
            authors=self.authors(people), others=people.others,
            editors=tuple(n.name for n in self.people("editor").names),
            translators=tuple(n.name for n in self.people("translator").names),
            container=self.rich("journal", "journaltitle", "booktitle"), abbr=self.text("abbr"),
            publisher=self.rich("publisher", *self.organized(kind, _ORGANIZED_PRINT)),
            institution=self.rich("school", "institution", "holder", *self.organized(kind, _ORGANIZED_WORK)),
            event=self.rich("eventtitle", *self.venue_of_no_book()), series=self.rich("series"),
            volume=self.text("volume"), issue=issue, pages=self.pages(), facts=self.facts(),
            number=self.text("number"), edition=self.text("edition"), genre=self.genre(),
            when=when, status=status, doi=self.doi(), arxiv=arxiv, isbn=self.text("isbn"),
            language=language_of(self.text("langid", "language")), links=links,
            pdf=next((k.url for k in links if k.kind == "pdf"), ""), abstract=self.prose("abstract"),
            summary=self.rich("summary"), note=self.rich("note", "addendum"),
            award=self.rich("award_name", "award"), badges=tuple(plain(b) for b in self.words("badges")),
            selected=self.get("selected").lower() in ("true", "yes", "1"),
            topics=self.words("topics", "topic"), tags=self.words("tags", "keywords"),
            keywords=self.words("keywords"),
            preview=self.asset("preview"), preview_alt=self.text("preview_alt"),
            bibtex=public(self.raw, for_show), place=self.place(), extra=self.carried(),
            related=self.words("related"),
        )  # fmt: skip

    def facts(self) -> tuple[Fact, ...]:
        said = ((word, self.rich(field)) for field, word in _FACTS)
        return tuple(Fact(plain(word), value) for word, value in said if value)

    def organized(self, kind: str, kinds: frozenset[str]) -> tuple[str, ...]:
        """BibTeX's `organization`, which brings out what it does not print: proceedings, manuals, pages."""
        return ("organization",) if kind in kinds else ()

    def venue_of_no_book(self) -> tuple[str, ...]:
        """`venue` names the meeting where nothing else does; beside a name it is the place, as in biblatex."""
        return () if self.get("booktitle") else ("venue",)

    def carried(self) -> dict[str, str]:
        found = {field: self.text(field) for field in CARRIED} | {
            "address": self.text("address", "location")
        }
        if not self.get("eventtitle", "booktitle"):
            found["venue"] = ""  # it is then the event
        return {field: value for field, value in found.items() if value}

    def title(self) -> Rich:
        title = self.rich("title")
        if self.get("subtitle"):
            subtitle = self.rich("subtitle")
            title = Rich((*title.nodes, *plain(": ").nodes, *subtitle.nodes)) if title else subtitle
        if not title:
            self.reading.warn(
                "bibtex-missing-field", f"{self.raw.key} has no title; its key stands in", self.place(),
                "add title = {…}",
            )  # fmt: skip
            return plain(self.raw.key)
        return _without_full_stop(title)

    def type(self, arxiv: str) -> str:
        kind = TYPES.get(self.raw.type, "document")
        if kind == "article-journal":
            kind = _PRESS.get(self.get("entrysubtype").lower(), kind)
        venue = self.get("journal", "journaltitle", "howpublished", "publisher")
        server = bool(PREPRINT_SERVERS.search(venue))
        published = self.get("journal", "journaltitle", "booktitle") and not server
        if kind in ("article-journal", "document") and not published and (arxiv or server):
            return "article"
        return kind

    def genre(self) -> Rich:
        said = GENRES.get(self.get("type").lower())
        if said:
            return plain(said)
        return self.rich("type", "howpublished") or plain(GENRES.get(self.raw.type, ""))

    def pages(self) -> str:
        return re.sub(r"\s*[-–—‐]+\s*", "–", self.text("pages", "eid", "articleno"))

    # ---- dates and status

    def dated(self) -> tuple[dates.When | None, Status]:
        """The date, and the status that `pubstate`, `status` or a year in words gives."""
        year, month = (
            self.text("year") or None,
            f"{self.get('month')} {self.get('day')}".strip() or None,
        )
        when, rest = dates.read_bibtex_date(year, month, self.get("date") or None)
        given = self.get("pubstate", "status")
        status = status_of(given) if given else status_of(rest) if rest else "published"
        if given and status is None:
            field = "pubstate" if self.get("pubstate") else "status"
            self.warn(
                "not-a-status", field, f"{given!r} is not a status; it counts as published",
                did_you_mean(given, STATUS_ORDER) or f"one of {', '.join(STATUS_ORDER)}",
            )  # fmt: skip
        unread = rest and status_of(rest) is None and not (when and self.get("month"))
        if unread or (when is None and not rest and (year or self.get("date"))):
            field = "date" if self.get("date") else "year"
            message = f"{self.get(field)!r} is not a year or date that can be read"
            self.warn("not-a-date", field, message, f"write {field} = {{2024}}")
        return when, status or "published"

    # ---- people

    def people(self, field: str) -> names.Names:
        read = names.read_names(self.get(field))
        self.tell(field, read.complaints, "bibtex-names")
        return read

    def authors(self, people: names.Names) -> tuple[Author, ...]:
        annotated = self.annotations(len(people.names))
        return tuple(
            Author(
                name=read.name,
                marks=tuple(dict.fromkeys([*map(_mark_of_sign, read.marks), *said])),
                owner=owner,
            )
            for read, (said, owner) in zip(people.names, annotated, strict=True)
        )

    def annotations(self, count: int) -> list[tuple[tuple[str, ...], bool]]:
        """biblatex's `author+an = {1=equal; 2=self,corresponding}` for each author."""
        said: list[tuple[tuple[str, ...], bool]] = [((), False)] * count
        for part in filter(str.strip, self.get("author+an", "author+an:default").split(";")):
            number, _, words = part.partition("=")
            listed = [w.strip().strip('"').lower() for w in words.split(",") if w.strip()]
            if not number.strip().isdecimal() or not 1 <= int(number) <= count:
                message = f"no author number {number.strip()!r}"
                hint = f"count the authors from 1 to {count}"
                self.warn("bibtex-annotation", "author+an", message, hint)
                continue
            for word, hint in ((w, meant_by_annotation(w)) for w in listed):
                if hint:
                    message = f"{word!r} marks no contribution that is known"
                    self.warn("bibtex-annotation", "author+an", message, hint)
            marks = tuple(w for w in listed if w != "self")
            said[int(number) - 1] = (marks, "self" in listed)
        return said

    # ---- identifiers and links

    def doi(self) -> str:
        value = self.get("doi")
        found = (
            urls.doi(value)
            if value
            else urls.doi(self.get("url"))
            if "doi.org" in self.get("url")
            else None
        )
        if value and not found:
            hint = "a DOI looks like 10.1007/BF01464225"
            self.warn("not-a-doi", "doi", f"{value[:60]!r} holds no DOI", hint)
        return found or ""

    def arxiv(self) -> str:
        is_arxiv = "arxiv" in self.get("archiveprefix", "eprinttype").lower()
        candidates = [self.get("arxiv"), self.get("eprint") if is_arxiv else ""]
        if self.get("journal") == "CoRR":  # as DBLP writes it
            candidates.append(self.get("volume").removeprefix("abs/"))
        candidates += [
            v
            for v in (self.get("url"), self.get("journal"), self.get("eprint"))
            if "arxiv" in v.lower()
        ]
        return next((found for c in candidates if c and (found := urls.arxiv(c))), "")

    def links(self, arxiv: str) -> tuple[Link, ...]:
        """The buttons of a paper, in one order everywhere; no address twice."""
        doi = self.doi()
        found: list[tuple[str, str]] = [("doi", f"https://doi.org/{doi}")] if doi else []
        found += [("arxiv", f"https://arxiv.org/abs/{arxiv}")] if arxiv else []
        found += [
            (kind, url) for f, kind in LINK_FIELDS if f in self.fields and (url := self.asset(f))
        ]
        url = self.asset(
            "url"
        )  # beside a DOI it is vetted and not shown: both lead to the publisher
        said = doi or (arxiv and "arxiv.org" in url)
        found += [("website", url)] if url and not said else []
        unique = {address: kind for kind, address in reversed(found)}
        ordered = sorted(unique.items(), key=lambda item: found.index((item[1], item[0])))
        return (*self.labelled(ordered), *self.own_links())

    def labelled(self, found: list[tuple[str, str]]) -> Iterator[Link]:
        """Links by the names of their kinds; a second one of a kind says where it leads."""
        said: set[str] = set()
        for address, kind in found:
            host = re.match(r"\w+://(?:www\.)?([^/?#:@]+)", address) if kind in said else None
            said.add(kind)
            label = f"{kind} ({host[1]})" if host else kind
            yield Link(label=plain(label), url=address, kind=kind)

    def own_links(self) -> tuple[Link, ...]:
        """`links = {Label: address; Label: address}`, for labels of the author's own."""
        pairs = (part.partition(":")[::2] for part in self.get("links").split(";"))
        good = [(label.strip(), urls.safe_url(url.strip())) for label, url in pairs if url.strip()]
        for label in (label for label, url in good if url is None):
            message = f"links: {label!r} has no address that can be published"
            self.warn("unsafe-link", "links", message, "use an address that begins with https://")
        return tuple(Link(label=plain(tex.to_text(label)), url=url) for label, url in good if url)

    def asset(self, field: str) -> str:
        """A field that holds an address or the name of a file; empty, and told, when it is neither."""
        value = self.get(field)
        if not value or value.lower() in ("true", "false"):
            return ""
        url = urls.clean_url(value)
        if url is None:
            message = f"{field}: {value[:60]!r} is no address that can be published"
            hint = "use an address that begins with https://, or the name of a file"
            self.warn("unsafe-link", field, message, hint)
            return ""
        if url.startswith("https://") or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
            return url
        found = self.context.assets.find(url)
        if not found:
            if re.match(r"[\w-]+(\.[\w-]+)+/", url):
                return "https://" + url
            self.warn(
                "missing-file", field, f"{field}: there is no file {unquote(url)!r}",
                "put it in content/publications/ (or content/, or static/), or write the whole address",
            )  # fmt: skip
        return found


def _mark_of_sign(sign: str) -> str:
    return {s: mark for mark, s in MARK_SYMBOLS.items()}.get(sign, sign)


_BRACED = re.compile(r"[^\W_]*\{([^{}\\]+)\}[\w'’]*")


def _cased(title: str) -> tuple[str, ...]:
    """The words of a title that braces protect, whole or in part."""
    if "{" not in title:
        return ()
    braced = (found[0].replace("{", "").replace("}", "") for found in _BRACED.finditer(title))
    return tuple(dict.fromkeys(w for part in braced for w in re.findall(r"[^\W_][\w'’-]*", part)))


def _without_full_stop(title: Rich) -> Rich:
    """A title without the full stop that exports put behind it; `et al.` and `...` keep theirs."""
    last = title.nodes[-1]
    text = getattr(last, "text", "")
    if text.endswith(".") and not re.search(r"(\.\.|\b\w|\bal|\betc|\bvol|\bno)\.$", text, re.I):
        return Rich((*title.nodes[:-1], *plain(text[:-1]).nodes))
    return title
