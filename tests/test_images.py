"""Pictures: their size on the page so that nothing jumps, other widths so that little is sent."""

from __future__ import annotations

import io
import struct

import pytest

from tests.conftest import MakeSite

Image = pytest.importorskip("PIL.Image", reason="the extra `images` is part of the test setup")


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, form)
    return out.getvalue()


def test_a_large_picture_is_offered_in_several_widths(site: MakeSite) -> None:
    built = site({"content/index.md": "![Alt](images/a b.png)\n".replace("a b", "a%20b"),
                  "content/images/a b.png": picture(1000, 500)})  # fmt: skip
    (img,) = [i for i in built.page("index.html").css("img") if "a%20b" in str(i.attributes["src"])]
    assert (img.attributes["width"], img.attributes["height"]) == ("1000", "500")
    candidates = [c.split() for c in str(img.attributes["srcset"]).split(", ")]
    assert [size for _, size in candidates] == ["160w", "320w", "640w", "960w", "1000w"]
    assert img.attributes["sizes"]
    for url, size in candidates:
        data = (built.out / url.lstrip("/").replace("%20", " ")).read_bytes()
        with Image.open(io.BytesIO(data)) as made:
            assert (made.format, made.width) == ("WEBP", int(size[:-1]))
            assert abs(made.width / made.height - 2) < 0.05


def test_small_and_drawn_pictures_get_their_size_alone(site: MakeSite) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320"></svg>'
    built = site({"content/index.md": "![A](s.png) ![B](d.svg)\n", "content/s.png": picture(120, 90),
                  "content/d.svg": svg})  # fmt: skip
    sizes = {str(i.attributes["src"]): (i.attributes.get("width"), i.attributes.get("height"), "srcset" in i.attributes)
             for i in built.page("index.html").css("img")}  # fmt: skip
    assert sizes["/s.png"] == ("120", "90", False)
    assert sizes["/d.svg"] == ("480", "320", False)


@pytest.mark.parametrize(
    "data", [b"", b"no picture", picture(400, 300)[:60], b"\xff\xd8\xff" + struct.pack(">H", 9)]
)
def test_a_broken_picture_costs_nothing_but_itself(site: MakeSite, data: bytes) -> None:
    built = site({"content/index.md": "![A](x.png)\n", "content/x.png": data})
    assert built.report is not None
    assert "x.png" in built.files


def test_widths_are_not_made_for_pictures_that_no_page_shows(site: MakeSite) -> None:
    built = site({"content/index.md": "Words\n", "content/big.jpg": picture(900, 900, "JPEG")})
    assert not any(f.endswith(".webp") for f in built.files)
    assert "big.jpg" in built.files
