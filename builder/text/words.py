"""Interface words and dates of a language: data files in `builder/languages/`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import msgspec

from builder.problems import Problems
from builder.text.dates import DateWords
from builder.text.yaml import Map, Seq, read_yaml

FOLDER = Path(__file__).parent.parent / "languages"


class Words(msgspec.Struct, frozen=True):
    """The words of one language, whole: what its file lacks is English."""

    language: str
    labels: dict[str, str]
    dates: DateWords
    headings: dict[str, str] = {}
    """Usual headings of a CV, in English and small letters, to what they are in this language."""

    def with_own(self, own: Mapping[str, str]) -> Words:
        """The same with words of the author's own, of the interface or headings."""
        labels = {key: word for key, word in own.items() if key in self.labels}
        headings = {k.casefold(): word for k, word in own.items() if k not in labels}
        return Words(self.language, self.labels | labels, self.dates, self.headings | headings)

    def __getitem__(self, key: str) -> str:
        return self.labels.get(key, key.replace("_", " "))

    def get(self, key: str, default: str = "") -> str:
        """The word for `key`, or `default`."""
        return self.labels.get(key, default)


def heading_key(title: str, language: str) -> str:
    """The English small letters under which headings know a usual heading of a CV in a language."""
    typed = title.casefold()
    headings = words_of(language).headings.items()
    return next((key for key, word in headings if word.casefold() == typed), typed)


_LEFTWARD = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages that are written from right to left, where no script is named that is not."""


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML's `dir` has it, of a language code."""
    base, *rest = language.split("-")
    if any(len(part) == 4 for part in rest):
        leftward = any(part.lower() in ("arab", "hebr", "thaa", "syrc") for part in rest)
    else:
        leftward = base.lower() in _LEFTWARD
    return "rtl" if leftward else "ltr"


def spoken() -> tuple[str, ...]:
    """The codes of the languages that there are words for."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


def has_words(language: str) -> bool:
    """Whether there are words for a language code, or one that it is a kind of."""
    return any((FOLDER / f"{code}.yaml").is_file() for code in _prefixes(language))


@functools.cache
def words_of(language: str) -> Words:
    """The words of a language code; `zh-Hans-CN` falls back to `zh-Hans`, `zh`, then English."""
    labels: dict[str, str] = {}
    dates: dict[str, object] = {}
    headings: dict[str, str] = {}
    for code in ["en", *_prefixes(language)]:
        document = _file(code)
        labels |= {k: v for k, v in _table(document, "labels").items() if isinstance(v, str)}
        headings |= {k: v for k, v in _table(document, "headings").items() if isinstance(v, str)}
        dates |= {k: _plain(v) for k, v in _table(document, "dates").items()}
    return Words(language, labels, msgspec.convert(dates, DateWords), headings)


_SCRIPT_OF = {"zh-hant": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant"}
"""The script that a region writes in, where it is not the language's usual one."""


def _prefixes(language: str) -> list[str]:
    parts = language.split("-")
    codes = ["-".join(parts[: n + 1]) for n in range(len(parts))]
    script = _SCRIPT_OF.get("-".join(parts[:2]).lower())
    return codes[:1] + [script] * (script not in codes) + codes[1:] if script else codes


@functools.cache
def _file(code: str) -> object:
    file = FOLDER / f"{code}.yaml"
    return read_yaml(file.read_text("utf-8"), file.name, Problems()) if file.is_file() else None


def _table(document: object, key: str) -> Map | dict[str, object]:
    table = document.get(key) if isinstance(document, Map) else None
    return table if isinstance(table, Map) else {}


def _plain(value: object) -> object:
    """The value without its places, as `msgspec` reads it."""
    if isinstance(value, Map):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, Seq) else value
