"""Which entry type was meant, when an entry of the CV has the keys of none.

Source: RenderCV 2.x, its entry types and the keys that each needs.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from builder.problems import did_you_mean


class Shape(msgspec.Struct, frozen=True):
    """An entry type as an author knows it."""

    name: str
    needs: tuple[str, ...]
    """The keys that make it one."""
    often: frozenset[str] = frozenset()
    """Keys that are seen with it more than with others."""


SHAPES = (
    Shape("education", ("institution",), frozenset({"area", "degree", "courses", "gpa"})),
    Shape("experience", ("company",), frozenset({"position", "supervisor"})),
    Shape("a publication", ("title", "authors"), frozenset({"journal", "doi", "url", "year"})),
    Shape("one line", ("label", "details")),
    Shape("a named entry", ("name",), frozenset({"summary", "highlights", "stars", "badges"})),
    Shape("a bullet", ("bullet",)),
    Shape("a numbered item", ("number",)),
)


def nearest_shape(keys: Iterable[str]) -> str:
    """A hint at the type that an entry with these keys comes nearest to, and what it lacks."""
    typed = [key for key in keys if key]
    meant = {key: _known(key) for key in typed}
    scored = [(_score(shape, set(meant.values())), shape) for shape in SHAPES]
    score, shape = max(scored, key=lambda pair: pair[0])
    if not score:
        return "an entry needs institution, company, name, label with details, title with authors, or bullet"
    slips = [f"did you mean {known!r}?" for key, known in meant.items() if key != known]
    lacks = [key for key in shape.needs if key not in meant.values()]
    lacking = f", which lacks {' and '.join(lacks)}" if lacks else ""
    return "; ".join([f"the nearest is {shape.name}{lacking}", *slips[:1]])


_VOCABULARY = tuple(sorted({key for shape in SHAPES for key in (*shape.needs, *shape.often)}))


def _known(key: str) -> str:
    """The key that was meant by a misspelt one; the key itself when none is near."""
    hint = did_you_mean(key, _VOCABULARY)
    return hint.split("'")[1] if hint else key


def _score(shape: Shape, keys: set[str]) -> int:
    return 2 * len(keys.intersection(shape.needs)) + len(keys & shape.often)
