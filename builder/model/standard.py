"""The pages that a site has of itself when it has something to show on them.

An author's own page at one of these addresses takes the place of the made one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import msgspec

from builder.config import NavigationItem
from builder.model.pages import Page
from builder.problems import Place
from builder.text.rich import Rich, plain
from builder.text.words import Words

MADE = Place("(made by Folio)")
"""The place of a page that no file stands behind."""

FIRST_IN_MENU = ("publications", "cv", "talks", "teaching", "projects", "posts", "news", "people")
"""The order of the menu; collections of the author's own follow, then own pages."""


def standard_pages(
    own: tuple[Page, ...], content: dict[str, Any], titles: dict[str, Rich], words: Words
) -> tuple[Page, ...]:
    """The standard pages for `content` (name to its records; empty ones have no page)."""
    taken = {page.address for page in own}
    wanted = [("home", "/", plain(words["home"]))]
    wanted += [(name, f"/{name}/", titles[name]) for name in content if content[name]]
    if content.get("posts"):
        wanted.append(("archive", "/archive/", plain(words["archive"])))
    tagged = (item for name in content for item in content[name] if hasattr(item, "categories"))
    if any(item.tags or item.categories for item in (*own, *tagged)):
        wanted.append(("tags", "/tags/", plain(words["tags"])))
    wanted.append(("404", "/404.html", plain(words["not_found"])))
    return tuple(
        Page(title=title, layout=_layout(name), address=address, place=MADE)
        for name, address, title in wanted
        if address not in taken
    )


LAYOUTS = frozenset({
    "home", "publications", "cv", "talks", "teaching", "projects", "posts", "news", "people",
    "archive", "tags", "404",
})  # fmt: skip


def _layout(name: str) -> str:
    return name if name in LAYOUTS else "collection"


def chosen_menu(
    items: tuple[NavigationItem, ...], own: tuple[Page, ...]
) -> tuple[NavigationItem, ...]:
    """The menu that site.yaml sets, its files in `content/` as the addresses of their pages."""
    addresses = {p.document.path: p.address for p in own if p.document}

    def resolved(item: NavigationItem) -> NavigationItem:
        file = unquote(item.url.removeprefix("source:"))
        url = item.url if file == item.url else addresses.get(f"content/{file}", f"/{file}")
        children = tuple(map(resolved, item.children))
        return msgspec.structs.replace(item, url=url, children=children)

    return tuple(map(resolved, items))


def navigation_of(pages: tuple[Page, ...], words: Words) -> tuple[NavigationItem, ...]:
    """The menu of a site that sets none: the standard pages, then the author's own top ones."""
    by_address = {page.address: page for page in pages}
    menu = [by_address.pop(f"/{name}/") for name in FIRST_IN_MENU if f"/{name}/" in by_address]
    rest = [p for p in by_address.values() if _belongs(p)]
    menu += sorted(rest, key=lambda p: (p.document is not None, p.order, p.title.text.casefold()))
    return tuple(NavigationItem(title=_menu_word(p, words), url=p.address) for p in menu)


def _belongs(page: Page) -> bool:
    top = page.address.strip("/").count("/") == 0 and page.address != "/"
    return (
        top
        and page.nav
        and page.layout not in ("archive", "tags", "404")
        and page.address != "/404.html"
    )


def _menu_word(page: Page, words: Words) -> Rich:
    return plain(words["cv_short"]) if page.address == "/cv/" and page.place == MADE else page.title
