"""Publications as BibTeX: entries for papers that come from elsewhere, whole ones for all.

What `bibliography.py` reads out of an entry is written back here, so that one record makes the
list and the entry that a visitor copies.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from builder.model.bibtex_fields import (
    CARRIED,
    GENRES,
    LANGUAGES,
    LINK_FIELDS,
    SHOWN_ONLY_HERE,
    is_private,
    refused,
)
from builder.model.publications import MARK_SYMBOLS, Publication
from builder.problems import Problems
from builder.text.bibtex import RawEntry, format_entry, parse
from builder.text.bibtex_source import MONTHS, completed, fit_key, plain_year, public, rekeyed
from builder.text.csl import edtf
from builder.text.tex_writer import escaped, names_to_tex, title_to_tex, to_tex
from builder.text.when import When

Whole = Callable[[str], str]
"""An address as the outside world may follow it; empty where it cannot."""

ENTRY_TYPES: dict[str, str] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "inproceedings", "book": "book", "chapter": "incollection",
    "pamphlet": "booklet", "report": "techreport", "manuscript": "unpublished", "patent": "patent",
    "software": "software", "dataset": "dataset", "webpage": "online", "post-weblog": "online",
    "entry-encyclopedia": "inreference", "entry-dictionary": "inreference", "review": "review",
    "periodical": "periodical", "motion_picture": "video",
}  # fmt: skip
"""CSL item types as entry types that BibTeX or biblatex knows; any other is `misc`."""

_IN_BOOKS = ("paper-conference", "chapter", "entry-encyclopedia", "entry-dictionary")
_WITH_TYPE = ("thesis", "report", "patent")
_PERIODICALS = ("article-journal", "article-magazine", "article-newspaper", "periodical", "review")
_HOLDERS = {"thesis": "school", "patent": "holder"}
_SAME_FIELD = {
    "journal": ("journaltitle", "booktitle"), "booktitle": ("journal", "journaltitle"),
    "year": ("date",), "month": ("date",), "number": ("issue",), "eprint": ("arxiv",),
    "archiveprefix": ("eprint", "arxiv"), "abstract": (), "url": ("doi", "html"),
}  # fmt: skip
_FILLED = (
    "author", "editor", "journal", "booktitle", "publisher", "series", "volume", "number", "pages",
    "year", "month", "doi", "eprint", "archiveprefix", "isbn", "url", "abstract", "keywords",
)  # fmt: skip
"""What a paper may have from another of its homes than its .bib file."""


def with_bibtex(paper: Publication) -> Publication:
    """The paper with an entry to copy: its own, completed from its other homes, or one made."""
    if not paper.bibtex:
        fields = fields_of(paper, _outside)
        shown = {name: value for name, value in fields.items() if name not in SHOWN_ONLY_HERE}
        entry = format_entry(entry_type(paper), fit_key(paper.key), shown).rstrip("\n")
    else:
        entry = completed_entry(rekeyed(paper.bibtex, fit_key(paper.key)), paper, shown_only=True)
    return msgspec.structs.replace(paper, bibtex=entry)


def completed_entry(entry: str, paper: Publication, shown_only: bool = False) -> str:
    """An entry of a .bib file with what the paper's other homes add; as it is if there are none."""
    if not paper.also:
        return entry
    has = set(parse(entry, "", Problems())[0].fields)
    fields = fields_of(paper, _outside)
    added = {
        name: fields[name]
        for name in _FILLED
        if name in fields and not has.intersection((name, *_SAME_FIELD.get(name, ())))
        if not (shown_only and name in SHOWN_ONLY_HERE)
    }
    return completed(entry, added)


def own_entry(entry: RawEntry, paper: Publication, whole: Whole) -> str:
    """The entry as its author wrote it, but what is private, in words that all programs read.

    What a sign behind a name or words in the year have said is said in fields of their own.
    """
    text = completed_entry(public(entry, _withheld, paper.key), paper)
    coming = paper.status != "published" and not entry.fields.get("status")
    said = ["pubstate"] if coming else []
    said += ["author+an"] if any(author.marks for author in paper.authors) else []
    said += ["month", "day"] if plain_year(entry) != entry.fields.get("year", "").strip() else []
    if not said:
        return text
    fields = fields_of(paper, whole)
    return completed(text, {name: fields[name] for name in said if name in fields})


def _withheld(field: str, value: str) -> bool:
    """Whether a field is for nobody else: private, words for choosing here, an address refused."""
    return is_private(field) or field == "tags" or refused(field, value)


def whole_entry(paper: Publication, whole: Whole) -> str:
    """An entry made of everything that the model knows of a paper."""
    return format_entry(entry_type(paper), fit_key(paper.key), fields_of(paper, whole)).rstrip("\n")


def _outside(url: str) -> str:
    return url if "://" in url else ""


