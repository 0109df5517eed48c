"""The CV's sections read: RenderCV's format, with the shapes that academic CVs need beside it.

RenderCV tells its entry types apart by their keys, and so does this room; the keys beyond
RenderCV's own are Folio's additions, which RenderCV allows inside entries.

Source for the format: RenderCV 2.x, `cv` field, its nine entry types.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec

from builder.fields import Reading, read
from builder.leaves import Prose, Reader, date_as_written, found, linkable
from builder.model.cv import WITH_HEAD, Bullet, Drawn, Entry, EntryKind, Fact, Item, Section
from builder.model.cv_lines import bullets_reader, date_reader, facts_reader
from builder.model.cv_shapes import nearest_shape
from builder.model.cv_titles import section_title
from builder.model.cv_twice import tell_twice
from builder.model.links import Link, read_links
from builder.problems import Place
from builder.reading import in_language, tell_bare
from builder.text import dates, urls
from builder.text.dates import When
from builder.text.rich import EMPTY, Rich, plain
from builder.text.yaml import Map, Seq, Value

# ---- keys as typed ----------------------------------------------------------------------------


def _below(value: Value, place: Place, reading: Reading) -> tuple[Item, ...]:
    return read_items(value, place, reading)


class EntryKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Every key that an entry of a CV section may hold: RenderCV's, then Folio's additions."""

    what: ClassVar[str] = "a CV entry"
    translated: ClassVar[tuple[str, ...]] = (
        "area", "position", "label", "details", "bullet", "number", "reversed_number", "summary",
        "highlights", "facts", "note", "status",
    )  # fmt: skip
    spellings: ClassVar[dict[str, str]] = {
        "organization": "company", "studyType": "degree", "startDate": "start_date",
        "endDate": "end_date", "releaseDate": "date", "role": "position", "venue": "journal",
    }  # fmt: skip
    elsewhere: ClassVar[dict[str, str]] = dict.fromkeys(
        ("form", "draw", "collection"), "did you mean 'from'?"
    )
    readers: ClassVar[dict[str, Reader]] = {
        "highlights": bullets_reader, "facts": facts_reader, "entries": _below, "links": read_links,
        "date": date_reader,
    }  # fmt: skip

    institution: Rich = EMPTY
    """Where one studied; makes the entry one of education."""
    area: Rich = EMPTY
    """The field of study."""
    degree: Rich = EMPTY
    """PhD, MSc, Dr. phil."""
    company: Rich = EMPTY
    """Where one worked; makes the entry one of experience."""
    position: Rich = EMPTY
    """What one was there."""
    name: Rich = EMPTY
    """What it is called; makes the entry one of no other kind."""
    title: Rich = EMPTY
    """The title of a publication, with `authors`."""
    authors: tuple[str, ...] = ()
    """The names on a publication, in order."""
    journal: Rich = EMPTY
    """Where it appeared."""
    doi: str = ""
    """Its DOI."""
    url: str = ""
    """Where its title leads."""
    label: Rich = EMPTY
    """The first part of a line of two."""
    details: Rich = EMPTY
    """The second part."""
    bullet: Rich = EMPTY
    """A point of a list."""
    number: Rich = EMPTY
    """A point of a numbered list."""
    reversed_number: Rich = EMPTY
    """A point of a list that counts down."""
    date: str = ""
    """A date as one writes it: `2024-09`, `Fall 2023`, `2020.09 - 2024.06`."""
    start_date: str = ""
    """When it began."""
    end_date: str = ""
    """When it ended; `present` while it goes on."""
    dates: When | None = None
    """Several dates or terms: `[2024-10, 2023]`, `[spring 2023, fall 2001-2019]`."""
    location: Rich = EMPTY
    """Town and country."""
    summary: Prose = Prose()
    """A paragraph below the head."""
    highlights: tuple[Bullet, ...] = ()
    """Points below the head; continuation lines that begin with `- ` are points below a point."""
    facts: tuple[Fact, ...] = ()
    """Labelled facts: `{Advisor: Prof. A. Name, GPA: 3.9/4}`."""
    entries: tuple[Item, ...] = ()
    """Entries below this one, such as the projects of a position."""
    links: tuple[Link, ...] = ()
    """Label to address."""
    note: Rich = EMPTY
    """Rank, acceptance rate, share."""
    badges: tuple[Rich, ...] = ()
    """Short words beside the title: Oral, Merged PR, CCF-A."""
    stars: str = ""
    """Stars of a repository, as text: `63.4k`."""
    kind: str = ""
    """`break` for a leave; any other word is shown as a fact."""
    grade: Rich = EMPTY
    """The mark, as text: `1.3`, `summa cum laude`."""
    supervisor: Rich = EMPTY
    """Who supervised it."""
    awarder: Rich = EMPTY
    """Who gave it."""
    funder: Rich = EMPTY
    """Who paid for it."""
    amount: Rich = EMPTY
    """How much."""
    status: Rich = EMPTY
    """Running, submitted, granted."""
    code: Rich = EMPTY
    """A number or code: of a grant, of a course."""
    outlet: Rich = EMPTY
    """Where it appeared, for what is said of you."""
    deadline: Rich = EMPTY
    """By when."""
    tags: tuple[str, ...] = ()
    """Words that CV variants choose by; not shown."""
    place: Place


