"""Hugo Blox, wowchemy and Academic: page bundles, authors, widgets and blocks.

Source: Hugo's documentation of page bundles, URLs and aliases; the starter templates of each
generation for front matter.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import msgspec

from builder.importers import markup, shortcodes, targets
from builder.importers.hugo_home import Home
from builder.importers.kramdown import without_comments
from builder.importers.moving import Move
from builder.importers.owners import is_mail
from builder.importers.papers import Paper, paper_of
from builder.importers.samples import is_sample
from builder.importers.source import Found, plain_toml, plain_yaml
from builder.importers.values import listed, text_of
from builder.importers.yamlout import front_matter
from builder.text.slugs import slug

SECTIONS = {
    "publication": "publications", "publications": "publications", "talk": "talks", "talks": "talks", "event": "talks",
    "events": "talks", "project": "projects", "projects": "projects", "post": "posts", "posts": "posts", "blog": "posts", "news": "news",
}  # fmt: skip
"""Folders of content, and the collection that each is in Folio."""

TYPES = {
    "0": "misc", "1": "inproceedings", "2": "article", "3": "preprint", "4": "techreport", "5": "book", "6": "incollection",
    "7": "phdthesis", "8": "patent", "paper-conference": "inproceedings", "article-journal": "article", "article": "preprint",
    "manuscript": "unpublished", "report": "techreport", "book": "book", "chapter": "incollection", "thesis": "phdthesis", "patent": "patent",
    "conference-paper": "inproceedings", "journal-article": "article", "preprint": "preprint", "dataset": "dataset", "software": "software",
}  # fmt: skip
"""Publication types: the numbers of old sites, the words of new ones."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")


class Page(msgspec.Struct, kw_only=True):
    """One content file of the site."""

    found: Found
    section: str
    """The folder directly below `content/`; empty for files in it."""
    slug: str
    url: str

    @property
    def path(self) -> str:
        """The file, relative to the source's folder."""
        return self.found.path

    @property
    def front(self) -> dict[str, Any]:
        """Its front matter."""
        return self.found.front

    @property
    def folder(self) -> str:
        """The folder of a page bundle, with a slash; empty for a file alone."""
        base, _, name = self.path.rpartition("/")
        return base + "/" if name in ("index.md", "_index.md") else ""


