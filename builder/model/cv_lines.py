"""Readers of what stands below the head of a CV entry: points, labelled facts, and its date as typed."""

from __future__ import annotations

from typing import Any

import msgspec

from builder.fields import UNUSABLE, Reading, read, reader_of
from builder.leaves import found
from builder.model.cv import Bullet, Fact
from builder.problems import Place
from builder.reading import in_language
from builder.text.rich import EMPTY, Rich
from builder.text.yaml import Map, Seq, Value


def bullets_reader(value: Value, place: Place, reading: Reading) -> tuple[Bullet, ...]:
    """Points: a list, a lone one, lists below one another, or a mapping of leads to points."""
    items: list[tuple[Value, Place]] = [(value, place)]
    if isinstance(value, Seq):
        items = list(zip(value, value.items_at, strict=True))
    bullets: list[Bullet] = []
    for item, at in items:
        item, language = in_language(item, at, reading)
        there = msgspec.structs.replace(reading, standing_in=language) if language else reading
        if isinstance(item, Map):
            bullets += [
                Bullet(
                    _line(key, item.keys_at[key], there),
                    bullets_reader(item[key], item.at(key), there),
                )
                for key in item
            ]
        elif isinstance(item, Seq):
            bullets += bullets_reader(item, at, there)
        elif item is not None:
            bullets.append(_bullet(item, at, there))
    return tuple(bullets)


def _bullet(text: str, place: Place, reading: Reading) -> Bullet:
    first, *rest = text.split("\n- ")
    return Bullet(
        _line(first, place, reading), tuple(Bullet(_line(r, place, reading)) for r in rest)
    )


def _line(text: str, place: Place, reading: Reading) -> Rich:
    return read(Rich, text, place, reading) or EMPTY


def facts_reader(value: Value, place: Place, reading: Reading) -> Any:
    """Labelled facts: a mapping of label to text or texts, or a list of such; what is neither is told."""
    if isinstance(value, Seq) and all(isinstance(item, Map) for item in value):
        parts = [
            facts_reader(item, at, reading) for item, at in zip(value, value.items_at, strict=True)
        ]
        return tuple(fact for part in parts if part is not UNUSABLE for fact in part)
    if not isinstance(value, Map):
        return reading.warn(
            "wrong-shape", f"expected labels with their values, found {found(value)}", place,
            "write facts as a mapping, such as {Advisor: Prof. A. Name, GPA: 3.9/4}",
        )  # fmt: skip
    facts: list[Fact] = []
    for key, item in value.items():
        texts = item if isinstance(item, Seq) else [item]
        lines = [read(Rich, t, value.at(key), reading) for t in texts if t is not None]
        facts += [Fact(_line(key, value.keys_at[key], reading), line) for line in lines if line]
    return tuple(facts)


def date_reader(value: Value, place: Place, reading: Reading) -> Any:
    """The date of an entry as typed; of a list, its dates with commas between."""
    if isinstance(value, Seq) and all(isinstance(item, str) for item in value):
        return ", ".join(map(str, value))
    return reader_of(str)(value, place, reading)
