"""Layouts: the theme's templates with a site's own lying over them, file by file.

A layout of the site that bears the name of the theme's takes its place, and may extend the one
it replaces as `theme/<name>.html`. Layouts choose markup; every fact arrives resolved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    pass_context,
)  # fmt: skip
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from builder.bytecode import Bytecode
from builder.config import Config
from builder.environment import LayoutEnvironment, Missing
from builder.leaves import Prose
from builder.model import select
from builder.model.addresses import whole
from builder.model.cv import Drawn, Section, runs
from builder.model.drawing import drawn, group_title, is_paper, numbers
from builder.model.listing import facets, jumps, sections
from builder.model.menu import Menu, menus_of
from builder.model.publications import Publication, legend
from builder.model.records import occasions
from builder.model.site import Site
from builder.reads import Once, Reads, Watched
from builder.settings import CitationStyle, is_numbered
from builder.staging import state_folder
from builder.text.dates import When, format_when
from builder.text.datewords import Style
from builder.text.rich import Rich, plain
from builder.text.slugs import slug
from builder.text.words import direction


def theme_folder(name: str) -> Path:
    """Where the theme's `layouts` or `static` are: inside the wheel, or the repository's own."""
    inside = Path(__file__).parent / "theme" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


class Layouts(BaseLoader):
    """The theme's layouts with a site's own over them, for every language of a build.

    Each is read from disk once, and so is what it was compiled to.
    """

    def __init__(self, config: Config) -> None:
        theme, own = theme_folder("layouts"), config.root / "layouts"
        loaders: list[BaseLoader] = [
            FileSystemLoader(theme),
            PrefixLoader({"theme": FileSystemLoader(theme)}),
        ]
        if own.is_dir() and own.resolve() != theme.resolve():
            loaders.insert(0, FileSystemLoader(own))
        self._files = ChoiceLoader(loaders)
        self._sources: dict[str, tuple[str, str | None, Callable[[], bool] | None]] = {}
        self.config, self.compiled = config, _compiled(config, theme)

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Jinja's: text, file, and whether that is still so."""
        if template not in self._sources:
            self._sources[template] = self._files.get_source(environment, template)
        return self._sources[template]

    def list_templates(self) -> list[str]:
        """Jinja's: the names of all."""
        return self._files.list_templates()


def environment_of(layouts: Layouts, site: Any, reads: Reads) -> Watched:
    """The Jinja environment of a site, with its filters.

    `site` tells what is read of it (`reads.Seen`); a filter that looks at anything else tells it
    to `reads`. Nothing is reckoned when a layout is compiled: what a filter makes of a constant may
    depend on the site, and compiled layouts are kept.
    """
    environment = LayoutEnvironment(
        reads, loader=layouts, autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=Missing, optimized=False, bytecode_cache=layouts.compiled,
    )  # fmt: skip
    environment.filters.update(
        where=select.where, sort_by=select.sort_by, group_by=select.group_by, limit=select.limit,
        slug=slug, bound=_bound, rich=_rich, paragraphs=_paragraphs, text=_text, json=_json, icon=_icon(layouts.config, reads),
        absolute=lambda a: absolute(a, site),
    )  # fmt: skip
    environment.filters.update(
        when=_when(site), time=_time(site), anchor=lambda tag: site.anchors.get(tag) or slug(tag),
        direction=direction, runs=runs, legend=legend, occasions=occasions,
        jumps=lambda listed: jumps(listed, site.words),
        sections=lambda papers, by: sections(papers, by or site.publications_by, site.words),
        facets=lambda papers: facets(papers, site.words),
    )  # fmt: skip
    environment.filters["cited"] = lambda paper, style, linked=True: _cited(
        paper, style, linked, site
    )
    environment.filters["paper_number"] = lambda paper: site.paper_numbers[paper.key]
    environment.filters["once"] = _once(reads)
    environment.globals["citation_style"] = _citation_style
    environment.filters["drawn"] = lambda item: drawn(item, site)
    environment.filters["group_title"] = lambda group, item: group_title(group, item, site.words)
    environment.filters["numbers"] = lambda group, item: tuple(numbers(item, group))
    environment.filters["paper"] = lambda entry: site.cv_papers.get(entry.place)
    environment.tests.update(
        section=lambda i: isinstance(i, Section),
        drawn_item=lambda i: isinstance(i, Drawn),
        publication=is_paper,
        numbered=is_numbered,
        over=site.over,
    )
    environment.globals.update(
        site=site, words=site.words, has_page=_has_page(site, reads), menu_at=_menu_at(site, reads)
    )  # fmt: skip
    without_chance(environment)
    return environment


def _compiled(config: Config, theme: Path) -> Bytecode | None:
    """Where compiled layouts are kept; nowhere on a disk that refuses."""
    try:
        return None if config.fresh else Bytecode(theme, state_folder(config.root))
    except OSError:
        return None


