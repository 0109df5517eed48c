"""Words that wait for their author's: placeholders of a new site, samples of other systems."""

from __future__ import annotations

from collections.abc import Iterator

from builder.checks.look import Look
from builder.new import DEPLOYS
from builder.problems import Place, Problems
from builder.requirement import NAME, UNKNOWN
from builder.text.files import read_text
from builder.text.placeholders import placeholders_in

_READ = (".md", ".markdown", ".yaml", ".yml", ".bib", ".html")
_COMMENT = {".yaml": "#", ".yml": "#", ".bib": "%"}


def check_placeholders(look: Look, problems: Problems) -> None:
    """Tell every placeholder that is left, at its line."""
    for path, text in sources(look):
        sign = _COMMENT.get("." + path.rpartition(".")[2], "\0")
        lines = text.split("\n")
        for line, column, words in placeholders_in(text):
            if not lines[line - 1].lstrip().startswith(sign):
                problems.warning(
                    "placeholder", f"fill in: {words if len(words) <= 60 else words[:59] + '…'}", Place(path, line, column),
                    "write your own words, or delete the line",
                )  # fmt: skip
    _check_requirement(look, problems)


def _check_requirement(look: Look, problems: Problems) -> None:
    """Tell where the site does not say yet what pip is to install to publish it."""
    root = look.made.config.root
    for path in ("README.md", *(target for _, target in DEPLOYS.values() if target)):
        text = read_text(root / path, path, Problems()) if (root / path).is_file() else None
        for number, line in enumerate((text or "").split("\n"), 1):
            if (column := line.find(UNKNOWN) + 1) > 0:
                problems.warning(
                    "placeholder", "fill in: the address that pip gets Folio from", Place(path, number, column),
                    f"write the address that Folio lives at and a commit, or {NAME}[images,pdf]==VERSION of a release",
                )  # fmt: skip


def sources(look: Look) -> Iterator[tuple[str, str]]:
    """Path and text of every file that its author writes by hand."""
    root = look.made.config.root
    files = [root / "site.yaml", *sorted((root / "content").rglob("*"))]
    for file in files:
        inside = file.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
        if file.suffix.lower() in _READ and file.is_file() and not hidden:
            yield inside, read_text(file, inside, Problems()) or ""
