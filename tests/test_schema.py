"""JSON Schema: what the models take it takes, what they tell it tells, and every key is explained."""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml
from click.testing import CliRunner

from builder.cli import main
from builder.model.cv import Drawn
from builder.model.cv_entries import EntryKeys
from builder.new import Answers, new_site
from builder.schema import MODELS, NAMES, keys_of, schema_of
from tests.demo import ROOT


class _Loader(yaml.SafeLoader):
    """YAML as the language server of editors reads it: a date is text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(name: str, text: str) -> list[str]:
    validator = jsonschema.Draft7Validator(schema_of(name))
    return [error.message for error in validator.iter_errors(yaml.load(text, _Loader))]


def models() -> Iterator[Any]:
    """Every model that an author's file may reach."""
    seen: set[Any] = set()
    waiting: list[Any] = [*MODELS.values(), EntryKeys, Drawn]
    while waiting:
        kind = waiting.pop()
        arguments = [kind, *typing.get_args(kind)]
        for found in arguments[1:]:
            waiting.append(found)
        is_model = isinstance(kind, type) and issubclass(kind, msgspec.Struct)
        if is_model and hasattr(kind, "what") and kind not in seen:
            seen.add(kind)
            yield kind
            waiting += [key.annotation for key in keys_of(kind)]


def test_every_key_says_what_it_is() -> None:
    found = list(models())
    assert len(found) > 15
    bare = [f"{kind.__name__}.{key.name}" for kind in found for key in keys_of(kind) if not key.doc]
    assert bare == []


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema(name: str) -> None:
    schema = schema_of(name)
    jsonschema.Draft7Validator.check_schema(schema)
    assert all(
        "description" in p for p in (schema.get("properties") or {}).values() if name != "cv"
    )


def test_editors_show_what_is_marked_as_code() -> None:
    accent = schema_of("site")["definitions"]["Theme"]["properties"]["accent"]
    assert "`#rrggbb`" in accent["markdownDescription"]
    assert accent["markdownDescription"] == accent["description"]
    alias = schema_of("talks")["definitions"]["Talk"]["properties"]["talk_type"]
    assert alias["markdownDescription"] == "Another word for `type`."


def test_the_demo_and_a_new_site_fit(tmp_path: Path) -> None:
    new_site(tmp_path / "s", Answers(name="Ana"))
    checked = 0
    for root in (ROOT, tmp_path / "s"):
        files = {"site": root / "site.yaml"} | {
            f.stem: f for f in (root / "content").glob("*.yaml") if f.stem in NAMES
        }
        for name, file in files.items():
            assert faults(name, file.read_text("utf-8")) == [], file
            checked += 1
    assert checked >= 7


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site", "tilte: x"), ("site", "theme: {font: comic}"), ("site", "url: [x]"),
        ("cv", "cv: {nmae: x}"), ("people", "- {role: x}"), ("talks", "- {title: x, venu: y}"),
        ("page", "titel: x"), ("cv", "name: x"), ("cv", "cv: {name: X, sections: {A: [{company: X, positon: Y}]}}"),
        ("cv", "cv: {name: X, sections: {A: [{from: publications, limt: 3}]}}"), ("talks", "- {title: {titel: x}}"),
    ],
)  # fmt: skip
def test_a_slip_is_found(name: str, text: str) -> None:
    assert faults(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site", "collections: [a, b]"), ("site", "collections: {a: , b: {title: x}}"), ("site", "{}"),
        ("site", "title: {en: a, de: b}\nlanguages: [en, de]"), ("talks", "- {title: 1984, date: 2024-09-01, tags: a}"),
        ("cv", "cv: {name: X, sections: {A: [text, {label: a, details: b}, {from: publications, limit: 3}, {B: [x]}]}}"),
        ("cv", "cv: {name: X}\ndesign: {theme: classic}"), ("news", "- a line\n- {date: 2024, text: x}"),
        ("people", "- {name: X, availability: on the market, links: {ORCID: 0000}}"), ("talks", "- {name: x, talk_type: y}"),
    ],
)  # fmt: skip
def test_every_shape_that_is_read_fits(name: str, text: str) -> None:
    assert faults(name, text) == []


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner().invoke
    assert json.loads(run(main, ["schema", "cv"]).output) == schema_of("cv")
    assert "did you mean 'talks'" in run(main, ["schema", "talk"]).output
    monkeypatch.chdir(tmp_path)
    assert run(main, ["schema"]).exit_code == 2
    (tmp_path / "site.yaml").write_text("title: x\n")
    assert run(main, ["schema"]).exit_code == 0
    assert {f.stem for f in (tmp_path / ".folio/schema").glob("*.json")} == set(NAMES)
