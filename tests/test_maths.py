"""Formulas as MathML, and listings in colours."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.text.highlight import CLASSES, highlight
from builder.text.maths import problem_of, to_mathml
from builder.text.maths_writer import line_of_formula
from builder.text.typst_writer import with_formulas
from tests.fixtures import pairs


@pytest.mark.parametrize(
    ("formulas", "markup"), [pytest.param(i, o, id=t) for t, i, o in pairs("maths.txt")]
)
def test_formulas_become_mathml(formulas: str, markup: str) -> None:
    assert [to_mathml(tex) for tex in formulas.split("\n")] == markup.split("\n")


@pytest.mark.parametrize(
    ("tex", "line"), [pytest.param(i, o, id=t) for t, i, o in pairs("maths_as_a_line.txt")]
)
def test_formulas_become_a_line_of_characters(tex: str, line: str) -> None:
    assert line_of_formula(tex) == line


@given(st.text(alphabet="ab12+-=^_{}\\ ,()'fracsqt", max_size=24))
def test_any_formula_becomes_a_line(tex: str) -> None:
    assert "\n" not in line_of_formula(tex)


def test_a_displayed_formula_says_so() -> None:
    assert to_mathml("x", display=True) == '<math display="block"><mi>x</mi></math>'


def test_no_formula_is_nothing_to_complain_about() -> None:
    assert to_mathml(" ") == '<code class="math"></code>'
    assert problem_of(" ") == ""


@pytest.mark.parametrize(
    ("tex", "words"),
    [
        (r"\foo + \bar{x} + \baz + \foo", r"\foo, \baz are not known here"),
        (r"\begin{bar}x\end{bar}", "the environment bar is not known here"),
        (r"\color{redish} x", "the colour redish is not known here"),
        (r"\newcommand{\R}{\mathbb{R}} \R", r"\newcommand is not known here"),
        (r"as in \eqref{a}", r"\eqref is not known here"),
        (r"\left( x", r"\left and \right do not pair"),
        (r"\left x", r"\left has no bracket behind it"),
        (r"x^", "^ has nothing behind it"),
        (r"x__y", "_ or ^ has nothing behind it"),
        (r"1 + \sqrt", r"\sqrt has nothing behind it"),
        (r"a_b_c", "two subscripts in a row"),
        (r"a^b^c", "two superscripts in a row"),
        (r"x\limits_y", r"\limits stands behind no operator"),
        (r"a & b", "& stands in no table"),
        (r"\frac{1}{", "a brace is missing"),
        (r"\begin{cases} x", r"a \begin has no \end"),
        (r"x \end{cases}", r"an \end has no \begin"),
        (r"\begin{align} x \end{gather}", r"\begin and \end do not pair"),
        (r"\text{\alpha}", r"cannot be read from “\alpha}” on"),
        (r"\label{a}", "nothing in it can be shown"),
        (r"\operatorname{<script>}x", "a sign stands where none can"),
        (r"\operatorname{<b>x</b>}", "a sign stands where none can"),
        (r"a \\ \frac{b}\\", "a part of it is missing"),
        ("\\sqrt{" * 100 + "}" * 100, "too deep within others"),
        ("\\hat" * 200 + " x", "too deep within others"),
        ("x\ue0001\ue001", "from outside"),
    ],
)
def test_what_cannot_be_set_is_told_and_shown_as_tex(tex: str, words: str) -> None:
    assert words in problem_of(tex)
    assert to_mathml(tex).startswith('<code class="math">')
    assert unescape(re.sub(r"<[^>]*>", "", to_mathml(tex))) == tex


@pytest.mark.parametrize("tex", [r"1.4\times", r"\sum_{i} x_i \leq 1", r"\mathrm{KL}(p\|q)"])
def test_what_can_be_set_is_not_told(tex: str) -> None:
    assert problem_of(tex) == ""


TEX = st.lists(
    st.sampled_from(
        ["{", "}", "_", "^", "&", r"\\", r"\frac", r"\left(", r"\right)", r"\sqrt", "[", "]", "'",
         r"\begin{matrix}", r"\end{matrix}", r"\text{<b>}", r"\mathbf", r"\hat", r"\sum", r"\log",
         r"\operatorname{", r"\limits", "x", "1", "<", ">", '"', "%", "#", r"\href{a}", r"\color",
         r"\newcommand", r"\def", r"\unicode", r"\over", r"\not", r"\big", " ", "é", r"\!",
         r"\begin{align}", r"\end{align}", r"\tag{1}", r"\boxed{", r"\mathrel{", r"\label{a}",
         r"\begin{array}{c|l}", r"\end{array}", r"\eqref{a}", r"\textsc{a}", r"\mathchoice", "(",
         r"\hspace{-2em}", r"\Big\|"]
    )
    | st.characters(),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEX, st.booleans())
def test_any_tex_gives_one_sound_element(tex: str, display: bool) -> None:
    root = ElementTree.fromstring(to_mathml(tex, display))
    assert root.tag in ("math", "code")
    assert (root.tag == "code") == bool(problem_of(tex) or not (root.text or len(root)))
    assert not {"style", "href", "id"} & {name for node in root.iter() for name in node.attrib}
    assert "\n" not in line_of_formula(tex)
    assert with_formulas({"t": "tex", "tex": tex})


@pytest.mark.parametrize("tex", ["(" * 60, r"\sin(" * 60, r"\bigl[" * 60, r"f(\hat)" * 60])
def test_brackets_that_are_never_closed_are_set_at_once(tex: str) -> None:
    assert problem_of(tex) == ""


# ---- formulas for the PDF -------------------------------------------------------------------


def letters(data: Any) -> list[str]:
    """What is set, sign by sign or word by word, of a formula for the PDF."""
    return [data["s"]] if data.get("s") else [s for part in data["c"] for s in letters(part)]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\log 2", ["log", "2"]),
        (r"\mathcal{LN}x", ["ℒ", "𝒩", "x"]),
        (r"\mathrm{GL}_n", ["GL", "n"]),
        (r"A \xrightarrow{f} B", ["A", "→", "f", "B"]),
        (r"\text{if \textbf{b}}x", ["if\xa0", "b", "x"]),
    ],
)
def test_a_formula_is_set_in_the_pdf(tex: str, expected: list[str]) -> None:
    assert letters(with_formulas({"t": "tex", "tex": tex})) == expected


def test_numbers_and_signs_are_text_in_the_pdf() -> None:
    assert with_formulas({"t": "tex", "tex": r"1.4\times"}) == "1.4×"


# ---- listings -------------------------------------------------------------------------------


def test_a_listing_is_coloured_by_few_classes() -> None:
    assert highlight("def f(x):\n    return 'a' + 1  # b\n", "python") == (
        '<span class="k">def</span> <span class="nf">f</span>(x):\n'
        '    <span class="k">return</span> <span class="s">\'a\'</span> + '
        '<span class="m">1</span>  <span class="c"># b</span>\n'
    )


def test_words_for_plain_text_ask_for_no_colours() -> None:
    assert highlight("a < b", "text") == highlight("a < b", "none") == "a &lt; b"


def test_a_language_that_nobody_knows_is_none() -> None:
    assert highlight("x", "nosuchlanguage") is None


@pytest.mark.parametrize("language", ["python", "html", "bash", "diff", "console", "tex", "c++"])
def test_colours_change_no_character(language: str) -> None:
    code = "\n\n<a href='b'>$ x & y</a>\n- a\n+ b\n\n   def f():\n\treturn \"\\n\"\n\n"
    html = highlight(code, language)
    assert html is not None
    assert "<span" in html
    assert unescape(re.sub(r"</?span[^>]*>", "", html)) == code
    assert set(re.findall(r'class="([^"]*)"', html)) <= set(CLASSES.values())
