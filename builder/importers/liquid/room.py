"""What the translation of one page reads and gathers: records of collections, lists, things to tell."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from builder.importers.jekyll.reading import Doc
from builder.importers.jinja import LISTED


class Listed(NamedTuple):
    """A whole collection, listed in a page."""

    collection: str
    jinja: str
    """The list as Jinja, with the private delimiters."""
    newest_first: bool
    by_category: bool = False
    """Whether it was divided by category, as academicpages divides its papers."""


class Told(NamedTuple):
    """Something to tell of a page."""

    verdict: str
    line: int
    text: str


class Records(list[Any]):
    """Records of a collection, with the Jinja expression that names the same ones in Folio."""

    def __init__(self, items: Any, collection: str, jinja: str, newest_first: bool) -> None:
        super().__init__(items)
        self.collection, self.jinja, self.newest_first = collection, jinja, newest_first
        self.whole = True
        self.categories: dict[str, str] = {}
        """Category to the topic that its papers have in Folio."""
        self.dated = any(isinstance(i, dict) and i.get("date") for i in self)

    def narrowed(self, items: Any, jinja: str) -> Records:
        """Some of the records, by an expression that chooses the same ones."""
        records = Records(items, self.collection, jinja, self.newest_first)
        records.whole, records.categories = False, self.categories
        return records


class Room:
    """One page being translated: what it lists, and what is to be told of it."""

    def __init__(self, text: str, includes: Any, doc: Doc) -> None:
        self.text, self.includes, self.doc = text, includes, doc
        self.lists: list[Listed] = []
        self.told: list[Told] = []
        self.depth = 0

    def tell(self, verdict: str, text: str, node: Any = None) -> None:
        """Note something at the line of a node of the page itself."""
        index = getattr(getattr(node, "token", node), "start_index", -1)
        line = (
            self.text.count("\n", 0, index) + self.doc.found.body_line
            if index >= 0 and not self.depth
            else 0
        )
        self.told.append(Told(verdict, line, text))

    def mark(self, what: str, node: Any = None) -> str:
        """A marked place for what has no equivalent; an HTML comment, which no visitor sees."""
        self.tell("left", f"{what} has no equivalent; its place in the page is marked", node)
        return f"<!-- left at the import: {re.sub('[{}%<>-]+', ' ', what).strip()} -->"

    def list(self, listed: Listed) -> str:
        """A token for a whole list, so that the page can decide how to show it."""
        self.lists.append(listed)
        return f"{LISTED}{len(self.lists) - 1}{LISTED}"
