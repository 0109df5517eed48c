"""Kramdown's own ways written as Folio reads them: attributes, notices, abbreviations, formulas.

Code and formulas are held aside while the rest is rewritten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape

from builder.drafts import VERBATIM

_HELD = re.compile("\ue020(\\d+)\ue021")


def outside_code(text: str, rewrite: Callable[[str], str]) -> str:
    """The text rewritten as a whole, code and formulas standing as tokens meanwhile."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        if found["comment"]:
            return found[0]
        held.append(found[0])
        return f"\ue020{len(held) - 1}\ue021"

    return _HELD.sub(lambda t: held[int(t[1])], rewrite(VERBATIM.sub(hold, text)))


def without_comments(text: str, dropped: Callable[[int, str], None]) -> str:
    """The text without HTML comments outside code, lines kept; `dropped` gets line and words of each."""

    def drop(found: re.Match[str]) -> str:
        if not found["comment"]:
            return found[0]
        inner = found[0][4:-3].strip()
        if inner:
            dropped(text.count("\n", 0, found.start()), inner)
        return "\n" * found[0].count("\n")

    return VERBATIM.sub(drop, text) if "<!--" in text else text


NOTICES = {
    "notice": "note", "notice--primary": "important", "notice--info": "note", "notice--warning": "warning",
    "notice--danger": "caution", "notice--success": "tip",
}  # fmt: skip
"""minimal-mistakes' notices as asides."""

_BEHIND_HTML = re.compile(
    r"(</(?:h[1-6]|p|div|table|ul|ol|dl|figure|details|blockquote|section|center|pre)>[ \t]*\n)(?=[ ]{0,3}[^\s<])", re.IGNORECASE
)  # fmt: skip
"""Kramdown's HTML ends with its closing tag; CommonMark's goes on to the next blank line."""

_IAL = re.compile(r"\{:([^{}\n]*)\}")
_ONLY_IAL = re.compile(r"[ \t]*(?:\{:[^{}\n]*\}[ \t]*)+")
_ID = re.compile(r"#([\w:-]+)")
_SIZE = re.compile(r"""\b(width|height)\s*=\s*["']?(\d+)(?:px)?["']?(?=[\s}]|$)""")
_STYLED_SIZE = re.compile(r"\b(width|height)\s*:\s*(\d+)px")


def to_folio(text: str) -> str:
    """A text in kramdown as Folio's Markdown."""
    abbreviations = dict(re.findall(r"^\*\[([^\]\n]+)\]:[ \t]*(.*)$", text, re.MULTILINE))
    text = re.sub(r"^\*\[[^\]\n]+\]:.*\n?", "", text, flags=re.MULTILINE) if abbreviations else text
    text = _inline_formulas(text)
    return outside_code(text, lambda t: _rewritten(t, abbreviations))


def _rewritten(text: str, abbreviations: dict[str, str]) -> str:
    text = re.sub(
        r"^[ \t]*(?:[*+-]|\d+\.)[ \t]+.*\n[ \t]*\{:[ \t]*toc\b[^{}\n]*\}",
        "[TOC]",
        text,
        flags=re.MULTILINE,
    )
    text = _BEHIND_HTML.sub(r"\1\n", text)
    text = re.sub(r"\{:[ \t]*toc\b[^{}\n]*\}", "[TOC]", text)
    text = re.sub(
        r"\{::(?:nomarkdown|comment|options)[^{}]*/?\}|\{:/(?:nomarkdown|comment)?\}", "", text
    )
    if "{:" in text:
        text = _IAL.sub(lambda a: _attributes(a[1]), _with_blocks(text))
    for short, long in abbreviations.items():
        expanded = f'<abbr title="{escape(long.strip())}">{short}</abbr>'
        text = re.sub(rf"(?<![\w/=\"'-]){re.escape(short)}(?![\w/-])", lambda _: expanded, text)  # noqa: B023
    return text


