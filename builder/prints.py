"""Digests of values by all that they hold, so that two builds can be compared without both at hand.

Two values of the same make have the same print. Places and bodies are no part of one: who reads
them tells it on its own (`reads.py`).
"""

from __future__ import annotations

import functools
import io
import pickle
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import msgspec
from msgspec.msgpack import encode

from builder.leaves import Prose
from builder.model.cv import Bullet, Entry, Fact, Section
from builder.model.documents import Document
from builder.model.pages import Page
from builder.model.people import Person
from builder.model.publications import Author, Publication
from builder.model.records import KINDS, Record
from builder.problems import Place
from builder.text.dates import When
from builder.text.rich import Rich
from builder.text.yaml import Map


def _nothing(_: Any) -> tuple[Any, tuple[()]]:
    return str, ()


def _packed(words: Any) -> tuple[Any, tuple[bytes]]:
    return bytes, (encode(words),)


def _front(document: Document) -> tuple[Any, tuple[Any, ...]]:
    return Document, (document.path, document.front, document.language, document.base)


_BARE: dict[type, Callable[[Any], Any]] = {
    Place: _nothing, Document: _front, Map: lambda found: (dict, (dict(found),)),
}  # fmt: skip
_HELD_BY_MANY: tuple[type, ...] = (
    Page, Publication, Record, *KINDS.values(), Person, Section, Entry,
)  # fmt: skip
_WORDS = frozenset({Rich, Prose, When, Author, Fact, Bullet})
"""What holds words and nothing else that a print leaves out: written at once."""


class Prints:
    """Makes prints. What many values hold, such as a record, is looked at once."""

    def __init__(self, *words: type) -> None:
        """With further types of values that hold words and nothing else that a print leaves out."""
        self._known: dict[int, tuple[str, Any]] = {}
        """By the number of a record: its print, and itself, so that no other gets its number."""
        self._table = (
            _BARE
            | dict.fromkeys((*_WORDS, *words), _packed)
            | dict.fromkeys(_HELD_BY_MANY, self._short)
        )

    def of(self, *values: Any) -> str:
        """A digest; empty, like no other, where something cannot be compared."""
        return _digest(values, self._table)

    def _short(self, record: Any) -> tuple[Any, tuple[str]]:
        if id(record) not in self._known:
            self._known[id(record)] = _digest(_fields(record), self._table), record
        digest, _ = self._known[id(record)]
        if not digest:
            raise TypeError
        return str, (digest,)


def _fields(record: Any) -> tuple[str, dict[str, Any]]:
    """The name of a model, and what a record of it says: most say little."""
    kind: Any = type(record)
    values = zip(kind.__struct_fields__, msgspec.structs.astuple(record), strict=True)
    usual = _defaults(kind)
    said = ((n, value) for n, value in values if value != usual.get(n, _NO_VALUE))
    return kind.__name__, {n: encode(v) if type(v) in _WORDS else v for n, v in said}


_NO_VALUE = object()


@functools.cache
def _defaults(kind: Any) -> dict[str, Any]:
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    return dict(zip(names[len(names) - len(defaults) :], defaults, strict=True))


def _digest(value: Any, table: dict[type, Callable[[Any], Any]]) -> str:
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, 5)
    pickler.fast = True  # no memory of what was met before: equal values give equal bytes
    pickler.dispatch_table = table
    try:
        pickler.dump(value)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError, ValueError):
        return ""
    return blake2b(buffer.getbuffer(), digest_size=12).hexdigest()
