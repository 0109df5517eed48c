"""YAML as people mean it: every scalar is text, and every value knows where it was typed.

YAML's own typing turns `2024.10` into 2024.1, `no` into false, `2401.01230` into a number that
has lost its zero and `12:30` into 750. Here nothing is resolved but null; the model gives each
field its type. Duplicate keys, which YAML libraries drop in silence, are refused.

Source for the syntax: YAML 1.1 as libyaml reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

import yaml

from builder.problems import Place, Problems
from builder.text.patterns import late

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
DEEPEST = 100
"""Levels of nesting that are read; no honest file comes near."""
MOST_REPEATED = 1_000_000
"""Characters that aliases may repeat in one file: ten lines of them can come to a billion."""


_CUT = re.compile(r"([ \t]+)(#\w[^\n]{0,40})")
"""A comment that was hardly meant for one: a place, a colour, a tag behind a text."""


class Map(dict[str, "Value"]):
    """A mapping that knows where it and each of its keys and values begin."""

    __slots__ = ("keys_at", "place", "values_at")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.keys_at: dict[str, Place] = {}
        self.values_at: dict[str, Place] = {}

    def at(self, key: str) -> Place:
        """Where the value of `key` was typed; the mapping's own place when there is none."""
        return self.values_at.get(key, self.place)


