"""Citations in Markdown by cite key, in Pandoc's and Quarto's form.

`[see @noether1921, p. 3; @hilbert1890]`, `[-@noether1921]` without its author, `@noether1921 [p. 3]`
in the sentence, and `::: {#refs}` where the list of references is to stand.

Whoever renders a text knows no publications: a token of private-use characters stands for each
citation until `citing/` puts it into words. Source: Pandoc's manual, "Citation syntax".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from builder.text.draft import Draft

MARK = re.compile("\ue005(\\d+)\ue006")
"""Stands for the citation of that number among the body's."""
LIST_MARK = "\ue007"
"""Stands where the list of references is to be."""


class Cited(msgspec.Struct, frozen=True, array_like=True):
    """One work in a citation."""

    key: str
    prefix: str = ""
    suffix: str = ""
    """What follows the key, its comma included: `, p. 3`."""
    bare: bool = False
    """Whether its author is left out, as in `[-@key]`."""
    line: int = 0
    """Counted from 1 within the text."""
    column: int = 0


class Citation(msgspec.Struct, frozen=True, array_like=True):
    """Works that are cited in one place."""

    typed: str
    works: tuple[Cited, ...]
    narrative: bool = False
    """Whether it is a part of the sentence, as in `@key says`."""


_AT = r"@(?:\{(?P<braced>[^{}\n]+)\}|(?P<key>\w(?:[\w]|[:.#$%&\-+?<>~/](?=\w))*+))"
_WORK = re.compile(rf"(?P<prefix>.*?)(?<![\w@/.])(?P<bare>-?){_AT}(?P<suffix>.*)", re.DOTALL)
_NARRATIVE = re.compile(rf"{_AT}(?![@])(?: \[(?P<suffix>[^\[\]@]*)\](?![(\[{{:]))?")
_LOCATOR = re.compile(
    r"\s*(?:(?:pp?|ch(?:ap)?s?|secs?|figs?|vols?|nos?|ll?|v|para)\.?|page|pages|chapter|section|§|¶)?\s*[\divx]",
    re.IGNORECASE,
)
_REFS = re.compile(r"\s*\{\s*#refs\b[^{}]*\}\s*")


def citations(md: MarkdownIt) -> None:
    """Plugin: citations, and the place of their list."""
    from mdit_py_plugins.container import container_plugin

    md.inline.ruler.before("link", "citation", bracketed)
    md.inline.ruler.before("link", "narrative_citation", narrative)
    container_plugin(md, "refs", validate=lambda params, _: bool(_REFS.fullmatch(params)))


def bracketed(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[@key]`, where every part between semicolons cites something."""
    if state.src[state.pos] != "[" or state.linkLevel or "@" not in state.src[state.pos :]:
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, False)
    if end < 0 or state.src[end + 1 : end + 2] in ("(", "[", "{"):
        return False
    inner = state.src[state.pos + 1 : end]
    parts = [_WORK.fullmatch(part) for part in inner.split(";")]
    if not all(parts) or _is_link(inner, state):
        return False
    works = tuple(_cited(part) for part in parts if part)
    return _push(state, silent, Citation(state.src[state.pos : end + 1], works), end + 1)


def narrative(state: StateInline, silent: bool) -> bool:
    """Inline rule: `@key` at the beginning of a word, with or without its pages behind it."""
    before = state.src[state.pos - 1] if state.pos else " "
    if state.src[state.pos] != "@" or state.linkLevel or before.isalnum() or before in "_/.@\\-+":
        return False
    found = _NARRATIVE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    suffix, end = found["suffix"] or "", found.end()
    if suffix and not _LOCATOR.match(suffix):
        suffix, end = "", found.start("suffix") - 2
    work = Cited(found["braced"] or found["key"], suffix=suffix)
    return _push(state, silent, Citation(state.src[state.pos : end], (work,), True), end)


def _is_link(inner: str, state: StateInline) -> bool:
    from markdown_it.common.utils import normalizeReference

    return normalizeReference(inner) in state.env.get("references", {})


def _cited(part: re.Match[str]) -> Cited:
    key = part["braced"] or part["key"]
    return Cited(key, part["prefix"].strip(), part["suffix"].rstrip(), bool(part["bare"]))


def _push(state: StateInline, silent: bool, citation: Citation, end: int) -> bool:
    if not silent:
        token = state.push("citation", "", 0)
        token.content, token.meta = citation.typed, {"citation": citation}
    state.pos = end
    return True


def settle_citation(token: Token, draft: Draft) -> None:
    """Find where its keys were typed, and let a mark stand for it."""
    citation: Citation = token.meta["citation"]
    works = []
    for work in citation.works:
        line, column = draft.place(
            f"@{work.key}" if f"@{work.key}" in citation.typed else f"@{{{work.key}}}"
        )
        works.append(replace(work, line=line, column=column))
    token.content = f"\ue005{len(draft.citations)}\ue006"
    draft.citations.append(replace(citation, works=tuple(works)))
