"""Hugo Blox, wowchemy and Academic: page bundles, authors, widgets and blocks.

Source: Hugo's documentation of page bundles, URLs and aliases; the starter templates of each
generation for front matter.
"""

from __future__ import annotations

from builder.importers.hugo.assets import copy_assets
from builder.importers.hugo.home import Home
from builder.importers.hugo.pages import lists_without_a_page, write_page, write_section_page
from builder.importers.hugo.papers import write_paper
from builder.importers.hugo.people import write_people
from builder.importers.hugo.records import write_record
from builder.importers.hugo.settings import write_settings
from builder.importers.hugo.site import SECTIONS, HugoSite, Page
from builder.importers.moving import Move
from builder.importers.papers import write_papers


def import_hugo(move: Move) -> None:
    """Hugo Blox, wowchemy, Academic."""
    site = HugoSite(move)
    for page in site.pages:
        _bring_over(page, site)
    lists_without_a_page(site)
    write_papers(move, site.papers.values())
    Home(site).write()
    write_people(site)
    write_settings(site)
    copy_assets(site)


def _bring_over(page: Page, site: HugoSite) -> None:
    """One page, by the folder that it lies in; authors and the home page are brought over whole."""
    collection = SECTIONS.get(page.section, "")
    if page.section in ("authors", "author", "home") or page.url == "/":
        return
    if page.path.endswith("_index.md"):
        write_section_page(site, page)
    elif collection == "publications":
        write_paper(site, page)
    elif collection:
        write_record(site, page, collection)
    else:
        write_page(site, page)
