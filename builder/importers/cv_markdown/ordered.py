"""An entry of cv.yaml, its keys in the order in which the source says what they hold: the page reads so."""

from __future__ import annotations

import re
from typing import Any

Entry = dict[str, Any]

_FIRST = ("title", "name", "institution", "company")
_LAST = ("url", "summary", "highlights", "entries")
"""Keys that stand behind all others, wherever the source says what they hold."""

_ORGANISATION = re.compile(
    r"\b(lab|labs|laboratory|university|institute|inc|ltd|llc|company|corp|college|school|cent(?:er|re)|group|hospital|gmbh|team"
    r"|foundation|academy|department|bank|google|microsoft|meta|amazon|huawei|bytedance|nvidia|society|association)\b", re.IGNORECASE,
)  # fmt: skip


def ordered(entry: Entry) -> Entry:
    """The entry as the source reads: what it is, its parts as they came, points and texts.

    A company that is no organisation is a plain name.
    """
    if (
        "company" in entry
        and "position" not in entry
        and not _ORGANISATION.search(entry["company"])
    ):
        entry = {"name": entry.pop("company"), **entry}
    between = [key for key in entry if key not in (*_FIRST, *_LAST)]
    return {key: entry[key] for key in (*_FIRST, *between, *_LAST) if key in entry}
