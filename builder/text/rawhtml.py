"""The HTML that authors write into their Markdown: kept, its links made portable, its needs told.

Comments go, wherever they stand, so that no draft hidden in one reaches a reader. What a strict
Content-Security-Policy would keep from working is left in place and listed.
"""

from __future__ import annotations

import re
from html import escape, unescape

from builder.text.draft import Draft
from builder.text.patterns import late
from builder.text.references import has_scheme, is_relative

_CODE_OR_COMMENT = late(
    r"""^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})[^\n]*\n   # a fenced block,
          (?:.*?^[ \t>]*(?P=fence)[`~]*[ \t]*$|.*)
      | (?<![\\`])(?P<span>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=span)(?!`)     # a code span,
      | (?P<comment><!--(?:>|->|.*?-->))                                         # a comment
      | (?P<open>^[ ]{0,3}<!--.*)                                                # or half of one
    """,
    re.X | re.M | re.S,
)
_TAG = late(
    r"""<!--.*?(?:-->|\Z)
      | (?P<raw><(?P<name>script|style)\b(?P<rawattributes>(?:"[^"]*"|'[^']*'|[^'"<>])*)>)
        (?P<inside>.*?)(?P<end></(?P=name)\s*>|\Z)
      | <(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s(?:"[^"]*"|'[^']*'|[^'"<>])*)?)>""",
    re.X | re.S | re.I,
)
_ATTRIBUTE = late(r"""([^\s"'<>/=]+)(?:(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_CANDIDATE = late(r"([^\s,]\S*?)((?:\s+[\d.]+[wxh])?\s*(?:,|$))")
_TARGETS = frozenset({"href", "src", "poster", "data"})
_DATA_BLOCKS = late(r"""\btype\s*=\s*["']?application/(?:ld\+)?json\b""", re.I)


def without_comments(text: str, draft: Draft) -> str:
    """The Markdown without its comments, those in code excepted; every line keeps its number."""
    if "<!--" not in text:
        return text

    def kept(found: re.Match[str]) -> str:
        if found["open"]:
            draft.tell(
                "comment-not-closed",
                "a comment begins here and does not end, so that nothing behind it is shown",
                found["open"][:20].split("\n")[0],
                "close it with -->",
            )
        if found["comment"] or found["open"]:
            return "\n" * found[0].count("\n")
        return found[0]

    return _CODE_OR_COMMENT().sub(kept, text)


def settled(html: str, draft: Draft) -> str:
    """A piece of raw HTML as it goes into the page; adds its links and problems to the draft."""
    return _TAG().sub(lambda found: _settled(found, draft), html)


def _settled(found: re.Match[str], draft: Draft) -> str:
    if found[0].startswith("<!--"):
        return ""
    if found["raw"]:
        return _settled_raw(found, draft)
    if found["attributes"].strip(" /\n\t"):
        return f"<{found['tag']}{_attributes(found['tag'], found['attributes'], draft)}>"
    return found[0]


def _settled_raw(found: re.Match[str], draft: Draft) -> str:
    """A script or a style with all that it holds, which is no HTML."""
    name, attributes = found["name"], found["rawattributes"]
    inline = name.lower() == "style" or not re.search(r"\bsrc\s*=", attributes, re.I)
    if inline and not _DATA_BLOCKS().search(attributes):
        _beyond(f"a <{name.lower()}> in the page", found["raw"], draft)
    return f"<{name}{_attributes(name, attributes, draft)}>{found['inside']}{found['end']}"


def _attributes(tag: str, text: str, draft: Draft) -> str:
    def settled_one(found: re.Match[str]) -> str:
        name, equals, quoted = found[1].lower(), found[2], found[3]
        if not equals:
            return found[0]
        quote = quoted[0] if quoted[0] in "\"'" else ""
        value = unescape(quoted[1:-1] if quote else quoted)
        if name == "style" or name.startswith("on"):
            _beyond(f"{name}= on <{tag}>", found[0], draft)
        elif name == "id":
            draft.ids.add(value)
        elif name == "srcset" and "data:" not in value:
            return found[1] + equals + _quoted(_srcset(value, draft), quote)
        elif name in _TARGETS:
            target = _target(tag, name, value, draft)
            if target is None:
                return ""
            if target != value:
                return found[1] + equals + _quoted(target, quote)
        return found[0]

    return _ATTRIBUTE().sub(settled_one, text)


def _target(tag: str, name: str, value: str, draft: Draft) -> str | None:
    """What to write for a target; None when it may not be followed and the attribute goes."""
    typed = value.strip()
    if not typed:
        return value
    loads = not (name == "href" and tag.lower() in ("a", "area"))
    if loads and typed.lower().startswith("data:"):
        _beyond(f"a data: address on <{tag}>", typed, draft)
        return value
    written = draft.link(typed)
    if loads and written and (typed.startswith("//") or has_scheme(typed)):
        _beyond(f"{name}= of <{tag}> on another host", typed, draft)
    return written if written is None or is_relative(typed) else value


def _srcset(value: str, draft: Draft) -> str:
    def settled_one(found: re.Match[str]) -> str:
        written = draft.link(found[1])
        return (written or "") + found[2] if is_relative(found[1]) else found[0]

    return _CANDIDATE().sub(settled_one, value)


def _quoted(value: str, quote: str) -> str:
    mark = quote or '"'
    return (
        mark + escape(value, quote=False).replace(mark, "&quot;" if mark == '"' else "&#39;") + mark
    )


def _beyond(what: str, needle: str, draft: Draft) -> None:
    draft.tell(
        "raw-html-beyond-csp",
        f"{what} does not work under default-src 'self'",
        needle.split("\n")[0],
        "it is kept; allow it in your host's policy, or do without",
    )
