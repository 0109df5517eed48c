"""Markdown files: front matter and body told apart."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from builder.model.documents import Document, Text
from builder.problems import Place, Problems
from builder.reading import language_in
from builder.text.files import decode, read_text
from builder.text.yaml import Map, read_yaml

_FENCE = re.compile(r"---[ \t]*\n|(?:[ \t]*\n)+---[ \t]*\n(?=[\w\"'-]+:(?:\s|$))")
"""What front matter begins with: on top, or behind empty lines where a key follows."""
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(?=\s*[\w.-]+\s*=)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_COMMENTED_KEY = re.compile(r"^([ \t]*)<!--(.*?)-->[ \t]*$", re.MULTILINE)


def read_document(
    file: Path, path: str, languages: tuple[str, ...], problems: Problems
) -> Document | None:
    """One Markdown file; None when it is no text, which is told."""
    text = read_text(file, path, problems)
    if text is None:
        return None
    document = split_document(text, path, problems)
    return msgspec.structs.replace(document, language=language_in(path, languages))


def body_of(data: bytes) -> str:
    """What stands below the front matter of a file; raises ValueError when it is no text."""
    text = decode(data, "", Problems())
    if text is None:
        raise ValueError("no text")
    start = _FENCE.match(text)
    end = _END.search(text, start.end()) if start else None
    return text[end.end() :] if end else "" if start else text


def split_document(text: str, path: str, problems: Problems) -> Document:
    """Front matter (YAML between two lines of `---` on top) and body.

    A key that its author commented out with `<!-- -->`, as Jekyll's users do, is passed over.
    """
    start = _FENCE.match(text)
    if toml := _TOML.match(text):
        problems.error(
            "front-matter-shape", "this front matter is TOML, between lines of +++",
            Place(path, text.count("\n", 0, toml.end()), 1),
            "write it as YAML between lines of ---, with title: X for title = \"X\"",
        )  # fmt: skip
    if not start:
        return Document(path=path, front=Map(Place(path, 1)), text=Text(text))
    end = _END.search(text, start.end())
    if not end:
        problems.error(
            "front-matter-open", "the front matter that begins here is never closed",
            Place(path, text.count("\n", 0, start.end()), 1),
            "add a line --- below its last key",
        )  # fmt: skip
        return Document(path=path, front=Map(Place(path, 1)), text=Text())
    first = text.count("\n", 0, start.end()) + 1
    yaml = _COMMENTED_KEY.sub(r"\1#\2", text[start.end() : end.start()])
    value = read_yaml(yaml, path, problems, first) if yaml.strip() else None
    if value is not None and not isinstance(value, Map):
        problems.error(
            "front-matter-shape", "front matter must be keys with their values", Place(path, first, 1),
            "write a line such as title: My page",
        )  # fmt: skip
    front = value if isinstance(value, Map) else Map(Place(path, 1))
    return Document(
        path=path,
        front=front,
        text=Text(text[end.end() :]),
        body_line=text.count("\n", 0, end.end()) + 1,
    )
