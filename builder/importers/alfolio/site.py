"""An al-folio site: the steps of Jekyll's that it takes otherwise."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.alfolio.bibliographies import write_bibliographies
from builder.importers.alfolio.cv import write_cv
from builder.importers.alfolio.pages import cv_page, profiles_of, schedule_of, write_blog
from builder.importers.alfolio.people import coauthors_of, person_of
from builder.importers.alfolio.records import add_book, add_distill, write_line_of_news
from builder.importers.distill import distilled
from builder.importers.jekyll.languages import in_languages
from builder.importers.jekyll.reading import Doc
from builder.importers.jekyll.records import heading_of
from builder.importers.jekyll.settings import plain
from builder.importers.jekyll.site import Jekyll
from builder.importers.moving import Move
from builder.importers.values import first_text, text_of
from builder.importers.yamlout import front_matter


class AlFolio(Jekyll):
    """An al-folio site on its way into Folio."""

    def __init__(self, move: Move) -> None:
        super().__init__(move)
        self.about = next((d for d in self.docs.get("pages", []) if d.url == "/"), None)
        self.owner = person_of(self)

    def write_owner(self) -> None:
        """people.yaml: the owner, then coauthors with pages of their own."""
        people = coauthors_of(self)
        everyone = [self.owner, *people] if self.owner.get("name") else people
        if everyone:
            self.move.write_yaml(
                "content/people.yaml",
                everyone,
                "_config.yml",
                *self.source.below("_data", "socials.yml", "coauthors.yml"),
            )

    def picture(self, kept: dict[str, Any], value: Any, doc: Doc) -> None:
        """A picture, named from the site's root."""
        if isinstance(value, dict):
            value = next(
                (value[n] for n in ("teaser", "image", "path") if text_of(value.get(n))), ""
            )
        path = text_of(value)
        if path:
            kept.setdefault(
                "image",
                self.target(path if "://" in path or path.startswith("/") else f"/{path}", doc),
            )

    def record(self, doc: Doc) -> None:
        """A record of a collection; an item of news that is a line has no page, and its address leads to the news."""
        if is_line(doc):
            self.move.leads(doc.url, "/news/", doc.path)
            text = self.body(doc)[0]
            if text and "\n\n" not in text.strip():
                write_line_of_news(self, doc, " ".join(text.split()))
                return
        super().record(doc)

    def record_front(self, doc: Doc) -> dict[str, Any]:
        """Front matter of a record, with what al-folio's own collections add."""
        front = super().record_front(doc)
        extra = front.get("extra", {})
        if is_line(doc):
            front.pop("permalink", None)
        else:
            front.pop("inline", None)
        if doc.collection == "books":
            add_book(self, front, extra)
        if doc.collection == "teachings":
            front["number"] = text_of(extra.pop("course_id", "")) or front.get("number", "")
            extra.pop("schedule", None)
        if doc.collection == "posts":
            add_distill(front, extra)
        front.pop("extra", None)
        return front | ({"extra": extra} if extra else {})

    def body(self, doc: Doc, decide: bool = False) -> tuple[str, list[Any]]:
        """A body, with distill's tags and the schedule of a course."""
        found = doc.found
        doc.found = found._replace(body=distilled(found.body))
        if isinstance(doc.front.get("schedule"), list):
            doc.found = doc.found._replace(body=doc.found.body + schedule_of(doc.front["schedule"]))
        if isinstance(doc.front.get("profiles"), list):
            doc.found = doc.found._replace(
                body=doc.found.body + profiles_of(self, doc.front["profiles"])
            )
        try:
            return super().body(doc, decide)
        finally:
            doc.found = found

    def page(self, doc: Doc) -> None:
        """A page; one that al-folio pages through is a list of posts here."""
        paged = doc.front.get("pagination")
        if (
            isinstance(paged, dict) and text_of(paged.get("enabled")) == "true"
        ) or doc.path.startswith("blog/index"):
            write_blog(self, doc, paged if isinstance(paged, dict) else {})
            return
        if text_of(doc.front.get("layout")) == "cv":
            self.move.taken["pages"] += 1
            front = {
                "title": heading_of(self, doc),
                "permalink": doc.url,
                "layout": "cv",
                "redirect_from": self.redirects(doc),
            }
            self.page_file(doc, front, cv_page(self, doc))
            return
        super().page(doc)

    def page_file(self, doc: Doc, front: dict[str, Any], body: str) -> None:
        """Write a page; the page of the news takes the addresses of its lines."""
        if doc.url == "/news/":
            front = {
                **front,
                "layout": "news",
                "redirect_from": [*front.get("redirect_from", []), *self.inline()],
            }
            self.has_news = True
        super().page_file(doc, front, body)

    def inline(self) -> list[str]:
        """Addresses of news that are lines."""
        return [d.url for d in self.docs.get("news", []) if is_line(d)]

    def home(self, doc: Doc, front: dict[str, Any], body: str) -> str:
        """The about page, whose title is a name that the layout prints."""
        front["title"] = plain(front["title"]) or "Home"
        return body

    def navigation(self) -> list[dict[str, Any]]:
        """The menu: pages that say `nav: true`, in their order, dropdowns with what is below them."""
        pages = [
            d
            for d in self.docs.get("pages", [])
            if text_of(d.front.get("nav")) == "true" and d.url != "/"
        ]
        menu = []
        for doc in sorted(
            pages, key=lambda d: (_number(d.front.get("nav_order")), d.title.casefold())
        ):
            children = doc.front.get("children")
            below = [
                {"title": text_of(c.get("title")), "url": self.target(first_text(c, "permalink", "url"), doc)}
                for c in (children if isinstance(children, list) else []) if isinstance(c, dict) and text_of(c.get("title")) not in ("", "divider")
            ]  # fmt: skip
            title = in_languages(self, doc, plain(doc.title))
            item = {"title": title, "url": below[0]["url"] if below else doc.url}
            menu.append(item | ({"children": below} if below else {}))
        blog = text_of(self.site.config.get("blog_nav_title"))
        if blog and self.docs.get("posts") and not any(i["title"] == blog for i in menu):
            menu.insert(0, {"title": blog, "url": "/blog/"})
        return menu

    def settings(self) -> dict[str, Any]:
        """site.yaml; the title is the owner's name where al-folio leaves it blank."""
        settings = super().settings()
        if settings.get("title", "blank") in ("blank", ""):
            settings = {
                "title": self.owner.get("name") or "Home",
                **{k: v for k, v in settings.items() if k != "title"},
            }
        return settings

    def run(self) -> None:
        """Bring the whole site over."""
        self.has_news = False
        write_bibliographies(self)
        write_cv(self)
        super().run()
        if self.inline() and not self.has_news:
            page = {"title": "News", "layout": "news", "redirect_from": self.inline()}
            self.move.write("content/news.md", front_matter(page, ""))
        for name in ("venues", "repositories"):
            path = self.source.first(f"_data/{name}.yml")
            if path and path not in self.move.into:
                self.move.leave(
                    path,
                    "colours and addresses of venues"
                    if name == "venues"
                    else "used where a page printed it",
                )


def is_line(doc: Doc) -> bool:
    """Whether a document is an item of news that is a line; one that has a title keeps its page."""
    return (
        doc.collection == "news"
        and text_of(doc.front.get("inline")) == "true"
        and text_of(doc.front.get("title")) == ""
    )


def _number(value: Any) -> float:
    return float(value) if re.fullmatch(r"-?\d+(\.\d+)?", text_of(value)) else 99.0
