"""What a date can be on a CV or a paper: a year, a term, a stretch still going on, several of them.

Nothing here is filled in that the author did not write, and nothing asks a clock: "now" is only
ever known as *ongoing*.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from builder.text.rich import EMPTY, Rich

Season = Literal["spring", "summer", "autumn", "winter"]
SEASONS: tuple[Season, ...] = ("spring", "summer", "autumn", "winter")
"""In the order in which EDTF numbers them, 21 to 24."""

Key = tuple[int, int, int]
"""Year, month, day; for sorting only."""
_NEVER: Key = (0, 0, 0)
_STILL: Key = (10000, 0, 0)


class Date(msgspec.Struct, frozen=True):
    """A day, a month, a season or a year of the common calendar, as precise as it was written."""

    year: int
    """1 to 9999."""
    month: int | None = None
    """1 to 12; None where only the year or season is known."""
    day: int | None = None
    """1 to 31, never without a month."""
    season: Season | None = None
    """Never beside a month."""

    @property
    def iso(self) -> str:
        """In ISO 8601 with what is known: `2024`, `2024-09`, `2024-09-01`; `2024-23` is autumn.

        Source: Extended Date/Time Format, https://www.loc.gov/standards/datetime/
        """
        parts = [f"{self.year:04}"]
        if self.season:
            parts.append(str(21 + SEASONS.index(self.season)))
        parts += [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def key(self) -> Key:
        """Sorts by the time at which the date begins, a whole year before its January.

        So that, newest first, a date comes after every more precise one of the same period.
        Seasons begin in March, June, September and December of their year.
        """
        month = self.month or (3 + 3 * SEASONS.index(self.season) if self.season else 0)
        return self.year, month, self.day or 0


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time; of one date alone, `start` and `end` are that date."""

    start: Date | None = None
    """None in `until 2020`."""
    end: Date | None = None
    """None while it is ongoing."""
    ongoing: bool = False
    """Still so today, whichever day that is."""
    expected: bool = False
    """The end was announced, as of a degree."""
    approximate: bool = False
    academic: bool = False
    """The years were written as academic ones: `2021/22` starts in 2021 and ends in 2022."""
    term: str = ""
    """What the season was called where that says more, such as `Michaelmas` or `WS`."""

    @property
    def key(self) -> tuple[Key, Key]:
        """Sorts by the end, then by the start; ongoing is later than any end."""
        end = _STILL if self.ongoing else self.end.key if self.end else _NEVER
        return end, self.start.key if self.start else _NEVER


class When(msgspec.Struct, frozen=True):
    """When something was: one span or several, and the words in which its author put it."""

    spans: tuple[Span, ...]
    """In the author's order."""
    text: str = ""
    said: Rich = EMPTY
    """Those words where they are no date and hold more than characters, such as a link."""

    @property
    def key(self) -> tuple[Key, Key]:
        """The latest key of its spans: sort by it in reverse for newest first."""
        return max((span.key for span in self.spans), default=(_NEVER, _NEVER))


def newest(when: When) -> Date | None:
    """The latest date that is written in it; None where none is, as in `present`."""
    dates = _dates(when)
    if dates[:1] == dates[1:]:  # a single day, month or year
        return dates[0] if dates else None
    return max(dates, key=lambda date: date.key, default=None)


def years(when: When) -> tuple[int, ...]:
    """Every year that it touches, newest first; of what is ongoing, the years that are written."""
    found: set[int] = set()
    for span in when.spans:
        written = sorted(date.year for date in (span.start, span.end) if date)
        found.update(range(written[0], written[-1] + 1) if written else ())
    return tuple(sorted(found, reverse=True))


def backwards(when: When) -> bool:
    """Whether a span ends before it starts, as far as both are known equally well."""
    return any(span.start and span.end and _before(span.end, span.start) for span in when.spans)


def _dates(when: When) -> list[Date]:
    return [date for span in when.spans for date in (span.start, span.end) if date]


def _before(end: Date, start: Date) -> bool:
    if end.year != start.year:
        return end.year < start.year
    if end.season and start.season:  # where terms are quarters, winter opens the year
        return start.season != "winter" and end.key < start.key
    if not (end.month and start.month):
        return False
    if end.month != start.month or not (end.day and start.day):
        return end.month < start.month
    return end.day < start.day
