"""academicpages and other Jekyll sites, from `_config.yml` to the last file in `images/`.

Every document keeps its address. Papers become entries of publications.bib, what else a theme
keeps in collections becomes Folio's, and pages stay pages, their Liquid translated.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from builder.importers import kramdown, markup, targets
from builder.importers.jekyll import Doc, JekyllSite, address_of, read_site
from builder.importers.jinja import BEGIN, END, LISTED, SINGLE, SITE_URL, finished
from builder.importers.liquid import translate
from builder.importers.liquid.room import Listed, Records, Room
from builder.importers.moving import Move
from builder.importers.owners import owner_of
from builder.importers.papers import Paper, bibtex_in, paper_of
from builder.importers.samples import is_sample
from builder.importers.source import Source
from builder.importers.values import listed, text_of, words_of
from builder.importers.yamlout import front_matter
from builder.text.slugs import slug

RENAMED = {"portfolio": "projects", "teachings": "teaching"}
"""Collections that Folio has under another name."""
KNOWN = ("talks", "teaching", "projects", "news", "posts")
COPIED = (
    ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".zip", ".gz", ".tgz", ".csv", ".txt", ".bib", ".ppt",
    ".pptx", ".key", ".doc", ".docx", ".xls", ".xlsx", ".mp4", ".webm", ".mov", ".ogg", ".mp3", ".wav", ".tex", ".ipynb", ".rar",
    ".r", ".rmd", ".py", ".m", ".json", ".tsv", ".odt", ".odp", ".ods", ".ps", ".epub", ".html", ".htm", ".ris",
)  # fmt: skip
MOST_UNASKED = 100_000_000
"""Bytes of files that nothing links to and that are copied all the same."""


class Jekyll:
    """A Jekyll site on its way into Folio."""

    def __init__(self, move: Move) -> None:
        self.move, self.source = move, move.source
        self.site = read_site(move)
        author = self.site.config.get("author")
        self.author: dict[str, Any] = author if isinstance(author, dict) else {}
        fallback = (
            text_of(author)
            or text_of(self.site.config.get("name"))
            or text_of(self.site.config.get("title"))
        )
        self.owner = owner_of(
            self.author, fallback, lambda verdict, words: move.note(verdict, "_config.yml", words)
        )
        self.aliases: list[str] = []
        self.oldest_first: list[str] = []
        self.papers: dict[str, Paper] = {}
        self.docs = {name: self.kept(docs) for name, docs in self.site.docs.items()}
        self.resolver = self.make_resolver()
        move.resolver = self.resolver
        move.urls = {d.path: d.url for docs in self.site.docs.values() for d in docs}
        self.records = {name: [self.as_record(d) for d in docs] for name, docs in self.docs.items()}

    # ---- what there is

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
        return targets.Resolver(
            self.site.url, self.site.base, self.static_files(), pages, redirects
        )

    def as_record(self, doc: Doc) -> dict[str, Any]:
        """A document as Liquid sees it."""
        values = typed(doc.front)
        return {
            **values, "title": doc.title or doc.name, "url": doc.url, "id": doc.url, "content": doc.found.body,
            "date": doc.date or None, "collection": doc.collection, "path": doc.path, "slug": doc.name,
            "tags": words_of(doc.front.get("tags")), "categories": words_of(doc.front.get("categories")),
            "excerpt": values.get("excerpt") or doc.found.body.strip().split("\n\n")[0],
        }  # fmt: skip

    def folder_of(self, collection: str) -> str:
        """Folio's name for a collection."""
        return RENAMED.get(collection, slug(collection) if collection != "drafts" else "posts")

    # ---- a body

    def variables(self, doc: Doc) -> dict[str, Any]:
        """What Liquid of a document may speak of."""
        config = typed(self.site.config)
        live = {
            name: Records(records, self.folder_of(name), self.jinja_of(name), name == "posts")
            for name, records in self.records.items()
        }
        if "posts" in live:
            live["posts"].reverse()
        collections: list[dict[str, Any]] = [
            {"label": name, "output": name != "pages", "docs": live.get(name, [])}
            for name in dict.fromkeys([*self.site.collections, "posts"]) if live.get(name)
        ]  # fmt: skip
        tags: dict[str, list[Any]] = {}
        for post in live.get("posts", []):
            for tag in post["tags"]:
                tags.setdefault(tag, []).append(post)
        site = {
            **config, **{name: [] for name in self.site.collections}, **live, "collections": collections, "baseurl": "", "url": SITE_URL,
            "data": typed(self.site.data), "tags": tags, "posts": live.get("posts", []), "time": "",
            "related_posts": [], "static_files": [],
        }  # fmt: skip
        page = self.as_record(doc)
        return {
            "site": site, "page": page, "base_path": "", "author": site.get("author") or {}, "content": "", "layout": {},
            "jekyll": {"environment": "production"}, "paginator": {"posts": live.get("posts", [])},
        }  # fmt: skip

    def jinja_of(self, name: str) -> str:
        """The records of a collection as a page of Folio names them."""
        folder = self.folder_of(name)
        return f"site.{folder}" if re.fullmatch(r"[a-z_]+", folder) else f'site["{folder}"]'

    def body(self, doc: Doc, decide: bool = False) -> tuple[str, list[Listed]]:
        """The body in Folio's Markdown, and the whole lists it had; with `decide`, a list at its end
        is left to the layout."""
        room = Room(doc.found.body, Includes(self, doc), doc)
        text = kramdown.without_comments(
            doc.found.body, lambda line, words: self.tell_comment(doc, line, words)
        )
        text = translate(text, room, self.variables(doc))
        if not doc.found.body.strip():
            text = self.from_layout(doc, room)
        for told in room.told:
            self.move.note(told.verdict, doc.path, told.text, told.line)  # type: ignore[arg-type]
        lists = list(dict.fromkeys(room.lists))
        text = self.with_lists(text, room, lists, decide)
        text = self.dressed(text, doc)
        return text, lists

    def dressed(self, text: str, doc: Doc) -> str:
        """A text whose Liquid is done, as Folio's Markdown: HTML, attributes, targets."""
        text = re.sub(rf"{SITE_URL}(?=/)", "", text).replace(SITE_URL, self.site.url or "/")
        tell = lambda verdict, words: self.move.note(verdict, doc.path, words)  # noqa: E731
        if doc.path.lower().endswith((".html", ".htm")):
            text = markup.dedented(text)
        text = markup.cleaned(text, tell)
        text = kramdown.to_folio(text)
        if "jemoji" in listed(self.site.config.get("plugins")):
            text = kramdown.emoji(text)
        text = targets.rewritten(text, lambda target: self.target(target, doc))
        text = finished(text)
        text = re.sub(r"^[ \t]+$", "", text, flags=re.MULTILINE)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")

    def tell_comment(self, doc: Doc, line: int, words: str) -> None:
        """Say that commented-out text is not taken over."""
        what = (
            "commented-out text, neither run nor shown"
            if len(words) < 400
            else "a long commented-out part, neither run nor shown"
        )
        self.move.note("left", doc.path, f"{what}: {words[:60]}", doc.found.body_line + line)

    def from_layout(self, doc: Doc, room: Room) -> str:
        """The list that a layout of the author's own draws, for a page without a body."""
        layout = self.source.first(
            *(f"_layouts/{text_of(doc.front.get('layout'))}{e}" for e in (".html", ".liquid"))
        )
        found = (
            re.search(r"\bin\s+site\.(\w+)|\{%-?\s*bibliography", self.source.text(layout))
            if layout
            else None
        )
        name = (found[1] or "publications") if found else ""
        if name in self.docs and name != "pages":
            jinja = f"{BEGIN} for post in {self.jinja_of(name)} {END}{SINGLE}{BEGIN} endfor {END}"
            self.move.note(
                "approximated",
                doc.path,
                f"the layout {layout} draws {name}; here Folio's own list does",
            )
            return room.list(Listed(self.folder_of(name), jinja, True))
        return ""

    def with_lists(self, text: str, room: Room, lists: list[Listed], decide: bool) -> str:
        """The text with its lists as Jinja, each once; the last goes to the layout where it may."""
        pattern = re.compile(f"{LISTED}(\\d+){LISTED}")
        seen: set[Listed] = set()
        only = (
            len(lists) == 1
            and decide
            and (lists[0].newest_first or lists[0].collection != "publications")
        )

        def shown(found: re.Match[str]) -> str:
            one = room.lists[int(found[1])]
            if one in seen:
                return ""
            seen.add(one)
            return "\ue030" if only and self.layout_of(one, room.doc) else f"\n{one.jinja}\n"

        text = pattern.sub(shown, text)
        if "\ue030" in text:
            before, _, after = text.partition("\ue030")
            after = after.replace("\ue030", "")
            generated = lists[0].collection in ("tags", "cv")
            if generated or not re.sub(r"<[^>]*>", "", after).strip():
                lists.append(lists[0])  # twice: the layout shows it
                return before if lists[0].collection == "tags" else f"{before}\n{after}"
            text = before + f"\n{lists[0].jinja}\n" + after
        return text

    def target(self, typed_target: str, doc: Doc) -> str:
        """A link of a document, as it leads there in Folio; what leads nowhere is told."""
        new, file, found = self.resolver.resolve(typed_target, doc.url)
        new = self.anchored(new, doc)
        if file:
            self.move.linked[file] = None
        if not found:
            line = self.line_of(typed_target, doc)
            self.move.note(
                "missing", doc.path, f"{typed_target} leads to nothing at the source", line
            )
        return new

    def anchored(self, target: str, doc: Doc) -> str:
        """A target with the part of a page as Folio names it: kramdown's ids keep accents and signs."""
        address, sign, part = target.partition("#")
        if (
            not sign
            or not part
            or "://" in address
            or f'"{part}"' in doc.found.body
            or f"#{part}}}" in doc.found.body.replace(" ", "")
        ):
            return target
        if re.fullmatch(r"(?:fn|fnref)[:\w-]*|[a-z0-9]+(?:-[a-z0-9]+)*", part):
            return target
        return f"{address}#{slug(unquote(part))}"

    @staticmethod
    def line_of(needle: str, doc: Doc) -> int:
        """The line of a document that holds some words; its first when it cannot be told."""
        at = doc.found.body.find(needle)
        return doc.found.body.count("\n", 0, at) + doc.found.body_line if at >= 0 else 0

    # ---- documents

    def paper(self, doc: Doc) -> None:
        """A paper of `_publications`."""
        self.move.taken["publications"] += 1
        categories = self.site.config.get("publication_category")
        titles = (
            {k: text_of(v.get("title")) for k, v in categories.items() if isinstance(v, dict)}
            if isinstance(categories, dict)
            else {}
        )
        front = dict(doc.front)
        for key, value in front.items():
            if isinstance(value, str) and ("{{" in value or "{%" in value):
                front[key] = self.line(value, doc)
        beside = self.bibtex_beside(front, doc) or bibtex_in(doc.found.body)
        if not text_of(front.get("date")) and doc.date:
            front["date"] = doc.date
        if not text_of(front.get("title")):
            front["title"] = doc.name.replace("-", " ")
        paper = paper_of(
            front,
            doc.found.body,
            text_of(self.owner.get("name")),
            urlsplit(self.site.url).netloc,
            titles,
            beside,
        )
        key, number = paper.key, 1
        while key in self.papers:
            number += 1
            key = f"{paper.key}-{number}"
        self.add_paper(paper._replace(key=key), doc)

    def add_paper(self, paper: Paper, doc: Doc) -> None:
        """Write the page of a paper and keep its entry."""
        for field in (
            "pdf",
            "slides",
            "poster",
            "code",
            "video",
            "data",
            "preview",
            "supp",
            "website",
            "url",
        ):
            if value := paper.fields.get(field):
                if field == "preview" and "://" not in value and not value.startswith("/"):
                    value = "/images/" + value
                paper.fields[field] = (
                    self.target(value, doc) if "://" not in value or self.is_own(value) else value
                )
        self.papers[paper.key] = paper
        self.aliases += paper.aliases
        for verdict, words in paper.notes:
            self.move.note(verdict, doc.path, words)  # type: ignore[arg-type]
        body = self.fenced(self.body(doc)[0])
        front = {"permalink": doc.url, "redirect_from": self.redirects(doc)}
        self.move.write(
            f"content/publications/{slug(paper.key)}.md", front_matter(front, body), doc.path
        )
        self.move.into[doc.path].insert(0, "content/publications.bib")
        self.leads(doc)
        self.move.given["publications"] += 1

    def is_own(self, url: str) -> bool:
        """Whether an address is one of the old site itself."""
        return bool(self.resolver.host) and urlsplit(url).netloc.casefold() == self.resolver.host

    @staticmethod
    def fenced(body: str) -> str:
        """A body whose bare BibTeX stands in a fence, so that it is shown as typed."""
        if "```" in body:
            return body
        return re.sub(
            r"^([ \t]*@[A-Za-z]+\s*\{.*?^[ \t]*\}[ \t]*)$", r"```bibtex\n\1\n```", body, flags=re.MULTILINE | re.DOTALL
        )  # fmt: skip

    def bibtex_beside(self, front: dict[str, Any], doc: Doc) -> str:
        """The entry in the file that `bibtexurl` or `bibtex` names."""
        for key in ("bibtexurl", "bibtex"):
            name = text_of(front.get(key))
            if name and "@" not in name:
                file = self.resolver.resolve(name, doc.url)[1]
                if file:
                    self.move.linked[file] = None
                    return self.source.text(file)
        return ""

    def line(self, text: str, doc: Doc) -> str:
        """A line of front matter with its Liquid run."""
        room = Room(text, Includes(self, doc), doc)
        return re.sub(
            "[\ue010-\ue015]|" + f"{LISTED}\\d+{LISTED}",
            "",
            translate(text, room, self.variables(doc)),
        ).strip()

    def redirects(self, doc: Doc) -> list[str]:
        """`redirect_from` of a document, each beginning with a slash; its own address left out."""
        old = ["/" + text.lstrip("/") for text in listed(doc.front.get("redirect_from"))]
        return [
            address for address in dict.fromkeys(old) if address != doc.url and "://" not in address
        ]

    def leads(self, doc: Doc, new: str = "") -> None:
        """Note where the addresses of a document lead; a draft has never had one."""
        if doc.collection == "drafts" or text_of(doc.front.get("published")) == "false":
            return
        for old in (doc.url, *self.redirects(doc)):
            self.move.leads(old, new or doc.url, doc.path)

    def record(self, doc: Doc) -> None:
        """A document of any other collection."""
        folder = self.folder_of(doc.collection)
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
        kept: dict[str, Any] = {"title": self.heading(doc)}
        extra: dict[str, Any] = {}
        for key, value in doc.front.items():
            if value in (None, "", [], {}) or key in _DROPPED:
                continue
            name = _NAMES.get(key, key)
            if key in ("header", "image", "img", "teaser", "thumbnail"):
                self.picture(kept, value, doc)
            elif name in _LINKED and isinstance(value, str):
                kept.setdefault(name, self.target(value, doc))
            elif name == "excerpt" and isinstance(value, str):
                self.excerpt(kept, value, doc)
            elif name in _KEPT:
                kept.setdefault(name, self.value(value, doc))
            else:
                extra[key] = value
        self.dates(kept, doc)
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

    def heading(self, doc: Doc) -> str:
        """The title as inline Markdown; none for a news item that has none."""
        title = self.line(doc.title, doc) if "{" in doc.title else doc.title
        title = re.sub(r"<br\s*/?>", " ", title)
        return re.sub(r"</?(?!(?:i|b|sub|sup)\b)[a-zA-Z][^>]*>", "", title).strip()

    def value(self, value: Any, doc: Doc) -> Any:
        """A value of front matter, Liquid and entities in it read."""
        if isinstance(value, str):
            from builder.text.urls import decode_entities

            text = self.line(value, doc) if "{{" in value or "{%" in value else value
            text = decode_entities(text)
            return re.sub(r"<(/?)strong>", r"<\1b>", re.sub(r"<(/?)em>", r"<\1i>", text))
        return value

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

    def excerpt(self, kept: dict[str, Any], value: str, doc: Doc) -> None:
        """A short text, whose picture becomes the record's."""
        found = re.search(r"<img\b[^>]*?\bsrc\s*=\s*[\"']([^\"']+)", value)
        if found:
            kept.setdefault("image", self.target(found[1], doc))
        text = re.sub(r"<img\b[^>]*>", "", value)
        text = " ".join(re.sub(r"(<br\s*/?>\s*)+", " ", text).split())
        if text:
            kept["excerpt"] = self.dressed(self.line(text, doc), doc).replace("\n", " ")

    def dates(self, kept: dict[str, Any], doc: Doc) -> None:
        """The date without the time of day that Jekyll's sites write."""
        date = text_of(kept.get("date")) or (
            "" if doc.collection in ("posts", "drafts") else doc.date
        )
        stamp = re.match(r"(\d{4}-\d{1,2}-\d{1,2})[T ]\d", date)
        if stamp:
            date = stamp[1]
        if date:
            kept["date"] = date
            if doc.key == (0, 0, 0):
                self.move.note(
                    "approximated",
                    doc.path,
                    f"{date!r} is not a date that can be read; it is shown as written",
                )
        for key in ("tags", "categories"):
            if key in kept:
                kept[key] = words_of(kept[key]) if isinstance(kept[key], str) else listed(kept[key])

    def page(self, doc: Doc) -> None:
        """An author's own page."""
        self.move.taken["pages"] += 1
        body, lists = self.body(doc, decide=True)
        front: dict[str, Any] = {"title": self.heading(doc)}
        front["permalink"] = doc.url
        front["redirect_from"] = self.redirects(doc)
        if len(lists) == 2 and lists[0] == lists[1]:
            if lists[0].collection == "cv" and not self.resume:
                self.move.leave(doc.path, "it showed the theme's sample of a CV")
                self.move.leads(doc.url, "", doc.path)
                self.move.taken["pages"] -= 1
                return
            self.give_to_layout(front, lists[0], doc)
        for key in ("description", "excerpt", "tags", "categories", "sitemap", "date"):
            if isinstance(doc.front.get(key), str) and doc.front[key]:
                front[key] = self.value(doc.front[key], doc)
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

    @staticmethod
    def layout_of(one: Listed, doc: Doc) -> str:
        """The layout that can show a list at the address of a document; empty when none can."""
        if one.collection in (*KNOWN, "publications", "cv", "tags"):
            return one.collection
        return "collection" if doc.url == f"/{one.collection}/" else ""

    def give_to_layout(self, front: dict[str, Any], one: Listed, doc: Doc) -> None:
        """Let a layout of Folio show the list of a page."""
        front["layout"] = self.layout_of(one, doc)
        if not one.newest_first:
            self.oldest_first.append(one.collection)

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
            *(self.folder_of(name) for name in self.docs if name != "pages"),
        }

    # ---- the site

    def settings(self) -> dict[str, Any]:
        """site.yaml."""
        config = self.site.config
        language = (
            (text_of(config.get("locale")) or text_of(config.get("lang")))
            .split(".")[0]
            .replace("_", "-")
        )
        url = self.site.url + (self.site.base if self.site.url else "")
        settings = {
            "title": self.plain(text_of(config.get("title"))), "description": self.plain(text_of(config.get("description"))),
            "url": url if re.match(r"https?://[^/\s]+", url) else "",
            "language": language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else "",
            "navigation": self.navigation(), "collections": self.collections(),
        }  # fmt: skip
        return {key: value for key, value in settings.items() if value}

    @staticmethod
    def plain(text: str) -> str:
        """A text of the settings in one line, without HTML."""
        return " ".join(re.sub(r"<[^>]+>", " ", text).split()).strip(">")

    def navigation(self) -> list[dict[str, Any]]:
        """The menu of `_data/navigation.yml`; entries that lead to nothing are told and left out."""
        typed_menu = self.site.data.get("navigation")
        main = typed_menu.get("main") if isinstance(typed_menu, dict) else None
        return self.menu(main if isinstance(main, list) else [])

    def menu(self, items: list[Any]) -> list[dict[str, Any]]:
        """Entries of a menu, with those below them."""
        menu = []
        for item in items:
            title, url = (
                (text_of(item.get("title")), text_of(item.get("url")))
                if isinstance(item, dict)
                else ("", "")
            )
            url = re.sub(r"\{\{.*?\}\}", "", url)
            if not title:
                continue
            new, file, found = self.resolver.resolve(url or "/", "/")
            children = item.get("children")
            if not found:
                self.move.note(
                    "missing",
                    "_data/navigation.yml",
                    f"the menu entry {title!r} leads to {url}, which is not there; it is left out",
                )
                continue
            if file:
                self.move.linked[file] = None
            below = self.menu(children) if isinstance(children, list) else []
            menu.append({"title": title, "url": new} | ({"children": below} if below else {}))
        return menu

    def collections(self) -> dict[str, Any]:
        """Options of collections: the author's own must be named, titles kept."""
        options: dict[str, Any] = {}
        for name, docs in self.docs.items():
            folder = self.folder_of(name)
            if name in ("pages", "publications", "drafts") or not docs:
                continue
            listing = next(
                (d for d in self.docs.get("pages", []) if d.url.strip("/") == name), None
            )
            title = text_of(listing.front.get("title")) if listing else ""
            if folder not in KNOWN or (title and RENAMED.get(name)):
                options[folder] = {"title": title or name.replace("_", " ").capitalize()}
            if folder in self.oldest_first:
                options.setdefault(folder, {})["sort"] = "oldest"
        return options

    def assets(self) -> None:
        """Copy what is linked, and what lies in the folders for files while that is not too much."""
        files = self.resolver.files
        for path in self.move.linked:
            self.copied(path)
        rest = [p for p in files.values() if p not in self.move.linked and _worth_copying(p)]
        size = sum(self.source.files[p] for p in rest)
        if size > MOST_UNASKED:
            self.move.note(
                "left",
                "(files)",
                f"{len(rest)} files that nothing links to, {size // 1_000_000} MB, are not copied",
            )
            for path in rest:
                self.move.leave(path, "nothing links to it, and there is too much to copy unasked")
            return
        for path in rest:
            self.copied(path)

    def copied(self, path: str) -> None:
        """Copy one static file; its address stays."""
        from builder.sources.tree import is_scattered

        if any(is_scattered(part) for part in path.split("/")):
            self.move.leave(path, "its name begins or ends as files do that no one publishes")
            return
        self.move.copy(f"content/{path}", path)
        self.move.given["files"] += 1

    def run(self) -> None:
        """Bring the whole site over."""
        self.tell_duplicates()
        for name, docs in self.docs.items():
            for doc in docs:
                if name == "publications":
                    self.paper(doc)
                elif name == "pages":
                    self.page(doc)
                else:
                    self.record(doc)
        self.write_papers()
        self.write_owner()
        self.write_cv()
        self.move.write_yaml(
            "site.yaml",
            self.settings(),
            "_config.yml",
            *[p for p in self.source.below("_data") if p.startswith("_data/navigation.")],
        )
        self.assets()
        for path in self.source.below("_data"):
            if path not in self.move.into and not re.match(
                r"_data/(?:ui-text|comments|styles|theme)\b", path
            ):
                self.move.leave(path, "data of the old theme, used where a page printed it")

    def write_papers(self) -> None:
        """publications.bib, newest first."""
        if self.papers:
            order = sorted(
                self.papers.values(), key=lambda p: p.fields.get("year", ""), reverse=True
            )
            self.move.write("content/publications.bib", "\n".join(p.entry for p in order))

    @property
    def resume(self) -> dict[str, Any]:
        """`_data/cv.json`, when it is the author's own and not the theme's sample."""
        value = self.site.data.get("cv")
        basics = value.get("basics") if isinstance(value, dict) else None
        sample = isinstance(basics, dict) and text_of(basics.get("name")).startswith("Your ")
        return value if isinstance(value, dict) and isinstance(basics, dict) and not sample else {}

    def write_cv(self) -> None:
        """cv.yaml, where `_data/cv.json` holds a CV."""
        if self.resume and "content/cv.yaml" not in self.move.site:
            from builder.importers.jsonresume import cv_of_resume

            path = self.source.first("_data/cv.json", "_data/cv.yml")
            cv = cv_of_resume(
                self.resume, lambda verdict, words: self.move.note(verdict, path, words)
            )
            self.move.write_yaml("content/cv.yaml", {"cv": cv}, path)

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

    def tell_duplicates(self) -> None:
        """Two documents with one address: Jekyll writes both, and the later one stays."""
        by_url: dict[str, Doc] = {}
        ordered = list(self.docs.get("pages", [])) + [
            d for n, docs in self.docs.items() if n != "pages" for d in docs
        ]
        for doc in ordered:
            other = by_url.get(doc.url)
            by_url[doc.url] = doc
            if other is None:
                continue
            words = f"{other.path} and {doc.path} have the one address {doc.url}; the later stays, as with Jekyll"
            self.move.note("approximated", other.path, words)
            self.move.note("approximated", doc.path, words)
            if other.found.body.split() == doc.found.body.split():
                self.move.leave(other.path, f"the same as {doc.path}")
            else:
                self.move.leave(other.path, f"hidden by {doc.path}, which has the same address")
            self.docs[other.collection] = [d for d in self.docs[other.collection] if d is not other]


