"""What a build is made from, by content: the files of the site, the options, Folio itself.

A Markdown file has two digests, one of its front matter and one of what stands below it. Most
edits touch only the latter, and then the model of the site is what it was.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from builder import __version__
from builder.run import Options
from builder.staging import Sign, pieces, sign_of

INPUTS = ("site.yaml", "content", "layouts", "static")
"""The file and the folders that a site is made from."""

_FRONT = re.compile(
    rb"(?:\xef\xbb\xbf)?---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)


_TICK = 2_500_000_000
"""Nanoseconds: no file system in use tells times less exactly."""


class Digests(NamedTuple):
    """What a file holds."""

    head: bytes
    """Of the front matter, and of most other files as a whole."""
    body: bytes = b""
    """Of what stands below the front matter of a Markdown file; of a stylesheet as a whole."""


def is_sheet(path: str) -> bool:
    """Whether a file of the site is a stylesheet: what is in it decides nothing of the model."""
    return path.startswith("static") and path.endswith(".css")


def is_read_once(path: str) -> bool:
    """Whether a file that was written during a build is known by what the build made of it.

    Layouts and pictures are read again for the account, and may be others by then.
    """
    return is_sheet(path) or path.lower().endswith((".md", ".markdown", ".bib", ".yaml", ".yml"))


class Inputs:
    """The inputs of one build as they were when it began."""

    def __init__(self, root: Path, options: Options, before: Inputs | None = None) -> None:
        self.root = root
        self.folio: str = before.folio if before else _folio()
        """A digest of Folio and its packages."""
        self.stamp = _stamp(self.folio, options)
        """A digest of what is no file of the site."""
        self.files: dict[str, Digests] = {}
        """Path relative to the site's folder, with the system's slashes, to its digests."""
        self.markdown: dict[str, bytes] = {}
        """The bytes of the Markdown files in `content/`, by path, as long as they may be asked for."""
        self._signs: dict[str, Sign | None] = {}
        self._begun, self._before = time.time_ns(), before

    def add(self, path: str) -> None:
        """Read a file, unless this process has read it as it is; raises OSError."""
        full = f"{self.root}/{path}"
        sign = sign_of(full, through=True)
        if self._before and self._before.knows(path, sign):
            self._take(path, self._before)
            return
        if path.startswith("content") and path.lower().endswith((".md", ".markdown")):
            self.markdown[path] = data = b"".join(pieces(full, through=True))
            end = _end_of_front(data)
            self.files[path] = Digests(_digest((data[:end],)), _digest((data[end:],)))
        elif is_sheet(path):
            self.files[path] = Digests(b"", _digest(pieces(full, through=True)))
        else:
            self.files[path] = Digests(_digest(pieces(full, through=True)))
        self._signs[path] = sign

    def settle(self) -> None:
        """Forget the inputs of the build before, now that all is read."""
        self._before = None

    def knows(self, path: str, sign: Sign | None) -> bool:
        """Whether a file is what it was here; not when it was written so shortly before it was read
        that the clock of the disk may not tell two writings apart."""
        known = self._signs.get(path)
        return known is not None and known == sign and max(known[1:3]) < self._begun - _TICK

    def _take(self, path: str, other: Inputs) -> None:
        self.files[path], self._signs[path] = other.files[path], other._signs[path]
        if path in other.markdown:
            self.markdown[path] = other.markdown[path]

    def let_go(self) -> None:
        """Forget the bytes: nobody asks for the words of files that are what they were."""
        self.markdown = {}

    @cached_property
    def digest(self) -> str:
        """Of everything together."""
        whole = blake2b(self.stamp.encode(), digest_size=16)
        for path, (head, body) in self.files.items():
            whole.update(b"\0%b\0%b%b" % (os.fsencode(path), head, body))
        return whole.hexdigest()

    @cached_property
    def heads(self) -> str:
        """A digest of everything but the bodies of Markdown files and what is in stylesheets."""
        whole = blake2b(self.stamp.encode(), digest_size=16)
        for path, found in self.files.items():
            whole.update(b"\0%b\0%b" % (os.fsencode(path), found.head))
        return whole.hexdigest()

    @cached_property
    def bodies(self) -> dict[str, bytes]:
        """The digests of the bodies of Markdown files, by path with forward slashes."""
        found = ((p, d.body) for p, d in self.files.items() if d.body and not is_sheet(p))
        return {path.replace(os.sep, "/"): body for path, body in found}

    @cached_property
    def sheets(self) -> str:
        """A digest of what is in the site's own stylesheets."""
        whole = blake2b(digest_size=16)
        for path in filter(is_sheet, self.files):
            whole.update(self.files[path].body)
        return whole.hexdigest()

    def made_from(self, read: Iterable[str]) -> str:
        """A digest of everything but bodies, and of the bodies of the files that were read."""
        bodies = self.bodies
        here = os.path.abspath(self.root), str(self.root)  # paths of files are in the model
        whole = (here, self.heads, [(path, bodies.get(path)) for path in sorted(read)])
        return blake2b(repr(whole).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    @cached_property
    def touched(self) -> frozenset[str]:
        """The files that were written since they were read, have come or gone.

        Looked at once, when it is first asked: to be asked when all that is read has been read.
        """
        try:
            there = set(_files(self.root))
        except OSError:
            return frozenset(self.files) | {"layouts"}
        root = self.root
        written = (p for p, s in self._signs.items() if sign_of(f"{root}/{p}", True) != s)
        return frozenset(there ^ self.files.keys()).union(written)

    @property
    def still(self) -> bool:
        """Whether no file was touched since it was read."""
        return not self.touched


def inputs_of(root: Path, options: Options, before: Inputs | None = None) -> Inputs | None:
    """Everything that a build depends on; None when it cannot be told.

    So it is with folders that are symbolic links, and with files that cannot be read. `before` are
    those that this process read for its last build: files that are what they were are not read.
    """
    try:
        inputs = Inputs(root, options, before)
        for path in _files(root):
            inputs.add(path)
        inputs.settle()
    except OSError:
        return None
    return inputs


def _digest(data: Iterable[bytes]) -> bytes:
    whole = blake2b(digest_size=16)
    for piece in data:
        whole.update(piece)
    return whole.digest()


def _end_of_front(data: bytes) -> int:
    """Where the body begins: never before the place where `sources/markdown.py` lets it begin."""
    found = _FRONT.match(data)
    if b"\r" in data:  # lines end in some other way: all of it counts as the front matter
        return len(data)
    return (
        found.end() if found else len(data) if data.startswith((b"---", b"\xef\xbb\xbf---")) else 0
    )


def _files(root: Path) -> Iterator[str]:
    """The files below `root` that a site is made from, in one order."""
    for name in INPUTS:
        if (root / name).is_dir():
            yield from _files_in(root, name)
        elif (root / name).is_file():
            yield name


def _files_in(root: Path, folder: str) -> Iterator[str]:
    """The files of a folder and of those within it; raises OSError for what cannot be looked at."""
    with os.scandir(f"{root}{os.sep}{folder}") as found:
        entries = sorted(found, key=lambda entry: entry.name)
    inner = []
    for entry in entries:
        path = f"{folder}{os.sep}{entry.name}"
        if not entry.is_dir():
            yield path
        elif entry.is_symlink():
            raise OSError("what stands behind a linked folder is not looked at")
        else:
            inner.append(path)
    for path in inner:
        yield from _files_in(root, path)


def _stamp(folio: str, options: Options) -> str:
    """A digest of Folio, the options, and what of the environment a build reads."""
    wish = msgspec.structs.astuple(msgspec.structs.replace(options, fresh=False))
    said = (folio, wish, os.environ.get("SOURCE_DATE_EPOCH"))
    return blake2b(repr(said).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _folio() -> str:
    said = (__version__, sys.version, *_of_folio())
    return blake2b(repr(said).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _of_folio() -> Iterator[str]:
    """Folio's own files and the folder of its packages, by name, size and time of change."""
    here = os.path.dirname(__file__)
    above = os.path.dirname(here)
    for folder in (here, f"{here}/theme", f"{above}/layouts", f"{above}/static"):
        yield from _signs_in(folder) if os.path.isdir(folder) else ()
    packages = os.path.dirname(os.path.dirname(msgspec.__file__))
    yield str(os.stat(packages).st_mtime_ns)


def _signs_in(folder: str) -> Iterator[str]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _signs_in(entry.path)
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            stat = entry.stat()
            yield f"{entry.path}\0{stat.st_size}\0{stat.st_mtime_ns}"
