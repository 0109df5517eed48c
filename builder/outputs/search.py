"""What the list of publications is searched by: one small file, fetched when a visitor begins to.

`/publications/search.json` holds `papers` (their slugs, in the order of the list), `words` (all
words in order, divided by blanks), `where` (for each word the papers that hold it) and `facets`
(for each facet and value, its papers). Papers are told by their place; each list of them begins
with the first and goes on with differences, which are small.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from builder.config import Config
from builder.model.listing import facets
from builder.model.publications import Publication
from builder.model.site import Site
from builder.outputs.output import Output
from builder.problems import Place
from builder.sources import Records
from builder.text.searching import search_words

PATH = "publications/search.json"


def search_index(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """The index, when a page lists the publications."""
    if site.publications and any(page.layout == "publications" for page in site.pages):
        content = index_of(site).encode()
        yield Output(path=PATH, content=content, asked_by=Place("(search)"), gives_way=True)


def index_of(site: Site) -> str:
    """The index as JSON."""
    papers = site.publications
    found: dict[str, list[int]] = {}
    for n, paper in enumerate(papers):
        for word in search_words(_text(paper)):
            found.setdefault(word, []).append(n)
    words = sorted(found, key=lambda word: word.encode("utf-16-be"))  # as scripts compare
    index = {
        "papers": [paper.slug for paper in papers],
        "words": " ".join(words),
        "where": [_steps(found[word]) for word in words],
        "facets": {
            facet.name: {o.value: _steps(o.papers) for o in facet.options}
            for facet in facets(papers, site.words)
        },
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _text(paper: Publication) -> str:
    """All that a paper may be found by."""
    people = [author.name.display for author in paper.authors]
    people += [editor.display for editor in paper.editors]
    texts = (
        paper.title, paper.container, paper.event, paper.institution, paper.publisher, paper.series,
        paper.summary, paper.note, paper.award, paper.abstract,
    )  # fmt: skip
    said = (paper.abbr, paper.year, paper.doi, paper.arxiv, *paper.topics, *paper.tags, *people)
    return " ".join((*(text.text for text in texts if text), *said))


def _steps(places: Sequence[int]) -> list[int]:
    return [place - (places[n - 1] if n else 0) for n, place in enumerate(places)]
