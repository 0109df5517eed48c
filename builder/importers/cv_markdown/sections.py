"""A section of a CV as what cv.yaml lists: where one entry ends and the next begins."""

from __future__ import annotations

from typing import Any

from builder.importers.cv_markdown.blocks import DRAWN, Block, Heading, Item, Listing, Para
from builder.importers.cv_markdown.entries import bullet, entry_of, filled, head_of, kind_of
from builder.importers.cv_markdown.lines import (
    dated,
    fact,
    is_date,
    is_emphasised,
    is_place,
    labelled,
    led_by_emphasis,
    unwrapped,
)

Section = list[Any]
"""What a section of cv.yaml lists: entries, texts, sub-sections."""


def section_of(blocks: list[Block], title: str, owner: str) -> Section:
    """The items of a section."""
    headings = [b for b in blocks if isinstance(b, Heading)]
    if headings:
        return _headed(blocks, min(h.level for h in headings), title, owner)
    return _run(blocks, title, owner)


def _headed(blocks: list[Block], level: int, title: str, owner: str) -> Section:
    """A section with headings within: entries when they are dated, else sub-sections."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            parts.append((block.text, []))
        else:
            parts[-1][1].append(block)
    out = _run(parts[0][1], title, owner) if parts[0][1] else []
    entries = any(_has_details(text, inner) for text, inner in parts[1:])
    for text, inner in parts[1:]:
        if not entries:
            below = section_of(inner, text, owner)
            out.append({unwrapped(text): below})
        else:
            head = dated(text)
            entry = entry_of(unwrapped(head.text), head.date, title)
            out.append(filled(entry, [_unheaded(b) for b in inner], owner))
    return out


def _unheaded(block: Block) -> Block:
    return Para(f"**{block.text}**") if isinstance(block, Heading) else block


def _has_details(text: str, inner: list[Block]) -> bool:
    if dated(text).date:
        return True
    return any(isinstance(b, Para) and (is_date(b.text) or is_emphasised(b.text)) for b in inner)


def _run(blocks: list[Block], title: str, owner: str) -> Section:
    """Paragraphs and lists one behind the other: heads of entries, their details, free text."""
    out: Section = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Para):
            drawn = DRAWN.fullmatch(block.text)
            details = _details(blocks, at + 1, title)
            if drawn:
                details = []
                out.append({"from": _COLLECTIONS.get(drawn[1], drawn[1])})
            elif said := labelled(block.text):
                out.append({"label": said[0], "details": said[1]})
                at += 1
                continue
            elif entry := head_of(block.text, details, title, owner):
                out.append(filled(entry, details, owner))
            else:
                details = []
                out.append(block.text)
            at += 1 + len(details)
        elif isinstance(block, Listing):
            out += _listed(block, title, owner)
            at += 1
        else:
            at += 1
    return out


_COLLECTIONS = {"portfolio": "projects"}


def _details(blocks: list[Block], start: int, title: str) -> list[Block]:
    """What belongs to the entry that begins above `start`: all up to the head of the next."""
    end = start
    after_list = False
    while end < len(blocks):
        block = blocks[end]
        if isinstance(block, Para):
            if after_list or _begins(blocks, end, end - start) or DRAWN.fullmatch(block.text):
                break
            if kind_of(title) == "honours" and not is_date(block.text):
                break
        elif isinstance(block, Listing):
            after_list = True
        else:
            break
        end += 1
    return list(blocks[start:end])


def _begins(blocks: list[Block], at: int, behind: int) -> bool:
    """Whether a paragraph is the head of a new entry rather than more of the one before."""
    text = blocks[at].text if isinstance(blocks[at], Para) else ""  # type: ignore[union-attr]
    if is_date(text) or (fact(text) and not text.startswith("**")):
        return False
    led = led_by_emphasis(text)
    if text.startswith("**") and led and len(led[0]) > 2:
        return True
    if "|" in text or labelled(text):
        return True
    above = blocks[at - behind - 1]
    venue = isinstance(above, Para) and above.text.startswith("**") and len(text.split()) < 5
    if dated(text).date and not text.startswith("*") and not venue and behind > 0:
        return True
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    dates_next = isinstance(following, Para) and is_date(following.text)
    undated_above = all(
        not (isinstance(b, Para) and is_date(b.text)) for b in blocks[at - behind : at]
    )
    return dates_next and not (
        text.startswith("*") or (undated_above and behind <= 1 and is_place(text) and behind > 0)
    )


def _listed(block: Listing, title: str, owner: str) -> Section:
    """A list that is a section's own: entries when its items are dated or have details."""
    if any(_is_entry(item) for item in block.items):
        return [_of_item(item, title, owner) for item in block.items]
    said = [fact(i.text) or labelled(i.text) for i in block.items]
    if all(said) and not any(i.blocks for i in block.items):
        return [{"label": s[0], "details": s[1]} for s in said if s]
    out: Section = []
    for item in block.items:
        point = bullet(item)
        if isinstance(point, dict):
            ((text, below),) = point.items()
            out.append({"bullet": text, "highlights": below})
        else:
            out.append({"bullet": point})
    return out


def _is_entry(item: Item) -> bool:
    return bool(dated(item.text).date) or any(isinstance(b, Para) for b in item.blocks)


def _of_item(item: Item, title: str, owner: str) -> Any:
    """An item of a list as an entry: its text the head, what stands below it the details."""
    if not item.blocks and not dated(item.text).date:
        return {"bullet": item.text}
    details = list(item.blocks)
    entry = head_of(item.text, details, title, owner)
    if entry is None:
        point = bullet(item)
        return (
            {"bullet": point}
            if isinstance(point, str)
            else {"bullet": next(iter(point)), "highlights": next(iter(point.values()))}
        )
    if "institution" in entry and not entry.get("area") and "," in entry["institution"]:
        entry = {"name": entry.pop("institution"), **entry}
    return filled(entry, details, owner)
