"""Collections of a Jekyll site by the names that Folio has for them."""

from __future__ import annotations

import re

from builder.text.slugs import slug

RENAMED = {"portfolio": "projects", "teachings": "teaching"}
"""Collections that Folio has under another name."""
KNOWN = ("talks", "teaching", "projects", "news", "posts")
"""Collections that Folio has layouts for."""


def folder_of(collection: str) -> str:
    """Folio's name for a collection."""
    return RENAMED.get(collection, slug(collection) if collection != "drafts" else "posts")


def jinja_of(collection: str) -> str:
    """The records of a collection as a page of Folio names them."""
    folder = folder_of(collection)
    return f"site.{folder}" if re.fullmatch(r"[a-z_]+", folder) else f'site["{folder}"]'
