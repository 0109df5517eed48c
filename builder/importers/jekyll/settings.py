"""What site.yaml has of a Jekyll site: its menu, its collections, texts in one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.folders import KNOWN, RENAMED, folder_of
from builder.importers.values import text_of

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


def plain(text: str) -> str:
    """A text of the settings in one line, without HTML."""
    text = re.sub(r"</?(?:br|p|div|li|ul)\b[^>]*>", " ", text)
    return " ".join(re.sub(r"<[^>]+>", "", text).split()).strip(">")


def menu_of(jekyll: Jekyll, items: list[Any]) -> list[dict[str, Any]]:
    """Entries of a menu, with those below them."""
    menu = []
    for item in items:
        title, url = (
            (text_of(item.get("title")), text_of(item.get("url")))
            if isinstance(item, dict)
            else ("", "")
        )
        url = re.sub(r"\{\{.*?\}\}", "", url)
        if not title:
            continue
        new, file, found = jekyll.resolver.resolve(url or "/", "/")
        children = item.get("children")
        if not found:
            jekyll.move.note(
                "missing",
                "_data/navigation.yml",
                f"the menu entry {title!r} leads to {url}, which is not there; it is left out",
            )
            continue
        if file:
            jekyll.move.linked[file] = None
        below = menu_of(jekyll, children) if isinstance(children, list) else []
        menu.append({"title": title, "url": new} | ({"children": below} if below else {}))
    return menu


def collections_of(jekyll: Jekyll) -> dict[str, Any]:
    """Options of collections: the author's own must be named, titles kept."""
    options: dict[str, Any] = {}
    for name, docs in jekyll.docs.items():
        folder = folder_of(name)
        if name in ("pages", "publications", "drafts") or not docs:
            continue
        listing = next((d for d in jekyll.docs.get("pages", []) if d.url.strip("/") == name), None)
        title = text_of(listing.front.get("title")) if listing else ""
        if folder not in KNOWN or (title and RENAMED.get(name)):
            options[folder] = {"title": title or name.replace("_", " ").capitalize()}
        if folder in jekyll.oldest_first:
            options.setdefault(folder, {})["sort"] = "oldest"
    return options
