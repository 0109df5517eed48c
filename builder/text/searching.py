"""Texts as words to be searched by their beginnings.

The script that searches (static/js/papers.js) divides and folds what a visitor types in the same
way, so that accents, case and signs never stand between a paper and whoever looks for it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Kana and Chinese characters: text in them has no blanks, so that each is a word of its own."""

_RUN = re.compile(r"[^\W_]+")
_ASCII = frozenset(map(chr, range(128)))
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss",
     "ς": "σ"}
)  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@lru_cache(maxsize=1024)
def search_words(text: str) -> frozenset[str]:
    """The words of a text as they are compared: `Noether's` is noethers, `Müller` muller and mueller.

    A paper stands in the index of its list and in that of the site in each language.
    """
    small = text.lower().replace("'", "")
    if small.isascii():
        return frozenset(_RUN.findall(small))
    small = unicodedata.normalize("NFC", small)
    for sign in set(small) - _ASCII:
        if sign in "’ʼ" or unicodedata.category(sign).startswith("M"):
            small = small.replace(sign, "")
    runs = set(_RUN.findall(small))
    found = frozenset(filter(str.isascii, runs))
    return found.union(*map(_folded, runs - found))


@lru_cache(maxsize=8192)
def _folded(run: str) -> tuple[str, ...]:
    return (*_words(run), *_words(run.translate(_GERMAN)))


def _words(text: str) -> list[str]:
    split = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(c for c in split if not unicodedata.category(c).startswith("M"))
    small = bare.lower()
    return (_RUN if small.isascii() else _word()).findall(small)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{ALONE}]|(?:(?![{ALONE}])[^\W_])+")
