"""What collections of al-folio's own add to a record: books, posts of distill, news in a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.reading import Doc
from builder.importers.values import text_of
from builder.importers.yamlout import front_matter

if TYPE_CHECKING:
    from builder.importers.alfolio.site import AlFolio


def add_book(alfolio: AlFolio, front: dict[str, Any], extra: dict[str, Any]) -> None:
    """A book read: its cover, and what was thought of it."""
    doc = next(d for d in alfolio.docs["books"] if text_of(d.front.get("title")) == front["title"])
    if cover := text_of(extra.pop("cover", "")):
        alfolio.picture(front, cover, doc)
    stars, status = text_of(extra.pop("stars", "")), text_of(extra.pop("status", ""))
    read = " – ".join(
        filter(None, (text_of(extra.pop("started", "")), text_of(extra.pop("finished", ""))))
    )
    said = [status, f"{stars} of 5 stars" if stars else "", f"read {read}" if read else ""]
    said += [f"first published {text_of(extra.pop('released'))}"] if extra.get("released") else []
    front["note"] = ", ".join(filter(None, said))
    if link := text_of(extra.pop("buy_link", "")):
        front["links"] = {"Buy": link}


def add_distill(front: dict[str, Any], extra: dict[str, Any]) -> None:
    """Authors of a distill post, who are mappings there."""
    authors = front.get("authors")
    if isinstance(authors, list):
        front["authors"] = [text_of(a.get("name")) if isinstance(a, dict) else a for a in authors]
    for key in ("bibliography", "_styles", "citation"):
        extra.pop(key, None)


def write_line_of_news(alfolio: AlFolio, doc: Doc, text: str) -> None:
    """An item of news that is a line: its words stand wherever the newest is shown."""
    alfolio.move.taken["news"] += 1
    front = {"date": doc.date[:10], "inline": "true", "text": text}
    name = re.sub(r"[^\w.-]+", "-", doc.name) or "line"
    alfolio.move.write(
        alfolio.move.free(f"content/news/{name}.md"), front_matter(front, ""), doc.path
    )
    alfolio.move.given["news"] += 1
