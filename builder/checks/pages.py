"""What can be wrong in a finished page: for ears, for crawlers, for phones, for another address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from builder.checks.look import Attributes, Look, Seen, text_of
from builder.model.addresses import output_path
from builder.problems import Place, Problems, did_you_mean
from builder.text.files import read_text

# ---- name, headings, ids ------------------------------------------------------------------------


def check_name(look: Look, problems: Problems) -> None:
    """A site without a name: tabs, search results and the head of every page say nothing."""
    site = look.made.site
    if not (site.title or site.owner.name):
        problems.warning(
            "nameless", "this site has no name: nothing stands in tabs and at the head of its pages",
            Place("site.yaml", 1), "write title: in site.yaml, or your name in content/cv.yaml",
        )  # fmt: skip


def check_headings(look: Look, problems: Problems) -> None:
    """Headings that skip a level, and pages with several of the first: ears go by them."""
    for path, seen in look.pages.items():
        above = 0
        for n, heading in enumerate(seen.headings):
            text = " ".join(heading.text.split())
            if heading.level > above + 1 and n:
                problems.warning(
                    "heading-skips", f"the heading {text!r} is of level {heading.level}, and the one above it "
                    f"of level {above}", look.place(path, text),
                    "let it have one # more than the one above it, at the most: its size is the theme's to choose",
                )  # fmt: skip
            above = heading.level
        first = [h for h in seen.headings if h.level == 1]
        for heading in first[1:]:
            text = " ".join(heading.text.split())
            problems.warning(
                "heading-skips", f"{text!r} is a second heading of level 1 on this page",
                look.place(path, text), "write it with ##",
            )  # fmt: skip


def check_ids(look: Look, problems: Problems) -> None:
    """Ids that stand twice in a page: a link to one finds the first alone."""
    for path, seen in look.pages.items():
        ids = Counter(i for _, attributes in seen.tags if (i := attributes.get("id")))
        for name, times in ids.items():
            if times > 1:
                document = look.document(path)
                spelled = [f"#{name}", f'"{name}"', f"'{name}'"]
                places = [p for s in spelled if document and (p := look.place(path, s)).column]
                problems.warning(
                    "id-twice", f"the id {name!r} stands {times} times on this page",
                    places[0] if places else look.place(path), "give one of them another id",
                )  # fmt: skip


# ---- pictures -----------------------------------------------------------------------------------


def check_alternatives(look: Look, problems: Problems) -> None:
    """Pictures that say nothing to those who do not see them.

    `alt=""` in HTML is an author's word that a picture is an ornament; `![](x.png)` is not.
    """
    for path, seen in look.pages.items():
        shown = _in_bodies(look, path)
        for attributes in seen.all("img"):
            source = look.inside(attributes.get("src") or "")
            alt = attributes.get("alt")
            if alt or (alt is not None and source not in shown):
                continue
            place = look.locate(path, source) or look.place(path)
            if alt is None or not _EMPTY_ON_PURPOSE.search(_line(look, place)):
                name = source.rpartition("/")[2]
                problems.warning(
                    "picture-without-words", f"the picture {name!r} has no words for those who do not see it",
                    place, "![What it shows](…); for an ornament, <img alt=\"\" src=…>",
                )  # fmt: skip


_EMPTY_ON_PURPOSE = re.compile(r"""alt\s*=\s*(""|'')""")
_SOURCE = re.compile(r"""<img\b[^>]*?\ssrc="([^"]*)\"""")


def _in_bodies(look: Look, path: str) -> set[str]:
    """The addresses of the pictures that the author's own text of a page shows."""
    document = look.document(path)
    bodies = look.made.bodies(document) if document else ()
    found = (unescape(s) for html in bodies for s in _SOURCE.findall(html))
    return {_address(look, source) for source in found}


def _address(look: Look, source: str) -> str:
    return "/" + source.removeprefix("source:") if source.startswith("source:") else source


def _line(look: Look, place: Place) -> str:
    file = look.made.config.root / place.path
    lines = (read_text(file, place.path, Problems()) or "").split("\n") if file.is_file() else []
    return lines[place.line - 1] if 0 < place.line <= len(lines) else ""


COLUMN = 672
"""Pixels of the text's column, 42rem: no picture is shown wider unless it says so."""
ROOM = 4
"""How many times wider than it is shown a picture may be: twice for sharp screens, twice to spare."""
SMALL = 300_000
"""Bytes up to which a picture costs nobody anything."""


