"""The demo in a browser: what a visitor sees, on a wide screen and a phone, in light and dark.

Every test runs once for each kind of page, on the longest page of that kind, served below a base
path under a strict Content-Security-Policy.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageStat
from playwright.sync_api import Browser, Page, expect

from tests.browser import Scheme, Visit, serving, visiting
from tests.demo import KINDS, Demo

WIDTHS = (1280, 390, 320)
DESK, PHONE = 1280, 390
"""CSS pixels of the windows that pages are looked at in."""
BUDGETS = {"home": 80, "publications": 150}
"""KiB on the wire with pictures, of the kinds that show some."""
TEXT_BUDGET = 30
"""KiB on the wire of every other page, its author's pictures apart."""
REQUESTS = 10
PROSE = ("home", "page", "post", "paper", "project")
"""The kinds that hold running text."""
AXE: dict[Scheme, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
"""Everything in light, and in dark what a scheme can change."""


@pytest.fixture(scope="session")
def served(demo: Demo) -> Iterator[str]:
    """Where the demo is served: origin and base, without a slash."""
    with serving(demo.out, demo.base) as site:
        yield site


class Look:
    """Opens pages of the demo by their kind."""

    def __init__(self, browser: Browser, served: str, demo: Demo) -> None:
        self.open = partial(visiting, browser, served)
        self.address = demo.of_kind


@pytest.fixture
def look(browser: Browser, served: str, demo: Demo) -> Look:
    """A way to open the demo's pages."""
    return Look(browser, served, demo)


every_kind = pytest.mark.parametrize("kind", KINDS)
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


def lines(found: Sequence[Any]) -> str:
    """Findings below each other, for a message."""
    return "".join(f"\n  {one}" for one in found)


UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true; })"


