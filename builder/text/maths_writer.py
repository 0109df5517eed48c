"""Formulas as a line of characters, for files that know no mathematics: `x² + 10x = 39`.

The tree of the MathML is walked, so that whatever can be shown can be said. Digits are raised and
lowered where Unicode has them; all else that is, is written as in TeX, with `^`, `_` and brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_RAISED = str.maketrans("0123456789+−-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+−-()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_COMBINING = {
    "ˆ": "\u0302", "\u0302": "\u0302", "˜": "\u0303", "~": "\u0303", "˙": "\u0307", "¨": "\u0308",
    "ˇ": "\u030c", "´": "\u0301", "`": "\u0300", "˘": "\u0306", "˚": "\u030a", "→": "\u20d7",
    "\u0332": "\u0305", "¯": "\u0305",
}  # fmt: skip
_ALPHABETS = re.compile("[\U0001d400-\U0001d7ff]")
"""Letters of mathematics that few fonts have; others of theirs, such as ℝ, are in most."""
_UNSEEN = re.compile("[\u2061-\u2063\ufe00\ufe01]")
"""Signs that are not seen: a fence of nothing, the hand of a script."""
_SCRIPTED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})
_RUN_ON = re.compile(r"[_^]\w+\|\w|\w\|[∑∏∫]|[∑∏∫]\S*\|\w")
"""Neighbours that would be taken for one: what is raised or lowered, and a letter."""
_BETWEEN = frozenset("=≈<>≤≥≠∼≃≅≡±∓×→↦⟶⇒⇔∈∉⊂⊆⊃⊇∪∩⊗⊕∘+−∝≪≫∧∨:∣⋊")
"""Signs that stand between two things, with room on both sides."""


@lru_cache(maxsize=1024)
def line_of_formula(tex: str) -> str:
    """The formula in characters; its TeX when it cannot be read."""
    from xml.etree.ElementTree import fromstring

    from builder.text.maths import to_mathml

    root = fromstring(to_mathml(tex))
    if root.tag == "code":
        return " ".join(tex.split())
    said = _ALPHABETS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), _row(root))
    return " ".join(said.split())


def _row(nodes: Iterable[Any]) -> str:
    """Neighbours in a line; a sign that has nothing before it stands close to what follows."""
    parts: list[str] = []
    row = list(nodes)
    for node in row:
        sign = (node.text or "").strip() if node.tag == "mo" else ""
        before = parts[-1] if parts else "("
        if sign in _BETWEEN and before[-1:] not in "( ," and node is not row[-1]:
            parts.append(f" {sign} ")
        elif sign in (",", ";"):
            parts.append(f"{sign} ")
        elif (name := _name(node)) is not None:
            left, right = (
                " " if name.get(side, "0") != "0" else "" for side in ("lspace", "rspace")
            )
            parts.append(f"{left}{_said(node)}{right}")
        else:
            said = _said(node)
            parts.append(f" {said}" if _RUN_ON.search(f"{before}|{said}") else said)
    return "".join(parts)


def _name(node: Any) -> Any:
    """The element that holds the name of a function, as `log` in log₂; None if there is no name."""
    while node.tag in _SCRIPTED:
        node = node[0]
    return node if node.tag == "mo" and len(node.text or "") > 1 else None


def _said(node: Any) -> str:
    match node.tag, list(node):
        case "mspace", _:
            return " " if node.get("width") else ""
        case "mphantom", _:
            return ""
        case "mfrac", [above, below]:
            return f"{_close(above)}/{_close(below)}"
        case "msqrt", below:
            return f"√{_bracketed(_row(below))}"
        case "mroot", [base, degree]:
            return f"{_row([degree]).translate(_RAISED)}√{_close(base)}"
        case "msub", [base, low]:
            return _said(base) + _script("_", low)
        case "msup", [base, high]:
            return _said(base) + _script("^", high)
        case (("msubsup" | "munderover"), [base, low, high]):
            return _said(base) + _script("_", low) + _script("^", high)
        case "mover", [base, mark]:
            sign = _COMBINING.get(mark.text or "")
            return _said(base) + (sign if sign else _script("^", mark))
        case "munder", [base, mark] if mark.text == "\u0332":
            return _said(base) + "\u0332"
        case "munder", [base, mark]:
            return _said(base) + _script("_", mark)
        case "mtable", rows:
            return "; ".join(", ".join(filter(None, map(_row, row))) for row in rows)
        case _, []:
            return _UNSEEN.sub("", node.text or "")
        case _, below:
            return _row(below)


def _script(sign: str, node: Any) -> str:
    said = _said(node).replace(" ", "")
    if said[:1] in ("", "′", "″", "‴"):
        return said[:1] + said[1:].translate(_RAISED)
    table = _RAISED if sign == "^" else _LOWERED
    if said and all(ord(letter) in table for letter in said):
        return said.translate(table)
    return f"{sign}{_bracketed(said)}"


def _close(node: Any) -> str:
    return _bracketed(_said(node))


def _bracketed(said: str) -> str:
    """A part in brackets, if it is more than a letter, a word or a number."""
    return said if re.fullmatch(r"[\w.′]*", said) else f"({said})"
