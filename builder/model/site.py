"""The site as a whole, resolved: what templates read and outputs write.

`make_sites` takes what the sources hold and gives one frozen model for each language: names
matched, dates read, addresses decided, lists in their order. Nothing after it looks at a source.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from builder.config import Config
from builder.fields import Reading
from builder.model import citations, cv, standard
from builder.model.assets import Assets
from builder.model.bibliography import Bibliography
from builder.model.collections import collections_of, shown, slugs_kept, told_by
from builder.model.cv_forms import Cv, Material, forms_of
from builder.model.lab import Member, members_of
from builder.model.languages import (
    Counterpart,
    Edition,
    Switch,
    documents_in,
    switches,
    translations,
)  # fmt: skip
from builder.model.listing import Grouping
from builder.model.owner import Household, household_of
from builder.model.pages import Page, natural_address, pages_of
from builder.model.papers import papers_written, publications
from builder.model.people import Person
from builder.model.pool import found_in
from builder.model.publications import EXPORTS, Publication
from builder.model.records import Record
from builder.problems import Place, Problems, did_you_mean
from builder.settings import Announcement, CitationStyle, NavigationItem, Settings, Theme
from builder.sources import KNOWN_COLLECTIONS, Records
from builder.text.dates import When, newest, read_when
from builder.text.rich import EMPTY, Rich, plain
from builder.text.slugs import distinct_slugs
from builder.text.words import Words, words_of


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a layout may show. In Jinja, `site.talks` is the collection of that name."""

    title: Rich
    description: Rich
    url: str
    """Scheme, host and base path without a slash at the end; empty when it is not known."""
    base: str
    """The base path, such as `/repo`; empty for a site at `/`."""
    language: str
    languages: tuple[str, ...]
    prefix: str
    """What the addresses of this language begin with: empty for the first, else such as `/de`."""
    editions: tuple[Edition, ...] = ()
    """The site in each of its languages; this one among them."""
    words: Words
    theme: Theme
    footer: Rich
    said: Announcement | None
    """The announcement of site.yaml, whether its time has passed or not."""
    citation_style: CitationStyle
    """How publications are put into words where a page or section does not say otherwise."""
    extra: dict[str, Any]
    today: str
    """The day that everything is reckoned from, ISO 8601; empty when nothing has a date."""
    owner: Person
    """Whose site it is; a lab has its name, its sentence and nothing that is a member's alone."""
    members: tuple[Member, ...]
    """Whose site it is when several own it, as a lab; empty where one person does."""
    cv_owner: Person
    """Whose the CV is: the owner, or one of a lab's people."""
    address: Rich
    """The street address of whom the CV is, when it may be published."""
    people: tuple[Person, ...]
    cvs: tuple[Cv, ...]
    """The forms of the CV that are published; the first is the one at `/cv/`."""
    private_cvs: tuple[Cv, ...]
    """Those that are kept back."""
    whole_cv: tuple[cv.Section, ...]
    """Every section of cv.yaml, whatever the forms show of it."""
    publications: tuple[Publication, ...]
    cards: str
    """Whose fonts the pictures for link previews are set in; empty when none are made."""
    publications_by: Grouping
    """What the list of publications is divided by."""
    cv_papers: dict[Place, Publication]
    """The record of each publication entry of the CV, by the entry's place."""
    collections: dict[str, tuple[Record, ...]]
    titles: dict[str, Rich]
    """Heading of each collection's list."""
    pages: tuple[Page, ...]
    """Every page, authors' own and standard ones."""
    navigation: tuple[NavigationItem, ...]

    def __getitem__(self, name: str) -> Any:
        """A collection by its name; a known one that has no records is empty, not an error."""
        return (
            ()
            if name in KNOWN_COLLECTIONS and name not in self.collections
            else self.collections[name]
        )

    @property
    def home(self) -> str:
        """The address of the home page."""
        return self.prefix + "/"

    def switches(self, page: Page | Publication | Record) -> list[Switch]:
        """The way from a page to the other languages, in the header of every page."""
        if len(self.languages) < 2:
            return []
        return switches(self.editions, key_of_page(page, self), page.address, self.language)

    def addresses_of(self, page: Page | Publication | Record) -> dict[str, str]:
        """Language to address of a page, wherever it is written in that language."""
        return translations(self.editions, key_of_page(page, self))

    @property
    def everything(self) -> tuple[Page | Publication | Record, ...]:
        """All that may have an address: pages, papers, records."""
        records = (r for listed in self.collections.values() for r in listed)
        return (*self.pages, *self.publications, *records)

    @property
    def cv(self) -> tuple[cv.Section, ...]:
        """The sections of the CV at `/cv/`."""
        return self.cvs[0].sections

    @property
    def cv_pdf(self) -> str:
        """The address of the CV as PDF; empty when there is none."""
        return self.cvs[0].pdf

    def cv_at(self, address: str) -> Cv:
        """The form of the CV that a page at this address shows: the first for any other page."""
        return next((form for form in self.cvs if form.address == address), self.cvs[0])

    @property
    def exports(self) -> dict[str, str]:
        """The addresses of all publications for other programs, by the name of the format."""
        ends = EXPORTS.items() if self.publications else ()
        return {name: f"/publications/publications.{end}" for name, end in ends}

    def over(self, end: When | None) -> bool:
        """Whether what has this end has ended; `present`, and a day that is to come, are none."""
        if end is None or any(span.ongoing for span in end.spans):
            return False
        last = newest(end)
        return not (last and self.today) or self.today[: len(last.iso)] > last.iso

    @property
    def availability(self) -> Rich:
        """What the owner is open to; empty once the day that it is said until has passed."""
        offer = self.owner.availability
        last = newest(offer.until) if offer and offer.until else None
        passed = last is not None and self.today[: len(last.iso)] > last.iso
        return offer.text if offer and not passed else EMPTY

    @property
    def announcement(self) -> Rich:
        """The line at the head of every page; empty once the day that it is said until has passed."""
        return self.said.text if self.said and not self.over(self.said.until) else EMPTY

    @property
    def search(self) -> str:
        """The address of the page that searches the site; empty when there is none."""
        return next((page.address for page in self.pages if page.layout == "search"), "")

    @property
    def tagged(self) -> dict[str, tuple[Any, ...]]:
        """Every tag of posts and pages, in alphabetical order, with what bears it."""
        found: dict[str, list[Page | Record]] = {}
        listed: list[Page | Record] = [r for records in self.collections.values() for r in records]
        for item in (*listed, *self.pages):
            for tag in dict.fromkeys((*item.tags, *item.categories)):
                found.setdefault(tag, []).append(item)
        return {tag: tuple(found[tag]) for tag in sorted(found, key=str.casefold)}

    @property
    def anchors(self) -> dict[str, str]:
        """Where the page of tags has each tag: tags that come to one slug stay apart."""
        return distinct_slugs(self.tagged)

    @property
    def papers(self) -> dict[str, Publication]:
        """The publications by cite key."""
        return {key: paper for paper in self.publications for key in paper.key_names}

    @property
    def paper_places(self) -> dict[str, int]:
        """Where in the list the publication of a cite key is; of two keys' letters case says nothing."""
        return {key.casefold(): n for n, p in enumerate(self.publications) for key in p.key_names}

    def papers_of(self, *keys: str) -> tuple[Publication, ...]:
        """The publications that bear these cite keys, in the order of the list."""
        places = self.paper_places
        found = {places[key] for key in (k.strip().casefold() for k in keys) if key in places}
        return tuple(self.publications[n] for n in sorted(found))

    @property
    def paper_numbers(self) -> dict[str, int]:
        """The number of each paper wherever papers are numbered: the last in the list is 1."""
        return {p.key: n for n, p in enumerate(reversed(self.publications), 1)}

    @property
    def addresses(self) -> dict[str, None]:
        """Where there is a page, an author's own or a standard one."""
        return dict.fromkeys(page.address for page in self.pages)

    @property
    def feed(self) -> str:
        """The address of the feed of posts and news; empty when the site has none."""
        written = self.collections.get("posts") or self.collections.get("news")
        return f"{self.prefix}/feed.xml" if self.url and written else ""


