"""Reads the text of a .bib file into raw entries that know their lines, and writes one back.

Only BibTeX itself is resolved here: delimiters, `#`, macros, keys, inheritance. TeX, names, dates
and addresses have rooms of their own. Nothing is lost in silence, and one bad entry costs no
other (see `bibtex_scanner.py`).

The scanner is our own: of seventeen slips that authors make, bibtexparser 2.1 drops the entry on
seven and passes six over in silence, and mending either takes a second scanner behind it. One
scanner knows the line and column of every token, and takes no longer.

Sources: "BibTeXing" (O. Patashnik, 1988); the biblatex manual, sections 2.4.1 and B, for
`crossref` and `xdata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Literal

import msgspec

from builder.problems import Place, Problems
from builder.text.bibtex_scanner import FIELD_IN_HEAD, Scanner, partners_of
from builder.text.bibtex_tokens import Block, Field, Part, Source, quote, source_of


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


class RawEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as its author typed it: words, not yet names, dates or TeX."""

    type: str
    """Lowercase: `article`, or any other word."""
    key: str
    """As typed. One that is missing, or already an earlier entry's, ends in six hex digits."""
    fields: dict[str, str]
    """Lowercase name to value, in the order typed, then what is inherited.

    Outer delimiters are gone, `#` and macros resolved (months are `jan` to `dec`), blanks
    collapsed. In running text (`abstract`, `note`) a blank line is kept as two newlines."""
    lines: dict[str, int]
    """The line of each field's name, counted from 1; an inherited field has its parent's."""
    line: int
    """The line of the `@`, counted from 1."""
    end_line: int
    """The line on which the entry ends."""
    source: str
    """The entry exactly as formatted by its author, from the `@` to its closing brace."""
    typed: tuple[str, Block]
    """The text of its file, and its tokens there."""

    def place(self, path: str, field: str = "") -> Place:
        """Where a field of it, or the entry itself, was typed in the file `path`.

        An entry begins its line; the column of a field that is inherited is not known.
        """
        line = self.lines.get(field, self.line)
        typed = self.source.split("\n") if field in self.lines else []
        if not 0 <= line - self.line < len(typed):
            return Place(path, line, int(field not in self.lines))
        name = re.search(rf"(?<![\w+-]){re.escape(field)}\s*=", typed[line - self.line], re.I)
        return Place(path, line, name.start() + 1 if name else 0)


def parse(text: str, path: str, problems: Problems) -> list[RawEntry]:
    """The entries of a .bib file in the order typed, each key once; what is wrong is told.

    Parents (`@proceedings`, `@xdata`) are entries too. Never raises, and takes time in
    proportion to the text. Lines are counted as Markdown and YAML count them.
    """
    source = source_of(text, path, problems)
    blocks = list(Scanner(source).blocks())
    macros = _macros(source, [block for block in blocks if block.type == "string"])
    entries = [_entry(source, block, macros) for block in blocks if block.type != "string"]
    return _with_parents(source, _told_apart(source, entries))


# ---- values ---------------------------------------------------------------------------------

RUNNING_TEXT = _words("abstract additional_info annotation annote award comment note summary")
"""Fields in which an empty line means a new paragraph."""

