"""JSON Schema of everything an author types in YAML, drawn from the models and their docstrings.

Editors complete keys and explain them by it; the reference in the docs is written from the same
words. A schema is no stricter than the models are: what they take in several shapes stands so here.

Source: JSON Schema draft 7, which the YAML language server reads.
"""

from __future__ import annotations

import ast
import functools
import inspect
import json
import textwrap
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union

import msgspec

from builder.fields import required_of, shape_of
from builder.leaves import Prose
from builder.model.bibtex_fields import MEANINGS
from builder.model.cv import Drawn
from builder.model.cv_entries import EntryKeys
from builder.model.owner import CvHead
from builder.model.pages import Page
from builder.model.people import Person
from builder.model.records import KINDS, Record
from builder.settings import Settings
from builder.staging import state_folder
from builder.text.dates import When
from builder.text.rich import Rich

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "schema"
"""Where they stand within `.folio/`."""

MODELS: dict[str, type[msgspec.Struct]] = {
    "site": Settings, "cv": CvHead, "people": Person, **KINDS, "collection": Record, "page": Page,
}  # fmt: skip
"""What has keys of its own, by the name of its file; `collection` is one of the author's own,
`page` the front matter of a page."""
NAMES = (*MODELS, "publications")


class Key(NamedTuple):
    """One key of a model, as its author declared it."""

    name: str
    annotation: Any
    doc: str
    default: str
    """As YAML writes it; empty when there is nothing to say."""
    required: bool


def schema_of(name: str) -> Schema:
    """The schema of one kind of file; `name` is one of `NAMES`."""
    definitions: dict[str, Schema] = {}
    if name == "publications":
        body: Schema = {"type": "object", "properties": {
            field: {"type": "string", **_words(text, "")} for field, text in MEANINGS.items()
        }}  # fmt: skip
    elif name == "cv":
        body = _cv(definitions)
    elif name in ("site", "page"):
        body = _table(MODELS[name], definitions)
    else:
        body = {"type": ["array", "null"], "items": _reference(MODELS[name], definitions)}
        if name == "news":
            body["items"] = {"anyOf": [body["items"], _TEXT]}
    return {"$schema": DRAFT, "title": f"Folio: {name}", **body, "definitions": definitions}


def write_schemas(root: Path) -> None:
    """Put every schema into `.folio/schema/` of a site, where its YAML files look for them."""
    folder = state_folder(root) / FOLDER
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        file, text = folder / f"{name}.json", as_text(name)
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8", newline="\n")


def as_text(name: str) -> str:
    """A schema as the file that holds it."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"


_NAMES: dict[Any, str] = {
    str: "text", Rich: "a line of text", Prose: "paragraphs", When: "a date", bool: "true or false",
    int: "a number", Any: "anything",
}  # fmt: skip


def shown_type(annotation: Any) -> str:
    """What an annotation takes, in the words of the reference."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in _NAMES:
        return _NAMES[annotation]
    if origin is Literal:
        return "one of " + ", ".join(f"`{a}`" for a in arguments if a)
    if origin is tuple:
        return f"{shown_type(arguments[0])}, or a list"
    if origin is dict:
        return f"a mapping to {shown_type(arguments[1])}"
    if origin in (Union, types.UnionType):
        return " or ".join(shown_type(a) for a in arguments if a is not types.NoneType)
    return str(getattr(annotation, "what", getattr(annotation, "__name__", annotation)))


# ---- models -------------------------------------------------------------------------------------


@functools.cache
def keys_of(kind: type[msgspec.Struct]) -> tuple[Key, ...]:
    """The keys of a model in the order declared, with the words of their docstrings."""
    hints, docs = typing.get_type_hints(kind), docs_of(kind)
    required, fields = required_of(kind), {f.name: f for f in msgspec.structs.fields(kind)}
    return tuple(
        Key("from" if name == "from_" else name, hints[name], docs.get(name, ""),
            _default(fields[name].default), name in required)
        for name in shape_of(kind)
    )  # fmt: skip


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if value and isinstance(value, str | int) else ""


def docs_of(kind: type) -> dict[str, str]:
    """The docstring below each field, those of the models it is built on among them."""
    docs: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("builder."):
            docs |= dict(_field_docs(base))
    return {**docs_of(Person), **docs} if kind is CvHead else docs


