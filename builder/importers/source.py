"""The site that someone comes from: its files, read with the patience that real ones need.

Nothing here writes. Links that lead out of the folder are not followed, so that an import never
copies what its owner did not mean to publish.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

NOT_CONTENT = frozenset({
    "node_modules", "_site", "public", "vendor", "__pycache__", "resources", "gh-pages", "venv",
})  # fmt: skip
"""Folders that systems make or fetch, and no author wrote."""


class Found(NamedTuple):
    """A text file with front matter, taken apart."""

    path: str
    """Relative to the source's folder, with forward slashes."""
    front: dict[str, Any]
    """Every scalar is text or None, as it was typed."""
    body: str
    body_line: int = 1
    """The line that the body begins on, counted from 1."""
    complaints: tuple[str, ...] = ()
    """What had to be mended so that it could be read."""
    has_front: bool = True

    def line_of(self, words: str) -> int:
        """The line of the file that holds some words of its body; 0 when it cannot be told."""
        at = self.body.find(words)
        return self.body.count("\n", 0, at) + self.body_line if at >= 0 else 0


class Content(msgspec.Struct, kw_only=True):
    """A content file of a site, in whatever words its system has for one."""

    found: Found

    @property
    def path(self) -> str:
        """The file, relative to the source's folder."""
        return self.found.path

    @property
    def front(self) -> dict[str, Any]:
        """Its front matter; on a Jekyll site with the defaults of _config.yml."""
        return self.found.front


class Source:
    """One folder, or one file, to import from."""

    def __init__(self, root: Path) -> None:
        self.only = root.name if root.is_file() else ""
        self.root = root.parent if root.is_file() else root

    @cached_property
    def files(self) -> dict[str, int]:
        """Every file by its path, with its size in bytes, sorted; version control left aside."""
        if self.only:
            return {self.only: (self.root / self.only).stat().st_size}
        found: dict[str, int] = {}
        self.skipped: list[str] = []
        self._walk(self.root, "", found, (os.path.realpath(self.root),))
        return dict(sorted(found.items()))

    def _walk(
        self, folder: Path, inside: str, found: dict[str, int], above: tuple[str, ...]
    ) -> None:
        try:
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError:
            self.skipped.append(inside)
            return
        for entry in entries:
            path = inside + entry.name
            real = os.path.realpath(entry.path)
            if entry.is_symlink() and not self._stays_inside(real):
                self.skipped.append(path)
            elif entry.is_dir():
                if real in above:
                    self.skipped.append(path)
                elif not entry.name.startswith(".") and entry.name not in NOT_CONTENT:
                    self._walk(Path(entry.path), path + "/", found, (*above, real))
            elif entry.is_file() and _is_text(path):
                found[path] = entry.stat().st_size

    def _stays_inside(self, real: str) -> bool:
        return os.path.exists(real) and Path(real).is_relative_to(os.path.realpath(self.root))

    def __contains__(self, path: object) -> bool:
        return path in self.files

    def below(self, folder: str, *endings: str) -> list[str]:
        """The files below a folder, with one of the endings where any are named."""
        start = folder.rstrip("/") + "/" if folder else ""
        return [
            f
            for f in self.files
            if f.startswith(start) and (not endings or f.lower().endswith(endings))
        ]

    def first(self, *paths: str) -> str:
        """The first of several paths that there is; empty when there is none."""
        return next((path for path in paths if path in self.files), "")

    def text(self, path: str) -> str:
        """A file as text: UTF-8, else Windows-1252; line ends made `\\n`, invisible signs taken out."""
        data = (self.root / path).read_bytes()
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16", "replace")
        else:
            try:
                text = data.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = data.decode("cp1252", "replace")
        text = _LINE_ENDS.sub("\n", text) if "\r" in text else text
        return _INVISIBLE.sub("", text)

    def document(self, path: str) -> Found:
        """A Markdown or HTML file as front matter and body; YAML, or Hugo's TOML between `+++`."""
        return split(self.text(path), path)

    def data(self, path: str) -> Any:
        """A YAML or JSON file as plain values; None when it cannot be read."""
        return plain_yaml(self.text(path))[0]


_LINE_ENDS = re.compile(r"\r+\n|\r")
_INVISIBLE = re.compile("[\ufeff\u200b\u2060\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]")


