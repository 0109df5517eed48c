"""BibTeX: every entry arrives or is told, and what is written is read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.problems import Problems
from builder.text.bibtex import RawEntry, format_entry, parse
from tests.fixtures import pairs


def read(text: str) -> tuple[list[RawEntry], Problems]:
    problems = Problems()
    return parse(text, "x.bib", problems), problems


def kinds(problems: Problems) -> list[str]:
    return [problem.kind for problem in problems]


def dumped(text: str) -> str:
    """Entries as `@type{key} first-last` with a row a field, then problems as they are told."""
    entries, problems = read(text)
    rows = []
    for entry in entries:
        rows.append(f"@{entry.type}{{{entry.key}}} {entry.line}-{entry.end_line}")
        for name, value in entry.fields.items():
            value = value.replace("\n\n", " ¶ ")
            rows.append(f"  {entry.lines[name]} {name}: {value}".rstrip())
    for problem in problems:
        assert problem.place
        place = str(problem.place).removeprefix("x.bib:")
        rows.append(f"{place} {problem.kind}: {problem.message} ({problem.hint})")
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("typed", "expected"), [pytest.param(a, b, id=title) for title, a, b in pairs("bibtex.txt")]
)
def test_a_file_becomes_entries_and_problems(typed: str, expected: str) -> None:
    assert dumped(typed) == expected


# ---- lines and source -----------------------------------------------------------------------

PLAIN = "@article{a,\n  title = {T},\n  note = {x\n  y},\n}\n\n@book{b,\n  year = 2020\n}\n"


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_lines_are_the_same_under_every_line_ending(newline: str) -> None:
    assert read(PLAIN.replace("\n", newline))[0] == read(PLAIN)[0]


def test_a_carriage_return_too_many_is_a_line_as_editors_show_it() -> None:
    (entry,) = read("@article{a,\r\r\n  title = {T},\r\r\n  year = 2020}")[0]
    assert entry.lines == {"title": 3, "year": 5}


def test_a_byte_order_mark_is_no_text() -> None:
    entries, problems = read("\ufeff" + PLAIN)
    assert [entry.key for entry in entries] == ["a", "b"]
    assert not len(problems)


def test_the_source_is_the_entry_as_typed() -> None:
    text = "words\n@Article{ a ,\n\tTITLE={T}\n} more words @book(b, year=2020) end"
    assert [entry.source for entry in read(text)[0]] == [
        "@Article{ a ,\n\tTITLE={T}\n}",
        "@book(b, year=2020)",
    ]


# ---- keys -----------------------------------------------------------------------------------

SAME_KEY = [
    "@misc{k, title = {One}}",
    "@misc{k, title = {Two}}",
    "@misc{k, title = {Three}, note = {x}}",
]


def test_a_derived_key_does_not_depend_on_its_neighbours() -> None:
    there = {e.fields["title"]: e.key for e in read("\n".join(SAME_KEY))[0]}
    back = {e.fields["title"]: e.key for e in read("\n".join([SAME_KEY[0], *SAME_KEY[:0:-1]]))[0]}
    assert there == back
    assert re.fullmatch(r"k-[0-9a-f]{6}", there["Two"])


def test_a_derived_key_stays_when_other_fields_are_added() -> None:
    more = SAME_KEY[1].replace("}}", "}, pdf = {two.pdf}}")
    assert read("\n".join(SAME_KEY[:2]))[0][1].key == read(f"{SAME_KEY[0]}\n{more}")[0][1].key


def test_two_versions_of_one_title_have_two_keys() -> None:
    text = "".join(f"@misc{{k, title = {{T}}, year = {year}}}\n" for year in range(2000, 2020))
    keys = [entry.key for entry in read(text)[0]]
    assert len(set(keys)) == 20


# ---- what is hostile ------------------------------------------------------------------------

AFTER = "\n@misc{after, year = 2020}\n"


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = " + "{" * 100_000 + "x" + "}" * 100_000 + "}",
        "@misc{a, title = " + "{" * 100_000,
        "@misc{a, " + "{" * 100_000,
        '@misc{a, title = "' + "{" * 100_000,
        "@misc{a, title = " + '"' * 100_000,
        "@misc{a, title = " + "#" * 10_000,
        "@misc{a" + "\n" * 200_000 + "}",
        "\n" * 200_000,
        "@misc" + " " * 200_000,
        "@misc{a,\n" + " a = {x\n" * 10_000 + "}" * 10_000,
        "@misc{a,\n" + "a = 1 x, " * 10_000 + "}",
        '@misc{a, title = "a"b" # ' + '"a"b" # ' * 10_000 + '"x"}',
        "@misc{a,\n  title = {x\n\n" * 5_000,
    ],
    ids=lambda text: re.sub(r"\s+", " ", text[:24]),
)
def test_a_hostile_text_is_read_in_linear_time_and_costs_no_neighbour(text: str) -> None:
    """Were any of these quadratic, or recursive, this would not end, or end in an error."""
    assert read(text + AFTER)[0][-1].key == "after"


def test_a_collaboration_of_thousands_is_one_value() -> None:
    authors = " and ".join(f"Last{n}, {{F}}irst" for n in range(3000))
    (entry,) = read(f"@article{{a,\n  author = {{{authors}}},\n}}")[0]
    assert entry.fields["author"] == authors


def test_a_chain_of_parents_may_be_long() -> None:
    text = "".join(f"@book{{k{n}, crossref = {{k{n + 1}}}}}\n" for n in range(3000))
    entries, problems = read(f"{text}@book{{k3000, publisher = {{P}}}}")
    assert not len(problems)
    assert entries[0].fields["publisher"] == "P"


# ---- any library ----------------------------------------------------------------------------

pieces = [
    "x",
    "Yz",
    "é",
    "論",
    "=",
    "#",
    "%",
    "(",
    ")",
    "[",
    "'",
    ":",
    "\\",
    "$",
    "&",
    "-",
    "\u00a0",
]
pieces += [" ", " and ", ", ", " n = 5, ", "2020", "{}", "{B}", '{"}', "{a {{b} c}, d}", "{ % }"]
texts = st.lists(st.sampled_from(pieces), max_size=8).map(
    lambda found: re.sub(" +", " ", "".join(found)).strip(" ")
)
names = st.sampled_from(["title", "author", "year", "doi", "bdsk-url-1", "author+an:default"])
types = st.sampled_from(["article", "book", "inproceedings", "online", "patent"])
keys = st.integers(0, 999).map(lambda n: f"k{n:03}")


class Wanted(NamedTuple):
    """An entry to be written in one of many styles and read back."""

    type: str
    key: str
    fields: dict[str, str]


def libraries(entries: int = 0, fields: int = 0) -> st.SearchStrategy[list[Wanted]]:
    """Of at least so many entries, with at least so many fields each."""
    held = st.dictionaries(names, texts, min_size=fields, max_size=6)
    entry = st.builds(Wanted, types, keys, held)
    return st.lists(entry, min_size=entries, max_size=6, unique_by=lambda wanted: wanted.key)


def held(entries: list[RawEntry]) -> list[Wanted]:
    return [Wanted(entry.type, entry.key, entry.fields) for entry in entries]


def valued(value: str, style: Random) -> str:
    if value.isdecimal() and style.random() < 0.5:
        return value
    at = style.randint(0, len(value))
    halves = f'{{{value[:at]}}} # "{value[at:]}" # {{}}' if "{" not in value else f'"{value}"'
    return style.choice([f"{{{value}}}", f'"{value}"', f"{{\n \t{value} \n}}", halves])


def typed(wanted: Wanted, style: Random) -> str:
    """An entry in a style of its own: case, delimiters, blanks and commas differ."""
    kind = style.choice([wanted.type, wanted.type.upper()])
    opens, closes = style.choice([("{", "}"), ("(", ",)")])
    row, comma = style.choice([("\n  ", ","), (" ", ","), ("\n\n", " ,")])
    gap = style.choice(["", " "])
    fields = [f"{row}{name}{gap}={gap}{valued(v, style)}" for name, v in wanted.fields.items()]
    return f"@{kind}{gap}{opens}{comma.join([wanted.key, *fields])}{style.choice(ENDS)}{closes}"


ENDS = ["", ",", ",\n"]
BETWEEN = ["", "\n", "\n\n", "\n% @misc{no,}\n", "\nwords, and more\n"]
styles = st.integers(0, 2**32).map(Random)


@settings(deadline=None)
@given(libraries(), styles)
def test_a_library_arrives_as_it_was_written(library: list[Wanted], style: Random) -> None:
    text = "".join(typed(wanted, style) + style.choice(BETWEEN) for wanted in library)
    entries, problems = read(f"---\n---\n{text}")
    assert held(entries) == library
    assert not len(problems)


TOKENS = ["{", "}", '"', ",", "=", "#", "@", "(", ")"]


def slipped(text: str, style: Random) -> str:
    """The text with one delimiter too many or too few."""
    if style.random() < 0.5:
        at = style.choice([at for at, char in enumerate(text) if char in TOKENS])
        return text[:at] + text[at + 1 :]
    at = style.randint(0, len(text))
    return text[:at] + style.choice(TOKENS) + text[at:]


@settings(max_examples=300, deadline=None)
@given(libraries(entries=2, fields=1), styles)
def test_a_slip_costs_no_other_entry(library: list[Wanted], style: Random) -> None:
    blocks = [typed(wanted, style) for wanted in library]
    place = style.randrange(len(library))
    blocks[place] = slipped(blocks[place], style)
    entries, problems = read(style.choice(["\n", "\n\n"]).join(blocks))
    others = [*library[:place], *library[place + 1 :]]
    assert [wanted for wanted in held(entries) if wanted in others] == others
    assert len(problems) or len(entries) == len(library)


# ---- any text -------------------------------------------------------------------------------

soup = st.lists(
    st.sampled_from([
        *TOKENS, " ", "\n", "\n\n", "%", "a", "title", "jan", "2020", "\\", "{x}", "},\n", "}\n",
        "title = {", "year = 2020,", '"x"', "@misc{k,", "\n@book{b, ", "\n@book(c, ", "\n  @i{d,", "@string{s = ",
        "note = {a {b} c},", "\n  @foo{", "abstract = {a\n\nb}", "@comment{", "article{k, a = {b",
    ]),
    max_size=40,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), soup))
def test_any_text_is_read_and_every_entry_knows_its_place(text: str) -> None:
    entries, problems = read(text)
    count = len(re.split("\r\n?|\n", text))
    assert len({entry.key for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.key
        assert 1 <= entry.line <= entry.end_line <= count
        assert entry.source.startswith("@")
        assert entry.fields.keys() == entry.lines.keys()
        assert all(1 <= line <= count for line in entry.lines.values())
    for problem in problems:
        assert problem.place
        assert 1 <= problem.place.line <= count
        assert problem.hint


@settings(max_examples=300, deadline=None)
@given(soup.filter(lambda text: "@comment" not in text))
def test_what_goes_in_comes_out_or_is_told(text: str) -> None:
    entries, problems = read(text)
    begun = [
        text.count("\n", 0, found.start()) + 1
        for found in re.finditer(r"^ {0,3}@(?!string)[a-z]+{", text, re.MULTILINE)
    ]
    for line, following in pairwise([*begun, text.count("\n") + 2]):
        arrived = any(entry.line == line for entry in entries)
        told = any(p.place and line <= p.place.line < following for p in problems)
        assert arrived or told


# ---- writing --------------------------------------------------------------------------------


def test_an_entry_is_written_as_a_careful_author_would() -> None:
    fields = {"title": "A {B} c", "month": "jul", "abstract": "One.\n\nTwo.", "note": ""}
    assert format_entry("article", "doe2020", fields) == (
        "@article{doe2020,\n"
        "  title    = {A {B} c},\n"
        "  month    = jul,\n"
        "  abstract = {One.\n\n      Two.},\n"
        "  note     = {},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a } b", r"a {\textbraceright} b"),
        ("a { b", r"a {\textbraceleft} b"),
        ("}{x}{", r"{\textbraceright}{x}{\textbraceleft}"),
    ],
)
def test_a_brace_alone_is_written_as_a_command(value: str, expected: str) -> None:
    entries, problems = read(format_entry("misc", "k", {"title": value}))
    assert entries[0].fields == {"title": expected}
    assert not len(problems)


@pytest.mark.parametrize("key", ["a,b", "a{b}", 'say "x"', "two\nlines", "a = b", "a b=c"])
def test_a_key_that_no_key_can_be_is_made_one(key: str) -> None:
    entries, problems = read(format_entry("misc", key, {"year": "2020"}))
    assert [list(entry.fields) for entry in entries] == [["year"]]
    assert not len(problems)


paragraphs = st.lists(texts.filter(bool), max_size=3).map("\n\n".join)
written = st.tuples(st.dictionaries(names, texts), paragraphs).map(
    lambda pair: {**pair[0], "abstract": pair[1], "month": "jan"}
)


@settings(deadline=None)
@given(types, keys, written)
def test_what_is_written_is_read_back(type_: str, key: str, fields: Mapping[str, str]) -> None:
    entries, problems = read(format_entry(type_, key, fields))
    assert held(entries) == [Wanted(type_, key, dict(fields))]
    assert not len(problems)


@settings(max_examples=300, deadline=None)
@given(soup)
def test_whatever_was_read_can_be_written_and_read_again(text: str) -> None:
    for entry in read(text)[0]:
        again = format_entry(entry.type, entry.key, entry.fields)
        entries, problems = read(again)
        assert [(e.type, e.key, list(e.fields)) for e in entries] == [
            (entry.type, entry.key, list(entry.fields))
        ]
        assert set(kinds(problems)) <= {"bibtex-missing-parent"}
        assert format_entry(entry.type, entry.key, entries[0].fields) == again
