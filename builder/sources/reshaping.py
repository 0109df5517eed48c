"""Values of one shape made into another, each part knowing where its author typed it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from builder.problems import Place
from builder.text.yaml import Map, Seq, Value


def put(target: Map, key: str, value: Value, key_at: Place, value_at: Place | None = None) -> None:
    """Enter a value under a key, unless there is nothing to enter or the key is there already."""
    empty = value is None or (isinstance(value, str) and not value.strip())
    if not empty and key not in target:
        target[key] = value
        target.keys_at[key], target.values_at[key] = key_at, value_at or key_at


def mapping(place: Place, pairs: Iterable[tuple[str, Value]]) -> Map:
    """A mapping whose parts all stand at one place."""
    made = Map(place)
    for key, value in pairs:
        put(made, key, value, place)
    return made


def listing(place: Place, items: Iterable[tuple[Value, Place]]) -> Seq:
    """A list of values with their places."""
    made = Seq(place)
    for value, at in items:
        made.append(value)
        made.items_at.append(at)
    return made


def located(value: Value, place: Place) -> list[tuple[Value, Place]]:
    """The items of a list, or the one value, with their places."""
    return (
        list(zip(value, value.items_at, strict=True))
        if isinstance(value, Seq)
        else [(value, place)]
    )


def texts(value: Value) -> list[str]:
    """The texts of a list, or the one text."""
    items = value if isinstance(value, Seq) else [value]
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def each_text(value: Value, change: Callable[[str], str]) -> Value:
    """The value with every text in it changed; places stay."""
    if isinstance(value, Map):
        for key in value:
            value[key] = each_text(value[key], change)
    elif isinstance(value, Seq):
        value[:] = [each_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


_LINK = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>(.*?)</a>""", re.I | re.S)
_MARKS = ((re.compile(r"</?strong>", re.I), "**"), (re.compile(r"</?em>", re.I), "*"))
_POINT = re.compile(r"\s*<li[^>]*>\s*(.*?)\s*</li>\s*", re.I | re.S)
_DROPPED = re.compile(r"</?(?:u|ul|ol|p|span|div)(?:\s[^>]*)?>|(?<=\n)\s+", re.I)


def without_html(text: str) -> str:
    """The HTML that people put into texts of a CV as Markdown; list items as lines of their own."""
    if "<" not in text:
        return text
    text = _LINK.sub(r"[\2](\1)", text)
    for tag, sign in _MARKS:
        text = tag.sub(sign, text)
    return _DROPPED.sub("", _POINT.sub(r"\n- \1", text)).strip()
