"""Lists of whole collections in a page: as Jinja in their place, or left to a layout of Folio."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.folders import KNOWN, folder_of, jinja_of
from builder.importers.jekyll.reading import Doc
from builder.importers.jinja import BEGIN, END, LISTED, SINGLE
from builder.importers.liquid.room import Listed, Room
from builder.importers.values import text_of

if TYPE_CHECKING:
    from builder.importers.jekyll.site import Jekyll


def with_lists(text: str, room: Room, lists: list[Listed], decide: bool) -> str:
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
        return "\ue030" if only and layout_of(one, room.doc) else f"\n{one.jinja}\n"

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


def from_layout(jekyll: Jekyll, doc: Doc, room: Room) -> str:
    """The list that a layout of the author's own draws, for a page without a body."""
    layout = jekyll.source.first(
        *(f"_layouts/{text_of(doc.front.get('layout'))}{e}" for e in (".html", ".liquid"))
    )
    found = (
        re.search(r"\bin\s+site\.(\w+)|\{%-?\s*bibliography", jekyll.source.text(layout))
        if layout
        else None
    )
    name = (found[1] or "publications") if found else ""
    if name in jekyll.docs and name != "pages":
        jinja = f"{BEGIN} for post in {jinja_of(name)} {END}{SINGLE}{BEGIN} endfor {END}"
        jekyll.move.note(
            "approximated",
            doc.path,
            f"the layout {layout} draws {name}; here Folio's own list does",
        )
        return room.list(Listed(folder_of(name), jinja, True))
    return ""


def layout_of(one: Listed, doc: Doc) -> str:
    """The layout that can show a list at the address of a document; empty when none can."""
    if one.collection in (*KNOWN, "publications", "cv", "tags"):
        return one.collection
    return "collection" if doc.url == f"/{one.collection}/" else ""


def give_to_layout(jekyll: Jekyll, front: dict[str, Any], one: Listed, doc: Doc) -> None:
    """Let a layout of Folio show the list of a page."""
    front["layout"] = layout_of(one, doc)
    front["group_by"] = "topic" if one.by_category else ""
    if not one.newest_first:
        jekyll.oldest_first.append(one.collection)
