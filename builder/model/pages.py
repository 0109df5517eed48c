"""Pages: Markdown files with Jekyll's front matter, and the addresses that they live at."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

import msgspec

from builder.fields import Reading, read
from builder.leaves import Reader, date_as_written, language_reader
from builder.model.addresses import address_of, natural
from builder.model.documents import Document
from builder.model.records import image_reader, redirects_reader, words_reader
from builder.problems import Place
from builder.settings import CitationStyle, style_reader
from builder.text.patterns import late
from builder.text.rich import EMPTY, Rich


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page, an author's own or a standard one that the site makes."""

    what: ClassVar[str] = "a page's front matter"
    filled: ClassVar[tuple[str, ...]] = ("address", "document")
    spellings: ClassVar[dict[str, str]] = {
        "summary": "excerpt", "subtitle": "description", "img": "image", "header": "image",
        "last_modified_at": "modified", "csl": "citation_style", "nav_order": "order", "language": "lang",
    }  # fmt: skip
    silent: ClassVar[tuple[str, ...]] = (
        "comments", "share", "related", "read_time", "classes", "sidebar", "mathjax", "math", "breadcrumbs",
        "toc_sticky", "toc_label", "collection", "type", "profile", "social",
    )  # fmt: skip
    readers: ClassVar[dict[str, Reader]] = {
        "redirect_from": redirects_reader, "tags": words_reader, "categories": words_reader,
        "image": image_reader, "citation_style": style_reader, "lang": language_reader,
    }  # fmt: skip

    title: Rich = EMPTY
    """Its heading and its word in the menu; left out, the first heading of its text."""
    layout: str = ""
    """Which `layouts/<name>.html` shows it."""
    permalink: str = ""
    """Its address, exactly as it is to be."""
    redirect_from: tuple[str, ...] = ()
    """Addresses that lead to it."""
    author_profile: bool = True
    """Whether the owner stands beside it."""
    date: str = ""
    """When it was written."""
    modified: str = ""
    """When it was last changed."""
    tags: tuple[str, ...] = ()
    """Words that it is found by."""
    categories: tuple[str, ...] = ()
    """Jekyll's word for broad tags."""
    excerpt: Rich = EMPTY
    """A short text for lists."""
    description: Rich = EMPTY
    """One sentence for search engines and link previews; the excerpt when it is left out."""
    image: str = ""
    """A picture for link previews."""
    published: bool = True
    """`false` keeps it out of the site."""
    draft: bool = False
    """`true` keeps it out unless `--drafts` is given."""
    toc: bool = False
    """Whether a table of contents stands above the body."""
    nav: bool = True
    """Whether the menu lists it, when site.yaml sets no menu."""
    sitemap: bool = True
    """Whether the sitemap lists it, as jekyll-sitemap reads it."""
    citation_style: CitationStyle | Literal[""] = ""
    """How it puts publications into words; empty for the site's way."""
    order: int = 0
    """Its place among the author's own pages in the menu."""
    lang: str = ""
    """Its language as a code, where it is not the site's."""
    group_by: Literal["", "year", "type", "status", "topic", "none"] = ""
    """What a page with the layout `publications` divides its list by; empty for what site.yaml says."""
    extra: dict[str, Any] = {}
    """Anything of the author's own, for own layouts."""

    address: str = ""
    document: Document | None = None
    place: Place

    @property
    def url(self) -> str:
        """Its address: Jekyll's word."""
        return self.address


LAYOUT_NAMES: dict[str, str] = {
    "archive": "page", "single": "page", "default": "page", "about": "home", "splash": "page",
    "distill": "post", "bib": "publications",
}  # fmt: skip
"""Jekyll's and its themes' names for layouts, and what Folio calls them."""


_FIRST_HEADING = late(
    r"(?:\s|<!--.*?-->)*(?:#[ \t]+(?P<atx>[^\n{]+?)[ \t#]*(?:\{[^\n]*)?(?:\n|$)"
    r"|(?P<setext>[^\n{]+)\n=+[ \t]*(?:\n|$))",
    re.DOTALL,
)
"""A heading of the first level that a body begins with: the title of a page that gives none."""


def pages_of(documents: list[Document], reading: Reading) -> tuple[Page, ...]:
    """The authors' own pages, each with its address; unpublished ones left out."""
    pages: list[Page] = []
    for document in documents:
        beside = msgspec.structs.replace(reading, folder=document.folder)
        page = read(Page, document.front, document.front.place, beside)
        if page:
            pages.append(_completed(page, document, reading))
    return tuple(pages)


def _completed(page: Page, document: Document, reading: Reading) -> Page:
    natural = reading.prefix + natural_address(document)
    address = address_of(page.permalink, natural, document, reading.problems)
    changes: dict[str, Any] = {"address": address, "document": document}
    if not page.title:
        heading = _FIRST_HEADING().match(document.body)
        words = document.name.replace("-", " ").replace("_", " ").strip()
        words = words[:1].upper() + words[1:]
        title = (heading["atx"] or heading["setext"]) if heading else words
        changes["title"] = read(Rich, title, page.place, reading) or EMPTY
    if page.date:
        date_as_written(page.date, document.front.at("date"), reading)
    layout = LAYOUT_NAMES.get(page.layout, page.layout)
    changes["layout"] = layout or ("home" if address == reading.prefix + "/" else "page")
    return msgspec.structs.replace(page, **changes)


def natural_address(document: Document) -> str:
    """`content/a/b.md` is `/a/b/`; `index.md` is its folder."""
    inside = document.stem.partition("/")[2]
    if inside == "index" or inside.endswith("/index"):
        inside = inside[: -len("index")].rstrip("/")
    return f"/{natural(inside)}/" if inside else "/"
