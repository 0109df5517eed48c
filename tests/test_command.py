"""The command: what it prints, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from tests.sites import make_site

GOOD: dict[str, str | bytes] = {"content/index.md": "# Hello\n"}
WARNS: dict[str, str | bytes] = {
    "content/index.md": "---\ntitle: X\ntilte: Y\n---\n[x](nowhere.md)\n"
}
FAILS: dict[str, str | bytes] = {
    "content/index.md": "---\ntitle: a: b\n---\n",
    "content/x.md": b"\xff\xfe",
}


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", str(root), *arguments])


@pytest.mark.parametrize(
    ("files", "arguments", "status"),
    [
        (GOOD, [], 0), (GOOD, ["--strict"], 0), (WARNS, [], 0), (WARNS, ["--strict"], 1), (FAILS, [], 1),
        (GOOD, ["--no-such-option"], 2), (GOOD, ["--url", "not an address"], 1),
        (GOOD, ["--url", "http://[bad"], 1), (GOOD, ["--url", "https://ana:word@example.org"], 1),
        (GOOD, ["--url", "https://example.org/a?b"], 1), (GOOD, ["--url", "https://example.org/../a"], 1),
        (GOOD, ["--url", "https://example.org/~ana/a.b/"], 0),
    ],
)  # fmt: skip
def test_exit_status(
    tmp_path: Path, files: dict[str, str | bytes], arguments: list[str], status: int
) -> None:
    assert run(make_site(tmp_path, files).root, *arguments).exit_code == status


def test_a_report_says_what_was_made(tmp_path: Path) -> None:
    root = make_site(tmp_path, {**GOOD, "content/p.bib": "@book{k, title={B}, year=2000}\n"}).root
    said = run(root)
    assert "1 publication in" in said.stdout
    assert "pages" in said.stdout
    assert "unchanged" in said.stdout
    assert said.stderr == ""


def test_problems_show_place_excerpt_and_mend(tmp_path: Path) -> None:
    said = run(make_site(tmp_path, WARNS).root)
    assert "content/index.md:3:1: warning: 'tilte' is not a key" in said.stderr
    assert "3 | tilte: Y" in said.stderr
    assert "    | ^" in said.stderr
    assert "did you mean 'title'?" in said.stderr


def test_errors_are_told_all_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    site = make_site(tmp_path, GOOD).build()
    before = {f: site.html(f) for f in site.files if f.endswith((".html", ".css"))}
    site.write(FAILS)
    said = run(site.root)
    assert "content/index.md:2:" in said.stderr
    assert "content/x.md" in said.stderr
    assert "2 errors" in said.stderr
    assert "Traceback" not in said.stderr + said.stdout
    assert {f: site.html(f) for f in before} == before


def test_warnings_of_a_kind_are_folded_unless_asked_for(tmp_path: Path) -> None:
    dead = "".join(f"[x](n{n}.md)\n\n" for n in range(20))
    root = make_site(tmp_path, {"content/index.md": dead}).root
    folded = [line for line in run(root).stderr.splitlines() if "warning" in line]
    assert len(folded) == 1
    assert "20 times" in folded[0]
    assert "17 more" in folded[0]
    assert run(root, "--verbose").stderr.count("leads to nothing") == 20


def test_json_holds_report_and_problems(tmp_path: Path) -> None:
    root = make_site(tmp_path, WARNS).root
    data = json.loads(run(root, "--json").stdout)
    assert data["report"]["pages"] >= 2
    assert {p["kind"] for p in data["problems"]} == {"unknown-key", "link-to-nothing"}
    assert data["problems"][0]["place"]["path"] == "content/index.md"
    assert json.loads(run(make_site(tmp_path, FAILS).root, "--json").stdout)["report"] is None


def test_another_output_folder(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", GOOD)
    assert run(site.root, "-o", str(tmp_path / "out")).exit_code == 0
    assert (tmp_path / "out" / "index.html").is_file()
    assert not site.out.exists()


def test_an_output_folder_of_strangers_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", GOOD)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("years of work")
    said = run(site.root, "-o", str(tmp_path / "out"))
    assert said.exit_code == 1
    assert "thesis.tex" in said.stderr
    assert (tmp_path / "out" / "thesis.tex").read_text() == "years of work"
    assert run(site.root, "-o", str(site.root)).exit_code == 1


def test_why_names_each_file_that_is_touched_and_the_reason(tmp_path: Path) -> None:
    site = make_site(tmp_path, {**GOOD, "content/old.md": "# Old\n"})
    assert "index.html: it was not there before" in run(site.root, "--why").stdout
    assert ": it " not in run(site.root, "--why").stdout
    (site.root / "content" / "old.md").unlink()
    site.write({"content/index.md": "# Hello again\n"})
    said = run(site.root, "--why").stdout
    assert "\nindex.html: what it shows of its own has changed" in f"\n{said}"
    assert "old/index.html: the site has no such file any more" in said


def test_fresh_gives_the_same_site(tmp_path: Path) -> None:
    site = make_site(tmp_path, GOOD).build()
    (site.root / ".folio" / "jinja").mkdir(exist_ok=True)
    assert "0 written" in run(site.root, "--fresh").stdout
