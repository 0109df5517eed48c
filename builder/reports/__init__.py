"""`folio report`: what a department, a funder or a yearly review asks for.

Everything since a date, and the collaborators of the last months, from the model that the site is
made of. This room is told what day it is; the command asks the clock.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from builder.config import load_config
from builder.model.site import Site, make_site
from builder.problems import Problems
from builder.reports.collaborators import Collaborator, collaborators_of
from builder.reports.period import Period
from builder.reports.work import Work, undated, work_of
from builder.run import Options
from builder.sources import read_sources


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says."""

    site: Site
    period: Period
    """The days of the work, both counted in."""
    work: tuple[Work, ...]
    undated: int
    """Records that bear no date, and so stand in no period."""
    shared: Period
    """The days that collaborators are counted in."""
    collaborators: tuple[Collaborator, ...]


def report_on(root: Path, period: Period, months: int, problems: Problems) -> Report:
    """The report on the site in `root`; raises `BuildFailed` when the site cannot be read."""
    config = load_config(root, Options(), problems)
    problems.stop_on_errors()
    site = make_site(config, read_sources(config, problems), problems)
    problems.stop_on_errors()
    shared = Period.of_months(months, period.until)
    return Report(
        site=site, period=period, work=work_of(site, period), undated=undated(site), shared=shared,
        collaborators=collaborators_of(site, shared),
    )  # fmt: skip
