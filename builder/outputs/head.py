"""What a page says of itself to machines: title, description, preview, structured data.

Sources: the Open Graph protocol, schema.org's Person, ResearchOrganization, ScholarlyArticle and
BlogPosting.
"""

from __future__ import annotations

from typing import Any

import msgspec

from builder.model.addresses import whole
from builder.model.pages import Page
from builder.model.people import Person
from builder.model.publications import Author, Publication
from builder.model.records import Record
from builder.model.site import Site
from builder.outputs.cards import card_of
from builder.outputs.full_texts import beside_page
from builder.outputs.scholar import Tags, citation_tags
from builder.text.dates import newest
from builder.text.person import same_person


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of one page, resolved."""

    title: str
    """For the `<title>`: the page's, and the site's behind it."""
    name: str
    """The page's own title."""
    description: str
    canonical: str
    """The whole address; empty when the site does not know where it is published."""
    image: str
    """The whole address of a picture for previews; empty when it is not known."""
    card: bool
    """Whether that is a card, which is shown large."""
    kind: str
    """Open Graph's type: website, profile, article."""
    language: str
    alternates: tuple[tuple[str, str], ...] = ()
    """Language and whole address of the same page in each language; none when it is in one."""
    stands_in: bool = False
    """Whether the page is in another language than its surroundings."""
    published: str = ""
    """ISO 8601; empty when there is no date."""
    citation: Tags = ()
    """The `citation_*` tags of a paper, name and content."""
    json_ld: dict[str, Any] = {}
    """schema.org's words on the page; empty for none."""


def head_of(site: Site, page: Any) -> Head:
    """The head of a page, a paper or a record."""
    name, home = page.title.text if page.title else "", page.address == site.home
    site_title = site.title.text
    title = site_title if home or not name or name == site_title else f"{name} · {site_title}"
    date = newest(page.when) if isinstance(page, (Publication, Record)) and page.when else None
    lang = page.lang if isinstance(page, (Page, Record)) else ""
    stands_in = lang in site.languages and lang != site.language
    found = site.addresses_of(page)
    original = found.get(lang, page.address) if stands_in else page.address
    head = Head(
        title=title, name=name if name and not home else site_title, description=_description(site, page),
        canonical=whole(original, site.url) if site.url else "", kind=_kind(page, home and not site.members),
        image=_image(site, page), card=bool(site.url and card_of(site, page)),
        language=site.language if stands_in else lang or site.language, stands_in=stands_in,
        alternates=() if stands_in else _alternates(found, site),
        published=date.iso if date and not date.season else "",
    )  # fmt: skip
    citation = citation_tags(site, page) if isinstance(page, Publication) else ()
    return msgspec.structs.replace(
        head, citation=citation, json_ld=_json_ld(site, page, head, home)
    )


def _alternates(found: dict[str, str], site: Site) -> tuple[tuple[str, str], ...]:
    """For `hreflang`: each language that the page is written in, and `x-default` for any other.

    Source: Google Search's "Tell Google about localized versions of your page".
    """
    if len(found) < 2 or not site.url:
        return ()
    listed = tuple((language, whole(address, site.url)) for language, address in found.items())
    return (*listed, ("x-default", listed[0][1]))


FALLBACK_IMAGE = "/apple-touch-icon.png"
"""The theme's own picture, for a site that has none to show."""


def _image(site: Site, page: Any) -> str:
    """The page's card or picture, else the owner's; no SVG, which hardly any preview shows."""
    offered = (
        card_of(site, page),
        getattr(page, "image", ""),
        getattr(page, "preview", ""),
        site.owner.photo,
    )
    found = next((p for p in offered if p and not p.endswith(".svg")), FALLBACK_IMAGE)
    return _whole(found, site)


def _whole(address: str, site: Site) -> str:
    """An address for machines far from the site; empty when the site does not know where it lives."""
    if "://" in address:
        return address
    return whole(address, site.url) if site.url else ""


def _kind(page: Any, home: bool) -> str:
    return (
        "profile" if home else "article" if isinstance(page, (Publication, Record)) else "website"
    )


def _description(site: Site, page: Any) -> str:
    """One sentence: the author's own, else the first words there are, else the site's."""
    for field in ("description", "summary", "excerpt", "abstract"):
        words = getattr(page, field, None)
        if words:
            return _cut(words.text)
    if isinstance(page, Publication):
        names = ", ".join(a.name.display for a in page.authors[:6])
        return _cut(". ".join(p for p in (page.title.text, names, page.venue.text, page.year) if p))
    owner = site.owner
    own = site.description.text or owner.tagline.text or owner.headline.text
    name = page.title.text if page.title else ""
    if page.address == site.home or not name:
        return _cut(own or site.title.text)
    return _cut(f"{name} · {own or site.title.text}")


def _cut(text: str, length: int = 160) -> str:
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


