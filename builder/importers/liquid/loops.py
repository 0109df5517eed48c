"""Loops: over records of a collection they become Jinja's, and go on growing with the site."""

from __future__ import annotations

import re
from typing import Any, TextIO

from liquid.builtin.tags.for_tag import ForNode, ForTag
from liquid.context import RenderContext

from builder.importers.jinja import BEGIN, CLOSE, END, OPEN, SINGLE
from builder.importers.liquid.anytag import AnyNode
from builder.importers.liquid.live import NotLive, live_block
from builder.importers.liquid.room import Listed, Records, Room


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
                by_category = iterable.collection == "publications" and "category" in str(reason)
                return buffer.write(self.listed(iterable, context, room, SINGLE, by_category))
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
            live_block(self.block, self.expression.identifier, records, context),
        )

    def listed(
        self, records: Records, context: RenderContext, room: Room, block: str,
        by_category: bool = False,
    ) -> str:  # fmt: skip
        """The loop around a block that is Jinja already; papers in their categories where asked for."""
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
        if by_category:
            papers = f"{BEGIN} for post in group.list {END}{block}{BEGIN} endfor {END}"
            text = f'{BEGIN} for group in {jinja} | group_by("topics") {END}\n\n## {OPEN} group.grouper or words.other {CLOSE}\n{papers}{BEGIN} endfor {END}'
        single = (
            block.replace("archive-single-talk.html", "archive-single.html").strip()
            == SINGLE.strip()
        )
        if whole and single and records.collection != "pages":
            return room.list(Listed(records.collection, text, newest_first, by_category))
        return text


class LiveForTag(ForTag):
    """Jekyll's `for`."""

    node_class = LiveForNode


PAGE = f"\n* [{OPEN} post.title {CLOSE}]({OPEN} post.url {CLOSE})\n"
"""One page of a list of all pages."""


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
