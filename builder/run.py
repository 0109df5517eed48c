"""What a run is asked for on the command line, and what it made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from builder.write import Written

KEPT_BACK = "_private"
"""The folder beside site.yaml for what is made and not published."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a command line may say over site.yaml."""

    url: str = ""
    out: str = ""
    drafts: bool = False
    fresh: bool = False


class Report(NamedTuple):
    """What a run made."""

    pages: int
    publications: int
    outputs: int
    written: Written
    out: Path
    why: tuple[tuple[str, str], ...]
    """Each file that was touched, and the reason in a few words."""
    notes: tuple[str, ...] = ()
    """What the author may want to know, and is no fault of the site."""
    news: tuple[str, ...] = ()
    """What this run made, or could have made; a run that makes nothing has none."""


Seen = Callable[[Report], object]
"""Told of a run when its site stands, before the account of it is made for the next one."""