class HugoSite:
    """A Hugo site on its way into Folio."""

    def __init__(self, move: Move) -> None:
        self.move, self.source = move, move.source
        self.config = self.settings_of("hugo", "config")
        self.params = self.settings_of("params")
        self.params = (
            {**(self.config.get("params") or {}), **self.params}
            if isinstance(self.config.get("params"), dict)
            else self.params
        )
        self.pages = [p for p in self.read() if self.is_kept(p)]
        self.by_section: dict[str, list[Page]] = {}
        for page in self.pages:
            self.by_section.setdefault(page.section, []).append(page)
        self.people = self.authors()
        self.resolver = self.make_resolver()
        move.names = {k.casefold(): self.name_of(k) for k in self.people}
        move.resolver, move.urls = self.resolver, {p.path: p.url for p in self.pages}
        self.papers: dict[str, Paper] = {}

    # ---- reading

    def settings_of(self, *names: str) -> dict[str, Any]:
        """A settings file by its name, wherever and in whichever format it is; merged."""
        found: dict[str, Any] = {}
        for name in names:
            for folder in ("", "config/", "config/_default/"):
                for ending in ("yaml", "yml", "toml", "json"):
                    path = f"{folder}{name}.{ending}"
                    if path in self.source:
                        text = self.source.text(path)
                        value = plain_toml(text)[0] if ending == "toml" else plain_yaml(text)[0]
                        found |= value if isinstance(value, dict) else {}
        return found

    def read(self) -> list[Page]:
        """Every content file with front matter."""
        pages = []
        for path in self.source.below("content", ".md", ".markdown"):
            inside = path.removeprefix("content/")
            section = inside.split("/")[0] if "/" in inside else ""
            found = self.source.document(path)
            for complaint in found.complaints:
                self.move.note("approximated", path, f"mended on reading: {complaint}")
            base = inside.rpartition(".")[0]
            name = re.sub(r"(^|/)_?index$", "", base)
            url = text_of(found.front.get("url")) or self.address(name, section, found)
            pages.append(
                Page(
                    found=found,
                    section=section,
                    slug=name.rsplit("/", 1)[-1],
                    url=url if url.startswith("/") else f"/{url}",
                )
            )
        return pages

    def address(self, name: str, section: str, found: Found) -> str:
        """The address of a file of `content/`: its path in small letters, its slug where it has one."""
        own = text_of(found.front.get("slug"))
        if own and "/" in name:
            name = f"{name.rpartition('/')[0]}/{own}"
        pattern = (
            (self.config.get("permalinks") or {})
            if isinstance(self.config.get("permalinks"), dict)
            else {}
        )
        shape = text_of(pattern.get(section))
        if shape and "/" in name and not found.path.endswith("_index.md"):
            day = re.match(
                r"(\d{4})-(\d{2})-(\d{2})", text_of(found.front.get("date"))
            ) or re.match("()()()", "")
            last = name.rsplit("/", 1)[-1]
            said = {"year": day[1] if day else "", "month": day[2] if day else "", "day": day[3] if day else "", "section": section,
                    "slug": own or last, "title": slug(text_of(found.front.get("title")) or last), "filename": last, "contentbasename": last, "slugorfilename": own or last}  # fmt: skip
            name = re.sub(r":([a-z]+)", lambda m: said.get(m[1], ""), shape).strip("/")
        path = re.sub(
            r"[\s]+",
            "-",
            name if text_of(self.config.get("disablePathToLower")) == "true" else name.lower(),
        )
        return f"/{path}/" if path else "/"

    def is_kept(self, page: Page) -> bool:
        """Whether a page is the author's; samples of the theme are left out and listed."""
        if is_sample(page.front, page.found.body):
            self.move.leave(page.path, f"a sample of the theme: {text_of(page.front.get('title'))}")
            self.move.leads(page.url, "", page.path)
            return False
        if (
            page.section not in ("home", "authors", "author")
            and not page.found.has_front
            and not page.found.body.strip()
        ):
            self.move.leave(page.path, "an empty file")
            return False
        return True

    def static_files(self) -> dict[str, str]:
        """The address of every file that Hugo copies, to its path."""
        files = {f"/{p.removeprefix('static/')}": p for p in self.source.below("static")}
        files |= {
            f"/media/{p.removeprefix('assets/media/')}": p
            for p in self.source.below("assets/media")
        }
        for page in self.pages:
            for path in (
                self.source.below(page.folder.rstrip("/"))
                if page.folder and not page.path.endswith("_index.md")
                else ()
            ):
                if (
                    not path.lower().endswith((".md", ".markdown"))
                    and path != f"{page.folder}index.html"
                ):
                    files.setdefault(page.url + path.removeprefix(page.folder), path)
        return files

    def make_resolver(self) -> targets.Resolver:
        """What links of this site lead to."""
        redirects: dict[str, str] = {}
        for page in self.pages:
            for old in listed(page.front.get("aliases")):
                redirects.setdefault(f"/{old.strip('/')}/" if old.strip("/") else "/", page.url)
        url = text_of(self.config.get("baseURL")) or text_of(self.config.get("baseurl"))
        base = urlsplit(url).path.rstrip("/") if "://" in url else ""
        return targets.Resolver(
            url, base, self.static_files(), {p.url for p in self.pages} | {"/"}, redirects
        )

    # ---- people

    def authors(self) -> dict[str, dict[str, Any]]:
        """Slug to the front matter of each author, whose biography is under `biography`."""
        found: dict[str, dict[str, Any]] = {}
        for page in (*self.by_section.get("authors", []), *self.by_section.get("author", [])):
            inside = page.path.split("/")
            if len(inside) > 2 and not (
                len(inside) == 3 and inside[2] in ("_index.md", "index.md")
            ):
                name = inside[2].removesuffix(".md")
                found[name] = {**page.front, "biography": page.found.body, "path": page.path}
        for path in self.source.below("data/authors", ".yaml", ".yml"):
            value = self.source.data(path)
            if isinstance(value, dict):
                found[text_of(value.get("slug")) or path.rpartition("/")[2].rpartition(".")[0]] = {
                    **_new_author(value),
                    "path": path,
                }
        return found

    @property
    def owner_slug(self) -> str:
        """Who the site belongs to: `admin`, `me`, the superuser, or the only author there is."""
        chosen = (
            s
            for s, a in self.people.items()
            if text_of(a.get("superuser")) == "true" or text_of(a.get("is_owner")) == "true"
        )
        named = next((s for s in ("admin", "me") if s in self.people), "")
        return (
            named or next(chosen, "") or (next(iter(self.people)) if len(self.people) == 1 else "")
        )

    def name_of(self, typed: str) -> str:
        """A person's name from a slug; what is no slug of the site stands as it is."""
        marks = re.search(r"[*†‡]+$", typed.strip())
        bare = typed.strip().rstrip("*†‡ ")
        by_slug = {k.casefold(): v for k, v in self.people.items()}
        person = by_slug.get(bare.casefold()) or by_slug.get(bare.casefold().replace(" ", "-"))
        if person is None and bare in ("admin", "me") and self.owner_slug:
            person = self.people[self.owner_slug]
        name = text_of(person.get("title")) or text_of(person.get("name")) if person else ""
        return (name or bare) + (marks[0] if marks else "")

    def write_people(self) -> None:
        """people.yaml: the owner first, then the others of `authors/`."""
        records = []
        for name in sorted(self.people, key=lambda s: s != self.owner_slug):
            person = self.person(name, self.people[name])
            if person.get("name"):
                records.append(person)
                self.move.into.setdefault(self.people[name]["path"], []).append(
                    "content/people.yaml"
                )
        for page in self.by_section.get("people", []):
            if not page.path.endswith("_index.md"):
                records.append(
                    self.person(page.slug, {**page.front, "path": page.path, "slug": page.slug})
                )
        self.move.taken["people"], self.move.given["people"] = len(self.people), len(records)
        if records:
            self.move.write_yaml("content/people.yaml", records)

    def person(self, name: str, author: dict[str, Any]) -> dict[str, Any]:
        """One author as a record of people.yaml."""
        own = name == self.owner_slug
        person: dict[str, Any] = {
            "name": text_of(author.get("title"))
            or text_of(author.get("name"))
            or (self.owner_name if own else "")
        }
        if own:
            person["owner"] = "true"
        role = text_of(author.get("role"))
        posts = author.get("organizations")
        places = (
            [
                {"company": text_of(o.get("name")), "url": text_of(o.get("url"))}
                for o in posts
                if isinstance(o, dict) and o.get("name")
            ]
            if isinstance(posts, list)
            else []
        )
        places = [{k: v for k, v in p.items() if v} for p in places]
        if role and own:
            person["headline"] = ", ".join([role, *(p["company"] for p in places)])
        elif role:
            person["role"] = role
        person["affiliations"] = places
        bio = text_of(author.get("bio"))
        person["tagline" if own else "bio"] = bio
        if not own and text_of(author.get("biography")):
            person["bio"] = "\n\n".join(filter(None, (bio, text_of(author["biography"]))))
        if isinstance(author.get("pronouns"), str):
            person["pronouns"] = author["pronouns"]
        email, links = self.profiles(author)
        if email and email not in ("test@example.org", "your-email@example.com"):
            person["email"] = email
            if not is_mail(email):
                words = f"the mail address {email!r} is kept as it is written"
                self.move.note("approximated", author["path"], words)
        person["links"] = links
        self.portrait(person, author)
        return {k: v for k, v in person.items() if v}

    def profiles(self, author: dict[str, Any]) -> tuple[str, dict[str, str]]:
        """The mail address of an author, and the profiles with their labels."""
        email = text_of(author.get("email"))
        links: dict[str, str] = {}
        social = author.get("social")
        for link in (i for i in social if isinstance(i, dict)) if isinstance(social, list) else ():
            target = text_of(link.get("link")) or text_of(link.get("url"))
            if target.startswith("mailto:"):
                email = email or target.removeprefix("mailto:")
            elif target and not target.startswith("#"):
                whole = target if "://" in target or target.startswith("/") else f"/{target}"
                new, file, _ = self.resolver.resolve(whole, "/")
                self.move.linked.update({file: None} if file else {})
                label = text_of(link.get("label")) or _network(text_of(link.get("icon")))
                links.setdefault(label or target, new)
        return email, links

    def portrait(self, person: dict[str, Any], author: dict[str, Any]) -> None:
        """The picture beside an author."""
        folder = author["path"].rpartition("/")[0]
        names = [text_of(author.get("avatar_filename")), *(f"avatar{e}" for e in PICTURES)]
        file = self.source.first(
            *(f"{folder}/{n}" for n in names if n),
            *(f"assets/media/{n}" for n in names if n),
            *(f"assets/media/authors/{author.get('slug', 'me')}{e}" for e in PICTURES),
            *(f"static/img/{n}" for n in names if n),
        )
        if file and self.source.files[file]:
            self.move.copy(
                f"content/images/{slug(person['name'])}{file[file.rindex('.') :].lower()}", file
            )
            person["photo"] = self.move.into[file][-1].removeprefix("content/")

    # ---- bodies

    def body(self, page: Page, text: str | None = None) -> str:
        """A body in Folio's Markdown."""
        body = page.found.body if text is None else text

        def tell(verdict: str, words: str, line: int = 0) -> None:
            self.move.note(verdict, page.path, words, line)  # type: ignore[arg-type]

        body = without_comments(
            body,
            lambda line, words: (
                tell("left", f"commented-out text: {words[:60]}") if len(words) > 20 else None
            ),
        )

        def at_line(verdict: str, words: str, at: int) -> None:
            tell(verdict, words, page.found.body_line + body.count("\n", 0, at))

        hugo = shortcodes.Hugo(
            address=lambda wanted: self.find(wanted, page),
            title=self.title_at,
            pictures=lambda album: self.album(album, page),
            tell=at_line,
        )
        body = shortcodes.translated(body, hugo)
        body = markup.cleaned(body, tell)
        body = targets.rewritten(body, lambda target: self.target(target, page))
        return re.sub(r"\n{3,}", "\n\n", body).strip("\n")

    def target(self, typed: str, page: Page) -> str:
        """A link as it leads there in Folio; what leads nowhere is told."""
        new, file, found = self.resolver.resolve(typed, page.url)
        if file:
            self.move.linked[file] = None
        if not found:
            at = page.found.body.find(typed)
            line = page.found.body.count("\n", 0, at) + page.found.body_line if at >= 0 else 0
            self.move.note("missing", page.path, f"{typed} leads to nothing at the source", line)
        return new

    def find(self, wanted: str, page: Page) -> str:
        """Where a page or file named by its path lives."""
        bare = re.sub(r"(^|/)(_?index)?\.md$", r"\1", wanted.strip()).rstrip("/")
        for path in (
            bare,
            f"/{bare}",
            f"{page.url}{bare}",
            f"/media/{bare}",
            f"/img/{bare}",
            f"/{page.section}/{bare}",
            f"/publication/{bare}",
        ):
            new, file, found = self.resolver.resolve(path, page.url)
            if found and "://" not in new:
                if file:
                    self.move.linked[file] = None
                return new
        name = bare.rsplit("/", 1)[-1].casefold()
        return next((p.url for p in self.pages if p.slug.casefold() == name), "")

    def title_at(self, wanted: str) -> str:
        """The title of a page by its path or slug, or the name of an author."""
        name = wanted.strip("/").rsplit("/", 1)[-1].casefold()
        titles = (text_of(p.front.get("title")) for p in self.pages if p.slug.casefold() == name)
        return next(titles, "") or (self.name_of(name) if name in self.people else "")

    def album(self, album: str, page: Page) -> list[str]:
        """The pictures of a gallery: in the bundle, or below `assets/media/albums/`."""
        files = [
            p
            for p in self.source.below(f"{page.folder}{album or 'gallery'}")
            if p.lower().endswith(PICTURES)
        ]
        files = files or [
            p
            for p in self.source.below(f"assets/media/albums/{album}")
            if p.lower().endswith(PICTURES)
        ]
        addresses = {path: address for address, path in self.resolver.files.items()}
        self.move.linked.update(dict.fromkeys(f for f in files if f in addresses))
        return [addresses[f].replace(" ", "%20") for f in files if f in addresses]

    def featured(self, page: Page) -> str:
        """The address of a bundle's own picture; empty when it has none."""
        if not page.folder:
            return ""
        inside = [
            p
            for p in self.source.below(page.folder.rstrip("/"))
            if p.lower().endswith(PICTURES) and "/" not in p.removeprefix(page.folder)
        ]
        found = next(
            (p for p in inside if re.search(r"/featured[^/]*$|/[^/]*(?:cover|thumbnail)[^/]*$", p)),
            "",
        )
        if found:
            self.move.linked[found] = None
        return page.url + found.removeprefix(page.folder) if found else ""

    # ---- records

    def paper(self, page: Page) -> None:
        """A publication: an entry of publications.bib, and its page."""
        self.move.taken["publications"] += 1
        front = self.paper_front(page)
        cite = (
            next((p for p in self.source.below(page.folder.rstrip("/"), ".bib")), "")
            if page.folder
            else ""
        )
        bibtex = self.source.text(cite) if cite else ""
        paper = paper_of(front, page.found.body, self.owner_name, self.resolver.host, None, bibtex)
        fields = dict(paper.fields)
        if (
            bibtex
            and text_of(front.get("venue"))
            and not {"journal", "booktitle", "publisher", "school"} & set(fields)
        ):
            fields["journal"] = front["venue"]
        kind = next(
            (TYPES[t] for t in listed(page.front.get("publication_types")) if t in TYPES), ""
        )
        paper = paper._replace(fields=fields, type=paper.type if bibtex else kind or paper.type)
        if not bibtex and kind in ("inproceedings", "incollection") and "journal" in fields:
            fields = {("booktitle" if k == "journal" else k): v for k, v in fields.items()}
            paper = paper._replace(fields=fields)
        self.add_paper(paper, page, cite)

    def add_paper(self, paper: Paper, page: Page, cite: str) -> None:
        """Keep the entry under a key of its own, and write its page."""
        key, number = paper.key, 1
        while key in self.papers or slug(key) in {slug(k) for k in self.papers}:
            number += 1
            key = f"{paper.key}-{number}"
        for field in (
            "pdf",
            "slides",
            "poster",
            "code",
            "video",
            "data",
            "website",
            "project",
            "url",
        ):
            value = paper.fields.get(field, "")
            if value and "://" not in value:
                paper.fields[field] = self.target(value, page)
        for verdict, words in paper.notes:
            self.move.note(verdict, page.path, words)  # type: ignore[arg-type]
        self.papers[key] = paper._replace(key=key)
        front = {"permalink": page.url, "redirect_from": self.redirects(page)} | (
            {"draft": "true"} if self.is_draft(page) else {}
        )
        self.move.write(
            f"content/publications/{slug(key)}.md", front_matter(front, self.body(page)), page.path
        )
        self.move.into[page.path].insert(0, "content/publications.bib")
        if cite:
            self.move.into.setdefault(cite, []).append("content/publications.bib")
        self.leads(page)
        self.move.given["publications"] += 1

    @property
    def owner_name(self) -> str:
        """The owner's name; empty when it is not known."""
        name = self.name_of(self.owner_slug) if self.owner_slug else ""
        return name if name not in ("", "admin", "me") else text_of(self.config.get("title"))

    def paper_front(self, page: Page) -> dict[str, Any]:
        """Front matter in the words that `paper_of` reads."""
        front = {
            k: v
            for k, v in page.front.items()
            if k not in _NOT_OF_PAPERS and not k.startswith("url_")
        }
        authors = [self.name_of(a) for a in listed(page.front.get("authors"))]
        notes = listed(page.front.get("author_notes"))
        for n, note in enumerate(notes[: len(authors)]):
            if re.search(r"equal", note, re.IGNORECASE) and not authors[n].endswith("*"):
                authors[n] += "*"
        front["authors"] = authors
        venue = text_of(page.front.get("publication"))
        front["venue"] = re.sub(
            r"^(?:in\s+)?(?=\S)", "", re.sub(r"[*_]", "", venue), flags=re.IGNORECASE
        ).strip()
        short = re.sub(r"[*_]", "", text_of(page.front.get("publication_short")))
        front["venue_abbr"] = re.sub(r"^in\s+", "", short, flags=re.IGNORECASE)
        front["excerpt"] = text_of(page.front.get("summary")) or text_of(
            page.front.get("abstract_short")
        )
        if front["excerpt"] == text_of(page.front.get("abstract")):
            front["excerpt"] = ""
        front["date"] = (
            text_of(page.front.get("date"))[:10] or text_of(page.front.get("publishDate"))[:10]
        )
        for key, name in _URLS.items():
            if text_of(page.front.get(f"url_{key}")):
                front[name] = page.front[f"url_{key}"]
        front["links"] = (
            [
                {
                    "name": text_of(i.get("name"))
                    or text_of(i.get("label"))
                    or text_of(i.get("type")),
                    "url": text_of(i.get("url")),
                }
                for i in page.front.get("links") or []
                if isinstance(i, dict)
            ]
            if isinstance(page.front.get("links"), list)
            else []
        )
        ids = page.front.get("hugoblox")
        ids = ids.get("ids") if isinstance(ids, dict) else None
        if isinstance(ids, dict):
            front |= {k: v for k, v in ids.items() if k in ("doi", "arxiv", "isbn") and v}
        deck = text_of(page.front.get("slides"))
        if deck and f"/slides/{deck}/" in self.resolver.pages:
            front["slides"] = f"/slides/{deck}/"
        if picture := self.featured(page):
            front["preview"] = picture
        return front

    def is_draft(self, page: Page) -> bool:
        """Whether the source did not show the page either."""
        return "true" in (
            text_of(page.front.get("draft")),
            text_of(page.front.get("private")),
            text_of(page.front.get("headless")),
        )

    def redirects(self, page: Page) -> list[str]:
        """`aliases` of a page."""
        old = [
            f"/{a.strip('/')}/" if not a.endswith(".html") else f"/{a.strip('/')}"
            for a in listed(page.front.get("aliases"))
        ]
        return [a for a in dict.fromkeys(old) if a != page.url]

    def leads(self, page: Page) -> None:
        """Note where the addresses of a page lead."""
        if not self.is_draft(page):
            for old in (page.url, *self.redirects(page)):
                self.move.leads(old, page.url, page.path)

    def record(self, page: Page, collection: str) -> None:
        """A talk, a project, a post, an item of news."""
        self.move.taken[collection] += 1
        front = self.record_front(page, collection)
        name = re.sub(r"[^\w.-]+", "-", page.slug) or "untitled"
        day = text_of(front.get("date"))[:10]
        if (
            collection == "posts"
            and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)
            and not name.startswith(day)
        ):
            name = f"{day}-{name}"
        self.move.write(
            self.move.free(f"content/{collection}/{name}.md"),
            front_matter(front, self.body(page)),
            page.path,
        )
        self.leads(page)
        self.move.given[collection] += 1

    def record_front(self, page: Page, collection: str) -> dict[str, Any]:
        """Front matter of a record in Folio's words."""
        typed = page.front
        front: dict[str, Any] = {
            "title": text_of(typed.get("title")) or page.slug.replace("-", " ")
        }
        authors = [self.name_of(a) for a in listed(typed.get("authors"))]
        if [a.rstrip("*") for a in authors] not in ([], [self.owner_name]):
            front["authors"] = authors
        start, end = (
            text_of(typed.get(a)) or text_of(typed.get(b))
            for a, b in (("date", "event_start"), ("date_end", "event_end"))
        )
        front["date"] = start[:10]
        if end and end[:10] > start[:10]:
            front["start_date"], front["end_date"] = front.pop("date"), end[:10]
        if collection == "talks":
            front["venue"] = text_of(typed.get("event")) or text_of(typed.get("event_name"))
            address = typed.get("address")
            town = (
                [text_of(address.get(k)) for k in ("city", "region", "country")]
                if isinstance(address, dict)
                else []
            )
            front["location"] = ", ".join(filter(None, [text_of(typed.get("location")), *town]))
            front["abstract"] = text_of(typed.get("abstract"))
            front["website"] = text_of(typed.get("event_url"))
        if text_of(typed.get("summary")) not in ("", text_of(typed.get("abstract"))):
            front["excerpt"] = self.inline(text_of(typed["summary"]), page)
        front["description"] = self.inline(
            text_of(typed.get("subtitle")) or text_of(typed.get("description")), page
        )
        front["tags"], front["categories"] = (
            listed(typed.get("tags")),
            listed(typed.get("categories")),
        )
        self.links(front, page)
        front["image"] = self.featured(page)
        image = typed.get("image")
        if front["image"] and isinstance(image, dict) and text_of(image.get("caption")):
            front["image_alt"] = re.sub(
                r"[\[\]*_]|\([^)]*\)", "", text_of(image["caption"])
            ).strip()
        if self.is_draft(page):
            front["draft"] = "true"
        if text_of(typed.get("external_link")):
            front["website"] = text_of(typed["external_link"])
        front |= {"permalink": page.url, "redirect_from": self.redirects(page)}
        self.tell_keys(page)
        return front

    def inline(self, text: str, page: Page) -> str:
        """A line of front matter, shortcodes and links in it read."""
        return " ".join(self.body(page, text).split()) if text else ""

    def links(self, front: dict[str, Any], page: Page) -> None:
        """Links of a record, old and new."""
        for key, name in _URLS.items():
            if value := text_of(page.front.get(f"url_{key}")):
                field = name.removesuffix("url") if name.endswith("url") else name
                field = {
                    "pdf": "pdf",
                    "preprint": "paper",
                    "dataset": "data",
                    "project": "website",
                }.get(field, field)
                front.setdefault(
                    field if field in _RECORD_LINKS else "website", self.target(value, page)
                )
        own = {}
        for link in (
            page.front.get("links") or [] if isinstance(page.front.get("links"), list) else []
        ):
            if isinstance(link, dict) and text_of(link.get("url")):
                label = (
                    text_of(link.get("name"))
                    or text_of(link.get("label"))
                    or text_of(link.get("type"))
                    or "Link"
                )
                own[label] = self.target(text_of(link["url"]), page)
        if own:
            front["links"] = own
        deck = text_of(page.front.get("slides"))
        if deck and f"/slides/{deck}/" in self.resolver.pages:
            front.setdefault("slides", f"/slides/{deck}/")

    def tell_keys(self, page: Page) -> None:
        """Keys that nothing of Folio shows."""
        unread = [
            k
            for k, v in page.front.items()
            if v not in (None, "", [], {}, "false") and k not in _READ and not k.startswith("url_")
        ]
        if unread:
            self.move.note(
                "approximated",
                page.path,
                f"keys of the old theme that are not taken over: {', '.join(unread)}",
            )

    def page(self, page: Page) -> None:
        """Any other page, at its address."""
        self.move.taken["pages"] += 1
        front: dict[str, Any] = {
            "title": text_of(page.front.get("title")) or page.slug.replace("-", " ").capitalize()
        }
        front["description"] = text_of(page.front.get("summary")) or text_of(
            page.front.get("subtitle")
        )
        front |= {
            "permalink": page.url,
            "redirect_from": self.redirects(page),
            "image": self.featured(page),
        }
        day = text_of(page.front.get("date"))[:10]
        front["date"] = day if re.fullmatch(r"(?!1970|0001)\d{4}-\d{2}-\d{2}", day) else ""
        front["tags"] = listed(page.front.get("tags"))
        if self.is_draft(page):
            front["draft"] = "true"
        if text_of(page.front.get("toc")) == "true":
            front["toc"] = "true"
        inside = re.sub(r"[^\w./-]+", "-", page.url.strip("/")) or "index"
        if front["permalink"] == f"/{inside}/":
            front.pop("permalink")
        if inside.split("/")[0] in SECTIONS.values():
            front["permalink"], inside = page.url, inside.replace("/", "-")
        body = "\n\n".join(
            filter(None, (self.inline(text_of(page.front.get("bio")), page), self.body(page)))
        )
        self.move.write(
            self.move.free(f"content/{inside}.md"), front_matter(front, body), page.path
        )
        self.leads(page)
        self.move.given["pages"] += 1

    def section_page(self, page: Page) -> None:
        """`_index.md` of a section: the list of its records, at its address."""
        collection = SECTIONS.get(page.section, "")
        if not collection or page.path.count("/") > 2:
            self.page(page)
            return
        front = {
            "title": text_of(page.front.get("title")) or collection.capitalize(),
            "layout": collection,
            "permalink": page.url,
            "redirect_from": self.redirects(page),
        }
        if page.url == f"/{collection}/":
            front.pop("permalink")
        self.move.taken["pages"] += 1
        self.move.write(
            self.move.free(f"content/{page.section}.md"),
            front_matter(front, self.body(page)),
            page.path,
        )
        self.leads(page)
        self.move.given["pages"] += 1

    # ---- the site

    def run(self) -> None:
        """Bring the whole site over."""
        for page in self.pages:
            collection = SECTIONS.get(page.section, "")
            if page.section in ("authors", "author", "home") or page.url == "/":
                continue
            if page.path.endswith("_index.md"):
                self.section_page(page)
            elif collection == "publications":
                self.paper(page)
            elif collection:
                self.record(page, collection)
            else:
                self.page(page)
        self.lists_without_a_page()
        if self.papers:
            order = sorted(
                self.papers.values(), key=lambda p: p.fields.get("year", ""), reverse=True
            )
            self.move.write("content/publications.bib", "\n".join(p.entry for p in order))
        Home(self).write()
        self.write_people()
        self.write_settings()
        self.assets()

    def lists_without_a_page(self) -> None:
        """Sections that had a list of their own without a file for it."""
        for section, pages in self.by_section.items():
            collection = SECTIONS.get(section, "")
            if (
                collection
                and not any(p.path == f"content/{section}/_index.md" for p in pages)
                and section != collection
            ):
                front = {
                    "title": collection.capitalize(),
                    "layout": collection,
                    "permalink": f"/{section}/",
                }
                self.move.write(self.move.free(f"content/{section}.md"), front_matter(front, ""))
                self.move.leads(f"/{section}/", f"/{section}/", f"content/{section}/")
        tags = sorted(
            {
                t
                for p in self.pages
                for t in listed(p.front.get("tags"))
                if SECTIONS.get(p.section, "") != "publications"
            }
        )
        if tags:
            old = [f"/{word}/{slug(t)}/" for t in tags for word in ("tag", "tags")]
            self.move.write(
                "content/tags.md",
                front_matter(
                    {"title": "Tags", "layout": "tags", "redirect_from": [*old, "/tag/"]}, ""
                ),
            )

    def write_settings(self) -> None:
        """site.yaml."""
        url = text_of(self.config.get("baseURL")) or text_of(self.config.get("baseurl"))
        url = (
            url
            if re.match(r"https?://[^/]+", url)
            else f"https://{url}"
            if re.match(r"[\w-]+(\.[\w-]+)+/?$", url)
            else ""
        )
        language = text_of(self.config.get("languageCode")) or text_of(
            self.config.get("defaultContentLanguage")
        )
        settings = {
            "title": text_of(self.config.get("title")) or self.owner_name, "description": text_of(self.params.get("description")),
            "url": "" if re.search(r"example\.(?:com|org)", url) else url.rstrip("/"),
            "language": language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language) else "", "navigation": self.menu(),
        }  # fmt: skip
        self.move.write_yaml(
            "site.yaml",
            {k: v for k, v in settings.items() if v} or {"title": "Home"},
            *self.source.below("config"),
            *[p for p in self.source.files if re.fullmatch(r"(?:hugo|config)\.(?:toml|ya?ml)", p)],
        )

    def menu(self) -> list[dict[str, Any]]:
        """The menu; entries that lead to a part of the home page lead to the list it showed."""
        found = self.settings_of("menus")
        items = found.get("main") or (
            (self.config.get("menu") or self.config.get("menus") or {}).get("main")
            if isinstance(self.config.get("menu") or self.config.get("menus") or {}, dict)
            else None
        )
        entries = []
        for item in sorted(
            (i for i in items or [] if isinstance(i, dict)),
            key=lambda i: (
                float(text_of(i.get("weight")) or 0)
                if re.fullmatch(r"-?\d+", text_of(i.get("weight")) or "0")
                else 0
            ),
        ):
            name, url = (
                text_of(item.get("name")),
                text_of(item.get("url")) or text_of(item.get("pageRef")),
            )
            target = (
                self.of_widget(url)
                if url.lstrip("/").startswith("#")
                else self.resolver.resolve(
                    url if "://" in url or url.startswith("/") else f"/{url}", "/"
                )
            )
            if isinstance(target, tuple):
                new, file, there = target
                self.move.linked.update({file: None} if file else {})
                target = new if there else ""
            if target and name:
                entries.append({"title": name, "url": target})
            elif name:
                self.move.note(
                    "approximated",
                    "(menu)",
                    f"the menu entry {name!r} led to {url}; it is left out",
                )
        unique = {e["url"]: e for e in reversed(entries)}
        return [e for e in entries if unique[e["url"]] is e]

    def of_widget(self, url: str) -> str:
        """The address that shows what a widget of the home page showed."""
        word = url.lstrip("/#").casefold()
        for section, pages in self.by_section.items():
            collection = SECTIONS.get(section, "")
            if collection and pages and (word.startswith((section[:4], collection[:4]))):
                listing = (
                    any(p.path == f"content/{section}/_index.md" for p in pages)
                    or section != collection
                )
                return f"/{section}/" if listing else f"/{collection}/"
        if word in ("about", "home", "contact", "hero", "bio"):
            return "/"
        return (
            "/cv/"
            if word in ("experience", "education", "skills", "accomplishments", "awards")
            and "content/cv.yaml" in self.move.site
            else ""
        )

    def assets(self) -> None:
        """Files of bundles and of `static/` that are linked or the author's own."""
        from builder.sources.tree import is_scattered

        by_path = {path: address for address, path in self.resolver.files.items()}
        rest = [p for p in by_path if p not in self.move.linked and _worth_copying(p)]
        size = sum(self.source.files[p] for p in rest)
        if size > 100_000_000:
            self.move.note(
                "left",
                "(files)",
                f"{len(rest)} files that nothing links to, {size // 1_000_000} MB, are not copied",
            )
            rest = []
        for path in (*self.move.linked, *rest):
            address = by_path.get(path, "")
            if address and not any(is_scattered(part) for part in address.split("/")):
                self.move.copy(f"content{address}", path)
                self.move.given["files"] += 1


