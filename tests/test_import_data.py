"""CV data and bibliographies moved in, alone and into a site that stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.importers import import_site, told
from builder.problems import FolioError
from tests.sites import Site, make_site

RENDERCV = """
cv:
  name: Ada Example
  headline: Reader in Engines
  email: [ada@example.org, ada@example.net]
  phone:
  photo: ada.png
  social_networks:
    - {network: GitHub, username: ada}
  sections:
    welcome:
      - I turn *wheels*.
    education:
      - {institution: Somewhere, area: Engines, degree: PhD, start_date: 2015-09, end_date: 2019-06, highlights: ["Thesis: wheels"]}
    publications:
      - {title: Wheels, authors: ["*Ada Example*", Bo Cog], doi: 10.1000/wheels, journal: Engines, date: 2019-01}
    numbers:
      - number: One
      - reversed_number: Two
      - bullet: Three
design:
  theme: classic
"""

RESUME = {
    "basics": {
        "name": "Ada Example", "label": "Reader", "picture": "", "email": "ada@example.org", "phone": "12", "website": "https://ada.example.org",
        "summary": "Ada turns wheels.", "location": {"address": "1 Street", "city": "Somewhere", "countryCode": "GB"},
        "profiles": [{"network": "Twitter", "username": "ada", "url": "https://x.com/ada"}],
    },
    "work": [{"company": "Engine Lab", "position": "Reader", "startDate": "2022-7-10", "endDate": "Present", "summary": "Oil.", "highlights": ["Wheels"]}],
    "education": [{"institution": "Somewhere", "area": "Engines", "studyType": "PhD", "startDate": "2015", "endDate": "2019", "gpa": "4.0", "courses": ["Cogs 1"]}],
    "awards": [{"title": "Golden Wheel", "date": "2020-01-01", "awarder": "Club", "summary": "For it."}],
    "publications": [{"name": "Wheels", "publisher": "Engines", "releaseDate": "2019-01-01", "website": "https://w.example.org", "summary": "Round."}],
    "skills": [{"name": "Crafts", "level": "Master", "keywords": ["Brass", "Oil"]}],
    "languages": [{"language": "English", "fluency": "Native"}],
    "interests": [{"name": "Trains", "keywords": ["Steam"]}],
    "references": [{"name": "Bo Cog", "reference": "She turns."}],
    "projects": [{"name": "Engine", "description": "It reckons.", "highlights": ["Fast"], "roles": ["Lead"], "entity": "Club", "type": "machine", "keywords": ["brass"]}],
    "volunteer": [{"organization": "Shelter", "position": "Cook", "startDate": "2018-01-01"}],
    "certificates": [{"name": "Oiler", "date": "2021-01-01", "issuer": "Guild"}],
    "presentations": [{"name": "On oil", "event": "OilCon", "date": "2020-02-02", "location": "Oil City"}],
}  # fmt: skip


def moved(root: Path, name: str, text: str) -> Site:
    (root / name).write_text(text, "utf-8")
    import_site(root / name, root / "new")
    return Site(root / "new").build()


def test_a_rendercv_file(tmp_path: Path) -> None:
    site = moved(tmp_path, "cv.yaml", RENDERCV)
    assert site.problems.errors == []
    main = site.main("cv/index.html")
    for words in (
        "I turn wheels",
        "Somewhere",
        "PhD",
        "Thesis: wheels",
        "One",
        "Two",
        "Three",
        "ada@example.net",
    ):
        assert words in main, words
    assert site.report is not None
    assert site.report.publications == 1
    report = (site.root / "import-report.md").read_text()
    assert "the photo ada.png is not there" in report
    assert "design: how RenderCV sets its own PDF" in report


COMMENTED = """# My CV
cv:
  name: Ada
  phone:
  sections:
    talks:
      - {name: Steam, date: 2020}   # the first
      # - {name: Coal, date: 2021}
    empty: []
locale: {language: english}
"""


def test_a_rendercv_file_that_is_one_is_copied_as_it_is(tmp_path: Path) -> None:
    site = moved(tmp_path, "Ada_CV.yaml", COMMENTED)
    assert (site.root / "content/cv.yaml").read_text() == COMMENTED
    assert site.problems.errors == []
    assert "| section talks | 1 | 1 |" in (site.root / "import-report.md").read_text()


def test_what_is_rewritten_keeps_every_word_and_counts_its_comments(tmp_path: Path) -> None:
    text = COMMENTED.replace("date: 2020", "gist: [one, {two: [three, four]}]")
    site = moved(tmp_path, "cv.yaml", text)
    report = (site.root / "import-report.md").read_text()
    assert "2 lines of comments" in report
    assert "one, two: three, four" in site.main("cv/index.html")


def test_a_json_resume_of_old_and_new_keys(tmp_path: Path) -> None:
    site = moved(tmp_path, "resume.json", json.dumps(RESUME))
    assert site.problems.errors == []
    main = site.main("cv/index.html")
    for words in (
        "Engine Lab", "Reader", "Oil.", "Cogs 1", "4.0", "Golden Wheel", "Club", "Round.", "Master: Brass, Oil", "Native", "Steam", "She turns.",
        "It reckons.", "machine", "Lead", "Shelter", "Guild", "OilCon", "Oil City",
    ):  # fmt: skip
        assert words in main, words
    assert "1 Street" not in site.html("cv/index.html")
    assert "tel:12" not in site.html("cv/index.html")


BIB = """
@article{a, title={Wheels}, author={Example, Ada}, year={2019}, doi={10.1000/WHEELS}}
@article{b, title={Cogs, Small}, author={Example, Ada}, year={2018}}
@misc{c, title={On arXiv}, author={Example, Ada}, year={2024}, eprint={2401.00001v2}, archiveprefix={arXiv}}
@article{d, title={New to Us}, author={Example, Ada}, year={2025}, journal={J},
  note={Kept as {Typed}}}
