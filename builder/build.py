"""The whole of Folio on one screen: from an author's folder to a finished site.

Each step takes what the one before it made. Problems gather on the way; an error stops the run
at the end of a step, before anything has been written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from builder.config import Config, load_config
from builder.edit import after_edit
from builder.fields import Reading
from builder.inputs import Inputs, inputs_of
from builder.memory import Beside, Done, Memory, Recall, when_asked
from builder.model.drawing import check_drawn
from builder.model.related import check_related
from builder.model.site import Site, make_sites
from builder.outputs import plan_outputs
from builder.outputs.output import Output
from builder.problems import Problems
from builder.publishing import kept_back, links_told, made_ready, published
from builder.render import Fill, Press, Progress, one_by_one, render
from builder.run import Options, Report, Seen
from builder.snapshot import Snapshot, bodies_read
from builder.sources import Records, read_sources
from builder.staging import NotStanding


def build(
    root: Path, options: Options, problems: Problems, progress: Progress = lambda *_: None,
    inputs: Inputs | None = None, fill: Fill = one_by_one, recall: Recall | None = None,
    seen: Seen = lambda _: None, beside: Beside = when_asked,
) -> Report:  # fmt: skip
    """Build the site in `root`; raises `BuildFailed` when problems hold an error.

    The output folder is then as it was. Everything that was met is in `problems` either way.
    `inputs` are those that were read for this build, if they were; `fill` has outputs filled, and
    `recall` is what a process that builds again and again has at hand, and `seen` is told of the site
    as soon as it stands. The account of the build is made `beside` publishing.
    """
    inputs = inputs or inputs_of(root, options, recall.inputs if recall else None)
    memory, told = Memory(root, options, inputs, recall), tuple(problems)
    try:
        return after_edit(memory, problems, progress, seen) or _whole(
            root, options, memory, problems, progress, fill, seen, beside
        )
    except NotStanding:  # someone else wrote into the output folder
        memory.forget()
        problems.go_back_to(told)
        return _whole(root, options, memory, problems, progress, fill, seen, beside)


def loaded(root: Path, options: Options, problems: Problems) -> Config:
    """The settings; with what is wrong in them, all else that cannot be read is told in one run."""
    config = load_config(root, options, problems)
    if problems.errors:
        read_sources(config, problems)
    problems.stop_on_errors()
    return config


class Planned(NamedTuple):
    """A site of which everything is known but what its pages say."""

    records: Records
    sites: Sequence[Site]
    """One for each language, the first at `/`."""
    plan: Mapping[str, Output]
    """Every output by its path."""


def planned(config: Config, problems: Problems) -> Planned:
    """Read the sources, make the model of each language, and plan the outputs."""
    records = read_sources(config, problems)
    sites = make_sites(config, records, problems)
    check_drawn(sites[0], Reading(problems=problems))
    check_related(sites[0].publications, sites[0].collections, Reading(problems=problems))
    plan = plan_outputs(config, records, sites, problems)
    problems.stop_on_errors()
    return Planned(records, sites, plan)


def _whole(
    root: Path, options: Options, memory: Memory, problems: Problems, progress: Progress, fill: Fill,
    seen: Seen, beside: Beside,
) -> Report:  # fmt: skip
    config = loaded(root, options, problems)
    made_ready(config, problems)
    records, sites, plan = planned(config, problems)
    press = Press(config, sites, plan, memory.kept)
    read, stand = bodies_read(records), memory.stand(press)
    rendered = render(press, problems, progress, stand.standing, fill)
    problems.stop_on_errors()
    told, why = links_told(rendered, problems), dict(stand.reasons)
    made_from = memory.inputs.made_from(read) if memory.inputs else ""
    snapshot = Snapshot(config, sites, plan, rendered.told, made_from)
    done = Done(press, rendered.filled, snapshot, read, told, ())
    memory.begin_account(done, beside)
    written = published(config, rendered.files, why, problems)
    kept_back(config, rendered, problems)
    problems.stop_on_errors()
    report = Report(
        pages=len(rendered.bound), publications=len(sites[0].publications), outputs=len(rendered.files),
        written=written, out=config.out, why=tuple(sorted(why.items())), notes=memory.said,
        news=(*rendered.news, *_news(config, sites[0])),
    )  # fmt: skip
    seen(report)
    memory.close(done)
    return report


def _news(config: Config, site: Site) -> tuple[str, ...]:
    """What the author may want to know, and is no fault of the site."""
    if site.cv and not site.cv_pdf and config.settings.cv.pdf:
        return ("The CV has no PDF: `pip install 'scholar-folio[pdf]'` makes /cv.pdf of it",)
    own = next((p.document for p in site.pages if p.address == "/cv/" and p.document), None)
    if own and not site.cv_pdf and config.settings.cv.pdf:
        return (
            f"The CV has no PDF: {own.path} is a page; `folio import {own.path} NEW` makes a cv.yaml of it",
        )
    return ()
