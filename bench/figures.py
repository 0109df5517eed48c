"""What the bench measured, as Markdown: tables, and sentences that say which aims hold.

Every word that judges a figure is made here from that figure, so that text and table never part.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bench.corpus import SIZES

FIRST, OURS = "hugo", "folio-plain"
"""The tool that ratios are taken to, and the Folio that prints the same HTML as the others."""
NAMES = {"hugo": "Hugo", "pelican": "Pelican", "mkdocs": "MkDocs", "eleventy": "Eleventy"}
STEPS = {
    "cold": "cold", "unchanged": "unchanged", "page": "one page edited",
    "template": "one template edited", "seen": "save to visible", "peak": "peak memory",
}  # fmt: skip
AIMS: dict[str, dict[str, float]] = {
    "cold": {"S": 2.0, "M": 1.0, "L": 0.8},
    "unchanged": {"S": 1.5, "M": 0.25, "L": 0.12},
    "page": {"S": 1.6, "M": 0.3, "L": 0.12},
    "seen": {"M": 0.3, "L": 0.4},
    "peak": {"S": 1.0, "M": 0.8, "L": 0.5},
}
"""What Folio is to take of what Hugo takes."""
REASONS = {
    "cold": "Reading Markdown in Python costs 0.7 ms of processor time a page and colours 0.7 ms a block, "
    "and a Python that renders at all takes a tenth of a second to load",
    "unchanged": "All inputs and all written files are read and compared by content",
    "page": "What is left is starting Python, and comparing all inputs and written files by content",
    "seen": "Every save looks at each input and each written file",
    "peak": "The model of the whole site is held while pages are rendered",
}
"""Why an aim is hard to reach; said only where it is missed."""


class Run(NamedTuple):
    """What one process took: seconds, and megabytes where they were watched."""

    wall: float
    cpu: float
    peak: float = 0.0


Figures = Mapping[str, Mapping[str, list[Run]]]
"""Tool, step, rounds; of one size."""


def figure(step: str, runs: list[Run]) -> float:
    """The median of what a step is judged by: seconds, or megabytes."""
    return statistics.median(run.peak if step == "peak" else run.wall for run in runs)


def ratio(figures: Figures, tool: str, step: str) -> float:
    """How much a tool takes of what the first takes: the median of the ratios within each round.

    Of saves, whose time is that of a timer in some tools, it is the ratio of the medians.
    """
    mine, other = figures[tool][step], figures.get(FIRST, {}).get(step, figures[tool][step])
    if step in ("seen", "peak"):
        return figure(step, mine) / figure(step, other)
    return statistics.median(a.wall / b.wall for a, b in zip(mine, other, strict=True))


# ---- tables -------------------------------------------------------------------------------------


def table(size: str, figures: Figures) -> list[str]:
    """The figures of one size as lines of Markdown."""
    pages, papers = SIZES[size]
    lines = [
        f"### {size}: {pages:,} pages, {papers:,} publications", "",
        f"| | {' | '.join(STEPS.values())} |", "|---" * (len(STEPS) + 1) + "|",
    ]  # fmt: skip
    for tool in figures:
        cells = [_cell(figures, tool, step) for step in STEPS]
        lines.append(f"| {tool} | {' | '.join(cells)} |")
    return [*lines, ""]


def _cell(figures: Figures, tool: str, step: str) -> str:
    runs = figures[tool].get(step)
    if not runs:
        return ""
    value = said(step, figure(step, runs))
    if step not in ("seen", "peak"):
        value = f"{value[:-2]} / {statistics.median(r.cpu for r in runs):.2f} s"
    return f"{value} · {ratio(figures, tool, step):.2f}"


def said(step: str, value: float) -> str:
    """A figure with its unit."""
    if step == "peak":
        return f"{value:.0f} MB"
    return f"{value * 1000:.0f} ms" if step == "seen" else f"{value:.2f} s"


# ---- what they come to --------------------------------------------------------------------------


def verdicts(measured: Mapping[str, Figures]) -> list[str]:
    """Which aims hold and by how much the others are missed, by size; then the other peers."""
    lines = [line for step in AIMS if (line := _of_step(step, measured))]
    return [*lines, *_beside(measured), *_growth(measured), ""]


def _of_step(step: str, measured: Mapping[str, Figures]) -> str:
    judged = [
        (size, round(ratio(figures, OURS, step), 2), AIMS[step][size])
        for size, figures in measured.items()
        if size in AIMS[step] and step in figures.get(OURS, {}) and FIRST in figures
    ]
    cells = [f"{size} {found:.2f} ({_verdict(found, aim)})" for size, found, aim in judged]
    missed = any(found > aim for _, found, aim in judged)
    reason = f" {REASONS[step]}." if missed else ""
    return f"- **{STEPS[step].capitalize()}**: {', '.join(cells)}.{reason}" if cells else ""


def _verdict(found: float, aim: float) -> str:
    return f"aim {aim:g}: {'holds' if found <= aim else f'missed by {found - aim:.2f}'}"


def _beside(measured: Mapping[str, Figures]) -> Iterator[str]:
    """A line for each other peer: in how many cells Folio is ahead of it, and where it is not."""
    for peer, name in NAMES.items():
        cells = [
            (f"{size} {STEPS[step]}", step, figures[OURS][step], figures[peer][step])
            for size, figures in measured.items() if peer in figures and OURS in figures
            for step in STEPS if step in figures[OURS] and step in figures[peer]
        ]  # fmt: skip
        behind = [
            f"{where} ({said(step, figure(step, mine))} against {said(step, figure(step, theirs))})"
            for where, step, mine, theirs in cells if figure(step, mine) >= figure(step, theirs)
        ]  # fmt: skip
        if cells and peer != FIRST:
            count = f"ahead in {len(cells) - len(behind)} of {len(cells)} cells"
            yield f"- **Beside {name}**: {count}{'; behind: ' if behind else ''}{', '.join(behind)}."


def _growth(measured: Mapping[str, Figures]) -> Iterator[str]:
    """How much more processor time a cold build of the next size takes, for so many more pages."""
    sizes = [size for size, figures in measured.items() if "cold" in figures.get(OURS, {})]
    steps = []
    for less, more in pairwise(sizes):
        cpu = [statistics.median(r.cpu for r in measured[s][OURS]["cold"]) for s in (less, more)]
        steps.append(
            f"{less} to {more} {cpu[1] / cpu[0]:.1f} times for {sum(SIZES[more]) / sum(SIZES[less]):.1f} "
            "times the pages"
        )
    if steps:
        yield f"- **Growth** of a cold build's processor time: {', '.join(steps)}."


# ---- the page -----------------------------------------------------------------------------------

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def put_into(page: Path, lines: list[str]) -> None:
    """Write lines between the page's two marks, in the place of what stands there."""
    head, _, rest = page.read_text("utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    page.write_text(f"{head}{BEGIN}\n" + "\n".join(lines) + f"{END}{tail}", "utf-8")
