"""Fields of a paper that are words: its type, venue, date, abstract, and keys of the author's own."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.papers.authors import names_only
from builder.importers.papers.lines import tex
from builder.importers.papers.links import LINKS, PLACES
from builder.importers.values import first_text, listed, text_of
from builder.model.bibtex_fields import status_of
from builder.text.bibtex_source import MONTHS
from builder.text.dates import newest, read_when
from builder.text.tex_writer import escaped

STRUCTURE = frozenset({
    "layout", "collection", "permalink", "redirect_from", "author_profile", "comments", "share", "related",
    "read_time", "published", "sitemap", "classes", "mathjax", "title", "date", "venue", "header", "teaser",
    "category", "type", "pubtype", "paper_type", "excerpt", "citation", "bibtex", "bibtexurl", "tags", "keywords",
    "thumbnail", "image", "modified", "toc", "toc_sticky", "related_posts", "breadcrumbs", "slug", "usemathjax",
})  # fmt: skip
"""Keys that are read by name, or that order a page of the old theme."""

TYPES = (
    ("inproceedings", r"conference|proceedings|workshop|symposium"), ("book", r"^books?$"),
    ("incollection", r"chapter"), ("phdthesis", r"thesis|dissertation"), ("patent", r"patent"),
    ("techreport", r"report|working.?paper"), ("preprint", r"preprint|arxiv"), ("software", r"software"),
    ("article", r"journal|article|manuscript"),
)  # fmt: skip


_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|magazine|annals|bulletin)\b|\b(?:scientific|cell|physics|\w+ology) reports\b"
    r"|\bproceedings of the (?:national academy|royal society|ieee\s*$|acm on\b|vldb endowment)", re.IGNORECASE,
)  # fmt: skip
"""Names of journals, whatever else they hold: the Journal of Open Source Software, Scientific Reports, PNAS."""


def type_of(front: dict[str, Any], cited: str) -> str:
    """The BibTeX type that the front matter's words for it, or the venue, come to."""
    said = " ".join(
        text_of(front.get(k)) for k in ("type", "pubtype", "category", "paper_type")
    ).strip()
    venue = first_text(front, "venue", "journal")
    meeting = re.search(r"(?i)conference|symposium|workshop", venue)
    if not said and not meeting and _JOURNAL.search(venue):
        return "article"
    for text in (said, venue):
        for kind, words in TYPES if text else ():
            if re.search(words, text, re.IGNORECASE):
                return kind
    return "article" if venue or cited else "misc"


def add_venue(fields: dict[str, str], front: dict[str, Any], kind: str) -> None:
    """Where it appeared, in the field that its type has for that; a status is no venue."""
    venue = first_text(front, "venue", "journal", "booktitle")
    if not venue or {"journal", "journaltitle", "booktitle", "school", "institution"} & set(fields):
        return
    if (status := status_of(venue)) and len(venue.split()) < 4:
        fields.setdefault("pubstate", status)
        return
    name = {
        "inproceedings": "booktitle", "incollection": "booktitle", "phdthesis": "school", "book": "publisher",
        "techreport": "institution", "patent": "holder",
    }.get(kind, "journal")  # fmt: skip
    fields[name] = tex(venue)


def add_date(fields: dict[str, str], front: dict[str, Any], notes: list[tuple[str, str]]) -> None:
    """Year, month and day; what is no date is told, and its year is kept."""
    typed = first_text(front, "date", "year", "pub_date")
    if not typed or fields.get("year") or fields.get("date"):
        return
    when = read_when(typed[:10].strip()) or read_when(typed)
    day = newest(when) if when else None
    if not day:
        year = re.search(r"(?:19|20)\d\d", typed)
        fields["year"] = year[0] if year else escaped(typed)
        notes.append(
            (
                "approximated",
                f"{typed!r} is no date; {'its year is kept' if year else 'it is kept as the year'}",
            )
        )
        return
    fields["year"] = str(day.year)
    if day.month:
        fields["month"] = MONTHS[day.month - 1]
    if day.day:
        fields["day"] = str(day.day)


