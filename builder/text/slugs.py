"""Short plain words for addresses and anchors, made from titles and keys.

An address must never change unless its author changes it, so that nothing here depends on the
order in which records are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from unicodedata import normalize

_PLAIN = re.compile(r'(?:[A-Za-z0-9 _:;/().!?+$"-]|(?<![0-9]),|,(?![0-9]))*')
_JOIN = re.compile(r"[^a-z0-9]+")
_SILENT = re.compile("[\u0300-\u0345\U0001f300-\U0001f64f]")
"""Accents and emoji, which say nothing in ASCII."""
_LATIN = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "–": "-", "—": "-",
})  # fmt: skip
"""Latin letters that no accent makes, and dashes, in ASCII."""


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Lower-case ASCII words joined by `-`, in the Latin alphabet whatever the script.

    Never empty: text without a letter or digit (an emoji, `+`) gives a digest of itself.
    """
    latin = text if text.isascii() else _SILENT.sub("", normalize("NFD", text.translate(_LATIN)))
    if _PLAIN.fullmatch(latin):
        made = _JOIN.sub("-", latin.lower()).strip("-")
    else:
        from slugify import slugify

        made = slugify(text)
    return made or _digest(text, 8)


def unique(slug: str, taken: set[str]) -> str:
    """The slug, or with the first number that is free on this page; adds the result to `taken`.

    For headings, which have nothing but their order to tell them apart.
    """
    free, number = slug, 0
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    taken.add(free)
    return free


def distinct_slugs(keys: Iterable[str]) -> dict[str, str]:
    """A slug for each key, no two alike: all that collide take `-` and a digest of their key.

    All of them, and never a number, so that adding a record leaves the addresses of the others
    that have collided before, and the order of a file means nothing.
    """
    slugs = {key: slug(key) for key in keys}
    length = 6
    while len(set(slugs.values())) < len(slugs):
        counts = Counter(slugs.values())
        slugs = {
            key: f"{slug(key)}-{_digest(key, length)}" if counts[made] > 1 else made
            for key, made in slugs.items()
        }
        length += 6
    return slugs


def _digest(text: str, length: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()[:length]
