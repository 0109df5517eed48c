"""Values of front matter and settings, whatever they were typed as, in the one form that is wanted."""

from __future__ import annotations

from typing import Any


def text_of(value: Any) -> str:
    """A value of front matter as one text; empty for none, lists and mappings."""
    return value.strip() if isinstance(value, str) else ""


def words_of(value: Any) -> list[str]:
    """A list of words, or words in one text divided by blanks, as Jekyll's tags are."""
    if isinstance(value, str):
        return value.split()
    return [text_of(v) for v in value if text_of(v)] if isinstance(value, list) else []


def listed(value: Any) -> list[str]:
    """A list of texts, or a single one; empty for none."""
    if isinstance(value, list):
        return [text_of(v) for v in value if text_of(v)]
    return [value.strip()] if isinstance(value, str) and value.strip() else []


def first_text(values: dict[str, Any], *keys: str) -> str:
    """The first text that one of some keys holds; empty for none."""
    return next((text for key in keys if (text := text_of(values.get(key)))), "")
