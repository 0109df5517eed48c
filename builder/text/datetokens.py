"""Cuts a text into the words and numbers of dates, in the languages that CVs are written in.

Numbers are read with what joins them, since that decides what they are: `2024.10` is a month,
`2021/22` an academic year, `2015–19` a range.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from builder.text.person import fold
from builder.text.urls import decode_entities
from builder.text.when import SEASONS, Season

# ---- words ----------------------------------------------------------------------------------

_MONTHS = """
    jan january januar janner janvier janv enero ene gennaio janeiro januari يناير
    feb february februar feber fevrier fevr fev febrero febbraio fevereiro februari فبراير
    mar march marz maerz mrz mars marzo marco maart مارس
    apr april avril avr abril abr aprile أبريل
    may mai mayo maggio maio mei مايو
    jun june juni juin junio giugno junho يونيو
    jul july juli juillet juil julio luglio julho يوليو
    aug august aout agosto ago augustus أغسطس
    sep sept september septembre septiembre setiembre settembre setembro سبتمبر
    oct october oktober okt octobre octubre ottobre outubro أكتوبر
    nov november novembre noviembre novembro نوفمبر
    dec december dezember dez decembre diciembre dic dicembre dezembro ديسمبر
"""
_SEASONS = """
    spring fruhling fruhjahr printemps primavera 春 春季 春学期 봄 ربيع
    summer sommer ete verano estate 夏 夏季 여름 صيف
    autumn fall herbst automne otono autunno 秋 秋季 秋学期 가을 خريف
    winter hiver invierno inverno 冬 冬季 겨울 شتاء
"""
_TERMS: dict[str, tuple[Season, str]] = {
    "michaelmas": ("autumn", "Michaelmas"), "hilary": ("spring", "Hilary"),
    "lent": ("spring", "Lent"), "trinity": ("summer", "Trinity"), "easter": ("summer", "Easter"),
    "ws": ("winter", "WS"), "wise": ("winter", "WiSe"), "ss": ("summer", "SS"),
    "sose": ("summer", "SoSe"), "wintersemester": ("winter", "Wintersemester"),
    "sommersemester": ("summer", "Sommersemester"), "hs": ("autumn", "HS"), "fs": ("spring", "FS"),
    "herbstsemester": ("autumn", "Herbstsemester"),
    "fruhjahrssemester": ("spring", "Frühjahrssemester"),
}  # fmt: skip
_OTHERS = {
    "present": """present now today current currently ongoing heute gegenwart laufend
        aujourd'hui actuel actuellement cours actualidad presente actual hoy oggi hoje nu heden
        至今 迄今 现在 現在 目前 现今 今 현재 الآن""",
    "date": "date",
    "dash": "to until till til through thru bis a au al ate hasta jusqu'a jusqu'en 至 到 から 부터 إلى حتى",
    "since": "since from seit ab depuis desde 自 以来 以來 起 منذ",
    "expected": """expected exp anticipated planned scheduled graduating erwartet voraussichtlich
        geplant prevu prevue previsto prevista 预计 預計 予定 예정 متوقع""",
    "about": "c ca circa about approx approximately around etwa um vers environ hacia 约 約 頃 نحو",
    "and": "and und et y e ・ و",
    "noise": """of the in on de del di du le la im den von der semester term quarter session academic
        year ay graduation mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri
        friday sat saturday sun sunday 学期 學期 年度 まで 까지""",
}


PARTS = ("year", "till", "month", "day", "season", "term")
"""The tokens that make a date; `till` is the second year of an academic one."""


class Token(msgspec.Struct, frozen=True):
    """A word or number of a date, in what it means."""

    kind: str
    """One of `PARTS`; `dash comma and` between dates; `present since expected about` beside them,
    and `date` in `2019 to date`; `noise` and `skip` say nothing; `other` is no word of a date."""
    value: Any = None
    """A number, a season, or a term's season and name."""
    text: str = ""
    """As it was typed, folded."""


def _lexicon() -> Iterator[tuple[str, Token]]:
    for number, line in enumerate(_MONTHS.strip().splitlines(), 1):
        yield from ((fold(word), Token("month", number)) for word in line.split())
    for season, line in zip(SEASONS, _SEASONS.strip().splitlines(), strict=True):
        yield from ((word, Token("season", season)) for word in line.split())
    yield from ((word, Token("term", term)) for word, term in _TERMS.items())
    for kind, words in _OTHERS.items():
        yield from ((fold(word), Token(kind)) for word in words.split())


_LEXICON = dict(_lexicon())

# ---- tokens ---------------------------------------------------------------------------------

