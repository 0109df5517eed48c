"""Bodies of pages and records, rendered once each: expressions, Markdown, problems at their lines."""

from __future__ import annotations

import posixpath
from html import escape
from typing import Any
from urllib.parse import unquote

import msgspec
from jinja2 import Environment

from builder.config import CitationStyle
from builder.drafts import Draft, DraftRoom
from builder.model.documents import Document
from builder.model.publications import Publication
from builder.problems import Place, Problems
from builder.text.body import Body, Words
from builder.text.cites import LIST_MARK
from builder.text.markdown import render

EMPTY = Body(html="")


class Bodies:
    """The rendered bodies of one site, made when first asked for."""

    def __init__(self, theme: Environment, site: Any, problems: Problems) -> None:
        self.site, self.problems = site, problems
        self.room = DraftRoom(theme, {"site": site}, problems)
        self.drafts: dict[str, Draft] = {}
        self.made: dict[tuple[str, int | None], Body] = {}
        self.open: list[str] = []
        self.papers: dict[str, Publication] = {}
        self.begins: dict[str, int] = {}
        self.typed: dict[str, list[tuple[str, Place]]] = {}

    def of(self, item: Any, shift: int | None = None) -> Body:
        """The body of a page or record; empty when it has none.

        It stands below a title that the layout prints, so that its headings move down one if it
        holds an h1; with 0 for `shift` they stay as they are.
        """
        document: Document | None = getattr(item, "document", None)
        if document is None:
            return EMPTY
        key = (document.path, shift)
        if key not in self.made:
            if document.path in self.open:
                self.problems.error(
                    "template", "the body of this page asks for itself", Place(document.path, document.body_line),
                    "leave the page out of the list that it shows",
                )  # fmt: skip
                return EMPTY
            self.open.append(document.path)
            self.begins[document.path] = document.body_line
            self.made[key] = self._rendered(item, document, shift)
            self.open.pop()
        return self.made[key]

    def _rendered(self, item: Any, document: Document, shift: int | None) -> Body:
        if document.path not in self.drafts:
            self.drafts[document.path] = self.room.run(document, page=item)
        draft = self.drafts[document.path]
        labels = self.site.words.labels
        words = Words(**{f: labels[f] for f in Words.__struct_fields__ if f in labels})
        language = getattr(item, "lang", "") or self.site.language
        body = render(draft.text, document.folder, language=language, shift=shift, words=words)
        if body.citations or LIST_MARK in body.html:
            body = self._with_citations(body, item)
        for problem in body.problems:
            line = document.body_line + draft.line(problem.line) - 1
            self.problems.warning(
                problem.kind,
                problem.message,
                Place(document.path, line, problem.column),
                problem.hint,
            )
        references = tuple(
            r._replace(line=document.body_line + draft.line(r.line) - 1) for r in body.references
        )
        return msgspec.structs.replace(draft.whole(body), references=references)

    def _with_citations(self, body: Body, item: Any) -> Body:
        from builder.citing.intext import Shelf, with_citations

        if not self.papers:
            self.papers = {paper.key: paper for paper in self.site.publications}
        style: CitationStyle = getattr(item, "citation_style", None) or self.site.citation_style
        return with_citations(body, Shelf(papers=self.papers, style=style, words=self.site.words))

    def locate(self, reference: str, path: str = "") -> Place | None:
        """Where a reference was typed: in the file `path`, else in another that a page shows."""
        if not self.typed:
            for (file, _), body in self.made.items():
                for r in body.references:
                    place = Place(file, r.line, r.column)
                    self.typed.setdefault(_last(r.href), []).append((r.href, place))
        alike = self.typed.get(_last(reference), ())
        found = [place for href, place in alike if _is(href, reference)]
        return next((place for place in found if place.path == path), next(iter(found), None))

    def holder(self, address: str) -> Place | None:
        """Where a body begins that prints an address which nobody typed: an expression made it."""
        for (file, _), body in self.made.items():
            if escape(address) in body.html:
                return Place(file, self.begins[file])
        return None


def _last(address: str) -> str:
    return unquote(address).rstrip("/").rpartition("/")[2]


def _is(href: str, reference: str) -> bool:
    """Whether a target, as a body holds it, is the reference as a page holds it."""
    href, reference = unquote(href), unquote(reference)
    if href == reference or posixpath.normpath(href) == reference.rstrip("/"):
        return True
    return bool(href) and href[0] != "/" and reference.endswith(f"/{href}")
