"""The CV in JSON Resume's format.

Its sections are fixed: a heading decides where an entry belongs, and what has no section of its
own is a project whose `type` is the heading. The schema lets further keys stand; what it has no
key for is kept under RenderCV's or Folio's name for it.

Source: JSON Resume schema 1.2.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from builder.leaves import Prose
from builder.model.cv import WITH_HEAD, Bullet, Entry, Section
from builder.model.cv_forms import Cv
from builder.model.people import Person
from builder.model.site import Site
from builder.text.dates import Date, When, format_when
from builder.text.plain_writer import Outside, text_of
from builder.text.words import heading_key

Data = dict[str, Any]

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.2.1/schema.json"

_COMMAS = str.maketrans(";、，", ",,,")
_SHELVES = (
    ("publications", ("publication",), {"papers"}),
    ("awards", ("award", "honor", "honour", "prize", "scholarship", "fellowship", "distinction"), ()),
    ("languages", (), {"languages"}),
    ("interests", (), {"interests"}),
    ("skills", ("skills", "technolog", "tools", "programming"), ()),
    ("volunteer", ("volunteer", "outreach"), ()),
    ("certificates", ("certifi", "license", "licence"), ()),
    ("references", ("references", "referees"), ()),
)  # fmt: skip
"""JSON Resume's sections, and what in an English heading leads to each: parts of words, whole words."""


def json_resume(form: Cv, site: Site, outside: Outside) -> str:
    """One form of the CV as JSON."""
    resume: dict[str, list[Data]] = {}
    writer = _Writer(site, outside)
    for section in form.sections:
        for name, entry in writer.section(section, "", section.title.text):
            resume.setdefault(name, []).append(_clean(entry))
    data = {
        "$schema": SCHEMA,
        "basics": writer.basics(site.cv_owner),
        **resume,
        "meta": {"version": "v1.2.1"},
    }
    written = json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
    return msgspec.json.format(written, indent=2).decode() + "\n"


