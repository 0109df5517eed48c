"""The CV from other files than cv.yaml: JSON Resume and al-folio's lists, with what real ones hold."""

from __future__ import annotations

import json

import pytest

from tests.conftest import MakeSite
from tests.json_resume import BASICS, SECTIONS
from tests.sites import Site, one

RESUME = """
    {
      "$schema": "https://example.org/schema.json",
      "basics": {
        "name": "Ada Lovelace", "label": "Analyst", "picture": "", "email": "ada@example.org",
        "phone": "+44 20 7946 0000", "website": "https://ada.example.org", "summary": "Saw what engines can do.",
        "location": {"address": "12 St James's Square", "postalCode": "SW1Y", "city": "London", "countryCode": "GB", "region": ""},
        "profiles": [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}, {"network": "", "username": ""}]
      },
    \t"work": [
        {"company": "Analytical Engine", "position": "Programmer", "website": "https://example.org/engine",
         "startDate": "2022-7-10", "endDate": "Present", "summary": "Wrote \\u2013 and \\ud83d\\ude00.", "highlights": ["Note G"]},
        {"name": "Salon", "position": "Guest", "startDate": "1833", "endDate": "", "description": "A house in Dorset Street"}
      ],
      "volunteer": [{"organization": "Stables", "position": "Rider", "startDate": 1830, "endDate": "1831-05"}],
      "education": [{"institution": "Home", "area": "Mathematics", "studyType": "Tutored", "startDate": "1829-06",
                     "endDate": "1834-05", "gpa": "3.9", "courses": ["Calculus", "Logic"]}],
      "awards": [{"title": "A medal", "date": "1844", "awarder": "Nobody", "summary": "For nothing"}],
      "certificates": [{"name": "Engines I", "date": "1841", "issuer": "Babbage"}],
      "publications": [{"name": "Sketch", "publisher": "Scientific Memoirs", "releaseDate": "1843-09", "website": "https://example.org/sketch",
                        "summary": "With notes."}],
      "skills": [{"name": "Cards", "level": "Master", "keywords": ["weaving", "loops"]}, {"name": "Harp"}],
      "languages": [{"language": "English", "fluency": "Native"}],
      "interests": [{"name": "Horses", "keywords": ["Newmarket"]}],
      "references": [{"name": "De Morgan", "reference": "An original mathematician."}],
      "projects": [{"name": "Flyology", "description": "Steam wings", "highlights": ["A horse"], "keywords": ["birds"], "entity": "Bifrons",
                    "roles": ["Inventor"], "type": "book", "startDate": "1828", "url": "https://example.org/fly"}],
      "presentations": [{"name": "On engines", "event": "A soirée", "date": "1842-05-03", "location": "Turin", "description": "Said twice"}],
      "teaching": [{"course": "Counting", "institution": "Nursery", "date": "1845", "role": "Mother", "description": "Three pupils"}],
      "portfolio": [],
      "meta": {"version": "v1.0.0", "lastModified": "2024-01-01T00:00:00"}
    }
    """
SHOWN = (
    "Analyst", "London, GB", "Work experience", "Analytical Engine", "Programmer", "Jul 2022 – present",
    "Wrote – and 😀.", "Note G", "Salon", "Guest", "1833 – present", "A house in Dorset Street", "Volunteering", "Stables",
    "Rider", "Education", "Home", "Mathematics", "Tutored", "GPA", "3.9", "Calculus, Logic", "Awards", "A medal", "Nobody",
    "For nothing", "Certificates", "Engines I", "Babbage", "Publications", "Sketch", "Scientific Memoirs", "Sep 1843", "With notes.",
    "Skills", "Cards", "weaving, loops; Master", "Harp", "Languages", "English", "Native", "Interests", "Horses", "Newmarket",
    "References", "De Morgan", "An original mathematician.", "Projects", "Flyology", "Steam wings", "A horse", "birds", "Bifrons",
    "Inventor", "book", "Talks", "On engines", "A soirée", "May 1842", "Turin", "Said twice", "Teaching", "Counting", "Nursery", "Mother",
    "Three pupils",
)  # fmt: skip


