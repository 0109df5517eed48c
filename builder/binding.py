"""Addresses in finished pages: the one place where the base path is put before them.

Layouts and sources write addresses of this site from its root (`/cv/`), or name a source file
beside them, which Markdown turns into a `source:` reference. `Binder.bind` reads every address
in a finished page, resolves references, puts the base path before it, and keeps what it met, so
that `links.py` can tell what leads to nothing and what is shown nowhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from builder.images import Images
from builder.model.addresses import output_path

SOURCE = "source:"
"""Scheme of a reference to a file in `content/`, relative to it."""

Ref = tuple[str, str, str]
"""A link within the site: path of the output, fragment, address as it was written."""

Dead = tuple[str, str]
"""A link that leads to nothing: address as the page holds it, what is missing."""


class Bound(NamedTuple):
    """What one page links to and what may be linked to in it."""

    html: str
    refs: tuple[Ref, ...]
    dead: tuple[Dead, ...]
    ids: frozenset[str]
    used: frozenset[str]
    """Outputs that exist only because this page uses them: images in other sizes."""


_ATTRIBUTE = re.compile(
    r"""(?P<before>\s(?P<name>[^\s=>"']+)\s*=\s*)"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
)
"""One attribute after the other, so that what a value holds is never taken for one."""
_LEADS = ("href", "src", "srcset", "poster", "data", "action")
_ADDRESSES = frozenset({*_LEADS, "content"})
_TAG = re.compile(
    r"(<[a-zA-Z][\w-]*+(?=\s)(?:(?: [\w:-]++=\"[^\"]*+\")++>|"  # as nearly all are written, or any
    r"(?:\s++[^\s=>]++(?:\s*+=\s*+(?:\"[^\"]*+\"(?=[\s/>])|'[^']*+'(?=[\s/>])|[^\s>]++))?+)++\s*+/?>))"
)
"""A tag that has attributes."""
_OF_USE = re.compile(rf"[\s;](?:{'|'.join(_LEADS)}|id|url)\s*=", re.IGNORECASE)
"""What leads somewhere, or can be led to. What begins with an a may be `<a name>`."""
_IN_FEED = re.compile(r"(\s(?:href|src)=&(?:quot|#34);)((?:(?!&(?:quot|#34);).)*)")
NO_IMAGES = Images({})
_UNFIT = re.compile(r"[\s\"<>^`{|}\\]")
"""What stands in no URL as it is. Source: the URL Standard, https://url.spec.whatwg.org/#path-percent-encode-set"""
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_REFRESH = re.compile(r"(?P<delay>\s*\d+\s*;\s*url=)(?P<url>.*)", re.IGNORECASE)
_VERBATIM = re.compile(
    r"<(?=[sStT!])(?:((?i:script|style|textarea))\b[^>]*>.*?</(?i:\1)\s*>|!--.*?-->)", re.DOTALL
)


class Binder:
    """Resolves addresses against the outputs of a site.

    `addresses` maps the path of a source file within `content/` to the address of its page;
    `paths` holds every output path. Where the addresses of a language begin with `prefix`, an
    address leads to the page in that language, when there is one. `note` is told each target and
    each picture that is looked up.
    """

    def __init__(
        self, base: str, addresses: Mapping[str, str], paths: frozenset[str], images: Images,
        prefix: str = "", language: str = "", note: Callable[[str], None] = lambda key: None,
    ) -> None:  # fmt: skip
        self.base, self.addresses, self.paths, self.images = base, addresses, paths, images
        self.prefix, self.language, self.note = prefix, language, note
        self._found: dict[tuple[str, bool], tuple[str, str] | None] = {}
        self._tags: dict[str, _Tag | None] = {}
        """What came of a tag, where it is the same on every page; None where it stays as it is."""

    def bind(self, html: str, path: str) -> Bound:
        """A finished page with its addresses made final. `path` is its own output path."""
        met: dict[str, _Tag | None] = {}
        bound: list[str] = []
        for part, verbatim in _parted(html):
            pieces = [part] if verbatim else _TAG.split(part)
            for tag in pieces[1::2]:
                if tag not in met:
                    met[tag] = self._tags[tag] if tag in self._tags else self._tag(tag, path)
            pieces[1::2] = [found.text if (found := met[tag]) else tag for tag in pieces[1::2]]
            bound += pieces
        tags = [tag for tag in met.values() if tag]
        for key in dict.fromkeys(key for tag in tags for key in tag.looked_up):
            self.note(key)
        return Bound(
            "".join(bound),
            tuple(dict.fromkeys(ref for tag in tags for ref in tag.refs)),
            tuple(dict.fromkeys(dead for tag in tags for dead in tag.dead)),
            frozenset(name for tag in tags for name in tag.ids),
            frozenset(used for tag in tags for used in tag.used),
        )

    def _tag(self, written: str, path: str) -> _Tag | None:
        """What comes of a tag that this page is the first to hold."""
        if not (written.startswith(("<a", "<A")) or _OF_USE.search(written)):
            self._tags[written] = None
            return None
        tag = _Tag(self, path)
        tag.bind(written)
        if tag.anywhere:
            self._tags[written] = tag
        return tag

    def bind_feed(self, xml: str, path: str, url: str) -> str:
        """A feed with the addresses in it made whole: readers show it far from the site."""
        whole = Binder("", self.addresses, self.paths, NO_IMAGES, self.prefix, self.language)

        def absolute(found: re.Match[str]) -> str:
            tag = _Tag(whole, path)
            final = tag.final(unescape(unescape(found[2])))
            for key in tag.looked_up:
                self.note(key)
            return f"{found[1]}{escape(escape(url + final if final.startswith('/') else final))}"

        return _IN_FEED.sub(absolute, xml)

    def lead(self, target: str, exact: bool = False) -> tuple[str, str] | None:
        """Where a `source:` reference or an address leads: the address from the site's root and
        the output that answers there; None if it is dead.

        A reference may name a source file, the file of an asset, or an address as it would be
        seen from the folder of the source. An `exact` one is of no language but its own.
        """
        if (target, exact) not in self._found:
            self._found[target, exact] = self._lead(target, exact)
        return self._found[target, exact]

    def _lead(self, target: str, exact: bool) -> tuple[str, str] | None:
        inside, tail = _divided(target)
        if target.startswith(SOURCE):
            name = unquote(inside.removeprefix(SOURCE))
            if name in self.addresses:
                inside = self.addresses[name]
            else:
                name = posixpath.normpath(name).lstrip(".") + "/" * name.endswith("/")
                inside = re.sub("//+", "/", "/" + quote(name))
                inside = self._in_language(inside, exact)
        else:
            inside = self._in_language(inside, exact)
        path = self.path_of(_divided(inside)[0])
        return None if path is None else (inside + tail, path)

    def _in_language(self, address: str, exact: bool) -> str:
        own = self.prefix + address
        return own if self.prefix and not exact and self.path_of(own) else address

    def path_of(self, address: str) -> str | None:
        """The output that a web server gives for an address; None when there is none."""
        inside = unquote(address).lstrip("/")
        for path in (output_path(address), inside):
            if path in self.paths:
                return path
        folder = posixpath.join(inside, "index.html")
        return folder if folder in self.paths else None


def _divided(target: str) -> tuple[str, str]:
    """An address and what follows it: query and fragment."""
    inside = target.partition("#")[0].partition("?")[0]
    return inside, target[len(inside) :]


def _encoded(found: re.Match[str]) -> str:
    return "%20" if found[0].isspace() else quote(found[0])


def _parted(html: str) -> Iterator[tuple[str, bool]]:
    """A page in parts; True beside those that hold no tags, whatever they look like."""
    position = 0
    for kept in _VERBATIM.finditer(html):
        opening = 0 if kept[0].startswith("<!--") else kept[0].find(">") + 1
        yield html[position : kept.start() + opening], False
        yield kept[0][opening:], True
        position = kept.end()
    yield html[position:], False


class _Tag:
    """One tag with its addresses made final, and what was met in it."""

    __slots__ = (
        "_binder", "_exact", "_path",
        "anywhere", "dead", "ids", "looked_up", "refs", "text", "used",
    )  # fmt: skip

    def __init__(self, binder: Binder, path: str) -> None:
        self._binder, self._path = binder, path
        self.text = ""
        self.refs: list[Ref] = []
        self.dead: list[Dead] = []
        self.ids: list[str] = []
        self.used: list[str] = []
        self.looked_up: list[str] = []
        self.anywhere = True
        """Whether it comes to the same on every page."""
        self._exact = False
        """Whether it says the language of what it leads to."""

    def bind(self, written: str) -> None:
        """Read a tag, and make its addresses final."""
        name = written[1:].split(None, 1)[0].lower()
        typed = [(a["name"].lower(), a) for a in _ATTRIBUTE.finditer(written)]
        given = {key: a["double"] or a["single"] or a["bare"] or "" for key, a in typed}
        for led_to in ("id", "name") if name == "a" else ("id",):
            if given.get(led_to):
                self.ids.append(unescape(given[led_to]))
        self._exact = "hreflang" in given
        bound, end = "", 0
        for key, a in typed:
            if key in _ADDRESSES and (final := self._value(name, key, given[key])) is not None:
                bound += f'{written[end : a.end("before")]}"{final}"'
                end = a.end()
        more = self._image(given) if name == "img" else ""
        closing = -2 if more and written.endswith(('"/>', "'/>", " />")) else -1
        self.text = bound + written[end:closing] + more + written[closing:]

    def _value(self, tag: str, name: str, value: str) -> str | None:
        """What an attribute that may hold addresses comes to; None when it holds none."""
        if name == "content":
            refresh = _REFRESH.fullmatch(value) if tag == "meta" else None
            return refresh and refresh["delay"] + self._final(refresh["url"])
        if name == "srcset":
            return ", ".join(self._candidate(c) for c in value.split(",") if c.strip())
        return self._final(value) if name != "data" or tag == "object" else None

    def _final(self, written: str) -> str:
        """An address as HTML holds it, made final."""
        return escape(self.final(unescape(written)))

    def _candidate(self, text: str) -> str:
        url, _, size = text.strip().partition(" ")
        return f"{self._final(url)} {size}".strip()

    def final(self, target: str) -> str:
        """The address as the page is to hold it, with the base path."""
        target = target.strip()
        if target.startswith("#"):
            self.anywhere = False
            self.refs.append((self._path, unquote(target[1:]), target))
            return target
        if (
            not target
            or target.startswith("//")
            or (_SCHEME.match(target) and not target.startswith(SOURCE))
        ):
            return target
        if not target.startswith(("/", SOURCE)):
            self.anywhere = False
            target = posixpath.normpath(
                posixpath.join("/", posixpath.dirname(self._path), target)
            ) + ("/" if target.endswith("/") else "")
        lead = self._lead(target, self._exact)
        if lead is None:
            self.dead.append((target, "nothing"))
            return self._binder.base + "/" + _divided(target)[0].removeprefix(SOURCE).lstrip("/")
        address, path = lead
        self.refs.append((path, unquote(address.partition("#")[2]), target))
        return self._binder.base + _UNFIT.sub(_encoded, address)

    def _image(self, given: Mapping[str, str]) -> str:
        """Width, height and other sizes of one of the site's own images, where they are lacking."""
        source = given.get("src", "")
        own = source and not _SCHEME.match(source.replace(SOURCE, ""))
        lead = self._lead(unescape(source)) if own else None
        if lead is None:
            return ""
        path = lead[1]
        self.looked_up.append(f"picture {path}")
        added = ""
        size = self._binder.images.size(path)
        if size and "width" not in given:
            added += f' width="{size[0]}" height="{size[1]}"'
        variants = self._binder.images.variants(path) if "srcset" not in given else ()
        if variants and size:
            self.used += (v.path for v in variants)
            candidates = [f"{self._binder.base}/{quote(v.path)} {v.width}w" for v in variants]
            added += f' srcset="{", ".join(candidates)}"'
            if "sizes" not in given:
                added += ' sizes="(min-width: 48rem) 42rem, 92vw"'
        return added

    def _lead(self, target: str, exact: bool = False) -> tuple[str, str] | None:
        self.looked_up.append(f"to {self._binder.language} {int(exact)} {target}")
        return self._binder.lead(target, exact)
