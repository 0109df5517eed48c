"""The CV as PDF: every fact of the page, whole for machines, the same bytes each time."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pikepdf
import pytest
from selectolax.lexbor import LexborHTMLParser

from builder.problems import Place
from tests.conftest import MakeSite
from tests.demo import Demo
from tests.pdf_rules import amiss
from tests.pdfs import (
    bare,
    facts,
    has_cjk_font,
    lines_of_pages,
    links,
    overhanging,
    places,
    spans,
    spoken,
    unsaid,
    words,
)
from tests.test_cv import RENDERCV

pytestmark = pytest.mark.tools


def cv(section: str) -> dict[str, str | bytes]:
    """A site whose CV has one section."""
    import textwrap

    body = textwrap.indent(textwrap.dedent(section).strip("\n"), "      ")
    return {"content/cv.yaml": f"cv:\n  name: Ada Lovelace\n  sections:\n    Part:\n{body}\n"}


def said_on(page: Path) -> str:
    """What the page of a CV says of its owner: without what leads about it and to other forms of it."""
    parsed = LexborHTMLParser(page.read_text("utf-8"))
    for left_out in parsed.css(".unseen, .contents, .button, .formats, .all, .cv-head h1, summary"):
        left_out.decompose()
    main = parsed.css_first("main")
    assert main is not None
    return main.text(separator=" ")


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_a_link_in_the_place_of_a_date_is_a_link_on_paper(site: MakeSite, design: str) -> None:
    entries = (
        f"- {{{kind}: X, date: '[source {kind}](https://example.org/{kind})'}}"
        for kind in ("name", "bullet")
    )
    built = site({**cv("\n".join(entries)), "site.yaml": f"cv: {{design: {design}}}\n"})
    said = words(built.out / "cv.pdf")
    assert "[" not in said
    for kind in ("name", "bullet"):
        assert f"source {kind}" in said
        assert f"https://example.org/{kind}" in links(built.out / "cv.pdf")


def test_a_section_without_a_title_has_no_empty_heading(site: MakeSite) -> None:
    sections = '{One: [{bullet: First}], "": [{bullet: Kept}]}'
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  sections: {sections}\n"})
    assert "Kept" in words(built.out / "cv.pdf")
    with pikepdf.open(built.out / "cv.pdf") as opened, opened.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == ["One"]


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
    assert built.report is not None
    assert re.fullmatch(r"Made cv.pdf: 1 page in \d\.\d\d s", built.report.news[0])
    before = (built.out / "cv.pdf").read_bytes()
    monkeypatch.setattr("typst.Compiler", None)
    built.write({"content/other.md": "# Another page\n"}).build()
    assert built.report.news == ()
    assert (built.out / "cv.pdf").read_bytes() == before


def test_without_typst_the_page_stands_and_a_note_says_how(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    built = site({"content/cv.yaml": RENDERCV})
    assert built.report is not None
    assert [p.kind for p in built.problems] == []
    assert "scholar-folio[pdf]" in built.report.news[0]
    assert "cv.pdf" not in built.files
    assert "cv.pdf" not in built.html("cv/index.html")


def test_the_page_offers_it(site: MakeSite) -> None:
    built = site({"content/cv.yaml": RENDERCV})
    assert built.page("cv/index.html").css_first('main a[href="/cv.pdf"]') is not None


def test_an_authors_own_file_is_the_pdf(site: MakeSite) -> None:
    built = site({"content/cv.yaml": RENDERCV, "content/cv.pdf": b"%PDF mine"})
    assert (built.out / "cv.pdf").read_bytes() == b"%PDF mine"
    assert not built.told("address-taken")


PAGE = "---\ntitle: CV\npermalink: /cv/\n---\n## Education\n\n* PhD, 1843\n"


def test_a_cv_that_is_a_page_has_no_pdf_and_the_report_says_what_makes_one(site: MakeSite) -> None:
    built = site({"content/cv.md": PAGE})
    assert built.report is not None
    assert built.report.news == (
        "The CV has no PDF: content/cv.md is a page; "
        "`folio import content/cv.md NEW` makes a cv.yaml of it",
    )
    assert built.page("cv/index.html").css_first('a[href="/cv.pdf"]') is None
    quiet = site({"content/cv.md": PAGE, "site.yaml": "cv: {pdf: false}\n"})
    assert quiet.report is not None
    assert quiet.report.news == ()


@pytest.mark.parametrize("beside", ["content/cv.pdf", "content/cv.yaml"])
def test_a_cv_that_is_a_page_offers_the_pdf_that_stands_beside_it(
    site: MakeSite, beside: str
) -> None:
    given = b"%PDF mine" if beside.endswith("pdf") else RENDERCV
    built = site({"content/cv.md": PAGE, beside: given})
    links = built.page("cv/index.html").css('main a.button[href="/cv.pdf"]')
    assert len(links) == 1
    said = f"{PAGE}\n[My CV](/cv.pdf)\n"
    linked = site({"content/cv.md": said, beside: given}).page("cv/index.html")
    assert [a.text() for a in linked.css('main a[href="/cv.pdf"]')] == ["My CV"]


MARKUP = [
    "#let x = 1", "$ x $ and \\$5", "*stars* _under_", "<script>alert(1)</script>", "@cite <label>",
    "= heading", "/ term: x", "a \\ b", "[x] {y}", '"quoted" `tick', "// comment /* c */", "~tilde~", "--- …",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_markup_of_typst_is_printed_as_written(site: MakeSite, text: str) -> None:
    built = site({"content/publications.bib": "@misc{k, title={T}, author={A B}}\n",
                  **cv(f"- label: L\n  details: D\n- company: '{text}x'\n")})  # fmt: skip
    assert built.report is not None
    page = "".join(said_on(built.out / "cv" / "index.html").partition("Part")[2].split())
    assert page
    assert page in "".join(words(built.out / "cv.pdf").split())


@pytest.mark.parametrize(("paper", "height"), [("a4", 842), ("letter", 792)])
@pytest.mark.parametrize("design", ["classic", "modern"])
def test_paper_and_design_are_chosen(site: MakeSite, paper: str, height: int, design: str) -> None:
    built = site(
        {"content/cv.yaml": RENDERCV, "site.yaml": f"cv: {{paper: {paper}, design: {design}}}\n"}
    )
    found = facts(built.out / "cv.pdf")
    assert round(found["box"][3]) == height
    assert (found["ua"], found["tagged"]) == ("1", True)


def test_the_demo_says_the_same_on_page_and_paper(demo_at_root: Demo) -> None:
    page, pdf = demo_at_root.out / "cv" / "index.html", demo_at_root.out / "cv.pdf"
    said = said_on(page)
    assert len(said.split()) > 400
    assert unsaid(said, words(pdf)) == []
    assert unsaid(words(pdf), said) == []
    main = LexborHTMLParser(page.read_text("utf-8")).css("main a:not(.button, .all a, .formats a)")
    hrefs = {a.attributes["href"] or "" for a in main}
    followed = {h if ":" in h else f"https://example.org{h}" for h in hrefs if h[:1] != "#"}
    assert len(followed) > 30
    assert followed <= links(pdf)


LETTERS = (
    "Ångström Łódź Dvořák Ştefan Nguyễn naïve ﬁnal Ελληνικά Кириллица Ǻ ẞ – — … “q” ‹a› × ± ∞ € № ★"
)


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_letters_and_formulas_are_set(site: MakeSite, design: str) -> None:
    formula = r"$\alpha^2 + \frac{a}{b} \le \sqrt{x_1}$, $\sum_{i=1}^n i$, $\mathbb{R}$, $1.4\times$, $\hat{\theta}$"
    files = {**cv(f"- bullet: '{LETTERS}'\n- bullet: '{formula}'\n- bullet: 🎓 📚"),
             "site.yaml": f"cv: {{design: {design}}}\n"}  # fmt: skip
    built = site(files)
    assert [p.kind for p in built.problems] == []
    said = bare(words(built.out / "cv.pdf"))
    assert unsaid(LETTERS, words(built.out / "cv.pdf")) == []
    for part in ("α2", "ab", "x1", "i=1", "R", "1.4×", "θ"):
        assert bare(part) in said, (part, said)


def test_a_formula_says_itself_to_those_who_listen(site: MakeSite) -> None:
    built = site(cv("- bullet: 'An ideal $\\mathfrak{m}$ of $K[x]$'"))
    assert spoken(built.out / "cv.pdf") == ["𝔪", "K[x]"]


@pytest.mark.skipif(not has_cjk_font(), reason="no font for Chinese is installed")
def test_chinese_is_set_in_a_font_of_the_system(site: MakeSite) -> None:
    built = site(cv("- company: 清华大学\n  position: 研究助理"))
    assert [p.kind for p in built.problems] == []
    pdf = built.out / "cv.pdf"
    assert "清华大学" in words(pdf).replace(" ", "")
    assert facts(pdf)["ua"] == "1"


def test_a_character_without_a_font_is_told_where_it_was_typed(site: MakeSite) -> None:
    built = site(cv("- bullet: fine\n- bullet: 'a rune of its own: \U00010cfa'"))
    problem = built.one("no-font")
    assert "U+10CFA" in problem.message
    assert "layouts/cv/fonts/" in problem.hint
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("content/cv.yaml", 6)
    assert "fine" in words(built.out / "cv.pdf")
    assert built.build().one("no-font") == problem


def test_a_long_cv_has_its_headings_with_what_follows(site: MakeSite) -> None:
    sections = "".join(
        f"    Part {p}:\n" + "".join(
            f"      - {{company: Lab {p}-{n}, position: Fellow, date: {1900 + n}, highlights: [{'Did a thing. ' * 9}]}}\n"
            for n in range(28)
        )
        for p in range(112)
    )  # fmt: skip
    built = site({"content/cv.yaml": f"cv:\n  name: Ada Lovelace\n  sections:\n{sections}"})
    assert [p.kind for p in built.problems] == []
    pdf = built.out / "cv.pdf"
    assert facts(pdf)["pages"] > 200
    pages = [page for page in lines_of_pages(pdf) if page]
    lasts = [page[-1] for page in pages]
    assert len(lasts) > 200
    assert not [line for line in lasts if line.lower().startswith(("part ", "lab "))]
    firsts = [page[0].lower() for page in pages[1:]]
    assert not [line for line in firsts if not line.startswith(("part ", "lab "))]


def test_a_design_of_ones_own_sets_the_cv(site: MakeSite) -> None:
    own = '#import "kit.typ": *\n#set document(title: cv.name)\nSet by me: #cv.name\n'
    files = {**cv("- text"), "layouts/cv/mine.typ": own, "site.yaml": "cv: {design: mine}\n"}
    built = site(files)
    assert [p.kind for p in built.problems] == []
    assert words(built.out / "cv.pdf") == "Set by me: Ada Lovelace"


def test_a_design_that_fails_is_an_error_and_nothing_is_written(site: MakeSite) -> None:
    built = site(
        {
            **cv("- text"),
            "layouts/cv/mine.typ": "// mine\n#nothing\n",
            "site.yaml": "cv: {design: mine}\n",
        }
    )
    problem = built.one("design-fails")
    assert problem.severity == "error"
    assert "unknown variable: nothing" in problem.message
    assert problem.place == Place("layouts/cv/mine.typ", 2)
    assert built.report is None


def test_papers_are_drawn_as_the_list_has_them(site: MakeSite) -> None:
    bib = """
        @article{a, title={First Paper}, author={Lovelace, Ada and Byron, Anna*}, year=1843, volume=3, number=2,
          journal={Scientific Memoirs}, author+an={1=corresponding}}
        @inproceedings{b, title={Second Paper}, author={Lovelace, Ada}, booktitle={Soirée}, pubstate={submitted}}
        @article{c, title={Third Paper}, author={Lovelace, Ada}, journal={Memoirs}, year=1840, award={Best paper}}
    """
    drawn = "- {from: publications, group_by: type, numbered: reverse}"
    built = site({**cv(drawn), "content/publications.bib": bib})
    assert [p.kind for p in built.problems] == []
    pdf, page = words(built.out / "cv.pdf"), built.main("cv/index.html")
    for text in (pdf, page):
        for fact in ("Journal articles", "Conference papers", "Submitted", "Best paper", "equal contribution",
                     "corresponding author", "2. ", "1. "):  # fmt: skip
            assert fact.casefold() in text.casefold(), (fact, text)
    assert pdf.index("2. First Paper") < pdf.index("1. Third Paper")


@pytest.mark.parametrize("style", ["apa", "ieee", "numbered", "chicago"])
def test_papers_are_cited_in_the_style_of_the_site(site: MakeSite, style: str) -> None:
    bib = "@article{a, title={A Paper}, author={Lovelace, Ada}, year=1843, volume=3, journal={Memoirs}}\n"
    built = site({**cv("- {from: publications}"), "content/publications.bib": bib,
                  "site.yaml": f"citation_style: {style}\n"})  # fmt: skip
    page = built.page("cv/index.html").css_first(".citation, .paper-title")
    assert page is not None
    assert unsaid(page.text(), words(built.out / "cv.pdf")) == []


ENDLESS = """
- company: {word}
  position: {word}
  location: {word}
  date: Spring & Fall 2023, Spring & Fall 2024, Summer 2025
  highlights: ["{word}", "`{word}`", "https://example.org/{word}/{word}"]
  badges: [A badge that says far more than a badge should say and then goes on, Short]
  links: {{"{word}": https://example.org}}
- {{label: {word}, details: {word}}}
- {{bullet: {word}, date: 2024}}
"""


WORD = "Fundamentalwissenschaftsjahrzehnt"
BESIDE = (
    "[github.com/abcdefghijklmnopqrstuvwxy](https://github.com/x)", WORD,
    "Spring & Fall 2019, Spring & Fall 2020, 2024 – present",
)  # fmt: skip


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_what_stands_beside_an_entry_stays_beside_it(site: MakeSite, design: str) -> None:
    entries = [
        f"- {{company: Zz, date: '{date}'}}\n- {{bullet: Zz, date: '{date}'}}" for date in BESIDE
    ]
    entries += [f"- {{company: Zz, location: {WORD}}}"] if design == "classic" else [f"- {{label: {WORD}, details: Zz}}"]  # fmt: skip
    files = {**cv("\n".join(entries)), "site.yaml": f"cv: {{design: {design}}}\n"}
    found = spans(site(files).out / "cv.pdf")
    edge = min(left for left, _, word in found if word == "Zz")
    aside = [s for s in found if len(s[2]) > 3 and any(s[2] in text for text in BESIDE)]
    assert len(aside) > 10
    if design == "modern":
        assert all(right < edge for _, right, _ in aside)
    else:
        assert all(left > edge + 300 for left, _, _ in aside)


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_nothing_hangs_over_the_edge(site: MakeSite, design: str) -> None:
    files = cv(ENDLESS.format(word="Donaudampfschiff" * 9).strip())
    built = site({**files, "site.yaml": f"cv: {{design: {design}}}\n"})
    assert built.report is not None
    assert overhanging(built.out / "cv.pdf") == []


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_a_date_is_parted_between_its_ends_alone(site: MakeSite, design: str) -> None:
    dates = (
        "2017, 2019, 2022",
        "September 2015 – December 2020",
        "Spring & Fall 2023, Spring & Fall 2024",
    )
    entries = [*(f"- {{company: X, date: '{date}'}}" for date in dates), "- {company: Y, location: Galeria Foksal, Warsaw}"]  # fmt: skip
    files = {**cv("\n".join(entries)), "site.yaml": f"cv: {{design: {design}}}\n"}
    lines = [line for page in lines_of_pages(site(files).out / "cv.pdf") for line in page]
    for whole in ("2017, 2019, 2022", "Sep 2015 – Dec 2020", "Spring & Fall 2023,"):
        assert [line for line in lines if whole in line], (whole, lines)


def test_what_a_citation_says_is_not_said_again_below_it(site: MakeSite) -> None:
    bib = "@article{a, title={A Paper}, author={Lovelace, Ada*}, year=1843, journal={Memoirs}, doi={10.1000/a}}\n"
    built = site({**cv("- {from: publications, style: apa}"), "content/publications.bib": bib})
    said = words(built.out / "cv.pdf")
    assert "https://doi.org/10.1000/a" in said
    assert "DOI" not in said
    assert "equal contribution" in said
    assert "https://doi.org/10.1000/a" in links(built.out / "cv.pdf")


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_right_to_left_the_page_stands_the_other_way_round(site: MakeSite, design: str) -> None:
    entry = "- {company: Wisdom, date: 2001, entries: [{name: Algebra}]}"
    for language, before in (("en", design == "modern"), ("he", design == "classic")):
        settings = f"languages: [{language}]\ncv: {{design: {design}}}\n"
        pdf = site({**cv(entry), "site.yaml": settings}).out / "cv.pdf"
        at = {word: left for left, word in places(pdf)}
        assert (at["2001"] < at["Wisdom"]) == before
        assert (at["Wisdom"] < at["Algebra"]) == (language == "en")


def test_the_demo_keeps_what_can_be_seen_of_its_standards(demo: Demo) -> None:
    for name in ("cv.pdf", "cv-short.pdf", "de/cv.pdf"):
        assert amiss(demo.out / name) == [], name


@pytest.mark.parametrize("design", ["classic", "modern"])
@pytest.mark.parametrize(
    "section",
    [
        "{'': [{One: [{Two: [{Three: [{Four: [{bullet: deep}]}]}]}]}]}",
        "{'': [{from: publications, group_by: year}], B: [{C: [{from: publications, group_by: type}]}]}",
        "{A: [{company: B, entries: [{C: [{name: D, entries: [{bullet: E}]}]}]}]}",
        "{A: [{name: '$x^2$', url: https://example.org, highlights: [a: [b: [c]]]}, {number: One}, {label: L}]}",
        "{A: [{text: unknown}, {bullet: ''}, '', {name: '**bold** `code` ~~gone~~'}]}",
    ],
)
def test_no_shape_of_a_cv_breaks_its_standards(site: MakeSite, section: str, design: str) -> None:
    bib = "@article{a, title={A}, author={Lovelace, Ada*}, year=1843}\n@book{b, title={B}, author={X}, year=1850}\n"
    built = site({"content/cv.yaml": f"cv:\n  name: Ada Lovelace\n  sections: {section}\n",
                  "content/publications.bib": bib, "site.yaml": f"cv: {{design: {design}}}\n"})  # fmt: skip
    assert amiss(built.out / "cv.pdf") == []


def test_what_breaks_a_standard_is_seen(site: MakeSite, tmp_path: Path) -> None:
    made = site(cv("- {name: '$x^2$', url: https://example.org}")).out / "cv.pdf"
    with pikepdf.open(made) as pdf:
        del pdf.Root.Lang, pdf.Root.OutputIntents, pdf.pages[0].Tabs
        del pdf.pages[0].Annots[0].Contents
        pdf.docinfo["/Title"] = "Another"
        for font in pdf.pages[0].Resources.Font.values():
            del font.ToUnicode
        pdf.pages[0].contents_add(b"0 0 9 9 re f")
        pdf.save(tmp_path / "spoilt.pdf")
    found = {problem.partition(":")[0] for problem in amiss(tmp_path / "spoilt.pdf")}
    assert found == {
        "UA 7.2",
        "A 6.2.3",
        "UA 7.18.3",
        "UA 7.18.5",
        "A 6.6.3",
        "A 6.2.11.7",
        "UA 7.1",
    }


@pytest.mark.parametrize("design", ["classic", "modern"])
def test_the_last_of_a_list_does_not_stand_alone_on_a_page(site: MakeSite, design: str) -> None:
    sections = ""
    for part in range(160):
        shape = "label: L, details" if part % 2 else "bullet"
        items = [*["Item"] * (3 + part % 5), "Last"]
        sections += f"    Part {part}: [{', '.join(f'{{{shape}: {n}. {i}}}' for n, i in enumerate(items))}]\n"
    settings = f"cv: {{design: {design}}}\n"
    built = site(
        {"content/cv.yaml": f"cv:\n  name: A\n  sections:\n{sections}", "site.yaml": settings}
    )
    firsts = [page[0] for page in lines_of_pages(built.out / "cv.pdf")[1:] if page]
    assert len(firsts) > 15
    assert any("Item" in first for first in firsts)
    assert not [first for first in firsts if "Last" in first]


def test_words_of_another_direction_stand_on_the_side_of_the_page(site: MakeSite) -> None:
    entry = "{company: Engine, position: Programmer, date: 2001}"
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  sections: {{Odd section: [{entry}]}}\n",
                  "site.yaml": "languages: [ar, en]\n"})  # fmt: skip
    at = {word: left for left, _, word in spans(built.out / "cv.pdf")}
    side = min(left for word, left in at.items() if "2001" in word)
    engine = next(left for word, left in at.items() if "Engine" in word)
    assert engine > next(left for word, left in at.items() if "Programmer" in word) > side
    assert next(left for word, left in at.items() if word.casefold() == "odd") > side + 200