def test_a_json_resume_is_a_cv(site: MakeSite) -> None:
    built = site({"content/cv.json": RESUME})
    assert [(p.kind, p.message, str(p.place)) for p in built.problems] == []
    words = built.main("cv/index.html")
    assert [fact for fact in SHOWN if fact not in words] == []
    home = built.page("index.html")
    assert "Saw what engines can do." in one(home, "main").text()
    assert home.css_first('a[href="https://github.com/ada"]') is not None
    everything = "".join(
        built.html(path) for path in built.files if not path.endswith((".pdf", ".png"))
    )
    assert "7946" not in everything
    assert "James" not in everything
    assert "v1.0.0" not in built.html("cv/index.html")


def test_headings_of_a_json_resume_are_in_the_language_of_the_site(site: MakeSite) -> None:
    built = site(
        {"content/cv.json": RESUME, "site.yaml": "languages: [de, en]\nuntranslated: [cv]\n"}
    )
    assert "Berufserfahrung" in built.main("cv/index.html")
    assert "Experience" in built.main("en/cv/index.html")


def test_what_folio_writes_as_json_resume_it_reads(site: MakeSite) -> None:
    first = site({"content/cv.json": RESUME})
    again = site({"content/cv.json": first.html("cv.json")})
    assert [p.kind for p in again.problems] == []
    words = again.main("cv/index.html")
    gone = [fact for fact in SHOWN if fact not in words]
    assert gone == ["weaving, loops; Master"]
    assert "weaving, loops, Master" in words


def test_every_key_of_the_schema_is_known(site: MakeSite) -> None:
    resume: dict[str, object] = {"basics": {k.split(":")[0]: _value(k) for k in BASICS.split()}}
    for section, keys in SECTIONS.items():
        resume[section] = [{k.split(":")[0]: _value(k) for k in keys.split()}]
    built = site({"content/cv.json": json.dumps(resume)})
    assert [p.message for p in built.problems] == []
    words = built.main("cv/index.html")
    for section, keys in SECTIONS.items():
        for key in keys.split():
            if ":" not in key:
                assert f"a {key}" in words, (section, key)


def _value(key: str) -> object:
    name, _, kind = key.partition(":")
    plain = {
        "url": f"https://example.org/{name}",
        "date": "2020-05",
        "mail": "a@b.org",
        "[text]": [f"some {name}"],
    }
    return plain.get(kind, f"a {name}")


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ('{"work": [\n  {"company": "A", "positon": "B"}]}', "unknown-key", "content/cv.json:2:20"),
        ('{"work": [{"company": "A",\n "startDate": "2021-31-01"}]}', "not-a-date", "content/cv.json:2:15"),
        ('{"education": [{"institution": "A", "startDate": "2020",\n "endDate": "2019"}]}', "date-backwards", "content/cv.json:1:50"),
        ('{"skils": "many"}', "unknown-key", "content/cv.json:1:2"),
        ('{"work": [{"company": "A",}]}', "json-syntax", "content/cv.json:1:26"),
        ('["a"]', "wrong-shape", "content/cv.json:1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_was_typed(
    site: MakeSite, text: str, kind: str, place: str
) -> None:
    built = site({"content/cv.json": text})
    assert str(built.one(kind).place) == place


def test_of_two_files_one_is_read(site: MakeSite) -> None:
    built = site(
        {"content/cv.json": RESUME, "content/cv.yaml": "cv: {name: Emmy, sections: {a: [b]}}\n"}
    )
    assert str(built.one("two-files").place) == "content/cv.json"
    assert "Engine" not in built.main("cv/index.html")


AL_FOLIO = """
    - title: General Information
      type: map
      contents:
        - name: Full Name
          value: Ada Lovelace
        - name: Languages
          value: English, French
    - title: Education
      type: time_table
      contents:
        - title: PhD
          institution: University of Turin
          year: 1840 - 1843
          description:
            - Engines
            - title: Thesis
              contents:
                - Note G
                - Note H
        - title: School
          year: 1830
    - title: Honors and Awards
      type: time_table
      contents:
        - year: 1844
          items:
            - A medal
            - A crater
    - title: Academic Interests
      type: nested_list
      contents:
        - title: Machines
          items:
            - difference
            - analysis
    - title: Other Interests
      type: list
      contents:
        - Hobbies, horses
    """


