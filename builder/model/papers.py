"""The papers of a site: read once out of their files, then put into the words of each language.

What a file says of a paper is the same in every language. A language gives it the words on its
links, and people, pages and entries of the CV that speak that language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from builder.config import Config
from builder.fields import Reading
from builder.model import citations
from builder.model.addresses import address_of
from builder.model.assets import Assets
from builder.model.bibliography import Bibliography, publication_of
from builder.model.bibtex_entry import with_bibtex
from builder.model.collections import told_slugs
from builder.model.cv import Fact
from builder.model.exchange import publications_of
from builder.model.identity import with_identities
from builder.model.keys import told_apart
from builder.model.languages import documents_once
from builder.model.owner import Household
from builder.model.pool import one_record_each, tell_previews, with_bodies
from builder.model.preprints import with_preprints
from builder.model.publications import Publication, newest_first
from builder.problems import Problems
from builder.sources import Records
from builder.text.rich import Rich, plain
from builder.text.slugs import slug


def papers_written(config: Config, records: Records, problems: Problems) -> tuple[Publication, ...]:
    """The papers of the .bib, RIS and CSL-JSON files; links and facts are named, not yet worded."""
    context = Bibliography(
        reading=Reading(problems=problems, languages=config.languages),
        assets=Assets(records.content, records.static),
    )
    entries = ((path, entry) for path, entry in records.entries if entry.type != "xdata")
    papers = (publication_of(entry, path, context) for path, entry in entries)
    return (*papers, *publications_of(records.items, context))


def worded(paper: Publication, labels: Mapping[str, str]) -> Publication:
    """A paper as written, its links and facts called what a language calls them."""

    def said(name: Rich) -> Rich:
        word, *more = name.text.split(" ", 1)
        return plain(" ".join((labels.get(word, word.capitalize()), *more)))

    links = tuple(replace(k, label=said(k.label)) if k.kind else k for k in paper.links)
    return replace(
        paper, links=links, facts=tuple(Fact(said(f.label), f.value) for f in paper.facts)
    )


def publications(
    written: Iterable[Publication],
    from_cv: Sequence[Publication],
    records: Records,
    home: Household,
    context: Bibliography,
) -> tuple[Publication, ...]:
    """All papers in the language of `context`, one record each, in the order of the list."""
    documents = documents_once(records.documents.get("publications", []), context.reading)
    in_files = [p for d in documents if (p := citations.of_document(d, context))]
    candidates = [worded(paper, context.labels) for paper in written]
    candidates += [p for p in in_files if p.title]
    pool = told_apart(one_record_each([*candidates, *from_cv], context.reading), context.reading)
    pool = with_preprints(pool, context.labels)
    pool = with_bodies(pool, [p for p in in_files if not p.title], context.reading)
    tell_previews(pool, context.reading)
    pool = with_identities(map(with_bibtex, pool), home.owners, home.people, context.reading)
    slugs = told_slugs({p.key: p.place for p in pool}, context.reading)
    taken = frozenset(slugs.values())
    return newest_first(
        tuple(_addressed(p, slugs[p.key], taken, context.reading.problems) for p in pool)
    )


def _addressed(
    paper: Publication, given: str, taken: frozenset[str], problems: Problems
) -> Publication:
    """The paper where it lives; where its preprint lived leads on to it."""
    address = address_of(paper.permalink, f"/publications/{given}/", paper.document, problems)
    former = (slug(key) for key in paper.aliases)
    old = tuple(f"/publications/{name}/" for name in former if name not in taken)
    return replace(paper, slug=given, address=address, redirect_from=(*paper.redirect_from, *old))
