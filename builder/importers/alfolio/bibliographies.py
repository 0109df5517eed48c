"""The bibliographies of an al-folio site: entries as they were typed, file names made addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.importers.samples import is_sample_entry
from builder.importers.values import text_of
from builder.problems import Problems
from builder.text.bibtex import parse
from builder.text.tex import to_text

if TYPE_CHECKING:
    from builder.importers.alfolio.site import AlFolio

_FOLDERS = {
    "pdf": "/assets/pdf/", "supp": "/assets/pdf/", "poster": "/assets/pdf/", "slides": "/assets/pdf/", "html": "/assets/html/",
    "preview": "/assets/img/publication_preview/", "video": "/assets/video/", "blog": "/", "code": "/", "website": "/",
}  # fmt: skip
"""Where a bare file name of a bibliography field lies."""


def write_bibliographies(alfolio: AlFolio) -> None:
    """Every .bib file of `_bibliography`: real entries, asset names made addresses."""
    folder = text_of(
        (alfolio.site.config.get("scholar") or {}).get("source")
        if isinstance(alfolio.site.config.get("scholar"), dict)
        else ""
    )
    found = alfolio.source.below(
        folder.strip("/") or "_bibliography", ".bib"
    ) or alfolio.source.below("_bibliography", ".bib")
    for path in found:
        text = re.sub(
            r"\A\s*---\s*\n(?:.*?\n)?---\s*\n", "", alfolio.source.text(path), flags=re.DOTALL
        )
        stem = path.rpartition("/")[2].removesuffix(".bib")
        if re.fullmatch(r"talks?|presentations?|posters?", stem):
            _write_talks(alfolio, text, path)
        else:
            _write_bibliography(
                alfolio, text, path, "publications" if stem in ("papers", "publications") else stem
            )


def _write_bibliography(alfolio: AlFolio, text: str, path: str, stem: str) -> None:
    """One file, its entries as they were typed."""
    name = text_of(alfolio.owner.get("name"))
    entries = {e.key: e for e in parse(text, path, Problems())}
    kept: list[str] = []
    alfolio.move.taken["publications"] += len(entries)
    for chunk in re.split(r"(?m)^(?=[ \t]*@)", text):
        key = re.match(r"\s*@\w+\s*[{(]\s*([^,\s]+)\s*,", chunk)
        entry = entries.get(key[1]) if key else None
        if entry and is_sample_entry(entry.key, entry.fields, name):
            alfolio.move.note("left", path, f"a sample of the theme: {entry.key}", entry.line)
            alfolio.move.taken["publications"] -= 1
        elif chunk.strip():
            kept.append(_with_assets(alfolio, chunk, path))
    body = "".join(kept).strip()
    if "@" in body:
        alfolio.move.write(alfolio.move.free(f"content/{stem}.bib"), body + "\n", path)
        alfolio.move.given["publications"] += len(
            [e for e in parse(body, path, Problems()) if e.type != "xdata"]
        )
    else:
        alfolio.move.leave(path, "it holds nothing but samples")


def _with_assets(alfolio: AlFolio, chunk: str, path: str) -> str:
    """An entry whose bare file names say where the files lie."""

    def moved(found: re.Match[str]) -> str:
        field, value = found["field"].lower(), found["value"].strip()
        if not value or re.match(r"(?i)[a-z]+://|/|true$|false$|#", value) or field not in _FOLDERS:
            return found[0]
        new, file, there = alfolio.resolver.resolve(_FOLDERS[field] + value, "/")
        if file:
            alfolio.move.linked[file] = None
        elif not there and field in ("code", "website", "blog", "html", "video"):
            return found[0]
        elif not there:
            alfolio.move.note("missing", path, f"{field} = {value}: there is no such file")
        return found[0].replace(found["value"], new)

    pattern = r"(?P<field>(?i:pdf|supp|poster|slides|html|preview|video|blog|code|website))\s*=\s*[{\"](?P<value>[^{}\"\n]*)[}\"]"
    return re.sub(pattern, moved, chunk)


def _write_talks(alfolio: AlFolio, text: str, path: str) -> None:
    """A .bib file of talks as talks.yaml."""
    records = []
    for entry in parse(text, path, Problems()):
        fields = {k: to_text(v) for k, v in entry.fields.items()}
        people = re.split(r"\s+and\s+", fields.get("author", ""))
        record = {
            "title": fields.get("title", ""), "authors": [p for p in people if p] if len(people) > 1 else [],
            "venue": fields.get("booktitle") or fields.get("journal") or fields.get("eventtitle") or "", "location":
            fields.get("address") or fields.get("location") or "", "date": " ".join(filter(None, (fields.get("month", ""), fields.get("year", "")))),
            "slides": fields.get("slides", ""), "video": fields.get("video", ""), "website": fields.get("html") or fields.get("url") or "",
            "abstract": fields.get("abstract", ""), "note": fields.get("note", ""),
        }  # fmt: skip
        records.append({k: v for k, v in record.items() if v})
    alfolio.move.taken["talks"] = alfolio.move.given["talks"] = len(records)
    if records:
        alfolio.move.write_yaml("content/talks.yaml", records, path)
