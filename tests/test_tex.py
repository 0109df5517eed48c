"""TeX in field values: what becomes of it, and what is told."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.rich import Code, Link, Mark, Math, Node, Rich, Text
from builder.text.tex import to_rich, to_text
from tests.fixtures import pairs


def written(nodes: tuple[Node, ...]) -> str:
    """The tree as one line: `⟦formula⟧`, `` `code` ``, `[link](address)`, `<mark>`, `_` a tie."""
    parts = []
    for node in nodes:
        match node:
            case Text(text):
                parts.append(text.replace("\u00a0", "_").replace("\u202f", "→"))
            case Code(text):
                parts.append(f"`{text}`")
            case Math(tex):
                parts.append(f"⟦{tex}⟧")
            case Mark(name, children):
                parts.append(f"<{name}>{written(children)}</{name}>")
            case Link(href, children):
                parts.append(f"[{written(children)}]({href})")
    return "".join(parts)


@pytest.mark.parametrize(
    ("typed", "expected"), [pytest.param(a, b, id=title) for title, a, b in pairs("tex.txt")]
)
def test_tex_becomes_a_tree(typed: str, expected: str) -> None:
    rich, told = to_rich(typed)
    assert "\n".join([written(rich.nodes), *(f"! {phrase}" for phrase in told)]) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (r"Springer~Verlag, \,Berlin", "Springer Verlag, Berlin"),
        (r"{\"O}zg{\"u}r", "Özgür"),
        (r"\emph{Nature} \& Co.", "Nature & Co."),
        (" M\u00a0I T ", "M I T"),
        (r"H$_2$O", "H2O"),
    ],
)
def test_plain_fields_have_plain_words(typed: str, expected: str) -> None:
    assert to_text(typed) == expected


def test_the_list_of_complaints_is_the_callers_own() -> None:
    to_rich(r"\fancy x")[1].clear()
    assert to_rich(r"\fancy x")[1] == [r"unknown macro \fancy"]


@pytest.mark.parametrize(
    "typed",
    ["{" * 5000 + "}" * 5000, "<i>" * 5000 + "x" + "</i>" * 5000, r"\emph{" * 900 + "}" * 900],
)
def test_depth_is_no_danger(typed: str) -> None:
    rich, _ = to_rich(typed)
    assert isinstance(rich.text, str)


_SOUP = st.lists(
    st.sampled_from(
        [*"\\${}~&<>%#_^-`'\" aé", "\\emph{", r"\'", r"\href{", "<i>", "</i>", "&amp;", r"\(", r"\)",
         r"\begin{x}", "\U000f0001"]
    )
).map("".join)  # fmt: skip


@given(st.text() | _SOUP)
def test_no_text_is_refused(text: str) -> None:
    rich, told = to_rich(text)
    assert isinstance(rich, Rich)
    assert all(isinstance(phrase, str) and phrase for phrase in told)
    assert unicodedata.is_normalized("NFC", to_text(text))


@given(st.text(alphabet=string.ascii_letters + string.digits + " "))
def test_plain_text_means_itself(text: str) -> None:
    expected = " ".join(text.split())
    assert to_rich(text) == (Rich((Text(expected),) if expected else ()), [])
    assert to_text(text) == expected


_LETTERS = st.lists(
    st.sampled_from(
        ['{\\"u}', '\\"{o}', "\\'e", "\\v{s}", "{\\ss}", "{\\O}", "{", "}", "$x$", "$", "\\", "-", "'",
         "`", "~", " ", "n", "{DNA}", "<i>", "</i>", "&amp;", "%", "\n\n", "https://x.y/"]
    )
).map("".join)  # fmt: skip


@given(_LETTERS)
def test_letters_and_flat_formulas_mean_the_same_beside_a_macro(text: str) -> None:
    accented = r"\'e" + text
    read = to_rich(accented)
    assert read == to_rich(r"\relax " + accented) or "TeX that cannot be read" in read[1]