FACT_KEYS = (
    "name", "title", "institution", "company", "position", "area", "degree", "journal", "location", "label",
    "details", "bullet", "number", "reversed_number", "stars", "kind", "grade", "supervisor", "awarder", "funder", "amount", "status",
    "code", "outlet", "deadline",
)  # fmt: skip
"""Keys whose text is a fact, labelled by the interface word of that name, where the kind of the
entry has no place for it."""

_KINDS: tuple[tuple[EntryKind, tuple[str, ...], str, str], ...] = (
    ("publication", ("title", "authors"), "title", "journal"),
    ("education", ("institution",), "institution", "area"),
    ("experience", ("company",), "company", "position"),
    ("one_line", ("label",), "label", "details"),
    ("normal", ("name",), "name", "position"),
    ("normal", ("title",), "title", "position"),
    ("normal", ("position",), "position", ""),
    ("bullet", ("bullet",), "bullet", ""),
    ("numbered", ("number",), "number", ""),
    ("reversed_numbered", ("reversed_number",), "reversed_number", ""),
)
"""Kind, the keys that tell it, the key of its title and of its subtitle; the first that fits."""


# ---- sections ---------------------------------------------------------------------------------


def read_sections(value: Value, place: Place, reading: Reading) -> tuple[Section, ...]:
    """The sections of a CV from the mapping of title to entries."""
    value = in_language(value, place, reading).value
    if value is None:
        return ()
    if not isinstance(value, Map):
        reading.warn(
            "wrong-shape", f"expected titles with their entries, found {found(value)}", place,
            "write each title with a colon, and its entries below it: {Education: [{institution: …}]}",
        )  # fmt: skip
        return ()
    for key in (key for key in value if not key.strip()):
        reading.warn(
            "missing-key", "this section has no title, and stands without a heading",
            value.keys_at[key], "write its title before the colon",
        )  # fmt: skip
    return tuple(
        Section(
            title=section_title(key, value.keys_at[key], reading),
            key=key,
            items=read_items(value[key], value.at(key), reading),
            place=value.keys_at[key],
        )
        for key in value
    )


def read_items(value: Value, place: Place, reading: Reading) -> tuple[Item, ...]:
    """What a section lists: entries, sub-sections, places where records are drawn."""
    if value is None:
        return ()
    items = (
        list(zip(value, value.items_at, strict=True))
        if isinstance(value, Seq)
        else [(value, place)]
    )
    out: list[Item] = []
    for given, at in items:
        item, language = in_language(given, at, reading)
        there = msgspec.structs.replace(reading, standing_in=language) if language else reading
        if isinstance(given, str):
            there = tell_bare(given, at, reading)
        if isinstance(item, Map) and _is_titles(item):
            out += read_sections(item, at, reading)
        elif isinstance(item, Map) and "from" in item:
            drawn = _drawn(item, at, reading)
            out += [drawn] if drawn else []
        elif isinstance(item, Seq):
            out += read_items(item, at, reading)
        elif item is not None:
            entry = read_entry(item, at, there)
            out += [entry] if entry else []
    tell_twice(items, out, reading)
    return tuple(out)


def _is_titles(value: Map) -> bool:
    """Whether a mapping is titles to lists, a sub-section, and not an entry."""
    known = set(EntryKeys.__struct_fields__) | set(EntryKeys.spellings) | {"from"}
    return (
        bool(value)
        and all(isinstance(v, Seq | None) for v in value.values())
        and not known & set(value)
    )


def _drawn(value: Map, place: Place, reading: Reading) -> Drawn | None:
    spelled = Map(value.place)
    for key, item in value.items():
        name = "from_" if key == "from" else key
        spelled[name] = item
        spelled.keys_at[name], spelled.values_at[name] = value.keys_at[key], value.at(key)
    return read(Drawn, spelled, place, reading)


