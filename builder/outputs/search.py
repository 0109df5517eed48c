"""What the list of publications is searched by: one small file, fetched when a visitor begins to.

`/publications/search.json` holds `papers` (their slugs, in the order of the list), `words` (all
words in order, divided by blanks), `where` (for each word the papers that hold it) and `facets`
(for each facet and value, its papers). Papers are told by their place; each list of them begins
with the first and goes on with differences, which are small.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from builder.config import Config
from builder.model.listing import facets
from builder.model.publications import Publication
from builder.model.site import Site
from builder.outputs.output import Made, Output
from builder.problems import Place
from builder.sources import Records

PATH = "publications/search.json"


def search_index(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """The index, when a page lists the publications."""
    if site.publications and any(page.layout == "publications" for page in site.pages):
        content = Made("index", json.dumps(_given(site), ensure_ascii=False).encode())
        yield Output(path=PATH, content=content, asked_by=Place("(search)"), gives_way=True)


def _given(site: Site) -> dict[str, object]:
    """All that the index is made of."""
    papers = site.publications
    found = facets(papers, site.words)
    return {
        "papers": [paper.slug for paper in papers],
        "texts": [text_of_paper(paper) for paper in papers],
        "facets": {f.name: {o.value: o.papers for o in f.options} for f in found},
    }


def text_of_paper(paper: Publication) -> str:
    """All that a paper may be found by."""
    people = [author.name.display for author in paper.authors]
    people += [editor.display for editor in paper.editors]
    texts = (
        paper.title, paper.container, paper.event, paper.institution, paper.publisher, paper.series,
        paper.summary, paper.note, paper.award, paper.abstract,
    )  # fmt: skip
    said = (paper.abbr, paper.year, paper.doi, paper.arxiv, *paper.topics, *paper.tags, *people)
    return " ".join((*(text.text for text in texts if text), *said))
