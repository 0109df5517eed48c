"""Papers of `_publications` as entries of publications.bib, each with its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from builder.importers.jekyll.bodies import liquid_line
from builder.importers.jekyll.reading import Doc
from builder.importers.jekyll.tables import folded
from builder.importers.papers import Paper, bibtex_in, paper_of, tell_notes, write_page
from builder.importers.papers.links import FILES
from builder.importers.source import Source
from builder.importers.values import text_of
from builder.problems import Problems
from builder.text.bibtex import format_entry, parse
from builder.text.tex import to_text

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


def write_paper(jekyll: Jekyll, doc: Doc) -> None:
    """A paper of `_publications`."""
    jekyll.move.taken["publications"] += 1
    front = dict(doc.front)
    for key, value in front.items():
        if isinstance(value, str) and ("{{" in value or "{%" in value):
            front[key] = liquid_line(jekyll, value, doc)
    made_of = jekyll.entries.pop(folded(doc.title), None)
    beside = (
        bibtex_beside(jekyll, front, doc) or bibtex_in(doc.found.body) or (made_of or ("", ""))[0]
    )
    if not text_of(front.get("date")) and doc.date:
        front["date"] = doc.date
    if not text_of(front.get("title")):
        front["title"] = doc.name.replace("-", " ")
    paper = paper_of(
        front,
        text_of(jekyll.owner.get("name")),
        urlsplit(jekyll.site.url).netloc,
        jekyll.topics,
        beside,
    )
    key, number = paper.key, 1
    while key in jekyll.papers:
        number += 1
        key = f"{paper.key}-{number}"
    add_paper(jekyll, paper._replace(key=key), doc)


def add_paper(jekyll: Jekyll, paper: Paper, doc: Doc) -> None:
    """Write the page of a paper and keep its entry."""
    for field in (*FILES, "preview", "supp"):
        if value := paper.fields.get(field):
            if field == "preview" and "://" not in value and not value.startswith("/"):
                value = "/images/" + value
            paper.fields[field] = (
                jekyll.target(value, doc) if "://" not in value or is_own(jekyll, value) else value
            )
    jekyll.papers[paper.key] = paper
    jekyll.aliases += paper.aliases
    tell_notes(jekyll.move, paper, doc.path)
    body = fenced(jekyll.body(doc)[0])
    front = {"permalink": doc.url, "redirect_from": jekyll.redirects(doc)}
    write_page(jekyll.move, paper, front, body, doc.path)
    jekyll.leads(doc)


def is_own(jekyll: Jekyll, url: str) -> bool:
    """Whether an address is one of the old site itself."""
    return bool(jekyll.resolver.host) and urlsplit(url).netloc.casefold() == jekyll.resolver.host


def fenced(body: str) -> str:
    """A body whose bare BibTeX stands in a fence, so that it is shown as typed."""
    if "```" in body:
        return body
    return re.sub(
        r"^([ \t]*@[A-Za-z]+\s*\{.*?^[ \t]*\}[ \t]*)$", r"```bibtex\n\1\n```", body, flags=re.MULTILINE | re.DOTALL
    )  # fmt: skip


def bibtex_beside(jekyll: Jekyll, front: dict[str, Any], doc: Doc) -> str:
    """The entry in the file that `bibtexurl` or `bibtex` names."""
    for key in ("bibtexurl", "bibtex"):
        name = text_of(front.get(key))
        if name and "@" not in name:
            file = jekyll.resolver.resolve(name, doc.url)[1]
            if file:
                jekyll.move.linked[file] = None
                return jekyll.source.text(file)
    return ""


def generators_entries(source: Source) -> dict[str, tuple[str, str]]:
    """The .bib files of academicpages' generator: title to the entry as it is typed, and its file."""
    found: dict[str, tuple[str, str]] = {}
    for path in source.below("markdown_generator", ".bib"):
        for entry in parse(source.text(path), path, Problems()):
            typed = format_entry(entry.type, entry.key, dict(entry.fields))
            found.setdefault(folded(to_text(entry.fields.get("title", ""))), (typed, path))
    return found


def add_entries_without_page(jekyll: Jekyll) -> None:
    """What the generator's .bib files hold beyond the pages that were made of them."""
    for typed, path in jekyll.entries.values():
        jekyll.move.taken["publications"] += 1
        entry = parse(typed, path, Problems())[0]
        key = entry.key if entry.key not in jekyll.papers else f"{entry.key}-2"
        jekyll.papers[key] = Paper(key, entry.type, dict(entry.fields))
        words = f"the entry {entry.key} had no page yet; it is brought over from the file"
        jekyll.move.note("approximated", path, words)
        jekyll.move.into.setdefault(path, []).append("content/publications.bib")
        jekyll.move.given["publications"] += 1
