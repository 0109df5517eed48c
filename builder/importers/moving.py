"""What an import gathers on its way: the files of the new site, and an account of every old one.

Nothing is written until the whole is known; `write` puts it on disk at the end.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal, NamedTuple

from builder.importers.source import Source
from builder.importers.targets import Resolver
from builder.importers.yamlout import to_yaml

Verdict = Literal["converted", "approximated", "left", "missing"]
"""What became of something: taken over as it was; nearly so, with the reason; not taken over, with
the reason; not to be found at the source."""


class Note(NamedTuple):
    """One thing that an author coming over should know."""

    verdict: Verdict
    path: str
    """The file of the source."""
    line: int
    """Counted from 1; 0 for the file as a whole."""
    text: str

    @property
    def place(self) -> str:
        """The file, with its line where one is known."""
        return f"{self.path}:{self.line}" if self.line else self.path


class Address(NamedTuple):
    """An address of the old site, and where it leads in the new one."""

    old: str
    new: str
    """Empty when nothing answers there any more."""
    path: str
    """The file of the source that had it."""


class Move:
    """One import under way."""

    def __init__(self, source: Source, kind: str) -> None:
        self.source, self.kind = source, kind
        self.site: dict[str, str | Path] = {}
        """Path in the new site to its text, or to the file of the source that is copied."""
        self.into: dict[str, list[str]] = {}
        """File of the source to the files of the new site that hold what it held."""
        self.left: dict[str, str] = {}
        """File of the source that was not taken over, to the reason."""
        self.notes: dict[Note, None] = {}
        self.addresses: dict[str, Address] = {}
        self.taken: Counter[str] = Counter()
        """Kind of record to how many the source holds."""
        self.given: Counter[str] = Counter()
        """Kind of record to how many the new site holds."""
        self.linked: dict[str, None] = {}
        """Files of the source that something links to."""
        self.resolver: Resolver | None = None
        """What the links of the source lead to, where it has pages."""
        self.urls: dict[str, str] = {}
        """File of the source to the address that it had."""
        self.names: dict[str, str] = {}
        """A short name by which the source calls a person, to the person's name."""

    def write(self, path: str, text: str, *origins: str) -> None:
        """Put a text into the new site; it comes from `origins`, files of the source."""
        self.site[path] = text
        for origin in origins:
            self.into.setdefault(origin, []).append(path)

    def write_yaml(self, path: str, value: object, *origins: str) -> None:
        """Put values into the new site as YAML."""
        self.write(path, to_yaml(value), *origins)

    def copy(self, path: str, origin: str) -> None:
        """Copy a file of the source into the new site as it is."""
        self.site.setdefault(path, self.source.root / origin)
        self.into.setdefault(origin, []).append(path)

    def note(self, verdict: Verdict, path: str, text: str, line: int = 0) -> None:
        """Tell something of a file; the same thing is told once."""
        self.notes.setdefault(Note(verdict, path, line, " ".join(text.split())))

    def leave(self, path: str, reason: str) -> None:
        """Say that a file of the source is not taken over."""
        self.left[path] = reason

    def leads(self, old: str, new: str, path: str) -> None:
        """Say where an old address leads now."""
        self.addresses.setdefault(old, Address(old, new, path))

    def free(self, path: str) -> str:
        """The path, or one with a number where another file has taken it."""
        stem, dot, ending = path.rpartition(".")
        number, free = 2, path
        while free in self.site:
            free, number = f"{stem}-{number}{dot}{ending}", number + 1
        return free
