"""One record for each paper, whichever of its homes it is written in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec

from builder.fields import Reading
from builder.model.documents import Document
from builder.model.publications import Publication
from builder.problems import Place
from builder.text.slugs import slug


def one_record_each(candidates: Iterable[Publication]) -> tuple[Publication, ...]:
    """The publications with those that are the same paper made one; the first home's words win.

    The same paper is the same DOI, the same arXiv number, or the same title in the same year.
    Entries of one .bib file are never taken for one another by title alone: distinct papers do
    bear one title.
    """
    pool: list[Publication] = []
    by_sign: dict[str, int] = {}
    for paper in candidates:
        met = (by_sign[s] for s in _signs(paper) if s in by_sign)
        known = next((n for n in met if not _same_file(pool[n], paper)), None)
        if known is None:
            known = len(pool)
            pool.append(paper)
        else:
            pool[known] = _filled(pool[known], paper)
        for sign in _signs(paper):
            by_sign.setdefault(sign, known)
    return tuple(pool)


def found_in(pool: Iterable[Publication], papers: Iterable[Publication]) -> dict[Place, Publication]:
    """For each of `papers`, by its place, the record of the pool that is the same paper."""
    by_sign = {sign: paper for paper in reversed(tuple(pool)) for sign in _signs(paper)}
    return {p.place: by_sign[s] for p in papers for s in reversed(_signs(p)) if s in by_sign}


def _same_file(a: Publication, b: Publication) -> bool:
    return a.place.path == b.place.path


def _signs(paper: Publication) -> list[str]:
    title = unicodedata.normalize("NFKD", paper.title.text).casefold()
    words = re.sub(r"\W+", " ", "".join(c for c in title if not unicodedata.combining(c))).strip()
    signs = [f"doi:{paper.doi.casefold()}"] if paper.doi else []
    signs += [f"arxiv:{re.sub(r'v[0-9]+$', '', paper.arxiv)}"] if paper.arxiv else []
    return [*signs, f"title:{words}:{paper.year}"] if words else signs


def _filled(kept: Publication, other: Publication) -> Publication:
    """What the kept record leaves empty, from the other."""
    changes: dict[str, Any] = {}
    for field in msgspec.structs.fields(Publication):
        if field.name not in ("key", "place", "type", "bibtex") and not getattr(kept, field.name):
            changes[field.name] = getattr(other, field.name)
    return msgspec.structs.replace(kept, **changes)


def with_bodies(
    pool: tuple[Publication, ...], documents: Iterable[Document], reading: Reading
) -> tuple[Publication, ...]:
    """The papers with the bodies of their pages: files that bear a cite key and have no title."""
    by_name: dict[str, int] = {}
    for n, paper in enumerate(pool):
        by_name.setdefault(paper.key, n)
        by_name.setdefault(slug(paper.key), n)
    papers = list(pool)
    for document in documents:
        bearer = by_name.get(document.stem)
        if bearer is None:
            reading.warn(
                "body-without-paper", f"no publication has the cite key {document.stem!r}",
                document.front.place, "name the file after a cite key, or give it a title of its own",
            )  # fmt: skip
        else:
            papers[bearer] = msgspec.structs.replace(papers[bearer], document=document)
    return tuple(papers)
