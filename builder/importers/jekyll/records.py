"""Front matter of a record in Folio's words: which key becomes which, and what its values come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.bodies import dressed, liquid_line
from builder.importers.jekyll.reading import Doc
from builder.importers.values import listed, text_of, words_of

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll

NAMES = {
    "event": "venue", "talk_type": "type", "link": "website", "url": "website", "slidesurl": "slides", "paperurl": "paper",
    "videourl": "video", "codeurl": "code", "github": "code", "last_modified_at": "modified", "keywords": "tags",
    "category": "categories", "tag": "tags", "summary": "excerpt", "importance": "order", "semester": "term",
    "institution": "venue", "author": "authors", "redirect": "website", "related_publications": "publications",
}  # fmt: skip
"""Keys of themes, and Folio's name for each."""

KEPT = frozenset({
    "date", "start_date", "end_date", "type", "venue", "location", "authors", "excerpt", "description", "tags", "categories",
    "role", "term", "note", "order", "modified", "lang", "abstract", "inline", "instructor", "time", "number", "year",
})  # fmt: skip
"""Keys of Folio's that are taken over as they are."""

LINKED = frozenset({"website", "slides", "paper", "video", "code", "pdf", "poster", "data"})
"""Keys of Folio's that lead somewhere."""

DROPPED = frozenset({
    "layout", "collection", "permalink", "redirect_from", "author_profile", "comments", "share", "related", "read_time",
    "published", "sitemap", "classes", "mathjax", "title", "toc", "toc_sticky", "related_posts", "breadcrumbs", "slug",
    "giscus_comments", "usemathjax", "nav", "nav_order", "featured", "thumbnail_alt", "toc_label", "sidebar", "pagination",
})  # fmt: skip
"""Keys that are read by name, or that order a page of the old theme."""


def heading_of(jekyll: Jekyll, doc: Doc) -> str:
    """The title as inline Markdown; none for a news item that has none."""
    title = liquid_line(jekyll, doc.title, doc) if "{" in doc.title else doc.title
    title = re.sub(r"<br\s*/?>", " ", title)
    return re.sub(r"</?(?!(?:i|b|sub|sup)\b)[a-zA-Z][^>]*>", "", title).strip()


def value_of(jekyll: Jekyll, value: Any, doc: Doc) -> Any:
    """A value of front matter, Liquid and entities in it read."""
    if isinstance(value, str):
        from builder.text.urls import decode_entities

        text = liquid_line(jekyll, value, doc) if "{{" in value or "{%" in value else value
        text = decode_entities(text)
        return re.sub(r"<(/?)strong>", r"<\1b>", re.sub(r"<(/?)em>", r"<\1i>", text))
    return value


def add_excerpt(jekyll: Jekyll, kept: dict[str, Any], value: str, doc: Doc) -> None:
    """A short text, whose picture becomes the record's."""
    found = re.search(r"<img\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)", value)
    if found:
        kept.setdefault("image", jekyll.target(found[1], doc))
    text = re.sub(r"<img\b[^>]*>", "", value)
    text = " ".join(re.sub(r"(<br\s*/?>\s*)+", " ", text).split())
    if text:
        kept["excerpt"] = dressed(jekyll, liquid_line(jekyll, text, doc), doc).replace("\n", " ")


def add_dates(jekyll: Jekyll, kept: dict[str, Any], doc: Doc) -> None:
    """The date without the time of day that Jekyll's sites write."""
    date = text_of(kept.get("date")) or ("" if doc.collection in ("posts", "drafts") else doc.date)
    stamp = re.match(r"(\d{4}-\d{1,2}-\d{1,2})[T ]\d", date)
    if stamp:
        date = stamp[1]
    if date:
        kept["date"] = date
        if doc.key == (0, 0, 0):
            jekyll.move.note(
                "approximated",
                doc.path,
                f"{date!r} is not a date that can be read; it is shown as written",
            )
    for key in ("tags", "categories"):
        if key in kept:
            kept[key] = words_of(kept[key]) if isinstance(kept[key], str) else listed(kept[key])
