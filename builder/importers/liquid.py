"""Liquid in a page, translated by parsing: loops over records stay alive, the rest becomes text.

python-liquid parses and evaluates. Values that stand still at the source (settings, data files, a
page's own front matter) are printed as they are; a loop over a collection becomes Jinja, which
Folio runs anew at every build. What can be neither is marked in the page and told.

While a text is under way, private characters stand for the delimiters of Folio's own Jinja, so
that braces an author meant as text are never taken for it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TextIO

from liquid import Environment, Mode
from liquid.ast import Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.expressions.logical import (
    BooleanExpression,
    EqExpression,
    LogicalAndExpression,
    LogicalNotExpression,
    LogicalOrExpression,
    NeExpression,
)
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.capture_tag import CaptureNode
from liquid.builtin.tags.comment_tag import CommentNode
from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.context import RenderContext
from liquid.exceptions import LiquidError
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG

from builder.drafts import VERBATIM
from builder.importers.jekyll import Doc

OPEN, CLOSE, BEGIN, END = "\ue010", "\ue011", "\ue012", "\ue013"
"""Stand for Folio's own `{{`, `}}`, `{%` and `%}` until the text is finished."""
LISTED, SITE_URL = "\ue014", "\ue015"
"""Stands before the number of a list of a whole collection; for the address of the site."""


class Listed(NamedTuple):
    """A whole collection, listed in a page."""

    collection: str
    jinja: str
    """The list as Jinja, with the private delimiters."""
    newest_first: bool


class Told(NamedTuple):
    """Something to tell of a page."""

    verdict: str
    line: int
    text: str


class Records(list[Any]):
    """Records of a collection, with the Jinja expression that names the same ones in Folio."""

    def __init__(self, items: Any, collection: str, jinja: str, newest_first: bool) -> None:
        super().__init__(items)
        self.collection, self.jinja, self.newest_first = collection, jinja, newest_first
        self.whole = True
        self.dated = any(isinstance(i, dict) and i.get("date") for i in self)

    def narrowed(self, items: Any, jinja: str) -> Records:
        """Some of the records, by an expression that chooses the same ones."""
        records = Records(items, self.collection, jinja, self.newest_first)
        records.whole = False
        return records


class NotLive(Exception):
    """Part of a loop has no equivalent in Jinja."""


class Room:
    """One page being translated: what it lists, and what is to be told of it."""

    def __init__(self, text: str, includes: Any, doc: Doc) -> None:
        self.text, self.includes, self.doc = text, includes, doc
        self.lists: list[Listed] = []
        self.told: list[Told] = []
        self.depth = 0

    def tell(self, verdict: str, text: str, node: Any = None) -> None:
        """Note something at the line of a node of the page itself."""
        index = getattr(getattr(node, "token", node), "start_index", -1)
        line = (
            self.text.count("\n", 0, index) + self.doc.found.body_line
            if index >= 0 and not self.depth
            else 0
        )
        self.told.append(Told(verdict, line, text))

    def mark(self, what: str, node: Any = None) -> str:
        """A marked place for what has no equivalent; an HTML comment, which no visitor sees."""
        self.tell("left", f"{what} has no equivalent; its place in the page is marked", node)
        return f"<!-- left at the import: {re.sub('[{}%<>-]+', ' ', what).strip()} -->"

    def list(self, listed: Listed) -> str:
        """A token for a whole list, so that the page can decide how to show it."""
        self.lists.append(listed)
        return f"{LISTED}{len(self.lists) - 1}{LISTED}"


class LiquidEnvironment(Environment):
    """The tags and filters of one page."""

    room: Room


def translate(text: str, room: Room, variables: dict[str, Any]) -> str:
    """The text with its Liquid translated, private delimiters standing for Jinja.

    What cannot be parsed is taken out tag by tag, each marked and told; never raises.
    """
    if "{{" not in text and "{%" not in text:
        return text
    text = _closed(text, room)
    from builder.importers.liquid_filters import FILTERS
    from builder.importers.liquid_tags import register_tags

    environment = LiquidEnvironment(tolerance=Mode.STRICT, strict_filters=False)
    environment.room = room
    for name, function in FILTERS.items():
        environment.add_filter(name, function)
    environment.add_tag(LiveForTag)
    register_tags(environment, text)
    for _ in range(60):
        try:
            return environment.from_string(text).render(**variables)
        except RecursionError:
            break
        except LiquidError as error:
            mended = _without_fault(text, error, room)
            if mended is None:
                break
            text = mended
        except Exception as error:  # a filter met a value that it cannot take
            room.tell("approximated", f"a Liquid expression failed: {type(error).__name__}")
            break
    room.tell("left", "Liquid that cannot be parsed; its tags are left out, its words kept")
    return _TAGS.sub("", text)


