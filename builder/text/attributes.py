"""Attributes in braces: `{#id .class key=value}` behind an inline element, above or behind a block.

Braces that hold anything else are text, so that `{}` and `{1, 2}` in a sentence stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.text.draft import Draft
from builder.text.patterns import late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_ITEM = r"""(?:\#(?P<id>[\w:-]++)|\.(?P<class>[\w:-]++)
        |(?P<key>[A-Za-z_][\w:.-]*+)=(?:"(?P<quoted>[^"\n]*+)"|(?P<bare>[^\s"'{}]++)))
        (?=[\s}.#])\s*+"""
BRACES = re.compile(rf"\{{\s*+(?:{re.sub('[?]P<[a-z]+>', '?:', _ITEM)})++\}}", re.X)
"""A whole pair of braces that holds attributes and nothing else."""
_EACH = late(_ITEM, re.X)

_LEADS_OR_RUNS = frozenset({"style", "href", "src", "srcset", "action", "formaction", "srcdoc"})
_KRAMDOWN = late(r"\{:[^{}\n]*\}")


def attach(token: Token, braces: str, draft: Draft) -> None:
    """Set the attributes of `braces` on a token; what no author's braces may set is told."""
    for item in _EACH().finditer(braces, 1):
        name = "class" if item["class"] else "id" if item["id"] else item["key"].lower()
        value = item[item.lastgroup or 0]
        if name in _LEADS_OR_RUNS or name.startswith("on"):
            draft.tell(
                "attribute-not-used",
                f"{name}= may not be set in braces",
                braces,
                "use a class, and give it its looks in a stylesheet of your own",
            )
        elif name == "class":
            token.attrJoin("class", value)
        elif name == "id" and value in draft.ids:
            draft.tell("id-used-twice", f"the id {value!r} is taken in this text", braces)
        else:
            token.attrs[name] = value
            draft.ids.update([value] if name == "id" else [])


def braces_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a line of braces right above a block belongs to the block."""
    begin = state.bMarks[start] + state.tShift[start]
    if silent or state.src[begin : begin + 1] != "{" or state.is_code_block(start):
        return False
    line = state.src[begin : state.eMarks[start]].rstrip()
    if start + 1 >= end or state.isEmpty(start + 1) or not BRACES.fullmatch(line):
        return False
    if state.sCount[start + 1] < state.blkIndent:
        return False
    token = state.push("braces", "", 0)
    token.content, token.map, token.hidden = line, [start, start + 1], True
    state.line = start + 1
    return True


def join_braces(state: StateCore) -> None:
    """Core rule, behind the blocks: gives each line of braces to the token that follows it."""
    if not any(token.type == "braces" for token in state.tokens):
        return
    draft: Draft = state.env["draft"]
    kept: list[Token] = []
    waiting: list[Token] = []
    for token in state.tokens:
        if token.type == "braces":
            waiting.append(token)
            continue
        for braces in waiting:
            draft.block = (braces.map or [0, 0])[0], (braces.map or [0, 0])[1]
            attach(token, braces.content, draft)
        waiting = []
        kept.append(token)
    state.tokens = kept


def span(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[text]{.class}`; its braces are attached where those of other elements are."""
    if state.src[state.pos] != "[":
        return False
    start, maximum = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start)
    braces = BRACES.match(state.src, end + 1, maximum) if end > 0 else None
    if not braces:
        return False
    if not silent:
        state.push("span_open", "span", 1).meta["braces"] = braces[0]
        state.pos, state.posMax = start + 1, end
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = maximum
    state.pos = braces.end()
    return True


def inline_braces(owner: Token, children: list[Token], draft: Draft) -> None:
    """Take braces off the text behind an element, and off the end of a heading or paragraph.

    `owner` is the block's opening token.
    """
    for place, token in enumerate(children):
        if token.type != "text" or "{" not in token.content:
            continue
        if place and token.content.startswith("{"):
            target = _element_before(children, place)
            braces = BRACES.match(token.content) if target else None
            if target and braces:
                attach(target, braces[0], draft)
                token.content = token.content[braces.end() :]
        for found in _KRAMDOWN().findall(token.content):
            _tell_kramdown(found, draft)
    _braces_at_end(owner, children, draft)


def _element_before(children: list[Token], place: int) -> Token | None:
    """The opening token of the element that ends right before a place."""
    last = children[place - 1]
    if last.type in ("image", "code_inline"):
        return last
    if last.nesting != -1:
        return None
    for token in reversed(children[:place]):
        if token.nesting == 1 and token.level == last.level:
            return token
    return None


def _braces_at_end(owner: Token, children: list[Token], draft: Draft) -> None:
    last = children[-1] if children else None
    if last is None or last.type != "text" or not last.content.endswith("}"):
        return
    at = last.content.rfind("{")
    braces = BRACES.fullmatch(last.content, at) if at >= 0 else None
    if braces is None:
        return
    own_line = at == 0 and len(children) > 1 and children[-2].type == "softbreak"
    if owner.type == "heading_open" and (at == 0 or last.content[at - 1] in " \t"):
        last.content = last.content[:at].rstrip()
    elif owner.type in ("paragraph_open", "list_item_open", "dd_open") and own_line:
        del children[-2:]
    else:
        return
    attach(owner, braces[0], draft)


def _tell_kramdown(found: str, draft: Draft) -> None:
    inner = found[2:-1].strip()
    if inner == "toc":
        hint = "write [TOC] in a paragraph of its own"
    else:
        hint = f"write {{{inner}}} without the colon, on the line above the block"
    draft.tell(
        "kramdown-attributes", f"{found} is Kramdown's way and stands here as text", found, hint
    )
