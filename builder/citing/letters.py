"""Capitals in English titles: as in headlines for the styles that want it, as in sentences for others.

BibTeX's contract holds: a style may lower what stands in no braces. A title is lowered only where
it is written as a headline throughout; in any other its author has meant every capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial

from builder.citing.proper import PROPER
from builder.text.patterns import late
from builder.text.rich import Link, Mark, Node, Rich, Text

Titled = tuple[Node, ...]
Change = Callable[[str, bool], str]
"""What becomes of a word; the flag says whether the title begins with it, or begins again."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SMALL = _set(
    "a an and as at but by de down for from in into la le nor of off on onto or over per so than "
    "the to up upon van via von vs with yet"
)
"""Words that a headline keeps small: articles, short prepositions and conjunctions."""
PREPOSITIONS = _set(
    "about above across after against along among around before behind below beneath beside "
    "besides between beyond despite during except inside like near outside since through "
    "throughout toward towards under unlike until versus within without"
)
"""Long prepositions, which some styles keep small too."""
_OFTEN_SMALL = (
    SMALL | PREPOSITIONS | _set("that their these this using when where whether which while")
)
"""Words that authors keep small, so that a title with them may still be a headline."""

_WORD = late(r"[^\W_](?:[\w'’]|-(?=\w))*")
_OPENS = late(r"[:?!.;—]\s*[\"“‘(]?$")
"""Behind these a title begins again."""
_MAY_OPEN = late(r"\s–\s+[\"“‘(]?$")
"""Behind this too, where its author has a capital there."""


def headline(title: Titled, small: Collection[str] = SMALL) -> Titled:
    """The title with capitals on all words but the small ones: `On the Theory of Rings`."""
    return _mapped(title, partial(_raised, small=small))


def sentence(title: Titled, kept: Collection[str]) -> Titled:
    """A headline as a sentence, but for names and the words in `kept`; any other title as it is."""
    return _mapped(title, partial(_lowered, kept=kept)) if _is_headline(title) else title


def _raised(word: str, opens: bool, small: Collection[str]) -> str:
    if "-" in word:
        first, *rest = word.split("-")
        upper = (_raised(part, False, small) for part in rest)
        letter = len(first) == 1 and first not in "ae"
        return "-".join([first if letter else _raised(first, opens, small), *upper])
    stands = not word.islower() or word[0].isdigit() or (word in small and not opens)
    return word if stands else word[0].upper() + word[1:]


def _lowered(word: str, opens: bool, kept: Collection[str]) -> str:
    if word in kept or re.sub(r"['’]s?$", "", word) in PROPER:
        return word
    if "-" in word:
        first, *rest = word.split("-")
        lower = (_lowered(part, False, kept) for part in rest)
        return "-".join([_lowered(first, opens, kept), *lower])
    capital = word[:1].isupper() and (word[1:].islower() or word == "A")
    return word.lower() if capital and not opens else word


def _is_headline(title: Titled) -> bool:
    words = [w for node in title for w in _WORD().findall(_words_of(node)) if w[0].isalpha()]
    principal = [w for w in words if w.lower() not in _OFTEN_SMALL and len(w) > 2]
    return len(principal) > 1 and all(w[0].isupper() for w in principal)


def _words_of(node: Node) -> str:
    match node:
        case Text(words):
            return words
        case Mark(_, children) | Link(_, children):
            return "".join(map(_words_of, children))
    return ""


def _mapped(title: Titled, change: Change, before: str = ":") -> Titled:
    """The title with every word changed; formulas, code and foreign words in italics stand."""
    made: list[Node] = []
    for node in title:
        match node:
            case Text(words):
                made.append(Text(_changed(words, change, before)))
            case Mark("strong" | "quote" | "small-caps" as name, children):
                made.append(Mark(name, _mapped(children, change, before)))
            case Link(href, children):
                made.append(Link(href, _mapped(children, change, before)))
            case _:
                made.append(node)
        before = (before + Rich((node,)).text)[-4:]
    return tuple(made)


def _changed(words: str, change: Change, before: str) -> str:
    def opens(found: re.Match[str]) -> bool:
        said = before + words[: found.start()]
        again = found[0][0].isupper() and _MAY_OPEN().search(said)
        return bool(again or _OPENS().search(said))

    return _WORD().sub(lambda found: change(found[0], opens(found)), words)
