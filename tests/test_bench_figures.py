"""The bench judges its own figures: words and tables say the same."""

from __future__ import annotations

from pathlib import Path

from bench.figures import AIMS, Run, put_into, table, verdicts

HUGO = {"cold": [Run(1.0, 2.0), Run(2.0, 2.0)], "peak": [Run(0, 0, 100)], "seen": [Run(0.4, 0)]}
MINE = {"cold": [Run(0.7, 1.5), Run(1.4, 1.5)], "peak": [Run(0, 0, 61)], "seen": [Run(0.1, 0)]}
PELICAN = {"cold": [Run(3.0, 3.0), Run(1.0, 3.0)], "peak": [Run(0, 0, 60)]}
MEASURED = {"L": {"folio-plain": MINE, "hugo": HUGO, "pelican": PELICAN}}


def test_an_aim_holds_or_is_missed_by_so_much_and_says_why() -> None:
    said = "\n".join(verdicts(MEASURED))
    assert "**Cold**: L 0.70 (aim 0.8: holds).\n" in said
    assert "**Save to visible**: L 0.25 (aim 0.4: holds).\n" in said
    assert "**Peak memory**: L 0.61 (aim 0.5: missed by 0.11). The model" in said
    assert "Unchanged" not in said


def test_each_other_peer_is_said_to_be_ahead_or_behind_in_each_cell() -> None:
    said = "\n".join(verdicts(MEASURED))
    assert (
        "**Beside Pelican**: ahead in 1 of 2 cells; behind: L peak memory (61 MB against 60 MB)."
        in said
    )
    assert "Beside Hugo" not in said


def test_without_hugo_nothing_is_judged_by_it() -> None:
    said = verdicts({"S": {"folio-plain": MINE}, "M": {"folio-plain": MINE}})
    assert said == ["- **Growth** of a cold build's processor time: S to M 1.0 times for 10.0 times the pages.", ""]  # fmt: skip


def test_a_table_has_a_cell_for_each_step_and_an_empty_one_where_nothing_was_measured() -> None:
    lines = table("L", MEASURED["L"])
    assert lines[0] == "### L: 3,000 pages, 2,000 publications"
    assert "| folio-plain | 1.05 / 1.50 s · 0.70 |  |  |  | 100 ms · 0.25 | 61 MB · 0.61 |" in lines
    assert len({line.count("|") for line in lines if line.startswith("|")}) == 1


def test_the_page_of_the_docs_has_a_place_for_them(tmp_path: Path) -> None:
    real = (Path(__file__).parent.parent / "docs/performance.md").read_text("utf-8")
    page = tmp_path / "performance.md"
    page.write_text(real, "utf-8")
    put_into(page, ["New figures.", ""])
    assert page.read_text("utf-8").count("New figures.") == 1
    assert page.read_text("utf-8").partition("<!-- figures -->")[0] in real
    for step, aims in AIMS.items():  # the aims that the page names are those that are judged
        assert all(f"{aim:g}" in real for aim in aims.values()), step
