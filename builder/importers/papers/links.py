"""Addresses of a paper: each in the field that says what it leads to."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.values import first_text, listed, text_of
from builder.text import urls

LINKS = {
    "slidesurl": "slides", "slides": "slides", "codeurl": "code", "code": "code", "github": "code", "videourl": "video",
    "video": "video", "posterurl": "poster", "poster": "poster", "dataseturl": "data", "dataset": "data", "data": "data",
    "demourl": "demo", "demo": "demo", "projecturl": "project", "projectpage": "project", "project": "project",
    "website": "website", "pdfurl": "pdf", "pdf": "pdf", "arxivurl": "arxiv", "preprinturl": "preprint",
    "blog": "blog", "supp": "supp", "talk": "video", "code_url": "code", "pdf_url": "pdf", "slides_url": "slides",
}  # fmt: skip
"""Keys that hold an address, and the field that each becomes."""

PLACES = ("paperurl", "link", "url", "paper_url", "external_url")
"""Keys that lead to the paper itself, wherever that is."""

FILES = ("pdf", "slides", "poster", "code", "video", "data", "website", "url")
"""Fields that may name a file of the old site."""


def add_links(
    fields: dict[str, str], front: dict[str, Any], own_host: str, notes: list[tuple[str, str]]
) -> None:
    """Every address of the front matter; an entry's own fields stay."""
    if found := urls.doi(text_of(front.get("doi"))):
        fields.setdefault("doi", found)
    elif text_of(front.get("doi")):
        fields.setdefault("doi", text_of(front.get("doi")))
    arxiv = text_of(front.get("arxiv"))
    if arxiv and (number := urls.arxiv(arxiv)):
        fields.setdefault("eprint", number)
        fields.setdefault("archiveprefix", "arXiv")
    for key, field in LINKS.items():
        for value in listed(front.get(key)):
            _add_link(fields, field, value, notes, own_host)
    for key in PLACES:
        for value in listed(front.get(key)):
            _add_link(fields, "", value, notes, own_host)
    own = front.get("links")
    for link in own if isinstance(own, list) else []:
        if isinstance(link, dict) and link.get("url"):
            label = first_text(link, "name", "label", "title")
            _add_link(
                fields,
                LINKS.get(label.lower(), label or "website"),
                text_of(link["url"]),
                notes,
                own_host,
            )


def _add_link(
    fields: dict[str, str], field: str, value: str, notes: list[tuple[str, str]], own_host: str
) -> None:
    value = value.strip()
    if not value or value in ("#", "/", "http://", "https://"):
        return
    if (
        re.search(r"//(?:www\.)?academicpages\.github\.io/", value)
        and "academicpages" not in own_host
    ):
        notes.append(("left", f"an address of the template itself: {value}"))
        return
    url = urls.clean_url(value)
    if not url:
        notes.append(("left", f"no address that can be published: {value[:80]}"))
        return
    number = urls.doi(url) if "doi.org/" in url else None
    if number and fields.setdefault("doi", number) == number:
        return
    if (
        "arxiv.org/" in url
        and field in ("", "arxiv", "preprint", "website")
        and (number := urls.arxiv(url))
    ):
        fields.setdefault("eprint", number)
        fields.setdefault("archiveprefix", "arXiv")
        if fields["eprint"] == number and "/pdf/" not in url:
            return
        field = "pdf"
    if re.match(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|net|edu|ai|de|uk)/", url):
        url = f"https://{url}"
    if not field or field in ("arxiv", "preprint"):
        field = "pdf" if re.search(r"\.pdf($|[?#])", url, re.IGNORECASE) else "url"
    known = (
        "slides",
        "code",
        "video",
        "poster",
        "data",
        "demo",
        "project",
        "website",
        "pdf",
        "blog",
        "supp",
        "url",
    )
    if field in known and fields.setdefault(field, url) == url:
        return
    if field == "url" and fields.setdefault("website", url) == url:
        return
    label = field.capitalize() if field in known else re.sub(r"[:;{}]", " ", field)
    fields["links"] = "; ".join(filter(None, (fields.get("links", ""), f"{label}: {url}")))
