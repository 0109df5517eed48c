"""How an address is written in a file that leaves the site: whole, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from builder.model.addresses import whole
from builder.model.site import Site
from builder.sources import Records


def outside_of(records: Records, site: Site) -> Callable[[str], str]:
    """A function from an address of the site, or the file that a source names, to a whole address.

    It is empty where there is none: a file that is not published, or a site without a `url`.
    """
    pages = {i.document.path: i.address for i in site.everything if i.document and i.address}

    def outside(url: str) -> str:
        if url.startswith("source:"):
            name = unquote(url.removeprefix("source:").partition("#")[0])
            url = pages.get(f"content/{name}") or (f"/{name}" if name in records.content else "")
        if url.startswith("/"):
            return whole(url, site.url) if site.url else ""
        return url if ":" in url else ""

    return outside
