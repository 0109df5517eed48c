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
from builder.links import check_links
from builder.memory import Done, Memory, Recall
from builder.model.drawing import check_drawn
from builder.model.site import Site, make_site, side_by_side
from builder.outputs import plan_outputs
from builder.problems import Problems
from builder.render import (
    Fill,
    Press,
    Rendered,
    fill_all,
    locator,
    one_by_one,
    records_to_show,
    render,
)
from builder.run import KEPT_BACK, Options, Report
from builder.snapshot import Snapshot, bodies_read
from builder.sources import read_sources
from builder.staging import MANIFEST, Content, NotStanding
from builder.write import Written, check_output_folder, publish, recover

Progress = Callable[[str, int, int], None]
"""Told the name of a step, how much of it is done, and how much there is."""


def build(
    root: Path, options: Options, problems: Problems, progress: Progress = lambda *_: None,
    inputs: Inputs | None = None, fill: Fill = one_by_one, recall: Recall | None = None,
) -> Report:  # fmt: skip
    """Build the site in `root`; raises `BuildFailed` when problems hold an error.

    The output folder is then as it was. Everything that was met is in `problems` either way.
    `inputs` are those that were read for this build, if they were; `fill` has outputs filled, and
    `recall` is what a process that builds again and again has at hand.
    """
    inputs = inputs or inputs_of(root, options, recall.inputs if recall else None)
    memory = Memory(root, options, inputs, recall)
    try:
        return _after_edit(memory, problems, progress) or _whole(
            root, options, memory, problems, progress, fill
        )
    except NotStanding:  # someone else wrote into the output folder
        memory.forget()
        return _whole(root, options, memory, problems, progress, fill)


def _whole(
    root: Path, options: Options, memory: Memory, problems: Problems, progress: Progress, fill: Fill
) -> Report:
    config = load_config(root, options, problems)
    if problems.errors:
        read_sources(config, problems)  # so that what cannot be read is told in one run
    problems.stop_on_errors()
    _prepare(config, problems)
    records = read_sources(config, problems)
    sites: Sequence[Site] = ()
    for language in config.languages:
        sites = (*sites, make_site(config, records, problems, language, sites))
    sites = side_by_side(sites)
    check_drawn(sites[0], Reading(problems=problems))
    plan = plan_outputs(config, records, sites, problems)
    problems.stop_on_errors()
    press = Press(config, sites, plan, memory.kept)
    read, stand = bodies_read(records), memory.stand(press)
    rendered = render(press, problems, progress, stand.standing, fill)
    problems.stop_on_errors()
    told = len(problems)
    check_links(rendered.bound, locator(rendered), records_to_show(sites), problems)
    links_told, why = len(problems) > told, dict(stand.reasons)
    written = _published(config, rendered.files, why, problems)
    _keep_back(config, rendered, problems)
    problems.stop_on_errors()
    made_from = memory.inputs.made_from(read) if memory.inputs else ""
    snapshot = Snapshot(config, sites, plan, rendered.told, made_from)
    memory.close(Done(press, rendered.filled, snapshot, read, links_told, ()))
    return Report(
        pages=len(rendered.bound), publications=len(sites[0].publications), outputs=len(rendered.files),
        written=written, out=config.out, why=tuple(sorted(why.items())), notes=memory.said,
        news=(*rendered.news, *_news(config, sites[0])),
    )  # fmt: skip


def _after_edit(memory: Memory, problems: Problems, progress: Progress) -> Report | None:
    """The build when only words below front matters have changed; None when more has.

    The model and the plan are those of the last build, and all stands that did not read the words.
    """
    edit = memory.edit()
    if edit is None:
        return None
    (config, sites, plan, told, _), why = edit.snapshot, dict(edit.stand.reasons)
    problems.extend(told)
    _prepare(config, problems)
    press = Press(config, sites, plan, memory.kept)
    filled = fill_all(press, problems, progress, edit.stand.standing)
    problems.stop_on_errors()
    links_told = False
    if not memory.links_stand(filled):
        before, filled = len(problems), memory.with_bounds(filled)
        rendered = Rendered(files={}, private={}, filled=filled, press=press)
        check_links(rendered.bound, locator(rendered), records_to_show(sites), problems)
        links_told = len(problems) > before
    files = memory.files_after(filled, press)
    written = _published(config, files, why, problems)
    problems.stop_on_errors()
    report = Report(
        pages=memory.pages, publications=len(sites[0].publications), outputs=len(files), written=written,
        out=config.out, why=tuple(sorted(why.items())), notes=(*memory.said, *memory.notes),
    )  # fmt: skip
    memory.close(
        Done(press, filled, edit.snapshot, memory.read, links_told, memory.notes, edited=True)
    )
    return report


def _prepare(config: Config, problems: Problems) -> None:
    recover(config.root, config.out)
    check_output_folder(config.root, config.out, problems, [config.root / f for f in INPUTS])


def _published(
    config: Config, files: Mapping[str, Content], why: dict[str, str], problems: Problems
) -> Written:
    """Publish; whatever is touched and has no reason yet gets one."""

    def because(path: str, reason: str) -> None:
        why.setdefault(path, reason)

    return publish(config.root, config.out, files, problems, because=because)


INPUTS = ("site.yaml", "content", "layouts", "static", "builder")
"""What a site is made from: an output folder is none of these, nor within them."""


def _keep_back(config: Config, rendered: Rendered, problems: Problems) -> None:
    """Write what is kept out of the site into a folder of its own, which Git is told to ignore."""
    folder = config.root / KEPT_BACK
    if rendered.private or (folder / MANIFEST).is_file():
        check_output_folder(config.root, folder, problems)
        files = {**rendered.private, ".gitignore": b"*\n"} if rendered.private else {}
        publish(config.root, folder, files, problems)


def _news(config: Config, site: Site) -> tuple[str, ...]:
    """What the author may want to know, and is no fault of the site."""
    if site.cv and not site.cv_pdf and config.settings.cv.pdf:
        return ("The CV has no PDF: `pip install 'scholar-folio[pdf]'` makes /cv.pdf of it",)
    return ()
