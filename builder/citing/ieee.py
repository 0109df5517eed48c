"""IEEE style, for numbered lists.

Source: *IEEE Reference Guide* and *IEEE Editorial Style Manual for Authors*, 2023.
"""

from __future__ import annotations

from builder.citing.facts import Work, article_number, arxiv_number
from builder.citing.people import NameStyle, as_authors, initials, listed
from builder.citing.pieces import Nodes, Pieces, italic, joined, linked, quoted, stopped, text
from builder.model.publications import Author
from builder.text.rich import Text

_DEGREES = {"doctoral": "phd_ieee", "masters": "masters_ieee"}
_WHOLE = ("book", "software", "dataset")
"""Kinds that stand alone, and whose titles are in italics."""


def ieee(work: Work) -> Pieces:
    """E. Noether, “Title,” *Journal*, vol. 12, no. 3, pp. 4–5, May 1921, doi: ….

    A number stands before it where the list counts.
    """
    title = work.title("sentence")
    if work.kind in _WHOLE:
        line = _whole(work, italic(title))
    else:
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
    numbers = (text(work.edition or version), text(work.numbered("volume", work.paper.volume)))
    head = joined((_people(work), title, *numbers))
    return stopped(joined((*_printed(work, head), _doi(work))))


def names(work: Work, people: tuple[Author, ...], others: bool = False) -> Pieces:
    """Up to six names with their initials first; of more, the first."""
    final = f"{work.word('and')} "
    style = NameStyle(
        initials, initials, f" {final}", f", {final}", f" {work.word('et_al_short')}", most=6, kept=1
    )  # fmt: skip
    return listed(people, others, style)


def _people(work: Work) -> Pieces:
    paper = work.paper
    if paper.authors or work.kind in ("chapter", "inproceedings") or not paper.editors:
        return names(work, paper.authors, paper.others)
    return joined((names(work, as_authors(paper.editors)), text(_editor_word(work))))


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
            number = work.numbered("report_short", paper.number)
            where = (work.publisher, text(work.place), text(number))
        case "patent":
            where = (
                text(f"{paper.genre.text or work.word('kind_patent')} {paper.number}".strip()),
            )
        case "preprint":
            arxiv = linked(f"https://arxiv.org/abs/{paper.arxiv}", text(arxiv_number(paper)))
            return (date, arxiv or work.container, _doi(work))
        case _:
            said = work.word("unpublished") if work.unpublished else ""
            where = (text(said), work.container, work.publisher, paper.genre.nodes)
    return (*where, date, _doi(work))


def _volume(work: Work) -> tuple[Nodes, ...]:
    paper = work.paper
    return text(work.numbered("volume", paper.volume)), text(work.numbered("issue", paper.issue))


def _pages(work: Work) -> str:
    pages = work.paper.pages
    return f"{work.word('article_short')} {pages}" if article_number(pages) else work.pages


def _within(work: Work) -> Pieces:
    """in *Book*, 2nd ed., vol. 3, F. Klein, Ed."""
    paper = work.paper
    book = italic(work.container)
    editors = joined((names(work, as_authors(paper.editors)), text(_editor_word(work))))
    parts = joined((
        book, paper.series.nodes, text(work.edition), text(work.numbered("volume", paper.volume)),
        editors if paper.editors else (),
    ))  # fmt: skip
    return (*text(f"{work.word('in').lower()} "), *parts) if book else parts


def _printed(work: Work, head: Pieces) -> tuple[Pieces, ...]:
    """What precedes place and publisher is a sentence of its own: `2nd ed. Berlin: Springer, 1930`."""
    publisher: Pieces = joined((text(work.place), work.publisher), ": ")
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
    if not date.month or work.kind not in (
        "article",
        "inproceedings",
        "report",
        "patent",
        "webpage",
    ):
        return str(date.year)
    dates = work.words.dates
    whole, short = dates.months[date.month - 1], dates.months_short[date.month - 1].rstrip(".")
    return f"{whole if whole == short else f'{short}.'} {date.year}"


def _doi(work: Work) -> Nodes:
    doi = work.paper.doi
    return (
        (*text(f"{work.word('doi').lower()}: "), *linked(f"https://doi.org/{doi}", (Text(doi),)))
        if doi
        else ()
    )
