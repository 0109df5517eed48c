"""The CV as Markdown and as plain text, which is what hiring portals read.

One walk, two kinds of markup: a line says one thing, and nothing stands in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from builder.model.cv import Bullet, Entry, Section
from builder.model.cv_forms import Cv
from builder.model.site import Site
from builder.text.dates import When, format_when
from builder.text.plain_writer import Outside, markdown_of, text_of, width
from builder.text.rich import Rich

_PICTURES = re.compile("[\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff]+")
"""Emoji, which programs that look for a heading do not expect in it."""


class _Markup(msgspec.Struct, frozen=True):
    """What one of the two formats has for headings, titles, labels and names."""

    markdown: bool
    site: Site
    outside: Outside

    def line(self, rich: Rich) -> str:
        return markdown_of(rich, self.outside) if self.markdown else text_of(rich)

    def heading(self, words: str, level: int) -> str:
        if self.markdown:
            return f"{'#' * level} {words}"
        words = " ".join(_PICTURES.sub("", words).split()) or words
        rule = {1: "=", 2: "-"}.get(level, "")
        return f"{words.upper() if level == 2 else words}\n{rule * width(words)}".rstrip()

    def strong(self, words: str) -> str:
        return f"**{words}**" if self.markdown and words else words

    def name(self, words: str) -> str:
        """A name on a paper; the owner's comes between asterisks."""
        return words if self.markdown else words.strip("*")

    def link(self, words: str, url: str) -> str:
        if not url:
            return words
        return f"[{words}]({url})" if self.markdown else f"{words}: {url}"

    def when(self, when: When | None) -> str:
        if when and when.said:
            return self.line(when.said)
        return format_when(when, self.site.words.dates) if when else ""


def cv_markdown(form: Cv, site: Site, outside: Outside) -> str:
    """One form of the CV in CommonMark."""
    return _document(form, _Markup(True, site, outside))


def cv_plain(form: Cv, site: Site, outside: Outside) -> str:
    """One form of the CV without any markup."""
    return _document(form, _Markup(False, site, outside))


def _document(form: Cv, markup: _Markup) -> str:
    blocks = [*_head(form, markup)]
    for section in form.sections:
        blocks += _section(section, 2, markup)
    return "\n\n".join(filter(None, blocks)) + "\n"


def _head(form: Cv, markup: _Markup) -> Iterator[str]:
    site, owner = markup.site, markup.site.cv_owner
    also = " ".join(owner.names.values())
    yield markup.heading(f"{owner.name or site.title.text} {also}".strip(), 1)
    said = [owner.headline or owner.role, owner.location, site.address]
    addresses = [*owner.email, *owner.phone, *map(markup.outside, owner.website)]
    profiles = [markup.link(k.label.text, markup.outside(k.url)) for k in owner.links]
    lines = [*map(markup.line, said), *addresses, *profiles]
    yield _listed(filter(None, lines), markup)


def _listed(lines: Iterable[str], markup: _Markup, indent: str = "") -> str:
    return "\n".join(
        f"{indent}- {line}" if markup.markdown else f"{indent}{line}" for line in lines
    )


def _section(section: Section, level: int, markup: _Markup) -> Iterator[str]:
    if section.title:
        yield markup.heading(markup.line(section.title), level)
    rows: list[str] = []
    for number, item in _numbered(section.items):
        if isinstance(item, Section):
            yield "\n".join(rows)
            rows = []
            yield from _section(item, level + 1, markup)
        elif item.kind in _ROWS:
            rows.append(_row(item, number, markup))
        else:
            yield "\n".join(rows)
            rows = []
            yield from _entry(item, markup)
    yield "\n".join(rows)


_ROWS = frozenset({"one_line", "bullet", "numbered", "reversed_numbered"})


