"""Jinja in pages: an author's expressions over the site, run in a sandbox before Markdown.

What an expression prints is HTML, and must pass through Markdown untouched; so it is held back,
a token stands for it, and `Draft.put_back` restores it. Code and formulas are shown as written.
HTML comments are the comment delimiters, so that a commented-out draft neither runs nor leaks.
Markers carried through the run tell which line of the source each line of the result came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import msgspec
from jinja2 import (
    Environment,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
    pass_context,
)  # fmt: skip
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from builder.environment import NoText, printed
from builder.faults import column_of
from builder.model.documents import Document
from builder.problems import Place, did_you_mean
from builder.reads import Watched
from builder.templates import without_chance
from builder.text.body import Body, Heading
from builder.text.slugs import slug, unique

_LINE = re.compile("\ue002(\\d+)\ue003")
_HELD = re.compile("\ue000(\\d+)\ue004?\ue001")
_PRIVATE = re.compile("[\ue000-\ue007]")
_BLOCK = re.compile(
    r"\s*<(?:address|article|aside|blockquote|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|th|tr|ul)\b",
    re.IGNORECASE,
)
"""How HTML begins that no paragraph can hold."""
_TAG = re.compile(r"<[^>]*>")
_LINK_TAG = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)

VERBATIM = re.compile(
    r"(?P<comment><!--.*?-->)"
    r"|(?P<fence>^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<ticks>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=ticks)[`~]*[ \t]*$|\Z))"
    r"|(?<![`\\])(?P<span>(?P<run>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=run)(?!`))"
    r"|(?P<math>\$\$.+?\$\$|(?<![\\$\w])\$(?=\S)(?:(?!\n[ \t]*\n)[^$])+?(?<=\S)\$(?![\d$]))",
    re.DOTALL | re.MULTILINE,
)
"""Comments, and what an author shows as it is: code and formulas, in which braces are text."""


class Draft:
    """A body after its expressions have run: Markdown text, the HTML held back, the lines."""

    def __init__(self, text: str, held: list[str], lines: list[int]) -> None:
        self.text, self._held, self._lines = text, held, lines

    def line(self, number: int) -> int:
        """The line of the body, counted from 1, that a line of `text` came from."""
        return self._lines[min(number, len(self._lines)) - 1] if self._lines else number

    def put_back(self, html: str) -> str:
        """The HTML with what was held back in its place."""
        if not self._held:
            return html
        return _HELD.sub(
            lambda t: self._held[int(t[1])] if int(t[1]) < len(self._held) else "", html
        )

    def whole(self, body: Body) -> Body:
        """What Markdown made of the text, with what was held back in its place everywhere.

        A heading that an expression printed is known to links by what it printed.
        """
        if not self._held:
            return body
        html, ids = body.html, {heading.id for heading in body.headings}
        headings = []
        for heading in body.headings:
            text = self._plain(heading.text)
            name = heading.id
            if not _HELD.sub("", heading.text).strip():
                name = unique(slug(text), ids)
                html = html.replace(f'id="{heading.id}"', f'id="{name}"')
                html = html.replace(f'href="#{heading.id}"', f'href="#{name}"')
            inner = _LINK_TAG.sub("", self.put_back(heading.html))
            headings.append(Heading(heading.level, name, text, inner))
        return msgspec.structs.replace(
            body, html=self.put_back(html), headings=tuple(headings),
            first_h1=self._plain(body.first_h1), excerpt=self._plain(body.excerpt),
            excerpt_html=self.put_back(body.excerpt_html),
        )  # fmt: skip

    def _plain(self, text: str) -> str:
        """Plain text with what was held back, without its markup."""
        return _HELD.sub(lambda t: unescape(_TAG.sub("", self.put_back(t[0]))), text)


def plain_text(document: Document) -> str | None:
    """The body of a document when it has no expressions; None when they are to be run first."""
    body = _without_private(document.body)
    return None if _is_templated(body) else body


def _is_templated(body: str) -> bool:
    return "{{" in body or "{%" in body or "<!--" in body


def _without_private(body: str) -> str:
    """A body without the characters that stand for what is held back."""
    return body if body.isascii() else _PRIVATE.sub("", body)


class DraftRoom:
    """Runs the expressions of bodies against one site.

    `theme` renders the parts that a body includes; `variables` are what a body may speak of.
    """

    def __init__(self, theme: Watched, variables: dict[str, Any]) -> None:
        self.variables, self.reads = variables, theme.reads
        self.environment = _environment(theme)

    def run(self, document: Document, **more: Any) -> Draft:
        """The body's text with its expressions run; what fails is an error at its line."""
        body = _without_private(document.body)
        if not _is_templated(body):
            return Draft(body, [], [])
        held: list[str] = []
        try:
            template = self.environment.from_string(_with_verbatim(body))
            run = template.render(**self.variables, **more, held=held)
        except Exception as error:  # an expression may raise anything; it is told at its line
            self._tell(error, document)
            return Draft("", [], [])
        text, lines = _without_markers(run)
        return Draft(text, held, lines)

    def _tell(self, error: Exception, document: Document) -> None:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_in_traceback(error)
        message = getattr(error, "message", None) or str(error) or type(error).__name__
        typed = [*document.body.split("\n"), ""][(line or 1) - 1]
        at = document.body_line + (line or 1) - 1
        place = Place(document.path, at, column_of(message, typed))
        if isinstance(error, TemplateNotFound):
            loader = self.environment.theme.loader  # type: ignore[attr-defined]
            parts = [name for name in loader.list_templates() if name.startswith("parts/")]
            message = f"there is no part {error.name!r}"
            hint = did_you_mean(str(error.name), parts) or f"the parts are {', '.join(parts)}"
        elif isinstance(error, UndefinedError) and "; did you mean" in message:
            message, _, hint = message.partition("; ")
        elif isinstance(error, NoText):
            hint = "say what of it is to be shown, as in {{ site.title }}"
        elif isinstance(error, UndefinedError):
            hint = "site holds publications, talks, teaching, projects, posts, people, cv, owner"
        elif named := _NO_SUCH.match(message):
            known = getattr(self.environment, f"{named[1]}s")
            hint = did_you_mean(named[2], sorted(known)) or f"docs/theme.md lists every {named[1]}"
        elif "end of comment" in message:
            message, hint = "a comment is never closed", "close it with -->"
        else:
            hint = "to show braces as they are, put them in `code`, or write {{ '{{' }}"
        self.reads.problems.error(
            "template", f"this expression cannot be run: {message}", place, hint
        )


