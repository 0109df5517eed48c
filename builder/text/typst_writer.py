"""Writes the inline tree as plain data that typst reads as JSON: no source, so nothing to escape.

A line is a list. A string in it means its characters; whatever is more is a table with `t`, its
kind, and `c`, its children. `layouts/cv/kit.typ` sets them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from builder.text.rich import Break, Code, Link, Mark, Math, Node, Rich, Text

Line = list[Any]
"""Strings and tables, in order."""

Outside = Callable[[str], str]
"""An address as it is written for the outside; empty where it leads nowhere from there."""


def line_of(rich: Rich, outside: Outside = str) -> Line:
    """The tree as a line; a link without an address outside is its words alone."""
    line = list(_nodes(rich.nodes, outside))
    return [{"t": "lang", "lang": rich.lang, "c": line}] if rich.lang and line else line


def linked(line: Line, url: str) -> Line:
    """A line that leads somewhere, if there is somewhere to lead."""
    return [{"t": "link", "url": url, "c": line}] if url and line else line


def marked(name: str, line: Line) -> Line:
    """A line that is set apart: `em`, `strong` and the like."""
    return [{"t": name, "c": line}] if line else []


def joined(lines: Iterable[Line], between: str = ", ") -> Line:
    """Those of the lines that say something, as one."""
    out: Line = []
    for line in filter(None, lines):
        out += [between, *line] if out else line
    return out


def plain(line: Line) -> str:
    """The characters of a line; of a formula its TeX."""
    return "".join(n if isinstance(n, str) else n.get("tex") or plain(n.get("c", [])) for n in line)


def addresses(line: Line) -> frozenset[str]:
    """Where the links in a line lead."""
    tables = [n for n in line if not isinstance(n, str)]
    below = (addresses(n.get("c", [])) for n in tables)
    return frozenset(n["url"] for n in tables if "url" in n).union(*below)


def _nodes(nodes: Iterable[Node], outside: Outside) -> Iterable[Any]:
    for node in nodes:
        match node:
            case Text(text):
                yield text
            case Code(text):
                yield {"t": "code", "c": [text]}
            case Math(tex):
                yield {"t": "tex", "tex": tex}
            case Break():
                yield {"t": "break"}
            case Mark("quote", children):
                yield from ["“", *_nodes(children, outside), "”"]
            case Mark(name, children):
                yield {"t": name, "c": list(_nodes(children, outside))}
            case Link(href, children):
                yield from linked(list(_nodes(children, outside)), outside(href))


# ---- formulas -------------------------------------------------------------------------------


def with_formulas(data: Any) -> Any:
    """The same data with every formula read: left until it is typeset, for reading one takes time."""
    if isinstance(data, dict):
        if data.get("t") == "tex":
            return _formula(data["tex"])
        return {key: with_formulas(value) for key, value in data.items()}
    return [with_formulas(item) for item in data] if isinstance(data, list) else data


_SPACED = frozenset("=≈<>≤≥≠∼±→")


def _formula(tex: str) -> Any:
    """A formula as the tree of its MathML; numbers with signs are text, and so of the text's face."""
    from xml.etree.ElementTree import fromstring

    from builder.text.maths import to_mathml

    root = fromstring(to_mathml(tex))
    if root.tag == "code":
        return {"t": "code", "c": [tex]}
    leaves = [(e.tag, e.text or "") for e in root]
    if all(tag == "mn" or (tag == "mo" and len(text) == 1) for tag, text in leaves):
        return _as_text([text for _, text in leaves])
    words = "".join(root.itertext()).translate(_UNSEEN)
    return {"t": "math", "alt": words, "c": [_element(e) for e in root]}


def _as_text(parts: list[str]) -> str:
    ends = (0, len(parts) - 1)
    spaced = (f" {p} " if p in _SPACED and n not in ends else p for n, p in enumerate(parts))
    return "".join(spaced).replace(" ", "\u00a0")


def _element(node: Any) -> dict[str, Any]:
    """One element of MathML: its name, its text, what of its attributes bears on the setting."""
    kept = {k: v for k, v in node.items() if k in _ATTRIBUTES}
    text = (node.text or "").translate(_UNSEEN)
    if node.tag in ("mover", "munder") and node[1].tag == "mspace":
        return _element(node[0])  # room that an arrow grows to in a browser
    if node.tag == "mtext":
        return {"m": "mtext", "s": "".join(node.itertext()), "c": []}
    if node.tag == "mi" and _LETTERS.fullmatch(text):
        return {"m": "mrow", "s": "", "c": [{"m": "mi", "s": letter, "c": []} for letter in text]}
    if node.tag == "mspace" and node.get("class"):
        kept["width"] = "-0.1667em"
    return {"m": node.tag, "s": text, "c": [_element(e) for e in node], **kept}


_UNSEEN = str.maketrans("", "", "\ufe00\ufe01\u2063")
"""The hand of a script, and a fence of nothing."""
_LETTERS = re.compile("[\u2100-\u214f\U0001d400-\U0001d7ff]{2,}")
"""Letters of other alphabets in a row: no name of a function, which letters as of a word are."""
_ATTRIBUTES = frozenset(
    {"accent", "linethickness", "mathvariant", "movablelimits", "stretchy", "width"}
)
