"""A finished page as a check sees it: its headings, pictures, ids, every address in it.

Source: the HTML standard, as Python's `html.parser` reads it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import NamedTuple

import msgspec

from builder.checks.made import Made
from builder.locating import locator
from builder.model.documents import Document
from builder.outputs.output import Template
from builder.problems import Place

Attributes = dict[str, str | None]


class Heading(NamedTuple):
    """A heading of a page, its level 1 to 6."""

    level: int
    text: str


class Seen(HTMLParser):
    """What stands in one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[Heading] = []
        self.tags: list[tuple[str, Attributes]] = []
        """Every tag that has attributes, in order."""
        self._open: int = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Keep the tag; a heading's text follows."""
        if _HEADING.fullmatch(tag):
            self._open = int(tag[1])
            self.headings.append(Heading(self._open, ""))
        if attributes:
            self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        """Close a heading."""
        if _HEADING.fullmatch(tag):
            self._open = 0

    def handle_data(self, data: str) -> None:
        """Add words to the heading that is open."""
        if self._open:
            last = self.headings[-1]
            self.headings[-1] = last._replace(text=last.text + data)

    def all(self, tag: str) -> Iterator[Attributes]:
        """The attributes of every tag of one name."""
        return (attributes for name, attributes in self.tags if name == tag)


_HEADING = re.compile(r"h[1-6]")


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """The site as made, and its pages as seen."""

    made: Made
    pages: dict[str, Seen]
    """By output path, in order."""
    locate: Callable[[str, str], Place | None]
    """Output path and address in it to where its author typed it."""

    def document(self, path: str) -> Document | None:
        """The Markdown file behind a page, if there is one."""
        content = self.made.rendered.plan[path].content
        page = content.variables.get("page") if isinstance(content, Template) else None
        return getattr(page, "document", None)

    def place(self, path: str, words: str = "") -> Place:
        """Where the words of a page were typed; without them, the source that asked for it."""
        document = self.document(path)
        if document is not None:
            return place_in(document, words) or Place(document.path, document.body_line)
        return self.made.rendered.plan[path].asked_by

    def typed(self, path: str, address: str) -> Place:
        """Where an address of a page was typed: in its own text, else in data or a layout."""
        own = self.place(path, address)
        return own if own.column else self.locate(path, address) or own

    def inside(self, address: str) -> str:
        """An address of a page without the base path."""
        return address.removeprefix(self.made.site.base)


def place_in(document: Document, words: str) -> Place | None:
    """The first line of a document's body that holds the words."""
    for number, line in enumerate(document.body.split("\n") if words else ()):
        at = line.find(words)
        if at >= 0:
            return Place(document.path, document.body_line + number, at + 1)
    return None


def look_of(made: Made) -> Look:
    """Parse every page of a finished site."""
    texts = made.rendered.files
    pages = {path: Seen(text_of(texts[path])) for path in made.rendered.bound}
    where = functools.cache(locator(made.rendered))

    def locate(path: str, address: str) -> Place | None:
        tried = (f"source:{address.lstrip('/')}", address) if "://" not in address else (address,)
        return next((place for target in tried if (place := where(path, target))), None)

    return Look(made=made, pages=pages, locate=locate)


def text_of(content: object) -> str:
    """A rendered file as text."""
    assert isinstance(content, bytes)
    return content.decode("utf-8")
