"""Between reading and writing: links made portable, braces attached, figures, formulas and code.

One core rule walks the tokens once, behind the inline rules and before quotation marks are
curled; what it finds beside the tokens goes into the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import copy
from itertools import zip_longest
from typing import TYPE_CHECKING

from markdown_it.token import Token

from builder.text.attributes import attach, inline_braces
from builder.text.blocks import tell_unknown_aside
from builder.text.cites import settle_citation
from builder.text.draft import Draft
from builder.text.highlight import highlight
from builder.text.rawhtml import settled
from builder.text.references import HELD, HELD_BLOCK

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_BLOCKS_ALONE = re.compile(rf"(?:{HELD_BLOCK.pattern}|\s)+")
_LANGUAGE = re.compile(r"\s*(?:\{\s*\.?([^\s{}]+)[^{}]*\}|([^\s{]+))?\s*(\{[^{}]*\})?")
_UNKNOWN = "\0"
"""Kept for code in a language that nobody knows."""
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")


def settle(state: StateCore) -> None:
    """Core rule: everything above, for all tokens of a text."""
    draft: Draft = state.env["draft"]
    tokens = state.tokens
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        if token.map:
            draft.block = token.map[0], token.map[1]
        if token.type == "inline":
            _inline(_owner(tokens, place), token, draft)
            kept.extend(_reshaped(tokens[place - 1], token, tokens[place + 1], state))
            continue
        match token.type:
            case "html_block":
                token.content = settled(token.content, draft)
            case "math_block":
                draft.check_formula(token.content)
            case "fence":
                draft.check_fence(token.markup)
                _colour(token, draft)
            case "th_open" | "td_open":
                _align(token)
        kept.append(token)
    state.tokens = [token for token in kept if token.type != "gone"]


def _owner(tokens: list[Token], place: int) -> Token:
    """The opening token around an inline token: an item's, where its paragraph is not written."""
    before = tokens[place - 1]
    return tokens[place - 2] if before.hidden and tokens[place - 2].nesting == 1 else before


def _align(cell: Token) -> None:
    style = str(cell.attrs.pop("style", ""))
    if style:
        cell.attrs["class"] = f"align-{style.removeprefix('text-align:')}"
    if cell.type == "th_open":
        cell.attrs["scope"] = "col"


def _colour(fence: Token, draft: Draft) -> None:
    """Read a fence's info (`python {.wide}`, `{.python}`) and colour its text."""
    found = _LANGUAGE.match(fence.info)
    language = (found[1] or found[2] or "") if found else ""
    fence.info = language
    if found and found[3]:
        attach(fence, found[3], draft)
    if not language or HELD.search(fence.content):
        return
    code = fence.content
    kept = draft.recall(f"code {language}", code, lambda: _coloured(code, language))
    coloured = None if kept == _UNKNOWN else kept
    if coloured is None:
        draft.tell(
            "code-language-not-known",
            f"no language is called {language!r}, so that its code has no colours",
            language,
            "use a name that Pygments has, or text",
        )
    fence.meta["coloured"] = coloured


def _coloured(code: str, language: str) -> str:
    found = highlight(code, language)
    return _UNKNOWN if found is None else found


# ---- inline ---------------------------------------------------------------------------------


def _inline(owner: Token, token: Token, draft: Draft) -> None:
    children = token.children or []
    refused = 0
    for child in children:
        match child.type:
            case "span_open":
                attach(child, child.meta["braces"], draft)
            case "link_open":
                refused += not _settle_target(child, "href", draft)
            case "link_close" if refused:
                refused -= 1
                child.type = "text"
            case "image" if not _settle_target(child, "src", draft):
                child.content = plain_text(child.children or [])
            case "html_inline":
                child.content = settled(child.content, draft)
            case "math":
                draft.check_formula(child.content)
            case "citation":
                settle_citation(child, draft)
            case "text" if "[^" in child.content:
                _tell_footnotes(child.content, draft)
    if "{" in token.content:
        inline_braces(owner, children, draft)
        token.children = [c for c in children if c.type != "text" or c.content]
    if token.content.startswith(":::"):
        tell_unknown_aside(token.content, draft)