def read_entry(value: Value, place: Place, reading: Reading) -> Entry | None:
    """One entry, its type told by its keys; an unknown shape is shown by what it has, and told."""
    if isinstance(value, str):
        return Entry(
            kind="text", summary=read(Prose, value, place, reading) or Prose(), place=place
        )
    keys = read(EntryKeys, value, place, reading)
    if keys is None or not isinstance(value, Map):
        return None
    for kind, telling, title, subtitle in _KINDS:
        if all(getattr(keys, key) for key in telling):
            return _entry(kind, keys, title, subtitle, value, reading)
    message = f"no entry type has these keys: {', '.join(value)}"
    reading.warn(
        "unknown-entry", message if value else "this entry has no keys", place, nearest_shape(value)
    )
    shown = [k for k in EntryKeys.__struct_fields__ if k in value]
    lines = [k for k in shown if isinstance(getattr(keys, k), Rich)]
    return _entry("normal", keys, next(iter(lines), "name"), "", value, reading) if shown else None


def _entry(
    kind: EntryKind, keys: EntryKeys, title: str, subtitle: str, value: Map, reading: Reading
) -> Entry:
    beside = _as_rich(getattr(keys, subtitle)) if subtitle else EMPTY
    shown = {title, subtitle, *_HEAD.get(kind, ("location", "stars"))}
    if kind == "normal" and not beside and title != "area":
        beside, shown = keys.area, {*shown, "area"}
    if kind == "publication":
        _tell_unshown(value, reading)
    url = _url(keys, value, reading)
    return Entry(
        kind=kind, title=_as_rich(getattr(keys, title)), subtitle=beside, degree=keys.degree,
        url=url, when=_when(keys, value, reading), location=keys.location,
        summary=keys.summary, highlights=keys.highlights, authors=keys.authors, journal=keys.journal,
        doi=keys.doi, facts=_all_facts(keys, shown, reading), entries=keys.entries,
        links=(*_own_links(kind, keys, url, reading), *keys.links),
        note=keys.note, badges=keys.badges, stars=keys.stars, tags=keys.tags,
        is_break=keys.kind == "break", keys=tuple(EntryKeys.spellings.get(key, key) for key in value), place=keys.place,
    )  # fmt: skip


_HEAD: dict[EntryKind, tuple[str, ...]] = {
    "publication": (), **dict.fromkeys(WITH_HEAD - {"publication"}, ("degree", "journal", "location", "stars")),
}  # fmt: skip
"""What the head of an entry shows beside title and subtitle; a bare line shows place and stars."""


def _tell_unshown(value: Map, reading: Reading) -> None:
    """A publication is shown as one of the list, which has no room for points and sub-entries."""
    for key in ("highlights", "entries"):
        if value.get(key):
            message = f"a publication has no {key}; they are not shown"
            hint = "say it in summary, note or facts"
            reading.warn("not-shown", message, value.keys_at[key], hint)


def _own_links(kind: EntryKind, keys: EntryKeys, url: str, reading: Reading) -> Iterator[Link]:
    """The links of what an entry's head does not show: a DOI, the address of a bare line."""
    labels = reading.words
    if keys.doi and kind != "publication" and (number := urls.doi(keys.doi)):
        yield Link(label=plain(labels["doi"]), url=f"https://doi.org/{number}", kind="doi")
    if url and kind not in WITH_HEAD:
        yield Link(label=plain(labels["website"]), url=url, kind="website")


def _as_rich(value: Any) -> Rich:
    return value if isinstance(value, Rich) else plain(str(value or ""))


def _url(keys: EntryKeys, value: Map, reading: Reading) -> str:
    return linkable(keys.url, value.at("url"), reading) if keys.url else ""


def _all_facts(keys: EntryKeys, shown: set[str], reading: Reading) -> tuple[Fact, ...]:
    """The author's facts, and the keys whose text has no other place in an entry."""
    words = reading.words
    named = [
        Fact(plain(words.get(key, key.capitalize())), _as_rich(getattr(keys, key)))
        for key in FACT_KEYS
        if getattr(keys, key) and key not in shown and (key, keys.kind) != ("kind", "break")
    ]
    return (*keys.facts, *named)


def _when(keys: EntryKeys, value: Map, reading: Reading) -> When | None:
    """The date of an entry: `dates`, else `date`, else the span of start and end."""
    if keys.dates:
        return keys.dates
    if keys.date:
        return date_as_written(keys.date, value.at("date"), reading)
    if not (keys.start_date or keys.end_date):
        return None
    when = dates.read_span(keys.start_date or None, keys.end_date or None)
    place = value.at("start_date" if keys.start_date else "end_date")
    if when is None:
        for key in ("start_date", "end_date"):
            if getattr(keys, key):
                date_as_written(getattr(keys, key), value.at(key), reading)
        return When(spans=(), text=" – ".join(d for d in (keys.start_date, keys.end_date) if d))
    if dates.backwards(when):
        reading.warn(
            "date-backwards", f"this ends ({keys.end_date}) before it starts ({keys.start_date})", place,
            "swap the two dates",
        )  # fmt: skip
    return when
