"""A citation style of the author's own: a `.csl` file in `layouts/`, as Zotero's repository has ten thousand of them.

What is amiss with such a file is told where it is named, before a line is written with it.
Source: Citation Style Language 1.0.2, "Styles": `independent-parent`, `category`, `bibliography`.
"""

from __future__ import annotations

import importlib.util
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder.problems import Place, Problems

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ENDING = ".csl"
FOLDER = "layouts"
_NS = "{http://purl.org/net/xbiblio/csl}"
_SIGN = "csl"


class CslStyle(msgspec.Struct, frozen=True):
    """What a style is known by once its file has been looked at."""

    file: Path
    digest: str
    """Of the file, so that whatever is written in the style is written again when it changes."""
    numbered: bool
    """Whether its lists count."""
    locale: str = ""
    """The language that it names for itself, as `en-GB`; empty for one that follows the site's."""

    @property
    def name(self) -> str:
        """Itself as a word that a setting can hold."""
        kind = "numeric" if self.numbered else "text"
        return f"{_SIGN}:{kind}:{self.locale}:{self.digest}:{self.file}"


def is_numbered(name: str) -> bool:
    """Whether the name is that of a file whose lists count."""
    return name.startswith(f"{_SIGN}:numeric:")


def style_named(name: str) -> CslStyle | None:
    """The style that a name means; None for the names of our own styles."""
    if not name.startswith(f"{_SIGN}:"):
        return None
    _, kind, locale, digest, file = name.split(":", 4)
    return CslStyle(Path(file), digest, kind == "numeric", locale)


def found_style(typed: str, root: Path, place: Place | None, problems: Problems) -> str:
    """The name of the style in the file that site.yaml names; empty, and told, if it cannot be used."""
    path = f"{FOLDER}/{typed.removeprefix(FOLDER + '/')}"
    file = root / path
    if not file.is_file() or ".." in Path(typed).parts:
        problems.warning(
            "missing-file", f"there is no citation style {path!r}, and the default stands", place,
            "put the .csl file there; zotero.org/styles has them, and of our own there are apa, mla, chicago and ieee",
        )  # fmt: skip
        return ""
    if importlib.util.find_spec("citeproc") is None:
        problems.warning(
            "extra-missing", f"{path} needs the extra csl, which is not installed; the default style stands",
            place, "pip install 'scholar-folio[csl]', also where the site is published",
        )  # fmt: skip
        return ""
    data = file.read_bytes()
    element = _parsed(data, path, problems)
    if element is None or not _usable(element, path, problems):
        return ""
    digest = blake2b(data, digest_size=8).hexdigest()
    formats = [c.get("citation-format") for c in element.iter(f"{_NS}category")]
    numbered = "numeric" in formats or "label" in formats
    locale = element.get("default-locale", "")
    return CslStyle(
        file.resolve(), digest, numbered, locale if locale.isascii() and ":" not in locale else ""
    ).name


def _parsed(data: bytes, path: str, problems: Problems) -> Element | None:
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ParseError("it declares entities, which no style does")
        return fromstring(data)
    except (ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (1, 0))
        problems.warning(
            "csl-syntax", f"this citation style is no XML that can be read: {error}; the default stands",
            Place(path, line, column + 1), "download it again; a page that shows it is not the file",
        )  # fmt: skip
        return None


def _usable(style: Element, path: str, problems: Problems) -> bool:
    """Whether it says how a list is written; one that only points to another does not."""
    if style.find(f"{_NS}bibliography") is not None:
        return True
    links = {link.get("rel"): link.get("href", "") for link in style.iter(f"{_NS}link")}
    parent = links.get("independent-parent", "").rpartition("/")[2]
    what = f"only says that it is written as {parent}" if parent else "says nothing of a list"
    problems.warning(
        "csl-unusable", f"this citation style {what}; the default stands", Place(path, 1),
        f"take {parent}.csl instead, from zotero.org/styles" if parent
        else "choose a style that has a bibliography",
    )  # fmt: skip
    return False