def brightness(page: Page) -> float:
    """The mean lightness of what is on the screen, from 0 for black to 1."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
    return float(ImageStat.Stat(picture).mean[0]) / 255


# ---- for everyone -------------------------------------------------------------------------------


@every_kind
@schemes
def test_axe_finds_nothing(kind: str, scheme: Scheme, look: Look) -> None:
    for width in (DESK, PHONE):
        with look.open(look.address(kind), width=width, scheme=scheme) as visit:
            visit.page.evaluate(UNFOLD)
            found = Axe().run(visit.page, options=AXE[scheme]).response["violations"]
        told = [
            f"{rule['id']}: {node['html'][:160]} at {' '.join(map(str, node['target']))}: "
            f"{node['failureSummary'].partition(':')[2].strip()[:240]}"
            for rule in found for node in rule["nodes"]
        ]  # fmt: skip
        assert not found, f"{look.address(kind)} at {width} px, {scheme}:{lines(told)}"


STICKING_OUT = """() => {
  const page = document.documentElement, edge = page.clientWidth;
  if (page.scrollWidth <= edge) return [];
  const out = [...document.body.querySelectorAll('*')].filter(
    e => e.getBoundingClientRect().right > edge + 0.5 || e.getBoundingClientRect().left < -0.5);
  return [`${page.scrollWidth - edge} px too wide`, ...out.slice(0, 8).map(e => e.outerHTML.slice(0, 160))];
}"""


@every_kind
def test_nothing_sticks_out_at_the_side(kind: str, look: Look) -> None:
    with look.open(look.address(kind)) as visit:
        visit.page.evaluate(UNFOLD)
        for width in WIDTHS:
            visit.page.set_viewport_size({"width": width, "height": 844})
            found = visit.page.evaluate(STICKING_OUT)
            assert not found, f"{look.address(kind)} at {width} px:{lines(found)}"


TYPE = """() => {
  const shown = e => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const small = [], sizes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walk.nextNode());) {
    const e = text.parentElement;
    if (!text.nodeValue.trim() || !shown(e) || e.closest('sup, sub, math, script, noscript, .skip')) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 14) small.push(`${size} px: ${e.outerHTML.slice(0, 120)}`);
  }
  return {body: parseFloat(getComputedStyle(document.body).fontSize), small: small.slice(0, 8)};
}"""


@every_kind
def test_type_is_large_enough(kind: str, look: Look) -> None:
    with look.open(look.address(kind)) as visit:
        visit.page.evaluate(UNFOLD)
        for width in (DESK, PHONE):
            visit.page.set_viewport_size({"width": width, "height": 844})
            found = visit.page.evaluate(TYPE)
            assert found["body"] >= 17, f"{look.address(kind)} at {width} px"
            assert not found["small"], f"{look.address(kind)} at {width} px:{lines(found['small'])}"


MEASURE = """() => {
  const long = [...document.querySelectorAll('main p, main li, main dd')].filter(
    e => e.checkVisibility() && e.innerText.trim().length > 160 && !e.querySelector('p, li, dd, table, pre, math'));
  return long.map(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const boxes = [...range.getClientRects()].filter(box => box.width > 0);
    const style = getComputedStyle(e), words = e.innerText.trim();
    const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const wide = boxes.reduce((sum, box) => sum + box.width, 0) / words.length;
    return [Math.round(room / wide), words.length, words.slice(0, 60)];
  });
}"""


@pytest.mark.parametrize("kind", PROSE)
def test_lines_are_of_a_length_that_reads_well(kind: str, look: Look) -> None:
    with look.open(look.address(kind)) as visit:
        measured = visit.page.evaluate(MEASURE)
    assert measured, f"{look.address(kind)} holds no running text"
    off = [f"{count} characters: {words}" for count, _, words in measured if count > 80]
    assert not off, f"{look.address(kind)}:{lines(off)}"
    mean = sum(count * length for count, length, _ in measured) / sum(m[1] for m in measured)
    assert mean >= 55, f"{look.address(kind)}:{lines(measured)}"


# ---- what is sent -------------------------------------------------------------------------------


@every_kind
def test_a_page_asks_its_own_site_alone_and_nothing_fails(kind: str, look: Look) -> None:
    with look.open(look.address(kind)) as visit:
        visit.page.mouse.wheel(0, 20_000)
        visit.page.wait_for_load_state("networkidle")
        asked = [
            f"asked for {r.url}" for r in visit.asked if not r.url.startswith(f"{visit.site}/")
        ]
        failed = [f"{a.status} {a.url}" for a in visit.answers if a.status >= 400]
    assert not asked + failed + visit.complaints, (
        f"{look.address(kind)}:{lines(asked + failed + visit.complaints)}"
    )


def test_an_address_of_nothing_shows_the_page_for_that(look: Look) -> None:
    with look.open("/no/such/page/") as visit:
        statuses = {a.status for a in visit.answers if a.request.resource_type != "document"}
        assert visit.answers[0].status == 404
        assert visit.page.locator("h1").is_visible()
        assert visit.page.locator("header nav a").count() > 3
    assert statuses == {200}


def sent(visit: Visit) -> list[tuple[str, str, int]]:
    """What the page was made of: type, address, and bytes on the wire with headers."""
    return [
        (a.request.resource_type, a.url, sum(a.request.sizes()[k] for k in ("responseBodySize", "responseHeadersSize")))
        for a in visit.answers
    ]  # fmt: skip


@every_kind
def test_a_page_stays_within_its_budget(kind: str, look: Look) -> None:
    with look.open(look.address(kind)) as visit:
        visit.page.wait_for_load_state("networkidle")
        made_of = sent(visit)
    counted = [one for one in made_of if kind in BUDGETS or one[0] != "image"]
    size, budget = sum(one[2] for one in counted) / 1024, BUDGETS.get(kind, TEXT_BUDGET)
    table = lines(sorted(made_of, key=lambda one: -one[2])[:12])
    assert size <= budget, f"{look.address(kind)}: {size:.1f} of {budget} KiB:{table}"
    requests = [one for one in made_of if one[0] != "image"]
    assert len(requests) <= REQUESTS, f"{look.address(kind)}:{lines(requests)}"


STILL = 0.0005
"""Cumulative layout shift that rounds to zero in the three places it is given in."""
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.shifts.push(
    [entry.value, ...entry.sources.map(s => s.node?.outerHTML?.slice(0, 120) ?? String(s.node?.nodeValue))]);
})).observe({type: 'layout-shift', buffered: true});
"""


@every_kind
def test_nothing_moves_while_a_page_loads(kind: str, look: Look) -> None:
    for width in (DESK, PHONE):
        with look.open(look.address(kind), width=width, first=SHIFTS) as visit:
            visit.page.mouse.wheel(0, 20_000)
            visit.page.wait_for_timeout(120)
            shifts = visit.page.evaluate("window.shifts")
        total = sum(shift[0] for shift in shifts)
        assert total < STILL, f"{look.address(kind)} at {width} px:{lines(shifts)}"


# ---- without JavaScript -------------------------------------------------------------------------

WORDS = """() => {
  const words = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walk.nextNode());) {
    const e = text.parentElement;
    if (e.closest('script, noscript, button, select, form, [role=status]')) continue;
    if (e.checkVisibility({opacityProperty: true, visibilityProperty: true}))
      words.push(...text.nodeValue.split(/\\s+/).filter(Boolean));
  }
  return words;
}"""


