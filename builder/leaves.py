"""Single values out of YAML that is all text: words, dates, flags, numbers, addresses.

What `fields.py` puts together: each reader takes a value, where it was typed and what goes for the
whole reading, tells what is wrong with it, and gives the value or `UNUSABLE`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from builder.problems import Place
from builder.reading import UNUSABLE, Reading, in_language, is_translated
from builder.text import dates
from builder.text.markdown import inline, source_reference
from builder.text.patterns import late
from builder.text.rich import Rich
from builder.text.urls import safe_url
from builder.text.yaml import Map, Seq, Value


class Prose(msgspec.Struct, frozen=True):
    """Paragraphs of inline text. Empty is false."""

    paragraphs: tuple[Rich, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paragraphs)

    @property
    def text(self) -> str:
        """Its words without markup, paragraphs divided by a blank."""
        return " ".join(p.text for p in self.paragraphs)


Reader = Callable[[Value, Place, Reading], Any]


def found(value: Value) -> str:
    """A value as a message quotes it."""
    match value:
        case Map():
            return f"a mapping with the keys {', '.join(list(value)[:5])}"
        case Seq():
            return f"a list of {len(value)}"
        case None:
            return "nothing"
        case _:
            return repr(value if len(value) <= 40 else value[:39] + "…")


def list_hint(value: Value, what: str) -> str:
    """The mend of what ought to be a list: a key above it, as people write it, or no dashes."""
    if isinstance(value, Map) and len(value) == 1 and isinstance(next(iter(value.values())), Seq):
        return f"take out the line {next(iter(value))}: so that the list stands alone"
    return f"begin each {what} with a dash"


def _text(value: Value, place: Place, reading: Reading) -> str | Any:
    if isinstance(value, str):
        return value.strip()
    value = in_language(value, place, reading).value
    if isinstance(value, str):
        return value.strip()
    return reading.warn(
        "wrong-shape", f"expected text, found {found(value)}", place, _quote_hint(value)
    )


def _quote_hint(value: Value) -> str:
    if isinstance(value, Map) and all(map(_LANGUAGE_CODE().fullmatch, value)):
        return "a text in several languages needs their codes under languages: in site.yaml"
    if isinstance(value, Map) and len(value) == 1:
        return "a text that holds a colon and a space needs quotes around it"
    if isinstance(value, Seq) and value.place.column:
        return "a text that begins with [ needs quotes around it"
    return ""


_LANGUAGE_CODE = late(r"[a-z]{2}(-[A-Z][A-Za-z]+)?")


def _rich(value: Value, place: Place, reading: Reading) -> Rich | Any:
    chosen = in_language(value, place, reading)
    text = _text(chosen.value, place, reading)
    if text is UNUSABLE:
        return UNUSABLE
    rich, problems = inline(" ".join(text.split()), reading.folder)
    for p in problems:
        reading.problems.warning(p.kind, p.message, place, p.hint)
    return msgspec.structs.replace(rich, lang=chosen.language) if chosen.language else rich


def _prose(value: Value, place: Place, reading: Reading) -> Prose | Any:
    value, language = in_language(value, place, reading)
    reading = msgspec.structs.replace(reading, standing_in=language) if language else reading
    if isinstance(value, Seq):
        parts = [_rich(v, p, reading) for v, p in zip(value, value.items_at, strict=True)]
        return Prose(tuple(p for p in parts if p is not UNUSABLE))
    text = _text(value, place, reading)
    if text is UNUSABLE:
        return UNUSABLE
    return Prose(tuple(_rich(part, place, reading) for part in text.split("\n\n") if part.strip()))


def _date(value: Value, place: Place, reading: Reading) -> dates.When | Any:
    if isinstance(value, Seq):
        place = _first_odd_date(value) or place
        value = ", ".join(v for v in value if isinstance(v, str))
    text = _text(value, place, reading)
    return UNUSABLE if text is UNUSABLE else date_as_written(text, place, reading)


def _first_odd_date(listed: Seq) -> Place | None:
    places = zip(listed, listed.items_at, strict=True)
    return next((at for v, at in places if isinstance(v, str) and not dates.read_when(v)), None)


def language_reader(value: Value, place: Place, reading: Reading) -> Any:
    """The code of a language; what is none is told."""
    text = _text(value, place, reading)
    if text is UNUSABLE or not text or _A_LANGUAGE.fullmatch(text.replace("_", "-")):
        return text
    return reading.warn(
        "not-a-language", f"{text!r} is not a language code such as en or zh-Hans", place,
        "codes are as in en, de, fr, pt-BR, zh-Hans",
    )  # fmt: skip


_A_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def last_day_reader(value: Value, place: Place, reading: Reading) -> Any:
    """The day that something ends on; what is none ends nothing, which is told."""
    when = dates.read_when(value) if isinstance(value, str) else None
    if when:
        return when
    message = f"{found(value)} is not a day that can be read, so that this has no end"
    return reading.warn("not-a-date", message, place, "write a day, such as 2026-09-30")


def date_as_written(text: str, place: Place, reading: Reading) -> dates.When:
    """The date that `text` says; when it says none, that is told and the text stands as it is.

    RenderCV prints any text for a date, and its own sample has a link there: that is no mistake.
    """
    when = dates.read_when(text)
    if when is None:
        said = inline(text, reading.folder)[0]
        if said != said.unlinked:
            return dates.When((), said.text, said)
        reading.warn(
            "not-a-date", f"{text!r} is not a date that can be read; it is shown as written", place,
            "write 2024, 2024-09, 2024-09-01, or words such as Sept. 2024 or Fall 2023",
        )  # fmt: skip
        return dates.When(spans=(), text=text)
    if dates.backwards(when):
        reading.warn(
            "date-backwards", f"{text!r} ends before it starts", place, "swap the two dates"
        )
    return when


_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})


def _flag(value: Value, place: Place, reading: Reading) -> bool | Any:
    word = value.strip().lower() if isinstance(value, str) else None
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    return reading.warn("wrong-shape", f"expected true or false, found {found(value)}", place)


def _whole_number(value: Value, place: Place, reading: Reading) -> int | Any:
    if isinstance(value, str) and value.strip().lstrip("+-").isdecimal() and len(value) < 19:
        return int(value)
    return reading.warn("wrong-shape", f"expected a whole number, found {found(value)}", place)


def _as_it_is(value: Value, place: Place, reading: Reading) -> Value:
    """The author's own data; what in it is given by language is what it is in this one."""
    if len(reading.languages) == 1 or not isinstance(value, Map | Seq):
        return value
    if is_translated(value, reading):
        return _as_it_is(in_language(value, place, reading).value, place, reading)
    if isinstance(value, Seq):
        listed = Seq(value.place)
        listed.items_at = value.items_at
        pairs = zip(value, value.items_at, strict=True)
        listed += [_as_it_is(item, at, reading) for item, at in pairs]
        return listed
    table = Map(value.place)
    table.keys_at, table.values_at = value.keys_at, value.values_at
    for key, item in value.items():
        table[key] = _as_it_is(item, value.at(key), reading)
    return table


LEAVES: dict[Any, Reader] = {
    str: _text, Rich: _rich, Prose: _prose, dates.When: _date, bool: _flag, int: _whole_number,
    Any: _as_it_is,
}  # fmt: skip
"""The reader of each annotation that holds no others."""


# ---- addresses --------------------------------------------------------------------------------


def address_reader(value: Value, place: Place, reading: Reading) -> Any:
    """A key that holds one address or the name of a file; what is neither is told."""
    if isinstance(value, str):
        return linkable(value, place, reading)
    message = f"expected an address or the name of a file, found {found(value)}"
    return reading.warn("wrong-shape", message, place)


def linkable(url: str, place: Place, reading: Reading) -> str:
    """An address as a layout may print it; empty, and told, when it is dangerous.

    A path becomes a `source:` reference, which is looked up beside the file that names it.
    """
    safe = safe_url(url)
    if safe is None:
        reading.warn(
            "unsafe-link", f"{url[:60]!r} is no address that can be published", place,
            "use an address that begins with https://, mailto:, / or the name of a file of yours",
        )  # fmt: skip
        return ""
    return source_reference(safe, reading.folder)
