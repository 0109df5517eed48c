"""Chicago style, author and date.

Source: *The Chicago Manual of Style*, 18th edition, chapters 13 and 14.
"""

from __future__ import annotations

from builder.citing.facts import Work
from builder.citing.people import NameStyle, as_authors, displayed, inverted, listed
from builder.citing.pieces import (
    Nodes,
    Pieces,
    capitalised,
    italic,
    joined,
    quoted,
    sentences,
    text,
)
from builder.text.person import PersonName

_DEGREES = {"doctoral": "phd_diss", "masters": "masters_thesis"}
_WHOLE = ("book", "report", "software", "dataset", "other")
"""Kinds that stand alone, and whose titles are in italics."""


def chicago(work: Work) -> Pieces:
    """Noether, Emmy. 1921. “Title.” *Journal* 12 (3): 4–5. https://doi.org/…."""
    title = work.title("typed" if work.kind == "patent" else "headline")
    shown: Nodes = title
    if work.kind != "patent":
        shown = italic(title) if work.kind in _WHOLE else quoted(title, ".", work.words.language)
    people = _people(work)
    head = (people, text(_year(work)), shown) if people else (shown, text(_year(work)))
    return sentences(*head, *_source(work), text(_draft(work)), work.address)


def _style(work: Work, first_inverted: bool = True) -> NameStyle:
    """Up to six names; of more, the first three."""
    final = f"{work.word('and')} "
    two = f", {final}" if first_inverted else f" {final}"
    return NameStyle(
        inverted if first_inverted else displayed, displayed, two, f", {final}",
        text(f", {work.word('et_al_short')}"), upright_of_two=f" {final}", most=6, kept=3,
    )  # fmt: skip


def _people(work: Work) -> Pieces:
    paper = work.paper
    if paper.authors or work.kind in ("chapter", "inproceedings") or not paper.editors:
        return listed(paper.authors, paper.others, _style(work))
    word = work.word("editors_short" if len(paper.editors) > 1 else "editor_short").lower()
    return (*listed(as_authors(paper.editors), False, _style(work)), *text(f", {word}"))


def _year(work: Work) -> str:
    if work.stage == "coming":
        return work.word("forthcoming").capitalize() + work.letter
    return f"{work.date.year if work.date else work.word('no_date')}{work.letter}"


def _draft(work: Work) -> str:
    if work.unpublished:
        return work.word("unpublished_manuscript")
    if work.stage != "draft":
        return ""
    return work.word(
        "manuscript_inpreparation"
        if work.paper.status == "inpreparation"
        else "manuscript_submitted"
    )


def _source(work: Work) -> tuple[Pieces, ...]:
    paper = work.paper
    match work.kind:
        case "article":
            return (_journal(work),)
        case "inproceedings" | "chapter":
            return _within(work), _numbered_series(work), work.imprint
        case "thesis":
            degree = (
                work.word(_DEGREES[work.thesis]) if work.thesis in _DEGREES else paper.genre.text
            )
            return (joined((text(degree), work.publisher)),)
        case "preprint":
            return (joined((text(work.word("preprint")), work.server, text(_day(work)))),)
        case "webpage":
            return work.container or work.publisher, text(_day(work))
        case "patent":
            number = f"{paper.genre.text or work.word('kind_patent')} {paper.number}".rstrip()
            return joined((text(number), text(_issued(work)))), work.imprint
        case "report":
            number = work.numbered("issue", paper.number)
            said = " ".join(filter(None, (paper.genre.text, number)))
            return (
                capitalised(text(work.edition)),
                capitalised(joined((text(said), paper.series.nodes))), work.imprint,
            )  # fmt: skip
        case "software" | "dataset":
            return text(work.numbered("version", paper.extra.get("version", ""))), work.imprint
    volume = text(work.numbered("volume_capital", work.volume))
    return (
        *_contributors(work), capitalised(text(work.edition)), volume, _numbered_series(work), work.genre_of_whole,
        work.container, work.imprint,
    )  # fmt: skip


def _issued(work: Work) -> str:
    day = f"{_day(work)}, {work.date.year}" if work.date and _day(work) else ""
    return f"{work.word('issued')} {day}" if day else ""


def _contributors(work: Work) -> tuple[Pieces, ...]:
    """`Edited by Heinrich Weber`, where an author stands in front."""
    paper = work.paper
    hands = (("edited_by", paper.editors), ("translated_by", paper.translators))
    return tuple(
        capitalised((*text(f"{work.word(word)} "), *_named(work, people)))
        for word, people in hands
        if people and paper.authors
    )


def _named(work: Work, people: tuple[PersonName, ...]) -> Pieces:
    return listed(as_authors(people), False, _style(work, False))


def _numbered_series(work: Work) -> Pieces:
    return (*work.paper.series.nodes, *text(f" {work.series_number}".rstrip()))


def _journal(work: Work) -> Pieces:
    """*Journal* 12 (3): 4–5; *Journal*, no. 3."""
    paper = work.paper
    journal: Pieces = italic(work.book("headline"))
    if paper.volume:
        issue = f" ({paper.issue})" if paper.issue else ""
        journal = (*journal, *text(f" {paper.volume}{issue}"))
    elif paper.issue:
        journal = joined((journal, text(work.issue(paper.issue))))
    else:
        journal = joined((journal, text(_day(work))))
    dated = not (paper.volume or paper.issue)
    return joined((journal, text(work.short_pages("chicago"))), ", " if dated else ": ")


def _within(work: Work) -> Pieces:
    """In *Book*, 2nd ed., vol. 3, edited by Felix Klein, 4–5"""
    paper = work.paper
    book = italic(work.book("headline"))
    editors = _named(work, paper.editors)
    edited = (*text(f"{work.word('edited_by')} "), *editors) if editors else ()
    parts = (
        book, text(work.edition), text(work.numbered("volume", work.volume)), edited,
        text(work.short_pages("chicago")),
    )  # fmt: skip
    inside = joined(parts)
    return (*text(f"{work.word('in')} "), *inside) if book else inside


def _day(work: Work) -> str:
    """`May 4`: the year stands in front."""
    date = work.date
    if date is None or work.stage != "out":
        return ""
    if not date.month:
        return work.season
    return f"{work.words.dates.months[date.month - 1]}{f' {date.day}' if date.day else ''}"
