"""The CV as PDF: every fact of the page, whole for machines, the same bytes each time."""

from __future__ import annotations

import sys

import pytest

from tests.conftest import MakeSite
from tests.pdfs import facts, links, words
from tests.test_cv import RENDERCV


def cv(section: str) -> dict[str, str | bytes]:
    """A site whose CV has one section."""
    import textwrap

    body = textwrap.indent(textwrap.dedent(section).strip("\n"), "      ")
    return {"content/cv.yaml": f"cv:\n  name: Ada Lovelace\n  sections:\n    Part:\n{body}\n"}


def test_a_rendercv_file_is_typeset_whole(site: MakeSite) -> None:
    built = site({"content/cv.yaml": RENDERCV})
    assert [p.kind for p in built.problems] == []
    pdf = built.out / "cv.pdf"
    said = words(pdf)
    for fact in (
        "Ada Lovelace", "Analyst", "London", "ada@example.org", "countess@example.org", "Welcome",
        "A text entry with bold words", "Home", "Mathematics", "Tutored", "Jun 1829 – May 1834",
        "Taught by De Morgan.", "Analytical Engine", "Programmer", "1842 – present", "with loops",
        "Sketch of the Analytical Engine", "Luigi Menabrea", "Scientific Memoirs", "English, French",
        "First of the numbered", "Last of the reversed", "Selected Honors",
    ):  # fmt: skip
        assert fact.casefold() in said.casefold(), (fact, said)
    assert {"mailto:ada@example.org", "https://example.org/a", "https://github.com/ada",
            "https://example.org/sketch"} <= links(pdf)  # fmt: skip


def test_machines_find_it_whole(site: MakeSite) -> None:
    found = facts(site({"content/cv.yaml": RENDERCV}).out / "cv.pdf")
    assert found["tagged"]
    assert found["embedded"]
    assert found["fonts"] > 2
    assert found["title"] == "Ada Lovelace – Curriculum vitae"
    assert found["author"] == ["Ada Lovelace"]
    assert (found["language"], found["ua"], found["a"]) == ("en", "1", "2")


def test_it_is_the_same_bytes_each_time(site: MakeSite) -> None:
    built = site({"content/cv.yaml": RENDERCV})
    first = (built.out / "cv.pdf").read_bytes()
    assert (built.build(fresh=True).out / "cv.pdf").read_bytes() == first


def test_an_unchanged_cv_needs_no_typst(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    built = site({"content/cv.yaml": RENDERCV})
    before = (built.out / "cv.pdf").read_bytes()
    monkeypatch.setattr("typst.Compiler", None)
    built.write({"content/other.md": "# Another page\n"}).build()
    assert built.report is not None
    assert (built.out / "cv.pdf").read_bytes() == before


def test_without_typst_the_page_stands_and_a_note_says_how(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    built = site({"content/cv.yaml": RENDERCV})
    assert built.report is not None
    assert [p.kind for p in built.problems] == []
    assert "scholar-folio[pdf]" in built.report.notes[0]
    assert "cv.pdf" not in built.files
    assert "cv.pdf" not in built.html("cv/index.html")


def test_the_page_offers_it(site: MakeSite) -> None:
    built = site({"content/cv.yaml": RENDERCV})
    assert built.page("cv/index.html").css_first('main a[href="/cv.pdf"]') is not None


def test_an_authors_own_file_is_the_pdf(site: MakeSite) -> None:
    built = site({"content/cv.yaml": RENDERCV, "content/cv.pdf": b"%PDF mine"})
    assert (built.out / "cv.pdf").read_bytes() == b"%PDF mine"
    assert not built.told("address-taken")


MARKUP = [
    "#let x = 1", "$ x $ and \\$5", "*stars* _under_", "<script>alert(1)</script>", "@cite <label>",
    "= heading", "/ term: x", "a \\ b", "[x] {y}", '"quoted" `tick', "// comment /* c */", "~tilde~", "--- …",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_markup_of_typst_is_printed_as_written(site: MakeSite, text: str) -> None:
    built = site({"content/publications.bib": "@misc{k, title={T}, author={A B}}\n",
                  **cv(f"- label: L\n  details: D\n- company: '{text}x'\n")})  # fmt: skip
    assert built.report is not None
    page = built.main("cv/index.html")
    assert "".join(page.partition("Part")[2].split()) in "".join(
        words(built.out / "cv.pdf").split()
    )


@pytest.mark.parametrize(("paper", "height"), [("a4", 842), ("letter", 792)])
@pytest.mark.parametrize("design", ["classic", "modern"])
def test_paper_and_design_are_chosen(site: MakeSite, paper: str, height: int, design: str) -> None:
    built = site(
        {"content/cv.yaml": RENDERCV, "site.yaml": f"cv: {{paper: {paper}, design: {design}}}\n"}
    )
    found = facts(built.out / "cv.pdf")
    assert round(found["box"][3]) == height
    assert (found["ua"], found["tagged"]) == ("1", True)
