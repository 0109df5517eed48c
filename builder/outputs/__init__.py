"""Every file of the finished site, planned before anything is rendered.

An output is a path and what fills it. The functions in `OUTPUTS` say what the site consists of;
`plan_outputs` runs them, and tells two outputs that claim one path, naming both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from builder.config import Config
from builder.model.site import Site
from builder.naming import folded, leads_out
from builder.outputs.assets import content_files, static_files, theme_files
from builder.outputs.cards import cards
from builder.outputs.cv_files import cv_files
from builder.outputs.exports import exports
from builder.outputs.feeds import feeds
from builder.outputs.full_texts import full_texts
from builder.outputs.output import Output
from builder.outputs.pages import pages, papers, records
from builder.outputs.search import search_index
from builder.outputs.service import redirects, service_files, sitemap
from builder.outputs.site_search import site_search
from builder.outputs.styles import accent_sheet, stylesheet
from builder.problems import Place, Problems
from builder.sources import Records
from builder.write import case_collisions

Kind = Callable[[Config, Records, Site], Iterable[Output]]


def cv_pdfs(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """A PDF of each form of the CV, where typst is installed: else nothing is imported for it."""
    if not config.typesets:
        return ()
    from builder.outputs import cv_pdf

    return cv_pdf.cv_pdfs(config, records, site)


OUTPUTS: tuple[Kind, ...] = (
    pages, papers, records, feeds, service_files, content_files, static_files, theme_files, stylesheet,
    accent_sheet, redirects, exports, cv_pdfs, cv_files, search_index, full_texts, cards, site_search,
)  # fmt: skip
"""Each gives the outputs of one kind. What stands earlier is named first in a collision."""

IN_EACH_LANGUAGE: tuple[Kind, ...] = (
    pages,
    records,
    feeds,
    redirects,
    cv_pdfs,
    cv_files,
    site_search,
    cards,
)
"""Those that every language has; of the others there is one, asked of the first language's site."""


def plan_outputs(
    config: Config, records: Records, sites: Sequence[Site], problems: Problems
) -> dict[str, Output]:
    """Every output of the site in all its languages by its path, sorted; collisions are errors."""
    plan: dict[str, Output] = {}
    for site in sites:
        for kind in IN_EACH_LANGUAGE if site.prefix else OUTPUTS:
            for output in kind(config, records, site):
                _enter(output, plan, problems)
    if config.url:
        _enter(sitemap(plan.values()), plan, problems)
    for output in plan.values():
        if leads_out(output.path):
            problems.error(
                "path-leads-out", f"{output.path!r} is no path that every disk can hold",
                output.asked_by, "rename the file, or give the page another permalink",
            )  # fmt: skip
    for one, two in case_collisions(plan):
        nested = folded(two).startswith(folded(one) + "/")
        how = "the first is a file where the second needs a folder" if nested else _ONLY_CASE
        place, rival = _mendable(plan[two], plan[one])
        problems.error(
            "address-taken", f"{one!r} and {two!r} cannot both be written: {how}", place,
            f"rename one of them; the other is asked for by {rival}",
        )  # fmt: skip
    return dict(sorted(plan.items()))


def _enter(output: Output, plan: dict[str, Output], problems: Problems) -> None:
    other = plan.setdefault(output.path, output)
    if other.gives_way and not output.gives_way:
        plan[output.path] = output
    elif other is not output and not output.gives_way:
        _tell_collision(other, output, problems)


_ONLY_CASE = "they differ only in case, which many file systems ignore"


def _tell_collision(one: Output, two: Output, problems: Problems) -> None:
    place, rival = _mendable(two, one)
    problems.error(
        "address-taken", f"{two.path!r} is already asked for by {rival}", place,
        "give one of the two another name or permalink",
    )  # fmt: skip


def _mendable(two: Output, one: Output) -> tuple[Place, Place]:
    """Where a collision is told, and what it is with: no author can mend what Folio made."""
    mine, rival = two.asked_by, one.asked_by
    return (rival, mine) if mine.path.startswith("(") else (mine, rival)