def _worth_copying(path: str) -> bool:
    name = path.rpartition("/")[2]
    theirs = re.match(
        r"static/(?:css|js|admin|webfonts|img/(?:headers|icon))|assets/(?:media/(?:icons|boards|hero|welcome|contributors|demo))",
        path,
    )
    return (
        not theirs
        and not name.endswith((".bib", ".gitkeep", ".js", ".css"))
        and name not in ("cite.bib", "_redirects", "_headers", "CNAME")
    )


def _network(icon: str) -> str:
    word = icon.rpartition("/")[2]
    known = {"google-scholar": "Google Scholar", "github": "GitHub", "linkedin": "LinkedIn", "orcid": "ORCID", "twitter": "X", "x-twitter": "X",
             "cv": "CV", "dblp": "DBLP", "researchgate": "ResearchGate", "youtube": "YouTube", "mastodon": "Mastodon", "bluesky": "Bluesky",
             "gitlab": "GitLab", "semantic-scholar": "Semantic Scholar", "arxiv": "arXiv", "stack-overflow": "Stack Overflow"}  # fmt: skip
    return known.get(word, word.replace("-", " ").title())


def _new_author(value: dict[str, Any]) -> dict[str, Any]:
    """`data/authors/<slug>.yaml` in the words of `authors/<slug>/_index.md`."""
    name = value.get("name")
    shown = (
        name
        if isinstance(name, str)
        else text_of(name.get("display"))
        or f"{text_of(name.get('given'))} {text_of(name.get('family'))}".strip()
        if isinstance(name, dict)
        else ""
    )
    author = {
        **value,
        "title": shown,
        "organizations": value.get("affiliations"),
        "social": value.get("links"),
        "biography": text_of(value.get("bio")),
    }
    if isinstance(name, dict) and name.get("pronouns"):
        author["pronouns"] = text_of(name["pronouns"])
    author["bio"] = ""
    return author


