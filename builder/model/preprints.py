"""A preprint and what became of it: one record that links both.

People keep both entries in one .bib file, a year or two apart. The published one is the record; the
preprint gives what it lacks, its links, and its cite key, by which the record is still found.
"""

from __future__ import annotations

import msgspec

from builder.model.links import Link
from builder.model.pool import same_authors, title_words
from builder.model.publications import Publication
from builder.text.rich import plain

YEARS = 5
"""How long a preprint may have waited for its publication."""
_VERSIONS = ("article-journal", "paper-conference", "chapter", "book", "report", "thesis")
_HANDED_ON = (
    "abstract", "summary", "preview", "preview_alt", "topics", "tags", "award", "badges", "facts", "selected",
    "arxiv", "pdf", "language", "document", "permalink", "redirect_from",
)  # fmt: skip
"""What is said of the work, not of where it appeared."""


def with_preprints(
    pool: tuple[Publication, ...], labels: dict[str, str]
) -> tuple[Publication, ...]:
    """The pool with each preprint made one with its published version, where that is there too.

    They are one by the same arXiv number, or by the same title and authors.
    """
    published: dict[str, list[Publication]] = {}
    for paper in pool:
        if not is_preprint(paper) and paper.type in _VERSIONS:
            for sign in _signs(paper):
                published.setdefault(sign, []).append(paper)
    became = {p.key: found for p in pool if is_preprint(p) and (found := _became(p, published))}
    whole = {p.key: p for p in pool}
    for preprint in (p for p in pool if p.key in became):
        key = became[preprint.key]
        whole[key] = _joined(whole[key], preprint, labels)
    return tuple(whole[p.key] for p in pool if p.key not in became)


def is_preprint(paper: Publication) -> bool:
    """Whether a record is of a paper that no journal or press has published."""
    return paper.type == "article"


def _signs(paper: Publication) -> list[str]:
    signs = [f"arxiv:{paper.arxiv}"] if paper.arxiv else []
    words = title_words(paper.title.text)
    return [*signs, f"title:{words}"] if words else signs


def _became(preprint: Publication, published: dict[str, list[Publication]]) -> str:
    """The key of what a preprint was published as; empty when that is not there."""
    for sign in _signs(preprint):
        for paper in published.get(sign, ()):
            if sign.startswith("arxiv:") or (
                same_authors(preprint, paper) and _in_time(preprint, paper)
            ):
                return paper.key
    return ""


def _in_time(preprint: Publication, paper: Publication) -> bool:
    if not (preprint.year and paper.year):
        return True
    return -1 <= int(paper.year) - int(preprint.year) <= YEARS


def _joined(paper: Publication, preprint: Publication, labels: dict[str, str]) -> Publication:
    lacking = {name: getattr(preprint, name) for name in _HANDED_ON if not getattr(paper, name)}
    return msgspec.structs.replace(
        paper, links=_links(paper, preprint, labels), also=(*paper.also, preprint.place),
        aliases=(*paper.aliases, preprint.key, *preprint.aliases), **lacking,
    )  # fmt: skip


def _links(paper: Publication, preprint: Publication, labels: dict[str, str]) -> tuple[Link, ...]:
    """The links of both: to the published version, to the preprint, and then the rest."""
    word = plain(labels.get("preprint", "Preprint"))
    have, kinds = {k.url for k in paper.links}, {k.kind for k in paper.links if k.kind}
    arxiv = bool(preprint.arxiv)
    of_it, rest = [], []
    for link in preprint.links:
        if link.url in have or (arxiv and "arxiv" in link.url.lower() and link.kind != "arxiv"):
            continue
        if link.kind == "arxiv":
            of_it.append(link)
        elif link.kind in ("doi", "website") or (link.kind == "pdf" and "pdf" in kinds):
            of_it.append(msgspec.structs.replace(link, label=word, kind="preprint"))
        elif link.kind not in kinds or not link.kind:
            rest.append(link)
    if arxiv and len(of_it) > 1:
        of_it = [link for link in of_it if link.kind == "arxiv"]
    first = tuple(k for k in paper.links if k.kind == "doi")
    return (*first, *of_it[:1], *(k for k in paper.links if k.kind != "doi"), *rest)
