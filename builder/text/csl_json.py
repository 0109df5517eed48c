"""Reads a CSL-JSON file into items that know their lines, and writes one."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from builder.problems import Place, Problems
from builder.text.csl import OTHER_TYPES, TYPES, Item
from builder.text.patterns import late

_KNOWN_TYPES = TYPES | set(OTHER_TYPES)
_BLANK = late(r"[ \t\n\r]*")
_KEY = late(r'"([A-Za-z_-]+)"\s*:')
_TYPE = late(r'"type"\s*:\s*"([\w-]+)"')


def may_hold_items(file: Path) -> bool:
    """Whether a .json file is worth reading as CSL-JSON: most are an author's own data."""
    try:
        data = file.read_bytes()
    except OSError:
        return False
    opens = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")
    return opens and b'"type"' in data and (b'"title"' in data or b'"id"' in data)


def parse(text: str, path: str, problems: Problems) -> list[Item] | None:
    """The records of a CSL-JSON document, in its order; None when the document is something else.

    That is a list of mappings with CSL's `type`, and `id` or `title`; one such mapping, as doi.org
    gives it; or a mapping whose `items` is the list, as Zotero's API gives it. Broken JSON that looks like it is an error, told with line and column.
    """
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    try:
        found = _unwrapped(text, list(_values(text)))
    except JSONDecodeError as error:
        if not any(kind in _KNOWN_TYPES for kind in _TYPE().findall(text)):
            return None
        tell_syntax(error, text, path, problems)
        return []
    except RecursionError:
        return None
    if not _are_items([value for value, _, _ in found], text):
        return None
    return [
        Item(fields=value, line=bisect_right(starts, start), lines=_lines(text, start, end, starts))
        for value, start, end in found
        if _told_item(value, Place(path, bisect_right(starts, start)), problems)
    ]


_Found = tuple[Any, int, int]
"""A value, with where it begins and ends."""


def _unwrapped(text: str, found: list[_Found]) -> list[_Found]:
    """The records in `items` of the only value, if it has such a list; else what was found."""
    only = found[0][0] if len(found) == 1 else None
    if not (isinstance(only, dict) and isinstance(only.get("items"), list)):
        return found
    for key in re.finditer(r'"items"\s*:\s*(?=\[)', text):
        items = list(_values(text, key.end()))
        if [value for value, _, _ in items] == only["items"]:
            return items
    return found


def _values(text: str, start: int = 0) -> Iterator[_Found]:
    """Each value of the list at `start`, or the only value."""
    decoder = json.JSONDecoder(object_pairs_hook=_Repeated.mapping)
    at = _after_blank(text, start)
    is_list = text[at : at + 1] == "["
    at = _after_blank(text, at + is_list)
    while not (is_list and text[at : at + 1] == "]"):
        value, end = decoder.raw_decode(text, at)
        yield value, at, end
        at = _after_blank(text, end)
        if not is_list:
            break
        if text[at : at + 1] == ",":
            at = _after_blank(text, at + 1)
            if text[at : at + 1] == "]":
                raise JSONDecodeError("Expecting value", text, at)
        elif text[at : at + 1] != "]":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
    at = _after_blank(text, at + is_list)
    if at < len(text) and not start:
        raise JSONDecodeError("Extra data", text, at)


def _after_blank(text: str, at: int) -> int:
    found = _BLANK().match(text, at)
    return found.end() if found else at


class _Repeated(dict[str, Any]):
    """A mapping that knows which of its keys were given twice; the first of each holds."""

    twice: tuple[str, ...] = ()

    @staticmethod
    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """What json makes of an object: a plain mapping unless a key repeats."""
        plain = dict(reversed(pairs))
        if len(plain) == len(pairs):
            return dict(pairs)
        repeated = _Repeated(reversed(plain.items()))
        keys = [key for key, _ in pairs]
        repeated.twice = tuple(key for key in repeated if keys.count(key) > 1)
        return repeated