def make_sites(config: Config, records: Records, problems: Problems) -> tuple[Site, ...]:
    """The site in each of its languages, the first at `/`; each knows where the pages of the others are."""
    written = papers_written(config, records, problems)
    sites: tuple[Site, ...] = ()
    for language in config.languages:
        sites = (*sites, _site(config, records, problems, language, written, sites))
    return _side_by_side(sites)


def make_site(config: Config, records: Records, problems: Problems) -> Site:
    """The site in its first language alone."""
    written = papers_written(config, records, problems)
    return _site(config, records, problems, config.languages[0], written, ())


def _site(
    config: Config, records: Records, problems: Problems, language: str,
    written: Sequence[Publication], others: Sequence[Site],
) -> Site:  # fmt: skip
    """The site in one language, of papers read already; those made before it have slugs that it keeps."""
    settings = config.settings_in(language)
    words = words_of(language).with_own(settings.words)
    reading = Reading(
        problems=problems,
        language=language,
        languages=config.languages,
        untranslated=settings.untranslated,
        own_words=words,
    )
    cv_file = records.cv_in.get(language) or records.cv or records.cv_in.get(config.languages[0])
    home = household_of(cv_file, records.people, settings, reading)
    if not others:
        _check_words(config, home.sections, reading)
    context = Bibliography(
        reading=reading,
        assets=Assets(records.content, records.static),
        labels=words.labels,
        drafts=config.drafts,
    )
    from_cv = [citations.of_entry(e, context) for e in cv.publication_entries(home.sections)]
    papers = publications(written, from_cv, records, home, context)
    collections = collections_of(
        config, records, reading, slugs_kept(others[0].collections if others else {})
    )
    documents = documents_in(records.documents.get("pages", []), reading)
    own = tuple(p for p in pages_of(documents, reading) if shown(p, config))
    titles = _titles(settings, collections, words)
    today, cv_papers = _today(settings.current_date, papers, collections), found_in(papers, from_cv)
    material = Material(home.sections, papers, collections, cv_papers, today)
    forms = _forms(config, records, home, material, titles["cv"], reading)
    content: dict[str, Any] = {
        "publications": papers, "cv": home.sections, **collections, "people": home.listed,
    }  # fmt: skip
    made = standard.standard_pages(own, content, titles, words, reading.prefix)
    searching = standard.search_page(own, words, reading.prefix) if settings.search else ()
    pages = (*own, *made, *standard.variant_pages(forms, own), *searching)
    return Site(
        title=settings.title or plain(home.owner.name), description=settings.description,
        url=config.url, base=config.base, language=language, languages=config.languages,
        prefix=reading.prefix, words=words, theme=config.settings.theme, footer=settings.footer, said=settings.announcement,
        citation_style=settings.citation_style, extra=dict(settings.extra),
        today=today, owner=home.owner, members=members_of(home.owners, pages), cv_owner=home.cv_owner,
        people=home.people, address=home.address,
        cvs=tuple(f for f in forms if f.published), private_cvs=tuple(f for f in forms if not f.published),
        whole_cv=home.sections, publications=papers, cv_papers=cv_papers, publications_by=_grouping(settings),
        cards=config.cards,
        collections=collections, titles=titles, pages=pages,
        navigation=standard.chosen_menu(settings.navigation, pages, reading.prefix)
        or standard.navigation_of(pages, words, reading.prefix),
    )  # fmt: skip


