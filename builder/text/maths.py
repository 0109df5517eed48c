r"""Formulas without scripts: TeX to the MathML that browsers set themselves.

math-core reads the TeX, as `amsmath` means it, and writes MathML Core, which is what Chromium,
Firefox and Safari draw. What it does not know of the TeX that scholars write (`split`, `\substack`,
`\mbox`) is told to it here in its own words, and `builder.text.mathml` mends what it writes.
Patterns for what few formulas hold are compiled when one does.

The MathML stands alone, without `alttext` or a TeX annotation: screen readers explore the MathML
itself, and `alttext` would have some of them read the TeX aloud in its stead. Formulas have no
numbers but those that a `\tag` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING

from builder.text.mathml import is_sound, mended

if TYPE_CHECKING:
    from math_core import LatexToMathML


def to_mathml(tex: str, display: bool = False) -> str:
    """A `<math>` element for a formula, or `<code class="math">` with the TeX if it has none.

    `tex` comes without its dollars; `display` sets it on a line of its own. Never raises:
    `problem_of` says what was wrong.
    """
    return _converted(tex, display)[0]


def problem_of(tex: str) -> str:
    """Why a formula is shown as its TeX, as the end of a sentence; empty when it is set."""
    return _converted(tex, False)[1]


@lru_cache(maxsize=4096)
def _converted(tex: str, display: bool) -> tuple[str, str]:
    tex = (tex if tex.isprintable() else re.sub(_UNFIT, "", tex)).strip()
    names = frozenset(_NAME.findall(tex))
    markup, problem = "", ""
    if "\ue000" in tex:
        problem = "a value is put into it from outside"
    elif len(tex) > 2 * _DEEPEST and _is_too_much(tex):
        problem = "its parts stand too deep within others"
    elif refused := names & _REFUSED:
        problem = _unknown(sorted(refused))
    elif tex:
        markup, problem = _through_library(_prepared(tex, names) if names else tex, display)
        markup = mended(markup)
        if not problem and not is_sound(markup):
            problem = "a part of it is missing, or a sign stands where none can"
    if problem or not tex:
        return f'<code class="math">{escape(tex, quote=False)}</code>', problem
    return markup, ""


_NAME = re.compile(r"\\(?:[A-Za-z]+|\\)")
_REFUSED = frozenset(
    {r"\def", r"\gdef", r"\edef", r"\xdef", r"\let", r"\global", r"\newcommand", r"\renewcommand",
     r"\providecommand", r"\mathchoice"}
)  # fmt: skip
_UNFIT = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
"""What no page may hold."""


def _unknown(names: Iterable[str]) -> str:
    listed = ", ".join(dict.fromkeys(names))
    return f"{listed} {'are' if ',' in listed else 'is'} not known here"


# ---- the library ----------------------------------------------------------------------------

_MACROS = {
    "dotsb": r"\cdots", "dotsc": r"\ldots", "dotsi": r"\cdots", "dotsm": r"\cdots",
    "dotso": r"\ldots", "mbox": r"\text{#1}", "hbox": r"\text{#1}", "textnormal": r"\text{#1}",
    "textup": r"\text{#1}", "textmd": r"\text{#1}", "ensuremath": "#1", "mathnormal": "#1",
    "mathds": r"\mathbb{#1}", "mathbbm": r"\mathbb{#1}", "scr": r"\mathscr{#1}",
    "pmb": r"\boldsymbol{#1}", "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "varliminf": r"\mathop{\underline{\mathrm{lim}}}",
    "varlimsup": r"\mathop{\overline{\mathrm{lim}}}", "varinjlim": r"\injlim",
    "varprojlim": r"\projlim", "@": "", "smash": "#1", "vcenter": "#1", "mathclap": "#1",
    "mathllap": "#1", "mathrlap": "#1", "strut": r"\mathstrut", "slash": "/",
    "smallsetminus": r"\setminus", "shortmid": r"\mid", "nshortmid": r"\nmid",
    "varpropto": r"\propto", "thicksim": r"\sim", "thickapprox": r"\approx",
    "colon": r"\mathpunct{:}", "href": "#2", "class": "#2", "style": "#2", "cssId": "#2",
}  # fmt: skip
"""What LaTeX, `amsmath`, `amssymb` and MathJax have beyond the library; of links and styles the content."""


@cache
def _library() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(
        macros=_MACROS,
        ignore_unknown_commands=True,  # all of them are told, not the first alone
        allow_unreliable_rendering=True,
        fancy_error=False,
        max_expansions=200,
    )


_UNREAD = r"<merror[^>]*><mtext>([^<]*)|<a href="
_EMPTY = frozenset({"<math></math>", '<math display="block"></math>'})


def _through_library(tex: str, display: bool) -> tuple[str, str]:
    """The `<math>` element and an empty string, or an empty string and what is wrong."""
    from math_core import LatexError

    try:
        markup = _library().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        return "", _told(str(error), tex)
    if "<merror" in markup or "<a " in markup:
        return "", _unknown(unescape(n or r"\eqref") for n in re.findall(_UNREAD, markup))
    return markup, "nothing in it can be shown" if markup in _EMPTY else ""


# ---- TeX made ready for it ------------------------------------------------------------------

_DROPPED = r"\\label\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])|(?<=\\hspace)\*"
_TEXT = r"(\\(?:text[a-z]*|[mh]box)\s*)\{([^{}$&]*[$&][^{}]*)\}"
_OPERATOR = r"\\mathop\s*\{\s*\\(?:operatorname|mathrm|text|rm)(?![A-Za-z])\s*(\{[^{}]*\}|[^{}]*)\}"
_NAMED = r"\\operatorname\s*\*?\s*\{[^{}]*\}"
_ENVIRONMENT = r"\\(begin|end)\s*\{([A-Za-z]+)\*?\}(?:\[[a-z]\])?(\{\d+\})?"
_TABLES = {
    "align": "aligned", "alignat": "aligned", "alignedat": "aligned", "flalign": "aligned",
    "split": "aligned", "gather": "gathered", "multline": "gathered", "eqnarray": "array",
    "smallmatrix": "subarray", "equation": "", "displaymath": "", "math": "",
}  # fmt: skip
_TAGGED = _TABLES | {
    "align": "align*", "alignat": "align*", "flalign": "align*", "gather": "gather*",
    "multline": "gather*", "equation": "equation*",
}  # fmt: skip
"""Environments where a `\\tag` may stand, which asks for room at the side."""
_COLUMNS = {"eqnarray": "{rcl}", "smallmatrix": "{cccccccccc}"}


def _prepared(tex: str, names: frozenset[str]) -> str:
    """The same formula in the words that the library knows; `names` are the commands in it."""
    if names & {r"\label", r"\nonumber", r"\notag", r"\hspace"}:
        tex = re.sub(_DROPPED, "", tex)
    if "$" in tex or "&" in tex:
        tex = re.sub(_TEXT, _text, tex)
    if r"\mathop" in names:
        tex = re.sub(_OPERATOR, lambda m: rf"\operatorname*{{{m[1].strip('{}')}}}", tex)
    if r"\operatorname" in names and "-" in tex:
        tex = re.sub(_NAMED, lambda m: m[0].replace("-", "\u2010"), tex)
    tables = _TAGGED if r"\tag" in names else _TABLES
    if r"\begin" in names:
        return re.sub(_ENVIRONMENT, lambda m: _environment(m, tables), tex)
    return _in_rows(tex, names, tables)


def _text(found: re.Match[str]) -> str:
    r"""`\text{if $x$ is}`, with the formula between two texts; an `&` in it is no column."""
    parts = re.sub(r"\\?&", r"{\\&}", found[2]).split("$")
    if len(parts) % 2 == 0:
        return found[0]
    return "".join(p if n % 2 else f"{found[1]}{{{p}}}" for n, p in enumerate(parts) if p)


def _in_rows(tex: str, names: frozenset[str], tables: dict[str, str]) -> str:
    r"""Lines that stand in no environment, in the one that they ask for."""
    if r"\\" in names and r"\\" in re.sub(r"\{[^{}]*\}", "", tex):
        name = tables["align" if "&" in tex else "gather"]
    elif r"\tag" in names:
        name = tables["equation"]
    else:
        return tex
    return rf"\begin{{{name}}}{tex}\end{{{name}}}"


def _environment(found: re.Match[str], tables: dict[str, str]) -> str:
    side, name, count = found[1], found[2], found[3] or ""
    known = tables.get(name)
    if known is None:
        return rf"\{side}{{{name}}}{count}"
    columns = _COLUMNS.get(name, "") if side == "begin" else ""
    return rf"\{side}{{{known}}}{columns}" if known else ""


# ---- what is wrong --------------------------------------------------------------------------

_SLIPS = (
    (r'closing token:? "\\(?:left|right)"', r"\left and \right do not pair"),
    (r'Expected closing token "\\end', r"a \begin has no \end"),
    (r'closing token: "\\end', r"an \end has no \begin"),
    (r"closing token|Expected argument", "it ends too early, or a brace is missing"),
    (r'Unknown environment "(.*)"', "the environment {0} is not known here"),
    (r'Unknown color "(.*)"', "the colour {0} is not known here"),
    (r'Expected "\\end.*found "\\end', r"\begin and \end do not pair"),
    (r'Found "(\\\w*limits)"', "{0} stands behind no operator"),
    (r'Found "&"', "& stands in no table"),
    (r"directly followed", "_ or ^ has nothing behind it"),
    (r'parenthesis after "(\\\w+)', "{0} has no bracket behind it"),
)
"""What of the library's messages tells one slip from another, and the slip in the words of here."""
_WANTING = r"(\\[A-Za-z]+|[_^])\s*$"


