"""Files for servers and crawlers: sitemap, robots.txt, redirects, what GitHub Pages needs.

Sources: the sitemaps protocol 0.9, RFC 9309 for robots.txt, GitHub Pages' documentation for
`.nojekyll` and `CNAME`.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from builder.config import Config
from builder.model.addresses import output_path
from builder.model.site import Site
from builder.outputs.output import Output, Template
from builder.outputs.pages import pages, papers
from builder.outputs.pages import records as record_pages
from builder.problems import Place
from builder.sources import Records

MADE = Place("(service files)")
HOSTED = (".github.io", ".gitlab.io", ".netlify.app", ".pages.dev")
"""Hosts that a site gets without a domain of its own, which need no CNAME."""


def service_files(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """sitemap.xml, robots.txt, .nojekyll, CNAME."""
    yield Output(path=".nojekyll", content=b"", asked_by=MADE, gives_way=True)
    robots = "User-agent: *\nAllow: /\n"
    if site.url:
        listed = [
            o
            for kind in (pages, papers, record_pages)
            for o in kind(config, records, site)
            if o.listed
        ]
        variables = {"outputs": sorted(listed, key=lambda o: o.address)}
        yield Output(path="sitemap.xml", content=Template("sitemap.xml", variables), asked_by=MADE)
        robots += f"\nSitemap: {site.url}/sitemap.xml\n"
        host = urlsplit(site.url).hostname or ""
        if not site.base and not host.endswith(HOSTED) and "." in host:
            yield Output(path="CNAME", content=f"{host}\n".encode(), asked_by=MADE, gives_way=True)
    yield Output(path="robots.txt", content=robots.encode(), asked_by=MADE, gives_way=True)


def redirects(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """A page at each address of `redirect_from` that leads on.

    An address without a slash at its end is answered by servers from `x.html` or from
    `x/index.html`; both are written, the second where nothing else claims it.
    """
    for item in site.everything:
        for old in item.redirect_from:
            address = old if old.startswith("/") else "/" + old
            document = item.document
            place = document.front.at("redirect_from") if document else item.place
            template = Template("redirect.html", {"target": item.url, "page": item})
            path = output_path(address)
            yield Output(path=path, content=template, asked_by=place)
            if (
                path.endswith(".html")
                and not path.endswith("index.html")
                and not address.endswith(".html")
            ):
                folder = path.removesuffix(".html") + "/index.html"
                yield Output(path=folder, content=template, asked_by=place, gives_way=True)
