"""Everything an author wrote, read from disk and told apart, before any of it is interpreted.

Each source is a plain function that adds to `Records` what it finds; the tuple below is the
list of them and their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from builder.config import Config
from builder.model.documents import Document
from builder.problems import Place, Problems, did_you_mean
from builder.sources.markdown import read_document
from builder.sources.tree import Tree, walk
from builder.text import csl_json, ris
from builder.text.bibtex import RawEntry, parse
from builder.text.csl import Item
from builder.text.files import read_text
from builder.text.patterns import late
from builder.text.yaml import Seq, Value, read_yaml

KNOWN_COLLECTIONS = ("talks", "teaching", "projects", "news", "posts")
"""Collections with typed fields and layouts of their own."""


class Records(msgspec.Struct, kw_only=True):
    """What the sources hold, each piece knowing its file and line. Filled by `read_sources`."""

    cv: Value = None
    """The document of `content/cv.yaml`."""
    cv_in: dict[str, Value] = {}
    """The documents of `content/cv.de.yaml` and the like, by language: CVs that are whole."""
    people: Value = None
    """The document of `content/people.yaml`."""
    entries: list[tuple[str, RawEntry]] = []
    """Entries of every .bib file, with the file's path relative to the site's folder."""
    items: list[tuple[str, Item]] = []
    """Records of every RIS and CSL-JSON file, with the file's path."""
    lists: dict[str, Value] = {}
    """Collection name to the document of its YAML list."""
    documents: dict[str, list[Document]] = {}
    """Collection name to its Markdown files; `pages` holds the others."""
    content: Tree = Tree()
    """Every file in `content/` that is copied as it is."""
    static: Tree = Tree()
    """The site's own static files."""


def read_sources(config: Config, problems: Problems) -> Records:
    """Read every source of the site."""
    files = walk(config.content, config.root, problems)
    records = Records(static=walk(config.root / "static", config.root, problems))
    for source in SOURCES:
        files = source(config, files, records, problems)
    records.content = files
    return records


def _yaml(name: str, config: Config, files: Tree, problems: Problems) -> tuple[Value, Tree]:
    """The document of `content/<name>.yaml` (or .yml), and the files without it."""
    found = [path for path in (f"{name}.yaml", f"{name}.yml") if path in files]
    for path in found:
        files = files.without(path)
    for path in found[1:]:
        message = f"content/{found[0]} is read; this file beside it is not used"
        problems.warning("two-files", message, Place(f"content/{path}"), "make one file of the two")
    if not found:
        return None, files
    text = read_text(config.content / found[0], f"content/{found[0]}", problems)
    return (read_yaml(text, f"content/{found[0]}", problems) if text else None), files


def cv_source(config: Config, files: Tree, records: Records, problems: Problems) -> Tree:
    """`content/cv.yaml`, else `cv.json`: the person and the CV; `cv.de.yaml` is that in German."""
    records.cv, files = _cv("cv", config.languages[0], config, files, problems)
    for language in config.languages:
        found, files = _cv(f"cv.{language}", language, config, files, problems)
        if found is not None:
            records.cv_in[language] = found
    return files


def _cv(
    name: str, language: str, config: Config, files: Tree, problems: Problems
) -> tuple[Value, Tree]:
    """The CV of this name in whichever format it is, as cv.yaml would have it."""
    other = f"{name}.json"
    had = {path for path in (f"{name}.yaml", f"{name}.yml") if path in files}
    value, files = _yaml(name, config, files, problems)
    if other in files and had:
        message = f"content/{min(had)} is read; this file beside it is not used"
        problems.warning("two-files", message, Place(f"content/{other}"), "keep one of the two")
    elif other in files:
        value = _resume(other, language, config, problems)
    if isinstance(value, Seq):
        from builder.sources.al_folio_cv import as_cv

        value = as_cv(value, problems)
    return value, files.without(other)


def _resume(name: str, language: str, config: Config, problems: Problems) -> Value:
    """A CV in JSON Resume's format as cv.yaml would have it."""
    from builder.sources.json_resume import as_cv
    from builder.text.json_source import read_json

    shown = f"content/{name}"
    text = read_text(config.content / name, shown, problems)
    return as_cv(read_json(text, shown, problems) if text else None, language, shown, problems)


def people_source(config: Config, files: Tree, records: Records, problems: Problems) -> Tree:
    """`content/people.yaml`: owner, students, coauthors."""
    records.people, files = _yaml("people", config, files, problems)
    return files


def bibliography_source(config: Config, files: Tree, records: Records, problems: Problems) -> Tree:
    """Every .bib file directly in `content/`, in the order of their names."""
    for path in [p for p in files if "/" not in p and p.lower().endswith(".bib")]:
        shown = f"content/{path}"
        text = read_text(config.content / path, shown, problems)
        entries = parse(text, shown, problems) if text is not None else []
        if text and text.strip() and not entries and "@" not in text:
            hint = "an entry begins with a line such as @article{key,"
            problems.warning("not-read", "this file holds no entry", Place(shown, 1, 1), hint)
        records.entries += [(shown, entry) for entry in entries]
        files = files.without(path)
    return files


