"""Other systems: consoles that lack letters, disks that refuse for a moment, names that they cannot hold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import journal, naming
from builder.cli import main
from builder.problems import Problems
from tests.demo import ROOT
from tests.sites import make_site


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_lacks_letters_breaks_nothing(tmp_path: Path, encoding: str) -> None:
    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "builder", *arguments], cwd=tmp_path, capture_output=True, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "GITHUB_ACTIONS": ""},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        return done.stdout.decode(encoding, "replace")

    run("new", "home", "--name", "李明 Łukasz")
    (tmp_path / "home/content/page.md").write_text("---\ntitel: 李\n---\n✎ 明\n", "utf-8")
    assert "page.md" in run("check", "home")
    run("build", "home")
    assert "Łukasz" in (tmp_path / "home/_site/index.html").read_text("utf-8")
    assert '"problems"' in run("check", "home", "--json")


def test_what_another_program_has_open_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("new")
    (tmp_path / "b").write_text("old")
    refused, real = [PermissionError(), PermissionError()], os.replace

    def moody(source: str, target: str) -> None:
        if refused:
            raise refused.pop()
        real(source, target)

    monkeypatch.setattr(os, "replace", moody)
    with pytest.raises(PermissionError):
        journal.replace(tmp_path / "a", tmp_path / "b")
    refused.append(PermissionError())
    monkeypatch.setattr(sys, "platform", "win32")
    journal.replace(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "new"
    refused.extend(PermissionError() for _ in range(9))
    (tmp_path / "a").write_text("newer")
    monkeypatch.setattr(journal, "PAUSES", (0.0, 0.0))
    with pytest.raises(PermissionError):
        journal.replace(tmp_path / "a", tmp_path / "b")


def test_keys_of_dblp_make_paths_that_every_disk_holds(tmp_path: Path) -> None:
    site = make_site(tmp_path, {
        "content/k.bib": "@article{DBLP:conf/nips/X24, title={A Title}, author={A. Name}, journal={J}, year=2024}\n",
        "content/publications/dblp-conf-nips-x24.md": "More words.\n",
    }).build()  # fmt: skip
    assert [p for p in site.problems if p.kind != "owner-not-found"] == []
    assert "More words" in site.main("publications/dblp-conf-nips-x24/index.html")
    assert not [path for path in site.files if set(path) & set(':<>"|?*\\')]


def test_pages_that_differ_only_in_case_are_told(tmp_path: Path) -> None:
    site = make_site(
        tmp_path,
        {
            "content/x.md": "---\npermalink: /About/\n---\n",
            "content/y.md": "---\npermalink: /about/\n---\n",
        },
    )
    assert "differ only in case" in site.build().one("address-taken").message


def test_a_disk_that_refuses_is_told_in_a_line(tmp_path: Path) -> None:
    root = make_site(tmp_path, {"content/index.md": "# Hello\n", ".folio": "in the way\n"}).root

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(main, [*arguments], catch_exceptions=False)
        assert "Traceback" not in done.output
        return done

    assert run("check", str(root)).exit_code == 0
    built = run("build", str(root))
    assert built.exit_code == 1
    assert ".folio could not be written" in built.stderr
    (root / "content/content").write_text("in the way\n")
    (root / "a.bib").write_text("@book{k, title={B}, year=2000}\n")
    brought = run("import", str(root / "a.bib"), str(root / "content/content/new"))
    assert brought.exit_code == 1
    assert brought.stderr.startswith("error: ")


@pytest.mark.parametrize(
    ("path", "unfit"),
    [
        ("conf:nips/index.html", ":"), ("talks/what?/index.html", "?"), ("aux/index.html", "aux"), ("x/NUL.txt", "NUL"),
        ("com1", "com1"), ("so.../index.html", "so..."), ("a /b", "a "), ("auxiliary/index.html", ""),
        ("console.txt", ""), (".nojekyll", ""), ("a.b/c.html", ""), ("文/con-2/index.html", ""),
    ],
)  # fmt: skip
def test_names_that_windows_cannot_hold_are_told_there(
    monkeypatch: pytest.MonkeyPatch, path: str, unfit: str
) -> None:
    naming.check_paths([path], here := Problems())
    assert list(here) == []
    monkeypatch.setattr(sys, "platform", "win32")
    naming.check_paths([path], there := Problems())
    assert [(p.kind, repr(unfit) in p.message) for p in there] == (
        [("name-unfit", True)] if unfit else []
    )


def test_without_fork_one_process_does_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from builder import cores

    monkeypatch.setattr(cores, "WORTH", 1)
    monkeypatch.delattr(os, "fork", raising=False)
    files = {f"content/p{n}.md": f"[x](p{n - 1 if n else 8}.md)\n" for n in range(9)}
    root = make_site(tmp_path, {**files, "content/index.md": "[0](p0.md) [8](p8.md)"}).root
    built = CliRunner().invoke(main, ["build", str(root)])
    assert built.exit_code == 0, built.output
    assert built.output.startswith("Built ")
    assert (root / "_site/p8/index.html").is_file()
