"""HTML that authors wrote for another theme, as it may stand in Folio.

Classes and styles of that theme mean nothing here, scripts are kept out, frames of other hosts
become links. The words always stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from builder.importers.kramdown import outside_code

Tell = Callable[[str, str], None]
"""Takes a verdict and what to tell."""

KEPT = frozenset({
    "href", "src", "alt", "title", "id", "width", "height", "colspan", "rowspan", "start", "type", "controls", "poster",
    "datetime", "lang", "dir", "cite", "open", "srcset", "loading", "for", "reversed", "value", "scope", "headers",
    "autoplay", "muted", "loop", "playsinline", "kind", "label", "srclang", "download", "sizes", "span",
})  # fmt: skip
"""Attributes that mean the same on every site."""

_UNWRAPPED = frozenset(
    {
        "div",
        "span",
        "font",
        "center",
        "section",
        "article",
        "nobr",
        "main",
        "header",
        "footer",
        "button",
        "form",
        "big",
        "tt",
        "u",
    }
)
_BLOCKS = frozenset({"div", "section", "article", "center", "main", "header", "footer", "form"})
_DROPPED = frozenset({"link", "meta", "input", "base", "i-icon", "ion-icon", "iconify-icon"})
_WHOLE = re.compile(
    r"<(script|style|noscript|svg)\b(?P<attributes>[^>]*)>(?P<inside>.*?)</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s+(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)?)(?P<self>/?)>"
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_FRAME = re.compile(
    r"<(iframe|embed|object)\b(?P<attributes>[^>]*?)/?>(?:(?:(?!<\1\b).)*?</\1\s*>)?",
    re.DOTALL | re.IGNORECASE,
)
_REFRESH = re.compile(
    r"<meta\b[^>]*http-equiv\s*=\s*[\"']?refresh[^>]*url\s*=\s*['\"]?([^\"'>\s]+)[^>]*>",
    re.IGNORECASE,
)
_ICON = re.compile(r"<(i|span|em)\b[^>]*\bclass\s*=[^>]*>\s*</\1>", re.IGNORECASE)


def cleaned(text: str, tell: Tell) -> str:
    """The Markdown with its raw HTML cleaned; what is taken out or rewritten is told."""
    if "<" not in text:
        return text
    return outside_code(text, lambda t: _cleaned(t, tell))


def _cleaned(text: str, tell: Tell) -> str:
    def whole(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name == "noscript":
            return found["inside"]
        source = _values(found["attributes"]).get("src", "")
        tell("left", f"a <{name}> is kept out{': ' + source if source else ''}")
        return ""

    def refresh(found: re.Match[str]) -> str:
        tell("approximated", f"the page sent its visitors on to {found[1]}; here is a link")
        return f"\n\n[{found[1].rsplit('/', 1)[-1] or found[1]}]({found[1]})\n\n"

    text = _WHOLE.sub(whole, text)
    text = _REFRESH.sub(refresh, text)
    text = _FRAME.sub(lambda f: _frame(f, tell), text)
    text = _ICON.sub("", text)
    text = _SELF_LINK.sub(r'<\g<tag> id="\g<id>">\g<words></\g<tag>>', text)
    text = _NAMELESS.sub(lambda f: f"{f['open']}{_name_of(f['url'])}{f['close']}", text)
    return _pictures(_unwrapped(text, tell))


_SELF_LINK = re.compile(
    r"<a\b[^>]*?\bid\s*=\s*[\"'](?P<id>[^\"']+)[\"'][^>]*?\bhref\s*=\s*[\"'][^\"'#]*#(?P=id)[\"'][^>]*>"
    r"\s*<(?P<tag>h[1-6])\b[^>]*>(?P<words>.*?)</(?P=tag)>\s*</a>", re.DOTALL | re.IGNORECASE,
)  # fmt: skip
"""A heading within a link to itself, as al-folio's pages of projects have them."""
_NAMELESS = re.compile(
    r"(?P<open><a\b[^>]*?\bhref\s*=\s*[\"'](?P<url>(?:mailto:|tel:|https?://)[^\"'{}]+)[\"'][^>]*>)\s*(?P<close></a>)", re.IGNORECASE
)  # fmt: skip
"""A link around nothing: the sign of an icon font that was there is taken off."""


def _name_of(url: str) -> str:
    """What a link is called that has no words: the mail address, the host."""
    bare = re.sub(r"^(?:mailto:|tel:|https?://(?:www\.)?)", "", unescape(url), flags=re.IGNORECASE)
    return escape(bare if "://" not in url else bare.split("/")[0])


_LONE_PICTURE = re.compile(
    r"(?<=\n)<img\b(?P<attributes>(?:\s+[a-z]+(?:=\"[^\"\n]*\")?)*)\s*/?>[ \t]*(?=\n|\Z)"
)


