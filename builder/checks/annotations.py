"""Problems as GitHub shows them beside a change.

Source: GitHub's workflow commands, `::warning file=…,line=…,col=…,title=…::message`. Of each level it shows
the first ten, so that placeholders, which a new site is full of, are notices: they hide nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

from builder.problems import Problem, Problems


def as_annotations(problems: Problems, site: Path) -> str:
    """One line for each problem; paths are those of the repository that the site is in."""
    above = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    try:
        folder = site.resolve().relative_to(above.resolve()).as_posix()
    except ValueError:
        folder = "."
    return "\n".join(_annotation(p, "" if folder == "." else f"{folder}/") for p in problems)


def _annotation(problem: Problem, folder: str) -> str:
    place = problem.place
    said = {"title": problem.kind.replace("-", " ")}
    if place and (place.line or "." in place.path) and not place.path.startswith(("(", "theme/")):
        said = {"file": folder + place.path, "line": str(place.line or 1), **said}
        if place.column:
            said["col"] = str(place.column)
    properties = ",".join(f"{key}={_property(value)}" for key, value in said.items())
    text = f"{problem.message}\n{problem.hint}".strip()
    level = "notice" if problem.kind == "placeholder" else problem.severity
    return f"::{level} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
