"""What the buttons of a page lead to: code, slides, video and the like, in old words and new."""

from __future__ import annotations

from typing import Any

from builder.importers.hugo.bodies import target_of
from builder.importers.hugo.site import HugoSite, Page
from builder.importers.values import first_text, text_of

URLS = {
    "pdf": "pdfurl", "preprint": "preprinturl", "code": "codeurl", "dataset": "dataseturl", "poster": "posterurl", "project": "projecturl",
    "slides": "slidesurl", "video": "videourl", "source": "source", "link": "link",
}  # fmt: skip
"""The keys `url_*` of old sites, and the word that papers have for each."""

_RECORD_LINKS = frozenset({"pdf", "paper", "code", "data", "poster", "website", "slides", "video"})


def add_links(site: HugoSite, front: dict[str, Any], page: Page) -> None:
    """Links of a record, old and new."""
    for key, name in URLS.items():
        if value := text_of(page.front.get(f"url_{key}")):
            field = name.removesuffix("url") if name.endswith("url") else name
            field = {
                "pdf": "pdf",
                "preprint": "paper",
                "dataset": "data",
                "project": "website",
            }.get(field, field)
            front.setdefault(
                field if field in _RECORD_LINKS else "website", target_of(site, value, page)
            )
    own = {}
    for link in page.front.get("links") or [] if isinstance(page.front.get("links"), list) else []:
        if isinstance(link, dict) and text_of(link.get("url")):
            label = first_text(link, "name", "label", "type") or "Link"
            own[label] = target_of(site, text_of(link["url"]), page)
    if own:
        front["links"] = own
    deck = text_of(page.front.get("slides"))
    if deck and f"/slides/{deck}/" in site.resolver.pages:
        front.setdefault("slides", f"/slides/{deck}/")
