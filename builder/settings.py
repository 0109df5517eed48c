"""`site.yaml` as its author writes it: the keys, what each means, and what stands when it is left out.

The docstring of each field is its reference in the documentation and in the schema.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal, get_args

import msgspec

from builder import csl_style, fields, leaves
from builder.problems import Place
from builder.reading import is_translated
from builder.text.dates import When
from builder.text.rich import EMPTY, Rich
from builder.text.yaml import Map, Seq, Value
from builder.variants import CvSettings

CitationStyle = Literal["clean", "numbered", "apa", "mla", "chicago", "ieee"]
"""How publications are put into words; `clean` is the layouts' own way."""
_NUMBERED = frozenset({"numbered", "ieee"})


def is_numbered(style: str) -> bool:
    """Whether lists in this style count."""
    return style in _NUMBERED or csl_style.is_numbered(style)


_STYLE_NAMES = {
    "default": "clean", "american-psychological-association": "apa", "apa7": "apa",
    "modern-language-association": "mla", "mla9": "mla", "chicago-author-date": "chicago",
    "the-chicago-manual-of-style": "chicago", "ieeetr": "ieee", "numeric": "numbered",
}  # fmt: skip
"""Other programs' names for them."""


def style_reader(value: Value, place: Place, reading: fields.Reading) -> Any:
    """A citation style by our name for it or CSL's; any other is told, and the default stands."""
    if isinstance(value, str):
        name = re.sub(r"[\s_]+", "-", value.strip().lower()).removesuffix(".csl")
        known = name in _STYLE_NAMES or name in get_args(CitationStyle)
        if value.strip().lower().endswith(csl_style.ENDING) and not known:
            return _own_style(value.strip(), place, reading)
        value = _STYLE_NAMES.get(name, name)
    return fields.reader_of(CitationStyle)(value, place, reading)


def _own_style(name: str, place: Place, reading: fields.Reading) -> str | None:
    """The name of a `.csl` file, which only site.yaml may choose."""
    if place.path == "site.yaml":
        return name
    reading.warn(
        "not-a-choice", f"a citation style of your own, such as {name!r}, is chosen in site.yaml", place,
        f"write citation_style: {name} there; here one of {', '.join(get_args(CitationStyle))}",
    )  # fmt: skip
    return None


