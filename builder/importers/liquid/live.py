"""What stands in a loop over records, as Jinja: text, fields, conditions, includes."""

from __future__ import annotations

import re
from typing import Any

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
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.context import RenderContext

from builder.importers.jinja import BEGIN, CLOSE, END, OPEN, PARTS
from builder.importers.liquid.room import Records


class NotLive(Exception):
    """Part of a loop has no equivalent in Jinja."""


def live_block(block: Any, name: str, records: Records, context: RenderContext) -> str:
    """The body of a loop over records as Jinja; raises NotLive where a part has no equivalent."""
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
        return live_block(chosen, name, records, context) if chosen else ""
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
        return live_block(chosen, name, records, context) if chosen else ""
    said = [(f"if {_condition(node.condition, name, records, context)}", node.consequence)]
    said += [
        (f"elif {_condition(a.expression, name, records, context)}", a.block)
        for a in node.alternatives
    ]
    said += [("else", node.default)] if node.default else []
    parts = [
        f"{BEGIN} {word} {END}{live_block(block, name, records, context)}" for word, block in said
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