_NO_SUCH = re.compile(r"No (filter|test) named '([^']*)'")
"""What Jinja says of a name after `|` or `is` that it does not know."""


def _with_verbatim(body: str) -> str:
    """The body with code and formulas marked as raw, lines unchanged."""

    def raw(found: re.Match[str]) -> str:
        if found["comment"] or not re.search(r"\{[{%]|<!--|-->|%\}|\}\}", found[0]):
            return found[0]
        shown = found[0].replace("endraw", "end\ue002raw")
        return "{%+ raw %}" + shown + "{% endraw +%}"

    parts, end = [], 0
    for found in VERBATIM.finditer(body):
        parts += [_PRINTED_LINE.sub(r"\1+%}", body[end : found.start()]), raw(found)]
        end = found.end()
    return "".join([*parts, _PRINTED_LINE.sub(r"\1+%}", body[end:])])


_PRINTED_LINE = re.compile(
    r"^((?=[^\n]*(?:\{\{|\{%[-+]?[ \t]*include\b))[^\n]*[^-+\s])[ \t]*%\}(?=[ \t]*$)", re.MULTILINE
)
"""A line that prints something and ends in a tag: it stays a line, where Jinja would join the next."""


def _without_markers(run: str) -> tuple[str, list[int]]:
    """The text, and for each of its lines the line of the source it came from."""
    lines: list[int] = []
    parts: list[str] = []
    source, at_start = 1, True
    for number, piece in enumerate(_LINE.split(run.replace("end\ue002raw", "endraw"))):
        if number % 2:
            source = int(piece)
            continue
        for n, part in enumerate(piece.split("\n")):
            if n:
                source, at_start = source + 1, True
            if at_start and (part or n < piece.count("\n")):
                lines.append(source)
                at_start = False
        parts.append(piece)
    return "".join(parts), lines


