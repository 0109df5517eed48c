"""The pieces that a citation is put together from, and how they are joined.

A citation is a line of the inline tree (`text/rich.py`) in which names know whose they are, so
that every output marks the owner and the contributions in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from builder.model.publications import Author
from builder.text.person import is_cjk
from builder.text.rich import Link, Mark, Node, Rich, Text


class Named(msgspec.Struct, frozen=True, tag=True):
    """A name as a style prints it, and the author that it names."""

    author: Author
    text: str


Nodes = tuple[Node, ...]
Piece = Node | Named
Pieces = tuple[Piece, ...]
"""What is empty is left out wherever pieces are joined."""


def text(words: str) -> Nodes:
    """Words as they are."""
    return (Text(words),) if words else ()


def italic(inner: Nodes) -> Nodes:
    """Titles of what stands alone: books, journals. Chinese, Japanese and Korean have no italics."""
    upright = not inner or is_cjk(plain_text(inner))
    return inner if upright else (Mark("em", inner),)


def linked(url: str, inner: Nodes) -> Nodes:
    """The same as a link; as it is where there is nowhere to lead."""
    return (Link(url, inner),) if url and inner else inner


def joined(parts: Iterable[Pieces], between: str = ", ") -> Pieces:
    """The parts that there are, with a mark between them that does not follow its like."""
    out: list[Piece] = []
    for part in filter(None, parts):
        if out:
            mark = between[:1] if between[:1] in (",", ".") else ""
            if mark and not _ends_in(tuple(out), mark):
                out = [*_marked(tuple(out), mark)]
            out.append(Text(between[len(mark) :]))
        out.extend(part)
    return tuple(out)


def _ends_in(pieces: Pieces, mark: str) -> bool:
    """Whether they end in this comma or full stop, or in what stands for it in quotation marks."""
    last = ending(pieces)
    like = last[:1] == mark or (last[:1] in ("?", "!") and last[1:] == "”")
    return like and mark in (",", ".")


def sentences(*parts: Pieces) -> Pieces:
    """Every part with a full stop, unless it brings an end of its own."""
    return joined((stopped(part) for part in parts), " ")


def stopped(pieces: Pieces) -> Pieces:
    """The pieces with a full stop behind them, unless they end in one, or in `?` or `!`."""
    stands = not pieces or ending(pieces)[:1] in (".", "?", "!")
    return pieces if stands else _marked(pieces, ".")


def _marked(pieces: Pieces, mark: str) -> Pieces:
    """The pieces with a comma or full stop behind them, inside quotation marks that close there."""
    *before, last = pieces
    match last:
        case Text(words) if _CLOSES.search(words):
            bare = words.rstrip("”’")
            return (*before, Text(bare + mark + words[len(bare) :]))
        case Mark("quote", inner) if plain_text((last,))[-1:] == "”":
            return (*before, Mark("quote", (*inner, Text(mark))))
        case Mark(name, inner) if _CLOSES.search(plain_text(inner)):
            return (*before, Mark(name, nodes_of(_marked(inner, mark))))
        case Link(href, inner) if _CLOSES.search(plain_text(inner)):
            return (*before, Link(href, nodes_of(_marked(inner, mark))))
    return (*pieces, Text(mark))


_CLOSES = re.compile("”’?$|‘[^‘]*’$")
"""A quotation that ends here; what stands alone is an apostrophe."""


def nodes_of(pieces: Pieces) -> Nodes:
    """The pieces of a line in which no name stands."""
    return tuple(piece for piece in pieces if not isinstance(piece, Named))


def ending(pieces: Pieces) -> str:
    """The last sign and the closing quotation marks behind it."""
    behind = ""
    for piece in reversed(pieces):
        said = _words(piece) + behind
        if bare := said.rstrip("”’"):
            return said[len(bare) - 1 :]
        behind = said
    return behind


def capitalised(pieces: Pieces) -> Pieces:
    """The pieces with a capital where they begin a sentence in plain words."""
    match pieces[:1]:
        case (Text(said),) if said:
            return (Text(said[0].upper() + said[1:]), *pieces[1:])
    return pieces


def quoted(title: Nodes, mark: str, language: str = "en") -> Nodes:
    """A title in the quotation marks of a language; in English the mark behind it stands inside."""
    from builder.text.grammar import quotes

    if not title:
        return ()
    opening, closing, *single = quotes(language)
    inside = language.startswith("en") and ending(title)[:1] not in ("?", "!")
    inner = tuple(_requoted(title, single[0], single[1]))
    ended = nodes_of(_marked(inner, mark)) if inside else inner
    return (Text(opening), *ended, Text(closing))


def _requoted(nodes: Iterable[Node], opening: str, closing: str) -> Iterator[Node]:
    """Quotation marks within a quoted title are single ones."""
    for node in nodes:
        match node:
            case Text(words):
                yield Text(words.replace("“", opening).replace("”", closing))
            case Mark("quote", children):
                yield from (Text(opening), *_requoted(children, opening, closing), Text(closing))
            case Mark(name, children):
                yield Mark(name, tuple(_requoted(children, opening, closing)))
            case Link(href, children):
                yield Link(href, tuple(_requoted(children, opening, closing)))
            case _:
                yield node


def _words(piece: Piece) -> str:
    return piece.text if isinstance(piece, Named) else Rich((piece,)).text


def plain_text(pieces: Pieces) -> str:
    """A citation without markup."""
    return "".join(map(_words, pieces))
