"""academicpages and other Jekyll sites, from `_config.yml` to the last file in `images/`.

Every document keeps its address. Papers become entries of publications.bib, what else a theme
keeps in collections becomes Folio's, and pages stay pages. What a theme's importer may do
otherwise is a method here; the rest is in rooms beside this one.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from builder.importers import kramdown, targets
from builder.importers.jekyll.assets import copy_assets
from builder.importers.jekyll.bodies import anchored, dressed, tell_comment
from builder.importers.jekyll.categories import topics_of
from builder.importers.jekyll.cv import resume_of, write_cv
from builder.importers.jekyll.duplicates import claimed, tell_duplicates
from builder.importers.jekyll.folders import KNOWN, folder_of
from builder.importers.jekyll.includes import Includes
from builder.importers.jekyll.languages import counterparts, tell_alone, write_translation
from builder.importers.jekyll.lists import from_layout, give_to_layout, with_lists
from builder.importers.jekyll.papers import (
    add_entries_without_page,
    generators_entries,
    write_paper,
)
from builder.importers.jekyll.reading import Doc, read_site
from builder.importers.jekyll.records import (
    DROPPED,
    KEPT,
    LINKED,
    NAMES,
    add_dates,
    add_excerpt,
    heading_of,
    value_of,
)
from builder.importers.jekyll.settings import collections_of, menu_of, plain
from builder.importers.jekyll.tables import TABLES
from builder.importers.jekyll.theme import tell_changed
from builder.importers.jekyll.variables import as_record, variables_of
from builder.importers.liquid import translate
from builder.importers.liquid.room import Listed, Room
from builder.importers.moving import Move
from builder.importers.owners import owner_of
from builder.importers.papers import Paper, write_papers
from builder.importers.samples import is_sample
from builder.importers.values import first_text, listed, text_of
from builder.importers.yamlout import front_matter
from builder.model.addresses import output_path


class Jekyll:
    """A Jekyll site on its way into Folio."""

    def __init__(self, move: Move) -> None:
        self.move, self.source = move, move.source
        self.site = read_site(move)
        author = self.site.config.get("author")
        self.author: dict[str, Any] = author if isinstance(author, dict) else {}
        fallback = text_of(author) or first_text(self.site.config, "name", "title")
        self.owner = owner_of(
            self.author, fallback, lambda verdict, words: move.note(verdict, "_config.yml", words)
        )
        self.aliases: list[str] = []
        self.oldest_first: list[str] = []
        self.papers: dict[str, Paper] = {}
        self.claimed: dict[str, str] = {}
        self.included: dict[str, None] = {}
        self.topics = topics_of(self.site)
        self.entries = generators_entries(self.source)
        self.docs = {name: self.kept(docs) for name, docs in self.site.docs.items()}
        self.translations: list[tuple[Doc, Doc]] = []
        for name, docs in self.docs.items() if self.site.languages else ():
            self.docs[name], pairs = counterparts(docs, self.site.languages[0])
            self.translations += pairs
        self.resolver = self.make_resolver()
        move.resolver = self.resolver
        move.urls = {d.path: d.url for docs in self.site.docs.values() for d in docs}
        self.records = {name: [as_record(d) for d in docs] for name, docs in self.docs.items()}

    def kept(self, docs: list[Doc]) -> list[Doc]:
        """The documents without the theme's samples."""
        real = []
        for doc in docs:
            if is_sample(doc.front, doc.found.body):
                self.move.leave(doc.path, f"a sample of the theme: {doc.title or doc.name}")
                if doc.collection != "drafts":
                    self.move.leads(doc.url, "", doc.path)
            else:
                real.append(doc)
        return real

    def static_files(self) -> dict[str, str]:
        """The address of every file that Jekyll copies, to its path."""
        documents = {d.path for docs in self.site.docs.values() for d in docs}
        return {
            f"/{path}": path for path in self.source.files
            if not path.startswith(("_", ".")) and path not in documents and "/_" not in path and not path.endswith((".scss", ".sass", ".coffee"))
        }  # fmt: skip

    def make_resolver(self) -> targets.Resolver:
        """What links of this site lead to."""
        redirects: dict[str, str] = {}
        pages: set[str] = set()
        for doc in (d for docs in self.docs.values() for d in docs):
            pages.add(doc.url)
            for old in listed(doc.front.get("redirect_from")):
                redirects.setdefault("/" + old.lstrip("/"), doc.url)
        pages |= {"/feed.xml", "/sitemap.xml"}
        pages |= {f"/{code}{page}" for code in self.site.languages[1:] for page in pages}
        return targets.Resolver(
            self.site.url, self.site.base, self.static_files(), pages, redirects
        )

    def body(self, doc: Doc, decide: bool = False) -> tuple[str, list[Listed]]:
        """The body in Folio's Markdown, and the whole lists it had; with `decide`, a list at its end
        is left to the layout."""
        room = Room(doc.found.body, Includes(self, doc), doc)
        text = kramdown.without_comments(
            doc.found.body, lambda line, words: tell_comment(self, doc, line, words)
        )
        text = translate(text, room, variables_of(self, doc))
        if not doc.found.body.strip():
            text = from_layout(self, doc, room)
        for told in room.told:
            self.move.note(told.verdict, doc.path, told.text, told.line)  # type: ignore[arg-type]
        lists = list(dict.fromkeys(room.lists))
        text = with_lists(text, room, lists, decide)
        text = dressed(self, text, doc)
        return text, lists

    def target(self, typed_target: str, doc: Doc) -> str:
        """A link of a document, as it leads there in Folio; what leads nowhere is told."""
        new, file, found = self.resolver.resolve(typed_target, doc.url)
        new = anchored(new, doc)
        if file:
            self.move.linked[file] = None
        if not found:
            words = f"{typed_target} leads to nothing at the source"
            self.move.note("missing", doc.path, words, doc.found.line_of(typed_target))
        return new

    def redirects(self, doc: Doc) -> list[str]:
        """`redirect_from` of a document, each beginning with a slash; its own address left out."""
        old = ["/" + text.lstrip("/") for text in listed(doc.front.get("redirect_from"))]
        return [
            address
            for address in dict.fromkeys(old)
            if address != doc.url
            and "://" not in address
            and self.claimed.get(output_path(address), doc.path) == doc.path
        ]

    def leads(self, doc: Doc, new: str = "") -> None:
        """Note where the addresses of a document lead; a draft and a row of a table have never had one."""
        if (
            doc.collection == "drafts"
            or doc.path in TABLES
            or text_of(doc.front.get("published")) == "false"
        ):
            return
        for old in (doc.url, *self.redirects(doc)):
            self.move.leads(old, new or doc.url, doc.path)

    def record(self, doc: Doc) -> None:
        """A document of any other collection."""
        folder = folder_of(doc.collection)
        self.move.taken[folder] += 1
        front = self.record_front(doc)
        body = self.body(doc)[0]
        name = re.sub(r"[^\w.-]+", "-", doc.name.replace("/", "-")).strip("-") or "untitled"
        if folder == "posts" and doc.key != (0, 0, 0):
            name = "{:04d}-{:02d}-{:02d}-".format(*doc.key) + name
        self.move.write(
            self.move.free(f"content/{folder}/{name}.md"), front_matter(front, body), doc.path
        )
        self.leads(doc)
        self.move.given[folder] += 1

    def record_front(self, doc: Doc) -> dict[str, Any]:
        """Front matter of a record: Folio's keys first, the author's own below `extra`."""
        kept: dict[str, Any] = {"title": heading_of(self, doc)}
        extra: dict[str, Any] = {}
        for key, value in doc.front.items():
            if value in (None, "", [], {}) or key in DROPPED:
                continue
            name = NAMES.get(key, key)
            if key in ("header", "image", "img", "teaser", "thumbnail"):
                self.picture(kept, value, doc)
            elif name in LINKED and isinstance(value, str):
                kept.setdefault(name, self.target(value, doc))
            elif name == "excerpt" and isinstance(value, str):
                add_excerpt(self, kept, value, doc)
            elif name in KEPT:
                kept.setdefault(name, value_of(self, value, doc))
            else:
                extra[key] = value
        add_dates(self, kept, doc)
        if doc.collection == "drafts" or text_of(doc.front.get("published")) == "false":
            kept.pop("published", None)
            kept["draft"] = "true"
        if extra:
            kept["extra"] = extra
            self.move.note(
                "approximated",
                doc.path,
                f"keys that no layout of Folio shows are kept below extra: {', '.join(extra)}",
            )
        return {**kept, "permalink": doc.url, "redirect_from": self.redirects(doc)}

    def picture(self, kept: dict[str, Any], value: Any, doc: Doc) -> None:
        """A picture of a record, from any of the shapes that themes have."""
        if isinstance(value, dict):
            names = ("teaser", "image", "overlay_image", "feature", "path")
            value = next((value[n] for n in names if text_of(value.get(n))), "")
        path = text_of(value)
        if not path:
            return
        if "://" not in path and not path.startswith("/"):
            path = "/images/" + path
        kept.setdefault("image", self.target(path, doc))

    def page(self, doc: Doc) -> None:
        """An author's own page."""
        self.move.taken["pages"] += 1
        body, lists = self.body(doc, decide=True)
        front: dict[str, Any] = {"title": heading_of(self, doc)}
        front["permalink"] = doc.url
        front["redirect_from"] = self.redirects(doc)
        if len(lists) == 2 and lists[0] == lists[1]:
            if lists[0].collection == "cv" and not resume_of(self):
                self.move.leave(doc.path, "it showed the theme's sample of a CV")
                self.move.leads(doc.url, "", doc.path)
                self.move.taken["pages"] -= 1
                return
            give_to_layout(self, front, lists[0], doc)
        for key in ("description", "excerpt", "tags", "categories", "sitemap", "date"):
            if isinstance(doc.front.get(key), str) and doc.front[key]:
                front[key] = value_of(self, doc.front[key], doc)
            elif listed(doc.front.get(key)):
                front[key] = listed(doc.front[key])
        self.picture(front, doc.front.get("header"), doc)
        if text_of(doc.front.get("author_profile")) == "false":
            front["author_profile"] = "false"
        if text_of(doc.front.get("toc")) == "true" or isinstance(doc.front.get("toc"), dict):
            front["toc"] = "true"
        if text_of(doc.front.get("published")) == "false":
            front["published"] = "false"
        self.page_file(doc, front, body)

    def page_file(self, doc: Doc, front: dict[str, Any], body: str) -> None:
        """Write a page where its address says."""
        if doc.url == "/404.html":
            body = body or "Nothing is here."
        inside = re.sub(r"\.html?$", "", doc.url.strip("/")) or "index"
        if doc.url == "/":
            body = self.home(doc, front, body)
        path = self.move.free(f"content/{_file_name(inside)}.md")
        if (front["permalink"] == f"/{inside}/" and _file_name(inside) == inside) or doc.url == "/":
            front.pop("permalink")
        first = PurePosixPath(path).parts[1] if path.count("/") > 1 else ""
        if first in self.folders():
            path = self.move.free(f"content/{_file_name(inside.replace('/', '-'))}.md")
            front["permalink"] = doc.url
        self.move.write(path, front_matter(front, body), doc.path)
        self.leads(doc)
        self.move.given["pages"] += 1

    def home(self, doc: Doc, front: dict[str, Any], body: str) -> str:
        """The home page: its title is the owner's name, which the layout prints."""
        return body

    def folders(self) -> set[str]:
        """Folders of the new site that hold records, and no pages."""
        return {
            *KNOWN,
            "publications",
            *(folder_of(name) for name in self.docs if name != "pages"),
        }

    def settings(self) -> dict[str, Any]:
        """site.yaml."""
        config = self.site.config
        language = (first_text(config, "locale", "lang")).split(".")[0].replace("_", "-")
        url = self.site.url + (self.site.base if self.site.url else "")
        settings = {
            "title": plain(text_of(config.get("title"))), "description": plain(text_of(config.get("description"))),
            "url": url if re.match(r"https?://[^/\s]+", url) else "",
            "language": language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) and not self.site.languages else "",
            "languages": list(self.site.languages),
            "navigation": self.navigation(), "collections": collections_of(self),
        }  # fmt: skip
        return {key: value for key, value in settings.items() if value}

    def navigation(self) -> list[dict[str, Any]]:
        """The menu of `_data/navigation.yml`; entries that lead to nothing are told and left out."""
        typed_menu = self.site.data.get("navigation")
        main = typed_menu.get("main") if isinstance(typed_menu, dict) else None
        return menu_of(self, main if isinstance(main, list) else [])

    def run(self) -> None:
        """Bring the whole site over."""
        tell_duplicates(self)
        self.claimed = claimed(self)
        for name, docs in self.docs.items():
            for doc in docs:
                if name == "publications":
                    write_paper(self, doc)
                elif name == "pages":
                    self.page(doc)
                else:
                    self.record(doc)
        for doc, original in self.translations:
            write_translation(self, doc, original)
        tell_alone(self)
        add_entries_without_page(self)
        write_papers(self.move, self.papers.values())
        self.write_owner()
        write_cv(self)
        self.move.write_yaml(
            "site.yaml",
            self.settings(),
            "_config.yml",
            *[p for p in self.source.below("_data") if p.startswith("_data/navigation.")],
        )
        copy_assets(self)
        tell_changed(self)
        for path in self.source.below("_data"):
            if path not in {**self.move.into, **self.move.left} and not re.match(
                r"_data/(?:ui-text|comments|styles|theme)\b", path
            ):
                self.move.leave(path, "data of the old theme, used where a page printed it")

    def write_owner(self) -> None:
        """people.yaml with the owner."""
        person = dict(self.owner)
        avatar = text_of(self.author.get("avatar"))
        if avatar:
            path = avatar if "/" in avatar else f"/images/{avatar}"
            new, file, found = self.resolver.resolve(path, "/")
            if found:
                person["photo"] = new.lstrip("/") if file else new
                self.move.linked.update({file: None} if file else {})
            else:
                self.move.note("missing", "_config.yml", f"the picture {avatar} is not there")
        aliases = [a for a in dict.fromkeys(self.aliases) if a != person.get("name")]
        if aliases:
            person["aliases"] = aliases
        if person.get("name"):
            self.move.write_yaml("content/people.yaml", [person], "_config.yml")


def _file_name(address: str) -> str:
    return re.sub(r"[^\w./-]+", "-", address)


def import_jekyll(move: Move) -> None:
    """academicpages, and any other Jekyll site."""
    Jekyll(move).run()
