"""A site that several people own looks and speaks as a lab, not as the first of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from builder.cli import main
from tests.conftest import MakeSite
from tests.sites import Site, one

PEOPLE = """
    - {name: Ana Pérez, owner: true, role: Professor, email: ana@example.org, headline: Chair of Numbers,
       photo: ana.svg, availability: On sabbatical, office_hours: {when: Tue 14–16}}
    - {name: Ming Li, owner: true, names: {zh-Hans: 李明}, website: 'https://ming.example.org',
       affiliations: [{position: Fellow, company: Elsewhere}]}
    - {name: Sam Student, role: PhD student, email: sam@example.org, start_date: 2023}
"""
PAPER = "@book{k, title={B}, author={Pérez, Ana and Student, Sam}, year=2020}\n"
LAB: dict[str, str | bytes] = {
    "site.yaml": "title: The *Numbers* Lab\ndescription: We count.\nurl: https://example.org\n",
    "content/people.yaml": PEOPLE,
    "content/ana.svg": b"<svg/>",
    "content/publications.bib": PAPER,
    "content/posts/2024-01-01-a.md": "---\ntitle: A\n---\nWords.\n",
}


def structured(built: Site, path: str) -> Any:
    return json.loads(one(built.page(path), "script[type='application/ld+json']").text())


def told(built: Site) -> list[str]:
    return [p.kind for p in built.problems if not p.kind.startswith("image")]


def test_the_home_page_is_the_labs(site: MakeSite) -> None:
    built = site(LAB)
    assert built.report is not None
    home = built.page("index.html")
    assert one(home, "h1").text() == "The Numbers Lab"
    assert one(home, ".tagline").text() == "We count."
    assert "ana@example.org" not in (one(home, "body").html or "")
    for hers in ("Chair of Numbers", "On sabbatical", "Tue 14–16"):
        assert hers not in built.main("index.html")
    for hers in ("On sabbatical", "Tue 14–16"):
        assert hers in built.main("people/index.html")


def test_the_owners_stand_in_brief_and_lead_to_their_places(site: MakeSite) -> None:
    built = site(LAB)
    brief = built.page("index.html").css(".members li")
    said = [" ".join(m.text(separator=" ").split()) for m in brief]
    assert said == ["Ana Pérez Professor", "Ming Li 李明 Fellow, Elsewhere"]
    assert [i.attributes["src"] for i in brief[0].css("img")] == ["/ana.svg"]
    links = [str(one(m, "a").attributes["href"]) for m in brief]
    assert links == ["/people/#person-ana-perez", "/people/#person-ming-li"]
    rows = built.page("people/index.html").css("main li[id]")
    assert [f"/people/#{row.attributes['id']}" for row in rows] == links
    assert told(built) == []


def test_beside_other_pages_stand_all_owners(site: MakeSite) -> None:
    aside = one(site(LAB).page("publications/index.html"), "aside.author")
    assert aside.attributes["aria-label"] == "The Numbers Lab"
    assert [a.text() for a in aside.css("a")] == ["Ana Pérez", "Ming Li"]


def test_machines_are_told_of_an_organization_with_members(site: MakeSite) -> None:
    built = site(LAB)
    lab = structured(built, "index.html")["mainEntity"]
    assert (lab["@type"], lab["name"]) == ("ResearchOrganization", "The Numbers Lab")
    assert not {"email", "jobTitle", "affiliation", "image"} & lab.keys()
    assert [(m["@type"], m["name"], m["url"]) for m in lab["member"]] == [
        ("Person", "Ana Pérez", "https://example.org/people/#person-ana-perez"),
        ("Person", "Ming Li", "https://example.org/people/#person-ming-li"),
    ]
    author = structured(built, "posts/2024/01/a/index.html")["author"]
    assert author == {"@type": "ResearchOrganization", "name": "The Numbers Lab"}
    first = structured(built, "publications/k/index.html")["author"][0]
    assert first["url"].startswith("https://example.org/people/#person-")
    for feed in ("feed.xml", "publications/feed.xml"):
        head = built.html(feed).partition("<entry>")[0]
        assert "<author><name>The Numbers Lab</name></author>" in head


@pytest.mark.parametrize("name", ["name: the numbers lab, ", ""])
def test_a_cv_of_the_labs_name_or_of_none_is_the_labs_own(site: MakeSite, name: str) -> None:
    head = f"cv:\n  {{{name}email: office@example.org, sections: {{Grants: [One]}}}}\n"
    built = site({**LAB, "content/cv.yaml": head})
    home = one(built.page("index.html"), ".intro")
    assert [a.attributes["href"] for a in home.css(".contacts a")][:1] == ["/cv/"]
    assert "mailto:office@example.org" in (home.html or "")
    assert structured(built, "index.html")["mainEntity"]["email"] == ["office@example.org"]
    assert one(built.page("cv/index.html"), ".cv-head .author-name").text() == "The Numbers Lab"
    assert told(built) == []


def test_a_members_cv_is_hers(site: MakeSite) -> None:
    head = "cv: {name: Ana M. Pérez, location: Lima, sections: {Posts: [One]}}\n"
    built = site({**LAB, "content/cv.yaml": head})
    assert one(built.page("index.html"), "h1").text() == "The Numbers Lab"
    assert "Lima" not in built.main("index.html")
    assert "/cv/" not in (one(built.page("index.html"), "main").html or "")
    assert one(built.page("cv/index.html"), ".cv-head .author-name").text() == "Ana Pérez"
    assert "mailto:ana@example.org" in built.html("cv/index.html")
    leading = built.page("people/index.html").css("main a[href='/cv/']")
    assert [a.attributes["aria-label"] for a in leading] == ["CV: Ana Pérez"]
    assert told(built) == []


def test_a_strangers_cv_is_told_and_not_taken_for_the_labs(site: MakeSite) -> None:
    built = site(
        {
            **LAB,
            "content/cv.yaml": "cv: {name: Jane Doe, email: jane@example.org, sections: {Posts: [One]}}\n",
        }
    )
    problem = built.one("cv-of-nobody")
    assert str(problem.place).startswith("content/cv.yaml:1")
    assert "jane@example.org" not in built.html("index.html")
    assert "jane@example.org" in built.html("cv/index.html")


def test_a_lab_without_a_title_is_called_by_its_members(site: MakeSite) -> None:
    built = site({**LAB, "site.yaml": "url: https://example.org\n"})
    assert one(built.page("index.html"), "h1").text() == "Ana Pérez, Ming Li"


def test_an_own_page_of_people_is_led_to_only_where_it_lists_them(site: MakeSite) -> None:
    built = site({**LAB, "content/people.md": "---\ntitle: Us\n---\nAll of us.\n"})
    links = [a.attributes["href"] for a in built.page("index.html").css(".members a")]
    assert links == ["https://ming.example.org"]
    listed = site({**LAB, "content/people.md": "---\ntitle: Us\nlayout: people\n---\n"})
    links = [a.attributes["href"] for a in listed.page("index.html").css(".members a")]
    assert links == ["/people/#person-ana-perez", "/people/#person-ming-li"]


def test_a_lab_speaks_its_languages_and_lives_below_a_path(site: MakeSite) -> None:
    settings = """
        languages: [en, zh-Hans]
        title: {en: The Numbers Lab, zh-Hans: 数论实验室}
        description: {en: We count., zh-Hans: 我们数数。}
        url: https://example.org/repo
    """
    built = site({**LAB, "site.yaml": settings})
    home = built.page("zh-hans/index.html")
    assert one(home, "h1").text() == "数论实验室"
    links = [(a.text(), a.attributes["href"]) for a in home.css(".members a")]
    assert links[0] == ("Ana Pérez", "/repo/zh-hans/people/#person-ana-perez")
    assert links[1][0] == "李明"


def test_a_report_is_the_labs(site: MakeSite) -> None:
    told = CliRunner().invoke(main, ["report", str(site(LAB).root), "--since", "2019"]).output
    assert told.startswith("# The Numbers Lab, 2019")


def test_a_site_that_becomes_a_labs_is_as_if_built_anew(site: MakeSite) -> None:
    built = site({**LAB, "content/people.yaml": PEOPLE.replace("Ming Li, owner: true", "Ming Li")})
    built.write({"content/people.yaml": PEOPLE}).build()
    grown = {path: (built.out / path).read_bytes() for path in built.files}
    built.build(fresh=True)
    assert grown == {path: (built.out / path).read_bytes() for path in built.files}
    assert "members" in built.html("index.html")


def test_one_owner_makes_no_lab(site: MakeSite) -> None:
    alone = PEOPLE.replace("Ming Li, owner: true", "Ming Li")
    built = site({**LAB, "content/people.yaml": alone})
    home = built.page("index.html")
    assert one(home, "h1").text() == "Ana Pérez"
    assert home.css(".members") == []
    assert structured(built, "index.html")["mainEntity"]["@type"] == "Person"
    assert "members" not in built.html("css/folio.css")
    assert ".members" in site(LAB).html("css/folio.css")
