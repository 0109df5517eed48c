"""al-folio, v0 and v1: what it adds to Jekyll.

Its bibliography is already what Folio reads; the rest is found in `_data`, in the front matter of
the about page, and in collections of its own.
"""

from __future__ import annotations

import re
from typing import Any

from builder.importers.academicpages import Jekyll
from builder.importers.distill import distilled
from builder.importers.jekyll import Doc
from builder.importers.jsonresume import cv_of_resume
from builder.importers.moving import Move
from builder.importers.owners import is_mail, link_of
from builder.importers.rendercv import cleaned_cv, sections_of
from builder.importers.samples import is_sample_entry
from builder.importers.values import listed, text_of
from builder.importers.yamlout import front_matter
from builder.problems import Problems
from builder.text.bibtex import parse
from builder.text.tex import to_text

_FOLDERS = {
    "pdf": "/assets/pdf/", "supp": "/assets/pdf/", "poster": "/assets/pdf/", "slides": "/assets/pdf/", "html": "/assets/html/",
    "preview": "/assets/img/publication_preview/", "video": "/assets/video/", "blog": "/", "code": "/", "website": "/",
}  # fmt: skip
"""Where a bare file name of a bibliography field lies."""


class AlFolio(Jekyll):
    """An al-folio site on its way into Folio."""

    def __init__(self, move: Move) -> None:
        super().__init__(move)
        self.about = next((d for d in self.docs.get("pages", []) if d.url == "/"), None)
        self.owner = self.person()

    # ---- whose it is

    def person(self) -> dict[str, Any]:
        """The owner: the name of the settings, the accounts of settings and socials.yml."""
        config, socials = self.site.config, self.site.data.get("socials")
        parts = [text_of(config.get(k)) for k in ("first_name", "middle_name", "last_name")]
        title = text_of(self.about.front.get("title")) if self.about else ""
        known = (
            " ".join(filter(None, parts)),
            text_of(config.get("name")),
            text_of(config.get("title")),
        )
        alike = any(
            set(self.plain(title).casefold().split()) & set(k.casefold().split()) for k in known
        )
        names = (title if alike else "", *known, title)
        name = next(
            (
                self.plain(n)
                for n in names
                if n and n != "blank" and not re.fullmatch(r"(?i)about( me)?|home", n)
            ),
            "",
        )
        person: dict[str, Any] = {"name": name, "owner": "true"}
        if self.about:
            subtitle = self.plain(self.line(text_of(self.about.front.get("subtitle")), self.about))
            description = text_of(self.about.front.get("description"))
            person |= {"headline": subtitle or description} if subtitle or description else {}
        person |= self.profile()
        found = dict(config) | (socials if isinstance(socials, dict) else {})
        mails = [m for m in listed(found.get("email")) if m != "you@example.com"]
        if mails:
            person["email"] = mails[0]
            if not is_mail(mails[0]):
                self.move.note(
                    "approximated",
                    "_config.yml",
                    f"the mail address {mails[0]!r} is kept as it is written",
                )
        links = self.accounts(found)
        if links:
            person["links"] = links
        return person

    def profile(self) -> dict[str, Any]:
        """Portrait and address beside the about page's text."""
        profile = self.about.front.get("profile") if self.about else None
        profile = profile if isinstance(profile, dict) else {}
        found: dict[str, Any] = {}
        more = text_of(profile.get("more_info")) or text_of(profile.get("address"))
        lines = [self.plain(p) for p in re.split(r"</p>|<br\s*/?>|\n", more) if self.plain(p)]
        if lines and not re.match(r"555 your|123 your", lines[0]):
            found["location"] = ", ".join(lines)
        image = text_of(profile.get("image"))
        if image:
            new, file, there = self.resolver.resolve(
                image if "/" in image else f"/assets/img/{image}", "/"
            )
            if there and file:
                found["photo"] = new.lstrip("/")
                self.move.linked[file] = None
            elif not there:
                self.move.note("missing", "_pages/about.md", f"the picture {image} is not there")
        return found

    @staticmethod
    def accounts(found: dict[str, Any]) -> dict[str, str]:
        """Profiles: `*_username`, `*_id`, `*_url`, and the custom ones."""
        links: dict[str, str] = {}
        for key, value in found.items():
            if (
                isinstance(value, dict)
                and value.get("url")
                and value.get("title") not in (None, "Custom Social")
            ):
                links[text_of(value["title"])] = text_of(value["url"])
                continue
            network = re.fullmatch(r"(\w+?)_(?:username|userid|id|url|number)", key)
            typed = text_of(value)
            if not network or not typed or key in _NOT_ACCOUNTS or typed in _SAMPLE_ACCOUNTS:
                continue
            label = link_of(network[1].replace("_", ""), typed) or link_of(network[1], typed)
            if label:
                links.setdefault(*label)
        return links

    # ---- papers

    def bibliographies(self) -> None:
        """Every .bib file of `_bibliography`: real entries, asset names made addresses."""
        folder = text_of(
            (self.site.config.get("scholar") or {}).get("source")
            if isinstance(self.site.config.get("scholar"), dict)
            else ""
        )
        found = self.source.below(
            folder.strip("/") or "_bibliography", ".bib"
        ) or self.source.below("_bibliography", ".bib")
        for path in found:
            text = re.sub(
                r"\A\s*---\s*\n(?:.*?\n)?---\s*\n", "", self.source.text(path), flags=re.DOTALL
            )
            stem = path.rpartition("/")[2].removesuffix(".bib")
            if re.fullmatch(r"talks?|presentations?|posters?", stem):
                self.talks(text, path)
            else:
                self.bibliography(
                    text, path, "publications" if stem in ("papers", "publications") else stem
                )

    def bibliography(self, text: str, path: str, stem: str) -> None:
        """One file, its entries as they were typed."""
        name = text_of(self.owner.get("name"))
        entries = {e.key: e for e in parse(text, path, Problems())}
        kept: list[str] = []
        self.move.taken["publications"] += len(entries)
        for chunk in re.split(r"(?m)^(?=[ \t]*@)", text):
            key = re.match(r"\s*@\w+\s*[{(]\s*([^,\s]+)\s*,", chunk)
            entry = entries.get(key[1]) if key else None
            if entry and is_sample_entry(entry.key, entry.fields, name):
                self.move.note("left", path, f"a sample of the theme: {entry.key}", entry.line)
                self.move.taken["publications"] -= 1
            elif chunk.strip():
                kept.append(self.with_assets(chunk, path))
        body = "".join(kept).strip()
        if "@" in body:
            self.move.write(self.move.free(f"content/{stem}.bib"), body + "\n", path)
            self.move.given["publications"] += len(
                [e for e in parse(body, path, Problems()) if e.type != "xdata"]
            )
        else:
            self.move.leave(path, "it holds nothing but samples")

    def with_assets(self, chunk: str, path: str) -> str:
        """An entry whose bare file names say where the files lie."""

        def moved(found: re.Match[str]) -> str:
            field, value = found["field"].lower(), found["value"].strip()
            if (
                not value
                or re.match(r"(?i)[a-z]+://|/|true$|false$|#", value)
                or field not in _FOLDERS
            ):
                return found[0]
            new, file, there = self.resolver.resolve(_FOLDERS[field] + value, "/")
            if file:
                self.move.linked[file] = None
            elif not there and field in ("code", "website", "blog", "html", "video"):
                return found[0]
            elif not there:
                self.move.note("missing", path, f"{field} = {value}: there is no such file")
            return found[0].replace(found["value"], new)

        pattern = r"(?P<field>(?i:pdf|supp|poster|slides|html|preview|video|blog|code|website))\s*=\s*[{\"](?P<value>[^{}\"\n]*)[}\"]"
        return re.sub(pattern, moved, chunk)

    def talks(self, text: str, path: str) -> None:
        """A .bib file of talks as talks.yaml."""
        records = []
        for entry in parse(text, path, Problems()):
            fields = {k: to_text(v) for k, v in entry.fields.items()}
            people = re.split(r"\s+and\s+", fields.get("author", ""))
            record = {
                "title": fields.get("title", ""), "authors": [p for p in people if p] if len(people) > 1 else [],
                "venue": fields.get("booktitle") or fields.get("journal") or fields.get("eventtitle") or "", "location":
                fields.get("address") or fields.get("location") or "", "date": " ".join(filter(None, (fields.get("month", ""), fields.get("year", "")))),
                "slides": fields.get("slides", ""), "video": fields.get("video", ""), "website": fields.get("html") or fields.get("url") or "",
                "abstract": fields.get("abstract", ""), "note": fields.get("note", ""),
            }  # fmt: skip
            records.append({k: v for k, v in record.items() if v})
        self.move.taken["talks"] = self.move.given["talks"] = len(records)
        if records:
            self.move.write_yaml("content/talks.yaml", records, path)

    def coauthors(self) -> None:
        """coauthors.yml: people whose names on papers are links."""
        listed_people = self.site.data.get("coauthors")
        people = []
        for family, entries in (listed_people if isinstance(listed_people, dict) else {}).items():
            for entry in entries if isinstance(entries, list) else [entries]:
                if (
                    not isinstance(entry, dict)
                    or "wikipedia.org" in text_of(entry.get("url"))
                    or not entry.get("url")
                ):
                    continue
                first = listed(entry.get("firstname"))
                full = f"{first[0]} {_capital(family)}" if first else family
                aliases = [f"{name} {_capital(family)}" for name in first[1:]]
                people.append(
                    {"name": full, "role": "Coauthor", "website": text_of(entry["url"])}
                    | ({"aliases": aliases} if aliases else {})
                )
        self.people = people

    def write_owner(self) -> None:
        """people.yaml: the owner, then coauthors with pages of their own."""
        self.coauthors()
        everyone = [self.owner, *self.people] if self.owner.get("name") else self.people
        if everyone:
            self.move.write_yaml(
                "content/people.yaml",
                everyone,
                "_config.yml",
                *self.source.below("_data", "socials.yml", "coauthors.yml"),
            )

    # ---- CV

    def cv(self) -> None:
        """`_data/cv.yml` in either form, else resume.json."""
        tell = lambda verdict, words: self.move.note(verdict, "_data/cv.yml", words)  # noqa: E731
        value = self.site.data.get("cv")
        path = self.source.first("_data/cv.yml", "_data/cv.yaml")
        cv: dict[str, Any] = {}
        if isinstance(value, list):
            cv = {"sections": sections_of(value)}
        elif isinstance(value, dict) and isinstance(value.get("cv"), dict):
            cv = cleaned_cv(value["cv"], tell)
        json = self.source.first("assets/json/resume.json", "_data/resume.json")
        if not cv and json:
            path, resume = json, self.source.data(json)
            cv = cv_of_resume(resume, tell) if isinstance(resume, dict) else {}
        theirs = (
            "einstein" in str(cv).lower()
            and "einstein" not in text_of(self.owner.get("name")).lower()
        )
        if not cv or theirs:
            if path:
                self.move.leave(
                    path, "the CV of the theme's sample" if theirs else "it holds no CV"
                )
            return
        self.move.write_yaml(
            "content/cv.yaml", {"cv": {"name": self.owner.get("name", ""), **cv}}, path
        )
        self.move.taken["CV sections"] = self.move.given["CV sections"] = len(
            cv.get("sections", {})
        )

    # ---- documents

    def picture(self, kept: dict[str, Any], value: Any, doc: Doc) -> None:
        """A picture, named from the site's root."""
        if isinstance(value, dict):
            value = next(
                (value[n] for n in ("teaser", "image", "path") if text_of(value.get(n))), ""
            )
        path = text_of(value)
        if path:
            kept.setdefault(
                "image",
                self.target(path if "://" in path or path.startswith("/") else f"/{path}", doc),
            )

    def record(self, doc: Doc) -> None:
        """A record of a collection; an item of news that is a line has no page, and its address leads to the news."""
        if doc.collection == "news" and text_of(doc.front.get("inline")) == "true":
            self.move.leads(doc.url, "/news/", doc.path)
            text = self.body(doc)[0]
            if text and "\n\n" not in text.strip():
                self.line_of_news(doc, " ".join(text.split()))
                return
        super().record(doc)

    def line_of_news(self, doc: Doc, text: str) -> None:
        """An item of news that is a line: its words stand wherever the newest is shown."""
        self.move.taken["news"] += 1
        front = {"date": doc.date[:10], "inline": "true", "text": text}
        name = re.sub(r"[^\w.-]+", "-", doc.name) or "line"
        self.move.write(
            self.move.free(f"content/news/{name}.md"), front_matter(front, ""), doc.path
        )
        self.move.given["news"] += 1

    def record_front(self, doc: Doc) -> dict[str, Any]:
        """Front matter of a record, with what al-folio's own collections add."""
        front = super().record_front(doc)
        extra = front.get("extra", {})
        if doc.collection == "news" and text_of(doc.front.get("inline")) == "true":
            front.pop("permalink", None)
            front.pop("title", None)
        if doc.collection == "books":
            self.book(front, extra)
        if doc.collection == "teachings":
            front["number"] = text_of(extra.pop("course_id", "")) or front.get("number", "")
            extra.pop("schedule", None)
        if doc.collection == "posts":
            self.distill(front, extra)
        front.pop("extra", None)
        return front | ({"extra": extra} if extra else {})

    def book(self, front: dict[str, Any], extra: dict[str, Any]) -> None:
        """A book read: its cover, and what was thought of it."""
        doc = next(d for d in self.docs["books"] if text_of(d.front.get("title")) == front["title"])
        if cover := text_of(extra.pop("cover", "")):
            self.picture(front, cover, doc)
        stars, status = text_of(extra.pop("stars", "")), text_of(extra.pop("status", ""))
        read = " – ".join(
            filter(None, (text_of(extra.pop("started", "")), text_of(extra.pop("finished", ""))))
        )
        said = [status, f"{stars} of 5 stars" if stars else "", f"read {read}" if read else ""]
        said += (
            [f"first published {text_of(extra.pop('released'))}"] if extra.get("released") else []
        )
        front["note"] = ", ".join(filter(None, said))
        if link := text_of(extra.pop("buy_link", "")):
            front["links"] = {"Buy": link}

    @staticmethod
    def distill(front: dict[str, Any], extra: dict[str, Any]) -> None:
        """Authors of a distill post, who are mappings there."""
        authors = front.get("authors")
        if isinstance(authors, list):
            front["authors"] = [
                text_of(a.get("name")) if isinstance(a, dict) else a for a in authors
            ]
        for key in ("bibliography", "_styles", "citation"):
            extra.pop(key, None)

    def body(self, doc: Doc, decide: bool = False) -> tuple[str, list[Any]]:
        """A body, with distill's tags and the schedule of a course."""
        found = doc.found
        doc.found = found._replace(body=distilled(found.body))
        if isinstance(doc.front.get("schedule"), list):
            doc.found = doc.found._replace(body=doc.found.body + _schedule(doc.front["schedule"]))
        if isinstance(doc.front.get("profiles"), list):
            doc.found = doc.found._replace(
                body=doc.found.body + self.profiles(doc.front["profiles"])
            )
        try:
            return super().body(doc, decide)
        finally:
            doc.found = found

    def profiles(self, profiles: list[Any]) -> str:
        """People of a profiles page: picture, words, address."""
        out = []
        for profile in (p for p in profiles if isinstance(p, dict)):
            image, content = text_of(profile.get("image")), text_of(profile.get("content"))
            out += [f"![](/assets/img/{image})"] if image else []
            path = self.source.first(f"_pages/{content}", content) if content else ""
            out += [self.source.document(path).body.strip()] if path else []
            out += [text_of(profile.get("more_info"))] if profile.get("more_info") else []
        return "\n\n" + "\n\n".join(out) + "\n"

    def page(self, doc: Doc) -> None:
        """A page; one that al-folio pages through is a list of posts here."""
        paged = doc.front.get("pagination")
        if (
            isinstance(paged, dict) and text_of(paged.get("enabled")) == "true"
        ) or doc.path.startswith("blog/index"):
            self.blog(doc, paged if isinstance(paged, dict) else {})
            return
        if text_of(doc.front.get("layout")) == "cv":
            self.move.taken["pages"] += 1
            front = {
                "title": self.heading(doc),
                "permalink": doc.url,
                "layout": "cv",
                "redirect_from": self.redirects(doc),
            }
            self.page_file(doc, front, self.cv_page(doc))
            return
        super().page(doc)

    def cv_page(self, doc: Doc) -> str:
        """The words of a CV page, and its link to a PDF."""
        pdf = text_of(doc.front.get("cv_pdf"))
        body = self.body(doc)[0]
        if not pdf:
            return body
        address = pdf if "/" in pdf else f"/assets/pdf/{pdf}"
        return f"[PDF]({self.target(address, doc)})\n\n{body}".strip()

    def blog(self, doc: Doc, paged: dict[str, Any]) -> None:
        """The page of posts, or of those in one category."""
        self.move.taken["pages"] += 1
        chosen = text_of(paged.get("category")) or text_of(paged.get("tag"))
        front: dict[str, Any] = {
            "title": self.heading(doc) or text_of(self.site.config.get("blog_name")) or "Blog",
            "permalink": doc.url,
        }
        body = ""
        if chosen:
            field = "categories" if paged.get("category") else "tags"
            body = f'{{% for post in site.posts | where({field}="{chosen}") %}}\n{{% include "archive-single.html" %}}\n{{% endfor %}}'
        else:
            front["layout"] = "posts"
        self.move.note("approximated", doc.path, "posts in pages of a few are one list here")
        self.page_file(doc, {**front, "redirect_from": self.redirects(doc)}, body)

    def page_file(self, doc: Doc, front: dict[str, Any], body: str) -> None:
        """Write a page; the page of the news takes the addresses of its lines."""
        if doc.url == "/news/":
            front = {
                **front,
                "layout": "news",
                "redirect_from": [*front.get("redirect_from", []), *self.inline()],
            }
            self.has_news = True
        super().page_file(doc, front, body)

    def inline(self) -> list[str]:
        """Addresses of news that are lines."""
        return [
            d.url for d in self.docs.get("news", []) if text_of(d.front.get("inline")) == "true"
        ]

    def home(self, doc: Doc, front: dict[str, Any], body: str) -> str:
        """The about page, whose title is a name that the layout prints."""
        front["title"] = self.plain(front["title"]) or "Home"
        return body

    def navigation(self) -> list[dict[str, Any]]:
        """The menu: pages that say `nav: true`, in their order, dropdowns with what is below them."""
        pages = [
            d
            for d in self.docs.get("pages", [])
            if text_of(d.front.get("nav")) == "true" and d.url != "/"
        ]
        menu = []
        for doc in sorted(
            pages, key=lambda d: (_number(d.front.get("nav_order")), d.title.casefold())
        ):
            children = doc.front.get("children")
            below = [
                {"title": text_of(c.get("title")), "url": self.target(text_of(c.get("permalink")) or text_of(c.get("url")), doc)}
                for c in (children if isinstance(children, list) else []) if isinstance(c, dict) and text_of(c.get("title")) not in ("", "divider")
            ]  # fmt: skip
            item = {"title": self.plain(doc.title), "url": below[0]["url"] if below else doc.url}
            menu.append(item | ({"children": below} if below else {}))
        blog = text_of(self.site.config.get("blog_nav_title"))
        if blog and self.docs.get("posts") and not any(i["title"] == blog for i in menu):
            menu.insert(0, {"title": blog, "url": "/blog/"})
        return menu

    def settings(self) -> dict[str, Any]:
        """site.yaml; the title is the owner's name where al-folio leaves it blank."""
        settings = super().settings()
        if settings.get("title", "blank") in ("blank", ""):
            settings = {
                "title": self.owner.get("name") or "Home",
                **{k: v for k, v in settings.items() if k != "title"},
            }
        return settings

    def run(self) -> None:
        """Bring the whole site over."""
        self.has_news = False
        self.bibliographies()
        self.cv()
        super().run()
        if self.inline() and not self.has_news:
            page = {"title": "News", "layout": "news", "redirect_from": self.inline()}
            self.move.write("content/news.md", front_matter(page, ""))
        for name in ("venues", "repositories"):
            path = self.source.first(f"_data/{name}.yml")
            if path and path not in self.move.into:
                self.move.leave(
                    path,
                    "colours and addresses of venues"
                    if name == "venues"
                    else "used where a page printed it",
                )


