"""A paper from front matter as an entry of publications.bib, nothing of it lost.

Source for the keys: academicpages and its forks; what has no field of its own keeps its name.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from builder.importers.jekyll import listed, text_of
from builder.model.bibtex_fields import status_of
from builder.model.keys import made_key
from builder.model.publications import MARK_SYMBOLS
from builder.problems import Problems
from builder.text import names, urls
from builder.text.bibtex import RawEntry, format_entry, parse
from builder.text.bibtex_source import MONTHS
from builder.text.dates import newest, read_when
from builder.text.markdown import inline
from builder.text.person import PersonName, same_person
from builder.text.rich import Rich
from builder.text.tex_writer import escaped, names_to_tex, title_to_tex, to_tex

LINKS = {
    "slidesurl": "slides", "slides": "slides", "codeurl": "code", "code": "code", "github": "code", "videourl": "video",
    "video": "video", "posterurl": "poster", "poster": "poster", "dataseturl": "data", "dataset": "data", "data": "data",
    "demourl": "demo", "demo": "demo", "projecturl": "project", "projectpage": "project", "project": "project",
    "website": "website", "pdfurl": "pdf", "pdf": "pdf", "arxivurl": "arxiv", "preprinturl": "preprint",
    "blog": "blog", "supp": "supp", "talk": "video", "code_url": "code", "pdf_url": "pdf", "slides_url": "slides",
}  # fmt: skip
"""Keys that hold an address, and the field that each becomes."""

PLACES = ("paperurl", "link", "url", "paper_url", "external_url")
"""Keys that lead to the paper itself, wherever that is."""

STRUCTURE = frozenset({
    "layout", "collection", "permalink", "redirect_from", "author_profile", "comments", "share", "related",
    "read_time", "published", "sitemap", "classes", "mathjax", "title", "date", "venue", "header", "teaser",
    "category", "type", "pubtype", "paper_type", "excerpt", "citation", "bibtex", "bibtexurl", "tags", "keywords",
    "thumbnail", "image", "modified", "toc", "toc_sticky", "related_posts", "breadcrumbs", "slug", "usemathjax",
})  # fmt: skip
"""Keys that are read by name, or that order a page of the old theme."""

TYPES = (
    ("inproceedings", r"conference|proceedings|workshop|symposium"), ("book", r"^books?$"),
    ("incollection", r"chapter"), ("phdthesis", r"thesis|dissertation"), ("patent", r"patent"),
    ("techreport", r"report|working.?paper"), ("preprint", r"preprint|arxiv"), ("software", r"software"),
    ("article", r"journal|article|manuscript"),
)  # fmt: skip


class Paper(NamedTuple):
    """A paper ready for publications.bib."""

    key: str
    type: str
    fields: dict[str, str]
    aliases: tuple[str, ...] = ()
    """Names by which the source set the owner apart, where they differ from the owner's."""
    notes: tuple[tuple[str, str], ...] = ()
    """Verdict and words of what was not taken over as it was."""

    @property
    def entry(self) -> str:
        """The entry as it is typed."""
        return format_entry(self.type, self.key, self.fields)


def rich(text: str) -> Rich:
    """A line of front matter, Markdown and entities read."""
    return inline(_plain_tags(text), "")[0]


def _plain_tags(text: str) -> str:
    """HTML that titles may hold, and no other; entities as characters."""
    text = re.sub(r"<(/?)(?:strong)\b[^>]*>", r"<\1b>", text)
    text = re.sub(r"<(/?)(?:em)\b[^>]*>", r"<\1i>", text)
    text = re.sub(r"<br\s*/?>", " ", text)
    text = re.sub(r"</?(?!(?:i|b|sub|sup)\b)[a-zA-Z][^>]*>", "", text)
    return " ".join(urls.decode_entities(text).split())


def tex(text: str) -> str:
    """A line of front matter as the value of a field."""
    return to_tex(rich(text))