class _Writer:
    """Writes entries with what all of them need."""

    def __init__(self, site: Site, outside: Outside) -> None:
        self.site, self.outside = site, outside

    def basics(self, owner: Person) -> Data:
        """The person; a phone number and a street only where the site publishes them."""
        city, _, region = text_of(owner.location).rpartition(", ")
        place = {
            "address": self.site.address.text,
            "city": city or region,
            "region": region if city else "",
        }
        photo = self.outside(owner.photo) if owner.photo else ""
        home = next((url for w in owner.website if (url := self.outside(w))), "")
        return _clean({
            "name": owner.name or self.site.title.text, "label": text_of(owner.headline or owner.role),
            "image": photo if "://" in photo else "", "email": next(iter(owner.email), ""),
            "phone": next(iter(owner.phone), ""), "url": home or (self.outside(self.site.home)),
            "summary": _prose(owner.bio) or text_of(owner.tagline), "location": _clean(place),
            "profiles": [self.profile(k.label.text, k.url) for k in owner.links if "://" in k.url],
        })  # fmt: skip

    def profile(self, network: str, url: str) -> Data:
        """An account or any other address."""
        last = url.rstrip("/").rpartition("/")[2]
        return _clean({"network": network, "username": last.rpartition("=")[2], "url": url})

    def section(self, section: Section, above: str, top: str) -> Iterator[tuple[str, Data]]:
        """What a section and those below it hold, each with the name of its section there."""
        title = ": ".join(filter(None, (above, section.title.text)))
        shelf = _shelf_of(heading_key(top, self.site.language))
        for item in section.items:
            if isinstance(item, Section):
                yield from self.section(item, title, top)
            elif isinstance(item, Entry):
                yield self.entry(item, shelf, title)

    def entry(self, entry: Entry, shelf: str, title: str) -> tuple[str, Data]:
        """Where an entry belongs, and what it says there."""
        if entry.kind == "publication" or (shelf == "publications" and entry.kind == "normal"):
            return "publications", self.publication(entry)
        if entry.kind == "education":
            return "education", self.education(entry)
        if shelf in ("languages", "skills", "interests"):
            return shelf, self.listed(entry, shelf)
        if shelf in ("awards", "certificates"):
            return shelf, self.award(entry, shelf)
        if shelf == "references":
            return shelf, {"name": text_of(entry.title), "reference": self.in_one(entry)}
        if entry.kind == "experience" or shelf == "volunteer":
            return ("volunteer" if shelf == "volunteer" else "work"), self.work(entry, shelf)
        return "projects", self.project(entry, title)

    def publication(self, entry: Entry) -> Data:
        """A paper; its authors, which the schema has no key for, stand beside."""
        doi = entry.doi if entry.kind == "publication" else ""
        url = f"https://doi.org/{doi}" if doi else self.address(entry)
        placed = ("journal", "authors", "url", *_dated(entry))
        return {
            "name": text_of(entry.title), "publisher": text_of(entry.journal),
            "releaseDate": _last(entry.when), "url": url, "summary": self.in_one(entry, *placed),
            "authors": [name.strip("*") for name in entry.authors],
        }  # fmt: skip

    def education(self, entry: Entry) -> Data:
        """A degree; its grade is the score."""
        grades = {text_of(f.label).casefold(): text_of(f.value) for f in entry.facts}
        score = next((v for k, v in grades.items() if k in ("gpa", "grade", "score", "note")), "")
        said = self.said(entry, "subtitle", "degree", "url", "location", "when")
        return {
            "institution": text_of(entry.title), "url": self.address(entry), "area": text_of(entry.subtitle),
            "studyType": text_of(entry.degree), **self.dates(entry.when), "score": score,
            "location": text_of(entry.location), "summary": "\n".join(said), "highlights": self.highlights(entry),
        }  # fmt: skip

    def work(self, entry: Entry, shelf: str) -> Data:
        """A position, paid or not."""
        name = "organization" if shelf == "volunteer" else "name"
        said = self.said(entry, "subtitle", "url", "location", "when")
        return {
            name: text_of(entry.title) or "\n".join(said), "position": text_of(entry.subtitle),
            "location": text_of(entry.location), "url": self.address(entry), **self.dates(entry.when),
            "summary": "\n".join(said) if entry.title else "", "highlights": self.highlights(entry),
        }  # fmt: skip

    def project(self, entry: Entry, title: str) -> Data:
        """Anything else that has a name; its `type` is the heading it stands under."""
        names = filter(None, (text_of(entry.title), text_of(entry.degree)))
        placed = ("degree", "subtitle", "location", "url", "when", "authors")
        return {
            "name": ", ".join(names) or title, "roles": [text_of(entry.subtitle)] if entry.subtitle else [],
            "entity": text_of(entry.location), "type": title, "url": self.address(entry), **self.dates(entry.when),
            "description": "\n".join(self.said(entry, *placed)), "highlights": self.highlights(entry),
            "authors": list(entry.authors),
        }  # fmt: skip

    def listed(self, entry: Entry, shelf: str) -> Data:
        """A language with how well it is spoken; a skill or interest with its keywords."""
        name = text_of(entry.title) or _prose(entry.summary)
        placed = ("subtitle",) if entry.title else ("subtitle", "summary")
        more = [*self.said(entry, *placed), *self.highlights(entry)]
        if shelf == "languages":
            fluency = filter(None, (text_of(entry.subtitle), *more))
            return {"language": name, "fluency": ", ".join(fluency)}
        typed = text_of(entry.subtitle).translate(_COMMAS)
        keywords = re.split(rf", ?(?:{self.site.words['and']} )?", typed)
        return {"name": name, "keywords": [word for word in (*keywords, *more) if word]}

    def award(self, entry: Entry, shelf: str) -> Data:
        """An award or a certificate: the place or the awarder is who gave it."""
        given = {text_of(f.label): text_of(f.value) for f in entry.facts}
        by = given.get(self.site.words["awarder"], "")
        giver = "" if by else "location" if entry.location else "subtitle"
        by = by or text_of(getattr(entry, giver))
        placed = (giver, *_dated(entry), *(() if entry.title else ("summary",)))
        title, date = text_of(entry.title) or _prose(entry.summary), _last(entry.when)
        if shelf == "certificates":
            more = self.in_one(entry, "url", *placed)
            url = self.address(entry)
            return {"name": title, "date": date, "issuer": by, "url": url, "summary": more}
        return {"title": title, "date": date, "awarder": by, "summary": self.in_one(entry, *placed)}

    def said(self, entry: Entry, *placed: str) -> list[str]:
        """What an entry says beside its title and its points, but for what has a key of its own."""
        stars = f"{entry.stars} {self.site.words['stars']}" if entry.stars else ""
        said = {
            "degree": text_of(entry.degree), "subtitle": text_of(entry.subtitle), "journal": text_of(entry.journal),
            "authors": ", ".join(entry.authors), "location": text_of(entry.location), "when": self.when(entry.when),
            "url": self.address(entry) if entry.kind in WITH_HEAD else "", "summary": _prose(entry.summary),
            "note": text_of(entry.note), "badges": ", ".join([*map(text_of, entry.badges), *filter(None, [stars])]),
        }  # fmt: skip
        facts = (f"{text_of(f.label)}: {text_of(f.value)}" for f in entry.facts)
        return [*(text for key, text in said.items() if text and key not in placed), *facts]

    def in_one(self, entry: Entry, *placed: str) -> str:
        """All that an entry says, its points too, in one text."""
        return ". ".join((*self.said(entry, *placed), *self.highlights(entry)))

    def highlights(self, entry: Entry) -> list[str]:
        """The points, with sub-points, sub-entries and links as points of their own."""
        below = (item for item in entry.entries if isinstance(item, Entry))
        links = ((text_of(k.label), self.outside(k.url)) for k in entry.links)
        return [
            *map(_point, entry.highlights), *map(self.sub_entry, below),
            *(f"{label}: {url}" for label, url in links if url),
        ]  # fmt: skip

    def sub_entry(self, entry: Entry) -> str:
        """An entry below another, in one text."""
        placed = ("degree", "subtitle", "location", "when")
        head = (
            *(text_of(getattr(entry, key)) for key in ("title", *placed[:3])),
            self.when(entry.when),
        )
        return ". ".join(filter(None, (", ".join(filter(None, head)), self.in_one(entry, *placed))))

    def address(self, entry: Entry) -> str:
        """A whole address, or none."""
        url = self.outside(entry.url) if entry.url else ""
        return url if "://" in url else ""

    def dates(self, when: When | None) -> Data:
        """`startDate` and `endDate`; dates that the two cannot say stand beside them in words."""
        if when is None:
            return {}
        span = when.spans[0] if len(when.spans) == 1 else None
        plain = span and not any(d and d.season for d in (span.start, span.end))
        told = {"startDate": _iso(span.start), "endDate": _iso(span.end)} if span else {}
        exact = (
            plain and span and not (span.expected or span.approximate or span.academic or span.term)
        )
        return told if exact else {**told, "date": self.when(when)}

    def when(self, when: When | None) -> str:
        """A date in the words of the site, the address of a link behind them."""
        if when and when.said:
            return text_of(when.said)
        return format_when(when, self.site.words.dates) if when else ""


