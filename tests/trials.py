"""What must hold of any site, however wrong: the law that mutated sites are tried by.

No traceback and nothing left half done: a build either makes a whole site or tells problems that
an author can act on, and leaves the last good site as it was.
"""

from __future__ import annotations

import re
import shutil
import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from builder.build import build
from builder.cli import source_line
from builder.problems import BuildFailed, Place, Problem, Problems, told
from builder.run import Options, Report
from builder.staging import MANIFEST, digest_of, read_manifest
from builder.templates import theme_folder
from tests.mutations import Files, Mutant, base, lay_out, mutant

SECONDS = 10
"""Of processor time that one build of the small site may take before it counts as hanging."""


class TooSlow(BaseException):
    """A build that does not end; no `except Exception` may hide it."""


class Outcome(NamedTuple):
    """What came of one mutated site."""

    built: bool
    faults: tuple[str, ...]
    """Each thing that broke the law, in words; none is as it should be."""
    mutant: Mutant
    problems: tuple[Problem, ...]


class Workshop:
    """A folder in which mutated sites are built one after another over the same good site."""

    def __init__(self, folder: Path) -> None:
        self.root, self.out, self.kept = folder / "site", folder / "site" / "_site", folder / "good"
        self.good = base()
        lay_out(self.good, self.root)
        self.problems = Problems()
        build(self.root, Options(), self.problems)
        shutil.copytree(self.out, self.kept)
        self.digest = _digest(self.kept)

    def trial(self, seed: int) -> Outcome:
        """Build one mutated site over the good one, twice, and say what broke the law."""
        spoilt = mutant(self.good, seed)
        lay_out(spoilt.files, self.root)
        report, problems, faults = _run(self.root)
        if report is not None:
            faults += _faults_of_output(self.out, self.good, spoilt.files)
        elif _digest(self.out) != self.digest:
            faults.append("a failed build touched the last good site")
        faults += [fault for problem in problems for fault in self._faults_of(problem)]
        faults += _faults_in_telling(self.root, problems)
        faults += _differences(report, problems, *_run(self.root))
        if report is not None or faults:
            shutil.rmtree(self.out, ignore_errors=True)
            shutil.copytree(self.kept, self.out)
        return Outcome(report is not None, tuple(dict.fromkeys(faults)), spoilt, tuple(problems))

    def _faults_of(self, problem: Problem) -> Iterator[str]:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", problem.kind) or not problem.message.strip():
            yield f"a problem without a kind or a message: {problem}"
        if problem.place and not self._stands(problem.place):
            yield f"a problem at no place: {problem}"

    def _stands(self, place: Place) -> bool:
        """Whether a place is in a file of this site, of the theme, or one that was there before.

        What was never closed is told on the line after the last.
        """
        file = self.root / place.path
        if place.path.startswith("theme/"):
            file = theme_folder("layouts") / place.path.removeprefix("theme/")
        if not place.line or "\ufffd" in place.path or "?" in place.path:
            return (
                file.exists() or file.is_symlink() or place.path in self.good or "?" in place.path
            )
        try:
            text = re.sub(r"\r+\n|\r", "\n", file.read_text("utf-8", "replace"))
        except OSError:
            return place.path in self.good and place.line == 1
        return place.line <= text.count("\n") + 2 and place.column >= 0


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    def end(*_: Any) -> None:
        raise TooSlow(f"no end after {seconds} s")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _run(root: Path) -> tuple[Report | None, Problems, list[str]]:
    """One build; the faults are its traceback, should there be one."""
    problems = Problems()
    try:
        with _within(SECONDS):
            return build(root, Options(), problems), problems, []
    except BuildFailed:
        return None, problems, [] if problems.errors else ["failed without telling an error"]
    except (Exception, TooSlow):
        return None, problems, [traceback.format_exc(limit=-12)]


def _differences(
    report: Report | None,
    problems: Problems,
    again: Report | None,
    told_again: Problems,
    _: list[str],
) -> Iterator[str]:
    """What a second build of the same site does otherwise."""
    if list(problems) != list(told_again):
        yield f"a second build tells other problems: {sorted(map(repr, set(problems) ^ set(told_again)))[:4]}"
    if (report is None) != (again is None):
        yield "a second build ends otherwise"
    if report and again and (again.written.written or again.written.removed):
        yield "a second build writes other files"


def _faults_in_telling(root: Path, problems: Problems) -> Iterator[str]:
    """Whether the problems can be printed."""
    try:
        for verbose in (False, True):
            told(problems, lambda place: source_line(root, place), verbose).encode("utf-8")
    except Exception:
        yield traceback.format_exc(limit=-12)


def _digest(folder: Path) -> str:
    digest = blake2b()
    for file in sorted(folder.rglob("*")):
        digest.update(str(file.relative_to(folder)).encode("utf-8", "surrogateescape") + b"\0")
        digest.update(b"" if file.is_dir() else file.read_bytes())
    return digest.hexdigest()


# ---- a finished site --------------------------------------------------------------------------


def _faults_of_output(out: Path, good: Files, files: Files) -> Iterator[str]:
    listed = read_manifest(out) or {}
    found = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} - {MANIFEST}
    if found != set(listed):
        yield f"the list of written files is not what stands there: {sorted(found ^ set(listed))[:5]}"
    yield from (
        f"{path} is not what was written"
        for path in found
        if digest_of(out / path) != listed.get(path)
    )
    copied = {path.partition("/")[2] for path in files}
    marks = [
        mark for mark, shown in _MARKS if not any(shown(path, node) for path, node in files.items())
    ]
    whole = _layouts(good) == _layouts(files)
    for path in sorted(p for p in found - copied if p.endswith(".html")):
        html = (out / path).read_text("utf-8")
        if whole and not html.rstrip().endswith("</html>"):
            yield f"{path} does not end with </html>"
        for mark in marks:
            text = _CODE.sub("", html) if mark.search(html) else ""
            if leak := mark.search(text):
                yield f"{path} holds a mark: {text[max(0, leak.start() - 40) : leak.end() + 40]!r}"


def _layouts(files: Files) -> Files:
    return {path: node for path, node in files.items() if path.startswith("layouts")}


def _data_and_body(path: str, node: Any) -> tuple[bytes, bytes]:
    """What a source shows as it stands, its own name too, and what is run as a template."""
    if not isinstance(node, bytes):
        return path.encode("utf-8", "replace"), b""
    data, body = node, b""
    if path.lower().endswith((".md", ".markdown", ".html")):
        data, body = node.partition(b"\n---\n")[::2] if node.startswith(b"---\n") else (b"", node)
    return path.encode("utf-8", "replace") + data, body


def _shows_braces(path: str, node: Any) -> bool:
    data, body = _data_and_body(path, node)
    return bool(re.search(rb"\{%|\{\{\s", data) or re.search(rb"\braw\b|['\"]\{[{%]", body))


def _shows_private(path: str, node: Any) -> bool:
    data, body = _data_and_body(path, node)
    if path.startswith("layouts"):
        data = data + body  # what a layout says itself is shown as it stands
    return bool(
        re.search(rb"\xee\x80[\x80-\x84]|\\[uU](?:0000)?[eE]00", data)
        or re.search(rb"\\ue00", body)
    )


_CODE = re.compile(
    r"<(code|pre|script|math|textarea|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE
)
_MARKS = (
    (re.compile(r"\{\{|\{%"), _shows_braces),
    (re.compile("[\ue000-\ue004]"), _shows_private),
)
"""What must not leak into a page, and whether a source holds it as its author's own words."""
