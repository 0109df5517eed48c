"""A person's name in its parts, and when two names mean one person.

Everything that a site says about authors (who the owner is, who is linked, how a list is cut) hangs
on names being compared alike, however they were typed. The parts are named with CSL's words.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import lru_cache
from typing import Literal
from unicodedata import normalize

import msgspec

Match = Literal["full", "initials"]

PARTICLES = frozenset(
    {"af", "al", "am", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "des", "di",
     "do", "dos", "du", "el", "ibn", "la", "le", "te", "ten", "ter", "van", "vom", "von", "y",
     "zu", "zum", "zur"}
)  # fmt: skip
"""The words that stand before a family name and do not count in it, folded."""


def is_cjk(text: str) -> bool:
    """Whether a text is in Chinese characters, kana and hangul alone."""
    return text[:1] > "~" and max(text) >= "\u3005" and all(map(_is_cjk_sign, text))


def _is_cjk_sign(sign: str) -> bool:
    return bisect(_CJK, sign) % 2 == 1 or sign == "·" or sign.isspace()


_CJK = (
    "\u3005\u3008\u3040\u3100\u3400\u4dc0\u4e00\ua000\uac00\ud7b0\uf900\ufb00\U00020000\U00040000"
)
"""Where each run of such characters begins, and what stands behind it."""


class PersonName(msgspec.Struct, frozen=True, kw_only=True):
    """A name in its parts, composed (NFC) and free of markup; equal when all parts are."""

    given: str = ""
    """Given names or initials, in order."""
    family: str = ""
    particle: str = ""
    """The `von` part, which does not count in sorting."""
    suffix: str = ""
    """`Jr.`, `III`."""
    literal: str = ""
    """A team, or a name of one word; then the other parts are empty."""

    @property
    def cjk(self) -> bool:
        """Whether it is written in Chinese characters, kana or hangul: family first, no space."""
        return is_cjk(self.family + self.given + self.literal)

    @property
    def display(self) -> str:
        """As it is printed: `Ludwig van Beethoven`, `John Smith, Jr.`, `李明`."""
        if self.literal:
            return self.literal
        if self.cjk:
            return self.family + self.given
        words = " ".join(part for part in (self.given, self.particle, self.family) if part)
        if not self.suffix:
            return words
        return f"{words} {self.suffix}" if self.suffix.isupper() else f"{words}, {self.suffix}"

    @property
    def sort(self) -> str:
        """What to sort by: `family given`, without accents or case."""
        return fold(self.literal or f"{self.family} {self.given}")

    @property
    def initials(self) -> str:
        """The given names cut short: `D. E.`, `J.-P.`; names in CJK scripts are never cut."""
        if self.cjk:
            return self.given
        cut = "".join(f"{joint or ' '}{_initial(word)}" for joint, word in _given_words(self))
        return cut.strip(" -")

    @property
    def short(self) -> str:
        """As reference lists print it: `L. van Beethoven`."""
        if self.literal or self.cjk:
            return self.display
        return " ".join(part for part in (self.initials, self.particle, self.family) if part)


def fold(text: str) -> str:
    """The text for comparing: without accents, case, or runs of spaces; scripts stay as they are."""
    if not text.isascii():
        text = re.sub("[\u0300-\u036f]", "", normalize("NFKD", text.casefold()))
        text = normalize("NFC", text).translate(_PLAIN_LETTERS)
    return " ".join(text.casefold().split())


_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n",
     "’": "'", "ʼ": "'", "‐": "-", "‑": "-"}
)  # fmt: skip
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


# ---- one person or two ----------------------------------------------------------------------

_GIVEN_WORD = re.compile(r"([-‐‑]?)([^\W\d_][^\s.‐‑-]*)")


def _initial(word: str) -> str:
    """`J.` of `Jean`; a particle among the given names (`Pierre de`) stands."""
    return word if word in PARTICLES else f"{word[0].upper()}."


def _given_words(name: PersonName) -> list[tuple[str, str]]:
    """The given names one by one, each with the hyphen before it; `JR` alone is two initials."""
    given = name.given
    if given.isupper() and given.isalpha() and 1 < len(given) < 4 and not name.family.isupper():
        return [("", letter) for letter in given]
    return _GIVEN_WORD.findall(given)


def same_person(name: PersonName, other: PersonName) -> Match | None:
    """Whether two names can mean one person: by full given names, by initials only, or not.

    Accents, case, hyphens and particles do not count, nor whether ö is written oe; one of the two
    may have more given names. Initials that are typed alike are as good as names. Names in CJK
    scripts may stand in either order.
    """
    if name == other:
        return "full" if name.display else None
    if name.suffix and other.suffix and fold(name.suffix)[:2] != fold(other.suffix)[:2]:
        return None
    if name.literal or other.literal or (name.cjk and other.cjk):
        return "full" if _wholes(name) & _wholes(other) else None
    best: Match | None = None
    for german in (False, True):
        if _families(name, german) & _families(other, german):
            match = _same_given(_folded_given(name, german), _folded_given(other, german))
            best = match if best is None or match == "full" else best
    return best


@lru_cache(maxsize=8192)
def shelves(name: PersonName) -> frozenset[str]:
    """The shelves that a directory of names keeps this one on: names of one person share one.

    Family names with the first initial, and the name as a whole.
    """
    initial = next((word[:1] for word in _folded_given(name, False)), "")
    families = _families(name, False) | _families(name, True)
    return frozenset({f"{family} {initial}" for family in families} | _wholes(name))


def _squashed(text: str, german: bool = False) -> str:
    text = text.casefold()
    return re.sub(r"[\W_]", "", fold(text.translate(_GERMAN) if german else text))


def _wholes(name: PersonName) -> set[str]:
    orders = (name.literal, name.given + name.particle + name.family, name.family + name.given)
    return {_squashed(order) for order in orders} - {""}


@lru_cache(maxsize=8192)
def _families(name: PersonName, german: bool) -> frozenset[str]:
    words = name.family.split()
    while len(words) > 1 and words[0].lower() in PARTICLES:
        del words[0]
    forms = ("".join(words), name.family, name.particle + name.family)
    return frozenset(_squashed(form, german) for form in forms) - {""}


def _folded_given(name: PersonName, german: bool) -> list[str]:
    return [_squashed(word, german) for _, word in _given_words(name)]


def _same_given(mine: list[str], theirs: list[str]) -> Match | None:
    if not mine or not theirs or "".join(mine) == "".join(theirs):
        return "full" if mine == theirs or (mine and theirs) else None
    for i in range(1, len(mine) + 1):
        for j in range(1, len(theirs) + 1):
            alike = "".join(mine[:i]) == "".join(theirs[:j])
            spelt_out = max(map(len, mine[:i])) > 1 and max(map(len, theirs[:j])) > 1
            if alike and spelt_out and _compatible(mine[i:], theirs[j:]):
                return "full"
    return "initials" if _compatible(mine, theirs) else None


def _compatible(mine: list[str], theirs: list[str]) -> bool:
    """Whether the words agree as far as both go, an initial standing for its name."""
    return all(
        a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])
        for a, b in zip(mine, theirs, strict=False)
    )
