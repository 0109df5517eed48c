"""What the sections of a CV say, as plain data: every fact of the page, in the order of the page.

The shapes: a section has `title`, `level` and `runs`; a run has a `kind` and `items`; a row has
`when`, `place`, `title`, lines below it, and whatever else an entry may hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import msgspec

from builder.leaves import Prose
from builder.model.cv import Bullet, Drawn, Entry, Fact, Item, Section, runs
from builder.model.drawing import drawn, group_title, numbers
from builder.model.links import Link
from builder.model.publications import Publication, legend
from builder.model.records import Record, Talk, occasions
from builder.model.site import Site
from builder.outputs.cv_papers import cited_row, paper_row
from builder.settings import CitationStyle, is_numbered
from builder.text.dates import When, format_when
from builder.text.rich import Rich
from builder.text.typst_writer import Line, Outside, addresses, joined, line_of, linked, marked

Data = dict[str, Any]


class Setting(msgspec.Struct, frozen=True):
    """What every part is put into words with."""

    site: Site
    outside: Outside
    numbers: dict[str, int]
    """The number of each paper, by its key, wherever papers are numbered."""

    def line(self, rich: Rich) -> Line:
        """A text as a line."""
        return line_of(rich, self.outside)

    def when(self, value: When | None) -> Line:
        """A date in the words of the site."""
        if value and value.said:
            return self.line(value.said)
        return [format_when(value, self.site.words.dates)] if value else []

    def word(self, key: str) -> str:
        """An interface word."""
        return self.site.words[key]


def section(part: Section, level: int, setting: Setting) -> Data:
    """A section with all that stands below it; without a title, it is no level of its own."""
    return {
        "title": line_of(part.title, setting.outside), "level": min(level, 6),
        "runs": list(_runs(part.items, level if part.title else level - 1, setting)),
    }  # fmt: skip


def _runs(items: Iterable[Item], level: int, setting: Setting) -> Iterator[Data]:
    for run in runs(items):
        if run.kind == "section":
            yield from (
                {"kind": "section", "items": [section(part, level + 1, setting)]}
                for part in run.items
                if isinstance(part, Section)
            )
        elif run.kind == "drawn":
            for item in run.items:
                if isinstance(item, Drawn):
                    yield from _drawn(item, level + 1, setting)
        else:
            items_ = [_item(item, level, setting) for item in run.items if isinstance(item, Entry)]
            yield {"kind": run.kind, "items": items_}
            papers = [setting.site.cv_papers.get(item.place) for item in run.items if item.place]
            yield from _legend([p for p in papers if p], setting)


LONG = 1500
"""From how many characters of data on a row may be too high to be kept on one page."""


def _weighed(row: Data) -> Data:
    """A row that knows whether it says much, what stands below it left aside."""
    return row | {"long": len(str({k: v for k, v in row.items() if k != "runs"})) > LONG}


def _item(item: Entry, level: int, setting: Setting) -> Data:
    paper = setting.site.cv_papers.get(item.place)
    if paper:
        return _weighed(_paper(paper, "", setting))
    if item.kind == "text":
        return {"paragraphs": _paragraphs(item.summary, setting)}
    return _weighed(_entry(item, level, setting))


def _entry(item: Entry, level: int, setting: Setting) -> Data:
    line = setting.line
    title = (
        linked(line(item.title.unlinked), setting.outside(item.url))
        if item.url
        else line(item.title)
    )
    journal = marked("em", line(item.journal))
    comma = setting.word("comma")
    studied = joined([line(item.degree), line(item.subtitle)], comma)
    beside = joined([marked("em", studied), journal], comma)
    if item.kind == "one_line":
        beside = line(item.subtitle)
    lines = [
        ("authors", [", ".join(item.authors)] if item.authors else []),
        ("note", line(item.note)),
    ]
    return {
        "when": setting.when(item.when), "place": line(item.location), "title": title, "beside": beside,
        "badges": [line(badge) for badge in item.badges], "stars": _stars(item.stars, setting),
        "lines": _lines(lines), "facts": _facts(item.facts, setting),
        "paragraphs": _paragraphs(item.summary, setting), "points": _points(item.highlights, setting),
        "links": _links(item.links, setting), "runs": list(_runs(item.entries, level, setting)),
    }  # fmt: skip


def _stars(stars: str, setting: Setting) -> str:
    return f"{stars} {setting.word('stars')}" if stars else ""


def _lines(lines: Iterable[tuple[str, Line]]) -> list[Data]:
    return [{"kind": kind, "text": text} for kind, text in lines if text]


def _facts(facts: Iterable[Fact], setting: Setting) -> list[Data]:
    return [{"label": setting.line(f.label), "value": setting.line(f.value)} for f in facts]


def _paragraphs(prose: Prose, setting: Setting) -> list[Line]:
    return [setting.line(paragraph) for paragraph in prose.paragraphs]


def _points(points: Iterable[Bullet], setting: Setting) -> list[Data]:
    return [{"text": setting.line(p.text), "points": _points(p.children, setting)} for p in points]


def _links(links: Iterable[Link], setting: Setting) -> list[Data]:
    found = ((setting.line(link.label.unlinked), setting.outside(link.url)) for link in links)
    return [{"label": label, "url": url} for label, url in found]


# ---- records ------------------------------------------------------------------------------------


def _drawn(item: Drawn, level: int, setting: Setting) -> Iterator[Data]:
    groups = [group for group in drawn(item, setting.site) if group.list]
    for group in groups:
        rows = [_weighed(_record(record, item.style, setting)) for record in group.list]
        numbered = [
            {**row, "number": n} for row, n in zip(rows, numbers(item, group), strict=False)
        ]
        run = {"kind": "entry", "items": numbered or rows}
        title = group_title(group, item, setting.site.words)
        part = {"title": [title], "level": min(level, 6), "runs": [run]}
        yield {"kind": "section", "items": [part]} if title else run
    papers = [r for group in groups for r in group.list if isinstance(r, Publication)]
    yield from _legend(papers, setting)


def _legend(papers: list[Publication], setting: Setting) -> Iterator[Data]:
    signs = [{"sign": sign, "text": setting.word(mark)} for sign, mark in legend(papers)]
    if signs:
        yield {"kind": "legend", "items": signs}


def _record(record: Any, style: CitationStyle | Literal[""], setting: Setting) -> Data:
    if isinstance(record, Publication):
        return _paper(record, style, setting)
    return _talk(record, setting) if isinstance(record, Talk) else _other(record, setting)


def _paper(paper: Publication, style: CitationStyle | Literal[""], setting: Setting) -> Data:
    site, outside = setting.site, setting.outside
    style = style or site.citation_style
    if style in ("clean", "numbered"):
        row = paper_row(paper, site.words, site.language, outside)
    else:
        row = cited_row(paper, style, site.words, outside)
    if is_numbered(style):
        row["number"] = setting.numbers[paper.key]
    said = addresses(row["title"])
    links = [link for link in _links(paper.links, setting) if link["url"] not in said]
    return row | {"facts": _facts(paper.facts, setting), "links": links}


def _talk(talk: Talk, setting: Setting) -> Data:
    given = occasions(talk)
    lines: list[tuple[str, Line]] = [("authors", _names(talk))]
    for n, time in enumerate(given):
        parts = [
            setting.line(talk.type) if n == 0 else [],
            marked("em", setting.line(time.event)), setting.line(time.location),
            setting.when(time.date) if len(given) > 1 else [],
        ]  # fmt: skip
        lines.append(("venue", joined(parts)))
    return _row(talk, lines, setting) | {"when": setting.when(given[0].date)}


def _other(record: Record, setting: Setting) -> Data:
    role = getattr(record, "role", None)
    parts = [record.type, *([role] if role else []), record.venue, record.location]
    venue = joined(setting.line(part) for part in parts)
    lines = [("authors", _names(record)), ("venue", venue), ("note", setting.line(record.note))]
    return _row(record, lines, setting)


def _row(record: Record, lines: list[tuple[str, Line]], setting: Setting) -> Data:
    text = record.title or getattr(record, "text", record.title)
    title = linked(setting.line(text.unlinked), setting.outside(record.url)) or setting.line(text)
    number = getattr(record, "number", "") if hasattr(record, "term") else ""
    return {
        "kind": "record", "when": setting.when(record.when), "title": [*([f"{number} "] if number else []), *_in(record, title)],
        "badges": [setting.line(badge) for badge in record.badges], "lines": _lines(lines),
        "links": [*_files(record, setting), *_links(record.links, setting), *_papers_of(record, setting)],
    }  # fmt: skip


def _in(record: Record, title: Line) -> Line:
    """The title, marked with its language where that is another."""
    return [{"t": "lang", "lang": record.lang, "c": title}] if record.lang else title


def _names(record: Record) -> Line:
    return [", ".join(record.authors)] if record.authors else []


def _files(record: Record, setting: Setting) -> Iterator[Data]:
    for kind in ("website", "pdf", "slides", "video", "poster", "paper", "code", "data"):
        if url := getattr(record, kind):
            yield {"label": [setting.word(kind)], "url": setting.outside(url)}


def _papers_of(record: Record, setting: Setting) -> Iterator[Data]:
    for paper in setting.site.publications:
        if paper.key in record.publications:
            short = f"{paper.abbr or paper.venue.text} {paper.year}".strip()
            yield {"label": [short], "url": setting.outside(paper.address)}
