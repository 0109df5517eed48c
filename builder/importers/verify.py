"""The proof: what the source says is looked for in the built site, and what is not there is named.

It reads the source anew and knows nothing of how it was translated: titles, dates, authors, link
targets and paragraphs are taken from the old files, and must stand on some page of the new site.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from builder.importers import kramdown, targets
from builder.importers.distill import distilled
from builder.importers.jekyll import tables
from builder.importers.jekyll.reading import ENDINGS
from builder.importers.markup import cleaned
from builder.importers.moving import Move
from builder.importers.papers.authors import split_names
from builder.importers.samples import is_sample
from builder.importers.source import Found
from builder.importers.values import listed, text_of
from builder.model.addresses import output_path
from builder.problems import BuildFailed, Problems
from builder.text import markdown
from builder.text.bibtex import parse
from builder.text.dates import newest, read_when
from builder.text.names import read_names
from builder.text.tex import to_text
from builder.text.urls import decode_entities

RUN = 4
"""Words that must stand together for a paragraph to count as found there."""
ENOUGH = 0.97
"""The part of a paragraph's runs that must be found: dashes and quotes may divide words anew."""


class Fact(NamedTuple):
    """One thing that the source says."""

    kind: str
    """`title`, `date`, `author`, `link`, `paragraph`, `address`."""
    place: str
    text: str


class Account(NamedTuple):
    """What came of a comparison."""

    found: dict[str, int]
    """Kind of fact to how many were found."""
    lost: tuple[Fact, ...]
    """What was found nowhere, and is not listed as left."""
    problems: str = ""
    """Why the new site could not be built, if it could not."""

    @property
    def complete(self) -> bool:
        """Whether everything was found."""
        return not self.lost and not self.problems

    @property
    def text(self) -> str:
        """The account in words."""
        if self.problems:
            return (
                f"The new site cannot be built, so that nothing can be compared:\n{self.problems}"
            )
        lines = []
        for kind in _ORDER:
            lost = sum(1 for fact in self.lost if fact.kind == kind)
            if total := self.found.get(kind, 0) + lost:
                lines.append(f"{_PLURALS[kind]}: {total - lost} of {total} found")
        lines += [f"not found: {f.kind} of {f.place}: {f.text[:120]}" for f in self.lost]
        return "\n".join(lines or ["There was nothing to compare."])


_ORDER = ("address", "title", "date", "author", "link", "paragraph")
_PLURALS = {
    "address": "addresses",
    "title": "titles",
    "date": "dates",
    "author": "authors",
    "link": "links",
    "paragraph": "paragraphs",
}


# ---- the built site -------------------------------------------------------------------------


class Pages:
    """What stands on the pages of a built site."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.words: dict[str, list[str]] = {}
        self.runs: set[tuple[str, ...]] = set()
        self.targets: set[str] = set()
        for file in sorted(out.rglob("*.html")):
            text, targets = seen_in(file.read_text("utf-8"))
            found = words_in(" \n ".join(text))
            self.words[file.relative_to(out).as_posix()] = found
            for length in range(1, RUN + 1):
                self.runs.update(zip(*(found[n:] for n in range(length)), strict=False))
            self.targets.update(map(_target, targets))

    def has(self, text: str) -> bool:
        """Whether a text stands on some page, all its words together or nearly so."""
        words = words_in(text)
        length = min(RUN, len(words))
        runs = list(zip(*(words[n:] for n in range(length)), strict=False)) if words else []
        return not runs or sum(run in self.runs for run in runs) >= ENOUGH * len(runs)

    def has_words(self, text: str) -> bool:
        """Whether every word of a line of a CV stands on some page, most beside their neighbours.

        A line becomes the fields of an entry, and its dates are printed anew: they are left aside.
        """
        words = words_in(text)
        kept = {w for w in words if not w.isdecimal() and w not in _DATE_WORDS}
        pairs = [p for p in pairwise(words) if kept.issuperset(p)]
        near = sum(pair in self.runs for pair in pairs)
        return all((w,) in self.runs for w in kept) and near >= len(pairs) // 2

    def answers(self, address: str) -> bool:
        """Whether a server that gives these files answers at an address."""
        path = output_path(address)
        other = unquote(address).strip("/") + "/index.html"
        return (
            (self.out / path).is_file()
            or (self.out / other).is_file()
            or (self.out / unquote(address).strip("/")).is_file()
        )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = [""]
        self.targets: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style", "template")
        if tag in _BLOCKS:
            self.texts.append("")
        values = dict(attrs)
        self.targets += [v for k in ("href", "src", "poster", "content") if (v := values.get(k))]
        if values.get("alt"):
            self.texts.append(str(values["alt"]))
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "template")
        if tag in _BLOCKS:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self.silent <= 0:
            self.texts[-1] += data


_BLOCKS = frozenset({
    "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "div", "section", "ul", "ol", "table", "tr", "pre",
    "blockquote", "figure", "figcaption", "title", "main", "nav", "header", "footer", "aside", "summary", "details", "hr", "br",
})  # fmt: skip


def seen_in(html: str) -> tuple[list[str], list[str]]:
    """The texts of the blocks of a page, and the targets of its links and pictures."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [t for t in reader.texts if t.strip()], reader.targets


