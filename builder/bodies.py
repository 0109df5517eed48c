"""Bodies of pages and records, rendered once each: expressions, Markdown, problems at their lines."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import unquote

import msgspec

from builder.drafts import Draft, DraftRoom, plain_text
from builder.kept import Kept, key_of
from builder.model.documents import Document
from builder.problems import Place
from builder.reads import Once, Watched
from builder.settings import CitationStyle
from builder.text.body import Body, Words
from builder.text.cites import LIST_MARK
from builder.text.markdown import render

EMPTY = Body(html="")
MOST = 200
"""Bodies that are held: one that is shown again later comes out of what is kept."""


class Bodies:
    """The rendered bodies of one site, made when first asked for.

    `kept` holds what earlier builds rendered: what a body's Markdown comes to depends on nothing
    but its text, the folder it is in, and the words of its language.
    """

    def __init__(self, theme: Watched, site: Any, kept: Kept) -> None:
        self.site, self.reads, self.kept = site, theme.reads, kept
        self.room = DraftRoom(theme, {"site": site})
        self.drafts: dict[Any, Once[Draft]] = {}
        self.made: dict[Any, Once[Body]] = {}
        self.open: list[str] = []

    def of(self, item: Any, shift: int | None = None) -> Body:
        """The body of a page or record; empty when it has none.

        It stands below a title that the layout prints, so that its headings move down one if it
        holds an h1; with 0 for `shift` they stay as they are.
        """
        document: Document | None = getattr(item, "document", None)
        if document is None:
            return EMPTY
        if document.path in self.open:
            self.reads.problems.error(
                "template", "the body of this page asks for itself", Place(document.path, document.body_line),
                "leave the page out of the list that it shows",
            )  # fmt: skip
            return EMPTY
        self.open.append(document.path)
        try:
            key = (document.path, shift)
            return self.reads.once(self.made, key, lambda: self._rendered(item, document, shift))
        finally:
            self.open.pop()
            for held in (self.made, self.drafts):
                if len(held) > MOST and not self.open:
                    held.pop(next(iter(held)))

    def prepare(self, item: Any) -> None:
        """Have the Markdown of a body among what is kept, if nothing is to be run in it first."""
        document: Document | None = getattr(item, "document", None)
        text = plain_text(document) if document else None
        if document is not None and text is not None:
            self._in_markdown(text, document.folder, getattr(item, "lang", ""), None)

    def _rendered(self, item: Any, document: Document, shift: int | None) -> Body:
        self.reads.note(f"body {document.path}")
        draft = self.reads.once(
            self.drafts, document.path, lambda: self.room.run(document, page=item)
        )
        body = self._in_markdown(draft.text, document.folder, getattr(item, "lang", ""), shift)
        if body.citations or LIST_MARK in body.html:
            body = self._with_citations(body, item)
        for problem in body.problems:
            line = document.body_line + draft.line(problem.line) - 1
            self.reads.problems.warning(
                problem.kind,
                problem.message,
                Place(document.path, line, problem.column),
                problem.hint,
            )
        references = tuple(
            msgspec.structs.replace(r, line=document.body_line + draft.line(r.line) - 1)
            for r in body.references
        )
        whole = draft.whole(body)
        html = whole.html
        if 'class="marks"' in html:
            from builder.citing.legends import with_legend

            html = with_legend(html, self.site.words)
        return msgspec.structs.replace(whole, html=html, references=references)

    def _with_citations(self, body: Body, item: Any) -> Body:
        from builder.citing.intext import Shelf, with_citations

        style: CitationStyle = getattr(item, "citation_style", None) or self.site.citation_style
        shelf = Shelf(
            papers=self.site.papers, style=style, words=self.site.words,
            listed=getattr(item, "collection", "") != "news",  # many of them stand on one page
        )  # fmt: skip
        return with_citations(body, shelf)

    def _in_markdown(self, text: str, folder: str, language: str, shift: int | None) -> Body:
        words, told_by = self._words
        language = language or self.site.language
        key = key_of("body", text, folder, language, str(shift), told_by)
        found = self.kept.get(key)
        if found is not None:
            return msgspec.msgpack.decode(found, type=Body)
        body = render(
            text, folder, language=language, shift=shift, words=words, recall=self.kept.text
        )
        self.kept.put(key, msgspec.msgpack.encode(body))
        return body

    @cached_property
    def _words(self) -> tuple[Words, str]:
        """The words of the interface in bodies, and what a key says of them."""
        labels = self.site.words.labels
        words = Words(**{f: labels[f] for f in Words.__struct_fields__ if f in labels})
        return words, repr(words)


class Holders:
    """Which bodies hold an address, for messages: of those that pages show, in that order."""

    def __init__(self, bodies: Iterable[tuple[Document, Body]]) -> None:
        self._bodies = {document.path: (document, body) for document, body in bodies}
        self._typed: dict[str, list[tuple[str, Place]]] = {}
        for document, body in self._bodies.values():
            for r in body.references:
                place = Place(document.path, r.line, r.column)
                self._typed.setdefault(_last(r.href), []).append((r.href, place))

    def locate(self, reference: str, path: str = "") -> Place | None:
        """Where a reference was typed: in the file `path`, else in another that a page shows."""
        alike = self._typed.get(_last(reference), ())
        found = [place for href, place in alike if _is(href, reference)]
        return next((place for place in found if place.path == path), next(iter(found), None))

    def holder(self, address: str) -> Place | None:
        """Where a body begins that prints an address which nobody typed: an expression made it."""
        for document, body in self._bodies.values():
            if escape(address) in body.html:
                return Place(document.path, document.body_line)
        return None


def _last(address: str) -> str:
    return unquote(address).rstrip("/").rpartition("/")[2]


def _is(href: str, reference: str) -> bool:
    """Whether a target, as a body holds it, is the reference as a page holds it."""
    href, reference = unquote(href), unquote(reference)
    if href == reference or posixpath.normpath(href) == reference.rstrip("/"):
        return True
    return bool(href) and href[0] != "/" and reference.endswith(f"/{href}")
