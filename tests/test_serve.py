"""The preview: a real process, a real socket, real saves, and a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from builder.preview import Answer, Shown, answer, content_type, news, page_with
from builder.problems import FolioError
from builder.serve import Terminal, serve
from tests.browser import FLAGS, find_browser
from tests.sites import Site, make_site

ROOT = Path(__file__).parent.parent
PATIENCE = 20.0
"""Seconds that a loaded machine may take over anything here."""

BASE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ page.title }}</title><link rel="stylesheet" href="/css/own.css"></head>
<body><main>{% block main %}{% endblock %}</main></body>
</html>
"""
FILES = {
    "site.yaml": "title: A site\nurl: https://example.org/repo\n",
    "layouts/base.html": BASE,
    "static/css/own.css": "main { color: rgb(1, 1, 1) }\n",
    "static/paper.pdf": b"%PDF-1.7 and the rest",
    "static/old.html": "<!doctype html><title>Old</title><p>No head, no body",
    "content/index.md": "first words\n",
    "content/life.md": "---\ntitle: Life\n---\n" + "a long life\n\n" * 200,
}
BROKEN = "---\ntitle: a: <script>alert(1)</script>\n---\n"


# ---- what is shown, and what a path gets --------------------------------------------------------

SHOWN = Shown(
    epoch=7,
    since=7,
    base="/repo",
    files={f: "" for f in ("index.html", "cv.html", "cv/index.html", "life/index.html", "a.b.html", "x.png")},
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
        (b"<head></head>" + b" " * 99_999 + b"</body></body>", b"<head>S</head>" + b" " * 99_999 + b"</body>P</body>"),
    ],
)
def test_pages_get_script_and_problems(page: bytes, expected: bytes) -> None:
    assert page_with(page, "S", "P") == expected


def test_a_page_that_is_not_there_becomes_one() -> None:
    page = page_with(b"", "S", "P")
    assert page.startswith(b"<!doctype html>")
    assert b"S</head>" in page
    assert b"P</body>" in page


# ---- a running preview --------------------------------------------------------------------------


class Got(NamedTuple):
    """One answer of the preview."""

    status: int
    headers: Mapping[str, str]
    body: str


class Preview:
    """`folio serve` in a process of its own, and what it prints."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "builder", "serve", str(root), *(arguments or ("--port", "0"))],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()
        self.url = until(lambda: self._address(), "it says where it is")

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def _address(self) -> str:
        assert self.process.poll() is None, self.said
        found = re.search(r"Preview at (\S+)", self.said)
        return found[1] if found else ""

    @property
    def said(self) -> str:
        """Everything printed so far."""
        return "\n".join(self.lines)

    def get(self, path: str, method: str = "GET", **headers: str) -> Got:
        """Ask once; redirects are not followed."""
        place = urlsplit(self.url)
        connection = HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=headers)
            response: HTTPResponse = connection.getresponse()
            return Got(response.status, dict(response.getheaders()), response.read().decode("utf-8"))
        finally:
            connection.close()

    def shows(self, path: str, words: str, status: int = 200) -> Got:
        """Ask until a page has the words, and the status; gives the answer."""

        def look() -> Got | None:
            got = self.get(path)
            return got if words in got.body and got.status == status else None

        return until(look, f"{path} shows {words!r} with {status}")

    def interrupt(self) -> int:
        """Ctrl-C; gives the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Make sure that it runs no longer."""
        self.process.kill()
        self.process.wait()


def until[T](found: Callable[[], T], what: str) -> T:
    """Ask again and again until there is an answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answered := found():
            return answered
        time.sleep(0.01)
    pytest.fail(f"waited in vain until {what}")
