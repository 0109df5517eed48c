"""Tags that python-liquid does not know, of whatever name: each runs a function of ours."""

from __future__ import annotations

from typing import Any, TextIO

from liquid.ast import Node
from liquid.context import RenderContext
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG


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
