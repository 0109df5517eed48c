"""Numbers as the styles print them: ranges of pages, ordinals, what counts several issues."""

from __future__ import annotations

import re
from typing import Literal

from builder.text.patterns import late

Shortened = Literal["mla", "chicago"]
"""The manuals that cut the second number of a range."""

_RANGE = late(r"(?<![\w.:–-])(\d+)–(\d+)(?![\w.:–-])")


def shortened(pages: str, manual: Shortened) -> str:
    """Ranges without the digits that the second number repeats: `101–8`, `321–28`, `1496–500`.

    MLA keeps two digits at least (`101–08`). Chicago keeps all behind a number below 100 or a whole
    hundred, the changed ones behind 101 to 109 and the like, and else two at least.
    Source: *MLA Handbook*, 9th edition, "Number Ranges"; *Chicago Manual of Style*, "Inclusive Numbers".
    """
    return _RANGE().sub(lambda found: f"{found[1]}–{_cut(found[1], found[2], manual)}", pages)


def _cut(first: str, last: str, manual: Shortened) -> str:
    number = int(first)
    whole = manual == "chicago" and (number < 100 or number % 100 == 0)
    if whole or len(first) != len(last):
        return last
    alike = next((n for n, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
    least = 1 if manual == "chicago" and number % 100 < 10 else 2
    return last[min(alike, max(len(last) - least, 0)) :]


def several(number: str) -> bool:
    """Whether it counts more than one: `1–2`, `3/4`, `5 & 6`."""
    return bool(re.fullmatch(r"\d+\s*(?:[–/&,-]|--)\s*\d+", number))


def worded(number: str) -> bool:
    """Whether it says itself what it is: `Suppl. 2`, `Special issue`."""
    return bool(re.match(r"[^\W\d]{3}", number))


def article_number(pages: str) -> bool:
    """Whether what stands for pages is the number of an article, such as `e0193972`."""
    return bool(re.fullmatch(r"[A-Za-z]+\d[\w.]*|\d{5,}|\d+:\d+", pages))


def ordinal(number: int, language: str) -> str:
    """`2nd` in English; `2.` elsewhere, as German and many others have it."""
    if not language.startswith("en"):
        return f"{number}."
    ending = {1: "st", 2: "nd", 3: "rd"}.get(
        number % 10 if number % 100 not in (11, 12, 13) else 0, "th"
    )
    return f"{number}{ending}"
