"""A Jekyll site as Jekyll sees it: settings, documents, and the address of each.

Sources: Jekyll 4's documentation on permalinks, collections and front matter defaults; its `URL`,
`Page`, `Document` and `Utils.slugify` for what the documentation leaves open.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from builder.importers.jekyll.languages import add_language, languages_in
from builder.importers.jekyll.tables import TABLES, without_page
from builder.importers.moving import Move
from builder.importers.source import Content, Source, plain_yaml
from builder.importers.values import listed, text_of, words_of
from builder.text.dates import newest, read_when

ENDINGS = (".md", ".markdown", ".mkd", ".mkdn", ".html", ".htm")

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html", "none": "/:categories/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/", "ordinal": "/:categories/:year/:y_day/:title.html",
}  # fmt: skip

_NO_PAGES = re.compile(
    r"^(README|CONTRIBUTING|CHANGELOG|LICENSE|CODE_OF_CONDUCT|CUSTOMIZE|INSTALL|FAQ|AGENTS|CLAUDE|SEO|ANALYTICS"
    r"|TROUBLESHOOTING|QUICKSTART|UPGRADE|ACCESSIBILITY)\b", re.IGNORECASE,
)  # fmt: skip


class Doc(Content, kw_only=True):
    """One document of the site: a page, a post, an item of a collection."""

    collection: str
    """`pages`, `posts`, `drafts`, or the collection's own name."""
    name: str
    """The path within its folder, without the ending and a post's date."""
    date: str = ""
    url: str = ""
    language: str = ""
    """Its language on a site of several; empty on a site of one."""

    @property
    def title(self) -> str:
        """Its title as typed; empty when it has none."""
        return text_of(self.front.get("title"))

    @property
    def key(self) -> tuple[int, int, int]:
        """What Jekyll sorts by: year, month and day; zeros when there is no date."""
        when = read_when(self.date[:10].strip()) or read_when(self.date) if self.date else None
        day = newest(when) if when else None
        return (day.year, day.month or 1, day.day or 1) if day else (0, 0, 0)


class JekyllSite(msgspec.Struct, kw_only=True):
    """A whole site, read."""

    source: Source
    config: dict[str, Any]
    collections: dict[str, dict[str, Any]]
    docs: dict[str, list[Doc]]
    """Collection to its documents in Jekyll's order; `pages` among them."""
    data: dict[str, Any]
    """`_data`, by file name and folder; of several languages, the default one's own files too."""
    languages: tuple[str, ...] = ()
    """The languages of a site of several, the default one first."""

    @property
    def base(self) -> str:
        """The base path, without a slash at its end."""
        return text_of(self.config.get("baseurl")).strip().rstrip("/")

    @property
    def url(self) -> str:
        """Scheme and host, without a slash at the end."""
        return text_of(self.config.get("url")).strip().rstrip("/")


def read_site(move: Move) -> JekyllSite:
    """Everything that Jekyll would read, each document with its address."""
    source = move.source
    config = source.data("_config.yml") if "_config.yml" in source else {}
    config = config if isinstance(config, dict) else {}
    languages, data = languages_in(config), _data(move)
    own = data.get(languages[0]) if languages else None
    site = JekyllSite(
        source=source, config=config, collections=_collections(config), docs={},
        data={**data, **own} if isinstance(own, dict) else data, languages=languages,
    )  # fmt: skip
    defaults = config.get("defaults")
    for doc in _documents(site, config):
        for complaint in doc.found.complaints:
            move.note("approximated", doc.path, f"mended on reading: {complaint}")
        _add_defaults(doc, defaults if isinstance(defaults, list) else [])
        if languages:
            add_language(doc, languages)
        doc.date = doc.date or text_of(doc.front.get("date"))
        doc.url = address_of(doc, site)
        site.docs.setdefault(doc.collection, []).append(doc)
    for path, name in TABLES.items():
        for row in without_page(move, site.docs.get(name, []), path) if path in source else ():
            doc = Doc(
                found=row,
                collection=name,
                name=row.front.get("permalink", "row").rpartition("/")[2],
            )
            doc.date = text_of(row.front.get("date"))
            doc.url = address_of(doc, site)
            site.docs.setdefault(name, []).append(doc)
    for name, docs in site.docs.items():
        docs.sort(key=lambda d: (d.key, d.path) if name != "pages" else ((0, 0, 0), d.path))
    return site


def _collections(config: dict[str, Any]) -> dict[str, dict[str, Any]]:
    typed = config.get("collections")
    if isinstance(typed, list):
        return {text_of(name): {} for name in typed if text_of(name)}
    if not isinstance(typed, dict):
        return {}
    return {name: options if isinstance(options, dict) else {} for name, options in typed.items()}


def _data(move: Move) -> dict[str, Any]:
    source, data = move.source, dict[str, Any]()
    for path in source.below("_data", ".yml", ".yaml", ".json"):
        *folders, name = path.removeprefix("_data/").split("/")
        room = data
        for folder in folders:
            room = room.setdefault(folder, {})
        room[name.rpartition(".")[0]], told = plain_yaml(source.text(path))
        if told and not room[name.rpartition(".")[0]]:
            move.leave(path, f"it cannot be read, at the source either: {told[-1]}")
    return data


