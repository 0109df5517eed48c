"""What is installed: the wheel carries the theme and the interface words, and builds a site."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.sites import make_site

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (file,) = folder.glob("scholar_folio-*.whl")
    return zipfile.ZipFile(file)


def test_the_wheel_holds_every_file_of_theme_and_words(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for source, target in (("layouts", "builder/theme/layouts"), ("static", "builder/theme/static"),
                           ("builder/languages", "builder/languages")):  # fmt: skip
        files = [
            f for f in (ROOT / source).rglob("*") if f.is_file() and "__pycache__" not in f.parts
        ]
        assert files
        for file in files:
            assert f"{target}/{file.relative_to(ROOT / source).as_posix()}" in names
    assert not any(n.startswith(("tests/", "content/", "docs/")) for n in names)
    assert not any("__pycache__" in n for n in names)


def test_an_installed_folio_builds_without_the_repository(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path / "installed")
    site = make_site(tmp_path / "site", {"content/index.md": "# Hello\n"})
    code = "import builder.cli, builder.templates as t; print(t.theme_folder('layouts')); builder.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", str(site.root)],
        env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""}, cwd=tmp_path,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "installed") in done.stdout
    assert "Hello" in site.main("index.html")
