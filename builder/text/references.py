"""Link targets that stay portable: what is relative to a file becomes relative to `content/`.

A body is rendered without knowing the site, so that it can be cached by its text alone. Each
relative target is therefore written as `source:` and the path from `content/`; whoever knows the
addresses of the site puts them in its place.

The path is percent-encoded as in a URL and holds no quote, space or `<`: split off `?` and `#`,
then unquote it, and it names a file.

Private-use characters around digits (U+E000 12 U+E001, with U+E004 before the last where the HTML
is a block) are tokens for finished HTML that is put back later; they pass through everything here
as they are.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote

HELD = re.compile("(\ue000\\d+\ue004?\ue001)")
"""A token that stands for finished HTML."""
HELD_BLOCK = re.compile("(\ue000\\d+\ue004\ue001)")
"""One that stands for HTML which no paragraph can hold."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENDS = re.compile(r"[?#]")
_UNSAFE = re.compile(r"[^\w!#$&'()*+,\-./:;=?@\[\]~%]|%(?![0-9A-Fa-f]{2})", re.ASCII)


def source_reference(href: str, folder: str) -> str:
    """`b.md` in the folder `talks` as `source:talks/b.md`; what is not relative, percent-encoded.

    `folder` is relative to `content/`, empty for content itself. Query and fragment stay. A path
    that climbs out of content keeps its dots (`source:../x`), for the caller to refuse.
    """
    if not is_relative(href):
        return encoded(href)
    split = _ENDS.search(href)
    path, rest = (href[: split.start()], href[split.start() :]) if split else (href, "")
    joined = posixpath.normpath(posixpath.join(folder, path.replace("\\", "/")))
    slash = "/" if path.endswith(("/", "/.", "/..")) or path in (".", "..") else ""
    return "source:" + _canonical(joined) + slash + encoded(rest)


def is_relative(href: str) -> bool:
    """Whether a target is a path from the file that holds it."""
    return (
        not href.startswith(("/", "#", "?", "\\", "\ue000")) and not has_scheme(href) and href != ""
    )


def has_scheme(href: str) -> bool:
    """Whether a target begins with `https:` or the like."""
    return _SCHEME.match(href) is not None


def encoded(url: str) -> str:
    """The URL with what may not stand in one percent-encoded, escapes and tokens as they are."""
    if not _UNSAFE.search(url):
        return url
    parts = HELD.split(url)
    parts[::2] = [
        _UNSAFE.sub(lambda c: quote(c[0], safe="", errors="replace"), p) for p in parts[::2]
    ]
    return "".join(parts)


def _canonical(path: str) -> str:
    parts = HELD.split(path)
    parts[::2] = [
        quote(unquote(part), safe="/!$&()*+,;=:@~", errors="replace") for part in parts[::2]
    ]
    return "".join(parts)