def _line_in_traceback(error: Exception) -> int:
    """The line of the body in which a running template failed."""
    line, step = 0, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            line = step.tb_lineno
        step = step.tb_next
    return line


@pass_context
def _hold(context: Context, value: Any) -> Markup:
    """Keep what an expression prints, and let a token stand for it; nothing for nothing."""
    html = str(printed(value))
    if not html.strip():
        return Markup(html)
    held = context["held"]
    held.append(html)
    end = "\ue004\ue001" if _BLOCK.match(html) else "\ue001"
    return Markup(f"\ue000{len(held) - 1}{end}")


class _LineMarkers(Extension):
    """Marks the beginning of each stretch of text with the line that it stands on."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        opened = False
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", f"\ue002{token.lineno}\ue003{token.value}")
            elif opened and token.type == "name" and token.value == "include":
                yield Token(
                    token.lineno, "name", _IncludedParts.tag
                )  # Jinja keeps its own for itself
            else:
                yield token
            opened = token.type == "block_begin"


class _IncludedParts(Extension):
    """`{% include "parts/x.html" %}` prints a part of the theme, which reads the page's names."""

    tag = "include_part"
    tags = {tag}  # noqa: RUF012

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        name = parser.parse_expression()
        while parser.stream.current.type != "block_end":
            next(parser.stream)  # `with context`, `ignore missing`: nothing else is meant here
        call = self.call_method("_include", [name, nodes.DerivedContextReference()], lineno=line)
        trimmed = parser.stream.look().lineno > line  # what a part prints ends its line, as typed
        return nodes.Output([call, nodes.TemplateData("\n" if trimmed else "")], lineno=line)

    def _include(self, name: str, context: Context) -> Markup:
        theme: Environment = self.environment.theme  # type: ignore[attr-defined]
        names = {k: v for k, v in context.get_all().items() if k != "held"}
        return Markup(theme.get_template(part_name(name)).render(names))


def part_name(name: str) -> str:
    """The template that an author means: `publication`, `publication.html` or its whole path."""
    name = name if name.endswith(".html") else name + ".html"
    return name if "/" in name else f"parts/{name}"


LONGEST = 1_000_000
"""Characters, items or bits that one product or power in a body may come to."""


class _Sandbox(Watched, ImmutableSandboxedEnvironment):
    """Refuses sums that would take the machine's memory or hours of its time."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if _size(operator, left, right) > LONGEST:
            raise SecurityError(f"what {operator} comes to here is too large")
        return super().call_binop(context, operator, left, right)


def _size(operator: str, left: Any, right: Any) -> int:
    """How much a product or power comes to: bits of a number, items of a text or list."""
    if isinstance(right, (str, list, tuple)):
        left, right = right, left
    if not isinstance(right, int):
        return 0
    if isinstance(left, int):
        bits, more = left.bit_length(), right.bit_length()
        return bits * max(right, 0) if operator == "**" and bits > 1 else bits + more
    return len(left) * right if isinstance(left, (str, list, tuple)) else 0


def _environment(theme: Watched) -> _Sandbox:
    environment = _Sandbox(
        theme.reads, comment_start_string="<!--", comment_end_string="-->", trim_blocks=True, lstrip_blocks=True,
        autoescape=True, undefined=theme.undefined, finalize=_hold, keep_trailing_newline=True,
        extensions=[_LineMarkers, _IncludedParts],
    )  # fmt: skip
    environment.filters.update(theme.filters)
    environment.tests.update(theme.tests)
    environment.globals = {**theme.globals, **environment.globals}  # the sandbox has its own range
    environment.theme = theme  # type: ignore[attr-defined]
    without_chance(environment)
    return environment
