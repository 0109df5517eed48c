"""Pages, papers and records: one HTML file each, by the layout that fits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from builder.config import Config
from builder.model.addresses import output_path
from builder.model.pages import Page
from builder.model.records import Record
from builder.model.related import Company, companies
from builder.model.site import Site
from builder.outputs.head import head_of
from builder.outputs.output import Output, Template
from builder.problems import Place
from builder.sources import Records
from builder.text.dates import newest, read_when

ALONE = Company()
RECORD_LAYOUTS = {
    "talks": "talk",
    "teaching": "course",
    "projects": "project",
    "posts": "post",
    "news": "post",
}
"""The layout of one record of each known collection; any other has `record`."""


def pages(config: Config, found: Records, site: Site) -> Iterable[Output]:
    """The authors' own pages and the standard ones."""
    for page in site.pages:
        yield _output(
            site, page, page.layout, page.place, listed=page.sitemap and page.layout != "404"
        )


def papers(config: Config, found: Records, site: Site) -> Iterable[Output]:
    """One page for each publication, with its neighbours in the list and what is related to it."""
    company = companies(site.publications, site.collections)
    for n, paper in enumerate(site.publications):
        newer = site.publications[n - 1] if n else None
        older = site.publications[n + 1] if n + 1 < len(site.publications) else None
        yield _output(
            site, paper, "publication", paper.place, item=paper, newer=newer, older=older,
            company=company.get(paper.key, ALONE),
        )  # fmt: skip


def records(config: Config, found: Records, site: Site) -> Iterable[Output]:
    """One page for each record of a collection that has an address."""
    for name, listed in site.collections.items():
        paged = [record for record in listed if record.address and not record.redirect]
        for n, record in enumerate(paged):
            newer = paged[n - 1] if n else None
            older = paged[n + 1] if n + 1 < len(paged) else None
            layout = _own_layout(record, config) or RECORD_LAYOUTS.get(name, "record")
            yield _output(site, record, layout, record.place, item=record, newer=newer, older=older)


def _own_layout(record: Record, config: Config) -> str:
    """The layout that a record names, if it is one of the site's own; else empty."""
    named = record.layout if _LAYOUT.fullmatch(record.layout) else ""
    return named if named and (config.root / f"layouts/{named}.html").is_file() else ""


_LAYOUT = re.compile(r"[\w-]+")


def _output(
    site: Site, page: Any, layout: str, place: Place, listed: bool = True, **more: Any
) -> Output:
    head = head_of(site, page)
    return Output(
        path=output_path(page.address), asked_by=_asked_by(page, place), address=page.address,
        listed=listed and not head.stands_in, modified=_modified(page), language=site.language,
        alternates=head.alternates,
        content=Template(f"{layout}.html", {"page": page, "head": head, "item": None, **more}),
    )  # fmt: skip


def _asked_by(page: Any, place: Place) -> Place:
    """The line that decided the address: the permalink's where there is one."""
    document = getattr(page, "document", None)
    if document is not None and page.permalink and "permalink" in document.front:
        return Place(*document.front.at("permalink"))
    return place


def _modified(page: Any) -> str:
    typed = getattr(page, "modified", "") or (
        getattr(page, "date", "") if isinstance(page, (Page, Record)) else ""
    )
    when = read_when(typed) if typed else None
    date = newest(when) if when else None
    return date.iso if date and not date.season else ""
