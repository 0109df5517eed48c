"""The demo as a finished site, and what tests ask of it: its pages by kind, the file behind an address.

The demo is copied before it is built, so that workers that test at once share nothing, and so
that it takes its theme from the package, as a site of anyone's does.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from builder.build import build
from builder.problems import BuildFailed, Problem, Problems
from builder.run import Options

ROOT = Path(__file__).parent.parent
SOURCES = ("site.yaml", "content")
ORIGIN = "https://example.org"
BASE = "/repo"
"""Where the tests publish the demo: below a path, where a link that forgets the base goes astray."""
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"

KINDS = {
    "home": r"/",
    "not-found": r"/404\.html",
    "cv": r"/cv/(short/)?",
    "publications": r"/publications/",
    "paper": r"/publications/[^/]+/",
    "talks": r"/talks/",
    "talk": r"/talks/.+",
    "courses": r"/teaching/",
    "course": r"/teaching/.+",
    "projects": r"/projects/",
    "project": r"/projects/.+",
    "posts": r"/posts/",
    "post": r"/posts/.+",
    "news": r"/news/",
    "people": r"/people/",
    "tags": r"/tags/",
    "archive": r"/archive/",
    "page": r"/[^/]+/",
    "record": r"/[^/]+/.+/",
}
"""Patterns of addresses in the first language, the first that fits being a page's kind."""


class Demo(NamedTuple):
    """The demo, built."""

    out: Path
    base: str
    """The path it is published below: empty, or such as `/repo`."""
    problems: tuple[Problem, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """Every file by its path."""
        found = sorted(p for p in self.out.rglob("*") if p.is_file())
        return {p.relative_to(self.out).as_posix(): p.read_bytes() for p in found}

    @property
    def pages(self) -> dict[str, Path]:
        """The HTML files by their addresses, those apart that only lead on."""
        found = {}
        for file in sorted(self.out.rglob("*.html")):
            if not re.search(rb'http-equiv="?refresh', file.read_bytes()):
                found[
                    "/" + re.sub(r"(^|/)index\.html$", r"\1", file.relative_to(self.out).as_posix())
                ] = file
        return found

    @property
    def listed(self) -> list[str]:
        """The addresses of the sitemap, without origin and base."""
        tree = ElementTree.parse(self.out / "sitemap.xml")
        whole = [loc.text or "" for loc in tree.iter(LOC)]
        return [address.removeprefix(ORIGIN + self.base) for address in whole]

    def of_kind(self, kind: str) -> str:
        """The address of the longest page of a kind in the first language: its hardest case."""
        found = [
            (file.stat().st_size, a)
            for a, file in self.pages.items()
            if kind_of(a) == kind and not a.startswith("/de/")
        ]
        assert found, f"the demo has no page of the kind {kind!r}"
        return max(found)[1]

    def file(self, address: str) -> Path | None:
        """The file that answers an address below the base, as GitHub Pages finds it."""
        return file_for(self.out, urlsplit(address).path.removeprefix(self.base))


def kind_of(address: str) -> str:
    """The kind of the page at an address; empty for none."""
    address = re.sub(r"^/de(?=/)", "", address)
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, address)), "")


def file_for(root: Path, path: str) -> Path | None:
    """The file in `root` for the path of an address: `x/` is `x/index.html`, `x` may be `x.html`."""
    whole = (root / unquote(path).lstrip("/")).resolve()
    if not whole.is_relative_to(root.resolve()):
        return None
    tried = (
        [whole / "index.html"]
        if path.endswith("/")
        else [whole, whole.with_name(whole.name + ".html")]
    )
    return next((file for file in tried if file.is_file()), None)


def copy_demo(folder: Path) -> Path:
    """A copy of the demo's sources in `folder`, which is made."""
    folder.mkdir(parents=True)
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


def build_demo(folder: Path, base: str = BASE) -> Demo:
    """The demo, copied to `folder` and built for `https://example.org<base>`."""
    problems = Problems()
    try:
        report = build(copy_demo(folder), Options(url=ORIGIN + base), problems)
    except BuildFailed:
        pytest.fail("the demo does not build:\n" + "\n".join(map(str, problems)))
    return Demo(report.out, base, tuple(problems))
