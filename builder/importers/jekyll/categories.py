"""Papers under the headings of `publication_category`, which become topics where a page is divided by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.importers.values import text_of

if TYPE_CHECKING:
    from builder.importers.jekyll.reading import JekyllSite

THEIRS = ("books", "manuscripts", "conferences")
"""The template's own categories: where no page is divided by them, the type of a paper says the same."""

_DIVIDED = re.compile(
    r"site\.publication_category|site\.publications\s*\|[^%}]*\bcategory\b|post\.category"
)


def topics_of(site: JekyllSite) -> dict[str, str]:
    """Category to the heading that its papers stand under, for the categories that become topics."""
    typed = site.config.get("publication_category")
    titles = {
        key: text_of(value.get("title")) or key
        for key, value in (typed.items() if isinstance(typed, dict) else ())
        if isinstance(value, dict)
    }
    used = [text_of(d.front.get("category")) for d in site.docs.get("publications", [])]
    topics = {key: titles.get(key, key) for key in used if key}
    divided = any(_DIVIDED.search(d.found.body) for d in site.docs.get("pages", []))
    return topics if divided else {k: v for k, v in topics.items() if k not in THEIRS}
