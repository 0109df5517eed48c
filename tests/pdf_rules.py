"""What of PDF/UA-1 and PDF/A-2a can be seen in a file without setting it: a list of what is amiss.

Source: ISO 14289-1:2014 and ISO 19005-2:2011, by clause; the rest is for a validator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf

_STANDARD = frozenset({
    "Document", "Part", "Art", "Sect", "Div", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody",
    "Table", "TR", "TH", "TD", "Span", "Quote", "Link", "Figure", "Formula", "Code", "Note", "Reference", "Caption",
})  # fmt: skip
"""Structure types that a CV may bear and every reader knows."""


def amiss(pdf: Path) -> list[str]:
    """Every rule that the file breaks, each with its clause."""
    with pikepdf.open(pdf) as opened:
        return [*_of_document(opened), *_of_metadata(opened), *_of_structure(opened),
                *_of_pages(opened), *_of_fonts(opened)]  # fmt: skip


def _of_document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked") or root.MarkInfo.get("/Suspects"):
        yield "UA 7.1: not marked as tagged, or suspect"
    if not str(root.get("/Lang", "")):
        yield "UA 7.2: no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "UA 7.1: the title is not shown"
    if pdf.is_encrypted or "/ID" not in pdf.trailer:
        yield "A 6.1.3: encrypted, or without an identifier"
    if not any(
        str(i.S) == "/GTS_PDFA1" and "/DestOutputProfile" in i
        for i in root.get("/OutputIntents", [])
    ):
        yield "A 6.2.3: no colour profile"  # fmt: skip
    if {"/OpenAction", "/AA", "/Perms"} & set(root.keys()) or "/JavaScript" in root.get(
        "/Names", {}
    ):
        yield "A 6.5: it does something when it is opened"


def _of_metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    meta = pdf.open_metadata()
    claims = [meta.get(f"{name}") for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")]
    pairs = {
        "/Title": meta.get("dc:title"), "/Author": "; ".join(meta.get("dc:creator") or ()),
        "/Subject": meta.get("dc:description"), "/Creator": meta.get("xmp:CreatorTool"),
    }  # fmt: skip
    if claims != ["1", "2", "A"]:
        yield f"UA 5, A 6.6.4: it claims {claims}"
    for key, said in pairs.items():
        if key in pdf.docinfo and str(pdf.docinfo[key]) != said:
            yield f"A 6.6.3: {key} is {pdf.docinfo[key]} here and {said} there"
    if not pairs["/Title"]:
        yield "UA 7.1: no title"


def _of_structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        yield "UA 7.1: no structure"
        return
    roles = {str(k): str(v) for k, v in tree.get("/RoleMap", {}).items()}
    level = 0
    for node in elements(tree):
        kind = roles.get(str(node.S), str(node.S)).removeprefix("/")
        if kind not in _STANDARD:
            yield f"UA 7.1: {kind} is no structure that readers know"
        if kind in ("Figure", "Formula") and not str(node.get("/Alt", "")):
            yield f"UA 7.3, 7.7: a {kind} without words"
        if kind[:1] == "H" and kind[1:].isdigit():
            if int(kind[1:]) > level + 1:
                yield f"UA 7.4.2: {kind} follows level {level}"
            level = int(kind[1:])


def elements(node: Any) -> Iterator[Any]:
    """The elements of the structure in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from elements(node.get("/K"))


def _of_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        notes: Iterable[Any] = page.get("/Annots", [])
        if notes and str(page.get("/Tabs")) != "/S":
            yield f"UA 7.18.3: page {number} has no order of tabs"
        for note in notes:
            if "/StructParent" not in note or not str(note.get("/Contents", "")):
                yield f"UA 7.18.5: a link on page {number} that is not in the structure, or has no words"
            if not int(note.get("/F", 0)) & 4 or int(note.F) & 3:
                yield f"A 6.3.2: a link on page {number} that is not printed"
        if not all(_marked(page)):
            yield f"UA 7.1: page {number} shows something that is neither tagged nor an artifact"


_SHOWS = frozenset(
    {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}
)


def _marked(page: Any) -> Iterator[bool]:
    """Of each operator that shows something, whether it stands within marked content."""
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        if name in _SHOWS:
            yield depth > 0


_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}


def _of_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        fonts: Any = page.Resources.get("/Font", {})
        for name, font in fonts.items():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            files = set(inner.FontDescriptor.keys()) if "/FontDescriptor" in inner else set()
            if str(inner.Subtype) != "/Type3" and not files & _FILES:
                yield f"UA 7.21, A 6.2.11.4: the font {name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"A 6.2.11.7: the letters of {name} have no meaning"
