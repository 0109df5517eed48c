"""Colours of listings: what Pygments finds is what is coloured."""

from __future__ import annotations

import pytest
from pygments.lexers import get_lexer_by_name

from builder.text.highlight import highlight

PYTHON = """\
import größen.maß as m

@décor.ator
class Größe(Exception):
    '''Says $x$.'''

    async def läuft_(self, x=0x1f) -> None:
        return not f"{x!r:>{self.x}}" @ m  # ok
"""
MARKED = {"Token.Name.Function": "nf", "Token.Name.Class": "nc", "Token.Name.Decorator": "nd"}


@pytest.mark.parametrize("language", ["python", "py3", "numpy"])
def test_names_in_python_are_those_that_pygments_finds(language: str) -> None:
    shown = highlight(PYTHON, language)
    found = get_lexer_by_name(language).get_tokens(PYTHON)
    named = [(MARKED[str(kind)], word) for kind, word in found if str(kind) in MARKED]
    assert [word for _, word in named] == ["@décor", "Größe", "läuft_"]
    for mark, word in named:
        assert f'<span class="{mark}">{word}</span>' in str(shown)


def test_what_nobody_knows_has_no_colours() -> None:
    assert highlight("x", "no-such-language") is None
    assert highlight("<x>", "text") == "&lt;x&gt;"
