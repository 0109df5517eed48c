"""Names and dates as RIS has them, read and written."""

from __future__ import annotations

import re

from builder.text import names
from builder.text.csl import edtf, read_date
from builder.text.patterns import late
from builder.text.person import PARTICLES, PersonName, is_cjk
from builder.text.when import When, newest

_ORGANISATION = late(
    r"\b(?:of|and|for|the|und|für|et|pour|&|organi[sz]ation|agency|university|ministry|department"
    r"|office|bureau|council|commission|bank|union|laborator(?:y|ies)|cent(?:er|re)|company"
    r"|corporation|inc|ltd|gmbh|nations)\b",
    re.IGNORECASE,
)


def read_name(text: str) -> PersonName:
    """A name as `Family, Given, Suffix`; a team has no comma, one at its end, or two at once."""
    bare = text.strip(" ,")
    if ",," in bare:
        return PersonName(literal=" ".join(bare.replace(",,", ",", 1).split()))
    parts = [part for part in (" ".join(part.split()) for part in text.split(",")) if part]
    if len(parts) < 2:
        alone = "".join(parts)
        person = "," not in text and (" " in alone or is_cjk(alone))
        if person and not _ORGANISATION().search(alone):
            return names.from_text(alone)
        return PersonName(literal=alone)
    family, given, suffix = (*parts, "")[:3]
    words = family.split()
    cut = next((n for n, word in enumerate(words) if word not in PARTICLES), len(words) - 1)
    cut = min(cut, len(words) - 1)
    return PersonName(
        given=given, particle=" ".join(words[:cut]), family=" ".join(words[cut:]), suffix=suffix
    )


def write_name(name: PersonName) -> str:
    """The name as RIS has it."""
    if name.literal:
        if "," in name.literal:
            return name.literal.replace(",", ",,", 1)
        return f"{name.literal}," if " " in name.literal else name.literal
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(filter(None, (family, name.given, name.suffix)))


_DATE = late(r"(\d{4})(?:/(\d{0,2}))?(?:/(\d{0,2}))?(?:/(.*))?")


def raw_date(typed: str) -> str:
    """`2024/05/01/`, `2023///Spring`, `2024///in press` and `1996` as `read_date` takes them."""
    found = _DATE().fullmatch(typed.strip())
    if not found:
        return typed.strip("/ ")
    year, month, day, other = (part or "" for part in found.groups())
    numbers = [f"{int(number):02}" for number in (month, day) if number and int(number)]
    plain, other = "-".join([year, *numbers]), other.strip("/ ")
    if not other:
        return plain
    when, words = read_date(f"{other} {year}")
    if numbers:
        return plain if when and not words else f"{plain}, {other}"
    if read_date(other)[0]:
        return other
    return f"{other} {year}" if when else plain


def year_of(when: When | None) -> str:
    """The year of `PY`, in four digits; empty when there is none."""
    date = newest(when) if when else None
    return f"{date.year:04}" if date else ""


def full_date(when: When | None, words: str) -> str:
    """Year, month and day, then whatever they do not say: a season, a stretch, a status."""
    date = newest(when) if when else None
    if when is None or date is None:
        return f"///{words}" if words else ""
    span = when.spans[0]
    more = span.approximate or span.expected or span.term or len(when.spans) > 1
    alone = span.start == span.end and not more
    if alone and not date.season:
        numbers = [date.month and f"{date.month:02}", date.day and f"{date.day:02}"]
        return "/".join([f"{date.year:04}", *(n or "" for n in numbers), words])
    said = date.season if alone and date.season else _in_words(when)
    return f"{date.year:04}///{', '.join(filter(None, (said, words)))}"


def _in_words(when: When) -> str:
    """A stretch or an uncertain date as it may stand beside other words; else as it was typed."""
    plain = edtf(when).replace("~", "").replace("/..", " –").replace("/", " – ")
    said = f"c. {plain}" if when.spans[0].approximate else plain
    again, _ = read_date(said)
    return said if again and again.spans == when.spans else when.text
