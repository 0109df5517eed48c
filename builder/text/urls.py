"""Addresses as people type them: vetted, repaired, and read for the identifiers they hold.

Data from outside may hold anything, and one `javascript:` link would undo every other care, so
that no address reaches a page but through `safe_url`. The repairs are those that .bib files need.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

from builder.text.patterns import late

SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})
"""The schemes that a link may have; an address without one belongs to the site itself."""
_SCRIPTING = frozenset({"javascript", "vbscript", "data", "file", "blob", "filesystem"})

_EDGES = " \t\r\n\f\v\u00a0\u200b\ufeff"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ENTITY = late(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def decode_entities(text: str) -> str:
    """The text with its HTML entities as characters: those with their semicolon, lest `?a=1&copy=2`
    lose its words."""
    return _ENTITY().sub(lambda entity: unescape(entity[0]), text) if "&" in text else text


def safe_url(text: str) -> str | None:
    """The address, if a link may lead there: a scheme of `SCHEMES`, or none at all.

    Edges are trimmed and inner spaces written as `%20`; otherwise it is returned as typed. None
    for the schemes that run or read things, however disguised (by case, control or invisible
    characters, entities, an encoded colon), for unknown schemes, backslashes and nothing at all.
    """
    url = text.strip(_EDGES)
    if not url or "\\" in url or (not url.isprintable() and any(map(_hidden, url))):
        return None
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in SCHEMES:
        return None
    bared = _SCHEME.match(_bared(url))
    if bared and bared[1].lower() in _SCRIPTING:
        return None
    return url.replace(" ", "%20")


def _hidden(char: str) -> bool:
    return char != " " and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Zs")


def _bared(url: str) -> str:
    """The address without any of the layers that could hide its scheme."""
    for _ in range(4):
        peeled = unquote(unescape(url))
        if peeled == url:
            break
        url = peeled
    if url.isprintable() and " " not in url:
        return url
    return "".join(c for c in url if not (_hidden(c) or c.isspace()))


_ANCHOR = re.compile(r"""<a\s[^>]*?href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_TEX_LINK = re.compile(r"\\(?:url|href|path|nolinkurl)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_TEX_TILDE = late(r"\\textasciitilde\s*(?:\{\})?|\\~\s*(?:\{\s*\})?|\$\s*\\sim\s*\$")
_TEX_UNDERSCORE = late(r"\\textunderscore\s*(?:\{\})?")
_TEX_ESCAPE = late(r"\\([_%&#$~{}/-])")
_NEXT_URL = re.compile(r"\s+(?=https?://|www\.)", re.IGNORECASE)


def clean_url(value: str) -> str | None:
    r"""The address in a field of a .bib file or front matter, mended; None if none is safe.

    Takes the address out of `<a href>`, `\url{}` and `<...>`, undoes TeX escapes (`{\_}`) and HTML
    entities, keeps the first of several, and spells out `doi:10.1/x`, `10.1/x`, `arXiv:2401.01230`
    and `www.`.
    """
    url = _bare(value)
    if scheme := re.match(r"(doi|arxiv)\s*:\s*(?=https?://)", url, re.IGNORECASE):
        url = url[scheme.end() :]
    if "://" not in url:
        if number := doi(url):
            return safe_url(f"https://doi.org/{number}")
        if number := re.match(r"arxiv\s*:", url, re.IGNORECASE) and arxiv(url):
            return safe_url(f"https://arxiv.org/abs/{number}")
    return safe_url(f"https://{url}" if url.lower().startswith("www.") else url)


def _bare(value: str) -> str:
    """The address within its wrappings of HTML and TeX."""
    url = value.strip(_EDGES)
    if anchor := _ANCHOR.search(url):
        url = anchor[1]
    if wrapped := _TEX_LINK.search(url):
        url = wrapped[1]
    if "\\" in url:
        url = _TEX_UNDERSCORE().sub("_", _TEX_TILDE().sub("~", url))
        url = _TEX_ESCAPE().sub(r"\1", url)
    url = decode_entities(url).replace("{", "").replace("}", "")
    url = url.strip(_EDGES + "\"'")
    if url.startswith("<") and url.endswith(">"):
        url = url[1:-1].strip(_EDGES)
    return _NEXT_URL.split(url, maxsplit=1)[0]


_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi[\s:]*)*(10\.\d{4,9}(?:\.\d+)*/\S+)",
    re.IGNORECASE,
)


def doi(value: str) -> str | None:
    """The bare DOI of a field: from `https://doi.org/10.1000/x`, `doi:10.1000/x`, an HTML anchor.

    Its case is kept as typed, though DOIs are compared without it; a sentence's full stop at its
    end goes. None where there is none, and for a publisher's address that holds one: that may
    have more behind it. Source: the DOI Handbook, section 2.2.
    """
    found = _DOI.match(unquote(_bare(value)))
    if not found:
        return None
    number = found[1].rstrip(".,;")
    while number.endswith(")") and number.count(")") > number.count("("):
        number = number[:-1].rstrip(".,;")
    return number if not number.endswith("/") else None


_ARXIV = re.compile(
    r"""(?:(?:https?://)?(?:[a-z]+\.)*arxiv\.org/(?:abs|pdf|html|format)/   # an address
        |(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\.|10\.48550/arxiv\.
        |(?:(?:arxiv|e-?prints?|preprint)[\s:]*)+)?
        (\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Za-z]{2})?/\d{7})    # since April 2007; before
        (?:v\d+)?(?:\.pdf)?/?(?:\s*\[[^\]]*\])?(?:[?\#].*)?$""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def arxiv(value: str) -> str | None:
    """The arXiv number of a field or address, without its version: `2401.01230`, `math/0211159`.

    The version goes, because a paper is the same paper in all of them. None where there is none.
    Source: arXiv's identifier schemes, https://info.arxiv.org/help/arxiv_identifier.html
    """
    found = _ARXIV.match(_bare(value))
    return found[1] if found else None


_HOST = late(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)", re.IGNORECASE)


def host(url: str) -> str:
    """The host of an address in lower case, without `www.`; empty where it has none."""
    found = _HOST().match(url.strip(_EDGES))
    return found[1].lower().removeprefix("www.") if found else ""