def _settle_target(token: Token, name: str, draft: Draft) -> bool:
    """Write a token's target, or make the token empty text if the target is refused."""
    href = draft.link(str(token.attrs[name]))
    if href is None:
        token.type, token.tag, token.attrs, token.nesting = "text", "", {}, 0
        return False
    token.attrs[name] = href
    return True


def _tell_footnotes(text: str, draft: Draft) -> None:
    for mark in _FOOTNOTE.findall(text):
        draft.tell(
            "footnote-without-text",
            f"{mark} refers to a footnote that is nowhere",
            mark,
            f"write {mark}: and its text on a line of its own",
        )


# ---- paragraphs that are something else -----------------------------------------------------


def _reshaped(before: Token, token: Token, after: Token, state: StateCore) -> Iterable[Token]:
    """The tokens in the place of a block's inline token; may change the block's own two."""
    if before.type != "paragraph_open":
        return [token]
    content = token.content
    if content.startswith("\ue000") and _BLOCKS_ALONE.fullmatch(content):
        before.type = after.type = "gone"
        return [Token("held", "", 0, content=content.strip())]
    if "\ue004" in content and not before.hidden:
        return _around_blocks(before, token, after)
    if content.strip().lower() in ("[toc]", "[[toc]]"):
        before.type = after.type = "gone"
        return [Token("toc", "nav", 0)]
    image = _lone_image(token.children or [])
    return [token] if image is None else [token, *_figure(before, image, after, state)]


def _around_blocks(before: Token, token: Token, after: Token) -> Iterable[Token]:
    """The paragraphs before, between and behind the blocks that stand in the midst of one."""
    runs: list[list[Token]] = [[]]
    blocks: list[str] = []
    depth = 0
    for child in token.children or []:
        depth += child.nesting
        parts = HELD_BLOCK.split(child.content) if child.type == "text" and depth == 0 else ()
        if len(parts) < 2:
            runs[-1].append(child)
            continue
        for text, block in zip_longest(parts[::2], parts[1::2], fillvalue=""):
            runs[-1] += [child.copy(content=text)] if text.strip() else []
            if block:
                blocks.append(block)
                runs.append([])
    if not blocks:
        yield token
        return
    opening, closing = copy(before), copy(after)
    before.type = after.type = "gone"
    for number, run in enumerate(runs):
        if number:
            yield Token("held", "", 0, content=blocks[number - 1])
        if words := _trimmed(run):
            yield from (opening, token.copy(children=words), closing)


def _trimmed(run: list[Token]) -> list[Token]:
    """Without the breaks at its ends."""
    words = [n for n, child in enumerate(run) if child.type not in ("softbreak", "hardbreak")]
    return run[words[0] : words[-1] + 1] if words else []


def _lone_image(children: list[Token]) -> Token | None:
    """The picture with a caption that is all of a paragraph, within a link or not."""
    inner = children
    if len(children) == 3 and children[0].type == "link_open":
        inner = children[1:2]
    if len(inner) == 1 and inner[0].type == "image" and inner[0].attrs.get("title"):
        return inner[0]
    return None


def _figure(before: Token, image: Token, after: Token, state: StateCore) -> list[Token]:
    """Make the paragraph a figure, and return the tokens of its caption."""
    before.type, before.tag, before.hidden = "figure_open", "figure", False
    after.type, after.tag, after.hidden = "figure_close", "figure", False
    for name in ("class", "id"):
        if name in image.attrs:
            before.attrs[name] = image.attrs.pop(name)
    text = str(image.attrs.pop("title"))
    children: list[Token] = []
    state.md.inline.parse(text, state.md, state.env, children)
    caption = Token("inline", "", 0, content=text, children=children)
    _inline(before, caption, state.env["draft"])
    return [Token("figcaption_open", "figcaption", 1), caption,
            Token("figcaption_close", "figcaption", -1)]  # fmt: skip


def plain_text(children: Iterable[Token]) -> str:
    """Inline tokens without markup: for slugs, excerpts and alternative texts."""
    parts: list[str] = []
    for token in children:
        match token.type:
            case "text" | "text_special" | "code_inline" | "math" | "citation":
                parts.append(token.content)
            case "softbreak" | "hardbreak":
                parts.append(" ")
            case "image":
                parts.append(plain_text(token.children or []))
    return "".join(parts)
