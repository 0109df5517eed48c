"""Dates: what can be read, in which order they stand, and how they are printed."""

from __future__ import annotations

from datetime import date as calendar
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.dates import (
    ENGLISH,
    Date,
    DateWords,
    Span,
    When,
    backwards,
    format_when,
    newest,
    read_bibtex_date,
    read_span,
    read_when,
    years,
)
from tests.fixtures import pairs


def read(text: str) -> When:
    when = read_when(text)
    assert when is not None, text
    return when


def written(span: Span) -> str:
    """A span as `start/end`, or one date, and the words that hold of it."""
    start, end = (date.iso if date else "" for date in (span.start, span.end))
    dates = start if start == end and start else f"{start}/{'now' if span.ongoing else end}"
    words = {"expected": span.expected, "about": span.approximate, "academic": span.academic}
    return " ".join([dates, *(w for w, holds in words.items() if holds), span.term]).strip()


@pytest.mark.parametrize(
    ("typed", "expected"), [pytest.param(a, b, id=title) for title, a, b in pairs("dates.txt")]
)
def test_a_date_is_read_and_printed(typed: str, expected: str) -> None:
    when = read_when(typed)
    spans = ", ".join(map(written, when.spans)) if when else "none"
    assert "\n".join([spans, *([format_when(when)] if when else [])]) == expected
    assert when is None or when.text == typed.strip()


CHINESE = msgspec.convert(
    {
        "months": [f"{n}月" for n in range(1, 13)], "months_short": [f"{n}月" for n in range(1, 13)],
        "seasons": {"spring": "春季", "summer": "夏季", "autumn": "秋季", "winter": "冬季"},
        "present": "至今", "expected": "预计", "year": "{year}年", "month": "{year}年{month}",
        "day": "{year}年{month}{day}日", "season": "{year}年{season}", "both": "、", "list": "；",
        "announced": "{date}（{expected}）", "until": "至{date}", "approximate": "约{date}",
    },
    DateWords,
)  # fmt: skip
GERMAN = DateWords(day="{day}. {month} {year}", present="heute", months=("Januar",) * 12)


@pytest.mark.parametrize(
    ("typed", "words", "style", "printed"),
    [
        ("2024-09-01", ENGLISH, "day", "September 1, 2024"),
        ("2024-09-01", ENGLISH, "month", "Sep 2024"),
        ("2024-09-01", ENGLISH, "year", "2024"),
        ("2024-09", ENGLISH, "day", "September 2024"),
        ("5–7 May 2020", ENGLISH, "day", "May 5–7, 2020"),
        ("May 30 – June 2, 2020", ENGLISH, "day", "May 30, 2020 – June 2, 2020"),
        ("May 2022 – Sept. 2022", ENGLISH, "day", "May – September 2022"),
        ("May 2022 – Sept. 2022", ENGLISH, "year", "2022"),
        ("2021-09 – 2025-06", ENGLISH, "year", "2021 – 2025"),
        ("Spring & Fall 2023, Spring 2024", ENGLISH, "year", "2023, 2024"),
        ("2021-09 –", ENGLISH, "year", "2021 – present"),
        ("WS 2020/21", ENGLISH, "year", "2020/21"),
        ("c. May 1920", ENGLISH, "month", "c. May 1920"),
        ("2021/22 – present", ENGLISH, "month", "2021/22 – present"),
        ("Michaelmas 2020 – Lent 2021", ENGLISH, "month", "Michaelmas 2020 – Lent 2021"),
        ("2024-09-01", CHINESE, "day", "2024年9月1日"),
        ("2024-09 – 2024-12", CHINESE, "month", "2024年9月 – 12月"),
        ("Spring & Fall 2023", CHINESE, "month", "2023年春季、秋季"),
        ("2021 – present", CHINESE, "month", "2021年 – 至今"),
        ("June 2026 (expected)", CHINESE, "month", "2026年6月（预计）"),
        ("until 2020, c. 1920", CHINESE, "month", "至2020年；约1920年"),
        ("2024-01-05", GERMAN, "day", "5. Januar 2024"),
        ("Sept 2024", DateWords(months_short=("jan",)), "month", "Sept 2024"),
    ],
)
def test_a_date_is_printed_in_a_language(
    typed: str, words: DateWords, style: Any, printed: str
) -> None:
    assert format_when(read(typed), words, style) == printed