def words_in(text: str) -> list[str]:
    """The words of a text, for comparing: without accents, case and signs."""
    folded = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).casefold()
    return re.findall(r"[^\W_]+", "".join(c for c in folded if not unicodedata.combining(c)))


def _target(url: str) -> str:
    url = decode_entities(url)
    url = unquote(re.sub(r"^https?://(?:dx\.)?(?:www\.)?", "", url.strip())).rstrip("/").casefold()
    video = re.search(
        r"youtube(?:-nocookie)?\.com/(?:embed/|watch\?v=)([\w-]+)|youtu\.be/([\w-]+)", url
    )
    return f"video:{video[1] or video[2]}" if video else url.split("#")[0]


# ---- what the source says -------------------------------------------------------------------


def facts_of(move: Move) -> Iterator[Fact]:
    """Everything that the documents of the source say, those that were left out excepted."""
    for path in move.into:
        lower = path.lower()
        copied = isinstance(move.site.get(f"content/{path}"), Path)
        if move.kind == "markdown" or (lower.endswith(ENDINGS) and not copied):
            yield from _document_facts(move.source.document(path), move)
        elif path in tables.TABLES:
            for row in tables.rows_of(move.source, path):
                if not is_sample(row.front, row.body):
                    yield from _document_facts(row, move)
        elif lower.endswith(".bib") and not copied and move.kind != "hugo":
            yield from _entry_facts(move.source.text(path), path, move)


def _document_facts(doc: Found, move: Move) -> Iterator[Fact]:
    title = re.sub(r"\{\{.*?\}\}", "", text_of(doc.front.get("title")))
    unnamed = move.kind == "al-folio" or re.fullmatch(
        r"(?i)about( me)?|home(page)?|welcome", title
    )  # the home page prints a name in the place of its title
    home = unnamed and move.urls.get(doc.path) == "/"
    if title and not home and not _hidden(doc):
        yield Fact("title", doc.path, decode_entities(re.sub(r"<[^>]+>", "", title)))
    if "_publications/" in doc.path or doc.path.startswith("content/publication"):
        authors = doc.front.get("authors") or doc.front.get("author")
        names = listed(authors) if isinstance(authors, list) else split_names(text_of(authors))
        spelled = (move.names.get(name.strip().rstrip("*†‡ ").casefold(), name) for name in names)
        bare = (re.sub(r"<[^>]+>|[*†‡§_]", "", name).strip() for name in spelled)
        yield from (
            Fact("author", doc.path, n)
            for n in bare
            if n and not re.match(r"et\.? al|admin$|me$|others", n)
        )
    if (day := text_of(doc.front.get("date"))) and not _hidden(doc):
        when = read_when(day[:10].strip()) or read_when(day)
        date = newest(when) if when else None
        if date:
            yield Fact("date", doc.path, f"{date.year}")
    if not _hidden(doc):
        yield from _body_facts(doc, move)


def _hidden(doc: Found) -> bool:
    """Whether the source itself did not show the document."""
    return (
        text_of(doc.front.get("published")) == "false"
        or text_of(doc.front.get("draft")) == "true"
        or doc.path.startswith("_drafts")
    )


_LOGIC = re.compile(
    r"\{%-?\s*(?P<tag>if|unless|for|case|capture)\b(?:(?!\{%-?\s*(?:if|unless|for|case|capture)\b).)*?\{%-?\s*end(?P=tag)\s*-?%\}", re.DOTALL
)  # fmt: skip
"""What is shown only at times, innermost first."""


