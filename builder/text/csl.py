"""CSL's data model: the names, dates and titles of CSL-JSON, each read into ours and written back.

Zotero, Mendeley, Pandoc and every CSL processor exchange records in it. Here it is also the form
in which a record of any other exchange format (`ris.py`) reaches the model.

Source: the Citation Style Language project, `csl-data.json` 1.0.2 and its CSL-JSON documentation
for rich text; citeproc-js for `[0]` as an open end and 13 to 16 as seasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

import msgspec

from builder.text import names
from builder.text.dates import read_bibtex_date, read_when
from builder.text.patterns import late
from builder.text.person import PersonName
from builder.text.rich import Break, Code, Link, Mark, MarkName, Math, Node, Rich, Text, plain
from builder.text.urls import decode_entities
from builder.text.when import SEASONS, Date, Span, When


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a file, in CSL's words, knowing where it stands."""

    fields: dict[str, Any]
    """CSL variable to its value, as CSL-JSON has it."""
    line: int
    """The line that the record begins on, counted from 1."""
    lines: dict[str, int] = {}
    """The line of each variable."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPES = _words("""
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
""")
OTHER_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference",
    "book-chapter": "chapter", "book-section": "chapter", "monograph": "book",
    "edited-book": "book", "proceedings": "book", "reference-entry": "entry-encyclopedia",
    "posted-content": "article", "preprint": "article", "dissertation": "thesis",
    "report-component": "report", "peer-review": "review",
}  # fmt: skip
"""Crossref's types, which its records bear where CSL's belong."""
PEOPLE = _words("""
    author editor translator chair collection-editor compiler composer container-author contributor
    curator director editorial-director executive-producer guest host interviewer illustrator
    narrator organizer original-author performer producer recipient reviewed-author script-writer
    series-creator
""")
VARIABLES = PEOPLE | _words("""
    type id citation-key categories language journalAbbreviation shortTitle accessed available-date
    event-date issued original-date submitted abstract annote archive archive_collection
    archive_location archive-place authority call-number chapter-number citation-number
    citation-label collection-number collection-title container-title container-title-short
    dimensions division DOI edition event event-title event-place first-reference-note-number genre
    ISBN ISSN issue jurisdiction keyword locator medium note number number-of-pages
    number-of-volumes original-publisher original-publisher-place original-title page page-first
    part part-title PMCID PMID printing publisher publisher-place references reviewed-genre
    reviewed-title scale section source status supplement title title-short URL version volume
    volume-title volume-title-short year-suffix custom
""")
CROSSREF = _words("""
    accepted alternative-id approved article-number assertion content-domain content-updated created
    deposited funder group-title indexed institution is-referenced-by-count isbn-type issn-type
    journal-issue license link member posted prefix published published-online published-print
    publisher-location reference reference-count references-count relation resource score
    short-container-title short-title subject subtitle update-policy
""")
"""What Crossref's records hold beside CSL's variables: known, and not read."""


def text_of(value: Any) -> str:
    """A value where text belongs: numbers as text, the first of a list, blanks collapsed."""
    text = lines_of(value)
    return _BLANKS.sub(" ", text).strip(" ") if _UNEVEN.search(text) else text


def lines_of(value: Any) -> str:
    """The same with its blanks and lines as they are, for running text."""
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, str):
        return value if value.isascii() else _LONE.sub("\ufffd", value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_UNEVEN = re.compile(r"[\t\r\n\f\v]|  |^ | $")
"""Where blanks are to be made one; a no-break space means something."""
_LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON can spell and no file can hold."""


# ---- names ----------------------------------------------------------------------------------


def read_names(value: Any) -> tuple[tuple[PersonName, ...], bool]:
    """The people of a name variable, and whether the list says that there were more."""
    listed = value if isinstance(value, list) else [value] if value else []
    people = [name for name in map(_name, listed) if name != PersonName()]
    kept = tuple(name for name in people if not _MORE.fullmatch(name.literal))
    return kept, len(kept) < len(people)


_MORE = re.compile(r"others|et\.? al\.?|\.\.\.|…", re.IGNORECASE)


