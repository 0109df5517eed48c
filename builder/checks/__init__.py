"""`folio check`: all that a build can tell and more, without publishing anything.

The site is made as a build makes it, up to the finished pages; each function of `CHECKS` then looks
at it and adds what it finds, at the line where its author can mend it. All that it finds are
warnings: the site stands.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from builder.checks.addresses import check_addresses
from builder.checks.look import Look, look_of
from builder.checks.made import make
from builder.checks.pages import (
    check_alternatives,
    check_base_path,
    check_headings,
    check_ids,
    check_name,
    check_pictures,
)
from builder.checks.private import check_private
from builder.checks.scholar import check_scholar
from builder.checks.styles import check_style
from builder.checks.words import check_placeholders
from builder.problems import Problems
from builder.run import Options

Check = Callable[[Look, Problems], None]

CHECKS: tuple[Check, ...] = (
    check_name, check_placeholders, check_addresses, check_alternatives, check_headings, check_ids,
    check_pictures, check_private, check_base_path, check_scholar, check_style,
)  # fmt: skip
"""Each looks at the finished site; their order is that of their messages within a line."""


def check(root: Path, options: Options, problems: Problems) -> Look:
    """Make the site in `root` in memory and look it over; raises `BuildFailed` on an error."""
    look = look_of(make(root, options, problems))
    for each in CHECKS:
        each(look, problems)
    return look
