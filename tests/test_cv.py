"""The CV: RenderCV's format as it is, Folio's shapes beside it, nothing lost on the page."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.conftest import MakeSite
from tests.rendercvs import sample
from tests.sites import one

RENDERCV = """
    cv:
      name: Ada Lovelace
      headline: Analyst
      location: London
      email: [ada@example.org, countess@example.org]
      phone: "+44 20 0000 0000"
      website:
      photo: null
      social_networks:
        - {network: GitHub, username: ada}
        - {network: Mastodon, username: "@ada@example.social"}
      custom_connections:
        - {placeholder: Notes, url: https://example.org/notes, fontawesome_icon: book}
      sections:
        Welcome:
          - A text entry with **bold** words and a [link](https://example.org/a).
        education:
          - institution: Home
            area: Mathematics
            degree: Tutored
            start_date: 1829-06
            end_date: 1834-05
            location: London
            summary: Taught by De Morgan.
            highlights: [Calculus, "Bernoulli numbers: $B_n$"]
        experience:
          - company: Analytical Engine
            position: Programmer
            start_date: 1842
            end_date: present
            highlights:
              - Wrote a program
                - for Bernoulli numbers
                - with loops
        projects:
          - name: Flyology
            date: "1828"
            highlights: []
        publications:
          - title: Sketch of the Analytical Engine
            authors: ["*Ada Lovelace*", Luigi Menabrea]
            journal: Scientific Memoirs
            date: 1843-09
            doi:
            url: https://example.org/sketch
        selected_honors:
          - bullet: A bullet
        skills_and_tools:
          - label: Languages
            details: English, French
        numbered:
          - number: First of the numbered
        reversed:
          - reversed_number: Last of the reversed
    design: {theme: classic}
    locale: {language: en}
    rendercv_settings: {date: 2024-01-01}
"""


def test_a_rendercv_file_builds_as_it_is(site: MakeSite) -> None:
    built = site({"content/cv.yaml": RENDERCV})
    assert [p.kind for p in built.problems] == []
    words = built.main("cv/index.html")
    for fact in (
        "Welcome", "A text entry with bold words", "Education", "Home", "Mathematics", "Tutored",
        "Jun 1829 – May 1834", "Taught by De Morgan.", "Calculus", "Analytical Engine", "Programmer",
        "1842 – present", "Wrote a program", "for Bernoulli numbers", "with loops", "Flyology", "1828",
        "Sketch of the Analytical Engine", "Luigi Menabrea", "Scientific Memoirs", "A bullet",
        "Languages", "English, French", "First of the numbered", "Last of the reversed",
        "Selected Honors", "Skills and Tools",
    ):  # fmt: skip
        assert fact in words, fact


def test_phone_and_street_stay_private_until_asked_for(site: MakeSite) -> None:
    cv = "cv:\n  name: A B\n  phone: '+1 555 0100'\n  address: 1 Secret Street\n  sections: {a: [text]}\n"
    built = site({"content/cv.yaml": cv})
    assert all(secret not in built.html(f) for f in built.files if f.endswith(("html", "xml"))
               for secret in ("555 0100", "Secret Street"))  # fmt: skip
    shown = site({"content/cv.yaml": cv, "site.yaml": "publish: {phone: true, address: true}\n"})
    pages = "".join(shown.html(f) for f in shown.files if f.endswith("html"))
    assert "555 0100" in pages
    assert "1 Secret Street" in pages


def cv(section: str) -> dict[str, str | bytes]:
    import textwrap

    body = textwrap.indent(textwrap.dedent(section).strip("\n"), "      ")
    return {"content/cv.yaml": f"cv:\n  name: Ada Lovelace\n  sections:\n    Part:\n{body}\n"}


SHAPES = [
    ("facts", "- company: Lab\n  position: RA\n  facts: {Advisor: Prof. X, Research topic: Engines}",
     ["Lab", "RA", "Advisor", "Prof. X", "Research topic", "Engines"]),
    ("an organisation without a role", "- company: Lab\n  date: 2025.07 - 2026.04", ["Lab", "Jul 2025 – Apr 2026"]),
    ("nested entries", "- company: Lab\n  entries:\n    - name: One\n      highlights: [did **it**]\n    - name: Two",
     ["Lab", "One", "did it", "Two"]),
    ("badges, note, stars", "- name: EPLB\n  badges: [Merged PR]\n  note: 'Acceptance Rate: 17.84%'\n  stars: 63.4k",
     ["EPLB", "Merged PR", "17.84%", "63.4k"]),
    ("several dates", "- name: Honour\n  dates: [Oct. 2024, 2023, 2022]", ["Oct 2024, 2023, 2022"]),
    ("several terms", "- name: Course\n  date: Spring & Fall 2023, Spring & Fall 2024", ["Spring & Fall 2023, Spring & Fall 2024"]),
    ("expected", "- institution: THU\n  area: CS\n  note: expected June 2026\n  date: Sep. 2021–Present",
     ["expected June 2026", "Sep 2021 – present"]),
    ("now and long dashes", "- name: TA\n  date: Sept. 2024 ———— Present", ["Sep 2024 – present"]),
    ("a dotted October", "- name: K\n  date: 2024.10 - Now", ["Oct 2024 – present"]),
    ("sub-sections", "- Interests:\n    - label: ML\n      details: engines\n  Skills: [{label: GPU, details: CUDA}]",
     ["Interests", "ML", "engines", "Skills", "GPU", "CUDA"]),
    ("several titled links", "- name: GLM\n  links: {GLM-4 Repo: 'https://e.org/4', ChatGLM3 Repo: 'https://e.org/3'}",
     ["GLM-4 Repo", "ChatGLM3 Repo"]),
    ("links in a bullet", "- name: N\n  highlights: ['Built it [[News](https://e.org/n)]']", ["Built it [ News ]"]),
    ("an untitled paragraph after entries", "- name: Dean's List\n  date: 2022, 2023\n- Admin of a group chat.",
     ["Dean’s List", "2022, 2023", "Admin of a group chat."]),
    ("a team", "- title: ChatGLM\n  authors: [Team GLM]\n  journal: arXiv\n  date: 2024", ["ChatGLM", "Team GLM"]),
    ("a role under another name", "- company: Lab\n  title: Engineer\n  area: Looms", ["Lab", "Engineer", "Looms"]),
    ("a grant and its number", "- name: Grant\n  funder: ERC\n  number: 101\n  doi: 10.1000/g", ["Grant", "ERC", "101", "DOI"]),
    ("a line that leads somewhere", "- bullet: Read it\n  url: https://e.org/it\n  degree: MA", ["Read it", "Website", "MA"]),
    ("what stands below an entry", "- name: Lab\n  entries:\n    - Projects: [One, Two]\n    - name: Inner\n"
     "      entries: [{title: Deep Paper, authors: [A B], date: 2020}]",
     ["Lab", "Projects", "One", "Two", "Inner", "Deep Paper", "A B"]),
    ("a paper that says more", "- title: T\n  authors: [A B]\n  location: Turin\n  doi: 10.1000/x\n  url: 'https://e.org/x'",
     ["T", "A B", "Turin", "DOI", "Website"]),
    ("equal marks", "- title: APAR\n  authors: ['Mingdao Liu*', Ada Lovelace]\n  date: 2024", ["Mingdao Liu", "Ada Lovelace"]),
]  # fmt: skip


@pytest.mark.parametrize(("section", "facts"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES])
def test_every_shape_is_on_the_page(site: MakeSite, section: str, facts: list[str]) -> None:
    built = site(cv(section))
    assert not built.problems.errors
    words = built.main("cv/index.html")
    for fact in facts:
        assert fact in words, words


def test_math_in_a_bullet_is_mathml(site: MakeSite) -> None:
    built = site(cv(r"- name: Fast" + "\n" + r"  highlights: ['a speedup of $1.4\times$']"))
    math = built.page("cv/index.html").css_first("main math")
    assert math is not None
    assert "1.4" in math.text()
    assert "×" in math.text()


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("service_to_the_field", "Service to the Field"),
        ("the_rest", "The Rest"),
        ("öffentliche_vorträge", "Öffentliche Vorträge"),
        ("iOS work", "iOS work"),
    ],
)
def test_a_key_in_snake_case_is_a_title(site: MakeSite, key: str, title: str) -> None:
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  sections:\n    {key}: [text]\n"})
    heading = built.page("cv/index.html").css_first("main h2")
    assert heading is not None
    assert heading.text() == title


def test_every_network_of_rendercv_has_an_address(site: MakeSite) -> None:
    accounts = {
        "LinkedIn": "a", "GitHub": "a", "GitLab": "a", "IMDB": "nm0000001", "Instagram": "a", "Reddit": "a",
        "ORCID": "0000-0001-2345-6789", "Mastodon": "@a@example.social", "StackOverflow": "1/a", "X": "a",
        "ResearchGate": "a", "YouTube": "a", "Google Scholar": "a", "Telegram": "a", "Leetcode": "a",
        "WhatsApp": "+1 555 0100", "Bluesky": "a.example",
    }  # fmt: skip
    listed = "".join(f"    - {{network: {n}, username: '{u}'}}\n" for n, u in accounts.items())
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  social_networks:\n{listed}"})
    assert [p.message for p in built.problems] == []
    links = built.page("index.html").css("aside a[href^='https://']")
    hrefs = {str(a.attributes["href"]) for a in links}
    assert len(hrefs) == len(accounts)
    assert "https://wa.me/+15550100" in hrefs


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("social_networks:\n    - {network: GitHub, username: a}\n    - {network: Nowhere, username: a}", "unknown-network"),
        ("social_networks:\n    - {network: GitHub, username: a}\n    - {network: X, username: 'javascript://%0aalert(1)'}", "unsafe-link"),
        ("custom_connections:\n    - {placeholder: A, url: 'https://e.org'}\n    - {placeholder: B, url: 'javascript:x'}", "unsafe-link"),
        ("custom_connections:\n    - {placeholder: A, url: 'https://e.org'}\n    - {placeholder: B, url: }", "missing-key"),
        ("headline: A\n  email: a@e.org\n  website: 'javascript://%0aalert(1)'", "unsafe-link"),
        ("headline: A\n  email: a@e.org\n  photo: [a.png, b.png]", "wrong-shape"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_head_is_told_at_its_line(
    site: MakeSite, head: str, kind: str
) -> None:
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  {head}\n"})
    problem = built.one(kind)
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("content/cv.yaml", 5)
    assert "javascript" not in built.html("index.html")


def test_emoji_headings_stand(site: MakeSite) -> None:
    built = site({"content/cv.yaml": "cv:\n  name: A\n  sections:\n    🎓 EDUCATION: [text]\n"})
    assert "🎓 EDUCATION" in built.main("cv/index.html")


def test_records_are_drawn_between_entries(site: MakeSite) -> None:
    built = site({
        **cv("- {from: [publications, talks]}\n- A closing line."),
        "content/publications.bib": "@article{k, title={A Paper}, author={Lovelace, Ada}, year=1843}\n",
        "content/talks.yaml": "- {title: A Talk, event: Soirée, date: 1844}\n",
    })  # fmt: skip
    words = built.main("cv/index.html")
    assert words.index("A Talk") < words.index("A Paper") < words.index("A closing line.")


@pytest.mark.parametrize(
    ("section", "kind", "says"),
    [
        ("- nmae: X", "unknown-key", "did you mean 'name'"),
        (
            "- {label: Bar, details: Appellate Division, First Department}",
            "unknown-key",
            "put quotes around",
        ),
        ("- location: X", "unknown-entry", "institution"),
        ("- name: X\n  date: 2021-31-01", "not-a-date", "2024"),
        ("- name: X\n  start_date: 2021\n  end_date: 2019", "date-backwards", "swap"),
        ("- {from: pubs}", "unknown-collection", "publications"),
        ("- {from: publications, where: {type: nothing}}", "draws-nothing", "where"),
        ("- {from: publications, where: {since: soon}}", "draws-nothing", "where"),
        ("- {from: talks}", "draws-nothing", "where"),
        ("- {from: publications, group_by: nothing}", "groups-nothing", "year"),
        ("- name: X\n  role: A\n  position: B", "key-said-twice", "one of the two"),
        ("- name: X\n  facts: {GPA: {a: b}}", "wrong-shape", "quotes"),
        ("- name: X\n  badges: [{a: b}]", "wrong-shape", "quotes"),
        ("- title: X\n  authors: [A B]\n  highlights: [a]", "not-shown", "summary"),
        ("- name: X\n  gpa: 3.9", "unknown-key", "facts"),
    ],
)
def test_what_is_wrong_in_an_entry_is_told_at_its_line(
    site: MakeSite, section: str, kind: str, says: str
) -> None:
    files = {**cv(section), "content/publications.bib": "@article{k, title={T}, year=1843}\n"}
    problem = site(files).one(kind)
    assert problem.severity == "warning"
    assert says in problem.hint
    assert problem.place is not None
    assert (problem.place.path, problem.place.line >= 5) == ("content/cv.yaml", True)


def test_a_date_that_is_none_is_shown_as_written(site: MakeSite) -> None:
    built = site(cv("- name: X\n  date: around the war"))
    assert built.told("not-a-date")
    assert "around the war" in built.main("cv/index.html")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{company: Works, position: Oiler, location: Town, date: 2020}", "Works Oiler Town 2020"),
        ("{company: Works, date: 2020, location: Town, position: Oiler}", "Works 2020 Town Oiler"),
        ("{facts: {Chief: Ada}, position: Oiler, company: Works}", "Works Chief Ada Oiler"),
        ("{name: Wheel, note: running, summary: Round., start_date: 2020, end_date: 2021}", "Wheel running 2020 – 2021 Round."),
        ("{title: Cogs, journal: Engines, date: 2020-04, authors: [Ada]}", "Cogs Engines Apr 2020 Ada"),
        ("{title: Cogs, date: 2020-04, authors: [Ada], note: new}", "Cogs Apr 2020 Ada new"),
    ],
)  # fmt: skip
def test_an_entry_reads_in_the_order_of_its_keys(site: MakeSite, entry: str, said: str) -> None:
    built = site(cv(f"- {entry}"))
    text = one(built.page("cv/index.html"), "li.entry").text(separator=" ")
    assert re.findall(r"[\w–.]+", text) == said.split()


def test_a_link_in_the_place_of_a_date_leads_somewhere(site: MakeSite) -> None:
    date = "'[github.com/ada/notes](https://github.com/ada/notes)'"
    built = site(cv(f"- {{name: Notes, date: {date}}}\n- {{bullet: More, date: {date}}}"))
    assert list(built.problems) == []
    links = built.page("cv/index.html").css('main .when a[href="https://github.com/ada/notes"]')
    assert [link.text() for link in links] == ["github.com/ada/notes"] * 2


@pytest.mark.parametrize(
    ("entry", "line", "message", "hint"),
    [
        ("institut: X\n        area: Y", 5, "no entry type has these keys: institut, area",
         "the nearest is education; did you mean 'institution'?"),
        ("authors: [A]\n        date: 2020", 5, "no entry type has these keys: authors, date",
         "the nearest is a publication, which lacks title"),
        ("details: D", 5, "no entry type has these keys: details", "the nearest is one line, which lacks label"),
        ("{}", 5, "this entry has no keys", "an entry needs institution, company"),
    ],
)  # fmt: skip
def test_an_entry_of_no_shape_is_told_what_it_comes_nearest_to(
    site: MakeSite, entry: str, line: int, message: str, hint: str
) -> None:
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  sections:\n    Part:\n      - {entry}\n"})
    problem = built.one("unknown-entry")
    assert problem.message == message
    assert problem.hint.startswith(hint)
    assert problem.place is not None
    assert problem.place[:2] == ("content/cv.yaml", line)


@pytest.mark.parametrize(
    ("dates", "told", "shown"),
    [
        ("start_date: 2021\n        end_date: 2019", "date-backwards 7:21", "2021 – 2019"),
        ("start_date: 2021-05\n        end_date: 2021-31-01", "not-a-date 8:19", "2021-05 – 2021-31-01"),
        ("date: 2021-31-01", "not-a-date 7:15", "2021-31-01"),
        ("date: Fall 2023", "", "Fall 2023"),
        ("date: 2021-", "", "2021 – present"),
        ("start_date: 2021-\n        end_date:", "", "2021 – present"),
    ],
)  # fmt: skip
def test_dates_of_an_entry_are_read_or_told(
    site: MakeSite, dates: str, told: str, shown: str
) -> None:
    start = "cv:\n  name: A\n  sections:\n    Work:\n      - company: Lab\n        position: RA\n"
    built = site({"content/cv.yaml": f"{start}        {dates}\n"})
    assert shown in built.main("cv/index.html")
    places = [f"{p.kind} {str(p.place).partition(':')[2]}" for p in built.problems]
    assert places == [told] * bool(told)


def test_entries_that_overlap_are_both_right(site: MakeSite) -> None:
    built = site(
        cv(
            "- {company: A, position: x, date: 2020 – 2022}\n- {company: B, position: y, date: 2021 – 2023}"
        )
    )
    assert list(built.problems) == []
    assert "2020 – 2022" in built.main("cv/index.html")
    assert "2021 – 2023" in built.main("cv/index.html")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2016 – 2018", "2018 – 2020", []),
        ("2016-03 – 2018-02", "2018-02 – 2020-01", []),
        ("2016 – 2018", "2017 – 2020", ["overlaps-itself"]),
        ("2016-03 – present", "2018-02 – 2020-01", ["overlaps-itself"]),
        ("2016-03 – 2018-03", "2018-02 – present", ["overlaps-itself"]),
        ("2016", "2016, 2017", []),
        ("2016 – 2018", "", []),
    ],
)
def test_one_position_held_twice_at_a_time_is_told(
    site: MakeSite, first: str, second: str, told: list[str]
) -> None:
    rows = [f"- {{company: A, position: x, date: '{date}'}}" for date in (first, second)]
    built = site(cv("\n".join(rows)))
    assert [p.kind for p in built.problems] == told
    assert [p.place and p.place.line for p in built.problems] == [6] * len(told)
    assert len(built.page("cv/index.html").css("main .row")) == 2


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("{company: A, position: x, date: 2020}", "{position: x, date: 2020, company: A}", True),
        ("{name: Prize, date: 2020}", "{name: Prize, date: 2020}", True),
        ("{company: A, date: 2020 – 2021}", "{company: A, date: 2020 – 2021}", True),
        ("{name: Prize, date: 2020}", "{name: Prize, date: 2020, note: again}", False),
        ("Referees on request.", "Referees on request.", True),
        ("{bullet: One}", "{bullet: Two}", False),
    ],
)
def test_an_entry_typed_twice_is_told_and_shown_as_typed(
    site: MakeSite, first: str, second: str, told: bool
) -> None:
    built = site(cv(f"- {first}\n- {second}"))
    assert [p.kind for p in built.problems] == ["said-twice"] * told
    assert [p.place and p.place.line for p in built.problems] == [6] * told


def test_the_same_entry_in_two_sections_is_meant(site: MakeSite) -> None:
    both = "{One: [{name: Prize, date: 2020}], Two: [{name: Prize, date: 2020}]}"
    built = site({"content/cv.yaml": f"cv:\n  name: A\n  sections: {both}\n"})
    assert list(built.problems) == []


def test_rendercvs_own_sample_builds_as_it_is(site: MakeSite) -> None:
    source = sample("Ada Lovelace")
    built = site({"content/cv.yaml": source})
    assert list(built.problems) == []
    words = built.main("cv/index.html")
    said = yaml.safe_load(source)["cv"]["sections"]
    assert len(said) > 6
    for facts in said.values():
        for entry in facts:
            for key in (
                "institution",
                "company",
                "position",
                "name",
                "title",
                "label",
                "bullet",
                "number",
            ):
                if (
                    isinstance(entry, dict)
                    and (text := entry.get(key))
                    and "[" not in text
                    and "*" not in text
                ):
                    assert text in words, text


def test_a_section_without_a_title_is_told_and_has_no_empty_heading(site: MakeSite) -> None:
    built = site(
        {"content/cv.yaml": 'cv:\n  name: A\n  sections:\n    "":\n      - bullet: Kept\n'}
    )
    assert str(built.one("missing-key").place) == "content/cv.yaml:4:5"
    assert "Kept" in built.main("cv/index.html")
    headings = built.page("cv/index.html").css("main h2, main h3")
    assert [h.text() for h in headings if not h.text(strip=True)] == []
    assert "Kept" in built.html("cv.md")
    assert "##" not in built.html("cv.md")


def test_the_words_of_an_entry_may_be_nested_deeply(site: MakeSite) -> None:
    nested = "'it''s'"
    for _ in range(40):
        nested = f"{{a: {nested}}}"
    built = site(cv(f"- {{name: Prize, extra: {nested}}}\n- {{name: Prize, extra: {nested}}}"))
    assert [p.kind for p in built.told("said-twice")] == ["said-twice"]
