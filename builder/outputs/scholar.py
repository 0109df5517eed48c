"""The `citation_*` tags by which Google Scholar and reference managers read a paper's page.

Source: Google Scholar's "Inclusion Guidelines for Webmasters", whose tags are Highwire Press's.
"""

from __future__ import annotations

from builder.model.addresses import whole
from builder.model.publications import Publication
from builder.model.site import Site
from builder.outputs.full_texts import beside_page
from builder.text.dates import newest

Tags = tuple[tuple[str, str], ...]

_CONTAINER = {
    "article-journal": "citation_journal_title", "paper-conference": "citation_conference_title",
    "chapter": "citation_inbook_title",
}  # fmt: skip
_INSTITUTION = {
    "thesis": "citation_dissertation_institution", "report": "citation_technical_report_institution",
}  # fmt: skip


def citation_tags(site: Site, paper: Publication) -> Tags:
    """Name and content of each tag, in order; none for what has no date, author or title.

    Scholar takes a page without these three for no paper, and an undated draft is none.
    """
    date = newest(paper.when) if paper.when else None
    if not (date and paper.title and paper.authors) or paper.status == "inpreparation":
        return ()
    first, last = _pages(paper.pages)
    pdf = whole(beside_page(paper) or paper.pdf, site.url)
    tags = [
        ("citation_title", paper.title.text),
        *(("citation_author", a.name.display) for a in paper.authors),
        ("citation_publication_date", _date(date.year, date.month, date.day)),
        (_CONTAINER.get(paper.type, ""), paper.container.text),
        (_INSTITUTION.get(paper.type, ""), paper.institution.text),
        ("citation_technical_report_number", paper.number if paper.type == "report" else ""),
        ("citation_issn", paper.extra.get("issn", "")), ("citation_volume", paper.volume), ("citation_issue", paper.issue),
        ("citation_firstpage", first), ("citation_lastpage", last), ("citation_publisher", paper.publisher.text),
        ("citation_doi", paper.doi), ("citation_isbn", paper.isbn), ("citation_arxiv_id", paper.arxiv),
        ("citation_language", paper.language),
        ("citation_abstract_html_url", whole(paper.address, site.url) if site.url else ""),
        ("citation_pdf_url", pdf if "://" in pdf else ""),
    ]  # fmt: skip
    return tuple((name, content) for name, content in tags if name and content)


def _date(year: int, month: int | None, day: int | None) -> str:
    parts = [f"{year:04d}", *(f"{n:02d}" for n in (month, day if month else None) if n)]
    return "/".join(parts)


def _pages(pages: str) -> tuple[str, str]:
    first, _, last = pages.partition("–")
    return first.strip(), last.strip()
