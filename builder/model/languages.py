"""One site, several languages: which file speaks for a page in each, and where its counterparts are.

The first language lives at `/`, the others at `/de/…`. `cv.de.md` is the German sibling of
`cv.md` and says only what is different. A page without a file of its own in a language stands
there in the words that there are. Paper pages exist once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

import msgspec

from builder.model.addresses import fault_of_address, rooted
from builder.model.documents import Document
from builder.problems import Place
from builder.reading import Reading, is_meant
from builder.text.yaml import Map

# ---- files ------------------------------------------------------------------------------------


def documents_in(documents: Iterable[Document], reading: Reading) -> list[Document]:
    """The files that speak for the pages of a site in the language of `reading`.

    Of each page that is its file in that language, over the one without a language in its name,
    else the latter, else the file in the first language, each of which may stand in.
    """
    chosen = (_chosen(family, reading) for family in _families(documents))
    return [document for document in chosen if document]


def documents_once(documents: Iterable[Document], reading: Reading) -> list[Document]:
    """The file of each page that is the same in every language, a paper's; others are told."""
    chosen: list[Document] = []
    for family in _families(documents):
        base = family.get("") or family.get(reading.languages[0]) or next(iter(family.values()))
        chosen.append(base)
        for other in family.values():
            if other is not base:
                reading.warn(
                    "not-shown", f"a paper has one page for all languages, made of {base.path}", Place(other.path),
                    "put both into one file, or leave this one out",
                )  # fmt: skip
    return chosen


def _families(documents: Iterable[Document]) -> Iterable[Mapping[str, Document]]:
    """The files of each page by their language."""
    families: dict[str, dict[str, Document]] = {}
    for document in documents:
        ending = posixpath.splitext(document.path)[1]
        families.setdefault(document.stem + ending, {})[document.language] = document
    return families.values()


def _chosen(family: Mapping[str, Document], reading: Reading) -> Document | None:
    first = reading.languages[0]
    own, base = family.get(reading.language), family.get("") or family.get(first)
    if own is None:
        return base and _standing_in(base, reading)
    return own if base is None or base is own else _over(own, base, reading)


def _standing_in(base: Document, reading: Reading) -> Document:
    """A page in a language that it has no file in; told, unless its language is said or meant."""
    language = base.language or reading.languages[0]
    if reading.language == language:
        return base
    front = _copied(base.front, without=("redirect_from",))
    _keep_address(front, base, reading.prefix)
    if "lang" not in front:
        front["lang"] = language
        if not is_meant(base.path, reading):
            _tell(base, language, reading)
    return msgspec.structs.replace(base, front=front)


def _tell(base: Document, language: str, reading: Reading) -> None:
    inside, ending = base.path.partition("/")[2], posixpath.splitext(base.path)[1]
    sibling = f"{posixpath.basename(base.stem)}.{reading.language}{ending}"
    reading.warn(
        "untranslated", f"{inside} has no {reading.language} page, and the {language} one stands in",
        Place("content"),
        f"write {sibling} beside it, or list it under untranslated: in site.yaml",
    )  # fmt: skip


def _over(own: Document, base: Document, reading: Reading) -> Document:
    """A sibling with the front matter that it leaves out; its title may be its first heading."""
    left = ["redirect_from", "lang", "language", "permalink"]
    if own.body.lstrip().startswith("# "):
        left.append("title")
    front = _copied(base.front, without=left)
    if "permalink" not in own.front:
        _keep_address(front, base, reading.prefix)
    for key in own.front:
        front[key] = own.front[key]
        front.keys_at[key], front.values_at[key] = own.front.keys_at[key], own.front.at(key)
    front.place = own.front.place
    return msgspec.structs.replace(own, front=front, base=base.path)


def _copied(front: Map, without: Iterable[str]) -> Map:
    copy = Map(front.place)
    for key in front:
        if key not in without:
            copy[key] = front[key]
            copy.keys_at[key], copy.values_at[key] = front.keys_at[key], front.at(key)
    return copy


def _keep_address(front: Map, base: Document, prefix: str) -> None:
    """The permalink of the page in the first language, below the prefix of this one."""
    permalink = base.front.get("permalink")
    if isinstance(permalink, str) and permalink and not fault_of_address(permalink):
        front["permalink"] = prefix + rooted(permalink)
        front.keys_at["permalink"] = base.front.keys_at["permalink"]
        front.values_at["permalink"] = base.front.at("permalink")


# ---- addresses --------------------------------------------------------------------------------


class Counterpart(msgspec.Struct, frozen=True):
    """A page in one language."""

    address: str
    stands_in: bool
    """Whether its words are those of another language."""


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The site in one language, as the others know it."""

    language: str
    name: str
    """What the language calls itself."""
    prefix: str
    """What its addresses begin with: empty for the first."""
    pages: dict[str, Counterpart]
    """Its pages by what they are told from others by in every language."""


class Switch(msgspec.Struct, frozen=True):
    """The way from a page to one of the languages."""

    language: str
    name: str
    address: str
    """The same page there; where it has none, the nearest that lists it."""
    here: bool


def switches(editions: Iterable[Edition], key: str, address: str, language: str) -> list[Switch]:
    """The way from a page to each language, in their order; none for a site with one."""
    listed = list(editions)
    if len(listed) < 2:
        return []
    here = next(e for e in listed if e.language == language)
    return [
        Switch(e.language, e.name, _nearest(e, key, address.removeprefix(here.prefix)), e is here)
        for e in listed
    ]


def _nearest(edition: Edition, key: str, address: str) -> str:
    above = address.rstrip("/")
    while key not in edition.pages and above:
        above = above.rpartition("/")[0]
        key = above + "/"
    return edition.pages[key].address if key in edition.pages else edition.prefix + "/"


def translations(editions: Iterable[Edition], key: str) -> dict[str, str]:
    """Language to address of a page, wherever it is written in that language."""
    found = {e.language: e.pages[key] for e in editions if key in e.pages}
    return {language: page.address for language, page in found.items() if not page.stands_in}
