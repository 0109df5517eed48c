"""Patterns that few builds need: compiled when they are first asked for.

To compile a pattern costs a tenth of a millisecond, and one with classes or alternatives many times
that: more than most builds would ever win from having it ready.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from typing import AnyStr


def late(pattern: AnyStr, flags: int = 0) -> Callable[[], re.Pattern[AnyStr]]:
    """A function that gives the compiled pattern; the first call compiles it."""
    return cache(partial(re.compile, pattern, flags))
