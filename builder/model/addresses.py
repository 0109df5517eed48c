"""Addresses: where a page lives, and the file that a web server gives for it."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from builder.model.documents import Document
from builder.problems import Problems


def address_of(permalink: str, natural: str, document: Document | None, problems: Problems) -> str:
    """The address that `permalink` asks for, or the natural one; an unusable one is an error."""
    place = document.front.at("permalink") if document else None
    wrong = fault_of_address(permalink)
    if wrong:
        message = f"the permalink {permalink!r} {wrong[1]}"
        problems.error(wrong[0], message, place, "write an address such as /cv/")
    return natural if wrong or not permalink else rooted(permalink)


def rooted(address: str) -> str:
    """An address as typed but for a missing slash at its beginning."""
    return address if address.startswith("/") else "/" + address


_CLIMBS = re.compile(r"(^|/)\.{1,2}(/|$)|//|\\|[\0-\x1f]")


def fault_of_address(typed: str) -> tuple[str, str] | None:
    """Kind and words of what keeps a page from living at an address that an author typed."""
    if "://" in typed:
        return "permalink-is-url", "is the address of another site; leave out scheme and host"
    if _CLIMBS.search(unquote(typed)):
        return "path-leads-out", "leads out of the site"
    if "?" in typed or "#" in typed:
        return "not-an-address", "holds a ? or #, which servers take for the end of an address"
    return None


def whole(address: str, url: str) -> str:
    """An address of the site at `url` with scheme and host, quoted as URLs are; others stand.

    A `source:` reference to a file of the author's is the address that the file is served at.
    """
    if not address or "://" in address:
        return address
    path = rooted(address.removeprefix("source:"))
    return url + (path if _BARE.fullmatch(path) else quote(path, safe=_AS_THEY_ARE))


_BARE = re.compile(r"[\w./-]*", re.ASCII)
"""An address that quoting leaves as it is."""
_AS_THEY_ARE = "/%#?=&+:@,;~()!$'*"


def natural(path: str) -> str:
    """A file's path as the address of a page: signs that mean something in an address are quoted."""
    return re.sub("[%?#]", lambda sign: quote(sign[0]), path)


FILE_ENDINGS = (".html", ".htm", ".xml", ".txt", ".json", ".svg", ".css", ".js")


def output_path(address: str) -> str:
    """The file that a web server gives for an address.

    `/cv/` is `cv/index.html`; `/cv.html` itself; `/cv` is `cv.html`, which GitHub Pages, Netlify
    and Jekyll serve at the address without its ending.
    """
    inside = unquote(address).lstrip("/")
    if not inside or inside.endswith("/"):
        return inside + "index.html"
    return inside if inside.lower().endswith(FILE_ENDINGS) else inside + ".html"