_RARE = {**dict.fromkeys("‐‑‒–—―−─━〜→", "dash"), **dict.fromkeys("、،", "comma")}
"""Signs that the pattern leaves as `other`: a set of signs of many scripts takes long to compile."""
_WORDS = "|".join(sorted((w for w in _LEXICON if not w.isascii()), key=len, reverse=True))
_TOKEN = re.compile(
    rf"""(?P<ymd>[0-9]{{4}}(?P<s>[-./])[0-9]{{1,2}}(?P=s)[0-9]{{1,2}}(?![0-9a-z])
        |[0-9]{{8}}(?![0-9a-z]))
    |(?P<dmy>[0-9]{{1,2}}(?P<t>[-./])[0-9]{{1,2}}(?P=t)[0-9]{{4}}(?![0-9a-z]))
    |(?P<asian>[0-9]{{4}}\s*[年년](?:\s*[0-9]{{1,2}}\s*[月월](?:\s*[0-9]{{1,2}}\s*[日일号號])?)?)
    |(?P<month>[0-9]{{1,2}}\s*[月월](?:\s*[0-9]{{1,2}}\s*[日일号號])?)
    |(?P<pair>[0-9]{{4}}(?:[-./\u2012\u2013][0-9]{{1,2}}|/[0-9]{{4}})(?![0-9a-z]))
    |(?P<my>[0-9]{{1,2}}[-./][0-9]{{4}}(?![0-9a-z]))
    |(?P<year>[0-9]{{4}}(?![0-9a-z]))
    |(?P<day>[0-9]{{1,2}}(?:st|nd|rd|th|er|[日일号號])?(?![0-9a-z])\.?)
    |(?P<about>\?|%|^\s*~|~\s*$)
    |(?P<dash>[~/-])
    |(?P<comma>[,;])
    |(?P<and>[&+])
    |(?P<asia>{_WORDS})
    |(?P<word>[a-z]+(?:'[a-z]+)?\.?)
    |(?P<skip>[\s()\[\]{{}}]+|季|\.\.)
    |(?P<other>[0-9a-z]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_CLOCK = re.compile(
    r"(?<=[0-9])(?:t|\s+)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:z|utc|gmt|[+-]\d\d:?\d\d)?(?!\w)"
)
_SHORT_TERM = re.compile(
    r"\b(ws|ss|wise|sose|hs|fs|(?:winter|sommer)semester)\s*'?([0-9]{2})(?![0-9])"
)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of a text, case and accents aside; clock times go, all else stands as `other`."""
    plain = fold(decode_entities(text).translate(_INVISIBLE))
    plain = _SHORT_TERM.sub(r"\1 20\2", _CLOCK.sub("", plain))
    for found in _TOKEN.finditer(plain):
        typed = found[0]
        if found["word"] or found["asia"]:
            token = _LEXICON.get(typed.rstrip("."), Token("other"))
            yield replace(token, text=typed)
        elif reader := _NUMBERS.get(kind := _kind(found)):
            parts = reader(typed, *(int(n) for n in re.findall("[0-9]+", typed)))
            yield from (
                replace(token, text=typed if at == 0 else "") for at, token in enumerate(parts)
            )
        else:
            yield Token(kind, text=typed)


def _kind(found: re.Match[str]) -> str:
    kind = str(found.lastgroup)
    return _RARE.get(found[0], kind) if kind == "other" else _SAME_KIND.get(kind, kind)


_SAME_KIND = {"s": "ymd", "t": "dmy"}
"""Groups within those that name a kind."""


def _year_first(typed: str, *numbers: int) -> list[Token]:
    if len(numbers) == 1 and len(typed) == 8:
        numbers = (int(typed[:4]), int(typed[4:6]), int(typed[6:]))
    return [Token(kind, n) for kind, n in zip(("year", "month", "day"), numbers, strict=False)]


def _year_last(typed: str, first: int, second: int, year: int) -> list[Token]:
    """`31.12.2020`; with slashes the month may come first, and then only a number over 12 tells."""
    if "." not in typed and first <= 12 and second <= 12 and first != second:
        return [Token("other")]
    day, month = (second, first) if second > 12 else (first, second)
    return _year_first("", year, month, day)


def _pair(typed: str, year: int, number: int) -> list[Token]:
    """A year and a month, an academic year, or a range whose end is cut short.

    `2024-09` and `2024/9` are months; `1903/04` and `2021–22`, a year and the next, are academic
    years; `2015-19` is a range; `2024-23` is a season of EDTF where it is no range.
    """
    joint, digits = typed[4], len(typed) - 5
    month = 1 <= number <= 12 and joint not in "\u2012\u2013"
    following = digits > 1 and number == (year + 1) % 10**digits
    if following and joint != "." and not (month and joint == "-"):
        return [Token("year", year), Token("till", year + 1)]
    if month:
        return [Token("year", year), Token("month", number)]
    if digits == 4:
        return [Token("year", year), Token("dash"), Token("year", number)]
    if digits == 2 and number > year % 100 and joint != ".":
        return [Token("year", year), Token("dash"), Token("year", year - year % 100 + number)]
    if 21 <= number <= 24 and joint == "-":
        return [Token("year", year), Token("season", SEASONS[number - 21])]
    return [Token("other")]


_NUMBERS: dict[str, Callable[..., list[Token]]] = {
    "ymd": _year_first,
    "asian": _year_first,
    "dmy": _year_last,
    "pair": _pair,
    "month": lambda _, month, *day: [Token("month", month), *(Token("day", d) for d in day)],
    "my": lambda _, month, year: [Token("month", month), Token("year", year)],
    "year": lambda _, year: [Token("year", year)],
    "day": lambda _, day: [Token("day", day)],
}
