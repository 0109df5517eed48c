"""What site.yaml says of the CV: its paper and design, and the variants cut from the one file."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from builder import fields, leaves
from builder.problems import Place
from builder.text.rich import EMPTY, Rich
from builder.text.yaml import Map, Value


class SectionChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A section that a variant shows, and what is chosen in it otherwise than in the rest."""

    what: ClassVar[str] = "a section of a variant"
    filled: ClassVar[tuple[str, ...]] = ("name",)

    name: str = ""
    since: int | None = None
    """The first year in it."""
    last_years: int | None = None
    """The same, reckoned from today and widened by every leave."""
    top: int | None = None
    """How many of its entries at the most."""
    selected: bool | None = None
    """Whether only selected publications are shown in it."""
    highlights: int | None = None
    """How many points of each entry at the most."""
    place: Place

    @classmethod
    def from_value(
        cls, value: Value, place: Place, reading: fields.Reading
    ) -> SectionChoice | None:
        """Read `Publications`, or `{Publications: {top: 5}}`."""
        if isinstance(value, str):
            return cls(name=value.strip(), place=place)
        if isinstance(value, Map) and len(value) == 1 and not set(value) & set(_CHOSEN):
            (name,) = value
            options = value[name]
            if options is None:
                return cls(name=name, place=value.keys_at[name])
            chosen = fields.read(cls, options, value.at(name), reading)
            return chosen and msgspec.structs.replace(chosen, name=name, place=value.keys_at[name])
        return None


_CHOSEN = ("since", "last_years", "top", "selected", "highlights")


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """What one form of the CV shows, and how long it may be."""

    what: ClassVar[str] = "a variant of the CV"

    title: Rich = EMPTY
    """The heading of its page; its name when it is left out."""
    sections: tuple[SectionChoice, ...] = ()
    """The titles of the sections that it shows, in its order; all of them when left out."""
    tags: tuple[str, ...] = ()
    """What bears a tag that some variant names is shown only by those that name it."""
    without: tuple[str, ...] = ()
    """What bears one of these tags is left out."""
    since: int = 0
    """The first year; what has no date stays."""
    last_years: int = 0
    """The same, reckoned from the site's today and widened by every leave (`kind: break`)."""
    top: int = 0
    """How many entries of each section at the most."""
    selected: bool = False
    """Whether only selected publications are shown."""
    highlights: int = 0
    """How many points of each entry at the most."""
    pages: int = 0
    """How many pages its PDF may have; more are told."""
    publish: bool = True
    """Whether it is part of the site. A PDF that is not lies in `_private/` beside `_site`, and may
    show the phone number and the street address."""
    paper: Literal["", "a4", "letter"] = ""
    """The paper of its PDF."""
    design: str = ""
    """Which of the designs its PDF is set in."""
    place: Place = Place("site.yaml")
    keys_at: dict[str, Place] = {}
    """Where the value of each of its keys was typed."""

    def at(self, key: str) -> Place:
        """Where a key's value was typed; where it begins itself, when it lacks the key."""
        return self.keys_at.get(key, self.place)


def _variants(value: Value, place: Place, reading: fields.Reading) -> Any:
    """Name to variant; one that chooses nothing is the whole CV under another name."""
    if not isinstance(value, Map):
        message = f"expected names with what each variant shows, found {leaves.found(value)}"
        return reading.warn("wrong-shape", message, place, "write {short: {pages: 2}}")
    found: dict[str, Variant] = {}
    for name, options in value.items():
        at = value.keys_at[name]
        chosen = fields.read(Variant, Map(at) if options is None else options, at, reading)
        if chosen:
            found[name] = msgspec.structs.replace(chosen, place=at)
    return found


class CvSettings(Variant, frozen=True, kw_only=True):
    """The CV's options: those of the CV at `/cv/`, and its variants."""

    what: ClassVar[str] = "the CV's options"
    spellings: ClassVar[dict[str, str]] = {"page_size": "paper", "theme": "design"}
    filled: ClassVar[tuple[str, ...]] = ("publish", "title")
    readers: ClassVar[dict[str, leaves.Reader]] = {"variants": _variants}

    pdf: bool = True
    """Whether PDFs are made, where typst is installed."""
    paper: Literal["", "a4", "letter"] = ""
    """The paper of its PDF."""
    """The paper of the PDF; A4 when it is left out."""
    design: str = ""
    """`classic` or `modern`, or a file of yours in `layouts/cv/`; left out, it follows the theme's face."""
    variants: dict[str, Variant] = {}
    """Name to what it shows: `short` has its page at `/cv/short/` and its PDF at `/cv-short.pdf`."""
