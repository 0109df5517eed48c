"""Lines in a `.csl` style of the author's own, through citeproc-py, which the extra `csl` brings."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from builder.citing.csl_signs import (
    Decoder,
    coded,
    coded_name,
    with_given_names,
    with_more,
    with_owners,
)
from builder.citing.pieces import Pieces
from builder.csl_style import CslStyle
from builder.model.exchange import item_of
from builder.model.publications import Publication
from builder.text.csl import read_rich
from builder.text.rich import Node
from builder.text.words import Words

_UNSAID = ("abstract", "keyword", "status", "citation-key")
_LOCALES = {
    "en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES", "ja": "ja-JP", "ar": "ar", "zh": "zh-CN",
    "pt": "pt-PT", "it": "it-IT", "nl": "nl-NL", "ru": "ru-RU",
}  # fmt: skip


class CslFailed(Exception):
    """The processor could not write a line; its words say why."""


def csl_line(paper: Publication, style: CslStyle, words: Words, linked: bool = True) -> Pieces:
    """One publication in the style; raises `CslFailed` where the processor gives up."""
    kept: list[Node] = []
    item = item_of(paper, _outside) | {"id": "x"}
    item["title"] = coded(paper.title.unlinked.nodes, kept)
    item["container-title"] = coded(paper.container.unlinked.nodes, kept)
    item["author"] = [coded_name(n, author.name) for n, author in enumerate(paper.authors)]
    said = {name: value for name, value in item.items() if value and name not in _UNSAID}
    locale = style.locale or _LOCALES.get(words.language.partition("-")[0], "en-US")
    text = _mended(_written(style, locale, json.dumps(said, sort_keys=True)), locale)
    text = with_owners(text, paper.authors, words["et_al_short"])
    text = with_given_names(text, paper.authors)
    if paper.others:
        text = with_more(text, words["et_al_short"])
    decoder = Decoder(paper, kept, paper.address if linked else "")
    return tuple(decoder.pieces(read_rich(text)[0].nodes))


def _outside(url: str) -> str:
    return url if "://" in url else ""


@lru_cache(maxsize=8192)
def _written(style: CslStyle, locale: str, item: str) -> str:
    """What the processor makes of one item: HTML of a few tags."""
    import warnings

    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            source = CiteProcJSON([json.loads(item)])
            made = CitationStylesBibliography(_opened(style, locale), source, formatter.html)
            made.register(Citation([CitationItem("x")]))
            return "".join(map(str, made.bibliography()))
    except Exception as error:
        raise CslFailed(f"{type(error).__name__}: {error}") from error


@lru_cache(maxsize=4)
def _opened(style: CslStyle, locale: str) -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(style.file), locale=locale, validate=False)


_SLIPS = (
    (re.compile(r"^\s*[\[(]?\d+[\])]?\.?\s*(?=\S)"), ""),
    (re.compile(r"([?!.][”’]?(?:</\w+>)*)\.(?=\s|$)"), r"\1"),
    (re.compile(r"\s+([.,;])(?=\s|$)"), r"\1"),
    (re.compile(r",?\s*pp?\.\.(?=\s|$)"), "."),
    (re.compile(r"([;,]):"), r"\1"),
    (re.compile(r"\s{2,}"), " "),
)
_QUOTED = re.compile(r"(?<![.,?!])(’?”)([.,])")


def _mended(text: str, locale: str) -> str:
    """The line without what the processor leaves: a number in front, `?.`, `p.` of no pages, American `”,`."""
    for slip, mend in _SLIPS:
        text = slip.sub(mend, text)
    return (_QUOTED.sub(r"\2\1", text) if locale == "en-US" else text).strip()
