"""Pages whose front matter al-folio draws: people, a course's schedule, a CV, posts in pages of a few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.reading import Doc
from builder.importers.jekyll.records import heading_of
from builder.importers.values import first_text, text_of

if TYPE_CHECKING:
    from builder.importers.alfolio.site import AlFolio


def profiles_of(alfolio: AlFolio, profiles: list[Any]) -> str:
    """People of a profiles page: picture, words, address."""
    out = []
    for profile in (p for p in profiles if isinstance(p, dict)):
        image, content = text_of(profile.get("image")), text_of(profile.get("content"))
        out += [f"![](/assets/img/{image})"] if image else []
        path = alfolio.source.first(f"_pages/{content}", content) if content else ""
        out += [alfolio.source.document(path).body.strip()] if path else []
        out += [text_of(profile.get("more_info"))] if profile.get("more_info") else []
    return "\n\n" + "\n\n".join(out) + "\n"


def schedule_of(weeks: list[Any]) -> str:
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


def cv_page(alfolio: AlFolio, doc: Doc) -> str:
    """The words of a CV page, and its link to a PDF."""
    pdf = text_of(doc.front.get("cv_pdf"))
    body = alfolio.body(doc)[0]
    if not pdf:
        return body
    address = pdf if "/" in pdf else f"/assets/pdf/{pdf}"
    target = alfolio.target(address, doc)
    if not alfolio.resolver.resolve(address, doc.url)[2]:
        return body
    return f"[PDF]({target})\n\n{body}".strip()


def write_blog(alfolio: AlFolio, doc: Doc, paged: dict[str, Any]) -> None:
    """The page of posts, or of those in one category."""
    alfolio.move.taken["pages"] += 1
    chosen = first_text(paged, "category", "tag")
    front: dict[str, Any] = {
        "title": heading_of(alfolio, doc)
        or text_of(alfolio.site.config.get("blog_name"))
        or "Blog",
        "permalink": doc.url,
    }
    body = ""
    if chosen:
        field = "categories" if paged.get("category") else "tags"
        body = f'{{% for post in site.posts | where({field}="{chosen}") %}}\n{{% include "archive-single.html" %}}\n{{% endfor %}}'
    else:
        front["layout"] = "posts"
    alfolio.move.note("approximated", doc.path, "posts in pages of a few are one list here")
    alfolio.page_file(doc, {**front, "redirect_from": alfolio.redirects(doc)}, body)
