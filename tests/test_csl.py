"""CSL-JSON: records arrive whole, broken files are told with line and column, dates go both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.fields import Reading
from builder.model.assets import Assets
from builder.model.bibliography import Bibliography
from builder.model.exchange import publications_of
from builder.model.publications import Publication
from builder.problems import Problems
from builder.text import csl_json
from builder.text.csl import edtf, read_date, read_rich, write_date, write_rich
from builder.text.dates import read_when
from tests.conftest import MakeSite
from tests.fixtures import pairs
from tests.test_ris import parts


def read(text: str) -> tuple[list[Publication], Problems]:
    """The publications of a file that holds one list of items."""
    problems = Problems()
    items = csl_json.parse(text, "x.json", problems) or []
    context = Bibliography(reading=Reading(problems=problems), assets=Assets(), labels={})
    return list(publications_of((("x.json", item) for item in items), context)), problems


def dumped(text: str) -> str:
    """One item as rows of what the model makes of it, then the problems."""
    (paper,), problems = read(f"[{text}]")
    more = ["and others"] if paper.others else []
    said = {
        "key": paper.key, "type": paper.type, "title": paper.title.html.replace("<math", "$<math"),
        "authors": "; ".join([*(parts(a.name) for a in paper.authors), *more]), "venue": paper.venue.text,
        "when": edtf(paper.when) if paper.when else "", "volume": paper.volume, "pages": paper.pages,
        "doi": paper.doi, "arxiv": paper.arxiv, "status": paper.status if paper.status != "published" else "",
        "abstract": " ¶ ".join(p.text for p in paper.abstract.paragraphs), "note": paper.note.text,
        "extra": ", ".join(f"{k}={v}" for k, v in paper.extra.items()),
    }  # fmt: skip
    rows = [f"{name}: {value}" for name, value in said.items() if value]
    told = sorted(problems, key=lambda p: p.place or ("", 0, 0))
    rows += [f"{p.place.line} {p.kind}: {p.message} ({p.hint})" for p in told if p.place]
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("typed", "expected"), [pytest.param(a, b, id=title) for title, a, b in pairs("csl.txt")]
)
def test_an_item_becomes_a_publication(typed: str, expected: str) -> None:
    if "$x^2$" in expected:  # formulas are MathML in HTML
        start, end = dumped(typed).split("$<math")[0], dumped(typed).rpartition("</math>")[2]
        assert f"{start}$x^2${end}" == expected
    else:
        assert dumped(typed) == expected


# ---- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('[\n {"type": "book", "title": "T",}\n]', 2, 31, "expected more behind this comma, found '}'"),
        ('[{"type": "book", "title": "T"},\n]', 1, 32, "expected more behind this comma, found ']'"),
        ('[\n{"type": "book" "title": "T"}]', 2, 17, "expected a comma or the end, found '\"'"),
        ('[{"type": "book", "title": "T"}', 1, 32, "expected a comma or the end, found the end of the file"),
        ('[{"type": "book", "title": "a\nb"}]', 1, 30, "expected a text without line ends, found a line end"),
        ('[{"type": "book", "title": "T"}] x', 1, 34, "expected nothing behind the list, found 'x'"),
    ],
)  # fmt: skip
def test_broken_json_is_told_with_line_and_column(
    text: str, line: int, column: int, message: str
) -> None:
    problems = Problems()
    assert csl_json.parse(text, "x.json", problems) == []
    (problem,) = problems
    assert (problem.severity, problem.kind) == ("error", "json-syntax")
    assert str(problem.place) == f"x.json:{line}:{column}"
    assert problem.message.endswith(message)
    assert problem.hint


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "[]", "[1, 2]", '[{"type": "concert", "title": "A date", "date": "2024"}]', '[{"type": "Feature", "id": 1}]', '{"type": "FeatureCollection"}',
     '[{"type": "event"}]', '{"type": "map", "title": "A map"}', '[{"type": "Feature", "id": 1', ""],
)  # fmt: skip
def test_other_json_is_not_taken(text: str) -> None:
    problems = Problems()
    assert csl_json.parse(text, "x.json", problems) is None
    assert list(problems) == []


def test_one_record_as_doi_org_gives_it_is_a_file_of_one() -> None:
    (paper,), _ = read('{"type": "article-journal", "title": "T", "DOI": "10.1000/x"}')
    assert paper.doi == "10.1000/x"


def test_what_is_amiss_in_a_list_costs_no_other_record() -> None:
    papers, problems = read(
        '[{"type": "book", "title": "One", "title": "Two"},\n 3,\n {"type": "book", "title": "Three"}]'
    )
    assert [p.title.text for p in papers] == ["One", "Three"]
    assert [(p.kind, str(p.place)) for p in problems] == [
        ("json-duplicate-key", "x.json:1"), ("csl-no-item", "x.json:2"),
    ]  # fmt: skip


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
mappings = st.dictionaries(
    st.sampled_from(["family", "given", "literal", "date-parts", "season", "raw"]),
    leaves | st.lists(leaves),
    max_size=3,
)
JSON = leaves | mappings | st.lists(leaves | mappings | st.lists(leaves, max_size=3), max_size=3)
VARIABLES = ("title", "author", "editor", "issued", "DOI", "URL", "page", "note", "abstract", "keyword",
             "id", "citation-key", "number", "language", "container-title")  # fmt: skip


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(VARIABLES), JSON, max_size=6))
def test_any_value_of_any_variable_is_read_without_raising(item: dict[str, Any]) -> None:
    papers, _ = read(json.dumps([{"type": "book", "title": "T", **item}]))
    assert len(papers) == 1


@settings(deadline=None)
@given(st.text(alphabet='[]{}",: \\abtype1', max_size=40))
def test_any_text_is_read_without_raising(text: str) -> None:
    csl_json.parse('[{"type":"book"' + text, "x.json", Problems())


# ---- dates and titles, both ways --------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[2024, 5, 1]]}, "2024-05-01"),
        ({"date-parts": [["2024", "5"]]}, "2024-05"),
        ({"date-parts": [[2024, 5], [2024, 7]]}, "2024-05/2024-07"),
        ({"date-parts": [[2019], [0]]}, "2019/.."),
        ({"date-parts": [[2023]], "season": 2}, "2023-22"),
        ({"date-parts": [[2023]], "season": "Spring"}, "2023-21"),
        ({"date-parts": [[2023, 15]]}, "2023-23"),
        ({"date-parts": [[1920]], "circa": True}, "1920~"),
        ({"date-parts": [[870]]}, "0870"),
        ({"raw": "2024-05"}, "2024-05"),
        ({"literal": "May 2024"}, "2024-05"),
        ("2024-05-01", "2024-05-01"),
        ({"date-parts": [[None]]}, ""),
        ({"date-parts": [[2024, 13, 45]]}, ""),
        ({"date-parts": [[]]}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_date_variable_is_a_date(date: Any, expected: str) -> None:
    when, _ = read_date(date)
    assert (edtf(when) if when else "") == expected


@pytest.mark.parametrize(
    "text",
    ["2024", "2024-05", "1 May 2024", "Spring 2023", "c. 1920", "2024-05 – 2024-07", "2019–", "2021/22",
     "Spring & Fall 2023", "expected June 2026", "until 2020", "1999, 2003", "WS 2020/21"],
)  # fmt: skip
def test_every_date_goes_out_and_comes_back(text: str) -> None:
    when = read_when(text)
    assert when is not None
    again, rest = read_date(json.loads(json.dumps(write_date(when))))
    assert again is not None
    if not any(span.academic for span in when.spans):
        assert again.spans == when.spans
    assert again.key == when.key
    assert not rest


@settings(deadline=None)
@given(st.text(alphabet="ab <>/i$2&;.", max_size=30))
def test_any_title_is_written_so_that_it_reads_the_same(text: str) -> None:
    rich, _ = read_rich(text)
    assert read_rich(write_rich(rich))[0].text.strip() == rich.text.strip()


# ---- on a site ------------------------------------------------------------------------------


def test_csl_json_in_content_is_publications_and_never_copied(site: MakeSite) -> None:
    built = site({
        "content/library.json": '[{"id": "n1918", "type": "book", "title": "H<sub>2</sub>O", "note": "mine"}]',
        "content/data.json": '[{"type": "Feature", "id": 1}]',
        "content/cv.json": '[{"id": "x", "type": "book", "title": "Not a publication"}]',
        "content/notes/library.json": '[{"id": "y", "type": "book", "title": "An asset"}]',
    })  # fmt: skip
    assert [str(p.place) for p in built.problems] == ["content/cv.json:1"]
    assert built.report is not None
    assert built.report.publications == 1
    assert "H<sub>2</sub>O" in built.html("publications/n1918/index.html")
    assert "library.json" not in built.files
    assert {"data.json", "notes/library.json"} <= built.files


def test_a_broken_library_stops_the_build(site: MakeSite) -> None:
    built = site({"content/library.json": '[\n{"id": "k", "type": "book", "title": "T",}\n]'})
    assert built.report is None
    assert str(built.one("json-syntax").place) == "content/library.json:2:41"


def test_a_list_below_items_is_read_and_keeps_its_lines() -> None:
    """As Zotero's API and Better CSL JSON have it."""
    text = """{"config": {"items": []},
      "items": [
        {"type": "book", "id": "a", "title": "A", "author": [{"family": "Noether"}]},
        {"type": "book", "id": "b", "title": "B", "issued": 7}
      ]}"""
    items = csl_json.parse(text, "x.json", Problems()) or []
    assert [(item.fields["id"], item.line) for item in items] == [("a", 3), ("b", 4)]
    menu = '{"items": [{"type": "menu", "title": "Soup"}]}'
    assert csl_json.parse(menu, "x.json", Problems()) is None
