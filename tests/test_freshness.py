"""A site that stands as it was built is left alone, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main
from tests.sites import Site, make_site

FILES: dict[str, str | bytes] = {
    "content/index.md": "# Hello\n\n[dead](nowhere.md)\n",
    "content/p.bib": "@book{k, title={B}, year=2000}\n",
    "layouts/page.html": '{% extends "theme/page.html" %}',
    "static/x.txt": "x",
}


def run(site: Site, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["build", str(site.root), *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def built(tmp_path: Path) -> Site:
    site = make_site(tmp_path / "site", FILES)
    assert "0 unchanged" in run(site)
    return site


def is_kept(site: Site, *arguments: str) -> bool:
    """Whether the next run builds nothing: a build leaves its own account of what it made."""
    stamp = (site.root / ".folio" / "last.json").stat().st_mtime_ns
    run(site, *arguments)
    return (site.root / ".folio" / "last.json").stat().st_mtime_ns == stamp


def test_an_unchanged_site_is_left_alone_and_its_warnings_are_told_again(built: Site) -> None:
    said = run(built)
    assert is_kept(built)
    assert "0 written" in said
    assert "1 publication" in said
    assert "'nowhere.md' leads to nothing" in said


CHANGES: dict[str, Callable[[Site], object]] = {
    "an edit of one character": lambda s: s.write({"content/index.md": "# Hallo\n"}),
    "a setting": lambda s: s.write({"site.yaml": "title: Other\n"}),
    "a layout": lambda s: s.write({"layouts/page.html": '{% extends "theme/page.html" %} '}),
    "a static file": lambda s: s.write({"static/x.txt": "y"}),
    "a new file": lambda s: s.write({"content/new.md": "# New\n"}),
    "a removal": lambda s: (s.root / "content/p.bib").unlink(),
    "a rename": lambda s: (s.root / "static/x.txt").rename(s.root / "static/z.txt"),
    "a page changed by hand": lambda s: s.write({"_site/index.html": "mine"}),
    "a page removed by hand": lambda s: (s.out / "404.html").unlink(),
    "a list of files removed": lambda s: (s.out / ".folio.json").write_text("{}"),
    "a cache that is none": lambda s: (s.root / ".folio/last.json").write_text('{"pages": 1'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_seen(built: Site, change: Callable[[Site], object]) -> None:
    change(built)
    if (built.out / ".folio.json").read_text("utf-8") == "{}":
        assert CliRunner().invoke(main, ["build", str(built.root)]).exit_code == 1
        return
    assert not is_kept(built)
    clean = make_site(built.root.parent / "clean")
    for path in ("site.yaml", "content", "layouts", "static"):
        source = built.root / path
        for file in [source] if source.is_file() else sorted(source.rglob("*")):
            if file.is_file():
                clean.write({file.relative_to(built.root).as_posix(): file.read_bytes()})
    run(clean)
    assert {f: (built.out / f).read_bytes() for f in built.files} == {
        f: (clean.out / f).read_bytes() for f in clean.files
    }


@pytest.mark.parametrize(
    "arguments", [["--fresh"], ["--url", "https://example.org/repo"], ["--drafts"]]
)
def test_another_wish_is_another_build(built: Site, arguments: list[str]) -> None:
    assert not is_kept(built, *arguments)


def test_another_clock_in_the_environment_is_another_build(
    built: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert not is_kept(built)
