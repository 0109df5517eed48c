"""A browser and a server for tests of finished pages: strict, offline, and as GitHub Pages serves.

The server sends `Content-Security-Policy: default-src 'self'` with everything and answers
nothing outside the base path. The browser resolves no name but the loopback's.
"""

from __future__ import annotations

import gzip
import mimetypes
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.demo import file_for

Scheme = Literal["light", "dark"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
)  # fmt: skip
POLICY = "default-src 'self'"
PACKED = ("text/", "application/json", "application/xml", "application/javascript", "image/svg+xml")
"""The types of files that a server sends compressed."""


# ---- the server ---------------------------------------------------------------------------------


class _Handler(BaseHTTPRequestHandler):
    """Answers from a folder, below a base path."""

    protocol_version = "HTTP/1.1"

    def __init__(self, root: Path, base: str, *args: Any) -> None:
        self.root, self.base = root, base
        super().__init__(*args)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not path.startswith(f"{self.base}/"):
            self._answer(404, "text/plain", b"outside the base path\n")
            return
        path = path.removeprefix(self.base)
        file = file_for(self.root, path)
        if file is None and (self.root / path.lstrip("/")).is_dir():
            self._answer(301, "text/plain", b"", {"Location": f"{self.base}{path}/"})
            return
        status, file = (200, file) if file else (404, self.root / "404.html")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self._answer(status, kind, file.read_bytes() if file.is_file() else b"not found\n")

    def _answer(
        self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None
    ) -> None:
        headers = {"Content-Type": kind, "Content-Security-Policy": POLICY, **(more or {})}
        if kind.startswith(PACKED):
            headers["Content-Type"] = f"{kind}; charset=utf-8"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body, headers["Content-Encoding"] = gzip.compress(body, 6), "gzip"
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(root: Path, base: str = "") -> Iterator[str]:
    """Serve a folder on the loopback; gives `http://127.0.0.1:<port><base>`, without a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, root, base)) as server:
        thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()


# ---- the browser --------------------------------------------------------------------------------


class Visit(NamedTuple):
    """One page opened in a context of its own, and all that happened there."""

    page: Page
    site: str
    """Where the site is served: origin and base."""
    answers: list[Response]
    asked: list[Request]
    complaints: list[str]
    """Errors and warnings of the console, scripts' exceptions, requests that failed."""


@contextmanager
def visiting(
    browser: Browser, site: str, address: str, *, width: int = 1280, scheme: Scheme = "light",
    javascript: bool = True, first: str = "",
) -> Iterator[Visit]:  # fmt: skip
    """Open the page at an address of a served site, and wait until it has loaded.

    `first` is a script to run before any of the page's.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, java_script_enabled=javascript,
        is_mobile=width < 600, has_touch=width < 600,
    )  # fmt: skip
    if first:
        context.add_init_script(first)
    page = context.new_page()
    visit = Visit(page, site, [], [], [])
    page.on("request", lambda request: visit.asked.append(request))
    page.on("response", lambda answer: visit.answers.append(answer))
    page.on("console", lambda message: _hear(visit, message))
    page.on("pageerror", lambda error: visit.complaints.append(f"exception: {error}"))
    page.on("requestfailed", lambda request: visit.complaints.append(f"failed: {request.url}"))
    try:
        page.goto(site + address, wait_until="load")
        yield visit
    finally:
        context.close()


def _hear(visit: Visit, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        visit.complaints.append(
            f"{message.type}: {message.text} ({message.location.get('url', '')})"
        )


def find_browser() -> str:
    """The Chromium on the path; a test that needs it fails where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail(
            f"no browser: none of {', '.join(BROWSERS)} is on the path; `make test` installs one"
        )
    return found
