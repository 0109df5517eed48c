"""What the whole site is searched by: one file for each language, fetched when a visitor begins to.

`search.json` holds `items` (title, address, and the words of its kind), `words` (all words in order,
divided by blanks) and `where` (for each word the items that hold it, as in `search.py`). The words
of a page are those that its author typed; what a layout adds is on other pages too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from builder.config import Config
from builder.model.pages import Page
from builder.model.publications import Publication
from builder.model.records import Record
from builder.model.site import Site
from builder.outputs.output import Made, Output
from builder.outputs.search import text_of_paper
from builder.problems import Place
from builder.sources import Records

Item = Page | Publication | Record


def site_search(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """The index, when the site has a page to search it."""
    if site.search:
        path = f"{site.prefix}/search.json".lstrip("/")
        yield Output(
            path=path, content=Made("index", json.dumps(_given(site), ensure_ascii=False).encode()),
            asked_by=Place("(search)"), gives_way=True, language=site.language,
        )  # fmt: skip


def _given(site: Site) -> dict[str, object]:
    """All that the index is made of."""
    listed = [item for item in site.everything if item.address and _is_found(item)]
    items = [[i.title.text or site.title.text, i.address, _kind(i, site)] for i in listed]
    return {"items": items, "texts": [_text(item) for item in listed], "facets": {}}


def _is_found(item: Item) -> bool:
    """Whether a visitor is led to it: what no sitemap lists is handed out by its author."""
    return not isinstance(item, Page) or (item.sitemap and not item.address.endswith("/404.html"))


def _kind(item: Item, site: Site) -> str:
    """What it is, in small print beside its title."""
    if isinstance(item, Publication):
        return " ".join(filter(None, (item.venue.text, item.year)))
    if isinstance(item, Record):
        return " ".join(filter(None, (site.titles[item.collection].text, item.year)))
    return ""


_UNREAD = re.compile(r"\]\([^)]*\)|<!--.*?-->|<[^>]*>|\{[%{#].*?[%}#]\}|\bhttps?://\S+", re.DOTALL)
"""What of a Markdown text is not read: addresses, tags, comments, expressions."""


def _text(item: Item) -> str:
    """All that an item may be found by."""
    body = _UNREAD.sub(" ", item.document.body) if item.document else ""
    if isinstance(item, Publication):
        return " ".join(filter(None, (text_of_paper(item), body)))
    said = [item.title.text, item.excerpt.text, *item.tags, *item.categories]
    if isinstance(item, Page):
        return " ".join((*said, item.description.text, body))
    said += [
        item.type.text,
        item.venue.text,
        item.location.text,
        item.description.text,
        *item.authors,
    ]
    more = (getattr(item, name, None) for name in ("abstract", "text", "instructor", "funder"))
    return " ".join((*said, *(text.text for text in more if text), item.year, body))