@pytest.mark.parametrize("name", ["cv.yml", "cv.yaml"])
def test_a_list_of_al_folio_is_a_cv(site: MakeSite, name: str) -> None:
    built = site({f"content/{name}": AL_FOLIO})
    assert [(p.kind, p.message) for p in built.problems] == []
    words = built.main("cv/index.html")
    for fact in (
        "General Information", "Full Name", "Ada Lovelace", "English, French", "PhD", "University of Turin", "1840 – 1843",
        "Engines", "Thesis", "Note G", "Note H", "School", "1830", "A medal", "1844", "A crater", "Machines", "difference", "analysis",
        "Hobbies, horses",
    ):  # fmt: skip
        assert fact in words, fact
    assert one(built.page("index.html"), "h1").text().strip() == "Ada Lovelace"


def test_a_part_of_al_folio_that_is_none_is_told(site: MakeSite) -> None:
    built: Site = site(
        {"content/cv.yml": "- title: A\n  type: tabel\n  contents: [b]\n- just text\n"}
    )
    assert str(built.one("not-a-choice").place) == "content/cv.yml:2:9"
    assert str(built.one("wrong-shape").place) == "content/cv.yml:4:3"
    assert "b" in built.main("cv/index.html")


def test_html_in_the_texts_of_al_folio_is_understood(site: MakeSite) -> None:
    built = site({"content/cv.yml": """
        - title: Awards
          type: time_table
          contents:
            - year: 2020, 2022
              items: ["<b>Prize</b> of <a href='https://example.org/' target='_blank'>Somebody</a>"]
            - title: <u>Best</u> <strong>review</strong>
              description: ["Marks: <ul>\\n <li>Report (79)</li>\\n <li>Fluids</li></ul>"]
              year: 2023 -
        """})  # fmt: skip
    assert list(built.problems) == []
    main = one(built.page("cv/index.html"), "main")
    assert one(main, "a[href='https://example.org/']").text() == "Somebody"
    assert [li.text().strip() for li in main.css("li li li")] == ["Report (79)", "Fluids"]
    assert "Best review" in " ".join(main.text().split())
    assert "2023 – present" in main.text()


def test_empty_forms_of_academicpages_say_nothing(site: MakeSite) -> None:
    built = site({"content/cv.json": """
        {"basics": {"name": "A Z"}, "work": [], "presentations": [{"name": "", "date": "", "location": ""}],
         "education": [{"institution": "AGH", "area": "Physics", "startDate": "2024", "endDate": "-", "gpa": null, "courses": []}],
         "portfolio": [{"name": "X", "url": "/nowhere/", "description": "d"}]}
        """})  # fmt: skip
    problem = built.one("link-to-nothing")
    assert str(problem.place).startswith("content/cv.json:3:")
    assert len(built.problems) == 1
    words = built.main("cv/index.html")
    assert "2024 – present" in words
    assert "Talks" not in words


@pytest.mark.parametrize("name", ["CV.yaml", "Ada_Example_CV.yaml", "cv.de.yml"])
def test_a_cv_that_is_not_read_is_told_and_not_published(site: MakeSite, name: str) -> None:
    built = site(
        {f"content/{name}": "cv:\n  name: Ada\n  phone: +1 555\n", "content/data.yaml": "a: 1\n"}
    )
    assert str(built.one("not-read").place) == f"content/{name}"
    assert name not in built.files
    assert "data.yaml" in built.files


def test_a_list_under_a_name_nearly_right_is_told(site: MakeSite) -> None:
    built = site({"content/Talk.yaml": "- {title: Engines}\n"})
    assert built.one("not-read").hint == "did you mean 'talks'?"


def test_a_ris_file_without_a_record_is_told(site: MakeSite) -> None:
    built = site({"content/a.ris": "Sorry, the export failed.\n", "content/empty.ris": ""})
    assert str(built.one("not-read").place) == "content/a.ris"


def test_a_bib_in_a_folder_whose_papers_are_nowhere_is_told(site: MakeSite) -> None:
    one, two = "@misc{one, title = {One}}\n", "@misc{two, title = {Two}}\n"
    built = site({
        "content/papers.bib": one, "content/papers/more.bib": two, "content/again/same.bib": one,
        "content/course/readings.bib": two, "content/course/index.md": "[All](readings.bib)\n",
    })  # fmt: skip
    assert str(built.one("not-read").place) == "content/papers/more.bib"
    assert "move it into content/" in built.one("not-read").hint
    assert "papers/more.bib" in built.files
