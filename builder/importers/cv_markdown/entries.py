"""An entry of a CV: what its head says, and what each line below it adds."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.cv_markdown.blocks import Block, Heading, Item, Listing, Para
from builder.importers.cv_markdown.lines import (
    dated,
    fact,
    is_date,
    is_place,
    led_by_emphasis,
    unwrapped,
)
from builder.importers.cv_markdown.ordered import Entry, ordered
from builder.importers.cv_markdown.papers import filled_paper, lines_of, paper_head


def kind_of(title: str) -> str:
    """What a section lists, by its title: the same line is a school in one and an employer in another."""
    words = title.casefold()
    if re.search(r"educat|degree|ausbildung|studium|教育", words):
        return "education"
    if re.search(
        r"experienc|employ|appointment|position|work|career|intern|industry|professional", words
    ):
        return "experience"
    if re.search(r"publication|paper|preprint|article|talk", words):
        return "publications"
    if re.search(r"hono|award|prize|scholarship|fellowship|grant|service", words):
        return "honours"
    return "normal"


def entry_of(name: str, date: str, title: str) -> Entry:
    """An entry with its name under the key that its section calls for."""
    key = {"education": "institution", "experience": "company"}.get(kind_of(title), "name")
    return {key: name} | ({"date": date} if date else {})


def head_of(text: str, details: list[Block], title: str, owner: str) -> Entry | None:
    """The entry that a line begins; None when it is a text of its own."""
    kind = kind_of(title)
    head = dated(text)
    has_date = bool(head.date) or any(isinstance(d, Para) and is_date(d.text) for d in details)
    bold = led_by_emphasis(head.text) if head.text.startswith("**") else None
    may_be_paper = kind == "publications" or (bold and kind != "education")
    if may_be_paper and (paper := paper_head(head, bold, details, owner)):
        return paper
    if "|" in head.text and (has_date or details):
        first, _, rest = (p.strip() for p in head.text.partition("|"))
        entry = entry_of(unwrapped(first), "", title)
        return entry | _role(unwrapped(rest), entry) | ({"date": head.date} if head.date else {})
    if bold and (has_date or details or bold[1]):
        rest = bold[1].strip(" ,")
        more = {"location" if is_place(rest) else "summary": rest} if rest else {}
        return entry_of(bold[0], "", title) | more | ({"date": head.date} if head.date else {})
    if has_date or any(isinstance(d, Listing) for d in details):
        if not has_date and text.rstrip().endswith((".", ":")):
            return None
        return entry_of(unwrapped(head.text).rstrip(":"), head.date, title)
    said = fact(text)
    if said and is_date(said[1]):
        return {"name": said[0], "date": said[1]}
    return None


def _role(text: str, entry: Entry) -> Entry:
    """The key of a role, by what the entry is."""
    if not text:
        return {}
    return {"area" if "institution" in entry else "position": text}


def filled(entry: Entry, details: list[Block], owner: str) -> Entry:
    """The entry with what stands below its head."""
    if "authors" in entry:
        return filled_paper(entry, lines_of(details), owner)
    summary = [entry.pop("summary")] if "summary" in entry else []
    for block in details:
        if isinstance(block, Listing):
            entry.setdefault("highlights", []).extend(bullet(item) for item in block.items)
        elif isinstance(block, Para):
            _detail(entry, block.text, summary)
    if summary:
        entry["summary"] = summary[0] if len(summary) == 1 else "\n\n".join(summary)
    return ordered(entry)


def _detail(entry: Entry, text: str, summary: list[str]) -> None:
    """One line of an entry: its date, role, place, a fact, or words."""
    role = "area" if "institution" in entry else "position"
    if "date" not in entry and is_date(text):
        entry["date"] = text
        return
    led = led_by_emphasis(text)
    if led and role not in entry and not summary:
        inside = fact(led[0])
        if inside and not led[1]:
            entry.setdefault("facts", {})[inside[0]] = inside[1]
            return
        tail = dated(led[1]) if led[1] else None
        if not led[1]:
            entry[role] = led[0]
            return
        if tail and not tail.text.strip(" ,") and "date" not in entry:
            entry[role], entry["date"] = led[0], tail.date
            return
        more = fact(led[1])
        if more:
            entry[role] = led[0]
            entry.setdefault("facts", {})[more[0]] = more[1]
            return
        if role == "area":
            entry[role] = text.replace("*", "")
            return
    if (said := fact(text)) and said[0] not in entry.get("facts", {}):
        entry.setdefault("facts", {})[said[0]] = said[1]
    elif "location" not in entry and not summary and is_place(text):
        entry["location" if role in entry or "date" not in entry else role] = text
    else:
        summary.append(text)


def bullet(item: Item) -> Any:
    """A point with the points below it."""
    below: list[Any] = []
    text = item.text
    for block in item.blocks:
        if isinstance(block, Listing):
            below += [bullet(i) for i in block.items]
        elif isinstance(block, (Para, Heading)):
            text = f"{text} {block.text}".strip() if not below else text
            below += [block.text] if below else []
    return {text: below} if below else text
