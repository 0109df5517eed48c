r"""Divides one name into the four parts that BibTeX knows: first, von, last, jr.

The rules are BibTeX's own, as told in "Tame the BeaST" (section 11): commas outside of braces say
which of three forms a name has, and the words in small letters are the `von` part. A word's case
is that of its first letter outside of braces, or in an accent such as `{\'e}`; a word all in braces
has none and counts as capitalised. What BibTeX would refuse is read as near to it as can be.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Words = tuple[str, ...]


class NameParts(NamedTuple):
    """The words of each part, with whatever markup they were typed in."""

    first: Words = ()
    von: Words = ()
    last: Words = ()
    jr: Words = ()


_TOKEN = re.compile(r"\\[^\s~]|[{},]|[\s~]+|[^\\{},\s~]+|\\", re.DOTALL)
_LETTERS = frozenset({"aa", "AA", "ae", "AE", "i", "j", "l", "L", "o", "O", "oe", "OE", "ss"})
"""The commands that stand for a letter; the case of their name is the letter's."""


def name_parts(name: str) -> NameParts:
    """The parts of one name: `First von Last`, `von Last, First` or `von Last, Jr, First`.

    A fourth comma is one too many, and what follows it counts to the first names. A missing brace
    is thought to stand at the name's end, one too many at the beginning of its word.
    """
    sections = _sections(name)
    if len(sections) == 1:
        return _without_comma(sections[0])
    von, last = _von_last(sections[0])
    jr = sections[1] if len(sections) > 2 else ()
    return NameParts(first=sections[-1], von=von, last=last, jr=jr)


def _sections(name: str) -> list[Words]:
    """The words between the commas, three sections at most, none empty at the end."""
    sections: list[list[str]] = [[]]
    word, depth = "", 0
    for token in _TOKEN.findall(name):
        divides = depth == 0 and (token == "," or token[0].isspace() or token[0] == "~")
        if not divides:
            word = "{" + word if token == "}" and depth == 0 else word
            depth = max(0, depth + (token == "{") - (token == "}"))
            word += token
            continue
        sections[-1] += [word] if word else []
        word = ""
        if token == "," and len(sections) < 3:
            sections.append([])
    sections[-1] += [word + "}" * depth] if word else []
    while len(sections) > 1 and not sections[-1]:
        sections.pop()
    return [tuple(words) for words in sections]


def _without_comma(words: Words) -> NameParts:
    small = [n for n, word in enumerate(words[:-1]) if _is_small(word)]
    if not small:
        return NameParts(first=words[:-1], last=words[-1:])
    cut, end = small[0], small[-1] + 1
    return NameParts(first=words[:cut], von=words[cut:end], last=words[end:])


def _von_last(words: Words) -> tuple[Words, Words]:
    small = [n for n, word in enumerate(words[:-1]) if _is_small(word)]
    end = small[-1] + 1 if small else 0
    return words[:end], words[end:]


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter; one that shows none does not."""
    depth, accent = 0, False
    tokens: list[str] = re.findall(r"\\[A-Za-z]+|\\.|[{}]|.", word, re.DOTALL)
    for before, token in zip(("", *tokens), tokens, strict=False):
        if token in ("{", "}"):
            depth = max(0, depth + (1 if token == "{" else -1))
            accent = accent and depth > 0
        elif depth and token[0] == "\\":
            accent = accent or (before == "{" and depth == 1)
            if accent and token[1:] in _LETTERS:
                return token[1:].islower()
        elif depth == 0 or accent:
            letter: str = token.lstrip("\\")[:1]
            if letter.isalpha():
                return not letter.isupper()
    return False
