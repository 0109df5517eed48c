"""Folio's own Jinja in a text under way, kept apart from braces that an author meant as text.

Private characters stand for its delimiters until the text is finished, so that neither is ever
taken for the other.
"""

from __future__ import annotations

import re

from builder.drafts import VERBATIM

OPEN, CLOSE, BEGIN, END = "\ue010", "\ue011", "\ue012", "\ue013"
"""Stand for Folio's own `{{`, `}}`, `{%` and `%}` until the text is finished."""

LISTED, SITE_URL = "\ue014", "\ue015"
"""Stands before the number of a list of a whole collection; for the address of the site."""

SINGLE = f'\n{BEGIN} include "archive-single.html" {END}\n'
"""One record of a list, as the theme shows it."""

PARTS = {
    "archive-single.html": "archive-single.html", "archive-single-cv.html": "archive-single-cv.html",
    "archive-single-talk.html": "archive-single-talk.html",
    "archive-single-talk-cv.html": "archive-single-talk-cv.html",
    **dict.fromkeys(
        (f"{name}.{end}" for name in ("projects", "projects_horizontal", "post_list") for end in ("html", "liquid")), "archive-single.html"
    ),
}  # fmt: skip
"""Jekyll's includes that Folio has parts of the same name for."""


def finished(text: str) -> str:
    """The text with Folio's own Jinja in it, and literal braces outside code written so that Jinja
    prints them."""
    if not re.search("[{\ue010-\ue015]", text):
        return text
    out, at = [], 0
    for code in VERBATIM.finditer(text):
        out += [_escaped(text[at : code.start()]), code[0]]
        at = code.end()
    out.append(_escaped(text[at:]))
    joined = "".join(out)
    for private, shown in ((OPEN, "{{"), (CLOSE, "}}"), (BEGIN, "{%"), (END, "%}")):
        joined = joined.replace(private, shown)
    return joined


def _escaped(text: str) -> str:
    return re.sub(
        r"\{[{%]", lambda b: f"{OPEN} '{b[0][0]}' {CLOSE}{OPEN} '{b[0][1]}' {CLOSE}", text
    )
