"""The forms of the CV: the one at `/cv/`, and the variants that site.yaml cuts from the same file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from builder.fields import Reading
from builder.model.cv import Drawn, Entry, Item, Section, TagRule, everything
from builder.model.drawing import drawn
from builder.model.publications import Publication
from builder.problems import Place, did_you_mean
from builder.text.dates import When, newest
from builder.text.rich import EMPTY, Rich, plain
from builder.text.slugs import slug
from builder.text.words import heading_key
from builder.variants import CvSettings, SectionChoice, Variant


class Cv(msgspec.Struct, frozen=True, kw_only=True):
    """One form of the CV, its page and its PDF alike."""

    name: str = ""
    """Empty for the one at `/cv/`."""
    title: Rich
    sections: tuple[Section, ...]
    address: str = ""
    """Where its page lives; empty when it is kept back."""
    pdf: str = ""
    """The address of its PDF, or its path in the folder of what is kept back; empty without one."""
    stem: str = ""
    """What the addresses of its files begin with: `/cv`, or `/de/cv-short`."""
    paper: str = "a4"
    design: str = "classic"
    pages: int = 0
    """How many pages it may have; 0 is any number."""
    published: bool = True
    phone: tuple[str, ...] = ()
    """The owner's numbers, where the form is kept back."""
    street: Rich = EMPTY
    """The street address, where the form is kept back."""
    place: Place
    asked_at: dict[str, Place] = {}
    """Where its options were typed in site.yaml."""

    @property
    def files(self) -> dict[str, str]:
        """The addresses of the same for other programs, by ending; none of what is kept back."""
        has = self.published and self.sections
        return {ending: f"{self.stem}.{ending}" for ending in CV_FILES} if has else {}


CV_FILES = ("json", "yaml", "md", "txt")
"""Formats of the CV beside page and PDF, by the ending of their files."""


class Material(msgspec.Struct, frozen=True):
    """What the forms are cut from."""

    sections: tuple[Section, ...]
    publications: tuple[Publication, ...]
    collections: Mapping[str, tuple[Any, ...]]
    papers: Mapping[Place, Publication]
    """The record of each publication entry, by the entry's place."""
    today: str
    """ISO 8601; empty when nothing has a date."""


def forms_of(
    settings: CvSettings, material: Material, title: Rich, design: str, reading: Reading
) -> tuple[Cv, ...]:
    """The CV at `/cv/`, then each variant that shows anything. PDFs are named for all of them."""
    chosen = {"": settings, **settings.variants}
    vocabulary = tuple(dict.fromkeys(tag for c in chosen.values() for tag in (*c.tags, *c.without)))
    _check_tags(chosen.values(), material, reading)
    forms: list[Cv] = []
    for name, choice in chosen.items():
        sections = _chosen(choice, vocabulary, material, reading)
        home, tail = f"{reading.prefix}/cv", f"-{slug(name)}" if name else ""
        if sections or not name:
            forms.append(Cv(
                name=name, title=choice.title or (plain(_spoken(name)) if name else title), sections=sections,
                address=f"{home}/{tail.lstrip('-')}/".replace("//", "/") if choice.publish else "",
                stem=home + tail, pdf=f"{home}{tail}.pdf", published=choice.publish, pages=choice.pages,
                paper=choice.paper or settings.paper or "a4", design=choice.design or settings.design or design,
                place=choice.place, asked_at={**settings.keys_at, **choice.keys_at},
            ))  # fmt: skip
        elif material.sections:
            message = f"the variant {name!r} selects nothing, and is not made"
            reading.warn("selects-nothing", message, choice.place, "choose fewer conditions")
    return tuple(forms)


