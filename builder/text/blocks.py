"""Blocks beyond CommonMark's: asides and footnotes.

`:::note Title` and GitHub's `> [!NOTE]` are both asides, in one shape.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.problems import did_you_mean
from builder.text.draft import Draft

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

KINDS: dict[str, str] = {
    "note": "note", "info": "note", "tip": "tip", "hint": "tip", "important": "important",
    "warning": "warning", "attention": "warning", "caution": "caution", "danger": "caution",
}  # fmt: skip
"""The words that open an aside, and the kind that each is."""

_OPENING = re.compile(r"\s*\{?\.?(?P<kind>[A-Za-z]+)\}?(?:\s+(?P<title>.*?))?\s*:*\s*")


def admonitions(md: MarkdownIt) -> None:
    """Plugin: blocks between `:::kind Title` and `:::`."""
    from mdit_py_plugins.container import container_plugin

    def known(params: str, _markup: str) -> bool:
        found = _OPENING.fullmatch(params)
        return bool(found and found["kind"].lower() in KINDS)

    container_plugin(md, "aside", validate=known)


def footnotes(md: MarkdownIt) -> None:
    """Plugin: footnotes, none of which is defined within another: theirs would have no place."""
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.footnote.index import footnote_def

    def outermost(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
            return False
        marks = (token for token in state.tokens if token.type.startswith("footnote_reference"))
        inside = not silent and sum(token.nesting for token in marks) > 0
        return not inside and footnote_def(state, start, end, silent)

    md.use(footnote_plugin)
    md.block.ruler.at("footnote_def", outermost, {"alt": ["paragraph", "reference"]})


def title_asides(state: StateCore) -> None:
    """Core rule, behind the blocks: gives every aside its tag, its class and its title."""
    draft: Draft = state.env["draft"]
    kept: list[Token] = []
    for token in state.tokens:
        kept.append(token)
        if token.type == "container_aside_open":
            found = _OPENING.fullmatch(token.info)
            kind, title = (found["kind"], found["title"]) if found else ("note", "")
            kept.extend(_open(token, KINDS[kind.lower()], title or "", draft))
        elif token.type == "alert_open":
            kept.extend(_open(token, str(token.meta["kind"]).lower(), "", draft))
        elif token.type in ("container_aside_close", "alert_close"):
            token.type, token.tag = "aside_close", "aside"
        elif kept[-2:-1] and kept[-2].type == "alert_title_open":  # the plugin's own title
            del kept[-2:]
        elif token.type == "alert_title_close":
            kept.pop()
    state.tokens = kept


def _open(token: Token, kind: str, title: str, draft: Draft) -> list[Token]:
    """Make `token` an aside's opening, and return the tokens of its title."""
    from markdown_it.token import Token

    word = str(getattr(draft.words, kind))
    token.type, token.tag = "aside_open", "aside"
    token.attrs |= {"class": f"admonition {kind}", "role": "note"}
    if title:
        token.attrs["aria-label"] = word
    text = Token("inline", "", 0, content=title or word, children=[], map=token.map)
    opening = Token("aside_title_open", "p", 1, {"class": "admonition-title"}, block=True)
    return [opening, text, Token("aside_title_close", "p", -1, block=True)]


def tell_unknown_aside(text: str, draft: Draft) -> None:
    """A paragraph that begins with `:::` was meant for an aside: tell what it misses."""
    found = _OPENING.fullmatch(text.partition("\n")[0].lstrip(":"))
    if not text.startswith(":::") or not found:
        return
    known = ", ".join(dict.fromkeys(KINDS.values()))
    draft.tell(
        "aside-not-known",
        f"no aside is called {found['kind']!r}, so that this stands as text",
        text.partition("\n")[0],
        did_you_mean(found["kind"], KINDS) or f"asides are {known}",
    )