def _shelf_of(heading: str) -> str:
    words = set(re.findall(r"\w+", heading))
    alike = (
        n
        for n, parts, whole in _SHELVES
        if words.intersection(whole) or any(p in heading for p in parts)
    )
    return next(alike, "")


def _prose(prose: Prose) -> str:
    return " ".join(map(text_of, prose.paragraphs))


def _point(point: Bullet) -> str:
    below: Iterable[str] = map(_point, point.children)
    return "\n".join([text_of(point.text), *(f"- {line}" for line in below)])


def _iso(date: Date | None) -> str:
    return "" if date is None else str(date.year) if date.season else date.iso


def _dated(entry: Entry) -> tuple[str, ...]:
    """`when`, if a day, month or year in the place of a date says all of it."""
    spans = entry.when.spans if entry.when else ()
    one = len(spans) == 1 and spans[0].start == spans[0].end and not spans[0].ongoing
    told = one and not (spans[0].expected or spans[0].approximate or spans[0].term)
    return ("when",) if told and spans[0].end and not spans[0].end.season else ()


def _last(when: When | None) -> str:
    ends = [s.end or s.start for s in when.spans] if when else []
    return max((_iso(date) for date in ends if date), default="")


def _clean(values: Data) -> Data:
    return {key: value for key, value in values.items() if value}
