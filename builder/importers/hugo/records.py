"""Talks, projects, posts and news of a Hugo site as records of Folio's."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.hugo.bodies import body_of, inline_of
from builder.importers.hugo.links import add_links
from builder.importers.hugo.pictures import featured
from builder.importers.hugo.site import HugoSite, Page
from builder.importers.values import first_text, listed, text_of
from builder.importers.yamlout import front_matter


def write_record(site: HugoSite, page: Page, collection: str) -> None:
    """A talk, a project, a post, an item of news."""
    site.move.taken[collection] += 1
    front = record_front(site, page, collection)
    name = re.sub(r"[^\w.-]+", "-", page.slug) or "untitled"
    day = text_of(front.get("date"))[:10]
    if (
        collection == "posts"
        and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)
        and not name.startswith(day)
    ):
        name = f"{day}-{name}"
    site.move.write(
        site.move.free(f"content/{collection}/{name}.md"),
        front_matter(front, body_of(site, page)),
        page.path,
    )
    site.leads(page)
    site.move.given[collection] += 1


def record_front(site: HugoSite, page: Page, collection: str) -> dict[str, Any]:
    """Front matter of a record in Folio's words."""
    typed = page.front
    front: dict[str, Any] = {"title": text_of(typed.get("title")) or page.slug.replace("-", " ")}
    authors = [site.name_of(a) for a in listed(typed.get("authors"))]
    if [a.rstrip("*") for a in authors] not in ([], [site.owner_name]):
        front["authors"] = authors
    start, end = (
        text_of(typed.get(a)) or text_of(typed.get(b))
        for a, b in (("date", "event_start"), ("date_end", "event_end"))
    )
    front["date"] = start[:10]
    if end and end[:10] > start[:10]:
        front["start_date"], front["end_date"] = front.pop("date"), end[:10]
    if collection == "talks":
        front["venue"] = first_text(typed, "event", "event_name")
        address = typed.get("address")
        town = (
            [text_of(address.get(k)) for k in ("city", "region", "country")]
            if isinstance(address, dict)
            else []
        )
        front["location"] = ", ".join(filter(None, [text_of(typed.get("location")), *town]))
        front["abstract"] = text_of(typed.get("abstract"))
        front["website"] = text_of(typed.get("event_url"))
    if text_of(typed.get("summary")) not in ("", text_of(typed.get("abstract"))):
        front["excerpt"] = inline_of(site, text_of(typed["summary"]), page)
    front["description"] = inline_of(site, first_text(typed, "subtitle", "description"), page)
    front["tags"], front["categories"] = (
        listed(typed.get("tags")),
        listed(typed.get("categories")),
    )
    add_links(site, front, page)
    front["image"] = featured(site, page)
    image = typed.get("image")
    if front["image"] and isinstance(image, dict) and text_of(image.get("caption")):
        front["image_alt"] = re.sub(r"[\[\]*_]|\([^)]*\)", "", text_of(image["caption"])).strip()
    if page.is_draft:
        front["draft"] = "true"
    if text_of(typed.get("external_link")):
        front["website"] = text_of(typed["external_link"])
    front |= {"permalink": page.url, "redirect_from": page.redirects}
    tell_keys(site, page)
    return front


def tell_keys(site: HugoSite, page: Page) -> None:
    """Keys that nothing of Folio shows."""
    unread = [
        k
        for k, v in page.front.items()
        if v not in (None, "", [], {}, "false") and k not in _READ and not k.startswith("url_")
    ]
    if unread:
        site.move.note(
            "approximated",
            page.path,
            f"keys of the old theme that are not taken over: {', '.join(unread)}",
        )


_READ = frozenset({
    "title", "date", "date_end", "event_start", "event_end", "authors", "event", "event_name", "event_url", "address", "location", "summary",
    "abstract", "subtitle", "description", "tags", "categories", "links", "slides", "image", "draft", "external_link", "aliases", "slug", "url",
    "publishDate", "lastmod", "math", "highlight", "featured", "projects", "all_day", "event_all_day", "private", "commentable", "share", "profile",
    "reading_time", "show_date", "header", "type", "layout", "toc", "weight", "headless", "author_notes", "editable", "show_related", "show_breadcrumb", "pager", "linktitle", "selected",
})  # fmt: skip
