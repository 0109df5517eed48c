"""The docs and the code say the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from builder.requirement import WANTED

ROOT = Path(__file__).parent.parent


def kinds_in_code() -> set[str]:
    """The kind of every problem that is told with a literal word."""
    found = set()
    for file in (ROOT / "builder").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                first = node.args[0]
                told = node.func.attr in ("warn", "warning", "error")
                if told and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def test_every_kind_of_problem_is_explained() -> None:
    kinds = {k for k in kinds_in_code() if re.fullmatch(r"[a-z0-9-]+", k)}
    assert len(kinds) > 40
    explained = set(
        re.findall(r"`([a-z0-9-]+)`", (ROOT / "docs" / "problems.md").read_text("utf-8"))
    )
    assert {k for k in kinds if k not in explained and f"bibtex-{k}" not in explained} == set()


def test_links_between_docs_lead_somewhere() -> None:
    documents = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert len(documents) > 4
    dead = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(
            r"\]\((?!https?:|#)([^)#]+)", re.sub(r"`[^`]*`", "", document.read_text("utf-8"))
        )
        if not target.startswith(("x.md", "images/", "talks/"))
        and not (document.parent / target).exists()
    ]
    assert dead == []


def test_the_readme_installs_what_a_new_site_asks_for() -> None:
    asked = re.findall(r'install "([^"]+)"', (ROOT / "README.md").read_text("utf-8"))
    assert asked == [f"{WANTED} @ git+ADDRESS"] * 2 + [WANTED.replace("scholar-folio", ".")]
