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
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds that a loaded machine may take over anything here."""
T = TypeVar("T")


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
