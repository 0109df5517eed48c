"""A CV in Markdown as headings, paragraphs and lists, with the source text of each.

Exports of PDFs and word processors join what belongs apart and lose heading signs; both are
mended here, so that the room above sees blocks alone.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from builder.importers.kramdown import without_comments


class Heading(NamedTuple):
    """A title of a part."""

    level: int
    text: str


class Para(NamedTuple):
    """A paragraph, its lines joined by blanks."""

    text: str


class Item(NamedTuple):
    """An item of a list: its first paragraph, and what stands below that."""

    text: str
    blocks: tuple[Any, ...]


class Listing(NamedTuple):
    """A list."""

    items: tuple[Item, ...]


Block = Heading | Para | Listing


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    from markdown_it import MarkdownIt

    text = without_comments(text, lambda *_: None)
    tokens = MarkdownIt("commonmark").parse(_mended(text))
    blocks, _ = _read(tokens, 0, "")
    return _with_headings(_apart(blocks))


def _mended(text: str) -> str:
    """Liquid taken out; lists that stand against their item's text set off."""
    text = re.sub(r"<ul>\s*\{%-?\s*for.*?endfor\s*-?%\}\s*</ul>", _drawn, text, flags=re.DOTALL)
    text = re.sub(r"\{%-?\s*for.*?endfor\s*-?%\}", _drawn, text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    return re.sub(r"\{:[^{}\n]*\}", "", text)


def _drawn(found: re.Match[str]) -> str:
    name = re.search(r"\bin\s+site\.(\w+)", found[0])
    return f"\n\n\ue050{name[1]}\ue050\n\n" if name else ""


DRAWN = re.compile("\ue050(\\w+)\ue050")
"""A paragraph that stands for the records of a collection."""


def _read(tokens: list[Any], at: int, until: str) -> tuple[list[Block], int]:
    blocks: list[Block] = []
    while at < len(tokens):
        token = tokens[at]
        if token.type == until:
            return blocks, at
        if token.type == "heading_open":
            blocks.append(Heading(int(token.tag[1]), _line(tokens[at + 1].content)))
            at += 3
        elif token.type == "paragraph_open":
            blocks += _paragraphs(tokens[at + 1].content)
            at += 3
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            items, at = _items(tokens, at + 1, token.type.replace("open", "close"))
            blocks.append(Listing(items))
            at += 1
        elif token.type in ("code_block", "fence", "html_block") and token.content.strip():
            plain = (
                re.sub(r"<[^>]+>", " ", token.content)
                if token.type == "html_block"
                else token.content
            )
            blocks += [Para(_line(plain))] if plain.strip() else []
            at += 1
        else:
            at += 1
    return blocks, at


def _items(tokens: list[Any], at: int, until: str) -> tuple[tuple[Item, ...], int]:
    items: list[Item] = []
    while tokens[at].type != until:
        if tokens[at].type == "list_item_open":
            inner, at = _read(tokens, at + 1, "list_item_close")
            first = inner[0] if inner else Para("")
            text = first.text if isinstance(first, (Para, Heading)) else ""
            rest = inner[1:] if isinstance(first, (Para, Heading)) else inner
            items.append(Item(text, tuple(rest)))
        at += 1
    return tuple(items), at


def _paragraphs(content: str) -> list[Block]:
    """One paragraph; lines that end in a hard break stand apart."""
    parts = re.split(r"(?: {2,}|\\)\n", content)
    return [Para(_line(part)) for part in parts if part.strip()]


def _line(text: str) -> str:
    from html import unescape

    return " ".join(unescape(text).split())


_STUCK = re.compile(r"(?<=[^\s*(])(\*\*[^*]+\*\*)$")


def _apart(blocks: list[Block]) -> list[Block]:
    """Paragraphs in two where a bold title hangs at the end of the text before it."""
    out: list[Block] = []
    for block in blocks:
        stuck = _STUCK.search(block.text) if isinstance(block, Para) else None
        if stuck and len(stuck[1].split()) > 3 and isinstance(block, Para):
            out += [Para(block.text[: stuck.start()].strip()), Para(stuck[1])]
        else:
            out.append(block)
    return out


TITLES = re.compile(
    r"\b(education|experiences?|employment|appointments?|positions?|work|interests?|publications?|papers|preprints|articles|talks?"
    r"|presentations?|projects?|skills?|awards?|honou?rs?|scholarships?|fellowships?|grants?|funding|teaching|service|activities|leadership"
    r"|languages?|certifications?|patents?|software|references?|references|summary|profile|about|volunteer\w*|memberships?|qualifications?"
    r"|training|mentoring|supervision|students|media|press|outreach|conferences?|research|biography|bio|contact|hobbies|coursework)\b",
    re.IGNORECASE,
)
"""Words that titles of sections are made of."""


def _with_headings(blocks: list[Block]) -> list[Block]:
    """Headings as they are; in a text without any, short lines of the words that sections have."""
    if any(isinstance(b, Heading) for b in blocks):
        return blocks
    out: list[Block] = []
    for n, block in enumerate(blocks):
        if n == 0 and isinstance(block, Para) and len(block.text.split()) < 6:
            out.append(Heading(1, block.text.strip("*")))
        elif isinstance(block, Para) and _is_title(block.text):
            out.append(Heading(2, block.text.strip("*: ")))
        else:
            out.append(block)
    return out


def _is_title(text: str) -> bool:
    bare = text.strip("*: ")
    words = [w for w in re.findall(r"[^\W\d_]+", bare) if len(w) > 3]
    capital = all(w[0].isupper() for w in words)
    plain = not re.search(r"[|,.;()\d@/]|\]\(", bare)
    return bool(TITLES.search(bare)) and plain and capital and len(bare.split()) <= 6