_NOT_ACCOUNTS = frozenset(
    {"google_analytics_id", "disqus_shortname", "wechat_id", "cronitor_id", "pirsch_site_id"}
)
_SAMPLE_ACCOUNTS = frozenset({"qc6CJjYAAAAJ", "1010907"})


def _capital(family: str) -> str:
    return " ".join(w[:1].upper() + w[1:] for w in family.split())


def _number(value: Any) -> float:
    return float(value) if re.fullmatch(r"-?\d+(\.\d+)?", text_of(value)) else 99.0


def _schedule(weeks: list[Any]) -> str:
    """The schedule of a course as a table."""
    rows = ["", "", "| Week | Date | Topic | Materials |", "|---|---|---|---|"]
    for week in (w for w in weeks if isinstance(w, dict)):
        found = week.get("materials")
        links = (
            ", ".join(
                f"[{text_of(m.get('name'))}]({text_of(m.get('url'))})"
                for m in found
                if isinstance(m, dict)
            )
            if isinstance(found, list)
            else ""
        )
        topic = ": ".join(
            filter(None, (text_of(week.get("topic")), text_of(week.get("description"))))
        )
        cells = (text_of(week.get("week")), text_of(week.get("date")), topic, links)
        rows.append(
            "| " + " | ".join(" ".join(c.replace("|", "\\|").split()) for c in cells) + " |"
        )
    return "\n".join(rows) + "\n"


def import_alfolio(move: Move) -> None:
    """al-folio, whichever version."""
    AlFolio(move).run()
