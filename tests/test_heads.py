"""What pages say of themselves to machines: Scholar's tags, previews, structured data."""

from __future__ import annotations

import json

import pytest

from tests.conftest import MakeSite
from tests.sites import Site

PAPER = """
    @article{k, title={{\\"U}ber $x^2$}, author={Noether, Emmy and Hilbert, David}, journal={Math. Ann.},
      year=1918, month=jul, volume=78, number=2, pages={221--229}, doi={10.1000/xyz}, langid={german},
      pdf={paper.pdf}, abstract={What it says.}}
"""


def tags(built: Site, path: str) -> list[tuple[str, str]]:
    metas = built.page(path).css("meta[name^='citation_']")
    return [(str(m.attributes["name"]), str(m.attributes["content"])) for m in metas]


@pytest.mark.parametrize("base", ["", "/repo"])
def test_scholar_reads_a_paper_as_its_guide_asks(site: MakeSite, base: str) -> None:
    built = site({"content/publications.bib": PAPER, "content/publications/paper.pdf": b"%PDF"})
    built.build(url=f"https://example.org{base}")
    assert tags(built, "publications/k/index.html") == [
        ("citation_title", "Über $x^2$"), ("citation_author", "Emmy Noether"),
        ("citation_author", "David Hilbert"), ("citation_publication_date", "1918/07"),
        ("citation_journal_title", "Math. Ann."), ("citation_volume", "78"), ("citation_issue", "2"),
        ("citation_firstpage", "221"), ("citation_lastpage", "229"), ("citation_doi", "10.1000/xyz"),
        ("citation_language", "de"),
        ("citation_abstract_html_url", f"https://example.org{base}/publications/k/"),
        ("citation_pdf_url", f"https://example.org{base}/publications/k/paper.pdf"),
    ]  # fmt: skip


@pytest.mark.parametrize("entry", ["@misc{k, title={T}, author={A, B}}", "@misc{k, title={T}, year=2020}",
                                   "@misc{k, title={T}, author={A, B}, year=2020, pubstate={inpreparation}}"])  # fmt: skip
def test_a_draft_has_no_tags(site: MakeSite, entry: str) -> None:
    assert tags(site({"content/publications.bib": entry}), "publications/k/index.html") == []


def test_a_paper_is_a_scholarly_article(site: MakeSite) -> None:
    built = site({"content/publications.bib": PAPER, "content/publications/paper.pdf": b"%PDF"})
    script = built.page("publications/k/index.html").css_first("script[type='application/ld+json']")
    assert script is not None
    data = json.loads(script.text())
    assert data["@type"] == "ScholarlyArticle"
    assert [a["name"] for a in data["author"]] == ["Emmy Noether", "David Hilbert"]
    assert (data["datePublished"], data["sameAs"]) == ("1918-07", ["https://doi.org/10.1000/xyz"])


def test_the_home_page_is_the_owners_profile(site: MakeSite) -> None:
    built = site({
        "content/people.yaml": "- {name: Emmy Noether, owner: true, names: {ru: Эмми Нётер}, tagline: Found </script> it.,"
        " links: {ORCID: 0000-0001, GitHub: noether}}\n",
    })  # fmt: skip
    script = built.page("index.html").css_first("script[type='application/ld+json']")
    assert script is not None
    person = json.loads(script.text())["mainEntity"]
    assert (person["name"], person["alternateName"]) == ("Emmy Noether", ["Эмми Нётер"])
    assert person["sameAs"] == ["https://orcid.org/0000-0001", "https://github.com/noether"]
    assert person["description"] == "Found </script> it."


def test_every_page_describes_itself(site: MakeSite) -> None:
    built = site({
        "site.yaml": "url: https://example.org/repo\ndescription: A whole site.\n",
        "content/publications.bib": PAPER, "content/publications/paper.pdf": b"%PDF",
        "content/x.md": "---\ntitle: X\ndescription: Its *own* words.\n---\n",
    })  # fmt: skip
    said = {}
    for path in (
        "index.html",
        "x/index.html",
        "publications/k/index.html",
        "publications/index.html",
    ):
        page = built.page(path)
        meta = page.css_first('meta[name="description"]')
        canonical = page.css_first('link[rel="canonical"]')
        assert meta is not None
        assert canonical is not None
        said[path] = str(meta.attributes["content"])
        assert str(canonical.attributes["href"]) == "https://example.org/repo/" + path.removesuffix(
            "index.html"
        )
    assert said["index.html"] == "A whole site."
    assert said["x/index.html"] == "Its own words."
    assert said["publications/k/index.html"] == "What it says."
    assert len(set(said.values())) == len(said)


def test_service_files(site: MakeSite) -> None:
    built = site({"content/x.md": "---\ndate: 2024-05-01\nredirect_from: /old/\n---\n# X\n"})
    sitemap = built.html("sitemap.xml")
    assert "<loc>https://example.org/x/</loc>" in sitemap
    assert "2024-05-01" in sitemap
    assert "404" not in sitemap
    assert "old" not in sitemap
    assert "Sitemap: https://example.org/sitemap.xml" in built.html("robots.txt")
    assert built.html("CNAME") == "example.org\n"
    assert built.html(".nojekyll") == ""
    for url in ("https://me.github.io", "https://example.org/repo"):
        assert "CNAME" not in built.build(url=url).files
