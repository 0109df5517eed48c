"""The model and the plan of the last build, for the next one that finds them unchanged.

Most saves touch words below a front matter. The model was made without them (`documents.Text` knows
when it was not), so it is the same again but for the words themselves, which are put in anew.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PosixPath, WindowsPath
from typing import Any, NamedTuple

from builder.config import Config
from builder.inputs import Inputs
from builder.model.documents import Document, Text
from builder.model.site import Site
from builder.outputs.output import Made, Output
from builder.problems import Place, Problem
from builder.sources import Records
from builder.sources.markdown import body_of


class Snapshot(NamedTuple):
    """What a build knows before it renders anything."""

    config: Config
    sites: Sequence[Site]
    plan: Mapping[str, Output]
    problems: tuple[Problem, ...]
    """What reading and making the model told."""
    made_from: str
    """A digest of what it was made from: all inputs but the bodies that nobody asked for."""


def bodies_read(records: Records) -> list[str]:
    """The files whose body the model or the plan was made with."""
    documents = (d for listed in records.documents.values() for d in listed)
    return sorted({d.path for d in documents if d.text.read})


def save(file: Path, snapshot: Snapshot) -> None:
    """Keep a snapshot; a disk that refuses, or a value that cannot be kept, costs only time."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, 5)
    pickler.dispatch_table = {Document: _without_words, Place: _place}
    bare = {path: _without_bytes(output) for path, output in snapshot.plan.items()}
    with (
        suppress(OSError, pickle.PicklingError, TypeError, AttributeError, RecursionError),
        _no_gc(),
    ):
        pickler.dump(tuple(snapshot._replace(plan=bare)))
        part = file.with_name(f"{file.name}.{os.getpid()}")
        part.write_bytes(buffer.getbuffer())
        part.replace(file)


def load(file: Path, inputs: Inputs) -> Snapshot | None:
    """The snapshot in a file, with the bodies as they are now; None for what is none."""
    try:
        with _no_gc():
            found = _Unpickler(file.read_bytes(), inputs.markdown).load()
        return Snapshot(*found)
    except Exception:  # what is in the file is anybody's guess
        return None


@contextmanager
def _no_gc() -> Iterator[None]:
    """Nothing becomes free while so much is made: looking for it takes longer than the making."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _without_words(document: Document) -> tuple[Any, tuple[Any, ...]]:
    d = document
    return Words, (d.path, d.front, d.body_line, d.language, d.base)


def _place(place: Place) -> tuple[Any, tuple[Any, ...]]:
    return Place, tuple(place)


def _without_bytes(output: Output) -> Output:
    from msgspec.structs import replace

    if isinstance(output.content, bytes):
        return replace(output, content=b"")
    return replace(output, content=Made("", b"")) if isinstance(output.content, Made) else output


class Words:
    """Stands for a document in the file: its words are not kept."""


class _Unpickler(pickle.Unpickler):
    """Makes values of Folio's own, and no others: the file may be anybody's."""

    def __init__(self, data: bytes, markdown: Mapping[str, bytes]) -> None:
        super().__init__(io.BytesIO(data))
        self._markdown = markdown

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, "Words"):
            return self._document
        found = super().find_class(module, name)
        own = module.startswith("builder.") and isinstance(found, type)
        if own or (module, name) in _OTHERS:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is nothing of Folio's")

    def _document(self, path: str, front: Any, line: int, language: str, base: str) -> Document:
        words = Text(partial(body_of, self._markdown[path.replace("/", os.sep)]))
        return Document(
            path=path, front=front, text=words, body_line=line, language=language, base=base
        )


_OTHERS = frozenset({
    *((kind.__module__, kind.__name__) for kind in (PosixPath, WindowsPath)), ("msgspec._utils", "rebuild"),
    ("copyreg", "__newobj__"), ("copyreg", "_reconstructor"), ("builtins", "frozenset"),
    ("builtins", "object"), ("markupsafe", "Markup"),
})  # fmt: skip
