"""The site as a build makes it, in memory: the steps of `build.py` without the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from builder.build import loaded, planned
from builder.config import Config
from builder.kept import Kept
from builder.model.documents import Document
from builder.model.site import Site
from builder.problems import Problems
from builder.publishing import links_told
from builder.render import Press, Rendered, render
from builder.run import Options


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
    config = loaded(root, options, problems)
    _, sites, plan = planned(config, problems)
    rendered = render(Press(config, sites, plan, Kept()), problems, lambda *_: None)
    problems.stop_on_errors()
    links_told(rendered, problems)
    return Made(config, sites, rendered)
