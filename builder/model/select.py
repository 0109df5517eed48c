"""Choosing and ordering records: one language for CV sections, pages and layouts.

`{from: publications, where: {selected: true}, since: 2022}` in cv.yaml and
`site.publications | where(selected=true, since=2022)` in a page mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from builder.text.dates import When, newest
from builder.text.rich import Rich


class Group(NamedTuple):
    """Records under one heading."""

    grouper: str
    list: tuple[Any, ...]


def where(records: Iterable[Any], /, since: Any = None, **wanted: Any) -> tuple[Any, ...]:
    """The records whose fields match: equal as text, or one of a list, or holding it.

    `since` is a year or a date that begins with one. A field that a record lacks is false.
    """
    first = _first_year(since)
    return tuple(
        r for r in records
        if (first is None or _year(r) >= first)
        and all(_matches(_values(r, field), value) for field, value in wanted.items())
    )  # fmt: skip


def _first_year(since: Any) -> int | None:
    """The year to begin with; what is no year lies ahead of every record."""
    if since in (None, ""):
        return None
    year = str(since).strip()[:4]
    return int(year) if year.isdecimal() else 10_000


def _values(record: Any, field: str) -> Any:
    """What a record says of a field; `type` of a paper is its CSL type and its BibTeX one."""
    return getattr(record, f"{field}_names", None) or getattr(record, field, None)


def _matches(have: Any, want: Any) -> bool:
    if isinstance(want, (list, tuple)):
        return any(_matches(have, w) for w in want)
    if isinstance(have, (list, tuple)):
        return any(_matches(h, want) for h in have)
    return _as_word(have) == _as_word(want)


def _as_word(value: Any) -> str:
    if isinstance(value, Rich):
        value = value.text
    if isinstance(value, bool) or value is None:
        value = "true" if value else "false"
    text = str(value).strip().casefold()
    return {"yes": "true", "no": "false"}.get(text, text)


def _year(record: Any) -> int:
    when: When | None = getattr(record, "when", None)
    date = newest(when) if when else None
    return date.year if date else 0


def sort_by(records: Iterable[Any], order: str = "newest") -> tuple[Any, ...]:
    """Records by `newest`, `oldest`, or any field; equal ones keep their order, undated come last."""
    listed = tuple(records)
    if order in ("newest", "oldest"):
        dated = [r for r in listed if getattr(r, "when", None) and r.when.spans]
        undated = [r for r in listed if not (getattr(r, "when", None) and r.when.spans)]
        return (*sorted(dated, key=lambda r: r.when.key, reverse=order == "newest"), *undated)
    return tuple(sorted(listed, key=lambda r: _sort_key(getattr(r, order, ""))))


def _sort_key(value: Any) -> tuple[int, str]:
    if isinstance(value, int):
        return value, ""
    return 0, (value.text if isinstance(value, Rich) else str(value or "")).casefold()


def group_by(records: Iterable[Any], field: str = "year") -> tuple[Group, ...]:
    """Records under the values of a field, groups in the order in which they are first met.

    A record without a value stands in a group of its own at the end, so that none is lost; a
    field with several values puts the record under its first.
    """
    groups: dict[str, list[Any]] = {}
    for record in records:
        value = getattr(record, field, "")
        value = (value[0] if value else "") if isinstance(value, (list, tuple)) else value
        name = str(getattr(value, "text", value) or "")
        groups.setdefault(name, []).append(record)
    ordered = sorted(groups.items(), key=lambda g: g[0] == "")
    return tuple(Group(name, tuple(members)) for name, members in ordered)


def limit(records: Iterable[Any], count: int) -> tuple[Any, ...]:
    """The first `count` records; all of them for 0."""
    listed = tuple(records)
    return listed[:count] if count > 0 else listed
