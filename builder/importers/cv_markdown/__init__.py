"""A CV in Markdown as cv.yaml: headings are sections, and bold, italics, pipes and dates tell the rest.

What cannot be told apart stays as text, in its place: no word is lost for want of a field.
"""

from __future__ import annotations

from typing import Any

from builder.importers.cv_markdown.blocks import TITLES, Block, Heading, blocks_of
from builder.importers.cv_markdown.lines import unwrapped
from builder.importers.cv_markdown.person import person_of
from builder.importers.cv_markdown.sections import Section, section_of
from builder.importers.moving import Move
from builder.importers.values import listed, text_of
from builder.importers.yamlout import front_matter


def import_markdown(move: Move) -> None:
    """One file that is a CV, or a folder that holds one."""
    path = move.source.only or next(
        p
        for p in move.source.files
        if p.lower().endswith((".md", ".markdown", ".txt")) and not p.upper().startswith("README")
    )
    found = move.source.document(path)
    cv = cv_of(found.body, text_of(found.front.get("name")))
    sections = cv["cv"]["sections"]
    move.write_yaml("content/cv.yaml", cv, path)
    front: dict[str, Any] = {
        "title": text_of(found.front.get("title")),
        "redirect_from": listed(found.front.get("redirect_from")),
    }
    if front["redirect_from"] or (text_of(found.front.get("permalink")) not in ("", "/cv/")):
        address = text_of(found.front.get("permalink")) or "/cv/"
        page = {
            **front,
            "title": front["title"] or "CV",
            "layout": "cv",
            "permalink": "" if address == "/cv/" else address,
        }
        move.write("content/cv.md", front_matter(page, ""), path)
        for old in (address, *front["redirect_from"]):
            move.leads(old, address, path)
    name = cv["cv"].get("name", "")
    move.write_yaml("site.yaml", {"title": name} if name else {"title": "CV"}, path)
    move.taken["sections"] = move.given["sections"] = len(sections)
    for title, items in sections.items():
        move.taken["entries"] += len(items)
        move.given["entries"] += len(items)
        move.given["publications"] += sum(
            1 for i in _all(items) if isinstance(i, dict) and "authors" in i and "title" in i
        )
        for text in (i for i in items if isinstance(i, str)):
            if len(text.split()) < 12:
                move.note(
                    "approximated", path, f"under {title!r} a line stays as text: {text[:60]}"
                )
        for item in (i for i in items if isinstance(i, dict) and "from" in i):
            words = f"under {title!r} stand the {item['from']} of the site; there were none beside the file"
            move.note("approximated", path, words)
    if move.given["publications"]:
        move.taken["publications"] = move.given["publications"]


def _all(items: Any) -> Any:
    for item in items if isinstance(items, list) else []:
        yield item
        for below in item.values() if isinstance(item, dict) else ():
            yield from _all(below)


def cv_of(text: str, name: str = "") -> dict[str, Any]:
    """The document of cv.yaml that a CV's text comes to."""
    blocks = blocks_of(text)
    head, rest = _split_head(blocks)
    cv: dict[str, Any] = person_of(head, name)
    level = min((b.level for b in rest if isinstance(b, Heading)), default=2)
    sections: dict[str, Section] = {}
    for title, inner in _parts(rest, level):
        key = title or "About"
        while key in sections:
            key += " "
        sections[key.rstrip() if key.rstrip() not in sections else f"{key.strip()} (2)"] = (
            section_of(inner, title, cv.get("name", ""))
        )
    cv["sections"] = sections
    return {"cv": cv}


def _split_head(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The name and what stands below it, and the sections."""
    titles = [n for n, b in enumerate(blocks) if isinstance(b, Heading)]
    if (
        not titles
        or titles[0] != 0
        or (len(titles) > 1 and isinstance(blocks[0], Heading) and _is_section(blocks[0].text))
    ):
        return (
            ([], blocks)
            if titles and titles[0] == 0
            else (blocks[: titles[0]] if titles else [], blocks[titles[0] if titles else 0 :])
        )
    end = titles[1] if len(titles) > 1 else len(blocks)
    return blocks[:end], blocks[end:]


def _is_section(text: str) -> bool:
    return bool(TITLES.search(text))


def _parts(blocks: list[Block], level: int) -> list[tuple[str, list[Block]]]:
    parts: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            parts.append((unwrapped(block.text), []))
        elif parts:
            parts[-1][1].append(block)
        else:
            parts.append(("", [block]))
    return parts