def _attributes(inside: str) -> str:
    """Braces in Folio's form: an id and sizes; classes of another theme mean nothing here."""
    name = _ID.search(inside)
    parts = [f"#{name[1]}"] if name else []
    parts += [f'{key}="{number}"' for key, number in _SIZE.findall(inside)]
    parts += [f'{key}="{number}"' for key, number in _STYLED_SIZE.findall(inside)]
    return "{" + " ".join(parts) + "}" if parts else ""


def _with_blocks(text: str) -> str:
    """Lines of attributes given to the block that they belong to; notices become asides."""
    lines = text.split("\n")
    out: list[str] = []
    for number, line in enumerate(lines):
        if not _ONLY_IAL.fullmatch(line):
            out.append(line)
            continue
        inside = " ".join(_IAL.findall(line))
        above = bool(out and out[-1].strip())
        notice = next((NOTICES[c] for c in re.findall(r"\.([\w-]+)", inside) if c in NOTICES), "")
        if notice and above:
            start = next((n + 1 for n in range(len(out) - 1, -1, -1) if not out[n].strip()), 0)
            out[start:] = [f":::{notice}", *out[start:], ":::"]
        elif kept := _attributes(inside):
            if above and re.match(r"\s*#{1,6}\s", out[-1]):
                out[-1] += f" {kept}"
            elif (above and not re.match(r"[=-]+\s*$", out[-1])) or (
                number + 1 < len(lines) and lines[number + 1].strip()
            ):
                out.append(kept)
    return "\n".join(out)


_FENCED = re.compile(
    r"(^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\2[`~]*[ \t]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL
)


def _inline_formulas(text: str) -> str:
    """`$$x$$` within a line is an inline formula in kramdown; on lines of its own it is displayed."""
    if "$$" not in text:
        return text
    parts = _FENCED.split(text)
    out: list[str] = []
    step = 0
    while step < len(parts):
        out.append(
            re.sub(
                r"(?<=[^\s$\\])([ \t]*)\$\$([^$\n]+)\$\$|^([ \t]*)\$\$([^$\n]+)\$\$(?=[ \t]*[^\s$])",
                _inline,
                parts[step],
                flags=re.MULTILINE,
            )
        )
        if step + 1 < len(parts):
            out.append(parts[step + 1])
        step += 3
    return "".join(out)


def _inline(found: re.Match[str]) -> str:
    space, tex = (found[1], found[2]) if found[2] is not None else (found[3], found[4])
    return f"{space}${tex.strip()}$"


_EMOJI = {
    "computer": "💻", "smile": "😄", "tada": "🎉", "email": "📧", "book": "📖", "books": "📚", "mortar_board": "🎓",
    "trophy": "🏆", "star": "⭐", "sparkles": "✨", "rocket": "🚀", "page_facing_up": "📄", "link": "🔗", "pencil": "📝",
    "heart": "❤️", "+1": "👍", "thumbsup": "👍", "wave": "👋", "fire": "🔥", "warning": "⚠️", "bulb": "💡", "phone": "☎️",
    "microscope": "🔬", "telescope": "🔭", "house": "🏠", "school": "🏫", "earth_americas": "🌎", "calendar": "📆",
    "white_check_mark": "✅", "x": "❌", "newspaper": "📰", "briefcase": "💼", "mailbox": "📫", "memo": "📝", "clap": "👏",
}  # fmt: skip


def emoji(text: str) -> str:
    """jemoji's `:rocket:` as its character; a name that is not known stands."""

    def drawn(found: re.Match[str]) -> str:
        name = found[1]
        try:
            return _EMOJI.get(name) or unicodedata.lookup(name.replace("_", " ").upper())
        except KeyError:
            return found[0]

    return outside_code(text, lambda t: re.sub(r"(?<![\w:/]):([a-z0-9_+]+):(?![\w:])", drawn, t))
