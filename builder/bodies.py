"""Bodies of pages and records, rendered once each: expressions, Markdown, problems at their lines."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment

from builder.drafts import DraftRoom
from builder.model.documents import Document
from builder.problems import Place, Problems
from builder.text.body import Body, Words
from builder.text.markdown import render

EMPTY = Body(html="")


class Bodies:
    """The rendered bodies of one site, made when first asked for."""

    def __init__(self, theme: Environment, site: Any, problems: Problems) -> None:
        self.site, self.problems = site, problems
        self.room = DraftRoom(theme, {"site": site}, problems)
        self.made: dict[tuple[str, int, str], Body] = {}
        self.open: list[str] = []

    def of(self, item: Any, shift: int = 0) -> Body:
        """The body of a page or record; empty when it has none. `shift` lowers its headings."""
        document: Document | None = getattr(item, "document", None)
        if document is None:
            return EMPTY
        key = (document.path, shift, "")
        if key not in self.made:
            if document.path in self.open:
                self.problems.error(
                    "template", "the body of this page asks for itself", Place(document.path, document.body_line),
                    "leave the page out of the list that it shows",
                )  # fmt: skip
                return EMPTY
            self.open.append(document.path)
            self.made[key] = self._rendered(item, document, shift)
            self.open.pop()
        return self.made[key]

    def under_title(self, item: Any) -> Body:
        """The body below a title that the layout prints: an h1 of its own moves down one."""
        body = self.of(item)
        return self.of(item, 1) if body.first_h1 else body

    def _rendered(self, item: Any, document: Document, shift: int) -> Body:
        import msgspec

        draft = self.room.run(document, page=item)
        labels = self.site.words.labels
        words = Words(**{f: labels[f] for f in Words.__struct_fields__ if f in labels})
        language = getattr(item, "lang", "") or self.site.language
        body = render(draft.text, document.folder, language=language, shift=shift, words=words)
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
        return msgspec.structs.replace(
            body, html=draft.put_back(body.html), excerpt_html=draft.put_back(body.excerpt_html),
            references=references,
        )  # fmt: skip

    def locate(self, document: Document, reference: str) -> Place | None:
        """Where in a document a reference was typed."""
        for (path, _, _), body in self.made.items():
            if path == document.path:
                for r in body.references:
                    if _is(r.href, reference):
                        return Place(path, r.line, r.column)
        return None


def _is(href: str, reference: str) -> bool:
    """Whether a target, as a body holds it, is the reference as a page holds it."""
    href, reference = unquote(href), unquote(reference)
    if href == reference or posixpath.normpath(href) == reference.rstrip("/"):
        return True
    return bool(href) and href[0] != "/" and reference.endswith(f"/{href}")
