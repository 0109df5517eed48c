"""Variants of the CV: cut from one file by section, tag, years and number; each a page and a PDF."""

from __future__ import annotations

import pytest

from builder.freshness import as_it_stands, remember
from builder.inputs import inputs_of
from builder.problems import Problems
from builder.run import Options
from tests.conftest import MakeSite
from tests.pdfs import links, words
from tests.sites import Site

pytestmark = pytest.mark.tools

CV = """
    cv:
      name: Ada Lovelace
      phone: "+44 20 0000 0000"
      address: 12 St James's Square
      sections:
        Education:
          - {institution: Home, area: Mathematics, date: 1830}
        Positions:
          - {company: Engine, position: Programmer, date: 1842 - 1843, tags: [industry],
             highlights: [First point, Second point, Third point]}
          - {company: Academy, position: Lecturer, date: 1835, tags: [academic]}
          - {company: Salon, position: Guest, date: 1840}
          - {name: Leave, date: 1836-01 - 1837-12, kind: break}
        Papers:
          - {from: publications}
        Referees:
          - {name: Charles Babbage, tags: [private]}
"""
BIB = """
    @article{new, title={New Paper}, author={Lovelace, Ada}, year=1843, selected={true}}
    @article{mid, title={Middle Paper}, author={Lovelace, Ada}, year=1841}
    @article{old, title={Old Paper}, author={Lovelace, Ada}, year=1831}
"""


def build(site: MakeSite, cv: str) -> Site:
    """The site with these options of the CV."""
    import textwrap

    options = textwrap.indent(textwrap.dedent(cv).strip("\n"), "  ")
    settings = f"url: https://example.org\ncurrent_date: 1843-06-01\ncv:\n{options}\n"
    return site({"content/cv.yaml": CV, "content/publications.bib": BIB, "site.yaml": settings})


CHOICES = [
    ("sections: [Papers, education]", ["New Paper", "Old Paper", "Home"], ["Engine", "Babbage"]),
    ("tags: [industry]", ["Engine", "Salon", "Home", "New Paper"], ["Academy"]),
    ("without: [private]", ["Engine", "Academy"], ["Babbage"]),
    (
        "since: 1840",
        ["Engine", "Salon", "New Paper", "Middle Paper"],
        ["Academy", "Old Paper", "Home"],
    ),
    ("last_years: 6", ["Academy", "Salon", "Middle Paper"], ["Old Paper", "Home"]),
    ("last_years: 2", ["Engine", "New Paper", "Middle Paper"], ["Salon", "Academy"]),
    ("top: 1", ["Home", "Engine", "New Paper"], ["Academy", "Middle Paper"]),
    ("selected: true", ["New Paper", "Engine"], ["Middle Paper"]),
    ("highlights: 1", ["First point"], ["Second point"]),
    ("sections: [Education, {Papers: {top: 1}}]", ["Home", "New Paper"], ["Middle Paper", "Salon"]),
    ("{}", ["Home", "Engine", "Academy", "Old Paper", "Babbage"], []),
]


@pytest.mark.parametrize(("options", "shown", "left_out"), CHOICES, ids=[c[0] for c in CHOICES])
def test_a_variant_shows_what_is_chosen(
    site: MakeSite, options: str, shown: list[str], left_out: list[str]
) -> None:
    also = "" if "tags" not in options else "\n  other: {tags: [academic]}"
    built = build(site, f"variants:\n  short: {{{options.strip('{}')}}}{also}")
    assert [p.kind for p in built.problems] == []
    for text in (built.main("cv/short/index.html"), words(built.out / "cv-short.pdf")):
        assert [s for s in shown if s not in text] == []
        assert [s for s in left_out if s in text] == []
    whole = built.main("cv/index.html")
    assert "Old Paper" in whole
    assert "Academy" in whole


def test_the_cv_itself_is_chosen_from_too(site: MakeSite) -> None:
    built = build(site, "without: [private]\nvariants:\n  full:")
    assert "Babbage" not in built.main("cv/index.html")
    assert "Babbage" not in words(built.out / "cv.pdf")
    assert "Babbage" in built.main("cv/full/index.html")


def test_each_variant_offers_its_own_pdf_and_is_in_no_menu(site: MakeSite) -> None:
    built = build(site, "variants:\n  job_talk: {title: For a talk, sections: [Papers]}")
    page = built.page("cv/job-talk/index.html")
    assert page.css_first('main a[href="/cv-job-talk.pdf"]') is not None
    assert page.css_first("h1").text() == "For a talk"  # type: ignore[union-attr]
    assert "job-talk" not in built.html("cv/index.html")
    assert "job-talk" not in built.html("sitemap.xml")


