"""What the fields and entry types of BibTeX mean: tables, and the words that fields hold.

Source for the fields: BibTeX's btxdoc, biblatex's manual, al-folio's bibliography for the fields
that ride along, CSL for the types.
"""

from __future__ import annotations

import re

from builder.model.publications import Status
from builder.text.bibtex_source import safe_links
from builder.text.urls import clean_url

TYPES: dict[str, str] = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "book": "book", "mvbook": "book", "booklet": "pamphlet", "inbook": "chapter", "incollection": "chapter",
    "suppbook": "chapter", "proceedings": "book", "collection": "book", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "manual": "report", "unpublished": "manuscript", "patent": "patent", "software": "software",
    "dataset": "dataset", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "inreference": "entry-encyclopedia", "review": "review", "periodical": "periodical",
    "video": "motion_picture", "misc": "document", "preprint": "article",
}  # fmt: skip
"""BibTeX and biblatex entry types as CSL item types."""

PREPRINT_SERVERS = re.compile(
    r"\b(arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|engrxiv|eartharxiv|techrxiv|ssrn|preprints?|"
    r"research ?square|osf|iacr|eprint archive)\b|^corr$|ePrint",
    re.IGNORECASE,
)
"""Where papers stand before a journal has them; DBLP calls arXiv CoRR."""

GENRES = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "techreport": "Technical report",
    "mathesis": "Master’s thesis",
    "candthesis": "Candidate thesis",
    "resreport": "Research report",
    "datacd": "Data CD",
    "audiocd": "Audio CD",
}
"""BibTeX's entry types, and the words that biblatex has its styles spell out in `type`."""

_PRIVATE = frozenset({
    "file", "local-url", "localfile", "owner", "timestamp", "date-added", "date-modified", "biburl",
    "bibsource", "groups", "priority", "read", "ranking", "creationdate", "modificationdate", "rating",
    "readstatus", "__markedentry", "posted-at", "internal-note", "username", "keywordset", "added-at",
    "interhash", "intrahash", "qualityassured", "collation", "annote", "comment", "comments", "review",
})  # fmt: skip
_PROGRAMS = ("bdsk-", "mendeley-", "citeulike-", "jabref-", "zotero-", "x-")
"""What the names of programs' own fields begin with."""
_TYPESETTING = frozenset({
    "ids", "options", "nourl", "shorttitle", "urldate", "sortname", "sortkey", "sorttitle", "sortyear",
    "presort", "label", "shorthand", "gender", "entrysubtype",
})  # fmt: skip


def is_private(field: str) -> bool:
    """Whether reference managers keep the field for themselves: known, silent, never published."""
    return field in _PRIVATE or field.startswith(_PROGRAMS)


def is_housekeeping(field: str) -> bool:
    """The same, and biblatex's for typesetting: silent, exported, and left out of what is copied."""
    return field in _TYPESETTING or is_private(field)


SHOWN_ONLY_HERE = frozenset({
    "abbr", "selected", "preview", "preview_alt", "pdf", "slides", "poster", "video", "website", "code",
    "data", "supp", "blog", "html", "award", "award_name", "badges", "topics", "summary", "abstract",
    "bibtex_show", "additional_info", "annotation", "altmetric", "dimensions", "google_scholar_id", "acceptance_rate",
    "contribution", "status", "pubstate", "author+an", "tags", "links", "xref", "crossref", "dataset", "demo", "project", "projectpage", "talk", "arxiv",
    "citation",
})  # fmt: skip
"""Fields for this site's display, left out of the BibTeX that a visitor copies."""

PLAIN = frozenset({
    "author", "editor", "title", "journal", "journaltitle", "booktitle", "year", "month", "date", "volume",
    "number", "issue", "pages", "publisher", "school", "institution", "organization", "series", "edition",
    "address", "location", "howpublished", "note", "doi", "url", "eprint", "eprinttype", "eprintclass",
    "archiveprefix", "primaryclass", "isbn", "issn", "language", "langid", "type", "chapter", "key",
    "keywords", "subtitle", "booksubtitle", "journalsubtitle", "maintitle", "titleaddon", "addendum",
    "eventtitle", "eventdate", "venue", "translator", "origdate", "origtitle", "day", "pmid",
    "pmcid", "eid", "articleno", "numpages", "pagetotal", "issue_date", "lccn", "holder", "version",
    "mrnumber", "mrclass", "mrreviewer", "zbl", "zblnumber", "adsurl", "adsnote", "slaccitation", "crossref",
    "editora", "bookauthor", "volumes", "part", "related", "relatedtype", "relatedstring", "userd", "doi2",
    "reportnumber", "collaboration", "bookpagination", "pagination", "copyright",
    "license", "keyword", "acmid", "isbn-13", "rank", "origlanguage", "size", "coden", "citations", "hal",
    "inspirehep_id",
})  # fmt: skip
"""Fields of BibTeX and biblatex that need no word: they are read, or stand in the copied entry."""

