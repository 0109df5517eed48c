"""`folio doctor`: overridden files against every original they may be copies of, and settings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import __version__
from builder import doctor as room
from builder.cli import main
from builder.new import Answers, new_site
from builder.requirement import requirement
from builder.templates import theme_folder
from tests.demo import ROOT
from tests.installs import installed

RECORDED = room.ORIGINALS
PAGE = (theme_folder("layouts") / "page.html").read_text("utf-8")
OLD = PAGE.replace("<h1>", '<h1 class="old">').replace("{% extends", "{# once #}\n{% extends")


@pytest.fixture(autouse=True)
def _released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A history of one release, which had another page.html and a file that is gone."""
    folder = tmp_path / "originals"
    folder.mkdir()
    files = {"layouts/page.html": OLD, "layouts/gone.html": "<p>gone</p>\n"}
    (folder / "0.0.9.json").write_text(json.dumps(files), "utf-8")
    monkeypatch.setattr(room, "ORIGINALS", folder)
    room._history.cache_clear()
    yield
    room._history.cache_clear()


def looked(root: Path, files: Mapping[str, str]) -> dict[str, room.Finding]:
    new_site(root, Answers(name="Ana", url="https://ana.example"))
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return {finding.path: finding for finding in room.doctor(root)}


def test_a_new_site_has_nothing_to_look_at(tmp_path: Path) -> None:
    assert looked(tmp_path / "s", {}) == {}


def test_overrides_are_compared_with_what_they_were_copied_from(tmp_path: Path) -> None:
    assert OLD != PAGE
    assert OLD.count("\n") > 4
    found = looked(tmp_path / "s", {
        "layouts/page.html": OLD.replace("</h1>", "</h1>\n<p>mine</p>"),
        "layouts/home.html": (theme_folder("layouts") / "home.html").read_text("utf-8"),
        "layouts/talk.html": (theme_folder("layouts") / "talk.html").read_text("utf-8") + "<p>mine</p>\n",
        "layouts/gone.html": "<p>gone, mine</p>\n", "layouts/own.html": "<p>my own</p>\n",
        "layouts/parts/user-head.html": "<meta name=x>\n",
        "layouts/cv.html": '{% extends "theme/cv.html" %}\n', "static/css/custom.css": "p {}\n",
    })  # fmt: skip
    assert set(found) == {
        "layouts/page.html",
        "layouts/home.html",
        "layouts/talk.html",
        "layouts/gone.html",
    }
    page = found["layouts/page.html"]
    assert "has changed in 2 places since 0.0.9, 1 of them where you changed it too" in page.message
    assert '-<h1 class="old">' in page.diff.replace("- ", "-").replace("-  ", "-")
    assert "mine" not in page.diff
    assert "unchanged" in found["layouts/home.html"].message
    assert "has not changed since" in found["layouts/talk.html"].message
    assert "0.0.9 had, and this one has not" in found["layouts/gone.html"].message


def test_a_copy_of_an_old_release_is_known(tmp_path: Path) -> None:
    found = looked(tmp_path / "s", {"layouts/page.html": OLD})
    assert found["layouts/page.html"].message == "is the theme's of 0.0.9, unchanged"


def test_a_site_that_copied_all_layouts_is_told_in_a_line(tmp_path: Path) -> None:
    folder = theme_folder("layouts")
    copies = {f"layouts/{f.name}": f.read_text("utf-8") for f in folder.glob("*.html")}
    (finding,) = looked(tmp_path / "s", copies).values()
    assert finding.path == "layouts/"
    assert finding.message == f"{len(copies)} files are the theme's own, unchanged"


