"""Whether a citation style of the author's own can write every paper of the site."""

from __future__ import annotations

from builder.checks.look import Look
from builder.csl_style import style_named
from builder.problems import Problems


def check_style(look: Look, problems: Problems) -> None:
    """Tell each paper that the style's processor gives up on, and that stands in our own style."""
    from builder.citing.csl_lines import CslFailed, csl_line

    site = look.made.site
    style = style_named(site.citation_style)
    if style is None:
        return
    for paper in site.publications:
        try:
            csl_line(paper, style, site.words)
        except CslFailed as error:
            problems.warning(
                "csl-failed", f"{paper.key}: {style.file.name} cannot write this paper ({error}), so that it stands in clean",
                paper.place, "another style may; of our own there are apa, mla, chicago and ieee",
            )  # fmt: skip