class Includes:
    """Where a page's includes and links to files lead."""

    def __init__(self, jekyll: Jekyll, doc: Doc) -> None:
        self.jekyll, self.doc = jekyll, doc

    def __call__(self, name: str) -> str | None:
        """The text of an include of the author's own; None when there is none."""
        source: Source = self.jekyll.source
        path = source.first(
            f"_includes/{name}",
            f"_includes/{name}.html",
            f"_includes/{name}.liquid",
            f"_includes/{name}.md",
        )
        return source.text(path) if path else None

    def address(self, name: str) -> str | None:
        """The address of a document or file that `link` or `post_url` names."""
        wanted = name.lstrip("/")
        for docs in self.jekyll.site.docs.values():
            for doc in docs:
                stem = doc.path.rpartition(".")[0]
                if wanted in (doc.path, stem) or stem.endswith(f"_posts/{wanted}"):
                    return doc.url
        return f"/{wanted}" if wanted in self.jekyll.source else None

    def beside(self, name: str) -> str | None:
        """The text of a file beside the page."""
        path = str(PurePosixPath(self.doc.path).parent / name)
        return self.jekyll.source.text(path) if path in self.jekyll.source else None


_NAMES = {
    "event": "venue", "talk_type": "type", "link": "website", "url": "website", "slidesurl": "slides", "paperurl": "paper",
    "videourl": "video", "codeurl": "code", "github": "code", "last_modified_at": "modified", "keywords": "tags",
    "category": "categories", "tag": "tags", "summary": "excerpt", "importance": "order", "semester": "term",
    "institution": "venue", "author": "authors", "redirect": "website", "related_publications": "publications",
}  # fmt: skip
_KEPT = frozenset({
    "date", "start_date", "end_date", "type", "venue", "location", "authors", "excerpt", "description", "tags", "categories",
    "role", "term", "note", "order", "modified", "lang", "abstract", "inline", "instructor", "time", "number", "year",
})  # fmt: skip
_LINKED = frozenset({"website", "slides", "paper", "video", "code", "pdf", "poster", "data"})
_DROPPED = frozenset({
    "layout", "collection", "permalink", "redirect_from", "author_profile", "comments", "share", "related", "read_time",
    "published", "sitemap", "classes", "mathjax", "title", "toc", "toc_sticky", "related_posts", "breadcrumbs", "slug",
    "giscus_comments", "usemathjax", "nav", "nav_order", "featured", "thumbnail_alt", "toc_label", "sidebar", "pagination",
})  # fmt: skip


