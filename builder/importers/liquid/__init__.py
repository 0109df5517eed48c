"""Liquid in a page, translated by parsing: loops over records stay alive, the rest becomes text.

python-liquid parses and evaluates. Values that stand still at the source (settings, data files, a
page's own front matter) are printed as they are; a loop over a collection becomes Jinja, which
Folio runs anew at every build. What can be neither is marked in the page and told.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from liquid import Environment, Mode
from liquid.exceptions import LiquidError

from builder.importers.liquid.filters import FILTERS
from builder.importers.liquid.loops import LiveForTag
from builder.importers.liquid.room import Room
from builder.importers.liquid.tags import register_tags


class LiquidEnvironment(Environment):
    """The tags and filters of one page."""

    room: Room


def translate(text: str, room: Room, variables: dict[str, Any]) -> str:
    """The text with its Liquid translated, private delimiters standing for Jinja.

    What cannot be parsed is taken out tag by tag, each marked and told; never raises.
    """
    if "{{" not in text and "{%" not in text:
        return text
    text = _closed(text, room)
    environment = LiquidEnvironment(tolerance=Mode.STRICT, strict_filters=False)
    environment.room = room
    for name, function in FILTERS.items():
        environment.add_filter(name, function)
    environment.add_tag(LiveForTag)
    register_tags(environment, text)
    for _ in range(60):
        try:
            return environment.from_string(text).render(**variables)
        except RecursionError:
            break
        except LiquidError as error:
            mended = _without_fault(text, error, room)
            if mended is None:
                break
            text = mended
        except Exception as error:  # a filter met a value that it cannot take
            room.tell("approximated", f"a Liquid expression failed: {type(error).__name__}")
            break
    room.tell("left", "Liquid that cannot be parsed; its tags are left out, its words kept")
    return _TAGS.sub("", text)


_UNCLOSED = re.compile(
    r"(?P<raw>\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})"
    r"|\{\{(?!(?:(?!\{[{%]).)*?\}\})|\{%(?!(?:(?!\{%).)*?%\})", re.DOTALL,
)  # fmt: skip


def _closed(text: str, room: Room) -> str:
    """The text without openings that nothing closes, which Jekyll refuses to build."""

    def drop(found: re.Match[str]) -> str:
        if found["raw"]:
            return found[0]
        room.tell(
            "left", f"{found[0]} opens what nothing closes; it is left out", _At(found.start())
        )
        return ""

    return _UNCLOSED.sub(drop, text)


_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def _without_fault(text: str, error: LiquidError, room: Room) -> str | None:
    """The text without the tag that an error points at; lines stay."""
    source = getattr(error.token, "source", None)
    index = getattr(error.token, "start_index", -1)
    tags = list(_TAGS.finditer(text))
    if source is not None and source not in (text, "") and source not in text:
        return None
    near = [t for t in tags if t.start() <= index < t.end()] or [
        t for t in tags if t.start() >= index
    ]
    near = near or tags[-1:]
    if index < 0:
        near = tags[-1:]
    if not near:
        return None
    found = near[0]
    room.tell("left", f"Liquid that cannot be read: {found[0][:60]}", _At(found.start()))
    return text[: found.start()] + "\n" * found[0].count("\n") + text[found.end() :]


class _At(NamedTuple):
    start_index: int
