"""Hugo's shortcodes, parsed and written as what they mean in Folio.

Source: Hugo's documentation of shortcode syntax; Hugo Blox and Academic for their own ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from builder.importers.jinja import finished

_CODE = re.compile(
    r"\{\{(?P<open>[<%])-?\s*(?P<comment>/\*)?\s*(?P<end>/)?\s*(?P<name>[\w./-]+)(?P<args>(?:\"(?:\\.|[^\"])*\"|`[^`]*`|(?!-?\s*/?-?[>%]\}\}).)*?)"
    r"\s*(?P<self>/)?(?P<commented>\*/)?\s*-?[>%]\}\}", re.DOTALL,
)  # fmt: skip
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*=\s*)?(?:"(?P<double>(?:\\.|[^"])*)"|`(?P<tick>[^`]*)`|(?P<bare>[^\s"`=]+))"""
)


class Call(NamedTuple):
    """One shortcode: its name, its arguments by place and by name, what it holds."""

    name: str
    places: tuple[str, ...]
    named: dict[str, str]
    inner: str

    def first(self, *names: str) -> str:
        """The first argument that is given: by a name, else by place."""
        return next(
            (self.named[n] for n in names if self.named.get(n)),
            self.places[0] if self.places else "",
        )


class Hugo(NamedTuple):
    """What shortcodes ask of the site."""

    address: Callable[[str], str]
    """Where a page or file that is named by its path lives; empty when there is none."""
    title: Callable[[str], str]
    """The title of a page by its path or slug."""
    pictures: Callable[[str], list[str]]
    """The pictures of a gallery, by the name of its folder."""
    tell: Callable[[str, str, int], None]
    """Takes a verdict, words, and how far into the text they are."""


def translated(text: str, hugo: Hugo) -> str:
    """The text with its shortcodes written out; braces that are left are text."""
    pieces: list[tuple[str, list[str], Call | None, int]] = [("", [], None, 0)]
    at = 0
    for found in _CODE.finditer(text):
        pieces[-1][1].append(text[at : found.start()])
        at = found.end()
        if found["comment"]:
            shown = found[0].replace("/*", "", 1)
            pieces[-1][1].append("".join(shown.rsplit("*/", 1)))
        elif found["end"]:
            _close(pieces, found["name"], hugo)
        else:
            call = _call(found)
            if not found["self"] and _has_end(found["name"], text, at):
                pieces.append((found["name"], [], call, found.start()))
            else:
                pieces[-1][1].append(_shown(call, hugo, found.start()))
    pieces[-1][1].append(text[at:])
    while len(pieces) > 1:
        _close(pieces, pieces[-1][0], hugo)
    return finished("".join(pieces[0][1]))


def _has_end(name: str, text: str, at: int) -> bool:
    return (
        re.search(r"\{\{[<%]-?\s*/\s*" + re.escape(name) + r"\s*-?[>%]\}\}", text[at:]) is not None
    )


def _close(pieces: list[tuple[str, list[str], Call | None, int]], name: str, hugo: Hugo) -> None:
    """End the shortcode of a name, and those within it that were never ended."""
    if all(piece[0] != name for piece in pieces[1:]):
        return
    while len(pieces) > 1:
        opened, parts, call, start = pieces.pop()
        assert call is not None
        pieces[-1][1].append(_shown(call._replace(inner="".join(parts)), hugo, start))
        if opened == name:
            return


def _call(found: re.Match[str]) -> Call:
    places: list[str] = []
    named: dict[str, str] = {}
    for argument in _ARGUMENT.finditer(found["args"] or ""):
        value = next(
            (argument[k] for k in ("double", "tick", "bare") if argument[k] is not None), ""
        ).replace('\\"', '"')
        if argument["key"]:
            named[argument["key"]] = value
        else:
            places.append(value)
    return Call(found["name"], tuple(places), named, "")


def _shown(call: Call, hugo: Hugo, at: int) -> str:
    reader = SHORTCODES.get(call.name)
    if reader is None:
        hugo.tell(
            "left",
            f"the shortcode {call.name} has no equivalent; its place in the page is marked",
            at,
        )
        words = " ".join([call.name, *call.places, *(f"{k}={v}" for k, v in call.named.items())])
        return f"<!-- left at the import: {re.sub('[{}%<>-]+', ' ', words).strip()} -->{call.inner}"
    return reader(call, hugo, at)


Reader = Callable[[Call, Hugo, int], str]


def _aside(call: Call, hugo: Hugo, at: int) -> str:
    kind = {
        "warning": "warning",
        "danger": "caution",
        "error": "caution",
        "tip": "tip",
        "success": "tip",
        "important": "important",
    }.get(call.first("type").lower(), "note")
    title = call.named.get("title", "")
    return f"\n:::{kind}{' ' + title if title else ''}\n{call.inner.strip()}\n:::\n"


def _figure(call: Call, hugo: Hugo, at: int) -> str:
    source = call.named.get("src") or (call.places[0] if call.places else "")
    alt, caption = (
        call.named.get("alt", ""),
        call.named.get("caption", "") or call.named.get("attr", ""),
    )
    title = call.named.get("title", "")
    address = hugo.address(source) or source
    size = "".join(
        f' {k}="{call.named[k]}"' for k in ("width", "height") if call.named.get(k, "").isdecimal()
    )
    image = f'<img src="{escape(address)}" alt="{escape(alt or ("" if caption else title))}"{size}>'
    if link := call.named.get("link"):
        image = f'<a href="{escape(link)}">{image}</a>'
    words = ": ".join(filter(None, (f"<b>{title}</b>" if title and caption else title, caption)))
    return f"\n<figure>{image}<figcaption>{words}</figcaption></figure>\n" if words else image


