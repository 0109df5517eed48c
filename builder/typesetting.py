"""PDFs out of data and a design, through typst: the same input gives the same bytes.

A design is `layouts/cv/<name>.typ`, the site's own or the theme's; `kit.typ` beside it reads the
data. Fonts come with typst and the theme; those of the system are asked only for what they lack.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from builder.making import Complaint, Maker, Product, Workshop
from builder.problems import Place, did_you_mean
from builder.text.typst_writer import with_formulas

STANDARDS = ["ua-1", "a-2a"]
"""Tagged for those who listen, and whole for archives."""
_EAST_ASIA = "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
_BEYOND = f"[\u0530-\u1dff\ua800-\uabff\ufb13-\ufdff\ufe70-\ufeff]|{_EAST_ASIA}"
"""Scripts that the design's own fonts lack, or have no fine letters of: compiled on first use."""
_LACKING = re.compile(r"the text `\"(.*?)\"`\s+could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_PAGE = re.compile(rb"/Type\s*/Page\b")


def typeset(data: bytes, shop: Workshop) -> Product:
    """A CV as PDF; `data` is the JSON that `layouts/cv/kit.typ` reads.

    What the design lacks or no font can show is complained of, and the PDF is made without it.
    """
    document = with_formulas(json.loads(data))
    files = _files(shop)
    complaints = []
    design = f"{document['design']}.typ"
    if design not in files:
        complaints.append(_no_design(document["design"], files))
        design = "classic.typ"
    try:
        pdf, lacking, broken = _compiled(
            {**files, "main.typ": files[design]},
            json.dumps(document, ensure_ascii=False),
            document["language"],
            shop,
        )
    except Exception as error:  # a design may fail in any way
        return Product(data=b"", complaints=(_failed(design, error, shop),), lasting=False)
    complaints += [_no_font(text) for text in lacking]
    complaints += [_no_standard(design, broken)] if broken else []
    pages, limit = len(_PAGE.findall(pdf)), document["pages"]
    if limit and pages > limit:
        complaints.append(_too_long(pages, limit))
    extent = f"{pages} page" + ("" if pages == 1 else "s")
    return Product(data=pdf, extent=extent, complaints=tuple(complaints), lasting=not lacking)


def _files(shop: Workshop) -> dict[str, bytes]:
    """The designs and what they share, by name; a site's own take the place of the theme's."""
    folders = (folder / "cv" for folder in reversed(shop.layouts))
    return {f.name: f.read_bytes() for folder in folders for f in sorted(folder.glob("*.typ"))}


# ---- typst --------------------------------------------------------------------------------------


def _compiled(
    files: dict[str, bytes], data: str, language: str, shop: Workshop
) -> tuple[bytes, tuple[str, ...], str]:
    """The PDF, the texts that no font shows, and why else it is without the mark of its standards.

    First with the fonts that are always there; the system's are looked through when those do not
    suffice; what even they lack leaves the PDF without the mark of its standards.
    """
    import typst

    lacking: tuple[str, ...] = ()
    for system in (False, True):
        if not system and re.search(_BEYOND, data):
            continue
        fonts = typst.Fonts(include_system_fonts=system, font_paths=_font_folders(shop))
        given = {"data": data, "fonts": json.dumps(_faces(fonts, language, shop))}
        compiler = typst.Compiler(font_paths=fonts, sys_inputs=given)
        try:
            return _pdf(compiler, files, STANDARDS), (), ""
        except typst.TypstError as error:
            told = dict.fromkeys(_LACKING.findall(str(error.diagnostic)))
            lacking = tuple(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) for text in told)
            if not lacking:
                return _pdf(compiler, files, []), (), str(error.message)
    return _pdf(compiler, files, []), lacking, ""


def _pdf(compiler: Any, files: dict[str, bytes], standards: list[str]) -> bytes:
    made = compiler.compile(files, format="pdf", timestamp=0, pdf_standards=standards)
    assert isinstance(made, bytes)
    return made


def _font_folders(shop: Workshop) -> list[str]:
    folders = (folder / "cv" / "fonts" for folder in shop.layouts)
    return [str(folder) for folder in folders if folder.is_dir()]


_FACES = re.compile(
    r"(?:Noto|Source Han) (?:Serif|Sans|Naskh)\b(?!.*Mono).*|Amiri|Scheherazade.*|Geeza Pro|Al Nile|Arial|Times New Roman|PingFang \w+|"
    r"Songti \w+|STSong|Hiragino \w+ \w+|Apple SD Gothic Neo|AppleMyungjo|SimSun|Microsoft \w+|Yu (?:Mincho|Gothic)|MS P?Mincho|"
    r"Batang|Malgun Gothic|WenQuanYi .+|AR PL .+|Droid Sans Fallback|FreeSerif|DejaVu (?:Sans|Serif)"
)
_REGIONS = {"zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh": "SC", "ja": "JP", "ko": "KR"}
_OTHER_REGION = re.compile(r" (?:SC|TC|HK|JP|KR)$")


