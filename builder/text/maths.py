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
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from builder.text.mathml import mend, written

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
        mend(root)
        body = "".join(map(written, root[0]))
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
