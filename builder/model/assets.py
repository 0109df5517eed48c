"""The author's own files: where one is found, and the address that it is served at."""

from __future__ import annotations

import posixpath
from collections.abc import Container
from urllib.parse import quote, unquote

import msgspec


class Assets(msgspec.Struct, frozen=True):
    """Files that are copied as they are, by their path within their folder."""

    content: Container[str] = frozenset()
    static: Container[str] = frozenset()

    def find(self, name: str, folders: tuple[str, ...] = ("", "publications")) -> str:
        """The address of a file that a record names; empty when there is none.

        `name` is looked up below each of `folders` in `content/`, then in `static/`; one that
        begins with `/` in `content/` and `static/` themselves. What follows a `#` or `?` counts as
        part of the name where there is such a file.
        """
        plain = name.split("#")[0].split("?")[0]
        return self._at(name, folders) or (self._at(plain, folders) if plain != name else "")

    def _at(self, name: str, folders: tuple[str, ...]) -> str:
        """The address of a file whose name is all of `name`."""
        inside = posixpath.normpath(unquote(name).lstrip("/"))
        if inside.startswith(".."):
            return ""
        for folder in ("",) if name.startswith("/") else folders:
            path = posixpath.join(folder, inside)
            if path in self.content:
                return "/" + quote(path)
        return "/" + quote(inside) if inside in self.static else ""
