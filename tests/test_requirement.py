"""What a new site asks pip for: the Folio that is installed, and a marked line where nobody else could have it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from builder import __version__
from builder.cli import main
from builder.text.placeholders import MARK
from tests.installs import COMMIT, from_git, installed

WEB = "https://git.example/folio.git"


def asked_for(folder: Path, deploy: str = "github") -> tuple[str, str]:
    """What the workflow and the README of a new site install, which is the same, and what was said."""
    said = CliRunner().invoke(main, ["new", str(folder), "--no-ask", "--deploy", deploy])
    assert said.exit_code == 0, said.output
    files = [
        f for f in ("README.md", ".github/workflows/deploy.yml", ".gitlab-ci.yml")
        if (folder / f).is_file()
    ]  # fmt: skip
    found = {
        m
        for f in files
        for m in re.findall(r"""install ['"]([^'"]+)['"]""", (folder / f).read_text("utf-8"))
    }
    (one,) = found
    return one, said.output


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        (None, f"scholar-folio[images,pdf]=={__version__}"),
        (from_git(WEB), f"scholar-folio[images,pdf] @ git+{WEB}@{COMMIT}"),
        (from_git("ssh://git@git.example/a/folio.git"), f"scholar-folio[images,pdf] @ git+https://git.example/a/folio.git@{COMMIT}"),
        ({"url": "https://x.example/folio-0.1.0-py3-none-any.whl", "archive_info": {}},
         "scholar-folio[images,pdf] @ https://x.example/folio-0.1.0-py3-none-any.whl"),
    ],
    ids=["index", "git", "ssh", "archive"],
)  # fmt: skip
def test_a_new_site_asks_for_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: Any, expected: str
) -> None:
    installed(tmp_path / "packages", monkeypatch, noted)
    for deploy in ("github", "gitlab"):
        found, said = asked_for(tmp_path / deploy, deploy)
        assert found == expected
        assert "installed from a folder" not in said


@pytest.mark.parametrize(
    "noted",
    [
        from_git("file:///home/ana/folio"), from_git("https://ana:secret@git.example/folio"), from_git(WEB, ""),
        from_git("https://git.example/x'; rm -r ~; '"), {"url": WEB, "vcs_info": {"vcs": "hg", "commit_id": COMMIT}},
        {"url": "file:///home/ana/folio", "dir_info": {"editable": True}}, {"url": "file:///tmp/folio.whl", "archive_info": {}},
        "{", "[]", "{}",
    ],
    ids=["git-on-disk", "password", "no-commit", "quotes", "mercurial", "folder", "wheel-on-disk", "broken", "list", "nothing"],
)  # fmt: skip
def test_what_others_cannot_have_is_marked_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: Any
) -> None:
    installed(tmp_path / "packages", monkeypatch, noted)
    found, said = asked_for(tmp_path / "s")
    assert found.startswith(MARK)
    assert ".github/workflows/deploy.yml cannot tell where to get" in said
    listed = (
        CliRunner().invoke(main, ["check", str(tmp_path / "s")], env={"GITHUB_ACTIONS": ""}).output
    )
    assert re.search(r"README\.md:\d+:\d+ +the address that pip gets Folio from\n", listed)
    assert re.search(r"deploy\.yml:\d+:\d+ +the address that pip gets Folio from\n", listed)
    for file in ("README.md", ".github/workflows/deploy.yml"):
        text = (tmp_path / "s" / file).read_text("utf-8")
        (tmp_path / "s" / file).write_text(text.replace(found, "scholar-folio==9"), "utf-8")
    listed = (
        CliRunner().invoke(main, ["check", str(tmp_path / "s")], env={"GITHUB_ACTIONS": ""}).output
    )
    assert "that pip gets" not in listed


def test_what_is_imported_says_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.bib").write_text("@book{k, title={B}, author={A. Name}, year=2000}\n", "utf-8")
    for noted, told in (({"url": "file:///x", "dir_info": {}}, True), (from_git(WEB), False)):
        installed(tmp_path / f"packages-{told}", monkeypatch, noted)
        said = CliRunner().invoke(
            main, ["import", str(tmp_path / "a.bib"), str(tmp_path / str(told))]
        )
        assert said.exit_code == 0, said.output
        assert ("installed from a folder" in said.output) is told


def test_another_folio_on_the_path_is_not_the_one_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path / "packages", monkeypatch, from_git(WEB), version="0.0.1")
    assert asked_for(tmp_path / "s")[0].startswith(MARK)


# ---- a clone ------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True, env=environment
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of one commit, which Folio was installed from; its origin is said to be on the web."""
    source, folder = tmp_path / "source", tmp_path / "a clone"
    source.mkdir()
    git(source, "init", "-q")
    (source / "file").write_text("x\n")
    git(source, "add", ".")
    git(source, "commit", "-qm", "One")
    git(tmp_path, "clone", "-q", str(source), str(folder))
    git(folder, "remote", "set-url", "origin", WEB)
    installed(tmp_path / "packages", monkeypatch, {"url": folder.as_uri(), "dir_info": {}})
    return folder


needs_git = pytest.mark.skipif(not shutil.which("git"), reason="no git here")


@needs_git
def test_a_clone_is_known_by_its_origin_and_commit(tmp_path: Path, clone: Path) -> None:
    commit = git(clone, "rev-parse", "HEAD")
    assert asked_for(tmp_path / "s")[0] == f"scholar-folio[images,pdf] @ git+{WEB}@{commit}"


@needs_git
def test_a_clone_that_others_cannot_have_is_not_named(
    tmp_path: Path, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone / "file").write_text("y\n")
    assert asked_for(tmp_path / "changed")[0].startswith(MARK)
    git(clone, "commit", "-qam", "Two")
    assert asked_for(tmp_path / "not-pushed")[0].startswith(MARK)
    git(clone, "reset", "-q", "--hard", "origin/main")
    assert not asked_for(tmp_path / "as-it-was")[0].startswith(MARK)
    monkeypatch.setenv("PATH", "")
    assert asked_for(tmp_path / "without-git")[0].startswith(MARK)


@needs_git
def test_a_folder_within_another_repository_is_not_it(
    tmp_path: Path, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone / "below").mkdir()
    installed(tmp_path / "nearer", monkeypatch, {"url": (clone / "below").as_uri(), "dir_info": {}})
    assert asked_for(tmp_path / "s")[0].startswith(MARK)