def _pictures(text: str) -> str:
    """A picture on a line of its own in Markdown's form: Kramdown reads on behind it, HTML would not."""

    def shown(found: re.Match[str]) -> str:
        values = _values(found["attributes"])
        source, alt = values.pop("src", ""), values.pop("alt", "")
        above = text[: found.start()].rsplit("\n", 2)[-2:-1]
        if (
            not source
            or re.search(r"[\s()]", source)
            or re.search(r"[\[\]]", alt)
            or (above and above[0].lstrip().startswith("<"))
        ):
            return found[0]
        sizes = [
            f'{key}="{value}"' for key, value in values.items() if key in ("width", "height", "id")
        ]
        return f"![{alt}]({source})" + (f"{{{' '.join(sizes)}}}" if sizes else "")

    return _LONE_PICTURE.sub(shown, "\n" + text)[1:]


def _values(attributes: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(attributes or ""):
        bare = value[1:-1] if value[:1] in "\"'" and value else value
        found.setdefault(name.lower(), unescape(bare))
    return found


def _frame(found: re.Match[str], tell: Tell) -> str:
    values = _values(found["attributes"])
    target = values.get("src") or values.get("data") or ""
    if not target:
        return ""
    if target.startswith("//"):
        target = "https:" + target
    video = re.search(r"youtube(?:-nocookie)?\.com/embed/([\w-]+)", target)
    if video:
        target = f"https://www.youtube.com/watch?v={video[1]}"
    tell("approximated", f"the frame of {target[:80]} is a link")
    label = (
        values.get("title")
        or ("Video" if video else target.split("?")[0].rstrip("/").rsplit("/", 1)[-1])
        or target
    )
    return f"[{label}]({target.replace(' ', '%20')})"


def _unwrapped(text: str, tell: Tell) -> str:
    """Tags with the attributes that mean something; those that only dressed are taken off."""
    open_: list[tuple[str, bool]] = []
    counts = {"style": 0}

    def one(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name in _DROPPED:
            return ""
        if found["end"]:
            for n in range(len(open_) - 1, -1, -1):
                if open_[n][0] == name:
                    kept = open_.pop(n)[1]
                    return found[0].lower() if kept else _gap(name)
            return "" if name in _UNWRAPPED else found[0].lower()
        values = _values(found["attributes"])
        for key in counts:
            counts[key] += key in values
        kept_attributes = _kept(name, values)
        keep = (bool(kept_attributes) or name not in _UNWRAPPED) and "markdown" not in values
        if name not in _VOID and not found["self"]:
            open_.append((name, keep))
        return f"<{name}{kept_attributes}>" if keep else _gap(name)

    result = _TAG.sub(one, text)
    if counts["style"]:
        tell(
            "approximated",
            f"{counts['style']} style attributes are taken off: Folio's theme dresses the page",
        )
    return _flush(result) if result != text else text


_VOID = frozenset({"img", "br", "hr", "source", "wbr", "col", "track", "area", "input"})


def _gap(name: str) -> str:
    return "\n\n" if name in _BLOCKS or name == "p" else ""


def _kept(name: str, values: dict[str, str]) -> str:
    for size in re.findall(
        r"\b(width|height)\s*:\s*(\d+)(?:px)?\s*(?:;|$)", values.get("style", "")
    ):
        if name in ("img", "video"):
            values.setdefault(*size)
    if name == "a" and "name" in values and "id" not in values:
        values["id"] = values["name"]
    out = []
    for key, value in values.items():
        if key not in KEPT or (key in ("width", "height") and not re.fullmatch(r"\d+(px)?", value)):
            continue
        if key in ("width", "height"):
            value = value.removesuffix("px")
        if name in ("div", "span", "td", "th", "table", "tr", "p") and key in (
            "width",
            "height",
            "title",
            "type",
        ):
            continue
        out.append(
            f' {key}="{escape(value, quote=True)}"'
            if value or key in ("alt", "href")
            else f" {key}"
        )
    return "".join(out)


def _flush(text: str) -> str:
    """Lines that stand deep only because HTML was indented begin at the left, lest they be code."""
    lines = text.split("\n")
    out: list[str] = []
    in_list = False
    for line in lines:
        if re.match(r" {0,3}(?:[*+-]|\d+[.)])\s", line):
            in_list = True
        elif line.strip() and not line.startswith((" ", "\t")):
            in_list = False
        deep = re.match(r"[ \t]{2,}(?=<|\S)", line)
        out.append(line.lstrip() if deep and not in_list else line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out))


def dedented(text: str) -> str:
    """The body of an .html page: no line of it is indented, for in Markdown that would be code."""
    return outside_code(text, lambda t: "\n".join(line.strip() for line in t.split("\n")))
