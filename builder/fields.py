"""Typed values out of YAML that is all text, with every problem told where it was typed.

A model is a `msgspec.Struct`; its annotations say how each key is read. `read` walks value and
annotation together and goes on after a problem: what cannot be used is told and left out, and
the rest of the record stands. msgspec's own conversion stops at the first error and knows no
lines, which is why this walk exists.

Annotations read here: `str`, `int`, `bool`, `Literal[...]`, `Rich` (a line of inline Markdown),
`Prose` (paragraphs), `When` (dates), `Place` (where the record stands; not a key), a Struct,
`tuple[X, ...]` (a list, or a single value), `dict[str, X]`, `X | None`, and `Any` (kept as it
is). The fields `place` and `keys_at` are no keys: they say where the record and its keys stand.
A Struct may add:

- `what`: what a message calls it ("a talk");
- `spellings`: other spellings of a key, to the field's name;
- `silent`: keys that are known and not used;
- `translated`: fields whose text ought to be given in each language of the site;
- `by_language`: fields that are tables of language codes themselves;
- `filled`: fields that the model fills in, which are no keys;
- `elsewhere`: keys that people write here and that belong to another place, to that place;
- `readers`: its own reader for some of its fields, for shapes an annotation cannot say;
- `from_value(value, place, reading)`: its own way to be read, for shapes a table of keys
  cannot say; return `None` to go on with the ordinary way.
"""

from __future__ import annotations

import functools
import sys
import types
import typing
from collections.abc import Mapping
from inspect import get_annotations
from typing import Any, Literal, TypeVar, Union

import msgspec

from builder.leaves import LEAVES, Reader, found
from builder.problems import Place, did_you_mean
from builder.reading import UNUSABLE as UNUSABLE
from builder.reading import Reading as Reading
from builder.reading import in_language, is_translated, tell_bare
from builder.text.rich import Break, Rich, Text
from builder.text.yaml import Map, Seq, Value

T = TypeVar("T")


def read(kind: type[T], value: Value, place: Place, reading: Reading) -> T | None:
    """`value` as a `kind`, or None when nothing of it can be used (which has then been told)."""
    result = reader_of(typing.cast(Any, kind))(value, place, reading)
    return None if result is UNUSABLE else result


