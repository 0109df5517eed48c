"""Documents and redirects of one address, of which Jekyll shows the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.importers.jekyll.reading import Doc
from builder.model.addresses import output_path

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


def tell_duplicates(jekyll: Jekyll) -> None:
    """Two documents with one address: Jekyll writes both, and the later one stays."""
    by_url: dict[str, Doc] = {}
    ordered = list(jekyll.docs.get("pages", [])) + [
        d for n, docs in jekyll.docs.items() if n != "pages" for d in docs
    ]
    for doc in ordered:
        other = by_url.get(doc.url)
        by_url[doc.url] = doc
        if other is None:
            continue
        words = f"{other.path} and {doc.path} have the one address {doc.url}; the later stays, as with Jekyll"
        jekyll.move.note("approximated", other.path, words)
        jekyll.move.note("approximated", doc.path, words)
        if other.found.body.split() == doc.found.body.split():
            jekyll.move.leave(other.path, f"the same as {doc.path}")
        else:
            jekyll.move.leave(other.path, f"hidden by {doc.path}, which has the same address")
        jekyll.docs[other.collection] = [d for d in jekyll.docs[other.collection] if d is not other]


def claimed(jekyll: Jekyll) -> dict[str, str]:
    """File of the new site at an address to the document that has it: pages first, then of several that
    are redirected from one address the last, as with Jekyll; the others are told."""
    documents = [d for n, docs in jekyll.docs.items() if n != "pages" for d in docs]
    documents += jekyll.docs.get("pages", [])
    pages = {output_path(doc.url): doc.path for doc in documents}
    by_file: dict[str, str] = {}
    for doc in documents:
        for old in jekyll.redirects(doc):
            file = output_path(old)
            other = pages.get(file) or by_file.get(file)
            stays = pages.get(file) or doc.path
            if other and other != doc.path:
                words = f"{other} and {doc.path} are both asked for at {old}; it leads to {stays}"
                jekyll.move.note("approximated", doc.path, words)
            by_file[file] = stays
    return by_file
