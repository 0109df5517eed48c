"""What one rendering gathers beside its tokens: problems, references, and the lines they are on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from builder.text.body import BodyProblem, Reference, Words
from builder.text.cites import Citation
from builder.text.maths import problem_of
from builder.text.references import has_scheme, source_reference
from builder.text.urls import safe_url

_WEB = re.compile(r"(?:https?://|mailto:)[!-~]*")
"""Addresses that need no closer look."""

Recall = Callable[[str, str, Callable[[], str]], str]
"""Kind, source and maker of a text: gives what an earlier rendering made of the same, if it can."""


def make_it(kind: str, of: str, make: Callable[[], str]) -> str:
    """Remembers nothing."""
    return make()


class Draft:
    """The state of one rendering, handed to the parser's rules in its environment."""

    def __init__(
        self, text: str, folder: str, prefix: str, words: Words, recall: Recall = make_it
    ) -> None:
        self.folder = folder
        self.recall = recall
        self.prefix = prefix
        self.words = words
        self.problems: list[BodyProblem] = []
        self.references: list[Reference] = []
        self.citations: list[Citation] = []
        self.ids: set[str] = set()
        self.block: tuple[int, int] = (0, 0)
        """The lines, from 0, of the block that is being read; the second is the one behind it."""
        self._text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._seen: dict[tuple[int, str], int] = {}

    def place(self, needle: str, reading: str = "") -> tuple[int, int]:
        """The line and column, from 1, where a string of the current block stands.

        Each call finds the next one of the same string, or what follows the last one found with
        the same word in `reading`. What is not in the block (the target of a reference link, for
        one) is looked for in the whole text; column 0 when it is nowhere.
        """
        first, behind = self.block
        begin, end = self._start(first), self._start(behind)
        key = first, reading or needle
        for start, stop in ((self._seen.get(key, begin), end), (begin, end), (0, None)):
            at = self._text.find(needle, start, stop) if needle else -1
            if at >= 0:
                self._seen[key] = at + len(needle)
                line = bisect_right(self._starts, at)
                return line, at - self._starts[line - 1] + 1
        return first + 1, 0

    def _start(self, line: int) -> int:
        return self._starts[min(line, len(self._starts) - 1)]

    def tell(self, kind: str, message: str, needle: str, hint: str = "") -> None:
        """Add a problem at the place where `needle` stands."""
        line, column = self.place(needle)
        self.problems.append(BodyProblem(line, column, kind, message, hint))

    def check_formula(self, tex: str) -> None:
        """Tell of a formula that cannot be set."""
        if problem := problem_of(tex):
            self.tell(
                "formula-not-set",
                f"a formula is shown as its TeX: {problem}",
                tex.split("\n")[0],
                "mend the formula; braces come in pairs, and macros of your own are not known",
            )

    def check_fence(self, fence: str) -> None:
        """Tell of code that is never closed: it swallows all that follows."""
        first, behind = self.block
        last = self._text[self._start(behind - 1) : self._start(behind)].strip(" \t>\n")
        if behind - 1 == first or len(last) < len(fence) or set(last) != set(fence):
            self.tell(
                "fence-not-closed", "this code is never closed, and holds all that follows", fence,
                f"write {fence} on a line of its own where it ends",
            )  # fmt: skip

    def link(self, typed: str) -> str | None:
        """The target to write for one that was typed; None, with a problem, if it is dangerous."""
        if has_scheme(typed) and not _WEB.fullmatch(typed) and safe_url(typed) is None:
            scheme = typed.partition(":")[0]
            self.tell(
                "link-not-safe",
                f"a link may not lead to a {scheme}: address",
                typed,
                "link to a page, or write a full https:// address",
            )
            return None
        href = source_reference(typed, self.folder)
        self.references.append(Reference(typed, href, *self.place(typed, "links")))
        return href
