"""Edits that need no new model: stylesheets, and saves that come while a build is under way."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.build import build
from builder.memory import Recall
from builder.problems import Problems
from builder.run import Options, Report
from tests.changes import SITE, begin
from tests.sites import Site
from tests.test_ledger import assert_same

OWN = {
    "static/css/own.css": "p { color: red }\n",
    "static/css/custom.css": "a { color: red }\n",
    "static/css/base.css": "h1 { color: red }\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    begin(tmp_path)
    made = Site(tmp_path)
    made.write(OWN)
    return made


def built(site: Site, recall: Recall | None, during: dict[str, str] | None = None) -> Report:
    """Build; what is saved `during` it is saved when its layouts are filled."""

    def save(*_: object) -> None:
        site.write(during or {})

    return build(site.root, Options(), Problems(), save, recall=recall)


@pytest.mark.parametrize("at_hand", [False, True])
@pytest.mark.parametrize("sheet", OWN)
def test_a_stylesheet_makes_no_new_model(
    site: Site, sheet: str, at_hand: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    recall = Recall() if at_hand else None
    built(site, recall)
    with monkeypatch.context() as patched:
        patched.setattr("builder.build.make_sites", lambda *_: pytest.fail("the model was made"))
        for colour in ("blue", "green"):
            site.write({sheet: f"b {{ color: {colour} }}\n"})
            report = built(site, recall)
            assert report.written.written == 1
            shown = sheet.removeprefix("static/") if "own" in sheet else "css/folio.css"
            assert colour in (site.root / "_site" / shown).read_text()
    assert_same(site.root, sheet, recall)


def test_a_stylesheet_that_comes_or_goes_is_published_or_removed(site: Site) -> None:
    recall = Recall()
    built(site, recall)
    (site.root / "static/css/own.css").unlink()
    site.write({"static/css/other.css": "p {}\n"})
    assert_same(site.root, "one came, one went", recall)
    assert (site.root / "_site/css/other.css").exists()
    assert not (site.root / "_site/css/own.css").exists()


ABOUT = "content/about.md"


@pytest.mark.parametrize("at_hand", [False, True])
@pytest.mark.parametrize("file", [ABOUT, "content/publications.bib", "static/css/own.css"])
@pytest.mark.parametrize("edited", [False, True])
def test_a_save_during_a_build_costs_no_more_than_what_it_changes(
    site: Site, file: str, edited: bool, at_hand: bool
) -> None:
    recall = Recall() if at_hand else None
    if edited:
        built(site, recall)
        site.write({ABOUT: SITE[ABOUT] + "\nBefore.\n"})
    text = (site.root / file).read_text("utf-8") if (site.root / file).exists() else ""
    built(site, recall, {file: text + "\n\n"})
    report = built(site, recall, {file: text + "\n"})
    assert len(report.why) < report.outputs / 2
    assert_same(site.root, "a save came in between", recall)


def test_a_layout_saved_during_a_build_is_not_taken_for_read(site: Site) -> None:
    recall = Recall()
    built(site, recall, {"layouts/page.html": "mine"})
    assert_same(site.root, "a layout came in between", recall)
    assert (site.root / "_site/about/index.html").read_text("utf-8") == "mine"
