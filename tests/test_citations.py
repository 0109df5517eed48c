"""Citation styles: one publication in each manual's words, and where a site may choose them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.citing.pieces import plain_text
from builder.citing.styles import STYLES, reference
from builder.citing.writer import to_html, to_rich
from builder.fields import Reading
from builder.model.assets import Assets
from builder.model.bibliography import Bibliography, publication_of
from builder.model.publications import Publication
from builder.problems import Problems
from builder.settings import CitationStyle
from builder.text.bibtex import parse
from builder.text.rich import Link, Mark, Node, Rich
from builder.text.words import words_of
from tests.conftest import MakeSite
from tests.fixtures import pairs
from tests.sites import make_site

ENGLISH = words_of("en")


def papers(text: str) -> list[Publication]:
    context = Bibliography(reading=Reading(problems=Problems()), assets=Assets(), labels={})
    return [publication_of(entry, "x.bib", context) for entry in parse(text, "x.bib", Problems())]


def shown(node: Node) -> str:
    """A node in a form that can be typed: italics between stars, links as their words."""
    match node:
        case Mark("em", children):
            return f"*{''.join(map(shown, children))}*"
        case Mark(name, children):
            return f"<{name}>{''.join(map(shown, children))}</{name}>"
        case Link(_, children):
            return "".join(map(shown, children))
    return Rich((node,)).text


def line(paper: Publication, style: CitationStyle) -> str:
    return "".join(map(shown, to_rich(reference(paper, style, ENGLISH)).nodes))


@pytest.mark.parametrize(("title", "entry", "expected"), pairs("citations.txt"))
def test_each_style_says_it_in_its_way(title: str, entry: str, expected: str) -> None:
    assert said(entry, expected, 5) == expected


@pytest.mark.parametrize(("title", "entry", "expected"), pairs("citations_corpus.txt"))
def test_the_manuals_hold_for_works_of_every_kind(title: str, entry: str, expected: str) -> None:
    """What was compared, record by record, with the CSL styles of the four manuals."""
    assert said(entry, expected, 4) == expected


def said(entry: str, expected: str, styles: int) -> str:
    """The lines of the one paper in the styles that begin the lines expected."""
    (paper,) = papers(entry)
    named: list[CitationStyle] = [s for s in STYLES if f"\n{s}: " in f"\n{expected}"]
    assert len(named) == styles
    return "\n".join(f"{style}: {line(paper, style)}" for style in named)


# ---- names ------------------------------------------------------------------------------------

MANY = "@article{{k, title={{T}}, journal={{J}}, year=2001, author={{{}}}}}"


def many(count: int, owner: int) -> Publication:
    names = " and ".join(f"Name{chr(97 + n % 26)}{'x' * (n // 26)}, Bo" for n in range(count))
    text = MANY.format(names).replace(
        "year=2001", f"year=2001, author+an={{{owner}=self,equal}}"
    )  # fmt: skip
    return papers(text)[0]


@pytest.mark.parametrize("style", list(STYLES))
@pytest.mark.parametrize("owner", [1, 5, 20, 29, 30])
def test_the_owner_is_named_however_long_the_list(style: CitationStyle, owner: int) -> None:
    html = to_html(reference(many(30, owner), style, ENGLISH), ENGLISH)
    assert html.count("<strong>") == 1
    assert '<span aria-hidden="true">*</span><span class="unseen"> (equal contribution)' in html


def test_apa_names_twenty_and_then_the_first_nineteen_and_the_last() -> None:
    assert line(many(20, 1), "apa").count("Name") == 20
    text = plain_text(reference(many(21, 1), "apa", ENGLISH))
    assert text.count("Name") == 20
    assert "Names, B., … Nameu, B. (2001)" in text


def test_sixty_authors_are_cut_as_each_manual_cuts_them() -> None:
    assert [
        line(many(60, 1), style).count("Name") for style in ("apa", "mla", "chicago", "ieee")
    ] == [20, 1, 3, 1]


def test_ieee_names_six_and_chicago_too() -> None:
    for style, kept in (("ieee", 1), ("chicago", 3), ("mla", 1)):
        assert line(many(7, 1), style).count("Name") == kept  # type: ignore[arg-type]
    assert line(many(6, 1), "ieee").count("Name") == 6
    assert line(many(6, 1), "chicago").count("Name") == 6


def test_names_in_chinese_characters_are_never_turned_or_cut() -> None:
    (paper,) = papers(MANY.format("李, 明 and 王小明 and Ōe, Kenzaburō"))
    for style in STYLES:
        text = plain_text(reference(paper, style, ENGLISH))
        assert "李明" in text
        assert "李, 明" not in text
        if style != "mla":
            assert "王小明" in text


# ---- titles -----------------------------------------------------------------------------------

TITLES = {
    "A New Proof of {Hilbert}'s Theorem on GPUs": "A new proof of Hilbert's theorem on GPUs",
    "On the theory of Noether rings": "On the theory of Noether rings",
    "{{Kept In Every Letter}}": "Kept In Every Letter",
    "Graph-Based Methods: A Survey": "Graph-based methods: A survey",
    "The $K$-Theory of {L}ie Groups": "The $K$-theory of Lie groups",
    "Scalable Bayesian Inference for Markov’s Chains in Non-Euclidean Spaces": "Scalable Bayesian inference for Markov’s "
    "chains in non-Euclidean spaces",
    "Tides": "Tides",
}


@pytest.mark.parametrize("title", TITLES)
def test_a_headline_becomes_a_sentence_but_for_what_braces_keep(title: str) -> None:
    (paper,) = papers(f"@article{{k, title={{{title}}}, journal={{J}}, year=2001}}")
    assert line(paper, "apa").startswith(TITLES[title] + ". (2001)")


def test_titles_in_other_languages_keep_their_letters() -> None:
    text = "@article{k, title={Zur Theorie der Ringe}, langid={german}, journal={J}, year=1921}"
    for style in STYLES:
        assert "Zur Theorie der Ringe" in line(papers(text)[0], style)


# ---- in a site --------------------------------------------------------------------------------

BIB = """
@article{one, title={First $x^2$ \\emph{in vivo}}, author={Owner, Ada* and Bell, Bo}, journal={J}, year=2001,
  doi={10.1000/1}, code={https://example.org/code}}
@article{two, title={Zweites}, langid={german}, author={Bell, Bo and Owner, Ada}, journal={J}, year=2002, pubstate={inpress}}
"""
PEOPLE = (
    "- {name: Ada Owner, owner: true}\n- {name: Bo Bell, website: 'https://bell.example.org'}\n"
)
FILES = {"content/publications.bib": BIB, "content/people.yaml": PEOPLE}


def settings(style: str) -> str:
    return f"title: A\nurl: https://example.org\ncitation_style: {style}\n"


def citations(built_html: str) -> list[str]:
    from selectolax.lexbor import LexborHTMLParser

    found = LexborHTMLParser(built_html).css("main .citation")
    return [" ".join(node.html.split()) for node in found if node.html]


def test_a_site_chooses_its_style(site: MakeSite) -> None:
    built = site({**FILES, "site.yaml": settings("apa")})
    assert list(built.problems) == []
    second, first = citations(built.html("publications/index.html"))
    assert '(in press). <a href="/publications/two/" lang="de">Zweites</a>. <em>J</em>.' in second
    assert (
        '<a href="https://bell.example.org">Bell, B.</a>, &amp; <strong>Owner, A.</strong>'
        in second
    )
    assert "<strong>Owner, A.</strong>" in first
    assert "<math" in first
    assert "<em>in vivo</em>" in first
    assert 'href="https://doi.org/10.1000/1"' in first
    assert "https://example.org/code" in built.html("publications/index.html")


def test_another_language_has_its_own_words_and_quotation_marks() -> None:
    (paper,) = papers(
        "@incollection{k, title={On “quoted” words}, author={Bell, Bo and Clay, Di}, booktitle={Ein Buch},"
        " editor={Eng, Eva}, edition={2}, pages={3--5}, publisher={P}, year=2001}"
    )
    german = words_of("de")
    lines = {style: plain_text(reference(paper, style, german)) for style in STYLES}
    assert lines["mla"] == (
        "Bell, Bo, und Di Clay. „On ‚quoted‘ words“. Ein Buch, herausgegeben von Eva Eng, 2. Aufl., P, 2001, S. 3–5."
    )
    assert (
        "„On ‚quoted‘ words“, in Ein Buch, 2. Aufl., E. Eng, Hrsg. P, 2001, S. 3–5."
        in lines["ieee"]
    )
    assert "In E. Eng (Hrsg.), Ein Buch (2. Aufl., S. 3–5). P." in lines["apa"]


def test_another_style_shows_everywhere_at_once(site: MakeSite) -> None:
    built = site({**FILES, "content/x.md": "---\ntitle: X\n---\nAs [@one] shows.\n"})
    built.write({"site.yaml": settings("apa")}).build()
    changed = {path: (built.out / path).read_bytes() for path in built.files}
    built.build(fresh=True)
    assert {path: (built.out / path).read_bytes() for path in built.files} == changed
    assert citations(built.html("publications/index.html"))
    assert citations(built.html("publications/one/index.html"))
    assert "(Owner & Bell, 2001)" in built.page("x/index.html").css("main p")[0].text()


def test_a_papers_page_says_how_to_cite_it(site: MakeSite) -> None:
    built = site({**FILES, "site.yaml": settings("ieee")})
    (line,) = citations(built.html("publications/one/index.html"))
    assert "<strong>A. Owner</strong>" in line
    assert 'href="/publications/one/"' not in line


def test_the_default_prints_no_line_of_its_own(site: MakeSite) -> None:
    built = site(FILES)
    assert citations(built.html("publications/index.html")) == []
    assert built.page("publications/index.html").css(".paper-title")


def test_the_volume_of_a_book_is_its_series_not_its_publishers(site: MakeSite) -> None:
    bib = """
        @book{a, title={A}, series={Fjord Notes}, volume={3}, publisher={Fjord Press}, year=2010}
        @book{b, title={B}, volume={2}, publisher={Fjord Press}, year=2009}
    """
    built = site({"content/publications.bib": bib})
    venues = [v.text().strip() for v in built.page("publications/index.html").css(".venue")]
    assert venues == ["Fjord Notes 3, Fjord Press, 2010", "vol. 2, Fjord Press, 2009"]


def test_a_page_and_a_section_of_the_cv_choose_theirs(site: MakeSite) -> None:
    built = site({
        **FILES,
        "content/list.md": "---\ntitle: L\ncitation_style: mla\n---\n{% for item in site.publications %}\n"
        "{% include 'publication' %}\n{% endfor %}\n",
        "content/cv.yaml": "cv:\n  name: Ada Owner\n  sections:\n    Papers:\n"
        "      - {from: publications, style: chicago}\n",
    })  # fmt: skip
    assert list(built.problems) == []
    assert "“<a" in citations(built.html("list/index.html"))[0]
    assert "2001. “" in citations(built.html("cv/index.html"))[1]
    assert citations(built.html("publications/index.html")) == []


@pytest.mark.parametrize("style", ["numbered", "ieee"])
def test_numbered_lists_count_from_the_oldest(site: MakeSite, style: str) -> None:
    built = site({**FILES, "site.yaml": settings(style)})
    numbers = built.page("publications/index.html").css(".paper-number")
    assert [n.text() for n in numbers] == ["[2]", "[1]"]


@pytest.mark.parametrize(
    ("typed", "hint"), [("appa", "did you mean 'apa'?"), ("ieeee", "did you mean 'ieee'?")]
)
def test_an_unknown_style_is_told_at_its_line(site: MakeSite, typed: str, hint: str) -> None:
    problem = site({**FILES, "site.yaml": settings(typed)}).one("not-a-choice")
    assert str(problem.place) == "site.yaml:3:17"
    assert "clean, numbered, apa, mla, chicago, ieee" in problem.message
    assert problem.hint == hint


def test_an_unknown_style_of_a_page_or_section_is_told_at_its_line(site: MakeSite) -> None:
    built = site({
        **FILES,
        "content/list.md": "---\ntitle: L\ncitation_style: chikago\n---\nWords\n",
        "content/cv.yaml": "cv:\n  name: Ada Owner\n  sections:\n    Papers:\n      - {from: publications, style: mal}\n",
    })  # fmt: skip
    told = {str(p.place): p.hint for p in built.told("not-a-choice")}
    assert told == {
        "content/list.md:3:17": "did you mean 'chicago'?", "content/cv.yaml:5:37": "",
    }  # fmt: skip


def test_styles_are_known_by_their_names_elsewhere(site: MakeSite) -> None:
    built = site({**FILES, "site.yaml": settings("chicago-author-date.csl")})
    assert list(built.problems) == []
    assert "2001. “" in citations(built.html("publications/index.html"))[1]


def test_two_thousand_papers_take_no_time() -> None:
    base = papers(BIB)
    started = time.process_time()
    for style in STYLES:
        for n in range(2000):
            to_html(reference(base[n % 2], style, ENGLISH), ENGLISH)
    assert time.process_time() - started < 6  # six styles, and a machine that is busy


IMPORTED = """
import sys
from pathlib import Path
from builder.build import build
from builder.problems import Problems
from builder.run import Options
build(Path(sys.argv[1]), Options(), Problems())
print(*(name for name in sys.modules if name.startswith("builder.citing")))
"""


def test_the_default_style_imports_no_other(tmp_path: Path) -> None:
    root = make_site(
        tmp_path / "site", {**FILES, "content/x.md": "---\ntitle: X\n---\nWords\n"}
    ).root
    run = [sys.executable, "-c", IMPORTED, str(root)]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == ""
