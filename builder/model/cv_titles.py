"""The headings of a CV: RenderCV's rule for their keys, and what they are in each language."""

from __future__ import annotations

import msgspec

from builder.fields import Reading, read
from builder.problems import Place
from builder.reading import is_meant, language_in
from builder.text.rich import EMPTY, Rich
from builder.text.words import heading_key


def section_title(key: str, place: Place, reading: Reading) -> Rich:
    """The heading in the language being built, as site.yaml has it or as usual headings are."""
    typed = _as_words(key)
    first = reading.languages[0]
    usual = heading_key(typed, first)
    found = reading.words.headings
    own = found.get(typed.casefold()) or found.get(key.casefold())
    if own or reading.language == first or language_in(place.path, reading.languages):
        return _line(own if own and reading.language != first else typed, place, reading)
    if usual in found:
        return _line(found[usual], place, reading)
    if not is_meant(place.path, reading):
        reading.warn(
            "untranslated", f"the heading {typed!r} has no {reading.language} word, and stands as it is", place,
            f"say it in site.yaml, as words: {{{typed}: {{{reading.language}: …}}}}",
        )  # fmt: skip
    return msgspec.structs.replace(_line(typed, place, reading), lang=first)


def _as_words(key: str) -> str:
    """RenderCV's rule: a key in snake_case is a title in words; any other title stands."""
    if key == key.lower() and " " not in key:
        words = key.split("_")
        key = " ".join(
            w if n and w in _SMALL_WORDS else w.capitalize() for n, w in enumerate(words)
        )
    return key


_SMALL_WORDS = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "like", "near", "nor", "of",
    "off", "on", "onto", "or", "over", "so", "than", "that", "the", "to", "upon", "when", "with", "yet",
})  # fmt: skip


def _line(text: str, place: Place, reading: Reading) -> Rich:
    return read(Rich, text, place, reading) or EMPTY