# ---- schema.org ---------------------------------------------------------------------------------


def _json_ld(site: Site, page: Any, head: Head, home: bool) -> dict[str, Any]:
    if home:
        return {
            "@context": "https://schema.org",
            "@type": "ProfilePage",
            "mainEntity": laboratory(site) if site.members else person(site, site.owner),
        }
    if isinstance(page, Publication):
        return _article(site, page, head)
    if isinstance(page, Record) and page.collection == "posts":
        return _clean({
            "@context": "https://schema.org", "@type": "BlogPosting", "headline": head.name,
            "datePublished": head.published, "description": head.description, "url": head.canonical,
            "inLanguage": head.language, "author": {"@type": LAB if site.members else "Person", "name": site.owner.name},
        })  # fmt: skip
    return {}


LAB = "ResearchOrganization"
"""What schema.org calls a lab."""


def laboratory(site: Site) -> dict[str, Any]:
    """A lab as schema.org's ResearchOrganization, with its members."""
    lab = person(site, site.owner) | {"@type": LAB, "jobTitle": ""}
    members = [
        _clean(person(site, m.person) | {"url": _whole(m.address, site) if m.address else ""})
        for m in site.members
    ]
    return _clean({**lab, "member": members})


def person(site: Site, one: Person) -> dict[str, Any]:
    """One whose site it is as schema.org's Person."""
    photo = _whole(one.photo, site) if one.photo else ""
    return _clean({
        "@type": "Person", "name": one.name, "alternateName": list(one.names.values()),
        "description": one.tagline.text, "jobTitle": one.role.text or one.headline.text,
        "url": f"{site.url}/" if site.url else "", "image": photo, "email": [m for m in one.email[:1] if "@" in m and " " not in m],
        "affiliation": [
            {"@type": "Organization", "name": a.company.text}
            for a in one.affiliations if not site.over(a.end_date)
        ],
        "sameAs": [k.url for k in one.links if k.url.startswith("http")] + list(one.website),
    })  # fmt: skip


_CREATIVE = {
    "article-journal": "ScholarlyArticle", "paper-conference": "ScholarlyArticle", "article": "ScholarlyArticle",
    "book": "Book", "chapter": "Chapter", "thesis": "Thesis", "report": "Report", "dataset": "Dataset",
    "software": "SoftwareSourceCode",
}  # fmt: skip
"""CSL item types in schema.org's words; any other is a ScholarlyArticle."""


def _article(site: Site, paper: Publication, head: Head) -> dict[str, Any]:
    first, _, last = paper.pages.partition("–")
    pdf = whole(beside_page(paper) or paper.pdf, site.url)
    return _clean({
        "@context": "https://schema.org", "@type": _CREATIVE.get(paper.type, "ScholarlyArticle"),
        "headline": paper.title.text, "name": paper.title.text, "abstract": paper.abstract.text,
        "datePublished": head.published, "author": [_author(site, a) for a in paper.authors],
        "isPartOf": _container(paper), "pageStart": first, "pageEnd": last, "image": head.image,
        "publisher": {"@type": "Organization", "name": paper.publisher.text} if paper.publisher else {},
        "keywords": list(dict.fromkeys((*paper.topics, *paper.keywords))), "isbn": paper.isbn,
        "creativeWorkStatus": site.words.get(f"status_{paper.status}") if paper.status != "published" else "",
        "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": paper.doi} if paper.doi else {},
        "sameAs": [k.url for k in paper.links if k.kind in ("doi", "arxiv", "preprint")],
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": pdf} if "://" in pdf else {},
        "url": head.canonical, "inLanguage": paper.language or head.language,
    })  # fmt: skip


def _author(site: Site, author: Author) -> dict[str, Any]:
    home = _home(site, author) if author.owner and site.url else author.url
    kind = "Organization" if author.name.literal else "Person"
    return _clean({"@type": kind, "name": author.name.display, "url": home})


def _home(site: Site, owner: Author) -> str:
    """Where an owner is at home: on this site, of a lab's site where it says more of them."""
    mine = (
        whole(member.address, site.url)
        for member in site.members
        if any(same_person(owner.name, form) for form in member.person.known_as)
    )
    return next(mine, owner.url) if site.members else f"{site.url}/"


def _container(paper: Publication) -> dict[str, Any]:
    """What it stands in: an issue of a volume of a journal, or a book."""
    if not paper.container:
        return {}
    kind = "Periodical" if paper.type == "article-journal" else "Book"
    work = _clean(
        {"@type": kind, "name": paper.container.text, "issn": paper.extra.get("issn", "")}
    )
    for name, number in (("volume", paper.volume), ("issue", paper.issue)):
        if number:
            key = f"{name}Number"
            work = {"@type": f"Publication{name.capitalize()}", key: number, "isPartOf": work}
    return work


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that have nothing to say."""
    return {key: value for key, value in values.items() if value}
