"""The style of the house: names as they are, then title, where and when, in the fewest marks."""

from __future__ import annotations

from builder.citing.facts import Work, arxiv_number
from builder.citing.people import NameStyle, as_authors, displayed, listed
from builder.citing.pieces import Pieces, italic, joined, sentences, text
from builder.model.publications import Author
from builder.text.dates import format_when

_NAMED = ("thesis", "report", "patent", "software", "dataset")
"""Kinds of which it is said what they are: PhD thesis, US patent."""


def clean(work: Work) -> Pieces:
    """Emmy Noether. Title. *Journal* 12(3), 4–5, 1921. https://doi.org/…"""
    paper = work.paper
    people = names(work, paper.authors, paper.others)
    if not people and paper.editors and work.kind == "book":
        people = (*names(work, as_authors(paper.editors)), *text(f" ({_editors(work)})"))
    status = work.word(f"status_{paper.status}") if paper.status != "published" else ""
    return joined(
        (sentences(people, work.title("typed"), _where(work), text(status)), work.address), " "
    )


def names(work: Work, people: tuple[Author, ...], others: bool = False) -> Pieces:
    """All names up to eight; of more, the first six."""
    final = f" {work.word('and')} "
    style = NameStyle(
        displayed, displayed, final, final, text(f" {work.word('et_al')}"), most=8, kept=6
    )  # fmt: skip
    return listed(people, others, style)


def _editors(work: Work) -> str:
    return work.word("editors_short" if len(work.paper.editors) > 1 else "editor_short")


def _where(work: Work) -> Pieces:
    paper = work.paper
    venue = paper.venue
    genre = paper.genre if work.kind in _NAMED and paper.genre != venue else None
    editors = as_authors(paper.editors) if work.kind in ("chapter", "inproceedings") else ()
    edited = (*text(f"{work.word('edited_by')} "), *names(work, editors)) if editors else ()
    publisher = paper.publisher.nodes if work.kind in ("book", "chapter") else ()
    when = None if paper.dated_by_venue and not work.letter else paper.when
    year = format_when(when, work.words.dates, "year") if when else ""
    return joined((
        genre.nodes if genre else (), *_venue(work), edited, publisher if paper.publisher != venue else (),
        text(paper.pages), text(year + work.letter),
    ))  # fmt: skip


def _venue(work: Work) -> tuple[Pieces, ...]:
    """*Journal* 12(3), In *Book* 2; a series and its volume before the publisher of a book."""
    paper = work.paper
    number = paper.issue or ("" if paper.volume else paper.number)
    if paper.container or paper.event:
        issue = f"({number})" if paper.volume else f", {work.word('issue')} {number}"
        said = (f" {paper.volume}" if paper.volume else "") + (issue if number else "")
        opening = f"{work.word('in')} " if work.kind == "chapter" and paper.container else ""
        return ((*text(opening), *italic(paper.venue.nodes), *text(said)),)
    if paper.series:
        series = f" {paper.volume or paper.number}".rstrip()
        return (*paper.series.nodes, *text(series)), paper.venue.nodes
    number = work.numbered("issue", number)
    bare = text("" if paper.venue else arxiv_number(paper))
    return text(work.numbered("volume", paper.volume)), paper.venue.nodes or bare, text(number)
