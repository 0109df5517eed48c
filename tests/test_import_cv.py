"""A CV in Markdown moved in: sections, entries, papers, and every word of it on the page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.importers import import_site, verify_site
from builder.importers.cv_markdown import cv_of
from builder.importers.verify import seen_in, words_in
from tests.pdfs import words
from tests.sites import Site, one
from tests.test_import_jekyll import CV

PLAIN = """

Ada Example

ada@example.org | github.com/ada-engines

Research Interests

I build engines that reckon. I am now building larger ones.

Education

University of Somewhere | *Engine Science M.S.* 2024.09 - Now

- Cumulative GPA: 3.81/4.00
- Award: Cog Scholarship, First-Class Wheel Scholarship

Research Experiences

Engine Lab, University of Somewhere 2025.07 - 2026.04

- Advisors: Prof. Charles Gear and Bo Cog (Telegraphs).
- **Led the project** from first sketch to brass.

Publications & Talks

WheelKV: Reckoning with Many Wheels at Once 2026.04

- *Ada Example, Bo Cog, Charles Gear*
- *In submission, arxiv.org/abs/2604.00001*

Wheels for Everyone 2025.11

- *Charles Gear, Ada Example*
- *Talk at WheelCon 2025*

Industry Experiences

Brass Works Ltd. | *Engine Intern*

2024.10 - 2025.04

- **Oiling:** Oiled 1) the wheels and 2) the cogs.
"""

HEADED = """
# BO COG

✉ bo@example.org · 🌐 bocog · 🏠 bocog.github.io

## 🎓 EDUCATION

**Somewhere University (SU)**, Big Town, Land

Sep. 2021–Present

*B.Eng.* in Engines (EN), expected June 2026

GPA: 3.95/4, Rank: 5/162

Minoring in Brass

## INTERESTS & SKILLS

### Research Interests

- Engines: wheels, cogs, and oil
- Telegraphs: wires and poles

### Technical Skills

- Tools: hammer, file

## 👛 EXPERIENCE

**Sky Lab, Somewhere University**

Dec. 2024–Present

*Visiting Student* Advisor: Prof. Ada Example

Research Topic: Engine design; Oil

- **WheelOnly: A Wheel for Wheel-only Work (WOSP 2025)**
  - First to turn a wheel at $1.4\\times$ – $11.2\\times$ its speed
  - Turned it **again**

**Oil.ai** Big Town, Land

Jul. 2023–Jun. 2024

*Intern* Research Topic: Oil

- Poured it [News]

**WheelOnly: A Wheel for Wheel-only Work** WOSP 2025

Acceptance Rate: 17.84%

Charles Gear, **Bo Cog** and Ada Example [PDF]**Cogs at the Gate: How Oil is Upending Wheels**

arXiv 2025

Ada Example\\*, **Bo Cog**\\*, Charles Gear [PDF] [Repo]

## OPEN PROJECTS

**wheel**, a fast wheel [Repo] ★ 63.4k Stars

- In charge of its hub

## HONORS &amp; AWARDS

Great Wheel Scholarship (Top 3%), Somewhere University

Oct. 2024, 2023, 2022

First Prize (Land), Wheel Olympiad Oct. 2019

Dean's List: 2022, 2023

Keeper of the oil can of the engine club.
"""

HEADED_ENTRIES = """
# Charles Gear

charles@example.org | <https://gear.example.org>

## EDUCATION

### Somewhere University (Transfer)

*Bachelor of Science in Engines; Minor in Oil (GPA: 3.69)*

Big Town, LD

Aug 2022 – May 2025

## RESEARCH EXPERIENCE

### Full-Time Research Assistant

*Advisor: Ada Example, Reader at Somewhere*

Brass Institute

May 2023 – Aug 2024

### Engine Research: QuickWheel

- Paper published: <https://gear.example.org/files/quick.pdf>.
- Task Handling: Made it turn.

## SKILLS