def paper_of(
    front: dict[str, Any], body: str, owner: str, own_host: str = "", categories: dict[str, str] | None = None,
    bibtex: str = "",
) -> Paper:  # fmt: skip
    """The entry of one paper; `bibtex` is a whole entry that lies beside it, whose fields count first."""
    notes: list[tuple[str, str]] = []
    base = _entry_in(text_of(front.get("bibtex"))) or _entry_in(bibtex)
    fields: dict[str, str] = dict(base.fields) if base else {}
    title = text_of(front.get("title"))
    cited = text_of(front.get("citation"))
    people, aliases = _authors(front, cited, title, owner)
    named = any(front.get(k) for k in ("authors", "author", "Author", "Authors"))
    if people and (named or "author" not in fields):
        fields["author"] = names_to_tex(
            (n for n, _ in people), _others(front, _authors_in(cited, title))
        )
    if title:
        fields["title"] = title_to_tex(rich(title))
    kind = base.type if base else _type(front, cited)
    _add_venue(fields, front, kind)
    _add_date(fields, front, notes)
    _add_links(fields, front, own_host, notes)
    _add_words(fields, front, cited, owner, categories or {})
    if marks := _marks(people):
        fields["author+an"] = marks
    _add_others(fields, front, notes)
    ordered = {
        k: fields[k]
        for k in ("author", "title", "journal", "booktitle", "year", "month", "day")
        if fields.get(k)
    }
    ordered |= {k: v for k, v in fields.items() if v and k not in ordered}
    key = base.key if base else _key(title, [n for n, _ in people], ordered)
    return Paper(key, kind, ordered, tuple(aliases), tuple(notes))


def _key(title: str, people: list[PersonName], fields: dict[str, str]) -> str:
    when = read_when(fields.get("year", "")) if fields.get("year") else None
    return made_key(rich(title), people, when).replace("-", "")


def _entry_in(text: str) -> RawEntry | None:
    if "@" not in text or "{" not in text:
        return None
    entries = [e for e in parse(text, "", Problems()) if e.type != "xdata"]
    return entries[0] if len(entries) == 1 else None


def bibtex_in(body: str) -> str:
    """A single BibTeX entry that stands in a text, fenced or bare; empty when there is none."""
    found = re.findall(r"^[ \t]*@[A-Za-z]+\s*\{.*?^[ \t]*\}[ \t]*$", body, re.MULTILINE | re.DOTALL)
    return found[0] if len(found) == 1 and _entry_in(found[0]) else ""


def _type(front: dict[str, Any], cited: str) -> str:
    said = " ".join(
        text_of(front.get(k)) for k in ("type", "pubtype", "category", "paper_type")
    ).strip()
    venue = text_of(front.get("venue")) or text_of(front.get("journal"))
    for text in (said, venue):
        for kind, words in TYPES if text else ():
            if re.search(words, text, re.IGNORECASE):
                return kind
    return "article" if venue or cited else "misc"


def _add_venue(fields: dict[str, str], front: dict[str, Any], kind: str) -> None:
    venue = (
        text_of(front.get("venue"))
        or text_of(front.get("journal"))
        or text_of(front.get("booktitle"))
    )
    if not venue or {"journal", "journaltitle", "booktitle", "school", "institution"} & set(fields):
        return
    if (status := status_of(venue)) and len(venue.split()) < 4:
        fields.setdefault("pubstate", status)
        return
    name = {
        "inproceedings": "booktitle", "incollection": "booktitle", "phdthesis": "school", "book": "publisher",
        "techreport": "institution", "patent": "holder",
    }.get(kind, "journal")  # fmt: skip
    fields[name] = tex(venue)


def _add_date(fields: dict[str, str], front: dict[str, Any], notes: list[tuple[str, str]]) -> None:
    typed = (
        text_of(front.get("date")) or text_of(front.get("year")) or text_of(front.get("pub_date"))
    )
    if not typed or fields.get("year") or fields.get("date"):
        return
    when = read_when(typed[:10].strip()) or read_when(typed)
    day = newest(when) if when else None
    if not day:
        year = re.search(r"(?:19|20)\d\d", typed)
        fields["year"] = year[0] if year else escaped(typed)
        notes.append(
            (
                "approximated",
                f"{typed!r} is no date; {'its year is kept' if year else 'it is kept as the year'}",
            )
        )
        return
    fields["year"] = str(day.year)
    if day.month:
        fields["month"] = MONTHS[day.month - 1]
    if day.day:
        fields["day"] = str(day.day)