_UNCLOSED = re.compile(
    r"(?P<raw>\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})"
    r"|\{\{(?!(?:(?!\{[{%]).)*?\}\})|\{%(?!(?:(?!\{%).)*?%\})", re.DOTALL,
)  # fmt: skip


def _closed(text: str, room: Room) -> str:
    """The text without openings that nothing closes, which Jekyll refuses to build."""

    def drop(found: re.Match[str]) -> str:
        if found["raw"]:
            return found[0]
        room.tell(
            "left", f"{found[0]} opens what nothing closes; it is left out", _At(found.start())
        )
        return ""

    return _UNCLOSED.sub(drop, text)


_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def _without_fault(text: str, error: LiquidError, room: Room) -> str | None:
    """The text without the tag that an error points at; lines stay."""
    source = getattr(error.token, "source", None)
    index = getattr(error.token, "start_index", -1)
    tags = list(_TAGS.finditer(text))
    if source is not None and source not in (text, "") and source not in text:
        return None
    near = [t for t in tags if t.start() <= index < t.end()] or [
        t for t in tags if t.start() >= index
    ]
    near = near or tags[-1:]
    if index < 0:
        near = tags[-1:]
    if not near:
        return None
    found = near[0]
    room.tell("left", f"Liquid that cannot be read: {found[0][:60]}", _At(found.start()))
    return text[: found.start()] + "\n" * found[0].count("\n") + text[found.end() :]


class _At(NamedTuple):
    start_index: int


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


# ---- loops ----------------------------------------------------------------------------------


class LiveForNode(ForNode):
    """`for`: over records of a collection it becomes Jinja's; any other is run here and now."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the loop as Jinja, or what it prints."""
        room = context.env.room  # type: ignore[attr-defined]
        iterable = self.expression.iterable.evaluate(context)
        years = next(
            (
                n
                for n in _every(self.block)
                if "[year={{" in str(getattr(n, "args", "")).replace(" ", "")
            ),
            None,
        )
        if years is not None:  # al-folio's list by years, which Folio's own list is
            return buffer.write(
                years.run(AnyNode(years.token, years.name, "", None, years.run), context)
            )
        if not isinstance(iterable, Records):
            return super().render_to_output(context, buffer)
        try:
            return buffer.write(self.live(iterable, context, room))
        except NotLive as reason:
            if _includes_single(self.block):
                room.tell(
                    "approximated",
                    "headings and marks within this list are those of Folio's own list",
                    self,
                )
                return buffer.write(self.listed(iterable, context, room, SINGLE))
            if iterable:
                room.tell(
                    "approximated", f"this list is written out as it stood ({len(iterable)} entries), "
                    f"and does not grow by itself: {reason}", self,
                )  # fmt: skip
            return super().render_to_output(context, buffer)

    def live(self, records: Records, context: RenderContext, room: Room) -> str:
        """The loop as Jinja; raises NotLive where a part of it has no equivalent."""
        return self.listed(
            records,
            context,
            room,
            _live_block(self.block, self.expression.identifier, records, context),
        )

    def listed(self, records: Records, context: RenderContext, room: Room, block: str) -> str:
        """The loop around a block that is Jinja already."""
        loop = self.expression
        jinja, newest_first = records.jinja, records.newest_first
        if loop.reversed or not records.dated:
            newest_first = not newest_first or not records.dated
        ordered = records.collection != "pages" and not jinja.endswith((")", "reverse"))
        if ordered and not newest_first:
            jinja += ' | sort_by("oldest")'
        elif loop.reversed and not ordered and records.dated:
            jinja += " | reverse"
        whole = records.whole and not loop.limit and not loop.offset
        if records.collection == "pages" and "include" in block:
            block = PAGE
        if loop.offset:
            jinja = f"({jinja})[{int(str(loop.offset.evaluate(context)))}:]"
        if loop.limit:
            jinja += f" | limit({int(str(loop.limit.evaluate(context)))})"
        if not block.strip():
            return ""
        block = re.sub(r"\n\s*\n", "\n", block)
        text = f"{BEGIN} for post in {jinja} {END}{block}{BEGIN} endfor {END}"
        single = (
            block.replace("archive-single-talk.html", "archive-single.html").strip()
            == SINGLE.strip()
        )
        if whole and single and records.collection != "pages":
            return room.list(Listed(records.collection, text, newest_first))
        return text


