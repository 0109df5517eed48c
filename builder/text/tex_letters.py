r"""Letters and signs as TeX types them: accents, symbols of letters, dashes, quotes and ties."""

from __future__ import annotations

import re
from unicodedata import normalize


def table(words: str) -> dict[str, str]:
    """A table from words in pairs, so that it can be read across."""
    pairs = words.split()
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361", "G": "\u030f", "f": "\u0311",
    "textcommabelow": "\u0326",
}  # fmt: skip
"""Macros of accents, and the character that puts each on the letter before it."""
SYMBOLS = table(r"""
    i ı  j ȷ  ss ß  SS SS  o ø  O Ø  l ł  L Ł  aa å  AA Å  ae æ  AE Æ  oe œ  OE Œ  dh ð  DH Ð
    th þ  TH Þ  dj đ  DJ Đ  textendash –  textemdash —  textquoteleft ‘  textquoteright ’
    textquotedblleft “  textquotedblright ”  textquotedbl "  lq ‘  rq ’  guillemetleft «
    guillemetright »  flqq «  frqq »  glqq „  grqq “  glq ‚  grq ‘  textless <  textgreater >
    textbar |  textasciitilde ~  textasciicircum ^  textunderscore _  textbraceleft {
    textbraceright }  textbackslash \  degree °  circledR ®  texttrademark ™  textregistered ®
    copyright ©  textcopyright ©  euro €  EUR €  pounds £  S §  P ¶  dag †  ddag ‡  dagger †
    ddagger ‡  textdagger †  textdaggerdbl ‡  textperiodcentered ·  textasteriskcentered *
    textprime ′  ldots …  dots …  LaTeX LaTeX  TeX TeX  LaTeXe LaTeX2ε  BibTeX BibTeX
    slash /  hyp -  hyphen -  & &  % %  $ $  # #  _ _  { {  } }
""") | {
    **dict.fromkeys((" ", "\n", "\t", "\\", "newline", "par", "linebreak", "quad", "space"), " "),
    ";": "\u00a0", ":": "\u00a0", "nobreakspace": "\u00a0", ",": "\u202f", "thinspace": "\u202f",
}  # fmt: skip
"""Macros that are a character of their own."""


def accented(accent: str, base: str) -> str:
    r"""What an accent of `ACCENTS` makes of the letters that it is given, `\v{c}`."""
    letter = {"ı": "i", "ȷ": "j"}.get(base[:1], base[:1])
    if not letter.strip():
        return accent + base if accent in "~^\"'`" else base
    return composed(letter + ACCENTS[accent] + base[1:])


_LETTER = re.compile(
    r"""(?<!\\)(\{)?\\(?:(["'`^~=.]|[uvHckrdb](?=\{))(?:([A-Za-z])|\{([A-Za-z])\})
        |(ss|[oOlL]|ae|AE|oe|OE|aa|AA)(?=\}))(?(1)\})""",
    re.VERBOSE,
)


def with_letters(text: str) -> str:
    r"""The text with accented and other letters of Latin as themselves: `{\"o}`, `\v{c}`, `{\ss}`.

    What is less plainly typed stays, backslash and all.
    """
    return _LETTER.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    accent, base = found[2], found[3] or found[4]
    return accented(accent, base) if accent else SYMBOLS[found[5]]


_LIGATURES = table("--- — -- – `` “ '' ” ?` ¿ !` ¡") | {"~": "\u00a0"}
_LIGATURE = re.compile(r"https?://[^\s{}]+|---?|``|''|~|[?!]`(?=\w)|`[^`']+'(?!')")


def typeset(text: str) -> str:
    """TeX's ligatures as characters: dashes, quotes, ties; an address stays as it is."""
    return _LIGATURE.sub(_ligature, text)


def _ligature(found: re.Match[str]) -> str:
    typed = found[0]
    if typed[0] == "`" and typed != "``":
        return f"‘{typeset(typed[1:-1])}’"
    return _LIGATURES.get(typed, typed)


def composed(text: str) -> str:
    """The text with each letter and its accents as one character, where there is one."""
    return text if text.isascii() else normalize("NFC", text)
