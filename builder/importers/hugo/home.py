"""The home page of a Hugo Blox site: widgets of old ones, blocks of new ones, and what they hold.

What is data there (education, experience, skills, awards) becomes the CV; what is text stays on
the home page; lists of pages are what Folio's own pages show.
"""

from __future__ import annotations

import re
from typing import Any

from builder.importers.hugo.bodies import body_of
from builder.importers.hugo.site import HugoSite, Page
from builder.importers.values import first_text, listed, text_of
from builder.importers.yamlout import front_matter

_LISTS = re.compile(
    r"^(?:pages|collection|featured|portfolio|projects|posts|publications\w*|talks\w*|tag_?cloud|people|team.*|slider|hero\w*|contact.*|tags|cta.*|stats|news)$"
)


class Home:
    """Writes the home page and the CV of one site."""

    def __init__(self, site: HugoSite) -> None:
        self.site = site
        self.parts: list[str] = []
        self.sections: dict[str, list[Any]] = {}
        self.origins: list[str] = []
        owner = site.people.get(site.owner_slug, {})
        self.owner: dict[str, Any] = owner

    def write(self) -> None:
        """`content/index.md`, and `content/cv.yaml` where there is anything for it."""
        self.from_owner()
        for page in sorted(self.site.by_section.get("home", []), key=_weight):
            self.widget(page)
        for page in (p for p in self.site.pages if p.url == "/" and p.section == ""):
            self.blocks(page)
        front = {"title": self.site.owner_name or text_of(self.site.config.get("title")) or "Home"}
        self.site.move.write(
            "content/index.md",
            front_matter(front, "\n\n".join(filter(None, self.parts))),
            *self.origins,
        )
        self.site.move.leads(
            "/", "/", "content/home/" if self.site.by_section.get("home") else "content/_index.md"
        )
        if self.sections:
            cv = {"name": self.site.owner_name, "sections": self.sections}
            self.site.move.write_yaml("content/cv.yaml", {"cv": {k: v for k, v in cv.items() if v}})
            self.site.move.taken["CV sections"] = self.site.move.given["CV sections"] = len(
                self.sections
            )

    # ---- the owner

    def from_owner(self) -> None:
        """Biography, interests, education, and in new sites experience, skills, languages, awards."""
        owner = self.owner
        path = text_of(owner.get("path"))
        if not path:
            return
        self.origins.append(path)
        page = next((p for p in self.site.pages if p.path == path), None)
        biography = text_of(owner.get("biography"))
        self.parts.append(body_of(self.site, page, biography) if page else biography)
        if interests := listed(owner.get("interests")):
            self.parts.append("## Interests\n\n" + "\n".join(f"- {i}" for i in interests))
        education = owner.get("education")
        courses = education.get("courses") if isinstance(education, dict) else education
        self.add(
            "Education",
            [_course(c) for c in courses if isinstance(c, dict)]
            if isinstance(courses, list)
            else [],
        )
        self.add("Experience", [_post(e) for e in _dicts(owner.get("experience"))])
        for group in _dicts(owner.get("skills")):
            items = [
                ": ".join(filter(None, (text_of(i.get("label") or i.get("name")), _level(i))))
                if isinstance(i, dict)
                else text_of(i)
                for i in group.get("items") or []
            ]
            self.add(
                "Skills",
                [{"label": text_of(group.get("name")), "details": ", ".join(filter(None, items))}]
                if items
                else [],
            )
        self.add(
            "Languages",
            [
                {"label": text_of(i.get("name")), "details": _level(i)}
                if _level(i)
                else {"bullet": text_of(i.get("name"))}
                for i in _dicts(owner.get("languages"))
            ],
        )
        self.add("Awards", [_award(a) for a in _dicts(owner.get("awards"))])

    def add(self, title: str, items: list[Any]) -> None:
        """Items of a section of the CV; none make no section."""
        kept = [i for i in items if i]
        if kept:
            self.sections.setdefault(title, []).extend(kept)

    # ---- widgets

    def widget(self, page: Page) -> None:
        """One file of `content/home/`."""
        move, front = self.site.move, page.front
        name = text_of(front.get("widget"))
        if not name:
            move.leave(page.path, "the order of the home page's parts") if page.path.endswith(
                "index.md"
            ) else self.text(page)
            return
        if text_of(front.get("active")) == "false":
            move.leave(page.path, "a part of the home page that was switched off")
            return
        kind = name.rpartition(".")[2]
        if kind in ("about", "bio"):
            move.leave(page.path, "shows the author, who is in people.yaml and on the home page")
        elif kind == "experience":
            self.items(
                page,
                text_of(front.get("title")) or "Experience",
                _dicts(front.get("experience")),
                _job,
            )
        elif kind in ("accomplishments", "awards"):
            self.items(
                page,
                text_of(front.get("title")) or "Accomplishments",
                _dicts(front.get("item")),
                _award,
            )
        elif kind in ("featurette", "skills", "features"):
            self.items(
                page, text_of(front.get("title")) or "Skills", _dicts(front.get("feature")), _skill
            )
        elif _LISTS.match(kind) and not page.found.body.strip():
            move.leave(page.path, f"the widget {name}: Folio's own pages show what it listed")
        else:
            self.text(page)

    def items(self, page: Page, title: str, items: list[dict[str, Any]], read: Any) -> None:
        """The entries of a widget, as a section of the CV."""
        self.add(title.replace("&shy;", "").replace("\u00ad", ""), [read(i) for i in items])
        self.site.move.into.setdefault(page.path, []).append("content/cv.yaml")
        if page.found.body.strip():
            self.parts.append(body_of(self.site, page))

    def text(self, page: Page) -> None:
        """A part of the home page that is words."""
        title, body = text_of(page.front.get("title")), body_of(self.site, page)
        subtitle = text_of(page.front.get("subtitle"))
        if body or subtitle:
            self.parts.append(
                "\n\n".join(filter(None, (f"## {title}" if title else "", subtitle, body)))
            )
            self.site.move.into.setdefault(page.path, []).append("content/index.md")
        else:
            self.site.move.leave(page.path, "a part of the home page without words")

    # ---- blocks

    def blocks(self, page: Page) -> None:
        """`content/_index.md`, whose front matter lists blocks."""
        sections = page.front.get("sections")
        self.origins.append(page.path)
        if page.found.body.strip():
            self.parts.append(body_of(self.site, page))
        for block in _dicts(sections):
            name = text_of(block.get("block"))
            content = block.get("content")
            content = content if isinstance(content, dict) else {}
            title, words = text_of(content.get("title")), text_of(content.get("text"))
            if name in ("markdown", "custom", "hero", "cta-card", "cta") and words:
                self.parts.append(
                    "\n\n".join(
                        filter(
                            None,
                            (
                                f"## {title}" if title else "",
                                text_of(content.get("subtitle")),
                                body_of(self.site, page, words),
                            ),
                        )
                    )
                )
            elif name in ("experience", "resume-experience") and _dicts(content.get("items")):
                self.add(title or "Experience", [_job(i) for i in _dicts(content.get("items"))])
            elif name in ("accomplishments", "resume-awards") and _dicts(content.get("items")):
                self.add(title or "Awards", [_award(i) for i in _dicts(content.get("items"))])
            elif name in ("features", "resume-skills") and _dicts(content.get("items")):
                self.add(title or "Skills", [_skill(i) for i in _dicts(content.get("items"))])
            elif name:
                self.site.move.note(
                    "approximated",
                    page.path,
                    f"the block {name}: Folio's own pages show what it listed",
                )


