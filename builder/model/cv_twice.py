"""Entries of the CV that its author hardly meant: one typed twice, one that runs beside itself.

Positions that overlap are ordinary, and so is a second contract in the same one. The same position
held twice at the same time is a slip in a date.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise

from builder.model.cv import Entry, Item
from builder.problems import Place
from builder.reading import Reading
from builder.text.when import Span
from builder.text.yaml import Value


def tell_twice(
    given: Iterable[tuple[Value, Place]], items: Iterable[Item], reading: Reading
) -> None:
    """Tell what a list holds twice: its values word for word, its entries at the same time."""
    told = _tell_repeated(given, reading)
    entries = (item for item in items if isinstance(item, Entry))
    _tell_beside_itself((e for e in entries if e.when and e.place not in told), reading)


def _tell_repeated(given: Iterable[tuple[Value, Place]], reading: Reading) -> set[Place]:
    told: set[Place] = set()
    first: dict[Hashable, Place] = {}
    for value, place in given:
        if not value:
            continue
        before = first.setdefault(_words(value), place)
        if before != place:
            message = f"this entry stands twice in its section; line {before.line} says the same"
            reading.warn("said-twice", message, place, "take one of the two out")
            told.add(place)
    return told


def _words(value: Value) -> Hashable:
    """What a value says, whatever the order of its keys."""
    if isinstance(value, dict):
        return frozenset((key, _words(item)) for key, item in value.items())
    return tuple(map(_words, value)) if isinstance(value, list) else value


def _tell_beside_itself(entries: Iterable[Entry], reading: Reading) -> None:
    alike: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        if entry.kind in ("education", "experience"):
            alike.setdefault(_head(entry), []).append(entry)
    for held in alike.values():
        for one, other in pairwise(sorted(held, key=_start)):
            if not _overlap(one, other):
                continue
            first, second = sorted((one, other), key=lambda entry: entry.place)
            reading.warn(
                "overlaps-itself", f"the same as in line {first.place.line}, and at the same time", second.place,
                "mend the dates, or say what tells the two apart",
            )  # fmt: skip


def _start(entry: Entry) -> tuple[int, int, int]:
    spans = entry.when.spans if entry.when else ()
    return min((span.start.key for span in spans if span.start), default=(0, 0, 0))


def _head(entry: Entry) -> tuple[str, ...]:
    parts = (entry.title, entry.subtitle, entry.degree, entry.location)
    return tuple(part.text.casefold() for part in parts)


def _overlap(one: Entry, other: Entry) -> bool:
    mine, theirs = (entry.when.spans if entry.when else () for entry in (one, other))
    return any(_meet(a, b) for a in mine for b in theirs)


def _meet(a: Span, b: Span) -> bool:
    """Whether two stretches share more than the year or the day in which one follows the other."""
    return _starts_within(a, b) and _starts_within(b, a)


def _starts_within(a: Span, b: Span) -> bool:
    """Whether `a` starts before `b` ends; of a single date, there is nothing within."""
    if a.start is None or b.start is None or (a.end == a.start and not a.ongoing):
        return False
    if b.ongoing or b.end is None:
        return b.ongoing
    if a.start.year != b.end.year or not (a.start.month and b.end.month):
        return a.start.year < b.end.year
    return a.start.month < b.end.month