def _told(message: str, tex: str) -> str:
    """What is wrong, from the library's message: the place in the TeX, a colon and words."""
    at, _, words = message.partition(": ")
    before, behind = tex[: int(at)], tex[int(at) :]
    if words.startswith("Duplicate"):
        return f"it has two {'sub' if behind[:1] == '_' else 'super'}scripts in a row"
    if words.startswith("Expected argument") and (found := re.search(_WANTING, before)):
        return f"{found[1]} has nothing behind it"
    for slip, told in _SLIPS:
        if found := re.search(slip, words):
            return told.format(*found.groups())
    return f"it cannot be read from “{' '.join(behind[:16].split())}” on"


# ---- what would be too much -----------------------------------------------------------------

_PART = r"\\[A-Za-z]+|\\[\s\S]|[{}]"
_BEGINS = frozenset(
    {"{", r"\left", r"\begin", r"\begingroup", r"\color", r"\displaystyle", r"\textstyle",
     r"\scriptstyle", r"\scriptscriptstyle", r"\rm", r"\bf", r"\it", r"\sf", r"\tt", r"\cal"}
)  # fmt: skip
_ENDS = frozenset({"}", r"\right", r"\end", r"\endgroup"})
_CHAIN = r"(?:\\[A-Za-z]++\s*+(?:\{[^{}]*+\}|\[[^][]*+\]|[^\\])?+\s*+){100}+"
_LONGEST, _DEEPEST = 20_000, 60


def _is_too_much(tex: str) -> bool:
    """Whether reading it could take a stack's end: nobody writes formulas near these limits."""
    level = deepest = 0
    for found in re.finditer(_PART, tex):
        level += (found[0] in _BEGINS) - (found[0] in _ENDS)
        deepest = max(deepest, level)
    return deepest > _DEEPEST or len(tex) > _LONGEST or re.search(_CHAIN, tex) is not None
