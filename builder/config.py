"""`site.yaml`: how the site is set up. Few keys, all with defaults; the person is not here."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

import msgspec

from builder import fields
from builder.problems import Place, Problems
from builder.reading import is_translated
from builder.run import Options
from builder.text.dates import When, read_when
from builder.text.files import read_text
from builder.text.rich import EMPTY, Rich
from builder.text.words import has_words, spoken
from builder.text.yaml import Map, Seq, Value, read_yaml
from builder.variants import CvSettings

SITE_FILE = "site.yaml"


CitationStyle = Literal["clean", "numbered", "apa", "mla", "chicago", "ieee"]
"""How publications are put into words; `clean` is the layouts' own way."""
NUMBERED_STYLES = frozenset({"numbered", "ieee"})
"""Styles whose lists count."""

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
        value = _STYLE_NAMES.get(name, name)
    return fields.reader_of(CitationStyle)(value, place, reading)


class NavigationItem(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the site's menu."""

    what: ClassVar[str] = "a navigation entry"
    translated: ClassVar[tuple[str, ...]] = ("title",)
    readers: ClassVar[dict[str, fields.Reader]] = {"url": fields.address_reader}

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
    readers: ClassVar[dict[str, fields.Reader]] = {
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
    """How publications are put into words: `clean`, `numbered`, `apa`, `mla`, `chicago` or `ieee`."""
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
        if isinstance(value, Map) and isinstance(listed, Map | Seq):
            named = listed.items() if isinstance(listed, Map) else ((name, None) for name in listed)
            table = Map(listed.place)
            for name, options in named:
                if text := fields.read(str, name, listed.place, reading):
                    table[text] = Map(listed.place) if options is None else options
            table.keys_at, table.values_at = (
                getattr(listed, "keys_at", {}),
                getattr(listed, "values_at", {}),
            )
            value["collections"] = table


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one build is set up by."""

    root: Path
    """The site's folder, which holds site.yaml."""
    out: Path
    """The folder that the finished site is written to."""
    settings: Settings
    """What site.yaml says, its texts in the first language."""
    translated: dict[str, Settings] = {}
    """The same in each of the other languages."""
    words_at: dict[str, Place] = {}
    """Where each of the author's own words was typed."""
    languages: tuple[str, ...]
    """At least one; the first lives at `/`."""
    url: str
    """Scheme, host and base path without a slash at the end; empty when it is not known."""
    drafts: bool = False
    fresh: bool = False
    """Whether what earlier builds kept is left aside."""
    cards: Literal["", "theme", "own"] = ""
    """Whose fonts the pictures for link previews are set in; empty when none are made."""
    typesets: bool = False
    """Whether PDFs can be made here: whether typst is installed."""

    @property
    def base(self) -> str:
        """The base path: empty for a site at `/`, else such as `/repo`."""
        return urlsplit(self.url).path.rstrip("/")

    def settings_in(self, language: str) -> Settings:
        """What site.yaml says, its texts in one of the site's languages."""
        return self.translated.get(language, self.settings)

    @property
    def content(self) -> Path:
        """The folder of the author's words and data."""
        return self.root / "content"


def load_config(root: Path, options: Options, problems: Problems) -> Config:
    """Read site.yaml of the site in `root`.

    A missing or unreadable file is an error in `problems`; the result then has the defaults.
    """
    settings = Settings()
    translated: dict[str, Settings] = {}
    languages: tuple[str, ...] = ("en",)
    text = _site_text(root, problems)
    value = read_yaml(text, SITE_FILE, problems) if text else None
    if value is not None:
        languages = _languages(value)
        reading = fields.Reading(problems=problems, language=languages[0], languages=languages)
        settings = fields.read(Settings, value, Place(SITE_FILE, 1), reading) or settings
        _check(settings, value, reading)
        for language in languages[1:]:
            there = msgspec.structs.replace(
                reading, language=language, untranslated=settings.untranslated
            )
            found = fields.read(Settings, value, Place(SITE_FILE, 1), there)
            translated[language] = found or settings
    url = _site_url(options.url or settings.url, options, value, problems)
    out = Path(options.out) if options.out else root / "_site"
    return Config(
        root=root,
        out=out,
        settings=settings,
        translated=translated,
        words_at=_keys_at(value, "words"),
        languages=languages,
        url=url,
        drafts=options.drafts,
        fresh=options.fresh,
        cards=_cards(root) if settings.theme.cards else "",
        typesets=settings.cv.pdf and importlib.util.find_spec("typst") is not None,
    )


def _keys_at(value: Value, key: str) -> dict[str, Place]:
    table = value.get(key) if isinstance(value, Map) else None
    return table.keys_at if isinstance(table, Map) else {}


def _cards(root: Path) -> Literal["", "theme", "own"]:
    """Pictures need Pillow; fonts of the site's own may have what the theme's lack."""
    if importlib.util.find_spec("PIL") is None:
        return ""
    return "own" if any((root / "layouts/cv/fonts").glob("*.[ot]t[fc]")) else "theme"


def _site_text(root: Path, problems: Problems) -> str | None:
    if (root / SITE_FILE).is_file():
        return read_text(root / SITE_FILE, SITE_FILE, problems)
    near = [name for name in ("site.yml", "_config.yml", "hugo.yaml") if (root / name).is_file()]
    hint = (
        f"there is a {near[0]}: rename it, or bring that site over by hand" if near
        else "a site is a folder that holds site.yaml; name that folder, or begin one with `folio new`"
    )  # fmt: skip
    problems.error(
        "no-site", f"no {SITE_FILE} in {root.resolve().name or root}", Place(SITE_FILE), hint
    )
    return None


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _languages(value: Value) -> tuple[str, ...]:
    """The language codes of the site, before any text of it is read: texts depend on them."""
    entries: Map | dict[str, Any] = value if isinstance(value, Map) else {}
    several = entries.get("languages")
    one = entries.get("language") or entries.get("lang") or entries.get("locale")
    named = list(several) if isinstance(several, Seq) else [several or one or "en"]
    codes = [n.replace("_", "-") for n in named if isinstance(n, str)]
    return tuple(dict.fromkeys(filter(_LANGUAGE.fullmatch, codes))) or ("en",)


_COLLECTION = re.compile(r"\w[\w .-]*")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def _check(settings: Settings, value: Value, reading: fields.Reading) -> None:
    place = value.at if isinstance(value, Map) else lambda _: Place(SITE_FILE, 1)
    accent = settings.theme.accent
    if accent and not _COLOUR.fullmatch(accent):
        theme = value["theme"] if isinstance(value, Map) else None
        at = theme.at("accent") if isinstance(theme, Map) else place("theme")
        reading.warn(
            "not-a-colour", f"expected a colour such as '#7a1f2b', found {accent!r}", at,
            "a # begins a comment in YAML: put the colour in quotes",
        )  # fmt: skip
    for key, codes in (("language", (settings.language,)), ("languages", settings.languages)):
        for code in codes:
            if code and not _LANGUAGE.fullmatch(code.replace("_", "-")):
                message = f"{code!r} is not a language code such as en or zh-Hans"
                reading.warn("not-a-language", message, place(key))
    for language in reading.languages:
        if not has_words(language) and not _keys_at(value, "words"):
            reading.warn(
                "untranslated", f"there are no interface words for {language}, and the English ones stand in",
                place("languages" if settings.languages else "language"),
                f"there are words for {', '.join(spoken())}; put your own below words:",
            )  # fmt: skip
    if settings.current_date and not read_when(settings.current_date):
        message = (
            f"{settings.current_date!r} is no date; the newest date in the data stands for today"
        )
        reading.warn(
            "not-a-date", message, place("current_date"), "write a day, such as 2026-05-01"
        )
    for name in settings.collections:
        if name == "pages" or not _COLLECTION.fullmatch(name):
            message = f"{name!r} can be no collection's name, which is that of a folder in content/"
            reading.warn("not-a-collection", message, place("collections"), "give it another name")


_WEB_ADDRESS = re.compile(
    r"https?://[^\s/?#@\[\]\"<>]+(?:/(?!\.{0,2}/|\.{1,2}$)[^\s/?#\"<>]*)*", re.IGNORECASE
)
"""No password, which would be published; no query; no step back."""


def _site_url(url: str, options: Options, value: Value, problems: Problems) -> str:
    """The published address in the one form that the rest relies on."""
    if not url:
        return ""
    found = _WEB_ADDRESS.fullmatch(url)
    if found:
        return found[0].rstrip("/")
    given = isinstance(value, Map) and not options.url
    place = value.at("url") if given and isinstance(value, Map) else None
    problems.error(
        "not-a-url", f"expected an address such as https://me.github.io/repo, found {url!r}", place,
        "begin it with https://; it holds no password, ? or #, and a blank is %20",
    )  # fmt: skip
    return ""
