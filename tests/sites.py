"""Whole sites in and out: the seam that most tests go through."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from builder.build import build
from builder.problems import BuildFailed, Problem, Problems
from builder.run import Options, Report

SETTINGS = "title: A site\nurl: https://example.org\n"


class Site:
    """A site in a temporary folder, and what came of building it."""

    def __init__(self, root: Path) -> None:
        self.root, self.out = root, root / "_site"
        self.problems = Problems()
        self.report: Report | None = None

    def write(self, files: Mapping[str, str | bytes]) -> Site:
        """Write source files; texts lose their common indent and first newline."""
        for path, content in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else _dedented(content).encode()
            file.write_bytes(data)
        return self

    def build(self, **options: str | bool) -> Site:
        """Build it; a failed build leaves `report` None and its problems to look at."""
        self.problems, self.report = Problems(), None
        with contextlib.suppress(BuildFailed):
            self.report = build(self.root, Options(**options), self.problems)  # type: ignore[arg-type]
        return self

    @property
    def files(self) -> set[str]:
        """Every file of the finished site."""
        return {p.relative_to(self.out).as_posix() for p in self.out.rglob("*") if p.is_file()}

    def html(self, path: str) -> str:
        """A finished file as text."""
        return (self.out / path).read_text("utf-8")

    def page(self, path: str) -> LexborHTMLParser:
        """A finished page to select in."""
        return LexborHTMLParser(self.html(path))

    def main(self, path: str) -> str:
        """The words of a page's main part, blanks collapsed."""
        main = one(self.page(path), "main")
        return " ".join(main.text(separator=" ").split())

    def told(self, kind: str) -> list[Problem]:
        """The problems of one kind."""
        return [p for p in self.problems if p.kind == kind]

    def one(self, kind: str) -> Problem:
        """The only problem of a kind."""
        found = self.told(kind)
        assert len(found) == 1, f"expected one {kind}, found {list(self.problems)}"
        return found[0]


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first element that a selector finds; there must be one."""
    node = tree.css_first(selector)
    assert node is not None, f"nothing is {selector}"
    return node


def _dedented(text: str) -> str:
    return textwrap.dedent(text[1:] if text.startswith("\n") else text)


def make_site(root: Path, files: Mapping[str, str | bytes] | None = None) -> Site:
    """A site with `files`; site.yaml has a title and a url unless it is among them."""
    return Site(root).write({"site.yaml": SETTINGS, **(files or {})})