**Tools:** Python, brass.
"""


def moved(root: Path, text: str, name: str = "cv.md") -> Site:
    (root / name).write_text(text, "utf-8")
    import_site(root / name, root / "new")
    return Site(root / "new").build()


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def words_with_dates(text: str) -> list[str]:
    """The words of a text, its dates as the house writes them: months first and short, a shared year once."""
    text = re.sub(r"\b((?:19|20)\d\d)\.(\d\d)\b", lambda d: f"{MONTHS[int(d[2]) - 1]} {d[1]}", text)
    text = re.sub(rf"(?i)\b({'|'.join(MONTHS)})[a-z]*\.? (?=\d|[–—-])", r"\1 ", text)
    text = re.sub(r"\b(\w{3}) (\d{4})\s*[–—-]+\s*(\w{3}) \2\b", r"\1 – \3 \2", text)
    return words_in(re.sub(r"(?i)([–—-]\s*)now\b", r"\1present", text))


def share(text: str, shown: str) -> tuple[float, float]:
    """The part of the words of a text that are shown, and that are shown in their order."""
    from builder.text import markdown

    source, _ = seen_in(markdown.render(text, "").html)
    here, there = words_with_dates("\n".join(source)), words_with_dates(shown)
    missing = Counter(here) - Counter(there)
    return 1 - missing.total() / len(here), longest_common(here, there) / len(here)


def longest_common(here: list[str], there: list[str]) -> int:
    """The length of the longest run of words, gaps allowed, that both have in the same order."""
    above = [0] * (len(there) + 1)
    for word in here:
        row = [0]
        for n, other in enumerate(there):
            row.append(above[n] + 1 if word == other else max(above[n + 1], row[n]))
        above = row
    return above[-1]


@pytest.mark.parametrize(
    "text", [PLAIN, HEADED, HEADED_ENTRIES], ids=["plain", "headed", "entries"]
)
def test_every_word_is_on_the_page_in_order(tmp_path: Path, text: str) -> None:
    site = moved(tmp_path, text)
    page, _ = seen_in(str(one(site.page("cv/index.html"), "main").html))
    present, in_order = share(text, "\n".join(page))
    assert present >= 0.995
    assert in_order >= 0.995
    present, in_order = share(text, words(site.out / "cv.pdf"))
    assert present >= 0.97  # of a paper, the year alone
    assert in_order >= 0.85  # there, roles stand beside titles, and venues behind authors
    assert {"index.html", "cv/index.html"} <= site.files
    assert {p.kind for p in site.problems} <= {"owner-not-found"}
    assert verify_site(tmp_path / "cv.md", site.root).lost == ()


def test_a_text_without_headings_is_told_into_sections() -> None:
    cv = cv_of(PLAIN)["cv"]
    assert cv["name"] == "Ada Example"
    assert cv["email"] == "ada@example.org"
    assert cv["links"] == [
        {
            "label": "github.com/ada-engines",
            "url": "https://github.com/ada-engines",
            "kind": "github",
        }
    ]
    assert list(cv["sections"]) == [
        "Research Interests",
        "Education",
        "Research Experiences",
        "Publications & Talks",
        "Industry Experiences",
    ]
    assert cv["sections"]["Education"] == [{
        "institution": "University of Somewhere", "area": "Engine Science M.S.", "date": "2024.09 - Now",
        "highlights": ["Cumulative GPA: 3.81/4.00", "Award: Cog Scholarship, First-Class Wheel Scholarship"],
    }]  # fmt: skip
    paper, talk = cv["sections"]["Publications & Talks"]
    assert paper["title"] == "WheelKV: Reckoning with Many Wheels at Once"
    assert paper["authors"] == ["Ada Example", "Bo Cog", "Charles Gear"]
    assert paper["url"] == "https://arxiv.org/abs/2604.00001"
    assert talk["name"] == "Wheels for Everyone"
    assert talk["summary"] == "Talk at WheelCon 2025"
    assert cv["sections"]["Industry Experiences"][0]["position"] == "Engine Intern"


def test_bold_italics_facts_and_papers() -> None:
    sections = cv_of(HEADED)["cv"]["sections"]
    school = sections["🎓 EDUCATION"][0]
    assert (school["institution"], school["location"], school["date"]) == (
        "Somewhere University (SU)",
        "Big Town, Land",
        "Sep. 2021–Present",
    )
    assert school["area"] == "B.Eng. in Engines (EN), expected June 2026"
    assert school["facts"] == {"GPA": "3.95/4, Rank: 5/162"}
    assert [list(part) for part in sections["INTERESTS & SKILLS"]] == [
        ["Research Interests"],
        ["Technical Skills"],
    ]
    lab, oil, first, second = sections["👛 EXPERIENCE"]
    assert lab["facts"] == {"Advisor": "Prof. Ada Example", "Research Topic": "Engine design; Oil"}
    ((lead, below),) = lab["highlights"][0].items()
    assert lead.startswith("**WheelOnly")
    assert len(below) == 2
    assert (oil["company"], oil["position"], oil["location"]) == (
        "Oil.ai",
        "Intern",
        "Big Town, Land",
    )
    assert first["authors"] == ["Charles Gear", "**Bo Cog**", "Ada Example"]
    assert (first["journal"], first["date"], first["note"]) == ("WOSP", "2025", "[PDF]")
    assert first["badges"] == ["Acceptance Rate: 17.84%"]
    assert second["authors"][0] == "Ada Example*"
    honours = sections["HONORS & AWARDS"]
    assert honours[0] == {
        "name": "Great Wheel Scholarship (Top 3%), Somewhere University",
        "date": "Oct. 2024, 2023, 2022",
    }
    assert honours[2] == {"name": "Dean's List", "date": "2022, 2023"}
    assert honours[3] == "Keeper of the oil can of the engine club."


def test_a_jekyll_cv_alone_keeps_address_and_redirect(tmp_path: Path) -> None:
    site = moved(tmp_path, CV, "cv.txt")
    assert {"cv/index.html", "resume.html"} <= site.files
    main = site.main("cv/index.html")
    assert "A far reckoning engine" in main
    assert "forty-three" not in main
    assert "- from: publications" in (site.root / "content/cv.yaml").read_text()


LINES = st.sampled_from([
    "# Ada", "## Education", "### Sub", "**Bold**", "*Role* Advisor: X", "2020 - 2021", "- point", "  - below", "A | *B* 2020", "",
    "text", "**L:** d", "Ada, Bo and Cy [PDF]**Next one here: a title**", "Place, Land", "{% for x in site.publications %}{% endfor %}",
    "{{ x", "====", "1. one", "| a | b |", "<div>", "> quote", "```", "$x$", "\ue050a\ue050", "- ", "Key: value", "***", "[a](b",
])  # fmt: skip


@given(st.lists(LINES, max_size=25))
def test_any_lines_come_to_a_cv(lines: list[str]) -> None:
    text = "\n".join(lines)
    cv = cv_of(text)["cv"]
    assert isinstance(cv["sections"], dict)