def _gallery(call: Call, hugo: Hugo, at: int) -> str:
    pictures = hugo.pictures(
        call.named.get("album") or (call.places[0] if call.places else "gallery")
    )
    return "\n" + "\n".join(f"![]({p})" for p in pictures) + "\n"


def _video(call: Call, hugo: Hugo, at: int) -> str:
    number = call.first("id", "src", "youtube")
    hosts = {
        "youtube": "https://www.youtube.com/watch?v=",
        "vimeo": "https://vimeo.com/",
        "bilibili": "https://www.bilibili.com/video/",
    }
    if call.name in hosts and "://" not in number:
        hugo.tell("approximated", f"the {call.name} frame is a link: it would ask another host", at)
        return f"[Video]({hosts[call.name]}{number})"
    address = hugo.address(number) or number
    return f'<video src="{escape(address)}" controls></video>'


def _embed(call: Call, hugo: Hugo, at: int) -> str:
    words = [*call.places, *call.named.values()]
    target = next((w for w in words if "://" in w), "")
    if not target and call.name in ("tweet", "x", "twitter"):
        number = call.named.get("id") or (call.places[-1] if call.places else "")
        target = f"https://x.com/{call.named.get('user', 'i/status')}/status/{number}".replace(
            "i/status/status", "i/status"
        )
    if not target and call.name == "gist":
        target = "https://gist.github.com/" + "/".join(words[:2])
    hugo.tell("approximated", f"{call.name} is a link: an embed would ask another host", at)
    return f"[{target.split('//')[-1]}]({target})" if target else ""


def _reference(call: Call, hugo: Hugo, at: int) -> str:
    wanted = call.first("path", "page")
    path, sign, part = wanted.partition("#")
    address = hugo.address(path) if path else ""
    if path and not address:
        hugo.tell("missing", f"{call.name} {wanted} leads to no page of the source", at)
    return f"{address or ('' if not path else '/' + path.strip('/') + '/')}{sign}{part}"


def _cite(call: Call, hugo: Hugo, at: int) -> str:
    page = call.first("page")
    address, title = hugo.address(page), hugo.title(page)
    if not address:
        hugo.tell("missing", f"cite {page} leads to no page of the source", at)
    return f"[{title or page.strip('/').rsplit('/', 1)[-1]}]({address})" if address else page


def _static(call: Call, hugo: Hugo, at: int) -> str:
    target = "/" + (call.places[0] if call.places else "").lstrip("/")
    return f"[{call.inner.strip()}]({target})" if call.inner.strip() else target


def _details(call: Call, hugo: Hugo, at: int) -> str:
    label = (
        call.named.get("text")
        or call.named.get("summary")
        or call.named.get("title")
        or (call.places[0] if call.places else "More")
    )
    return f"\n<details><summary>{label}</summary>\n\n{call.inner.strip()}\n\n</details>\n"


def _button(call: Call, hugo: Hugo, at: int) -> str:
    target = call.first("url", "link", "href")
    words = call.inner.strip() or call.named.get("label") or call.named.get("text") or target
    return f"[{words}]({hugo.address(target) or target})"


def _mention(call: Call, hugo: Hugo, at: int) -> str:
    return hugo.title(call.first("user")) or call.first("user")


def _inner(call: Call, hugo: Hugo, at: int) -> str:
    return call.inner


def _blank(call: Call, hugo: Hugo, at: int) -> str:
    return ""


def _contents(call: Call, hugo: Hugo, at: int) -> str:
    return "\n[TOC]\n"


def _fence(language: str) -> Reader:
    def run(call: Call, hugo: Hugo, at: int) -> str:
        name = language or (call.places[0] if call.places else "")
        return f"\n```{name}\n{call.inner.strip(chr(10))}\n```\n"

    return run


def _file(call: Call, hugo: Hugo, at: int) -> str:
    path = call.first("path", "src", "url")
    return f"[{path.rsplit('/', 1)[-1]}]({hugo.address(path) or path})"


def _heading(call: Call, hugo: Hugo, at: int) -> str:
    label = call.named.get("name") or call.first("title", "tabName", "tabNum")
    return f"\n**{label}**\n\n{call.inner.strip()}\n" if label else call.inner


SHORTCODES: dict[str, Reader] = {
    **dict.fromkeys(("alert", "callout", "notice", "admonition", "hint", "note", "tip", "warning"), _aside),
    "figure": _figure, "gallery": _gallery, "youtube": _video, "vimeo": _video, "video": _video, "bilibili": _video,
    **dict.fromkeys(("tweet", "x", "twitter", "gist", "instagram", "spotify", "pdf", "iframe", "embed"), _embed),
    "ref": _reference, "relref": _reference, "cite": _cite, "staticref": _static, "spoiler": _details, "details": _details,
    **dict.fromkeys(("button", "cta", "button_link", "link"), _button), "mention": _mention, "toc": _contents, "table_of_contents": _contents,
    **dict.fromkeys(("math", "hl", "steps", "cards", "tabs", "columns", "center", "rawhtml", "chart_group", "expand_group", "div", "row", "col", "md"), _inner),
    **dict.fromkeys(("icon", "clear", "list_children", "list_categories", "list_tags", "br", "spacer"), _blank),
    "highlight": _fence(""), "diagram": _fence("mermaid"), "mermaid": _fence("mermaid"),
    **dict.fromkeys(("table", "audio", "chart", "file", "embed-pdf", "image"), _file), "tab": _heading, "card": _heading, "step": _inner,
}  # fmt: skip
"""The shortcodes of Hugo, of Academic and of Hugo Blox."""
