"""Publications of a Hugo site as entries of publications.bib, each with its page."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.hugo.bodies import body_of, target_of
from builder.importers.hugo.links import URLS
from builder.importers.hugo.pictures import featured
from builder.importers.hugo.site import HugoSite, Page
from builder.importers.papers import Paper, paper_of, tell_notes, write_page
from builder.importers.papers.links import FILES
from builder.importers.values import first_text, listed, text_of
from builder.text.slugs import slug

TYPES = {
    "0": "misc", "1": "inproceedings", "2": "article", "3": "preprint", "4": "techreport", "5": "book", "6": "incollection",
    "7": "phdthesis", "8": "patent", "paper-conference": "inproceedings", "article-journal": "article", "article": "preprint",
    "manuscript": "unpublished", "report": "techreport", "book": "book", "chapter": "incollection", "thesis": "phdthesis", "patent": "patent",
    "conference-paper": "inproceedings", "journal-article": "article", "preprint": "preprint", "dataset": "dataset", "software": "software",
}  # fmt: skip
"""Publication types: the numbers of old sites, the words of new ones."""


def write_paper(site: HugoSite, page: Page) -> None:
    """A publication: an entry of publications.bib, and its page."""
    site.move.taken["publications"] += 1
    front = paper_front(site, page)
    cite = (
        next((p for p in site.source.below(page.folder.rstrip("/"), ".bib")), "")
        if page.folder
        else ""
    )
    bibtex = site.source.text(cite) if cite else ""
    paper = paper_of(front, site.owner_name, site.resolver.host, None, bibtex)
    fields = dict(paper.fields)
    if (
        bibtex
        and text_of(front.get("venue"))
        and not {"journal", "booktitle", "publisher", "school"} & set(fields)
    ):
        fields["journal"] = front["venue"]
    kind = next((TYPES[t] for t in listed(page.front.get("publication_types")) if t in TYPES), "")
    paper = paper._replace(fields=fields, type=paper.type if bibtex else kind or paper.type)
    if not bibtex and kind in ("inproceedings", "incollection") and "journal" in fields:
        fields = {("booktitle" if k == "journal" else k): v for k, v in fields.items()}
        paper = paper._replace(fields=fields)
    add_paper(site, paper, page, cite)


def add_paper(site: HugoSite, paper: Paper, page: Page, cite: str) -> None:
    """Keep the entry under a key of its own, and write its page."""
    key, number = paper.key, 1
    while key in site.papers or slug(key) in {slug(k) for k in site.papers}:
        number += 1
        key = f"{paper.key}-{number}"
    for field in (*FILES, "project"):
        value = paper.fields.get(field, "")
        if value and "://" not in value:
            paper.fields[field] = target_of(site, value, page)
    paper = paper._replace(key=key)
    tell_notes(site.move, paper, page.path)
    site.papers[key] = paper
    front = {"permalink": page.url, "redirect_from": page.redirects} | (
        {"draft": "true"} if page.is_draft else {}
    )
    write_page(site.move, paper, front, body_of(site, page), page.path)
    if cite:
        site.move.into.setdefault(cite, []).append("content/publications.bib")
    site.leads(page)


def paper_front(site: HugoSite, page: Page) -> dict[str, Any]:
    """Front matter in the words that `paper_of` reads."""
    front = {
        k: v for k, v in page.front.items() if k not in _NOT_OF_PAPERS and not k.startswith("url_")
    }
    authors = [site.name_of(a) for a in listed(page.front.get("authors"))]
    notes = listed(page.front.get("author_notes"))
    for n, note in enumerate(notes[: len(authors)]):
        if re.search(r"equal", note, re.IGNORECASE) and not authors[n].endswith("*"):
            authors[n] += "*"
    front["authors"] = authors
    venue = text_of(page.front.get("publication"))
    front["venue"] = re.sub(
        r"^(?:in\s+)?(?=\S)", "", re.sub(r"[*_]", "", venue), flags=re.IGNORECASE
    ).strip()
    short = re.sub(r"[*_]", "", text_of(page.front.get("publication_short")))
    front["venue_abbr"] = re.sub(r"^in\s+", "", short, flags=re.IGNORECASE)
    front["excerpt"] = first_text(page.front, "summary", "abstract_short")
    if front["excerpt"] == text_of(page.front.get("abstract")):
        front["excerpt"] = ""
    front["date"] = (
        text_of(page.front.get("date"))[:10] or text_of(page.front.get("publishDate"))[:10]
    )
    for key, name in URLS.items():
        if text_of(page.front.get(f"url_{key}")):
            front[name] = page.front[f"url_{key}"]
    front["links"] = (
        [
            {
                "name": first_text(i, "name", "label", "type"),
                "url": text_of(i.get("url")),
            }
            for i in page.front.get("links") or []
            if isinstance(i, dict)
        ]
        if isinstance(page.front.get("links"), list)
        else []
    )
    ids = page.front.get("hugoblox")
    ids = ids.get("ids") if isinstance(ids, dict) else None
    if isinstance(ids, dict):
        front |= {k: v for k, v in ids.items() if k in ("doi", "arxiv", "isbn") and v}
    deck = text_of(page.front.get("slides"))
    if deck and f"/slides/{deck}/" in site.resolver.pages:
        front["slides"] = f"/slides/{deck}/"
    if picture := featured(site, page):
        front["preview"] = picture
    return front


_NOT_OF_PAPERS = frozenset({
    "publication", "publication_short", "publication_types", "author_notes", "authors", "publishDate", "image", "projects", "slides", "featured_image",
    "links", "hugoblox", "summary", "abstract_short", "draft", "lastmod", "math", "highlight", "header", "aliases", "url", "categories", "subtitle",
    "commentable", "share", "profile", "show_date", "image_preview", "private", "headless", "reading_time", "pager", "design", "editable", "show_related", "show_breadcrumb",
})  # fmt: skip
