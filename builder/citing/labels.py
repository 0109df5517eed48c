"""How a text speaks of a work: by author and year, by author and page, or by number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Literal

import msgspec
from msgspec.structs import replace

from builder.citing.facts import Work
from builder.citing.people import family
from builder.citing.pieces import plain_text, quoted, text
from builder.model.publications import Publication
from builder.settings import CitationStyle, is_numbered
from builder.text.cites import Cited
from builder.text.person import fold
from builder.text.words import Words

Link = Callable[[str], str]
"""Makes a link to the list of references of the text that is to be followed."""


class Label(msgspec.Struct, frozen=True):
    """What a text says of one work."""

    paper: Publication
    authors: tuple[str, ...]
    """Family names, or the title where nobody is named."""
    year: str
    letter: str = ""
    """What tells two works of the same authors and year apart."""
    number: int = 0
    """Its number, in styles that count."""
    short_title: str = ""
    """The beginning of its title, in MLA's style where one author is cited with several works."""


def labels_of(
    papers: Sequence[Publication], style: CitationStyle, words: Words
) -> dict[str, Label]:
    """The label of each paper by its key, in the order of the list of references.

    `papers` stand as the text cites them; numbers follow them, other lists are alphabetical.
    """
    made = [Label(p, _authors(p, words), _year(p, style, words)) for p in papers]
    if is_numbered(style):
        return {label.paper.key: replace(label, number=n) for n, label in enumerate(made, 1)}
    made.sort(key=lambda label: _order(label.paper, label.year))
    again = _titled(made, words) if style == "mla" else _lettered(made)
    return {label.paper.key: label for label in again}


def _authors(paper: Publication, words: Words) -> tuple[str, ...]:
    names = [a.name for a in paper.authors] or list(paper.editors)
    shown = tuple(family(name) for name in names)
    if paper.others:
        shown = (*shown, "", "")  # enough to be cut
    return shown or (_quoted(_short(paper), words),)


def _quoted(title: str, words: Words) -> str:
    return plain_text(quoted(text(title), "", words.language))


def _short(paper: Publication) -> str:
    """The title up to its colon, at most five words of it."""
    head = re.split(r"[:?!]", paper.title.text)[0].split()
    return " ".join(head[:5])


def _year(paper: Publication, style: CitationStyle, words: Words) -> str:
    work = Work(paper=paper, words=words)
    if work.stage == "coming":
        return words["in_press" if style == "apa" else "forthcoming"]
    return str(work.date.year) if work.date else words["no_date"]


def _order(paper: Publication, year: str) -> tuple[list[str], str, str]:
    names = [a.name.sort for a in paper.authors] or [n.sort for n in paper.editors]
    return names or [fold(paper.title.text)], year, fold(paper.title.text)


def _lettered(labels: Sequence[Label]) -> Iterable[Label]:
    """1921a and 1921b, where the text could not tell two works apart."""
    alike = [(_joined(label.authors, "and", "et al."), label.year) for label in labels]
    counts, seen = Counter(alike), Counter[tuple[str, str]]()
    for label, said in zip(labels, alike, strict=True):
        letter = chr(ord("a") + seen[said] % 26) if counts[said] > 1 else ""
        seen[said] += 1
        yield replace(
            label, letter=f"-{letter}" if letter and not label.year.isdecimal() else letter
        )


def _titled(labels: Sequence[Label], words: Words) -> Iterable[Label]:
    counts = Counter(_joined(label.authors, "and", "et al.") for label in labels)
    for label in labels:
        several = counts[_joined(label.authors, "and", "et al.")] > 1
        yield replace(label, short_title=_short(label.paper) if several else "")


def _joined(authors: Sequence[str], final: str, et_al: str) -> str:
    """One name, two names, or the first of more."""
    if len(authors) > 2:
        return f"{authors[0]} {et_al}"
    return f" {final} ".join(authors)


# ---- in words -----------------------------------------------------------------------------------

