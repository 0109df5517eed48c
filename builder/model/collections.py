"""The collections of a site: their records read, each with the address that it keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import Any

import msgspec

from builder.config import Config
from builder.fields import Reading, read
from builder.leaves import date_as_written, found, list_hint
from builder.model.addresses import address_of
from builder.model.documents import Document
from builder.model.languages import documents_in
from builder.model.pages import Page
from builder.model.records import KINDS, News, Record
from builder.model.select import sort_by
from builder.problems import Place, Problems
from builder.reading import is_translated
from builder.sources import Records, collection_names
from builder.text.dates import backwards, newest, read_span, read_when
from builder.text.rich import EMPTY, Rich
from builder.text.slugs import distinct_slugs, slug
from builder.text.yaml import Map, Seq, Value


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


# ---- one collection read ------------------------------------------------------------------------

_DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
_DATE_IN_SLUG = re.compile(r"^(?:.*?-)??\d{4}-\d{1,2}-\d{1,2}-(?=.)")
"""The date of a post's file, and its folders: the address of a post has its year and month."""


def records_of(
    name: str, listed: Value, documents: list[Document], reading: Reading
) -> tuple[Record, ...]:
    """The records of one collection, from its YAML list and its Markdown files."""
    kind = KINDS.get(name, Record)
    records: list[Record] = []
    items = listed if isinstance(listed, Seq) else Seq(Place(f"content/{name}.yaml", 1, 1))
    if listed is not None and not isinstance(listed, Seq):
        reading.warn(
            "wrong-shape", f"content/{name}.yaml must be a list of records, found {found(listed)}",
            items.place, list_hint(listed, "record"),
        )  # fmt: skip
    for item, at in zip(items, items.items_at, strict=True):
        if kind is News and (isinstance(item, str) or is_translated(item, reading)):
            item = _as_map({"text": item}, at)
        record = read(kind, item, at, reading)
        if record:
            given = item if isinstance(item, Map) else _as_map({}, at)
            records.append(
                _checked(msgspec.structs.replace(record, collection=name), given, reading)
            )
    for document in documents:
        beside = msgspec.structs.replace(reading, folder=document.folder)
        record = read(kind, document.front, document.front.place, beside)
        if record:
            whole = _with_document(record, name, document)
            records.append(_checked(whole, document.front, reading))
    return tuple(records)


def _as_map(values: dict[str, Any], place: Place) -> Map:
    made = Map(place)
    for key, value in values.items():
        made[key] = value
        made.keys_at[key] = made.values_at[key] = place
    return made


def _with_document(record: Record, name: str, document: Document) -> Record:
    """The record with its body, its date and title from the file's name where it gives none."""
    dated = _DATED_NAME.fullmatch(document.name)
    changes: dict[str, Any] = {"collection": name, "document": document}
    if dated and not record.date and not record.start_date:
        changes["date"] = dated[1]
    if not record.title and not isinstance(record, News):
        words = (dated[2] if dated else document.name).replace("-", " ").replace("_", " ").strip()
        changes["title"] = (
            read(Rich, words[:1].upper() + words[1:], record.place, _silent()) or EMPTY
        )
    return msgspec.structs.replace(record, **changes)


def _silent() -> Reading:
    return Reading(problems=Problems())


def _checked(record: Record, given: Map, reading: Reading) -> Record:
    """Tell dates that are none or go backwards; the record is listed all the same."""
    if record.date:
        date_as_written(record.date, _typed_at("date", record, given), reading)
    elif record.start_date or record.end_date:
        _check_span(record, given, reading)
    if not record.title and not getattr(record, "text", None) and not record.document:
        message = f"{record.what} needs a title"
        reading.warn("missing-key", message, record.place, "add title: …")
    return record


def _check_span(record: Record, given: Map, reading: Reading) -> None:
    ends = {"start_date": record.start_date, "end_date": record.end_date}
    when = read_span(record.start_date or None, record.end_date or None)
    if when is None:
        for key, typed in ends.items():
            if typed and read_when(typed) is None:
                date_as_written(typed, _typed_at(key, record, given), reading)
    elif backwards(when):
        reading.warn(
            "date-backwards", f"this ends ({record.end_date}) before it starts ({record.start_date})",
            _typed_at("start_date", record, given), "swap the two dates",
        )  # fmt: skip


def _typed_at(field: str, record: Record, given: Map) -> Place:
    """Where a field of a record was typed, under whichever of its names."""
    keys = (key for key in given if record.spellings.get(key, key) == field)
    return given.at(next(keys, ""))


# ---- keys and addresses ---------------------------------------------------------------------------


def key_of(record: Record, number: int) -> str:
    """What a record is told from others by: its file's name, else its title, else its text."""
    if record.document:
        inside = record.document.stem.partition("/")[2].partition("/")[2]
        return inside.removesuffix("/index")
    text = getattr(record, "text", EMPTY)
    return record.title.text or f"{record.date} {text.text[:40]}".strip() or str(number)


def keyed(records: tuple[Record, ...]) -> dict[str, Record]:
    """Each record under a key of its own.

    A course that is given again bears the same title: such records take their dates too, and
    those that are alike even then a number.
    """
    named = [key_of(r, n) for n, r in enumerate(records)]
    shared = {key for key, times in Counter(named).items() if times > 1}
    found: dict[str, Record] = {}
    for key, record in zip(named, records, strict=True):
        stem = f"{key} {record.when.text}" if key in shared and record.when else key
        numbered = (f"{stem} {n}" for n in count(2))
        found[next(k for k in chain([stem], numbered) if k not in found)] = record
    return found


def record_address(record: Record, slug: str, prefix: str, problems: Problems) -> str:
    """The address of a record's page: `/<collection>/<slug>/`, posts by year and month.

    A news item that is a single line has no page of its own.
    """
    if isinstance(record, News) and (record.inline or not (record.document and record.title)):
        return ""
    natural = f"/{record.collection}/{slug}/"
    date = newest(record.when) if record.when else None
    if record.collection == "posts" and date and date.month:
        dated = record.document and _DATED_NAME.fullmatch(record.document.name)
        name = _DATE_IN_SLUG.sub("", slug) if dated else slug
        natural = f"/posts/{date.year:04d}/{date.month:02d}/{name}/"
    return address_of(record.permalink, prefix + natural, record.document, problems)
