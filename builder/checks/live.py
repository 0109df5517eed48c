"""The site as it is published now, which remembers its addresses when nobody else has.

One question to the site's own host, and only when it is asked for. Source: the sitemaps protocol 0.9.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from html import unescape
from typing import NamedTuple

from builder.checks.addresses import kept_addresses, path_of
from builder.checks.look import Look
from builder.checks.outside import AGENT, PATIENCE
from builder.config import SITE_FILE
from builder.problems import Place, Problems

LONGEST = 5_000_000
"""Bytes of a sitemap that are read."""
_LOC = re.compile(r"<loc>\s*(.*?)\s*</loc>")


class Live(NamedTuple):
    """What is published now."""

    addresses: tuple[str, ...] = ()
    """From the site's root, as its sitemap lists them."""
    why: str = ""
    """Why there are none to compare with."""


def live_site(look: Look) -> Live:
    """Ask the live site for its sitemap. Never raises."""
    url = look.made.config.url
    if not url:
        return Live(why="no address is known; give --url, or write url: into site.yaml")
    try:
        text = _text_at(f"{url}/sitemap.xml")
    except urllib.error.HTTPError as error:
        return Live(why=f"{url}/sitemap.xml is not there ({error.code})")
    except Exception as error:  # as with every link: what the network does is no fault of the site
        return Live(why=f"{url} does not answer: {getattr(error, 'reason', error)}")
    own = _without_scheme(url)
    found = (_without_scheme(unescape(loc)) for loc in _LOC.findall(text))
    listed = (a for loc in found if (a := loc.removeprefix(own)) != loc and a.startswith("/"))
    addresses = tuple(dict.fromkeys(listed))
    return Live(addresses, "" if addresses else f"{url}/sitemap.xml lists nothing of this site")


def _without_scheme(url: str) -> str:
    return url.partition("://")[2]


def check_live(look: Look, live: Live, problems: Problems) -> str:
    """Tell what the live site has and this one would answer with nothing; give a sentence of it.

    What `addresses.txt` holds is told there, at its line.
    """
    if live.why:
        return f"Not compared with a live site: {live.why}."
    url = look.made.config.url
    kept = {address for _, address in kept_addresses(look.made.config.root)}
    for address in (a for a in live.addresses if a not in kept and path_of(look, a) is None):
        problems.warning(
            "address-gone", f"{address!r} is on the live site, and leads to nothing in this one",
            look.typed("index.html", url) if "index.html" in look.pages else Place(SITE_FILE, 1),
            f"write `redirect_from: {address}` in the page that took its place",
        )  # fmt: skip
    return f"Compared with {len(live.addresses)} addresses of the live site."


def _text_at(url: str) -> str:
    request = urllib.request.Request(url, headers={"User-Agent": AGENT})
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return str(response.read(LONGEST).decode("utf-8", "replace"))
