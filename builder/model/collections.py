"""The collections of a site: their records read, each with the address that it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from builder.config import Config
from builder.fields import Reading
from builder.model.languages import documents_in
from builder.model.pages import Page
from builder.model.records import Record, keyed, record_address, records_of
from builder.model.select import sort_by
from builder.problems import Place
from builder.sources import Records, collection_names
from builder.text.slugs import distinct_slugs, slug


def shown(item: Page | Record, config: Config) -> bool:
    """Whether a page or record is published: drafts only when they are asked for.

    What lies in a folder `_drafts` is one, as in Jekyll.
    """
    folders = item.document.folder.split("/") if item.document else ()
    return item.published and (config.drafts or not (item.draft or "_drafts" in folders))


def slugs_kept(collections: Mapping[str, Iterable[Record]]) -> dict[str, str]:
    """The slugs of records in the first language, which they keep in every other."""
    return {told_by(r): r.slug for records in collections.values() for r in records}


def told_by(record: Record) -> str:
    """What a record is told from others by in every language: its file, or where it was typed."""
    return record.document.stem if record.document else str(record.place)


def collections_of(
    config: Config, records: Records, reading: Reading, kept: Mapping[str, str]
) -> dict[str, tuple[Record, ...]]:
    """The records of each collection in the order of its list; `kept` are slugs they have already."""
    collections: dict[str, tuple[Record, ...]] = {}
    for name in collection_names(config):
        documents = documents_in(records.documents.get(name, []), reading)
        found = records_of(name, records.lists.get(name), documents, reading)
        options = config.settings.collections.get(name)
        keys = keyed(tuple(r for r in found if shown(r, config)))
        slugs = told_slugs({key: r.place for key, r in keys.items()}, reading)
        slugs |= {key: kept[told_by(r)] for key, r in keys.items() if told_by(r) in kept}
        listed = tuple(_addressed(r, slugs[key], reading) for key, r in keys.items())
        if listed or name in config.settings.collections:
            collections[name] = sort_by(listed, options.sort if options else "newest")
    return collections


def _addressed(record: Record, slug: str, reading: Reading) -> Record:
    address = record_address(record, slug, reading.prefix, reading.problems)
    return msgspec.structs.replace(record, slug=slug, address=address)


def told_slugs(keys: dict[str, Place], reading: Reading) -> dict[str, str]:
    """A slug for each key; keys that come to one slug are told, since their addresses are long."""
    slugs = distinct_slugs(keys)
    for key, place in keys.items():
        if slugs[key] != slug(key):
            reading.warn(
                "slugs-collide", f"{key!r} comes to the same address as another; it lives at …/{slugs[key]}/",
                place, "give one of them another name, or a permalink",
            )  # fmt: skip
    return slugs