def test_what_is_no_date_stands_as_typed() -> None:
    assert format_when(When((), "some day")) == "some day"


@pytest.mark.parametrize(
    ("year", "month", "date", "printed", "left"),
    [
        ("2020", "dec.", None, "December 2020", ""),
        ("2020", "9", None, "September 2020", ""),
        ("2020", "December", None, "December 2020", ""),
        ("2014", "2014 Mar", None, "March 2014", ""),
        ("2020", "jul~10", None, "July 10, 2020", ""),
        ("2020", "7~10", None, "July 10, 2020", ""),
        ("2020", "10 jul", None, "July 10, 2020", ""),
        ("2020", "oct-nov", None, "October – November 2020", ""),
        ("2020", "October--November", None, "October – November 2020", ""),
        ("2020", "10-11", None, "October – November 2020", ""),
        ("{2020}", r"{\relax Jan}", None, "January 2020", ""),
        ("2020", "Spring", None, "Spring 2020", ""),
        ("2020", "foo", None, "2020", "foo"),
        ("[2020]", None, None, "2020", ""),
        ("c1998", None, None, "c. 1998", ""),
        ("2020a", None, None, "2020", ""),
        ("2019--2020", None, None, "2019 – 2020", ""),
        ("Accepted, January 20, 2020", None, None, "January 20, 2020", "accepted"),
        ("2020 (in press)", "jan", None, "January 2020", "in press"),
        ("to appear 2025", None, None, "2025", "to appear"),
        ("in press", None, None, "", "in press"),
        ("in prep", None, None, "", "in prep"),
        ("forthcoming", None, None, "", "forthcoming"),
        ("submitted", "mar", None, "", "submitted"),
        ("20xx", None, None, "", "20xx"),
        ("535 BCE", None, None, "", "535 bce"),
        ("1920", None, "in press", "1920", "in press"),
        (None, "jan", None, "", ""),
        (None, None, None, "", ""),
        ("1999", "may", "2024-05-01", "May 1, 2024", ""),
        (None, None, "2024-05/2024-07", "May – July 2024", ""),
        (None, None, "1923~", "c. 1923", ""),
        (None, None, "2024-21", "Spring 2024", ""),
        (None, None, "2021-22", "Summer 2021", ""),
        (None, None, "2019/..", "2019 – present", ""),
        (None, None, "2019/", "2019 – present", ""),
        (None, None, "../2020", "until 2020", ""),
        (None, None, "2004-07-11T14:30:00", "July 11, 2004", ""),
        (None, None, "2024-13", "", "2024-13"),
        (None, None, "May 2020", "May 2020", ""),
    ],
)
def test_bibtex_fields_make_a_date(
    year: str | None, month: str | None, date: str | None, printed: str, left: str
) -> None:
    when, words = read_bibtex_date(year, month, date)
    assert (format_when(when, style="day") if when else "", words) == (printed, left)


@pytest.mark.parametrize(
    ("start", "end", "date", "printed"),
    [
        ("2021-09", "present", None, "Sep 2021 – present"),
        ("2021-09", "至今", None, "Sep 2021 – present"),
        ("2021-09", None, None, "Sep 2021 – present"),
        (None, "2020", None, "2020"),
        ("2021", "2024-06", None, "2021 – Jun 2024"),
        ("2022-09", "June 2026 (expected)", None, "Sep 2022 – Jun 2026 (expected)"),
        ("2022-09", "June 2026 (expected)", "Summer 2020", "Summer 2020"),
        ("2021", "soon", None, None),
        ("once", "2021", None, None),
        (None, None, None, None),
        ("", "", "", None),
    ],
)
def test_start_and_end_make_a_span(
    start: str | None, end: str | None, date: str | None, printed: str | None
) -> None:
    when = read_span(start, end, date)
    assert (format_when(when) if when else None) == printed


