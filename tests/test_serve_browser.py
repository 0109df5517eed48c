"""The preview in a real Chromium: what an open page does when files are saved under it."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.previews import BROKEN, LIFE, PATIENCE, Preview, Start, save, until


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 600})
    context.set_default_timeout(1000 * PATIENCE)
    yield context.new_page()
    context.close()


CONNECTED = "() => window.LiveReload?.connector?.protocol >= 7"
SCROLLED = "() => Math.round(scrollY)"
COLOUR = "getComputedStyle(document.querySelector('main')).color"


def visit(page: Page, preview: Preview, path: str = "life/") -> None:
    """Open a page, wait until it is in touch with the preview, mark it, and scroll down."""
    page.goto(preview.url + path)
    page.wait_for_function(CONNECTED)
    page.evaluate("() => { window.marked = true; scrollTo(0, 1500) }")
    assert page.evaluate(SCROLLED) == 1500


def marked(page: Page) -> bool:
    """Whether it is still the same page, never loaded again since it was marked."""
    return bool(page.evaluate("() => window.marked === true"))


def colour(page: Page) -> str:
    """The colour of the text, which a stylesheet gives."""
    return str(page.evaluate(COLOUR))


def wait_for_colour(page: Page, shade: str) -> None:
    page.wait_for_function(f"shade => {COLOUR} === shade", arg=shade)


def test_a_save_loads_the_page_again_in_its_place(start: Start, page: Page) -> None:
    preview = start()
    visit(page, preview)
    save(preview, {"content/life.md": LIFE + "and its end\n"})
    page.wait_for_selector("text=and its end")
    assert not marked(page)
    assert page.evaluate(SCROLLED) == 1500


def test_a_stylesheet_is_swapped_under_the_page(start: Start, page: Page) -> None:
    preview = start()
    visit(page, preview)
    for shade in ("rgb(2, 2, 2)", "rgb(3, 3, 3)"):
        save(preview, {"static/css/own.css": f"main {{ color: {shade} }}\n"})
        wait_for_colour(page, shade)
        assert marked(page)
        assert page.evaluate(SCROLLED) == 1500


def test_what_changes_nothing_leaves_the_page_alone(start: Start, page: Page) -> None:
    preview = start()
    visit(page, preview)
    save(preview, {"content/life.md": LIFE + "\n"})
    until(lambda: preview.said.count("Built") == 2, "it has built again")
    save(preview, {"static/css/own.css": "main { color: rgb(4, 4, 4) }\n"})
    wait_for_colour(page, "rgb(4, 4, 4)")
    assert marked(page)


def test_problems_lie_over_the_page_until_mended(start: Start, page: Page) -> None:
    preview = start()
    visit(page, preview)
    save(preview, {"content/index.md": BROKEN})
    panel = page.wait_for_selector("folio-problems details")
    assert panel
    words = panel.inner_text()
    assert "1 error" in words
    assert "content/index.md:2:" in words
    assert "title: a: <script>alert(1)</script>" in words
    assert "a long life" in page.inner_text("main")
    assert page.evaluate(SCROLLED) == 1500
    page.wait_for_function(CONNECTED)
    save(preview, {"content/index.md": "mended\n"})
    page.wait_for_selector("folio-problems", state="detached")
    assert page.evaluate(SCROLLED) == 1500


def test_a_page_that_missed_a_change_is_told_when_it_connects(start: Start, page: Page) -> None:
    preview = start()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/livereload.js*", hold)
    page.goto(preview.url, wait_until="commit")
    page.wait_for_selector("text=first words")
    until(lambda: page.evaluate("1") and held, "it asks for the script")
    save(preview, {"content/index.md": "second words\n"})
    preview.shows("/repo/", "second words")
    assert "first words" in page.inner_text("main")
    held[0].continue_()
    page.wait_for_selector("text=second words")


def test_an_open_page_finds_the_preview_that_is_started_again(start: Start, page: Page) -> None:
    first = start()
    visit(page, first)
    assert first.interrupt() == 0
    save(first, {"content/life.md": "a short life\n"})
    port = str(urlsplit(first.url).port)
    second = Preview(first.root, "--port", port)
    try:
        assert second.url == first.url
        page.wait_for_selector("text=a short life")
    finally:
        second.end()


def test_an_open_address_follows_a_page_that_comes_moves_and_goes(start: Start, page: Page) -> None:
    preview = start()
    content = preview.root / "content"
    page.goto(preview.url + "new/")
    page.wait_for_selector("text=Page not found")
    save(preview, {"content/new.md": "a new page\n"})
    page.wait_for_selector("text=a new page")
    os.rename(content / "new.md", content / "newer.md")
    page.wait_for_selector("text=Page not found")
    page.goto(preview.url + "newer/")
    page.wait_for_selector("text=a new page")
    save(preview, {"content/.newer.md.part": "saved by a rename\n"})
    os.replace(content / ".newer.md.part", content / "newer.md")
    page.wait_for_selector("text=saved by a rename")
    (content / "newer.md").unlink()
    page.wait_for_selector("text=Page not found")


def test_the_site_may_move_to_another_base_path_under_an_open_page(
    start: Start, page: Page
) -> None:
    preview = start()
    visit(page, preview)
    refused: list[str] = []
    page.on("response", lambda got: refused.append(got.url) if got.status >= 400 else None)
    save(preview, {"site.yaml": "title: A site\nurl: https://example.org/elsewhere/below\n"})
    page.wait_for_url("**/elsewhere/below/life/")
    page.wait_for_function(CONNECTED)
    assert colour(page) == "rgb(1, 1, 1)"
    save(preview, {"static/css/own.css": "main { color: rgb(5, 5, 5) }\n"})
    wait_for_colour(page, "rgb(5, 5, 5)")
    save(preview, {"site.yaml": "title: A site\nurl: https://example.org\n"})
    page.wait_for_url(f"http://{urlsplit(preview.url).netloc}/life/")
    page.wait_for_selector("text=a long life")
    assert refused == []


def test_every_open_tab_is_told_and_one_that_goes_away_in_the_middle_harms_none(
    start: Start, page: Page
) -> None:
    preview = start()
    other, gone = page.context.new_page(), page.context.new_page()
    for tab in (page, other, gone):
        tab.goto(preview.url)
        tab.wait_for_function(CONNECTED)
    for asked in ("GET /repo/life/", "GET /livereload"):
        hang_up(preview, asked)
    gone.close()
    save(preview, {"content/index.md": "second words\n"})
    page.wait_for_selector("text=second words")
    other.wait_for_selector("text=second words")
    assert "Traceback" not in preview.said


def hang_up(preview: Preview, asked: str) -> None:
    """Ask for something, and be gone before the answer: the connection is reset."""
    with socket.create_connection(("127.0.0.1", urlsplit(preview.url).port or 0)) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        line.sendall(f"{asked} HTTP/1.1\r\nHost: localhost\r\n{upgrade}{key}\r\n".encode())
