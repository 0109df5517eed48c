"""Documents of one address, of which Jekyll shows the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.importers.jekyll.reading import Doc

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
