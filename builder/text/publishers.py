"""Abstracts as publishers and databases hand them out: paragraphs in HTML or JATS amid plain text.

Source: JATS, the journals' XML that Crossref gives abstracts in (`<jats:p>`, `<jats:italic>`).
"""

from __future__ import annotations

import re

from builder.text.patterns import late

_TAG = late(
    r"<(?P<end>/?)(?:jats:)?(?P<name>p|br|div|sec|title|list-item|list|li|ul|ol|h[1-6]|abstract|span|a|font|u|tt|inline-formula|"
    r"em|italic|i|strong|bold|b|sub|sup)(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
_HEADING = late(r"<(?:jats:)?title>\s*(abstract|summary)?\s*</(?:jats:)?title>", re.IGNORECASE)
_BLOCKS = (
    "p",
    "br",
    "div",
    "sec",
    "title",
    "list",
    "list-item",
    "li",
    "ul",
    "ol",
    "abstract",
    *(f"h{n}" for n in range(1, 7)),
)
_INLINE = {
    "em": "i", "italic": "i", "i": "i", "strong": "b", "bold": "b", "b": "b", "sub": "sub", "sup": "sup",
}  # fmt: skip


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of an abstract, without the markup of its page but for `<i> <b> <sub> <sup>`."""
    if "<" in text:
        text = _TAG().sub(_bare, _HEADING().sub("", text))
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def _bare(tag: re.Match[str]) -> str:
    name = tag["name"].lower()
    if name in _BLOCKS:
        return "\n\n"
    kept = _INLINE.get(name)
    return f"<{tag['end']}{kept}>" if kept else ""
