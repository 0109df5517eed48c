"""Citations in running text, and the list of references below it.

A body comes with a mark for each citation (`text/cites.py`). Here each becomes the words of its
style, a link to the list; the list stands where its author put it, else at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import msgspec

from builder.citing.labels import Label, in_brackets, in_sentence, labels_of
from builder.citing.writer import reference_html
from builder.model.publications import Publication
from builder.settings import CitationStyle, is_numbered
from builder.text.body import Body, BodyProblem, Heading
from builder.text.cites import LIST_MARK, MARK, Citation, Cited
from builder.text.words import Words


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """What the citations of a text are put into words with."""

    papers: Mapping[str, Publication]
    """The publications of the site by every cite key that they have."""
    style: CitationStyle
    words: Words
    listed: bool = True
    """Whether a list of references may stand below; without one, citations lead to the papers' pages."""


def with_citations(body: Body, shelf: Shelf) -> Body:
    """The body with its citations in words and the list of what it cites; it as it is if it has none.

    A key that no publication has stays as it was typed, which is among the body's problems.
    """
    if not body.citations:
        return _without_marks(body)
    cited = _cited_in_order(body, shelf)
    labels = labels_of(cited, shelf.style, shelf.words)
    away = _away(cited, shelf)
    listed = shelf.listed or LIST_MARK in body.html
    page = _Writer(shelf, labels, lambda paper: f"#ref-{paper.slug}") if listed else away
    html, headings = page.replaced(body.html, body), body.headings
    if labels and listed:
        html, heading = _with_list(html, list(labels.values()), shelf)
        headings = (*headings, *heading)
    return msgspec.structs.replace(
        body, html=html.replace(LIST_MARK, ""), headings=headings,
        problems=(*body.problems, *_unknown(body.citations, shelf.papers)),
        excerpt=_TAG.sub("", away.replaced(body.excerpt, body)),
        excerpt_html=away.replaced(body.excerpt_html, body),
    )  # fmt: skip


def _away(cited: list[Publication], shelf: Shelf) -> _Writer:
    """Writes citations that stand without their list: they lead to the papers, and none is a number."""
    style: CitationStyle = "clean" if is_numbered(shelf.style) else shelf.style
    bare = msgspec.structs.replace(shelf, style=style)
    return _Writer(bare, labels_of(cited, style, shelf.words), lambda paper: paper.address)


_TAG = re.compile(r"<[^>]*>")


def _without_marks(body: Body) -> Body:
    if LIST_MARK not in body.html:
        return body
    return msgspec.structs.replace(body, html=body.html.replace(LIST_MARK, ""))


def _cited_in_order(body: Body, shelf: Shelf) -> list[Publication]:
    """The publications that the text cites, as a reader meets them."""
    numbers = dict.fromkeys(int(m[1]) for m in MARK.finditer(body.html))
    keys = (work.key for n in numbers for work in body.citations[n].works)
    found = (shelf.papers[key] for key in keys if key in shelf.papers)
    return list({paper.key: paper for paper in found}.values())


# ---- keys that nothing has ----------------------------------------------------------------------


def _unknown(
    citations: Iterable[Citation], papers: Mapping[str, Publication]
) -> Iterable[BodyProblem]:
    """A word such as `@emmy` outside brackets may be no citation: it is told if a key is very near."""
    for citation in citations:
        for work in citation.works:
            near = (
                ""
                if work.key in papers
                else nearest(work.key, papers, 0.85 if citation.narrative else 0.6)
            )
            if work.key in papers or (citation.narrative and not near):
                continue
            hint = (
                f"did you mean {near!r}?"
                if near
                else r"keys are those of the .bib file; write \@ for a plain @"
            )
            message = (
                f"no publication has the key {work.key!r}, so that this stands as it was typed"
            )
            yield BodyProblem(work.line, work.column, "citation-unknown", message, hint)


def nearest(key: str, known: Iterable[str], cutoff: float) -> str:
    """The known key that is most like this one, its case aside; empty when none is near."""
    import difflib

    folded = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(key.casefold(), list(folded), 1, cutoff=cutoff)
    return folded[near[0]] if near else ""


# ---- in the text --------------------------------------------------------------------------------


class _Writer:
    """Writes citations whose links lead where `target` says."""

    def __init__(
        self, shelf: Shelf, labels: Mapping[str, Label], target: Callable[[Publication], str]
    ) -> None:
        self.shelf, self.labels, self.target = shelf, labels, target

    def replaced(self, html: str, body: Body) -> str:
        """The HTML with its marks in words."""
        return MARK.sub(lambda mark: self.written(body.citations[int(mark[1])]), html)

    def written(self, citation: Citation) -> str:
        found = [self._label(work) for work in citation.works]
        known = [label for label in found if label]
        if not known:
            return escape(citation.typed, quote=False)
        style, words = self.shelf.style, self.shelf.words
        if citation.narrative:
            suffix = citation.works[0].suffix
            return in_sentence(known[0], suffix, style, words, self._link(known[0]))
        parts: list[Any] = [
            (label, work, self._link(label)) if label else _typed(work)
            for label, work in zip(found, citation.works, strict=True)
        ]
        return in_brackets(parts, style, words)

    def _label(self, work: Cited) -> Label | None:
        paper = self.shelf.papers.get(work.key)
        return self.labels.get(paper.key) if paper else None

    def _link(self, label: Label) -> Callable[[str], str]:
        href = escape(self.target(label.paper))
        return lambda text: (
            f'<a class="cite" href="{href}" role="doc-biblioref">{text}</a>' if text else ""
        )


def _typed(work: Cited) -> str:
    return escape(f"{work.prefix} @{work.key}{work.suffix}".strip(), quote=False)


# ---- the list -----------------------------------------------------------------------------------

_FOOTNOTES = '<section class="footnotes"'


def _with_list(html: str, labels: list[Label], shelf: Shelf) -> tuple[str, tuple[Heading, ...]]:
    """The text with its list: where it was asked for, else before the footnotes or at the end."""
    if LIST_MARK in html:
        before, _, behind = html.partition(LIST_MARK)
        return f"{before}{_list(labels, shelf, '')}{behind}", ()
    at = html.find(_FOOTNOTES)
    before, behind = (html[:at], html[at:]) if at >= 0 else (html, "")
    if re.search(r"</h[1-6]>\s*$", before):  # its author's own heading waits for it
        return f"{before}{_list(labels, shelf, '')}{behind}", ()
    name = "references" if 'id="references"' not in html else "list-of-references"
    word = shelf.words["references"]
    heading = Heading(2, name, word, escape(word, quote=False))
    return f"{before}{_list(labels, shelf, name)}{behind}", (heading,)


def _list(labels: list[Label], shelf: Shelf, heading: str) -> str:
    word = escape(shelf.words["references"])
    tag = "ol" if is_numbered(shelf.style) else "ul"
    opening = (
        f'aria-labelledby="{heading}">\n<h2 id="{heading}">{word}</h2>'
        if heading
        else f'aria-label="{word}">'
    )
    counted = " counted" if tag == "ol" else ""
    items = "".join(f"{_entry(label, shelf)}\n" for label in labels)
    return f'<section role="doc-bibliography" {opening}\n<{tag} class="references{counted}">\n{items}</{tag}>\n</section>\n'


def _entry(label: Label, shelf: Shelf) -> str:
    line = reference_html(label.paper, shelf.style, shelf.words, letter=label.letter, marks=False)
    if label.number:
        line = f'<span class="paper-number">[{label.number}]</span> <span>{line}</span>'
    return f'<li class="citation" id="ref-{escape(label.paper.slug)}">{line}</li>'
