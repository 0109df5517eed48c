"""How long a keystroke takes in the search of the publications page, in Chromium.

    python -m bench.finder [COUNT]

Builds a site of COUNT papers (2,000), types into the search, and reports the milliseconds from each
keystroke to the frame that shows what it found, beside the weight of the page and of its index.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from builder.build import build
from builder.problems import Problems
from builder.run import Options
from tests.browser import FLAGS, find_browser, serving
from tests.corpus import bibtex

TYPED = ("ideals", "müller sym", "a b c", "noncommutative", "2019", "zzzz")
WATCH = """() => {
  window.took = [];
  document.querySelector('.finder input').addEventListener('input', () => {
    const start = performance.now();
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => window.took.push(performance.now() - start);
      after.port2.postMessage(0);
    });
  }, true);
}"""
SHOWN = """before => new Promise(done => {
  const look = () => (window.took.length > before ? done() : requestAnimationFrame(look));
  look();
})"""


def main() -> None:
    """Build, type, report."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        out = _site(Path(folder), count)
        _weigh(out / "publications/index.html", out / "publications/search.json")
        with serving(out) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
            took = _typing(browser.new_page(viewport={"width": 1280, "height": 900}), address)
            browser.close()
    print(f"{count} papers, {len(took)} keystrokes to the next frame: median "
          f"{statistics.median(took):.1f} ms, 95 % below {took[int(len(took) * 0.95)]:.1f}, "
          f"longest {took[-1]:.1f}")  # fmt: skip


def _site(folder: Path, count: int) -> Path:
    (folder / "content").mkdir()
    (folder / "site.yaml").write_text("title: Emmy Noether\nurl: https://example.org\n", "utf-8")
    (folder / "content/cv.yaml").write_text("cv: {name: Emmy Noether}\n", "utf-8")
    (folder / "content/publications.bib").write_text(bibtex(count), "utf-8")
    return build(folder, Options(), Problems()).out


def _weigh(*files: Path) -> None:
    for file in files:
        data = file.read_bytes()
        packed = len(gzip.compress(data, 6)) / 1024
        print(f"{file.name}: {len(data) / 1024:.0f} KiB, {packed:.1f} KiB gzipped")


def _typing(page: Page, address: str) -> list[float]:
    page.goto(f"{address}/publications/")
    page.locator(".finder input").click()
    page.wait_for_load_state("networkidle")
    page.evaluate(WATCH)
    for text in TYPED:
        for key in (*text, *["Backspace"] * len(text)):
            before = page.evaluate("window.took.length")
            page.keyboard.press(key) if key.isascii() else page.keyboard.insert_text(key)
            page.evaluate(SHOWN, before)
    return sorted(page.evaluate("window.took"))


if __name__ == "__main__":
    main()
