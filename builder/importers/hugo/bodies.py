"""A text of a Hugo site in Folio's Markdown: its shortcodes run, its links leading where they led."""

from __future__ import annotations

import re

from builder.importers import markup, targets
from builder.importers.hugo.pictures import album
from builder.importers.hugo.shortcodes import Hugo, translated
from builder.importers.hugo.site import HugoSite, Page
from builder.importers.kramdown import without_comments
from builder.importers.values import text_of


def body_of(site: HugoSite, page: Page, text: str | None = None) -> str:
    """A body in Folio's Markdown."""
    body = page.found.body if text is None else text

    def tell(verdict: str, words: str, line: int = 0) -> None:
        site.move.note(verdict, page.path, words, line)  # type: ignore[arg-type]

    body = without_comments(
        body,
        lambda line, words: (
            tell("left", f"commented-out text: {words[:60]}") if len(words) > 20 else None
        ),
    )

    def at_line(verdict: str, words: str, at: int) -> None:
        tell(verdict, words, page.found.body_line + body.count("\n", 0, at))

    hugo = Hugo(
        address=lambda wanted: address_of(site, wanted, page),
        title=lambda wanted: title_at(site, wanted),
        pictures=lambda name: album(site, name, page),
        tell=at_line,
    )
    body = translated(body, hugo)
    body = markup.cleaned(body, tell)
    body = targets.rewritten(body, lambda target: target_of(site, target, page))
    return re.sub(r"\n{3,}", "\n\n", body).strip("\n")


def inline_of(site: HugoSite, text: str, page: Page) -> str:
    """A line of front matter, shortcodes and links in it read."""
    return " ".join(body_of(site, page, text).split()) if text else ""


def target_of(site: HugoSite, typed: str, page: Page) -> str:
    """A link as it leads there in Folio; what leads nowhere is told."""
    new, file, found = site.resolver.resolve(typed, page.url)
    if file:
        site.move.linked[file] = None
    if not found:
        site.move.note(
            "missing",
            page.path,
            f"{typed} leads to nothing at the source",
            page.found.line_of(typed),
        )
    return new


def address_of(site: HugoSite, wanted: str, page: Page) -> str:
    """Where a page or file named by its path lives."""
    bare = re.sub(r"(^|/)(_?index)?\.md$", r"\1", wanted.strip()).rstrip("/")
    for path in (
        bare,
        f"/{bare}",
        f"{page.url}{bare}",
        f"/media/{bare}",
        f"/img/{bare}",
        f"/{page.section}/{bare}",
        f"/publication/{bare}",
    ):
        new, file, found = site.resolver.resolve(path, page.url)
        if found and "://" not in new:
            if file:
                site.move.linked[file] = None
            return new
    name = bare.rsplit("/", 1)[-1].casefold()
    return next((p.url for p in site.pages if p.slug.casefold() == name), "")


def title_at(site: HugoSite, wanted: str) -> str:
    """The title of a page by its path or slug, or the name of an author."""
    name = wanted.strip("/").rsplit("/", 1)[-1].casefold()
    titles = (text_of(p.front.get("title")) for p in site.pages if p.slug.casefold() == name)
    return next(titles, "") or (site.name_of(name) if name in site.people else "")
