"""The site as it is published now, which remembers its addresses when nobody else has.

One question to the site's own host, and only when it is asked for. Source: the sitemaps protocol 0.9.
"""

from __future__ import annotations

import re
import urllib.request
from html import unescape

from builder.checks.addresses import kept_addresses, path_of
from builder.checks.look import Look
from builder.checks.outside import AGENT, PATIENCE
from builder.config import SITE_FILE
from builder.problems import Place, Problems

LONGEST = 5_000_000
"""Bytes of a sitemap that are read."""
_LOC = re.compile(r"<loc>\s*(.*?)\s*</loc>")


def live_addresses(look: Look) -> tuple[str, ...]:
    """What the sitemap of the live site lists, from its root; empty when there is none."""
    url = look.made.config.url
    listed = _LOC.findall(_text_at(f"{url}/sitemap.xml")) if url else ()
    own = _without_scheme(url)
    found = (_without_scheme(unescape(loc)) for loc in listed)
    return tuple(a for loc in found if (a := loc.removeprefix(own)) != loc and a.startswith("/"))


def _without_scheme(url: str) -> str:
    return url.partition("://")[2]


def check_live(look: Look, addresses: tuple[str, ...], problems: Problems) -> str:
    """Tell what the live site has and this one would answer with nothing; give a sentence of it.

    What `addresses.txt` holds is told there, at its line.
    """
    url = look.made.config.url
    if not addresses:
        return (
            f"No sitemap at {url}/: nothing is live to compare with."
            if url
            else "No address is known to compare with: give --url, or write url: into site.yaml."
        )
    kept = {address for _, address in kept_addresses(look.made.config.root)}
    for address in (a for a in addresses if a not in kept and path_of(look, a) is None):
        problems.warning(
            "address-gone", f"{address!r} is on the live site, and leads to nothing in this one",
            look.typed("index.html", url) if "index.html" in look.pages else Place(SITE_FILE, 1),
            f"write `redirect_from: {address}` in the page that took its place",
        )  # fmt: skip
    return f"Compared with {len(addresses)} addresses of the live site."


def _text_at(url: str) -> str:
    """What is published at an address; empty when nothing comes."""
    try:
        request = urllib.request.Request(url, headers={"User-Agent": AGENT})
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return str(response.read(LONGEST).decode("utf-8", "replace"))
    except Exception:  # as with every link: what the network does is no fault of the site
        return ""