def entry_type(paper: Publication) -> str:
    """The entry type that says most nearly what the paper is."""
    if paper.type == "thesis":
        return "mastersthesis" if "master" in paper.genre.text.lower() else "phdthesis"
    if paper.type == "article":
        return "misc" if paper.arxiv and not paper.container else "preprint"
    return ENTRY_TYPES.get(paper.type, "misc")


# ---- fields ---------------------------------------------------------------------------------


def fields_of(paper: Publication, whole: Whole) -> dict[str, str]:
    """Every field of the paper's entry that holds something, in TeX, in the usual order."""
    fields = {
        "author": names_to_tex((a.name for a in paper.authors), paper.others),
        "title": title_to_tex(paper.title),
        "booktitle" if paper.type in _IN_BOOKS else "journal": to_tex(paper.container),
        "editor": names_to_tex(paper.editors), "translator": names_to_tex(paper.translators), "eventtitle": to_tex(paper.event),
        **_dated(paper.when), "pubstate": paper.status if paper.status != "published" else "",
        _HOLDERS.get(paper.type, "institution"): to_tex(paper.institution), **_genre(paper),
        "publisher": to_tex(paper.publisher), "series": to_tex(paper.series),
        "volume": escaped(paper.volume), **_numbers(paper), "edition": escaped(paper.edition),
        "pages": escaped(paper.pages).replace("–", "--"),
        **{name: escaped(paper.extra[name]) for name in CARRIED if name in paper.extra},
        "isbn": paper.isbn, "doi": paper.doi, **_arxiv(paper), **_links(paper, whole), **_language(paper),
        "abstract": "\n\n".join(map(to_tex, paper.abstract.paragraphs)), "note": to_tex(paper.note),
        "keywords": ", ".join(map(escaped, paper.keywords)), **_shown_here(paper, whole),
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value}


def _dated(when: When | None) -> dict[str, str]:
    """`year`, `month` and `day`, which all programs read; `date` for what those cannot say."""
    if when is None:
        return {}
    one = when.spans[0] if len(when.spans) == 1 else None
    start = one.start if one else None
    if one is None or start is None or not edtf(when):
        return {"year": escaped(when.text)}
    if one.end != start or one.approximate:
        return {"date": edtf(when), "year": str((one.end or start).year)}
    month = (start.season or "").capitalize() or (MONTHS[start.month - 1] if start.month else "")
    return {"year": str(start.year), "month": month, "day": str(start.day or "")}


def _genre(paper: Publication) -> dict[str, str]:
    genre = to_tex(paper.genre)
    if paper.type in _WITH_TYPE:
        return {"type": "" if paper.genre.text == GENRES.get(entry_type(paper)) else genre}
    return {"howpublished": genre}


def _numbers(paper: Publication) -> dict[str, str]:
    number, issue = paper.number, paper.issue
    if paper.type in _PERIODICALS or number == issue or not number:
        return {"number": escaped(issue or number)}
    return {"number": escaped(number), "issue": escaped(issue)}


def _arxiv(paper: Publication) -> dict[str, str]:
    return {"eprint": paper.arxiv, "archiveprefix": "arXiv"} if paper.arxiv else {}


def _language(paper: Publication) -> dict[str, str]:
    babel = next((name for name, code in LANGUAGES.items() if code == paper.language), "")
    return {"langid": babel} if babel else {"language": paper.language}


_FIELD_OF_KIND = {kind: field for field, kind in reversed(LINK_FIELDS)} | {"website": "url"}


def _links(paper: Publication, whole: Whole) -> dict[str, str]:
    fields: dict[str, str] = {}
    own: list[str] = []
    for link in paper.links:
        url = whole(link.url).replace("{", "%7B").replace("}", "%7D")
        field = _FIELD_OF_KIND.get(link.kind, "")
        if url and field and field not in fields:
            fields[field] = url
        elif url and link.kind not in ("doi", "arxiv"):
            own.append(f"{to_tex(link.label)}: {url}")
    return fields | ({"links": "; ".join(own)} if own else {})


def _shown_here(paper: Publication, whole: Whole) -> dict[str, str]:
    """Fields of this site, which ride along as al-folio's do."""
    return {
        "author+an": _marks(paper), "abbr": escaped(paper.abbr), "summary": to_tex(paper.summary),
        "award": to_tex(paper.award), "badges": "; ".join(map(to_tex, paper.badges)),
        "topics": ", ".join(map(escaped, paper.topics)), "selected": "true" if paper.selected else "",
        "preview": whole(paper.preview), "preview_alt": escaped(paper.preview_alt),
    }  # fmt: skip


def _marks(paper: Publication) -> str:
    """biblatex's annotations: who contributed equally, who answers letters."""
    borne = ((n, [m for m in a.marks if m in MARK_SYMBOLS]) for n, a in enumerate(paper.authors, 1))
    return "; ".join(f"{n}={','.join(marks)}" for n, marks in borne if marks)
