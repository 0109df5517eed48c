"""What Liquid of a document may speak of: `site`, `page` and the records of collections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.folders import folder_of, jinja_of
from builder.importers.jekyll.reading import Doc
from builder.importers.jinja import SITE_URL
from builder.importers.liquid.room import Records
from builder.importers.values import text_of, words_of

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


def typed(value: Any) -> Any:
    """Values as Liquid sees them: truth values and whole numbers out of text."""
    if isinstance(value, dict):
        return {k: typed(v) for k, v in value.items()}
    if isinstance(value, list):
        return [typed(v) for v in value]
    if isinstance(value, str):
        if value in ("true", "false"):
            return value == "true"
        if re.fullmatch(r"-?(0|[1-9]\d{0,8})", value):
            return int(value)
    return value


def as_record(doc: Doc) -> dict[str, Any]:
    """A document as Liquid sees it."""
    values = typed(doc.front)
    return {
        **values, "title": doc.title or doc.name, "url": doc.url, "id": doc.url, "content": doc.found.body,
        "date": doc.date or None, "collection": doc.collection, "path": doc.path, "slug": doc.name,
        "tags": words_of(doc.front.get("tags")), "categories": words_of(doc.front.get("categories")),
        "excerpt": values.get("excerpt") or doc.found.body.strip().split("\n\n")[0],
    }  # fmt: skip


def variables_of(jekyll: Jekyll, doc: Doc) -> dict[str, Any]:
    """What Liquid of a document may speak of."""
    config = typed(jekyll.site.config)
    live = {
        name: Records(records, folder_of(name), jinja_of(name), name == "posts")
        for name, records in jekyll.records.items()
    }
    if "publications" in live:
        live["publications"].categories = jekyll.topics
    if "posts" in live:
        live["posts"].reverse()
    collections: list[dict[str, Any]] = [
        {"label": name, "output": name != "pages", "docs": live.get(name, [])}
        for name in dict.fromkeys([*jekyll.site.collections, "posts"]) if live.get(name)
    ]  # fmt: skip
    tags: dict[str, list[Any]] = {}
    for post in live.get("posts", []):
        for tag in post["tags"]:
            tags.setdefault(tag, []).append(post)
    site = {
        **config, **{name: [] for name in jekyll.site.collections}, **live, "collections": collections, "baseurl": "", "url": SITE_URL,
        "data": typed(jekyll.site.data), "tags": tags, "posts": live.get("posts", []), "time": "",
        "related_posts": [], "static_files": [], "default_lang": (*jekyll.site.languages, "")[0],
        "active_lang": doc.language or text_of(jekyll.site.config.get("lang")), "languages": list(jekyll.site.languages),
    }  # fmt: skip
    page = as_record(doc)
    return {
        "site": site, "page": page, "base_path": "", "author": site.get("author") or {}, "content": "", "layout": {},
        "jekyll": {"environment": "production"}, "paginator": {"posts": live.get("posts", [])},
    }  # fmt: skip
