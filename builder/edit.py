"""The commonest builds: only words below front matters, or stylesheets, have changed since the last."""

from __future__ import annotations

from builder.memory import Done, Memory
from builder.outputs.styles import sheets
from builder.problems import Problems
from builder.publishing import links_told, made_ready, published
from builder.render import Press, Progress, Rendered, fill_all
from builder.run import Report, Seen


def after_edit(
    memory: Memory, problems: Problems, progress: Progress, seen: Seen = lambda _: None
) -> Report | None:
    """The build when only words below front matters and stylesheets have changed; None when more has.

    The model and the plan are those of the last build, and all stands that did not read the words.
    """
    edit = memory.edit()
    if edit is None:
        return None
    (config, sites, plan, told, _), why = edit.snapshot, dict(edit.stand.reasons)
    problems.extend(told)
    made_ready(config, problems)
    press = Press(config, sites, plan, memory.kept)
    filled = fill_all(press, problems, progress, edit.stand.standing)
    problems.stop_on_errors()
    told_links = False
    if not memory.links_stand(filled):
        filled = memory.with_bounds(filled)
        rendered = Rendered(files={}, private={}, filled=filled, press=press)
        told_links = links_told(rendered, problems)
    files = memory.files_after(filled, press)
    if edit.restyled:
        files |= sheets(config, sites[0], plan)
    written = published(config, files, why, problems)
    problems.stop_on_errors()
    report = Report(
        pages=memory.pages, publications=len(sites[0].publications), outputs=len(files), written=written,
        out=config.out, why=tuple(sorted(why.items())), notes=(*memory.said, *memory.notes),
    )  # fmt: skip
    seen(report)
    memory.close(
        Done(press, filled, edit.snapshot, memory.read, told_links, memory.notes, edited=True)
    )
    return report
