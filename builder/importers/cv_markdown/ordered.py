"""An entry of cv.yaml, with its keys in the order in which they are read."""

from __future__ import annotations

import re
from typing import Any

Entry = dict[str, Any]

_ORDER = (
    "title", "name", "institution", "company", "area", "position", "authors", "journal", "date", "location", "url", "note",
    "facts", "summary", "highlights", "entries",
)  # fmt: skip

_ORGANISATION = re.compile(
    r"\b(lab|labs|laboratory|university|institute|inc|ltd|llc|company|corp|college|school|cent(?:er|re)|group|hospital|gmbh|team"
    r"|foundation|academy|department|bank|google|microsoft|meta|amazon|huawei|bytedance|nvidia|society|association)\b", re.IGNORECASE,
)  # fmt: skip


def ordered(entry: Entry) -> Entry:
    """The entry in reading order; a company that is no organisation is a plain name."""
    if (
        "company" in entry
        and "position" not in entry
        and not _ORGANISATION.search(entry["company"])
    ):
        entry = {"name": entry.pop("company"), **entry}
    return {k: entry[k] for k in _ORDER if k in entry} | {
        k: v for k, v in entry.items() if k not in _ORDER
    }