class NavigationItem(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the site's menu."""

    what: ClassVar[str] = "a navigation entry"
    translated: ClassVar[tuple[str, ...]] = ("title",)
    readers: ClassVar[dict[str, leaves.Reader]] = {"url": leaves.address_reader}

    title: Rich
    """What the menu says."""
    url: str = ""
    """An address of this site that begins with `/`, an outside one, or a file in `content/`."""
    children: tuple[NavigationItem, ...] = ()
    """Entries below this one."""


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """How the site looks, within what the theme offers."""

    what: ClassVar[str] = "theme"

    accent: str = ""
    """The one colour of links and marks, as `#rrggbb`; the theme sees to its contrast in light
    and dark."""
    font: Literal["serif", "sans"] = "serif"
    """The text face: a stack of system fonts, so that nothing is fetched."""
    author: Literal["header", "sidebar"] = "sidebar"
    """Where the owner stands on pages other than the home page."""
    cards: bool = False
    """Whether a picture for link previews is made of each page: title, people, place. It takes
    the extra `images`, and about a hundredth of a second a page, once."""


class CollectionOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How one collection is listed."""

    what: ClassVar[str] = "a collection's options"
    translated: ClassVar[tuple[str, ...]] = ("title",)
    silent: ClassVar[tuple[str, ...]] = ("output",)

    title: Rich = EMPTY
    """The heading of its list and its word in the menu."""
    sort: Literal["newest", "oldest", "title", "order"] = "newest"
    """How its records are ordered; `order` is the `order` key of each, then the title."""
    group_by: Literal["year", "type", "status", "topic", "none"] = "year"
    """What the list of publications is divided by. Only `publications` has it."""


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """A line at the head of every page, for a while."""

    what: ClassVar[str] = "the announcement"
    translated: ClassVar[tuple[str, ...]] = ("text",)
    readers: ClassVar[dict[str, leaves.Reader]] = {"until": leaves.last_day_reader}

    text: Rich
    """What is said."""
    until: When | None = None
    """The last day on which it is said; left out, it stays until you take it out."""

    @classmethod
    def from_value(cls, value: Value, place: Place, reading: fields.Reading) -> Announcement | None:
        """Read a bare text, in one language or several, as an announcement without an end."""
        if isinstance(value, str) or is_translated(value, reading):
            text = fields.read(Rich, value, place, reading)
            return cls(text=text) if text else None
        return None


class Publish(msgspec.Struct, frozen=True, kw_only=True):
    """Which private facts of a CV file may be published. All are kept back by default."""

    what: ClassVar[str] = "publish"

    phone: bool = False
    """The phone number of cv.yaml."""
    address: bool = False
    """A street address in cv.yaml (`address`; `location` is always shown)."""


def words_reader(value: Value, place: Place, reading: fields.Reading) -> dict[str, str]:
    """`words`: what is not given in a language is Folio's own word there, and nothing is lacking."""
    if not isinstance(value, Map):
        return fields.read(dict[str, str], value, place, reading) or {}
    given = Map(value.place)
    for key, word in value.items():
        here = is_translated(word, reading)
        given[key] = word.get(reading.language) if here and isinstance(word, Map) else word
        given.values_at[key] = value.at(key)
    return fields.read(dict[str, str], given, place, reading) or {}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of site.yaml."""

    what: ClassVar[str] = "site.yaml"
    translated: ClassVar[tuple[str, ...]] = ("description", "footer")
    spellings: ClassVar[dict[str, str]] = {
        "lang": "language", "locale": "language", "csl": "citation_style",
    }  # fmt: skip
    elsewhere: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("author", "name", "email", "bio", "photo", "avatar", "social", "social_networks", "orcid",
             "github_username", "twitter_username"),
            "the person is in content/cv.yaml, below cv:",
        ),
        **dict.fromkeys(("baseurl", "base_url", "basepath", "root"), "the base path is the path of url:"),
        **dict.fromkeys(("accent", "font", "cards"), "it goes below theme:"),
        **dict.fromkeys(("phone", "address"), "it goes below publish:"),
        **dict.fromkeys(("design", "paper", "variants", "pdf"), "it goes below cv:"),
        **dict.fromkeys(("menu", "nav"), "did you mean 'navigation'?"),
    }  # fmt: skip
    readers: ClassVar[dict[str, leaves.Reader]] = {
        "citation_style": style_reader, "words": words_reader,
    }  # fmt: skip

    title: Rich = EMPTY
    """The site's name; the owner's name when it is left out."""
    description: Rich = EMPTY
    """One sentence for search engines and link previews."""
    url: str = ""
    """Where the site is published, such as `https://me.github.io/repo`. Its path is the base
    path of every link; feeds, the sitemap and previews need it."""
    language: str = ""
    """The language of the site as a BCP 47 code: `en`, `de`, `zh-Hans`."""
    languages: tuple[str, ...] = ()
    """The languages of the site when there are several; the first lives at `/`."""
    untranslated: tuple[str, ...] = ()
    """What in `content/` is meant to stay in its own language, and so is not told as untranslated:
    names of files and folders, with or without their ending, and patterns: `[posts, talks.yaml]`."""
    words: dict[str, str] = {}
    """Words of your own: an interface word by its key, or a heading of the CV as cv.yaml has it."""
    navigation: tuple[NavigationItem, ...] = ()
    """The menu. Left out, it is the standard pages that have content."""
    theme: Theme = Theme()
    """Accent colour, face and the like."""
    collections: dict[str, CollectionOptions] = {}
    """Options of a collection, and the names of collections of your own."""
    citation_style: CitationStyle = "clean"
    """How publications are put into words: `clean`, `numbered`, `apa`, `mla`, `chicago` or `ieee`;
    or the name of a `.csl` file in `layouts/`."""
    cv: CvSettings = CvSettings()
    """Paper and design of the CV's PDF, and its variants."""
    publish: Publish = Publish()
    """Private facts that may be shown."""
    current_date: str = ""
    """The day that "upcoming" and "last five years" are reckoned from, as 2026-05-01. Left out:
    the newest date in the data, so that the same site is built from the same files."""
    announcement: Announcement | None = None
    """A line at the head of every page: a text, or `{text: …, until: 2026-09-30}`."""
    search: bool = False
    """Whether the site has a page that searches all of it, and a way there at the head of every page."""
    footer: Rich = EMPTY
    """A line at the foot of every page."""
    extra: dict[str, Any] = {}
    """Anything of your own for your own layouts, as `site.extra`."""

    @classmethod
    def from_value(cls, value: Value, place: Place, reading: fields.Reading) -> None:
        """Read `collections` as Jekyll allows it: a list of names, and names without options."""
        listed = value.get("collections") if isinstance(value, Map) else None
        if isinstance(value, Map) and isinstance(listed, str):
            name, listed = listed, Seq(value.at("collections"))
            listed.append(name)
            listed.items_at.append(listed.place)
        if isinstance(value, Map) and isinstance(listed, Map | Seq):
            value["collections"] = _named(listed, reading)


def _named(listed: Map | Seq, reading: fields.Reading) -> Map:
    """Names with their options, each knowing where its name was typed."""
    table = Map(listed.place)
    names = (
        [(name, listed.keys_at[name], listed[name], listed.at(name)) for name in listed]
        if isinstance(listed, Map)
        else [(name, at, None, at) for name, at in zip(listed, listed.items_at, strict=True)]
    )
    for name, place, options, options_at in names:
        if text := fields.read(str, name, place, reading):
            table[text] = Map(place) if options is None else options
            table.keys_at[text], table.values_at[text] = place, options_at
    return table