"""
HAVE = {
    "content/publications.bib": "@article{mine, title={Wheels, revised}, author={Example, Ada}, year={2020}, doi={10.1000/wheels}}\n"
    "@article{cogs, title={Cogs -- small}, author={Example, Ada}, year={2018}}\n@misc{x, title={Other}, year={2024}, url={https://arxiv.org/abs/2401.00001}, author={Example, Ada}}\n",
}  # fmt: skip


def test_a_bibliography_into_a_site_adds_what_it_lacks(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", HAVE)
    before = (site.root / "content/publications.bib").read_bytes()
    (tmp_path / "zotero.bib").write_text(BIB)
    move = import_site(tmp_path / "zotero.bib", site.root)
    added = (site.root / "content/zotero.bib").read_text()
    assert "New to Us" in added
    assert "Kept as {Typed}" in added
    assert "Wheels" not in added
    assert (site.root / "content/publications.bib").read_bytes() == before
    assert "publications: 4 at the source, 1 here" in told(move, site.root)
    assert site.build().report is not None
    assert site.report is not None
    assert site.report.publications == 4
    again = import_site(tmp_path / "zotero.bib", site.root)
    assert again.given["publications"] == 0
    assert not (site.root / "content/zotero-2.bib").exists()
    assert (site.root / "import-report-2.md").exists()


@pytest.mark.parametrize(("name", "text"), [
    ("ris.ris", "TY  - JOUR\nTI  - Wheels\nAU  - Example, Ada\nPY  - 2019\nDO  - 10.1000/wheels\nER  - \n\nTY  - JOUR\nTI  - New in RIS\nAU  - Cog, Bo\nPY  - 2021\nJO  - J\nER  - \n"),
    ("items.json", json.dumps([
        {"id": "1", "type": "article-journal", "title": "Wheels", "DOI": "10.1000/wheels", "issued": {"date-parts": [[2019]]}},
        {"id": "2", "type": "article-journal", "title": "New in RIS", "author": [{"family": "Cog", "given": "Bo"}], "issued": {"date-parts": [[2021]]}},
    ])),
])  # fmt: skip
def test_ris_and_csl_json_into_a_site(tmp_path: Path, name: str, text: str) -> None:
    site = make_site(tmp_path / "site", HAVE)
    (tmp_path / name).write_text(text)
    import_site(tmp_path / name, site.root)
    added = (site.root / "content" / name).read_text()
    assert "New in RIS" in added
    assert "10.1000/wheels" not in added
    site.build()
    assert "New in RIS" in site.main("publications/index.html")


def test_a_bibliography_alone_is_a_site(tmp_path: Path) -> None:
    site = moved(tmp_path, "all.bib", BIB)
    assert site.report is not None
    assert site.report.publications == 4


def test_a_cv_into_a_site_that_has_one_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"content/cv.yaml": "cv: {name: Ada Example}\n"})
    (tmp_path / "cv.yaml").write_text(RENDERCV)
    with pytest.raises(FolioError, match="is not touched"):
        import_site(tmp_path / "cv.yaml", site.root)
    bare = make_site(tmp_path / "bare", {"content/index.md": "Mine.\n"})
    import_site(tmp_path / "cv.yaml", bare.root)
    assert "Thesis: wheels" in bare.build().main("cv/index.html")
    assert "Mine." in bare.main("index.html")


def test_a_site_into_a_site_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    (tmp_path / "old").mkdir()
    (tmp_path / "old/_config.yml").write_text("title: Old\n")
    with pytest.raises(FolioError, match="a site already"):
        import_site(tmp_path / "old", site.root)


@pytest.mark.parametrize(("name", "text", "says"), [
    ("e.yaml", "cv: [1, 2", "e.yaml holds no CV"), ("package.json", '{"name": "x"}', "no publication can be read"),
    ("b.bib", "<<<<", "no publication can be read"), ("site.yaml", "title: x\n", "a Folio site already"),
])  # fmt: skip
def test_what_holds_nothing_to_bring_over_is_refused(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    file = tmp_path / "from" / name
    file.parent.mkdir()
    file.write_text(text, "utf-8")
    with pytest.raises(FolioError, match=says):
        import_site(file.parent if name == "site.yaml" else file, tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_the_cv_among_other_files_is_found_and_its_list_of_entries_stays(tmp_path: Path) -> None:
    source = tmp_path / "from"
    source.mkdir()
    (source / "aaa.yaml").write_text("x: 1\n", "utf-8")
    (source / "cv.yaml").write_text("cv:\n  name: Ada\n  sections: [Words, {name: B}]\n", "utf-8")
    import_site(source, tmp_path / "to")
    written = (tmp_path / "to/content/cv.yaml").read_text("utf-8")
    assert "name: Ada" in written
    assert "Words" in written