def test_what_is_kept_back_lies_beside_the_site(site: MakeSite) -> None:
    built = build(site, "without: [private]\nvariants:\n  referees: {publish: false}")
    kept = built.root / "_private" / "cv-referees.pdf"
    said = words(kept)
    assert "Babbage" in said
    assert "+44 20 0000 0000" in said
    assert "12 St James" in said
    assert "tel:+442000000000" in links(kept)
    assert not [f for f in built.files if "referees" in f]
    pages = [f for f in built.files if f.endswith((".html", ".xml", ".json", ".txt"))]
    for secret in ("Babbage", "0000 0000", "St James"):
        assert not [f for f in pages if secret in built.html(f)], secret
    assert (kept.parent / ".gitignore").read_text() == "*\n"
    inputs = inputs_of(built.root, Options())
    assert built.report is not None
    remember(built.root, inputs, built.report, Problems())
    assert as_it_stands(built.root, Options(), inputs, Problems())
    kept.unlink()
    assert as_it_stands(built.root, Options(), inputs, Problems()) is None
    built.write({"site.yaml": "url: https://example.org\n"}).build()
    assert not kept.exists()


def test_a_longer_pdf_than_allowed_is_told(site: MakeSite) -> None:
    many = "".join(f"          - {{name: Prize {n}, date: {1800 + n % 90}}}\n" for n in range(90))
    built = site({"content/cv.yaml": CV + "        Prizes:\n" + many,
                  "site.yaml": "cv:\n  pages: 9\n  variants:\n    short: {pages: 1}\n"})  # fmt: skip
    problem = built.one("too-many-pages")
    assert "has 3 pages" in problem.message
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("site.yaml", 4)
    assert built.build().one("too-many-pages") == problem


@pytest.mark.parametrize(
    ("options", "kind", "line", "hint"),
    [
        ("variants:\n  short:\n    sections: [Eduction]", "unknown-section", 6, "Education"),
        (
            "variants:\n  short:\n    sections:\n      - {Papres: {top: 2}}",
            "unknown-section",
            7,
            "Papers",
        ),
        ("sections: [Nothing alike]", "unknown-section", 4, "Positions"),
        ("variants:\n  short: {since: 1900, sections: [Education]}", "selects-nothing", 5, "fewer"),
        ("variants:\n  short: {tags: [indutry]}", "unknown-tag", 5, "industry"),
        ("variants:\n  short: {tpo: 5}", "unknown-key", 5, "top"),
        ("variants: [short]", "wrong-shape", 4, "short"),
        ("design: classical", "unknown-design", 4, "classic"),
        ("paper: a5", "not-a-choice", 4, ""),
    ],
)
def test_what_is_wrong_is_told_at_its_line(
    site: MakeSite, options: str, kind: str, line: int, hint: str
) -> None:
    built = build(site, options)
    problem = next(p for p in built.problems if p.kind == kind)
    assert problem.severity == "warning"
    assert hint in problem.hint
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("site.yaml", line)
    assert built.report is not None


def test_every_language_has_its_variants(site: MakeSite) -> None:
    settings = """
        languages: [en, de]
        cv:
          variants:
            short: {sections: [Education, {papers: {top: 1}}], title: {en: Short, de: Kurz}}
            mine: {publish: false}
        words: {Papers: {de: Aufsätze}, Referees: {de: Referenzen}}
    """
    built = site({"content/cv.yaml": CV, "content/publications.bib": BIB, "site.yaml": settings})
    assert not [p for p in built.problems if p.kind == "unknown-section"]
    said = words(built.out / "de" / "cv-short.pdf")
    assert "Kurz" in built.main("de/cv/short/index.html")
    for word in ("Ausbildung", "Aufsätze", "New Paper"):
        assert word.casefold() in said.casefold()
    assert "Middle Paper" not in said
    link = built.page("de/cv/short/index.html").css_first("main a[href$='.pdf']")
    assert link is not None
    assert link.attributes["href"] == "/de/cv-short.pdf"
    assert {p.name for p in (built.root / "_private" / "de").iterdir()} == {"cv-mine.pdf"}


def test_a_choice_that_may_be_left_out_is_not_offered_as_nothing(site: MakeSite) -> None:
    problem = site({"site.yaml": "cv: {paper: a5}\n"}).one("not-a-choice")
    assert problem.message == "expected one of a4, letter, found 'a5'"
