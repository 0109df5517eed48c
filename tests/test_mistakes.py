"""What a scholar types by mistake, and what is told: place, kind, what was found, the mend.

The fixture's input is a site's files, each below a line `:: path`; site.yaml stands when it is not among them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fixtures import pairs
from tests.sites import Site, make_site

SETTINGS = "title: A site\nurl: https://example.org\ncv: {pdf: no}\n"
MISTAKES = pairs("mistakes.txt")


def files_of(typed: str) -> dict[str, str | bytes]:
    """The files of a fixture by path."""
    _, *parts = re.split(r"^:: (.+)\n", typed + "\n", flags=re.MULTILINE)
    return {path: text.encode() for path, text in zip(parts[::2], parts[1::2], strict=True)}


def told(site: Site) -> str:
    """All problems as the fixture has them, and a last line that says when nothing was built."""
    lines = []
    for p in site.problems:
        lines.append(f"{p.place}: {p.severity}: {p.kind}: {p.message}")
        lines += [f"  = {p.hint}"] * bool(p.hint)
    return "\n".join([*lines, *["not built"] * (site.report is None)])


@pytest.mark.parametrize(
    ("typed", "expected"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES]
)
def test_a_mistake_is_told_where_it_was_typed_with_its_mend(
    tmp_path: Path, typed: str, expected: str
) -> None:
    site = make_site(tmp_path, {"site.yaml": SETTINGS, **files_of(typed)}).build()
    assert told(site) == expected
