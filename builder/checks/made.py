"""The site as a build makes it, in memory: the steps of `build.py` without the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from builder.config import Config, load_config
from builder.fields import Reading
from builder.kept import Kept
from builder.links import check_links
from builder.model.documents import Document
from builder.model.drawing import check_drawn
from builder.model.site import Site, make_site, side_by_side
from builder.outputs import plan_outputs
from builder.problems import Problems
from builder.render import Press, Rendered, locator, records_to_show, render
from builder.run import Options
from builder.sources import read_sources


class Made(msgspec.Struct, frozen=True):
    """A finished site that has not been written."""

    config: Config
    sites: Sequence[Site]
    """One for each language, the first at `/`."""
    rendered: Rendered

    @property
    def site(self) -> Site:
        """The site in its first language."""
        return self.sites[0]

    def bodies(self, document: Document) -> Iterator[str]:
        """The HTML that a document's body was rendered to, wherever it was shown."""
        for bodies in self.rendered.press.bodies:
            for (file, _), body in bodies.made.items():
                if file == document.path:
                    yield body.value.html

    def elsewhere(self, url: str) -> Rendered:
        """The same site, published at another address."""
        config = msgspec.structs.replace(self.config, url=url)
        sites = [msgspec.structs.replace(s, url=url, base=config.base) for s in self.sites]
        press = Press(config, sites, self.rendered.plan, self.rendered.press.kept)
        return render(press, Problems(), lambda *_: None)


def make(root: Path, options: Options, problems: Problems) -> Made:
    """Make the site in `root`; raises `BuildFailed` when problems hold an error."""
    config = load_config(root, options, problems)
    records = read_sources(config, problems)
    problems.stop_on_errors()
    sites: Sequence[Site] = ()
    for language in config.languages:
        sites = (*sites, make_site(config, records, problems, language, sites))
    sites = side_by_side(sites)
    check_drawn(sites[0], Reading(problems=problems))
    plan = plan_outputs(config, records, sites, problems)
    problems.stop_on_errors()
    rendered = render(Press(config, sites, plan, Kept()), problems, lambda *_: None)
    problems.stop_on_errors()
    check_links(rendered.bound, locator(rendered), records_to_show(sites), problems)
    return Made(config, sites, rendered)
