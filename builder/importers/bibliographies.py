"""Bibliographies that come from elsewhere: BibTeX, RIS, CSL-JSON, alone or into a site that stands.

Folio reads all three; what is done here is to tell which papers the site has already, and to put
the others beside them without touching a file of its author's.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from builder.importers.moving import Move
from builder.problems import FolioError, Problems
from builder.text import csl_json, ris, urls
from builder.text.bibtex import parse
from builder.text.csl import text_of as csl_text
from builder.text.tex import to_text

ENDINGS = (".bib", ".bibtex", ".ris", ".json")


class Known(NamedTuple):
    """What a paper is told from others by."""

    title: str
    year: str
    doi: str
    arxiv: str

    @property
    def signs(self) -> set[str]:
        """The signs of which one must be shared for two papers to be the same."""
        words = " ".join(re.findall(r"\w+", _folded(self.title)))
        found = {f"doi:{self.doi.casefold()}"} if self.doi else set()
        found |= {f"arxiv:{re.sub(r'v[0-9]+$', '', self.arxiv)}"} if self.arxiv else set()
        return found | ({f"title:{words}:{self.year}"} if words else set())


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c))


def import_bibliography(move: Move) -> None:
    """A file, or a folder of files, as a new site of publications alone."""
    for path in bibliographies(move):
        taken = papers_in(move.source.text(path), path)
        stem, _, ending = path.rpartition("/")[2].rpartition(".")
        ending = {"bibtex": "bib"}.get(ending.lower(), ending.lower())
        move.write(
            move.free(f"content/{stem if ending != 'bib' else 'publications'}.{ending}"),
            move.source.text(path),
            path,
        )
        move.taken["publications"] += len(taken)
        move.given["publications"] += len(taken)
    if not move.taken["publications"]:
        raise FolioError("no publication can be read there: neither BibTeX, nor RIS, nor CSL-JSON")
    move.write_yaml("site.yaml", {"title": "Publications"})


def bibliographies(move: Move) -> list[str]:
    """The files of a source that hold papers."""
    files = [move.source.only] if move.source.only else list(move.source.files)
    return [f for f in files if f.lower().endswith(ENDINGS) and papers_in(move.source.text(f), f)]


def papers_in(text: str, path: str) -> list[tuple[str, Known]]:
    """The papers of a file, each with the text that it is written in."""
    if path.lower().endswith((".bib", ".bibtex")):
        return _entries(text, path)
    if path.lower().endswith(".ris"):
        return _ris(text, path)
    return _items(text, path)


def _entries(text: str, path: str) -> list[tuple[str, Known]]:
    found: list[tuple[str, Known]] = []
    entries = {e.key: e for e in parse(text, path, Problems())}
    for chunk in re.split(r"(?m)^(?=[ \t]*@)", text):
        key = re.match(r"\s*@(\w+)\s*[{(]\s*([^,\s]+)\s*,", chunk)
        entry = entries.get(key[2]) if key else None
        if entry is None:
            continue
        fields = entry.fields
        year = re.search(r"\d{4}", fields.get("year", "") or fields.get("date", ""))
        is_arxiv = (
            "arxiv" in (fields.get("archiveprefix", "") + fields.get("eprinttype", "")).lower()
        )
        arxiv = fields.get("arxiv") or (fields.get("eprint", "") if is_arxiv else "")
        doi = urls.doi(fields.get("doi", "")) or (
            urls.doi(fields["url"]) if "doi.org" in fields.get("url", "") else ""
        )
        known = Known(
            to_text(fields.get("title", "")),
            year[0] if year else "",
            doi or "",
            urls.arxiv(arxiv) or "" if arxiv else "",
        )
        found.append((chunk.strip(), known))
    return found


def _ris(text: str, path: str) -> list[tuple[str, Known]]:
    records = re.findall(r"(?ms)^TY  - .*?^ER  -.*?$", text)
    found = []
    for record in records:
        items = ris.parse(record + "\n", path, Problems())
        found += [(record, _known(item.fields)) for item in items[:1]]
    return found


def _items(text: str, path: str) -> list[tuple[str, Known]]:
    import json

    items = csl_json.parse(text, path, Problems()) or []
    try:
        typed = json.loads(text)
    except ValueError:
        return []
    typed = typed.get("items", []) if isinstance(typed, dict) else typed
    pairs = (
        zip(typed, items, strict=False)
        if isinstance(typed, list) and len(typed) == len(items)
        else ()
    )
    return [
        (json.dumps(one, ensure_ascii=False, indent=1), _known(item.fields)) for one, item in pairs
    ]


def _known(fields: dict[str, object]) -> Known:
    said = {name: csl_text(fields.get(name)) for name in ("title", "DOI", "URL", "number")}
    year = re.search(r"\d{4}", str(fields.get("issued") or fields.get("original-date") or ""))
    arxiv = urls.arxiv(said["URL"]) if "arxiv" in said["URL"] else ""
    return Known(said["title"], year[0] if year else "", urls.doi(said["DOI"]) or "", arxiv or "")


# ---- into a site that stands ----------------------------------------------------------------


def missing_from(site: Path, move: Move) -> tuple[dict[str, str], list[str]]:
    """The files to add to a site, and the titles that it has already."""
    have: set[str] = set()
    for signs in _signs_of(site):
        have |= signs
    added: dict[str, str] = {}
    known: list[str] = []
    for path in bibliographies(move):
        new: list[str] = []
        for text, paper in papers_in(move.source.text(path), path):
            if paper.signs & have:
                known.append(paper.title)
            else:
                new.append(text)
                have |= paper.signs
        move.taken["publications"] += len(new) + len([k for k in known if k])
        move.given["publications"] += len(new)
        if new:
            added[_free(site, path)] = _joined(new, path)
    return added, known


def _signs_of(site: Path) -> list[set[str]]:
    """The signs of every paper that a site has, wherever it is written."""
    from builder.config import load_config
    from builder.model.site import make_site
    from builder.run import Options
    from builder.sources import read_sources

    problems = Problems()
    config = load_config(site, Options(), problems)
    records = read_sources(config, problems)
    papers = make_site(config, records, problems).publications
    return [Known(p.title.text, p.year, p.doi, p.arxiv).signs for p in papers]


def _joined(texts: list[str], path: str) -> str:
    if path.lower().endswith(".json"):
        return "[\n" + ",\n".join(texts) + "\n]\n"
    return "\n\n".join(texts) + "\n"


def _free(site: Path, path: str) -> str:
    """A name in `content/` that no file of the site has."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    ending = {"bibtex": "bib"}.get(ending.lower(), ending.lower())
    name, number = f"content/{stem}.{ending}", 1
    while (site / name).exists():
        number += 1
        name = f"content/{stem}-{number}.{ending}"
    return name