def _has_page(site: Any, reads: Reads) -> Callable[[str], bool]:
    """Whether the site has a page at an address, which is that of the page in its language."""
    language, prefix, addresses = site.language, site.prefix, site.addresses

    def has_page(address: str) -> bool:
        reads.note(f"page {language} {address}")
        return address in addresses or prefix + address in addresses

    return has_page


def _once(reads: Reads) -> Callable[..., Markup]:
    """A filter that runs a macro once for the same things, however many pages show them.

    A macro without a context prints by what it is given, and by the site, which is one.
    """
    kept: dict[tuple[int, ...], Once[tuple[Markup, tuple[Any, ...]]]] = {}

    def once(macro: Macro, *given: Any) -> Markup:
        """What a macro prints of what it is given, as on the first page that asked."""
        things = macro, *given  # kept, so that none ever has the number of another
        numbers = tuple(map(id, things))
        return reads.once(kept, numbers, lambda: (Markup(macro(*given)), things))[0]

    return once


def _menu_at(site: Any, reads: Reads) -> Callable[[str], Menu]:
    """The menu of the page at an address; whoever asks reads all that menus are made of."""
    made, language = menus_of(site.navigation, site.home), site.language

    def menu_at(address: str) -> Menu:
        for part in ("navigation", "home"):
            reads.note(f"site {language} {part}")
        return made(address)

    return menu_at


def without_chance(environment: Environment) -> None:
    """Take away what prints something else each time: the same site is the same bytes."""
    environment.filters.pop("random", None)
    environment.globals.pop("lipsum", None)


def absolute(address: str, site: Site) -> str:
    """An address of this site as feeds and previews need it: with scheme and host.

    Without the site's `url` it is the address with nothing before it.
    """
    return whole(address, site.url)


def _rich(value: Any) -> Rich:
    return value if isinstance(value, Rich) else plain(str(value or ""))


def _text(value: Any) -> str:
    """Plain text, for attributes and heads."""
    return value.text if isinstance(value, (Rich, Prose)) else str(value or "")


_SHORT = re.compile(r"(?<![\w-])(\w|Dr|Prof|Ph|St|Mr|Mrs|Ms)\. (?=\w)")
"""An initial or title and the blank behind it."""


def _bound(value: Any) -> Markup:
    """A name or degree whose initials and titles stay with what follows them on a line."""
    html = value.html if isinstance(value, Rich) else escape(value)
    return Markup(_SHORT.sub("\\1.\u00a0", html))


def _paragraphs(value: Prose) -> Markup:
    return Markup("").join(Markup(f"<p>{p.html}</p>") for p in value.paragraphs)


def _when(site: Site) -> Callable[..., str]:
    @cache
    def when(value: When | None, style: Style = "month") -> str:
        """A date in words."""
        return format_when(value, site.words.dates, style) if value else ""

    return when


def _time(site: Site) -> Callable[..., Markup]:
    when = _when(site)

    @cache
    def time(value: When | None, style: Style = "month") -> Markup:
        """A date as `when` prints it; one a machine can read says so, one that links does."""
        if value and value.said:
            return Markup(value.said.html)
        spans = value.spans if value else ()
        dates = {date for span in spans for date in (span.start, span.end)}
        date = dates.pop() if len(dates) == 1 else None
        text = escape(when(value, style))
        if date is None or date.season:
            return text
        return Markup(f'<time datetime="{date.iso}">{text}</time>')

    return time


def _cited(paper: Publication, style: CitationStyle, linked: bool, site: Site) -> Markup:
    """A publication in a citation style, its title a link to its page or not."""
    from builder.citing.writer import reference_html

    return Markup(reference_html(paper, style, site.words, linked=linked))


@pass_context
def _citation_style(context: Context) -> str:
    """The style in which publications are cited here: the list's own, the page's, or the site's."""
    page = context.get("page")
    asked = (context.get("style"), getattr(page, "citation_style", ""))
    return next((style for style in asked if style), context["site"].citation_style)


def _json(value: Any) -> Markup:
    """JSON that may stand in a `<script>` of data."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def icon_file(config: Config, name: str) -> Path | None:
    """The SVG of an icon, the site's own or the theme's; None when there is none of that name."""
    folders = [config.root / "static" / "icons", theme_folder("static") / "icons"]
    files = (folder / f"{slug(name)}.svg" for folder in folders) if name else ()
    return next((file for file in files if file.is_file()), None)


def _icon(config: Config, reads: Reads) -> Callable[[str], Markup]:
    found: dict[str, Markup] = {}

    def icon(name: str) -> Markup:
        """The SVG of an icon, to stand in the page; nothing when the theme has none of that name."""
        reads.note(f"icon {name}")
        if name not in found:
            file = icon_file(config, name)
            found[name] = Markup(file.read_text("utf-8").strip()) if file else Markup("")
        return found[name]

    return icon