_URLS = {
    "pdf": "pdfurl", "preprint": "preprinturl", "code": "codeurl", "dataset": "dataseturl", "poster": "posterurl", "project": "projecturl",
    "slides": "slidesurl", "video": "videourl", "source": "source", "link": "link",
}  # fmt: skip
_RECORD_LINKS = frozenset({"pdf", "paper", "code", "data", "poster", "website", "slides", "video"})
_NOT_OF_PAPERS = frozenset({
    "publication", "publication_short", "publication_types", "author_notes", "authors", "publishDate", "image", "projects", "slides", "featured_image",
    "links", "hugoblox", "summary", "abstract_short", "draft", "lastmod", "math", "highlight", "header", "aliases", "url", "categories", "subtitle",
    "commentable", "share", "profile", "show_date", "image_preview", "private", "headless", "reading_time", "pager", "design", "editable", "show_related", "show_breadcrumb",
})  # fmt: skip
_READ = frozenset({
    "title", "date", "date_end", "event_start", "event_end", "authors", "event", "event_name", "event_url", "address", "location", "summary",
    "abstract", "subtitle", "description", "tags", "categories", "links", "slides", "image", "draft", "external_link", "aliases", "slug", "url",
    "publishDate", "lastmod", "math", "highlight", "featured", "projects", "all_day", "event_all_day", "private", "commentable", "share", "profile",
    "reading_time", "show_date", "header", "type", "layout", "toc", "weight", "headless", "author_notes", "editable", "show_related", "show_breadcrumb", "pager", "linktitle", "selected",
})  # fmt: skip


def import_hugo(move: Move) -> None:
    """Hugo Blox, wowchemy, Academic."""
    HugoSite(move).run()
