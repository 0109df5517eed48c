"""What the check of links asks of a finished site: what must be shown, and where it was typed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from builder.bodies import Holders
from builder.faults import layout_place
from builder.model.addresses import output_path
from builder.model.site import Site
from builder.outputs.output import Template
from builder.problems import Place
from builder.render import Rendered
from builder.typed import in_texts, typed_texts


def records_to_show(sites: Iterable[Site]) -> Iterable[tuple[str, str, str, Place]]:
    """Every record that some page must show: its name, its page's path, its id in lists, its place."""
    for site in sites:
        for paper in site.publications:
            yield (
                f"the publication {paper.key!r}",
                output_path(paper.address),
                paper.slug,
                paper.place,
            )
        for name, r in ((name, r) for name, listed in site.collections.items() for r in listed):
            shown = r.title.text or getattr(r, "text", r.title).text
            path = output_path(r.address) if r.address and not r.redirect else ""
            yield f"{shown[:60]!r} of {name}", path, f"{name}-{r.slug}", r.place


def locator(rendered: Rendered) -> Callable[[str, str], Place | None]:
    """A function from a page and a dead address in it to the line where its author typed it."""
    press = rendered.press
    plan = press.plan
    # both are read only when a link is dead
    typed = functools.cache(lambda: list(typed_texts(press.config, press.sites)))
    holders = functools.cache(lambda: Holders(press.shown(rendered.filled)))

    def locate(path: str, target: str) -> Place | None:
        output = plan[path]
        assert isinstance(output.content, Template)
        if not target:
            made = output.asked_by.path.startswith("(")
            return layout_place(output.content.name, press.config) if made else output.asked_by
        document = getattr(output.content.variables.get("page"), "document", None)
        own = document.path if document else ""
        found = holders().locate(target, own) or in_texts(typed(), target, own)
        return found or holders().holder(target)

    return locate
