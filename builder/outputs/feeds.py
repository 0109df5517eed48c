"""Atom feeds: posts and news in one, publications in another.

Source: RFC 4287.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from builder.config import Config
from builder.model.addresses import whole
from builder.model.select import sort_by
from builder.model.site import Site
from builder.outputs.output import Output, Template
from builder.problems import Place
from builder.sources import Records
from builder.text.dates import newest

LONGEST = 50
"""How many entries a feed holds."""


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed."""

    item: Any
    title: str
    address: str
    id: str
    updated: str
    """RFC 3339, at midnight UTC: a date in the data has no time."""


def feeds(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """A feed for each kind that has entries; without the site's url, none: Atom needs addresses.

    Papers, which are the same in every language, have one.
    """
    if not site.url:
        return
    written = [r for name in ("posts", "news") for r in site.collections.get(name, ())]
    papers = () if site.prefix else site.publications
    for path, title, items in (
        (f"{site.prefix}/feed.xml".lstrip("/"), site.words["feed_all"], sort_by(written)),
        ("publications/feed.xml", site.words["publications"], papers),
    ):
        entries = tuple(_entry(site, item) for item in items[:LONGEST])
        if entries:
            updated = max(e.updated for e in entries)
            variables = {"path": path, "title": title, "entries": entries, "updated": updated}
            content = Template("feed.xml", variables)
            yield Output(
                path=path, asked_by=Place("(feeds)"), content=content, gives_way=True,
                language=site.language,
            )  # fmt: skip


def _entry(site: Site, item: Any) -> FeedEntry:
    title = item.title.text or getattr(item, "text", item.title).text
    address = item.url or f"{site.prefix}/news/#news-{item.slug}"
    day = newest(item.when) if item.when else None
    iso = f"{day.year:04d}-{day.month or 1:02d}-{day.day or 1:02d}" if day else "1970-01-01"
    return FeedEntry(
        item=item,
        title=title,
        address=address,
        id=whole(item.address or address, site.url),
        updated=f"{iso}T00:00:00Z",
    )
