"""Citation styles of the author's own: what a `.csl` file makes of a paper, and what is told of one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from builder.checks import check
from builder.citing import csl_lines
from builder.problems import Problems
from builder.run import Options
from tests.conftest import MakeSite
from tests.sites import Site
from tests.test_citations import citations

STYLE = (Path(__file__).parent / "fixtures" / "plain-numbers.csl").read_text("utf-8")
BIB = r"""
@article{one, title={On $x^2$ and \emph{Zostera marina}}, author={Bell, Bo and Owner, Ada*}, journal={J}, volume=3,
  year=2001, doi={10.1000/1}}
@article{two, title={Why?}, author={Aho, Bo and Bell, Bo and Clay, Di and Eng, Eva and Owner, Ada}, journal={J}, year=2002}
@article{three, title={三}, author={李, 明 and de la Cruz, Mateo and others}, journal={J}, year=2003}
"""
FILES = {
    "content/publications.bib": BIB, "layouts/plain-numbers.csl": STYLE,
    "content/people.yaml": "- {name: Ada Owner, owner: true}\n",
    "site.yaml": "title: A\nurl: https://example.org\ncitation_style: plain-numbers.csl\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    from tests.sites import make_site

    return make_site(tmp_path_factory.mktemp("csl"), FILES).build()


def test_a_style_writes_what_our_own_writes_names_titles_and_links(built: Site) -> None:
    assert [str(p) for p in built.problems if p.kind != "owner-not-found"] == []
    three, two, one = citations(built.html("publications/index.html"))
    assert "Bell B, <strong>Owner A</strong><sup" in one
    assert 'title" href' not in one
    assert '“<a href="/publications/one/">On <math' in one
    assert "<em>Zostera marina</em></a>.” <em>J</em> <strong>3</strong> (2001). " in one
    assert '<a href="https://doi.org/10.1000/1">https://doi.org/10.1000/1</a>.' in one
    assert (
        'Aho B et al. … <strong>A. Owner</strong>. “<a href="/publications/two/">Why?</a>” ' in two
    )
    assert "李明, Cruz M de la, et al. “" in three


def test_its_lists_count_and_its_file_is_not_published(built: Site) -> None:
    numbers = [n.text() for n in built.page("publications/index.html").css(".paper-number")]
    assert numbers == ["[3]", "[2]", "[1]"]
    assert not [path for path in built.files if path.endswith(".csl")]


def test_another_file_of_that_name_writes_every_list_again(site: MakeSite) -> None:
    built = site({**FILES, "content/x.md": "---\ntitle: X\n---\nAs [@one] shows.\n"})
    assert "As [<a" in built.html("x/index.html")
    built.write(
        {"layouts/plain-numbers.csl": STYLE.replace('font-weight="bold"', 'prefix="vol. "')}
    ).build()
    once = {path: (built.out / path).read_bytes() for path in built.files}
    built.build(fresh=True)
    assert {path: (built.out / path).read_bytes() for path in built.files} == once
    assert "<em>J</em> vol. 3 (2001)" in citations(built.html("x/index.html"))[0]


DEPENDENT = STYLE.replace("<citation>", "<!--").replace("</bibliography>", "-->").replace(
    "<category", '<link rel="independent-parent" href="http://www.zotero.org/styles/nature"/><category'
)  # fmt: skip
MISHAPS = {
    "csl-syntax": ("<style><oops></style>", "layouts/plain-numbers.csl:1:16", "download it again"),
    "csl-unusable": (DEPENDENT, "layouts/plain-numbers.csl:1", "take nature.csl instead"),
    "missing-file": (None, "site.yaml:3:17", "put the .csl file there"),
}


@pytest.mark.parametrize("kind", MISHAPS)
def test_a_file_that_is_no_style_is_told_and_the_default_stands(site: MakeSite, kind: str) -> None:
    text, place, hint = MISHAPS[kind]
    files = {path: t for path, t in FILES.items() if text or not path.endswith(".csl")}
    built = site(files | ({"layouts/plain-numbers.csl": text} if text else {}))
    problem = built.one(kind)
    assert (str(problem.place), hint in problem.hint) == (place, True)
    assert citations(built.html("publications/index.html")) == []


def test_without_the_extra_the_mend_is_told(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *rest: None if name == "citeproc" else found(name, *rest),
    )
    problem = site(FILES).one("extra-missing")
    assert str(problem.place) == "site.yaml:3:17"
    assert "scholar-folio[csl]" in problem.hint


def test_only_site_yaml_chooses_a_file(site: MakeSite) -> None:
    page = "---\ntitle: X\ncitation_style: plain-numbers.csl\n---\nWords\n"
    problem = site({**FILES, "content/x.md": page}).one("not-a-choice")
    assert str(problem.place) == "content/x.md:3:17"
    assert "write citation_style: plain-numbers.csl there" in problem.hint


def test_a_paper_that_the_processor_gives_up_on_is_told_and_stands(
    site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise csl_lines.CslFailed("KeyError: 'page'")

    monkeypatch.setattr(csl_lines, "_written", fail)
    built = site(FILES)
    assert "Ada Owner" in built.html("publications/index.html")
    problems = Problems()
    check(built.root, Options(), problems)
    told = [p for p in problems if p.kind == "csl-failed"]
    assert [p.place.line for p in told if p.place] == [4, 3, 1]


def test_a_style_keeps_the_language_it_names_and_others_follow_the_sites(site: MakeSite) -> None:
    editor = "@book{four, title={T}, author={Aho, Bo}, editor={Eng, Eva}, year=2004}"
    layout = '<text term="edition"/><text variable="title" quotes="true"/></layout></bibliography>'
    free = STYLE.partition("<bibliography")[0] + f"<bibliography><layout>{layout}</style>"
    lines = {}
    for name, style in {"named": free, "free": free.replace(' default-locale="en-US"', "")}.items():
        files = {**FILES, "layouts/plain-numbers.csl": style, "content/publications.bib": editor}
        built = site(files | {"site.yaml": FILES["site.yaml"] + "language: de\n"})
        lines[name] = citations(built.html("publications/index.html"))[0]
    assert 'edition“<a href="/publications/four/">T</a>”' in lines["named"]
    assert "Auflage" in lines["free"]
