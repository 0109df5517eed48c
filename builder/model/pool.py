"""One record for each paper, whichever of its homes it is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import msgspec

from builder.fields import Reading
from builder.model.publications import Publication
from builder.problems import Place
from builder.text.person import same_person
from builder.text.slugs import slug


def one_record_each(candidates: Iterable[Publication], reading: Reading) -> tuple[Publication, ...]:
    """The publications with those that are the same paper made one; the first home's words win.

    The same paper is the same DOI, the same arXiv number, or the same title in the same year.
    Entries of one file are never taken for one another: distinct papers do bear one title. What
    two homes say differently is told.
    """
    pool: list[Publication] = []
    by_sign: dict[str, int] = {}
    for paper in candidates:
        signs = _signs(paper)
        met = (by_sign[s] for s in signs if s in by_sign)
        known = next((n for n in met if not _same_file(pool[n], paper)), None)
        if known is None:
            known = len(pool)
            pool.append(paper)
        else:
            _tell_differences(pool[known], paper, reading)
            pool[known] = _filled(pool[known], paper)
        for sign in signs:
            by_sign.setdefault(sign, known)
    return tuple(pool)


def found_in(
    pool: Iterable[Publication], papers: Iterable[Publication]
) -> dict[Place, Publication]:
    """For each of `papers`, by its place, the record of the pool that is the same paper."""
    by_sign = {sign: paper for paper in reversed(tuple(pool)) for sign in _signs(paper)}
    return {p.place: by_sign[s] for p in papers for s in reversed(_signs(p)) if s in by_sign}


def _same_file(a: Publication, b: Publication) -> bool:
    return b.place.path in (place.path for place in (a.place, *a.also))


def _signs(paper: Publication) -> list[str]:
    words = title_words(paper.title.text)
    signs = [f"doi:{paper.doi.casefold()}"] if paper.doi else []
    signs += [f"arxiv:{re.sub(r'v[0-9]+$', '', paper.arxiv)}"] if paper.arxiv else []
    return [*signs, f"title:{words}:{paper.year}"] if words else signs


@lru_cache(maxsize=4096)
def title_words(text: str) -> str:
    """A title for comparing: its words without accents, case and signs."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", folded).strip()


_FILLABLE = tuple(
    name for name in Publication.__struct_fields__
    if name not in ("key", "place", "type", "bibtex", "also", "aliases")
)  # fmt: skip
"""What a record may have from another of the same paper."""


def _filled(kept: Publication, other: Publication) -> Publication:
    """What the kept record leaves empty, from the other."""
    changes: dict[str, Any] = {
        name: getattr(other, name) for name in _FILLABLE if not getattr(kept, name)
    }
    return msgspec.structs.replace(kept, also=(*kept.also, other.place), **changes)


def _tell_differences(kept: Publication, other: Publication, reading: Reading) -> None:
    """What two records of one paper say differently; a record that is silent does not differ."""
    differing = [
        f"{what} {there!r}, not {here!r}" for what, here, there in _differences(kept, other)
    ]
    if differing:
        reading.warn(
            "papers-differ", f"{other.key!r} is also at {kept.place}, which says {'; '.join(differing)}",
            other.place, "the site shows what is said there; make the two agree, or delete one",
        )  # fmt: skip


def _differences(kept: Publication, other: Publication) -> Iterable[tuple[str, str, str]]:
    """Each field that differs: its name, what `other` says, what `kept` says."""
    if title_words(kept.title.text) != title_words(other.title.text):
        yield "title", other.title.text, kept.title.text
    if kept.year and other.year and kept.year != other.year:
        yield "year", other.year, kept.year
    said = {title_words(text) for text in (kept.venue.text, kept.abbr)}
    if (
        kept.venue
        and other.venue
        and not said & {title_words(other.venue.text), title_words(other.abbr)} - {""}
    ):
        yield "venue", other.venue.text, kept.venue.text
    if kept.authors and other.authors and not same_authors(kept, other):
        yield "authors", _listed(other), _listed(kept)
    if kept.doi and other.doi and kept.doi.casefold() != other.doi.casefold():
        yield "doi", other.doi, kept.doi


def same_authors(one: Publication, two: Publication) -> bool:
    """Whether two records name the same people, in one order."""
    alike = all(same_person(a.name, b.name) for a, b in zip(one.authors, two.authors, strict=False))
    return alike and (len(one.authors) == len(two.authors) or one.others or two.others)


def _listed(paper: Publication) -> str:
    names = [author.name.short for author in paper.authors[:3]]
    return ", ".join([*names, "…"] if len(paper.authors) > 3 else names)


def tell_previews(pool: Iterable[Publication], reading: Reading) -> None:
    """Tell previews that no browser shows."""
    for paper in pool:
        if paper.preview and not paper.preview_kind:
            reading.warn(
                "preview-not-shown", f"{paper.key}: no browser shows {unquote(paper.preview)!r} as a picture", paper.place,
                "save it as PNG, JPEG, WebP or SVG, or as a short MP4 or WebM",
            )  # fmt: skip


def with_bodies(
    pool: tuple[Publication, ...], pages: Iterable[Publication], reading: Reading
) -> tuple[Publication, ...]:
    """The papers with their pages: body and front matter of files that have no title of their own."""
    by_name: dict[str, int] = {}
    for n, paper in enumerate(pool):
        for key in paper.key_names:
            by_name.setdefault(key, n)
            by_name.setdefault(slug(key), n)
    papers = list(pool)
    for page in pages:
        bearer = by_name.get(page.key)
        if bearer is None:
            reading.warn(
                "body-without-paper", f"no publication has the cite key {page.key!r}",
                page.place, "name the file after a cite key, or give it a title of its own",
            )  # fmt: skip
        else:
            papers[bearer] = msgspec.structs.replace(
                _filled(papers[bearer], page), also=papers[bearer].also
            )
    return tuple(papers)
