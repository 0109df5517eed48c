"""A search over the whole site, and the line at the head of every page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import serving, visiting
from tests.conftest import MakeSite
from tests.sites import Site, make_site

FILES: dict[str, str | bytes] = {
    "site.yaml": "title: Ana Example\nurl: https://example.org/repo\nsearch: true\ncv: {pdf: false}\nannouncement: A [line](/about/).\n",
    "content/cv.yaml": "cv: {name: Ana Example}\n",
    "content/about.md": "# About\n\nI keep *Zürich* bees. [x](https://hidden.example/word) <!-- secret --> {{ site.title }}\n",
    "content/bees.md": "---\ntitle: Bees and other beasts\n---\nNothing more.\n",
    "content/private.md": "---\ntitle: Private bees\nsitemap: false\n---\n[x](about.md)\n",
    "content/publications.bib": "@article{k, title={On Swarms}, author={Ana Example}, journal={Bee World}, year=2020, abstract={Of wasps.}}\n",
    "content/talks.yaml": "- {title: Swarming, venue: Salon, date: 2021, abstract: How bees dance.}\n",
    "content/index.md": "Welcome. [One](about.md) [two](bees.md) [three](private.md)\n",
}  # fmt: skip


def found_in(site: Site, word: str, path: str = "search.json") -> list[str]:
    """The titles that an index holds a word for."""
    index = json.loads(site.html(path))
    words = index["words"].split(" ")
    if word not in words:
        return []
    places, titles = 0, []
    for step in index["where"][words.index(word)]:
        places += step
        titles.append(index["items"][places][0])
    return titles


def test_the_index_holds_the_words_that_authors_wrote(site: MakeSite) -> None:
    built = site(FILES)
    assert list(built.problems) == []
    assert found_in(built, "bees") == ["About", "Bees and other beasts", "Swarming"]
    assert found_in(built, "zuerich") == found_in(built, "zurich") == ["About"]
    assert found_in(built, "wasps") == found_in(built, "2020") == ["On Swarms"]
    for unread in ("hidden", "secret", "site", "private"):
        assert found_in(built, unread) == []
    assert not [line for line in built.html("sitemap.xml").split() if "/search/" in line]


def test_a_site_has_no_search_unless_it_says_so(site: MakeSite) -> None:
    built = site({**FILES, "site.yaml": "title: Ana Example\n"})
    assert "search.json" not in built.files
    assert not built.page("index.html").css(".seek")


def test_each_language_is_searched_by_itself(site: MakeSite) -> None:
    built = site({**FILES, "site.yaml": "languages: [en, de]\nsearch: true\nuntranslated: ['*']\ncv: {pdf: false}\n",
                  "content/bees.de.md": "---\ntitle: Bienen\n---\nNichts.\n"})  # fmt: skip
    assert found_in(built, "bienen", "de/search.json") == ["Bienen"]
    assert found_in(built, "bienen") == []
    assert "Diese Seiten durchsuchen" in built.main("de/search/index.html")


def test_an_author_may_have_a_page_of_that_address(site: MakeSite) -> None:
    built = site(
        {**FILES, "content/search.md": "---\nlayout: search\ntitle: Find\n---\nMy own words.\n"}
    )
    assert "My own words" in built.main("search/index.html")
    assert built.page("index.html").css(".seek")


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    site = make_site(tmp_path_factory.mktemp("search"), FILES).build()
    with serving(site.out, "/repo") as address, visiting(browser, address, "/") as opened:
        opened.page.set_default_timeout(4000)
        yield opened.page
        assert not [c for c in opened.complaints if "favicon" not in c]


def test_a_visitor_searches_by_keyboard(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("link", name="Search this site").click()
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("BEE")
    titles = page.locator(".found a")
    expect(titles).to_have_text(["Bees and other beasts", "About", "On Swarms", "Swarming"])
    expect(page.get_by_role("status")).to_have_text("4 found")
    assert sum("search.json" in url for url in asked) == 1
    page.wait_for_url("**/search/?q=BEE")
    assert Axe().run(page).response["violations"] == []
    page.reload()
    expect(titles).to_have_count(4)
    page.keyboard.type("zz")
    expect(page.get_by_role("status")).to_have_text("Nothing here holds these words")
    page.get_by_role("searchbox").fill("wasps")
    expect(titles).to_have_text(["On Swarms"])
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/repo/publications/k/")


def test_without_javascript_every_page_is_listed(site: MakeSite) -> None:
    built = site(FILES)
    links = [a.attributes["href"] for a in built.page("search/index.html").css("main ul a")]
    assert "/repo/about/" in links
    assert "/repo/private/" not in links


# ---- the announcement ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('announcement: "Hiring a *postdoc*"', True), ("announcement: {text: Hiring, until: 2026-09-30}", True),
        ("announcement: {text: Hiring, until: 2026-01}", False), ("announcement: ", False),
        ("announcement: {en: Hiring, de: Stelle}\nlanguages: [en, de]\nuntranslated: ['*']", True),
    ],
)  # fmt: skip
def test_an_announcement_stands_on_every_page_until_its_day(
    site: MakeSite, said: str, shown: bool
) -> None:
    built = site(
        {
            **FILES,
            "site.yaml": f"title: Ana Example\ncurrent_date: 2026-05-01\ncv: {{pdf: false}}\n{said}\n",
        }
    )
    assert [p for p in built.problems if p.kind != "untranslated"] == []
    for path in ("index.html", "talks/index.html", "404.html"):
        assert bool(built.page(path).css(".announcement")) is shown
    if "de:" in said:
        assert "Stelle" in built.html("de/index.html")


def test_an_announcement_of_another_shape_is_told(tmp_path: Path) -> None:
    built = make_site(tmp_path, {"site.yaml": "title: A\nannouncement: [a, b]\n"}).build()
    assert built.one("wrong-shape").place
