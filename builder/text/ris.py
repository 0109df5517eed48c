"""Reads RIS, which publishers' sites and EndNote, Mendeley and Zotero export, and writes it.

A line is a tag of two characters, two blanks, a hyphen, a blank and a value; a record goes from
`TY` to `ER`. Programs differ in what they put where: the tables below take every tag that any of
them uses for a variable, and write the one that most of them read.

Sources: "RIS Format Specifications" (Thomson ResearchSoft, 2011) for tags, types and the form of
names and dates; Zotero's import for what it makes of them; EndNote's manual for the commas that
mark the name of a team.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from builder.problems import Place, Problems
from builder.text import urls
from builder.text.csl import Item, lines_of, read_date, read_names, text_of, write_names
from builder.text.patterns import late
from builder.text.ris_values import full_date, raw_date, read_name, write_name, year_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ---- what stands where ----------------------------------------------------------------------

TYPES: dict[str, str] = {
    "article-journal": "JOUR", "paper-conference": "CONF", "book": "BOOK", "chapter": "CHAP",
    "thesis": "THES", "report": "RPRT", "article": "UNPB", "manuscript": "MANSCPT", "patent": "PAT",
    "software": "COMP", "dataset": "DATA", "webpage": "ELEC", "document": "GEN",
    "article-magazine": "MGZN", "article-newspaper": "NEWS", "entry-encyclopedia": "ENCYC",
    "entry-dictionary": "DICT", "pamphlet": "PAMP", "post-weblog": "BLOG", "motion_picture": "MPCT",
    "map": "MAP", "standard": "STAND", "speech": "SLIDE", "song": "SOUND", "graphic": "ART",
    "figure": "FIGURE", "legislation": "STAT", "bill": "BILL", "legal_case": "CASE",
    "hearing": "HEAR", "personal_communication": "PCOMM", "periodical": "JFULL", "classic": "CLSWK",
    "musical_score": "MUSIC", "broadcast": "VIDEO",
}  # fmt: skip
"""CSL's item types as RIS's; any other is `GEN`."""
_ALSO = {
    "CPAPER": "paper-conference", "EJOUR": "article-journal", "INPR": "article-journal",
    "ABST": "article-journal", "EDBOOK": "book", "EBOOK": "book", "ECHAP": "chapter",
    "SER": "book", "WEB": "webpage", "CTLG": "article-magazine", "GOVDOC": "report",
    "UNPD": "manuscript", "AGGR": "dataset", "DBASE": "dataset", "ADVS": "motion_picture",
    "MULTI": "motion_picture", "CHART": "graphic", "ICOMM": "personal_communication",
    "UNBILL": "bill", "LEGAL": "legal_case", "ANCIENT": "classic", "EQUA": "document",
    "GRNT": "document", "GRANT": "document", "INTV": "interview", "MGZ": "article-magazine",
}  # fmt: skip
READ_TYPES = {ris: csl for csl, ris in TYPES.items()} | _ALSO

_PERIODICALS = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "periodical", "review", "article",
})  # fmt: skip
_NUMBERED = ("report", "patent", "standard")
"""Types whose own number stands where others have their ISBN."""
_KINDLESS = _PERIODICALS - {"article"} | {"paper-conference", "chapter", "book"}
"""Types whose `M3` says nothing: `Journal Article`, `Research Article`."""

_PREPRINT = "Preprint"
"""What tells preprints, which have no type of their own, from manuscripts."""

_READ: tuple[tuple[str, str], ...] = (
    ("title", "TI CT"), ("collection-title", "T3"), ("container-title-short", "J2 JA"),
    ("volume", "VL"), ("issue", "IS CP"), ("edition", "ET"), ("publisher", "PB"),
    ("publisher-place", "CY PP"), ("number", "M1"), ("language", "LA"), ("abstract", "AB"),
    ("note", "N1 RN"), ("DOI", "DO"), ("id", "ID LB"), ("title-short", "ST"), ("version", "SV"),
)  # fmt: skip
"""Variables and the tags that hold them, the first that is there counting."""
_SAME = {"A1": "AU", "T1": "TI", "N2": "AB", "Y1": "PY"}
"""Older tags, and those that have taken their place."""
_CONTAINERS = "T2 JF BT JO JA J2"
_SILENT = _words("""
    A4 AD AN AV J1 C1 C2 C4 C5 C6 C7 C8 CA CN CR DB DP ER H1 H2 L2 L3 L4 LK M2 NV OP RD RI RP SE TA
    TT U1 U2 U3 U4 U5 VO WP WT WV Y2
""")
"""Known, and of no use to a list of publications."""
_USED = _words("""
    TY TI T1 T2 T3 CT BT C3 JO JF JA J2 AU A1 A2 A3 ED AB N2 N1 RN KW PY Y1 DA VL IS CP SP EP ET PB
    CY PP M1 M3 SN LA DO ID LB UR L1 ST SV