def _body_facts(doc: Found, move: Move) -> Iterator[Fact]:
    body = distilled(kramdown.without_comments(doc.body, lambda *_: None))
    body = re.sub(r"(?<![\w:/]):[a-z0-9_+]+:(?![\w/])", " ", body)
    body = re.sub(r"\[@[^\]\n]*\]", "\ue040", body)
    body = re.sub(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", r"\1", body, flags=re.DOTALL)
    shown = re.sub(r"\{%-?\s*comment\b.*?endcomment\s*-?%\}", " ", body, flags=re.DOTALL)
    while (inner := _LOGIC.sub("\n\n", shown)) != shown:
        shown = inner
    shown = re.sub(r"\{\{[<%].*?[%>]\}\}", "\n\n", shown, flags=re.DOTALL)
    shown = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\ue040", shown, flags=re.DOTALL)
    shown = re.sub(
        r"^[ \t]*@[A-Za-z]+\s*\{.*?^[ \t]*\}[ \t]*$", "", shown, flags=re.MULTILINE | re.DOTALL
    )
    shown = re.sub(r"^\*\[[^\]\n]+\]:.*$", "", shown, flags=re.MULTILINE)
    shown = re.sub(r"(?<![\w\\/`.])@(?=\w)", r"\\@", shown)  # a handle, and no citation
    plain = targets.rewritten(
        kramdown.to_folio(cleaned(shown, lambda *_: None)), lambda t: t.replace(" ", "%20")
    )
    texts, _ = seen_in(markdown.render(plain, "").html)
    for text in texts:
        for piece in text.split("\ue040"):
            if len(words_in(piece)) > 1:
                yield Fact("paragraph", doc.path, " ".join(piece.split()))
    missing = {n.text for n in move.notes if n.verdict == "missing" and n.path == doc.path}
    for target in dict.fromkeys(targets.targets_of(cleaned(body, lambda *_: None))):
        if re.match(r"https?://", target) and "{" not in target:
            yield Fact("link", doc.path, decode_entities(target))
        elif move.resolver and "{" not in target and not any(m.startswith(target) for m in missing):
            new, _, found = move.resolver.resolve(target, move.urls.get(doc.path, "/"))
            if found and new.startswith("/"):
                yield Fact("link", doc.path, new)


def _entry_facts(text: str, path: str, move: Move) -> Iterator[Fact]:
    left = {n.text.rpartition(" ")[2] for n in move.notes if n.verdict == "left" and n.path == path}
    text = re.sub(r"\A\s*---\s*\n.*?^---\s*$", "", text, flags=re.MULTILINE | re.DOTALL)
    for entry in (e for e in parse(text, path, Problems()) if e.key not in left):
        if title := entry.fields.get("title"):
            yield Fact("title", f"{path}:{entry.line}", to_text(title).rstrip("."))
        for read in read_names(entry.fields.get("author", "")).names:
            yield Fact("author", f"{path}:{entry.line}", read.name.display)


# ---- comparing ------------------------------------------------------------------------------


def compare(move: Move, pages: Pages) -> Account:
    """Look for everything that the source says."""
    found: dict[str, int] = {}
    lost: list[Fact] = []
    for fact in (*_address_facts(move), *facts_of(move)):
        if _stands(fact, pages, move):
            found[fact.kind] = found.get(fact.kind, 0) + 1
        else:
            lost.append(fact)
    return Account(found, tuple(dict.fromkeys(lost)))


def _address_facts(move: Move) -> Iterable[Fact]:
    return (Fact("address", a.path, a.old) for a in move.addresses.values() if a.new)


def _stands(fact: Fact, pages: Pages, move: Move) -> bool:
    if fact.kind == "address":
        return pages.answers(fact.text) and pages.answers(move.addresses[fact.text].new)
    if fact.kind == "link":
        bare = fact.text.split("#")[0].split("?")[0]
        if fact.text.startswith("/"):
            return pages.answers(bare)
        return _target(fact.text) in pages.targets or pages.answers("/" + bare.split("/", 3)[-1])
    if fact.kind == "author":
        return _named(fact.text, pages)
    if fact.kind == "paragraph" and move.kind == "markdown":
        return pages.has_words(fact.text)
    return pages.has(fact.text)


_DATE_WORDS = frozenset(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
     "january", "february", "march", "april", "june", "july", "august", "september", "october",
     "november", "december", "present", "now"}
)  # fmt: skip


def _named(name: str, pages: Pages) -> bool:
    """Whether some page names a person, in either order or by initials."""
    words = words_in(name)
    if not words or pages.has(name) or pages.has(" ".join([*words[1:], words[0]])):
        return True
    family = max(words, key=len)
    return (family,) in pages.runs


def verify(source_move: Move, site: Path) -> Account:
    """Build a copy of the new site and compare; the site itself is not touched."""
    from builder.build import build
    from builder.run import Options

    with tempfile.TemporaryDirectory(prefix="folio-verify-") as scratch:
        copy = Path(scratch) / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("_site", ".folio", ".git"))
        problems = Problems()
        try:
            build(copy, Options(), problems)
        except BuildFailed:
            return Account(
                {}, (), "\n".join(f"{p.place}: {p.message}" for p in problems.errors[:20])
            )
        return compare(source_move, Pages(copy / "_site"))
