"""Pictures for link previews: title, people and place on the theme's paper, as a PNG of few kilobytes.

Fonts are those of the CV's PDF: the theme's, and what a site puts into its `layouts/cv/fonts/`. Needs the
extra `images` (Pillow).
"""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from builder.making import Complaint, Maker, Product, Workshop

WIDTH, HEIGHT = 1200, 630
"""Pixels: what Open Graph's readers show whole."""
MARGIN, MEASURE = 84, 1032
SIZES = (80, 70, 62, 54, 46, 40)
"""Of the title, in pixels: the largest in which it takes at most `LINES` lines."""
LINES = 4
GROUND, INK, FAINT, RULE = (253, 252, 249), (33, 30, 26), 84, 222
"""Colours of paper and ink, and two shades between them, from 0 for ink to 255 for paper."""
ACCENT = 1
"""The shade that stands for the accent colour."""


def drawn(data: bytes, shop: Workshop) -> Product:
    """A card; `data` is JSON with `title`, `people`, `place`, `when`, `site` and `accent` (`#rrggbb`)."""
    from PIL import Image, ImageDraw

    said: dict[str, str] = json.loads(data)
    fonts, lacking = _fonts(shop, "".join(said.values()))
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    _draw(pen, said, fonts)
    image = Image.frombytes("P", image.size, image.tobytes())
    image.putpalette(_palette(said["accent"]))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return Product(data=out.getvalue(), complaints=tuple(_no_font(lacking)) if lacking else ())


def _draw(pen: Any, said: dict[str, str], fonts: Any) -> None:
    pen.rectangle((MARGIN, 78, MARGIN + 250, 85), fill=ACCENT)
    pen.rectangle((MARGIN + 250, 80, WIDTH - MARGIN, 81), fill=RULE)
    y = 126
    title, lines = _title(said["title"], fonts)
    for line in lines:
        pen.text((MARGIN, y), line, font=title, fill=2)
        y += round(title.size * 1.2)
    people = fonts("Regular", 34)
    for line in _lines(said["people"], people, 2):
        pen.text((MARGIN, y + 22), line, font=people, fill=2)
        y += 48
    small = fonts("Regular", 28)
    width = small.getlength(said["site"])
    pen.text((WIDTH - MARGIN - width, 540), said["site"], font=small, fill=FAINT)
    place, when = fonts("Italic", 28), said["when"]
    when = f", {when}" if when and said["place"] else when
    room = MEASURE - width - 60 - place.getlength(when)
    pen.text((MARGIN, 540), _cut(said["place"], place, room) + when, font=place, fill=FAINT)


def _title(text: str, fonts: Any) -> tuple[Any, list[str]]:
    for size in SIZES:
        font = fonts("Regular", size)
        lines = _lines(text, font, 99)
        if len(lines) * size * 1.2 <= 300 and len(lines) <= LINES:
            return font, lines
    return font, _lines(text, font, LINES + 2)


def _lines(text: str, font: Any, most: int) -> list[str]:
    """The text in lines of the measure, broken at blanks and between Chinese characters."""
    lines, line = [], ""
    for word in _pieces(text, font):
        if line and font.getlength((line + word).rstrip()) > MEASURE:
            lines.append(line.rstrip())
            line = ""
        line += word
    lines.append(line.rstrip())
    if len(lines) > most:
        lines[most - 1] = _cut(lines[most - 1] + " " + lines[most], font, MEASURE)
    return [line for line in lines[:most] if line]


def _pieces(text: str, font: Any) -> Iterator[str]:
    for word in text.split():
        if any("\u2e80" <= c <= "\uffef" for c in word) or font.getlength(word) > MEASURE:
            yield from word
            yield " "
        else:
            yield word + " "


def _cut(text: str, font: Any, room: float) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text.rstrip(" ,;:.") + "…"


def _palette(accent: str) -> list[int]:
    """256 colours from ink to paper, the accent at its place."""
    shades = [
        [round(ink + (ground - ink) * n / 255) for ink, ground in zip(INK, GROUND, strict=True)]
        for n in range(256)
    ]
    shades[ACCENT] = [int(accent[n : n + 2], 16) for n in (1, 3, 5)]
    return [value for shade in shades for value in shade]


# ---- fonts --------------------------------------------------------------------------------------


def _fonts(shop: Workshop, text: str) -> tuple[Any, str]:
    """A function from style and size to a font that has every sign of `text`; and the signs that none has.

    The theme's face comes first; a site's own fonts are asked for what it lacks.
    """
    from PIL import ImageFont

    own = [f for folder in shop.layouts[:-1] for f in _files(folder)]
    best, lacking = "", set(text)
    for file in ("", *map(str, own)):
        without = _lacking(text, file or str(_theme(shop, "Regular")))
        if len(without) < len(lacking) or (not best and not file):
            best, lacking = file, without

    def font(style: str, size: int) -> Any:
        face = best or str(_theme(shop, style))
        return ImageFont.truetype(face, size, layout_engine=ImageFont.Layout.BASIC)

    return font, "".join(sorted(lacking))


def _theme(shop: Workshop, style: str) -> Path:
    return shop.layouts[-1] / "cv" / "fonts" / f"FiraSans-{style}.ttf"


def _files(folder: Path) -> list[Path]:
    fonts = (folder / "cv" / "fonts").glob("*")
    return sorted(f for f in fonts if f.suffix.lower() in (".ttf", ".otf", ".ttc"))


def _lacking(text: str, file: str) -> set[str]:
    from PIL import ImageFont

    font = ImageFont.truetype(file, 20, layout_engine=ImageFont.Layout.BASIC)
    nothing = bytes(font.getmask("\uffff"))
    signs = {c for c in text if not c.isascii() and not c.isspace()}
    return {sign for sign in signs if bytes(font.getmask(sign)) == nothing}


def _no_font(lacking: str) -> Iterator[Complaint]:
    yield Complaint(
        kind="no-font", message=f"no font here shows {lacking[:20]!r}; the picture for link previews has empty places",
        hint="put a font file that has them into layouts/cv/fonts/, or write theme: {cards: false}",
    )  # fmt: skip


def _tools(shop: Workshop) -> bytes:
    spec = importlib.util.find_spec("PIL")
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    version = folder / "_version.py"
    digest = blake2b(version.read_bytes() if version.is_file() else b"", digest_size=16)
    digest.update(Path(__file__).read_bytes())
    for file in (f for layouts in shop.layouts for f in _files(layouts)):
        digest.update(f"{file}\0{file.stat().st_size}".encode())
    return digest.digest()


CARD = Maker(drawn, _tools)
