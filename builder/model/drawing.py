"""Records drawn into the CV: `{from: publications, where: {selected: true}}` resolved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.fields import Reading
from builder.model.cv import Drawn, Section
from builder.model.publications import Publication
from builder.model.select import Group, group_by, limit, sort_by, where
from builder.model.site import Site
from builder.problems import did_you_mean


def drawn(item: Drawn, site: Site) -> tuple[Group, ...]:
    """The records that an item draws, in groups; a single group without a name when not grouped.

    Records of one collection keep its order unless `sort` says otherwise; several collections are
    merged by date.
    """
    pools = [
        site.publications if name == "publications" else site.collections.get(name, ())
        for name in item.from_
    ]
    wanted: dict[str, Any] = dict(item.where)
    if item.tags:
        wanted["tags"] = item.tags
    chosen = where([r for pool in pools for r in pool], since=item.since or None, **wanted)
    if len(pools) > 1 or item.sort != "newest":
        chosen = sort_by(chosen, item.sort)
    chosen = limit(chosen, item.limit)
    return group_by(chosen, item.group_by) if item.group_by else (Group("", chosen),)


def check_drawn(site: Site, reading: Reading) -> None:
    """Tell items that draw from no collection, or that draw nothing."""
    known = ("publications", *site.collections)
    for item in _items(site.cv):
        assert item.place is not None
        for name in item.from_:
            if name not in known:
                reading.warn(
                    "unknown-collection", f"there are no records called {name!r}", item.place,
                    did_you_mean(name, known) or f"there are {', '.join(known)}",
                )  # fmt: skip
        if set(item.from_) & set(known) and not any(group.list for group in drawn(item, site)):
            reading.warn(
                "draws-nothing", f"nothing in {' and '.join(item.from_)} matches", item.place,
                "compare `where` with the records' own fields",
            )  # fmt: skip


def _items(sections: tuple[Section, ...]) -> Iterator[Drawn]:
    for section in sections:
        for item in section.items:
            if isinstance(item, Section):
                yield from _items((item,))
            elif isinstance(item, Drawn):
                yield item


def is_paper(item: Any) -> bool:
    """Whether a record is a publication, for sections that mix kinds."""
    return isinstance(item, Publication)
