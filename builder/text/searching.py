"""Texts as words to be searched by their beginnings.

The script that searches (static/js/papers.js) divides and folds what a visitor types in the same
way, so that accents, case and signs never stand between a paper and whoever looks for it.
"""

from __future__ import annotations

import re
import unicodedata

ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Kana and Chinese characters: text in them has no blanks, so that each is a word of its own."""

_WORD = re.compile(rf"[{ALONE}]|(?:(?![{ALONE}])[^\W_])+")
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss",
     "ς": "σ", "'": None, "’": None, "ʼ": None}
)  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


def search_words(text: str) -> set[str]:
    """The words of a text as they are compared: `Noethers` and `Müller` as noethers, muller, mueller."""
    small = text.lower()
    if small.isascii():
        return set(_WORD.findall(small.replace("'", "")))
    composed = unicodedata.normalize("NFC", small)
    return {*_words(composed), *_words(composed.translate(_GERMAN))}


def _words(text: str) -> list[str]:
    split = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(c for c in split if not unicodedata.category(c).startswith("M"))
    return _WORD.findall(bare.lower())