def _spoken(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _check_tags(choices: Iterable[Variant], material: Material, reading: Reading) -> None:
    borne = {tag for item in _tagged(material) for tag in item.tags}
    for choice in choices:
        for key, tag in (
            *(("tags", t) for t in choice.tags),
            *(("without", t) for t in choice.without),
        ):
            if tag not in borne and material.sections:
                reading.warn(
                    "unknown-tag", f"nothing in the CV bears the tag {tag!r}", choice.at(key),
                    did_you_mean(tag, sorted(borne)) or "write tags: [word] below an entry of cv.yaml",
                )  # fmt: skip


def _tagged(material: Material) -> Iterator[Any]:
    yield from (i for i in everything(material.sections) if isinstance(i, Entry))
    yield from material.publications
    for records in material.collections.values():
        yield from records


# ---- choosing ---------------------------------------------------------------------------------


class _Rule(msgspec.Struct, frozen=True):
    """What stays in one section."""

    tags: TagRule
    since: int
    top: int
    selected: bool
    highlights: int
    material: Material


def _chosen(
    choice: Variant, vocabulary: tuple[str, ...], material: Material, reading: Reading
) -> tuple[Section, ...]:
    by_name = _by_name(material.sections, reading.language)
    wanted = choice.sections or tuple(
        SectionChoice(name=s.key, place=s.place) for s in material.sections
    )
    chosen: list[Section] = []
    for part in wanted:
        usual = heading_key(part.name, reading.languages[0])
        section = by_name.get(slug(part.name)) or by_name.get(slug(usual))
        if section is None:
            titles = [s.title.text for s in material.sections]
            reading.warn(
                "unknown-section", f"the CV has no section {part.name!r}", part.place,
                _nearest(part.name, titles) or f"its sections are: {', '.join(titles)}",
            )  # fmt: skip
        elif items := tuple(_kept(section.items, _rule(choice, part, vocabulary, material))):
            chosen.append(replace(section, items=items))
    return tuple(chosen)


def _by_name(sections: tuple[Section, ...], language: str) -> dict[str, Section]:
    """Sections by the slug of their title, of what was typed, and of what headings of its kind are called."""
    names: dict[str, Section] = {}
    for told in (lambda s: s.title.text, lambda s: s.key, lambda s: heading_key(s.key, language)):
        for section in sections:
            names.setdefault(slug(told(section)), section)
    return names


def _nearest(name: str, titles: list[str]) -> str:
    small = {title.lower(): title for title in titles}
    hint = did_you_mean(name.replace("_", " "), small)
    return next((hint.replace(k, t) for k, t in small.items() if f"'{k}'" in hint), "")


def _rule(
    choice: Variant, part: SectionChoice, vocabulary: tuple[str, ...], material: Material
) -> _Rule:
    def option(name: str) -> Any:
        own = getattr(part, name)
        return getattr(choice, name) if own is None else own

    barred = tuple(tag for tag in vocabulary if tag not in choice.tags) if choice.tags else ()
    return _Rule(
        tags=TagRule(choice.tags, barred, choice.without),
        since=max(option("since"), _years_back(option("last_years"), material)),
        top=option("top"), selected=option("selected"), highlights=option("highlights"), material=material,
    )  # fmt: skip


def _years_back(years: int, material: Material) -> int:
    """The year that "the last N years" begin with, every leave within them added."""
    days = (newest(i.when) for i in _tagged(material) if i.when)
    today = material.today or max((day.iso for day in days if day), default="")
    if not (years and today):
        return 0
    since = int(today[:4]) - years
    leaves = [i.when for i in everything(material.sections) if isinstance(i, Entry) and i.is_break]
    wider = since
    while True:  # a window that a leave widens may reach into another
        months = sum(_months_since(when, wider, today) for when in leaves if when)
        if (first := since - -(-months // 12)) == wider:
            return first
        wider = first


def _months_since(when: When, since: int, today: str) -> int:
    """How many months of a stretch lie in `since` or later."""
    total = 0
    for span in when.spans:
        start, end = span.start, span.end
        if start is None:
            continue
        last = int(today[:4]) * 12 + int(today[5:7] or 12)
        if end and not span.ongoing:
            last = end.year * 12 + (end.month or 12)
        first = max(start.year * 12 + (start.month or 1), since * 12 + 1)
        total += max(0, last - first + 1)
    return total


def _kept(items: Iterable[Item], rule: _Rule) -> Iterator[Item]:
    """What stays of a list, at the most `top` entries of it."""
    left = rule.top or -1
    for item in items:
        kept = _kept_item(item, rule)
        if kept is None or (isinstance(kept, Entry) and left == 0):
            continue
        left -= isinstance(kept, Entry)
        yield kept


def _kept_item(item: Item, rule: _Rule) -> Item | None:
    if isinstance(item, Section):
        below = tuple(_kept(item.items, rule))
        return replace(item, items=below) if below else None
    if isinstance(item, Drawn):
        return _kept_drawn(item, rule)
    paper = rule.material.papers.get(item.place)
    if not rule.tags.keeps(item.tags) or _before(item.when, rule.since):
        return None
    if rule.selected and paper and not paper.selected:
        return None
    points = item.highlights[: rule.highlights] if rule.highlights else item.highlights
    return replace(
        item, highlights=points, entries=tuple(_kept(item.entries, replace(rule, top=0)))
    )


def _kept_drawn(item: Drawn, rule: _Rule) -> Drawn | None:
    limits = [n for n in (item.limit, rule.top) if n]
    kept = replace(
        item, since=max(item.since, rule.since), limit=min(limits, default=0),
        selected=rule.selected, rule=rule.tags,
    )  # fmt: skip
    return kept if any(group.list for group in drawn(kept, rule.material)) else None


def _before(when: When | None, since: int) -> bool:
    """Whether it was over before the year; what has no date, or goes on, was not."""
    if when is None or any(span.ongoing for span in when.spans):
        return False
    date = newest(when)
    return date is not None and date.year < since
