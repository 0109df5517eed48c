"""Results of earlier builds by what they were made of: rendered bodies, coloured code, formulas.

One file that is only ever added to:

    folio 1 <stamp>\\n           the stamp is of the Folio and the packages that made what follows
    <key 12> <length 4> <crc 4> <data>    again and again

A key is a digest of everything that a result depends on, so that no entry is ever wrong, only
unused. What another version wrote, or a run that was killed left half, is written anew.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

_HEAD = struct.Struct("<12sII")
_SPARE = 2
"""How many times its used size the file may have before it is written anew."""
_LITTLE = 1 << 20
"""Bytes below which nobody minds what is unused."""


def key_of(*parts: str) -> bytes:
    """The key of a result that depends on these texts."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).digest()


class Kept:
    """What earlier builds kept in a file, and what this one adds; without a file, this one's alone."""

    def __init__(self, file: Path | None = None, stamp: str = "") -> None:
        self._file, self._title = file, f"folio 1 {stamp}\n".encode()
        self._data: bytes | None = None
        self._places: dict[bytes, tuple[int, int, int]] = {}
        self._whole = True
        self.added: dict[bytes, bytes] = {}
        """What this build has made that was not kept, in the order of its making."""
        self.used: set[bytes] = set()
        """Keys of what this build took or made."""

    def get(self, key: bytes) -> bytes | None:
        """The result under a key; None when there is none."""
        if self._data is None:
            self._read()
        assert self._data is not None
        found = self.added.get(key)
        if found is None and key in self._places:
            start, length, check = self._places[key]
            data = self._data[start : start + length]
            found = data if crc32(data) == check else None
        if found is not None:
            self.used.add(key)
        return found

    def put(self, key: bytes, data: bytes) -> None:
        """Keep a result."""
        self.added[key] = data
        self.used.add(key)

    def take(self, made: Mapping[bytes, bytes]) -> None:
        """Keep what another process has made."""
        self.added.update(made)
        self.used.update(made)

    def text(self, kind: str, of: str, make: Callable[[], str]) -> str:
        """A text that is made of another, by a pure function that `kind` names."""
        key = key_of(kind, of)
        found = self.get(key)
        if found is not None:
            return found.decode()
        made = make()
        self.put(key, made.encode())
        return made

    def _read(self) -> None:
        self._data = b""
        if self._file is None:
            return
        with suppress(OSError):
            self._data = self._file.read_bytes()
        self._whole = self._data.startswith(self._title)
        at, end = len(self._title), len(self._data) if self._whole else 0
        while at + _HEAD.size <= end:
            key, length, check = _HEAD.unpack_from(self._data, at)
            at += _HEAD.size
            if at + length > end:
                break
            self._places[key] = (at, length, check)
            at += length
        self._whole = self._whole and at == end

    def save(self, all_used: bool = False) -> None:
        """Write down what was added; a disk that refuses costs the next build its time, no more.

        With `all_used`, this build has asked for everything that is of use: what it did not ask
        for may be dropped.
        """
        if self._file is None:
            return
        if self._data is None and self.added:
            self._read()
        with suppress(OSError):
            if self._wasteful(all_used):
                self._write_anew()
            elif self._whole and self.added:
                with self._file.open("ab") as file:  # one write: two builds at once do not mingle
                    file.write(b"".join(map(_entry, self.added.items())))
            elif self.added:
                self._write_anew()

    def _wasteful(self, all_used: bool) -> bool:
        if not all_used or not self._data:
            return False
        size = sum(self._places[key][1] for key in self.used if key in self._places)
        return len(self._data) > _LITTLE + _SPARE * size

    def _write_anew(self) -> None:
        assert self._file is not None
        entries = {
            key: self.get(key) for key in self._places if key in self.used or not self._whole
        }
        entries |= self.added
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        part.write_bytes(
            self._title
            + b"".join(_entry((k, data)) for k, data in entries.items() if data is not None)
        )
        part.replace(self._file)


def _entry(item: tuple[bytes, bytes]) -> bytes:
    key, data = item
    return _HEAD.pack(key, len(data), crc32(data)) + data