_MONTHS = _words("jan feb mar apr may jun jul aug sep oct nov dec")
_WORDS = _words(
    "january february march april june july august september sept october november december"
    " true false yes no"
)
"""Words that are no macro and need no braces to be understood."""
_BLANKS = re.compile(r"[ \t\n]+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def _macros(source: Source, strings: Iterable[Block]) -> dict[str, str]:
    """Lowercase name to text, from every `@string`, wherever it stands."""
    macros = {month: month for month in _MONTHS}
    lines: dict[str, int] = {}
    for field in (field for block in strings for field in block.fields):
        value, line = _value(source, field, macros), source.line(field.at)
        if field.name in lines and macros[field.name] != value:
            message = f"@string {quote(field.name)} was {quote(macros[field.name])} on line "
            hint = "the later one holds everywhere; give one of them another name"
            source.warn("duplicate-string", field.at, f"{message}{lines[field.name]}", hint)
        macros[field.name], lines[field.name] = value, line
    return macros


def _entry(source: Source, block: Block, macros: Mapping[str, str]) -> RawEntry:
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    for field in block.fields:
        if field.name in fields:
            message = f"{quote(field.name)} is given twice, first on line {lines[field.name]}"
            hint = f"the first holds, {quote(fields[field.name])}; delete one"
            source.warn("duplicate-field", field.at, message, hint)
            continue
        fields[field.name] = _value(source, field, macros)
        lines[field.name] = source.line(field.at)
    typed = source.text[block.start : block.end].rstrip()
    return RawEntry(
        type=block.type,
        key=block.key,
        fields=fields,
        lines=lines,
        line=source.line(block.start),
        end_line=source.line(block.start + len(typed) - 1),
        source=typed,
        typed=(source.text, block),
    )


def _value(source: Source, field: Field, macros: Mapping[str, str]) -> str:
    value = "".join(
        _word(source, part, macros) if part.bare else source.text[part.start : part.end]
        for part in field.parts
    )
    if field.name in RUNNING_TEXT and "\n" in value:
        paragraphs = (_collapsed(text) for text in _PARAGRAPHS.split(value))
        return "\n\n".join(text for text in paragraphs if text)
    return _collapsed(value)


def _collapsed(text: str) -> str:
    """With the blanks that BibTeX knows; a no-break or an ideographic space means something."""
    if "\n" in text or "\t" in text or "  " in text:
        text = _BLANKS.sub(" ", text)
    return text.strip(" ")


def _word(source: Source, part: Part, macros: Mapping[str, str]) -> str:
    word = source.text[part.start : part.end]
    name = word.lower()
    if name in macros:
        return macros[name]
    if not word.isdigit() and name.rstrip(".") not in macros and name.rstrip(".") not in _WORDS:
        message = f"{quote(word)} has neither braces nor quotes, and no @string has that name"
        source.warn("undefined-macro", part.start, message, f"if it is text, write {{{word}}}")
    return word


def _warn(source: Source, kind: str, line: int, message: str, hint: str) -> None:
    typed = source.text.split("\n")[line - 1]
    place = Place(source.path, line, len(typed) - len(typed.lstrip()) + 1)
    source.problems.warning(f"bibtex-{kind}", message, place, hint)


# ---- keys -----------------------------------------------------------------------------------


def _told_apart(source: Source, entries: Iterable[RawEntry]) -> list[RawEntry]:
    """Each entry under a key of its own. The first of a key has it, so that it can be cited."""
    entries = list(_once(source, entries))
    taken = {entry.key for entry in entries}
    kept: dict[str, RawEntry] = {}
    folded: dict[str, RawEntry] = {}
    for entry in entries:
        if not entry.key or entry.key in kept:
            entry = _rekeyed(source, entry, kept.get(entry.key), taken)
        elif twin := folded.get(entry.key.lower()):
            message = f"{quote(entry.key)} and {quote(twin.key)} on line {twin.line} differ only "
            hint = "BibTeX takes them for one key; give one of them another"
            _warn(source, "key-case", entry.line, f"{message}in capitals", hint)
        kept[entry.key] = entry
        folded.setdefault(entry.key.lower(), entry)
    return list(kept.values())


def _once(source: Source, entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
    """Without those that repeat an earlier one in key, type and every field."""
    lines: dict[tuple[str, str, frozenset[tuple[str, str]]], int] = {}
    for entry in entries:
        identity = (entry.key, entry.type, frozenset(entry.fields.items()))
        if identity in lines:
            message = f"{quote(entry.key)} repeats the entry on line {lines[identity]}"
            _warn(source, "repeated-entry", entry.line, message, "delete one of the two")
            continue
        lines[identity] = entry.line
        yield entry


def _rekeyed(source: Source, entry: RawEntry, first: RawEntry | None, taken: set[str]) -> RawEntry:
    """Under a key that follows from its title, so that other entries may come, go and move."""
    stem = entry.key or entry.type
    whole = _digest(repr((entry.type, sorted(entry.fields.items()))))
    short = _digest(entry.fields.get("title") or whole)[:6]
    endings = [short, *(whole[:length] for length in range(6, len(whole) + 1))]
    key = next(key for key in (f"{stem}-{end}" for end in endings) if key not in taken)
    taken.add(key)
    if first:
        message = f"the key {quote(entry.key)} is already that of the entry on line {first.line}"
        _warn(source, "duplicate-key", entry.line, message, _until(key))
    else:
        message = f"this @{entry.type} has no key"
        _warn(source, "empty-key", entry.line, message, _until(key))
    return msgspec.structs.replace(entry, key=key)


def _until(key: str) -> str:
    return f"give it a key of its own; until then it is {quote(key)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# ---- inheritance ----------------------------------------------------------------------------

_How = Literal["xdata", "crossref"]

_WITHIN_BOOKS = _words("conference suppbook bookinbook suppcollection")
_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_JOURNAL = {"title": "journal", "subtitle": "journalsubtitle"}
_OWN = _words(
    "crossref xdata xref ids key label shorthand sortkey sorttitle presort options entryset"
    " related keywords doi url urldate eprint eprinttype eprintclass archiveprefix primaryclass"
    " arxiv abstract summary pdf html code slides poster video website preview supp file"
    " selected award bibtex_show date-added date-modified timestamp"
)
"""What belongs to the parent alone: its names in the world, its files, its housekeeping.

BibTeX would hand these down too, and every paper of a volume would bear the volume's DOI."""
_SAME = {"year": "date", "month": "date", "date": "year", "journal": "journaltitle"}
"""A field is not missing where the child has the same under its other name."""


def _with_parents(source: Source, entries: list[RawEntry]) -> list[RawEntry]:
    """Each entry with the fields it lacks and its `xdata` and `crossref` have."""
    by_key = {entry.key: entry for entry in entries}
    folded = {entry.key.lower(): entry.key for entry in reversed(entries)}
    parents = {
        entry.key: dict(_parents(source, entry, by_key, folded))
        for entry in entries
        if "crossref" in entry.fields or "xdata" in entry.fields
    }
    order, loops = _parents_first(parents)
    for child, parent in loops:
        message = f"{quote(child)} inherits from {quote(parent)}, which inherits from it"
        hint = "delete the `crossref` or `xdata` of one of them"
        line = by_key[child].lines[parents[child].pop(parent)]
        _warn(source, "parent-cycle", line, message, hint)
    for child in order:
        for parent, how in parents.get(child, {}).items():
            by_key[child] = _inherit(by_key[child], by_key[parent], how)
    return list(by_key.values())


def _parents(
    source: Source, entry: RawEntry, by_key: Mapping[str, RawEntry], folded: Mapping[str, str]
) -> Iterator[tuple[str, _How]]:
    """The keys that this entry inherits from, nearest first; a missing one is told."""
    named: list[tuple[_How, str]] = [("xdata", k) for k in entry.fields.get("xdata", "").split(",")]
    named.append(("crossref", entry.fields.get("crossref", "")))
    for how, typed in named:
        key = typed.strip()
        parent = key if key in by_key else folded.get(key.lower())
        if parent is not None:
            yield parent, how
        elif key:
            message = f"{how} names {quote(key)}, and no entry here has that key"
            hint = "correct the key, or write the parent into this file"
            _warn(source, "missing-parent", entry.lines[how], message, hint)


def _parents_first(
    parents: Mapping[str, Iterable[str]],
) -> tuple[list[str], list[tuple[str, str]]]:
    """The entries so ordered that each comes after its parents, and the links that go round.

    Walks without recursion: a chain may be as long as the file.
    """
    order: dict[str, None] = {}
    loops: list[tuple[str, str]] = []
    for key in parents:
        trail = {key: iter(parents[key])} if key not in order else {}
        while trail:
            child = next(reversed(trail))
            parent = next(trail[child], None)
            if parent is None:
                order[child] = None
                del trail[child]
            elif parent in trail:
                loops.append((child, parent))
            elif parent not in order:
                trail[parent] = iter(parents.get(parent, ()))
    return list(order), loops


def _inherit(child: RawEntry, parent: RawEntry, how: _How) -> RawEntry:
    fields, lines = dict(child.fields), dict(child.lines)
    for name, there in _handed_down(child, parent, how):
        if name not in fields and _SAME.get(name, name) not in child.fields:
            fields[name], lines[name] = parent.fields[there], parent.lines[there]
    return msgspec.structs.replace(child, fields=fields, lines=lines)


def _handed_down(child: RawEntry, parent: RawEntry, how: _How) -> Iterator[tuple[str, str]]:
    """(name at the child, name at the parent): a volume's title is its papers' booktitle."""
    renamed: dict[str, str] = {}
    if how == "crossref" and (child.type.startswith("in") or child.type in _WITHIN_BOOKS):
        renamed = _BOOK
    elif how == "crossref" and child.type == "article":
        renamed = _JOURNAL
    kept_back = _OWN.union(renamed) if how == "crossref" else {"xdata", "crossref"}
    yield from ((name, name) for name in parent.fields if name not in kept_back)
    yield from ((name, there) for there, name in renamed.items() if there in parent.fields)


# ---- writing --------------------------------------------------------------------------------

_UNFIT = re.compile(r'[\s,{}"]*[\n,{}"][\s,{}"]*')


def format_entry(type: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry as a careful author would type it, its `=` in one column, ending in a newline.

    `parse` reads back the same type, key and fields, if the values are as it gives them. Braces
    that do not pair are written as TeX's names for them, and what no key may hold as `_`.
    """
    width = max(map(len, fields), default=0)
    rows = [f"  {name:<{width}} = {_delimited(name, text)},\n" for name, text in fields.items()]
    return f"@{type}{{{_fit(key.strip())},\n{''.join(rows)}}}\n"


def _fit(key: str) -> str:
    key = _UNFIT.sub("_", key)
    return re.sub(r"\s+", "_", key) if FIELD_IN_HEAD.search(f"{key},") else key


def _delimited(name: str, value: str) -> str:
    if name == "month" and value in _MONTHS:
        return value
    return f"{{{_paired(value)}}}".replace("\n", "\n      ").replace("\n      \n", "\n\n")


def _paired(text: str) -> str:
    """With every brace that has no partner as a command."""
    partners = partners_of(text)
    paired = {*partners, *partners.values()}

    def written(brace: re.Match[str]) -> str:
        if brace.start() in paired:
            return brace[0]
        return r"{\textbraceleft}" if brace[0] == "{" else r"{\textbraceright}"

    return re.sub("[{}]", written, text)
