"""Search and filters over the list of publications, driven in a browser by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from builder.text.searching import search_words
from tests.browser import serving, visiting
from tests.corpus import bibtex
from tests.sites import Site, make_site

FILES = {
    "site.yaml": "title: Emmy Noether\nurl: https://example.org/repo\n",
    "content/cv.yaml": "cv: {name: Emmy Noether}\n",
    "content/people.yaml": "- {name: Emmy Noether, owner: true}\n- {name: Ōno Haruka, aliases: ['Ono, H.']}\n",
    "content/publications.bib": bibtex(58) + r"""
@article{mueller, title={{\"U}ber Gr{\"o}{\ss}en}, author={M{\"u}ller, J{\"o}rg and Noether, Emmy}, year=1999,
  journal={Łódź Studies}, topics={Symmetry}, abstract={Nothing but wavelets & O'Brien's lemma. <b>And</b> $x^2$.}}
@inproceedings{ono, title={李明的理想论}, author={Ono, H. and Noether, Emmy}, year=1999, booktitle={Café Talks},
  topics={Ideals}, abstract={Short.}}
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Sixty papers: more than a page keeps abstracts of."""
    return make_site(tmp_path_factory.mktemp("finder"), FILES).build()


@pytest.fixture(scope="module")
def visit(browser: Browser, built: Site) -> Iterator[Page]:
    """The list in a browser; every test goes there anew, within one context."""
    with serving(built.out, "/repo") as site, visiting(browser, site, "/publications/") as opened:
        yield opened.page
        assert not [c for c in opened.complaints if "favicon" not in c]


@pytest.fixture
def page(visit: Page) -> Page:
    """The list as a visitor finds it who comes with no question."""
    visit.set_default_timeout(4000)
    visit.goto(visit.url.split("?")[0])
    return visit


def shown(page: Page) -> list[str]:
    """The slugs of the papers that are to be seen."""
    found = page.evaluate(
        "[...document.querySelectorAll('.papers > li')].filter(e => e.checkVisibility()).map(e => e.id)"
    )
    return [str(slug) for slug in found]


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def status(page: Page) -> Locator:
    return page.locator(".finder [role=status]")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wavel", ["mueller"]), ("MÜLLER jör", ["mueller"]), ("muller jorg", ["mueller"]), ("jorg mueller", ["mueller"]),
        ("lodz grossen", ["mueller"]), ("obrien’s", ["mueller"]), ("李明", ["ono"]), ("cafe Ono", ["ono"]),
        ("avelets", []), ("wavelets cafe", []),
    ],
)  # fmt: skip
def test_words_are_found_by_their_beginnings(typed: str, found: list[str], page: Page) -> None:
    box(page).fill(typed)
    total = len(page.query_selector_all(".papers > li"))
    count = f"{len(found)} of {total} publications" if found else "No publication matches"
    expect(status(page)).to_have_text(count)
    assert shown(page) == found


def test_every_paper_is_found_by_the_words_of_its_title(page: Page, built: Site) -> None:
    box(page).fill("x")
    expect(status(page)).to_contain_text("of")
    for item in built.page("publications/index.html").css(".papers > li")[::5]:
        title = item.css_first(".paper-title")
        assert title is not None
        box(page).fill(title.text())
        page.evaluate("new Promise(requestAnimationFrame)")
        assert item.attributes["id"] in shown(page), title.text()
        assert len(shown(page)) < 40


def test_filters_narrow_each_other_and_count(page: Page) -> None:
    page.get_by_role("combobox", name="Year").select_option("1999")
    expect(status(page)).to_have_text("2 of 60 publications")
    topics = page.get_by_role("combobox", name="Topic").locator("option")
    expect(topics.filter(has_text="Symmetry")).to_have_text("Symmetry (1)")
    expect(topics.filter(has_text="Number theory")).to_be_disabled()
    page.get_by_role("combobox", name="Topic").select_option("Symmetry")
    expect(status(page)).to_have_text("1 of 60 publications")
    assert shown(page) == ["mueller"]
    assert [h.inner_text() for h in page.query_selector_all("main h2") if h.is_visible()] == [
        "1999"
    ]
    page.get_by_role("button", name="Show all").click()
    expect(status(page)).to_have_text("60 publications")
    assert len(shown(page)) == 60
    expect(box(page)).to_be_focused()


def test_a_person_is_one_however_papers_have_the_name(page: Page) -> None:
    people = page.get_by_role("combobox", name="Person")
    assert "Emmy Noether" not in " ".join(people.locator("option").all_inner_texts())
    people.select_option(label="Ōno Haruka (1)")
    expect(status(page)).to_have_text("1 of 60 publications")
    assert shown(page) == ["ono"]


def test_the_address_keeps_what_is_asked_and_the_way_back(page: Page) -> None:
    bare = page.url
    box(page).press_sequentially("wavelets")
    expect(status(page)).to_have_text("1 of 60 publications")
    page.get_by_role("combobox", name="Topic").select_option("Symmetry")
    assert page.url == f"{bare}?q=wavelets&topic=Symmetry"
    page.go_back()
    assert page.url == f"{bare}?q=wavelets"
    expect(page.get_by_role("combobox", name="Topic")).to_have_value("")
    page.go_back()
    assert page.url == bare
    expect(box(page)).to_have_value("")
    expect(status(page)).to_have_text("60 publications")
    page.go_forward()
    expect(status(page)).to_have_text("1 of 60 publications")
    assert shown(page) == ["mueller"]


def test_a_link_to_a_filtered_list_shows_it(page: Page) -> None:
    page.goto(f"{page.url}?year=1999&type=paper-conference&topic=ideals&person=nobody")
    expect(status(page)).to_have_text("1 of 60 publications")
    assert shown(page) == ["ono"]
    expect(page.get_by_role("combobox", name="Type")).to_have_value("paper-conference")


def test_all_of_it_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Tab")
    expect(box(page)).to_be_focused()
    page.keyboard.type("grossen")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("1 of 60 publications")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Year")).to_be_focused()
    page.keyboard.type("1999")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Über Größen", exact=True)).to_be_focused()
    fold = page.locator("#mueller summary", has_text="Cite")
    fold.press("Enter")
    listing = page.locator("#mueller pre")
    expect(listing).to_contain_text("@article{mueller")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#mueller").get_by_role("button", name="Copy").press("Space")
    expect(page.locator("#mueller").get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == listing.text_content()


def test_what_unfolds_is_fetched_once_and_whole(page: Page, built: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    item = page.locator("#mueller")
    item.locator("summary", has_text="Abstract").click()
    expect(item.locator(".abstract")).to_contain_text("Nothing but wavelets & O'Brien's lemma.")
    expect(item.locator(".abstract math")).to_have_count(1)
    for _ in range(3):
        item.locator("summary", has_text="Cite").click()
    expect(item.locator("pre")).to_have_text(built.html("publications/mueller/cite.bib").strip())
    there = [url.rpartition("/repo")[2] for url in asked if "/mueller/" in url]
    assert there == [
        "/publications/mueller/", "/publications/mueller/cite.bib",
    ]  # fmt: skip


AXE: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def test_axe_finds_nothing_in_any_state(page: Page) -> None:
    def check(state: str) -> None:
        found = Axe().run(page, options=AXE).response["violations"]
        assert not found, (state, [(r["id"], [n["html"][:120] for n in r["nodes"]]) for r in found])

    box(page).fill("grossen")
    expect(status(page)).to_have_text("1 of 60 publications")
    for fold in page.locator("#mueller summary").all():
        fold.click()
    expect(page.locator("#mueller pre")).to_be_visible()
    check("one found, unfolded")
    for scheme, width in (("dark", 1280), ("light", 390)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 844})
        check(f"{scheme} at {width}")
    page.set_viewport_size({"width": 1280, "height": 844})
    box(page).fill("zzzz")
    expect(status(page)).to_have_text("No publication matches")
    check("nothing found")


def test_a_search_that_cannot_be_loaded_says_so(browser: Browser, built: Site) -> None:
    with serving(built.out, "/repo") as site, visiting(browser, site, "/publications/") as opened:
        opened.page.route("**/search.json", lambda route: route.abort())
        box(opened.page).fill("a")
        expect(status(opened.page)).to_have_text("The search could not be loaded")
        opened.page.unroute("**/search.json")
        box(opened.page).fill("wavelets")
        expect(status(opened.page)).to_have_text("1 of 60 publications")


def test_without_javascript_nothing_asks_for_it(browser: Browser, built: Site) -> None:
    with (
        serving(built.out, "/repo") as site,
        visiting(browser, site, "/publications/", javascript=False) as opened,
    ):
        page = opened.page
        expect(page.get_by_role("search")).to_have_count(0)
        item = page.locator("#mueller")
        item.locator("summary", has_text="Cite").click()
        expect(item.get_by_role("link", name="BibTeX: Über Größen")).to_be_visible()
        item.locator("summary", has_text="Abstract").click()
        item.get_by_role("link", name="Read it on the paper’s page").click()
        expect(page.get_by_text("Nothing but wavelets")).to_be_visible()


def test_words_are_folded_as_the_script_folds_them() -> None:
    assert search_words("Müller’s Ağ, O'Brien; 李明 C++ x2") == {
        "mullers", "muellers", "ag", "obrien", "李", "明", "c", "x2",
    }  # fmt: skip
    assert search_words("STRASSE Straße ΛΌΓΟΣ") >= {"strasse", "λογοσ"}


def test_the_index_is_the_same_each_time(built: Site, tmp_path: Path) -> None:
    again = make_site(tmp_path, FILES).build()
    assert again.html("publications/search.json") == built.html("publications/search.json")


def test_a_film_moves_while_it_is_pointed_at(browser: Browser, tmp_path: Path) -> None:
    bib = "@misc{k, title={T}, author={A, B}, year=2020, preview={f.mp4}, preview_alt={A ring}}\n"
    site = make_site(tmp_path, {"content/p.bib": bib, "content/f.mp4": b"film"}).build()
    watch = """HTMLMediaElement.prototype.play = function () { window.told = 'plays'; };
    HTMLMediaElement.prototype.pause = function () { window.told = 'rests'; };"""
    with (
        serving(site.out) as address,
        visiting(browser, address, "/publications/", first=watch) as opened,
    ):
        page = opened.page
        assert page.evaluate("window.told") is None
        page.locator("video").hover()
        assert page.evaluate("window.told") == "plays"
        page.mouse.move(0, 0)
        assert page.evaluate("window.told") == "rests"
        page.emulate_media(reduced_motion="reduce")
        page.locator("video").hover()
        assert page.evaluate("window.told") == "rests"
