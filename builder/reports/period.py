"""A stretch of days, and whether a date of the data falls into it."""

from __future__ import annotations

from datetime import date as calendar
from typing import NamedTuple

from builder.text.when import SEASONS, Date, Span, When

Day = tuple[int, int, int]
"""Year, month, day; for comparing only, so that every month may have 31."""


class Period(NamedTuple):
    """From one day to another, both counted in."""

    since: Day
    until: Day

    @classmethod
    def of_months(cls, months: int, until: Day) -> Period:
        """The last `months` months before a day, and that day."""
        year, month = divmod(until[0] * 12 + until[1] - 1 - months, 12)
        return cls((year, month + 1, until[2]), until)

    def holds(self, when: When | None) -> bool:
        """Whether any of a date falls into it, as far as the date is known."""
        return any(self._holds(span) for span in when.spans) if when else False

    def _holds(self, span: Span) -> bool:
        start, end = span.start or span.end, span.end or span.start
        if start is None or end is None:
            return False
        return first_day(start) <= self.until and (span.ongoing or last_day(end) >= self.since)


def day_of(date: calendar) -> Day:
    """A day of the calendar, to compare with."""
    return date.year, date.month, date.day


def iso(day: Day) -> str:
    """`2026-11-21`."""
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}"


def first_day(date: Date) -> Day:
    """The first day that a date may mean: of 2024, its first of January."""
    month = 3 * SEASONS.index(date.season) + 3 if date.season else date.month or 1
    return date.year, month if date.season != "winter" else 1, date.day or 1


def last_day(date: Date) -> Day:
    """The last day that a date may mean: of 2024, its last of December."""
    month = min(12, 3 * SEASONS.index(date.season) + 5) if date.season else date.month or 12
    return date.year, month, date.day or 31
