"""Reads the names of people as they are typed: one in plain text, or a list of them in TeX.

Splitting a name follows BibTeX (`name_parts`); around it stands what people type that BibTeX never
meant: signs behind names, Chinese names, lists that no `and` divides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from unicodedata import normalize

from builder.text.name_parts import name_parts
from builder.text.patterns import late
from builder.text.person import PARTICLES, PersonName, fold, is_cjk, same_person
from builder.text.tex import to_rich, to_text
from builder.text.urls import decode_entities

__all__ = [
    "MARKS", "Names", "PersonName", "ReadName", "fold", "from_text", "read_names", "same_person",
    "split_marks",
]  # fmt: skip

MARKS = "*∗†‡§¶‖&^"
"""The signs that al-folio's users put behind a name: equal contribution, corresponding author."""

_KANA = re.compile("[\u3040-\u30ff·]")
_COMPOUND = frozenset(
    {"欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙",
     "公孫", "慕容", "令狐", "司徒", "夏侯", "端木", "南宫", "南宮", "独孤", "獨孤", "남궁", "황보", "제갈",
     "선우", "독고", "사공", "서문"}
)  # fmt: skip
_SUFFIX = r"(?:(?:Jr|Sr|Jnr|Snr|Esq)\.?|II|III|IV|VI{1,3}|Ph\.?D\.?)"
_SUFFIXES = frozenset(
    {"Jr", "Sr", "Jnr", "Snr", "Esq", "II", "III", "IV", "VI", "VII", "VIII", "PhD", "Ph.D"}
)
"""The same without full stops: a name that has none of these words has no suffix."""
_TEAM = re.compile(
    r"^team\s|\s(?:collaborations?|collaborators|consorti(?:um|a)|team|initiative|group"
    r"|investigators|committee|project|society|association|institute|foundation|network)$",
    re.IGNORECASE,
)


class ReadName(NamedTuple):
    """One name of a list."""

    name: PersonName
    marks: str = ""
    """The signs of `MARKS` that stood behind it, such as `*†`, each as one character."""


class Names(NamedTuple):
    """What a list of names holds."""

    names: tuple[ReadName, ...] = ()
    others: bool = False
    """Whether it ends in `and others`."""
    complaints: tuple[str, ...] = ()
    """What was not as BibTeX has it, in short phrases for the caller's warnings."""


# ---- one name -------------------------------------------------------------------------------


def split_marks(text: str) -> tuple[str, str]:
    """A plain name and the signs of `MARKS` behind it: `Li Ming*,†` is `Li Ming` and `*†`."""
    bare = text.rstrip(MARKS + "＊, \u00a0")
    marks = _marks_in(text[len(bare) :])
    return (bare, marks) if marks and bare else (text.strip(), "")


def _marks_in(text: str) -> str:
    return "".join("*" if c in "∗＊" else c for c in text if c in MARKS or c == "＊")


def from_text(name: str) -> PersonName:
    """The parts of a plain name as YAML has it: `Emmy Noether`, `O'Brien, Conan`, `王小明`.

    Signs and stars around it are for the caller to take off first (`split_marks`). Braces around
    the whole keep it whole, as in BibTeX.
    """
    text = _spaced(name.replace("{", "").replace("}", ""))
    whole = name.strip().startswith("{") and name.strip().endswith("}")
    return PersonName(literal=text) if whole else _person(text, _spaced)


def _spaced(text: str) -> str:
    return normalize("NFC", " ".join(text.split()))


