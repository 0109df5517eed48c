"""A build renders what is stale, and comes to what a build from nothing comes to."""

from __future__ import annotations

import contextlib
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builder import snapshot, write
from builder.build import build
from builder.inputs import inputs_of
from builder.ledger import load
from builder.memory import Recall
from builder.problems import BuildFailed, Problems
from builder.reads import TOLD
from builder.run import Options
from tests.changes import CHANGES, SITE, begin
from tests.sites import Site


class Outcome:
    """What a build made and told; what it made is looked at only if it did not fail."""

    def __init__(self, root: Path, recall: Recall | None = None) -> None:
        problems, self.failed = Problems(), True
        with contextlib.suppress(BuildFailed):
            build(root, Options(), problems, recall=recall)
            self.failed = False
        self.problems = [str(problem) for problem in problems]
        self.files = {} if self.failed else held(root / "_site")


def held(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def assert_same(root: Path, step: str, recall: Recall | None = None) -> None:
    """Build once more where something stands, and elsewhere from nothing: both are one."""
    kept = Outcome(root, recall)
    with tempfile.TemporaryDirectory() as name:
        elsewhere = Path(name) / "site"
        shutil.copytree(root, elsewhere, ignore=shutil.ignore_patterns("_site", ".folio"))
        clean = Outcome(elsewhere)
    assert kept.problems == clean.problems, step
    assert kept.failed == clean.failed, step
    assert kept.files.keys() == clean.files.keys(), step
    differ = [path for path, data in clean.files.items() if kept.files[path] != data]
    assert differ == [], step


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(range(len(CHANGES))), st.integers(0, 999)), max_size=4),
)
def test_incremental_equals_clean(at_hand: bool, steps: list[tuple[int, int]]) -> None:
    recall = Recall() if at_hand else None
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        begin(root)
        assert_same(root, "at first", recall)
        for n, (which, seed) in enumerate(steps):
            CHANGES[which](root, Random(seed))
            assert_same(root, f"after step {n}: {CHANGES[which].__name__} {seed}", recall)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    begin(tmp_path)
    return Site(tmp_path).build()


def rendered(site: Site) -> dict[str, str]:
    """Each output that the next build renders again or touches, and why."""
    site.build()
    assert site.report is not None
    return dict(site.report.why)


def test_an_edit_of_a_body_renders_what_shows_it(site: Site) -> None:
    post = site.root / "content/talks/t.md"
    post.write_text(post.read_text("utf-8").replace("About", "Of"), "utf-8")
    assert rendered(site) == {"talks/t/index.html": "the text of content/talks/t.md has changed"}


def test_what_an_output_did_not_read_leaves_it_alone(site: Site) -> None:
    site.write({"content/p.bib": SITE["content/p.bib"].replace("{A}", "{Aa}")})
    why = rendered(site)
    assert why["list/index.html"] == "publications of the site has changed"
    assert "publications/index.html" in why
    assert "about/index.html" not in why
    assert "talks/t/index.html" not in why


def test_a_layout_renders_what_is_made_with_it(site: Site) -> None:
    site.write({"layouts/parts/user-foot.html": "<p>Bye</p>"})
    why = rendered(site)
    assert why["about/index.html"] == "the layout parts/user-foot.html has changed"
    assert "sitemap.xml" not in why
    site.write({"layouts/talk.html": '{% extends "theme/talk.html" %}'})
    assert rendered(site) == {"talks/t/index.html": "the layout talk.html has changed"}


def test_a_page_that_comes_or_goes_is_seen_by_what_leads_to_it(site: Site) -> None:
    away = "---\nnav: false\n---\n"
    site.write({"content/nowhere.md": away, "content/about.md": "[x](nowhere.md)\n"})
    rendered(site)
    assert site.told("link-to-nothing") == []
    (site.root / "content/nowhere.md").unlink()
    why = rendered(site)
    assert why["about/index.html"] == "source:nowhere.md leads elsewhere"
    assert "list/index.html" not in why
    assert len(site.told("link-to-nothing")) == 1


def test_warnings_of_what_is_not_rendered_again_are_told_again(site: Site) -> None:
    site.write({"content/about.md": "[dead](nowhere.md) and [[x]{.a .b}\n\n```nolang\nx\n```\n"})
    told = list(site.build().problems)
    assert len(told) > 1
    site.write({"content/talks/t.md": "---\ntitle: A talk\n---\n\nOther words.\n"})
    assert "about/index.html" not in rendered(site)
    assert [p for p in site.problems if p.place and "about" in p.place.path] == [
        p for p in told if p.place and "about" in p.place.path
    ]


