"""Writes plain data as YAML that reads the same in YAML 1.1 and 1.2: text stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_PLAIN = re.compile(r"[^\W\d_](?:[\w .,;()/&’“”–+-]*[\w.)’”])?")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def dumps(data: Mapping[str, Any]) -> str:
    """The data in block style; what could be read as more than text stands in quotes."""
    return "\n".join(_mapping(data, "")) + "\n"


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{_scalar(key)}:", value, indent)


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{head} {_scalar(value)}"
    elif isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, f"{indent}  ")
    elif isinstance(value, (list, tuple)) and value:
        yield head
        yield from _items(value, f"{indent}  ")
    else:
        yield f"{head} {_scalar(value)}"


def _items(values: Iterable[Any], indent: str) -> Iterator[str]:
    for value in values:
        if not isinstance(value, str) and isinstance(value, Mapping) and value:
            first, *rest = _mapping(value, f"{indent}  ")
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}- {_scalar(value)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        safe = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
        return value if safe else json.dumps(value, ensure_ascii=False)
    if isinstance(value, (list, tuple, Mapping)):
        return "[]" if isinstance(value, (list, tuple)) else "{}"
    return str(value) if isinstance(value, int) else _scalar(str(value))
