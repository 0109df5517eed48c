"""MathML Core out of the tree that latex2mathml makes, and the writing of it.

Operators are marked as such, limits stand below their signs, names of functions have their spaces,
letters of other alphabets are characters. The library's own writer lets `<` and `style=` through,
so that the tree is written here, with the attributes that are known to be harmless.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_UNSTRETCHED = "()[]{}|‖∣∥⟨⟩⌊⌋⌈⌉↑↓"
_IDENTIFIERS = "∞∅⊤"
_INTEGRALS = "∫∬∭∮"
_LARGE = "∑∏∐⋃⋂⋁⋀⨁⨂⨆⨄"
_LIMITED = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_LIMIT_WORDS = frozenset({"lim", "sup", "inf", "max", "min"})
_WIDE_ACCENTS = "―^~¯→"
_NARROW_ACCENTS = "˙¨ˇ´`˘˚"
_CHARACTERS = {"~": "∼", "⧵": "∖", "⟂": "⊥"}
_SPACES = {
    "thinmathspace": "0.167em", "thickmathspace": "0.278em", "negativethinmathspace": "-0.167em",
    "negativemediummathspace": "-0.222em", "negativethickmathspace": "-0.278em",
}  # fmt: skip
_ALPHABETS = {
    "bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC", "script": "SCRIPT",
    "fraktur": "FRAKTUR", "double-struck": "DOUBLE-STRUCK", "sans-serif": "SANS-SERIF",
    "sans-serif-italic": "SANS-SERIF ITALIC", "monospace": "MONOSPACE",
}  # fmt: skip
_KEPT = frozenset(
    {
        "accent", "accentunder", "class", "columnalign", "columnlines", "columnspacing", "depth",
        "displaystyle", "fence", "form", "height", "largeop", "linethickness", "lspace",
        "mathbackground", "mathcolor", "mathsize", "mathvariant", "maxsize", "minsize",
        "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel",
        "separator", "stretchy", "voffset", "width",
    }
)  # fmt: skip
"""The attributes that are written: none that could lead anywhere or style anything else."""


def mend(node: Element) -> None:
    """Make an element of the library's tree, and all below it, what browsers set as it was meant."""
    if node.tag == "mi" and re.fullmatch(r"&#x000[46][0-9A-F];|&#x000[57][0-9A];", node.text or ""):
        node.set("mathvariant", "normal")  # the library's way to write \mathrm{d}
    node.attrib.pop("class", None)
    _mend_leaf(node)
    for child in node:
        mend(child)
    _mend_limits(node)
    _mend_accent(node)
    _mend_table(node)
    _mend_padding(node)
    _space_names(node)


def _mend_leaf(node: Element) -> None:
    text = node.text = unescape(node.text or "")
    if node.tag in ("mi", "mo") and len(text) == 1:
        node.tag = _tag_of(text, node.tag)
        node.text = text = _CHARACTERS.get(text, text)
        if node.tag == "mo" and text in _UNSTRETCHED and "minsize" not in node.attrib:
            node.attrib.setdefault("stretchy", "false")
    elif node.tag == "mo" and text.isalpha() and text not in {"mod", *_LIMIT_WORDS}:
        node.tag = "mo" if node.get("movablelimits") else "mi"
    variant = node.attrib.pop("mathvariant", "")
    if variant == "normal" and len(text) == 1 and node.tag == "mi":
        node.set("mathvariant", "normal")
    elif variant in _ALPHABETS:
        node.text = "".join(_letter(c, _ALPHABETS[variant]) for c in text)
    if node.tag == "mspace" and node.get("width") in _SPACES:
        node.set("width", _SPACES[node.get("width", "")])


def _tag_of(char: str, tag: str) -> str:
    if char in _IDENTIFIERS:
        return "mi"
    signs = unicodedata.category(char) in ("Sm", "Ps", "Pe") or char in "′:;…‖\u2061"
    return "mo" if signs else tag


@lru_cache(maxsize=1024)
def _letter(char: str, alphabet: str) -> str:
    """A letter or digit in one of the mathematical alphabets, or itself where it has none."""
    try:
        name = unicodedata.name(char)
        words = re.sub(r"^(?:LATIN|GREEK) (CAPITAL|SMALL) LETTER ", r"\1 ", name)
    except ValueError:
        return char
    for candidate in (f"MATHEMATICAL {alphabet} {words}", f"{alphabet} {words}",
                      f"BLACK-LETTER {words}" if alphabet == "FRAKTUR" else ""):  # fmt: skip
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return char


