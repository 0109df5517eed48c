"""RIS: every record arrives or is told, and what is written is read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.problems import Problems
from builder.text.csl import read_names
from builder.text.person import PersonName
from builder.text.ris import format_item, parse
from builder.text.ris_values import read_name, write_name
from tests.conftest import MakeSite
from tests.fixtures import pairs


def dumped(text: str) -> str:
    """Records as `line type` with a row a variable and its line, then the problems."""
    problems = Problems()
    rows = []
    for item in parse(text, "x.ris", problems):
        rows.append(f"{item.line} {item.fields['type']}")
        assert item.fields.keys() <= {"type", *ORDER}
        for name in (name for name in ORDER if name in item.fields):
            rows.append(f"  {item.lines.get(name, '-')} {name}: {shown(item.fields[name])}")
    for problem in sorted(problems, key=lambda p: p.kind):
        assert problem.place
        rows.append(f"{problem.place.line} {problem.kind}: {problem.message} ({problem.hint})")
    return "\n".join(rows)


ORDER = (
    "title", "author", "editor", "container-title", "event-title", "issued", "volume", "page", "ISSN",
    "URL", "abstract", "keyword", "genre", "number", "ISBN", "collection-title", "DOI",
)  # fmt: skip


def shown(value: Any) -> str:
    match value:
        case {"raw": text}:
            return str(text)
        case [str(), *_]:
            return "; ".join(value)
        case [*people]:
            return "; ".join(map(parts, read_names(people)[0]))
    return str(value).replace("\n\n", " ¶ ")


def parts(name: PersonName) -> str:
    if name.literal:
        return f"{{{name.literal}}}"
    family = f"{name.particle}|{name.family}" if name.particle else name.family
    return ", ".join(filter(None, (family, name.given, name.suffix)))


@pytest.mark.parametrize(
    ("typed", "expected"), [pytest.param(a, b, id=title) for title, a, b in pairs("ris.txt")]
)
def test_a_file_becomes_records_and_problems(typed: str, expected: str) -> None:
    assert dumped(typed) == expected


def test_a_record_is_written_as_the_format_asks() -> None:
    record = format_item({
        "id": "n1918", "type": "article-journal", "title": "Invariante <i>Probleme</i>",
        "author": [{"family": "Beethoven", "given": "L.", "non-dropping-particle": "van"}, {"literal": "A Team"}],
        "container-title": "Nachr.", "volume": "1918", "page": "235-257",
        "issued": {"date-parts": [[1918, 7, 26]]}, "abstract": "One.\n\nTwo.", "keyword": "a, b",
        "DOI": "10.1000/x", "URL": ["https://example.org/1"], "pdf": "https://example.org/1.pdf",
    })  # fmt: skip
    assert record.split("\r\n") == [
        "TY  - JOUR", "ID  - n1918", "TI  - Invariante <i>Probleme</i>", "AU  - van Beethoven, L.",
        "AU  - A Team,", "T2  - Nachr.", "VL  - 1918", "SP  - 235", "EP  - 257", "PY  - 1918",
        "DA  - 1918/07/26/", "AB  - One.", "", "Two.", "KW  - a", "KW  - b", "DO  - 10.1000/x",
        "UR  - https://example.org/1", "L1  - https://example.org/1.pdf", "ER  - ", "", "",
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(
    ["TY  - JOUR", "ER  - ", "TI  - x", "AU  - ,", "DA  - ///", "DA  - 99/99/99", "PY  - 0000", "",
     "SP  - -", "KW  - ;", "M3  - 10.1/x", "x", "AB  - ", "TY  - "]
)).map("\n".join))  # fmt: skip
def test_any_text_is_read_without_raising(text: str) -> None:
    for item in parse(text, "x.ris", Problems()):
        format_item(item.fields)


@settings(deadline=None)
@given(st.text(alphabet="aé李 ,.-", max_size=12))
def test_any_name_that_was_read_is_printed_the_same_when_read_again(text: str) -> None:
    name = read_name(text)
    assert read_name(write_name(name)).display == name.display


# ---- on a site ------------------------------------------------------------------------------


def test_ris_files_in_content_are_publications_and_never_copied(site: MakeSite) -> None:
    built = site({
        "content/a.ris": """
            TY  - JOUR
            ID  - noether1918
            TI  - H<sub>2</sub>O and <i>proofs</i>
            AU  - Noether, Emmy
            T2  - Nachrichten
            DA  - 1918/07/26/
            L1  - file:///C:/Users/emmy/secret.pdf
            UR  - https://example.org/paper
            ER  - 
        """,
        "content/b.RIS": "TY  - BOOK\nTI  - Another\nPY  - 1930\nER  - \n",
        "content/notes/c.ris": "TY  - BOOK\nTI  - An asset\nER  - \n",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    assert built.report is not None
    assert built.report.publications == 2
    page = built.html("publications/noether1918/index.html")
    assert "H<sub>2</sub>O and <em>proofs</em>" in page
    assert "Emmy Noether" in page
    assert "https://example.org/paper" in page
    assert not {"a.ris", "b.RIS"} & built.files
    assert "notes/c.ris" in built.files
    assert not any(
        "secret" in built.html(f)
        for f in built.files
        if f.endswith((".html", ".ris", ".bib", ".json"))
    )


def test_what_is_wrong_in_a_record_is_told_at_its_line(site: MakeSite) -> None:
    built = site({
        "content/a.ris": """
            TY  - JOUR
            TI  - One
            DO  - none
            PY  - soon
            UR  - javascript:alert(1)
            ER  - 
            TY  - JOUR
            AU  - Noether, Emmy
            ER  - 
            TY  - JOUR
            TI  - Two
            ER  - 
            TY  - JOUR
            TI  - Two
            ER  - 
        """,
    })  # fmt: skip
    told = {p.kind: str(p.place) for p in built.problems}
    assert told == {
        "not-a-doi": "content/a.ris:3", "not-a-date": "content/a.ris:4", "unsafe-link": "content/a.ris:5",
        "missing-title": "content/a.ris:7", "repeated-record": "content/a.ris:13",
    }  # fmt: skip
