"""A paper's page: its PDF beside it, what is related to it, what it says of itself to machines."""

from __future__ import annotations

import json

import pytest

from builder.model.publications import Publication
from builder.model.related import MOST, companies
from builder.problems import Place
from builder.text.rich import plain
from tests.conftest import MakeSite
from tests.sites import Site, one

BIB = """
    @article{a, title={On Rings}, author={Noether, Emmy and Hilbert, David}, year=1921, topics={Ideals, C++},
      pdf={a paper.pdf}, journal={J}, volume=3, number=2, pages={1--9}, issn={1234-5678}, doi={10.1000/a},
      publisher={P}, abstract={A.}}
    @article{b, title={On Chains}, author={Noether, Emmy}, year=1922, topics={Ideals}}
    @article{c, title={On Waves}, author={Noether, Emmy}, year=1923, topics={Waves}, related={a}}
    @book{d, title={Elsewhere}, author={Noether, Emmy}, year=1924, pdf={https://example.com/d.pdf}}
"""


def tag(built: Site, path: str, name: str) -> list[str]:
    return [str(m.attributes["content"]) for m in built.page(path).css(f"meta[name='{name}']")]


@pytest.mark.parametrize("base", ["", "/repo"])
def test_the_pdf_lies_beside_the_page_and_where_it_was(base: str, site: MakeSite) -> None:
    built = site({"content/p.bib": BIB, "content/publications/a paper.pdf": b"%PDF-1"})
    built.build(url=f"https://example.org{base}")
    assert {"publications/a/a paper.pdf", "publications/a paper.pdf"} <= built.files
    assert (built.out / "publications/a/a paper.pdf").read_bytes() == b"%PDF-1"
    where = f"https://example.org{base}/publications/a/a%20paper.pdf"
    assert tag(built, "publications/a/index.html", "citation_pdf_url") == [where]
    assert tag(built, "publications/d/index.html", "citation_pdf_url") == [
        "https://example.com/d.pdf"
    ]


def test_a_pdf_that_lies_there_already_is_one_file(site: MakeSite) -> None:
    built = site({
        "content/p.bib": "@misc{a, title={T}, author={A, B}, year=2020, pdf={a/a.pdf}}\n"
        "@misc{old, title={U}, author={A, B}, year=2020, pdf={u.pdf}}\n",
        "content/publications/a/a.pdf": b"%PDF", "content/u.pdf": b"%PDF",
        "content/publications/old.md": "---\npermalink: /publication/2020-u\n---\n",
    })  # fmt: skip
    assert sorted(f for f in built.files if f.endswith(".pdf")) == [
        "publication/old.pdf", "publications/a/a.pdf", "u.pdf",
    ]  # fmt: skip
    assert tag(built, "publication/2020-u.html", "citation_pdf_url") == [
        "https://example.org/publication/old.pdf"
    ]


def test_what_is_related_is_shown_with_the_talks_on_it(site: MakeSite) -> None:
    built = site({
        "content/p.bib": BIB, "content/publications/a paper.pdf": b"%PDF-1",
        "content/cv.yaml": "cv: {name: Emmy Noether}\n",
        "content/talks.yaml": "- {title: Of rings, type: Talk, date: 1922-05-01, publications: [a]}\n- {title: Other}\n",
    })  # fmt: skip

    def related(key: str) -> list[str]:
        return [
            " ".join(e.text().split())
            for e in built.page(f"publications/{key}/index.html").css(".kin li")
        ]

    assert related("a") == ["Of rings Talk, 1922", "On Waves 1923", "On Chains 1922"]
    assert related("b") == ["On Rings J, 1921"]
    assert related("c") == ["On Rings J, 1921"]
    assert related("d") == []
    assert not one(built.page("publications/d/index.html"), "main").css("#related")


def test_kinship_does_not_grow_with_the_square() -> None:
    papers = tuple(
        Publication(
            key=str(n), type="article", title=plain(f"T{n}"), topics=("Everything", f"rare {n // 3}"),
            place=Place("p.bib", n), address=f"/{n}/",
        )
        for n in range(3000)
    )  # fmt: skip
    found = companies(papers, {})
    assert [p.address for p in found["7"].papers] == ["/6/", "/8/"]
    assert max(len(company.papers) for company in found.values()) <= MOST


def test_topics_lead_to_the_list_that_has_them(site: MakeSite) -> None:
    built = site({"content/p.bib": BIB, "content/publications/a paper.pdf": b"%PDF-1"})
    links = built.page("publications/a/index.html").css("dd a[href*='?topic=']")
    assert [a.attributes["href"] for a in links] == [
        "/publications/?topic=Ideals", "/publications/?topic=C%2B%2B",
    ]  # fmt: skip


def test_structured_data_says_it_whole(site: MakeSite) -> None:
    built = site({
        "content/p.bib": BIB, "content/publications/a paper.pdf": b"%PDF-1",
        "content/people.yaml": "- {name: Emmy Noether, owner: true}\n- {name: David Hilbert, website: https://h.example}\n",
    })  # fmt: skip
    data = json.loads(
        one(built.page("publications/a/index.html"), "script[type*='ld+json']").text()
    )
    assert data["author"] == [
        {"@type": "Person", "name": "Emmy Noether", "url": "https://example.org/"},
        {"@type": "Person", "name": "David Hilbert", "url": "https://h.example"},
    ]
    assert data["isPartOf"] == {
        "@type": "PublicationIssue", "issueNumber": "2", "isPartOf": {
            "@type": "PublicationVolume", "volumeNumber": "3",
            "isPartOf": {"@type": "Periodical", "name": "J", "issn": "1234-5678"}},
    }  # fmt: skip
    assert (data["pageStart"], data["pageEnd"], data["keywords"]) == ("1", "9", ["Ideals", "C++"])
    assert data["identifier"]["value"] == "10.1000/a"
    assert data["encoding"]["contentUrl"].endswith("/publications/a/a%20paper.pdf")
    book = json.loads(
        one(built.page("publications/d/index.html"), "script[type*='ld+json']").text()
    )
    assert book["@type"] == "Book"


def test_the_record_may_be_taken_away(site: MakeSite) -> None:
    built = site({"content/p.bib": BIB, "content/publications/a paper.pdf": b"%PDF-1"})
    page = built.page("publications/a/index.html")
    assert one(page, "#cite ~ div pre").text().startswith("@article{a,")
    formats = [(a.text(), a.attributes["href"]) for a in page.css("#cite ~ div .small a")]
    assert formats == [
        ("BibTeX", "/publications/a/cite.bib"), ("RIS", "/publications/a/cite.ris"),
        ("CSL-JSON", "/publications/a/cite.json"),
    ]  # fmt: skip


def test_the_version_of_software_is_among_its_details(site: MakeSite) -> None:
    bib = "@software{k, title = {Tool}, year = 2020, version = {2.1.0}}\n"
    assert "Version 2.1.0" in site({"content/publications.bib": bib}).main(
        "publications/k/index.html"
    )
