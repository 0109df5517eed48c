"""Exports: every paper in three formats, whole, readable by others, and the same when read again."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string

from builder.fields import Reading
from builder.model.assets import Assets
from builder.model.bibliography import Bibliography, publication_of
from builder.model.bibtex_entry import whole_entry
from builder.model.bibtex_fields import is_private
from builder.model.exchange import item_of, publications_of, ris_item_of
from builder.model.publications import STATUS_ORDER, Author, Publication
from builder.problems import Place, Problems
from builder.text import csl_json, ris
from builder.text.bibtex import parse
from builder.text.bibtex_source import public
from builder.text.dates import read_when
from builder.text.person import PersonName
from builder.text.rich import EMPTY, Mark, Math, Rich, Text, plain
from builder.text.tex import to_text
from tests.conftest import MakeSite
from tests.demo import Demo
from tests.sites import Site

BIB = r"""
@string{ann = {Mathematische Annalen}}

@article{one,
  title = {A {Theorem} on $n$ Things},
  author = {N{\"o}ther, Emmy and van der Waerden, B. L. and {A Team}},
  journal = ann # " (2)",
  year = 1918, month = jul,
  file = {:/home/emmy/secret.pdf:PDF},
  selected = {true},
  pdf = {one.pdf},
  keywords = {a, b},
  abstract = {First.

  Second.},
  bdsk-url-1 = {https://example.org/bdsk},
  urldate = {2024-01-01}
}

@incollection{child, title = {Part}, crossref = {parent}, author = {Hilbert, David}}
@book{parent, title = {Whole}, editor = {Klein, Felix}, publisher = {Springer}, year = {1920}}
@misc{broken key, title = {No comma} author = {Gauss, C. F.; Noether, Emmy}}
"""


def context() -> Bibliography:
    return Bibliography(reading=Reading(problems=Problems()), assets=Assets(), labels={})


def from_bib(text: str) -> list[Publication]:
    return [publication_of(entry, "x.bib", context()) for entry in parse(text, "x.bib", Problems())]


def from_ris(text: str) -> list[Publication]:
    items = ris.parse(text.replace("\r\n", "\n"), "x.ris", Problems())
    return list(publications_of((("x.ris", item) for item in items), context()))


def from_csl(text: str) -> list[Publication]:
    items = csl_json.parse(text, "x.json", Problems()) or []
    return list(publications_of((("x.json", item) for item in items), context()))


def outside(url: str) -> str:
    return url if "://" in url else ""


# ---- what a site gives ------------------------------------------------------------------------


@pytest.fixture
def exported(site: MakeSite) -> Site:
    return site({"content/publications.bib": BIB, "content/one.pdf": b"%PDF"})


def test_every_paper_has_its_files_and_the_list_has_all(exported: Site) -> None:
    ends = ("bib", "ris", "json")
    keys = {"one", "child", "parent", "broken-key"}
    assert {f"publications/publications.{end}" for end in ends} <= exported.files
    assert {f"publications/{key}/cite.{end}" for key in keys for end in ends} <= exported.files
    assert len(from_bib(exported.html("publications/publications.bib"))) == 4
    assert len(from_ris(exported.html("publications/publications.ris"))) == 4
    assert len(json.loads(exported.html("publications/publications.json"))) == 4


def test_a_round_trip_loses_nothing_but_private_fields(exported: Site) -> None:
    problems = Problems()
    again = {e.key: e for e in parse(exported.html("publications/publications.bib"), "x", problems)}
    assert list(problems) == []
    one = parse(BIB, "x", Problems())[0]
    kept = {name: value for name, value in one.fields.items() if not is_private(name)}
    assert again["one"].fields == kept
    assert len(kept) == len(one.fields) - 2
    assert again["child"].fields == {
        "title": "Part", "author": "Hilbert, David", "booktitle": "Whole", "editor": "Klein, Felix",
        "publisher": "Springer", "year": "1920",
    }  # fmt: skip


def test_an_entry_keeps_the_form_its_author_gave_it(exported: Site) -> None:
    text = exported.html("publications/publications.bib")
    assert "  year = 1918, month = jul,\n  selected" in text
    assert "journal = {Mathematische Annalen (2)}" in text
    assert "secret" not in text
    assert "bdsk" not in text


def test_what_a_visitor_cites_is_what_the_page_shows(exported: Site) -> None:
    copied = exported.page("publications/one/index.html").css_first("main pre")
    assert copied is not None
    cited = exported.html("publications/one/cite.bib")
    assert copied.text().strip() == cited.strip()
    assert "selected" not in cited
    assert "{Mathematische Annalen (2)}" in cited


def test_what_no_page_leads_to_is_handed_on_by_no_file(site: MakeSite) -> None:
    bib = r"""@misc{k, title = {T}, year = 2020, url = {javascript:a}, pdf = {\url{java script:b}},
        links = {Good: https://example.org/g; Bad: javascript:c}, keywords = {sums}, tags = {hush}}"""
    built = site({"content/publications.bib": bib})
    ends = ("bib", "ris", "json")
    files = [f"publications/{name}.{end}" for name in ("k/cite", "publications") for end in ends]
    for text in map(built.html, files):
        assert "sums" in text
        assert not any(word in text.replace(" ", "") for word in ("javascript", "hush")), text
    assert "links = {Good: https://example.org/g}" in built.html("publications/publications.bib")


def test_slips_of_the_pen_are_mended(exported: Site) -> None:
    text = exported.html("publications/broken-key/cite.bib")
    assert "@misc{broken_key," in text
    assert "Gauss, C. F. and Noether, Emmy" in text


def test_signs_and_words_are_said_in_fields_of_their_own(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "@article{k, title={T}, author={Bell*, Bo and Clay, Di$^\\dag$ AND Eng, Eva},\n"
        "  year={Accepted, May 3, 2020}, journal={J}}\n@misc{u, title={U}, year={in press}}\n@misc{s, title={S}, author={Bell*, Bo}, status={submitted}}\n",
    })  # fmt: skip
    entries = {
        e.key: e.fields for e in parse(built.html("publications/publications.bib"), "x", Problems())
    }
    assert entries["k"] == {
        "title": "T", "author": "Bell, Bo and Clay, Di and Eng, Eva", "year": "2020", "journal": "J",
        "pubstate": "accepted", "author+an": "1=equal; 2=corresponding", "month": "may", "day": "3",
    }  # fmt: skip
    assert entries["s"] == {
        "title": "S", "author": "Bell, Bo", "status": "submitted", "author+an": "1=equal",
    }  # fmt: skip
    assert entries["u"] == {"title": "U", "year": "in press", "pubstate": "inpress"}
    again = from_bib(built.html("publications/publications.bib"))
    assert {p.key: [a.marks for a in p.authors] for p in again} == {
        "k": [("equal",), ("corresponding",), ()], "s": [("equal",)], "u": [],
    }  # fmt: skip


def test_papers_from_elsewhere_have_entries_too(site: MakeSite) -> None:
    built = site({
        "content/publications/own.md": "---\ntitle: vLLM & the Art of 100% Serving\nauthors: Ada Lovelace*, Team GLM\n"
        "venue: J\ndate: 2024-05-01\npdf: own.pdf\ncode: https://example.org/a_b\nabstract: Words.\n---\nBody\n",
        "content/publications/own.pdf": b"%PDF",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    assert built.html("publications/own/cite.bib") == (
        "@article{own,\n"
        "  author  = {Lovelace, Ada and {Team GLM}},\n"
        "  title   = {{vLLM} \\& the Art of 100\\% Serving},\n"
        "  journal = {J},\n"
        "  year    = {2024},\n"
        "  month   = may,\n"
        "  day     = {1},\n"
        "}\n"
    )
    whole = built.html("publications/publications.bib")
    assert "pdf       = {https://example.org/publications/own.pdf}" in whole
    assert "code      = {https://example.org/a_b}" in whole
    assert "author+an = {1=equal}" in whole
    assert "L1  - https://example.org/publications/own.pdf" in built.html(
        "publications/own/cite.ris"
    )


def test_an_authors_own_file_takes_the_place_of_the_made_one(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "@misc{k, title={T}}\n",
        "content/publications/publications.bib": "% mine\n",
        "content/publications/k/cite.ris": "mine\n",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    assert built.html("publications/publications.bib") == "% mine\n"
    assert built.html("publications/k/cite.ris") == "mine\n"


def test_a_site_without_papers_exports_none(site: MakeSite) -> None:
    assert not any(
        f.endswith((".bib", ".ris")) for f in site({"content/index.md": "Hello\n"}).files
    )


# ---- one paper in several files ---------------------------------------------------------------

TWICE = {
    "content/a.bib": "@article{one, title={One Paper}, author={Noether, Emmy}, year=2020, doi={10.1000/X},\n"
    "  journal={Annalen}}\n",
    "content/b.ris": "TY  - JOUR\nTI  - One Paper\nAU  - Noether, E.\nPY  - 2020\nVL  - 7\nDO  - 10.1000/x\n"
    "T2  - Annalen\nER  - \n",
}


def test_the_same_paper_in_two_files_is_one_and_each_adds_what_it_knows(site: MakeSite) -> None:
    built = site(TWICE)
    assert [p.message for p in built.problems] == []
    assert built.report is not None
    assert built.report.publications == 1
    for file in ("publications/one/cite.bib", "publications/publications.bib"):
        assert re.search(r"volume\s*= \{7\}", built.html(file))
    assert "VL  - 7" in built.html("publications/one/cite.ris")


def test_what_two_files_say_differently_is_told_with_both_places(site: MakeSite) -> None:
    other = (
        TWICE["content/b.ris"]
        .replace("2020", "2021")
        .replace("One", "First")
        .replace("Annalen", "Acta")
    )
    problem = site({**TWICE, "content/b.ris": other.replace("Noether, E.", "Hilbert, D.")}).one(
        "papers-differ"
    )
    assert str(problem.place) == "content/b.ris:1"
    for fact in ("content/a.bib:1", "title", "year '2020', not '2021'", "venue 'Annalen', not 'Acta'",
                 "authors 'E. Noether', not 'D. Hilbert'"):  # fmt: skip
        assert fact in problem.message
    assert "doi" not in problem.message


def test_two_dois_for_one_title_are_told(site: MakeSite) -> None:
    other = TWICE["content/b.ris"].replace("10.1000/x", "10.1000/y")
    assert (
        "doi '10.1000/X', not '10.1000/y'"
        in site({**TWICE, "content/b.ris": other}).one("papers-differ").message
    )


def test_one_key_for_two_papers_is_told_and_both_are_shown(site: MakeSite) -> None:
    built = site({
        "content/a.bib": "@misc{k, title={One}, year=2001}\n",
        "content/b.bib": "@misc{k, title={Two}, year=2002}\n",
    })  # fmt: skip
    problem = built.one("key-taken")
    assert str(problem.place) == "content/b.bib:1:1"
    assert "content/a.bib:1" in problem.message
    keys = [
        entry.key for entry in parse(built.html("publications/publications.bib"), "x", Problems())
    ]
    assert len(set(keys)) == 2
    assert "k" in keys


# ---- other programs read them -----------------------------------------------------------------


def people(entry: Any) -> list[tuple[str, str, str, str]]:
    """The authors as pybtex has them: given, particle, family, suffix."""
    return [
        (
            to_text(" ".join([*p.first_names, *p.middle_names])), to_text(" ".join(p.prelast_names)),
            to_text(" ".join(p.last_names)), to_text(" ".join(p.lineage_names)),
        )
        for p in entry.persons.get("author", [])
    ]  # fmt: skip


def parts(paper: Publication) -> list[tuple[str, str, str, str]]:
    named = [
        (n.given, n.particle, n.family or n.literal, n.suffix)
        for n in (a.name for a in paper.authors)
    ]
    return [*named, ("", "", "others", "")] if paper.others else named


def check_with_others(text: str, papers: list[Publication]) -> None:
    """That bibtexparser and pybtex find in `text` the titles, names and years of `papers`."""
    strict: BibliographyData = parse_string(text, "bibtex")
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert len(strict.entries) == len(library.entries) == len(papers)
    for paper in papers:
        entry, other = strict.entries[paper.key], library.entries_dict[paper.key]
        assert (
            to_text(entry.fields["title"])
            == to_text(other["title"])
            == " ".join(paper.title.text.split())
        )
        assert people(entry) == parts(paper)
        years = {
            str(of.get("year", "")) for of in (entry.fields, {f.key: f.value for f in other.fields})
        }
        assert len(years) == 1
        assert paper.year in years.pop()


def test_bibtexparser_and_pybtex_read_the_demo(demo: Demo) -> None:
    text = demo.files["publications/publications.bib"].decode()
    papers = from_bib(text)
    assert len(papers) > 30
    without = [
        paper
        for paper in papers
        if "subtitle" not in text.split(f"{{{paper.key},")[1].split("\n}")[0]
    ]
    check_with_others(
        "\n".join(
            e.source for e in parse(text, "x", Problems()) if e.key in {p.key for p in without}
        ),
        without,
    )


def test_the_demos_exports_agree(demo: Demo) -> None:
    bib, found, items = (
        read(demo.files[f"publications/publications.{end}"].decode())
        for end, read in (("bib", from_bib), ("ris", from_ris), ("json", from_csl))
    )
    assert len(bib) == len(found) == len(items) > 30
    for one, two, three in zip(bib, found, items, strict=True):
        assert facts(one) == facts(two) == facts(three)
        assert one.key == two.key == three.key


# ---- any paper --------------------------------------------------------------------------------


def facts(paper: Publication) -> dict[str, Any]:
    """What must be the same wherever a paper goes."""
    return {
        "title": html.unescape(re.sub(r"\s+", " ", paper.title.html)), "venue": paper.venue.text,
        "names": [author.name for author in paper.authors], "others": paper.others, "editors": paper.editors,
        "dates": paper.when and paper.when.spans, "doi": paper.doi, "type": paper.type,
        "status": paper.status, "volume": paper.volume, "pages": paper.pages,
    }  # fmt: skip


LETTERS = "abcdefghijklmnopqrstuvwxyzäéßłøñçΔπя"
words = st.text(LETTERS + "ABCXYZÉŁ", min_size=1, max_size=8)
capitalised = st.text(LETTERS, min_size=2, max_size=8).map(str.capitalize)
signs = st.sampled_from([*list("&%#_{}~^\\\"'-–—“”‘’:,!?()[]/+*=@|\xa0"), "--", "''", "$5", "100%"])
runs = st.lists(words | signs, min_size=1, max_size=5).map(" ".join)
marks = st.builds(
    Mark, st.sampled_from(["em", "strong", "sub", "sup"]), words.map(lambda w: (Text(w),))
)  # fmt: skip
formulas = st.sampled_from(["x^2", r"\alpha_1", "D_4", r"\mathbb{Z}"]).map(Math)


@st.composite
def titles(draw: st.DrawFn) -> Rich:
    """A word, then runs of text with marks and formulas between them."""
    nodes: list[Any] = [Text(draw(words) + " ")]
    for node in draw(st.lists(marks | formulas, max_size=3)):
        nodes += [node, Text(f" {draw(runs)} ")]
    return Rich((*nodes, Text(draw(words))))


names = (
    st.builds(
        PersonName,
        given=st.sampled_from(["Emmy", "J. R. R.", "Jean-Paul", "Łucja", "E.", "Ana María"]),
        family=capitalised | st.sampled_from(["García Lorca", "O'Brien", "Smith-Jones", "Souza e Silva"]),
        suffix=st.sampled_from(["", "", "", "Jr.", "III"]),
    )
    | st.builds(PersonName, given=st.just("Ludwig"), family=capitalised, particle=st.sampled_from(["van", "de la", "von der"]))
    | st.sampled_from([PersonName(literal="Team GLM"), PersonName(literal="Simon and Sons, Ltd & Co"),
                       PersonName(family="李", given="明"), PersonName(literal="Plato")])
)  # fmt: skip
dates = st.sampled_from(
    ["", "2024", "2024-05", "2024-05-01", "Spring 2023", "Fall 2019", "c. 1920", "2024-05 – 2024-07",
     "2019–", "1 May 2020 – 3 May 2020", "1999, 2003", "expected June 2026"]
).map(lambda text: read_when(text) if text else None)  # fmt: skip
dois = st.sampled_from(
    ["", "10.1000/x_y", "10.1038/s41586-020-2649-2", "10.1002/(SICI)1097-0258(19980815/30)17:15<1661::AID>3.0.CO;2-2"]
)  # fmt: skip


@st.composite
def papers(draw: st.DrawFn) -> Publication:
    """A publication of a kind that all three formats have, with what that kind has."""
    kind = draw(
        st.sampled_from(
            ["article-journal", "paper-conference", "chapter", "book", "thesis", "dataset"]
        )
    )
    within, venue = kind in ("article-journal", "paper-conference", "chapter"), plain(draw(words))
    return Publication(
        key=draw(st.from_regex(r"[a-z][a-z0-9:_+/-]{0,9}", fullmatch=True)), type=kind, title=draw(titles()),
        authors=tuple(Author(name=name) for name in draw(st.lists(names, max_size=4))),
        others=draw(st.booleans()), editors=tuple(draw(st.lists(names, max_size=1))) if within else (),
        container=venue if within else EMPTY, institution=venue if kind == "thesis" else EMPTY,
        publisher=venue if kind in ("book", "dataset") else EMPTY,
        volume=draw(st.sampled_from(["", "7", "1918"])), pages=draw(st.sampled_from(["", "5", "1–20", "54:1–54:22"])),
        when=draw(dates), status=draw(st.sampled_from(STATUS_ORDER)), doi=draw(dois), place=Place("x"),
    )  # fmt: skip


def by_ris(paper: Publication) -> Iterator[Publication]:
    yield from from_ris(ris.format_item(ris_item_of(item_of(paper, outside), paper, outside)))


@settings(deadline=None)
@given(papers())
def test_any_paper_is_the_same_after_bibtex(paper: Publication) -> None:
    (again,) = from_bib(whole_entry(paper, outside))
    assert facts(again) == facts(paper)
    assert again.key == paper.key


@settings(deadline=None)
@given(papers())
def test_any_paper_is_the_same_after_csl(paper: Publication) -> None:
    (again,) = from_csl(csl_json.dumps([item_of(paper, outside)]))
    assert facts(again) == facts(paper)


@settings(deadline=None)
@given(papers())
def test_any_paper_is_the_same_after_ris(paper: Publication) -> None:
    (again,) = by_ris(paper)
    assert facts(again) == facts(paper)


@settings(deadline=None)
@given(papers())
def test_others_read_any_paper(paper: Publication) -> None:
    check_with_others(whole_entry(paper, outside), [paper])


# ---- any source -------------------------------------------------------------------------------

fields = st.dictionaries(
    st.sampled_from(["title", "author", "journal", "year", "note", "file", "selected", "month", "crossref"]),
    st.sampled_from(["{A {B} c}", '"quoted"', "1999", "jan", "macro", 'jul # "~10"', '"a" # macro', "{}", "{100% {\\&} x}"]),
    min_size=1, max_size=6,
)  # fmt: skip
layouts = st.sampled_from([",\n  ", ", ", "\n,", ",\n\n\t"])


@settings(deadline=None)
@given(
    fields,
    layouts,
    st.sampled_from(["", ",", ",\n", "\n"]),
    st.sampled_from(["file", "selected", "title", "none"]),
)
def test_an_entry_edited_in_place_says_the_same(
    typed: dict[str, str], between: str, end: str, hidden: str
) -> None:
    """Whatever its form: hidden fields are gone, the others mean what they meant, without macros."""
    body = between.join(f"{name} = {value}" for name, value in typed.items())
    text = f'@string{{macro = {{M {{\\"o}}}}}}\n@Article {{key{between}{body}{end}}}\n@misc{{after, year=1}}'
    entry = parse(text, "x.bib", Problems())[0]
    written = public(entry, lambda field, _: field == hidden, "other-key")
    problems = Problems()
    (again,) = parse(written, "x.bib", problems)
    assert [p.kind for p in problems] == []
    assert (again.type, again.key) == ("article", "other-key")
    assert again.fields == {n: v for n, v in entry.fields.items() if n not in (hidden, "crossref")}
    assert "macro" not in written
