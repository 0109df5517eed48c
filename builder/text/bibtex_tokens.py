"""What a .bib file is cut into: its text, which knows its lines, and offsets into that.

Values are spans and not texts, so that an entry can be given to others as its author typed it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

import msgspec

from builder.problems import Place, Problems


class Source(msgspec.Struct, frozen=True):
    """The text of one file, which knows its lines."""

    text: str
    path: str
    starts: list[int]
    """The offset at which each line begins."""
    problems: Problems

    def line(self, at: int) -> int:
        """The line of an offset, counted from 1."""
        return bisect_right(self.starts, at)

    def warn(self, kind: str, at: int, message: str, hint: str) -> None:
        """Tell a problem at an offset; `kind` goes without its `bibtex-`."""
        line = self.line(at)
        place = Place(self.path, line, at - self.starts[line - 1] + 1)
        self.problems.warning(f"bibtex-{kind}", message, place, hint)


class Part(msgspec.Struct, frozen=True):
    """A piece of a value: the offsets of what its delimiters hold."""

    start: int
    end: int
    bare: bool = False
    """A word without delimiters: a number, a macro's name."""


class Field(msgspec.Struct, frozen=True):
    """`name = part # part`, the name in lowercase and its offset."""

    name: str
    at: int
    parts: tuple[Part, ...]


class Block(msgspec.Struct, frozen=True):
    """An entry or an `@string`, which has no key. `start` and `end` are offsets."""

    type: str
    key: str
    fields: list[Field]
    start: int
    end: int
    clean: bool
    """Whether nothing was told of it."""


def source_of(text: str, path: str, problems: Problems) -> Source:
    """The text without a byte order mark, its lines ending at `\\n`, `\\r\\n` or a lone `\\r`."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source(text, path, [0, *(m.end() for m in re.finditer("\n", text))], problems)


def quote(text: str) -> str:
    """Up to 40 characters of what was found, on one line."""
    text = " ".join(text[:200].split())
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"
