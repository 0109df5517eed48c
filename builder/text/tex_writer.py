r"""Writes the inline tree and names as TeX for a field of a .bib file: what `tex.py` reads back.

Characters stay Unicode, as biber, Zotero and today's BibTeX setups take them; only what TeX would
take for markup is escaped. Braces are never escaped as `\{`, because BibTeX counts those too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from builder.text.patterns import late
from builder.text.person import PersonName
from builder.text.rich import Break, Code, Link, Mark, Math, Node, Rich, Text

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "`": r"\textasciigrave{}", "\u00a0": "~", "\u202f": r"\,",
}  # fmt: skip
_TABLE = str.maketrans(_ESCAPES)
_LIGATURE = re.compile(r"-(?=-)|'(?=')")
_COMMANDS = {
    "em": "emph", "strong": "textbf", "sub": "textsubscript", "sup": "textsuperscript",
    "small-caps": "textsc", "strike": "sout",
}  # fmt: skip


def escaped(text: str) -> str:
    """Plain text so that TeX prints its characters."""
    return _LIGATURE.sub(r"\g<0>{}", text.translate(_TABLE))


def to_tex(rich: Rich) -> str:
    """The tree as the value of a field."""
    return "".join(map(_written, rich.nodes))


def _written(node: Node) -> str:
    match node:
        case Text(text):
            return escaped(text)
        case Code(text):
            return rf"\texttt{{{escaped(text)}}}"
        case Math(tex):
            return f"${tex}$"
        case Break():
            return " "
        case Link(href, children):
            inner = "".join(map(_written, children))
            return rf"\href{{{href}}}{{{inner}}}" if "://" in href else inner
        case Mark(name, children):
            inner = "".join(map(_written, children))
            return f"“{inner}”" if name == "quote" else rf"\{_COMMANDS[name]}{{{inner}}}"


# ---- titles ---------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_](?:[\w'’&.+/-]*[\w+])?")


def title_to_tex(title: Rich) -> str:
    """A title with braces around the capitals that a style must not make small.

    Those within a word (`DNA`, `vLLM`) and formulas always; in a title that is not in Title Case
    every capital but the first, for there they are names.
    Source: "BibTeXing", section 4, on `change.case$`.
    """
    in_title_case = _in_title_case(_WORD.findall(title.text)[1:])
    out, begun = [], False
    for node in title.nodes:
        if isinstance(node, Text):
            out.append(_protected(node.text, in_title_case, begun))
        else:
            written = _written(node)
            out.append(f"{{{written}}}" if isinstance(node, Math) else written)
        begun = begun or bool(_WORD.search(Rich((node,)).text))
    return "".join(out)


_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "if",
        "in",
        "into",
        "is",
        "its",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
        "per",
        "so",
        "than",
        "that",
        "the",
        "their",
        "to",
        "under",
        "upon",
        "using",
        "via",
        "vs",
        "when",
        "where",
        "with",
        "within",
        "without",
    ]
)
"""The words that English Title Case leaves small."""


def _in_title_case(words: list[str]) -> bool:
    """Whether every word that could bear a capital does, so that capitals mean nothing.

    A small word that is not English shows a language, such as German, where they mean something.
    """
    small = {word for word in words if word[0].islower()}
    return small <= _SMALL and any(word[0].isupper() for word in words)


def _protected(text: str, in_title_case: bool, begun: bool) -> str:
    out, at = [], 0
    for found in _WORD.finditer(text):
        word = found[0]
        capital = word[0].isupper() and begun
        name = capital and (word not in ("A", "I") if len(word) == 1 else not in_title_case)
        braced = name or any(letter.isupper() for letter in word[1:])
        out += [
            escaped(text[at : found.start()]),
            f"{{{escaped(word)}}}" if braced else escaped(word),
        ]
        at, begun = found.end(), True
    return "".join([*out, escaped(text[at:])])


# ---- names ----------------------------------------------------------------------------------

_SUFFIX = late(r"(?:[JS]n?r|Esq|I{2,3}|IV|VI{1,3})\.?", re.IGNORECASE)
_DIVIDES = re.compile(r",|(?:^|\s)and(?:\s|$)", re.IGNORECASE)


def names_to_tex(people: Iterable[PersonName], others: bool = False) -> str:
    """A list of names for `author`; every name reads back in the same parts."""
    written = [_name(name) for name in people]
    return " and ".join([*written, "others"] if others else written)


def _name(name: PersonName) -> str:
    if name.literal or not name.given:
        return f"{{{escaped(name.literal or name.display)}}}"
    family, given, suffix = name.family, name.given, name.suffix
    words = family.split()
    whole = len(words) > 1 and (
        any(word[0].islower() for word in words) or bool(_SUFFIX().fullmatch(words[-1]))
    )
    shown = _part(family, whole=whole)
    last = f"{_part(name.particle)} {shown}" if name.particle else shown
    return ", ".join(filter(None, (last, _part(suffix), _part(given))))


def _part(text: str, whole: bool = False) -> str:
    return f"{{{escaped(text)}}}" if whole or _DIVIDES.search(text) else escaped(text)
