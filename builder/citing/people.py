"""Lists of names as the styles print them, the owner never lost behind "et al."."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from builder.citing.pieces import Named, Nodes, Pieces, joined, plain_text, text
from builder.model.publications import Author
from builder.text.person import PersonName

Form = Callable[[PersonName], str]


class NameStyle(msgspec.Struct, frozen=True):
    """How a style lists names."""

    first: Form
    """How the first name is printed."""
    rest: Form
    last_of_two: str
    """What stands before the second of two names, ` and ` or the like."""
    last: str
    """What stands before the last of more."""
    et_al: Nodes
    """Follows a list that was cut, its own comma or blank included."""
    upright_of_two: str = ""
    """What stands before the second of two names where the first is not turned: `Plato and Kant`."""
    most: int = 1000
    """More names than these are cut."""
    kept: int = 1000
    """How many are printed then."""
    shows_last: bool = False
    """Whether a cut list ends in its last name instead."""


def listed(authors: Sequence[Author], others: bool, style: NameStyle) -> Pieces:
    """The names in a line. One who owns the site is named wherever the list is cut."""
    cut = len(authors) > style.most
    shown = list(authors[: style.kept] if cut else authors)
    named: list[Pieces] = [_named(a, style.rest if n else style.first) for n, a in enumerate(shown)]
    if cut:
        hidden = authors[style.kept :]
        ending = hidden[-1:] if style.shows_last else []
        named += [_after_gap(a, style) for a in hidden if a.owner and a not in ending]
        named += [_after_gap(a, style) for a in ending]
    if (cut and not style.shows_last) or others:
        return (*_gapped(named), *style.et_al)
    if cut or len(named) < 2:
        return _gapped(named)
    between = _before_second(named[0], style) if len(named) == 2 else style.last
    return (*joined(named[:-1]), *text(between), *named[-1])


def _before_second(first: Pieces, style: NameStyle) -> str:
    turned = "," in plain_text(first)
    return style.last_of_two if turned else style.upright_of_two or style.last_of_two


def _named(author: Author, form: Form) -> Pieces:
    return (Named(author, form(author.name)),)


def _after_gap(author: Author, style: NameStyle) -> Pieces:
    return (*text("… "), *_named(author, style.rest))


def _gapped(named: Iterable[Pieces]) -> Pieces:
    return joined(named)


def as_authors(names: Iterable[PersonName]) -> tuple[Author, ...]:
    """Editors in the shape of authors, for lists of either."""
    return tuple(Author(name=name) for name in names)


# ---- forms of one name ------------------------------------------------------------------------


def displayed(name: PersonName) -> str:
    """`Ludwig van Beethoven`, `李明`."""
    return name.display


def inverted(name: PersonName) -> str:
    """`van Beethoven, Ludwig`; names in Chinese characters, kana and hangul stand as they are."""
    return _inverted(name, name.given)


def inverted_initials(name: PersonName) -> str:
    """`van Beethoven, L.`"""
    return _inverted(name, name.initials)


def _inverted(name: PersonName, given: str) -> str:
    if name.literal or name.cjk:
        return name.display
    family = f"{name.particle} {name.family}".strip()
    return ", ".join(part for part in (family, given, name.suffix) if part)


def initials(name: PersonName) -> str:
    """`L. van Beethoven`, `M. L. King Jr.`"""
    return f"{name.short} {name.suffix}" if name.suffix and not name.literal else name.short


def family(name: PersonName) -> str:
    """`van Beethoven`: how a text speaks of a work by its author."""
    return name.literal or (name.display if name.cjk else f"{name.particle} {name.family}".strip())
