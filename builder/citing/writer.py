"""A citation as HTML, and as a line of the inline tree for outputs that have no more."""

from __future__ import annotations

from html import escape

from builder.citing.pieces import Named, Piece, Pieces
from builder.citing.styles import reference
from builder.model.publications import Publication
from builder.settings import CitationStyle
from builder.text.rich import Link, Mark, Node, Rich, Text
from builder.text.words import Words


def to_html(pieces: Pieces, words: Words, marks: bool = True) -> str:
    """The line as HTML: the owner strong, people linked, marks with words for those who hear them.

    Without `marks`, as in a list that has no legend, contributions are left unsaid.
    """
    return "".join(_html(piece, words, marks) for piece in pieces)


def reference_html(
    paper: Publication, style: CitationStyle, words: Words, *, linked: bool = True, letter: str = "",
    marks: bool = True,
) -> str:  # fmt: skip
    """One publication in a style; a title in another language than the site's says which.

    The rest is told by `reference` and `to_html`.
    """
    line = to_html(reference(paper, style, words, linked=linked, letter=letter), words, marks)
    if not paper.language or paper.language == words.language:
        return line
    link = f'<a href="{escape(paper.address)}"'
    return line.replace(link, f'{link} lang="{escape(paper.language)}"', 1)


def _html(piece: Piece, words: Words, marks: bool) -> str:
    if not isinstance(piece, Named):
        return Rich((piece,)).html
    author, name = piece.author, escape(piece.text, quote=False)
    if author.owner:
        name = f"<strong>{name}</strong>"
    elif author.url:
        name = f'<a href="{escape(author.url)}">{name}</a>'
    if not (author.marks and marks):
        return name
    said = "".join(
        f'<span class="unseen"> ({escape(words[m])})</span>' for m in author.marks if words.get(m)
    )
    signs = f'<span aria-hidden="true">{escape(author.signs)}</span>'
    return f'{name}<sup class="marks">{signs}{said}</sup>'


def to_rich(pieces: Pieces, bare: bool = False) -> Rich:
    """The same line as a tree: the owner strong, people linked, marks raised.

    `bare` is for texts that stand alone, without a legend: names are names.
    """
    return Rich(tuple(node for piece in pieces for node in _nodes(piece, bare)))


def _nodes(piece: Piece, bare: bool) -> tuple[Node, ...]:
    if not isinstance(piece, Named):
        return (piece,)
    author, name = piece.author, Text(piece.text)
    signs: tuple[Node, ...] = (Mark("sup", (Text(author.signs),)),) if author.signs else ()
    if author.owner:
        return (Mark("strong", (name,)), *(() if bare else signs))
    return (name,) if bare else (Link(author.url, (name,)) if author.url else name, *signs)
