"""Slips of the pen in an entry that can be read all the same: words that are near to known ones.

What is here costs an entry nothing; each slip says which field it is in and what is meant by it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from builder.model.bibtex_fields import PLAIN, SHOWN_ONLY_HERE, TYPES, is_housekeeping
from builder.model.publications import MARK_SYMBOLS
from builder.problems import did_you_mean
from builder.text import urls
from builder.text.bibtex import RawEntry
from builder.text.when import When


class Slip(NamedTuple):
    """What is not read as it was typed."""

    kind: str
    field: str
    """The field that it is in; empty for the entry as a whole."""
    message: str
    hint: str


def slips_of(entry: RawEntry, when: When | None) -> Iterator[Slip]:
    """Every slip of an entry; `when` is what its date came to."""
    if hint := _meant_by_type(entry.type):
        message = f"@{entry.type} is no entry type; it counts as a document"
        yield Slip("bibtex-unknown-type", "", message, hint)
    for field in entry.lines:
        if hint := _meant_by(field):
            message = f"the field {field!r} is not read"
            yield Slip("bibtex-unknown-field", field, message, hint)
    yield from _odd_values(entry, when)


def _odd_values(entry: RawEntry, when: When | None) -> Iterator[Slip]:
    fields = entry.fields
    month = fields.get("month", "").strip()
    if (
        month
        and when
        and not any(s.start and (s.start.month or s.start.season) for s in when.spans)
    ):
        yield Slip("not-a-date", "month", f"{month!r} is not a month", "write month = jun, or 6")
    if fields.get("selected", "").strip().lower() not in _FLAGS:
        message = f"selected: expected true or false, found {fields['selected']!r}"
        yield Slip("not-a-choice", "selected", message, "write selected = {true}")
    if (number := fields.get("arxiv", "").strip()) and not urls.arxiv(number):
        message = f"{number[:60]!r} is no arXiv number"
        yield Slip(
            "not-an-arxiv-number", "arxiv", message, "one looks like 2401.01230 or math/0309136"
        )


_FLAGS = frozenset({"", "true", "false", "yes", "no", "1", "0"})


@functools.cache
def _meant_by_type(name: str) -> str:
    """The known entry type that a misspelt one is near to, as a hint; empty for all others."""
    known = name in TYPES or len(name) <= 3
    return "" if known else did_you_mean(name, TYPES).replace("'", "@", 1).replace("'", "")


@functools.cache
def _meant_by(field: str) -> str:
    """The known field that a misspelt one is near to, as a hint; empty for all others."""
    known = PLAIN | SHOWN_ONLY_HERE
    if field in known or is_housekeeping(field) or "+an" in field or len(field) <= 3:
        return ""
    return did_you_mean(field, sorted(known))


def meant_by_annotation(word: str) -> str:
    """The known word of `author+an` that a misspelt one is near to, as a hint; empty for all others."""
    known = (*MARK_SYMBOLS, "self")
    return "" if word in known else did_you_mean(word, known)


_MENDS = (
    ("names divided", "divide names by the word and: author = {Doe, Jane and Roe, Richard}"),
    ("“et al.”", "write and others behind the last name"),
    ("HTML tag", "delete the tag; \\emph{…} emphasises"),
    ("unknown macro", "write the character itself, or what LaTeX has without packages"),
    ("unbalanced", "braces and dollars come in pairs; a dollar itself is \\$"),
    ("unsafe", "use an address that begins with https://"),
)
_LEFT_OUT = re.compile(r"\\\w+ left out")


def mend_of(complaint: str) -> str:
    """The mend of what readers of TeX and names complain of; empty where there is none."""
    if _LEFT_OUT.match(complaint):
        return "delete it: a title is no place for commands of a document"
    return next((mend for words, mend in _MENDS if words in complaint), "")
