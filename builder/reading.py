"""What readers know beside the value: the language being built, and where problems are told.

A text may be given in several languages, as `{en: Ideals, de: Ideale}`; so may a list, or any
other value. What lacks the language being built stands there in another, says so, and is told,
unless its author has said that it is meant.
"""

from __future__ import annotations

import fnmatch
import posixpath
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from builder.problems import Place, Problems
from builder.text.words import Words, words_of
from builder.text.yaml import Map, Value

UNUSABLE: Any = object()
"""What a reader returns when it has told a problem and has no value: the default stands."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader needs beside the value."""

    problems: Problems
    language: str = "en"
    """The language that texts given in several are read in."""
    languages: tuple[str, ...] = ("en",)
    """The languages of the site: only these make a mapping a translated text."""
    untranslated: tuple[str, ...] = ()
    """Patterns of the files, within `content/`, that are meant to stay in their language."""
    standing_in: str = ""
    """The language of the texts at hand, where it is another one."""
    own_words: Words | None = None
    """The interface words, where site.yaml changes some."""
    folder: str = ""
    """The folder of the file within `content/`, which relative links start from."""

    @property
    def words(self) -> Words:
        """The interface words of the language."""
        return self.own_words or words_of(self.language)

    @property
    def prefix(self) -> str:
        """What the addresses of the language begin with: empty for the first, else as `/zh-hans`."""
        return "" if self.language == self.languages[0] else f"/{self.language.lower()}"

    def warn(self, kind: str, message: str, place: Place, hint: str = "") -> Any:
        """Tell a warning and give the value that stands for "none to be had"."""
        self.problems.warning(kind, message, place, hint)
        return UNUSABLE


class Chosen(NamedTuple):
    """A value in one language."""

    value: Value
    language: str
    """The language of a value that stands in for one that is lacking; else empty."""


def in_language(value: Value, place: Place, reading: Reading) -> Chosen:
    """The value for the language being built, of a mapping of language to value.

    A mapping is one only when all its keys are languages of the site. A language that it lacks
    falls back to the first it has, which is told; one without a value is known to be lacking.
    """
    if not is_translated(value, reading):
        return Chosen(value, reading.standing_in)
    assert isinstance(value, Map)
    if value.get(reading.language) is not None:
        return Chosen(value[reading.language], "")
    has = next((language for language in reading.languages if value.get(language) is not None), "")
    if has and reading.language not in value and not is_meant(place.path, reading):
        message = f"no text for {reading.language}; the {has} text stands in"
        hint = f"add {reading.language}: to it, with nothing behind it if none is meant"
        reading.warn("untranslated", message, place, hint)
    return Chosen(value.get(has), has)


def is_translated(value: Value, reading: Reading) -> bool:
    """Whether a value is given by language."""
    return isinstance(value, Map) and bool(value) and set(value) <= set(reading.languages)


def tell_bare(value: Value, place: Place, reading: Reading) -> Reading:
    """A text that ought to be given by language and is not: told; how it is to be read.

    In the first language, in a file of the language itself and in a page that is another's as a
    whole, nothing is lacking.
    """
    first = reading.languages[0]
    own = language_in(place.path, reading.languages) or first
    if own == reading.language or is_translated(value, reading) or value is None:
        return reading
    if not is_meant(place.path, reading):
        shown = f"{value[:30]!r}" if isinstance(value, str) else "this"
        reading.warn(
            "untranslated", f"{shown} has no {reading.language} text, and the {own} one stands in", place,
            f"write {{{own}: …, {reading.language}: …}}, or list the file under untranslated: in site.yaml",
        )  # fmt: skip
    return msgspec.structs.replace(reading, standing_in=own)


def is_meant(path: str, reading: Reading) -> bool:
    """Whether a file, relative to the site's folder, is meant to stay in its own language.

    A name without an ending is the file, the list and the folder of that name: `talks`.
    """
    inside = path.removeprefix("content/")
    names = (inside, posixpath.splitext(inside)[0])
    return any(
        p in names or inside.startswith(f"{p.rstrip('/')}/") or (_has_signs(p) and _fits(names, p))
        for p in reading.untranslated
    )


def _has_signs(pattern: str) -> bool:
    return any(sign in pattern for sign in "*?[")


def _fits(names: tuple[str, ...], pattern: str) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for name in names)


@lru_cache(maxsize=4096)
def language_in(path: str, languages: tuple[str, ...]) -> str:
    """The language of the site that a file's name says, as in `cv.de.md`; empty for none."""
    code = posixpath.splitext(posixpath.splitext(path)[0])[1].removeprefix(".").lower()
    return next((language for language in languages if language.lower() == code), "")
