"""`folio report`: everything since a date, and the collaborators of the last months."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from tests.sites import make_site

TODAY = "1784116800"  # 15 July 2026
BIB = """
    @article{new, title={A *New* $x_1$ Paper}, author={Owner, Ada* and Bell, Bo* and Clay, Di}, journal={J}, year=2026}
    @article{mid, title={Middle}, author={Owner, A. and Bell, B.}, journal={J}, year=2024, month=mar}
    @article{old, title={Old}, author={Owner, Ada and Bell, Bo and Eng, Eva}, journal={J}, year=2019}
    @article{edge, title={Edge}, author={Owner, Ada and Fry, Fay}, journal={J}, year=2022, month=jul}
    @article{sub, title={=Sent}, author={Owner, Ada and 王, 小明}, pubstate={submitted}}
    @article{none, title={Undated}, author={Owner, Ada}, journal={J}}
    @book{other, title={Not the Owner's}, author={Gray, Guy}, publisher={P}, year=2026}
"""
PEOPLE = """
    - {name: Ada Owner, owner: true}
    - name: Bo Bell
      aliases: [Boris Bell]
      website: https://bell.example.org
      affiliations: [{company: Old Place, end_date: 2020}, {company: New Place, start_date: 2020}]
    - {name: Di Clay, role: PhD student, start_date: 2019, end_date: 2026-03, now: "Lecturer, Elsewhere"}
"""
TALKS = """
    - title: A talk given twice
      given: [{event: First, location: Bonn, date: 2025-12-01}, {event: Second, date: 2023-06-01}]
    - {title: Ahead, event: Later, date: 2027-01-01}
"""
CV = """
    cv:
      name: Ada Owner
      sections:
        Honours:
          - {name: A prize, date: 2026-02}
          - {name: An older prize, date: 2020}
        Employment:
          - {company: University, position: Professor, start_date: 2018, end_date: present}
"""
FILES = {
    "content/publications.bib": BIB, "content/people.yaml": PEOPLE, "content/talks.yaml": TALKS, "content/cv.yaml": CV,
    "content/news.yaml": "- {date: 2026-05-01, text: A line of news}\n",
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", FILES).root


def report(*arguments: str | Path) -> Result:
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": TODAY})
    return runner.invoke(main, ["report", *map(str, arguments)])


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_everything_of_the_last_year_under_its_heading(root: Path) -> None:
    text = report(root, "--only", "work").output
    assert text == (
        "# Ada Owner, 2025-07-15 to 2026-07-15\n\n"
        "## Publications (3)\n\n"
        "- **Ada Owner** and 王小明. =Sent. Submitted.\n"
        "- **Ada Owner**, Bo Bell and Di Clay. A \\*New\\* $x_1$ Paper. *J*, 2026.\n"
        "- Guy Gray. Not the Owner's. P, 2026.\n\n"
        "## Talks (1)\n\n- A talk given twice, First, Bonn, Dec 2025\n\n"
        "## Honours (1)\n\n- A prize, Feb 2026\n\n"
        "## Employment (1)\n\n- University, Professor, 2018 – present\n\n"
        "## People (1)\n\n- Di Clay, PhD student, Lecturer, Elsewhere, 2019 – Mar 2026\n\n"
        "1 record without a date cannot be placed and is left out.\n"
    )


@pytest.mark.parametrize(
    ("since", "titles"),
    [("2019", 6), ("2024-03", 4), ("2024-04-01", 3), ("March 2024", 4), ("2022-07-31", 5)],
)
def test_since_is_a_day_a_month_or_a_year(root: Path, since: str, titles: int) -> None:
    rows = table(report(root, "--since", since, "--only", "work", "--csv").output)
    assert len([r for r in rows if r["kind"] == "Publications"]) == titles


def test_collaborators_are_people_not_spellings(root: Path) -> None:
    rows = table(report(root, "--only", "collaborators", "--csv").output)
    assert [(r["name"], r["affiliation"], r["last_shared"], r["works"]) for r in rows] == [
        ("Bell, Bo", "New Place", "2026", "2"),
        ("Clay, Di", "Lecturer, Elsewhere", "2026", "1"),
        ("Fry, Fay", "", "2022-07", "1"),
        ("王小明", "", "Submitted", "1"),
    ]


def test_the_months_are_counted_from_today(root: Path) -> None:
    rows = table(report(root, "--only", "collaborators", "--csv", "--months", "100").output)
    assert "Eng, Eva" in {r["name"] for r in rows}
    few = report(root, "--only", "collaborators", "--months", "47").output
    assert "2022-08-15 to 2026-07-15 (3)" in few
    assert "| Bell, Bo | New Place | 2026 | 2 |" in few


def test_a_spreadsheet_runs_nothing(root: Path) -> None:
    rows = table(report(root, "--only", "work", "--csv").output)
    assert rows[0]["title"] == "'=Sent"
    assert rows[1]["title"] == "A *New* $x_1$ Paper"


def test_a_file_that_ends_in_csv_is_two_tables(root: Path, tmp_path: Path) -> None:
    assert report(root, "-o", tmp_path / "r.csv").exit_code == 0
    data = (tmp_path / "r.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfkind,date,title")
    assert "王小明" in (tmp_path / "r-collaborators.csv").read_text("utf-8-sig")
    assert report(root, "-o", tmp_path / "r.md").exit_code == 0
    assert (tmp_path / "r.md").read_text("utf-8").count("\n# ") == 1


def test_slips_are_told_without_a_traceback(root: Path, tmp_path: Path) -> None:
    wrong = report(root, "--since", "soon")
    assert wrong.exit_code == 2
    assert "'soon' is no date" in wrong.output
    assert report(tmp_path / "nowhere").exit_code == 1
    lost = report(root, "-o", tmp_path / "no" / "r.md")
    assert (lost.exit_code, "cannot be written" in lost.output) == (1, True)


def test_a_site_without_anything_says_so(tmp_path: Path) -> None:
    text = report(make_site(tmp_path / "bare").root).output
    assert "Nothing in the site's data falls into this period." in text
    assert "Nobody." in text


def test_a_site_whose_owner_wrote_nothing_is_told_what_to_do(tmp_path: Path) -> None:
    text = report(make_site(tmp_path / "lone", {"content/publications.bib": BIB}).root).output
    assert "say who you are" in text


def test_nothing_is_written_but_the_report(root: Path) -> None:
    before = sorted(p for p in root.rglob("*"))
    report(root)
    assert sorted(p for p in root.rglob("*")) == before