def _is_text(path: str) -> bool:
    """Whether a file's name is text: on Linux it may be any bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return not path.endswith((".DS_Store", "Thumbs.db"))


# ---- front matter ---------------------------------------------------------------------------

_OPEN = re.compile(r"\s*---[ \t]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_TOML = re.compile(
    r"\s*\+\+\+[ \t]*\n(?P<front>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL
)
_COMMENTED = re.compile(r"^([ \t]*)<!--(.*?)-->[ \t]*$", re.MULTILINE)


def split(text: str, path: str) -> Found:
    """Front matter and body of a text; what could not be read as YAML is read line by line."""
    if toml := _TOML.match(text):
        front, told = plain_toml(toml["front"])
        return Found(path, front, text[toml.end() :], text.count("\n", 0, toml.end()) + 1, told)
    start = _OPEN.match(text)
    end = _CLOSE.search(text, start.end()) if start else None
    if not start or not end:
        return Found(path, {}, text, has_front=False)
    front, told = plain_yaml(_COMMENTED.sub(r"\1#\2", text[start.end() : end.start()]))
    front = front if isinstance(front, dict) else {}
    return Found(path, front, text[end.end() :], text.count("\n", 0, end.end()) + 1, told)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


def plain_yaml(text: str) -> tuple[Any, tuple[str, ...]]:
    """YAML as plain values, all scalars text or None, and what had to be mended on the way.

    Of two keys with one name the later counts, as Jekyll has it.
    """
    told: list[str] = []
    cleaned = text.replace("\u00a0", " ").replace("\t", "  ")
    for attempt in (cleaned, _quoted(cleaned)):
        try:
            node = yaml.compose(attempt, _Loader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            told.append("YAML that cannot be read: " + str(getattr(error, "problem", error))[:80])
            continue
        return (None if node is None else _plain(node, told, ())), tuple(told)
    return _by_line(cleaned), tuple(told)


def _plain(node: Any, told: list[str], above: tuple[int, ...]) -> Any:
    if id(node) in above or len(above) > 60:
        return None
    inside = (*above, id(node))
    if isinstance(node, yaml.ScalarNode):
        text = str(node.value)
        return None if not node.style and text in ("", "~", "null", "Null", "NULL") else text
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, told, inside) for child in node.value]
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
        value = _plain(value_node, told, inside)
        if key == "<<" and isinstance(value, dict):
            mapping = {**value, **mapping}
            continue
        if key in mapping:
            told.append(f"the key {key!r} is given twice; the later one counts")
        mapping[key] = value
    return mapping


_PAIR = re.compile(
    r"^(?P<key>[A-Za-z_][\w-]*)[ ]*:[ ]+(?P<value>[^\s\"'\[{|>#&!].*|[*@`%].*|\".*\".+|'.*'.+|[\[{].*[^\]}\s].*)$"
)


_ITEM = re.compile(r"^(?P<head>[ ]*-[ ]+)(?P<value>[^\s\"'\[{|>#&!*].*: .*)$")
"""An item of a list with a colon in it: more than two words before it are no key."""


def _quoted(text: str) -> str:
    """The same lines with quotes around values that need them: a colon, an odd first sign."""
    lines = []
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if item and len(item["value"].split(": ")[0].split()) > 2:
            quoted = item["value"].strip().replace("'", "''")
            line = f"{item['head']}'{quoted}'"
        elif pair := _PAIR.match(line):
            value = pair["value"].strip().replace("'", "''")
            line = f"{pair['key']}: '{value}'"
        lines.append(line)
    return "\n".join(lines)


def _by_line(text: str) -> dict[str, Any]:
    """What single lines of `key: value` say, when the whole is no YAML."""
    pairs = (re.match(r"([A-Za-z_][\w-]*)\s*:\s*(.*)", line) for line in text.split("\n"))
    return {p[1]: p[2].strip().strip("\"'") or None for p in pairs if p}


def plain_toml(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """TOML as plain values like those of YAML."""
    import tomllib

    try:
        return _as_text(tomllib.loads(text)), ()
    except tomllib.TOMLDecodeError as error:
        pairs = (re.match(r"\s*([\w-]+)\s*=\s*(.*)", line) for line in text.split("\n"))
        front = {p[1]: p[2].strip().strip("\"'") or None for p in pairs if p}
        return front, (f"TOML that cannot be read: {error}",)


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): _as_text(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_as_text(v) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