# ---- people ---------------------------------------------------------------------------------

_APART = re.compile(r"<(b|strong|u|em|i)\b[^>]*>(.*?)</\1>|\*\*(.+?)\*\*|__(.+?)__", re.DOTALL)


def _authors(
    front: dict[str, Any], cited: str, title: str, owner: str
) -> tuple[list[tuple[PersonName, str]], list[str]]:
    """The authors with the signs behind their names, and the owner's other names."""
    typed: Any = next(
        (front[k] for k in ("authors", "author", "Author", "Authors") if front.get(k)), None
    )
    if isinstance(typed, list):
        pieces = [text_of(a.get("name") if isinstance(a, dict) else a) for a in typed]
    else:
        named = _authors_in(cited, title) or _names_only(text_of(front.get("excerpt")), owner)
        listed_as = text_of(typed) or named
        own = owner and same_person(names.from_text(listed_as), names.from_text(owner)) == "full"
        pieces = [listed_as] if own else split_names(listed_as)  # `Doe, Jane` may be one or two
    people, aliases = [], []
    for piece in filter(None, pieces):
        apart = bool(_APART.search(piece))
        bare = re.sub(
            r"<[^>]*>",
            "",
            urls.decode_entities(_APART.sub(lambda m: m[2] or m[3] or m[4] or "", piece)),
        )
        bare = (
            re.sub(r"\\([*_])", r"\1", bare).strip(" ,;.")
            if not re.search(r"\b\w\.$", bare.strip())
            else bare.strip(" ,;")
        )
        name, signs = names.split_marks(
            bare.removesuffix(".")
            if len(bare.split()[-1:][0] if bare.split() else "") > 3
            else bare
        )
        if not name or re.fullmatch(r"(?i)et\.? al\.?|others", name):
            continue
        person = names.from_text(name)
        people.append((person, signs))
        if apart and owner and name.casefold() != owner.casefold():
            aliases.append(name)
    return people, aliases


def split_names(text: str) -> list[str]:
    """A list of names in one text: divided by commas, semicolons, `and` or `&`, or BibTeX's way."""
    text = re.sub(r"\s*\((?:[*†‡]|[^()]*(?:contribut|correspond))[^()]*\)", "", text)
    text = " ".join(text.split())
    if not text:
        return []
    text = re.sub(r",?\s+(et\.? al)\b\.?", r", \1.", urls.decode_entities(text))
    if ";" in text:
        return [p.strip() for p in re.split(r";\s*(?:and\s+)?", text) if p.strip()]
    apart = re.split(r"\s+and\s+", text)
    if len(apart) > 1 and all(p.count(",") == 1 for p in apart):
        return apart
    plain = re.sub(r"<[^>]+>|\*\*", "", text)
    if re.search(r"\w,\s+(?:\w\.[\s-]?)+(?:,|$|\s+and\b|\s*&)", plain):
        parsed = [p.strip() for p in re.split(r"\s+and\s+|\s*&\s+|(?<=\.),\s+(?=\S)", text)]
        return [re.sub(r"^and\s+|,$", "", p) for p in parsed if p]
    pieces = re.split(r",\s+(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+(?!\w+;)|,(?=\S)", text)
    return [p.strip() for p in pieces if p.strip()]


def _authors_in(cited: str, title: str) -> str:
    """The names that a written citation begins with."""
    text = urls.decode_entities(re.sub(r"</?(?:i|em)>", "", cited))
    before = re.split(
        r"\s*\(?\b(?:19|20)\d\d[a-z]?\b\)?|\s*[\"“«]|\s*\(in press|\s*\(forthcoming",
        text,
        maxsplit=1,
    )[0]
    if title and title[:30].lower() in before.lower():
        before = before[: before.lower().index(title[:30].lower())]
    before = before.strip(" ,:(")
    if not re.search(
        r"(?:^|[\s.-])\w\.$", before
    ):  # `Doe, J.` keeps its dot, by which initials are known
        before = before.strip(" .,:(")
    return before if 2 < len(before) < 600 and not before.startswith(("http", "@")) else ""


