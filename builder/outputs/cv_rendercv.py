"""The CV in RenderCV's format, so that it can be set with its themes.

RenderCV takes entries of one kind in a section, and knows no labelled facts, sub-entries and
sub-sections: facts, links and sub-entries become highlights, a sub-section a section, and where
kinds are mixed every entry takes the form that holds them all.

Source: RenderCV 2.3 to 2.8, the `cv` field and its nine entry types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from builder.model.cv import Bullet, Entry, EntryKind, Section
from builder.model.cv_forms import Cv
from builder.model.people import NETWORKS, Person
from builder.model.site import Site
from builder.text import yaml_writer
from builder.text.dates import Date, Span, When, backwards, format_when
from builder.text.plain_writer import Outside, markdown_of
from builder.text.rich import Rich

Data = dict[str, Any]

_NAMES = {
    "linkedin": "LinkedIn", "github": "GitHub", "gitlab": "GitLab", "orcid": "ORCID", "mastodon": "Mastodon",
    "researchgate": "ResearchGate", "googlescholar": "Google Scholar", "telegram": "Telegram",
    "instagram": "Instagram", "leetcode": "Leetcode", "x": "X",
}  # fmt: skip
"""Networks whose names RenderCV knows in every version, and whose usernames it takes as they are."""


def rendercv(form: Cv, site: Site, outside: Outside) -> str:
    """The YAML of one form of the CV."""
    owner = site.cv_owner
    head: Data = {
        "name": owner.name or site.title.text, "headline": (owner.headline or owner.role).text,
        "location": owner.location.text, **_contacts(owner, site, outside),
    }  # fmt: skip
    sections: dict[str, list[Any]] = {}
    writer = _Writer(site, outside)
    for section in form.sections:
        for title, entries in writer.sections(section, ""):
            sections[_free(title, sections)] = entries
    cv = {key: value for key, value in head.items() if value} | {"sections": sections}
    return yaml_writer.dumps({"cv": cv})


def _free(title: str, taken: dict[str, list[Any]]) -> str:
    numbered = (title if n == 1 else f"{title} ({n})" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


# ---- the head -----------------------------------------------------------------------------------


def _contacts(owner: Person, site: Site, outside: Outside) -> Data:
    phone = [number for number in owner.phone if number.startswith("+")][:1]
    data: Data = {
        "email": next(iter(owner.email), ""), "phone": next(iter(phone), ""),
        "website": next((url for w in owner.website if (url := outside(w))), ""),
    }  # fmt: skip
    networks, others = [], []
    for link in owner.links:
        if account := _account(link.kind, link.url):
            networks.append({"network": _NAMES[link.kind], "username": account})
        elif url := outside(link.url):
            others.append(_connection(link.label.text, url))
    others += [_connection(text) for text in (*owner.email[1:], *owner.phone) if text not in phone]
    others += [_connection(site.address.text)] if site.address else []
    return data | {"social_networks": networks, "custom_connections": others}


def _connection(text: str, url: str = "") -> Data:
    return {"placeholder": text, **({"url": url} if url else {}), "fontawesome_icon": "link"}


def _account(kind: str, url: str) -> str:
    """The username that an address of a network was made of; empty where it is not known."""
    if kind == "mastodon":
        found = re.fullmatch(r"https://([^/]+)/(@[^/@]+)", url)
        return f"{found[2]}@{found[1]}" if found else ""
    before, mark, after = NETWORKS.get(kind, "").partition("{}")
    known = kind in _NAMES and mark and url.startswith(before) and url.endswith(after)
    return url.removeprefix(before).removesuffix(after) if known else ""


# ---- sections -----------------------------------------------------------------------------------


class _Writer:
    """Writes sections with what all of them need."""

    def __init__(self, site: Site, outside: Outside) -> None:
        self.site, self.outside = site, outside

    def line(self, rich: Rich) -> str:
        """A text in Markdown; RenderCV would print TeX as it is typed."""
        return markdown_of(rich, self.outside, maths=False)

    def sections(self, section: Section, above: str) -> Iterator[tuple[str, list[Any]]]:
        """A section and those below it, each with its title and entries."""
        title = ": ".join(filter(None, (above, section.title.text)))
        entries = [item for item in section.items if isinstance(item, Entry)]
        if entries:
            yield title, self.alike(entries)
        for item in section.items:
            if isinstance(item, Section):
                yield from self.sections(item, title)

    def alike(self, entries: list[Entry]) -> list[Any]:
        """Entries of a section, all in the form of one kind."""
        kinds = {self.form(entry) for entry in entries}
        form = kinds.pop() if len(kinds) == 1 else "normal"
        if kinds and form == "normal" and not kinds - _LINES:
            form = "bullet"
        return [self.written(entry, form) for entry in entries]

    def form(self, entry: Entry) -> EntryKind:
        """The kind that RenderCV takes an entry for."""
        if entry.kind == "education" and not entry.subtitle:
            return "normal"
        if entry.kind == "experience" and not entry.subtitle:
            return "normal"
        if entry.kind == "publication" and not entry.authors:
            return "normal"
        bare = not (entry.highlights or entry.entries or entry.facts or entry.summary)
        return entry.kind if entry.kind not in _BARE or bare else "normal"

    def written(self, entry: Entry, form: EntryKind) -> Any:
        """An entry in the form of a kind."""
        title, beside = self.line(entry.title), self.line(entry.subtitle)
        match form:
            case "text":
                return " ".join(map(self.line, entry.summary.paragraphs))
            case "one_line":
                return {"label": title, "details": self.with_rest(beside, entry)}
            case "bullet" | "numbered" | "reversed_numbered":
                words = self.with_rest(title or self.prose(entry), entry)
                return {
                    "number"
                    if form == "numbered"
                    else form.replace("reversed_numbered", "reversed_number"): words
                }
            case "publication":
                return self.publication(entry)
            case "education":
                head = {
                    "institution": self.titled(entry),
                    "area": beside,
                    "degree": self.line(entry.degree),
                }
            case "experience":
                head = {"company": self.titled(entry), "position": beside}
            case _:
                name = ", ".join(
                    filter(
                        None,
                        (self.titled(entry) or self.prose(entry), self.line(entry.degree), beside),
                    )
                )
                head = {"name": name}
        return _clean({
            **head, "location": self.line(entry.location), **self.dates(entry.when),
            "summary": self.prose(entry) if entry.kind != "text" else "", "highlights": self.highlights(entry),
        })  # fmt: skip

    def publication(self, entry: Entry) -> Data:
        """A paper; RenderCV shows the DOI in the place of any other address, and takes text alone."""
        url = self.outside(entry.url)
        return _clean({
            "title": self.line(entry.title), "authors": list(entry.authors), "journal": self.line(entry.journal),
            "doi": entry.doi, "url": url if "://" in url and not entry.doi else "", **self.dates(entry.when),
            "summary": sentences(self.prose(entry), self.line(entry.note), *map(self.line, entry.badges),
                                 *(f"{self.line(f.label)}: {self.line(f.value)}" for f in entry.facts), self.links(entry)),
        })  # fmt: skip

    def titled(self, entry: Entry) -> str:
        """The title, a link where it leads somewhere."""
        words, url = self.line(entry.title.unlinked), self.outside(entry.url)
        return f"[{words}]({url})" if url and words else self.line(entry.title)

    def prose(self, entry: Entry) -> str:
        """What an entry says in sentences."""
        return " ".join(map(self.line, entry.summary.paragraphs))

    def with_rest(self, words: str, entry: Entry) -> str:
        """A line with what RenderCV has no key for behind it."""
        rest = [self.line(entry.location), self.when(entry.when), *self.extras(entry)]
        return ", ".join(filter(None, (words, *rest)))

    def extras(self, entry: Entry) -> Iterator[str]:
        """Note, badges, stars, facts and links, each in a line."""
        yield self.line(entry.note)
        yield ", ".join(map(self.line, entry.badges))
        yield f"{entry.stars} {self.site.words['stars']}" if entry.stars else ""
        yield from (f"{self.line(f.label)}: {self.line(f.value)}" for f in entry.facts)
        yield self.links(entry)

    def links(self, entry: Entry) -> str:
        """The links of an entry in a line."""
        links = ((self.line(k.label.unlinked), self.outside(k.url)) for k in entry.links)
        return ", ".join(f"[{label}]({url})" for label, url in links if url)

    def highlights(self, entry: Entry) -> list[str]:
        """The points of an entry, and all that it says of itself beside them."""
        authors = [", ".join(entry.authors)] if entry.kind != "publication" else []
        lines = [*authors, self.line(entry.journal), *self.extras(entry)]
        lines += [self.point(point) for point in entry.highlights]
        lines += [self.sub_entry(below) for below in entry.entries if isinstance(below, Entry)]
        return [line for line in lines if line]

    def point(self, point: Bullet) -> str:
        """A point, its sub-points on lines of their own as RenderCV reads them."""
        return "\n- ".join([self.line(point.text), *map(self.point, point.children)])

    def sub_entry(self, entry: Entry) -> str:
        """An entry below another as a point with its own points."""
        beside = (
            self.line(entry.degree),
            self.line(entry.subtitle),
            self.line(entry.location),
            self.when(entry.when),
        )
        head = ", ".join(filter(None, (f"**{self.titled(entry)}**", *beside)))
        lines = [f"{head}: {self.prose(entry)}" if entry.summary else head, *self.highlights(entry)]
        return "\n- ".join(lines)

    def dates(self, when: When | None) -> Data:
        """`start_date` and `end_date` where they say it all, else `date` in words.

        A year is a number: of a text RenderCV would make its January.
        """
        if when is None:
            return {}
        span = when.spans[0] if len(when.spans) == 1 else None
        exact = span and not (span.expected or span.approximate or span.academic or span.term)
        if exact and span and _plain(span) and not backwards(when):
            if span.start == span.end and span.end:
                return {"date": _exact(span.end)}
            if span.start and (span.end or span.ongoing):
                return {
                    "start_date": _exact(span.start),
                    "end_date": _exact(span.end) if span.end else "present",
                }
        return {"date": self.when(when)}

    def when(self, when: When | None) -> str:
        """A date in the words of the site; RenderCV reads Markdown there."""
        if when and when.said:
            return self.line(when.said)
        return format_when(when, self.site.words.dates) if when else ""


_LINES: frozenset[EntryKind] = frozenset({"bullet", "numbered", "reversed_numbered"})
_BARE: frozenset[EntryKind] = _LINES | {"one_line"}


def sentences(*parts: str) -> str:
    """Those that say something, in one text."""
    said = [part for part in parts if part]
    ended = [p if p.endswith((".", "!", "?", "…")) else f"{p}." for p in said[:-1]]
    return " ".join([*ended, *said[-1:]])


def _exact(date: Date) -> str | int:
    return date.iso if date.month else date.year


def _plain(span: Span) -> bool:
    dates: Iterable[Date] = [date for date in (span.start, span.end) if date]
    return not any(date.season for date in dates)


def _clean(values: Data) -> Data:
    return {key: value for key, value in values.items() if value}
