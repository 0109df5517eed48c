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
from builder.problems import PLACES_SHOWN, Problems

LARGEST = 5 * 1024 * 1024
"""Bytes of a PDF that Scholar still reads."""
_NEEDED = ("citation_title", "citation_author", "citation_publication_date")


class Reason(NamedTuple):
    """One thing that stands against indexing a paper."""

    what: str
    mend: str
    slip: bool = True
    """Whether it is amiss; that a paper is not offered here at all is a choice."""


class Verdict(NamedTuple):
    """What stands against indexing a paper."""

    paper: Publication
    reasons: tuple[Reason, ...]
    """None where nothing stands against it."""


def check_scholar(look: Look, problems: Problems) -> None:
    """Tell each slip that keeps a paper from Scholar; quiet where the site's address is not known."""
    for paper, reasons in verdicts(look) if look.made.site.url else ():
        for reason in (r for r in reasons if r.slip):
            problems.warning(
                "scholar-cannot-index", f"Google Scholar cannot index {paper.key}: {reason.what}",
                paper.place, reason.mend,
            )  # fmt: skip


def summary(look: Look, verbose: bool = False) -> str:
    """How many papers Scholar can index, and which not for what reason; empty without any."""
    papers = verdicts(look) if look.made.site.url else ()
    why: dict[str, list[str]] = {}
    for paper, reasons in papers:
        for reason in reasons:
            why.setdefault(reason.what, []).append(paper.key)
    good = sum(not verdict.reasons for verdict in papers)
    lines = [f"Google Scholar can index {good} of {len(papers)} papers."] if papers else []
    lines += [f"  {what}: {_some(keys, verbose)}" for what, keys in why.items()]
    return "\n".join(lines)


def _some(keys: list[str], verbose: bool) -> str:
    if verbose or len(keys) <= PLACES_SHOWN + 1:
        return ", ".join(keys)
    return f"{', '.join(keys[:PLACES_SHOWN])} and {len(keys) - PLACES_SHOWN} more"


def verdicts(look: Look) -> tuple[Verdict, ...]:
    """For each paper but those in preparation, which are not for search engines yet."""
    papers = (p for p in look.made.site.publications if p.status != "inpreparation")
    return tuple(Verdict(paper, tuple(_reasons(look, paper))) for paper in papers)


def _reasons(look: Look, paper: Publication) -> Iterator[Reason]:
    seen = look.pages.get(output_path(paper.address))
    if seen is None:
        yield Reason("it has no page", "take out what stands at its address")
        return
    tags = dict(_tags(seen))
    if "noindex" in tags.get("robots", ""):
        yield Reason("its page says noindex", "take the robots tag out of your layout")
    missing = [name for name in _NEEDED if not tags.get(name)]
    if missing:
        yield _lack(paper, missing)
    yield from _full_text(look, paper, tags.get("citation_pdf_url", ""))


def _tags(seen: Seen) -> Iterator[tuple[str, str]]:
    for attributes in seen.all("meta"):
        if name := attributes.get("name"):
            yield name, attributes.get("content") or ""


def _lack(paper: Publication, missing: list[str]) -> Reason:
    """What is wanting in the record, else in the layout."""
    if not paper.authors:
        return Reason("no author is named", "add author = {Family, Given}")
    if not paper.year:
        return Reason("it has no date", "add year = {2024}")
    tags = ", ".join(missing)
    return Reason(f"its page lacks {tags}", "let your layout extend theme/publication.html")


def _full_text(look: Look, paper: Publication, pdf: str) -> Iterator[Reason]:
    """The PDF that its page names, or for want of one the abstract."""
    beside = "put the PDF into content/publications/ and write pdf = {name.pdf}"
    site = look.made.site.url
    if not pdf.startswith(site + "/"):
        host = urlsplit(pdf or paper.pdf).hostname
        if not paper.abstract:
            what = f"its PDF is at {host}" if host else "neither a PDF nor an abstract"
            yield Reason(what, beside, slip=False)
        return
    address = unquote(pdf.removeprefix(site))
    if address.rpartition("/")[0] != paper.address.rstrip("/"):
        yield Reason("its PDF is not in the folder of its page", beside)
    content = look.made.rendered.files.get(address.lstrip("/"))
    size = content.stat().st_size if isinstance(content, Path) else 0
    size = len(content) if isinstance(content, bytes) else size
    if size > LARGEST:
        yield Reason(f"its PDF has {size / 2**20:.0f} MB, and Scholar reads 5", "save it smaller")
