"""Pictures for link previews: made of plain data, once, in fonts that have every sign."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from builder.cards import ACCENT, CARD, HEIGHT, WIDTH
from builder.making import Product, Workshop
from builder.outputs.cards import SETTABLE
from builder.templates import theme_folder
from tests.conftest import MakeSite
from tests.sites import Site, make_site, one

SHOP = Workshop((theme_folder("layouts"),))
SAID = {
    "title": "Idealtheorie in Ringbereichen", "people": "Emmy Noether", "place": "Math. Ann.", "when": "1921",
    "site": "A site", "accent": "#1f5561",
}  # fmt: skip
SETTINGS = "title: A site\nurl: https://example.org/repo\ntheme: {cards: true, accent: '#1f5561'}\n"
FILES: dict[str, str | bytes] = {
    "site.yaml": SETTINGS,
    "content/p.bib": "@article{a, title={Rings}, author={Noether, Emmy}, year=1921}\n"
    "@article{zh, title={李明的理想论}, author={李, 明}, year=2020}\n",
    "content/x.md": "---\ntitle: X\n---\nWords.\n",
    "content/own.md": "---\ntitle: Own\nimage: own.png\n---\nWords.\n",
    "content/own.png": b"x",
    "content/posts/2024-01-02-p.md": "---\ntitle: P\npermalink: /old/p.html\n---\nText.\n",
}


def drawn(**changes: str) -> Product:
    return CARD.make(json.dumps(SAID | changes).encode(), SHOP)


def picture(product: Product) -> Image.Image:
    return Image.open(io.BytesIO(product.data))


def preview(site: Site, path: str) -> str:
    return str(one(site.page(path), "meta[property='og:image']").attributes["content"])


def test_a_card_is_of_the_size_that_previews_show_and_small() -> None:
    product = drawn()
    assert picture(product).size == (WIDTH, HEIGHT)
    assert picture(product).convert("RGB").getpixel((100, 80)) == (0x1F, 0x55, 0x61)
    assert len(product.data) < 40_000
    assert not product.complaints
    assert drawn().data == product.data


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "word " * 200}, {"title": "x" * 300}, {"people": "A B, " * 200}, {"place": "venue " * 60},
        {"title": "理想论" * 60}, {"people": "", "place": "", "site": "", "when": ""}, {"site": "long " * 10},
    ],
)  # fmt: skip
def test_nothing_leaves_the_card(changes: dict[str, str]) -> None:
    """The margins stay empty, whatever is said; the accent's bar stands within them."""
    image = Image.frombytes("L", (WIDTH, HEIGHT), picture(drawn(**changes)).tobytes())
    for edge in (
        (0, 0, 60, HEIGHT),
        (WIDTH - 60, 0, WIDTH, HEIGHT),
        (0, HEIGHT - 40, WIDTH, HEIGHT),
    ):
        assert image.crop(edge).getextrema() == (255, 255), (changes, edge)
    assert image.getpixel((100, 80)) == ACCENT


def test_what_no_font_shows_is_told() -> None:
    (complaint,) = drawn(title="李明").complaints
    assert complaint.kind == "no-font"
    assert "李" in complaint.message


def test_the_signs_that_are_taken_for_settable_are_in_the_fonts() -> None:
    signs = [chr(n) for n in range(0x21, 0x2300) if SETTABLE().fullmatch(chr(n))]
    assert len(signs) > 700
    for field in ("title", "place"):  # upright and slanted
        assert not drawn(**{field: "".join(signs)}).complaints


def test_every_page_that_can_has_one(site: MakeSite) -> None:
    built = site(FILES)
    assert {f for f in built.files if f.endswith("card.png")} == {
        "card.png", "x/card.png", "publications/card.png", "publications/a/card.png", "old/p-card.png",
        "posts/card.png", "archive/card.png",
    }  # fmt: skip
    base = "https://example.org/repo/"
    assert preview(built, "publications/a/index.html") == f"{base}publications/a/card.png"
    assert preview(built, "old/p.html") == f"{base}old/p-card.png"
    assert preview(built, "own/index.html") == f"{base}own.png"
    assert not preview(built, "publications/zh/index.html").endswith("card.png")
    large = one(built.page("x/index.html"), "meta[name='twitter:card']").attributes["content"]
    assert large == "summary_large_image"
    assert {p.kind for p in built.problems} <= {"picture-unreadable"}


def test_none_are_made_unasked(site: MakeSite) -> None:
    built = site(FILES | {"site.yaml": "title: A site\nurl: https://example.org\n"})
    assert not [f for f in built.files if f.endswith("card.png")]


def test_a_card_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path, FILES).build()
    before = {f: (site.out / f).read_bytes() for f in site.files if f.endswith("card.png")}
    site.write({"content/x.md": "---\ntitle: X\n---\nOther words.\n"})
    monkeypatch.setattr("PIL.Image.new", lambda *_: pytest.fail("a card was drawn anew"))
    site.build()
    assert site.report is not None
    assert before == {f: (site.out / f).read_bytes() for f in site.files if f.endswith("card.png")}
