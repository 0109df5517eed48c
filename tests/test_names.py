"""Names: how lists are read, how names are shown, and who is one person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.names import (
    MARKS,
    PersonName,
    from_text,
    read_names,
    same_person,
    split_marks,
)
from builder.text.person import shelves
from tests.fixtures import pairs

PARTS = ("given", "particle", "family", "suffix", "literal")


@pytest.mark.parametrize(
    ("typed", "expected"), [pytest.param(a, b, id=title) for title, a, b in pairs("names.txt")]
)
def test_a_list_of_names_is_read(typed: str, expected: str) -> None:
    names = read_names(typed)
    lines = [line for line in expected.splitlines() if line]
    told = [line[2:] for line in lines if line.startswith("! ")]
    people = [line for line in lines if line != "others" and not line.startswith("! ")]
    assert [_line(n.name, n.marks) for n in names.names] == [_sorted(line) for line in people]
    assert names.others == ("others" in lines)
    assert list(names.complaints) == told


def _line(name: PersonName, marks: str) -> str:
    parts = [f"{part}: {getattr(name, part)}" for part in PARTS if getattr(name, part)]
    return _sorted(" | ".join([*parts, *([f"marks: {marks}"] if marks else [])]))


def _sorted(line: str) -> str:
    return " | ".join(sorted(line.split(" | ")))


@pytest.mark.parametrize(
    ("typed", "display", "short", "initials", "sort"),
    [
        ("Donald E. Knuth", "Donald E. Knuth", "D. E. Knuth", "D. E.", "knuth donald e."),
        ("van Beethoven, Ludwig", "Ludwig van Beethoven", "L. van Beethoven", "L.",
         "beethoven ludwig"),
        ("Jean-Paul Sartre", "Jean-Paul Sartre", "J.-P. Sartre", "J.-P.", "sartre jean-paul"),
        ("Sartre, J.-P.", "J.-P. Sartre", "J.-P. Sartre", "J.-P.", "sartre j.-p."),
        ("Tolkien, J.R.R.", "J.R.R. Tolkien", "J. R. R. Tolkien", "J. R. R.", "tolkien j.r.r."),
        ("Knuth, DE", "DE Knuth", "D. E. Knuth", "D. E.", "knuth de"),
        ("LI, XU", "XU LI", "X. LI", "X.", "li xu"),
        ("King, Jr., Martin Luther", "Martin Luther King, Jr.", "M. L. King", "M. L.",
         "king martin luther"),
        ("Henry James III", "Henry James III", "H. James", "H.", "james henry"),
        ("Øystein Łoś", "Øystein Łoś", "Ø. Łoś", "Ø.", "los oystein"),
        ("李明", "李明", "李明", "明", "李 明"),
        ("山田 太郎", "山田太郎", "山田太郎", "太郎", "山田 太郎"),
        ("ガリレオ・ガリレイ", "ガリレオ・ガリレイ", "ガリレオ・ガリレイ", "", "ガリレオ・ガリレイ"),
        ("김철수", "김철수", "김철수", "철수", "김 철수"),
        ("Plato", "Plato", "Plato", "", "plato"),
    ],
)  # fmt: skip
def test_a_name_is_shown(typed: str, display: str, short: str, initials: str, sort: str) -> None:
    name = from_text(typed)
    assert (name.display, name.short, name.initials, name.sort) == (display, short, initials, sort)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Emmy Noether", PersonName(given="Emmy", family="Noether")),
        ("  Ming\u00a0 Li ", PersonName(given="Ming", family="Li")),
        ("O'Brien, Conan", PersonName(given="Conan", family="O'Brien")),
        ("Ludwig van Beethoven", PersonName(given="Ludwig", particle="van", family="Beethoven")),
        ("王小明", PersonName(given="小明", family="王")),
        ("李，明", PersonName(given="明", family="李")),
        ("Jose\u0301 Nu\u0301n\u0303ez", PersonName(given="José", family="Núñez")),
        ("{Team GLM}", PersonName(literal="Team GLM")),
        ("a {b c", PersonName(given="a b", family="c")),
        ("", PersonName()),
    ],
)
def test_a_plain_name_is_no_tex(typed: str, name: PersonName) -> None:
    assert from_text(typed) == name


@pytest.mark.parametrize(
    ("typed", "bare", "marks"),
    [
        ("Ming Li*", "Ming Li", "*"),
        ("Ming Li*,†", "Ming Li", "*†"),
        ("Ming Li ∗ ‡", "Ming Li", "*‡"),
        ("Ming Li＊", "Ming Li", "*"),
        ("Ming Li", "Ming Li", ""),
        ("Li,", "Li,", ""),
        ("*", "*", ""),
        ("", "", ""),
    ],
)
def test_signs_are_split_off(typed: str, bare: str, marks: str) -> None:
    assert split_marks(typed) == (bare, marks)


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ("Ming Li", "Li, Ming", "full"),
        ("Ming Li", "Ming H. Li", "full"),
        ("Ming Hua Li", "Ming H. Li", "full"),
        ("Ming Hua Li", "Ming Gang Li", None),
        ("Ming Li", "Li, M.", "initials"),
        ("Ming Li", "M. H. Li", "initials"),
        ("Ming Li", "H. Li", None),
        ("Ming Li", "Mei Li", None),
        ("Ming Li", "Ming Lu", None),
        ("Ming Li", "Li Ming", None),
        ("Li, M.", "M. Li", "full"),
        ("Li, M.", "M. H. Li", "initials"),
        ("José Núñez", "JOSE NUNEZ", "full"),
        ("Jörg Müller", "Mueller, Joerg", "full"),
        ("Jörg Müller", "Muller, J", "initials"),
        ("Søren Kjær", "Soren Kjaer", "full"),
        ("Jan van der Berg", "Berg, Jan", "full"),
        ("Jan van der Berg", "van der Berg, J.", "initials"),
        ("Jan Van Der Berg", "Jan van der Berg", "full"),
        ("Xiao-Ming Li", "Xiaoming Li", "full"),
        ("Xiao Ming H. Li", "Xiaoming Li", "full"),
        ("Xiao-Ming Li", "X.-M. Li", "initials"),
        ("Xiao-Ming Li", "XM Li", "initials"),
        ("Donald Ervin Knuth", "Knuth, DE", "initials"),
        ("Conan O’Brien", "O'Brien, Conan", "full"),
        ("Gabriel García Márquez", "García-Márquez, Gabriel", None),
        ("García Márquez, Gabriel", "García-Márquez, Gabriel", "full"),
        ("John Smith Jr.", "John Smith Sr.", None),
        ("John Smith Jr.", "J. Smith", "initials"),
        ("李明", "李, 明", "full"),
        ("李明", "明 李", "full"),
        ("李明", "李小明", None),
        ("Plato", "plato", "full"),
        ("Plato", "Plautus", None),
        ("ATLAS Collaboration", "Atlas collaboration", "full"),
        ("Ming Li", "李明", None),
        ("", "", None),
        ("", "Li", None),
    ],
)  # fmt: skip
def test_who_is_one_person(one: str, other: str, match: str | None) -> None:
    assert same_person(from_text(one), from_text(other)) == match
    assert same_person(from_text(other), from_text(one)) == match
    if match:
        assert shelves(from_text(one)) & shelves(from_text(other))


_PART = st.text(alphabet="AaBbÖöéø.- ", max_size=6)


@given(_PART, _PART, _PART, _PART)
def test_a_directory_finds_everyone_who_is_one_person(a: str, b: str, c: str, d: str) -> None:
    one, other = (PersonName(given=g, family=f) for g, f in ((a, b), (c, d)))
    if one != other and same_person(one, other):
        assert shelves(one) & shelves(other)


def test_a_braced_name_is_still_its_person() -> None:
    braced = read_names("{Ming Li}").names[0].name
    assert same_person(braced, from_text("Li, Ming")) == "full"


_WORD = st.text(alphabet="ABCDEFabcdefghiéüø", min_size=2, max_size=8).map(str.capitalize)


@given(st.lists(st.tuples(_WORD, _WORD), min_size=1, max_size=5))
def test_both_orders_read_alike(people: list[tuple[str, str]]) -> None:
    straight = read_names(" and ".join(f"{given} {family}" for given, family in people))
    turned = read_names(" and ".join(f"{family}, {given}" for given, family in people))
    assert straight == turned
    assert [n.name.display for n in straight.names] == [f"{g} {f}" for g, f in people]


@given(_WORD, _WORD, st.text(alphabet=MARKS.replace("∗", ""), max_size=3))
def test_signs_never_touch_the_name(given_name: str, family: str, marks: str) -> None:
    read = read_names(f"{family}{marks}, {given_name}").names[0]
    assert read == (from_text(f"{given_name} {family}"), marks)


_SOUP = st.lists(
    st.sampled_from([*"{}\\$,;&*† ~=\n", "and ", " and ", "Li", "de ", r"\'", "李", "family=", "\\v{"])
).map("".join)  # fmt: skip


@given(st.text() | _SOUP)
def test_no_text_is_refused(text: str) -> None:
    for name, _ in read_names(text).names:
        assert name.display
        assert same_person(name, name) == "full"
    name = from_text(text)
    assert same_person(name, name) == ("full" if name.display else None)
