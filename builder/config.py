"""What one build is set up by: site.yaml, read and checked, and what the command line says."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from builder import csl_style, fields, leaves
from builder.problems import Place, Problems
from builder.run import Options
from builder.settings import Settings
from builder.text.dates import read_when
from builder.text.files import read_text
from builder.text.words import has_words, spoken
from builder.text.yaml import Map, Seq, Value, read_yaml

SITE_FILE = "site.yaml"


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
    if value is not None and not isinstance(value, Map):
        problems.error(
            "wrong-shape", f"site.yaml must be keys with their values, found {leaves.found(value)}",
            Place(SITE_FILE, 1, 1), "write lines such as title: My name",
        )  # fmt: skip
    elif value is not None:
        languages = _languages(value)
        reading = fields.Reading(problems=problems, language=languages[0], languages=languages)
        settings = fields.read(Settings, value, Place(SITE_FILE, 1), reading) or settings
        settings = _with_style(settings, _style_of(settings, root, value, problems))
        _check(settings, value, reading)
        for language in languages[1:]:
            there = msgspec.structs.replace(
                reading, language=language, untranslated=settings.untranslated
            )
            found = fields.read(Settings, value, Place(SITE_FILE, 1), there)
            translated[language] = _with_style(found or settings, settings.citation_style)
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


def _with_style(settings: Settings, style: Any) -> Settings:
    return msgspec.structs.replace(settings, citation_style=style)


def _style_of(settings: Settings, root: Path, value: Value, problems: Problems) -> str:
    """The citation style, that of a file by what the file holds."""
    typed: str = settings.citation_style
    if not typed.lower().endswith(csl_style.ENDING):
        return typed
    key = "citation_style" if isinstance(value, Map) and "citation_style" in value else "csl"
    place = value.at(key) if isinstance(value, Map) else None
    return csl_style.found_style(typed, root, place, problems) or Settings().citation_style


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
            "write # and three or six of 0–9 and a–f, in quotes, for a # begins a comment in YAML",
        )  # fmt: skip
    for code, at in _codes(value):
        if not _LANGUAGE.fullmatch(code.replace("_", "-")):
            message = f"{code!r} is not a language code such as en or zh-Hans"
            reading.warn(
                "not-a-language", message, at, "codes are as in en, de, fr, pt-BR, zh-Hans"
            )
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
            at = _keys_at(value, "collections").get(name, place("collections"))
            reading.warn("not-a-collection", message, at, "give it another name")


def _codes(value: Value) -> Iterator[tuple[str, Place]]:
    """The language codes of site.yaml, and where each was typed."""
    if not isinstance(value, Map):
        return
    for given, at in ((value.get(key), value.at(key)) for key in ("language", "languages")):
        several = given if isinstance(given, Seq) else [given]
        places = given.items_at if isinstance(given, Seq) else [at]
        yield from ((c, at) for c, at in zip(several, places, strict=True) if isinstance(c, str))


_WEB_ADDRESS = re.compile(
    r"https?://[^\s/?#@\[\]\"<>]+(?:/(?!\.{0,2}/|\.{1,2}$)[^\s/?#\"<>]*)*", re.IGNORECASE
)
"""No password, which would be published; no query; no step back."""


def _site_url(url: str, options: Options, value: Value, problems: Problems) -> str:
    """The published address in the one form that the rest relies on."""
    if not url:
        return ""
    found = _WEB_ADDRESS.fullmatch(url)
    is_page = url.lower().endswith((".html", ".htm"))
    if found and not is_page:
        return found[0].rstrip("/")
    given = isinstance(value, Map) and not options.url
    place = value.at("url") if given and isinstance(value, Map) else None
    problems.error(
        "not-a-url", f"expected an address such as https://me.github.io/repo, found {url!r}", place,
        "leave out the name of the page" if is_page
        else "begin it with https://; it holds no password, ? or #, and a blank is %20",
    )  # fmt: skip
    return ""
