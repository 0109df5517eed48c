"""APA style.

Source: American Psychological Association, *Publication Manual*, 7th edition, chapters 8 to 10.
"""

from __future__ import annotations

from builder.citing.facts import Work, arxiv_number
from builder.citing.people import NameStyle, as_authors, initials, inverted_initials, listed
from builder.citing.pieces import (
    Nodes,
    Pieces,
    italic,
    joined,
    nodes_of,
    plain_text,
    sentences,
    text,
)
from builder.model.publications import Author
from builder.text.person import PersonName

_BRACKETS = {"software": "software_bracket", "dataset": "dataset_bracket"}
_DAILY = ("webpage",)


def apa(work: Work) -> Pieces:
    """Noether, E. (1921). Title. *Journal*, *12*(3), 4–5. https://doi.org/…"""
    people, date, title = _people(work), text(f"({_date(work)})"), _title(work)
    head = (people, date, title) if people else (title, date)
    return joined((sentences(*head, _source(work)), work.address), " ")


def names(work: Work, people: tuple[Author, ...], others: bool = False) -> Pieces:
    """Family names first, `&` before the last; beyond twenty names the first 19 and the last."""
    style = NameStyle(
        inverted_initials, inverted_initials, ", & ", ", & ", text(f", {work.word('et_al_short')}"),
        most=20, kept=19, shows_last=True,
    )  # fmt: skip
    return listed(people, others, style)


def _people(work: Work) -> Pieces:
    paper = work.paper
    if paper.authors or work.kind in ("chapter", "inproceedings") or not paper.editors:
        return names(work, paper.authors, paper.others)
    return (*names(work, as_authors(paper.editors)), *text(f" ({_editor_word(work)})"))


def _editor_word(work: Work) -> str:
    return work.word("editors_short" if len(work.paper.editors) > 1 else "editor_short")


def _date(work: Work) -> str:
    date = work.date
    if work.stage == "coming":
        return work.word("in_press") + work.letter
    if date is None:
        return work.word("no_date") + work.letter
    if not ((work.kind in _DAILY or work.press) and date.month):
        return f"{date.year}{work.letter}"
    month = work.words.dates.months[date.month - 1]
    return f"{date.year}{work.letter}, {month}{f' {date.day}' if date.day else ''}"


def _title(work: Work) -> Pieces:
    """The title of a part stands plain, that of a whole in italics, what it is behind it."""
    part = work.kind in ("article", "inproceedings", "chapter") and work.container
    title = work.title("sentence")
    whole = title if part else joined((_series(work), title), " ")
    shown = title if part and work.stage != "draft" else italic(nodes_of(whole))
    return joined((shown, text(_numbers(work)), text(_bracket(work))), " ")


def _series(work: Work) -> Nodes:
    """A series and the number in it stand before a title: `Fjord Notes: Vol. 3. Tides`."""
    number = work.numbered("volume_capital", work.series_number)
    return (*work.paper.series.nodes, *text(f": {number}.")) if number else ()


def _numbers(work: Work) -> str:
    """The parenthesis behind the title of a whole: edition and volume, number of a report."""
    paper = work.paper
    said: list[str] = []
    match work.kind:
        case "book":
            said = [_edition(work), work.numbered("volume_capital", work.volume)]
        case "report":
            said = [_edition(work), _genre_number(work, "report_number")]
        case "patent":
            said = [_genre_number(work, "patent_number")]
        case "software" | "dataset":
            said = [work.numbered("version", paper.extra.get("version", ""))]
        case "preprint":
            said = [arxiv_number(paper)]
    inner = "; ".join(filter(None, (_contributors(work), ", ".join(filter(None, said)))))
    return f"({inner})" if inner else ""


def _edition(work: Work) -> str:
    return work.edition[:1].upper() + work.edition[1:]


def _contributors(work: Work) -> str:
    """`H. Weber, Ed., & N. K. Smith, Trans.`: who else had a hand in an author's book."""
    if work.kind != "book" or not work.paper.authors:
        return ""
    hands = (
        (work.paper.editors, _editor_word(work)),
        (work.paper.translators, work.word("translator_short")),
    )
    said = (f"{plain_text(_upright(work, people))}, {word}" for people, word in hands if people)
    return ", & ".join(said)


def _upright(work: Work, people: tuple[PersonName, ...]) -> Pieces:
    final = text(f", {work.word('et_al_short')}")
    return listed(as_authors(people), False, NameStyle(initials, initials, " & ", ", & ", final))


def _genre_number(work: Work, word: str) -> str:
    """`Report No. 12`, or in the author's own words: `U.S. Patent No. 12`."""
    paper, number = work.paper, work.paper.number
    if not number:
        return ""
    genre = paper.genre.text
    own = genre and genre != "Technical report"
    return f"{genre if own else work.word(word)} {work.word('number_short')} {number}"


def _bracket(work: Work) -> str:
    paper = work.paper
    inner = ""
    if work.stage == "draft":
        drafted = paper.status == "inpreparation"
        inner = work.word("manuscript_inpreparation" if drafted else "manuscript_submitted")
    elif work.kind == "thesis":
        word = {
            "doctoral": work.word("doctoral_dissertation"),
            "masters": work.word("masters_thesis"),
        }
        degree = word.get(work.thesis, paper.genre.text)
        school = paper.institution.text if work.address else ""
        inner = ", ".join(filter(None, (degree, school)))
    elif work.unpublished:
        inner = work.word("unpublished_manuscript")
    elif work.kind in _BRACKETS:
        inner = work.word(_BRACKETS[work.kind])
    elif work.genre_of_whole:
        inner = paper.genre.text
    return f"[{inner}]" if inner else ""


def _source(work: Work) -> Pieces:
    paper = work.paper
    if work.stage == "draft":
        return ()
    match work.kind:
        case "article":
            issue = (*italic(text(paper.volume)), *text(f"({paper.issue})" if paper.issue else ""))
            return joined((italic(work.container), issue, text(_pages(work))))
        case "inproceedings" | "chapter" if work.container:
            return sentences(_within(work), work.publisher)
        case "thesis":
            return () if work.address else work.publisher
        case "preprint":
            return work.server
        case "webpage":
            return work.container or work.publisher
    return sentences(work.container, work.publisher)


def _pages(work: Work) -> str:
    number = work.article_number
    return f"{work.word('article_number')} {number}" if number else work.paper.pages


def _within(work: Work) -> Pieces:
    """In E. Editor (Ed.), *Book* (2nd ed., Vol. 3, pp. 4–5)"""
    paper = work.paper
    editors = _upright(work, paper.editors)
    if editors:
        editors = (*editors, *text(f" ({_editor_word(work)})"))
    where = (_edition(work), work.numbered("volume_capital", work.volume), work.pages)
    inner = ", ".join(filter(None, where))
    title = italic(nodes_of(joined((_series(work), work.container), " ")))
    book = joined((title, text(f"({inner})" if inner else "")), " ")
    return joined((text(work.word("in")), joined((editors, book))), " ")
