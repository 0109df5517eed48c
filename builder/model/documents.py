"""A Markdown file as its author wrote it: front matter and body, each knowing its lines."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

import msgspec

from builder.text.yaml import Map


class Text:
    """The words below the front matter, and whether anyone has asked for them.

    Most edits change nothing else of a site: a model that was made without these words need not be
    made again when they change. They may be given as what makes them when they are first asked for.
    """

    __slots__ = ("_words", "read")

    def __init__(self, words: str | Callable[[], str] = "") -> None:
        self._words, self.read = words, False

    @property
    def words(self) -> str:
        """The words themselves."""
        self.read = True
        if not isinstance(self._words, str):
            self._words = self._words()
        return self._words

    def edit(self, words: str) -> None:
        """Put other words in their place: the file was saved again."""
        self._words = words


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One source file with words to render."""

    path: str
    """Relative to the site's folder: `content/talks/a.md`."""
    front: Map
    """Its front matter; empty when it has none."""
    text: Text
    body_line: int = 1
    """The line of the file that the body begins on."""
    language: str = ""
    """The language that its file's name says, as in `cv.de.md`; empty for none."""

    base: str = ""
    """The path of the sibling whose front matter it takes over, when there is one."""

    @property
    def body(self) -> str:
        """The words below the front matter."""
        return self.text.words

    @property
    def known_as(self) -> tuple[str, ...]:
        """The paths by which other files may link to it."""
        return (self.base, self.path) if self.base else (self.path,)

    @property
    def stem(self) -> str:
        """Its path without language and ending, which it shares with its siblings: `content/cv`."""
        stem = posixpath.splitext(self.path)[0]
        return stem[: -len(self.language) - 1] if self.language else stem

    @property
    def folder(self) -> str:
        """Its folder within `content/`, which relative links start from."""
        return "/".join(self.path.split("/")[1:-1])

    @property
    def name(self) -> str:
        """What it is called: its file's name without the ending, or its folder's for `index.md`."""
        name = posixpath.basename(self.stem)
        return posixpath.basename(self.folder) if name == "index" else name