def test_workflows_and_settings_of_an_older_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(tmp_path / "packages", monkeypatch)
    root = tmp_path / "s"
    looked(root, {})
    workflow = root / ".github/workflows/deploy.yml"
    text = workflow.read_text("utf-8").replace(requirement(), "scholar-folio[images]==0.0.9")
    found = looked_again(root, {
        ".github/workflows/deploy.yml": text.replace("3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "v3"),
        "site.yaml": "title: X\n", ".gitignore": "_site/\n", ".git/HEAD": "ref\n",
    })  # fmt: skip
    said = "\n".join(f"{f.path}: {f.message}" for f in found)
    assert "asks for scholar-folio[images]==0.0.9; the Folio that runs here is" in said
    assert "uses actions/checkout at v3; a new site has v7.0.1" in said
    assert "site.yaml: has no url" in said
    assert "site.yaml: names no schema" in said
    assert ".gitignore: does not name .folio/" in said
    assert len(found) == 5


def looked_again(root: Path, files: Mapping[str, str]) -> tuple[room.Finding, ...]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return room.doctor(root)


def test_a_release_keeps_what_no_release_has_had() -> None:
    kept = room.originals_of_this_version()
    assert kept["layouts/page.html"] == PAGE
    assert any(name.startswith("static/css/") for name in kept)
    assert "layouts/gone.html" not in kept


def test_a_release_is_kept_again_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = room.originals_of_this_version()
    (room.ORIGINALS / f"{__version__}.json").write_text(json.dumps(kept), "utf-8")
    room._history.cache_clear()
    assert room.originals_of_this_version() == kept


def test_before_the_first_release_nothing_is_claimed(tmp_path: Path) -> None:
    (room.ORIGINALS / "0.0.9.json").unlink()
    found = looked(
        tmp_path / "s", {"layouts/page.html": OLD, "layouts/cv.html": "<p>{{ page.title }}</p>"}
    )
    assert {f.message for f in found.values()} == {
        "overrides the theme's; what it was copied from is not known before a release"
    }


def test_a_copied_stylesheet_is_shown_another_way(tmp_path: Path) -> None:
    css = (theme_folder("static") / "css/folio.css").read_text("utf-8")
    old = {"static/css/folio.css": "/* once */\n" + css}
    (room.ORIGINALS / "0.0.9.json").write_text(json.dumps(old), "utf-8")
    found = looked(tmp_path / "s", {"static/css/folio.css": old["static/css/folio.css"] + "p {}\n"})
    assert "has changed in" in found["static/css/folio.css"].message
    assert found["static/css/folio.css"].mend.endswith("in static/css/custom.css")


def test_every_release_in_the_changelog_is_kept() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"(?m)^## \[?(\S+?)\]?(?:\s|$)", text)
    assert headings
    kept = {file.stem for file in RECORDED.glob("*.json")}
    assert {h for h in headings if h[0].isdigit()} == kept


def test_the_command(tmp_path: Path) -> None:
    run = CliRunner().invoke
    assert run(main, ["doctor", str(tmp_path)]).exit_code == 1
    looked(tmp_path / "s", {"layouts/page.html": OLD + "<p>mine</p>\n"})
    said = run(main, ["doctor", str(tmp_path / "s"), "--diff"])
    assert said.exit_code == 0
    assert "+++ layouts/page.html of " in said.output
    assert "1 thing to look at." in said.output


def test_what_needs_nothing_is_not_counted(tmp_path: Path) -> None:
    talk = (theme_folder("layouts") / "talk.html").read_text("utf-8")
    looked(tmp_path / "s", {"layouts/talk.html": talk + "<p>mine</p>\n"})
    said = CliRunner().invoke(main, ["doctor", str(tmp_path / "s")]).output
    assert "has not changed since" in said
    assert "All is as it should be." in said


def test_a_block_that_no_parent_has_is_told(tmp_path: Path) -> None:
    found = looked(tmp_path / "s", {
        "layouts/page.html": '{% extends "theme/page.html" %}\n{% block man %}x{% endblock %}\n',
        "layouts/own.html": '{% extends "page.html" %}{% block main %}{% block inner %}{% endblock %}{% endblock %}',
    })  # fmt: skip
    page = found["layouts/page.html"]
    assert "'man' is in nothing that it extends" in page.message
    assert page.mend == "did you mean 'main'?"
    assert "layouts/own.html" not in found
