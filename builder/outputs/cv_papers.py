"""A publication as a row of the CV: the words of `layouts/parts/papers.html`, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.model.publications import Author, Publication
from builder.settings import CitationStyle
from builder.text.dates import format_when
from builder.text.typst_writer import Line, Outside, joined, line_of, linked, marked
from builder.text.words import Words

NAMED_GENRES = frozenset({"thesis", "report", "patent", "software", "dataset"})
"""Types of which the author's own word for the kind is said."""


def paper_row(paper: Publication, words: Words, language: str, outside: Outside) -> dict[str, Any]:
    """Title, authors with their marks, venue, what is said of it; its year beside it."""
    title = linked(line_of(paper.title.unlinked), outside(paper.address))
    if paper.language and paper.language != language:
        title = [{"t": "lang", "lang": paper.language, "c": title}]
    lines = [
        {"kind": "authors", "text": authors(paper, words, outside)},
        {"kind": "venue", "text": venue(paper, words, outside)},
    ]
    return _row(paper, title, lines, words, outside)


def cited_row(
    paper: Publication, style: CitationStyle, words: Words, outside: Outside
) -> dict[str, Any]:
    """The same in the words of a citation style, in one line."""
    from builder.citing.styles import reference
    from builder.citing.writer import to_rich

    cited = line_of(to_rich(reference(paper, style, words)), outside)
    return _row(paper, cited, [], words, outside)


def _row(
    paper: Publication, title: Line, lines: list[dict[str, Any]], words: Words, outside: Outside
) -> dict[str, Any]:
    lines = [*lines, {"kind": "note", "text": line_of(paper.note, outside)}]
    status = [words[f"status_{paper.status}"]] if paper.status != "published" else []
    return {
        "kind": "paper", "title": title, "lines": [line for line in lines if line["text"]],
        "when": [format_when(paper.when, words.dates, "year")] if paper.when else [],
        "badges": [b for b in (status, *(line_of(b, outside) for b in paper.badges)) if b],
        "award": line_of(paper.award, outside),
    }  # fmt: skip


def authors(paper: Publication, words: Words, outside: Outside) -> Line:
    """All names, the owner's set apart, each with its marks: nothing is folded on paper."""
    out: Line = []
    last = len(paper.authors) - 1
    for n, author in enumerate(paper.authors):
        joint = f" {words['and']} " if n == last and not paper.others else ", "
        out += [joint, *_author(author, outside)] if n else _author(author, outside)
    return [*out, f" {words['et_al']}"] if paper.others and out else out


def _author(author: Author, outside: Outside) -> Line:
    name: Line = [author.name.display]
    name = marked("strong", name) if author.owner else linked(name, outside(author.url))
    return [*name, {"t": "sign", "c": [author.signs]}] if author.signs else name


def venue(paper: Publication, words: Words, outside: Outside) -> Line:
    """Kind, venue with volume and issue, publisher of a book, pages: what there is; no year."""
    return joined(_venue_parts(paper, words, outside))


def _venue_parts(paper: Publication, words: Words, outside: Outside) -> Iterator[Line]:
    if paper.type in NAMED_GENRES and paper.genre != paper.venue:
        yield line_of(paper.genre, outside)
    if not _inside(paper) and (paper.series or paper.volume):
        series = line_of(paper.series, outside) or [words["volume"]]
        yield [*series, f" {paper.volume or paper.number}".rstrip()]
    if paper.venue:
        yield _where(paper, words, outside)
    elif paper.arxiv:
        yield [f"arXiv:{paper.arxiv}"]
    if paper.editors and paper.type in ("chapter", "paper-conference"):
        names = ", ".join(editor.display for editor in paper.editors[:3])
        more = f" {words['et_al']}" if len(paper.editors) > 3 else ""
        yield [f"{words['edited_by']} {names}{more}"]
    if paper.publisher != paper.venue and paper.type in ("book", "chapter"):
        yield line_of(paper.publisher, outside)
    if paper.pages:
        yield [paper.pages]


def _inside(paper: Publication) -> bool:
    """Whether it stands in something whose volume and issue those numbers are."""
    return bool(paper.container or paper.event)


def _where(paper: Publication, words: Words, outside: Outside) -> Line:
    before = [f"{words['in']} "] if paper.container and paper.type == "chapter" else []
    after = ""
    if _inside(paper) and paper.volume:
        after = f" {paper.volume}" + (f"({paper.issue})" if paper.issue else "")
    elif (_inside(paper) or not paper.series) and (paper.issue or paper.number):
        after = f", {words['issue']} {paper.issue or paper.number}"
    return [*before, *marked("em", line_of(paper.venue, outside)), *([after] if after else [])]
