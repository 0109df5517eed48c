"""The CV for other programs: what the page says stands in every file, and the file is what it claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import MakeSite
from tests.demo import Demo
from tests.json_resume import schema
from tests.rendercvs import accepted, typeset
from tests.sites import Site, one

CV = """
    cv:
      name: Ada Lovelace
      headline: Analyst
      location: London, England
      email: [ada@example.org, countess@example.org]
      phone: "+44 20 7946 0000"
      address: 12 St James's Square
      website: https://ada.example.org
      social_networks:
        - {network: GitHub, username: ada}
        - {network: Mastodon, username: "@ada@example.social"}
      custom_connections:
        - {placeholder: Notes, url: https://example.org/notes, fontawesome_icon: book}
      sections:
        Welcome:
          - A text with **bold** words, an_underscore, 3 * 4 and a [link](https://example.org/a).
        education:
          - institution: Home
            area: Mathematics
            degree: Tutored
            start_date: 1829-06
            end_date: 1834-05
            location: Mayfair
            summary: Taught by De Morgan.
            facts: {GPA: 3.9/4, Advisor: Augustus}
            highlights: [Calculus, "Bernoulli numbers: $B_n$"]
        experience:
          - company: Analytical Engine
            position: Programmer
            start_date: 1842
            end_date: present
            note: unpaid
            highlights:
              - Wrote a program
                - for Bernoulli numbers
            entries:
              - name: Note G
                date: 1843
                summary: The first.
                highlights: [With a table]
            links: {Notes: https://example.org/g}
          - company: Salon
            date: Spring 1840
        projects:
          - name: Flyology
            date: "1828"
            url: https://example.org/fly
            stars: 63.4k
            badges: [Steam]
          - label: Kind
            details: a mixed section
        publications:
          - title: Sketch of the Analytical Engine
            authors: ["*Ada Lovelace*", Luigi Menabrea]
            journal: Scientific Memoirs
            date: 1843-09
            doi: 10.1000/sketch
        honors:
          - bullet: Nothing in her lifetime
        skills:
          - label: Languages of machines
            details: cards, tables
        languages:
          - {label: English, details: native}
        numbered:
          - number: First of the numbered
          - number: Second of them
        reversed:
          - reversed_number: Last of the reversed
        Talks:
          - from: talks
        Parts:
          - Above: [{bullet: Sub-section}]
    """
TALKS = (
    "- {title: On engines, venue: Royal Society, location: London, date: 1842-05, type: Lecture}\n"
)
FACTS = (
    "Ada Lovelace", "Analyst", "London", "Welcome", "bold", "an_underscore", "3 * 4", "Home", "Mathematics", "Tutored",
    "Mayfair", "Taught by De Morgan.", "3.9/4", "Augustus", "Calculus", "B_n", "Analytical Engine", "Programmer",
    "unpaid", "Wrote a program", "for Bernoulli numbers", "Note G", "The first.", "With a table", "Salon", "Spring 1840",
    "Flyology", "1828", "63.4k", "Steam", "a mixed section", "Sketch of the Analytical Engine", "Luigi Menabrea",
    "Scientific Memoirs", "10.1000/sketch", "Nothing in her lifetime", "Languages of machines", "tables", "English",
    "native", "First of the numbered", "Last of the reversed", "On engines", "Royal Society", "Lecture", "Sub-section",
    "https://example.org/g", "https://example.org/fly", "ada@example.org", "https://github.com/ada",
)  # fmt: skip
FILES = ("cv.json", "cv.yaml", "cv.md", "cv.txt")


@pytest.fixture
def built(site: MakeSite) -> Site:
    return site({"content/cv.yaml": CV, "content/talks.yaml": TALKS})


@pytest.mark.parametrize("name", FILES)
def test_every_fact_of_the_page_is_in_the_file(built: Site, name: str) -> None:
    text = built.html(name)
    words = "\n".join(strings(yaml.safe_load(text))) if name in FILES[:2] else text
    words = words.replace("\\*", "*").replace("GitHub\nusername\nada", "https://github.com/ada")
    assert [fact for fact in FACTS if fact.casefold() not in words.casefold()] == []


HEADINGS = (
    "Publications", "Awards", "Languages", "Interests", "Skills", "Volunteering", "Certificates", "References",
    "Experience", "Other things",
)  # fmt: skip
HEADS = (
    "institution: Title%, area: Area%, degree: Degree%", "company: Title%, position: Position%",
    "name: Title%, position: Position%, journal: Journal%, doi: 10.1000/doi%, authors: [Author%]",
    "label: Title%, details: Details%", "bullet: Title%", "number: Title%",
)  # fmt: skip
REST = (
    "url: 'https://example.org/own%', date: 'Spring 2019, 2021', location: Place%, note: Note%, badges: [Badge%],"
    "stars: 5%k, facts: {Label%: Value%}, highlights: [Point%], links: {Link%: 'https://example.org/link%'},"
    "summary: Summary%, supervisor: Supervisor%, grade: Grade%, awarder: Awarder%, entries: [{name: Below%,"
    "position: Role%, location: Town%, note: Lower%, highlights: [Lowest%], url: 'https://example.org/below%'}]"
)


def test_an_entry_of_any_kind_is_whole_under_any_heading(site: MakeSite) -> None:
    kinds = [f"{{{head}, {REST}}}" for head in HEADS]
    count = iter(range(100, 1000))
    sections = {h: [k.replace("%", str(next(count))) for k in kinds] for h in HEADINGS}
    listed = "".join(
        f"    {h}:\n" + "".join(f"      - {e}\n" for e in es) for h, es in sections.items()
    )
    built = site(
        {
            "content/cv.yaml": f"cv:\n  name: A\n  sections:\n{listed}",
            "site.yaml": "url: https://a.example\n",
        }
    )
    facts = set(
        re.findall(
            r"[A-Z][a-z]+\d{3}|5\d{3}k|10\.1000/doi\d+|https://example\.org/[a-z]+\d+", listed
        )
    )
    assert len(facts) > 60 * 15
    for name in (*FILES, "cv/index.html"):
        assert [fact for fact in sorted(facts) if fact not in built.html(name)] == [], name


def strings(data: Any) -> Iterator[str]:
    """Every key and text of plain data."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (key, *strings(value))
    elif isinstance(data, list):
        for value in data:
            yield from strings(value)
    else:
        yield str(data)


@pytest.mark.parametrize("name", FILES)
def test_what_is_private_is_in_no_file_until_it_is_published(site: MakeSite, name: str) -> None:
    kept = site({"content/cv.yaml": CV})
    assert "7946" not in kept.html(name)
    assert "James" not in kept.html(name)
    settings = "publish: {phone: true, address: true}\n"
    shown = site({"content/cv.yaml": CV, "site.yaml": settings})
    assert "7946" in shown.html(name)
    assert "James" in shown.html(name)


def test_the_json_is_json_resume(built: Site) -> None:
    resume = json.loads(built.html("cv.json"))
    jsonschema.validate(resume, schema())
    assert resume["basics"]["location"] == {"city": "London", "region": "England"}
    assert resume["basics"]["profiles"][0] == {
        "network": "GitHub", "username": "ada", "url": "https://github.com/ada",
    }  # fmt: skip
    (degree,) = resume["education"]
    assert (degree["startDate"], degree["endDate"], degree["score"]) == (
        "1829-06",
        "1834-05",
        "3.9/4",
    )
    assert "endDate" not in resume["work"][0]
    assert [paper["releaseDate"] for paper in resume["publications"]] == ["1843-09"]
    assert resume["languages"] == [{"language": "English", "fluency": "native"}]
    assert resume["skills"] == [{"name": "Languages of machines", "keywords": ["cards", "tables"]}]
    assert {p["type"] for p in resume["projects"]} >= {
        "Projects",
        "Talks",
        "Welcome",
        "Parts: Above",
    }


def test_a_schema_that_cannot_fail_is_none() -> None:
    cases: list[dict[str, Any]] = [
        {"work": [{"startDate": "May 2020"}]}, {"basics": {"email": "ada"}}, {"jobs": []},
    ]  # fmt: skip
    for wrong in cases:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema())


def test_rendercv_takes_what_is_written_for_it(built: Site) -> None:
    found = accepted(built.out / "cv.yaml")
    assert found["Education"] == 1
    assert found["Experience"] == 2
    assert found["Parts: Above"] == 1
    assert len(found) == 12
    assert sum(found.values()) == 15


def test_rendercv_sets_what_is_written_for_it(built: Site) -> None:
    said = typeset(built.out / "cv.yaml").replace("\\", "")
    for fact in (
        "Tutored",
        "for Bernoulli numbers",
        "Note G",
        "Notes",
        "3.9/4",
        "Salon",
        "Spring 1840",
        "B_n",
    ):
        assert fact in said, fact


def test_rendercv_takes_and_sets_the_demo(demo: Demo) -> None:
    for name in ("cv.yaml", "cv-short.yaml", "de/cv.yaml", "de/cv-short.yaml"):
        assert sum(accepted(demo.out / name).values()) > 10
        assert "Emmy Noether" in typeset(demo.out / name)


def test_an_entry_holds_what_rendercv_can_set_alone(site: MakeSite) -> None:
    paper = "{title: T, authors: [A B], date: 1843, links: {PDF: https://example.org/p.pdf}, facts: {Rank: A}}"
    job = "{company: X, position: y, date: 2016 – 2018, links: {Home: https://example.org/x}}"
    built = site(
        {"content/cv.yaml": f"cv:\n  name: A\n  sections: {{Papers: [{paper}], Work: [{job}]}}\n"}
    )
    sections = yaml.safe_load(built.html("cv.yaml"))["cv"]["sections"]
    for entry in (*sections["Papers"], *sections["Work"]):
        assert {type(v) for k, v in entry.items() if k not in ("authors", "highlights")} <= {
            str,
            int,
        }
    assert sections["Papers"][0]["date"] == 1843
    assert "[PDF](https://example.org/p.pdf)" in sections["Papers"][0]["summary"]
    assert (sections["Work"][0]["start_date"], sections["Work"][0]["end_date"]) == (2016, 2018)


def test_formulas_are_characters_where_nobody_reads_tex(site: MakeSite) -> None:
    formula = r"$\mathfrak{a}^2 \subseteq K[x_1]$"
    built = site(
        {
            "content/cv.yaml": f"cv:\n  name: A\n  sections:\n    Part: [{{bullet: 'An ideal {formula}'}}]\n"
        }
    )
    for name in ("cv.txt", "cv.json", "cv.yaml"):
        assert "An ideal a² ⊆ K[x₁]" in built.html(name).replace("\\", "")
    assert f"An ideal {formula}" in built.html("cv.md")


def test_json_resume_takes_the_demo(demo: Demo) -> None:
    for name in ("cv.json", "de/cv.json"):
        jsonschema.validate(json.loads((demo.out / name).read_text("utf-8")), schema())


def test_what_is_written_for_rendercv_is_a_source_of_folio(site: MakeSite, built: Site) -> None:
    again = site({"content/cv.yaml": built.html("cv.yaml"), "content/talks.yaml": ""})
    assert [p.kind for p in again.problems] == []
    words = again.main("cv/index.html")
    for fact in ("Tutored", "1842 – present", "for Bernoulli numbers", "Salon", "On engines"):
        assert fact in words


def test_the_markdown_means_what_it_says(built: Site) -> None:
    html = MarkdownIt().render(built.html("cv.md"))
    assert "<h1>Ada Lovelace</h1>" in html
    assert "<strong>bold</strong> words, an_underscore, 3 * 4" in html
    assert '<a href="https://example.org/a">link</a>' in html
    assert re.search(r"<li>Wrote a program\s*<ul>\s*<li>for Bernoulli numbers</li>", html)


@pytest.mark.parametrize(
    "text",
    [
        "2. edition",
        "1999. A year",
        "3) third",
        "# no heading",
        "- no item",
        "*no* emphasis",
        "_nor_ here",
        "`` ` ``",
    ],
)
def test_characters_are_not_taken_for_markdown(site: MakeSite, text: str) -> None:
    typed = "".join(f"\\{c}" if c in "*_`#" else c for c in text)
    built = site(
        {"content/cv.yaml": f"cv:\n  name: A\n  sections: {{Part: [{{bullet: '{typed}'}}]}}\n"}
    )
    html = MarkdownIt().render(built.html("cv.md"))
    said = LexborHTMLParser(html).css_first("ul li")
    assert said is not None
    assert said.text().strip() == one(built.page("cv/index.html"), "main .points li").text().strip()
    assert len(LexborHTMLParser(html).css("li, em, code, h2")) == 2


def test_plain_text_has_no_markup(built: Site) -> None:
    text = built.html("cv.txt")
    assert text.startswith("Ada Lovelace\n============\n")
    assert "**" not in text
    assert "an_underscore, 3 * 4 and a link (https://example.org/a)." in text
    assert "1. First of the numbered\n2. Second of them" in text


def test_the_page_leads_to_its_other_formats(built: Site) -> None:
    found = one(built.page("cv/index.html"), "main").css("p.formats a")
    assert [a.attributes["href"] for a in found] == ["/cv.json", "/cv.yaml", "/cv.md", "/cv.txt"]


def test_a_variant_has_files_of_its_own_unless_it_is_kept_back(site: MakeSite) -> None:
    settings = """
        cv:
          variants:
            short: {sections: [education]}
            secret: {sections: [education], publish: false}
        """
    built = site({"site.yaml": settings, "content/cv.yaml": CV})
    assert {"cv-short.json", "cv-short.txt"} <= built.files
    assert not [path for path in built.files if "secret" in path]
    assert "Programmer" not in built.html("cv-short.txt")


TRICKY = ["yes", "no", "~", "1_000", "0x1F", "12:30", "a: b", "- x", "# x", "'", '"', "a #b", "{a}", "*x*", "é", "a\nb",
          "2024-01-01", "3.10", "null", " x", "x ", "&a", "!t", "|", "", "=", "on", "x: ", "@a", "`a`", "%a", "\t", "N"]  # fmt: skip


def test_what_is_written_as_yaml_is_read_as_the_text_it_was() -> None:
    from builder.text.yaml_writer import dumps

    data = {text or "empty": [text, {"k": text, "below": {"k": [text]}}] for text in TRICKY}
    assert yaml.safe_load(dumps(data)) == data


def test_a_link_in_the_place_of_a_date_is_a_link_in_every_file(site: MakeSite) -> None:
    address = "https://github.com/ada/notes"
    entry = f"{{name: Notes, date: '[its source]({address})'}}"
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  sections:\n    Part: [{entry}]\n"})
    assert f"[its source]({address})" in built.html("cv.md")
    assert f"its source ({address})" in built.html("cv.txt")
    assert f"its source ({address})" in built.html("cv.json")
    written = yaml.safe_load(built.html("cv.yaml"))["cv"]["sections"]["Part"]
    assert written[0]["date"] == f"[its source]({address})"
