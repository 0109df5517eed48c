"""Reads pair fixtures: files of `title . input . expected .` blocks, as markdown-it's are."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent / "fixtures"


def pairs(name: str) -> list[tuple[str, str, str]]:
    """The blocks of `tests/fixtures/<name>` as (title, input, expected), ends stripped of newlines.

    A line that is a single `.` divides; refuses a file without a block, lest a test pass on nothing.
    """
    blocks, part, title = [], 0, ""
    held: list[list[str]] = [[], []]
    for line in (HERE / name).read_text(encoding="utf-8").split("\n"):
        if line != ".":
            if part:
                held[part - 1].append(line)
            elif line.strip():
                title = line.strip()
            continue
        part += 1
        if part == 3:
            blocks.append((title, "\n".join(held[0]), "\n".join(held[1])))
            part, held = 0, [[], []]
    assert blocks, f"{name}: no blocks"
    assert part == 0, f"{name}: a block without its end"
    return blocks
