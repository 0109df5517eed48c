"""Pictures that lie in a page's bundle: the one that stands for the page, and its galleries."""

from __future__ import annotations

import re

from builder.importers.hugo.site import PICTURES, HugoSite, Page


def featured(site: HugoSite, page: Page) -> str:
    """The address of a bundle's own picture; empty when it has none."""
    if not page.folder:
        return ""
    inside = [
        p
        for p in site.source.below(page.folder.rstrip("/"))
        if p.lower().endswith(PICTURES) and "/" not in p.removeprefix(page.folder)
    ]
    found = next(
        (p for p in inside if re.search(r"/featured[^/]*$|/[^/]*(?:cover|thumbnail)[^/]*$", p)),
        "",
    )
    if found:
        site.move.linked[found] = None
    return page.url + found.removeprefix(page.folder) if found else ""


def album(site: HugoSite, album: str, page: Page) -> list[str]:
    """The pictures of a gallery: in the bundle, or below `assets/media/albums/`."""
    files = [
        p
        for p in site.source.below(f"{page.folder}{album or 'gallery'}")
        if p.lower().endswith(PICTURES)
    ]
    files = files or [
        p for p in site.source.below(f"assets/media/albums/{album}") if p.lower().endswith(PICTURES)
    ]
    addresses = {path: address for address, path in site.resolver.files.items()}
    site.move.linked.update(dict.fromkeys(f for f in files if f in addresses))
    return [addresses[f].replace(" ", "%20") for f in files if f in addresses]
