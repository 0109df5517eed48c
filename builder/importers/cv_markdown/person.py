"""Who a CV is of: the name, and the line of mail, profiles and the like below it."""

from __future__ import annotations

import re

from builder.importers.cv_markdown.blocks import Block, Heading, Para
from builder.importers.cv_markdown.lines import unwrapped
from builder.importers.cv_markdown.ordered import Entry
from builder.importers.owners import is_mail


def person_of(head: list[Block], name: str) -> Entry:
    """The name and the contacts that stand above the first section."""
    cv: Entry = {"name": name} if name else {}
    for block in head:
        if isinstance(block, Heading):
            cv.setdefault("name", unwrapped(block.text))
        elif isinstance(block, Para):
            _contact(cv, block.text)
        else:
            for item in block.items:
                _contact(cv, item.text)
    return cv


_HOSTS = {
    "github.com": "github", "linkedin.com": "linkedin", "scholar.google": "googlescholar", "orcid.org": "orcid",
    "twitter.com": "x", "x.com": "x", "bsky.app": "bluesky", "researchgate.net": "researchgate", "gitlab.com": "gitlab",
}  # fmt: skip


def _contact(cv: Entry, text: str) -> None:
    """Mail, profiles and the like, divided by pipes and dots; what is none of them is a headline."""
    pieces = [p.strip() for p in re.split(r"\s*[|·•‖]\s*|\s{3,}", text) if p.strip()]
    hosts = " ".join(pieces)
    for piece in pieces:
        bare = re.sub(r"^[^\w<\[+(]+\s*", "", piece).strip()
        linked = re.fullmatch(r"\[([^\]]+)\]\(([^)\s]+)\)", bare)
        label, url = (linked[1], linked[2]) if linked else (bare.strip("<>"), bare.strip("<>"))
        if is_mail(url.removeprefix("mailto:")):
            cv.setdefault("email", []).append(url.removeprefix("mailto:"))
        elif re.fullmatch(r"\+?[\d\s().-]{7,}", url):
            cv.setdefault("phone", []).append(url)
        elif re.match(r"https?://|www\.", url) or re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", url):
            whole = url if "://" in url else f"https://{url}"
            kind = next((k for host, k in _HOSTS.items() if host in whole), "website")
            cv.setdefault("links", []).append({"label": label, "url": whole, "kind": kind})
        elif re.search(rf"\b{re.escape(url)}\.github\.io\b", hosts) and re.fullmatch(
            r"[\w-]+", url
        ):
            cv.setdefault("links", []).append(
                {"label": url, "url": f"https://github.com/{url}", "kind": "github"}
            )
        elif "headline" not in cv:
            cv["headline"] = bare
        else:
            cv["headline"] += f" · {bare}"
    for key in ("email", "phone"):
        if isinstance(cv.get(key), list) and len(cv[key]) == 1:
            cv[key] = cv[key][0]
