"""One file of the finished site, as planned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from builder.problems import Place


class Template(msgspec.Struct, frozen=True):
    """A layout to render, and what it is given beside the site."""

    name: str
    """Its file in `layouts/`."""
    variables: dict[str, Any] = {}


class Made(msgspec.Struct, frozen=True):
    """Bytes that a program makes of plain data, such as a PDF: made once, then kept by their digest."""

    maker: str
    """Who makes it: a key of `making.MAKERS`."""
    data: bytes
    """All that it is made of beside the theme and the fonts: the same data is the same bytes."""
    asked_at: dict[str, Place] = {}
    """Where the author typed an option that bears on it, for messages."""


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """A path in the finished site, and what fills it."""

    path: str
    """Relative to the output folder, with forward slashes."""
    content: bytes | Path | Template | Made
    """Bytes as they are, a file to copy, a layout to render, or what a program makes."""
    asked_by: Place
    """The source that it comes of, for messages."""
    gives_way: bool = False
    """Whether another output may take its path: a redirect, a file of the theme."""
    private: bool = False
    """Whether it is kept out of the site, in a folder of its own beside it."""
    address: str = ""
    """The address of a page; empty for what is no page."""
    listed: bool = False
    """Whether the sitemap lists it."""
    language: str = ""
    """The language of the site that it belongs to; empty for what belongs to all."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Language and whole address of the same page in each language, when it is in several."""
    modified: str = ""
    """When its source says it was last changed, ISO 8601; empty when it says nothing."""

    @property
    def is_page(self) -> bool:
        """Whether it is HTML, whose addresses are to be made final."""
        return self.path.endswith((".html", ".htm")) and isinstance(self.content, Template)
