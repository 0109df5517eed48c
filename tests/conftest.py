"""Fixtures that more than one file of tests uses."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser import FLAGS, find_browser
from tests.demo import Demo, build_demo
from tests.previews import FILES, Preview, Start
from tests.sites import Site, make_site

settings.register_profile("folio", deadline=None)  # a busy machine is no fault
settings.load_profile("folio")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # run in the background of a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)

POSIX = (
    "test_write",
    "test_write_crash",
    "test_watch",
    "test_serve",
    "test_serve_browser",
    "test_mutations",
    "test_mishaps",
)
"""Tests of processes, signals and links as only POSIX has them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Chromium or Node, and leave out on Windows what it cannot do."""
    for item in items:
        module = item.module.__name__.rpartition(".")[2]  # type: ignore[attr-defined]
        if "browser" in getattr(item, "fixturenames", ()) or module == "test_html":
            item.add_marker(pytest.mark.tools)
        if os.name == "nt" and module in POSIX:
            item.add_marker(pytest.mark.skip(reason="needs POSIX"))


MakeSite = Callable[[Mapping[str, str | bytes]], Site]


@pytest.fixture
def site(tmp_path: Path) -> MakeSite:
    """A function that writes files into a fresh site and builds it."""
    return lambda files: make_site(tmp_path / "site", files).build()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, published at `/repo/`."""
    return build_demo(tmp_path_factory.mktemp("demo") / "site")


@pytest.fixture(scope="session")
def demo_at_root(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, published at `/`."""
    return build_demo(tmp_path_factory.mktemp("demo") / "site", base="")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all the tests of a worker."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A function that writes files into a site and starts a preview of it, ended with the test."""
    running: list[Preview] = []

    def begin(
        files: Mapping[str, str | bytes] = FILES, *arguments: str, **environment: str
    ) -> Preview:
        site = make_site(tmp_path / "site", files)
        running.append(Preview(site.root, *arguments, **environment))
        return running[-1]

    yield begin
    for one in running:
        one.end()