class Seq(list["Value"]):
    """A list that knows where it and each of its items begin."""

    __slots__ = ("items_at", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.items_at: list[Place] = []


Value = Map | Seq | str | None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes, every one of its kind's own type, which takes no looking up."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:
        return _TYPES[kind]

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


_TYPES = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


def read_yaml(text: str, path: str, problems: Problems, first_line: int = 1) -> Value:
    """Read one YAML document; `first_line` is the line of `path` that `text` begins on.

    What cannot be read is an error in `problems`, and the result is then None. The line breaks
    that only YAML 1.1 knows are blanks, as in YAML 1.2: no editor counts them as lines.
    """
    text = _ODD_BREAKS.sub(" ", text)
    try:
        node = yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        _tell_syntax(error, text, path, problems, first_line)
        return None
    except RecursionError:
        problems.error(
            "yaml-syntax", "this YAML is nested too deeply to read", Place(path, first_line)
        )
        return None
    return None if node is None else _Reader(text, path, problems, first_line).value(node)


class _Reader:
    """Turns one document's nodes into values. An alias gives the value its anchor gave."""

    def __init__(self, text: str, path: str, problems: Problems, first_line: int) -> None:
        self.text, self.path, self.problems, self.first_line = text, path, problems, first_line
        self.seen: dict[int, Value] = {}
        self.open: set[int] = set()
        self.sizes: dict[int, int] = {}
        self.repeated = 0

    def place(self, mark: Any) -> Place:
        return Place(self.path, mark.line + self.first_line, mark.column + 1)

    def value(self, node: Any) -> Value:
        if node.tag[0] == "!":
            self.problems.warning(
                "yaml-tag", f"{node.tag!r} is taken for a tag of YAML, and is not used",
                self.place(node.start_mark), "put quotes around a text that begins with !",
            )  # fmt: skip
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if id(node) in self.open or len(self.open) > DEEPEST:
            found = (
                "an alias stands inside its own anchor"
                if id(node) in self.open
                else "nested too deeply"
            )
            self.problems.error("yaml-syntax", found, self.place(node.start_mark))
            return None
        if id(node) in self.seen:
            return self.again(node)
        self.open.add(id(node))
        read = self.mapping if isinstance(node, yaml.MappingNode) else self.sequence
        self.seen[id(node)] = read(node)
        self.sizes[id(node)] = 1 + sum(map(self.size, _parts(node)))
        self.open.remove(id(node))
        return self.seen[id(node)]

    def again(self, node: Any) -> Value:
        """The value of an alias, unless aliases of aliases have made too much of a little."""
        before, self.repeated = self.repeated, self.repeated + self.size(node)
        if self.repeated <= MOST_REPEATED:
            return self.seen[id(node)]
        if before <= MOST_REPEATED:
            self.problems.error(
                "yaml-syntax", f"aliases repeat more than {MOST_REPEATED:,} characters",
                self.place(node.start_mark), "write out what is meant in the place of the aliases",
            )  # fmt: skip
        return None

    def size(self, node: Any) -> int:
        """Characters of a node that has been read, its aliases written out."""
        return self.sizes.get(id(node)) or 1 + len(node.value)

    def scalar(self, node: Any) -> str | None:
        text: str = node.value
        if not node.style:  # plain; None from the Python loader, '' from libyaml
            if cut := _CUT.match(self.text, node.end_mark.index):
                self.tell_cut(node.end_mark, cut)
            if text in NULLS:
                return None
            if node.start_mark.line != node.end_mark.line:
                return self.with_sub_bullets(node)
        return text

    def tell_cut(self, end: Any, cut: re.Match[str]) -> None:
        """Tell of `#1 in the world`, which YAML cuts off a text as a comment."""
        place = self.place(end)
        self.problems.warning(
            "yaml-comment", f"{cut[2]!r} is a comment to YAML, and is not used",
            place._replace(column=place.column + len(cut[1])),
            "put quotes around a value that holds a blank and #; a comment has a blank behind its #",
        )  # fmt: skip

    def with_sub_bullets(self, node: Any) -> str:
        """Text whose continuation lines begin with `- ` keeps them as lines of their own.

        YAML folds them into one line; RenderCV's authors write sub-bullets this way.
        """
        raw = self.text[node.start_mark.index : node.end_mark.index]
        lines = [line.strip() for line in raw.splitlines()]
        if len(raw) < len(node.value) or not any(line.startswith("- ") for line in lines[1:]):
            return str(node.value)
        folded = lines[0]
        for line in lines[1:]:
            folded += ("\n" if line.startswith("- ") or not line else " ") + line
        return folded.strip()

    def sequence(self, node: Any) -> Seq:
        items = Seq(self.place(node.start_mark))
        for child in node.value:
            items.append(self.value(child))
            items.items_at.append(self.place(child.start_mark))
        return items

    def mapping(self, node: Any) -> Map:
        entries = Map(self.place(node.start_mark))
        merged: list[Map] = []
        for key_node, value_node in node.value:
            value = self.value(value_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.error(
                    "yaml-key", "a key must be text, but this one is a list or mapping",
                    self.place(key_node.start_mark), "put it in quotes",
                )  # fmt: skip
            elif key_node.value == "<<" and not key_node.style:
                merged += [
                    m for m in (value if isinstance(value, Seq) else [value]) if isinstance(m, Map)
                ]
            else:
                self.enter(entries, key_node, value, value_node)
        for source in merged:
            for key in source:
                if key not in entries:
                    entries[key] = source[key]
                    entries.keys_at[key], entries.values_at[key] = (
                        source.keys_at[key],
                        source.at(key),
                    )
        return entries

    def enter(self, entries: Map, key_node: Any, value: Value, value_node: Any) -> None:
        key, place = key_node.value, self.place(key_node.start_mark)
        if key in entries:
            self.problems.error(
                "yaml-duplicate-key",
                f"the key {key!r} is given twice; the first is on line {entries.keys_at[key].line}",
                place, "keep one of the two, or make a list of both values",
            )  # fmt: skip
            return
        entries[key] = value
        entries.keys_at[key] = place
        blank = value_node.start_mark.index == value_node.end_mark.index
        entries.values_at[key] = place if blank else self.place(value_node.start_mark)


def _parts(node: Any) -> Iterable[Any]:
    return chain(*node.value) if isinstance(node, yaml.MappingNode) else node.value


# ---- what libyaml says, in the author's words -------------------------------------------------

_MENDS = (
    ("mapping values are not allowed", "a value that holds a colon and a space needs quotes around it"),
    ("tab character", "indent with spaces, not tabs"),
    ("cannot start any token", "indent with spaces, not tabs, and put quotes around a value that "
     "begins with a tab, %, @ or a backtick"),
    ("could not find expected ':'", "a key needs a colon and a space after it; a text over several "
     "lines must be indented under its key"),
    ("did not find expected key", "keys of one level must stand in one column, and a value that goes "
     "on after a closing quote needs quotes around all of it"),
    ("did not find expected '-' indicator", "items of one list must stand in one column"),
    ("did not find expected ',' or", "a list in [ ] or mapping in { } needs commas and its closing bracket"),
    ("alphabetic or numeric character", "a value that begins with * or & needs quotes around it"),
    ("expected comment or line break", "a value that begins with | or > needs quotes around it"),
    ("undefined alias", "a value that begins with * needs quotes around it"),
    ("unexpected end of stream", "a quote is opened here and never closed"),
    ("another document", "`---` inside the file begins a second document; remove it"),
    ("unknown escape character", "in double quotes a backslash begins an escape; use single quotes"),
)  # fmt: skip
_BRACKETED = late(r"\s*(?:- +)*(?:[^\s:][^:]*: +)?([\[{]).*[\]}]\s*$")
"""A line up to where a list or mapping in brackets has ended."""
_BARE_KEY = late(r"(\s*)[\w.-]+\s*")


_INDENTED = "this line is indented further than the keys it belongs to: put them in one column"
_NO_BLANK = "the line above is no key with its value: a colon needs a blank after it"


def _tell_syntax(
    error: yaml.YAMLError, text: str, path: str, problems: Problems, first_line: int
) -> None:
    found = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if "unexpected end of stream" in found:
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        _tell_odd_character(text, path, problems, first_line)
        return
    place = Place(path, mark.line + first_line, mark.column + 1)
    before = [*text.split("\n"), ""][mark.line][: mark.column]
    problems.error("yaml-syntax", f"this is not YAML: {found}", place, _mend(found, before))


def _mend(found: str, before: str) -> str:
    """The mend for what libyaml found behind `before`, the beginning of a line."""
    bracketed = _BRACKETED().fullmatch(before)
    if bracketed and "did not find expected" in found:
        return f"a text that begins with {bracketed[1]} needs quotes around all of it"
    key = _BARE_KEY().fullmatch(before)
    if key and "mapping values are not allowed" in found:
        return _INDENTED if key[1] else _NO_BLANK
    if before.count('"') % 2 and before.rstrip().endswith('"'):
        return "a quote that is opened on a line above is closed here: close it where its text ends"
    return next((mend for words, mend in _MENDS if words in found), "")


_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
_ODD = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _tell_odd_character(text: str, path: str, problems: Problems, first_line: int) -> None:
    found = _ODD.search(text)
    at = found.start() if found else 0
    what = f"the character U+{ord(text[at]):04X}" if found else "a character"
    line, column = text.count("\n", 0, at) + first_line, at - text.rfind("\n", 0, at)
    problems.error(
        "yaml-syntax",
        f"this is not YAML: {what} may not stand in it",
        Place(path, line, column),
        "delete it",
    )
