"""The finished demo as files: complete, the same every time, and at home at any base path."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.demo import BASE, KINDS, ORIGIN, ROOT, Demo, copy_demo, kind_of

CSS_ADDRESS = re.compile(r"""url\(\s*['"]?([^'")]+)['"]?\s*\)|@import\s+['"]([^'"]+)['"]""")
ADDRESSES = ("href", "src", "poster", "action", "cite", "data")
"""The attributes that hold an address whatever it looks like."""
EMPTY_WORDS = (
    "",
    "here",
    "right here",
    "click here",
    "this",
    "go",
    "more",
    "read more",
    "see more",
    "learn more",
)
"""Words of a link that say nothing, as Lighthouse has them."""
FEEDS = ("{http://www.w3.org/2005/Atom}link", "link")


class Found(NamedTuple):
    """An address in a file of the site."""

    page: str
    """The address of the page or file that it stands in, below the base."""
    address: str
    whole: str
    """The same with origin, resolved as a browser does."""
    by: str
    """What holds it, for messages."""


def parsed(demo: Demo) -> Iterator[tuple[str, LexborHTMLParser]]:
    """The pages of the site by address."""
    for address, file in demo.pages.items():
        yield address, LexborHTMLParser(file.read_text("utf-8"))


def nodes(tree: LexborHTMLParser) -> Iterator[tuple[str, dict[str, str | None], LexborNode]]:
    """Every element with its name and attributes, in order."""
    for node in tree.css("*"):
        yield node.tag or "", dict(node.attributes), node


def opening(node: LexborNode) -> str:
    """The opening tag of an element, to name it by."""
    return (node.html or "").partition(">")[0] + ">"


# ---- the build ----------------------------------------------------------------------------------


def test_the_demo_builds_without_a_single_problem(demo: Demo) -> None:
    assert not demo.problems, "\n".join(map(str, demo.problems))


def test_every_page_is_of_a_known_kind_and_every_kind_is_shown(demo: Demo) -> None:
    kinds = Counter(kind_of(address) for address in demo.pages)
    assert kinds.keys() == KINDS.keys(), f"unknown or missing: {kinds.keys() ^ KINDS.keys()}"


def _built_apart(folder: Path, seed: str, zone: str, locale: str) -> dict[str, bytes]:
    """The files of the demo as a process of its own builds them in `folder`."""
    surroundings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
    out = folder / "out"
    command = [
        sys.executable,
        "-m",
        "builder",
        "build",
        str(copy_demo(folder / "site")),
        "-o",
        str(out),
    ]
    made = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return Demo(out, "", ()).files


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    one = _built_apart(tmp_path / "one", "1", "Pacific/Kiritimati", "C")
    two = _built_apart(tmp_path / "two", "2", "America/Los_Angeles", "tr_TR.UTF-8")
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


# ---- addresses ----------------------------------------------------------------------------------


def _addresses_in_page(page: str, tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Every address that a page holds, with the tag that holds it."""
    for tag, attributes, _ in nodes(tree):
        for name, value in attributes.items():
            for address in _addresses_in_attribute(name, value or "", attributes):
                yield address, f"<{tag} {name}>"


