"""The whole of Folio on one screen: from an author's folder to a finished site.

Each step takes what the one before it made. Problems gather on the way; an error stops the run
at the end of a step, before anything has been written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from builder.config import Config, load_config
from builder.fields import Reading
from builder.inputs import Inputs, inputs_of
from builder.ledger import Memory
from builder.links import check_links
from builder.model.drawing import check_drawn
from builder.model.site import Site, make_site, side_by_side
from builder.outputs import plan_outputs
from builder.problems import Problems
from builder.render import Press, Rendered, locator, records_to_show, render
from builder.run import Options, Report
from builder.sources import read_sources
from builder.staging import MANIFEST, NotStanding
from builder.write import Written, check_output_folder, publish, recover

Progress = Callable[[str, int, int], None]
"""Told the name of a step, how much of it is done, and how much there is."""


def build(
    root: Path, options: Options, problems: Problems, progress: Progress = lambda *_: None,
    inputs: Inputs | None = None,
) -> Report:  # fmt: skip
    """Build the site in `root`; raises `BuildFailed` when problems hold an error.

    The output folder is then as it was. Everything that was met is in `problems` either way.
    `inputs` are those that were read for this build, if they were.
    """
    memory = Memory(root, options, inputs or inputs_of(root, options))
    try:
        return _built(root, options, problems, progress, memory)
    except NotStanding:  # someone else wrote into the output folder
        memory.forget()
        return _built(root, options, problems, progress, memory)


def _built(
    root: Path, options: Options, problems: Problems, progress: Progress, memory: Memory
) -> Report:
    config = load_config(root, options, problems)
    if problems.errors:
        read_sources(config, problems)  # so that what cannot be read is told in one run
    problems.stop_on_errors()
    recover(config.root, config.out)
    check_output_folder(config.root, config.out, problems, [config.root / f for f in INPUTS])
    records = read_sources(config, problems)
    sites: Sequence[Site] = ()
    for language in config.languages:
        sites = (*sites, make_site(config, records, problems, language, sites))
    sites = side_by_side(sites)
    check_drawn(sites[0], Reading(problems=problems))
    plan = plan_outputs(config, records, sites, problems)
    problems.stop_on_errors()
    press = Press(config, sites, plan, memory.kept)
    stand = memory.stand(press)
    rendered = render(press, problems, progress, stand.standing)
    problems.stop_on_errors()
    check_links(rendered.bound, locator(rendered), records_to_show(sites), problems)
    why: list[tuple[str, str]] = []
    written = publish(
        config.root,
        config.out,
        rendered.files,
        problems,
        because=lambda *touched: why.append(touched),
    )
    _keep_back(config, rendered, problems)
    problems.stop_on_errors()
    memory.close(rendered)
    return _report(config, sites[0], rendered, written, {**dict(why), **stand.reasons}, memory.said)


INPUTS = ("site.yaml", "content", "layouts", "static", "builder")
"""What a site is made from: an output folder is none of these, nor within them."""


KEPT_BACK = "_private"
"""The folder beside site.yaml for what is made and not published."""


def _keep_back(config: Config, rendered: Rendered, problems: Problems) -> None:
    """Write what is kept out of the site into a folder of its own, which Git is told to ignore."""
    folder = config.root / KEPT_BACK
    if rendered.private or (folder / MANIFEST).is_file():
        check_output_folder(config.root, folder, problems)
        files = {**rendered.private, ".gitignore": b"*\n"} if rendered.private else {}
        publish(config.root, folder, files, problems)


def _report(
    config: Config,
    site: Site,
    rendered: Rendered,
    written: Written,
    why: Mapping[str, str],
    said: tuple[str, ...],
) -> Report:
    return Report(
        pages=len(rendered.bound), publications=len(site.publications), outputs=len(rendered.files),
        written=written, out=config.out, why=tuple(sorted(why.items())), notes=(*said, *rendered.notes, *_notes(config, site)),
    )  # fmt: skip


def _notes(config: Config, site: Site) -> tuple[str, ...]:
    """What the author may want to know, and is no fault of the site."""
    if site.cv and not site.cv_pdf and config.settings.cv.pdf:
        return ("The CV has no PDF: `pip install 'scholar-folio[pdf]'` makes /cv.pdf of it",)
    return ()