def _names_only(excerpt: str, owner: str) -> str:
    """An excerpt that is nothing but the list of authors, the owner among them."""
    plain = re.sub(r"<[^>]+>|[*_]", "", excerpt).strip()
    pieces = split_names(plain)
    family = owner.split()[-1] if owner.split() else ""
    short = all(1 < len(p.split()) < 5 and p[:1].isupper() for p in pieces)
    return excerpt if len(pieces) > 1 and short and family and family in plain else ""


def _others(front: dict[str, Any], cited: str) -> bool:
    typed = text_of(front.get("authors")) or cited
    return bool(re.search(r"\bet\.? al\b|\bothers\b", typed, re.IGNORECASE))


def _marks(people: list[tuple[PersonName, str]]) -> str:
    known = {sign: mark for mark, sign in MARK_SYMBOLS.items()}
    borne = ((n, [known[s] for s in signs if s in known]) for n, (_, signs) in enumerate(people, 1))
    return "; ".join(f"{n}={','.join(marks)}" for n, marks in borne if marks)


# ---- links and words --------------------------------------------------------------------------


def _add_links(
    fields: dict[str, str], front: dict[str, Any], own_host: str, notes: list[tuple[str, str]]
) -> None:
    if found := urls.doi(text_of(front.get("doi"))):
        fields.setdefault("doi", found)
    elif text_of(front.get("doi")):
        fields.setdefault("doi", text_of(front.get("doi")))
    arxiv = text_of(front.get("arxiv"))
    if arxiv and (number := urls.arxiv(arxiv)):
        fields.setdefault("eprint", number)
        fields.setdefault("archiveprefix", "arXiv")
    for key, field in LINKS.items():
        for value in listed(front.get(key)):
            _add_link(fields, field, value, notes, own_host)
    for key in PLACES:
        for value in listed(front.get(key)):
            _add_link(fields, "", value, notes, own_host)
    own = front.get("links")
    for link in own if isinstance(own, list) else []:
        if isinstance(link, dict) and link.get("url"):
            label = (
                text_of(link.get("name"))
                or text_of(link.get("label"))
                or text_of(link.get("title"))
            )
            _add_link(
                fields,
                LINKS.get(label.lower(), label or "website"),
                text_of(link["url"]),
                notes,
                own_host,
            )


def _add_link(
    fields: dict[str, str], field: str, value: str, notes: list[tuple[str, str]], own_host: str
) -> None:
    value = value.strip()
    if not value or value in ("#", "/", "http://", "https://"):
        return
    if (
        re.search(r"//(?:www\.)?academicpages\.github\.io/", value)
        and "academicpages" not in own_host
    ):
        notes.append(("left", f"an address of the template itself: {value}"))
        return
    url = urls.clean_url(value)
    if not url:
        notes.append(("left", f"no address that can be published: {value[:80]}"))
        return
    number = urls.doi(url) if "doi.org/" in url else None
    if number and fields.setdefault("doi", number) == number:
        return
    if (
        "arxiv.org/" in url
        and field in ("", "arxiv", "preprint", "website")
        and (number := urls.arxiv(url))
    ):
        fields.setdefault("eprint", number)
        fields.setdefault("archiveprefix", "arXiv")
        if fields["eprint"] == number and "/pdf/" not in url:
            return
        field = "pdf"
    if re.match(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|net|edu|ai|de|uk)/", url):
        url = f"https://{url}"
    if not field or field in ("arxiv", "preprint"):
        field = "pdf" if re.search(r"\.pdf($|[?#])", url, re.IGNORECASE) else "url"
    known = (
        "slides",
        "code",
        "video",
        "poster",
        "data",
        "demo",
        "project",
        "website",
        "pdf",
        "blog",
        "supp",
        "url",
    )
    if field in known and fields.setdefault(field, url) == url:
        return
    if field == "url" and fields.setdefault("website", url) == url:
        return
    label = field.capitalize() if field in known else re.sub(r"[:;{}]", " ", field)
    fields["links"] = "; ".join(filter(None, (fields.get("links", ""), f"{label}: {url}")))


