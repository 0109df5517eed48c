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
    """A paper with its venue, its notes and its facts."""
    notes: list[str] = []
    for line in lines:
        if names_in(line, owner) == entry["authors"]:
            notes += [trailing_links(line)]
            continue
        said = dated(unwrapped(line))
        if (found := fact(line)) and not re.match(r"(?i)accept|rate|rank|share", found[0]):
            entry.setdefault("facts", {})[found[0]] = found[1]
        elif "name" in entry:
            notes.append(_linked(entry, unwrapped(line)))
        elif said.date and "date" not in entry and len(said.text.split()) < 5:
            entry["date"] = said.date
            entry.setdefault("journal", said.text)
        elif said.date and said.text and "journal" not in entry and len(said.text.split()) < 8:
            entry["journal"] = unwrapped(line)
        else:
            notes.append(_linked(entry, unwrapped(line)))
    if "journal" in entry and "date" not in entry and (said := dated(entry["journal"])).date:
        entry["journal"], entry["date"] = said.text, said.date
    if text := " ".join(n for n in notes if n):
        entry["summary" if "name" in entry else "note"] = text
    return ordered({k: v for k, v in entry.items() if v})


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
