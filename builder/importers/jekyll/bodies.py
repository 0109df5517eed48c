"""A text of a Jekyll site in Folio's Markdown, when its Liquid is run: HTML, attributes, links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from builder.importers import kramdown, markup, targets
from builder.importers.jekyll.includes import Includes
from builder.importers.jekyll.reading import Doc
from builder.importers.jekyll.variables import variables_of
from builder.importers.jinja import LISTED, SITE_URL, finished
from builder.importers.liquid import translate
from builder.importers.liquid.room import Room
from builder.importers.values import listed
from builder.text.slugs import slug

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


def liquid_line(jekyll: Jekyll, text: str, doc: Doc) -> str:
    """A line of front matter with its Liquid run."""
    room = Room(text, Includes(jekyll, doc), doc)
    return re.sub(
        "[\ue010-\ue015]|" + f"{LISTED}\\d+{LISTED}",
        "",
        translate(text, room, variables_of(jekyll, doc)),
    ).strip()


def dressed(jekyll: Jekyll, text: str, doc: Doc) -> str:
    """A text whose Liquid is done, as Folio's Markdown: HTML, attributes, targets."""
    text = re.sub(rf"{SITE_URL}(?=/)", "", text).replace(SITE_URL, jekyll.site.url or "/")
    tell = lambda verdict, words: jekyll.move.note(verdict, doc.path, words)  # noqa: E731
    if doc.path.lower().endswith((".html", ".htm")):
        text = markup.dedented(text)
    text = markup.cleaned(text, tell)
    text = kramdown.to_folio(text)
    if "jemoji" in listed(jekyll.site.config.get("plugins")):
        text = kramdown.emoji(text)
    text = targets.rewritten(text, lambda target: jekyll.target(target, doc))
    text = finished(text)
    text = re.sub(r"^[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def anchored(target: str, doc: Doc) -> str:
    """A target with the part of a page as Folio names it: kramdown's ids keep accents and signs."""
    address, sign, part = target.partition("#")
    if (
        not sign
        or not part
        or "://" in address
        or f'"{part}"' in doc.found.body
        or f"#{part}}}" in doc.found.body.replace(" ", "")
    ):
        return target
    if address in ("", doc.url):
        for heading in _HEADING.finditer(doc.found.body):
            words = heading["atx"] or heading["setext"]
            if kramdown_id(words) == part:
                return f"{address}#{slug(words)}"
    if re.fullmatch(r"(?:fn|fnref)[:\w-]*|[a-z0-9]+(?:-[a-z0-9]+)*", part):
        return target
    return f"{address}#{slug(unquote(part))}"


_HEADING = re.compile(
    r"^#{1,6}[ \t]+(?P<atx>[^\n]*?)[ \t]*#*$|^(?P<setext>[^\s#>-][^\n]*)\n(?:=+|-+)[ \t]*$",
    re.MULTILINE,
)


def kramdown_id(words: str) -> str:
    """The id that kramdown gives a heading: what stands before the first letter is left away.

    Source: kramdown's `Converter::Base#basic_generate_id`.
    """
    kept = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", words))
    return kept.replace(" ", "-").lower()


def tell_comment(jekyll: Jekyll, doc: Doc, line: int, words: str) -> None:
    """Say that commented-out text is not taken over."""
    what = (
        "commented-out text, neither run nor shown"
        if len(words) < 400
        else "a long commented-out part, neither run nor shown"
    )
    jekyll.move.note("left", doc.path, f"{what}: {words[:60]}", doc.found.body_line + line)
