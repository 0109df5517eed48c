"""The language of layouts: Jinja's, with kinder words for what is missing, and quick at printing.

A site fills some hundred pages with the same few layouts, so that what Jinja does for each thing
that is printed, called or looked up is most of the work of filling them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateRuntimeError, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from builder.problems import did_you_mean
from builder.reads import TOLD, Watched


class Missing(StrictUndefined):
    """What is asked of a thing that lacks it: told in a layout's own words, with the nearest name."""

    @property
    def _undefined_message(self) -> str:
        name, thing = self._undefined_name, self._undefined_obj
        if self._undefined_hint or thing is missing or not isinstance(name, str):
            return super()._undefined_message
        thing = getattr(thing, "_site", thing)
        known = (
            list(thing) if isinstance(thing, Mapping) else [n for n in dir(thing) if n[0] != "_"]
        )
        said = f"{type(thing).__name__.lower()} has no {name!r}"
        return "; ".join(filter(None, (said, did_you_mean(name, known))))


class _AsWritten(CodeGenerator):
    """Compiles layouts without reckoning what they print of constants, to print by `_shown`.

    What a thing has is fetched from it, and only what it lacks, or what is to be told, is asked of
    the environment: a page asks some three hundred times.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Any) -> None:
        """Jinja's: write the code of `node.attr`."""
        if node.attr in TOLD:
            super().visit_Getattr(node, frame)
            return
        self.write("(got_ if (got_ := getattr(of_ := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing")
        self.write(f" else environment.getattr(of_, {node.attr!r}))")

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and not finalize.src:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_to_const(self, node: Any, frame: Any, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


def _shown(value: Any) -> str:
    """What a layout prints of a value: HTML as it is, anything else with its markup escaped."""
    if type(value) is Markup:
        return value
    return _escaped(value) if type(value) is str else printed(value)


class NoText(TemplateRuntimeError):
    """What a layout or page prints has no words of its own: `site` as a whole, a function."""


def printed(value: Any) -> Markup:
    """The HTML of a value; `NoText` for what Python would print as the place where it lies in memory,
    which is another with each build."""
    html = escape(value)
    if " at 0x" in html and _LIES_AT.search(html) and not isinstance(value, str):
        kind = "function" if callable(value) else type(value).__name__.lower()
        named = {"seen": "the site", "tuple": "a list"}.get(kind, f"a {kind}")
        raise NoText(f"this prints {named} as a whole, which is no text")
    return html


_LIES_AT = re.compile(r"&lt;[^&]* at 0x[0-9a-fA-F]+")
_escaped = lru_cache(maxsize=1 << 14)(escape)
"""A page repeats the words of others."""


class _Calls(Context):
    """Calls a macro at once, where Jinja asks it first, as it asks all, what it wants to be told."""

    def call(self, obj: Any, /, *args: Any, **given: Any) -> Any:
        if type(obj) is not Macro:
            return super().call(obj, *args, **given)
        given.pop("_loop_vars", None)
        given.pop("_block_vars", None)
        return obj(self.eval_ctx, *args, **given)


class LayoutEnvironment(Watched):
    """What lays pages out: it is trusted, and may look at every attribute."""

    code_generator_class, context_class = _AsWritten, _Calls
    shown = staticmethod(_shown)
