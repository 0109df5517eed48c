r"""Formulas without scripts: TeX to the MathML that browsers set themselves.

latex2mathml reads the TeX; its tree is then mended for MathML Core, which is what Chromium,
Firefox and Safari draw: operators marked as such, limits below their signs, names of functions
with their spaces, letters of other alphabets as characters. The tree is written out here and not
by the library, whose own writer lets `<` and `style=` through. The commonest formulas (`1.4\times`,
`O(n^2)`) are read here as well, so that a page with nothing else never loads it.

The MathML stands alone, without `alttext` or a TeX annotation: screen readers explore the MathML
itself, and `alttext` would have some of them read the TeX aloud in its stead.

Classes for a stylesheet: `aligned` on a table without space between its columns, `align-left` and
`align-right` on cells, and `math` on the `<code>` around TeX that could not be set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def to_mathml(tex: str, display: bool = False) -> str:
    """A `<math>` element for a formula, or `<code class="math">` with the TeX if it has none.

    `tex` comes without its dollars; `display` sets it on a line of its own. Never raises:
    `problem_of` says what was wrong.
    """
    return _converted(tex.strip(), display)[0]


def problem_of(tex: str) -> str:
    """Why a formula is shown as its TeX, as the end of a sentence; empty when it is set."""
    return _converted(tex.strip(), False)[1]


@lru_cache(maxsize=4096)
def _converted(tex: str, display: bool) -> tuple[str, str]:
    body, problem = _simple(tex), ""
    if "\ue000" in tex:
        problem = "a value is put into it from outside"
    elif body is None and tex:
        body, problem = _through_library(tex, display)
    if problem or not body:
        return f'<code class="math">{escape(tex, quote=False)}</code>', problem
    opening = '<math display="block">' if display else "<math>"
    return f"{opening}{body}</math>", ""


# ---- the commonest formulas -----------------------------------------------------------------

_ATOM = re.compile(
    r"\s*(?:(?P<mn>\d+(?:\.\d+)?)|(?P<mi>[A-Za-z])|(?P<mo>[-+=/,()\[\]])|\\(?P<name>[A-Za-z]+))\s*"
)
_SCRIPT = re.compile(r"([_^])\s*(?:\{([^{}_^]*)\}|(\d|[A-Za-z]|\\[A-Za-z]+))\s*")
_SIGNS = {
    "times": "×", "cdot": "·", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "approx": "≈", "sim": "∼", "in": "∈", "to": "→", "neq": "≠", "ll": "≪", "gg": "≫",
}  # fmt: skip
_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "varepsilon": "ε", "theta": "θ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "ϕ",
    "omega": "ω", "Delta": "Δ", "Omega": "Ω", "Theta": "Θ", "Sigma": "Σ", "infty": "∞",
    "ell": "ℓ",
}  # fmt: skip
_UNITS = re.compile(r"\d\s*(?:in|mm|cm|pt|em|ex|pc|bp|dd|cc|sp|mu)")
_UNSTRETCHED = "()[]{}|‖∣∥⟨⟩⌊⌋⌈⌉↑↓"


def _simple(tex: str) -> str | None:
    """Numbers, letters, common signs and flat scripts; None for anything beyond them."""
    parts: list[str] = []
    position = 0
    while position < len(tex):
        read = _scripted(tex, position)
        if read is None:
            return None
        parts.append(read[0])
        position = read[1]
    return "".join(parts) or None


def _scripted(tex: str, position: int) -> tuple[str, int] | None:
    """An atom with up to one subscript and one superscript, and where it ends."""
    found = _ATOM.match(tex, position)
    base = found and _atom(found)
    if not found or not base:
        return None
    scripts: dict[str, str] = {}
    end = found.end()
    while script := _SCRIPT.match(tex, end):
        inner = _simple(script[2] if script[2] is not None else script[3])
        if inner is None or script[1] in scripts:
            return None
        several = script[2] is not None and len(list(_ATOM.finditer(script[2]))) > 1
        scripts[script[1]] = f"<mrow>{inner}</mrow>" if several else inner
        end = script.end()
    below, above = scripts.get("_", ""), scripts.get("^", "")
    tag = {2: "msubsup", 1: "msub" if below else "msup"}.get(len(scripts))
    return (f"<{tag}>{base}{below}{above}</{tag}>" if tag else base), end


def _atom(found: re.Match[str]) -> str | None:
    kind, text = found.lastgroup or "", found[found.lastgroup or 0]
    if kind == "name":
        kind, text = ("mo", _SIGNS[text]) if text in _SIGNS else ("mi", _LETTERS.get(text, ""))
    if kind == "mo":
        stretch = ' stretchy="false"' if text in _UNSTRETCHED else ""
        return f"<mo{stretch}>{'−' if text == '-' else text}</mo>"
    return f"<{kind}>{text}</{kind}>" if text else None


# ---- everything else: TeX made ready for the library ----------------------------------------

_DROPPED = re.compile(r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_NAMED = re.compile(r"\\operatorname\s*(\*?)\s*\{([^{}]*)\}")
_NAME_SPACE = re.compile(r"\\[,;:! ]|\s+|~")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([a-z]+)\*?\}(?:\[[a-z]\])?(\{\d+\})?")
_ENVIRONMENTS = {
    "align": "align*", "aligned": "align*", "alignat": "align*", "alignedat": "align*",
    "flalign": "align*", "split": "align*", "gather": "displaylines",
    "gathered": "displaylines", "multline": "displaylines", "dcases": "cases",
    "eqnarray": "array", "equation": "", "displaymath": "", "math": "",
}  # fmt: skip


def _prepared(tex: str) -> str:
    """The same formula in the words that the library knows."""
    tex = _DROPPED.sub("", tex)
    tex = _NAMED.sub(_operator_name, tex)
    tex = _ENVIRONMENT.sub(_environment, tex)
    if r"\\" in tex and r"\begin" not in tex:
        name = "align*" if "&" in tex else "displaylines"
        tex = rf"\begin{{{name}}}{tex}\end{{{name}}}"
    return tex


def _operator_name(found: re.Match[str]) -> str:
    star, name = found[1], _NAME_SPACE.sub("\u2009", found[2]).strip("\u2009")
    if re.fullmatch(r"[A-Za-z\u2009]+", name):
        return rf"\operatorname{star}{{{name}}}"
    return rf"\text{{{name}}}"


def _environment(found: re.Match[str]) -> str:
    side, name = found[1], found[2]
    if name not in _ENVIRONMENTS:
        return found[0]
    known = _ENVIRONMENTS[name]
    columns = "{rcl}" if name == "eqnarray" and side == "begin" else ""
    return rf"\{side}{{{known}}}{columns}" if known else ""


def _through_library(tex: str, display: bool) -> tuple[str, str]:
    """The inside of `<math>` and an empty string, or an empty string and what is wrong."""
    from latex2mathml.converter import convert_to_element

    try:
        root = convert_to_element(_prepared(tex), display="block" if display else "inline")
        unknown = list(_unknown(root))
        if unknown:
            return "", f"{', '.join(dict.fromkeys(unknown))} is not known here"
        if not _is_whole(tex, root):
            return "", _ENDS_EARLY
        _mend(root)
        body = "".join(map(_written, root[0]))
        return body, "" if body else "nothing in it can be shown"
    except Exception as error:  # the library has a type of its own for every slip, and no base
        return "", _slip(error)


def _unknown(root: Element) -> Iterator[str]:
    for node in root.iter("mi"):
        text = node.text or ""
        if text == "&" or (len(text) > 1 and text.startswith("\\")):
            yield text


_SLIPS = {
    "DoubleSubscriptsError": "it has two subscripts in a row",
    "DoubleSuperscriptsError": "it has two superscripts in a row",
    "ExtraLeftOrMissingRightError": r"\left and \right do not pair",
    "MissingEndError": r"a \begin has no \end",
    "MissingSuperScriptOrSubscriptError": "_ or ^ has nothing behind it",
    "LimitsMustFollowMathOperatorError": r"\limits stands behind no operator",
}


_ENDS_EARLY = "it ends too early, or a brace is missing"


def _slip(error: Exception) -> str:
    return _SLIPS.get(type(error).__name__, _ENDS_EARLY)


_PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
}  # fmt: skip
"""How many children MathML demands of an element."""
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)


def _is_whole(tex: str, root: Element) -> bool:
    r"""Whether nothing is lacking where the library forgives it: an end of `\frac{a`, a brace."""
    braces = [found[1] for found in _BRACE.finditer(tex)]
    parts = all(len(node) == _PARTS.get(node.tag, len(node)) for node in root.iter())
    return parts and braces.count("{") == braces.count("}")


# ---- everything else: the library's tree mended for MathML Core ------------------------------

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


def _mend(node: Element) -> None:
    if node.tag == "mi" and re.fullmatch(r"&#x000[46][0-9A-F];|&#x000[57][0-9A];", node.text or ""):
        node.set("mathvariant", "normal")  # the library's way to write \mathrm{d}
    node.attrib.pop("class", None)
    _mend_leaf(node)
    for child in node:
        _mend(child)
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


def _written(node: Element) -> str:
    """The element as markup, its text escaped, rows of one child and of upright letters joined."""
    if node.tag == "mrow" and len(node) == 1:
        return _written(node[0])
    if len(node) > 1 and node.tag == "mrow" and all(n.get("mathvariant") == "normal" for n in node):
        return f"<mi>{escape(''.join(n.text or '' for n in node), quote=False)}</mi>"
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in node.items() if name in _KEPT
    )
    inside = escape(node.text or "", quote=False) + "".join(map(_written, node))
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"
