"""Chicago style, author and date.

Source: *The Chicago Manual of Style*, 18th edition, chapters 13 and 14.
"""

from __future__ import annotations

from builder.citing.facts import Work
from builder.citing.people import NameStyle, as_authors, displayed, inverted, listed
from builder.citing.pieces import Nodes, Pieces, italic, joined, quoted, sentences, text

_DEGREES = {"doctoral": "phd_diss", "masters": "masters_thesis"}
_WHOLE = ("book", "report", "patent", "software", "dataset", "other")
"""Kinds that stand alone, and whose titles are in italics."""


def chicago(work: Work) -> Pieces:
    """Noether, Emmy. 1921. “Title.” *Journal* 12 (3): 4–5. https://doi.org/…."""
    title = work.title("headline")
    shown: Nodes = italic(title) if work.kind in _WHOLE else quoted(title, ".", work.words.language)
    people = _people(work)
    head = (people, text(_year(work)), shown) if people else (shown, text(_year(work)))
    return sentences(*head, *_source(work), text(_draft(work)), work.address)


def _style(work: Work, first_inverted: bool = True) -> NameStyle:
    """Up to six names; of more, the first three."""
    final = f"{work.word('and')} "
    two = f", {final}" if first_inverted else f" {final}"
    return NameStyle(
        inverted if first_inverted else displayed, displayed, two, f", {final}",
        f", {work.word('et_al_short')}", most=6, kept=3,
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
            return _within(work), work.publisher
        case "thesis":
            degree = (
                work.word(_DEGREES[work.thesis]) if work.thesis in _DEGREES else paper.genre.text
            )
            return (joined((text(degree), work.publisher)),)
        case "preprint":
            server = text("arXiv") if paper.arxiv else work.container
            return (joined((text(work.word("preprint")), server, text(_day(work)))),)
        case "webpage":
            return work.container or work.publisher, text(_day(work))
        case "report" | "patent":
            number = work.numbered("issue", paper.number)
            said = " ".join(filter(None, (paper.genre.text, number)))
            return joined((text(said), paper.series.nodes)), work.publisher
        case "software" | "dataset":
            return text(work.numbered("version", paper.extra.get("version", ""))), work.publisher
    numbered = f" {paper.volume or paper.number}".rstrip() if paper.series else ""
    volume = text("" if paper.series else work.numbered("volume_capital", paper.volume))
    series = (*paper.series.nodes, *text(numbered))
    genre = paper.genre.nodes if work.kind == "other" else ()
    return text(work.edition), volume, series, genre, work.container, work.publisher


def _journal(work: Work) -> Pieces:
    """*Journal* 12 (3): 4–5; *Journal*, no. 3."""
    paper = work.paper
    journal: Pieces = italic(work.book("headline"))
    if paper.volume:
        issue = f" ({paper.issue})" if paper.issue else ""
        journal = (*journal, *text(f" {paper.volume}{issue}"))
    elif paper.issue:
        journal = joined((journal, text(work.numbered("issue", paper.issue))))
    else:
        journal = joined((journal, text(_day(work))))
    return joined((journal, text(paper.pages)), ": ")


def _within(work: Work) -> Pieces:
    """In *Book*, 2nd ed., vol. 3, edited by Felix Klein, 4–5"""
    paper = work.paper
    book = italic(work.book("headline"))
    editors = listed(as_authors(paper.editors), False, _style(work, False))
    edited = (*text(f"{work.word('edited_by')} "), *editors) if editors else ()
    parts = (
        book,
        text(work.edition),
        text(work.numbered("volume", paper.volume)),
        edited,
        text(paper.pages),
    )
    inside = joined(parts)
    return (*text(f"{work.word('in')} "), *inside) if book else inside


def _day(work: Work) -> str:
    """`May 4`: the year stands in front."""
    date = work.date
    if date is None or not date.month or work.stage != "out":
        return ""
    return f"{work.words.dates.months[date.month - 1]}{f' {date.day}' if date.day else ''}"