def _person(raw: str, plain: Callable[[str], str]) -> PersonName:
    """The parts of one name; `plain` takes the markup off a part, after it has served to split."""
    raw = raw.replace("，", ",")
    text = plain(raw)
    if is_cjk(text):
        return _cjk_person(text)
    if _TEAM.search(text):
        return PersonName(literal=text)
    if not _PROTECTING.search(raw):
        raw = text
    raw, suffix = _suffix_off(raw)
    parts = name_parts(raw)
    given, particle, family, junior = (
        plain(" ".join(words)) for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    if not given and particle and particle.split()[0] not in PARTICLES:
        given, particle = particle, ""
    elif given and not particle and set(given.split()) <= PARTICLES:
        given, particle = "", given
    if not given and not particle:
        return PersonName(literal=family)
    return PersonName(given=given, particle=particle, family=family, suffix=junior or plain(suffix))


_PROTECTING = re.compile(r"(?<!\\.)\{(?!\\)")
"""A brace that keeps words together or their case as it is, not one that an accent needs."""


def _suffix_off(raw: str) -> tuple[str, str]:
    """The name without a suffix that BibTeX would take for the family or a given name."""
    if _SUFFIXES.isdisjoint(word.rstrip(".") for word in re.split(r"[\s,]+", raw)):
        return raw, ""
    for form in (
        rf"([^,]+),\s*({_SUFFIX})\s*",
        rf"([^,]+\s[^,]+),?\s+({_SUFFIX})\s*",
        rf"([^,]+,[^,]+),?\s+({_SUFFIX})\s*",
    ):
        if found := re.fullmatch(form, raw):
            return found[1], found[2]
    if found := re.fullmatch(rf"([^,]+?)\s+({_SUFFIX})\s*(,[^,]+)", raw):
        return found[1] + found[3], found[2]
    return raw, ""


def _cjk_person(text: str) -> PersonName:
    """A name in CJK script: its words are family and given name; one word is cut by custom.

    Chinese and Korean families have one character but for the known compounds; of four
    characters two are taken, as in Japan. A name in kana without a space cannot be cut.
    """
    words = text.split()
    if len(words) == 2:
        return PersonName(family=words[0], given=words[1])
    if len(words) > 2 or _KANA.search(text) or not 2 <= len(text) <= 4:
        return PersonName(literal=text)
    cut = 2 if len(text) == 4 or (len(text) == 3 and text[:2] in _COMPOUND) else 1
    return PersonName(family=text[:cut], given=text[cut:])


# ---- a list of names in TeX -----------------------------------------------------------------

_SIGN = (
    r"(?:\\(?:d?dag(?:ger)?|S|P|ast|Vert|textdagger(?:dbl)?|textasteriskcentered|textsection"
    r"|textparagraph|textasciicircum)(?![A-Za-z])(?:\{\})?|\\[&*|]|\\\^\{\}|(?<!\\)[*∗＊†‡§¶‖^])"
)
_NUMBERED = rf"(?:{_SIGN}|[\s,0-9{{}}])+"
_TEX_MARKS = late(
    rf"((?:\s*(?:\$\s*\^?{_NUMBERED}\$|\\textsuperscript\s*\{{(?:\$\^?)?{_NUMBERED}\$?\}}"
    rf"|\{{{_SIGN}+\}}|{_SIGN}|(?<=\S)&))+)(?=\s*\}}?\s*(?:,|$))"
)
_MARKING = frozenset(MARKS + "＊$")
_MARKING_MACRO = late(r"\\(?:d?dag|[SP|]|ast|Vert|text)")
_HTML_TAG = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|span)\b[^>]*>", re.IGNORECASE)
_LEGEND = late(rf"\s*\((?:[{MARKS}]|[^()]*(?:contribut|correspond))[^()]*\)\s*$")
_OTHERS = re.compile(r"(?:others|et\.?\s*al\.?|…|\.\.\.)", re.IGNORECASE)
_ET_AL = re.compile(r",?\s+et\.?\s+al\.?\s*$", re.IGNORECASE)


def read_names(value: str) -> Names:
    r"""The people in a BibTeX name list, in TeX, with the signs that stand behind their names.

    Names are divided by `and`; lists divided by commas, semicolons, `&` or lines are recognised
    and told. `{Braces}` around a whole name keep it whole: a team. Never raises.
    Source: "Tame the BeaST", section 11, and biblatex's manual, section 3.6, for `given=, family=`.
    """
    told: list[str] = []
    value = _HTML_TAG.sub("", decode_entities(value)).strip()
    if "(" in value and (legend := _LEGEND().search(value)):
        told.append(f"text after the names left out: {legend[0].strip()}")
        value = value[: legend.start()]
    if ending := _ET_AL.search(value):
        told.append("“et al.” read as “and others”")
        value = f"{value[: ending.start()]} and others"
    names: list[ReadName] = []
    others = False
    for piece in _pieces(value, told):
        if _OTHERS.fullmatch(piece.strip("{} ")):
            others = True
            continue
        read, complaints = _read_one(piece)
        told += complaints
        names += [read] if read else []
    return Names(tuple(names), others, tuple(dict.fromkeys(told)))


@lru_cache(maxsize=8192)
def _read_one(raw: str) -> tuple[ReadName | None, list[str]]:
    """A single name in TeX, and complaints; None where nothing is left but signs."""
    told = to_rich(raw)[1] if "\\" in raw else []
    signs = to_text("".join(found[0] for found in _marks_of(raw)))
    bare = _unwrapped(_TEX_MARKS().sub("", raw)) if signs else _unwrapped(raw)
    if any(c.isdigit() for c in signs):
        told = [*told, f"numbers behind {to_text(bare)} left out"]
    if re.match(r"(?:family|given|prefix|suffix)(?:-i)?\s*=", bare):
        name = _extended(bare)
    elif " " in bare and not _masked(bare).strip("\0"):
        name = PersonName(literal=to_text(bare))
    else:
        name = _person(bare, to_text)
    return (ReadName(name, _marks_in(signs)) if name != PersonName() else None), told


def _marks_of(raw: str) -> Iterable[re.Match[str]]:
    if _MARKING.isdisjoint(raw) and not ("\\" in raw and _MARKING_MACRO().search(raw)):
        return ()
    return _TEX_MARKS().finditer(raw)