def _field_docs(kind: type) -> Iterator[tuple[str, str]]:
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(body, ast.ClassDef)
    for field, after in zip(body.body, [*body.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            said = after.value if isinstance(after, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield field.target.id, " ".join(said.value.split())


def _table(kind: type[msgspec.Struct], definitions: dict[str, Schema]) -> Schema:
    readers = getattr(kind, "readers", {})
    properties: dict[str, Schema] = {}
    for key in keys_of(kind):
        reader = readers.get(key.name)
        shape = _read_by(reader, definitions) if reader else None
        properties[key.name] = {
            **(shape or _shape(key.annotation, definitions)), **_words(key.doc, key.default)
        }  # fmt: skip
    for other, name in getattr(kind, "spellings", {}).items():
        shape = {k: v for k, v in properties[name].items() if not k.lower().endswith("description")}
        properties.setdefault(other, {**shape, **_words(f"Another word for `{name}`.", "")})
    for name in getattr(kind, "silent", ()):
        properties.setdefault(name, {"description": "Known from other systems, and not used."})
    if kind is Settings:
        names = {"type": "array", "items": {"type": "string"}}
        given = properties["collections"]
        properties["collections"] = {
            "anyOf": [given, names], "description": given.pop("description")
        }  # fmt: skip
    required = list(required_of(kind))
    return {
        "type": "object", "description": _first_line(kind), "properties": properties,
        "additionalProperties": False, **({"required": required} if required else {}),
    }  # fmt: skip


def _words(doc: str, default: str) -> Schema:
    words = " ".join(filter(None, (doc, f"Left out: {default}." if default else "")))
    marked = {"markdownDescription": words} if "`" in words else {}  # editors escape it elsewhere
    return {"description": words, **marked} if words else {}


def _first_line(kind: type) -> str:
    return (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")


def _reference(kind: type[msgspec.Struct], definitions: dict[str, Schema]) -> Schema:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        table = {**_table(kind, definitions), "type": ["object", "null"]}
        may_be_text = hasattr(kind, "from_value") and kind is not Settings
        definitions[kind.__name__] = {"anyOf": [_TEXT, table]} if may_be_text else table
    return {"$ref": f"#/definitions/{kind.__name__}"}


# ---- annotations ----------------------------------------------------------------------------------

_SCALAR: list[str] = ["string", "number", "boolean", "null"]
_BY_LANGUAGE: Schema = {"propertyNames": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"}}
"""Keys of a mapping that are languages, so that an entry with a slip in it is not taken for a text."""
_TEXT: Schema = {"type": [*_SCALAR, "object"], **_BY_LANGUAGE}
"""A text, or one for each language of the site. YAML types what Folio reads as text."""
_LINES: Schema = {"type": [*_SCALAR, "object", "array"], **_BY_LANGUAGE}
_ANY_SHAPE: Schema = {"type": [*_SCALAR, "object", "array"]}
_LEAVES: dict[Any, Schema] = {
    str: _TEXT, Rich: _TEXT, Prose: _LINES, When: _LINES, Any: {},
    bool: {"type": ["boolean", "null"]}, int: {"type": ["integer", "null"]},
}  # fmt: skip


def _shape(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in _LEAVES:
        return dict(_LEAVES[annotation])
    if origin is Literal:
        return {"enum": [*arguments, None]}
    if origin is tuple:
        item = _shape(arguments[0], definitions)
        return {"anyOf": [item, {"type": "array", "items": item}]}
    if origin is dict:
        return {
            "type": ["object", "null"],
            "additionalProperties": _shape(arguments[1], definitions),
        }
    if origin in (Union, types.UnionType):
        (inner,) = (a for a in arguments if a is not types.NoneType)
        return _shape(inner, definitions)
    return _reference(annotation, definitions)


def _read_by(reader: Any, definitions: dict[str, Schema]) -> Schema | None:
    """The shape that a field's own reader takes."""
    if reader.__name__ == "_below":
        return _items(definitions)
    return dict(_ANY_SHAPE)


# ---- cv.yaml --------------------------------------------------------------------------------------


def _cv(definitions: dict[str, Schema]) -> Schema:
    body = _table(CvHead, definitions)
    body["properties"]["sections"] = {
        "type": ["object", "null"], "additionalProperties": _items(definitions),
        "description": "Titles of your own, each with the list of its entries.",
    }  # fmt: skip
    kept = {name: {"description": "RenderCV's; not used here."} for name in _RENDERCV}
    return {
        "type": "object", "properties": {"cv": body, **kept}, "required": ["cv"],
        "additionalProperties": False,
    }  # fmt: skip


_RENDERCV = ("design", "locale", "settings", "rendercv_settings")


def _items(definitions: dict[str, Schema]) -> Schema:
    """What a section lists: texts, entries, records drawn, sub-sections."""
    if "items" not in definitions:
        definitions["items"] = {}
        lists = {"additionalProperties": {"type": ["array", "null"]}, "minProperties": 1}
        titles = {"additionalProperties": {"$ref": "#/definitions/items"}}
        entry = {
            "if": {"required": ["from"]},
            "then": _reference(Drawn, definitions),
            "else": _reference(EntryKeys, definitions),
        }
        item = {  # so that a slip is told as one of what was meant
            "if": {"type": "object", "not": {**_BY_LANGUAGE, "minProperties": 1}},
            "then": {"if": lists, "then": titles, "else": entry},
            "else": _TEXT,
        }
        definitions["items"] = {"type": ["array", "null"], "items": item}
    return {"$ref": "#/definitions/items"}