def _side_by_side(sites: Sequence[Site]) -> tuple[Site, ...]:
    """The sites of all languages, each knowing where the pages of the others are."""
    editions = tuple(_edition(site) for site in sites)
    return tuple(msgspec.structs.replace(site, editions=editions) for site in sites)


def _edition(site: Site) -> Edition:
    paged = [i for i in site.everything if i.address and not isinstance(i, Publication)]
    return Edition(
        language=site.language, name=site.words["language_name"], prefix=site.prefix,
        pages={key_of_page(i, site): Counterpart(i.address, _stands_in(i, site)) for i in reversed(paged)},
    )  # fmt: skip


def _stands_in(item: Page | Record, site: Site) -> bool:
    return item.lang in site.languages and item.lang != site.language


def key_of_page(item: Page | Publication | Record, site: Site) -> str:
    """What a page is told from others by in every language: the address it would have in the first."""
    if isinstance(item, Record):
        return told_by(item)
    if isinstance(item, Page) and item.document:
        return natural_address(item.document)
    return item.address.removeprefix(site.prefix)


def _forms(
    config: Config,
    records: Records,
    home: Household,
    material: Material,
    title: Rich,
    reading: Reading,
) -> tuple[Cv, ...]:
    """The forms of the CV; one without sections, or that cannot be typeset, has no PDF.

    A file of the author's own at the address of a PDF is that PDF. What is kept back knows phone
    and street.
    """
    settings = config.settings_in(reading.language)
    design = "modern" if settings.theme.font == "sans" else "classic"
    forms = forms_of(settings.cv, material, title, design, reading)

    def finished(form: Cv) -> Cv:
        path = form.pdf.lstrip("/")
        own = form.published and (path in records.content or path in records.static)
        made = config.typesets and bool(form.sections)
        kept_back = {} if form.published else {"phone": home.phone, "street": home.street}
        return msgspec.structs.replace(form, pdf=form.pdf if own or made else "", **kept_back)

    return tuple(map(finished, forms))


def _check_words(config: Config, sections: tuple[cv.Section, ...], reading: Reading) -> None:
    """Tell words of site.yaml that are none of the interface's and no heading of the CV."""
    headings = {s.title.text for s in cv.everything(sections) if isinstance(s, cv.Section)}
    known = {word.casefold() for word in (*reading.words.labels, *headings)}
    for key, place in config.words_at.items():
        if key.casefold() not in known:
            reading.warn(
                "unknown-key", f"{key!r} is no word of Folio's and no heading of the CV, and is not used", place,
                did_you_mean(key, sorted(known)),
            )  # fmt: skip


def _titles(settings: Settings, collections: dict[str, Any], words: Words) -> dict[str, Rich]:
    titles = {}
    for name in (*collections, "publications", "cv", "people"):
        options = settings.collections.get(name)
        word = words.get(name) or name.replace("_", " ").capitalize()
        titles[name] = (options.title if options else EMPTY) or plain(word)
    return titles


def _grouping(settings: Settings) -> Grouping:
    options = settings.collections.get("publications")
    return options.group_by if options else "year"


def _today(given: str, papers: tuple[Publication, ...], collections: dict[str, Any]) -> str:
    """`current_date`, else SOURCE_DATE_EPOCH, else the newest date in the data."""
    if given and (when := read_when(given)) and (date := newest(when)):
        return date.iso
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    items = (*papers, *(r for records in collections.values() for r in records))
    days = (newest(item.when) for item in items if item.when)
    return max((day.iso for day in days if day), default="")