_WRAPPING = late(
    r"\\(?:textbf|textit|emph|underline|uline|textsc|mathbf|textrm|mbox|hl)\s*\{(.*)\}"
    r"|\{\s*\\(?:bf|it|em|sc|bfseries|itshape|scshape)(?![A-Za-z])\s*(.*)\}",
    re.DOTALL,
)


def _unwrapped(raw: str) -> str:
    """The name without emphasis around the whole of it, with which authors point at themselves."""
    raw = raw.strip()
    while raw[:1] in ("\\", "{") and (wrapping := _WRAPPING().fullmatch(raw)):
        inner = wrapping[1] if wrapping[1] is not None else wrapping[2]
        if not _balanced(inner):
            break
        raw = inner.strip()
    return raw


def _balanced(text: str) -> bool:
    steps = (1 if brace == "{" else -1 for brace in re.findall(r"(?<!\\)[{}]", text))
    depths = list(accumulate(steps, initial=0))
    return min(depths) == depths[-1] == 0


def _extended(raw: str) -> PersonName:
    """A name in biblatex's extended format: `family=Cruz, given=Ana, prefix={de la}`."""
    said: dict[str, str] = {}
    for part in _split_outside(raw, r","):
        key, _, value = part.partition("=")
        said[key.strip().lower()] = to_text(value.strip().strip('"'))
    if "given" not in said and "prefix" not in said:
        return PersonName(literal=said.get("family", ""))
    return PersonName(
        given=said.get("given", ""),
        family=said.get("family", ""),
        particle=said.get("prefix", ""),
        suffix=said.get("suffix", ""),
    )


# ---- dividing the list ----------------------------------------------------------------------


def _pieces(value: str, told: list[str]) -> Iterator[str]:
    """The single names, still in TeX."""
    typed = _split_outside(value, r"(?i)(?:^|(?<=\s))and(?=\s|$)")
    if len(typed) == 1:
        for sign, pattern in ((";", "[;；]"), ("、", "、"), ("&", r"\s\\?&\s"), ("line", r"\n")):
            parts = _split_outside(value, pattern)
            if len(parts) > 1 and all(map(_looks_whole, parts)):
                told.append(f"names divided by “{sign}” instead of “and”")
                typed = parts
                break
    for piece in typed:
        parts = _comma_list(piece, typed)
        if len(parts) > 1:
            told.append("names divided by commas instead of “and”")
        yield from parts


def _looks_whole(part: str) -> bool:
    return " " in part or "," in part or part.startswith("{") or is_cjk(part)


def _comma_list(piece: str, typed: list[str]) -> list[str]:
    """The names in a piece that `and` does not divide: several where commas must be dividing.

    BibTeX allows two commas in a name, as in `Family, Jr., Given`; so three parts are names if
    each has two words, and two parts only before a last `and` with a name that has no comma.
    """
    parts = _split_outside(piece, "[,，]")
    single = [" ".join(piece.strip(" ,;").split())] if parts else []
    if len(parts) < 2 or "=" in piece or any(re.fullmatch(_SUFFIX, part) for part in parts[1:3]):
        return single
    full = all(len(part.split()) > 1 for part in parts)
    if len(parts) == 2:
        before_last = piece.rstrip().endswith(",") or (
            len(typed) == 2 and bool(_TWO_WORDS().fullmatch(typed[1]))
        )
        names = full and before_last and piece is typed[0] and _plain_names(parts)
        return parts if names else single
    if len(parts) == 3:
        return parts if full or all(map(is_cjk, parts)) else single
    alternate = all(map(_INITIALS().fullmatch, parts[1::2])) or not any(" " in p for p in parts)
    if alternate and len(parts) % 2 == 0 and not any(map(is_cjk, parts)):
        return [", ".join(pair) for pair in zip(parts[::2], parts[1::2], strict=True)]
    return parts


_TWO_WORDS = late(r"[^\s,{}]+\s[^,{}]+")
_INITIALS = late(r"(?:[^\W\d_](?:\.|(?=\W|$))[\s-]*)+")


def _plain_names(parts: list[str]) -> bool:
    """Whether none of the parts is but the family name or the initials of one."""
    return not any(p.split()[0] in PARTICLES or _INITIALS().fullmatch(p) for p in parts)


def _masked(text: str) -> str:
    """The text with NUL for every character within braces, and for the braces."""
    if "{" not in text:
        return text
    depth, out = 0, []
    for piece in re.split(r"(\\.|[{}])", text, flags=re.DOTALL):
        inside = depth > 0 or piece == "{"
        depth = max(0, depth + (piece == "{") - (piece == "}"))
        out.append("\0" * len(piece) if inside else piece)
    return "".join(out)


def _split_outside(text: str, pattern: str) -> list[str]:
    """The non-empty parts between the matches of a pattern that are not within braces."""
    masked, parts, start = _masked(text), [], 0
    for found in re.finditer(pattern, masked):
        parts.append(text[start : found.start()])
        start = found.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip(" \t\r\n,;")]
