"""A CV with nothing left to draw: every paper, talk and course an entry, for files that leave the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from builder.leaves import Prose
from builder.model.cv import Bullet, Drawn, Entry, Item, Section
from builder.model.cv_forms import Cv
from builder.model.drawing import drawn, group_title
from builder.model.links import Link
from builder.model.publications import Publication
from builder.model.records import Given, Record, Talk, occasions
from builder.model.site import Site
from builder.text.dates import format_when
from builder.text.rich import EMPTY, Rich, Text, plain


def whole_form(form: Cv, site: Site) -> Cv:
    """A form of the CV with what its sections draw in its place."""
    sections = (replace(s, items=tuple(_whole(s.items, site))) for s in form.sections)
    return replace(form, sections=tuple(sections))


def _whole(items: Iterable[Item], site: Site) -> Iterator[Entry | Section]:
    for item in items:
        if isinstance(item, Drawn):
            yield from _drawn(item, site)
        elif isinstance(item, Section):
            yield replace(item, items=tuple(_whole(item.items, site)))
        elif paper := site.cv_papers.get(item.place):
            yield paper_entry(paper, site)
        else:
            yield replace(item, entries=tuple(_whole(item.entries, site)))


def _drawn(item: Drawn, site: Site) -> Iterator[Entry | Section]:
    for group in drawn(item, site):
        entries = tuple(_record(record, site) for record in group.list)
        title = group_title(group, item, site.words)
        if title and item.place:
            yield Section(title=plain(title), items=entries, place=item.place)
        else:
            yield from entries


def _record(record: Any, site: Site) -> Entry:
    if isinstance(record, Publication):
        return paper_entry(record, site)
    return _talk(record, site) if isinstance(record, Talk) else _other(record, site)


def paper_entry(paper: Publication, site: Site) -> Entry:
    """A paper as RenderCV's publication entry; the owner's name is set apart, as there."""
    names = tuple(f"*{a.name.display}*" if a.owner else a.name.display for a in paper.authors)
    status = site.words[f"status_{paper.status}"] if paper.status != "published" else ""
    others = (site.words["et_al"],) if paper.others else ()
    return Entry(
        kind="publication", title=paper.title, authors=(*names, *others), journal=_venue(paper, site),
        doi=paper.doi, url=paper.address, when=paper.when, note=paper.note or plain(status), facts=paper.facts,
        summary=Prose((paper.summary,)) if paper.summary else Prose(), links=tuple(link for link in paper.links if link.kind != "doi"),
        badges=(paper.award, *paper.badges) if paper.award else paper.badges, tags=paper.tags, place=paper.place,
    )  # fmt: skip


def _venue(paper: Publication, site: Site) -> Rich:
    """Venue, volume, issue and pages in a line."""
    where = paper.venue or plain(f"arXiv:{paper.arxiv}" if paper.arxiv else "")
    after = f" {paper.volume}" if paper.volume else ""
    after += f"({paper.issue})" if paper.volume and paper.issue else ""
    after += f", {paper.pages}" if paper.pages else ""
    before = f"{site.words['in']} " if paper.container and paper.type == "chapter" else ""
    return Rich((Text(before), *where.nodes, Text(after))) if where else plain(after.lstrip(", "))


def _talk(talk: Talk, site: Site) -> Entry:
    first, *again = occasions(talk)
    return replace(
        _other(talk, site), location=_at(first, site, dated=False), when=first.date,
        highlights=tuple(Bullet(_at(time, site, dated=True)) for time in again),
    )  # fmt: skip


def _at(time: Given, site: Site, dated: bool) -> Rich:
    """Event and place of an occasion, with its date where that stands nowhere else."""
    when = format_when(time.date, site.words.dates) if dated and time.date else ""
    return plain(", ".join(filter(None, (time.event.text, time.location.text, when))))


def _other(record: Record, site: Site) -> Entry:
    role = getattr(record, "role", EMPTY)
    own = getattr(record, "text", EMPTY)
    place = ", ".join(part.text for part in (record.venue, record.location) if part)
    return Entry(
        kind="normal", title=record.title or own, subtitle=role or record.type, url=record.url, when=record.when,
        location=plain(place), note=record.note or (record.type if role else EMPTY),
        summary=record.description or Prose((record.excerpt,) if record.excerpt else ()),
        authors=record.authors, links=(*_files(record, site), *record.links), badges=record.badges,
        tags=record.tags, place=record.place,
    )  # fmt: skip


def _files(record: Record, site: Site) -> Iterator[Link]:
    for kind in ("website", "pdf", "slides", "video", "poster", "paper", "code", "data"):
        if url := getattr(record, kind):
            yield Link(label=plain(site.words[kind]), url=url, kind=kind)
