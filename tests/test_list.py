"""The list of publications: how it is divided, that nobody's paper is lost, what it weighs, how it sounds."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import serving, visiting
from tests.conftest import MakeSite
from tests.corpus import bibtex
from tests.sites import Site, make_site, one

OWNER = {"content/cv.yaml": "cv: {name: Emmy Noether}\n"}
MIXED = """
    @article{a, title={A}, author={Noether, Emmy and Hilbert, D.}, year=2020, journal={J}, topics={rings, Waves}}
    @inproceedings{b, title={B}, author={Noether, Emmy and Hilbert, David}, year=2021, booktitle={C}, topics={Rings}}
    @article{c, title={C}, author={Noether, Emmy}, year=2022, pubstate={submitted}}
    @patent{d, title={D}, author={Noether, Emmy}, year=2023, number={1}}
    @phdthesis{e, title={E}, author={Noether, Emmy}, school={U}, topics={Waves}}
"""


def divided(site: Site) -> list[tuple[str, list[str]]]:
    page = site.page("publications/index.html")
    return [
        (one(s, "h2").text(), [str(li.attributes["id"]) for li in s.css(".papers > li")])
        for s in page.css("main section")
    ]


BY = {
    "year": [("In progress", ["c"]), ("2023", ["d"]), ("2021", ["b"]), ("2020", ["a"]), ("Undated", ["e"])],
    "type": [("Journal articles", ["c", "a"]), ("Conference papers", ["b"]), ("Theses", ["e"]), ("Patents", ["d"])],
    "status": [("Submitted", ["c"]), ("Published", ["d", "b", "a", "e"])],
    "topic": [("Rings", ["b", "a"]), ("Waves", ["e"]), ("Other", ["c", "d"])],
    "none": [("Publications", ["c", "d", "b", "a", "e"])],
}  # fmt: skip


@pytest.mark.parametrize("by", BY)
def test_grouped_as_the_site_or_the_page_asks(by: str, site: MakeSite) -> None:
    files = {**OWNER, "content/p.bib": MIXED}
    settings = f"title: A\ncollections: {{publications: {{group_by: {by}}}}}\n"
    assert divided(site({**files, "site.yaml": settings})) == BY[by]
    page = f"---\ntitle: Papers\nlayout: publications\ngroup_by: {by}\n---\n"
    assert (
        divided(site({**files, "site.yaml": "title: A\n", "content/publications.md": page}))
        == BY[by]
    )


def test_an_unknown_grouping_is_told(site: MakeSite) -> None:
    built = site(
        {
            **OWNER,
            "content/p.bib": MIXED,
            "site.yaml": "title: A\ncollections: {publications: {group_by: yaer}}\n",
        }
    )
    assert "year" in built.one("not-a-choice").hint
    assert divided(built) == BY["year"]


def test_many_years_are_reached_by_their_decades(site: MakeSite) -> None:
    bib = "".join(
        f"@misc{{k{n}, title={{T}}, author={{Noether, Emmy}}, year={n}}}\n"
        for n in range(1985, 2026)
    )
    page = site({**OWNER, "content/p.bib": bib}).page("publications/index.html")
    jumps = [(a.text(), a.attributes["href"]) for a in page.css(".jump a")]
    assert jumps == [
        ("2020s", "#in_2025"), ("2010s", "#in_2019"), ("2000s", "#in_2009"), ("1990s", "#in_1999"), ("1980s", "#in_1989"),
    ]  # fmt: skip


def test_no_key_is_the_id_of_a_heading(site: MakeSite) -> None:
    bib = "".join(
        f"@misc{{{key}, title={{T}}, year=2020}}\n"
        for key in ("2020", "in_2020", "in-2020", "year")
    )
    ids = re.findall(
        r'\sid="([^"]+)"', site({"content/p.bib": bib}).html("publications/index.html")
    )
    assert len(ids) == len(set(ids))


def test_people_are_one_by_one_in_the_filter(site: MakeSite) -> None:
    bib = MIXED + "".join(
        f"@misc{{x{n}, title={{T{n}}}, author={{Noether, Emmy}}, year=2000}}\n" for n in range(6)
    )
    page = site({**OWNER, "content/p.bib": bib}).page("publications/index.html")
    options = [o.text() for o in page.css("select[name='person'] option")]
    assert options == ["Everyone", "David Hilbert (2)"]
    topics = [o.text() for o in page.css("select[name='topic'] option")]
    assert topics == ["All topics", "Rings (2)", "Waves (2)"]


# ---- a bibliography of two thousand -------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two thousand entries without abstracts, and as many slips as people make."""
    files = {**OWNER, "content/p.bib": bibtex(2000, abstracts=False, slips=True)}
    return make_site(tmp_path_factory.mktemp("large"), files).build()