_PAGES = re.compile(r"(?:p|pp|page|pages|S|s)\.?\s*(?=[\divxl])")


def _locator(suffix: str, style: CitationStyle, words: Words) -> str:
    """What stands behind a work, its pages as the style has them: `p. 3`, or `3` in Chicago and MLA."""
    said = re.sub(r"(?<=\d)\s*--?\s*(?=\d)", "–", suffix.strip().lstrip(",").strip())
    said = re.sub(r"(?<=[.§¶])\s(?=\d)", "\u00a0", said)
    bare = _PAGES.sub("", said, count=1) if _PAGES.match(said) else said
    if bare == said and not said[:1].isdigit():
        return said
    if style in ("chicago", "mla"):
        return bare
    several = bool(re.match(r"[\divxl]+\s*[–,]", bare))
    return f"{words['pages' if several else 'page']}\u00a0{bare}"


Part = tuple[Label, Cited, Link]


def in_brackets(parts: Sequence[Part | str], style: CitationStyle, words: Words) -> str:
    """`(see Noether, 1921, p. 3; Hilbert, 1890, 1893)`, `[1], [2, p. 3]`; a part that is text stands."""
    written: list[str] = []
    for part, before in zip(parts, ["", *parts], strict=False):
        if isinstance(part, str):
            written.append(part)
        elif not isinstance(before, str) and _again(before, part, style):
            label, work, link = part
            written[-1] += f", {_part(label, replace(work, bare=True), link, style, words)}"
        else:
            written.append(_part(*part, style, words))
    return ", ".join(written) if is_numbered(style) else f"({'; '.join(written)})"


def _again(before: Part, part: Part, style: CitationStyle) -> bool:
    """Whether a work is by the authors of the one before it, so that its year is enough."""
    dated = not is_numbered(style) and style != "mla"
    alone = not before[1].suffix and not part[1].prefix
    names = [[author.name for author in label.paper.authors] for label in (before[0], part[0])]
    return dated and alone and bool(names[0]) and names[0] == names[1]


def _part(label: Label, work: Cited, link: Link, style: CitationStyle, words: Words) -> str:
    locator = escape(_locator(work.suffix, style, words), quote=False)
    prefix = f"{escape(work.prefix, quote=False)} " if work.prefix else ""
    if is_numbered(style):
        return f"{prefix}[{link(str(label.number))}{', ' + locator if locator else ''}]"
    said = _said(label, style, words, "bracket")
    if work.bare:
        said = ("", said[1]) if said[1] else said
    shown = link(escape(_between(style).join(filter(None, said)), quote=False))
    return f"{prefix}{shown}{_before_locator(style) if locator else ''}{locator}"


def in_sentence(label: Label, suffix: str, style: CitationStyle, words: Words, link: Link) -> str:
    """`Noether (1921, p. 3)`, `Noether [1]`."""
    locator = escape(_locator(suffix, style, words), quote=False)
    authors, year = _said(label, style, words, "sentence")
    if is_numbered(style):
        inner = f"{label.number}{', ' + locator if locator else ''}"
        return link(f"{escape(authors, quote=False)} [{inner}]")
    inner = (_before_locator(style) if year else " ").join(
        filter(None, (escape(year, quote=False), locator))
    )
    return link(escape(authors, quote=False) + (f" ({inner})" if inner else ""))


def _said(
    label: Label, style: CitationStyle, words: Words, where: Literal["bracket", "sentence"]
) -> tuple[str, str]:
    """The authors, and the year or whatever else tells the work."""
    final = "&" if style == "apa" and where == "bracket" else words["and"]
    authors = _joined(label.authors, final, words["et_al_short"])
    if style == "mla":
        return authors, _quoted(label.short_title, words)
    return authors, label.year + label.letter


def _between(style: CitationStyle) -> str:
    return " " if style == "chicago" else ", "


def _before_locator(style: CitationStyle) -> str:
    return " " if style == "mla" else ", "