def test_macros_that_jinja_keeps_tell_what_they_read(site: Site) -> None:
    site.write({
        "layouts/parts/own.html": "{% set n = site.news | length %}",
        "layouts/page.html": '{% extends "theme/page.html" %}{% block aside %}'
        '{% from "parts/own.html" import n %}{{ n }}{% endblock %}',
    })  # fmt: skip
    rendered(site)
    site.write({"content/news.yaml": "[]\n"})
    why = rendered(site)
    assert {"about/index.html", "list/index.html"} <= why.keys()


SPOILS: dict[str, Callable[[Path], object]] = {
    "truncated": lambda f: f.write_bytes(f.read_bytes()[:-40]),
    "of something else": lambda f: f.write_bytes(b"\x80\x04nonsense"),
    "empty": lambda f: f.write_bytes(b""),
}


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
def test_a_spoiled_cache_is_set_aside_with_a_line(
    site: Site, spoil: Callable[[Path], object]
) -> None:
    files = [f for f in (site.root / ".folio").iterdir() if f.name.startswith(("ledger", "kept"))]
    assert len(files) == 2
    for file in files:
        spoil(file)
    site.write({"content/about.md": "New.\n"})
    assert_same(site.root, "spoiled")
    site.build()
    assert site.report
    spoil(next(f for f in files if f.name.startswith("ledger")))
    site.build()
    said = [note for note in site.report.notes if "is set aside" in note] if site.report else []
    assert len(said) == 1


def test_an_account_of_another_folio_is_void(site: Site) -> None:
    file = next((site.root / ".folio").glob("ledger-*"))
    ledger, said = load(file, "another")
    assert (ledger, said) == (None, "")


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(site: Site) -> None:
    kept = [f for f in (site.root / ".folio").iterdir() if f.is_file() and f.name != "lock"]
    assert {f.name.partition("-")[0] for f in kept} >= {"ledger", "model", "kept"}
    for file in kept:  # a folder in its place is refused to everyone, the superuser too
        file.unlink()
        (file / "held").mkdir(parents=True)
    for words in ("New.\n", "Newer.\n"):
        site.write({"content/about.md": words})
        assert_same(site.root, "write-protected")
        site.build()
        assert list(site.problems) == []
    assert "Newer" in site.html("about/index.html")


def test_a_meddled_output_is_made_good(site: Site) -> None:
    (site.out / "about/index.html").write_text("mine")
    site.write({"content/talks/t.md": "---\ntitle: A talk\n---\n\nOther words.\n"})
    assert_same(site.root, "meddled")


def test_what_was_told_before_an_output_was_found_meddled_is_not_told_for_ever(site: Site) -> None:
    talk = SITE["content/talks/t.md"]
    site.write({"content/talks/t.md": f"{talk}\n[dead](/nowhere.png)\n"}).build()
    (site.out / "about/index.html").unlink()
    assert_same(site.root, "meddled, with a link to nothing")
    site.write({"content/talks/t.md": f"{talk}\nMended.\n"})
    assert_same(site.root, "mended")


def test_two_builds_at_once_spoil_nothing(site: Site) -> None:
    command = [sys.executable, "-m", "builder", "build", str(site.root)]
    for n in range(2):
        site.write(
            {"content/about.md": f"Edit {n}\n", "content/p.bib": f"@misc{{k{n}, title={{T}}}}\n"}
        )
        both = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
        assert [process.wait(60) for process in both] == [0, 0]
        for process in both:
            process.communicate()
        assert_same(site.root, f"both {n}")


@pytest.mark.parametrize("file", ["content/about.md", "layouts/page.html"])
def test_an_input_that_is_touched_in_the_middle_is_not_taken_for_read(
    tmp_path: Path, file: str
) -> None:
    begin(tmp_path)
    inputs = inputs_of(tmp_path, Options())
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("Other.\n", "utf-8")
    build(tmp_path, Options(), Problems(), inputs=inputs)
    kept = list((tmp_path / ".folio").glob("ledger-*"))
    assert bool(kept) == file.startswith("content")  # a layout may have been read again since
    assert_same(tmp_path, "touched")


