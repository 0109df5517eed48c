"""Files that Jekyll copies as they are, which keep their addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.importers import copying

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll

COPIED = (
    ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".zip", ".gz", ".tgz", ".csv", ".txt", ".bib", ".ppt",
    ".pptx", ".key", ".doc", ".docx", ".xls", ".xlsx", ".mp4", ".webm", ".mov", ".ogg", ".mp3", ".wav", ".tex", ".ipynb", ".rar",
    ".r", ".rmd", ".py", ".m", ".json", ".tsv", ".odt", ".odp", ".ods", ".ps", ".epub", ".html", ".htm", ".ris",
)  # fmt: skip


def copy_assets(jekyll: Jekyll) -> None:
    """Copy what is linked, and what lies in the folders for files while that is not too much."""
    files = jekyll.resolver.files
    for path in jekyll.move.linked:
        _copy_file(jekyll, path)
    rest = [p for p in files.values() if p not in jekyll.move.linked and _worth_copying(p)]
    if copying.is_too_much(jekyll.move, rest):
        for path in rest:
            jekyll.move.leave(path, "nothing links to it, and there is too much to copy unasked")
        return
    for path in rest:
        _copy_file(jekyll, path)


def _copy_file(jekyll: Jekyll, path: str) -> None:
    """Copy one static file; its address stays."""
    from builder.sources.tree import is_scattered

    if any(is_scattered(part) for part in path.split("/")):
        jekyll.move.leave(path, "its name begins or ends as files do that no one publishes")
        return
    jekyll.move.copy(f"content/{path}", path)
    jekyll.move.given["files"] += 1


_THEME_FILES = re.compile(
    r"(?:assets/(?:css|js|fonts|webfonts|libs|_main)|markdown_generator|scripts|talkmap|themes|test|bin|docs|\.)"
    r"|assets/(?:bibliography/2018-12-22-distill|jupyter/blog|plotly/demo|audio/epicaly-short|video/(?:pexels|tutorial_al_folio)"
    r"|pdf/example_pdf|img/publication_preview/(?:wave-mechanics|brownian-motion))"
    r"|files/(?:bibtex1\.bib|paper[123]\.pdf|slides[123]\.pdf)$"
    r"|images/(?:themes/|favicon|apple-touch|android-chrome|browserconfig|manifest|mstile|safari-pinned|site-logo|500x300"
    r"|3953273590|bio-photo|foo-bar|image-alignment|paragraph-|mm-|profile\.png|editing-talk|homepage)"
)


def _worth_copying(path: str) -> bool:
    """Whether a file that nothing links to is likely the author's: a paper, a picture, data."""
    return "/" in path and path.lower().endswith(COPIED) and not _THEME_FILES.match(path)
