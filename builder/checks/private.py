"""What a visitor should not learn: paths of one's own disk, mail addresses in copied files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from builder.checks.look import Look, text_of
from builder.checks.words import sources
from builder.problems import Place, Problems

_DISK = re.compile(
    r"""file:///[^\s"'<>)]+|(?<![\w./:-])(?:/home|/Users)/[\w.-]+/[^\s"'<>)]*"""
    r"""|(?<!\w)[A-Za-z]:\\Users\\[^\s"'<>)]+"""
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w-])")
_TEXTS = (".txt", ".csv", ".tsv", ".json", ".tex", ".bib", ".log", ".ics", ".vcf", ".xml", ".yaml", ".yml", ".ipynb",
          ".py", ".r", ".rst", ".org", ".html", ".htm", ".svg")  # fmt: skip
LARGEST = 5_000_000
"""Bytes of a copied file that are looked at."""


def check_private(look: Look, problems: Problems) -> None:
    """Paths of a disk in pages and copied files, and mail addresses in copied files.

    What an author types on a page is meant to be read; what lies in a list of participants that is
    copied along is not.
    """
    for path, text in _copied(look):
        for found, place in _found(_DISK, text, path):
            _tell_path(found, place, problems)
        for found, place in _found(MAIL, text, path):
            if found.lower() not in _known(look):
                problems.warning(
                    "mail-published", f"{found!r} is published with this file", place,
                    "take it out, or keep the file outside of content/ and static/",
                )  # fmt: skip
    typed = dict(sources(look))
    for path in look.pages:
        html = text_of(look.made.rendered.files[path])
        for shown in dict.fromkeys(_DISK.findall(html)):
            places = [
                p
                for file, text in typed.items()
                for _, p in _found(re.compile(re.escape(shown)), text, file)
            ]
            _tell_path(shown, next(iter(places), look.place(path)), problems)


def _tell_path(shown: str, place: Place, problems: Problems) -> None:
    problems.warning(
        "path-published", f"{shown!r} is a path on your own disk, and is published", place,
        "put the file into content/ and write its path from there",
    )  # fmt: skip


def _copied(look: Look) -> Iterator[tuple[str, str]]:
    """Source path and text of every file of the author's that is copied as it is."""
    for output in look.made.rendered.plan.values():
        file, typed_at = output.content, output.asked_by.path
        if not isinstance(file, Path) or typed_at.startswith("theme/"):
            continue
        if file.suffix.lower() in _TEXTS and file.stat().st_size <= LARGEST:
            yield typed_at, file.read_text("utf-8", errors="replace")


def _found(pattern: re.Pattern[str], text: str, path: str) -> Iterator[tuple[str, Place]]:
    for match in pattern.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        line = text.count("\n", 0, start) + 1
        yield match[0], Place(path, line, match.start() - start + 1)


def _known(look: Look) -> frozenset[str]:
    """Mail addresses that the site gives to everyone anyway."""
    people = (look.made.site.owner, *look.made.site.people)
    return frozenset(address.lower() for person in people for address in person.email)
