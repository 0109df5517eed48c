"""What contribution marks mean, below a text that drew papers by its own means."""

from __future__ import annotations

from html import escape

from builder.model.publications import MARK_SYMBOLS
from builder.text.words import Words


def with_legend(html: str, words: Words) -> str:
    """The HTML with a legend of the marks in it behind it, unless it holds one; most hold no marks."""
    if 'class="marks"' not in html or 'class="legend"' in html:
        return html
    borne = [
        f'<span><span class="sign">{sign}</span> {escape(words[mark])}</span>'
        for mark, sign in MARK_SYMBOLS.items()
        if f'<span class="unseen"> ({escape(words[mark])})</span>' in html
    ]
    return f'{html}\n<p class="legend">{"".join(borne)}</p>\n' if borne else html
