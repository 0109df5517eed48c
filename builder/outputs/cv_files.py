"""The CV for other programs: JSON Resume, RenderCV, Markdown and plain text, beside its page.

They say what the page says. A phone number or a street is in them only where it is on the page,
and a variant that is kept back has none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from builder.config import Config
from builder.model.cv_forms import Cv
from builder.model.site import Site
from builder.outputs.cv_json import json_resume
from builder.outputs.cv_rendercv import rendercv
from builder.outputs.cv_text import cv_markdown, cv_plain
from builder.outputs.cv_whole import whole_form
from builder.outputs.output import Output
from builder.outputs.outside import outside_of
from builder.sources import Records
from builder.text.plain_writer import Outside

WRITERS: dict[str, Callable[[Cv, Site, Outside], str]] = {
    "json": json_resume, "yaml": rendercv, "md": cv_markdown, "txt": cv_plain,
}  # fmt: skip
"""How each file is written, by its ending, of a form that has nothing left to draw."""


def cv_files(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """`/cv.json`, `.yaml`, `.md`, `.txt`, and the same of each published variant."""
    outside = outside_of(records, site)
    for form in (whole_form(form, site) for form in site.cvs):
        for ending, address in form.files.items():
            yield Output(
                path=address.lstrip("/"), asked_by=form.place, gives_way=True,
                content=WRITERS[ending](form, site, outside).encode("utf-8", "replace"),
            )  # fmt: skip
