"""What the preview shows after each attempt, and what a path of it gets."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from builder import preview
from builder.memory import Recall
from builder.model.site import Site as Model
from builder.preview import Answer, Attempt, Shown, answer, content_type, news, page_with
from builder.render import Press
from tests.sites import make_site

SHOWN = Shown(
    epoch=7,
    since=7,
    base="/repo",
    files=dict.fromkeys(
        ("index.html", "cv.html", "cv/index.html", "life/index.html", "a.b.html", "x.png"), ""
    ),
    problems="",
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/repo/", Answer(200, "index.html")),
        ("/repo/index.html", Answer(200, "index.html")),
        ("/repo/index", Answer(200, "index.html")),
        ("/repo/cv", Answer(200, "cv.html")),
        ("/repo/cv/", Answer(200, "cv/index.html")),
        ("/repo/life", Answer(301, to="/repo/life/")),
        ("/repo/a.b", Answer(200, "a.b.html")),
        ("/repo/x.png", Answer(200, "x.png")),
        ("/repo/X.png", Answer(404, "404.html")),
        ("/repo/x.png/", Answer(404, "404.html")),
        ("/repo/index/", Answer(404, "404.html")),
        ("/repo/../site.yaml", Answer(404, "404.html")),
        ("/repo//etc/passwd", Answer(404, "404.html")),
        ("/repo", Answer(302, to="/repo/")),
        ("/repository/", Answer(302, to="/repo/")),
        ("/", Answer(302, to="/repo/")),
    ],
)
def test_a_path_gets_what_github_pages_sends(path: str, expected: Answer) -> None:
    assert answer(SHOWN, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/repo/", Answer(500, "index.html")),
        ("/repo/cv", Answer(500, "cv.html")),
        ("/repo/a.b", Answer(500, "a.b.html")),
        ("/repo/new/", Answer(500)),
        ("/repo/new", Answer(500)),
        ("/repo/life", Answer(301, to="/repo/life/")),
        ("/repo/x.png", Answer(200, "x.png")),
        ("/repo/y.png", Answer(404, "404.html")),
    ],
)
def test_while_there_are_problems_pages_are_errors(path: str, expected: Answer) -> None:
    assert answer(SHOWN._replace(problems="<p>"), path) == expected


def test_a_site_at_the_root_has_no_outside() -> None:
    shown = SHOWN._replace(base="")
    assert answer(shown, "/") == Answer(200, "index.html")
    assert answer(shown, "//life") == Answer(404, "404.html")


@pytest.mark.parametrize(
    ("before", "now", "path", "to"),
    [
        ("/repo", "/other", "/repo/life/", "/other/life/"),
        ("/repo", "/other", "/repo/nothing/", "/other/"),
        ("/repo", "", "/repo/life/", "/life/"),
        ("/repo", "", "/repo/life", "/life"),
        ("/repo", "", "/life/", ""),
        ("", "/repo", "/life/", "/repo/life/"),
        ("/repo", "/repo/deeper", "/repo/x.png", "/repo/deeper/x.png"),
        ("/repo/deeper", "/repo", "/repo/deeper/x.png", "/repo/x.png"),
        ("/repo/deeper", "/repo", "/repo/x.png", ""),
    ],
)
def test_an_address_of_the_base_path_before_leads_to_the_same_page(
    before: str, now: str, path: str, to: str
) -> None:
    assert answer(SHOWN._replace(base=now, moved_from=before), path).to == to


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/index.html", "text/html; charset=utf-8"), ("a.css", "text/css; charset=utf-8"),
        ("a.js", "application/javascript; charset=utf-8"), ("a.svg", "image/svg+xml"),
        ("feed.xml", "application/xml"), ("a.pdf", "application/pdf"), ("a.JPG", "image/jpeg"),
        ("a.woff2", "font/woff2"), ("robots.txt", "text/plain; charset=utf-8"),
        ("a.bib", "application/octet-stream"), ("CNAME", "application/octet-stream"),
    ],
)  # fmt: skip
def test_content_types(path: str, kind: str) -> None:
    assert content_type(path) == kind


ONE = SHOWN._replace(files={"a.css": "1", "b.css": "1", "index.html": "1"})


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (ONE._replace(epoch=8), ()),
        (ONE._replace(files={**ONE.files, "b.css": "2"}), ("b.css",)),
        (ONE._replace(files={**ONE.files, "b.css": "2", "a.css": "2"}), ("a.css", "b.css")),
        (ONE._replace(files={**ONE.files, "b.css": "2", "index.html": "2"}), ("*",)),
        (ONE._replace(files={**ONE.files, "c.css": "1"}), ("*",)),
        (ONE._replace(files={"a.css": "1", "index.html": "1"}), ("*",)),
        (ONE._replace(base=""), ("*",)),
        (ONE._replace(problems="<p>"), ("*",)),
    ],
)
def test_a_page_is_told_no_more_than_it_needs(now: Shown, expected: tuple[str, ...]) -> None:
    assert news(ONE, now) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<head></head><body>x</body>", b"<head>S</head><body>xP</body>"),
        (b"<HEAD></HEAD><BODY>x</BODY>", b"<HEAD>S</HEAD><BODY>xP</BODY>"),
        (b"<title>x</title>x", b"<title>x</title>xSP"),
        (
            b"<head></head>" + b" " * 99_999 + b"</body></body>",
            b"<head>S</head>" + b" " * 99_999 + b"</body>P</body>",
        ),
    ],
)
def test_pages_get_script_and_problems(page: bytes, expected: bytes) -> None:
    assert page_with(page, "S", "P") == expected


def test_a_page_that_is_not_there_becomes_one() -> None:
    page = page_with(b"", "S", "P")
    assert page.startswith(b"<!doctype html>")
    assert b"S</head>" in page
    assert b"P</body>" in page


def test_an_oddity_in_the_build_is_told_like_any_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by <nothing>")

    monkeypatch.setattr(preview, "build", odd)
    seen: list[Attempt] = []
    made = preview.attempt(make_site(tmp_path).root, seen=seen.append)
    assert seen == [made]
    assert [p.kind for p in made.problems] == ["fault"]
    shown = preview.after(SHOWN, made, tmp_path, lambda _: None)
    assert "ZeroDivisionError: by &lt;nothing&gt;" in shown.problems
    assert (shown.epoch, shown.since, shown.files) == (8, 8, SHOWN.files)


def test_what_nobody_told_of_is_found(tmp_path: Path) -> None:
    site, recall = (
        make_site(tmp_path, {"content/index.md": "one\n", "content/a.md": "a\n"}),
        Recall(),
    )
    assert preview.unheard(site.root, recall) == []
    preview.attempt(site.root, recall)
    assert preview.unheard(site.root, recall) == []
    site.write({"content/index.md": "two\n", "content/b/c.md": "c\n", "content/.a.md.swp": "x"})
    (site.root / "content/a.md").unlink()
    assert preview.unheard(site.root, recall) == [
        "content/a.md",
        "content/b/c.md",
        "content/index.md",
    ]


def test_a_site_is_seen_before_its_account_is_made_and_then_let_go_of(tmp_path: Path) -> None:
    site, recall = make_site(tmp_path, {"content/index.md": "one\n"}), Recall()
    preview.attempt(site.root, recall)
    account, models = recall.ledger, living(Model)
    shown: list[str] = []

    def see(made: Attempt) -> None:
        assert made.report
        shown.append((site.root / ".folio/preview/index.html").read_text())
        assert recall.ledger is account

    for words in ("two", "three"):
        site.write({"content/index.md": f"{words}\n"})
        preview.attempt(site.root, recall, see)
        assert words in shown[-1]
        assert recall.ledger is not account
        account = recall.ledger
    assert living(Press) == 0
    for name in ("a", "b"):
        site.write({f"content/{name}.md": "a page more\n"})
        preview.attempt(site.root, recall)
    assert living(Model) == models


def living(kind: type) -> int:
    """How many values of a kind there are, those included that are no longer looked through."""
    gc.unfreeze()
    return sum(isinstance(value, kind) for value in gc.get_objects())
