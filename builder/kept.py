"""Results of earlier builds by what they were made of: rendered bodies, coloured code, formulas.

One file that is only ever added to, a block at a time:

    folio 2 <stamp>\\n           the stamp is of the Folio and the packages that made what follows
    <entries 4> <crc of the index 4>
    <key 12> <length 4> <crc 4>  the index: an entry after the other
    <data>                       of the entries, in the order of the index

A key is a digest of everything that a result depends on, so that no entry is ever wrong, only
unused. Only the indexes are read at first, and of the data what is asked for. What another version
wrote, or a run that was killed left half, is written anew.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

import msgspec

_BLOCK = struct.Struct("<II")
_ENTRY = struct.Struct("<12sII")
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_SPARE = 2
"""How many times its used size the file may have before it is written anew."""
_LITTLE = 1 << 20
"""Bytes below which nobody minds what is unused; also what a block holds, if there is so much."""
_MUCH = 1 << 22
"""Bytes that are held before they are written down."""


def key_of(*parts: str) -> bytes:
    """The key of a result that depends on these texts."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).digest()


class _Lies(msgspec.Struct, frozen=True):
    """Where the data of an entry lies in the file."""

    start: int
    length: int
    check: int


class Kept:
    """What earlier builds kept in a file, and what this one adds; without a file, this one's alone."""

    def __init__(self, file: Path | None = None, stamp: str = "") -> None:
        self._file, self._title = file, f"folio 2 {stamp}\n".encode()
        self._lies: dict[bytes, _Lies] = {}
        self._read_to, self._more, self._whole = 0, file is not None, True
        self.added: dict[bytes, bytes] = {}
        """What this build has made and the file does not hold, in the order of its making."""
        self._size = 0
        self.used: set[bytes] = set()
        """Keys of what this build took or made."""

    def get(self, key: bytes) -> bytes | None:
        """The result under a key; None when there is none."""
        if self._more:
            self.read_on()
        found = self.added.get(key)
        if found is None and key in self._lies:
            found = self._data_of(key)
        if found is not None:
            self.used.add(key)
        return found

    def put(self, key: bytes, data: bytes) -> None:
        """Keep a result."""
        self.added[key] = data
        self.used.add(key)
        self._size += len(data)
        if self._size > _MUCH:
            self.save()

    def take(self, made: Mapping[bytes, bytes], used: Iterable[bytes]) -> None:
        """Keep what another process has made and could not save, and know what it used."""
        self.added.update(made)
        self.used.update(used)

    def text(self, kind: str, of: str, make: Callable[[], str]) -> str:
        """A text that is made of another, by a pure function that `kind` names."""
        key = key_of(kind, of)
        found = self.get(key)
        if found is not None:
            return found.decode()
        made = make()
        self.put(key, made.encode())
        return made

    # ---- reading ----------------------------------------------------------------------------------

    def read_on(self) -> None:
        """Find out what the file holds by now: other processes add to it too."""
        self._more = False
        try:
            if self._file is not None:
                with self._file.open("rb") as file:
                    self._take_up(file)
        except OSError:
            self._whole = False

    def _take_up(self, file: BinaryIO) -> None:
        size, at = os.fstat(file.fileno()).st_size, self._read_to
        if not at:
            at = len(self._title)
            self._whole = file.read(at) == self._title
        while self._whole and at < size:
            end = self._block(file, at, size)
            self._whole = end is not None
            at = end or at
        self._read_to = at

    def _block(self, file: BinaryIO, at: int, size: int) -> int | None:
        """Take up the index of a block; where the block ends, or None when it is not whole."""
        file.seek(at)
        head = file.read(_BLOCK.size)
        count, check = _BLOCK.unpack(head) if len(head) == _BLOCK.size else (0, 0)
        index = file.read(count * _ENTRY.size) if count * _ENTRY.size < size else b""
        if not count or len(index) != count * _ENTRY.size or crc32(index) != check:
            return None
        start = at + len(head) + len(index)
        found: dict[bytes, _Lies] = {}
        for key, length, own in _ENTRY.iter_unpack(index):
            found[key] = _Lies(start, length, own)
            start += length
        if start > size:
            return None
        self._lies |= found
        return start

    def _data_of(self, key: bytes) -> bytes | None:
        assert self._file is not None
        lies, data = self._lies[key], b""
        with suppress(OSError):
            handle = os.open(self._file, _READ)
            try:
                os.lseek(handle, lies.start, os.SEEK_SET)
                data = os.read(handle, lies.length)
            finally:
                os.close(handle)
        return data if crc32(data, crc32(key)) == lies.check else None

    # ---- writing ----------------------------------------------------------------------------------

    def save(self, all_used: bool = False) -> None:
        """Write down what was added; a disk that refuses costs the next build its time, no more.

        With `all_used`, this build has asked for everything that is of use: what it did not ask
        for may be dropped.
        """
        if self._file is None:
            return
        if self._more:
            self.read_on()
        with suppress(OSError):
            if not self._whole or (all_used and self._is_wasteful()):
                self._write_anew(self._file)
            elif self.added:
                self._append(self._file)
            self.added, self._size, self._more = {}, 0, True

    def _is_wasteful(self) -> bool:
        used = sum(self._lies[key].length for key in self.used if key in self._lies)
        return self._read_to > _LITTLE + _SPARE * used

    def _append(self, file: Path) -> None:
        with file.open("ab") as target:
            for block in _blocks(self.added.items()):
                target.write(block)
                target.flush()  # one write a block: two builds at once do not mingle

    def _write_anew(self, file: Path) -> None:
        wanted = [key for key in self._lies if key in self.used or not self._whole]
        known = ((key, data) for key in wanted if (data := self._data_of(key)) is not None)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        with part.open("wb") as target:
            target.write(self._title)
            target.writelines(_blocks(chain(known, self.added.items())))
        part.replace(file)
        self._lies, self._read_to, self._whole = {}, 0, True


def _blocks(entries: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """The entries as blocks of about a megabyte."""
    block: list[tuple[bytes, bytes]] = []
    size = 0
    for entry in entries:
        block.append(entry)
        size += len(entry[1])
        if size > _LITTLE:
            yield _block_of(block)
            block, size = [], 0
    if block:
        yield _block_of(block)


def _block_of(entries: list[tuple[bytes, bytes]]) -> bytes:
    index = b"".join(_ENTRY.pack(k, len(data), crc32(data, crc32(k))) for k, data in entries)
    data = b"".join(data for _, data in entries)
    return _BLOCK.pack(len(entries), crc32(index)) + index + data