@functools.cache
def reader_of(annotation: Any) -> Reader:
    """The function that reads values of an annotation; made once for each."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in LEAVES:
        return LEAVES[annotation]
    if origin is Literal:
        return functools.partial(_choice, arguments)
    if origin is tuple:
        return functools.partial(_several, reader_of(arguments[0]))
    if origin is dict:
        return functools.partial(_table, reader_of(arguments[1]))
    if origin in (Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not types.NoneType)
        return reader_of(inner)
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return functools.partial(_struct, annotation)
    raise TypeError(f"no way to read {annotation!r}")


def _choice(known: tuple[str, ...], value: Value, place: Place, reading: Reading) -> str | Any:
    text = value.strip().lower() if isinstance(value, str) else None
    if text in known:
        return text
    return reading.warn(
        "not-a-choice", f"expected one of {', '.join(filter(None, known))}, found {found(value)}", place,
        did_you_mean(text or "", known),
    )  # fmt: skip


def _several(item: Reader, value: Value, place: Place, reading: Reading) -> tuple[Any, ...]:
    if not isinstance(value, Seq):
        value, places = [value], [place]  # type: ignore[assignment]
    else:
        places = value.items_at
    pairs = zip(typing.cast(list[Value], value), places, strict=True)
    read_items = (item(v, p, reading) for v, p in pairs if v is not None)
    return tuple(r for r in read_items if r is not UNUSABLE)


def _table(item: Reader, value: Value, place: Place, reading: Reading) -> dict[str, Any] | Any:
    if not isinstance(value, Map):
        return reading.warn(
            "wrong-shape", f"expected a mapping, found {found(value)}", place, "write {key: value}"
        )
    read_items = {k: item(v, value.at(k), reading) for k, v in value.items() if v is not None}
    return {k: v for k, v in read_items.items() if v is not UNUSABLE}


def _struct(kind: Any, value: Value, place: Place, reading: Reading) -> Any:
    own_way = getattr(kind, "from_value", None)
    if own_way is not None:
        result = own_way(value, place, reading)
        if result is not None:
            return result
    what = getattr(kind, "what", kind.__name__.lower())
    if not isinstance(value, Map):
        keys = list(shape_of(kind))
        shown = value if isinstance(value, str) and len(value) < 40 else "…"
        return reading.warn(
            "wrong-shape",
            f"expected {what} (a mapping with keys such as {', '.join(keys[:6])}), found {found(value)}",
            place, f"write it below a key, such as {{{keys[0]}: {shown}}}",
        )  # fmt: skip
    values = _fields(kind, what, value, reading)
    missing = [n for n in required_of(kind) if n not in values]
    if missing:
        return reading.warn(
            "missing-key",
            f"{what} needs {' and '.join(map(repr, missing))}; found {found(value)}",
            place, f"add {' and '.join(f'{name}: …' for name in missing)}",
        )  # fmt: skip
    if "place" in kind.__struct_fields__:
        values["place"] = value.place
    if "keys_at" in kind.__struct_fields__:
        values["keys_at"] = value.values_at
    return kind(**values)


def _fields(kind: Any, what: str, value: Map, reading: Reading) -> dict[str, Any]:
    shape, spellings = shape_of(kind), getattr(kind, "spellings", {})
    silent, translated = getattr(kind, "silent", ()), getattr(kind, "translated", ())
    values: dict[str, Any] = {}
    several = len(reading.languages) > 1
    for key, item in value.items():
        name = spellings.get(key, key)
        if name in values:
            reading.warn(
                "key-said-twice", f"{key!r} is another word for {name!r}, which stands above; it is not used",
                value.keys_at[key], "keep one of the two",
            )  # fmt: skip
        elif name in shape:
            there = reading
            if several and not (isinstance(item, str) and name not in translated):
                item, there = _spoken(kind, name, item, value, key, reading)
            result = UNUSABLE if item is None else shape[name](item, value.at(key), there)
            if result is not UNUSABLE:
                values[name] = result
        elif key not in silent:
            reading.warn(
                "unknown-key", f"{key!r} is not a key of {what} and is not used", value.keys_at[key],
                getattr(kind, "elsewhere", {}).get(key) or _torn_off(key, item)
                or did_you_mean(key, [*shape, *spellings]) or _room_for_more(shape),
            )  # fmt: skip
    return values


def _torn_off(key: str, item: Value) -> str:
    """The mend of a text that a comma within braces has cut in two: the rest looks like a key."""
    torn = item is None and " " in key.strip()
    return (
        "a comma within { } begins a new key; put quotes around the text that it stands in"
        if torn
        else ""
    )


def _spoken(
    kind: Any, name: str, item: Value, value: Map, key: str, reading: Reading
) -> tuple[Value, Reading]:
    """The value of a key in the language being built, and how it is read.

    A text that ought to be there in each language and is not is told.
    """
    if name in getattr(kind, "by_language", ()):
        return item, reading
    if is_translated(item, reading):
        item, language = in_language(item, value.at(key), reading)
        return item, msgspec.structs.replace(reading, standing_in=language)
    if name in getattr(kind, "translated", ()) and not value.get("lang"):
        reading = tell_bare(item, value.at(key), reading)
    return item, reading


def _room_for_more(shape: Mapping[str, Reader]) -> str:
    room = next((name for name in ("facts", "extra") if name in shape), None)
    return f"what is your own goes below {room}:" if room else f"its keys are: {', '.join(shape)}"


@functools.cache
def shape_of(kind: type[msgspec.Struct]) -> dict[str, Reader]:
    """The keys of a model, in the order they are declared, and how each is read."""
    own, kinds = getattr(kind, "readers", {}), reversed(kind.__mro__)
    typed = {n: (text, k.__module__) for k in kinds for n, text in get_annotations(k).items()}
    readable = (n for n in kind.__struct_fields__ if n not in _filled(kind))
    return {name: own.get(name) or reader_of(_meant(*typed[name])) for name in readable}


@functools.cache
def _meant(annotation: str, module: str) -> Any:
    """The type that an annotation names in a module, where most fields have one of a few."""
    return eval(annotation, vars(sys.modules[module]))


def _filled(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return ("place", "keys_at", *getattr(kind, "filled", ()))


@functools.cache
def required_of(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys of a model that have no default."""
    fields, defaults = kind.__struct_fields__, kind.__struct_defaults__
    bare = (msgspec.NODEFAULT,) * (len(fields) - len(defaults))
    pairs = zip(fields, (*bare, *defaults), strict=True)
    return tuple(n for n, d in pairs if d is msgspec.NODEFAULT and n not in _filled(kind))


def lines_of(text: str) -> Rich:
    """Plain text over several lines, its line breaks kept."""
    nodes: list[Any] = []
    for line in text.strip().split("\n"):
        nodes += [Break()] * bool(nodes) + [Text(line.strip())]
    return Rich(tuple(nodes))
