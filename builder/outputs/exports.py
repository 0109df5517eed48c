"""Publications for other programs: BibTeX, RIS and CSL-JSON, of all papers and of each.

A file of the author's own at one of these addresses takes the place of the one made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote

from builder.config import Config
from builder.model.bibtex_entry import Whole, own_entry, whole_entry
from builder.model.exchange import item_of, ris_item_of
from builder.model.publications import Publication
from builder.model.site import Site
from builder.outputs.output import Output
from builder.problems import Place
from builder.sources import Records
from builder.text import csl_json, ris
from builder.text.bibtex import RawEntry

SOURCE = "source:"


def exports(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """`/publications/publications.bib`, `.ris`, `.json`, and `cite.*` beside each paper's page.

    The list holds all that is known of each paper; what is beside a paper's page is for citing.
    """
    if not site.publications:
        return
    whole = _outside_addresses(records, site)
    entries = {entry.place(path): entry for path, entry in records.entries}
    texts = {"bib": [], "ris": [], "json": []}  # type: dict[str, list[str]]
    for paper in site.publications:
        item = item_of(paper, whole)
        record, line = ris.format_item(ris_item_of(item, paper, whole)), csl_json.line(item)
        texts["bib"].append(_entry(paper, entries, whole) + "\n")
        texts["ris"].append(record)
        texts["json"].append(line)
        cited = {"bib": paper.bibtex + "\n", "ris": record, "json": csl_json.listed([line])}
        for address in paper.exports.values():
            yield _output(address, cited[address.rpartition(".")[2]], paper.place)
    joined = {
        "bib": "\n".join(texts["bib"]),
        "ris": "".join(texts["ris"]),
        "json": csl_json.listed(texts["json"]),
    }
    for address in site.exports.values():
        yield _output(address, joined[address.rpartition(".")[2]], Place("(exports)"))


def _output(address: str, text: str, place: Place) -> Output:
    return Output(path=address.lstrip("/"), content=text.encode(), asked_by=place, gives_way=True)


def _entry(paper: Publication, entries: dict[Place, RawEntry], whole: Whole) -> str:
    """Its author's own entry, all but what is private; else one made of the model."""
    entry = entries.get(paper.place)
    return own_entry(entry, paper, whole) if entry else whole_entry(paper, whole)


def _outside_addresses(records: Records, site: Site) -> Whole:
    """How an address of the site, or the file that a record names, is written for the outside."""

    def whole(url: str) -> str:
        if url.startswith(SOURCE):
            name = unquote(url.removeprefix(SOURCE))
            url = "/" + quote(name) if name in records.content else ""
        if url.startswith("/"):
            return site.url + url if site.url else ""
        return url if "://" in url else ""

    return whole
