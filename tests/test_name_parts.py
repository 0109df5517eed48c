"""One name divided as BibTeX divides it."""

from __future__ import annotations

import pytest
from bibtexparser.middlewares.names import parse_single_name_into_parts
from hypothesis import given
from hypothesis import strategies as st

from builder.text.name_parts import name_parts


@pytest.mark.parametrize(
    ("name", "first", "von", "last", "jr"),
    [
        ("Donald E. Knuth", "Donald E.", "", "Knuth", ""),
        ("Charles Louis Xavier Joseph de la Vallée Poussin", "Charles Louis Xavier Joseph", "de la",
         "Vallée Poussin", ""),
        ("jean de la fontaine", "", "jean de la", "fontaine", ""),
        ("Jean {de la} fontaine", "Jean {de la}", "", "fontaine", ""),
        (r"Jean {\'E}tienne d'Arc Roe", r"Jean {\'E}tienne", "d'Arc", "Roe", ""),
        (r"Jan {\'e}s Roe", "Jan", r"{\'e}s", "Roe", ""),
        (r"Jan {\O}st Roe", r"Jan {\O}st", "", "Roe", ""),
        (r"Jan {\o}st Roe", "Jan", r"{\o}st", "Roe", ""),
        ("Brinch Hansen, Per", "Per", "", "Brinch Hansen", ""),
        ("{Brinch Hansen}, Per~B.", "Per B.", "", "{Brinch Hansen}", ""),
        ("von und zu Aa, Jr., Ann", "Ann", "von und zu", "Aa", "Jr."),
        ("von Aa, Jr., Ann, Bea", "Ann Bea", "von", "Aa", "Jr."),
        ("{Smith, Jones and Sons}", "", "", "{Smith, Jones and Sons}", ""),
        ("Madonna", "", "", "Madonna", ""),
        ("Knuth,", "", "", "Knuth", ""),
        ("Ann {Unclosed", "Ann", "", "{Unclosed}", ""),
        ("Ann Closed}", "Ann", "", "{Closed}", ""),
        ("", "", "", "", ""),
    ],
)  # fmt: skip
def test_the_parts_of_a_name(name: str, first: str, von: str, last: str, jr: str) -> None:
    assert [" ".join(part) for part in name_parts(name)] == [first, von, last, jr]


WORDS = st.sampled_from(["Ann", "B.", "von", "de", "{de la}", r"{\'E}mile", "d'Arc", "Roe", "{R and S}"])  # fmt: skip


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=3))
def test_with_commas_it_is_as_another_reader_has_it(
    family: list[str], jr: list[str], given: list[str]
) -> None:
    name = ", ".join(" ".join(part) for part in (family or ["Roe"], jr or ["Jr"], given or ["Ann"]))
    theirs = parse_single_name_into_parts(name)
    assert name_parts(name) == tuple(map(tuple, (theirs.first, theirs.von, theirs.last, theirs.jr)))


@given(st.text("aB{}\\ ~,'é李", max_size=30))
def test_no_word_is_lost(name: str) -> None:
    kept = "".join("".join(part) for part in name_parts(name))
    bare = str.maketrans("", "", "{}, ~")
    assert sorted(kept.translate(bare)) == sorted(name.translate(bare))
