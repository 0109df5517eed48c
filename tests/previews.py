"""`folio serve` as a process of its own, for tests to save files under and to ask."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar
from urllib.parse import urlsplit

import pytest

from tests.sites import Site

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds that a loaded machine may take over anything here."""
T = TypeVar("T")


BASE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ page.title }}</title><link rel="stylesheet" href="/css/own.css"></head>
<body><main>{% block main %}{% endblock %}</main></body>
</html>
"""
LIFE = "---\ntitle: Life\n---\n" + "a long life\n\n" * 200
FILES: dict[str, str | bytes] = {
    "site.yaml": "title: A site\nurl: https://example.org/repo\n",
    "layouts/base.html": BASE,
    "static/css/own.css": "main { color: rgb(1, 1, 1) }\n",
    "static/paper.pdf": b"%PDF-1.7 and the rest",
    "static/old.html": "<!doctype html><title>Old</title><p>No head, no body",
    "content/index.md": "first words\n",
    "content/life.md": LIFE,
}
BROKEN = "---\ntitle: a: <script>alert(1)</script>\n---\n"


class Got(NamedTuple):
    """One answer of the preview."""

    status: int
    headers: Mapping[str, str]
    body: str


class Preview:
    """`folio serve` in a process of its own, and what it prints."""

    def __init__(self, root: Path, *arguments: str, **environment: str) -> None:
        self.root = root
        self.lines: list[str] = []
        """What it printed so far."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "builder", "serve", str(root), *(arguments or ("--port", "0"))],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", **environment},
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = until(self._address, "it says where it is")

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
            response = connection.getresponse()
            return Got(
                response.status, dict(response.getheaders()), response.read().decode("utf-8")
            )
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
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()


def until(found: Callable[[], T | None], what: str) -> T:
    """Ask again and again until there is an answer."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answered := found():
            return answered
        time.sleep(0.01)
    pytest.fail(f"waited in vain until {what}")


class Start(Protocol):
    """Starts a preview that ends with the test."""

    def __call__(
        self, files: Mapping[str, str | bytes] = FILES, *arguments: str, **environment: str
    ) -> Preview: ...


def save(preview: Preview, files: Mapping[str, str]) -> None:
    """Write files under a preview, at once and by themselves."""
    Site(preview.root).write(files)
