"""A .bib entry as others may have it: as its author formatted it, but whole and without what is private.

`@string` macros mean something only in their own file, and so does `crossref`. An entry that holds
neither slips nor inherited fields is edited in place; any other is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from builder.problems import Problems
from builder.text.bibtex import RawEntry, format_entry, parse
from builder.text.bibtex_tokens import Block, Field, Part
from builder.text.dates import read_bibtex_date
from builder.text.names import read_names
from builder.text.patterns import late
from builder.text.tex import to_text
from builder.text.tex_writer import names_to_tex
from builder.text.urls import clean_url, safe_url

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every style has, in their order."""
_RESOLVED = ("crossref", "xdata")
"""Fields that have done their work once their entry has what it inherits."""
_UNFIT = re.compile(r"[\s,{}\"#%~\\()=@']+")
_HEAD = re.compile(r"(@[a-zA-Z]+\s*\{\s*)([^,{}\s]*)(?=\s*,)")
_BETWEEN = re.compile(r'[\s,={}"#]*')


def public(entry: RawEntry, hidden: Callable[[str, str], bool], key: str = "") -> str:
    """The entry without its `hidden` fields, its macros and inheritance resolved, under `key`.

    What comes back is BibTeX that every program reads, ending without a newline.
    """
    key = fit_key(key or entry.key)
    gone = {n for n, value in entry.fields.items() if n in _RESOLVED or hidden(n, value)}
    mended = dict(_mended(entry))
    if not _is_clean(entry) or gone.issuperset(entry.fields):
        fields = entry.fields | mended
        kept = {name: value for name, value in fields.items() if name not in gone}
        return format_entry(entry.type, key, kept).rstrip("\n")
    return rekeyed("".join(_pieces(entry, gone, mended)), key)


def fit_key(key: str) -> str:
    """A cite key without what BibTeX, biber or LaTeX would stumble over."""
    return _UNFIT.sub("_", key.strip()) or "entry"


def rekeyed(text: str, key: str) -> str:
    """A clean entry under another key."""
    return _HEAD.sub(lambda head: head[1] + key, text, count=1)


def completed(text: str, fields: Mapping[str, str]) -> str:
    """A clean entry with the fields that it lacks of `fields`, at its end."""
    (entry,) = parse(text, "", Problems())
    lacking = {name: value for name, value in fields.items() if name not in entry.fields}
    if not lacking:
        return text
    rows = format_entry("x", "x", lacking).rstrip("\n").split("\n")[1:-1]
    head = text.rstrip()[:-1].rstrip().rstrip(",")
    return "\n".join([f"{head},", *rows, "}"])


def _is_clean(entry: RawEntry) -> bool:
    """Whether its source says all of an entry, and every program can read it."""
    text, block = entry.typed
    if not (block.clean and block.end - block.start == len(entry.source)):
        return False
    if any(not entry.line <= line <= entry.end_line for line in entry.lines.values()):
        return False
    whole = [field.name for field in block.fields] == list(entry.fields)
    return whole and bool(_HEAD.match(entry.source)) and _is_plain(text, block)


def _is_plain(text: str, block: Block) -> bool:
    """Whether nothing but blanks and delimiters stands between the names and values."""
    at = text.index(",", block.start) if block.fields else block.end
    for field in block.fields:
        for start, end in ((field.at, field.at + len(field.name)), *map(_span, field.parts)):
            if not _BETWEEN.fullmatch(text, at, start):
                return False
            at = end
    return bool(_BETWEEN.fullmatch(text, at, block.end))


def _span(part: Part) -> tuple[int, int]:
    """Where a part of a value stands, its delimiters included."""
    outer = 0 if part.bare else 1
    return part.start - outer, part.end + outer


def _pieces(entry: RawEntry, gone: set[str], mended: Mapping[str, str]) -> Iterator[str]:
    """The head, the fields that stay with what stands between them, and the tail."""
    text, block = entry.typed
    kept = [field for field in block.fields if field.name not in gone]
    follows = {field.name: after.at for field, after in pairwise(block.fields)}
    yield text[block.start : block.fields[0].at]
    for field in kept:
        (begin, _), (_, end) = _span(field.parts[0]), _span(field.parts[-1])
        value = mended.get(field.name)
        if value is None and _means_elsewhere(text, field):
            value = entry.fields[field.name]
        yield text[field.at : begin]
        yield text[begin:end] if value is None else f"{{{value}}}"
        if field is not kept[-1]:
            yield text[end : follows[field.name]]
    yield text[_span(block.fields[-1].parts[-1])[1] : block.end]


_MISDIVIDED = re.compile(r"[;、]|\s\\?&\s|,[^,]*,[^,]*,")
"""What a list of names holds when something else than `and` divides them."""


_SIGN = re.compile(r"[*∗＊†‡§¶‖^&]|\\d?dag|\\textsuperscript")
"""What may be a sign behind a name; `author+an` says the same to every program."""


def _mended(entry: RawEntry) -> Iterator[tuple[str, str]]:
    """What others may have only in another form: see `_names`, `plain_year`, `safe_links`, `_safe_text`."""
    if (links := safe_links(entry.fields.get("links", ""))) != entry.fields.get("links", ""):
        yield "links", links
    for field in ("author", "editor"):
        if mended := _names(entry.fields.get(field, "")):
            yield field, mended
    if (year := plain_year(entry)) and year != entry.fields["year"].strip():
        yield "year", year
    for field, value in entry.fields.items():
        linked = "\\url" in value or "\\href" in value
        if linked and (safe := _safe_text(value)) != value:
            yield field, safe


_TEX_LINK = late(r"\\(?:url|href)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")


def _safe_text(value: str) -> str:
    """A text without addresses that no page may lead to; the words of such links stay."""
    return _TEX_LINK().sub(lambda link: link[0] if clean_url(link[1]) is not None else "", value)


def safe_links(value: str) -> str:
    """`Label: address; Label: address` without what leads nowhere that a page may lead to."""
    parts = value.split(";")
    kept = [p for p in parts if not (url := p.partition(":")[2].strip()) or safe_url(url)]
    return value if kept == parts else ";".join(kept).strip()


def _names(value: str) -> str:
    """A list that others would misread, divided by `and` and without signs; empty for a good one."""
    misdivided = any(map(_MISDIVIDED.search, re.split(r"\sand\s", value)))
    loud = " AND " in value
    if not (misdivided or loud or _SIGN.search(value)):
        return ""
    read = read_names(value)
    divided = loud or any(told.startswith("names divided") for told in read.complaints)
    signed = any(one.marks for one in read.names)
    return names_to_tex((n.name for n in read.names), read.others) if divided or signed else ""


def plain_year(entry: RawEntry) -> str:
    """The year of an entry whose `year` holds more than that, such as `2014 Mar`; empty without one."""
    typed = entry.fields.get("year", "").strip()
    if not typed or typed.isdecimal() or entry.fields.get("date"):
        return typed if typed.isdecimal() else ""
    when, _ = read_bibtex_date(to_text(typed), None, None)
    dates = {span.start for span in when.spans if span.start == span.end} if when else set()
    date = dates.pop() if len(dates) == 1 else None
    return str(date.year) if date and not date.season else ""


def _means_elsewhere(source: str, field: Field) -> bool:
    """Whether a value is said in words of its file: a macro, or a sum of texts."""
    words = [source[part.start : part.end].lower() for part in field.parts if part.bare]
    if any(not word.isdigit() and word not in MONTHS for word in words):
        return True
    return len(field.parts) > 1 and not any(word in MONTHS for word in words)
