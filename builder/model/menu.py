"""The menu as a page shows it: which entry is the page's own, and which it is a part of."""

from __future__ import annotations

from collections.abc import Sequence
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

    @property
    def state(self) -> tuple[Current, ...]:
        """What sets this menu apart from those of other pages of the site."""
        return (*(e.current for e in self.entries), *(e.current for e in self.below))


def menu_of(navigation: Sequence[NavigationItem], home: str, address: str) -> Menu:
    """The menu of the page at an address.

    A page is a part of the first entry whose address, or that of an entry below it, its own begins
    with; every page would be a part of the home page, which counts as no part.
    """

    def holds(item: NavigationItem) -> bool:
        urls = (item.url, *(child.url for child in item.children))
        return any(url and url != home and address.startswith(url) for url in urls)

    part = next((item for item in navigation if holds(item)), None)
    return Menu(
        entries=tuple(_entry(item, address, item is part) for item in navigation),
        below=tuple(_entry(c, address, False) for c in part.children if c.url) if part else (),
    )


def _entry(item: NavigationItem, address: str, is_part: bool) -> MenuEntry:
    url = item.url or (item.children[0].url if item.children else "")
    current: Current = "page" if url == address else "true" if is_part else ""
    return MenuEntry(title=item.title, url=url, current=current if url else "")