def _weight(page: Page) -> tuple[float, str]:
    text = text_of(page.front.get("weight"))
    return (float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else 999.0, page.path)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _kept(**values: Any) -> dict[str, Any]:
    return {k: v for k, v in values.items() if v}


def _day(value: Any) -> str:
    return re.sub(r"-01-01$|-01$", "", text_of(value)[:10])


def _span(item: dict[str, Any]) -> dict[str, str]:
    start = _day(item.get("date_start") or item.get("start"))
    end = _day(item.get("date_end") or item.get("end"))
    has_end = "date_end" in item or "end" in item
    return _kept(start_date=start, end_date=end or ("present" if start and has_end else ""))


def _prose(value: Any) -> str:
    return "\n\n".join(
        " ".join(p.split()) for p in re.split(r"\n\s*\n", text_of(value)) if p.strip()
    )


def _job(item: dict[str, Any]) -> dict[str, Any]:
    described = first_text(item, "description", "summary")
    points = [line.strip()[2:] for line in described.split("\n") if re.match(r"\s*[*-] ", line)]
    words = "\n".join(line for line in described.split("\n") if not re.match(r"\s*[*-] ", line))
    company = first_text(item, "company", "org")
    title = first_text(item, "title", "role", "position")
    head = _kept(company=company, position=title) if company else _kept(name=title)
    entry = {
        **head,
        **_span(item),
        **_kept(
            location=text_of(item.get("location")),
            url=text_of(item.get("company_url")),
            summary=_prose(words),
            highlights=points,
        ),
    }
    return entry if head else {}


_post = _job


def _course(item: dict[str, Any]) -> dict[str, Any]:
    institution = text_of(item.get("institution"))
    area = first_text(item, "course", "degree", "area")
    dates = _span(item) or _kept(date=text_of(item.get("year")))
    head = _kept(institution=institution, area=area) if institution else _kept(name=area)
    return {**head, **dates, **_kept(summary=_prose(item.get("summary")))} if head else {}


def _award(item: dict[str, Any]) -> dict[str, Any]:
    awarder = first_text(item, "organization", "awarder")
    date = _day(item.get("date")) or _day(item.get("date_start"))
    url = first_text(item, "url", "certificate_url", "organization_url")
    return _kept(
        name=text_of(item.get("title")),
        awarder=awarder,
        date=date,
        url=url,
        summary=_prose(item.get("description") or item.get("summary")),
    )


def _skill(item: dict[str, Any]) -> dict[str, Any]:
    name, words = text_of(item.get("name")), _prose(item.get("description"))
    return {"label": name, "details": words} if name and words else _kept(bullet=name or words)


def _level(item: dict[str, Any]) -> str:
    return (
        text_of(item.get("label"))
        if item.get("name") and item.get("label")
        else text_of(item.get("level") if item.get("label") is None else "")
    )
