"""Cite keys: one made for a paper that has none, and each of a pool told apart from the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import count

import msgspec

from builder.fields import Reading
from builder.model.publications import Publication
from builder.text.bibtex_source import fit_key
from builder.text.dates import newest
from builder.text.person import PersonName
from builder.text.rich import Rich
from builder.text.slugs import slug
from builder.text.when import When


def made_key(title: Rich, authors: Iterable[PersonName], when: When | None) -> str:
    """A key of first author, year and first long word of the title, as people make them."""
    first = next(iter(authors), None)
    family = (first.family or first.literal) if first else "anon"
    date = newest(when) if when else None
    words = re.findall(r"\w+", title.text)
    word = next((w for w in words if len(w) > 3), next(iter(words), ""))
    return slug(f"{family} {date.year if date else ''} {word}")


def told_apart(pool: Iterable[Publication], reading: Reading) -> tuple[Publication, ...]:
    """The papers, each under a key of its own: the first of a key has it, so that it can be cited.

    A later one takes a digest of its title, which does not depend on its neighbours.
    """
    papers = list(pool)
    taken = {fit_key(paper.key) for paper in papers}
    found: dict[str, Publication] = {}
    for paper in papers:
        other = found.get(fit_key(paper.key))
        if other:
            key = _free(paper, taken)
            reading.warn(
                "key-taken", f"the key {paper.key!r} is already that of {other.place}", paper.place,
                f"give it a key of its own; until then it is {key!r}",
            )  # fmt: skip
            paper = msgspec.structs.replace(paper, key=key)
        found[fit_key(paper.key)] = paper
        taken.add(fit_key(paper.key))
    return tuple(found.values())


def _free(paper: Publication, taken: set[str]) -> str:
    said = f"{paper.title.text}\n{paper.year}\n{paper.doi}"
    digests = (sha256(f"{said}{n or ''}".encode()).hexdigest()[:6] for n in count())
    return next(key for digest in digests if fit_key(key := f"{paper.key}-{digest}") not in taken)
