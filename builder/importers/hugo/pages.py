"""Pages of a Hugo site that are no records: plain ones, and the lists of its sections."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.hugo.blocks import blocks_of
from builder.importers.hugo.bodies import body_of, inline_of
from builder.importers.hugo.pictures import featured
from builder.importers.hugo.site import SECTIONS, HugoSite, Page
from builder.importers.values import first_text, listed, text_of
from builder.importers.yamlout import front_matter
from builder.text.slugs import slug


def write_page(site: HugoSite, page: Page) -> None:
    """Any other page, at its address."""
    site.move.taken["pages"] += 1
    front: dict[str, Any] = {
        "title": text_of(page.front.get("title")) or page.slug.replace("-", " ").capitalize()
    }
    front["description"] = first_text(page.front, "summary", "subtitle")
    front |= {
        "permalink": page.url,
        "redirect_from": page.redirects,
        "image": featured(site, page),
    }
    day = text_of(page.front.get("date"))[:10]
    front["date"] = day if re.fullmatch(r"(?!1970|0001)\d{4}-\d{2}-\d{2}", day) else ""
    front["tags"] = listed(page.front.get("tags"))
    if page.is_draft:
        front["draft"] = "true"
    if text_of(page.front.get("toc")) == "true":
        front["toc"] = "true"
    inside = re.sub(r"[^\w./-]+", "-", page.url.strip("/")) or "index"
    if front["permalink"] == f"/{inside}/":
        front.pop("permalink")
    if inside.split("/")[0] in SECTIONS.values():
        front["permalink"], inside = page.url, inside.replace("/", "-")
    blocks, layout = blocks_of(site, page)
    front["layout"] = layout
    bio = inline_of(site, text_of(page.front.get("bio")), page)
    body = "\n\n".join(filter(None, (bio, body_of(site, page), blocks)))
    site.move.write(site.move.free(f"content/{inside}.md"), front_matter(front, body), page.path)
    site.leads(page)
    site.move.given["pages"] += 1


def write_section_page(site: HugoSite, page: Page) -> None:
    """`_index.md` of a section: the list of its records, at its address."""
    collection = SECTIONS.get(page.section, "")
    if not collection or page.path.count("/") > 2:
        write_page(site, page)
        return
    front = {
        "title": text_of(page.front.get("title")) or collection.capitalize(),
        "layout": collection,
        "permalink": page.url,
        "redirect_from": page.redirects,
    }
    if page.url == f"/{collection}/":
        front.pop("permalink")
    site.move.taken["pages"] += 1
    site.move.write(
        site.move.free(f"content/{page.section}.md"),
        front_matter(front, body_of(site, page)),
        page.path,
    )
    site.leads(page)
    site.move.given["pages"] += 1


def lists_without_a_page(site: HugoSite) -> None:
    """Sections that had a list of their own without a file for it."""
    for section, pages in site.by_section.items():
        collection = SECTIONS.get(section, "")
        if (
            collection
            and not any(p.path == f"content/{section}/_index.md" for p in pages)
            and section != collection
        ):
            front = {
                "title": collection.capitalize(),
                "layout": collection,
                "permalink": f"/{section}/",
            }
            site.move.write(site.move.free(f"content/{section}.md"), front_matter(front, ""))
            site.move.leads(f"/{section}/", f"/{section}/", f"content/{section}/")
    tags = sorted(
        {
            t
            for p in site.pages
            for t in listed(p.front.get("tags"))
            if SECTIONS.get(p.section, "") != "publications"
        }
    )
    if tags:
        old = [f"/{word}/{slug(t)}/" for t in tags for word in ("tag", "tags")]
        site.move.write(
            "content/tags.md",
            front_matter({"title": "Tags", "layout": "tags", "redirect_from": [*old, "/tag/"]}, ""),
        )
