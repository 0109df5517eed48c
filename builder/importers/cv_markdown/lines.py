"""What a line of a CV says: a date, a place, a role, labelled facts, the authors of a paper."""

from __future__ import annotations

import re
from typing import NamedTuple

from builder.importers.papers.authors import split_names
from builder.text.dates import read_when


class Dated(NamedTuple):
    """A line and the date that it ends in."""

    text: str
    date: str


def dated(text: str) -> Dated:
    """The line without the date at its end, and the date; the longest end that is one."""
    words = text.split(" ")
    for start in range(max(0, len(words) - 9), len(words)):
        tail = " ".join(words[start:]).strip(" ,;|()*_")
        if re.search(r"\d{4}", tail) and not re.match(r"[-–—&]", tail) and is_date(tail):
            head = " ".join(words[:start]).rstrip(" ,;|(·–—-")
            return Dated(head + ("*" * (head.count("*") % 2)), tail)
    return Dated(text, "")


def is_date(text: str) -> bool:
    """Whether a whole text is a date, a span or several of them."""
    if len(text) > 60 or not re.search(r"\d{4}|present|now", text, re.IGNORECASE):
        return False
    when = read_when(text)
    return when is not None and bool(when.spans)


_FACT = re.compile(r"(?P<label>[A-Z][\w’' /&-]{1,34}?)\s*[:：]\s+(?P<value>\S.*)")


def fact(text: str) -> tuple[str, str] | None:
    """The label and value of a line such as `Advisor: Prof. A. Name`, the whole of it emphasised or not."""
    bare = unwrapped(text)
    found = _FACT.fullmatch(bare)
    if not found or len(found["label"].split()) > 4 or "http" in found["label"]:
        return None
    return found["label"].strip(), found["value"].strip()


_LABELLED = re.compile(r"\*\*(?P<label>[^*]+?)\s*(?::\s*\*\*|\*\*\s*:)\s*(?P<details>\S.*)")


def labelled(text: str) -> tuple[str, str] | None:
    """`**Tools:** Python, Rust` as label and details."""
    found = _LABELLED.fullmatch(text)
    return (found["label"].strip(), found["details"].strip()) if found else None


def unwrapped(text: str) -> str:
    """The text without emphasis around the whole of it."""
    found = re.fullmatch(r"(\*{1,3}|_{1,3})(?P<inner>.+?)\1", text.strip())
    return found["inner"].strip() if found and found[1] not in found["inner"] else text.strip()


def is_emphasised(text: str) -> bool:
    """Whether the whole of a text is in italics or bold."""
    return unwrapped(text) != text.strip()


def led_by_emphasis(text: str) -> tuple[str, str] | None:
    """An emphasised beginning and the rest of a line: a role, and more of it."""
    found = re.match(r"(\*{1,2}|_{1,2})(?P<first>[^*_]+)\1[,:]?\s*(?P<rest>.*)", text)
    return (found["first"].strip(), found["rest"].strip()) if found else None


def is_place(text: str) -> bool:
    """Whether a short line is likely where something was: few words, capitals, no sentence."""
    words = text.split()
    capitals = all(
        w[0].isupper() or w.lower() in ("of", "the", "and", "de", "at")
        for w in words
        if w[0].isalpha()
    )
    return (
        0 < len(words) <= 7
        and capitals
        and not re.search(r"[.:;!?*_\[\]@]|\d{3}|https?|[Ss]cholarship|[Pp]rize|[Aa]ward", text)
    )


def names_in(text: str, owner: str) -> list[str]:
    """The authors that a line lists, as typed; none when it is no list of names."""
    bare = re.sub(r"\s*(?:\[[^\]]*\](?:\([^)]*\))?\s*)+$", "", unwrapped(text)).strip()
    if re.fullmatch(r"(?:The )?(?:Team [\w-]+|[\w-]+ (?:Team|Collaboration|Consortium))", bare):
        return [bare]
    pieces = [p.replace("\\", "") for p in split_names(bare)]
    family = owner.split()[-1].casefold() if owner.split() else ""
    named = bool(family) and re.search(rf"\b{re.escape(family)}\b", bare.casefold()) is not None
    short = all(
        1 < len(p.strip("*_ ").split()) <= 5
        and p.strip("*_ ")[:1].isupper()
        and not re.search(r"[:\d!?]", p)
        for p in pieces
    )
    return (
        pieces
        if len(pieces) > 1 and short and (named or "et al" in text)
        else pieces
        if short and named and len(bare.split()) < 5
        else []
    )


def trailing_links(text: str) -> str:
    """What stands in brackets at the end of a line: `[PDF] [Code]`."""
    found = re.search(r"((?:\s*\[[^\]]*\](?:\([^)\s]*\))?)+)\s*$", text)
    return found[1].strip() if found else ""
