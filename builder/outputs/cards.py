"""A picture for link previews of each page: what it is called, whose it is, where it appeared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from builder.config import Config
from builder.model.addresses import output_path
from builder.model.pages import Page
from builder.model.publications import Publication
from builder.model.records import Record
from builder.model.site import Site
from builder.outputs.output import Made, Output
from builder.sources import Records
from builder.text.dates import format_when
from builder.text.patterns import late

SETTABLE = late(
    "[\\s\x21-\x7e\xa0-\xac\xae-\u024f\u0391-\u03a1\u03a3-\u03ce\u0400-\u045f\u1ea0-\u1ef9–—‘’‚“”„…•‹›†‡≈∞≠≤≥→←]*"
)
"""What the theme's fonts have: Latin, Greek, Cyrillic and common signs."""
ACCENT = "#7a1f2b"
"""The theme's own, for a site that chooses none."""
_NAMED = 8
"""How many authors a card names."""


def cards(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """The card of every page that has one."""
    for item in site.everything if site.cards else ():
        if isinstance(item, Publication) and site.prefix:
            continue  # papers have one page for all languages
        address = card_of(site, item)
        if address:
            data = json.dumps(_said(site, item), ensure_ascii=False, sort_keys=True).encode()
            yield Output(
                path=output_path(item.address).rpartition(".")[0].removesuffix("index") + _name(item),
                content=Made("card", data), asked_by=item.place, gives_way=True,
            )  # fmt: skip


def card_of(site: Site, item: Any) -> str:
    """The address of a page's card; empty for what has none.

    There is none where the site makes none, for pictures and pages of the author's choice that have
    their own, for what has no page, and for what no font here can set.
    """
    if not site.cards or not item.address or item.address.endswith("/404.html"):
        return ""
    picture = getattr(item, "image", "")
    if getattr(item, "redirect", "") or (picture and not picture.endswith(".svg")):
        return ""
    if site.cards == "theme" and not all(map(SETTABLE().fullmatch, _said(site, item).values())):
        return ""
    folder = item.address if item.address.endswith("/") else item.address.removesuffix(".html")
    return f"{folder}{_name(item)}"


def _name(item: Any) -> str:
    return "card.png" if item.address.endswith("/") else "-card.png"


def _said(site: Site, item: Page | Publication | Record) -> dict[str, str]:
    """All that stands on a card."""
    title, people, place, when = item.title.text, "", "", ""
    if isinstance(item, Publication):
        names = [author.name.display for author in item.authors]
        more = len(names) > _NAMED or item.others
        people = ", ".join(names[:_NAMED]) + (f" {site.words['et_al']}" if more else "")
        place, when = item.abbr or item.venue.text, item.year
    elif isinstance(item, Record):
        people = ", ".join(item.authors) or ("" if site.members else site.owner.name)
        place = item.venue.text or item.location.text
        when = format_when(item.when, site.words.dates, "month") if item.when else ""
    elif item.address == site.home:
        title = site.owner.name or site.title.text
        people = site.owner.headline.text or site.owner.role.text
        people = people or ", ".join(member.person.name for member in site.members[:_NAMED])
    return {
        "title": title.replace("$", "") or site.title.text, "people": people, "place": place, "when": when,
        "site": site.title.text if title != site.title.text else "", "accent": _accent(site),
    }  # fmt: skip


def _accent(site: Site) -> str:
    typed = site.theme.accent
    if len(typed) == 4:
        typed = "#" + "".join(sign * 2 for sign in typed[1:])
    return typed if re.fullmatch("#[0-9a-fA-F]{6}", typed) else ACCENT
