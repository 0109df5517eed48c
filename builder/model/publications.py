"""Publications: one pool of records from its three homes, resolved once for every output.

The homes are the .bib files, the publication entries of cv.yaml, and Markdown files in
`content/publications/` with a title in their front matter. `bibliography.py` reads the first,
`citations.py` the others; this room holds what a publication *is*, and the order of the list.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from builder.leaves import Prose
from builder.model.cv import Fact
from builder.model.documents import Document
from builder.model.links import Link
from builder.problems import Place
from builder.text.dates import When
from builder.text.person import PersonName
from builder.text.rich import EMPTY, Rich

Status = Literal[
    "published", "inpress", "accepted", "underreview", "submitted", "inpreparation", "forthcoming"
]

STATUS_ORDER: tuple[Status, ...] = (
    "inpreparation", "submitted", "underreview", "forthcoming", "accepted", "inpress", "published",
)  # fmt: skip
"""What stands before what in a list; status in biblatex's `pubstate` words."""

MARK_SYMBOLS: dict[str, str] = {
    "equal": "*", "corresponding": "†", "student": "‡", "alphabetical": "§",
}  # fmt: skip
"""The signs that al-folio's users put behind a name, and what each has come to mean."""

VIDEOS = (".mp4", ".webm", ".ogv", ".ogg", ".mov", ".m4v")
NO_PICTURES = (
    ".pdf",
    ".eps",
    ".ps",
    ".tif",
    ".tiff",
    ".heic",
    ".bmp",
    ".svgz",
    ".doc",
    ".docx",
    ".zip",
)
"""Files that people name as previews and browsers do not show."""

EXPORTS: dict[str, str] = {"BibTeX": "bib", "RIS": "ris", "CSL-JSON": "json"}
"""The formats that publications are given in, and the ending of their files."""