def _faces(fonts: Any, language: str, shop: Workshop) -> list[str]:
    """Families for what a design's own lack: the site's, then those of the system that are made for
    reading; of several for East Asia, those for the site's language.
    """
    own = [str(folder / "cv" / "fonts") for folder in shop.layouts[:-1]]
    mine = (
        {f.family for f in fonts.fonts() if f.path and f.path.startswith(tuple(own))}
        if own
        else set()
    )
    code = language.lower()
    region = next((r for prefix, r in _REGIONS.items() if code.startswith(prefix)), "SC")
    known = [f for f in fonts.families() if f not in mine and _FACES.fullmatch(f)]
    suited = [f for f in known if f.endswith(f" {region}") or not _OTHER_REGION.search(f)]
    suited.sort(key=lambda f: (f.startswith("DejaVu"), not f.endswith(f" {region}"), f))
    return [*sorted(mine), *suited, *(["Noto Emoji"] if "Noto Emoji" in fonts.families() else [])]


# ---- complaints -----------------------------------------------------------------------------------


def _no_design(name: str, files: Iterable[str]) -> Complaint:
    known = sorted(f.removesuffix(".typ") for f in files if f != "kit.typ")
    return Complaint(
        kind="unknown-design", message=f"there is no design {name!r}; the CV is set in classic",
        hint=did_you_mean(name, known) or f"there are {', '.join(known)}; yours goes to layouts/cv/{name}.typ",
        option="design",
    )  # fmt: skip


def _no_font(text: str) -> Complaint:
    code = " ".join(f"U+{ord(c):04X}" for c in text[:4])
    hint = "install a font that has it"
    if re.search(_EAST_ASIA, text):
        hint = "install one for the scripts of East Asia, such as Debian's fonts-noto-cjk"
    return Complaint(
        kind="no-font", message=f"no font here shows {text!r} ({code}); the PDF has an empty place for it",
        hint=f"{hint}, or put its file into layouts/cv/fonts/", about=text,
    )  # fmt: skip


def _no_standard(design: str, why: str) -> Complaint:
    return Complaint(
        kind="no-standard", message=f"this PDF is not marked as accessible and whole: {why}",
        hint=f"mend layouts/cv/{design}, or take a design of the theme",
    )  # fmt: skip


def _too_long(pages: int, limit: int) -> Complaint:
    return Complaint(
        kind="too-many-pages", message=f"this CV has {pages} pages, and is to have {limit} at the most",
        hint="choose less: sections, last_years, top, selected or highlights", option="pages",
    )  # fmt: skip


def _failed(design: str, error: Exception, shop: Workshop) -> Complaint:
    told = str(getattr(error, "message", "") or error)
    found = _LINE.search(str(getattr(error, "diagnostic", "")))
    file = design if not found or found[1] == "main.typ" else found[1]
    own = len(shop.layouts) > 1 and (shop.layouts[0] / "cv" / file).is_file()
    return Complaint(
        severity="error", kind="design-fails", message=f"this design of the CV cannot be typeset: {told}",
        place=Place(f"{'layouts' if own else 'theme'}/cv/{file}", int(found[2]) if found else 0),
    )  # fmt: skip


_LINE = re.compile(r"([\w.-]+\.typ):(\d+)")


# ---- what it is made with -------------------------------------------------------------------------


def tools(shop: Workshop) -> bytes:
    """A digest of the designs, the site's own fonts, and the typst that is installed."""
    digest = blake2b(digest_size=16)
    for folder in shop.layouts:
        for file in _sources(folder / "cv"):
            digest.update(f"\0{file.name}\0".encode())
            digest.update(blake2b(file.read_bytes(), digest_size=16).digest())
    spec = importlib.util.find_spec("typst")
    if spec and spec.origin:
        stats = (entry.stat() for entry in os.scandir(Path(spec.origin).parent) if entry.is_file())
        digest.update(repr(sorted((s.st_size, s.st_mtime_ns) for s in stats)).encode())
    return digest.digest()


def _sources(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.typ"))
    yield from sorted(
        f for f in folder.glob("fonts/*") if f.suffix.lower() in (".ttf", ".otf", ".ttc", ".otc")
    )


TYPST = Maker(typeset, tools)
