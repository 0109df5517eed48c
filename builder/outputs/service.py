"""Files for servers and crawlers: sitemap, robots.txt, redirects, what GitHub Pages needs.

Sources: the sitemaps protocol 0.9, RFC 9309 for robots.txt, GitHub Pages' documentation for
`.nojekyll` and `CNAME`.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from builder.config import Config
from builder.model.addresses import output_path
from builder.model.publications import Publication
from builder.model.site import Site
from builder.outputs.output import Output, Template
from builder.problems import Place
from builder.sources import Records

MADE = Place("(service files)")
HOSTED = (".github.io", ".gitlab.io", ".netlify.app", ".pages.dev")
"""Hosts that a site gets without a domain of its own, which need no CNAME."""


def service_files(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """robots.txt, .nojekyll, CNAME."""
    yield Output(path=".nojekyll", content=b"", asked_by=MADE, gives_way=True)
    robots = "User-agent: *\nAllow: /\n"
    if site.url:
        robots += f"\nSitemap: {site.url}/sitemap.xml\n"
        host = urlsplit(site.url).hostname or ""
        if not site.base and not host.endswith(HOSTED) and "." in host:
            yield Output(path="CNAME", content=f"{host}\n".encode(), asked_by=MADE, gives_way=True)
    yield Output(path="robots.txt", content=robots.encode(), asked_by=MADE, gives_way=True)


def sitemap(outputs: Iterable[Output]) -> Output:
    """sitemap.xml, with the pages of every language: of all outputs, those that are listed."""
    pages = (replace(o, content=b"") for o in outputs if o.listed)  # what they say is of no account
    listed = sorted(pages, key=lambda o: o.address)
    content = Template("sitemap.xml", {"outputs": listed})
    return Output(path="sitemap.xml", content=content, asked_by=MADE, gives_way=True)


def redirects(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """A page at each address of `redirect_from` that leads on.

    An address without a slash at its end is answered by servers from `x.html` or from
    `x/index.html`; both are written, the second where nothing else claims it.
    """
    for item in site.everything:
        if isinstance(item, Publication) and site.prefix:
            continue
        document = item.document
        place = document.front.at("redirect_from") if document else item.place
        template = Template("redirect.html", {"target": item.url, "page": item})
        for path, gives_way in _old_paths(item.redirect_from).items():
            if path != output_path(item.address):
                yield Output(
                    path=path, content=template, asked_by=place, gives_way=gives_way,
                    language=site.language,
                )  # fmt: skip


def _old_paths(addresses: Iterable[str]) -> dict[str, bool]:
    """The files that servers answer old addresses from, and whether each gives way to others."""
    paths: dict[str, bool] = {}
    for address in addresses:
        path = output_path(address)
        paths[path] = False
        if path == unquote(address).lstrip("/") + ".html":
            paths.setdefault(path.removesuffix(".html") + "/index.html", True)
    return paths