def _name(value: Any) -> PersonName:
    if not isinstance(value, dict):
        return names.from_text(_plain(value)) if text_of(value) else PersonName()
    keys = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    given, dropping, particle, family, suffix = (_plain(value.get(key)) for key in keys)
    literal = _plain(value.get("literal")) or _plain(value.get("name"))
    particle = " ".join(filter(None, (dropping, particle)))
    if literal or not (given and family):
        return PersonName(literal=literal or " ".join(filter(None, (particle, family or given))))
    return PersonName(given=given, particle=particle, family=family, suffix=suffix)


def _plain(value: Any) -> str:
    return _composed(decode_entities(text_of(value)))


def write_names(people: Iterable[PersonName], others: bool = False) -> list[dict[str, str]]:
    """A name variable; more names than are listed stand as a last one, as Pandoc has it."""
    written = [_name_parts(name) for name in people]
    return [*written, {"literal": "others"}] if others else written


def _name_parts(name: PersonName) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    parts = {
        "family": name.family, "given": name.given, "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }  # fmt: skip
    return {key: part for key, part in parts.items() if part}


# ---- dates ----------------------------------------------------------------------------------


def read_date(value: Any) -> tuple[When | None, str]:
    """The date of a date variable, and the words in it that are none, such as a status."""
    if not isinstance(value, dict):
        return read_bibtex_date(None, None, text_of(value))
    written = _edtf_of_parts(value)
    when, rest = read_bibtex_date(None, None, written) if written else (None, "")
    if when is None:
        words = text_of(value.get("literal")) or text_of(value.get("raw"))
        return read_bibtex_date(None, None, words or written)
    return when, rest


def _edtf_of_parts(value: dict[str, Any]) -> str:
    parts = value.get("date-parts")
    if not isinstance(parts, list):
        return ""
    season = _season(value.get("season"))
    ends = [_edtf_of_date(end, season) for end in parts[:2] if isinstance(end, list)]
    if not any(ends):
        return ""
    circa = "~" if value.get("circa") not in (None, False, "", 0, "0", "false") else ""
    return "/".join(f"{end}{circa}" if end else ".." for end in ends)


def _edtf_of_date(parts: list[Any], season: int) -> str:
    """One date in EDTF; `[0]` and nothing at all are an open end."""
    numbers = [text_of(part).strip() for part in parts]
    year, month, day = (*numbers, "", "", "")[:3]
    if not year.isdecimal() or not int(year):
        return "" if year in ("", "0") else year
    number = int(month) if month.isdecimal() else _season(month)
    number = number + 8 if 13 <= number <= 16 else number or season
    shown = [f"{int(year):04}", f"{number:02}" if number else ""]
    return "-".join(
        filter(None, (*shown, f"{int(day):02}" if day.isdecimal() and int(day) else ""))
    )


def _season(value: Any) -> int:
    """A season, by number or name, as EDTF counts them from 21; 0 for none."""
    word = text_of(value).lower()
    if word.isdecimal() and 1 <= int(word) <= 4:
        return 20 + int(word)
    when = read_when(f"{word} 2000") if word.isalpha() else None
    date = when.spans[0].start if when else None
    return 21 + SEASONS.index(date.season) if date and date.season else 0


def write_date(when: When) -> dict[str, Any]:
    """A date variable; what CSL has no parts for stands in its author's words."""
    span = when.spans[0] if len(when.spans) == 1 else None
    if span is None or not span.start or not _simple(span):
        return {"literal": when.text or edtf(when)}
    season = span.start.season
    ends = [span.start] if span.end == span.start else [span.start, span.end]
    if len(ends) > 1 and any(end and end.season for end in ends):
        return {"literal": when.text or edtf(when)}
    date: dict[str, Any] = {"date-parts": [_parts(end) if end else [0] for end in ends]}
    if season:
        date["season"] = 1 + SEASONS.index(season)
    if span.approximate:
        date["circa"] = True
    return date


def _parts(date: Date) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part]


def _simple(span: Span) -> bool:
    """Whether its dates say all that there is to it."""
    return not (span.expected or span.term or (span.end is None and not span.ongoing))


