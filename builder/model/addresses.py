"""Addresses: where a page lives, and the file that a web server gives for it."""

from __future__ import annotations

import re

from builder.model.documents import Document
from builder.problems import Problems


def address_of(permalink: str, natural: str, document: Document | None, problems: Problems) -> str:
    """The address that `permalink` asks for, or the natural one.

    Kept as typed but for a missing slash at its beginning; one that climbs, or is a whole URL of
    another place, is an error.
    """
    if not permalink:
        return natural
    place = document.front.at("permalink") if document else None
    address = permalink if permalink.startswith("/") else "/" + permalink
    parts = address.split("/")
    if "://" in permalink:
        problems.error(
            "permalink-is-url", f"expected an address of this site, found {permalink!r}", place,
            "write the part after the host, such as /cv/",
        )  # fmt: skip
        return natural
    if (
        ".." in parts
        or "." in parts
        or "//" in address
        or "\\" in address
        or re.search("[\0-\x1f]", address)
    ):
        problems.error(
            "path-leads-out", f"the permalink {permalink!r} leads out of the site", place,
            "write an address such as /cv/, without .. in it",
        )  # fmt: skip
        return natural
    return address


FILE_ENDINGS = (".html", ".htm", ".xml", ".txt", ".json", ".svg", ".css", ".js")


def output_path(address: str) -> str:
    """The file that a web server gives for an address.

    `/cv/` is `cv/index.html`; `/cv.html` itself; `/cv` is `cv.html`, which GitHub Pages, Netlify
    and Jekyll serve at the address without its ending.
    """
    inside = address.lstrip("/")
    if not inside or inside.endswith("/"):
        return inside + "index.html"
    return inside if inside.lower().endswith(FILE_ENDINGS) else inside + ".html"
