"""The rooms import only what stands before them, and stay small enough to read."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

BUILDER = Path(__file__).parent.parent / "builder"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("problems",),
    ("text",),
    ("naming", "requirement"),
    ("staging", "journal"),
    ("refusals", "ground"),
    ("write",),
    ("run", "inputs", "freshness"),
    ("reading",),
    ("leaves",),
    ("fields",),
    ("variants",),
    ("csl_style",),
    ("settings",),
    ("config",),
    ("model", "sources"),
    ("images", "bytecode", "kept", "prints", "reads"),
    ("environment",),
    ("citing",),
    ("binding", "links", "templates"),
    ("faults", "typed"),
    ("outputs",),
    ("making", "indexing", "cards", "typesetting"),
    ("drafts", "bodies"),
    ("render",),
    ("locating",),
    ("ledger", "snapshot", "memory", "cores"),
    ("publishing",),
    ("edit",),
    ("build",),
    ("watch", "preview", "schema"),
    ("serve", "new", "checks", "reports", "importers"),
    ("doctor",),
    ("asking", "commands", "cli"),
    ("__main__",),
)
"""From the ground up. A room may import its own layer and those below."""


def rooms() -> Iterator[tuple[str, Path]]:
    for file in sorted(BUILDER.rglob("*.py")):
        inside = file.relative_to(BUILDER)
        name = inside.parts[0] if len(inside.parts) > 1 else inside.stem
        if name != "__init__":
            yield name, file


def imports_of(file: Path) -> Iterator[tuple[str, int]]:
    """The rooms that a file imports, wherever in it, and the line."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("builder"):
            parts = node.module.split(".")[1:]
            for name in [parts[0]] if parts else [alias.name for alias in node.names]:
                yield name, node.lineno


def test_every_room_has_a_layer() -> None:
    named = {name for layer in LAYERS for name in layer}
    found = {name for name, _ in rooms()}
    assert len(found) > 10
    assert found <= named, found - named


def test_rooms_import_only_what_stands_below() -> None:
    height = {name: n for n, layer in enumerate(LAYERS) for name in layer}
    wrong = [
        f"{file.relative_to(BUILDER)}:{line} imports {target}"
        for room, file in rooms()
        for target, line in imports_of(file)
        if target in height and height[target] > height[room]
    ]
    assert wrong == []


def test_the_preview_server_stays_in_its_room() -> None:
    guilty = [
        str(file.relative_to(BUILDER))
        for _, file in rooms()
        if file.name != "serve.py"
        and ("livereload" in _modules(file) or "tornado" in _modules(file))
    ]
    assert guilty == []


def _modules(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    plain = {
        a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names
    }
    froms = {
        n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module
    }
    return plain | froms


def functions() -> Iterator[tuple[str, int]]:
    """Every function and its length in lines, docstring left out."""
    for _, file in rooms():
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                has_doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                doc = (first.end_lineno or 0) - first.lineno + 1 if has_doc else 0
                yield f"{file.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1 - doc


def test_functions_are_short() -> None:
    lengths = dict(functions())
    assert len(lengths) > 300
    values = sorted(lengths.values())
    assert statistics.median(values) <= 8
    assert values[len(values) * 9 // 10] <= 25
    assert {name: n for name, n in lengths.items() if n > 60} == {}


def test_public_names_say_why_they_exist() -> None:
    bare = []
    for _, file in rooms():
        tree = ast.parse(file.read_text("utf-8"))
        assert file.name == "__init__.py" or ast.get_docstring(tree), f"{file} has no docstring"
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                nested = any(
                    node in getattr(p, "body", [])
                    for p in ast.walk(tree)
                    if isinstance(p, ast.FunctionDef)
                )
                private = any(
                    isinstance(p, ast.ClassDef) and p.name.startswith("_") and node in p.body
                    for p in ast.walk(tree)
                )
                if not ast.get_docstring(node) and not nested and not private:
                    bare.append(f"{file.relative_to(BUILDER)}:{node.lineno} {node.name}")
    assert bare == []
