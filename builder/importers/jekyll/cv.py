"""The CV that newer academicpages keep in `_data/cv.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.importers.values import text_of

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


def resume_of(jekyll: Jekyll) -> dict[str, Any]:
    """`_data/cv.json`, when it is the author's own and not the theme's sample."""
    value = jekyll.site.data.get("cv")
    basics = value.get("basics") if isinstance(value, dict) else None
    sample = isinstance(basics, dict) and text_of(basics.get("name")).startswith("Your ")
    return value if isinstance(value, dict) and isinstance(basics, dict) and not sample else {}


def write_cv(jekyll: Jekyll) -> None:
    """cv.yaml, where `_data/cv.json` holds a CV."""
    if resume_of(jekyll) and "content/cv.yaml" not in jekyll.move.site:
        from builder.importers.jsonresume import cv_of_resume

        path = jekyll.source.first("_data/cv.json", "_data/cv.yml")
        cv = cv_of_resume(
            resume_of(jekyll), lambda verdict, words: jekyll.move.note(verdict, path, words)
        )
        jekyll.move.write_yaml("content/cv.yaml", {"cv": cv}, path)
