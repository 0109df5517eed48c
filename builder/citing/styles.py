"""The styles by name, and one publication in one of them."""

from __future__ import annotations

from collections.abc import Callable

from builder.citing.apa import apa
from builder.citing.chicago import chicago
from builder.citing.clean import clean
from builder.citing.facts import Work
from builder.citing.ieee import ieee
from builder.citing.mla import mla
from builder.citing.pieces import Pieces
from builder.csl_style import style_named
from builder.model.publications import Publication
from builder.settings import CitationStyle
from builder.text.words import Words

STYLES: dict[CitationStyle, Callable[[Work], Pieces]] = {
    "clean": clean, "numbered": clean, "apa": apa, "mla": mla, "chicago": chicago, "ieee": ieee,
}  # fmt: skip


def reference(
    paper: Publication, style: CitationStyle, words: Words, *, linked: bool = True, letter: str = ""
) -> Pieces:
    """The line of a reference list for one publication, in the language of `words`.

    With `linked` its title leads to its page; `letter` follows its year, as in 1921a.
    """
    own = style_named(style)
    if own is None:
        return STYLES[style](Work(paper=paper, words=words, linked=linked, letter=letter))
    from builder.citing.csl_lines import CslFailed, csl_line

    try:
        return csl_line(paper, own, words, linked)
    except CslFailed:  # `folio check` tells it
        return clean(Work(paper=paper, words=words, linked=linked, letter=letter))
