"""Formulas as MathML, and listings in colours."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.text.highlight import CLASSES, highlight
from builder.text.maths import problem_of, to_mathml
from builder.text.maths_writer import line_of_formula
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
        (r"\foo + \bar{x} + \foo", r"\foo is not known"),
        (r"\left( x", r"\left and \right do not pair"),
        (r"x^", "has nothing behind it"),
        (r"a_b_c", "two subscripts"),
        (r"\frac{1}{", "a brace is missing"),
        (r"\begin{cases} x", r"no \end"),
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


ATOMS = st.sampled_from(
    ["x", "n", "O", "1", "2.5", "+", "-", "=", "(", ")", ",", "/", "[", "]", r"\alpha ", r"\times ",
     r"\leq ", r"\sim ", r"\infty ", r"\pm ", r"\approx ", r"\ell ", r"\in "]
)  # fmt: skip
SCRIPTS = st.sampled_from(["", "", "_i", "^2", "_{12}", "^{n+1}", r"_\theta", "_i^2", "^{-1}_x"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(ATOMS, SCRIPTS).map("".join), min_size=1, max_size=6).map(" ".join))
def test_simple_formulas_read_the_same_with_and_without_the_library(tex: str) -> None:
    # an invisible space in another alphabet is not simple, and leaves no trace in MathML
    beside = to_mathml(tex + r"\mathrm{}")
    assert to_mathml(tex).removesuffix("</math>") == beside.removesuffix("<mrow></mrow></math>")


TEX = st.lists(
    st.sampled_from(
        ["{", "}", "_", "^", "&", r"\\", r"\frac", r"\left(", r"\right)", r"\sqrt", "[", "]", "'",
         r"\begin{matrix}", r"\end{matrix}", r"\text{<b>}", r"\mathbf", r"\hat", r"\sum", r"\log",
         r"\operatorname{", r"\limits", "x", "1", "<", ">", '"', "%", "#", r"\href{a}", r"\color",
         r"\newcommand", r"\def", r"\unicode", r"\over", r"\not", r"\big", " ", "é"]
    )
    | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=14,
).map("".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(TEX, st.booleans())
def test_any_tex_gives_one_sound_element(tex: str, display: bool) -> None:
    root = ElementTree.fromstring(to_mathml(tex, display))
    assert root.tag in ("math", "code")
    assert (root.tag == "code") == bool(problem_of(tex) or not tex.strip())
    for node in root.iter():
        assert not {"style", "href", "id"} & set(node.attrib)


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