_STATUS_WORDS: tuple[tuple[str, Status], ...] = (
    (r"in\s*prep", "inpreparation"), (r"under\s*review|in\s*review", "underreview"),
    (r"submitted|in\s*submission", "submitted"), (r"in\s*press", "inpress"),
    (r"accepted|to\s*appear", "accepted"), (r"forthcoming", "forthcoming"),
    (r"pre-?published|online first|ahead of print|early (access|view)", "inpress"),
    (r"^(published|preprint)", "published"),
)  # fmt: skip

CARRIED: dict[str, str] = {
    "issn": "ISSN", "address": "publisher-place", "venue": "event-place", "pmid": "PMID",
    "pmcid": "PMCID", "chapter": "chapter-number", "pagetotal": "number-of-pages",
    "version": "version", "shorttitle": "title-short",
}  # fmt: skip
"""Fields that no page shows and every export keeps, in BibTeX's words and in CSL's."""

LINK_FIELDS: tuple[tuple[str, str], ...] = (
    ("pdf", "pdf"), ("html", "website"), ("code", "code"), ("data", "data"), ("dataset", "data"),
    ("slides", "slides"), ("poster", "poster"), ("video", "video"), ("talk", "video"), ("demo", "demo"),
    ("website", "website"), ("project", "website"), ("projectpage", "website"), ("supp", "supplement"),
    ("blog", "blog"),
)  # fmt: skip
"""Fields that become link buttons, in their order, and the kind of each."""

LANGUAGES = {
    "german": "de", "ngerman": "de", "deutsch": "de", "english": "en", "american": "en", "british": "en",
    "usenglish": "en", "ukenglish": "en", "french": "fr", "français": "fr", "spanish": "es", "español": "es",
    "italian": "it", "russian": "ru", "chinese": "zh", "japanese": "ja", "korean": "ko", "dutch": "nl",
    "portuguese": "pt", "brazilian": "pt-BR", "latin": "la", "polish": "pl", "swedish": "sv",
}  # fmt: skip


def language_of(name: str) -> str:
    """A language code from babel's and biblatex's names, or a code as it stands."""
    word = name.strip().lower()
    return LANGUAGES.get(word) or (name if re.fullmatch(r"[a-z]{2,3}(-[\w-]+)?", word) else "")


def status_of(text: str) -> Status | None:
    """The status that words say, in biblatex's `pubstate` terms; None when they say none."""
    word = text.strip().lower().replace("_", " ")
    return next((status for pattern, status in _STATUS_WORDS if re.search(pattern, word)), None)


def for_show(field: str, value: str) -> bool:
    """Whether a field is left out of the entry that a visitor copies."""
    return field in SHOWN_ONLY_HERE or is_housekeeping(field) or refused(field, value)


def refused(field: str, value: str) -> bool:
    """Whether a field holds nothing but addresses that no page may lead to."""
    if field == "links":
        return not safe_links(value)
    return field in _ADDRESSES and bool(value.strip()) and clean_url(value) is None


_ADDRESSES = frozenset({"url", "preview", *(field for field, _ in LINK_FIELDS)})


MEANINGS: dict[str, str] = {
    "selected": "`true`: shown on the home page.",
    "abbr": "The venue's short name.",
    "summary": "One line: what was found.",
    "abstract": "The abstract.",
    "preview": "A picture: an address, or a file beside the .bib, in `publications/` or in `static/`.",
    "preview_alt": "What the picture shows, for those who do not see it.",
    "pdf": "The paper itself: an address, or a file as for `preview`.",
    "code": "Its code.",
    "data": "Its data.",
    "slides": "Slides of a talk on it.",
    "poster": "A poster of it.",
    "video": "A recording.",
    "website": "A page about it; `project` and `projectpage` are other words for this.",
    "html": "The paper as a web page.",
    "supp": "Supplementary material.",
    "blog": "A post about it.",
    "demo": "Something to try.",
    "links": "Links with labels of your own: `Label: address; Label: address`.",
    "arxiv": "Its arXiv number; `eprint` with `archiveprefix` says the same.",
    "pubstate": "`inpreparation`, `submitted`, `underreview`, `forthcoming`, `accepted`, `inpress` or `published`; "
    "`status` says the same.",
    "award": "An award that it won.",
    "badges": "Short words beside the title, such as Oral; with commas between.",
    "topics": "What it is about; with commas between.",
    "tags": "Words that lists are chosen by; with commas between.",
    "contribution": "What you did in it.",
    "additional_info": "A note shown with it.",
    "author+an": "biblatex's annotation of names: `1=equal; 2=self,corresponding`.",
}
"""The fields beyond BibTeX's and biblatex's own that a page shows, in the words of the reference."""
