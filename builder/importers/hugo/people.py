"""The authors of a Hugo site as people.yaml: the owner, and everyone else with a page."""

from __future__ import annotations

from typing import Any

from builder.importers.hugo.site import PICTURES, HugoSite
from builder.importers.owners import is_mail
from builder.importers.values import first_text, text_of
from builder.text.slugs import slug


def write_people(site: HugoSite) -> None:
    """people.yaml: the owner first, then the others of `authors/`."""
    records = []
    for name in sorted(site.people, key=lambda s: s != site.owner_slug):
        person = person_of(site, name, site.people[name])
        if person.get("name"):
            records.append(person)
            site.move.into.setdefault(site.people[name]["path"], []).append("content/people.yaml")
    for page in site.by_section.get("people", []):
        if not page.path.endswith("_index.md"):
            records.append(
                person_of(site, page.slug, {**page.front, "path": page.path, "slug": page.slug})
            )
    site.move.taken["people"], site.move.given["people"] = len(site.people), len(records)
    if records:
        site.move.write_yaml("content/people.yaml", records)


def person_of(site: HugoSite, name: str, author: dict[str, Any]) -> dict[str, Any]:
    """One author as a record of people.yaml."""
    own = name == site.owner_slug
    person: dict[str, Any] = {
        "name": first_text(author, "title", "name") or (site.owner_name if own else "")
    }
    if own:
        person["owner"] = "true"
    role = text_of(author.get("role"))
    posts = author.get("organizations")
    places = (
        [
            {"company": text_of(o.get("name")), "url": text_of(o.get("url"))}
            for o in posts
            if isinstance(o, dict) and o.get("name")
        ]
        if isinstance(posts, list)
        else []
    )
    places = [{k: v for k, v in p.items() if v} for p in places]
    if role and own:
        person["headline"] = ", ".join([role, *(p["company"] for p in places)])
    elif role:
        person["role"] = role
    person["affiliations"] = places
    bio = text_of(author.get("bio"))
    person["tagline" if own else "bio"] = bio
    if not own and text_of(author.get("biography")):
        person["bio"] = "\n\n".join(filter(None, (bio, text_of(author["biography"]))))
    if isinstance(author.get("pronouns"), str):
        person["pronouns"] = author["pronouns"]
    email, links = profiles_of(site, author)
    if email and email not in ("test@example.org", "your-email@example.com"):
        person["email"] = email
        if not is_mail(email):
            words = f"the mail address {email!r} is kept as it is written"
            site.move.note("approximated", author["path"], words)
    person["links"] = links
    add_portrait(site, person, author)
    return {k: v for k, v in person.items() if v}


def profiles_of(site: HugoSite, author: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The mail address of an author, and the profiles with their labels."""
    email = text_of(author.get("email"))
    links: dict[str, str] = {}
    social = author.get("social")
    for link in (i for i in social if isinstance(i, dict)) if isinstance(social, list) else ():
        target = first_text(link, "link", "url")
        if target.startswith("mailto:"):
            email = email or target.removeprefix("mailto:")
        elif target and not target.lstrip("/").startswith("#"):
            whole = target if "://" in target or target.startswith("/") else f"/{target}"
            new, file, _ = site.resolver.resolve(whole, "/")
            site.move.linked.update({file: None} if file else {})
            label = text_of(link.get("label")) or _network(text_of(link.get("icon")))
            links.setdefault(label or target, new)
    return email, links


def add_portrait(site: HugoSite, person: dict[str, Any], author: dict[str, Any]) -> None:
    """The picture beside an author."""
    folder = author["path"].rpartition("/")[0]
    names = [text_of(author.get("avatar_filename")), *(f"avatar{e}" for e in PICTURES)]
    file = site.source.first(
        *(f"{folder}/{n}" for n in names if n),
        *(f"assets/media/{n}" for n in names if n),
        *(f"assets/media/authors/{author.get('slug', 'me')}{e}" for e in PICTURES),
        *(f"static/img/{n}" for n in names if n),
    )
    if file and site.source.files[file]:
        site.move.copy(
            f"content/images/{slug(person['name'])}{file[file.rindex('.') :].lower()}", file
        )
        person["photo"] = site.move.into[file][-1].removeprefix("content/")


def _network(icon: str) -> str:
    word = icon.rpartition("/")[2]
    known = {"google-scholar": "Google Scholar", "github": "GitHub", "linkedin": "LinkedIn", "orcid": "ORCID", "twitter": "X", "x-twitter": "X",
             "cv": "CV", "dblp": "DBLP", "researchgate": "ResearchGate", "youtube": "YouTube", "mastodon": "Mastodon", "bluesky": "Bluesky",
             "gitlab": "GitLab", "semantic-scholar": "Semantic Scholar", "arxiv": "arXiv", "stack-overflow": "Stack Overflow"}  # fmt: skip
    return known.get(word, word.replace("-", " ").title())