def _numbered(items: Iterable[object]) -> Iterator[tuple[int, Entry | Section]]:
    """The items, those of a numbered list with their numbers."""
    listed = [item for item in items if isinstance(item, (Entry, Section))]
    reverse = sum(isinstance(i, Entry) and i.kind == "reversed_numbered" for i in listed)
    count = 0
    for item in listed:
        kind = item.kind if isinstance(item, Entry) else ""
        count += kind == "numbered"
        yield (count if kind == "numbered" else reverse if kind == "reversed_numbered" else 0), item
        reverse -= kind == "reversed_numbered"


def _row(entry: Entry, number: int, markup: _Markup) -> str:
    """An entry of one line, with what else it says behind it."""
    title = markup.line(entry.title)
    if entry.kind == "one_line":
        title = f"{markup.strong(f'{title}:')} {markup.line(entry.subtitle)}".strip()
    rest = [title, *_beside(entry, markup), *_said(entry, markup)]
    sign = f"{number}." if number else "-"
    points = [*_points(entry.highlights, markup, "  "), *_below(entry, markup, "  ")]
    return "\n".join([f"{sign} {', '.join(filter(None, rest))}", *points])


def _beside(entry: Entry, markup: _Markup) -> Iterator[str]:
    yield markup.line(entry.location)
    yield markup.when(entry.when)


def _entry(entry: Entry, markup: _Markup) -> Iterator[str]:
    if entry.kind == "text":
        yield "\n\n".join(map(markup.line, entry.summary.paragraphs))
        return
    parts = (markup.line(entry.title), markup.line(entry.degree), markup.line(entry.subtitle))
    first, *rest = parts
    head = ", ".join(filter(None, (markup.strong(first), *rest)))
    if entry.kind == "publication":
        authors = ", ".join(map(markup.name, entry.authors))
        lines = [markup.strong(first), authors, markup.line(entry.journal), markup.when(entry.when)]
    else:
        authors = ", ".join(entry.authors)
        beside = (" | " if not markup.markdown else " · ").join(
            filter(None, _beside(entry, markup))
        )
        lines = [head, beside, authors, markup.line(entry.journal)]
    lines += [_address(entry, markup), *_said(entry, markup)]
    yield ("  \n" if markup.markdown else "\n").join(filter(None, lines))
    yield "\n".join([*_points(entry.highlights, markup, ""), *_below(entry, markup, "")])


def _address(entry: Entry, markup: _Markup) -> str:
    doi = entry.doi if entry.kind == "publication" else ""
    url = f"https://doi.org/{doi}" if doi else markup.outside(entry.url)
    return f"<{url}>" if url and markup.markdown else url


def _said(entry: Entry, markup: _Markup) -> Iterator[str]:
    """Note, badges, stars, facts, sentences and links, each a line."""
    yield markup.line(entry.note)
    yield ", ".join(map(markup.line, entry.badges))
    yield f"{entry.stars} {markup.site.words['stars']}" if entry.stars else ""
    yield from (f"{markup.line(f.label)}: {markup.line(f.value)}" for f in entry.facts)
    yield from map(markup.line, entry.summary.paragraphs)
    links = ((markup.line(k.label.unlinked), markup.outside(k.url)) for k in entry.links)
    yield from (markup.link(label, url) for label, url in links if url)


def _points(points: Iterable[Bullet], markup: _Markup, indent: str) -> Iterator[str]:
    for point in points:
        yield f"{indent}- {markup.line(point.text)}"
        yield from _points(point.children, markup, indent + "  ")


def _below(entry: Entry, markup: _Markup, indent: str) -> Iterator[str]:
    """Entries below this one, as points."""
    for item in entry.entries:
        if isinstance(item, Entry):
            title = markup.line(item.title) or " ".join(map(markup.line, item.summary.paragraphs))
            beside = (markup.line(item.degree), markup.line(item.subtitle), *_beside(item, markup))
            head = ", ".join(filter(None, (markup.strong(title), *beside)))
            said = [] if item.kind == "text" else [*_said(item, markup), _address(item, markup)]
            more = "; ".join(filter(None, said))
            yield f"{indent}- {head}: {more}" if more else f"{indent}- {head}"
            yield from _points(item.highlights, markup, indent + "  ")
            yield from _below(item, markup, indent + "  ")
