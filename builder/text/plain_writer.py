"""Writes the inline tree as Markdown and as plain text, for files that leave the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from unicodedata import east_asian_width

from builder.text.maths_writer import line_of_formula
from builder.text.rich import Break, Code, Link, Mark, Math, Node, Rich, Text

Outside = Callable[[str], str]
"""An address as it is written for the outside; empty where it leads nowhere from there."""

_SIGNS = {"em": "*", "strong": "**", "strike": "~~"}
_MEANING = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|^[#>+-](?=\s|$)")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
"""What Markdown would take for more than characters."""


def markdown_of(rich: Rich, outside: Outside = str, maths: bool = True) -> str:
    """The tree in Markdown; a link without an address outside is its words alone.

    Formulas are TeX between dollars; without `maths`, for readers that know none, characters.
    """
    return "".join(_markdown(rich.nodes, outside, maths)) if rich.nodes else ""


def text_of(rich: Rich) -> str:
    """Its words; the address of a link stands behind them where they do not say it."""
    return " ".join("".join(_text(rich.nodes)).split()) if rich.nodes else ""


def width(text: str) -> int:
    """How wide a text is, in letters: those of East Asia take the room of two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _literal(text: str) -> str:
    if _MEANING.search(text):
        text = _MEANING.sub(r"\\\g<0>", text)
    return _NUMBER.sub(r"\1\\\2", text) if text[:1].isdigit() else text


def _markdown(nodes: Iterable[Node], outside: Outside, maths: bool) -> Iterable[str]:
    for node in nodes:
        match node:
            case Text(text):
                yield _literal(text)
            case Code(text):
                yield f"`{text}`"
            case Math(tex):
                yield f"${tex}$" if maths else _literal(line_of_formula(tex))
            case Break():
                yield " "
            case Mark(name, children):
                inner = "".join(_markdown(children, outside, maths))
                sign = _SIGNS.get(name, "")
                yield f"“{inner}”" if name == "quote" else f"{sign}{inner}{sign}" if inner else ""
            case Link(href, children):
                inner, url = "".join(_markdown(children, outside, maths)), outside(href)
                yield f"[{inner}]({url})" if url else inner


def _text(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        match node:
            case Link(href, children):
                inner = "".join(_text(children))
                yield inner if "://" not in href or inner in href else f"{inner} ({href})"
            case Mark("quote", children):
                yield f"“{''.join(_text(children))}”"
            case Mark(_, children):
                yield from _text(children)
            case Math(tex):
                yield line_of_formula(tex)
            case Break():
                yield " "
            case Text(text) | Code(text):
                yield text
