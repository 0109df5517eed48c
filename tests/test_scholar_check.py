"""`folio check` says of each paper whether Google Scholar can index it, and why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.checks import check
from builder.checks.look import Look
from builder.checks.scholar import LARGEST, verdicts
from builder.cli import main
from builder.problems import Problem, Problems
from builder.run import Options
from tests.sites import make_site

BIB = """
    @article{whole, title={Whole}, author={Bell, Bo}, journal={J}, year=2020, abstract={In the open.}}
    @article{bare, title={Bare}, author={Bell, Bo}, journal={J}, year=2020}
    @article{away, title={Away}, author={Bell, Bo}, journal={J}, year=2020, pdf={https://arxiv.org/pdf/2401.1}}
    @article{nobody, title={Nobody}, journal={J}, year=2020, abstract={Words.}}
    @article{never, title={Never}, author={Bell, Bo}, journal={J}, abstract={Words.}}
    @article{soon, title={Soon}, author={Bell, Bo}, pubstate={inpreparation}}
"""


def looked(root: Path, files: dict[str, str | bytes]) -> tuple[Look, list[Problem]]:
    problems = Problems()
    look = check(make_site(root / "site", files).root, Options(), problems)
    return look, [p for p in problems if p.kind == "scholar-cannot-index"]


def test_each_paper_has_its_reason(tmp_path: Path) -> None:
    look, _ = looked(tmp_path, {"content/publications.bib": BIB})
    assert {v.paper.key: [r.what for r in v.reasons] for v in verdicts(look)} == {
        "whole": [], "bare": ["neither a PDF nor an abstract"], "away": ["its PDF is at arxiv.org"],
        "nobody": ["no author is named"], "never": ["it has no date"],
    }  # fmt: skip


def test_slips_are_told_at_their_lines_and_choices_are_only_counted(tmp_path: Path) -> None:
    _, told = looked(tmp_path, {"content/publications.bib": BIB})
    assert sorted((str(p.place), p.message.partition(": ")[2]) for p in told) == [
        ("content/publications.bib:4:1", "no author is named"),
        ("content/publications.bib:5:1", "it has no date"),
    ]


@pytest.mark.parametrize(("size", "told"), [(100, 0), (LARGEST + 1, 1)])
def test_a_pdf_beside_the_page_is_measured(tmp_path: Path, size: int, told: int) -> None:
    bib = "@article{k, title={T}, author={Bell, Bo}, journal={J}, year=2020, pdf={/publications/k/k.pdf}}\n"
    _, found = looked(
        tmp_path, {"content/publications.bib": bib, "content/publications/k/k.pdf": b"x" * size}
    )
    assert len(found) == told
    assert all("MB" in p.message for p in found)


def test_a_layout_without_the_tags_is_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/publications.bib": "@article{k, title={T}, author={Bell, Bo}, year=2020, abstract={A}}\n",
        "layouts/publication.html": "<!doctype html><title>x</title><h1>{{ item.title }}</h1>\n",
    }
    _, (problem,) = looked(tmp_path, files)
    assert "lacks citation_title, citation_author, citation_publication_date" in problem.message


def test_without_an_address_nothing_is_told(tmp_path: Path) -> None:
    assert looked(tmp_path, {"site.yaml": "title: A\n", "content/publications.bib": BIB})[1] == []


def test_the_command_counts(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", {"content/publications.bib": BIB}).root
    output = CliRunner().invoke(main, ["check", str(root)]).output
    assert "Google Scholar can index 1 of 5 papers." in output
    assert "  neither a PDF nor an abstract: bare\n" in output
