"""Inline text with its emphasis, links and mathematics: one tree, written in every format.

Titles come from BibTeX in TeX, bullets from YAML in Markdown, names from JSON as they are. Each
reader makes the same small tree of it, and each output writes that tree in its own markup, so
that a title reads the same in the list, the feed, the export and the PDF.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal

import msgspec

from builder.text.patterns import late

MarkName = Literal["em", "strong", "sub", "sup", "small-caps", "strike", "quote"]

TAGS: dict[str, str] = {
    "em": "em", "strong": "strong", "sub": "sub", "sup": "sup", "strike": "s", "quote": "q",
    "small-caps": "small",
}  # fmt: skip


class Text(msgspec.Struct, frozen=True, tag=True):
    """A run of plain characters."""

    text: str


class Code(msgspec.Struct, frozen=True, tag=True):
    """A run of characters to print as a program would."""

    text: str


class Math(msgspec.Struct, frozen=True, tag=True):
    """A formula, as TeX without its dollars."""

    tex: str


class Break(msgspec.Struct, frozen=True, tag=True):
    """A line break that the author asked for."""


class Mark(msgspec.Struct, frozen=True, tag=True):
    """Children that are set apart: emphasis, superscript and the like."""

    name: MarkName
    children: tuple[Node, ...]


class Link(msgspec.Struct, frozen=True, tag=True):
    """Children that lead somewhere.

    `href` is an outside address, an address of this site that begins with `/`, or a
    `source:` reference (see `links.py`), never a dangerous scheme.
    """

    href: str
    children: tuple[Node, ...]


Node = Text | Code | Math | Break | Mark | Link


class Rich(msgspec.Struct, frozen=True):
    """A line of text as a tree. Empty is false; `str()` is its plain text.

    Printed by Jinja it is its HTML, escaped, so that a layout writes `{{ paper.title }}` and
    nothing else.
    """

    nodes: tuple[Node, ...] = ()
    lang: str = ""
    """Its language, where it stands among texts of another."""

    def __bool__(self) -> bool:
        return bool(self.nodes)

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return self.html

    @property
    def text(self) -> str:
        """Without any markup, for a `<title>`, a sort key, a search index. Formulas stay TeX."""
        if len(self.nodes) == 1 and isinstance(only := self.nodes[0], Text):
            return only.text
        return "".join(_plain(self.nodes))

    @property
    def html(self) -> str:
        """As an HTML fragment, escaped."""
        html = "".join(map(_html, self.nodes))
        return f'<span lang="{escape(self.lang)}">{html}</span>' if self.lang and html else html

    @property
    def unlinked(self) -> Rich:
        """The same without its links, to stand inside a link of its own."""
        return Rich(tuple(_without_links(self.nodes)), self.lang)


def plain(text: str) -> Rich:
    """Text that means exactly its characters."""
    return Rich((Text(text),)) if text else EMPTY


EMPTY = Rich()


def _plain(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        match node:
            case Text(text) | Code(text):
                yield text
            case Math(tex):
                yield f"${tex}$"
            case Break():
                yield " "
            case Mark("quote", children):
                yield "“"
                yield from _plain(children)
                yield "”"
            case Mark(_, children) | Link(_, children):
                yield from _plain(children)


def _html(node: Node) -> str:
    match node:
        case Text(text):
            return escape(text, quote=False)
        case Code(text):
            return f"<code>{escape(text, quote=False)}</code>"
        case Math(tex):
            from builder.text.maths import to_mathml

            return to_mathml(tex)
        case Break():
            return "<br>"
        case Mark(name, children):
            tag = TAGS[name]
            return f"<{tag}>{''.join(map(_html, children))}</{tag}>"
        case Link(href, children):
            return f'<a href="{escape(href)}">{"".join(map(_html, children))}</a>'


def _without_links(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        match node:
            case Link(_, children):
                yield from _without_links(children)
            case Mark(name, children):
                yield Mark(name, tuple(_without_links(children)))
            case _:
                yield node


# ---- the HTML that a title may hold ---------------------------------------------------------

_TITLE_TAGS: dict[str, MarkName] = {
    "i": "em", "em": "em", "b": "strong", "strong": "strong", "sub": "sub", "sup": "sup",
}  # fmt: skip
_TAG = late(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")


def from_title_html(text: str) -> tuple[Rich, list[str]]:
    """Read the few tags that CSL allows in a title: `<i> <b> <sub> <sup>` (and em, strong).

    Returns the tree, and the other tags that were found; those stay in the text as written.
    Source: the CSL-JSON rich text rules of the Citation Style Language project.
    """
    stack: list[tuple[MarkName | None, list[Node]]] = [(None, [])]
    refused: list[str] = []
    position = 0
    for tag in _TAG().finditer(text):
        name = _TITLE_TAGS.get(tag[1].lower())
        closing = tag[0].startswith("</")
        if name is None or (closing and stack[-1][0] != name):
            if name is None:
                refused.append(tag[0])
            continue
        if tag.start() > position:
            stack[-1][1].append(Text(text[position : tag.start()]))
        position = tag.end()
        if closing:
            _, children = stack.pop()
            stack[-1][1].append(Mark(name, tuple(children)))
        else:
            stack.append((name, []))
    if position < len(text):
        stack[-1][1].append(Text(text[position:]))
    while len(stack) > 1:  # never closed: the words count, the emphasis does not
        _, children = stack.pop()
        stack[-1][1].extend(children)
    return Rich(tuple(stack[0][1])), refused
