"""Placeholders: words that wait for their author's, and how they are found."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = "✎"
"""Stands before every word of a new site that its owner is to replace."""

_MARKED = re.compile(rf"(?:^|(?<=[-:={{\[(\"'>#*|,]))[ \t]*(?P<mark>{MARK})[ \t]*(?P<words>[^\n]*)")
"""Where a value, a paragraph or an item begins: within a sentence the mark is spoken of."""
_SAMPLES = re.compile(
    r"\b(?:lorem ipsum|your name here|your sidebar name|short biography for the left-hand sidebar"
    r"|red brick university|paper title number \d|yourname@\w*\.?\w*|you@(?:example|domain)\.\w+"
    r"|einstein@\w+\.\w+|name of (?:your )?university|conference proceedings talk \d on relevant topic"
    r"|blog post number \d|portfolio item number \d|teaching experience \d)\b",
    re.IGNORECASE,
)
"""Sample words of academicpages, al-folio and others that stay on real homepages for years."""


def placeholders_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Line and column (both from 1) of each placeholder of a text, and its words."""
    if MARK not in text and not _SAMPLES.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if found := _MARKED.search(line):
            yield number, found.start("mark") + 1, found["words"].strip(" \"'}],") or MARK
        elif found := _SAMPLES.search(line):
            yield number, found.start() + 1, found[0]