def check_pictures(look: Look, problems: Problems) -> None:
    """Pictures far larger than they are shown: the bytes are in the repository and on the web."""
    plan = look.made.rendered.plan
    for path, seen in look.pages.items():
        for attributes in seen.all("img"):
            source = look.inside(attributes.get("src") or "").lstrip("/")
            output = plan.get(source)
            if output is None or not isinstance(output.content, Path):
                continue
            own, size = _width_of(output.content), output.content.stat().st_size
            shown = _shown_width(attributes, own)
            if own > ROOM * shown and size > SMALL:
                problems.warning(
                    "picture-too-large", f"{source!r} is {own} pixels wide ({size / 1e6:.1f} MB) and shown at "
                    f"{shown} at the most", look.locate(path, f"/{source}") or output.asked_by,
                    f"scale it to {2 * shown} pixels",
                )  # fmt: skip


def _width_of(file: Path) -> int:
    import imagesize

    try:
        return max(0, int(imagesize.get(file)[0]))
    except (OSError, ValueError):
        return 0


def _shown_width(attributes: Attributes, own: int) -> int:
    said = attributes.get("width") or ""
    return int(said) if said.isdecimal() and 0 < int(said) != own else COLUMN


# ---- the site at another base path --------------------------------------------------------------

ELSEWHERE = "/a-path-of-its-own"
"""A base path that no site has."""
_IN_CSS = re.compile(r"""(?:url\(|@import)\s*["']?(?P<url>/(?!/)[^"')\s;]*)""")


class Absolute(NamedTuple):
    """An address that leaves out the base path."""

    path: str
    """The output that holds it."""
    address: str
    place: Place | None


def check_base_path(look: Look, problems: Problems) -> None:
    """Addresses that work at `/` or at `/repo/`, and not at both.

    Links and pictures get the base path from Folio; what stands in CSS, inline styles and data
    attributes does not. The site is made once more, at a path that it surely does not expect.
    """
    for found in (*_in_pages(look), *_in_sheets(look)):
        place = found.place or look.typed(found.path, found.address)
        hint = "write it relative to the file, as url(../images/x.png)"
        if not found.path.endswith(".css"):
            hint = "leave it to href or src, which get the base path; in a layout write {{ site.base }} before it"
        problems.warning(
            "base-path", f"{found.address!r} leads astray where the site lives below a path such as /repo/",
            place, hint,
        )  # fmt: skip


def _in_pages(look: Look) -> Iterator[Absolute]:
    elsewhere = look.made.elsewhere(f"https://folio.invalid{ELSEWHERE}")
    for path in elsewhere.bound:
        for address in dict.fromkeys(_unprefixed(Seen(text_of(elsewhere.files[path])))):
            yield Absolute(path, address, None)


def _unprefixed(seen: Seen) -> Iterator[str]:
    for tag, attributes in seen.tags:
        for name, value in attributes.items():
            value = (value or "").strip()
            if name == "style":
                yield from (m["url"] for m in _IN_CSS.finditer(value))
            elif (tag, name) != ("meta", "content") and _ADDRESS.fullmatch(value):
                yield from () if f"{value}/".startswith(f"{ELSEWHERE}/") else (value,)


_ADDRESS = re.compile(r"/(?!/)[\w./%~-]*[\w/](?:[?#]\S*)?")


def _in_sheets(look: Look) -> Iterator[Absolute]:
    """Addresses from the root in the site's own stylesheets."""
    for path, output in look.made.rendered.plan.items():
        if path.endswith(".css") and isinstance(output.content, Path):
            yield from _in_sheet(path, output.asked_by, output.content)
    own = look.made.config.root / "static" / "css"
    for file in sorted(own.glob("*.css")) if own.is_dir() else ():
        shown = f"static/css/{file.name}"
        if f"css/{file.name}" not in look.made.rendered.plan or file.name == "folio.css":
            yield from _in_sheet(f"css/{file.name}", Place(shown), file)


def _in_sheet(path: str, asked_by: Place, file: Path) -> Iterator[Absolute]:
    text = "" if asked_by.path.startswith("theme/") else read_text(file, path, Problems()) or ""
    for number, line in enumerate(text.split("\n"), 1):
        for found in _IN_CSS.finditer(line):
            yield Absolute(path, found["url"], Place(asked_by.path, number, found.start("url") + 1))


# ---- what the menu and others share ---------------------------------------------------------------


def nearest_page(look: Look, address: str) -> str:
    """A hint at the page whose address is nearest to one that is gone."""
    pages = [f"/{path.removesuffix('index.html')}" for path in look.pages]
    return did_you_mean(address, [p for p in pages if output_path(p) in look.made.rendered.plan])