PublicationType = str
"""A CSL item type: `article-journal`, `paper-conference`, `book`, `thesis` and the like."""


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """One name on a paper, with all that lists show of it."""

    name: PersonName
    marks: tuple[str, ...] = ()
    """Contributions: keys of `MARK_SYMBOLS`, or a sign that has no known meaning."""
    owner: bool = False
    """Whether this is the owner of the site."""
    url: str = ""
    """Where the person lives on the web, when people.yaml says so."""
    person: str = ""
    """The name that people.yaml has for who this is; empty for whom it does not know."""

    def __str__(self) -> str:
        return self.name.display

    @property
    def signs(self) -> str:
        """The signs printed behind the name."""
        return "".join(MARK_SYMBOLS.get(mark, mark) for mark in self.marks)


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """One paper, book, thesis, patent or piece of software. Empty fields are false."""

    key: str
    """The cite key."""
    aliases: tuple[str, ...] = ()
    """Cite keys of its preprints, by which it is found too."""
    type: PublicationType
    title: Rich
    cased: tuple[str, ...] = ()
    """Words of the title that keep their capitals in any style: what BibTeX's braces protect."""
    entry_type: str = ""
    """The entry type as its .bib file has it: `article`, `inproceedings`."""
    authors: tuple[Author, ...] = ()
    others: bool = False
    """Whether the record says that there were more ("and others")."""
    editors: tuple[PersonName, ...] = ()
    translators: tuple[PersonName, ...] = ()
    container: Rich = EMPTY
    """The journal, the proceedings or the book that it stands in."""
    abbr: str = ""
    """The venue's short name, as al-folio's `abbr`."""
    publisher: Rich = EMPTY
    institution: Rich = EMPTY
    """School of a thesis, institution of a report, holder of a patent."""
    event: Rich = EMPTY
    series: Rich = EMPTY
    volume: str = ""
    issue: str = ""
    pages: str = ""
    number: str = ""
    edition: str = ""
    genre: Rich = EMPTY
    """What BibTeX's `type` or `howpublished` says: PhD thesis, Preprint, US patent."""
    when: When | None = None
    status: Status = "published"
    doi: str = ""
    arxiv: str = ""
    isbn: str = ""
    language: str = ""
    """The language of the title, as a code, where it is not the site's."""
    links: tuple[Link, ...] = ()
    """Everything a visitor may follow, in the order in which it is shown."""
    pdf: str = ""
    abstract: Prose = Prose()
    summary: Rich = EMPTY
    """One line: what was found."""
    note: Rich = EMPTY
    facts: tuple[Fact, ...] = ()
    """Labelled facts, such as one's own contributions."""
    award: Rich = EMPTY
    badges: tuple[Rich, ...] = ()
    selected: bool = False
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """Words that lists are chosen by: its keywords unless it has any of its own."""
    keywords: tuple[str, ...] = ()
    """What others may search for it by, in every export."""
    preview: str = ""
    preview_alt: str = ""
    bibtex: str = ""
    """The entry as a reader may copy it, private fields left out."""
    related: tuple[str, ...] = ()
    """Cite keys of papers that belong to it, as biblatex's `related`."""
    extra: dict[str, str] = {}
    """Fields that no room reads, by name."""
    document: Document | None = None
    """The body of its page, from `content/publications/<key>.md`."""
    permalink: str = ""
    """Its page's address, exactly."""
    redirect_from: tuple[str, ...] = ()
    """Addresses that lead to its page."""
    slug: str = ""
    address: str = ""
    place: Place
    also: tuple[Place, ...] = ()
    """Where else it is written, when it has several homes."""

    @property
    def preview_kind(self) -> str:
        """`picture` or `video`; empty when there is none, or a file that no page can show."""
        ending = posixpath.splitext(urlsplit(self.preview).path)[1].lower()
        if ending in VIDEOS:
            return "video"
        return "picture" if self.preview and ending not in NO_PICTURES else ""

    @property
    def exports(self) -> dict[str, str]:
        """The addresses of its record for other programs, by the name of the format."""
        return {name: f"/publications/{self.slug}/cite.{end}" for name, end in EXPORTS.items()}

    @property
    def url(self) -> str:
        """The address of its page: Jekyll's word."""
        return self.address

    @property
    def key_names(self) -> tuple[str, ...]:
        """Every cite key that it may be asked for by."""
        return (self.key, *self.aliases)

    @property
    def type_names(self) -> tuple[str, ...]:
        """Every word that its type may be asked for by."""
        return tuple(dict.fromkeys(filter(None, (self.type, self.entry_type))))

    @property
    def year(self) -> str:
        """The year as a heading shows it; empty when there is none."""
        from builder.text.dates import newest

        date = newest(self.when) if self.when else None
        return str(date.year) if date else ""

    @property
    def venue(self) -> Rich:
        """Where it appeared, in the fewest words that say it."""
        return self.container or self.event or self.institution or self.publisher or self.genre

    @property
    def dated_by_venue(self) -> bool:
        """Whether its venue's name ends in the year (`SOSP 2025`), which then need not follow."""
        return bool(self.year) and self.venue.text.endswith(f" {self.year}")

    @property
    def marks(self) -> tuple[str, ...]:
        """The contribution marks on its authors, for a legend."""
        return tuple(dict.fromkeys(m for a in self.authors for m in a.marks if m in MARK_SYMBOLS))


def legend(publications: Iterable[Publication]) -> tuple[tuple[str, str], ...]:
    """The contribution marks that the authors of `publications` bear: (sign, key), in their order."""
    borne = {mark for paper in publications for mark in paper.marks}
    return tuple((sign, mark) for mark, sign in MARK_SYMBOLS.items() if mark in borne)


def newest_first(publications: tuple[Publication, ...]) -> tuple[Publication, ...]:
    """The order of every list: unpublished work by its status, then by date, newest first.

    Equal dates keep the order of their sources (files by name, entries as typed); a date that
    lacks its month or day stands where `dates.When.key` puts it; undated work comes last.
    """

    def place_in_list(p: Publication) -> tuple[int, bool]:
        return STATUS_ORDER.index(p.status), p.when is None or not p.when.spans

    by_date = sorted(publications, key=_date_key, reverse=True)
    return tuple(sorted(by_date, key=place_in_list))


def _date_key(publication: Publication) -> tuple[tuple[int, int, int], ...]:
    return publication.when.key if publication.when and publication.when.spans else ()
