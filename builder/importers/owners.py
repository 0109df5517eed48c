"""Whose site it is: the author block of a Jekyll site, or another system's, as people.yaml has it."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.values import first_text, listed, text_of
from builder.model.people import profile_url

NETWORKS = {
    "googlescholar": ("Google Scholar", ""), "orcid": ("ORCID", ""), "github": ("GitHub", ""), "linkedin": ("LinkedIn", ""),
    "twitter": ("X", ""), "x": ("X", ""), "bluesky": ("Bluesky", ""), "mastodon": ("Mastodon", ""), "researchgate": ("ResearchGate", ""),
    "academia": ("Academia", ""), "arxiv": ("arXiv", ""), "inspire-hep": ("INSPIRE", ""), "impactstory": ("Impactstory", "https://profiles.impactstory.org/u/{}"),
    "semantic": ("Semantic Scholar", ""), "pubmed": ("PubMed", ""), "scopus": ("Scopus", ""), "medium": ("Medium", ""),
    "telegram": ("Telegram", ""), "bitbucket": ("Bitbucket", ""), "gitlab": ("GitLab", ""), "kaggle": ("Kaggle", ""),
    "stackoverflow": ("Stack Overflow", ""), "facebook": ("Facebook", ""), "instagram": ("Instagram", ""),
    "keybase": ("Keybase", ""), "youtube": ("YouTube", ""), "zhihu": ("Zhihu", ""), "weibo": ("Weibo", ""),
    "wikipedia": ("Wikipedia", ""), "dblp": ("DBLP", ""), "codepen": ("CodePen", "https://codepen.io/{}"),
    "dribbble": ("Dribbble", "https://dribbble.com/{}"), "artstation": ("ArtStation", "https://www.artstation.com/{}"),
    "flickr": ("Flickr", "https://www.flickr.com/{}"), "foursquare": ("Foursquare", "https://foursquare.com/{}"),
    "goodreads": ("Goodreads", "https://www.goodreads.com/{}"), "google_plus": ("Google+", "https://plus.google.com/+{}"),
    "lastfm": ("Last.fm", "https://www.last.fm/user/{}"), "pinterest": ("Pinterest", "https://www.pinterest.com/{}"),
    "soundcloud": ("SoundCloud", "https://soundcloud.com/{}"), "steam": ("Steam", "https://steamcommunity.com/id/{}"),
    "tumblr": ("Tumblr", "https://{}.tumblr.com"), "vine": ("Vine", "https://vine.co/u/{}"), "xing": ("XING", "https://www.xing.com/profile/{}"),
    "openreview": ("OpenReview", ""), "huggingface": ("Hugging Face", ""), "publons": ("Publons", "https://publons.com/a/{}"),
    "zotero": ("Zotero", "https://www.zotero.org/{}"), "philpeople": ("PhilPeople", "https://philpeople.org/profiles/{}"),
    "ssrn": ("SSRN", "https://ssrn.com/author={}"), "hal": ("HAL", "https://cv.hal.science/{}"), "acm": ("ACM", "https://dl.acm.org/profile/{}"),
    "ads": ("ADS", ""), "wikidata": ("Wikidata", ""), "discord": ("Discord", "https://discord.com/users/{}"), "strava": ("Strava", "https://www.strava.com/athletes/{}"),
    "unsplash": ("Unsplash", "https://unsplash.com/@{}"), "spotify": ("Spotify", "https://open.spotify.com/user/{}"),
    "leetcode": ("LeetCode", ""), "osf": ("OSF", "https://osf.io/{}"), "scholar": ("Google Scholar", ""), "semanticscholar": ("Semantic Scholar", ""),
    "inspirehep": ("INSPIRE", ""), "inspire": ("INSPIRE", ""), "research_gate": ("ResearchGate", ""), "blogger": ("Blogger", "{}"),
    "whatsapp": ("WhatsApp", ""), "quora": ("Quora", "https://www.quora.com/profile/{}"), "cnblogs": ("cnblogs", "https://www.cnblogs.com/{}"),
}  # fmt: skip
"""The keys of an author block: the network's name, and its pattern where Folio knows none."""

_CODES = {
    "semantic": "semanticscholar",
    "inspire-hep": "inspirehep",
    "inspire": "inspirehep",
    "scholar": "googlescholar",
    "research_gate": "researchgate",
}
_READ = frozenset({
    "name", "avatar", "pronouns", "bio", "location", "employer", "uri", "email", "links", "office", "home",
    "family_name", "given_name", "picture",
})  # fmt: skip


def link_of(network: str, typed: str) -> tuple[str, str] | None:
    """The label and address of a profile from a network's key and a user's name or address."""
    label, pattern = NETWORKS.get(network, (network.replace("_", " ").title(), ""))
    value = typed.strip()
    if not value:
        return None
    if "://" in value or value.startswith("/"):
        return label, value
    if value.startswith("www."):
        return label, f"https://{value}"
    known = profile_url(_CODES.get(network, network), value)
    url = known or (pattern.format(value) if pattern else "")
    return (label, url) if url else None


def is_mail(text: str) -> bool:
    """Whether a text is an address that mail can be sent to; `x (at) y (dot) z` is not."""
    return bool(re.fullmatch(r"[^\s@()<>#]+@[^\s@()<>#]+\.[^\s@()<>#]+", text))


def owner_of(author: dict[str, Any], fallback: str, tell: Any) -> dict[str, Any]:
    """The owner's record of people.yaml; `tell` takes a verdict and words."""
    name = text_of(author.get("name")) or fallback
    person: dict[str, Any] = {"name": name, "owner": "true"}
    if pronouns := text_of(author.get("pronouns")):
        person["pronouns"] = pronouns
    bio = " ".join(re.sub(r"<br\s*/?>", ", ", text_of(author.get("bio"))).split())
    bio = re.sub(r"<[^>]+>", "", bio)
    employer = re.sub(r"<[^>]+>", "", text_of(author.get("employer")))
    known = employer.casefold() in bio.casefold()
    if bio and len(bio) < 90:
        person["headline"] = bio if known else f"{bio}, {employer}"
    elif bio:
        person["tagline"] = bio
    if employer and not known:
        person["affiliations"] = [{"company": employer}]
    if location := text_of(author.get("location")):
        person["location"] = location
    mails = [m for m in listed(author.get("email")) if is_mail(m)]
    if mails:
        person["email"] = mails if len(mails) > 1 else mails[0]
    for hidden in (m for m in listed(author.get("email")) if not is_mail(m)):
        person["email"] = hidden
        tell(
            "approximated", f"the mail address {hidden!r} is kept as it is written, and is no link"
        )
    if site := text_of(author.get("uri")):
        person["website"] = site
    links: dict[str, str] = {}
    for key, value in author.items():
        if key in _READ or not text_of(value):
            continue
        found = link_of(key, text_of(value))
        if found:
            links.setdefault(*found)
        else:
            tell("left", f"author.{key}: {text_of(value)!r}; no address is known for it")
    links |= _own_links(author.get("links"))
    if links:
        person["links"] = links
    return person


def _own_links(typed: Any) -> dict[str, str]:
    found = {}
    for link in typed if isinstance(typed, list) else []:
        url = text_of(link.get("url")) if isinstance(link, dict) else ""
        if url and url != "#":
            found[first_text(link, "label", "title") or url] = url
    return found