def add_words(
    fields: dict[str, str],
    front: dict[str, Any],
    cited: str,
    owner: str,
    categories: dict[str, str],
) -> None:
    """Abstract, summary, keywords, picture, citation, topics, marks of choice and notes."""
    if text_of(front.get("abstract")):
        fields.setdefault(
            "abstract",
            "\n\n".join(
                tex(p) for p in re.split(r"\n\s*\n", text_of(front["abstract"])) if p.strip()
            ),
        )
    if (excerpt := text_of(front.get("excerpt"))) and not (owner and names_only(excerpt, owner)):
        summary = tex(re.sub(r"<img[^>]*>", "", excerpt))
        fields.setdefault("summary" if len(summary) < 400 else "abstract", summary)
    tags = listed(front.get("tags")) + listed(front.get("keywords"))
    if tags:
        fields.setdefault(
            "keywords",
            ", ".join(escaped(t.strip()) for tag in tags for t in tag.split(",") if t.strip()),
        )
    header = front.get("header")
    picture = text_of(header.get("teaser")) if isinstance(header, dict) else ""
    picture = picture or next(
        (
            text_of(front[k])
            for k in ("thumbnail", "teaser", "image", "preview")
            if text_of(front.get(k))
        ),
        "",
    )
    if picture:
        fields.setdefault("preview", picture)
    if cited:
        fields.setdefault("citation", tex(cited))
        _add_numbers(fields, cited)
    category = text_of(front.get("category"))
    if category in categories:
        fields["topics"] = escaped(categories[category])
    if abbr := first_text(front, "venue_abbr", "abbr"):
        fields.setdefault("abbr", escaped(abbr))
    if (
        text_of(front.get("selected")) in ("true", "yes", "1")
        or text_of(front.get("featured")) == "true"
    ):
        fields.setdefault("selected", "true")
    for key in ("award", "note"):
        if text_of(front.get(key)):
            fields.setdefault(key, tex(text_of(front[key])))
    if state := first_text(front, "state", "status"):
        fields.setdefault("pubstate", escaped(state))


def _add_numbers(fields: dict[str, str], cited: str) -> None:
    """Volume, issue and pages that a written citation ends in."""
    if {"volume", "number", "pages"} & set(fields):
        return
    found = re.search(
        r"(?<![\d.])(\d{1,4})\s*\((\d{1,3}(?:[-–]\d+)?)\)(?:\s*[,:]\s*(?:pp?\.\s*)?(\d+\s*[-–]+\s*\d+))?",
        re.sub(r"<[^>]+>|\((?:19|20)\d\d\)", "", cited),
    )
    if found:
        fields["volume"], fields["number"] = found[1], found[2]
        if found[3]:
            fields["pages"] = re.sub(r"\s*[-–]+\s*", "--", found[3])


_READ = frozenset({
    "authors", "author", "Author", "Authors", "journal", "booktitle", "year", "pub_date", "doi", "arxiv", "links", "abstract",
    "preview", "venue_abbr", "abbr", "selected", "featured", "award", "note", "state", "status", *LINKS, *PLACES, *STRUCTURE,
})  # fmt: skip


def add_others(fields: dict[str, str], front: dict[str, Any], notes: list[tuple[str, str]]) -> None:
    """Keys of the author's own become fields of their own names."""
    for key, value in front.items():
        name = "x-" + re.sub(r"[^a-z0-9_-]", "_", key.lower())
        if key in _READ or name in fields or value in (None, "", [], {}):
            continue
        said = text_of(value) or "; ".join(listed(value))
        if said and said not in ("true", "false"):
            fields[name] = escaped(" ".join(said.split()))
            notes.append(
                ("converted", f"the key {key!r} is kept as the field {name}, which no page shows")
            )