class LiveForTag(ForTag):
    """Jekyll's `for`."""

    node_class = LiveForNode


SINGLE = f'\n{BEGIN} include "archive-single.html" {END}\n'
"""One record of a list, as the theme shows it."""

PAGE = f"\n* [{OPEN} post.title {CLOSE}]({OPEN} post.url {CLOSE})\n"
"""One page of a list of all pages."""

PARTS = {
    "archive-single.html": "archive-single.html", "archive-single-cv.html": "archive-single-cv.html",
    "archive-single-talk.html": "archive-single-talk.html",
    "archive-single-talk-cv.html": "archive-single-talk-cv.html",
    **dict.fromkeys(
        (f"{name}.{end}" for name in ("projects", "projects_horizontal", "post_list") for end in ("html", "liquid")), "archive-single.html"
    ),
}  # fmt: skip
"""Jekyll's includes that Folio has parts of the same name for."""


def _includes_single(block: Any) -> bool:
    return "include archive-single" in str(block) or "archive-single" in "".join(
        getattr(n, "args", "") for n in _every(block)
    )


def _every(node: Any) -> Any:
    yield node
    for child in getattr(node, "nodes", None) or ():
        yield from _every(child)
    for name in ("block", "default", "consequence", "alternatives"):
        inner = getattr(node, name, None)
        for child in inner if isinstance(inner, list) else [inner] if inner else []:
            yield from _every(child)


def _live_block(block: Any, name: str, records: Records, context: RenderContext) -> str:
    out: list[str] = []
    for node in block.nodes:
        out.append(_live(node, name, records, context))
    return "".join(out)


def _live(node: Node, name: str, records: Records, context: RenderContext) -> str:
    """One node of a loop's body as Jinja."""
    if isinstance(node, ContentNode):
        return node.text
    if isinstance(node, CommentNode):
        return ""
    if isinstance(node, OutputNode):
        return _live_output(node, name, records, context)
    if isinstance(node, IfNode):
        return _live_if(node, name, records, context)
    if (
        isinstance(node, UnlessNode)
        and name not in _heads(node.condition)
        and not node.alternatives
    ):
        chosen = node.default if node.condition.evaluate(context) else node.consequence
        return _live_block(chosen, name, records, context) if chosen else ""
    if isinstance(node, (AssignNode, CaptureNode)) and name not in str(node):
        raise NotLive("it sets variables")
    include = getattr(node, "args", None)
    if include is not None and getattr(node, "name", "") in ("include", "include_cached"):
        part = PARTS.get(str(include).split()[0] if str(include).split() else "")
        if str(include).startswith("base_path"):
            return ""
        if part:
            return f'{BEGIN} include "{part}" {END}'
    raise NotLive(f"it uses {getattr(node, 'name', '') or type(node).__name__!s}")


RECORD_FIELDS = {
    "title": "title", "url": "url", "venue": "venue", "location": "location", "type": "type", "abstract":
    "abstract", "description": "description", "role": "role", "doi": "doi",
}  # fmt: skip


def _attribute(path: Any, name: str, records: Records) -> str | None:
    """The Jinja name of `post.field`; None when the path is no field of the loop's record."""
    if not isinstance(path, Path) or not path.path or path.path[0] != name:
        return None
    if len(path.path) == 2 and isinstance(path.path[1], str):
        field = path.path[1]
        if field == "excerpt":
            return "post.summary" if records.collection == "publications" else "post.excerpt"
        if field == "description" and records.collection == "publications":
            raise NotLive("it prints post.description")
        if field in RECORD_FIELDS and not (
            records.collection == "pages" and field not in ("title", "url")
        ):
            return f"post.{RECORD_FIELDS[field]}"
    raise NotLive(f"it prints {path}")


