"""Publications: one pool, newest first, every entry shown, the owner found, nothing unsafe."""

from __future__ import annotations

import pytest

from builder.model.bibtex_fields import status_of
from tests.conftest import MakeSite
from tests.sites import Site


def order(built: Site) -> list[str]:
    links = built.page("publications/index.html").css("main li a[href^='/publications/']")
    return list(dict.fromkeys(str(a.attributes["href"]).split("/")[2] for a in links))


def test_newest_first_with_a_documented_order_for_the_rest(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": """
            @article{y2020, title={A}, year=2020}
            @article{y2020b, title={B}, year=2020}
            @article{y2020may, title={C}, year=2020, month=may}
            @article{undated, title={D}}
            @article{press, title={E}, year={in press}}
            @article{submitted, title={F}, year=2019, pubstate={submitted}}
            @article{y1999, title={G}, year=1999}
        """,
    })  # fmt: skip
    assert order(built) == ["submitted", "press", "y2020may", "y2020", "y2020b", "y1999", "undated"]
    assert built.report is not None
    assert built.report.publications == 7


def test_tex_becomes_unicode_and_html_does_not_run(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": r"""
            @article{a, title={{\"U}ber <script>alert(1)</script> die {$x^2$}}, author={N{\"o}ther, Emmy},
              journal={Z. \emph{Physik} \& more}, year=1918, url={javascript:alert(1)},
              abstract={Bold <b>move</b> & <img src=x onerror=alert(1)>}}
        """,
    })  # fmt: skip
    html = built.html("publications/a/index.html")
    assert "<script>alert" not in html
    assert not built.page("publications/a/index.html").css("[onerror]")
    assert 'href="javascript' not in html
    assert "Über" in built.main("publications/a/index.html")
    assert "Emmy Nöther" in built.main("publications/a/index.html")
    assert {p.kind for p in built.problems} >= {"unsafe-link"}
    assert all(
        p.place is not None and p.place.path == "content/publications.bib" for p in built.problems
    )


@pytest.mark.parametrize(
    ("author", "owner"),
    [
        ("Noether, Emmy and Hilbert, David", "Emmy Noether"),
        ("Hilbert, David and Noether*, Emmy", "Emmy Noether"),
        (r"N{\"o}ther, Emmy", "Emmy Nöther"),
        ("Noether, Amalie E. and Hilbert, D.", "Amalie E.\u00a0Noether"),
        ("Hilbert, David and 诺特, 艾米", "诺特艾米"),
    ],
)
def test_the_owner_is_found_by_the_parsed_name(site: MakeSite, author: str, owner: str) -> None:
    built = site({
        "content/people.yaml": "- {name: Emmy Noether, owner: true, names: {zh: 诺特艾米},"
        " aliases: ['Noether, Amalie Emmy', 'Nöther, Emmy', 'Noether, Amalie E.', '诺特, 艾米']}\n",
        "content/publications.bib": f"@article{{k, title={{T}}, author={{{author}}}, year=1918}}\n",
    })  # fmt: skip
    marked = built.page("publications/index.html").css("main li strong")
    assert [m.text().strip().rstrip("*") for m in marked][:1] == [owner]


def test_known_people_are_linked_however_their_name_is_typed(site: MakeSite) -> None:
    built = site({
        "content/people.yaml": "- {name: Jörg Müller, website: https://mueller.example}\n"
        "- {name: Mei Li, website: https://li.example}\n",
        "content/p.bib": "@article{k, title={T}, author={Mueller, Joerg and M{\\\"u}ller, J{\\\"o}rg"
        " and Li, M. and Mei Li*}, year=2020}\n",
    })  # fmt: skip
    links = built.page("publications/k/index.html").css("main .authors a")
    assert [(a.text(), a.attributes["href"]) for a in links] == [
        ("Joerg Mueller", "https://mueller.example"),
        ("Jörg Müller", "https://mueller.example"),
        ("Mei Li", "https://li.example"),
    ]


def test_initials_alone_are_taken_and_told(site: MakeSite) -> None:
    built = site({
        "content/cv.yaml": "cv: {name: Emmy Noether}\n",
        "content/publications.bib": "@article{k, title={T}, author={Noether, E. and Hilbert, D.}, year=1918}\n",
    })  # fmt: skip
    problem = built.one("owner-by-initials")
    assert "aliases" in problem.hint


def test_a_thesis_that_was_supervised_needs_no_owner_and_one_that_is_none_is_told(
    site: MakeSite,
) -> None:
    built = site({
        "content/people.yaml": "- {name: Ana Pérez, owner: true}\n- {name: Old Student, thesis: kk}\n"
        "- {name: New Student, thesis: k1}\n",
        "content/p.bib": "@phdthesis{kk, title={B}, author={Student, Old}, year=2000, school={S}}\n",
    })  # fmt: skip
    assert built.told("owner-not-found") == []
    problem = built.one("thesis-unknown")
    assert str(problem.place).startswith("content/people.yaml:3")
    assert "New Student" in problem.message


def test_each_owner_of_a_lab_is_found_on_a_paper(site: MakeSite) -> None:
    built = site({
        "content/people.yaml": "- {name: Ana Pérez, owner: true}\n- {name: Ming Li, owner: true}\n",
        "content/p.bib": "@book{k, title={B}, author={Pérez, Ana and Li, M. and Perez, A.}, year=2000}\n",
    })  # fmt: skip
    owners = built.page("publications/k/index.html").css(".authors strong")
    assert [o.text() for o in owners] == ["Ana Pérez", "M.\u00a0Li"]
    assert "'M. Li'" in built.one("owner-by-initials").message


def test_one_paper_from_three_homes(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "@article{bib, title={One Paper}, year=2020, doi={https://doi.org/10.1000/X}}\n",
        "content/cv.yaml": "cv:\n  name: A B\n  sections:\n    Papers:\n"
        "      - {title: One Paper, authors: [A B], journal: J, date: 2020, doi: 10.1000/x}\n"
        "      - {title: Only Here, authors: ['**A B**'], date: 2019}\n",
        "content/publications/own-page.md": "---\ntitle: A Third\nauthors: A B, C D\nvenue: K\ndate: 2018\n---\nBody\n",
        "content/publications/bib.md": "Words on *its* page.\n",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    assert built.report is not None
    assert built.report.publications == 3
    assert "Words on its page." in built.main("publications/bib/index.html")
    assert "A B" in built.main("publications/bib/index.html")


def test_files_are_found_beside_the_bib_and_missing_ones_told(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "@article{k, title={T}, year=2020, pdf={a b.pdf}, slides={none.pdf},\n"
        "  code={https://example.org/code}}\n",
        "content/publications/a b.pdf": b"%PDF",
    })  # fmt: skip
    hrefs = {a.attributes["href"] for a in built.page("publications/k/index.html").css("main a")}
    assert {"/publications/a%20b.pdf", "https://example.org/code"} <= hrefs
    problem = built.one("missing-file")
    assert str(problem.place) == "content/publications.bib:1:50"


def test_facts_of_a_paper_are_on_its_page(site: MakeSite) -> None:
    built = site({
        "content/p.bib": "@thesis{k, title={T}, type={phdthesis}, school={U}, year=2020,\n contribution={I did it},"
        " additional_info={Told later},\n links={Errata: https://e.org/e; Bad: javascript:x}}\n",
    })  # fmt: skip
    words = built.main("publications/k/index.html")
    for fact in ("I did it", "Told later", "PhD thesis", "Errata"):
        assert fact in words
    assert str(built.one("unsafe-link").place) == "content/p.bib:3:2"
    assert "javascript" not in built.html("publications/k/index.html")


def test_front_matter_of_a_papers_page_adds_to_it(site: MakeSite) -> None:
    built = site({
        "content/p.bib": "@article{k, title={T}, year=2020}\n@article{hidden, title={U}, year=2021}\n",
        "content/publications/k.md": "---\nredirect_from: /old/\nslides: s.pdf\nsummary: Found it.\ntitel: X\n---\nBody\n",
        "content/publications/s.pdf": b"%PDF", "content/publications/hidden.md": "---\ndraft: true\n---\nNot yet\n",
    })  # fmt: skip
    assert built.one("unknown-key").place is not None
    words = built.main("publications/k/index.html")
    assert "Found it." in words
    assert "Body" in words
    slides = built.page("publications/k/index.html").css_first('main a[href="/publications/s.pdf"]')
    assert slides is not None
    assert "old/index.html" in built.files
    assert "Not yet" not in built.main("publications/hidden/index.html")


def test_private_fields_are_never_published(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": """
            @article{k,
              title = {T},
              file = {:C$\\backslash$:/Users/me/secret.pdf:PDF},
              bdsk-url-1 = {https://example.org/bdsk},
              annote = {a secret thought},
              selected = {true},
              year = {2020}
            }
        """,
    })  # fmt: skip
    pages = "".join(built.html(f) for f in built.files if f.endswith((".html", ".xml", ".bib")))
    assert "secret" not in pages
    assert "bdsk" not in pages
    assert "title = {T}" in pages
    assert [p.message for p in built.problems] == []


def test_bad_entries_cost_no_other(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": """
            @article{one, title={One}, year=2001}
            @article{two, title={Two, year=2002
            @article{three, title={Three} year=2003}
            @article{one, title={Another One}, year=2004}
            @article{four, titel={Four}, year=nineteen}
            @article{five, title={Five}, title={Fünf}, year=2005, month=april}
        """,
    })  # fmt: skip
    assert {"one", "three", "four", "five"} <= {s.split("-")[0] for s in order(built)}
    assert "Another One" in built.main("publications/index.html")
    kinds = {p.kind for p in built.problems}
    assert {"bibtex-duplicate-key", "bibtex-missing-field", "not-a-date"} <= kinds
    assert all(p.place is not None and p.place.line for p in built.problems)


@pytest.mark.parametrize("key", ["DBLP:conf/x/Y2020", "a key", "论文2020", "Noether_18"])
def test_any_key_has_an_address(site: MakeSite, key: str) -> None:
    built = site({"content/publications.bib": f"@article{{{key}, title={{T}}, year=2020}}\n"})
    assert len(order(built)) == 1
    assert not built.problems.errors


def test_copied_bibtex_is_whole_without_its_parent(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": """
            @incollection{child,
              title = {Part},
              crossref = {parent},
              selected = {true}
            }
            @book{parent,
              title = {Whole},
              publisher = {P},
              year = {1983}
            }
        """,
    })  # fmt: skip
    copied = built.page("publications/child/index.html").css_first("main pre")
    assert copied is not None
    words = " ".join(copied.text().split())
    for fact in ("title = {Part}", "booktitle = {Whole}", "publisher = {P}", "year = {1983}"):
        assert fact in words
    assert "crossref" not in words
    assert "selected" not in words


def test_a_year_that_ends_the_name_of_a_venue_is_said_once(site: MakeSite) -> None:
    built = site({
        "content/p.bib": "@inproceedings{a, title={T}, author={A B}, booktitle={Proc. of X 2019}, year=2019, pages={1--9}}\n"
        "@inproceedings{b, title={U}, author={A B}, booktitle={Proc. of X 2018}, year=2019}\n",
    })  # fmt: skip
    shown = [
        " ".join(v.text().split()) for v in built.page("publications/index.html").css("main .venue")
    ]
    assert shown == ["Proc. of X 2019, 1–9", "Proc. of X 2018, 2019"]


def test_a_file_may_have_any_name_and_is_told_by_the_name_that_was_typed(site: MakeSite) -> None:
    entry = "@misc{{k{n}, title = {{T{n}}}, year = 2020, pdf = {{{pdf}}}}}\n"
    names = ["Nr. 2 #1.pdf", "plain.pdf#page=2", "Größe 9 #1.pdf"]
    bib = "".join(entry.format(n=n, pdf=name) for n, name in enumerate(names))
    built = site({
        "content/p.bib": bib, "content/Nr. 2 #1.pdf": b"%PDF", "content/plain.pdf": b"%PDF",
        "content/a.md": "---\ntitle: A\n---\n[g](<Größe/über.pdf>)\n",
    })  # fmt: skip
    assert "'Größe 9 #1.pdf'" in built.one("missing-file").message
    assert built.one("link-to-nothing").message == "'Größe/über.pdf' leads to nothing"


@pytest.mark.parametrize(
    ("typed", "status"),
    [("prepublished", "inpress"), ("Early access", "inpress"), ("preprint", "published"), ("Accepted", "accepted")],
)  # fmt: skip
def test_a_status_has_many_words(typed: str, status: str) -> None:
    assert status_of(typed) == status


def test_two_links_of_a_kind_are_told_apart(site: MakeSite) -> None:
    built = site({
        "content/p.bib": "@misc{k, title={T}, html={https://a.example/1}, website={https://b.example/2}, year=2000}"
    })  # fmt: skip
    links = built.page("publications/index.html").css(".links > a")
    assert [link.text() for link in links] == ["Website", "Website (b.example)"]
