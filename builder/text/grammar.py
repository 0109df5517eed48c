"""The Markdown that is read: CommonMark, and the rules that scholars' pages need beside it.

Rules of our own stand here where the published plugins do something else: formulas (a dollar
after a digit elsewhere in the line must not matter), bare addresses (`https://` alone makes one,
so that `Z.ai` and `build.py` stay words), dashes (and no `(C)` to ©).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from builder.text.patterns import late

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

QUOTES: dict[str, tuple[str, str, str, str]] = {
    "cs": ("„", "“", "‚", "‘"),
    "da": ("”", "”", "’", "’"),
    "de": ("„", "“", "‚", "‘"),
    "es": ("«", "»", "“", "”"),
    "fi": ("”", "”", "’", "’"),
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "de-CH": ("«", "»", "‹", "›"),
    "hu": ("„", "”", "»", "«"),
    "it": ("«", "»", "“", "”"),
    "no": ("«", "»", "‘", "’"),
    "nb": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt-PT": ("«", "»", "“", "”"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
}
"""Outer and inner quotation marks by language; English ones where it has no line of its own."""

ENGLISH = ("“", "”", "‘", "’")


def quotes(language: str) -> tuple[str, str, str, str]:
    """The quotation marks of a language tag, `de-AT` being read as `de`."""
    return QUOTES.get(language) or QUOTES.get(language.partition("-")[0]) or ENGLISH


_INTERRUPTING: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
"""What a block rule may cut short, in markdown-it's words."""


@cache
def parser(marks: tuple[str, str, str, str]) -> MarkdownIt:
    """The parser of whole texts, made once for each set of quotation marks."""
    from mdit_py_plugins.deflist import deflist_plugin

    from builder.text import attributes, blocks, cites, settle
    from builder.text.writer import Writer

    md = _common(marks)
    md.use(blocks.footnotes).use(deflist_plugin).use(blocks.admonitions).use(cites.citations)
    md.inline.ruler.after("link", "span", attributes.span)
    md.block.ruler.before("fence", "math_block", math_block, _INTERRUPTING)
    md.block.ruler.before("fence", "braces", attributes.braces_line)
    md.core.ruler.after("block", "braces", attributes.join_braces)
    md.core.ruler.after("block", "asides", blocks.title_asides)
    md.core.ruler.after("footnote_tail", "settle", settle.settle)
    md.renderer = Writer(md)
    return md


@cache
def inline_parser(marks: tuple[str, str, str, str]) -> MarkdownIt:
    """The parser of single lines: no blocks, no footnotes, no braces."""
    return _common(marks)