def _live_output(node: OutputNode, name: str, records: Records, context: RenderContext) -> str:
    expression = node.expression
    assert isinstance(expression, FilteredExpression)
    if name not in _heads(expression):
        return str(expression.evaluate(context) or "")
    filters = [str(f) for f in expression.filters or []]
    if str(expression.left) == f"{name}.date":
        years = any("date" in f and re.search(r"%[Yy]['\"]?$", f.strip()) for f in filters)
        return f"{OPEN} post.year {CLOSE}" if years else f'{OPEN} post.when | when("day") {CLOSE}'
    kept = [f for f in filters if f.split(":")[0].strip() not in _NO_MATTER]
    if kept:
        raise NotLive(f"it filters with {kept[0]}")
    return f"{OPEN} {_attribute(expression.left, name, records)} {CLOSE}"


_NO_MATTER = frozenset(
    {
        "relative_url",
        "absolute_url",
        "prepend",
        "markdownify",
        "strip_html",
        "strip",
        "escape",
        "smartify",
    }
)


def _heads(expression: Any) -> set[str]:
    found = {str(expression.path[0])} if isinstance(expression, Path) else set()
    for child in expression.children():
        found |= _heads(child)
    return found


def _live_if(node: IfNode, name: str, records: Records, context: RenderContext) -> str:
    if name not in _heads(node.condition) and not node.alternatives:
        chosen = node.consequence if node.condition.evaluate(context) else node.default
        return _live_block(chosen, name, records, context) if chosen else ""
    said = [(f"if {_condition(node.condition, name, records, context)}", node.consequence)]
    said += [
        (f"elif {_condition(a.expression, name, records, context)}", a.block)
        for a in node.alternatives
    ]
    said += [("else", node.default)] if node.default else []
    parts = [
        f"{BEGIN} {word} {END}{_live_block(block, name, records, context)}" for word, block in said
    ]
    return "".join(parts) + f"{BEGIN} endif {END}"


def _condition(expression: Any, name: str, records: Records, context: RenderContext) -> str:
    """A condition on the loop's record as Jinja."""
    inner = expression.expression if isinstance(expression, BooleanExpression) else expression
    if name not in _heads(inner):
        return "true" if inner.evaluate(context) else "false"
    if isinstance(inner, Path):
        return str(_attribute(inner, name, records))
    if isinstance(inner, (LogicalAndExpression, LogicalOrExpression)):
        word = "and" if isinstance(inner, LogicalAndExpression) else "or"
        sides = (_condition(side, name, records, context) for side in (inner.left, inner.right))
        return f"({f' {word} '.join(sides)})"
    if isinstance(inner, LogicalNotExpression):
        return f"not {_condition(inner.right, name, records, context)}"
    if isinstance(inner, (EqExpression, NeExpression)) and name not in _heads(inner.right):
        field, wanted = _attribute(inner.left, name, records), inner.right.evaluate(context)
        if isinstance(wanted, str) and field:
            sign = "==" if isinstance(inner, EqExpression) else "!="
            return f"({field} | text) {sign} {wanted!r}"
    raise NotLive(f"it asks {inner}")


# ---- tags that python-liquid does not know ----------------------------------------------------


class AnyNode(Node):
    """A tag of Jekyll's or of a plugin: its name, what stands behind it, and what it holds."""

    def __init__(self, token: Any, name: str, args: str, block: Any, run: Any) -> None:
        super().__init__(token)
        self.name, self.args, self.block, self.run = name, args, block, run
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write what the tag means in Folio."""
        return buffer.write(self.run(self, context))


def any_tag(name: str, run: Any, block: bool) -> type[Tag]:
    """A tag class for a name, with or without an end."""
    from liquid.parser import get_parser

    own_name, own_end, own_block = name, f"end{name}", block

    class _Any(Tag):
        name = own_name
        end = own_end
        block = own_block

        def parse(self, stream: Any) -> Node:
            token, args, inner = stream.current, "", None
            if stream.peek.kind == TOKEN_EXPRESSION:
                next(stream)
                args = stream.current.value
            if own_block:
                next(stream)
                inner = get_parser(self.env).parse_block(stream, (own_end,))
                stream.expect(TOKEN_TAG, value=own_end)
            return AnyNode(token, own_name, args, inner, run)

    return _Any
