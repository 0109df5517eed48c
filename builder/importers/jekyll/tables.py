"""The tables of academicpages' generators: rows that pages were made of, or were still to be.

A row whose page is there is compared with it, and the page counts; a row without one becomes a
record all the same.
Source for the columns: `publications.tsv`, `talks.tsv` and the scripts of `markdown_generator/`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from builder.importers.samples import is_sample
from builder.importers.source import Found, Source
from builder.importers.values import text_of

if TYPE_CHECKING:
    from builder.importers.jekyll.reading import Doc
    from builder.importers.moving import Move

TABLES = {
    f"markdown_generator/{name}.{ending}": name for name in ("publications", "talks") for ending in ("tsv", "csv")
}  # fmt: skip
"""File to the collection that its rows belong to."""

_KEYS = {
    "pub_date": "date", "paper_url": "paperurl", "slides_url": "slidesurl", "bibtex_url": "bibtexurl", "talk_url": "talk_url",
}  # fmt: skip


def rows_of(source: Source, path: str) -> Iterator[Found]:
    """Each row of a table as a document: its cells the front matter, a talk's description the body."""
    collection = TABLES[path]
    text = source.text(path)
    reader = csv.DictReader(io.StringIO(text), delimiter="\t" if path.endswith("tsv") else ",")
    for row in reader:
        cells = {
            (k or "").strip().lower(): text_of(v) for k, v in row.items() if isinstance(v, str)
        }
        front = {_KEYS.get(key, key): value for key, value in cells.items() if key and value}
        if not front.get("title"):
            continue
        front["date"] = _day(front.get("date", ""))
        name = f"{front['date']}-{front.pop('url_slug', '')}".strip("-")
        folder = "publication" if collection == "publications" else collection
        front["permalink"] = f"/{folder}/{name}" if name else ""
        more, url = front.pop("description", ""), front.pop("talk_url", "")
        body = "\n\n".join(filter(None, (f"[More information here]({url})" if url else "", more)))
        yield Found(path, {k: v for k, v in front.items() if v}, body, reader.line_num)


def _day(text: str) -> str:
    """A date as Jekyll has it; spreadsheets write 7/19/2024, or 2024/7/19."""
    american = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    parts = (american[3], american[1], american[2]) if american else text.split("/")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return text
    return f"{parts[0]}-{int(parts[1]):02d}-{int(parts[2]):02d}"


def without_page(move: Move, docs: list[Doc], path: str) -> Iterator[Found]:
    """The rows of a table that no document stands for; the others are compared with theirs."""
    by_title: dict[str, list[Doc]] = {}
    for doc in docs:
        by_title.setdefault(folded(doc.title), []).append(doc)
    verdicts = set()
    for row in rows_of(move.source, path):
        pages = by_title.get(folded(row.front["title"]), [])
        if pages:
            _compare(move, row, min(pages, key=lambda page: len(_differences(row, page))))
            verdicts.add(f"its rows have pages of {TABLES[path]}, which count")
        elif is_sample(row.front, row.body):
            move.note("left", path, f"a sample of the theme: {row.front['title']}", row.body_line)
            verdicts.add("its rows are samples of the theme")
        else:
            words = f"{row.front['title']!r} had no page yet; it is brought over from its row"
            move.note("approximated", path, words, row.body_line)
            verdicts.add("")
            yield row
    if verdicts and "" not in verdicts:
        move.leave(path, "; ".join(sorted(verdicts)))


def folded(title: str) -> str:
    """A title for comparing: its letters and digits alone."""
    return re.sub(r"[\W_]", "", re.sub(r"<[^>]+>", "", unescape(title))).casefold()


def _compare(move: Move, row: Found, page: Doc) -> None:
    """Tell where a row says something else than its page."""
    if differences := _differences(row, page):
        words = (
            f"the row of {page.title!r} says {', '.join(differences)} in {page.path}, which counts"
        )
        move.note("approximated", row.path, words, row.body_line)


def _differences(row: Found, page: Doc) -> list[str]:
    found = []
    for key in ("date", "venue", "location"):
        mine, theirs = text_of(row.front.get(key)), text_of(page.front.get(key))
        if mine and theirs and folded(mine) != folded(_day(theirs) if key == "date" else theirs):
            found.append(f"{key} {mine!r} instead of {theirs!r}")
    return found
