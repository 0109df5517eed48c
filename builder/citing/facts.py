"""What the styles ask of a publication: its kind, how far it is, its identifiers in words."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from builder.citing import letters
from builder.citing.numbers import (
    Shortened,
    article_number,
    ordinal,
    several,
    shortened,
    worded,
)
from builder.citing.pieces import Nodes, linked
from builder.model.publications import Publication
from builder.text.dates import newest
from builder.text.rich import Rich, Text
from builder.text.when import Date
from builder.text.words import Words

Kind = Literal[
    "article", "inproceedings", "chapter", "book", "thesis", "report", "preprint", "manuscript",
    "patent", "software", "dataset", "webpage", "other",
]  # fmt: skip
Stage = Literal["out", "coming", "draft"]
Headline = Literal["headline", "headline with small prepositions"]

HEADLINES: dict[str, frozenset[str]] = {
    "headline": letters.SMALL,
    "headline with small prepositions": letters.SMALL | letters.PREPOSITIONS,
}
"""The two ways of headlines, and what each keeps small."""

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review", "periodical"), "article"),
    **dict.fromkeys(("chapter", "entry-encyclopedia", "entry-dictionary"), "chapter"),
    **dict.fromkeys(("book", "pamphlet"), "book"), **dict.fromkeys(("webpage", "post-weblog"), "webpage"),
    "paper-conference": "inproceedings", "thesis": "thesis", "report": "report", "article": "preprint",
    "manuscript": "manuscript", "patent": "patent", "software": "software", "dataset": "dataset",
}  # fmt: skip
_COMING = ("accepted", "inpress", "forthcoming")
_ON_THE_WEB = (
    "preprint",
    "report",
    "software",
    "dataset",
    "webpage",
    "manuscript",
    "thesis",
    "other",
)
"""Kinds whose address is part of their record."""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """One publication while it is put into words."""

    paper: Publication
    words: Words
    linked: bool = True
    """Whether its title leads to its page."""
    letter: str = ""
    """What follows its year, to tell it from others of the same year in a list of references."""

    @property
    def kind(self) -> Kind:
        """What the manuals would call it. An article that names no journal yet is a manuscript."""
        kind = _KINDS.get(self.paper.type, "other")
        unplaced = kind == "article" and not self.paper.container
        return "manuscript" if unplaced and self.stage != "out" else kind

    @property
    def stage(self) -> Stage:
        """Whether it is out, on its way, or not accepted yet."""
        if self.paper.status in _COMING:
            return "coming"
        return "out" if self.paper.status == "published" else "draft"

    @property
    def date(self) -> Date | None:
        """The day, month or year that it bears."""
        return newest(self.paper.when) if self.paper.when else None

    @property
    def container(self) -> Nodes:
        """The journal, the book, or for want of proceedings the meeting."""
        return self._besides_author(self.paper.container or self.paper.event)

    @property
    def publisher(self) -> Nodes:
        """Who brought it out; nothing where that is its author."""
        return self._besides_author(self.paper.publisher or self.paper.institution)

    @property
    def imprint(self) -> Nodes:
        """Who brought it out, its author too, for the styles that say it again."""
        return (self.paper.publisher or self.paper.institution).nodes

    @property
    def server(self) -> Nodes:
        """Where a preprint stands: arXiv, bioRxiv."""
        if self.paper.arxiv:
            return (Text("arXiv"),)
        return self.container or (self.paper.genre.nodes if self.paper.genre else ())

    @property
    def series_number(self) -> str:
        """Its place in its series, which the field `volume` holds as often as `number`."""
        return (self.paper.volume or self.paper.number) if self.paper.series else ""

    @property
    def volume(self) -> str:
        """The volume of a journal or of a work in several; not the one of a series."""
        return "" if self.paper.series and self.kind != "article" else self.paper.volume

    @property
    def press(self) -> bool:
        """Whether it is from a newspaper or a magazine, which are dated to the day."""
        return self.paper.type in ("article-newspaper", "article-magazine")

    def _besides_author(self, body: Rich) -> Nodes:
        """An institution that wrote what it published is named once."""
        names = [author.name.display for author in self.paper.authors]
        return () if names == [body.text] else body.nodes

    @property
    def english(self) -> bool:
        """Whether its title is in English, as far as anyone has said."""
        return (self.paper.language or self.words.language).startswith("en")

    @property
    def unpublished(self) -> bool:
        """Whether it is a manuscript that nobody means to publish."""
        return self.kind == "manuscript" and self.stage == "out"

    def title(self, letters_of: Headline | Literal["sentence", "typed"]) -> Nodes:
        """The title in the style's capitals, a link to the paper's page."""
        nodes = self.paper.title.unlinked.nodes
        if self.english and letters_of in HEADLINES:
            nodes = letters.headline(nodes, HEADLINES[letters_of])
        elif self.english and letters_of == "sentence" and self.paper.entry_type:
            nodes = letters.sentence(nodes, self.paper.cased)
        return linked(self.paper.address if self.linked else "", nodes)

    def book(self, letters_of: Headline) -> Nodes:
        """The title of what it stands in."""
        nodes = (self.paper.container or self.paper.event).nodes
        return letters.headline(nodes, HEADLINES[letters_of]) if self.english else nodes

    def word(self, key: str) -> str:
        """A word of the site's language."""
        return self.words[key]

    def numbered(self, key: str, number: str) -> str:
        """`vol. 3`; nothing without a number."""
        return f"{self.words[key]} {number}" if number else ""

    @property
    def article_number(self) -> str:
        """The number that an article bears for want of pages."""
        return self.paper.pages if article_number(self.paper.pages) and not self.press else ""

    @property
    def pages(self) -> str:
        """`pp. 3–5`, `p. 3`; an article's own number as it is."""
        return self.article_number or self._counted_pages(self.paper.pages)

    def short_pages(self, manual: Shortened) -> str:
        """The pages as a manual cuts them, `3–5`; in English, whose manuals they are."""
        english = self.words.language.startswith("en")
        return shortened(self.paper.pages, manual) if english else self.paper.pages

    def counted(self, manual: Shortened) -> str:
        """The same with `pp.` or `p.`"""
        return self.article_number or self._counted_pages(self.short_pages(manual))

    def _counted_pages(self, pages: str) -> str:
        return self.numbered("pages" if re.search(r"[–,-]", pages) else "page", pages)

    def issue(self, number: str) -> str:
        """`no. 3`, `nos. 1–2`; what says itself what it is, in small letters: `suppl. 2`."""
        if worded(number):
            return re.sub(r"[^\W\d_]{3,}", lambda word: word[0].lower(), number)
        return self.numbered("issues" if several(number) else "issue", number)

    @property
    def doi(self) -> Nodes:
        """The DOI as the address that all manuals now want."""
        url = f"https://doi.org/{self.paper.doi}"
        return linked(url, (Text(url),)) if self.paper.doi else ()

    @property
    def address(self) -> Nodes:
        """Where it is to be had: its DOI; for what lives on the web, its address there."""
        if self.paper.doi:
            return self.doi
        kinds = ("arxiv", "website") if self.kind in _ON_THE_WEB else ()
        outside = (
            k.url for kind in kinds for k in self.paper.links if k.kind == kind and "://" in k.url
        )
        url = next(outside, "")
        return linked(url, (Text(url),)) if url else ()

    @property
    def edition(self) -> str:
        """`2nd ed.`; nothing for a first one."""
        typed = self.paper.edition.strip().rstrip(".")
        number = _EDITIONS.get(typed.lower()) or re.sub(
            r"(?<=\d)(st|nd|rd|th)?$", "", typed.lower()
        )
        if number in ("1", "first", ""):
            return ""
        shown = ordinal(int(number), self.words.language) if number.isdecimal() else typed
        shown = "rev." if number == "revised" and self.words.language == "en" else shown
        return shown if "ed" in shown.lower().split() else f"{shown} {self.words['edition_short']}"

    @property
    def genre_of_whole(self) -> Nodes:
        """What its author says that it is, where no style has a word for its kind: Poster, Talk."""
        typed = self.kind in ("other", "book", "webpage")
        return self.paper.genre.nodes if typed and self.paper.entry_type != "book" else ()

    @property
    def season(self) -> str:
        """`Spring`, where that is all that is known beside the year."""
        season = self.date.season if self.date else None
        return getattr(self.words.dates.seasons, season).capitalize() if season else ""

    @property
    def thesis(self) -> Literal["doctoral", "masters", "other"]:
        """What degree it was for."""
        genre = self.paper.genre.text.lower()
        if "master" in genre or self.paper.entry_type == "mastersthesis":
            return "masters"
        known = not genre or "phd" in genre.replace(".", "") or "doctoral" in genre
        return "doctoral" if known else "other"

    @property
    def place(self) -> str:
        """Where it was printed, or where the meeting was."""
        extra = self.paper.extra
        return (extra.get("venue") if self.kind == "inproceedings" else "") or extra.get(
            "address", ""
        )


_EDITIONS = {
    word: str(n)
    for n, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1
    )
}  # fmt: skip


def arxiv_number(paper: Publication) -> str:
    """`arXiv:2401.01230`."""
    return f"arXiv:{paper.arxiv}" if paper.arxiv else ""
