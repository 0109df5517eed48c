"""A paper from front matter as an entry of publications.bib, nothing of it lost.

Source for the keys: academicpages and its forks; what has no field of its own keeps its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from builder.importers.moving import Move
from builder.importers.papers.authors import authors_in, authors_of, has_others, marks_of
from builder.importers.papers.fields import add_date, add_others, add_venue, add_words, type_of
from builder.importers.papers.lines import rich
from builder.importers.papers.links import add_links
from builder.importers.values import text_of
from builder.importers.yamlout import front_matter
from builder.model.keys import made_key
from builder.problems import Problems
from builder.text.bibtex import RawEntry, format_entry, parse
from builder.text.dates import read_when
from builder.text.person import PersonName
from builder.text.slugs import slug
from builder.text.tex_writer import names_to_tex, title_to_tex


class Paper(NamedTuple):
    """A paper ready for publications.bib."""

    key: str
    type: str
    fields: dict[str, str]
    aliases: tuple[str, ...] = ()
    """Names by which the source set the owner apart, where they differ from the owner's."""
    notes: tuple[tuple[str, str], ...] = ()
    """Verdict and words of what was not taken over as it was."""

    @property
    def entry(self) -> str:
        """The entry as it is typed."""
        return format_entry(self.type, self.key, self.fields)


def write_papers(move: Move, papers: Iterable[Paper]) -> None:
    """publications.bib, newest first; no papers make no file."""
    order = sorted(papers, key=lambda p: p.fields.get("year", ""), reverse=True)
    if order:
        move.write("content/publications.bib", "\n".join(p.entry for p in order))


def tell_notes(move: Move, paper: Paper, path: str) -> None:
    """Tell what of a paper was not taken over as it was."""
    for verdict, words in paper.notes:
        move.note(verdict, path, words)  # type: ignore[arg-type]


def write_page(move: Move, paper: Paper, front: dict[str, Any], body: str, path: str) -> None:
    """The page of a paper; what its file held stands in publications.bib first."""
    move.write(f"content/publications/{slug(paper.key)}.md", front_matter(front, body), path)
    move.into[path].insert(0, "content/publications.bib")
    move.given["publications"] += 1


def paper_of(
    front: dict[str, Any], owner: str, own_host: str = "", categories: dict[str, str] | None = None,
    bibtex: str = "",
) -> Paper:  # fmt: skip
    """The entry of one paper; `bibtex` is a whole entry that lies beside it, whose fields count first."""
    notes: list[tuple[str, str]] = []
    base = _entry_in(text_of(front.get("bibtex"))) or _entry_in(bibtex)
    fields: dict[str, str] = dict(base.fields) if base else {}
    title = text_of(front.get("title"))
    cited = text_of(front.get("citation"))
    people, aliases = authors_of(front, cited, title, owner)
    named = any(front.get(k) for k in ("authors", "author", "Author", "Authors"))
    if people and (named or "author" not in fields):
        fields["author"] = names_to_tex(
            (n for n, _ in people), has_others(front, authors_in(cited, title))
        )
    if title:
        fields["title"] = title_to_tex(rich(title))
    kind = base.type if base else type_of(front, cited)
    add_venue(fields, front, kind)
    add_date(fields, front, notes)
    add_links(fields, front, own_host, notes)
    add_words(fields, front, cited, owner, categories or {})
    if marks := marks_of(people):
        fields["author+an"] = marks
    add_others(fields, front, notes)
    ordered = {
        k: fields[k]
        for k in ("author", "title", "journal", "booktitle", "year", "month", "day")
        if fields.get(k)
    }
    ordered |= {k: v for k, v in fields.items() if v and k not in ordered}
    key = base.key if base else _key(title, [n for n, _ in people], ordered)
    return Paper(key, kind, ordered, tuple(aliases), tuple(notes))


def _key(title: str, people: list[PersonName], fields: dict[str, str]) -> str:
    when = read_when(fields.get("year", "")) if fields.get("year") else None
    return made_key(rich(title), people, when).replace("-", "")


def _entry_in(text: str) -> RawEntry | None:
    if "@" not in text or "{" not in text:
        return None
    entries = [e for e in parse(text, "", Problems()) if e.type != "xdata"]
    return entries[0] if len(entries) == 1 else None


def bibtex_in(body: str) -> str:
    """A single BibTeX entry that stands in a text, fenced or bare; empty when there is none."""
    found = re.findall(r"^[ \t]*@[A-Za-z]+\s*\{.*?^[ \t]*\}[ \t]*$", body, re.MULTILINE | re.DOTALL)
    return found[0] if len(found) == 1 and _entry_in(found[0]) else ""
