"""Compiled layouts, kept where Python keeps its own compiled code.

Compiling the theme costs as much as rendering a small site with it. The theme's compiled layouts
lie beside the theme, as `__pycache__` lies beside modules; a site's own, and the theme's where its
folder cannot be written, lie in the site's `.folio/`. A file begins with what it holds good for:
Jinja, Python, Folio and the source's checksum.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic

from builder.journal import replace

COMPILED = b"folio 2"
"""How `environment.py` compiles a layout; another number whenever the same layout becomes other code."""


class Bytecode(BytecodeCache):
    """Keeps the theme's layouts with the theme, and a site's own with the site."""

    def __init__(self, theme: Path, state: Path) -> None:
        self.theme = str(theme)
        self.of_site = _folder(state / "jinja")
        self.of_theme = _folder(theme / "__pycache__") or self.of_site
        self._loaded: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Jinja's key, which tells whose layout it is."""
        whose = "theme" if filename and filename.startswith(self.theme + os.sep) else "site"
        return f"{whose}-{super().get_cache_key(name, filename)}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if its layout has been compiled before."""
        loaded = bucket.key, bucket.checksum
        if loaded not in self._loaded and (code := self._kept(bucket)):
            self._loaded[loaded] = code
        bucket.code = self._loaded.get(loaded)

    def _kept(self, bucket: Bucket) -> CodeType | None:
        head, file = _head(bucket), self._file(bucket)
        with suppress(OSError, EOFError, ValueError, TypeError):  # marshal's, of a damaged file
            data = file.read_bytes() if file else b""
            if data.startswith(head):
                code = marshal.loads(memoryview(data)[len(head) :])
                return code if isinstance(code, CodeType) else None
        return None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled layout; a disk that refuses costs the next run some time, no more."""
        if file := self._file(bucket):
            part = file.with_suffix(f".{os.getpid()}")
            with suppress(OSError):
                part.write_bytes(_head(bucket) + marshal.dumps(bucket.code))
                replace(part, file)

    def _file(self, bucket: Bucket) -> Path | None:
        folder = self.of_theme if bucket.key.startswith("theme-") else self.of_site
        return folder and folder / f"{bucket.key}.{sys.implementation.cache_tag}"


def _head(bucket: Bucket) -> bytes:
    return b"\n".join((COMPILED, bc_magic, bucket.checksum.encode(), b""))


def _folder(path: Path) -> Path | None:
    """A folder to keep compiled layouts in; None where it cannot be made or written to."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return path if os.access(path, os.W_OK) else None
