"""The preview: a real process, a real socket, real saves. Browsers come in test_serve_browser.py."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.previews import BASE, BROKEN, FILES, ROOT, Start, save, until
from tests.sites import Site, make_site

# ---- answers ------------------------------------------------------------------------------------


def test_it_answers_at_the_base_path_as_github_pages_does(start: Start) -> None:
    preview = start()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/repo/", preview.url)
    home = preview.get("/repo/")
    assert home.status == 200
    assert home.headers["Content-Type"] == "text/html; charset=utf-8"
    assert home.headers["Cache-Control"] == "no-store"
    assert re.search(r'<script async src="/livereload\.js\?[^"]*"></script></head>', home.body)
    assert int(home.headers["Content-Length"]) == len(home.body.encode())
    assert preview.get("/livereload.js").status == 200
    assert (preview.get("/").status, preview.get("/").headers["Location"]) == (302, "/repo/")
    assert preview.get("/elsewhere/x.png").headers["Location"] == "/repo/"
    moved = preview.get("/repo/life?x=1")
    assert (moved.status, moved.headers["Location"]) == (301, "/repo/life/?x=1")
    missing = preview.get("/repo/nothing/")
    assert missing.status == 404
    assert "Page not found" in missing.body
    assert "/livereload.js" in missing.body
    assert "livereload.js" in preview.get("/repo/old").body


def test_files_are_sent_whole_in_part_or_not_at_all(start: Start) -> None:
    preview = start()
    whole = preview.get("/repo/paper.pdf")
    assert (whole.status, whole.body) == (200, "%PDF-1.7 and the rest")
    assert whole.headers["Content-Type"] == "application/pdf"
    part = preview.get("/repo/paper.pdf", Range="bytes=0-3")
    assert (part.status, part.body) == (206, "%PDF")
    head = preview.get("/repo/", "HEAD")
    assert (head.status, head.body) == (200, "")
    assert head.headers["Content-Length"] == preview.get("/repo/").headers["Content-Length"]
    for path in (
        "/repo/.folio.json",
        "/repo/..%2f..%2fsite.yaml",
        "/repo/../../site.yaml",
    ):
        assert preview.get(path).status == 404


def test_it_builds_into_a_folder_of_its_own(start: Start, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", FILES).build()
    before = {f: site.html(f) for f in site.files if f.endswith(".html")}
    preview = start()
    save(preview, {"content/index.md": "other words\n"})
    preview.shows("/repo/", "other words")
    assert before
    assert {f: site.html(f) for f in before} == before
    assert (preview.root / ".folio/.gitignore").read_text() == "*\n"


# ---- saves --------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("--port", "0"), ("--port", "0", "--poll")])
def test_whatever_is_saved_is_shown(start: Start, arguments: tuple[str, ...]) -> None:
    preview = start(FILES, *arguments)
    root = preview.root
    save(preview, {"content/index.md": "second words\n"})
    preview.shows("/repo/", "second words")
    save(preview, {"content/.index.md.new": "third words\n"})
    os.replace(root / "content/.index.md.new", root / "content/index.md")
    preview.shows("/repo/", "third words")
    save(preview, {"content/work/deep/new.md": "a new page\n"})
    preview.shows("/repo/work/deep/new/", "a new page")
    os.rename(root / "content/work/deep", root / "content/work/deeper")
    preview.shows("/repo/work/deeper/new/", "a new page")
    preview.shows("/repo/work/deep/new/", "Page not found", 404)
    shutil.rmtree(root / "content/work")
    preview.shows("/repo/work/deeper/new/", "Page not found", 404)
    save(preview, {"aside/one/two.md": "moved in as a whole\n"})
    os.rename(root / "aside", root / "content/talk")
    preview.shows("/repo/talk/one/two/", "moved in as a whole")
    save(preview, {"layouts/base.html": BASE.replace("<main>", "<main><i>changed</i>")})
    preview.shows("/repo/", "<i>changed</i>")
    (root / "layouts/base.html").unlink()
    preview.shows("/repo/", 'class="skip"')


def test_settings_are_read_anew_and_the_base_path_may_move(start: Start) -> None:
    preview = start()
    save(preview, {"site.yaml": "title: Renamed\nurl: https://example.org/elsewhere\n"})
    assert "Renamed" in preview.shows("/elsewhere/", 'href="/elsewhere/css/own.css"').body
    assert preview.get("/repo/").headers["Location"] == "/elsewhere/"


def test_what_editors_scatter_makes_no_build(start: Start) -> None:
    preview = start()
    save(
        preview,
        {
            "content/.index.md.swp": "x",
            "content/4913": "x",
            "content/index.md~": "x",
            "notes.txt": "x",
        },
    )
    time.sleep(0.3)
    save(preview, {"content/index.md": "second words\n"})
    preview.shows("/repo/", "second words")
    until(lambda: preview.said.count("Built") == 2, "the second build is told")
    assert "content/index.md changed." in preview.lines


def test_the_last_of_many_saves_is_shown(start: Start) -> None:
    preview = start()
    for n in range(60):
        save(preview, {"content/index.md": f"words number {n}\n"})
        time.sleep(0.02)
    preview.shows("/repo/", "words number 59")
    assert 2 < preview.said.count("Built") < 60


def test_files_that_vanish_while_it_builds_do_no_harm(start: Start) -> None:
    preview = start()
    for n in range(200):
        save(preview, {f"content/passing-{n % 5}.md": "here now\n"})
        (preview.root / f"content/passing-{n % 5}.md").unlink()
        time.sleep(0.005)
    save(preview, {"content/index.md": "still here\n"})
    preview.shows("/repo/", "still here")
    assert "Traceback" not in preview.said


# ---- broken saves -------------------------------------------------------------------------------


def test_a_broken_save_shows_over_the_last_good_site_until_it_is_mended(start: Start) -> None:
    preview = start()
    save(preview, {"content/index.md": BROKEN})
    shown = preview.shows("/repo/", "content/index.md:2:", 500)
    assert shown.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "first words" in shown.body
    assert "2 | title: a: &lt;script&gt;alert(1)&lt;/script&gt;" in shown.body
    assert "alert(1)</script>" not in shown.body
    assert "/livereload.js" in shown.body
    until(lambda: "Not built: 1 error." in preview.said, "the terminal tells it")
    assert "content/index.md:2:" in preview.said
    assert "2 | title: a: <script>alert(1)</script>" in preview.said
    assert preview.get("/repo/life/").status == 500
    assert preview.get("/repo/new/").status == 500
    assert preview.get("/repo/css/own.css").status == 200
    assert preview.get("/repo/nothing.png").status == 404
    save(preview, {"content/index.md": "mended words\n"})
    assert "folio-problems" not in preview.shows("/repo/", "mended words").body


def test_warnings_are_for_the_terminal(start: Start) -> None:
    preview = start({**FILES, "content/index.md": "[x](nowhere.md)\n\n[y](nowhere-else.md)\n"})
    assert "folio-problems" not in preview.shows("/repo/", "x").body
    assert preview.said.count("content/index.md: warning: link to nothing, 2 times") == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"content/index.md": BROKEN}, {"site.yaml": "title: [\n"}, {"site.yaml": "url: nonsense\n"},
        {"content/index.md": b"\xff\xfe"}, {"layouts/base.html": "{% if %}"},
    ],
)  # fmt: skip
def test_it_starts_with_a_broken_site_and_shows_it_once_mended(
    start: Start, broken: dict[str, str | bytes]
) -> None:
    preview = start({**FILES, **broken})
    path = urlsplit(preview.url).path
    got = preview.get(path)
    assert got.status == 500
    assert "1 error" in got.body
    assert f"{next(iter(broken))}" in got.body
    assert "Traceback" not in preview.said
    Site(preview.root).write({file: FILES[file] for file in broken})
    preview.shows("/repo/", "first words")


# ---- starting and ending ------------------------------------------------------------------------


def test_a_taken_port_leads_to_the_next_and_it_says_so(start: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        preview = start(FILES, "--port", str(taken))
        used = urlsplit(preview.url).port or 0
        assert taken < used <= taken + 100
        assert f"Port {taken} is taken; this is on {used}." in preview.lines
        assert preview.get("/repo/").status == 200


def test_other_hosts_are_told_of(start: Start) -> None:
    preview = start(FILES, "--port", "0", "--host", "0.0.0.0")
    assert preview.url.startswith("http://localhost:")
    assert "--host 0.0.0.0: whoever can reach this machine" in preview.said
    assert "can read the whole preview" in preview.said
    assert "whoever" not in start(FILES, "--port", "0", "--host", "localhost").said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "error: there is no folder"),
        (
            [".", "--host", "192.0.2.1", "--port", "0"],
            "error: cannot listen on port 0 of '192.0.2.1'",
        ),
    ],
)
def test_what_cannot_be_served_is_told(tmp_path: Path, arguments: list[str], told: str) -> None:
    make_site(tmp_path, FILES)
    command = [sys.executable, "-m", "builder", "serve", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1


def test_it_opens_the_browser_if_asked(start: Start, tmp_path: Path) -> None:
    opener = tmp_path / "browser"
    opener.write_text(
        f'#!/bin/sh\necho "$1" > "{tmp_path}/opened.new"\nmv "{tmp_path}/opened.new" "{tmp_path}/opened"\n'
    )
    opener.chmod(0o755)
    preview = start(FILES, "--port", "0", "--open", BROWSER=str(opener))
    until((tmp_path / "opened").exists, "the browser is called")
    assert (tmp_path / "opened").read_text().strip() == preview.url


def test_an_interrupt_ends_it_at_once_with_status_0(start: Start) -> None:
    preview = start()
    started = time.monotonic()
    assert preview.interrupt() == 0
    assert time.monotonic() - started < 5
    assert "Traceback" not in preview.said


def test_an_interrupt_while_it_builds_ends_it_too(start: Start) -> None:
    preview = start({**FILES, **{f"content/page-{n}.md": "# x\n" * 100 for n in range(20)}})
    for n in range(5):
        save(preview, {f"content/page-{n}.md": "y\n" * 1000})
    time.sleep(0.1)
    assert preview.interrupt() == 0
    assert "Traceback" not in preview.said
    again = start()
    assert again.get("/repo/page-19/").status == 200
