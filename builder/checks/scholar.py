"""Whether Google Scholar can index each paper, and why not.

Source: Google Scholar, "Inclusion Guidelines for Webmasters": the three tags without which a page
is taken for no paper, a PDF in the folder of the page or the abstract in the open, at most 5 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from builder.checks.look import Look, Seen
from builder.model.addresses import output_path
from builder.model.publications import Publication
from builder.problems import Problems

LARGEST = 5 * 1024 * 1024
"""Bytes of a PDF that Scholar still reads."""
_NEEDED = ("citation_title", "citation_author", "citation_publication_date")


class Verdict(NamedTuple):
    """What stands against indexing a paper."""

    paper: Publication
    reasons: tuple[tuple[str, str], ...]
    """Each with its mend; none where nothing stands against it."""


def check_scholar(look: Look, problems: Problems) -> None:
    """Tell each paper that Scholar cannot index; quiet for a site whose address is not known yet."""
    for paper, reasons in verdicts(look) if look.made.site.url else ():
        if reasons:
            said = "; ".join(reason for reason, _ in reasons)
            problems.warning(
                "scholar-cannot-index", f"{paper.key}: Google Scholar cannot index it: {said}",
                paper.place, reasons[0][1],
            )  # fmt: skip


def verdicts(look: Look) -> tuple[Verdict, ...]:
    """For each paper but those in preparation, which are not for search engines yet."""
    papers = (p for p in look.made.site.publications if p.status != "inpreparation")
    return tuple(Verdict(paper, tuple(_reasons(look, paper))) for paper in papers)


def _reasons(look: Look, paper: Publication) -> Iterator[tuple[str, str]]:
    seen = look.pages.get(output_path(paper.address))
    if seen is None:
        yield "it has no page", "take out what stands at its address"
        return
    tags = dict(_tags(seen))
    if "noindex" in tags.get("robots", ""):
        yield "its page says noindex", "take the robots tag out of your layout"
    missing = [name for name in _NEEDED if not tags.get(name)]
    if missing:
        yield _lack(paper, missing)
    yield from _full_text(look, paper, tags.get("citation_pdf_url", ""))


def _tags(seen: Seen) -> Iterator[tuple[str, str]]:
    for attributes in seen.all("meta"):
        if name := attributes.get("name"):
            yield name, attributes.get("content") or ""


def _lack(paper: Publication, missing: list[str]) -> tuple[str, str]:
    """What is wanting in the record, else in the layout."""
    if not paper.authors:
        return "no author is named", "add author = {Family, Given}"
    if not paper.year:
        return "it has no date", "add year = {2024}"
    return f"its page lacks {', '.join(missing)}", "let your layout extend theme/publication.html"


def _full_text(look: Look, paper: Publication, pdf: str) -> Iterator[tuple[str, str]]:
    """The PDF that its page names, or for want of one the abstract."""
    beside = "put the PDF into content/publications/ and write pdf = {name.pdf}"
    site = look.made.site.url
    if not pdf or not pdf.startswith(site + "/"):
        if not paper.abstract:
            host = urlsplit(pdf or paper.pdf).hostname
            yield (f"its PDF is at {host}" if host else "there is neither a PDF nor an abstract"), beside
        return
    address = unquote(pdf.removeprefix(site))
    if address.rpartition("/")[0] != paper.address.rstrip("/"):
        yield f"its PDF {address} is not in the folder of its page", beside
    content = look.made.rendered.files.get(address.lstrip("/"))
    size = content.stat().st_size if isinstance(content, Path) else len(content or b"")
    if size > LARGEST:
        yield f"its PDF has {size / 2**20:.0f} MB, and Scholar reads 5", "save it smaller, or split it"
