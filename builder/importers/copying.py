"""Files that nothing links to: copied all the same, while they are not too much."""

from __future__ import annotations

from builder.importers.moving import Move

MOST_UNASKED = 100_000_000
"""Bytes of files that nothing links to and that are copied all the same."""


def is_too_much(move: Move, paths: list[str]) -> bool:
    """Whether files of the source are more than is copied unasked, which is told."""
    size = sum(move.source.files[p] for p in paths)
    if size > MOST_UNASKED:
        words = f"{len(paths)} files that nothing links to, {size // 1_000_000} MB, are not copied"
        move.note("left", "(files)", words)
    return size > MOST_UNASKED
