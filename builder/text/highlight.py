"""Colours program text: what a lexer found, told by a handful of class names.

The theme's stylesheet colours the classes of `CLASSES`; they are Pygments' own short names, so
any of its stylesheets fits as well. Names, punctuation and white space stand without a span: that
halves the markup of a listing and loses no colour that a reader would miss.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pygments.lexer import Lexer

CLASSES: dict[str, str] = {
    "Comment": "c",
    "Comment.Preproc": "cp",
    "Keyword": "k",
    "Operator.Word": "k",
    "Name.Function": "nf",
    "Name.Class": "nc",
    "Name.Exception": "nc",
    "Name.Builtin": "nb",
    "Name.Decorator": "nd",
    "Name.Tag": "nt",
    "Name.Attribute": "na",
    "Name.Variable": "nv",
    "Name.Constant": "no",
    "Literal.String": "s",
    "Literal.String.Escape": "se",
    "Literal.Number": "m",
    "Generic.Deleted": "gd",
    "Generic.Inserted": "gi",
    "Generic.Heading": "gh",
    "Generic.Subheading": "gu",
    "Generic.Prompt": "gp",
    "Generic.Output": "go",
    "Generic.Traceback": "gt",
    "Generic.Emph": "ge",
    "Generic.Strong": "gs",
}
"""Pygments' token type to the class of its span; a type that is not here takes its parent's."""

PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "raw"})
"""Language words that ask for no colours at all."""


def highlight(code: str, language: str) -> str | None:
    """The code as escaped HTML with `<span class>` around what has a colour.

    `language` is any alias that Pygments knows (`python`, `c++`, `console`) or a word of `PLAIN`.
    None when nobody knows the language, so that the caller can say so.
    """
    if language.lower() in PLAIN:
        return escape(code, quote=False)
    lexer = _lexer(language)
    return None if lexer is None else _spans(lexer, code)


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        lexer: Lexer = _lighter(find_lexer_class_by_name(language))(stripnl=False)
    except ClassNotFound:
        return None
    return lexer


_NAME = r"[^\W\d][^\x00-/:-@\[-^`{-\x7f]*"
"""A letter, and what is no sign or blank of ASCII."""


@cache
def _lighter(kind: Any) -> Any:
    """A lexer of Python with simpler names: its own sets of letters take longer to compile than
    most listings take to colour."""
    typed = getattr(kind, "uni_name", "")
    if not typed:
        return kind
    tokens = {
        state: [
            (rule[0].replace(typed, _NAME), *rule[1:])
            if type(rule) is tuple and isinstance(rule[0], str)
            else rule
            for rule in rules
        ]
        for state, rules in kind.tokens.items()
    }
    return type(kind)(kind.__name__, (kind,), {"tokens": tokens})


def _spans(lexer: Lexer, code: str) -> str:
    parts: list[str] = []
    run, name = "", ""
    for kind, value in lexer.get_tokens(code):
        found = _class_of(kind)
        if found == name or not value.strip():
            run += value
            continue
        parts.append(_span(run, name))
        run, name = value, found
    return "".join([*parts, _span(run, name)])


def _span(run: str, name: str) -> str:
    text = escape(run, quote=False)
    if not name:
        return text
    inner = text.rstrip()
    return f'<span class="{name}">{inner}</span>{text[len(inner) :]}'


@cache
def _class_of(kind: tuple[str, ...]) -> str:
    for length in range(len(kind), 0, -1):
        name = CLASSES.get(".".join(kind[:length]))
        if name is not None:
            return name
    return ""