def _add_words(
    fields: dict[str, str],
    front: dict[str, Any],
    cited: str,
    owner: str,
    categories: dict[str, str],
) -> None:
    if text_of(front.get("abstract")):
        fields.setdefault(
            "abstract",
            "\n\n".join(
                tex(p) for p in re.split(r"\n\s*\n", text_of(front["abstract"])) if p.strip()
            ),
        )
    if (excerpt := text_of(front.get("excerpt"))) and not (owner and _names_only(excerpt, owner)):
        summary = tex(re.sub(r"<img[^>]*>", "", excerpt))
        fields.setdefault("summary" if len(summary) < 400 else "abstract", summary)
    tags = listed(front.get("tags")) + listed(front.get("keywords"))
    if tags:
        fields.setdefault(
            "keywords",
            ", ".join(escaped(t.strip()) for tag in tags for t in tag.split(",") if t.strip()),
        )
    header = front.get("header")
    picture = text_of(header.get("teaser")) if isinstance(header, dict) else ""
    picture = picture or next(
        (
            text_of(front[k])
            for k in ("thumbnail", "teaser", "image", "preview")
            if text_of(front.get(k))
        ),
        "",
    )
    if picture:
        fields.setdefault("preview", picture)
    if cited:
        fields.setdefault("citation", tex(cited))
        _add_numbers(fields, cited)
    category = text_of(front.get("category"))
    if category and category not in ("manuscripts", "conferences", "books"):
        fields.setdefault("topics", escaped(categories.get(category, category)))
    if abbr := text_of(front.get("venue_abbr")) or text_of(front.get("abbr")):
        fields.setdefault("abbr", escaped(abbr))
    if (
        text_of(front.get("selected")) in ("true", "yes", "1")
        or text_of(front.get("featured")) == "true"
    ):
        fields.setdefault("selected", "true")
    for key in ("award", "note"):
        if text_of(front.get(key)):
            fields.setdefault(key, tex(text_of(front[key])))
    if state := text_of(front.get("state")) or text_of(front.get("status")):
        fields.setdefault("pubstate", escaped(state))


def _add_numbers(fields: dict[str, str], cited: str) -> None:
    """Volume, issue and pages that a written citation ends in."""
    if {"volume", "number", "pages"} & set(fields):
        return
    found = re.search(
        r"(?<![\d.])(\d{1,4})\s*\((\d{1,3}(?:[-–]\d+)?)\)(?:\s*[,:]\s*(?:pp?\.\s*)?(\d+\s*[-–]+\s*\d+))?",
        re.sub(r"<[^>]+>|\((?:19|20)\d\d\)", "", cited),
    )
    if found:
        fields["volume"], fields["number"] = found[1], found[2]
        if found[3]:
            fields["pages"] = re.sub(r"\s*[-–]+\s*", "--", found[3])


_READ = frozenset({
    "authors", "author", "Author", "Authors", "journal", "booktitle", "year", "pub_date", "doi", "arxiv", "links", "abstract",
    "preview", "venue_abbr", "abbr", "selected", "featured", "award", "note", "state", "status", *LINKS, *PLACES, *STRUCTURE,
})  # fmt: skip


def _add_others(
    fields: dict[str, str], front: dict[str, Any], notes: list[tuple[str, str]]
) -> None:
    """Keys of the author's own become fields of their own names."""
    for key, value in front.items():
        name = "x-" + re.sub(r"[^a-z0-9_-]", "_", key.lower())
        if key in _READ or name in fields or value in (None, "", [], {}):
            continue
        said = text_of(value) or "; ".join(listed(value))
        if said and said not in ("true", "false"):
            fields[name] = escaped(" ".join(said.split()))
            notes.append(
                ("converted", f"the key {key!r} is kept as the field {name}, which no page shows")
            )