def _documents(site: JekyllSite, config: dict[str, Any]) -> Iterator[Doc]:
    source = site.source
    folder = text_of(config.get("collections_dir")).strip("/")
    start = f"{folder}/" if folder else ""
    included = {i.strip("/") for i in listed(config.get("include"))} | {"_pages"}
    for path in source.files:
        if not path.lower().endswith(ENDINGS):
            continue
        room, _, rest = path.removeprefix(start).partition("/")
        name = room.removeprefix("_")
        if rest and room.startswith("_") and room not in included:
            if name in site.collections or name in ALWAYS:
                yield _doc(source, path, name, rest)
        elif "/_posts/" in path:
            yield _doc(source, path, "posts", path.partition("/_posts/")[2])
        elif not path.startswith(("assets/", "markdown_generator/")) and not _NO_PAGES.match(
            path.rpartition("/")[2]
        ):
            found = source.document(path)
            if found.has_front:
                yield Doc(found=found, collection="pages", name=path.rpartition(".")[0])


ALWAYS = frozenset({
    "posts", "drafts", "publications", "talks", "teaching", "portfolio", "news", "projects", "books", "teachings",
})  # fmt: skip
"""Collections that are read whether _config.yml names them or not: a theme may have named them."""


def _doc(source: Source, path: str, collection: str, rest: str) -> Doc:
    name = rest.rpartition(".")[0]
    dated = re.fullmatch(r"(?P<folder>.*/)?(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<name>[^/]+)", name)
    if dated and collection in ("posts", "drafts"):
        name = dated["name"]
    found = source.document(path)
    date = text_of(found.front.get("date")) or (dated["date"] if dated else "")
    return Doc(found=found, collection=collection, name=name, date=date)


def _add_defaults(doc: Doc, defaults: list[Any]) -> None:
    """Front matter defaults of _config.yml that the document does not overrule."""
    kind = "pages" if doc.collection == "pages" else doc.collection
    for entry in defaults:
        scope = entry.get("scope") if isinstance(entry, dict) else None
        values = entry.get("values") if isinstance(entry, dict) else None
        if not isinstance(scope, dict) or not isinstance(values, dict):
            continue
        path, type_ = text_of(scope.get("path")), text_of(scope.get("type"))
        if doc.path.startswith(path) and type_ in ("", kind):
            for key in ("permalink", "published", "categories"):
                if key in values and doc.front.get(key) is None:
                    doc.front[key] = values[key]


def address_of(doc: Doc, site: JekyllSite) -> str:
    """The address of a document, without the base path."""
    permalink = text_of(doc.front.get("permalink"))
    if "://" in permalink:
        permalink = urlsplit(permalink).path or "/"
    if permalink and ":" not in permalink:
        return _clean(permalink)
    style = text_of(site.config.get("permalink"))
    if doc.collection == "pages":
        return _clean(_filled(permalink, doc) if permalink else _page_address(doc, style))
    if doc.collection in ("posts", "drafts"):
        pattern = permalink or _STYLES.get(style or "date", style)
    else:
        own = text_of(site.collections.get(doc.collection, {}).get("permalink"))
        pattern = permalink or own or "/:collection/:path:output_ext"
        if not (permalink or own) and (style == "pretty" or style.endswith("/")):
            pattern = "/:collection/:path/"
    return _clean(_filled(pattern, doc))


def _page_address(doc: Doc, style: str) -> str:
    folder, _, base = doc.name.rpartition("/")
    if base == "index":
        return f"/{folder}/"
    pretty = style == "pretty" or style.endswith("/")
    return f"/{doc.name}/" if pretty else f"/{doc.name}.html"


def _filled(pattern: str, doc: Doc) -> str:
    year, month, day = doc.key
    slug = text_of(doc.front.get("slug")) or slugged(posixpath.basename(doc.name), doc.collection)
    categories = listed(doc.front.get("categories")) or words_of(doc.front.get("category"))
    values = {
        "categories": "/".join(slugged(c) for c in categories), "collection": doc.collection, "path": doc.name,
        "name": slugged(posixpath.basename(doc.name)), "title": slug, "slug": slugged(slug), "output_ext": ".html", "basename":
        posixpath.basename(doc.name), "year": f"{year:04d}", "month": f"{month:02d}", "day": f"{day:02d}",
        "i_month": str(month), "i_day": str(day), "short_year": f"{year % 100:02d}", "num": "",
    }  # fmt: skip
    return re.sub(r":([a-z_]+?)(?=$|[^a-z_]|_?:)", lambda m: values.get(m[1], m[0]), pattern)


def slugged(text: str, collection: str = "") -> str:
    """Jekyll's default slug: words joined by dashes; a file's name keeps its case."""
    return (
        re.sub(r"[^\w]+", "-", text if collection else text.lower()).strip("-")
        if not collection
        else text
    )


def _clean(address: str) -> str:
    address = re.sub(r"/{2,}", "/", "/" + address.strip())
    parts: list[str] = []
    for part in address.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return unquote("/".join(parts)).replace("?", "").replace("#", "") or "/"
