"""What is told about a text once it is read: its headings, its first paragraph, its length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from builder.text.body import Heading
from builder.text.draft import Draft
from builder.text.references import HELD
from builder.text.settle import plain_text
from builder.text.slugs import slug, unique

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

EXCERPT_LENGTH = 160
"""Characters of an excerpt, about as many as a search engine shows."""

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TAG = re.compile(r"<[^>]*>")
_UNLINKED = frozenset(
    {"link_open", "link_close", "footnote_ref", "image", "html_inline", "citation"}
)


def place_headings(
    tokens: Sequence[Token], shift: int | None, md: MarkdownIt, draft: Draft
) -> list[Heading]:
    """Give every heading its level and id, and return them; see `render` for `shift`."""
    openings = [place for place, token in enumerate(tokens) if token.type == "heading_open"]
    if shift is None:
        shift = 1 if any(tokens[place].tag == "h1" for place in openings) else 0
    headings: list[Heading] = []
    moved: dict[str, str] = {}
    for place in openings:
        opening, line, closing = tokens[place : place + 3]
        opening.tag = closing.tag = f"h{min(6, int(opening.tag[1]) + shift)}"
        children = line.children or []
        text = plain_text([c for c in children if c.type != "citation"]).strip()
        if "id" not in opening.attrs:
            name = slug(HELD.sub("", text))
            opening.attrs["id"] = moved[f"#{name}"] = unique(draft.prefix + name, draft.ids)
        html = md.renderer.render(_unlinked(children), md.options, {"draft": draft})
        headings.append(Heading(int(opening.tag[1]), str(opening.attrs["id"]), text, html.strip()))
    if draft.prefix:
        _follow(tokens, moved)
    return headings


def _follow(tokens: Sequence[Token], moved: dict[str, str]) -> None:
    """Links within the text lead to its own headings, whatever stands before their ids."""
    for line in tokens:
        for token in line.children or []:
            target = moved.get(str(token.attrs.get("href")))
            if target:
                token.attrs["href"] = f"#{target}"


def _unlinked(children: Sequence[Token]) -> list[Token]:
    return [token for token in children if token.type not in _UNLINKED]


def first_h1(tokens: Sequence[Token]) -> str:
    """The plain text of the first heading of level 1, before any is moved."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return plain_text(tokens[place + 1].children or []).strip()
    return ""


def excerpt(tokens: Sequence[Token], md: MarkdownIt, draft: Draft) -> tuple[str, str]:
    """The first paragraph: as plain text, cut, and as inline HTML, whole."""
    for place, token in enumerate(tokens):
        if token.type == "footnote_block_open":
            break
        if token.type == "paragraph_open" and token.level == 0:
            children = [c for c in tokens[place + 1].children or [] if c.type != "footnote_ref"]
            text = " ".join(plain_text([c for c in children if c.type != "image"]).split())
            if text:
                html = md.renderer.render(_without_ids(children), md.options, {"draft": draft})
                return cut(text), html.strip()
    return "", ""


def _without_ids(children: Sequence[Token]) -> list[Token]:
    return [
        c.copy(attrs={k: v for k, v in c.attrs.items() if k != "id"}) if "id" in c.attrs else c
        for c in children
    ]


def cut(text: str, length: int = EXCERPT_LENGTH) -> str:
    """Text of at most `length` characters and an ellipsis, cut between words where it has any."""
    if len(text) <= length:
        return text
    head = text[: length + 1]
    space = head.rfind(" ")
    head = head[:space] if space > length // 2 else head[:length]
    for opening, closing in ("\ue000\ue001", "\ue005\ue006"):  # never within a token
        if head.rfind(opening) > head.rfind(closing):
            head = head[: head.rfind(opening)]
    return head.rstrip(" ,;:–—-(") + "…"


def count_words(tokens: Sequence[Token]) -> int:
    """The words of all prose, raw HTML included, code blocks and formulas not."""
    text = " ".join(_prose(tokens))
    alone = 0
    if not text.isascii() and _FAR.search(text.encode("utf-8", "replace")):
        text, alone = _ideograph().subn(" ", text)
    return alone + len([word for word in text.split() if len(word) > 1 or word.isalnum()])


_FAR = re.compile(rb"[\xe3-\xed]")
"""How characters from U+3000 to U+DFFF begin in UTF-8: without one there is no ideograph."""


@cache
def _ideograph() -> re.Pattern[str]:
    """One ideograph, which is a word; compiled on first use, for it takes a while."""
    return re.compile(f"[{_IDEOGRAPH}]")


def _prose(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield plain_text(token.children or [])
        elif token.type == "html_block":
            yield _TAG.sub(" ", token.content)


def tell_unused_footnotes(draft: Draft, env: dict[str, Any]) -> None:
    """Say which footnotes nothing refers to: they are not in the page."""
    for label, number in env.get("footnotes", {}).get("refs", {}).items():
        if number < 0:
            mark = f"[^{label[1:]}]"
            draft.tell(
                "footnote-not-used",
                f"the footnote {mark} is not shown, because nothing refers to it",
                f"{mark}:",
                f"write {mark} where it belongs",
            )
