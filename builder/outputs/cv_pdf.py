"""The CV as PDF: what each form of it says, as plain data that a design in `layouts/cv/` sets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from builder.config import Config
from builder.model.cv_forms import Cv
from builder.model.people import Affiliation, Person
from builder.model.site import Site
from builder.outputs.cv_parts import Data, Setting, section
from builder.outputs.output import Made, Output
from builder.outputs.outside import outside_of
from builder.sources import Records
from builder.text.plain_writer import width
from builder.text.typst_writer import Line, Outside, joined, line_of, linked, plain
from builder.text.words import direction


def cv_pdfs(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """A PDF of each form of the CV. A file of the author's own at its address takes its place."""
    outside = outside_of(records, site)
    for form in (*site.cvs, *site.private_cvs):
        if form.pdf and form.sections:
            data = json.dumps(_data(form, site, outside), ensure_ascii=False, separators=(",", ":"))
            yield Output(
                path=form.pdf.lstrip("/"), content=Made("typst", data.encode("utf-8", "replace"), form.asked_at),
                asked_by=form.place, gives_way=True, private=not form.published,
            )  # fmt: skip


def _data(form: Cv, site: Site, outside: Outside) -> dict[str, Any]:
    setting = Setting(site, outside, site.paper_numbers)
    name = site.cv_owner.name or site.title.text
    sections = [section(part, 2, setting) for part in form.sections]
    return {
        "design": form.design, "paper": form.paper, "pages": form.pages, "form": form.name,
        "accent": site.theme.accent, "language": site.language, **_locale(site.language),
        "rtl": direction(site.language) == "rtl", "widest": _widest(sections), "today": site.today, "comma": site.words["comma"],
        "name": name, "title": form.title.text, "description": site.cv_owner.headline.text,
        "head": _head(form, site, setting), "sections": sections,
    }  # fmt: skip


_BESIDE = 26
"""Up to how many letters a text beside an entry is to stand in one line."""


def _widest(sections: Iterable[Data]) -> dict[str, int]:
    """How many letters the longest date, place and label have that are to stand in one line."""
    widths: dict[str, list[int]] = {"when": [], "place": [], "label": []}
    for kind, item in _rows(run for part in sections for run in part["runs"]):
        beside = {key: item.get(key) for key in ("when", "place")}
        beside["label"] = item.get("title") if kind == "one_line" else None
        for key, line in beside.items():
            widths[key] += _widths(plain(line)) if line else ()
    return {
        key: max((n for n in found if n <= _BESIDE), default=0) for key, found in widths.items()
    }


def _widths(text: str) -> Iterable[int]:
    """How wide the text is, or of one that is too long for a line what stands between its commas."""
    whole = _room(text)
    return (whole,) if whole <= _BESIDE else map(_room, re.split(r"(?<=[,–]) ", text))


def _room(text: str) -> int:
    """The room that a text takes, in letters; one of East Asia has some more around it among figures."""
    return 2 * width(text) - len(text)


def _rows(runs: Iterable[Data]) -> Iterator[tuple[str, Data]]:
    """Every item of the runs at any depth, with the kind of its run."""
    for run in runs:
        for item in run["items"]:
            yield run["kind"], item
            yield from _rows(item.get("runs", ()))


_REGION = re.compile(r"-([A-Za-z]{2})(?:-|$)")


def _locale(language: str) -> dict[str, str | None]:
    """Language and region as typst has them: two or three letters, and two or none."""
    region = _REGION.search(language)
    return {"lang": language.split("-")[0].lower(), "region": region[1].lower() if region else None}


def _head(form: Cv, site: Site, setting: Setting) -> dict[str, Any]:
    owner, outside = site.cv_owner, setting.outside
    street = form.street or site.address
    place = [line_of(owner.location, outside), [owner.pronouns] if owner.pronouns else []]
    return {
        "also": [{"language": code, "name": name} for code, name in owner.names.items()],
        "roles": list(_roles(owner, site, outside)),
        "places": [line for line in (joined(place, " · "), line_of(street, outside)) if line],
        "contacts": list(_contacts(owner, form.phone or owner.phone, setting)),
    }  # fmt: skip


def _roles(owner: Person, site: Site, outside: Outside) -> Iterable[Line]:
    if owner.role or owner.headline:
        yield line_of(owner.headline or owner.role, outside)
        return
    for post in owner.affiliations:
        if not site.over(post.end_date):
            yield _affiliation(post, outside)


def _affiliation(post: Affiliation, outside: Outside) -> Line:
    company = linked(line_of(post.company.unlinked), outside(post.url))
    return joined([line_of(post.position, outside), line_of(post.department, outside), company])


def _contacts(owner: Person, phone: tuple[str, ...], setting: Setting) -> Iterable[dict[str, Any]]:
    """Ways to reach the owner: on paper an address is read, so that it is spelled out."""
    outside = setting.outside
    for address in owner.email:
        linkable = "@" in address and " " not in address
        yield _contact("", address, f"mailto:{address}" if linkable else "")
    for number in phone:
        yield _contact("", number, "tel:" + number.replace(" ", ""))
    for address in owner.website:
        yield _contact("", _spelled(outside(address) or address), outside(address))
    for link in owner.links:
        url = outside(link.url)
        yield _contact(link.label.text, _account(link.kind, url), url)


def _contact(label: str, text: str, url: str) -> dict[str, Any]:
    return {"label": label, "text": text, "url": url}


def _spelled(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/") or url


_NAMED = frozenset({
    "github", "gitlab", "codeberg", "bitbucket", "orcid", "linkedin", "bluesky", "mastodon", "x", "twitter",
    "telegram", "huggingface", "keybase", "medium", "instagram", "youtube", "kaggle",
})  # fmt: skip
"""Networks whose addresses end in a name that people know one by."""


def _account(kind: str, url: str) -> str:
    name = url.rstrip("/").rpartition("/")[2] if kind in _NAMED else ""
    return f"{name}@{urlsplit(url).hostname}" if kind == "mastodon" else name
