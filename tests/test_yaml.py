"""YAML as people mean it: text stays text, places are exact, mistakes are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.problems import Place, Problems
from builder.text.yaml import Map, Seq, read_yaml


def read(text: str) -> tuple[object, Problems]:
    problems = Problems()
    return read_yaml(text, "content/cv.yaml", problems), problems


@pytest.mark.parametrize(
    "scalar",
    ["2024.10", "no", "on", "2401.01230", "007", "12:30", "1e3", "2024-09-01", "0x1F", "1_000"],
)
def test_scalars_stay_as_typed(scalar: str) -> None:
    value, problems = read(f"a: {scalar}\n")
    assert value == {"a": scalar}
    assert not len(problems)


@pytest.mark.parametrize("blank", ["", "~", "null"])
def test_nothing_is_none_unless_quoted(blank: str) -> None:
    assert read(f"a: {blank}\nb: '{blank}'\n")[0] == {"a": None, "b": blank}


def test_places_are_those_an_editor_shows() -> None:
    value, _ = read("a: 1\nb:\n  - x\n  - {c: y}\n")
    assert isinstance(value, Map)
    items = value["b"]
    assert isinstance(items, Seq)
    assert value.keys_at["b"] == Place("content/cv.yaml", 2, 1)
    assert items.items_at == [Place("content/cv.yaml", 3, 5), Place("content/cv.yaml", 4, 5)]
    assert isinstance(items[1], Map)
    assert items[1].at("c") == Place("content/cv.yaml", 4, 9)


def test_lines_count_from_where_the_front_matter_stands() -> None:
    problems = Problems()
    read_yaml("a: 1\na: 2\n", "content/x.md", problems, first_line=2)
    assert [p.place for p in problems] == [Place("content/x.md", 3, 1)]


def test_a_duplicate_key_names_the_first() -> None:
    value, problems = read("a: 1\nb: 2\na: 3\n")
    assert value == {"a": "1", "b": "2"}
    (problem,) = problems
    assert problem.kind == "yaml-duplicate-key"
    assert "line 1" in problem.message
    assert problem.place == Place("content/cv.yaml", 3, 1)


def test_sub_bullets_of_a_folded_text_keep_their_lines() -> None:
    value, _ = read("- Led the work\n  - on one thing,\n    with care\n  - on another\n- a - b\n")
    assert value == ["Led the work\n- on one thing, with care\n- on another", "a - b"]


def test_merge_keys_and_aliases() -> None:
    assert read("x: &x {k: v, m: 1}\ny: {<<: *x, m: 2}\n")[0] == {
        "x": {"k": "v", "m": "1"}, "y": {"m": "2", "k": "v"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("a: b: c\n", 1, "quotes"),
        ("a: 1\n\tb: 2\n", 2, "spaces"),
        ("a: [1, 2\n", 2, "bracket"),
        ("a: 'x\n", 1, "quote"),
        ("a: @home\n", 1, "quotes"),
        ("a: 1\nb\nc: 2\n", 3, "colon"),
        ("a: &x [*x]\n", 1, ""),
        ("a: " + "[" * 150 + "]" * 150, 1, ""),
    ],
)
def test_syntax_is_told_with_its_line_and_mend(text: str, line: int, mend: str) -> None:
    _, problems = read(text)
    assert problems.errors
    problem = problems.errors[0]
    assert problem.place is not None
    assert problem.place.line == line
    assert mend in problem.hint


BOMBS = {
    "lists": "[{}]",
    "mappings": "{{a: {0}, b: {0}, c: {0}, d: {0}, e: {0}, f: {0}, g: {0}}}",
}


@pytest.mark.parametrize("shape", BOMBS.values(), ids=BOMBS)
def test_aliases_of_aliases_are_told_before_they_fill_the_memory(shape: str) -> None:
    rows = ["&a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"&a{n} " + shape.format(", ".join([f"*a{n - 1}"] * 10) if "0" not in shape else f"*a{n - 1}")
             for n in range(1, 12)]  # fmt: skip
    _, problems = read("".join(f"- {row}\n" for row in rows))
    (problem,) = problems
    assert problem.severity == "error"
    assert "aliases" in problem.message


def test_honest_aliases_are_never_too_many() -> None:
    value, problems = read("a: &a {text: " + "words " * 100 + "}\nb: [" + "*a, " * 500 + "]\n")
    assert not len(problems)
    assert isinstance(value, Map)
    assert len(value["b"] or ()) == 500


def test_control_characters_are_told_with_their_line() -> None:
    _, problems = read("a: 1\nb: x\x07y\n")
    assert [p.place for p in problems] == [Place("content/cv.yaml", 2, 5)]


@given(st.text(max_size=200))
def test_any_text_is_read_or_told_at_one_of_its_lines(text: str) -> None:
    _, problems = read(text)
    for problem in problems:
        assert problem.place is not None
        assert 1 <= problem.place.line <= text.count("\n") + 2


words = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)


@given(st.dictionaries(words, st.one_of(words, st.lists(words, max_size=4)), max_size=6))
def test_what_is_quoted_comes_back(data: dict[str, object]) -> None:
    import json

    value, problems = read(json.dumps(data, ensure_ascii=False))
    assert value == data
    assert not len(problems)