def test_newest_first_is_by_end_and_ongoing_is_newest() -> None:
    typed = [
        "2019 – 2021", "2020 – present", "2024", "2024-03", "2024-03-05", "since 2018", "2020 – 2021",
        "Fall 2023", "present", "until 2001",
    ]  # fmt: skip
    ordered = sorted(typed, key=lambda text: read(text).key, reverse=True)
    assert ordered == [
        "2020 – present", "since 2018", "present", "2024-03-05", "2024-03", "2024", "Fall 2023",
        "2020 – 2021", "2019 – 2021", "until 2001",
    ]  # fmt: skip


def test_several_dates_sort_by_the_latest() -> None:
    assert read("2022, 2024, 2023").key == read("2024").key
    assert When(()).key < read("0001").key


@pytest.mark.parametrize(
    ("typed", "last", "all_years"),
    [
        ("2022, 2024-05, 2023", "2024-05", (2024, 2023, 2022)),
        ("2019 – 2021", "2021", (2021, 2020, 2019)),
        ("2021 – 2019", "2021", (2021, 2020, 2019)),
        ("since 2019", "2019", (2019,)),
        ("2021/22", "2022", (2022, 2021)),
    ],
)
def test_the_newest_date_and_the_years(typed: str, last: str, all_years: tuple[int, ...]) -> None:
    date = newest(read(typed))
    assert date is not None
    assert date.iso == last
    assert years(read(typed)) == all_years


def test_the_present_has_no_year() -> None:
    assert newest(read("present")) is None
    assert years(read("present")) == ()


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("2020 – 2019", True),
        ("May 2020 – April 2020", True),
        ("2020-05-05 – 2020-05-04", True),
        ("Fall 2020 – Spring 2020", True),
        ("2020, 2022 – 2021", True),
        ("2020-05 – 2020", False),
        ("2020 – 2020-05", False),
        ("Winter 2020 – Spring 2020", False),
        ("2020 – present", False),
        ("until 2020", False),
        ("2021/22", False),
    ],
)
def test_an_end_before_its_start_shows(typed: str, wrong: bool) -> None:
    assert backwards(read(typed)) is wrong


@given(st.dates(), st.sampled_from(["year", "month", "day"]))
def test_iso_dates_read_back(day: calendar, precision: str) -> None:
    month = day.month if precision != "year" else None
    date = Date(day.year, month, day.day if precision == "day" else None)
    assert read(date.iso).spans == (Span(start=date, end=date),)


@given(st.dates(), st.dates())
def test_keys_of_days_sort_as_days(one: calendar, other: calendar) -> None:
    mine, theirs = (Date(d.year, d.month, d.day) for d in (one, other))
    assert (mine.key < theirs.key) == (one < other)
    assert backwards(read(f"{mine.iso} – {theirs.iso}")) == (other < one)


_SOUP = st.lists(
    st.sampled_from(
        ["2024", "9", "31", "-", "–", "/", ".", ",", " ", "&", "May", "Fall", "present", "since",
         "to", "WS", "年", "月", "expected", "~", "..", "(", "x"]
    )
).map("".join)  # fmt: skip


@given(st.text() | _SOUP)
def test_no_text_is_refused(text: str) -> None:
    when = read_when(text)
    if when:
        assert format_when(when)
        assert format_when(when, style="day")
        assert isinstance(backwards(when), bool)
        assert list(years(when)) == sorted(set(years(when)), reverse=True)


@given(st.none() | st.text() | _SOUP, st.none() | st.text() | _SOUP, st.none() | _SOUP)
def test_no_bibtex_field_is_refused(year: str | None, month: str | None, date: str | None) -> None:
    when, words = read_bibtex_date(year, month, date)
    assert when is None or when.spans
    assert isinstance(words, str)
