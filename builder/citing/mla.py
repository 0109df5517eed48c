"""MLA style.

Source: Modern Language Association, *MLA Handbook*, 9th edition, chapter 5.
"""

from __future__ import annotations

from builder.citing.facts import Headline, Work, article_number
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
        f", {final}", f", {et_al}" if first_inverted else f" {et_al}", most=2, kept=1,
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
        container = text("arXiv") if paper.arxiv else work.container
        return (joined((italic(container), text(_date(work)), work.address)),)
    if work.kind == "manuscript":
        return (joined((text(_date(work)), text(_stage(work)), work.address)),)
    number = f" {paper.volume or paper.number}".rstrip() if paper.series else ""
    series = (*paper.series.nodes, *text(number)) if work.kind == "book" else ()
    return capitalised(joined(_container(work))), series


def _container(work: Work) -> tuple[Pieces, ...]:
    """The container in the Handbook's order: title, contributors, version, number, and so on."""
    paper, kind = work.paper, work.kind
    inside = kind in ("article", "inproceedings", "chapter")
    editors = as_authors(paper.editors) if paper.authors and kind != "article" else ()
    edited = listed(editors, False, _style(work, False))
    version = work.numbered("version", paper.extra.get("version", ""))
    number = paper.issue if kind == "article" else paper.number
    pages = paper.pages
    return (
        italic(work.book(_LETTERS)) if inside else italic(work.container),
        (*text(f"{work.word('edited_by')} "), *edited) if editors else (),
        text(work.edition or version),
        text(work.numbered("volume", "" if kind == "book" and paper.series else paper.volume)), text(work.numbered("issue", number)),
        work.publisher if kind != "article" else (), text(_date(work)),
        text(f"{work.word('article_number').lower()} {pages}" if article_number(pages) else work.pages),
        text(_stage(work)), paper.genre.nodes if kind == "other" else (), work.address,
    )  # fmt: skip


def _stage(work: Work) -> str:
    return work.word("unpublished") if work.stage == "draft" or work.unpublished else ""


def _date(work: Work) -> str:
    """A year, or `May 2020`, `4 May 2020` for what bears more; `forthcoming` before it is out."""
    date = work.date
    if work.stage == "coming":
        return work.word("forthcoming")
    if date is None:
        return ""
    if not date.month or work.kind not in ("article", "preprint", "webpage"):
        return str(date.year)
    month = short_month(work, date.month)
    return " ".join(filter(None, (str(date.day or ""), month, str(date.year))))


def short_month(work: Work, month: int) -> str:
    """Months of more than four letters cut short: `May`, `June`, `Sept.`"""
    dates = work.words.dates
    whole, short = dates.months[month - 1], dates.months_short[month - 1].rstrip(".")
    return whole if len(whole) <= 4 else f"{'Sept' if short == 'Sep' else short}."