class _Parser(MarkdownIt):
    """Leaves targets as they were typed: `settle` vets and writes them, and knows their lines."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


def _common(marks: tuple[str, str, str, str]) -> MarkdownIt:
    options = {
        "html": True, "typographer": True, "quotes": list(marks), "alerts": True,
        "tasklists": True,
    }  # fmt: skip
    md = _Parser("js-default", options)
    md.disable(["linkify", "replacements"])
    md.inline.ruler.before("escape", "math", math_inline)
    md.inline.ruler.before("newline", "bare_url", bare_url)
    md.core.ruler.before("smartquotes", "dashes", dashes)
    return md


# ---- formulas -------------------------------------------------------------------------------

_INLINE_MATH = re.compile(
    r"""\$\$(?P<dollars>(?:\\.|[^\\$])+?)\$\$
      | \$(?P<dollar>(?!\s)(?:\\.|[^\\$])+?(?<!\s))\$(?!\d)
      | (?P<slashes>\\\\?)\((?P<round>.+?)(?P=slashes)\)
      | (?P<more>\\\\?)\[(?P<square>.+?)(?P=more)\]""",
    re.X | re.S,
)
_MATH_OPENING = re.compile(
    r"\$\$|(\\\\?)\[|\\begin\{((?:equation|align|alignat|gather|multline|eqnarray|displaymath)\*?)\}"
)
_MONEY = re.compile(r"[\d.,]+\s+[A-Za-z]{2,}")
_TEX_LIKE = re.compile(r"[\\^_={}<>+]")


def math_inline(state: StateInline, silent: bool) -> bool:
    r"""Inline rule: `$x$`, `$$x$$`, `\(x\)`, `\[x\]`, and Kramdown's doubled backslashes.

    No formula begins before a space or behind a digit, or ends behind a space or before a digit,
    so that `$5 and $10` is money; and brackets that an author merely escaped hold no TeX.
    """
    char = state.src[state.pos]
    if char not in "$\\":
        return False
    found = _INLINE_MATH.match(state.src, state.pos, state.posMax)
    if not found or (char == "$" and _is_money(found, state)):
        return False
    tex = found[found.lastgroup or 0].strip()
    if not tex or (found["square"] and not _TEX_LIKE.search(tex)):
        return False
    if found["round"] and len(tex) > 3 and not _TEX_LIKE.search(tex):
        return False
    if not silent:
        token = state.push("math", "math", 0)
        token.content = tex
        token.meta["display"] = bool(found["dollars"] or found["square"])
    state.pos = found.end()
    return True


def _is_money(found: re.Match[str], state: StateInline) -> bool:
    """Whether a dollar is no opening one: behind a digit or a dollar, or before a sum of money."""
    before = state.src[state.pos - 1] if state.pos else ""
    if found["dollar"] is None:
        return before == "$"
    return before.isdigit() or before == "$" or _MONEY.match(found["dollar"]) is not None


def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""Block rule: `$$`, `\[` or `\begin{align}` at the start of a line to its end at one's end."""
    begin = state.bMarks[start] + state.tShift[start]
    opening = _MATH_OPENING.match(state.src, begin, state.eMarks[start])
    if not opening or state.is_code_block(start):
        return False
    environment = opening[2]
    slashes = opening[1]
    closing = rf"\end{{{environment}}}" if environment else f"{slashes}]" if slashes else "$$"
    lines = [state.src[opening.end() : state.eMarks[start]]]
    number = start
    while closing not in lines[-1]:
        number += 1
        if number >= end:
            return False
        if lines[0].strip() if state.isEmpty(number) else state.sCount[number] < state.blkIndent:
            return False
        lines.append(state.getLines(number, number + 1, state.blkIndent, False))
    lines[-1], _, behind = lines[-1].partition(closing)
    tex = "\n".join(lines).strip()
    if behind.strip() or not tex or (slashes and not _TEX_LIKE.search(tex)):
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content = f"{opening[0]}{tex}{closing}" if environment else tex
        token.map = [start, number + 1]
        state.line = number + 1
    return True


# ---- bare addresses and dashes --------------------------------------------------------------

_BARE_URL = late(r"https?://[\w\ue000][^\s<>\"`|\\^{}\[\]“”‘’«»\u3000-\u303f\uff00-\uffef]*", re.I)
_URL_START = late(r"(?<![A-Za-z0-9])https?$", re.I)
_TRAILING = late(r"(?:&[A-Za-z0-9]+;|[?!.,:;*_~'])+$")


def bare_url(state: StateInline, silent: bool) -> bool:
    """Inline rule: `https://` and what follows is a link, less the sentence's own punctuation.

    Source: the extended autolinks of GitHub Flavored Markdown, section 6.9, for those two schemes.
    """
    if silent or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = _URL_START().search(state.pending)
    found = scheme and _BARE_URL().match(state.src, state.pos - len(scheme[0]), state.posMax)
    if not scheme or not found:
        return False
    url = _trimmed(found[0])
    state.pending = state.pending[: scheme.start()]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": url}
    opening.info = "auto"
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1).info = "auto"
    state.pos += len(url) - len(scheme[0])
    return True


def _trimmed(url: str) -> str:
    while True:
        shorter = _TRAILING().sub("", url)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


_EM_DASH = late(r"(?<!-)---(?!-)")
_EN_DASH = late(r"(?<=[^-\s])--(?=[^-\s])|(?<=\s)--(?=\s)|^--$")
_DOTS = re.compile(r"\.{3,}")


def dashes(state: StateCore) -> None:
    """Core rule: `--` and `---` as dashes, `...` as an ellipsis, not in addresses and options."""
    for token in state.tokens:
        if token.type != "inline" or not ("--" in token.content or "..." in token.content):
            continue
        address = False
        for child in token.children or []:
            if child.info == "auto":
                address = child.nesting == 1
            elif child.type == "text" and not address:
                text = _EM_DASH().sub("—", child.content)
                child.content = _DOTS.sub("…", _EN_DASH().sub("–", text))
