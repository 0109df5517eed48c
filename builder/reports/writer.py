"""A report as Markdown for people, and as CSV for spreadsheets and forms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from builder.citing.people import inverted
from builder.citing.styles import reference
from builder.citing.writer import to_rich
from builder.reports import Report
from builder.reports.collaborators import Collaborator
from builder.reports.period import iso
from builder.reports.work import Work
from builder.text.rich import Code, Link, Mark, Math, Node, Text


def texts_of(report: Report, only: str | None, as_csv: bool) -> dict[str, str]:
    """The texts to write by their part: Markdown is one, a table in CSV one for each part."""
    if not as_csv:
        whole = only is None
        text = as_markdown(report, whole or only == "work", whole or only == "collaborators")
        return {only or "work": text}
    tables = {"work": work_csv, "collaborators": collaborators_csv}
    return {part: table(report) for part, table in tables.items() if only in (None, part)}


# ---- Markdown -----------------------------------------------------------------------------------


def as_markdown(report: Report, work: bool = True, collaborators: bool = True) -> str:
    """The whole report, or one part of it."""
    parts = _work(report) if work else []
    parts += _collaborators(report) if collaborators else []
    return "\n\n".join(parts) + "\n"


def _work(report: Report) -> list[str]:
    since, until = map(iso, report.period)
    parts = [f"# {report.site.owner.name or report.site.title.text}, {since} to {until}"]
    by_kind = sorted(
        report.work, key=lambda w: list(dict.fromkeys(x.kind for x in report.work)).index(w.kind)
    )
    for kind, alike in groupby(by_kind, lambda w: w.kind):
        lines = [f"- {_line(work, report)}" for work in alike]
        parts += [f"## {_escaped(kind)} ({len(lines)})", "\n".join(lines)]
    if not report.work:
        parts.append("Nothing in the site's data falls into this period.")
    if report.undated:
        count = f"{report.undated} record{'s' * (report.undated > 1)}"
        parts.append(
            f"{count} without a date cannot be placed and {'are' if report.undated > 1 else 'is'} left out."
        )
    return parts


def _line(work: Work, report: Report) -> str:
    if work.paper:
        style, words = report.site.citation_style, report.site.words
        return _as_item(
            _markdown(to_rich(reference(work.paper, style, words, linked=False), bare=True).nodes)
        )
    said = [
        _markdown(work.title.nodes),
        *map(_escaped, (work.people, work.note, work.where, work.date)),
    ]
    return _as_item(", ".join(filter(None, said)))


def _as_item(line: str) -> str:
    """The line so that it begins no list of its own: `1984. A memoir`."""
    found = _LIST_LIKE.match(line)
    at = found.start(2 if found[1] else 3) if found else 0
    return f"{line[:at]}\\{line[at:]}" if found else line


def _collaborators(report: Report) -> list[str]:
    since, until = map(iso, report.shared)
    rows = [_row(c, report) for c in report.collaborators]
    head = [["Name", "Affiliation", "Last shared work", "Works"], ["---", "---", "---", "---:"]]
    table = "\n".join(
        f"| {' | '.join(row)} |" for row in [*head, *([*map(_cell, r)] for r in rows)]
    )
    title = f"# Collaborators, {since} to {until} ({len(rows)})"
    if rows:
        return [title, table]
    alone = any(author.owner for paper in report.site.publications for author in paper.authors)
    return [title, "Nobody." if alone or not report.site.publications else NO_OWNER]


NO_OWNER = (
    "No paper of this site names its owner, so that nobody is known to have written with them: say who "
    "you are, with all forms of your name, in `content/people.yaml`."
)


def _row(one: Collaborator, report: Report) -> list[str]:
    status = one.last.status
    date = one.date if status == "published" else report.site.words[f"status_{status}"]
    return [inverted(one.name), one.affiliation, date, str(one.works)]


_SPECIAL = re.compile(r"([\\`*_\[\]<>#|$])")
_LIST_LIKE = re.compile(r"(\d+)([.)]\s)|([-+])(\s)")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _cell(text: str) -> str:
    return _escaped(text).replace("\n", " ")


def _markdown(nodes: Iterable[Node]) -> str:
    return "".join(map(_node, nodes))


def _node(node: Node) -> str:
    match node:
        case Text(text):
            return _escaped(text)
        case Code(text):
            return f"`{text}`"
        case Math(tex):
            return f"${tex}$"
        case Link(href, children) if "://" in href:
            label = _markdown(children)
            return f"<{href}>" if label.replace("\\", "") == href else f"[{label}]({href})"
        case Link(_, children):
            return _markdown(children)
        case Mark(name, children):
            around = {"em": "*", "strong": "**"}.get(name, "")
            tags = {"sub": ("<sub>", "</sub>"), "sup": ("<sup>", "</sup>"), "quote": ("“", "”")}
            opening, closing = tags.get(name, (around, around))
            return f"{opening}{_markdown(children)}{closing}"
    return " "


# ---- CSV ----------------------------------------------------------------------------------------

WORK_COLUMNS = ("kind", "date", "title", "people", "where", "note", "url")
PEOPLE_COLUMNS = ("name", "affiliation", "last_shared", "works", "paper")


def work_csv(report: Report) -> str:
    """The work of the period as a table; see `WORK_COLUMNS`."""
    rows = ([w.kind, w.date, w.title.text, w.people, w.where, w.note, w.url] for w in report.work)
    return _csv(WORK_COLUMNS, rows)


def collaborators_csv(report: Report) -> str:
    """The collaborators as a table; see `PEOPLE_COLUMNS`."""
    return _csv(
        PEOPLE_COLUMNS, ([*_row(c, report), c.last.title.text] for c in report.collaborators)
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Source: RFC 4180. A cell that a spreadsheet would run as a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_harmless(" ".join(cell.split())) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return (
        f"'{cell}"
        if cell[:1] in ("=", "+", "-", "@") and not re.fullmatch(r"[-+]?[\d.]+", cell)
        else cell
    )
