"""Where the includes of a page, and its links to files, lead."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.importers.jekyll.reading import Doc
from builder.importers.source import Source

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


class Includes:
    """Where a page's includes and links to files lead."""

    def __init__(self, jekyll: Jekyll, doc: Doc) -> None:
        self.jekyll, self.doc = jekyll, doc

    def __call__(self, name: str) -> str | None:
        """The text of an include of the author's own; None when there is none."""
        source: Source = self.jekyll.source
        path = source.first(
            f"_includes/{name}",
            f"_includes/{name}.html",
            f"_includes/{name}.liquid",
            f"_includes/{name}.md",
        )
        if path:
            self.jekyll.included[path] = None
        return source.text(path) if path else None

    def address(self, name: str) -> str | None:
        """The address of a document or file that `link` or `post_url` names."""
        wanted = name.lstrip("/")
        for docs in self.jekyll.site.docs.values():
            for doc in docs:
                stem = doc.path.rpartition(".")[0]
                if wanted in (doc.path, stem) or stem.endswith(f"_posts/{wanted}"):
                    return doc.url
        return f"/{wanted}" if wanted in self.jekyll.source else None

    def beside(self, name: str) -> str | None:
        """The text of a file beside the page."""
        path = str(PurePosixPath(self.doc.path).parent / name)
        return self.jekyll.source.text(path) if path in self.jekyll.source else None