def test_after_an_edit_of_words_the_model_is_not_made_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the model was made")

    monkeypatch.setattr("builder.build.make_sites", refused)
    site.write({"content/talks/t.md": SITE["content/talks/t.md"] + "\nMore.\n"})
    assert rendered(site) == {"talks/t/index.html": "the text of content/talks/t.md has changed"}
    site.write({"content/about.md": SITE["content/about.md"] + "\n[dead](nowhere.md)\n"})
    assert list(rendered(site)) == ["about/index.html"]
    assert [p.place and p.place.line for p in site.told("link-to-nothing")] == [8]
    site.write({"content/about.md": SITE["content/about.md"] + "\nLower\n\n[dead](nowhere.md)\n"})
    rendered(site)
    assert [p.place and p.place.line for p in site.told("link-to-nothing")] == [10]
    with pytest.raises(AssertionError, match="was made"):  # the title is its first heading
        site.write({"content/index.md": "# Other\n"}).build()


def test_a_model_that_names_anything_but_folios_own_is_not_loaded(site: Site) -> None:
    file = next((site.root / ".folio").glob("model-*"))
    file.write_bytes(pickle.dumps((os.getcwd, ()), 5))
    inputs = inputs_of(site.root, Options())
    assert inputs
    assert snapshot.load(file, inputs) is None
    site.write({"content/talks/t.md": SITE["content/talks/t.md"] + "\nMore.\n"})
    assert_same(site.root, "a foreign model")


@pytest.mark.parametrize("recall", [None, Recall()], ids=["command", "preview"])
def test_a_file_that_comes_while_the_account_is_made_is_not_taken_for_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recall: Recall | None
) -> None:
    begin(tmp_path)
    publish = write.publish

    def late(*given: Any, **named: Any) -> Any:
        done = publish(*given, **named)
        (tmp_path / "layouts").mkdir(exist_ok=True)
        (tmp_path / "layouts/page.html").write_text("mine", "utf-8")
        return done

    monkeypatch.setattr("builder.publishing.publish", late)
    build(tmp_path, Options(), Problems(), recall=recall)
    monkeypatch.undo()
    assert_same(tmp_path, "a layout came", recall)
    assert (tmp_path / "_site/about/index.html").read_text("utf-8") == "mine"


def test_a_preview_that_finds_a_model_keeps_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    recall, talk = Recall(), SITE["content/talks/t.md"]
    monkeypatch.setattr("builder.build.make_sites", lambda *_: pytest.fail("the model was made"))
    for n, words in enumerate(("One.", "{{ broken }}{% nothing %}", "Two.")):
        site.write({"content/talks/t.md": f"{talk}\n{words}\n"})
        made = Outcome(site.root, recall)
        assert made.failed == (n == 1)
    site.write({"content/about.md": SITE["content/about.md"] + "\nMore.\n"})
    made = Outcome(site.root, recall)
    assert b"Two." in made.files["talks/t/index.html"]
    assert b"More." in made.files["about/index.html"]
    monkeypatch.undo()
    assert_same(site.root, "at the end", recall)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_what_a_linked_file_leads_to_is_an_input(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.inputs._TICK", -(10**12))  # the clock of this disk is exact
    recall, target = Recall(), site.root / "outside.txt"
    target.write_text("---\ntitle: Linked\n---\n\nOld.\n", "utf-8")
    (site.root / "content/linked.md").symlink_to(target)
    assert_same(site.root, "linked", recall)
    target.write_text("---\ntitle: Linked\n---\n\nNew words.\n", "utf-8")
    assert_same(site.root, "edited behind the link", recall)
    assert "New words" in site.html("linked/index.html")


def _places(kind: type) -> set[str]:
    """The names under which something of the model, of this kind or below it, holds a place.

    A mapping by places is looked up in, and tells on its own.
    """
    below: list[type] = kind.__subclasses__()
    named = {name for each in below for name in _places(each)}
    if kind.__module__.startswith(("builder.model", "builder.outputs")):
        typed = get_type_hints(kind)
        held = {name: str(typed[name]) for name in kind.__struct_fields__}  # type: ignore[attr-defined]
        named |= {n for n, of in held.items() if "Place" in of and "Place, builder" not in of}
    return named


def test_a_layout_that_comes_to_a_place_by_its_name_is_known_to_read_it() -> None:
    """All else that a layout asks of the model is fetched without a word."""
    places = _places(msgspec.Struct)
    assert "place" in places
    assert places <= TOLD, "reads.TOLD lacks a name"
