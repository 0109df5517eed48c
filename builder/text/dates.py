"""Reads dates as people write them, in CVs, front matter and .bib files, in several languages.

Tokens become pieces (between commas and `&`), a piece becomes a span with one or two ends. A word
that is not known makes it no date: guessing would print a wrong one. The model is in `when.py`,
the printing in `datewords.py`; both are to be had from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date as calendar
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import structs

from builder.text.datetokens import PARTS, Token, tokens_of
from builder.text.datewords import ENGLISH, DateWords, format_when
from builder.text.patterns import late
from builder.text.tex import to_text
from builder.text.when import SEASONS, Date, Season, Span, When, backwards, newest, years

__all__ = [
    "ENGLISH", "Date", "DateWords", "Season", "Span", "When", "backwards", "format_when", "newest",
    "read_bibtex_date", "read_span", "read_when", "years",
]  # fmt: skip

# ---- spans ----------------------------------------------------------------------------------

_Half = dict[str, Any]
"""What is known of one end of a span, by the names of `PARTS`."""


class _Draft(msgspec.Struct, frozen=True):
    """A span whose ends may still lack what their neighbours say."""

    halves: list[_Half]
    kinds: frozenset[str]
    open: bool


@lru_cache(maxsize=4096)
def read_when(text: str) -> When | None:
    """The date or dates that a text means, in any of the ways people write them; None if none.

    Reads `2024.10`, `Sept. 2021 – Present`, `Spring & Fall 2023, Spring 2024`, `WS 2020/21`,
    `expected June 2026`, `since 2019`, `c. 1920`, `2024年9月至今`. What is ambiguous (`3/4/2020`)
    or impossible (`2021-31-01`) is no date. Never raises.
    """
    tokens = list(tokens_of(text)) if len(text) <= 200 else []
    if not tokens or any(token.kind == "other" for token in tokens):
        return None
    drafts = [_draft(piece) for piece in _split(tokens)]
    spans = [_span(draft) for draft in _shared([d for d in drafts if d])] if all(drafts) else []
    found = tuple(span for span in spans if span)
    return When(found, text.strip()) if found and len(found) == len(spans) else None


def _split(tokens: Iterable[Token]) -> list[list[Token]]:
    """The pieces between commas and `and`; the comma before a year that is missing divides none."""
    kept = [token for token in tokens if token.kind not in ("skip", "noise")]
    pieces: list[list[Token]] = [[]]
    for at, token in enumerate(kept):
        if token.kind not in ("comma", "and"):
            pieces[-1].append(token)
        elif token.kind == "and" or not _joins(pieces[-1], kept[at + 1 : at + 3]):
            pieces.append([])
    return [piece for piece in pieces if piece]


def _joins(piece: list[Token], after: list[Token]) -> bool:
    """Whether a comma belongs to one date: `May 1, 2026`, `June 2026, expected`."""
    said = next((token.kind for token in reversed(piece) if token.kind in ("year", "dash")), "")
    kinds = [token.kind for token in after]
    if kinds[:1] == ["year"]:
        return said != "year"
    return kinds[:1] in (["expected"], ["about"]) and kinds[-1] not in PARTS


def _draft(piece: list[Token]) -> _Draft | None:
    kinds = frozenset(token.kind for token in piece)
    sides: list[list[Token]] = [[]]
    for before, token in zip([None, *piece], piece, strict=False):
        if token.kind == "dash":
            sides += [[]] if before is None or before.kind != "dash" else []
        elif token.kind in PARTS:
            sides[-1].append(token)
    halves = [_half(side) for side in sides]
    now = "present" in kinds or ("date" in kinds and bool(sides[0]))
    if len(sides) > 2 or None in halves or (now and len(sides) == 2 and sides[1]):
        return None
    trailing = len(sides) == 2 and bool(sides[0]) and not sides[1]
    still = now or trailing or ("since" in kinds and len(sides) == 1 and bool(sides[0]))
    return _Draft([half for half in halves if half is not None], kinds, still)


def _half(tokens: Iterable[Token]) -> _Half | None:
    half: _Half = {}
    for token in tokens:
        if half.setdefault(token.kind, token.value) != token.value:
            return None
    if "term" in half:
        half["season"] = half["term"][0]
    return half


def _shared(drafts: list[_Draft]) -> list[_Draft]:
    """Gives the ends what is written once for several: `Spring & Fall 2023`, `5–7 May 2020`."""
    for draft in drafts:
        if len(draft.halves) == 2 and all(draft.halves):
            for half, other in (draft.halves, draft.halves[::-1]):
                if "day" in half and "month" not in half and "month" in other:
                    half["month"] = other["month"]
                if "year" not in half and "year" in other:
                    half["year"] = other["year"]
    halves = [half for draft in drafts for half in draft.halves if half]
    for order in (reversed(halves), halves):
        year = None
        for half in order:
            year = half.get("year", year)
            if year is not None:
                half.setdefault("year", year)
    return drafts


def _span(draft: _Draft) -> Span | None:
    first, last = draft.halves[0], draft.halves[-1]
    start, end = _date(first), _date(last)
    if (first and not start) or (last and not end):
        return None
    if "till" in last:
        end = _date({"year": last["till"]})
    if not (start or end or draft.open):
        return None
    return Span(
        start=start,
        end=None if draft.open else end,
        ongoing=draft.open,
        expected="expected" in draft.kinds,
        approximate="about" in draft.kinds,
        academic="till" in draft.kinds,
        term=first.get("term", ("", ""))[1],
    )


def _date(half: _Half) -> Date | None:
    """The date, if there is such a day in the calendar."""
    year, month, day = half.get("year"), half.get("month"), half.get("day")
    if year is None or (day and not month):
        return None
    try:
        calendar(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return Date(year, month, day, None if month else half.get("season"))


def read_span(start: str | None, end: str | None, date: str | None = None) -> When | None:
    """What RenderCV's `start_date`, `end_date` and `date` say together; None if one is no date.

    As there, `date` overrules the others, a start without an end goes on, and an end alone is
    the date.
    """
    if date:
        return read_when(date)
    first, last = read_when(start or ""), read_when(end or "")
    if (start and not first) or (end and not last) or not (first or last):
        return None
    if not first or not last:
        whole = first or last
        return _going_on(whole) if whole is first else whole
    begin, close = first.spans[0], last.spans[-1]
    span = structs.replace(
        close, start=begin.start, approximate=begin.approximate or close.approximate
    )
    return When((span,), f"{start} – {end}")


def _going_on(when: When | None) -> When | None:
    if when is None or len(when.spans) != 1 or when.spans[0].start != when.spans[0].end:
        return when
    return When((structs.replace(when.spans[0], end=None, ongoing=True),), when.text)


# ---- BibTeX ---------------------------------------------------------------------------------

_EDTF = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T[\d:]+(?:Z|[+-][\d:]+)?)?([?~%]?)")


def read_bibtex_date(
    year: str | None, month: str | None, date: str | None
) -> tuple[When | None, str]:
    """The date of a BibTeX entry, and the words in its fields that are none, such as a status.

    biblatex's `date` is preferred to `year` and `month`. `year = {Accepted, January 20, 2020}` is
    that day and `accepted`, in lower case; of a date that cannot be read the words are all.
    Source: biblatex's manual, section 2.3.8; "Tame the BeaST", section 8, for months.
    """
    if date and (when := _edtf(date.strip())):
        return when, ""
    fields = [_apart(to_text(value or "")) for value in (date, year, month)]
    (full, _), (plain_year, _), (plain_month, _) = fields
    left = ", ".join(dict.fromkeys(words for _, words in fields if words))
    both = _with_month(plain_year, plain_month)
    for candidate in (full, both, plain_month, plain_year):
        if candidate and (when := read_when(candidate)):
            return When(when.spans, candidate), left
    return None, left or full or plain_year


def _edtf(date: str) -> When | None:
    """A date as biblatex has it: `2024-05-01`, `2024-21`, `1923~`, `2024-05/2024-07`, `2019/..`."""
    ends = date.split("/")
    found = [_EDTF.fullmatch(end) for end in ends]
    if (
        len(ends) > 2
        or not any(found)
        or any(not m and end not in ("", "..") for m, end in zip(found, ends, strict=True))
    ):
        return None
    dates = [_edtf_date(match) for match in found]
    if any(match and not made for match, made in zip(found, dates, strict=True)):
        return None
    about = any(match and match[4] for match in found)
    span = Span(start=dates[0], end=dates[-1], ongoing=not found[-1], approximate=about)
    return When((span,), date)


def _edtf_date(found: re.Match[str] | None) -> Date | None:
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.group(1, 2, 3))
    if month and 21 <= month <= 24 and not day:
        return _date({"year": year, "season": SEASONS[month - 21]})
    return _date({"year": year, "month": month, "day": day})


def _apart(text: str) -> tuple[str, str]:
    """What in a text may be a date, and the words that cannot be."""
    text = re.sub(r"([0-9]{4})[a-z]\b", r"\1", text)
    tokens = list(tokens_of(text))
    if all(token.kind != "other" for token in tokens):
        return " ".join(text.split()), ""
    strange = [
        token.kind == "other" or (token.text.isalpha() and _next_kind(tokens, at) == "other")
        for at, token in enumerate(tokens)
    ]
    words = "".join(
        t.text for t, odd in zip(tokens, strange, strict=True) if odd or t.kind == "skip"
    )
    dated = "".join(t.text for t, odd in zip(tokens, strange, strict=True) if not odd)
    return dated.strip(" ,;:()[]"), " ".join(words.split()).strip(" ,;:()[]")


def _next_kind(tokens: list[Token], at: int) -> str:
    return next((token.kind for token in tokens[at + 1 :] if token.kind != "skip"), "")


_NUMBERS = late(r"(\d{1,2})\.?(?:(\s+|\s*[-–/]\s*)(\d{1,2}))?")


def _with_month(year: str, month: str) -> str:
    """A year and a month as one text; numbers are a month, its day (`7 10`), or two months."""
    numbers = _NUMBERS().fullmatch(month) if month[:1].isdecimal() else None
    if not numbers or not year:
        return f"{month} {year}".strip()
    if not numbers[3]:
        return f"{year}-{numbers[1]}"
    if not numbers[2].strip():
        return f"{year}-{numbers[1]}-{numbers[3]}"
    return f"{year}-{numbers[1]} – {year}-{numbers[3]}"
