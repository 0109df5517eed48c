"""A finished PDF as tests look at it: its words, links, tags and fonts."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pikepdf

from tests.pdf_rules import elements


def words(pdf: Path) -> str:
    """Its text as poppler reads it, in reading order, without the lines at the foot of pages."""
    return " ".join(" ".join(line for page in lines_of_pages(pdf) for line in page).split())


def lines_of_pages(pdf: Path) -> list[list[str]]:
    """The lines of each page."""
    made = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True)
    pages = made.stdout.decode().split("\f")
    return [[line for line in page.splitlines() if not FOOT.search(line)] for page in pages]


FOOT = re.compile(r" · .*\d\s*/\s*\d+$")


def links(pdf: Path) -> set[str]:
    """The addresses that it leads to."""
    with pikepdf.open(pdf) as opened:
        notes = [note for page in opened.pages for note in page.get("/Annots", [])]
        return {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}


def facts(pdf: Path) -> dict[str, Any]:
    """What it says of itself to machines."""
    with pikepdf.open(pdf) as opened:
        root, meta = opened.Root, opened.open_metadata()
        fonts = [f for page in opened.pages for f in page.Resources.get("/Font", {}).values()]
        return {
            "tagged": bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root,
            "language": str(root.Lang), "title": meta.get("dc:title"), "author": meta.get("dc:creator"),
            "ua": meta.get("pdfuaid:part"), "a": meta.get("pdfaid:part"), "pages": len(opened.pages),
            "box": [float(n) for n in opened.pages[0].MediaBox],
            "embedded": all(_embedded(font) for font in fonts), "fonts": len(fonts),
        }  # fmt: skip


def spoken(pdf: Path) -> list[str]:
    """What stands in the place of formulas for those who listen, in reading order."""
    with pikepdf.open(pdf) as opened:
        tree = elements(opened.Root.StructTreeRoot.get("/K"))
        return [str(node.Alt) for node in tree if "/Alt" in node]


def _embedded(font: Any) -> bool:
    descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    if str(descendant.Subtype) == "/Type3":
        return True
    return any(
        key in descendant.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def overhanging(pdf: Path) -> list[str]:
    """Words that stand beyond the margins of their page."""
    width = float(re.findall(r'<page width="([\d.]+)"', _boxes(pdf))[0])
    return [word for left, right, word in spans(pdf) if left < 40 or right > width - 40]


def places(pdf: Path) -> list[tuple[float, str]]:
    """Every word, and how far from the left it begins."""
    return [(left, word) for left, _, word in spans(pdf)]


def spans(pdf: Path) -> list[tuple[float, float, str]]:
    """Every word, and how far from the left it begins and ends."""
    found = re.findall(r'xMin="([\d.-]+)"[^>]*xMax="([\d.-]+)"[^>]*>([^<]*)<', _boxes(pdf))
    return [(float(left), float(right), word) for left, right, word in found]


def _boxes(pdf: Path) -> str:
    made = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True)
    return made.stdout.decode()


def bare(text: str) -> str:
    """A text without blanks, case and typographic form, so that two settings of it are equal."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", plain)


def unsaid(these: str, there: str) -> list[str]:
    """The words of one text that the other does not hold."""
    whole = bare(there)
    return [word for word in these.split() if bare(word) not in whole]


def has_cjk_font() -> bool:
    """Whether this machine has a font for Chinese."""
    import typst

    return any("CJK" in f or "Hei" in f or "Song" in f for f in typst.Fonts().families())
