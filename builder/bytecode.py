"""Compiled layouts, kept where Python keeps its own compiled code.

Compiling the theme costs as much as rendering a small site with it. The theme's compiled layouts
lie beside the theme, as `__pycache__` lies beside modules; a site's own, and the theme's where its
folder cannot be written, lie in the site's `.folio/`. Jinja voids them by the source's checksum.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Bytecode(BytecodeCache):
    """Keeps the theme's layouts with the theme, and a site's own with the site."""

    def __init__(self, theme: Path, state: Path) -> None:
        beside = _folder(theme / "__pycache__") or _folder(state / "jinja")
        self.theme, self.of_theme = str(theme), beside
        self.of_site = _folder(state / "jinja")
        self._loaded: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Jinja's key, which tells whose layout it is."""
        whose = "theme" if filename and filename.startswith(self.theme + os.sep) else "site"
        return f"{whose}-fetched-{super().get_cache_key(name, filename)}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if its layout has been compiled before."""
        loaded = bucket.key, bucket.checksum
        if loaded not in self._loaded and (folder := self._of(bucket)):
            folder.load_bytecode(bucket)
            if bucket.code is not None:
                self._loaded[loaded] = bucket.code
        bucket.code = self._loaded.get(loaded)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled layout; a disk that refuses costs the next run some time, no more."""
        if folder := self._of(bucket):
            try:
                folder.dump_bytecode(bucket)
            except OSError:
                return

    def _of(self, bucket: Bucket) -> FileSystemBytecodeCache | None:
        return self.of_theme if bucket.key.startswith("theme-") else self.of_site


def _folder(path: Path) -> FileSystemBytecodeCache | None:
    """A cache in this folder; None where it cannot be made or written to."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(path)) if os.access(path, os.W_OK) else None
