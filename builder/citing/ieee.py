"""IEEE style, for numbered lists.

Source: *IEEE Reference Guide* and *IEEE Editorial Style Manual for Authors*, 2023.
"""

from __future__ import annotations

from builder.citing.facts import Work, arxiv_number
from builder.citing.numbers import worded
from builder.citing.people import NameStyle, as_authors, initials, listed
from builder.citing.pieces import Nodes, Pieces, italic, joined, linked, quoted, stopped, text
from builder.model.bibtex_fields import GENRES
from builder.model.publications import Author
from builder.text.rich import Text

_DEGREES = {"doctoral": "phd_ieee", "masters": "masters_ieee"}
_DATED = ("article", "inproceedings", "report", "patent", "webpage")
"""Kinds whose month is said."""
_DAILY = ("patent", "webpage")
_WHOLE = ("book", "software", "dataset")
"""Kinds that stand alone, and whose titles are in italics."""


def ieee(work: Work) -> Pieces:
    """E. Noether, “Title,” *Journal*, vol. 12, no. 3, pp. 4–5, May 1921, doi: ….

    A number stands before it where the list counts.
    """
    if work.kind in _WHOLE:
        line = _whole(work, italic(work.title("headline" if work.kind == "book" else "typed")))
    else:
        title = work.title("sentence")
        source = _source(work)
        shown = quoted(title, "," if any(source) else ".", work.words.language)
        line = stopped(joined((_people(work), shown, *source)))
    if work.paper.doi or work.paper.arxiv or not work.address:
        return line
    online = text(f"[{work.word('online')}]. {work.word('available_at')}: ")
    return joined((line, (*online, *work.address)), " ")


def _whole(work: Work, title: Nodes) -> Pieces:
    """F. Klein, *Title*, 2nd ed., vol. 3. Berlin: Springer, 1926."""
    version = work.numbered("version", work.paper.extra.get("version", ""))
    numbers = (text(work.edition or version), text(work.numbered("volume", work.volume)))
    head = joined((
        _people(work), title, *_contributors(work), *numbers, *_series(work), work.genre_of_whole,
    ))  # fmt: skip
    return stopped(joined((*_printed(work, head), _doi(work))))


def names(work: Work, people: tuple[Author, ...], others: bool = False) -> Pieces:
    """Up to six names with their initials first; of more, the first."""
    final = f"{work.word('and')} "
    et_al = (*text(" "), *italic(text(work.word("et_al_short"))))
    style = NameStyle(initials, initials, f" {final}", f", {final}", et_al, most=6, kept=1)
    return listed(people, others, style)


def _people(work: Work) -> Pieces:
    paper = work.paper
    if paper.authors or work.kind in ("chapter", "inproceedings") or not paper.editors:
        return names(work, paper.authors, paper.others)
    return joined((names(work, as_authors(paper.editors)), text(_editor_word(work))))


def _contributors(work: Work) -> tuple[Pieces, ...]:
    """`H. Weber, Ed.`, `N. K. Smith, Trans.`, where an author stands in front."""
    if not work.paper.authors:
        return ()
    hands = (
        (work.paper.editors, _editor_word(work)),
        (work.paper.translators, work.word("translator_short")),
    )
    return tuple(
        joined((names(work, as_authors(people)), text(word))) for people, word in hands if people
    )


def _series(work: Work) -> tuple[Nodes, ...]:
    """`Lecture Notes in Mathematics, vol. 12`"""
    return work.paper.series.nodes, text(work.numbered("volume", work.series_number))


def _editor_word(work: Work) -> str:
    return work.word("editors_short" if len(work.paper.editors) > 1 else "editor_short")


def _source(work: Work) -> tuple[Pieces, ...]:
    paper, date = work.paper, text(_date(work))
    pages = text(_pages(work))
    match work.kind:
        case "article":
            where = (italic(work.container), *_volume(work), pages)
        case "inproceedings":
            return (_within(work), text(work.place), date, pages, _doi(work))
        case "chapter":
            return (*_printed(work, _within(work)), pages, _doi(work))
        case "thesis":
            degree = (
                work.word(_DEGREES[work.thesis]) if work.thesis in _DEGREES else paper.genre.text
            )
            where = (text(degree), work.publisher, text(work.place))
        case "report":
            where = (text(work.edition), work.imprint, text(work.place), text(_report(work)))
        case "patent":
            where = (
                text(f"{paper.genre.text or work.word('kind_patent')} {paper.number}".strip()),
            )
        case "preprint":
            arxiv = linked(f"https://arxiv.org/abs/{paper.arxiv}", text(arxiv_number(paper)))
            return (date, arxiv or work.server, _doi(work))
        case _:
            said = work.word("unpublished") if work.unpublished else ""
            where = (text(said), work.container, work.publisher, paper.genre.nodes)
    return (*where, date, _doi(work))


def _report(work: Work) -> str:
    """`Rep. 12`; in the author's own words: `Request for Comments 791`."""
    genre, number = work.paper.genre.text, work.paper.number
    own = genre and genre not in GENRES.values()
    return f"{genre} {number}".rstrip() if own else work.numbered("report_short", number)


def _volume(work: Work) -> tuple[Nodes, ...]:
    issue = work.paper.issue
    counted = work.issue(issue) if worded(issue) else work.numbered("issue", issue)
    return text(work.numbered("volume", work.paper.volume)), text(counted)


def _pages(work: Work) -> str:
    number = work.article_number
    return f"{work.word('article_short')} {number}" if number else work.pages


def _within(work: Work) -> Pieces:
    """in *Book*, 2nd ed., vol. 3, F. Klein, Ed."""
    paper = work.paper
    book = italic(work.container)
    editors = joined((names(work, as_authors(paper.editors)), text(_editor_word(work))))
    parts = joined((
        book, *_series(work), text(work.edition), text(work.numbered("volume", work.volume)),
        editors if paper.editors else (),
    ))  # fmt: skip
    return (*text(f"{work.word('in').lower()} "), *parts) if book else parts


def _printed(work: Work, head: Pieces) -> tuple[Pieces, ...]:
    """What precedes place and publisher is a sentence of its own: `2nd ed. Berlin: Springer, 1930`."""
    publisher: Pieces = joined((text(work.place), work.imprint), ": ")
    if not head or not publisher:
        return (joined((head, publisher, text(_date(work)))),)
    return joined((stopped(head), publisher), " "), text(_date(work))


def _date(work: Work) -> str:
    """`May 1921`; before it is out, how far it is."""
    date, paper = work.date, work.paper
    if work.stage == "coming":
        return work.word("to_be_published")
    if work.stage == "draft":
        return work.word(
            "unpublished" if paper.status == "inpreparation" else "submitted_for_publication"
        )
    if date is None:
        return work.word("no_date")
    if work.kind not in _DATED:
        return str(date.year)
    if not date.month:
        return f"{work.season} {date.year}".lstrip()
    dates = work.words.dates
    whole, short = dates.months[date.month - 1], dates.months_short[date.month - 1].rstrip(".")
    day = f" {date.day}," if date.day and (work.press or work.kind in _DAILY) else ""
    return f"{whole if whole == short else f'{short}.'}{day} {date.year}"


def _doi(work: Work) -> Nodes:
    doi = work.paper.doi
    return (
        (*text(f"{work.word('doi').lower()}: "), *linked(f"https://doi.org/{doi}", (Text(doi),)))
        if doi
        else ()
    )