def typed(value: Any) -> Any:
    """Values as Liquid sees them: truth values and whole numbers out of text."""
    if isinstance(value, dict):
        return {k: typed(v) for k, v in value.items()}
    if isinstance(value, list):
        return [typed(v) for v in value]
    if isinstance(value, str):
        if value in ("true", "false"):
            return value == "true"
        if re.fullmatch(r"-?(0|[1-9]\d{0,8})", value):
            return int(value)
    return value


_THEME_FILES = re.compile(
    r"(?:assets/(?:css|js|fonts|webfonts|libs|_main)|markdown_generator|scripts|talkmap|themes|test|bin|docs|\.)"
    r"|files/(?:bibtex1\.bib|paper[123]\.pdf|slides[123]\.pdf)$"
    r"|images/(?:themes/|favicon|apple-touch|android-chrome|browserconfig|manifest|mstile|safari-pinned|site-logo|500x300"
    r"|3953273590|bio-photo|foo-bar|image-alignment|paragraph-|mm-|profile\.png|editing-talk|homepage)"
)


def _worth_copying(path: str) -> bool:
    """Whether a file that nothing links to is likely the author's: a paper, a picture, data."""
    return "/" in path and path.lower().endswith(COPIED) and not _THEME_FILES.match(path)


def _file_name(address: str) -> str:
    return re.sub(r"[^\w./-]+", "-", address)


def import_jekyll(move: Move) -> None:
    """academicpages, and any other Jekyll site."""
    Jekyll(move).run()


__all__ = ["Jekyll", "JekyllSite", "address_of", "import_jekyll"]