def _are_items(values: list[Any], text: str) -> bool:
    """Whether any value is a record; one alone must show more than a type and a title."""
    alone = not text.lstrip().startswith("[")
    for value in values:
        if isinstance(value, dict) and isinstance(value.get("type"), str):
            known, more = value["type"] in _KNOWN_TYPES, not _TELLING.isdisjoint(value)
            named = "title" in value or "id" in value
            if named and (known and more if alone else known or more):
                return True
    return False


_TELLING = frozenset({"DOI", "author", "issued", "container-title"})
"""Variables that no other data is likely to have beside a type."""


def _told_item(value: Any, place: Place, problems: Problems) -> bool:
    """Whether a value of the list is a record; what is amiss with it as JSON is told."""
    if not isinstance(value, dict) or not ("title" in value or "id" in value):
        problems.warning(
            "csl-no-item", "expected a record with a type and a title, found something else", place,
            "delete it, or give it a title",
        )  # fmt: skip
        return False
    for key in getattr(value, "twice", ()):
        message = f"{key!r} is given twice in one record"
        problems.warning("json-duplicate-key", message, place, "the first holds; delete one")
    return True


def _lines(text: str, start: int, end: int, starts: list[int]) -> dict[str, int]:
    lines: dict[str, int] = {}
    for key in _KEY().finditer(text, start, end):
        lines.setdefault(key[1], bisect_right(starts, key.start()))
    return lines


def tell_syntax(error: JSONDecodeError, text: str, path: str, problems: Problems) -> None:
    """Tell why a JSON document cannot be read, in an author's words, with line and column."""
    at, (wrong, mend) = _last_comma(error, text), _LAST_COMMA
    found = text[at + 1 :].lstrip()[:1] if at >= 0 else text[error.pos : error.pos + 1]
    if at < 0:
        at = error.pos
        said = (words for start, words in _WRONG.items() if error.msg.startswith(start))
        wrong, mend = next(said, (error.msg, ""))
    what = "the end of the file" if not found else "a line end" if found == "\n" else f"{found!r}"
    problems.error(
        "json-syntax", f"this JSON cannot be read: {wrong}, found {what}",
        Place(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)),
        mend if found else "the file is cut off; export it again",
    )  # fmt: skip


def _last_comma(error: JSONDecodeError, text: str) -> int:
    """Where a comma stands before the end of a list or record; -1 when that is not what is wrong.

    Python 3.13 points at the comma, and those before at the bracket.
    """
    if "trailing comma" in error.msg:
        return error.pos
    before = text[: error.pos].rstrip()
    at_end = text[error.pos : error.pos + 1] in ("}", "]") and before.endswith(",")
    return len(before) - 1 if at_end else -1


_LAST_COMMA = ("expected more behind this comma", "delete the comma")


_WRONG = {
    "Expecting ','": ("expected a comma or the end", "put a comma between the two"),
    "Expecting ':'": ("expected a colon", "put a colon between key and value"),
    "Expecting property": ("expected a key in double quotes", 'write "key": value'),
    "Expecting value": ("expected a value", "texts stand in double quotes"),
    "Invalid control": (
        "expected a text without line ends",
        r"write \n for a line break within a text",
    ),
    "Unterminated": ("this text is never closed", "close it with a double quote"),
    "Invalid \\": ("expected a known escape", r"write \\ for a backslash"),
    "Extra data": ("expected nothing behind the list", "put all records into one list"),
}
"""What Python's json says, and what an author needs to hear."""


def dumps(items: Iterable[Mapping[str, Any]]) -> str:
    """A CSL-JSON document, a record on each line, keys in the order given."""
    return listed(map(line, items))


def line(item: Mapping[str, Any]) -> str:
    """A record on a line."""
    return json.dumps(item, ensure_ascii=False)


def listed(lines: Iterable[str]) -> str:
    """A CSL-JSON document of records that are written already."""
    return "[\n" + ",\n".join(lines) + "\n]\n"