def references_source(config: Config, files: Tree, records: Records, problems: Problems) -> Tree:
    """Every RIS and CSL-JSON file directly in `content/`; any other .json is the author's own data."""
    for path in [p for p in files if "/" not in p and p.lower().endswith((".ris", ".json"))]:
        file, shown = config.content / path, f"content/{path}"
        is_json = path.lower().endswith(".json")
        if is_json and not csl_json.may_hold_items(file):
            continue
        text = read_text(file, shown, problems) or ""
        items = (
            csl_json.parse(text, shown, problems) if is_json else ris.parse(text, shown, problems)
        )
        if text.strip() and not (is_json or items):
            hint = "a record begins with a line such as TY  - JOUR; export it as RIS again"
            problems.warning("not-read", "this file holds no record", Place(shown), hint)
        if items is not None:
            records.items += [(shown, item) for item in items]
            files = files.without(path)
    return files


def collections_source(config: Config, files: Tree, records: Records, problems: Problems) -> Tree:
    """The YAML lists of collections, known ones and those that site.yaml names."""
    for name in collection_names(config):
        value, files = _yaml(name, config, files, problems)
        if value is not None:
            records.lists[name] = value
    return files


def documents_source(config: Config, files: Tree, records: Records, problems: Problems) -> Tree:
    """Every Markdown file: a record when its folder is a collection's, else a page."""
    collections = (*collection_names(config), "publications")
    for path in [p for p in files if p.lower().endswith((".md", ".markdown"))]:
        folder = path.partition("/")[0] if "/" in path else ""
        document = read_document(
            config.content / path, f"content/{path}", config.languages, problems
        )
        if document:
            is_record = folder in collections and document.stem != f"content/{folder}/index"
            records.documents.setdefault(folder if is_record else "pages", []).append(document)
        files = files.without(path)
    return files


def unread_source(config: Config, files: Tree, records: Records, problems: Problems) -> Tree:
    """What no source reads, though its author may have meant it to be: YAML directly in `content/`,
    BibTeX in its folders.

    A CV under another name is never copied: it may hold a phone number.
    """
    _tell_unlisted(config, files, records, problems)
    _tell_misplaced(config, problems)
    for path in [p for p in files if p.lower().endswith((".html", ".htm"))]:
        if _FRONT_MATTER().match((config.content / path).read_bytes()):
            message = "this has front matter, which .md files alone have; it is copied as it is"
            hint = "name it .md: HTML may stand in Markdown as it is"
            problems.warning("not-read", message, Place(f"content/{path}", 1, 1), hint)
    known = ("cv", "people", *collection_names(config))
    for path in [p for p in files if "/" not in p and p.lower().endswith((".yaml", ".yml"))]:
        place, near = Place(f"content/{path}"), did_you_mean(path.rpartition(".")[0], known)
        data = (config.content / path).read_bytes()
        if _CV_KEY().search(data):
            files = files.without(path)
            hint = "name it cv.yaml; cv.de.yaml is read where languages: of site.yaml holds de"
            problems.warning("not-read", "this CV is not read, and not published", place, hint)
        elif near or (_RECORD().search(data) and not _named(path, records)):
            hint = f"list {path.rpartition('.')[0]} under collections: in site.yaml, or link to it from a page"
            message = "this is read by nobody, and copied as it is"
            problems.warning("not-read", message, place, near or hint)
    return files


def _tell_unlisted(config: Config, files: Tree, records: Records, problems: Problems) -> None:
    """Tell a .bib in a folder whose papers are nowhere: a page that names it offers it to visitors."""
    known = {entry.key.encode() for _, entry in records.entries}
    for path in [p for p in files if "/" in p and p.lower().endswith(".bib")]:
        keys = _BIBTEX_KEY().findall((config.content / path).read_bytes())
        if not known.issuperset(keys) and not _named(path.rpartition("/")[2], records):
            message = "its papers are not listed; the file is published as it is"
            hint = "move it into content/ itself to list its papers; or link to it from a page"
            problems.warning("not-read", message, Place(f"content/{path}"), hint)


def _tell_misplaced(config: Config, problems: Problems) -> None:
    """Tell of data beside site.yaml that its author surely meant to be read."""
    names = ("cv", "people", *collection_names(config))
    meant = {f"{name}{ending}" for name in names for ending in (".yaml", ".yml")}
    for file in sorted(config.root.iterdir()) if config.root.is_dir() else ():
        if file.is_file() and (file.name in meant or file.suffix.lower() == ".bib"):
            message = "this is read by nobody: what a site is made of lies in content/"
            problems.warning("not-read", message, Place(file.name), "move it into content/")


def _named(name: str, records: Records) -> bool:
    return any(name in page.body for pages in records.documents.values() for page in pages)


_BIBTEX_KEY = late(rb"@(?!(?:string|comment|preamble)\b)[a-z]+\s*[{(]\s*([^\s,{}]+)\s*,", re.I)
_FRONT_MATTER = late(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[\w-]+:|---)")
_RECORD = late(rb"^-[ \t]+\{?[ \t]*(?:title|name):", re.MULTILINE)
_CV_KEY = late(rb"^cv[ \t]*:", re.MULTILINE)


def collection_names(config: Config) -> tuple[str, ...]:
    """The names that make a folder or YAML list a collection."""
    own = (name for name in config.settings.collections if name not in _NOT_LISTED)
    return tuple(dict.fromkeys((*KNOWN_COLLECTIONS, *own)))


_NOT_LISTED = ("publications", "people", "cv", "pages")
"""Names of other rooms: `collections:` may give their lists a title."""


Source = Callable[[Config, Tree, Records, Problems], Tree]

SOURCES: tuple[Source, ...] = (
    cv_source, people_source, bibliography_source, references_source, collections_source,
    documents_source, unread_source,
)  # fmt: skip
"""Each takes the files that are left and gives those that it did not use."""
