"""The two ends of a build: the output folder made ready, and what was made handed over."""

from __future__ import annotations

from collections.abc import Mapping

from builder.config import Config
from builder.ground import check_output_folder
from builder.links import check_links
from builder.locating import locator, records_to_show
from builder.problems import Problems
from builder.render import Rendered
from builder.run import KEPT_BACK
from builder.staging import MANIFEST, Content
from builder.write import Written, publish, recover

INPUTS = ("site.yaml", "content", "layouts", "static", "builder")
"""What a site is made from: an output folder is none of these, nor within them."""


def made_ready(config: Config, problems: Problems) -> None:
    """Finish what a killed build left, and refuse an output folder that is not Folio's to fill."""
    recover(config.root, config.out)
    check_output_folder(config.root, config.out, problems, [config.root / f for f in INPUTS])


def links_told(rendered: Rendered, problems: Problems) -> bool:
    """Check what pages lead to and what they show; says whether there was something to tell."""
    before = len(problems)
    records = records_to_show(rendered.press.sites)
    check_links(rendered.bound, locator(rendered), records, problems)
    return len(problems) > before


def published(
    config: Config, files: Mapping[str, Content], why: dict[str, str], problems: Problems
) -> Written:
    """Publish; whatever is touched and has no reason yet gets one in `why`."""

    def because(path: str, reason: str) -> None:
        why.setdefault(path, reason)

    return publish(config.root, config.out, files, problems, because=because)


def kept_back(config: Config, rendered: Rendered, problems: Problems) -> None:
    """Write what is kept out of the site into a folder of its own, which Git is told to ignore."""
    folder = config.root / KEPT_BACK
    if rendered.private or (folder / MANIFEST).is_file():
        check_output_folder(config.root, folder, problems)
        files = {**rendered.private, ".gitignore": b"*\n"} if rendered.private else {}
        publish(config.root, folder, files, problems)
