"""A line of text from YAML: inline Markdown as the tree that every output writes.

Bullets, titles and summaries of a CV hold emphasis, links, code and formulas, and the few tags
that CSL allows; nothing in them may become a block. Most hold nothing at all, and those never
wake the parser.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.text.body import BodyProblem, Words
from builder.text.draft import Draft
from builder.text.patterns import late
from builder.text.rich import Break, Code, Link, Mark, MarkName, Math, Node, Rich, Text, plain

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARKUP = re.compile(r"""[\\`*_~\[<&$"\n]|--|\.\.\.|://|!\[|(?<!\w)'|'(?!\w)""")
_MARKS: dict[str, MarkName] = {
    "em": "em", "strong": "strong", "s": "strike", "i": "em", "b": "strong", "sub": "sub",
    "sup": "sup",
}  # fmt: skip
_TITLE_TAGS = ("i", "b", "em", "strong", "sub", "sup")
_TAG = late(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")


@lru_cache(maxsize=16384)
def inline(
    text: str, folder: str = "", *, language: str = "en"
) -> tuple[Rich, tuple[BodyProblem, ...]]:
    """The tree of a line of Markdown, and what in it is not used as it was typed.

    Relative links become `source:` references from `folder`. HTML beyond CSL's `<i> <b> <sub>
    <sup>` (and em, strong, br) stays as text and is told.
    """
    if not _MARKUP.search(text):
        return plain(text.strip().replace("'", "’")), ()
    from builder.text.grammar import inline_parser, quotes

    draft = Draft(text, folder, "", Words())
    draft.block = 0, text.count("\n") + 1
    (line,) = inline_parser(quotes(language)).parseInline(text.strip(), {"draft": draft})
    return Rich(_tree(line.children or [], draft)), tuple(draft.problems)


class _Open:
    """An element whose end is still to come."""

    def __init__(self, name: str = "", href: str | None = None) -> None:
        self.name, self.href = name, href
        self.nodes: list[Node] = []

    def add(self, *nodes: Node) -> None:
        for node in nodes:
            last = self.nodes[-1] if self.nodes else None
            if isinstance(node, Text) and isinstance(last, Text):
                self.nodes[-1] = Text(last.text + node.text)
            elif not (isinstance(node, Text) and not node.text):
                self.nodes.append(node)


def _tree(tokens: list[Token], draft: Draft) -> tuple[Node, ...]:
    stack = [_Open()]
    for token in tokens:
        match token.type:
            case "text":
                stack[-1].add(Text(token.content))
            case "softbreak":
                stack[-1].add(Text(" "))
            case "hardbreak":
                stack[-1].add(Break())
            case "code_inline":
                stack[-1].add(Code(token.content))
            case "math":
                draft.check_formula(token.content)
                stack[-1].add(Math(token.content))
            case "link_open":
                stack.append(_Open("a", draft.link(str(token.attrs["href"]))))
            case "image":
                _picture(token, stack[-1], draft)
            case "html_inline":
                _tag(token.content, stack, draft)
            case _ if token.nesting == 1:
                stack.append(_Open(token.tag))
            case _ if token.nesting == -1:
                _close(token.tag, stack)
    while len(stack) > 1:
        stack[-2].add(*stack.pop().nodes)
    return tuple(stack[0].nodes)


def _close(name: str, stack: list[_Open]) -> None:
    """Close the element of that name; what is open within it counts only for its words."""
    if name not in (element.name for element in stack):
        return
    while stack[-1].name != name:
        stack[-2].add(*stack.pop().nodes)
    closed = stack.pop()
    children = tuple(closed.nodes)
    if name in _MARKS:
        stack[-1].add(Mark(_MARKS[name], children))
    elif closed.href:
        stack[-1].add(Link(closed.href, children))
    else:
        stack[-1].add(*children)


def _tag(html: str, stack: list[_Open], draft: Draft) -> None:
    found = _TAG().match(html)
    name = found[2].lower() if found else ""
    if html.startswith("<!--"):
        return
    if name == "br":
        stack[-1].add(Break())
    elif name not in _TITLE_TAGS:
        stack[-1].add(Text(html))
        if not html.startswith("</"):
            draft.tell(
                "html-in-text",
                f"{html} is no markup in a line of text, and is shown as it stands",
                html,
                "use Markdown, or <i>, <b>, <sub>, <sup>",
            )
    elif found and found[1]:
        _close(name, stack)
    else:
        stack.append(_Open(name))


def _picture(token: Token, element: _Open, draft: Draft) -> None:
    element.add(Text(token.content))
    draft.tell(
        "picture-in-text",
        "a line of text holds no pictures, and shows the words of this one",
        "![",
        "put it into the body of a record or page",
    )
