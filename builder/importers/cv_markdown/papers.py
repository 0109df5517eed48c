"""Papers and talks in a CV: a title, and below it authors, venue and notes."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.cv_markdown.blocks import Block, Listing, Para
from builder.importers.cv_markdown.lines import dated, fact, names_in, trailing_links, unwrapped
from builder.importers.cv_markdown.ordered import Entry, ordered


def paper_head(head: Any, bold: Any, details: list[Block], owner: str) -> Entry | None:
    """A paper or talk: a title, below it its authors."""
    title, venue, date = head.text, "", head.date
    if bold:
        title, venue = bold[0], bold[1].strip(" ,")
    lines = lines_of(details)
    authors = next((names for line in lines if (names := names_in(line, owner))), [])
    if not authors:
        return None
    talk = any(
        re.match(r"(?i)[*_]*(?:invited )?(?:talk|poster|keynote|presentation)\b", line)
        for line in lines
    )
    entry: Entry = {"name" if talk else "title": unwrapped(title), "authors": authors}
    if venue:
        entry["journal"] = venue
    if date:
        entry["date"] = date
    return entry


def lines_of(details: list[Block]) -> list[str]:
    """Each paragraph and each point as a line, whichever way details were set."""
    lines: list[str] = []
    for block in details:
        if isinstance(block, Para):
            lines.append(block.text)
        elif isinstance(block, Listing):
            lines += [item.text for item in block.items]
    return lines


def filled_paper(entry: Entry, lines: list[str], owner: str) -> Entry:
    """A paper with its venue, its notes and its facts, in the order of the lines."""
    for line in lines:
        if names_in(line, owner) == entry["authors"]:
            entry["authors"] = entry.pop("authors")
            _noted(entry, trailing_links(line))
        elif (said := fact(line)) and _STANDING.match(said[0]) and len(line.split()) < 7:
            entry.setdefault("badges", []).append(unwrapped(line))
        elif said:
            entry.setdefault("facts", {})[said[0]] = said[1]
        elif venue := _venue(unwrapped(line), entry):
            entry.update(venue)
        else:
            _noted(entry, _linked(entry, unwrapped(line)))
    return ordered({k: v for k, v in entry.items() if v})


_STANDING = re.compile(r"(?i)accept|rate|rank|share")
"""Labels of what shows how hard a venue is to get into."""


def _noted(entry: Entry, text: str) -> None:
    """Add to what is said of a paper; of a talk, to its summary."""
    key = "summary" if "name" in entry else "note"
    if text:
        entry[key] = f"{entry[key]} {text}" if key in entry else text


def _venue(line: str, entry: Entry) -> Entry:
    """Where and when it appeared, by a short line with a year; empty for any other line, and for a talk."""
    if "name" in entry or "journal" in entry or len(line.split()) >= 8:
        return {}
    said = dated(line)
    if said.date:
        date = {} if "date" in entry else {"date": said.date}
        return {"journal": line if "date" in entry else said.text} | date
    year = re.fullmatch(r"[A-Z][^\[\]():;]*\b((?:19|20)\d\d)\b[^\[\]():;]*", line)
    return {"journal": line, "date": year[1]} if year and "date" not in entry else {}


_ADDRESS = re.compile(
    r"(?<![\w/(\[])((?:https?://)?(?:www\.)?(?:arxiv\.org|doi\.org|github\.com)/[^\s,;)]+)"
)


def _linked(entry: Entry, text: str) -> str:
    """A line whose bare addresses are links; the first of a paper is the paper's own."""

    def link(found: re.Match[str]) -> str:
        url = found[1] if "://" in found[1] else f"https://{found[1]}"
        if "title" in entry:
            entry.setdefault("url", url)
        return f"[{found[1]}]({url})"

    return _ADDRESS.sub(link, text)
