"""MLA style.

Source: Modern Language Association, *MLA Handbook*, 9th edition, chapter 5.
"""

from __future__ import annotations

from builder.citing.facts import Headline, Work
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
from builder.model.bibtex_fields import GENRES

_LETTERS: Headline = "headline with small prepositions"
_DEGREES = {"doctoral": "phd_dissertation", "masters": "masters_thesis"}


def mla(work: Work) -> Pieces:
    """Noether, Emmy. “Title.” *Journal*, vol. 12, no. 3, 1921, pp. 4–5, https://doi.org/….

    What stands in something larger is quoted, what stands alone is in italics.
    """
    title = work.title(_LETTERS)
    part = work.kind in ("article", "inproceedings", "chapter", "preprint", "manuscript")
    shown: Nodes = quoted(title, ".", work.words.language) if part else italic(title)
    return sentences(_people(work), shown, *_source(work))


def _style(work: Work, first_inverted: bool) -> NameStyle:
    """Two names at most; of more, the first."""
    final = f"{work.word('and')} "
    et_al = work.word("et_al_short")
    return NameStyle(
        inverted if first_inverted else displayed, displayed, f", {final}" if first_inverted else f" {final}",
        f", {final}", text(f", {et_al}" if first_inverted else f" {et_al}"),
        upright_of_two=f" {final}", most=2, kept=1,
    )  # fmt: skip


def _people(work: Work) -> Pieces:
    paper = work.paper
    if paper.authors or work.kind in ("chapter", "inproceedings") or not paper.editors:
        return listed(paper.authors, paper.others, _style(work, True))
    word = "editors_long" if len(paper.editors) > 1 else "editor_long"
    return (
        *listed(as_authors(paper.editors), False, _style(work, True)),
        *text(f", {work.word(word)}"),
    )


def _source(work: Work) -> tuple[Pieces, ...]:
    paper = work.paper
    if work.kind == "thesis":
        degree = work.word(_DEGREES[work.thesis]) if work.thesis in _DEGREES else paper.genre.text
        return text(_date(work)), joined((work.publisher, text(degree), work.address))
    if work.kind == "preprint":
        return (joined((italic(work.server), text(_date(work)), work.address)),)
    if work.kind == "manuscript":
        return (joined((text(_date(work)), text(_stage(work)), work.address)),)
    series = (*paper.series.nodes, *text(f" {work.series_number}".rstrip()))
    return capitalised(joined(_container(work))), series if paper.series else ()


def _container(work: Work) -> tuple[Pieces, ...]:
    """The container in the Handbook's order: title, contributors, version, number, and so on."""
    paper, kind = work.paper, work.kind
    inside = kind in ("article", "inproceedings", "chapter")
    editors = as_authors(paper.editors) if paper.authors and kind != "article" else ()
    edited = listed(editors, False, _style(work, False))
    version = work.numbered("version", paper.extra.get("version", ""))
    translators = listed(as_authors(paper.translators), False, _style(work, False))
    article = f"{work.word('article_number').lower()} " if work.article_number else ""
    return (
        italic(work.book(_LETTERS)) if inside else italic(work.container),
        (*text(f"{work.word('edited_by')} "), *edited) if editors else (),
        (*text(f"{work.word('translated_by')} "), *translators) if translators else (),
        text(work.edition or version), text(work.numbered("volume", work.volume)), text(_number(work)),
        work.publisher if kind != "article" else (), text(_date(work)),
        text(article + work.counted("mla")), text(_stage(work)), work.genre_of_whole, work.address,
    )  # fmt: skip


def _number(work: Work) -> str:
    """`no. 3` of a journal; a report or patent says of what: `U.S. Patent 174465`."""
    paper, kind = work.paper, work.kind
    if kind == "patent":
        return f"{paper.genre.text or work.word('kind_patent')} {paper.number}".rstrip()
    own = kind == "report" and paper.genre and paper.genre.text not in GENRES.values()
    number = "" if paper.series else paper.number
    said = work.issue(paper.issue) if kind == "article" else work.numbered("issue", number)
    return f"{paper.genre.text} {said}".rstrip() if own else said


def _stage(work: Work) -> str:
    return work.word("unpublished") if work.stage == "draft" or work.unpublished else ""


def _date(work: Work) -> str:
    """A year, or `May 2020`, `4 May 2020` for what bears more; `forthcoming` before it is out."""
    date = work.date
    if work.stage == "coming":
        return work.word("forthcoming")
    if date is None:
        return ""
    if work.kind not in ("article", "preprint", "webpage", "report", "patent"):
        return str(date.year)
    if not date.month:
        return f"{work.season} {date.year}".lstrip()
    month = short_month(work, date.month)
    return " ".join(filter(None, (str(date.day or ""), month, str(date.year))))


def short_month(work: Work, month: int) -> str:
    """Months of more than four letters cut short: `May`, `June`, `Sept.`"""
    dates = work.words.dates
    whole, short = dates.months[month - 1], dates.months_short[month - 1].rstrip(".")
    return whole if len(whole) <= 4 else f"{'Sept' if short == 'Sep' else short}."
