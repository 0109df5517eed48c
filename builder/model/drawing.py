"""Records drawn into the CV: `{from: publications, where: {selected: true}}` resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from builder.fields import Reading
from builder.model.cv import Drawn, Section, everything
from builder.model.publications import Publication
from builder.model.select import Group, group_by, limit, sort_by, where
from builder.problems import did_you_mean
from builder.sources import KNOWN_COLLECTIONS
from builder.text.words import Words


class Pools(Protocol):
    """Where records are drawn from: the site, or the parts of one that is being made."""

    @property
    def publications(self) -> tuple[Publication, ...]:
        """All papers."""

    @property
    def collections(self) -> Mapping[str, tuple[Any, ...]]:
        """All other records, by the name of their collection."""


class Sections(Pools, Protocol):
    """The same, with the sections that draw."""

    @property
    def whole_cv(self) -> tuple[Section, ...]:
        """Every section of cv.yaml."""


def drawn(item: Drawn, site: Pools) -> tuple[Group, ...]:
    """The records that an item draws, in groups; a single group without a name when not grouped.

    Records of one collection keep its order unless `sort` says otherwise; several collections are
    merged by date.
    """
    pools = [_pool(name, item, site) for name in item.from_]
    wanted: dict[str, Any] = {"since": item.since or None, **item.where}
    if item.tags:
        wanted["tags"] = item.tags
    kept = (r for pool in pools for r in pool if item.rule.keeps(r.tags))
    chosen = where(kept, **wanted)
    if len(pools) > 1 or item.sort != "newest":
        chosen = sort_by(chosen, item.sort)
    chosen = limit(chosen, item.limit)
    return group_by(chosen, item.group_by) if item.group_by else (Group("", chosen),)


def group_title(group: Group, item: Drawn, words: Words) -> str:
    """The heading of a group that an item draws: the word for its type or status, else its value."""
    if not item.group_by:
        return ""
    if not group.grouper:
        return words["other"]
    known = {"type": "type_", "status": "status_"}.get(item.group_by)
    return (
        words.get(f"{known}{group.grouper}", words.get(group.grouper, group.grouper))
        if known
        else group.grouper
    )


def numbers(item: Drawn, group: Group) -> Iterable[int]:
    """The numbers that the records of a group bear; none when they are not numbered."""
    count = len(group.list)
    if item.numbered == "reverse":
        return range(count, 0, -1)
    return range(1, count + 1) if item.numbered == "yes" else ()


def _pool(name: str, item: Drawn, site: Pools) -> Iterable[Any]:
    if name != "publications":
        return site.collections.get(name, ())
    return (p for p in site.publications if p.selected or not item.selected)


def check_drawn(site: Sections, reading: Reading) -> None:
    """Tell items that draw from no collection, or that draw nothing."""
    known = tuple(dict.fromkeys(("publications", *KNOWN_COLLECTIONS, *site.collections)))
    for item in everything(site.whole_cv):
        if isinstance(item, Drawn):
            _check(item, site, known, reading)


def _check(item: Drawn, site: Pools, known: tuple[str, ...], reading: Reading) -> None:
    assert item.place is not None
    unknown = [name for name in item.from_ if name not in known]
    for name in unknown:
        reading.warn(
            "unknown-collection", f"there are no records called {name!r}", item.place,
            did_you_mean(name, known) or f"there are {', '.join(known)}",
        )  # fmt: skip
    groups = drawn(item, site)
    if not unknown and not any(group.list for group in groups):
        reading.warn(
            "draws-nothing", f"nothing in {' and '.join(item.from_)} matches", item.place,
            _odd_field(item, site) or "compare `where` with the records' own fields",
        )  # fmt: skip
    elif item.group_by and not any(group.grouper for group in groups):
        reading.warn(
            "groups-nothing", f"no record here has a {item.group_by!r} to be grouped by", item.place,
            "group by year, type, venue, status or another field of theirs",
        )  # fmt: skip


def _odd_field(item: Drawn, site: Pools) -> str:
    """The mend for a `where` that asks for a field that no record has."""
    fields = {
        f for name in item.from_ for r in _pool(name, item, site) for f in r.__struct_fields__
    }
    odd = next((field for field in item.where if fields and field not in fields), "")
    near = did_you_mean(odd, sorted(fields)) if odd else ""
    return (
        f"`where` asks for {odd!r}, which no record has" + f"; {near}" * bool(near) if odd else ""
    )


def is_paper(item: Any) -> bool:
    """Whether a record is a publication, for sections that mix kinds."""
    return isinstance(item, Publication)
