"""Prints dates in the words of a language, which are data: no clock, no locale, no library.

What the author wrote once is printed once: `Sep – Dec 2023`, `Spring & Fall 2023`, `5–7 May`.
"""

from __future__ import annotations

from itertools import groupby
from typing import Literal

import msgspec

from builder.text.when import Date, Span, When

Style = Literal["year", "month", "day"]


class SeasonWords(msgspec.Struct, frozen=True, kw_only=True):
    """What the four seasons are called."""

    spring: str = "Spring"
    summer: str = "Summer"
    autumn: str = "Fall"
    winter: str = "Winter"


class DateWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a language for dates, and how they stand together. English where not given.

    In the patterns, `{year}`, `{month}`, `{day}`, `{season}` and `{date}` stand for the parts.
    """

    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )  # fmt: skip
    months_short: tuple[str, ...] = (
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    )  # fmt: skip
    seasons: SeasonWords = SeasonWords()
    variants: dict[str, str] = msgspec.field(default_factory=lambda: {"autumn": "autumn"})
    """Other words of the language for a season, in small letters, to the season that each names:
    where its author typed one, it is printed."""
    present: str = "present"
    expected: str = "expected"
    year: str = "{year}"
    """Chinese has `{year}年`."""
    month: str = "{month} {year}"
    """Chinese has `{year}年{month}`, with `9月` for a month."""
    day: str = "{month} {day}, {year}"
    day_of_month: str = "{day}"
    """German has `{day}.`"""
    first_of_month: str = ""
    """The first day, where it is said otherwise: French has `1er`."""
    season: str = "{season} {year}"
    ongoing: str = ""
    """From a date to today, where the two are not joined by the dash: Chinese has `{date}至今`."""
    until: str = "until {date}"
    approximate: str = "c. {date}"
    announced: str = "{date} ({expected})"
    dash: str = " – "
    """Between the ends of a range; between two days of a month, without its spaces."""
    both: str = " & "
    """Between two seasons or months of a year."""
    list: str = ", "


ENGLISH = DateWords()


def format_when(when: When, words: DateWords = ENGLISH, style: Style = "month") -> str:
    """The dates in a language: years alone, to the month (`Sep 2021`), or all that is known.

    To the month, names of months are short; to the day, in full. What the words of the language
    cannot say (too few months in its file, no span at all) stands as its author typed it.
    """
    words = _as_typed(when.text, words)
    if len(when.spans) == 1:
        return _told([*when.spans], words, style) or when.text
    told = [_told(list(alike), words, style) for _, alike in groupby(when.spans, _together)]
    if not told or not all(told):
        return when.text
    return words.list.join(dict.fromkeys(told))


def _as_typed(text: str, words: DateWords) -> DateWords:
    """The words with the author's own for a season, of the two that English has for autumn."""
    small = text.casefold()
    if not any(word in small for word in words.variants):
        return words
    typed = set(small.replace(",", " ").split())
    named = {season: word.capitalize() for word, season in words.variants.items() if word in typed}
    if not named:
        return words
    return msgspec.structs.replace(words, seasons=msgspec.structs.replace(words.seasons, **named))


def _together(span: Span) -> tuple[object, ...]:
    """Alike for the spans whose year is printed once: single months or seasons of one year."""
    date = span.start
    if date and date == span.end and not date.day and (date.month or date.season):
        return date.year, bool(date.season), span.term, span.expected, span.approximate
    return (id(span),)


def _told(spans: list[Span], words: DateWords, style: Style) -> str:
    """One span, or several that share their year; empty where the words are lacking."""
    span = spans[0]
    if span.academic or span.term:
        made = _academic(span, words, style)
    elif span.start and span.start == span.end:
        dates = [s.start for s in spans if s.start]
        made = (
            _in_year(_names(dates, words, style, words.both), dates[0], words, style)
            if dates[1:]
            else _date(span.start, words, style)
        )
    elif span.start and span.end:
        made = _range(span.start, span.end, words, style)
    elif span.start:
        made = _still(_date(span.start, words, style), words)
    elif span.end:
        made = words.until.format(date=_date(span.end, words, style))
    else:
        made = words.present
    if made and span.approximate:
        made = words.approximate.format(date=made)
    if made and span.expected:
        made = words.announced.format(date=made, expected=words.expected)
    return made


def _joined(first: str, last: str, words: DateWords) -> str:
    return f"{first}{words.dash}{last}" if first and last else ""


def _still(first: str, words: DateWords) -> str:
    if words.ongoing and first:
        return words.ongoing.format(date=first, present=words.present)
    return _joined(first, words.present, words)


def _range(start: Date, end: Date, words: DateWords, style: Style) -> str:
    to_the_day = style == "day" and (start.day, end.day) != (None, None)
    if start.year == end.year and (style == "year" or (not to_the_day and _alike(start, end))):
        return _in_year(_names([start, end], words, style, words.dash), start, words, style)
    if to_the_day and start.day and end.day and (start.year, start.month) == (end.year, end.month):
        days = f"{_day_name(start.day, words)}{words.dash.strip()}{_day_name(end.day, words)}"
        return _day(start, days, words, style)
    return _joined(_date(start, words, style), _date(end, words, style), words)


def _alike(start: Date, end: Date) -> bool:
    return bool(start.season) == bool(end.season) and bool(start.month) == bool(end.month)


def _date(date: Date, words: DateWords, style: Style) -> str:
    if date.day and style == "day":
        return _day(date, _day_name(date.day, words), words, style)
    return _in_year(_name(date, words, style), date, words, style)


def _day_name(day: int, words: DateWords) -> str:
    return (day == 1 and words.first_of_month) or words.day_of_month.format(day=day)


def _day(date: Date, days: str, words: DateWords, style: Style) -> str:
    month = _name(date, words, style)
    return words.day.format(day=days, month=month, year=date.year) if month else ""


def _in_year(name: str, date: Date, words: DateWords, style: Style) -> str:
    """A month or season, or several by their joined names, with the year of the first."""
    if style == "year" or not (date.month or date.season):
        return words.year.format(year=date.year)
    pattern = words.season if date.season else words.month
    return pattern.format(month=name, season=name, year=date.year) if name else ""


def _names(dates: list[Date], words: DateWords, style: Style, joint: str) -> str:
    """The names of several months or seasons in one; empty where a word is lacking."""
    names = list(dict.fromkeys(_name(date, words, style) for date in dates))
    return joint.join(names) if all(names) else ""


def _name(date: Date, words: DateWords, style: Style) -> str:
    if date.season:
        return str(getattr(words.seasons, date.season))
    months = words.months_short if style == "month" else words.months
    return months[date.month - 1] if date.month and date.month <= len(months) else ""


def _academic(span: Span, words: DateWords, style: Style) -> str:
    """Academic years, and terms by their own names."""
    if not span.start or (span.term and not span.academic and span.start != span.end):
        return ""
    years = _two_years(span.start.year) if span.academic else str(span.start.year)
    name = span.term or (span.start.season and _name(span.start, words, style))
    made = words.season.format(season=name, year=years) if name and style != "year" else years
    if span.ongoing:
        return _still(made, words)
    if span.academic and span.end and span.end.year > span.start.year + 1:
        return _joined(made, _two_years(span.end.year - 1), words)
    return made


def _two_years(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"