def test_as_many_papers_come_out_as_went_in(large: Site) -> None:
    """Every entry is on the list and has a page, or a problem stands at one of its lines."""
    lines = (large.root / "content/p.bib").read_text("utf-8").split("\n")
    starts = [n for n, line in enumerate(lines, 1) if line.startswith("@")]
    assert len(starts) == 2000
    page = large.page("publications/index.html")
    items = [str(li.attributes["id"]) for li in page.css(".papers > li")]
    assert large.report is not None
    assert len(items) == len(set(items)) == large.report.publications
    pages = {
        f.split("/")[1] for f in large.files if re.fullmatch(r"publications/[^/]+/index\.html", f)
    }
    assert pages == set(items)
    titles = " ".join(title.text() for title in page.css(".paper-title"))
    lost = [n for n in range(2000) if not re.search(rf"\b{n}:", titles)]
    assert len(items) + len(lost) == 2000
    assert len(lost) <= 5
    told = {p.place.line for p in large.problems if p.place and p.place.line}
    ends = [*starts[1:], len(lines)]
    assert [n for n in lost if not told.intersection(range(starts[n], ends[n]))] == []
    kinds = Counter(p.kind for p in large.problems)
    assert kinds["bibtex-duplicate-key"] == 2
    assert kinds["bibtex-missing-comma"] >= 3
    assert not kinds["shown-nowhere"]


def test_private_paths_are_nowhere_in_it(large: Site) -> None:
    for path in (
        "publications/index.html",
        "publications/publications.bib",
        "publications/search.json",
    ):
        assert "private-" not in large.html(path)


# ---- weight and sound ---------------------------------------------------------------------------

SYLLABLES = [
    "ka",
    "re",
    "mi",
    "to",
    "lu",
    "sha",
    "ven",
    "dor",
    "pli",
    "gra",
    "sta",
    "con",
    "ver",
    "in",
    "ble",
    "ter",
    "al",
    "um",
    "ist",
    "phe",
    "no",
    "zy",
    "ox",
    "wi",
    "que",
]


def title(n: int) -> str:
    """A title whose words no other title has, as hard to compress as real ones."""
    words = []
    for k in range(9):
        m = (n * 7919 + k * 104_729) % 15_485_863
        words.append(
            "".join(SYLLABLES[(m >> shift) % len(SYLLABLES)] for shift in (0, 5, 10)[: 2 + k % 2])
        )
    return " ".join(words)


def test_three_hundred_papers_weigh_little(site: MakeSite) -> None:
    entries = re.split(r"(?m)^(?=@)", bibtex(300))
    bib = "".join(
        re.sub(r"title = \{.*\}", f"title = {{{title(n)}}}", e) for n, e in enumerate(entries)
    )
    built = site({**OWNER, "content/p.bib": bib})
    assert built.report is not None
    assert built.report.publications == 300
    html = built.html("publications/index.html")
    size = len(gzip.compress(html.encode(), 6)) / 1024
    assert size <= 60, f"{size:.1f} KiB"
    assert "@article" not in html


EARS = """
    @article{a, title={Of {Rings}}, author={Noether, Emmy and Hilbert, David}, author+an={1=equal; 2=equal},
      year=2021, journal={J}, pdf={https://example.org/a.pdf}, abstract={A.}, preview={a.png}, award={Best paper}}
    @article{b, title={Of Chains}, author={Noether, Emmy}, year=2020, journal={J}, pdf={https://example.org/b.pdf}}
"""


def test_it_sounds_as_it_reads(browser: Browser, site: MakeSite) -> None:
    built = site({**OWNER, "content/p.bib": EARS, "content/a.png": b"x"})
    with serving(built.out) as address, visiting(browser, address, "/publications/") as visit:
        tree = visit.page.locator("main").aria_snapshot()
        for line in (
            'link "PDF: Of Rings"', 'link "PDF: Of Chains"', 'heading "2021" [level=2]', "(equal contribution)",
            'region "2020"', "Best paper",
        ):  # fmt: skip
            assert line in tree, tree
        assert tree.count("- listitem") == 2
        assert "img" not in tree, "a thumbnail without words of its own is not read"
        names = visit.page.locator("summary").evaluate_all("all => all.map(e => e.ariaLabel)")
        assert names == ["Abstract: Of Rings", "Cite: Of Rings", "Cite: Of Chains"]


def test_the_live_region_stands_from_the_start(tmp_path: Path) -> None:
    built = make_site(tmp_path, {**OWNER, "content/p.bib": bibtex(12)}).build()
    assert (
        one(built.page("publications/index.html"), "form [role='status']").text()
        == "12 publications"
    )


MARKED = {
    "content/publications.bib": "@article{a, title={A}, author={Owner, Ada* and Bell, Bo*}, journal={J}, year=2001, selected={true}}\n"
    "@article{b, title={B}, author={Owner, Ada and Bell, Bo$^\\dagger$}, journal={J}, year=2000}",
    "content/people.yaml": "- {name: Ada Owner, owner: true}\n",
    "content/drawn.md": "---\ntitle: Drawn\n---\n{% for item in site.publications %}\n{% include 'publication' %}\n{% endfor %}\n",
    "content/words.md": "---\ntitle: Words\n---\nNothing is drawn here.\n",
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "signs"), [("index", "*"), ("drawn/index", "*†"), ("publications/index", "*†")]
)
def test_marks_are_explained_wherever_they_stand(site: MakeSite, path: str, signs: str) -> None:
    built = site(MARKED)
    (legend,) = built.page(f"{path}.html").css("main .legend")
    assert "".join(sign.text() for sign in legend.css(".sign")) == signs
    assert "equal contribution" in legend.text().lower()
    assert built.page("words/index.html").css(".legend") == []
