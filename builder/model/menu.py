"""The menu as a page shows it: which entry is the page's own, and which it is a part of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal

import msgspec

from builder.settings import NavigationItem
from builder.text.rich import Rich

Current = Literal["page", "true", ""]
"""The value of `aria-current`: this page, a part of the site that holds it, or neither."""


class MenuEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the menu, seen from a page."""

    title: Rich
    url: str
    """Where it leads: to its own page, or else to its first child's; empty for a bare word."""
    current: Current = ""


class Menu(msgspec.Struct, frozen=True, kw_only=True):
    """The menu of a page, and the row of entries below the one that the page is a part of."""

    entries: tuple[MenuEntry, ...]
    below: tuple[MenuEntry, ...] = ()


def menus_of(navigation: Sequence[NavigationItem], home: str) -> Callable[[str], Menu]:
    """What gives the menu of the page at an address: the same one to pages that show the same.

    A page is a part of the first entry whose address, or that of an entry below it, its own begins
    with; every page would be a part of the home page, which counts as no part.
    """
    below = [(item.url, *(child.url for child in item.children)) for item in navigation]
    parts = [tuple(url for url in urls if url not in ("", home)) for urls in below]
    own = frozenset(url for urls in below for url in urls)

    @cache
    def menu(part: int | None, address: str) -> Menu:
        item = None if part is None else navigation[part]
        return Menu(
            entries=tuple(_entry(i, address, i is item) for i in navigation),
            below=tuple(_entry(c, address, False) for c in item.children if c.url) if item else (),
        )

    def menu_at(address: str) -> Menu:
        part = next((n for n, urls in enumerate(parts) if address.startswith(urls)), None)
        return menu(part, address if address in own else "")

    return menu_at


def _entry(item: NavigationItem, address: str, is_part: bool) -> MenuEntry:
    url = item.url or (item.children[0].url if item.children else "")
    current: Current = "page" if url == address else "true" if is_part else ""
    return MenuEntry(title=item.title, url=url, current=current if url else "")