def _addresses_in_attribute(
    name: str, value: str, attributes: dict[str, str | None]
) -> Iterable[str]:
    if name.endswith("srcset"):
        return [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
    if name == "content" and (attributes.get("http-equiv") or "").lower() == "refresh":
        return [value.partition("url=")[2]]
    if name == "style":
        return _addresses_in_css(value)
    return [value] if name in ADDRESSES or value.startswith(("/", ORIGIN)) else []


def _addresses_in_css(sheet: str) -> list[str]:
    return [one or other for one, other in CSS_ADDRESS.findall(sheet)]


def addresses(demo: Demo) -> Iterator[Found]:
    """Every address in the HTML, CSS and XML of the site."""
    for path, data in demo.files.items():
        here = f"{ORIGIN}{demo.base}/{path}"
        held: Iterable[tuple[str, str]] = ()
        text = data.decode("utf-8", errors="replace")
        if path.endswith(".html"):
            held = _addresses_in_page(path, LexborHTMLParser(text))
        elif path.endswith(".css"):
            held = [(address, "url()") for address in _addresses_in_css(text)]
        elif path.endswith((".xml", ".svg")):
            held = _addresses_in_xml(text)
        for address, by in held:
            yield Found(path, address, urljoin(here, address), by)


def _addresses_in_xml(text: str) -> Iterator[tuple[str, str]]:
    for element in ElementTree.fromstring(text).iter():
        held = [value for name, value in element.attrib.items() if name.endswith(("href", "src"))]
        if element.tag.endswith(("}loc", "}id", "link")) and element.text:
            held.append(element.text.strip())
        yield from ((address, element.tag) for address in held)


def _own(found: Found) -> bool:
    return f"{found.whole}/".startswith(f"{ORIGIN}/")


def test_no_address_leaves_the_base_path(demo: Demo) -> None:
    held = [found for found in addresses(demo) if _own(found)]
    assert len(held) > 100
    astray = [f for f in held if not f.whole.startswith(f"{ORIGIN}{BASE}/")]
    assert not astray, "\n".join(f"{f.page}: {f.address} in {f.by}" for f in astray)


def test_no_text_names_the_site_without_its_base_path(demo: Demo) -> None:
    astray = []
    for path, data in demo.files.items():
        if path.endswith((".html", ".xml", ".json", ".txt", ".css", ".js", ".webmanifest", ".bib")):
            text = data.decode("utf-8")
            astray += [
                f"{path}: {m[0]}" for m in re.finditer(rf"{ORIGIN}(?!{BASE}\b)[^\s\"'<]*", text)
            ]
    assert not astray, "\n".join(astray)


def _nothing_there(demo: Demo, ids: dict[Path, set[str]], found: Found) -> str:
    """What is missing at an address; empty when nothing is."""
    parts = urlsplit(found.whole)
    file = demo.file(parts.path)
    if not file:
        return "no such file"
    fragment = unquote(parts.fragment)
    if fragment and file.suffix == ".html" and fragment not in ids[file]:
        return f"no #{fragment} there"
    return ""


@pytest.mark.parametrize("published", ["demo", "demo_at_root"])
def test_every_internal_address_leads_somewhere(
    published: str, request: pytest.FixtureRequest
) -> None:
    demo: Demo = request.getfixturevalue(published)
    ids = {
        file: {
            a["id"] or ""
            for _, a, _ in nodes(LexborHTMLParser(file.read_text("utf-8")))
            if "id" in a
        }
        for file in demo.out.rglob("*.html")
    }
    lost = [
        f"{found.page}: {found.address} in {found.by}: {missing}"
        for found in addresses(demo)
        if _own(found) and (missing := _nothing_there(demo, ids, found))
    ]
    assert not lost, "\n".join(lost)


# ---- files for machines -------------------------------------------------------------------------


def stands_in(address: str, tree: LexborHTMLParser) -> bool:
    """Whether a German page holds English words, for want of its own."""
    return address.startswith("/de/") and bool(tree.css_first("main[lang=en], article[lang=en]"))


def test_the_demo_speaks_german(demo: Demo) -> None:
    assert "/de/cv/" in demo.pages
    switch = one_of(demo, "/cv/", "header a[hreflang=de]")
    assert switch.attributes["href"] == f"{BASE}/de/cv/"
    assert "Ausbildung" in one_of(demo, "/de/cv/", "main").text()
    assert "1907 bei Paul Gordan" in one_of(demo, "/de/", "main").text()


def one_of(demo: Demo, address: str, selector: str) -> LexborNode:
    found = dict(parsed(demo))[address].css_first(selector)
    assert found is not None
    return found


def test_the_sitemap_lists_every_page_once_that_is_for_search_engines(demo: Demo) -> None:
    hidden = {
        a for a, tree in parsed(demo) if tree.css_first('meta[name="robots"][content*="noindex"]')
    }
    asked = [
        f for f in (ROOT / "content").rglob("*.md") if "\nsitemap: false\n" in f.read_text("utf-8")
    ]
    hidden |= {a for a, tree in parsed(demo) if stands_in(a, tree)}
    searching = {a for a in demo.pages if a.endswith("/search/")}
    left_out = demo.pages.keys() - demo.listed - hidden - searching - {"/404.html", "/de/404.html"}
    assert len(left_out) == len(asked), left_out
    assert len(set(demo.listed)) == len(demo.listed)
    assert set(demo.listed) <= demo.pages.keys() - hidden


def test_feeds_are_well_formed_and_lead_to_pages(demo: Demo) -> None:
    feeds = [path for path in demo.files if re.search(r"(feed|atom|rss)\b.*\.xml$", path)]
    assert feeds, "the demo has no feed"
    for path in feeds:
        tree = ElementTree.parse(demo.out / path)
        links = [e.get("href") or e.text or "" for tag in FEEDS for e in tree.iter(tag)]
        assert len(links) > 1, f"{path} holds no entry"
        assert not [link for link in links if not demo.file(link)], path


def test_json_is_json(demo: Demo) -> None:
    for path, data in demo.files.items():
        if path.endswith((".json", ".webmanifest")):
            json.loads(data)


def test_structured_data_can_be_read(demo: Demo) -> None:
    types: Counter[str] = Counter()
    for address, tree in parsed(demo):
        for script in tree.css('script[type="application/ld+json"]'):
            data = json.loads(script.text())
            assert data["@context"] == "https://schema.org", address
            assert data["@type"], address
            types[data["@type"]] += 1
    assert types["ProfilePage"] == sum(kind_of(a) == "home" for a in demo.pages) == 2
    works = ("ScholarlyArticle", "Book", "Chapter", "Thesis", "Report")
    assert sum(types[work] for work in works) == sum(kind_of(a) == "paper" for a in demo.pages)
    assert types["BlogPosting"] == sum(kind_of(a) == "post" for a in demo.pages)


def test_papers_are_described_for_scholar(demo: Demo) -> None:
    papers = [(a, tree) for a, tree in parsed(demo) if kind_of(a) == "paper"]
    needed = ("citation_title", "citation_author", "citation_publication_date")
    lacking = [
        f"{a}: no {name}" for a, tree in papers for name in needed
        if not tree.css_first(f'meta[name="{name}"][content]:not([content=""])')
    ]  # fmt: skip
    assert papers
    assert not lacking, "\n".join(lacking)


# ---- every page ---------------------------------------------------------------------------------

Complaints = Iterator[str]


def _head(address: str, tree: LexborHTMLParser) -> Complaints:
    """A page says what it is, where it lives and how it looks when shared."""
    wanted = {
        "description": ('meta[name="description"]', "content"),
        "canonical": ('link[rel="canonical"]', "href"),
        "og:title": ('meta[property="og:title"]', "content"),
        "og:image": ('meta[property="og:image"]', "content"),
        "icon": ('link[rel~="icon"]', "href"),
        "feed": (
            'link[rel="alternate"][type="application/atom+xml"], link[type="application/rss+xml"]',
            "href",
        ),
        "title": ("title", ""),
        "viewport": ('meta[name="viewport"]', "content"),
    }
    for name, (selector, attribute) in wanted.items():
        found = tree.css(selector)
        if not found:
            yield f"no {name}"
        elif not (found[0].attributes.get(attribute) if attribute else found[0].text(strip=True)):
            yield f"an empty {name}"
        elif len(found) > 1 and name not in ("icon", "feed"):
            yield f"{len(found)} times {name}"
    canonical = tree.css_first('link[rel="canonical"]')
    own = address.removeprefix("/de") if stands_in(address, tree) else address
    if canonical and canonical.attributes.get("href") != ORIGIN + BASE + own:
        yield f"canonical is {canonical.attributes.get('href')}"
    image = tree.css_first('meta[property="og:image"]')
    if image and not (image.attributes.get("content") or "").startswith("https://"):
        yield f"og:image is not a whole address: {image.attributes.get('content')}"


def _language(address: str, tree: LexborHTMLParser) -> Complaints:
    """A page names its language."""
    root = tree.css_first("html")
    if not root or not re.fullmatch(
        r"[a-z]{2,3}(-[A-Za-z0-9]+)*", root.attributes.get("lang") or ""
    ):
        yield "no language"


def _headings(address: str, tree: LexborHTMLParser) -> Complaints:
    """A page has one first heading, and none that skips a level or says nothing."""
    last = 0
    for node in tree.css("h1, h2, h3, h4, h5, h6"):
        level = int((node.tag or "h0")[1])
        if level > last + 1:
            yield f"h{level} after h{last}: {node.text(strip=True)[:40]}"
        if not node.text(strip=True):
            yield f"an empty h{level}"
        last = level
    if (count := len(tree.css("h1"))) != 1:
        yield f"{count} times h1"


def _landmarks(address: str, tree: LexborHTMLParser) -> Complaints:
    """A page begins with a way past its menu, and has the parts that screen readers jump to."""
    first = tree.css_first("body a, body button, body input, body summary")
    target = (first.attributes.get("href") or "") if first else ""
    main = tree.css_first("main")
    if not main or target != f"#{main.attributes.get('id')}":
        yield f"begins with {opening(first) if first else 'nothing'} instead of a link to main"
    yield from (
        f"no {part}" for part in ("header", "nav", "main", "footer") if not tree.css_first(part)
    )


def _links(address: str, tree: LexborHTMLParser) -> Complaints:
    """A link says where it leads to whoever hears it out of its sentence."""
    for node in tree.css("a[href]"):
        words = node.attributes.get("aria-label") or node.text(strip=True)
        pictures = [image.attributes.get("alt") for image in node.css("img")]
        if words.lower() in EMPTY_WORDS and not any(pictures):
            yield f"{words!r}: {opening(node)}"


def _unique_ids(address: str, tree: LexborHTMLParser) -> Complaints:
    """No two elements of a page bear one id."""
    ids = Counter(a["id"] for _, a, _ in nodes(tree) if "id" in a)
    yield from (f"{count} times id={i!r}" for i, count in ids.items() if count > 1)


def _images(address: str, tree: LexborHTMLParser) -> Complaints:
    """A picture has its words and its size, so that nothing is lost and nothing jumps."""
    for node in tree.css("img"):
        missing = [name for name in ("alt", "width", "height") if name not in node.attributes]
        if missing:
            yield f"no {', '.join(missing)}: {opening(node)}"


def _policy(address: str, tree: LexborHTMLParser) -> Complaints:
    """A page holds nothing that `default-src 'self'` forbids."""
    for tag, attributes, node in nodes(tree):
        if any(name == "style" or name.startswith("on") for name in attributes) or tag == "style":
            yield f"style or handler: {opening(node)}"
        if (
            tag == "script"
            and not attributes.get("src")
            and attributes.get("type") != "application/ld+json"
        ):
            yield f"inline script: {opening(node)}"
        if re.match(r"\s*(javascript|vbscript):", attributes.get("href") or "", re.IGNORECASE):
            yield f"script address: {opening(node)}"


RULES: tuple[Callable[[str, LexborHTMLParser], Complaints], ...] = (
    _head, _language, _headings, _landmarks, _links, _unique_ids, _images, _policy,
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.strip("_"))
def test_every_page_keeps(rule: Callable[[str, LexborHTMLParser], Complaints], demo: Demo) -> None:
    told = [
        f"{address}: {complaint}"
        for address, tree in parsed(demo)
        for complaint in rule(address, tree)
    ]
    assert not told, f"{rule.__doc__}\n" + "\n".join(told)
