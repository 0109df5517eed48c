"""The theme's own files beside those that an author changed or added: the latter are told, the former not.

`theme_files.txt` holds the beginnings of git's blob ids of includes, layouts and style sheets, of all
versions, that unrelated sites made with academicpages and al-folio have in common.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.importers.jinja import PARTS

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll

_OF_A_THEME = re.compile(
    r"_includes/.*\.(?:html|liquid)|_layouts/.*\.(?:html|liquid)|_sass/.*\.(?:scss|sass|css)|assets/css/.*\.s?css|assets/js/.*\.js"
)
_NOBODYS = re.compile(r"\.min\.|vendor|plugins")


@cache
def _known() -> frozenset[str]:
    file = Path(__file__).with_name("theme_files.txt")
    return frozenset(file.read_text("ascii").split())


def is_theirs(data: bytes) -> bool:
    """Whether a file is one that the theme came with, in some version."""
    data = data.replace(b"\r\n", b"\n")
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    return blob.hexdigest()[:8] in _known()


def tell_changed(jekyll: Jekyll) -> None:
    """Say which files of the theme an author has changed or added, and what stands in their place."""
    for path in jekyll.source.files:
        if not _OF_A_THEME.fullmatch(path) or _NOBODYS.search(path) or path in jekyll.move.into:
            continue
        if is_theirs((jekyll.source.root / path).read_bytes()):
            continue
        if path in jekyll.included:
            words = "an include that is not the theme's own; it is written out where a page uses it"
            jekyll.move.note("approximated", path, words)
        elif path.removeprefix("_includes/") in PARTS:
            jekyll.move.leave(path, "changed by the author; Folio's own part of that name is shown")
        else:
            jekyll.move.leave(path, "changed or added by the author; Folio's theme takes its place")
