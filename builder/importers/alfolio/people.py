"""Whose an al-folio site is, and the coauthors whose names on its papers are links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.bodies import liquid_line
from builder.importers.jekyll.languages import in_languages
from builder.importers.jekyll.settings import plain
from builder.importers.owners import is_mail, link_of
from builder.importers.values import first_text, listed, text_of

if TYPE_CHECKING:
    from builder.importers.alfolio.site import AlFolio


def person_of(alfolio: AlFolio) -> dict[str, Any]:
    """The owner: the name of the settings, the accounts of settings and socials.yml."""
    config, socials = alfolio.site.config, alfolio.site.data.get("socials")
    parts = [text_of(config.get(k)) for k in ("first_name", "middle_name", "last_name")]
    title = text_of(alfolio.about.front.get("title")) if alfolio.about else ""
    known = (
        " ".join(filter(None, parts)),
        text_of(config.get("name")),
        text_of(config.get("title")),
    )
    alike = any(set(plain(title).casefold().split()) & set(k.casefold().split()) for k in known)
    names = (title if alike else "", *known, title)
    name = next(
        (
            plain(n)
            for n in names
            if n and n != "blank" and not re.fullmatch(r"(?i)about( me)?|home", n)
        ),
        "",
    )
    person: dict[str, Any] = {"name": name, "owner": "true"}
    if alfolio.about:
        subtitle = plain(
            liquid_line(alfolio, text_of(alfolio.about.front.get("subtitle")), alfolio.about)
        )
        description = text_of(alfolio.about.front.get("description"))
        key = "subtitle" if subtitle else "description"
        headline = in_languages(alfolio, alfolio.about, subtitle or description, key)
        person |= {"headline": headline} if headline else {}
    person |= profile_of(alfolio)
    found = dict(config) | (socials if isinstance(socials, dict) else {})
    mails = [m for m in listed(found.get("email")) if m != "you@example.com"]
    if mails:
        person["email"] = mails[0]
        if not is_mail(mails[0]):
            alfolio.move.note(
                "approximated",
                "_config.yml",
                f"the mail address {mails[0]!r} is kept as it is written",
            )
    links = accounts(found)
    if links:
        person["links"] = links
    return person


def profile_of(alfolio: AlFolio) -> dict[str, Any]:
    """Portrait and address beside the about page's text."""
    profile = alfolio.about.front.get("profile") if alfolio.about else None
    profile = profile if isinstance(profile, dict) else {}
    found: dict[str, Any] = {}
    more = first_text(profile, "more_info", "address")
    lines = [plain(p) for p in re.split(r"</p>|<br\s*/?>|\n", more) if plain(p)]
    if lines and not re.match(r"555 your|123 your", lines[0]):
        found["location"] = ", ".join(lines)
    image = text_of(profile.get("image"))
    if image:
        new, file, there = alfolio.resolver.resolve(
            image if "/" in image else f"/assets/img/{image}", "/"
        )
        if there and file:
            found["photo"] = new.lstrip("/")
            alfolio.move.linked[file] = None
        elif not there:
            alfolio.move.note("missing", "_pages/about.md", f"the picture {image} is not there")
    return found


def accounts(found: dict[str, Any]) -> dict[str, str]:
    """Profiles: `*_username`, `*_id`, `*_url`, and the custom ones."""
    links: dict[str, str] = {}
    for key, value in found.items():
        if (
            isinstance(value, dict)
            and value.get("url")
            and value.get("title") not in (None, "Custom Social")
        ):
            links[text_of(value["title"])] = text_of(value["url"])
            continue
        network = re.fullmatch(r"(\w+?)_(?:username|userid|id|url|number)", key)
        typed = text_of(value)
        if not network or not typed or key in _NOT_ACCOUNTS or typed in _SAMPLE_ACCOUNTS:
            continue
        label = link_of(network[1].replace("_", ""), typed) or link_of(network[1], typed)
        if label:
            links.setdefault(*label)
    return links


def coauthors_of(alfolio: AlFolio) -> list[dict[str, Any]]:
    """coauthors.yml: people whose names on papers are links."""
    listed_people = alfolio.site.data.get("coauthors")
    people: list[dict[str, Any]] = []
    for family, entries in (listed_people if isinstance(listed_people, dict) else {}).items():
        for entry in entries if isinstance(entries, list) else [entries]:
            if (
                not isinstance(entry, dict)
                or "wikipedia.org" in text_of(entry.get("url"))
                or not entry.get("url")
            ):
                continue
            first = listed(entry.get("firstname"))
            full = f"{first[0]} {_capital(family)}" if first else family
            aliases = [f"{name} {_capital(family)}" for name in first[1:]]
            people.append(
                {"name": full, "role": "Coauthor", "website": text_of(entry["url"])}
                | ({"aliases": aliases} if aliases else {})
            )
    return people


_NOT_ACCOUNTS = frozenset(
    {"google_analytics_id", "disqus_shortname", "wechat_id", "cronitor_id", "pirsch_site_id"}
)

_SAMPLE_ACCOUNTS = frozenset({"qc6CJjYAAAAJ", "1010907"})


def _capital(family: str) -> str:
    return " ".join(w[:1].upper() + w[1:] for w in family.split())