def _mend_limits(node: Element) -> None:
    """Limits go below and above where the display has room, and are scripts in a line of text."""
    base = node[0] if len(node) else None
    if base is None or base.tag != "mo":
        return
    text = base.text or ""
    named = text in _LIMIT_WORDS or base.get("movablelimits") == "true"
    if node.tag in _LIMITED and (named or text in _LARGE):
        node.tag = _LIMITED[node.tag]
        if named:
            base.set("movablelimits", "true")
    elif node.tag in _LIMITED.values() and (text in _LARGE or text in _INTEGRALS):
        base.set("movablelimits", "false")


def _mend_accent(node: Element) -> None:
    if node.tag not in ("mover", "munder") or len(node) != 2 or node[1].tag != "mo":
        return
    over, mark = node.tag == "mover", node[1]
    sign = "~" if mark.text == "∼" else mark.text or ""
    if sign not in [*_WIDE_ACCENTS, *_NARROW_ACCENTS]:
        return
    hat = node.get("accent") == "true"  # which the library says of \hat alone, not of \widehat
    mark.text = {"―": "‾" if over else "_"}.get(sign, sign)
    mark.attrib.pop("accent", None)
    mark.attrib.setdefault("stretchy", "true" if sign in _WIDE_ACCENTS and not hat else "false")
    node.set("accent" if over else "accentunder", "true")


def _mend_table(node: Element) -> None:
    if node.tag == "mtd" and node.get("columnalign") in ("left", "right"):
        node.set("class", f"align-{node.get('columnalign')}")
    if node.tag == "mtable" and node.get("columnspacing", "").startswith("0em"):
        node.set("class", "aligned")
    if node.find("mtable") is not None:
        for fence in node.findall("mo[@stretchy='false']"):
            del fence.attrib["stretchy"]


def _mend_padding(node: Element) -> None:
    """Above and below an arrow: padding relative to the content is not in MathML Core."""
    from xml.etree.ElementTree import Element

    if node.tag == "mpadded" and node.get("width", "").startswith("+"):
        node.tag = "mrow"
        node.attrib.clear()
        node[-1].attrib = {"width": "0.4em"}
        node.insert(0, Element("mspace", width="0.4em"))


def _space_names(row: Element) -> None:
    """Thin spaces around the name of a function, where TeX has them."""
    from xml.etree.ElementTree import Element

    if row.tag not in ("mrow", "mtd", "mstyle", "msqrt", "math"):
        return
    children = list(row)
    for place, child in enumerate(children):
        core = _core(child)
        if not _is_name(core):
            continue
        if core.tag == "mo":
            core.attrib.update(lspace="0", rspace="0")
        after = children[place + 1] if place + 1 < len(children) else None
        before = children[place - 1] if place else None
        index = list(row).index(child)
        if after is not None and not _opens(after):
            row.insert(index + 1, Element("mspace", width="0.167em"))
        if before is not None and not _is_name(_core(before)) and not _is_sign(before):
            row.insert(index, Element("mspace", width="0.167em"))


def _core(node: Element) -> Element:
    while node.tag in (*_LIMITED, *_LIMITED.values()) and len(node):
        node = node[0]
    return node


def _is_name(node: Element) -> bool:
    text = (node.text or "").replace("\u2009", "").replace("\u2006", "")
    return node.tag in ("mi", "mo") and len(text) > 1 and text.isalpha() and text != "mod"


def _is_sign(node: Element) -> bool:
    core = _core(node)
    return core.tag == "mspace" or (core.tag == "mo" and (core.text or "") not in tuple(")]}!"))


def _opens(node: Element) -> bool:
    first = node[0] if node.tag == "mrow" and len(node) else node
    core = _core(first)
    return core.tag in ("mo", "mspace") and not _is_name(core)


def written(node: Element) -> str:
    """The element as markup, its text escaped, rows of one child and of upright letters joined."""
    if node.tag == "mrow" and len(node) == 1:
        return written(node[0])
    if len(node) > 1 and node.tag == "mrow" and all(n.get("mathvariant") == "normal" for n in node):
        return f"<mi>{escape(''.join(n.text or '' for n in node), quote=False)}</mi>"
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in node.items() if name in _KEPT
    )
    inside = escape(node.text or "", quote=False) + "".join(map(written, node))
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"
