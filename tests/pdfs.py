"""A finished PDF as tests look at it: its words, links, tags and fonts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pikepdf


def words(pdf: Path) -> str:
    """Its text as poppler reads it, in reading order, without the lines at the foot of pages."""
    made = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True)
    pages = made.stdout.decode().split("\f")
    lines = [line for page in pages for line in page.splitlines() if not FOOT.search(line)]
    return " ".join(" ".join(lines).split())


FOOT = re.compile(r"\d+\s*/\s*\d+$")


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


def _embedded(font: Any) -> bool:
    descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    if str(descendant.Subtype) == "/Type3":
        return True
    return any(
        key in descendant.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
