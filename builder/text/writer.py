"""Tokens as HTML: CommonMark's own, and what a page needs to be heard, scrolled and cached.

Classes for a stylesheet: `scroll` around tables, `align-left|center|right` on cells, `math` around
displayed formulas, `language-…` on code with the classes of `highlight.CLASSES` inside,
`admonition` with its kind and `admonition-title`, `task-list-item`, `footnote-ref`, `footnotes`,
`footnote-back`, `toc`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from builder.text.body import Heading, Words
from builder.text.cites import LIST_MARK
from builder.text.draft import Draft
from builder.text.maths import to_mathml
from builder.text.settle import plain_text

WIDE_FORMULA = 60
"""Characters of TeX from which a displayed formula may need scrolling, and so the keyboard."""


def contents(headings: Iterable[Heading], words: Words) -> str:
    """A table of contents of the headings of levels 2 and 3; nothing where there are none."""
    chapters: list[tuple[str, list[str]]] = []
    for heading in headings:
        link = f'<a href="#{escape(heading.id)}">{heading.html}</a>'
        if heading.level == 2 or (heading.level == 3 and not chapters):
            chapters.append((link, []))
        elif heading.level == 3:
            chapters[-1][1].append(f"<li>{link}</li>")
    if not chapters:
        return ""
    items = "".join(
        f"<li>{link}{'<ul>' + ''.join(inner) + '</ul>' if inner else ''}</li>\n"
        for link, inner in chapters
    )
    label = escape(words.contents)
    return f'<nav class="toc" aria-label="{label}">\n<ul>\n{items}</ul>\n</nav>\n'


class Writer(RendererHTML):
    """One method for each type of token that is not written as its plain tag."""

    def held(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Finished HTML stands without a paragraph of its own."""
        return f"{tokens[idx].content}\n"

    def toc(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The table of contents of all headings, also those behind it."""
        return contents(env["headings"], _draft(env).words)

    def citation(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The mark that stands for it."""
        return tokens[idx].content

    def container_refs_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Where the list of references stands, below what its author wrote there."""
        return ""

    def container_refs_close(
        self, tokens: Sequence[Token], idx: int, options: Any, env: Any
    ) -> str:
        """The mark that stands for the list."""
        return f"{LIST_MARK}\n"

    def math(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A formula in a line."""
        return to_mathml(tokens[idx].content, bool(tokens[idx].meta.get("display")))

    def math_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A displayed formula, in a box that can scroll."""
        token = tokens[idx]
        if len(token.content) > WIDE_FORMULA:
            token.attrs["tabindex"] = "0"
        token.attrJoin("class", "math")
        return f"<div{self.renderAttrs(token)}>{to_mathml(token.content, True)}</div>\n"

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A listing, which the keyboard can scroll."""
        token = tokens[idx]
        name = f' class="language-{escape(token.info)}"' if token.info else ""
        code = token.meta.get("coloured") or escape(token.content, quote=False)
        return f'<pre tabindex="0"{self.renderAttrs(token)}><code{name}>{code}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """An indented listing."""
        return self.fence(tokens, idx, options, env)

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A picture that is fetched when it comes near."""
        token = tokens[idx]
        token.attrs["alt"] = plain_text(token.children or [])
        token.attrs = {**token.attrs, "loading": "lazy", "decoding": "async"} | token.attrs
        return f"<img{self.renderAttrs(token)}>"

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """A table, in a box that can scroll."""
        return f'<div class="scroll" tabindex="0">\n{self.renderToken(tokens, idx, options, env)}'

    def table_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The end of the table and its box."""
        return "</table>\n</div>\n"

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """An item, with its box if it is a task."""
        opening = self.renderToken(tokens, idx, options, env)
        done = tokens[idx].meta.get("checked")
        if done is None:
            return opening
        words = _draft(env).words
        label = escape(words.done if done else words.to_do)
        checked = " checked" if done else ""
        return f'{opening}<input type="checkbox" disabled{checked} aria-label="{label}"> '

    # ---- footnotes: the roles are those of the Digital Publishing WAI-ARIA module

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The mark in the text."""
        number, ref, prefix = _footnote(tokens[idx], env)
        return (
            f'<sup class="footnote-ref"><a href="#{prefix}fn-{number}" '
            f'id="{prefix}fnref-{ref}" role="doc-noteref">{number}</a></sup>'
        )

    def footnote_block_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The list of footnotes."""
        label = escape(_draft(env).words.footnotes)
        return f'<section class="footnotes" role="doc-endnotes" aria-label="{label}">\n<ol>\n'

    def footnote_block_close(
        self, tokens: Sequence[Token], idx: int, options: Any, env: Any
    ) -> str:
        """The end of that list."""
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """One footnote."""
        number, _, prefix = _footnote(tokens[idx], env)
        return f'<li id="{prefix}fn-{number}">'

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Its end."""
        return "</li>\n"

    def footnote_anchor(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """The way back to the text."""
        _, ref, prefix = _footnote(tokens[idx], env)
        label = escape(f"{_draft(env).words.back_to_reference} {ref}")
        return (
            f' <a href="#{prefix}fnref-{ref}" class="footnote-back" role="doc-backlink" '
            f'aria-label="{label}">↩\ufe0e</a>'
        )


def _draft(env: Any) -> Draft:
    draft: Draft = env["draft"]
    return draft


def _footnote(token: Token, env: Any) -> tuple[int, str, str]:
    """The number of a footnote, that of one of its marks, and the prefix of ids."""
    number = int(token.meta["id"]) + 1
    which = int(token.meta.get("subId") or 0)
    ref = f"{number}-{which + 1}" if which else str(number)
    return number, ref, escape(_draft(env).prefix)
