"""What comes of a body of Markdown: its HTML, and what the rest of the site asks about it."""

from __future__ import annotations

import msgspec

from builder.text.cites import Citation


class BodyProblem(msgspec.Struct, frozen=True, array_like=True):
    """One thing in a text to mend; the caller knows the file and where in it the text begins."""

    line: int
    """Counted from 1 within the text."""
    column: int
    """Counted from 1; 0 when only the line is known."""
    kind: str
    message: str
    hint: str = ""


class Reference(msgspec.Struct, frozen=True, array_like=True):
    """A link or picture of the text."""

    typed: str
    """The target as its author typed it, without Markdown's escapes."""
    href: str
    """The target as it stands in the HTML: a `source:` reference, or an address left alone."""
    line: int
    """Counted from 1 within the text."""
    column: int = 0


class Heading(msgspec.Struct, frozen=True, array_like=True):
    """A heading of the text, for tables of contents."""

    level: int
    """1 to 6, as it stands in the HTML."""
    id: str
    text: str
    """Without markup; tokens of finished HTML stay in it, and in `html`."""
    html: str
    """Its inline HTML without links and footnote marks, fit to stand in a link."""


class Words(msgspec.Struct, frozen=True):
    """The interface words that the HTML of a body needs, in the language of its page."""

    note: str = "Note"
    tip: str = "Tip"
    important: str = "Important"
    warning: str = "Warning"
    caution: str = "Caution"
    contents: str = "Contents"
    """Names the table of contents to those who hear the page, as the next ones do their parts."""
    footnotes: str = "Footnotes"
    back_to_reference: str = "Back to reference"
    """Followed by the footnote's number."""
    done: str = "Done"
    to_do: str = "To do"


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A text, rendered."""

    html: str
    headings: tuple[Heading, ...] = ()
    first_h1: str = ""
    """The plain text of the first heading that was written at level 1, if there is one."""
    excerpt: str = ""
    """The first paragraph as plain text, cut at a word before about 160 characters."""
    excerpt_html: str = ""
    """The first paragraph whole, as inline HTML without footnote marks."""
    words: int = 0
    """Words of prose, each Chinese, Japanese or Korean character counted as one."""
    references: tuple[Reference, ...] = ()
    """Every link and picture, of Markdown and of raw HTML, in reading order."""
    citations: tuple[Citation, ...] = ()
    """What its citation marks stand for (`cites.MARK`), in reading order."""
    problems: tuple[BodyProblem, ...] = ()
