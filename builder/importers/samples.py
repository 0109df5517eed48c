"""The samples that come with a theme, told from real entries by title and text, never by file name."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.values import text_of

_TITLES = re.compile(
    r"""paper\ title\ number\ \d+ | talk\ \d+\ on\ relevant\ topic\ in\ your\ field | teaching\ experience\ \d+
      | portfolio\ item\ number\ \d+ | tutorial\ \d+\ on\ relevant\ topic\ in\ your\ field
      | conference\ proceeding\ talk\ \d+\ on\ relevant\ topic\ in\ your\ field | blog\ post\ number\ \d+
      | future\ blog\ post | post:?\ draft | draft\ post | archive\ layout\ with\ content | page\ not\ in\ menu
      | markdown | terms\ and\ privacy\ policy | talk\ map | collection\ archive | an?\ example\ .* | sample\ .*
      | project\ \d+(?:\ with.*)? | projeto\ \d+(?:\ com.*)? | a\ post\ (?:with\ .*|that\ can\ be\ cited) | uma\ postagem\ com\ .* | um\ anúncio\ longo\ com\ detalhes | a\ distill-style\ blog\ post | displaying\ beautiful\ tables\ with\ bootstrap.*
      | a\ simple\ inline\ announcement.* | a\ long\ announcement\ with\ details | the\ godfather | data\ science\ fundamentals
      | example\ (?:talk|page|event|project)(?:\ \d+)? | external\ project | internal\ project
      | slides | an\ example\ (?:conference\ paper|journal\ article|preprint.*) | courses? | display\ jupyter\ notebooks.*
      | writing\ technical\ content\ in\ academic | academic:?\ the\ website\ builder.* | welcome\ to\ (?:academic|wowchemy|jekyll).*
      | machine\ learning\ fundamentals | introduction\ to\ machine\ learning""",
    re.IGNORECASE | re.VERBOSE,
)
_WORDS = re.compile(
    r"""this\ paper\ is\ about\ (?:the\ number\ \d|fixing\ template\ issue\ \#?\d+|another) | the\ contents\ above\ will\ be\ part\ of\ a\ list\ of\ publications
      | this\ is\ a\ description\ of\ (?:your|a)\ (?:talk|tutorial|conference|teaching) | this\ is\ an\ item\ in\ your\ portfolio
      | this\ is\ a\ sample\ blog\ post | this\ post\ will\ show\ up\ by\ default | this\ is\ a\ page\ not\ in\ the\ menu
      | a\ variety\ of\ common\ markup\ showing\ how\ the\ theme | locations\ of\ key\ files/directories
      | here'?s\ a\ draft | this\ is\ a\ draft | every\ project\ has\ a\ beautiful\ feature\ showcase
      | yay\ markdown | jean\ shorts\ raw\ denim | lorem\ ipsum\ dolor\ sit\ amet | click\ the\ \*?slides\*?\ button\ above
      | this\ map\ is\ generated\ from\ a\ jupyter\ notebook | a\ simple\ inline\ announcement | duis\ posuere\ tellus
      | announcements\ and\ news\ can\ be\ much\ longer | this\ is\ an\ example\ of\ a\ (?:blog\ post|post) | an\ example\ of\ a\ blog\ post
      | (?:this\ is\ )?an\ example\ (?:of\ a\ (?:blog\ post|distill-style\ blog\ post)|of\ how\ to\ use|post\ (?:with|that)) | march\ &\ april,\ looking\ forward\ to\ summer
      | this\ is\ (?:what\ (?:included|advanced|a\ post)|how\ (?:you\ can\ display\ code|a\ post\ with\ \[tabs))\b | you\ can\ also\ redirect\ to\ assets
      | cada\ projeto\ tem\ uma\ bela\ página | anúncios\ e\ notícias\ podem\ ser\ muito\ mais\ longos | um\ exemplo\ de\ uma\ postagem
      | we'?ve\ populated\ your\ new\ site\ with\ some\ initial\ content | an\ example\ talk\ using\ (?:wowchemy|academic|hugo\ blox)
      | your\ privacy\ is\ important\ to\ us|academicpages\ is\ a\ | create\ your\ slides\ in\ markdown | supplementary\ notes\ can\ be\ added\ here
      | nullam\ vel\ molestie\ justo | add\ the\ \*{0,2}full\ text\*{0,2}\ or | the\ privacy\ of\ my\ visitors
      | monocle\ ipsum\ dolor\ sit\ amet | this\ theme\ implements\ a\ built-in""",
    re.IGNORECASE | re.VERBOSE,
)
_ALWAYS = re.compile(
    r"paper title number \d+|talk \d+ on relevant topic in your field|portfolio item number \d+|blog post number \d+|future blog post",
    re.IGNORECASE,
)
_UNTITLED = re.compile(
    r"a simple inline announcement\b(?: with markdown emoji!.*)?\.?|um anúncio simples em uma linha\b.*",
    re.IGNORECASE,
)
"""The whole text of samples that have no title."""
_PLACES = re.compile(
    r"journal 1|github journal of bugs|uc san francisco, department of testing|university 1, department|london school of testing|testing institute of america|uc-berkeley institute for testing science|article publication",
    re.IGNORECASE,
)


def is_sample(front: dict[str, Any], body: str) -> bool:
    """Whether a document is one of a theme's samples: its title and its text both say so.

    A sample whose title was kept and whose text was written anew is real, and so is the other way
    about, but for titles that no one would choose.
    """
    title = text_of(front.get("title")).strip()
    texts = (
        body,
        *(text_of(front.get(k)) for k in ("excerpt", "description", "summary", "abstract")),
    )
    words = " ".join(" ".join(texts).split())
    place = text_of(front.get("venue"))
    if not title:
        return bool(_UNTITLED.fullmatch(" ".join(body.split())))
    named = bool(_TITLES.fullmatch(title))
    said = bool(_WORDS.search(words) or _PLACES.fullmatch(place))
    return named and (said or (bool(_ALWAYS.fullmatch(title)) and len(words) < 40))


KEYS = frozenset({
    "einstein1905", "einstein1905molekularkinetischen", "einstein1905movement", "einstein1905electrodynamics",
    "einstein1905photoelectriceffect", "einstein1920relativity", "einstein1935can", "einstein1935epr",
    "einstein1950meaning", "einstein1956investigations", "przibram1967letters", "book", "paperkey",
    "gravitational",
})  # fmt: skip
"""Cite keys of al-folio's sample bibliography; its papers are Einstein's own."""


def is_sample_entry(key: str, fields: dict[str, str], owner: str) -> bool:
    """Whether a .bib entry is al-folio's sample: one of its keys, and Einstein its author."""
    authors = fields.get("author", "").lower()
    theirs = "einstein" in authors or "przibram" in authors
    return key.lower() in KEYS and theirs and "einstein" not in owner.lower()
