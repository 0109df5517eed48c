"""A preprint and its published version are one entry that links both, in one file or in two."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite
from tests.sites import Site, one

PREPRINT = """@article{doe2022arxiv, title={On {Rings}}, author={Doe, Jane and Roe, Max}, year=2022,
  journal={arXiv preprint arXiv:2201.00001}, abstract={Of rings.}, url={https://arxiv.org/abs/2201.00001}}
"""
PUBLISHED = """@inproceedings{doe2023, title={On rings}, author={Doe, Jane and Roe, M.}, year=2023,
  booktitle={Proc. Rings}, doi={10.1000/r}, pages={1--9}}
"""
SERVER = """@misc{doe2022bio, title={On rings}, author={Doe, J. and Roe, Max}, year=2022, howpublished={bioRxiv},
  doi={10.1101/2022.01.01.1}}
"""
CORR = """@article{DBLP:journals/corr/abs-2201-00001, title={On Rings.}, author={Jane Doe and Max Roe}, year=2022,
  journal={CoRR}, volume={abs/2201.00001}}
"""


def buttons(built: Site, path: str) -> list[tuple[str, str]]:
    links = built.page(path).css(".byline .links a")
    return [(a.text(), str(a.attributes["href"])) for a in links]


@pytest.mark.parametrize(
    ("preprint", "label", "address"),
    [
        (PREPRINT, "arXiv", "https://arxiv.org/abs/2201.00001"),
        (CORR, "arXiv", "https://arxiv.org/abs/2201.00001"),
        (SERVER, "Preprint", "https://doi.org/10.1101/2022.01.01.1"),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_one_entry_links_both(
    preprint: str, label: str, address: str, apart: bool, site: MakeSite
) -> None:
    files = {"content/a.bib": preprint, "content/b.bib": PUBLISHED}
    built = site(files if apart else {"content/a.bib": preprint + PUBLISHED})
    assert not list(built.problems)
    assert built.report is not None
    assert built.report.publications == 1
    assert buttons(built, "publications/doe2023/index.html") == [
        ("DOI", "https://doi.org/10.1000/r"), (label, address),
    ]  # fmt: skip
    assert "Proc. Rings , 1–9, 2023" in built.main("publications/doe2023/index.html")


def test_where_the_preprint_lived_leads_on(site: MakeSite) -> None:
    built = site({
        "content/a.bib": PREPRINT + PUBLISHED,
        "content/publications/doe2022arxiv.md": "What the preprint's page said.\n",
        "content/talks.yaml": "- {title: T, publications: [doe2022arxiv]}\n",
    })  # fmt: skip
    assert not list(built.problems)
    old = one(built.page("publications/doe2022arxiv/index.html"), "meta[http-equiv]")
    assert "url=/publications/doe2023/" in str(old.attributes["content"])
    assert "What the preprint’s page said." in built.main("publications/doe2023/index.html")
    assert built.page("talks/t/index.html").css("a[href='/publications/doe2023/']")
    assert "2201.00001" in built.html("publications/publications.bib")


@pytest.mark.parametrize(
    "published",
    [
        PUBLISHED.replace("On rings", "On fields"),
        PUBLISHED.replace("Doe, Jane", "Doe, John"),
        PUBLISHED.replace("year=2023", "year=2031"),
    ],
)
def test_what_only_looks_alike_stays_apart(published: str, site: MakeSite) -> None:
    built = site({"content/a.bib": PREPRINT + published})
    assert built.report is not None
    assert built.report.publications == 2


def test_the_same_number_is_enough(site: MakeSite) -> None:
    published = PUBLISHED.replace("On rings", "On rings, revised").replace(
        "doi=", "eprint={2201.00001v3}, archiveprefix={arXiv}, doi="
    )
    built = site({"content/a.bib": PREPRINT + published})
    assert built.report is not None
    assert built.report.publications == 1
