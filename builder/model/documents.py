"""A Markdown file as its author wrote it: front matter and body, each knowing its lines."""

from __future__ import annotations

import posixpath

import msgspec

from builder.text.yaml import Map


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One source file with words to render."""

    path: str
    """Relative to the site's folder: `content/talks/a.md`."""
    front: Map
    """Its front matter; empty when it has none."""
    body: str
    body_line: int = 1
    """The line of the file that the body begins on."""

    @property
    def folder(self) -> str:
        """Its folder within `content/`, which relative links start from."""
        return "/".join(self.path.split("/")[1:-1])

    @property
    def name(self) -> str:
        """What it is called: its file's name without the ending, or its folder's for `index.md`."""
        name = posixpath.splitext(posixpath.basename(self.path))[0]
        return posixpath.basename(self.folder) if name == "index" else name
