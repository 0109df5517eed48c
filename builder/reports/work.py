"""Everything of a site that falls into a period: papers, talks, courses, what the CV holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from builder.model.cv import Entry, Section
from builder.model.people import Person
from builder.model.publications import Publication
from builder.model.records import Record, Talk, occasions
from builder.model.site import Site
from builder.reports.period import Period
from builder.text.dates import When, format_when, read_span
from builder.text.rich import EMPTY, Rich, plain

LEFT_OUT = ("news",)
"""Collections that only tell what other records are."""


class Work(NamedTuple):
    """One line of a report."""

    kind: str
    """The heading that it stands under, in the site's words."""
    date: str
    """As the site prints it."""
    title: Rich
    people: str = ""
    where: str = ""
    note: str = ""
    """Status, role, rank: what else is said in a word or two."""
    url: str = ""
    paper: Publication | None = None
    """The publication, for those who cite it in full."""


def work_of(site: Site, period: Period) -> tuple[Work, ...]:
    """All that falls into `period`, in the order of the site; work that is not out yet counts too."""
    return (
        *_papers(site, period), *_records(site, period), *_entries(site, period),
        *_people(site, period),
    )  # fmt: skip


def undated(site: Site) -> int:
    """How many papers and records stand in no period because they have no date."""
    listed: list[Any] = [p for p in site.publications if p.status == "published"]
    listed += [r for name, rs in site.collections.items() if name not in LEFT_OUT for r in rs]
    return sum(not any(when and when.spans for when in _dates(item)) for item in listed)


def _dates(item: Any) -> tuple[When | None, ...]:
    return tuple(o.date for o in occasions(item)) if isinstance(item, Talk) else (item.when,)


def _papers(site: Site, period: Period) -> Iterator[Work]:
    for paper in site.publications:
        if paper.status != "published" or period.holds(paper.when):
            status = f"status_{paper.status}" if paper.status != "published" else ""
            yield Work(
                kind=_heading(site, "publications"), date=_date(site, paper.when), title=paper.title,
                people=", ".join(map(str, paper.authors)), where=paper.venue.text,
                note=site.words[status] if status else "", url=_address(site, paper), paper=paper,
            )  # fmt: skip


def _address(site: Site, paper: Publication) -> str:
    if paper.doi:
        return f"https://doi.org/{paper.doi}"
    outside = (link.url for link in paper.links if "://" in link.url)
    return next(outside, site.url + paper.address if site.url else "")


def _heading(site: Site, name: str) -> str:
    return site.titles[name].text if name in site.titles else name


def _date(site: Site, when: When | None) -> str:
    return format_when(when, site.words.dates) if when else ""


def _records(site: Site, period: Period) -> Iterator[Work]:
    for name, records in site.collections.items():
        for record in records if name not in LEFT_OUT else ():
            if isinstance(record, Talk):
                yield from _occasions(site, record, period)
            elif period.holds(record.when):
                yield _record(site, record)


def _record(site: Site, record: Record) -> Work:
    said = (record.type, getattr(record, "role", EMPTY), getattr(record, "funder", EMPTY))
    return Work(
        kind=_heading(site, record.collection), date=_date(site, record.when), title=record.title,
        people=", ".join(record.authors), where=_together(record.venue, record.location),
        note=_together(*said), url=site.url + record.address if site.url and record.address else "",
    )  # fmt: skip


def _occasions(site: Site, talk: Talk, period: Period) -> Iterator[Work]:
    for given in occasions(talk):
        if period.holds(given.date):
            yield _record(site, talk)._replace(
                date=_date(site, given.date), where=_together(given.event, given.location)
            )


def _together(*texts: Rich) -> str:
    return ", ".join(text.text for text in texts if text)


def _entries(site: Site, period: Period) -> Iterator[Work]:
    """Dated entries of the CV, but the papers among them, under the title of their section."""
    for section in site.cv:
        for entry in _within(section.items):
            if entry.kind != "publication" and period.holds(entry.when):
                yield Work(
                    kind=section.title.text, date=_date(site, entry.when), title=entry.title,
                    people=", ".join(entry.authors), where=entry.location.text,
                    note=_together(entry.degree, entry.subtitle, entry.note), url=entry.url,
                )  # fmt: skip


def _within(items: Iterable[Any]) -> Iterator[Entry]:
    for item in items:
        if isinstance(item, Section):
            yield from _within(item.items)
        elif isinstance(item, Entry):
            yield item
            yield from _within(item.entries)


def _people(site: Site, period: Period) -> Iterator[Work]:
    """Students and others who came or were here."""
    for person in site.people:
        when = _stay(person)
        if not person.owner and period.holds(when):
            yield Work(
                kind=_heading(site, "people"), date=_date(site, when), title=plain(person.name),
                note=_together(person.role), where=person.now.text,
            )  # fmt: skip


def _stay(person: Person) -> When | None:
    start, end = (when.text if when else None for when in (person.start_date, person.end_date))
    return read_span(start, end)
