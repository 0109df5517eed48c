"""The pages that a site has of itself when it has something to show on them.

An author's own page at one of these addresses takes the place of the made one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import msgspec

from builder.model.cv_forms import Cv
from builder.model.pages import Page
from builder.problems import Place
from builder.settings import NavigationItem
from builder.text.rich import Rich, plain
from builder.text.words import Words

MADE = Place("(made by Folio)")
"""The place of a page that no file stands behind."""

FIRST_IN_MENU = ("publications", "cv", "talks", "teaching", "projects", "posts", "news", "people")
"""The order of the menu; collections of the author's own follow, then own pages."""


def standard_pages(
    own: tuple[Page, ...], content: dict[str, Any], titles: dict[str, Rich], words: Words, prefix: str
) -> tuple[Page, ...]:  # fmt: skip
    """The standard pages for `content` (name to its records; empty ones have no page).

    `prefix` begins the addresses of the language. What servers answer with when there is no page at
    an address is made in each: some look for it in the folder that was asked for.
    """
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
        Page(title=title, layout=_layout(name), address=prefix + address, place=MADE)
        for name, address, title in wanted
        if prefix + address not in taken
    )


def search_page(own: tuple[Page, ...], words: Words, prefix: str) -> tuple[Page, ...]:
    """The page that searches the site, unless the author has one of that address."""
    address = f"{prefix}/search/"
    if any(page.address == address for page in own):
        return ()
    title = plain(words["search_site"])
    page = Page(title=title, layout="search", address=address, sitemap=False, nav=False, place=MADE)
    return (page,)


def variant_pages(forms: tuple[Cv, ...], own: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages of the variants, which the author hands out: neither menu nor sitemap lists them."""
    taken = {page.address for page in own}
    return tuple(
        Page(title=form.title, layout="cv", address=form.address, sitemap=False, nav=False, place=form.place)
        for form in forms
        if form.name and form.address and form.address not in taken
    )  # fmt: skip


LAYOUTS = frozenset({
    "home", "publications", "cv", "talks", "teaching", "projects", "posts", "news", "people",
    "archive", "tags", "404",
})  # fmt: skip


def _layout(name: str) -> str:
    return name if name in LAYOUTS else "collection"


def chosen_menu(
    items: tuple[NavigationItem, ...], pages: tuple[Page, ...], prefix: str
) -> tuple[NavigationItem, ...]:
    """The menu that site.yaml sets, its files in `content/` as the addresses of their pages.

    An address is that of the page in the language whose addresses begin with `prefix`.
    """
    files = {path: p.address for p in pages if p.document for path in p.document.known_as}
    addresses = {p.address for p in pages}

    def resolved(item: NavigationItem) -> NavigationItem:
        file = unquote(item.url.removeprefix("source:"))
        url = item.url if file == item.url else files.get(f"content/{file}", f"/{file}")
        url = prefix + url if prefix + url in addresses else url
        children = tuple(map(resolved, item.children))
        return msgspec.structs.replace(item, url=url, children=children)

    return tuple(map(resolved, items))


def navigation_of(pages: tuple[Page, ...], words: Words, prefix: str) -> tuple[NavigationItem, ...]:
    """The menu of a site that sets none: the standard pages, then the author's own top ones."""
    by_address = {page.address.removeprefix(prefix): page for page in pages}
    menu = [by_address.pop(f"/{name}/") for name in FIRST_IN_MENU if f"/{name}/" in by_address]
    rest = [page for address, page in by_address.items() if _belongs(page, address)]
    menu += sorted(rest, key=lambda p: (p.document is not None, p.order, p.title.text.casefold()))
    return tuple(NavigationItem(title=_menu_word(p, words), url=p.address) for p in menu)


def _belongs(page: Page, address: str) -> bool:
    top = address.strip("/").count("/") == 0 and address not in ("/", "/404.html")
    return top and page.nav and page.layout not in ("archive", "tags", "404")


def _menu_word(page: Page, words: Words) -> Rich:
    if page.layout == "cv" and page.place == MADE:
        return plain(words["cv_short"])
    return msgspec.structs.replace(page.title, lang=page.lang) if page.lang else page.title