@every_kind
def test_every_word_is_there_without_javascript(kind: str, look: Look) -> None:
    address = look.address(kind)
    with look.open(address) as visit:
        scripted = Counter(visit.page.evaluate(WORDS))
    with look.open(address, javascript=False) as visit:
        plain = Counter(visit.page.evaluate(WORDS))
    assert plain.total() > 20, address
    assert not scripted - plain, f"{address}: only with JavaScript: {dict(scripted - plain)}"
    assert not plain - scripted, f"{address}: only without JavaScript: {dict(plain - scripted)}"


UNREACHABLE = """() => [...document.querySelectorAll('header a[href], nav a[href]')].filter(link => {
  const box = link.getBoundingClientRect();
  return !link.checkVisibility({opacityProperty: true, visibilityProperty: true})
    || box.width < 1 || box.left < 0 || box.right > innerWidth;
}).map(link => link.outerHTML.slice(0, 120))"""
OPEN_ALL = (
    "document.querySelectorAll('header summary, nav summary').forEach(summary => summary.click())"
)


@every_kind
def test_the_whole_menu_is_on_a_phone_without_javascript(kind: str, look: Look) -> None:
    with look.open(look.address(kind), width=PHONE, javascript=False) as visit:
        visit.page.evaluate(OPEN_ALL)
        missing = visit.page.evaluate(UNREACHABLE)
    assert not missing, f"{look.address(kind)}:{lines(missing)}"


@every_kind
def test_dark_comes_from_the_style_sheet_alone(kind: str, look: Look) -> None:
    with look.open(look.address(kind), javascript=False) as visit:
        assert brightness(visit.page) > 0.8, look.address(kind)
        visit.page.emulate_media(color_scheme="dark")
        assert brightness(visit.page) < 0.3, look.address(kind)


# ---- on paper -----------------------------------------------------------------------------------

ON_PAPER = """() => [...document.querySelectorAll('nav, button, input:not([disabled]), select, textarea, .skip')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 1)
  .map(e => e.outerHTML.slice(0, 120))"""


@every_kind
def test_print_is_dark_on_white_without_controls(kind: str, look: Look) -> None:
    with look.open(look.address(kind), scheme="dark") as visit:
        visit.page.emulate_media(media="print")
        controls = visit.page.evaluate(ON_PAPER)
        bright = brightness(visit.page)
    assert not controls, f"{look.address(kind)}:{lines(controls)}"
    assert bright > 0.8, look.address(kind)


# ---- by keyboard --------------------------------------------------------------------------------


@every_kind
def test_the_first_tab_leads_past_the_menu(kind: str, look: Look) -> None:
    with look.open(look.address(kind)) as visit:
        visit.page.keyboard.press("Tab")
        link = visit.page.locator(":focus")
        assert link.is_visible(), look.address(kind)
        assert (box := link.bounding_box())
        assert box["y"] >= 0, f"{look.address(kind)}: the skip link stays off the screen"
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("Tab")
        inside = visit.page.evaluate("!document.activeElement.closest('body > header')")
    assert inside, f"{look.address(kind)}: the skip link leads nowhere"


LIGHT_AND_DARK = [("light", "dark"), ("dark", "light")]


@pytest.mark.parametrize("press", ["mouse", "Enter", "Space"])
@pytest.mark.parametrize(("preferred", "other"), LIGHT_AND_DARK)
def test_the_visitor_may_choose_the_other_scheme(
    press: str, preferred: Scheme, other: Scheme, look: Look
) -> None:
    with look.open("/", scheme=preferred) as visit:
        button = visit.page.locator("header").get_by_role("button")
        label = button.get_attribute("aria-label")
        if press == "mouse":
            button.click()
        else:
            button.press(press)
        assert (brightness(visit.page) > 0.5) == (other == "light")
        assert button.get_attribute("aria-label") != label, (
            "the button names what it did, not what it does"
        )
        visit.page.goto(visit.site + look.address("cv"))
        assert (brightness(visit.page) > 0.5) == (other == "light"), (
            "the choice is forgotten on the next page"
        )


@pytest.mark.parametrize("press", ["mouse", "Enter", "Space"])
@pytest.mark.parametrize("kind", ["paper", "publications"])
def test_an_entry_can_be_copied(kind: str, press: str, look: Look) -> None:
    with look.open(look.address(kind)) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate(UNFOLD)
        listing = page.locator("pre", has_text="@").first
        button = listing.locator("xpath=..").get_by_role("button")
        if press == "mouse":
            button.click()
        else:
            button.press(press)
        expect(page.get_by_role("status").filter(has_text=re.compile(r"\w"))).to_have_count(1)
        assert page.evaluate("navigator.clipboard.readText()") == listing.text_content()
