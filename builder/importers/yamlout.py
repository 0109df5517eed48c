"""YAML that people would have written: plain where it can be, folded where it is long."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any

WIDTH = 92
"""Columns that a long text is folded at."""

_PLAIN = re.compile(
    r"(?![- ?:,\[\]{}#&*!|>'\"%@`~=<]|\.\.\.|---)(?!.*(?:: |:$| #|\t)).*(?<! )", re.DOTALL
)
_NULLS = frozenset({"", "~", "null", "Null", "NULL", "<<"})


def to_yaml(value: Any) -> str:
    """A document: mappings, lists and texts as a block; empty values are left out by the caller."""
    if isinstance(value, (dict, list)) and value:
        return "\n".join(_block(value, 0)) + "\n"
    return _scalar(value, 0) + "\n"


def front_matter(values: dict[str, Any], body: str) -> str:
    """A Markdown file: front matter without its empty keys, a blank line, the body."""
    kept = {key: value for key, value in values.items() if value not in (None, "", [], {}, ())}
    head = f"---\n{to_yaml(kept)}---\n" if kept else ""
    body = body.strip("\n")
    return head + (f"\n{body}\n" if body.strip() else "")


def _block(value: Any, indent: int) -> list[str]:
    pad = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            lines += _entry(f"{pad}{_key(str(key))}:", item, indent)
        return lines
    for item in value:
        if isinstance(item, dict) and item:
            inner = _block(item, indent + 2)
            lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
        elif isinstance(item, (list, tuple)) and item:
            lines += [f"{pad}-", *_block(item, indent + 2)]
        else:
            lines.append(f"{pad}- {_scalar(item, indent + 2)}")
    return lines


def _entry(start: str, item: Any, indent: int) -> list[str]:
    if isinstance(item, dict) and item:
        return [start, *_block(item, indent + 2)]
    if isinstance(item, (list, tuple)) and item:
        short = all(isinstance(i, str) and len(i) < 30 and not set(",\r\n") & set(i) for i in item)
        if short and sum(map(len, item)) < 60:
            return [f"{start} [{', '.join(_scalar(i, 0, flow=True) for i in item)}]"]
        return [start, *_block(list(item), indent + 2)]
    if item is None:
        return [start]
    return [f"{start} {_scalar(item, indent + 2)}"]


def _key(key: str) -> str:
    return (
        key
        if re.fullmatch(r"[^\W\d][\w .()&/+-]*(?<! )", key) and key not in _NULLS
        else _quoted(key)
    )


def _scalar(value: Any, indent: int, flow: bool = False) -> str:
    if isinstance(value, (dict, list, tuple)):
        return "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value)
    text = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x85\u2028\u2029\ufeff]", " ", text.replace("\r", "\n")
    )
    if "\n" in text.strip("\n"):
        return _literal(text, indent)
    text = text.strip("\n")
    if (
        len(text) > WIDTH
        and not flow
        and text == " ".join(text.split(" ")).strip()
        and "  " not in text
    ):
        lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
        if len(lines) > 1 and " ".join(lines) == text:
            pad = " " * indent
            return ">-\n" + "\n".join(pad + line for line in lines)
    if text in _NULLS or not _PLAIN.fullmatch(text) or (flow and re.search(r"[\[\]{},?]|:$", text)):
        return _quoted(text)
    return text


def _literal(text: str, indent: int) -> str:
    pad = " " * indent
    body = text.strip("\n").expandtabs(4)
    first = next((line for line in body.split("\n") if line.strip()), "")
    marker = "|2-" if first.startswith(" ") else "|-"  # counted from what it stands in
    pad = " " * (indent or 2)
    return marker + "\n" + "\n".join((pad + line).rstrip() for line in body.split("\n"))


def _quoted(text: str) -> str:
    if "\n" in text:
        return json.dumps(text, ensure_ascii=False)
    if '"' in text or "\\" in text or "\t" in text:
        return "'" + text.replace("'", "''").replace("\t", " ") + "'"
    return f'"{text}"'
