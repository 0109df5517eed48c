"""Addresses in finished pages: the one place where the base path is put before them.

Layouts and sources write addresses of this site from its root (`/cv/`), or name a source file
beside them, which Markdown turns into a `source:` reference. `Binder.bind` reads every address
in a finished page, resolves references, puts the base path before it, and keeps what it met; so
that `check_links` can tell what leads to nothing and what is shown nowhere.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from builder.images import Images
from builder.model.addresses import output_path
from builder.problems import Place, Problems, did_you_mean
from builder.text.slugs import slug

SOURCE = "source:"
"""Scheme of a reference to a file in `content/`, relative to it."""


class Bound(NamedTuple):
    """What one page links to and what may be linked to in it."""

    html: str
    refs: tuple[tuple[str, str, str], ...]
    """(path of the output, fragment, address as it was written) of every link within the site."""
    dead: tuple[tuple[str, str], ...]
    """(address as the page holds it, what is missing), for those that lead to nothing."""
    ids: frozenset[str]
    used: frozenset[str]
    """Outputs that exist only because this page uses them: images in other sizes."""


_ATTRIBUTE = re.compile(
    r"""(?P<before>\s(?P<name>[^\s=>"']+)\s*=\s*)"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
)
"""One attribute after the other, so that what a value holds is never taken for one."""
_ADDRESSES = frozenset({"href", "src", "poster", "data", "action", "srcset", "content"})
_TELLING = re.compile(r"\b(?:href|src|poster|data|action|srcset|content|id|name)\b", re.IGNORECASE)
"""What is worth a closer look at a tag."""
_TAG = re.compile(
    r"<(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>(?:\s+[^\s=>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>"
)
_IN_FEED = re.compile(r"(\s(?:href|src)=&(?:quot|#34);)((?:(?!&(?:quot|#34);).)*)")
NO_IMAGES = Images({})
_BLANK = re.compile(r"\s")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_REFRESH = re.compile(r"(?P<delay>\s*\d+\s*;\s*url=)(?P<url>.*)", re.IGNORECASE)
_VERBATIM = re.compile(
    r"<(script|style|textarea)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
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

    def bind(self, html: str, path: str) -> Bound:
        """A finished page with its addresses made final. `path` is its own output path."""
        page = _Page(self, path)
        bound = page.rewrite(html)
        return Bound(
            bound, tuple(page.refs), tuple(page.dead), frozenset(page.ids), frozenset(page.used)
        )

    def bind_feed(self, xml: str, path: str, url: str) -> str:
        """A feed with the addresses in it made whole: readers show it far from the site."""
        whole = Binder(
            "", self.addresses, self.paths, NO_IMAGES, self.prefix, self.language, self.note
        )

        def absolute(found: re.Match[str]) -> str:
            final = _Page(whole, path).final(unescape(unescape(found[2])))
            return f"{found[1]}{escape(escape(url + final if final.startswith('/') else final))}"

        return _IN_FEED.sub(absolute, xml)

    def lead(self, target: str, exact: bool = False) -> tuple[str, str] | None:
        """Where a `source:` reference or an address leads: the address from the site's root and
        the output that answers there; None if it is dead.

        A reference may name a source file, the file of an asset, or an address as it would be
        seen from the folder of the source. An `exact` one is of no language but its own.
        """
        self.note(f"to {self.language} {int(exact)} {target}")
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
    cut = min((i for i in (target.find("?"), target.find("#")) if i >= 0), default=len(target))
    return target[:cut], target[cut:]


def _value(attribute: re.Match[str]) -> str:
    double, single, bare = attribute.group("double", "single", "bare")
    return double if double is not None else single if single is not None else bare


class _Page:
    """One page while its addresses are made final."""

    def __init__(self, binder: Binder, path: str) -> None:
        self.binder, self.path = binder, path
        self.refs: dict[tuple[str, str, str], None] = {}
        self.dead: dict[tuple[str, str], None] = {}
        self.ids: set[str] = set()
        self.used: set[str] = set()
        self.exact = False
        """Whether the tag at hand says the language of what it leads to."""

    def rewrite(self, html: str) -> str:
        parts, position = [], 0
        for kept in _VERBATIM.finditer(html):
            parts.append(_TAG.sub(self.tag, html[position : kept.start()]))
            opening = kept[0].find(">") + 1 if not kept[0].startswith("<!--") else 0
            parts.append(_TAG.sub(self.tag, kept[0][:opening]) + kept[0][opening:])
            position = kept.end()
        parts.append(_TAG.sub(self.tag, html[position:]))
        return "".join(parts)

    def tag(self, found: re.Match[str]) -> str:
        name, attributes = found["tag"].lower(), found["attributes"]
        if not _TELLING.search(attributes):
            return found[0]
        given = {a["name"].lower(): _value(a) for a in _ATTRIBUTE.finditer(attributes)}
        self.ids.update(unescape(given[key]) for key in ("id", "name") if given.get(key))
        self.exact = "hreflang" in given
        bound = attributes
        if not _ADDRESSES.isdisjoint(given):
            bound = _ATTRIBUTE.sub(lambda a: self.attribute(name, a), attributes)
        if name == "img":
            bound += self.image(given)
        return found[0].replace(attributes, bound, 1) if bound != attributes else found[0]

    def attribute(self, tag: str, found: re.Match[str]) -> str:
        name = found["name"].lower()
        elsewhere = (name == "content" and tag != "meta") or (name == "data" and tag != "object")
        if name not in _ADDRESSES or elsewhere:
            return found[0]
        value = _value(found)
        if name == "content":
            refresh = _REFRESH.fullmatch(value)
            if not refresh:
                return found[0]
            bound = refresh["delay"] + escape(self.final(unescape(refresh["url"])))
        elif name == "srcset":
            bound = ", ".join(self.candidate(c) for c in value.split(",") if c.strip())
        else:
            bound = escape(self.final(unescape(value)))
        return f'{found["before"]}"{bound}"'

    def candidate(self, text: str) -> str:
        url, _, size = text.strip().partition(" ")
        return f"{escape(self.final(unescape(url)))} {size}".strip()

    def final(self, target: str) -> str:
        """The address as the page is to hold it, with the base path."""
        target = target.strip()
        if target.startswith("#"):
            self.refs[self.path, unquote(target[1:]), target] = None
            return target
        if (
            not target
            or target.startswith("//")
            or (_SCHEME.match(target) and not target.startswith(SOURCE))
        ):
            return target
        if not target.startswith(("/", SOURCE)):
            target = posixpath.normpath(
                posixpath.join("/", posixpath.dirname(self.path), target)
            ) + ("/" if target.endswith("/") else "")
        lead = self.binder.lead(target, self.exact)
        if lead is None:
            self.dead[target, "nothing"] = None
            return self.binder.base + "/" + _divided(target)[0].removeprefix(SOURCE).lstrip("/")
        address, path = lead
        self.refs[path, unquote(address.partition("#")[2]), target] = None
        return self.binder.base + _BLANK.sub("%20", address)

    def image(self, given: Mapping[str, str]) -> str:
        """Width, height and other sizes of one of the site's own images, where they are lacking."""
        source = given.get("src", "")
        own = source and not _SCHEME.match(source.replace(SOURCE, ""))
        lead = self.binder.lead(unescape(source)) if own else None
        if lead is None:
            return ""
        path = lead[1]
        self.binder.note(f"picture {path}")
        added = ""
        size = self.binder.images.size(path)
        if size and "width" not in given:
            added += f' width="{size[0]}" height="{size[1]}"'
        variants = self.binder.images.variants(path) if "srcset" not in given else ()
        if variants and size:
            self.used.update(v.path for v in variants)
            candidates = [f"{self.binder.base}/{quote(v.path)} {v.width}w" for v in variants]
            added += f' srcset="{", ".join(candidates)}"'
            if "sizes" not in given:
                added += ' sizes="(min-width: 48rem) 42rem, 92vw"'
        return added


# ---- what leads to nothing, and what is shown nowhere -------------------------------------------

Locate = Callable[[str, str], Place | None]
"""Output path and dead address to the place where an author typed it; without an address, to the
source that asked for the page."""


def check_links(
    pages: Mapping[str, Bound],
    locate: Locate,
    records: Iterable[tuple[str, str, str, Place]],
    problems: Problems,
) -> None:
    """Tell links that lead to nothing, and records that no page reachable from `/` shows.

    `records` are (what to call it, address of its page or empty, id where a list shows it, place).
    """
    nearest = _nearest_to(pages)
    for path, bound in pages.items():
        for target, _ in bound.dead:
            shown = unquote(target.removeprefix(SOURCE))
            place = locate(path, target) or locate(path, "") or Place(path)
            hint = nearest(shown) or "mend the address, or add the file"
            problems.warning("link-to-nothing", f"{shown!r} leads to nothing", place, hint)
        for target_path, fragment, target in bound.refs:
            page = pages.get(target_path)
            if fragment and page is not None and fragment not in page.ids and fragment != "top":
                place = locate(path, target) or locate(target_path, "") or Place(path)
                hint = _nearest_part(fragment, page.ids)
                problems.warning(
                    "link-to-nothing", f"{_shown(target_path)} has no part #{fragment}", place, hint
                )
    _check_shown(pages, records, problems)


def _nearest_part(fragment: str, ids: set[str] | frozenset[str]) -> str:
    """What to write instead of a part that a page lacks."""
    if (made := slug(fragment)) in ids:
        return f"did you mean {made!r}?"
    mend = (
        "link to the id of a heading there, or write {#"
        + made
        + "} behind the heading that is meant"
    )
    return did_you_mean(fragment, sorted(ids)) or mend


def _nearest_to(pages: Iterable[str]) -> Callable[[str], str]:
    """A function from a dead address to the hint at the nearest live one, each asked for once.

    Only neighbours are compared, pages of its folder and those of its name: of thousands of pages
    it would take longer than the build.
    """
    known: dict[tuple[str, str], list[str]] = {}
    for page in map(_shown, pages):
        folder, _, name = page.rstrip("/").rpartition("/")
        for shelf in (("in", folder), ("named", name)):
            known.setdefault(shelf, []).append(page)

    @functools.cache
    def nearest(address: str) -> str:
        folder, _, name = ("/" + address.strip("/")).rpartition("/")
        neighbours = [*known.get(("in", folder), ()), *known.get(("named", name), ())]
        return did_you_mean(f"{folder}/{name}/", neighbours)

    return nearest


def _shown(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _check_shown(
    pages: Mapping[str, Bound], records: Iterable[tuple[str, str, str, Place]], problems: Problems
) -> None:
    reached = reachable(pages)
    ids = {i for path in reached for i in pages[path].ids}
    for name, path, anchor, place in records:
        if path not in reached and anchor not in ids:
            problems.warning(
                "shown-nowhere", f"{name} is shown on no page that can be reached from /", place,
                "link to it from a page, or let the page that lists it be the made one",
            )  # fmt: skip


def reachable(pages: Mapping[str, Bound]) -> set[str]:
    """The pages that links lead to from `/`, itself among them."""
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in pages and path not in reached:
            reached.add(path)
            waiting += [target for target, _, _ in pages[path].refs]
    return reached