""")
TAGS = _SILENT | _USED

# ---- reading --------------------------------------------------------------------------------

_TAG = late(r"([A-Z][A-Z0-9])(  ?)-(?: (.*)|)$")
_RUNNING = ("AB", "N1", "N2", "RN")


class _Line(NamedTuple):
    """A tag with its value, and the line it stands on."""

    tag: str
    value: str
    line: int


def parse(text: str, path: str, problems: Problems) -> list[Item]:
    """The records of a RIS file in their order; what is wrong is told with its line.

    Never raises. A record without its `ER` ends where the next begins; lines before the first
    record are nobody's; a line without a tag goes on with the value before it.
    """
    return [_item(record, path, problems) for record in _records(text, path, problems)]


def _records(text: str, path: str, problems: Problems) -> Iterator[list[_Line]]:
    record: list[_Line] = []
    outside = False
    for line in _joined(text):
        if line.tag == "TY":
            if record:
                yield _unclosed(record, path, problems)
            record = [line]
        elif line.tag == "ER":
            if record:
                yield record
            record = []
        elif record:
            record.append(line)
        elif not outside:
            problems.warning(
                "ris-outside", f"the tag {line.tag!r} stands outside any record and is not used",
                Place(path, line.line), "begin each record with a line such as TY  - JOUR",
            )  # fmt: skip
        outside = not record and line.tag != "ER"
    if record:
        yield _unclosed(record, path, problems)


def _unclosed(record: list[_Line], path: str, problems: Problems) -> list[_Line]:
    problems.warning(
        "ris-unclosed", "this record has no end; what stands before the next is taken for it",
        Place(path, record[0].line), "add a line ER  - behind its last",
    )  # fmt: skip
    return record


def _joined(text: str) -> Iterator[_Line]:
    """The tagged lines, each with the untagged ones that go on with it."""
    held: _Line | None = None
    blank = False
    for number, line in enumerate(text.split("\n"), 1):
        found = _TAG().match(line.rstrip())
        if found and (len(found[2]) == 2 or found[1] in TAGS):
            if held:
                yield held
            held, blank = _Line(found[1], (found[3] or "").strip(), number), False
        elif held and held.tag != "ER" and line.strip():
            joint = "\n\n" if blank and held.tag in _RUNNING else "\n" if held.tag == "KW" else " "
            held, blank = held._replace(value=f"{held.value}{joint}{line.strip()}"), False
        else:
            blank = True
    if held:
        yield held


def _item(record: list[_Line], path: str, problems: Problems) -> Item:
    said: dict[str, list[str]] = {}
    at: dict[str, int] = {}
    for typed, value, line in record:
        tag = _SAME.get(typed, typed)
        if tag not in TAGS and value:
            problems.warning(
                "ris-unknown-tag", f"the tag {tag!r} is not one of RIS and is not used",
                Place(path, line), "delete the line, or give it a tag such as TI, AU or N1",
            )  # fmt: skip
        elif value:
            said.setdefault(tag, []).append(value)
            at.setdefault(tag, line)
    kind = _type(record[0], path, problems)
    fields = {name: value for name, value in _fields(kind, said).items() if value}
    lines = {
        name: at[tag]
        for name, tags in _TAGS_OF.items()
        for tag in reversed(tags.split())
        if tag in at
    }
    return Item(fields=fields, line=record[0].line, lines=lines)


_TAGS_OF = dict(_READ) | {
    "author": "AU", "editor": "ED A2 A3", "issued": "DA PY", "container-title": _CONTAINERS,
    "URL": "UR", "pdf": "L1", "page": "SP EP", "keyword": "KW", "genre": "M3",
}  # fmt: skip


def _type(line: _Line, path: str, problems: Problems) -> str:
    typed = line.value.upper()
    if typed not in READ_TYPES:
        problems.warning(
            "unknown-type", f"{line.value!r} is not a type of RIS; it counts as a document",
            Place(path, line.line), "write TY  - JOUR for an article, CONF for a paper at a conference",
        )  # fmt: skip
    return READ_TYPES.get(typed, "document")


_Said = dict[str, list[str]]


def _first(said: _Said, tags: str) -> str:
    return next((said[tag][0] for tag in tags.split() if tag in said), "")


def _fields(kind: str, said: _Said) -> dict[str, Any]:
    """A record's variables in CSL's words; empty where it says nothing."""
    container, event = _containers(kind, said)
    genre = _first(said, "M3")
    is_preprint = "preprint" in genre.lower() or "rxiv" in _first(said, "PB T2 JO JF").lower()
    if kind == "article" and not is_preprint:
        kind = "manuscript"
    editors = said.get("ED", []) + said.get("A3" if kind == "book" else "A2", [])
    fields: dict[str, Any] = {name: _first(said, tags) for name, tags in _READ}
    numbers, short = said.get("SN", []), fields["container-title-short"]
    return fields | {
        "type": kind, "author": _people(said.get("AU", [])),
        "editor": _people(editors), "container-title": container, "event-title": event,
        "issued": _issued(said), "page": _pages(said),
        "genre": "" if kind in _KINDLESS or genre == _PREPRINT or urls.doi(genre) else genre,
        "DOI": fields["DOI"] or urls.doi(genre) or "",
        "collection-title": fields["collection-title"] or (_first(said, "T2") if kind == "book" else ""),
        "ISSN": next((n for n in numbers if _ISSN().search(n)), ""),
        "ISBN": next((n for n in numbers if not _ISSN().search(n) and kind not in _NUMBERED), ""),
        "number": fields["number"] or (numbers[0] if numbers and kind in _NUMBERED else ""),
        "keyword": ", ".join(_keywords(said.get("KW", []))),
        "note": "\n\n".join(said.get("N1", []) or said.get("RN", [])),
        "container-title-short": short if short != container else "",
        "URL": said.get("UR", []), "pdf": _first(said, "L1"),
    }  # fmt: skip


_ISSN = late(r"(?<!\d)\d{4}-?\d{3}[\dXx](?!\d)")


def _containers(kind: str, said: _Said) -> tuple[str, str]:
    """What it stands in, and the conference where that has a name of its own."""
    if kind == "book":
        return "", ""
    first = _first(said, _CONTAINERS if kind in _PERIODICALS else "T2 BT")
    if kind != "paper-conference":
        return first, ""
    container = _first(said, "C3 T2 BT JF JO JA J2")
    return container, first if first != container else ""


def _keywords(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (word.strip() for word in re.split(r"[;\n]", value) if word.strip())


def _pages(said: _Said) -> str:
    first, last = _first(said, "SP"), _first(said, "EP")
    if not first or not last or first == last:
        return first or last
    return last if re.match(rf"{re.escape(first)}\s*[-–—]", last) else f"{first}-{last}"


# ---- names and dates ------------------------------------------------------------------------


def _people(values: Iterable[str]) -> list[dict[str, str]]:
    pieces = (piece for value in values for piece in re.split(r"\s*;\s*", value))
    return write_names(read_name(piece) for piece in pieces if piece.strip(" ,"))


def _issued(said: _Said) -> dict[str, str]:
    """The first date that can be read, fullest tags first; the first there is if none can."""
    raw = [raw_date(value) for tag in ("DA", "PY") for value in said.get(tag, [])]
    best = next((text for text in raw if read_date(text)[0]), next(iter(raw), ""))
    return {"raw": best} if best else {}


# ---- writing --------------------------------------------------------------------------------


def format_item(item: Mapping[str, Any]) -> str:
    """A record from CSL's variables and `pdf`, with the line ends that the format asks for."""
    kind = str(item.get("type", ""))
    people, (when, words) = item.get("author", ()), read_date(item.get("issued"))
    first, _, last = text_of(item.get("page")).partition("-")
    container, event = (text_of(item.get(v)) for v in ("container-title", "event-title"))
    is_paper = kind == "paper-conference"
    within = event or container if is_paper else container or ("" if kind == "book" else event)
    numbered = kind in _NUMBERED
    rows: list[tuple[str, Any]] = [
        ("TY", TYPES.get(kind, "GEN")), ("ID", item.get("id")), ("TI", item.get("title")),
        ("AU", _written(people)), ("ED", _written(item.get("editor"))),
        ("T2", within), ("C3", container if is_paper else ""),
        ("T3", item.get("collection-title")), ("J2", item.get("container-title-short")),
        ("VL", item.get("volume")), ("IS", item.get("issue")), ("SP", first), ("EP", last),
        ("PY", year_of(when)), ("DA", full_date(when, text_of(item.get("status")) or words)),
        ("PB", item.get("publisher")), ("CY", item.get("publisher-place")), ("ET", item.get("edition")),
        ("M1", "" if numbered else item.get("number")),
        ("M3", item.get("genre") or (_PREPRINT if kind == "article" else "")),
        ("SN", [item.get("number") if numbered else "", item.get("ISBN"), item.get("ISSN")]),
        ("LA", item.get("language")), ("AB", item.get("abstract")),
        ("KW", [word.strip() for word in text_of(item.get("keyword")).split(",")]),
        ("N1", item.get("note")), ("DO", item.get("DOI")), ("UR", item.get("URL")), ("L1", item.get("pdf")),
    ]  # fmt: skip
    lines = [f"{tag}  - {value}" for tag, value in _single(rows)]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _single(rows: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for tag, value in rows:
        for single in value if isinstance(value, list) else [value]:
            shown = _paragraphs(lines_of(single)) if tag in _RUNNING else text_of(single)
            if shown:
                yield tag, shown


def _paragraphs(text: str) -> str:
    parts = (text_of(part) for part in re.split(r"\n\s*\n", text))
    return "\r\n\r\n".join(filter(None, parts))


def _written(people: Any) -> list[str]:
    names_of, others = read_names(people)
    return [*map(write_name, names_of), *(["et al."] if others else [])]
