"""What can be wrong with a site, said so that its author can mend it.

A problem knows the place its author typed, what was found there, what was expected and,
where one is known, the mend. Rooms that read or render take a `Problems` and add to it; they
go on with the rest, so that one run tells everything.

Two severities: an *error* means that no correct site can be made, and nothing is written; a
*warning* means that the site stands, but something is not used as it was written.

    FolioError            anything a user can cause; the command prints it without a traceback
    └── BuildFailed       the problems of this run hold errors
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """Where in a source something stands."""

    path: str
    """The file, relative to the site's folder, with forward slashes."""
    line: int = 0
    """Counted from 1; 0 when the problem belongs to the file as a whole."""
    column: int = 0
    """Counted from 1; 0 when only the line is known."""

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


class Problem(NamedTuple):
    """One thing to mend."""

    severity: Severity
    kind: str
    """A stable word for the sort of problem, such as `yaml-syntax` or `link-to-nothing`.

    Problems of one kind in one file are told together, and `--json` carries it."""
    message: str
    """What was found and what was expected, in one sentence without a full stop."""
    place: Place | None = None
    hint: str = ""
    """The mend, in one sentence, where one is known."""


class FolioError(Exception):
    """Something a user caused, told in a sentence."""


class BuildFailed(FolioError):
    """The run met errors; they are in `problems`."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{len(problems.errors)} errors")
        self.problems = problems


class Problems:
    """Collects the problems of one run, in the order they were met."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def error(self, kind: str, message: str, place: Place | None = None, hint: str = "") -> None:
        """Add a problem that no correct site can be made with."""
        self._found.setdefault(Problem("error", kind, message, place, hint))

    def warning(self, kind: str, message: str, place: Place | None = None, hint: str = "") -> None:
        """Add a problem beside which the rest of the site stands."""
        self._found.setdefault(Problem("warning", kind, message, place, hint))

    def go_back_to(self, told: Iterable[Problem]) -> None:
        """Hold these alone: what was met since then is met again."""
        self._found = dict.fromkeys(told)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems that were collected elsewhere (kept by a cache, for one)."""
        for problem in problems:
            self._found.setdefault(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> list[Problem]:
        """The problems that forbid writing."""
        return [p for p in self._found if p.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        """The problems beside which the site stands."""
        return [p for p in self._found if p.severity == "warning"]

    def stop_on_errors(self) -> None:
        """Raise `BuildFailed` if any error has been met: the gate between two stages."""
        if self.errors:
            raise BuildFailed(self)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing when none is near."""
    import difflib

    near = difflib.get_close_matches(word.lower(), list(known), 1, cutoff=0.7)
    return f"did you mean {near[0]!r}?" if near else ""


# ---- telling them ---------------------------------------------------------------------------

PLACES_SHOWN = 3
"""How many places a folded warning names before it only counts."""


def told(
    problems: Iterable[Problem], line_of: Callable[[Place], str | None], verbose: bool = False
) -> str:
    """The problems as text for a terminal: errors first, warnings of a kind and file folded.

    `line_of` gives the source line at a place, without its newline, or None where there is none.
    """
    ordered = sorted(problems, key=_reading_order)
    errors = [p for p in ordered if p.severity == "error"]
    warnings = [p for p in ordered if p.severity == "warning"]
    parts = [_one(p, line_of) for p in errors]
    if verbose:
        parts += [_one(p, line_of) for p in warnings]
    else:
        alike: dict[tuple[str, str], list[Problem]] = {}
        for p in warnings:
            alike.setdefault((p.kind, p.place.path if p.place else ""), []).append(p)
        parts += [
            _one(group[0], line_of) if len(group) == 1 else _folded(group)
            for group in alike.values()
        ]
    return "\n".join(parts)


def _reading_order(problem: Problem) -> tuple[str, int, int]:
    place = problem.place or Place("")
    return place.path, place.line, place.column


def _one(problem: Problem, line_of: Callable[[Place], str | None]) -> str:
    where = f"{problem.place}: " if problem.place else ""
    lines = [f"{where}{problem.severity}: {problem.message}"]
    source = line_of(problem.place) if problem.place and problem.place.line else None
    if problem.place and source is not None and source.strip():
        number = str(problem.place.line)
        excerpt, column = _excerpt(source, problem.place.column)
        lines.append(f"  {number} | {excerpt}")
        if column:
            lines.append(f"  {' ' * len(number)} | {' ' * (column - 1)}^")
    if problem.hint:
        lines.append(f"  = {problem.hint}")
    return "\n".join(lines)


def _excerpt(source: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a line around a column, and the column within that part."""
    source = source.replace("\t", " ").rstrip()
    start = max(0, column - width // 2) if len(source) > width else 0
    return source[start : start + width], column - start if column else 0


def _folded(group: list[Problem]) -> str:
    first = group[0]
    spots = [
        f"line {p.place.line} ({p.message})" if p.place and p.place.line else p.message
        for p in group[:PLACES_SHOWN]
    ]
    spots = [spot.removeprefix("line ") if n else spot for n, spot in enumerate(spots)]
    path = f"{first.place.path}: " if first.place else ""
    more = f", and {len(group) - PLACES_SHOWN} more" if len(group) > PLACES_SHOWN else ""
    what = first.kind.replace("-", " ")
    text = f"{path}warning: {what}, {len(group)} times: {'; '.join(spots)}{more}"
    hints = list(dict.fromkeys(p.hint for p in group if p.hint))
    return "\n".join([text, *(f"  = {h}" for h in hints[:PLACES_SHOWN])])
