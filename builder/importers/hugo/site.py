"""A Hugo site as Hugo sees it: settings, pages with their addresses, files, and the authors' names."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from builder.importers import targets
from builder.importers.moving import Move
from builder.importers.papers import Paper
from builder.importers.samples import is_sample
from builder.importers.source import Content, Found, plain_toml, plain_yaml
from builder.importers.values import first_text, listed, text_of
from builder.text.slugs import slug

SECTIONS = {
    "publication": "publications", "publications": "publications", "talk": "talks", "talks": "talks", "event": "talks",
    "events": "talks", "project": "projects", "projects": "projects", "post": "posts", "posts": "posts", "blog": "posts", "news": "news",
}  # fmt: skip
"""Folders of content, and the collection that each is in Folio."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")


class Page(Content, kw_only=True):
    """One content file of the site."""

    section: str
    """The folder directly below `content/`; empty for files in it."""
    slug: str
    url: str

    @property
    def folder(self) -> str:
        """The folder of a page bundle, with a slash; empty for a file alone."""
        base, _, name = self.path.rpartition("/")
        return base + "/" if name in ("index.md", "_index.md") else ""

    @property
    def is_draft(self) -> bool:
        """Whether the source did not show the page either."""
        return "true" in (text_of(self.front.get(k)) for k in ("draft", "private", "headless"))

    @property
    def redirects(self) -> list[str]:
        """The addresses that it had before: `aliases`."""
        old = [
            f"/{a.strip('/')}/" if not a.endswith(".html") else f"/{a.strip('/')}"
            for a in listed(self.front.get("aliases"))
        ]
        return [a for a in dict.fromkeys(old) if a != self.url]


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
        url = first_text(self.config, "baseURL", "baseurl")
        base = urlsplit(url).path.rstrip("/") if "://" in url else ""
        return targets.Resolver(
            url, base, self.static_files(), {p.url for p in self.pages} | {"/"}, redirects
        )

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
        name = first_text(person, "title", "name") if person else ""
        return (name or bare) + (marks[0] if marks else "")

    @property
    def owner_name(self) -> str:
        """The owner's name; empty when it is not known."""
        name = self.name_of(self.owner_slug) if self.owner_slug else ""
        return name if name not in ("", "admin", "me") else text_of(self.config.get("title"))

    def leads(self, page: Page) -> None:
        """Note where the addresses of a page lead."""
        if not page.is_draft:
            for old in (page.url, *page.redirects):
                self.move.leads(old, page.url, page.path)


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
