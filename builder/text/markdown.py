"""Markdown to HTML, for pages, the bodies of records, and the lines of text in YAML.

    render(text, folder)     a whole text -> Body: its HTML and what the site asks about it
    inline(text, folder)     a line of text -> Rich, the tree that every output writes

Both are pure functions of their arguments, so that their results can be kept by content. They
know no addresses: relative targets are written as `source:` references (`references.py`).

Tokens of private-use characters (`references.HELD`) stand for finished HTML and pass through
untouched; where the HTML is a block, no `<p>` is around it.
"""

from __future__ import annotations

from html import escape
from typing import Any

from builder.text.body import Body, BodyProblem, Heading, Reference, Words
from builder.text.draft import Draft, Recall, make_it
from builder.text.inline import inline
from builder.text.rawhtml import without_comments
from builder.text.references import source_reference

__all__ = [
    "Body", "BodyProblem", "Heading", "Reference", "Words", "inline", "render", "source_reference",
]  # fmt: skip

_ENGLISH = Words()


def render(
    text: str,
    folder: str,
    *,
    language: str = "en",
    prefix: str = "",
    shift: int | None = 0,
    words: Words = _ENGLISH,
    recall: Recall = make_it,
) -> Body:
    """A text as HTML. Never raises: whatever is wrong with it is in the body's `problems`.

    `folder` is where the file is, relative to `content/`; `language`, a tag such as `de-AT`,
    picks the quotation marks and `words` are the interface's. `prefix` goes before every id that
    is made, so that several bodies can stand on one page. Headings move down `shift` levels, at
    most to 6; None moves them one down if the text holds an h1, as is right below a title that
    the layout prints. `recall` gives what an earlier rendering made of the same code or formula.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    draft = Draft(text, folder, prefix, words, recall)
    try:
        return _rendered(text, draft, language, shift)
    except RecursionError:
        told = BodyProblem(1, 0, "nested-too-deep", "the text is nested too deep to be read")
        return Body(html=f"<pre>{escape(text, quote=False)}</pre>\n", problems=(told,))


def _rendered(text: str, draft: Draft, language: str, shift: int | None) -> Body:
    from builder.text import summary
    from builder.text.grammar import parser, quotes

    env: dict[str, Any] = {"draft": draft}
    md = parser(quotes(language))
    tokens = md.parse(without_comments(text, draft), env)
    summary.tell_unused_footnotes(draft, env)
    first_h1 = summary.first_h1(tokens)
    env["headings"] = summary.place_headings(tokens, shift, md, draft)
    excerpt, excerpt_html = summary.excerpt(tokens, md, draft)
    return Body(
        html=md.renderer.render(tokens, md.options, env),
        headings=tuple(env["headings"]),
        first_h1=first_h1,
        excerpt=excerpt,
        excerpt_html=excerpt_html,
        words=summary.count_words(tokens),
        references=tuple(draft.references),
        citations=tuple(draft.citations),
        problems=tuple(sorted(draft.problems, key=lambda p: (p.line, p.column))),
    )
