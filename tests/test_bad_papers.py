"""Papers as they should not be: each is shown sensibly or told with its line, and none stops the others."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import MakeSite
from tests.sites import Site, one

GOOD = "@article{good, title={A Good Paper}, author={Noether, Emmy}, year=1918, journal={J}}\n"
OWNER = {"content/cv.yaml": "cv: {name: Emmy Noether}\n"}
CROWD = " and ".join(f"Author{n}, A{n % 7}." for n in range(2999))
HTML = " ".join(
    f"<p>Part {n} of <b>much</b> &amp; more, <a href='javascript:x'>x</a>.</p>" for n in range(300)
)


def built_with(site: MakeSite, entry: str, **more: str) -> Site:
    built = site({**OWNER, "content/p.bib": entry + "\n" + GOOD, **more})
    assert not built.problems.errors
    assert "A Good Paper" in built.main("publications/index.html")
    assert built.report is not None
    return built


def bad(built: Site, slug: str = "bad") -> str:
    """The words of the one entry of the list, and its page must be there."""
    assert f"publications/{slug}/index.html" in built.files
    item = one(built.page("publications/index.html"), f"[id='{slug}']")
    return " ".join(item.text(separator=" ").split())


@pytest.mark.parametrize(
    ("entry", "shown", "told"),
    [
        ("@article{bad, author={Noether, Emmy}, year=1919}", "bad Emmy Noether 1919", "bibtex-missing-field"),
        ("@article{bad, title={T}, year=1919}", "T 1919", ""),
        ("@article{bad, title={T}, author={Noether, Emmy}}", "T Emmy Noether", ""),
        ("@misc{bad, title={T}}", "T", ""),
        ("@article{bad, title={T}, author={Noether, Emmy}, year=2999}", "T Emmy Noether 2999", ""),
        ("@article{bad, title={T}, author={Noether, Emmy}, year=1919, pubstate={acepted}}", "T Emmy Noether 1919", "not-a-status"),
        ("@article{bad, title={T}, author={Hilbert, David}, year=1919}", "T David Hilbert 1919", "owner-not-found"),
        ("@article{bad, title={T}, author={Noether, Emmy}, year=1919, pdf={gone.pdf}}", "T Emmy Noether 1919", "missing-file"),
        ("@article{bad, title={T}, author={Noether, Emmy}, year=1919, preview={gone.png}}", "T Emmy Noether 1919", "missing-file"),
        ("@article{bad, title={T}, author={Noether, Emmy}, year=1919, doi={none}}", "T Emmy Noether 1919", "not-a-doi"),
    ],
)  # fmt: skip
def test_shown_and_told(entry: str, shown: str, told: str, site: MakeSite) -> None:
    built = built_with(site, entry)
    assert bad(built).startswith(shown)
    assert [p.kind for p in built.problems] == ([told] if told else [])
    assert all(str(p.place).startswith("content/p.bib:1") for p in built.problems)


def test_a_status_that_is_none_is_asked_after(site: MakeSite) -> None:
    built = built_with(
        site, "@misc{x, title={X}, author={Noether, Emmy}, pubstate={submited}}",
        **{"content/publications/y.md": "---\ntitle: Y\nauthors: Emmy Noether\nyear: 1919\nstatus: forthcomming\n---\n"},
    )  # fmt: skip
    hints = sorted(p.hint.partition("did you mean ")[2] for p in built.told("not-a-status"))
    assert hints == ["'forthcoming'?", "'submitted'?"]


def test_a_crowd_of_authors_keeps_the_owner_and_loses_no_one(site: MakeSite) -> None:
    built = built_with(
        site, f"@article{{bad, title={{T}}, author={{{CROWD} and Noether, Emmy}}, year=1919}}"
    )
    item = one(built.page("publications/index.html"), "[id='bad']")
    assert one(item, "strong").text() == "Emmy Noether"
    more = one(item, ".authors a")
    assert (more.text(), more.attributes["aria-label"]) == ("2993 more", "2993 more: T")
    assert len(item.html or "") < 4000
    page = built.page(str(more.attributes["href"]).strip("/") + "/index.html")
    assert one(page, ".authors").text().count("Author") == 2999
    assert len(page.css("meta[name='citation_author']")) == 3000


def test_a_long_list_unfolds_by_itself(site: MakeSite) -> None:
    names = " and ".join(f"Author{n}, Ann" for n in range(20))
    built = built_with(
        site,
        f"@article{{bad, title={{T}}, author={{{names} and Noether, Emmy and Last, B.}}, year=1919}}",
    )
    authors = one(built.page("publications/index.html"), "[id='bad'] .authors")
    assert one(authors, "summary").text() == "15 more"
    assert one(authors, ".ahead").text() == ", … Emmy Noether"
    rest = one(authors, "details").text()
    assert rest.endswith("Ann Author19, Emmy Noether and B.\u00a0Last")


def test_an_abstract_of_html_is_words(site: MakeSite) -> None:
    built = built_with(
        site,
        f"@article{{bad, title={{T}}, author={{Noether, Emmy}}, year=1919, abstract={{{HTML}}}}}",
    )
    page = built.page("publications/bad/index.html")
    abstract = one(page, "#abstract + div")
    assert "Part 299 of much & more" in abstract.text()
    assert len(abstract.css("p")) == 300
    assert not abstract.css("a, p p, [onclick]")
    description = one(page, "meta[name='description']").attributes["content"] or ""
    assert len(description) <= 161
    assert "<" not in description


def test_keys_that_differ_in_case_alone_are_two_papers(site: MakeSite) -> None:
    entries = "@misc{Key, title={One}, author={Noether, Emmy}}\n@misc{key, title={Two}, author={Noether, Emmy}}\n"
    built = built_with(site, entries)
    assert built.report is not None
    assert built.report.publications == 3
    assert {p.kind for p in built.problems} == {"bibtex-key-case", "slugs-collide"}


@pytest.mark.parametrize("key", ["DBLP:conf/x/Y", "a key", "论文2020"])
def test_any_key_leads_to_a_page(key: str, site: MakeSite) -> None:
    built = built_with(site, f"@misc{{{key}, title={{T}}, author={{Noether, Emmy}}}}")
    link = next(
        a for a in built.page("publications/index.html").css(".paper-title a") if a.text() == "T"
    )
    path = str(link.attributes["href"]).strip("/")
    assert f"{path}/index.html" in built.files
    assert {f"{path}/cite.{end}" for end in ("bib", "ris", "json")} <= built.files


@pytest.mark.parametrize(
    "doi", ["https://doi.org/10.1000/x", "doi:10.1000/x", "DOI 10.1000/x", "10.1000/x"]
)
@pytest.mark.parametrize("field", ["doi"])
def test_a_doi_is_a_doi_however_it_is_written(doi: str, field: str, site: MakeSite) -> None:
    built = built_with(
        site, f"@misc{{bad, title={{T}}, author={{Noether, Emmy}}, {field}={{{doi}}}}}"
    )
    assert built.page("publications/bad/index.html").css("a[href='https://doi.org/10.1000/x']")
    assert not list(built.problems)


def test_an_address_within_html_is_found(site: MakeSite) -> None:
    url = 'doi:<a href="https://example.org/a?b=1&c=2">there</a>'
    built = built_with(site, f"@misc{{bad, title={{T}}, author={{Noether, Emmy}}, url={{{url}}}}}")
    links = [
        a.attributes["href"] for a in built.page("publications/bad/index.html").css(".byline a")
    ]
    assert links == ["https://example.org/a?b=1&c=2"]


def test_a_path_on_the_authors_disk_is_nowhere(site: MakeSite) -> None:
    built = built_with(
        site,
        r"@misc{bad, title={T}, author={Noether, Emmy}, file = {:C$\backslash$:/Users/me/secret.pdf:PDF}}",
    )
    assert not list(built.problems)
    for path in built.files:
        assert b"secret" not in (built.out / path).read_bytes(), path


def test_a_preview_that_no_browser_shows_is_told_and_left_out(site: MakeSite) -> None:
    built = built_with(
        site,
        "@misc{bad, title={T}, author={Noether, Emmy}, preview={fig.pdf}}",
        **{"content/fig.pdf": "%PDF"},
    )
    assert "PNG" in built.one("preview-not-shown").hint
    assert not built.page("publications/index.html").css(".thumb")


def test_a_short_film_is_a_preview(site: MakeSite) -> None:
    built = built_with(
        site, "@misc{bad, title={T}, author={Noether, Emmy}, preview={fig.mp4}, preview_alt={A ring}}",
        **{"content/fig.mp4": "film"},
    )  # fmt: skip
    film = one(built.page("publications/index.html"), "video.thumb")
    assert film.attributes["aria-label"] == "A ring"
    assert "autoplay" not in film.attributes
    assert "controls" in one(built.page("publications/bad/index.html"), "video.figure").attributes


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("'2'", "article-journal"), ("['1']", "paper-conference"), ("phdthesis", "thesis"), ("article-journal", "article-journal")],
)  # fmt: skip
def test_types_have_many_names(typed: str, kind: str, site: MakeSite) -> None:
    page = f"---\ntitle: T\nauthors: Emmy Noether\npublication_types: {typed}\nyear: 1919\n---\n"
    built = built_with(site, "", **{"content/publications/t.md": page})
    word = {
        "article-journal": "Journal article",
        "paper-conference": "Conference paper",
        "thesis": "Thesis",
    }[kind]
    assert word in built.main("publications/t/index.html")
    assert not list(built.problems)


@pytest.mark.parametrize(
    ("abstract", "paragraphs"),
    [
        ("<jats:title>Abstract</jats:title><jats:p>One <jats:italic>E. coli</jats:italic>.</jats:p><jats:sec><jats:title>Methods</jats:title><jats:p>Two.</jats:p></jats:sec>", ["One E. coli.", "Methods", "Two."]),
        ("<div class='x'>One<br/>Two</div>", ["One", "Two"]),
        ("If $a<b$ and $c>d$ then a < b.", ["If a<b and c>d then a < b."]),
    ],
)  # fmt: skip
def test_abstracts_as_publishers_write_them(
    abstract: str, paragraphs: list[str], site: MakeSite
) -> None:
    entry = f"@article{{bad, title={{T}}, author={{Noether, Emmy}}, year=1919, abstract={{{abstract}}}}}"
    item = json.dumps(
        [{"id": "same", "type": "article-journal", "title": "U", "abstract": abstract}]
    )
    built = built_with(site, entry, **{"content/items.json": item})
    for slug in ("bad", "same"):
        found = one(built.page(f"publications/{slug}/index.html"), "#abstract + div").css("p")
        assert [re.sub(r"\s*([<>])\s*", r"\1", p.text()) for p in found] == [
            re.sub(r"\s*([<>])\s*", r"\1", p) for p in paragraphs
        ], slug


def test_an_address_that_runs_things_is_told_and_nowhere_published(site: MakeSite) -> None:
    built = built_with(
        site, r"@misc{bad, title={T}, author={Noether, Emmy}, year=1919, howpublished={\url{javascript:a()}},"
        r" note={See \href{javascript:b()}{there \emph{and}} \url{https://example.org/c}}}",
    )  # fmt: skip
    assert [p.message for p in built.told("bibtex-value")] == [
        "bad: howpublished: unsafe address javascript:a()", "bad: note: unsafe address javascript:b()",
    ]  # fmt: skip
    holding = [path for path in built.files if b"javascript:" in (built.out / path).read_bytes()]
    assert holding == []
    entry = (built.out / "publications/bad/cite.bib").read_text("utf-8")
    assert r"note={See {there \emph{and}} \url{https://example.org/c}}" in entry


def test_an_address_beside_a_doi_that_is_none_is_told(site: MakeSite) -> None:
    built = built_with(
        site, "@misc{bad, title={T}, author={Noether, Emmy}, doi={10.1000/1}, url={on my page}}"
    )
    assert [p.kind for p in built.problems] == ["missing-file"]