def edtf(when: When) -> str:
    """One stretch as biblatex's `date` has it: `2024-05/2024-07`, `1923~`; empty for several.

    Source: Extended Date/Time Format, level 1; biblatex's manual, section 2.3.8.
    """
    span = when.spans[0] if len(when.spans) == 1 else None
    if span is None or not _simple(span):
        return ""
    circa = "~" if span.approximate else ""
    start, end = (f"{date.iso}{circa}" if date else ".." for date in (span.start, span.end))
    return start if start == end else f"{start}/{end}"


# ---- titles and other text ------------------------------------------------------------------

_TAGS: dict[str, MarkName] = {
    "i": "em", "em": "em", "b": "strong", "strong": "strong", "sub": "sub", "sup": "sup",
    "sc": "small-caps",
}  # fmt: skip
_MARKUP = late(
    r"<(?P<close>/?)(?P<tag>[a-z][\w:]*)(?P<rest>\s[^<>]*|/)?>"
    r"|(?<![\\$\w])\$(?P<tex>[^\s$](?:[^$]*[^\s$])?)\$(?!\d)",
    re.IGNORECASE,
)
_SPECIAL = re.compile("[<$&]")
_OPEN = {"em": "<i>", "strong": "<b>", "sub": "<sub>", "sup": "<sup>"}
_CLOSE = {"em": "</i>", "strong": "</b>", "sub": "</sub>", "sup": "</sup>"}
_DEEPEST = 60
"""Levels of tags that are read; no honest title comes near."""
_SMALL_CAPS = '<span style="font-variant:small-caps;">'

_Level = tuple[str, MarkName | None, list[Node]]


def read_rich(text: str) -> tuple[Rich, list[str]]:
    """Text with CSL's tags, and formulas between dollars; other tags stay text and are returned.

    `<span>` means small capitals or, as with `nocase`, nothing that is seen.
    """
    text = text_of(text)
    if not _SPECIAL.search(text):
        return plain(_composed(text)), []
    levels: list[_Level] = [("", None, [])]
    refused: list[str] = []
    at = 0
    for found in _MARKUP().finditer(text):
        tag = (found["tag"] or "").lower()
        known = not tag or tag in _TAGS or tag == "span"
        if not known or (len(levels) > _DEEPEST and not found["close"]):
            refused.append(found[0])
        elif not (found["close"] and levels[-1][0] != tag):
            _add_text(levels, text[at : found.start()])
            at = found.end()
            _step(levels, found, tag)
    _add_text(levels, text[at:])
    while len(levels) > 1:  # never closed: its words count
        levels[-2][2].extend(levels.pop()[2])
    return Rich(tuple(levels[0][2])), refused


def _step(levels: list[_Level], found: re.Match[str], tag: str) -> None:
    if not tag:
        levels[-1][2].append(Math(found["tex"]))
    elif not found["close"]:
        small = "small-caps" in (found["rest"] or "")
        levels.append((tag, _TAGS.get(tag, "small-caps" if small else None), []))
    else:
        _, mark, children = levels.pop()
        levels[-1][2].extend([Mark(mark, tuple(children))] if mark and children else children)


def _add_text(levels: list[_Level], text: str) -> None:
    if text:
        levels[-1][2].append(Text(_composed(decode_entities(text))))


def _composed(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)


def write_rich(rich: Rich) -> str:
    """The tree in CSL's tags; formulas stand between dollars, links are their words."""
    return "".join(map(_tagged, rich.nodes))


def _tagged(node: Node) -> str:
    match node:
        case Text(text) | Code(text):
            return text
        case Math(tex):
            return f"${tex}$"
        case Break():
            return " "
        case Link(_, children):
            return "".join(map(_tagged, children))
        case Mark(name, children):
            inner = "".join(map(_tagged, children))
            if name == "quote":
                return f"“{inner}”"
            if name == "small-caps":
                return f"{_SMALL_CAPS}{inner}</span>"
            return f"{_OPEN.get(name, '')}{inner}{_CLOSE.get(name, '')}"
