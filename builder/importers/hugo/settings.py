"""site.yaml from the settings of a Hugo site, and its menu."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.hugo.site import SECTIONS, HugoSite
from builder.importers.values import first_text, text_of


def write_settings(site: HugoSite) -> None:
    """site.yaml."""
    url = first_text(site.config, "baseURL", "baseurl")
    url = (
        url
        if re.match(r"https?://[^/]+", url)
        else f"https://{url}"
        if re.match(r"[\w-]+(\.[\w-]+)+/?$", url)
        else ""
    )
    language = first_text(site.config, "languageCode", "defaultContentLanguage")
    settings = {
        "title": title_of(site), "description": text_of(site.params.get("description")),
        "url": "" if re.search(r"example\.(?:com|org)", url) else url.rstrip("/"),
        "language": language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else "", "navigation": menu_of(site),
    }  # fmt: skip
    site.move.write_yaml(
        "site.yaml",
        {k: v for k, v in settings.items() if v} or {"title": "Home"},
        *site.source.below("config"),
        *[p for p in site.source.files if re.fullmatch(r"(?:hugo|config)\.(?:toml|ya?ml)", p)],
    )


def title_of(site: HugoSite) -> str:
    """The site's title; the owner's name where the theme's own was never changed."""
    title = text_of(site.config.get("title"))
    theirs = re.fullmatch(
        r"(?i)(hugo )?(academic|blox|wowchemy)( cv| kickstart| resumé)?( theme| site)?|my (new )?(hugo )?site",
        title,
    )
    return site.owner_name if not title or (theirs and site.owner_name) else title


def menu_of(site: HugoSite) -> list[dict[str, Any]]:
    """The menu; entries that lead to a part of the home page lead to the list it showed."""
    found = site.settings_of("menus")
    items = found.get("main") or (
        (site.config.get("menu") or site.config.get("menus") or {}).get("main")
        if isinstance(site.config.get("menu") or site.config.get("menus") or {}, dict)
        else None
    )
    entries = []
    for item in sorted(
        (i for i in items or [] if isinstance(i, dict)),
        key=lambda i: (
            float(text_of(i.get("weight")) or 0)
            if re.fullmatch(r"-?\d+", text_of(i.get("weight")) or "0")
            else 0
        ),
    ):
        name, url = (
            text_of(item.get("name")),
            first_text(item, "url", "pageRef"),
        )
        target = (
            shown_by_widget(site, url)
            if url.lstrip("/").startswith("#")
            else site.resolver.resolve(
                url if "://" in url or url.startswith("/") else f"/{url}", "/"
            )
        )
        if isinstance(target, tuple):
            new, file, there = target
            site.move.linked.update({file: None} if file else {})
            target = new if there else ""
        if target and name:
            entries.append({"title": name, "url": target})
        elif name:
            site.move.note(
                "approximated",
                "(menu)",
                f"the menu entry {name!r} led to {url}; it is left out",
            )
    unique = {e["url"]: e for e in reversed(entries)}
    return [e for e in entries if unique[e["url"]] is e]


def shown_by_widget(site: HugoSite, url: str) -> str:
    """The address that shows what a widget of the home page showed."""
    word = url.lstrip("/#").casefold()
    for section, pages in site.by_section.items():
        collection = SECTIONS.get(section, "")
        if collection and pages and (word.startswith((section[:4], collection[:4]))):
            listing = (
                any(p.path == f"content/{section}/_index.md" for p in pages)
                or section != collection
            )
            return f"/{section}/" if listing else f"/{collection}/"
    if word in ("about", "home", "contact", "hero", "bio"):
        return "/"
    return (
        "/cv/"
        if word in ("experience", "education", "skills", "accomplishments", "awards")
        and "content/cv.yaml" in site.move.site
        else ""
    )
