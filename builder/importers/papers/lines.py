"""A line of front matter, Markdown and HTML in it, as the value of a BibTeX field."""

from __future__ import annotations

import re

from builder.text import urls
from builder.text.markdown import inline
from builder.text.rich import Rich
from builder.text.tex_writer import to_tex


def rich(text: str) -> Rich:
    """A line of front matter, Markdown and entities read."""
    return inline(_plain_tags(text), "")[0]


def _plain_tags(text: str) -> str:
    """HTML that titles may hold, and no other; entities as characters."""
    text = re.sub(r"<(/?)(?:strong)\b[^>]*>", r"<\1b>", text)
    text = re.sub(r"<(/?)(?:em)\b[^>]*>", r"<\1i>", text)
    text = re.sub(r"<br\s*/?>", " ", text)
    text = re.sub(r"</?(?!(?:i|b|sub|sup)\b)[a-zA-Z][^>]*>", "", text)
    return " ".join(urls.decode_entities(text).split())


def tex(text: str) -> str:
    """A line of front matter as the value of a field."""
    return to_tex(rich(text))
