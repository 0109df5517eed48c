"""Pages that are put together from blocks, as new Hugo Blox sites have them beside the home page."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.hugo.bodies import body_of
from builder.importers.hugo.site import SECTIONS, HugoSite, Page
from builder.importers.values import listed, text_of

_OF_A_CV = re.compile(r"resume-\w+|experience|accomplishments|skills|education")


def blocks_of(site: HugoSite, page: Page) -> tuple[str, str]:
    """The words and lists of a page's blocks, and the layout that shows all of them where one does."""
    blocks = page.front.get("sections")
    blocks = [b for b in blocks if isinstance(b, dict)] if isinstance(blocks, list) else []
    parts, layouts = [], []
    for block in blocks:
        content = block.get("content")
        content = content if isinstance(content, dict) else {}
        said, layout = _block(site, page, text_of(block.get("block")), content)
        parts.append(said)
        layouts.append(layout)
    if layouts and "" not in layouts and len(set(layouts)) == 1:
        return "", layouts[0]
    return "\n\n".join(filter(None, parts)), ""


def _block(site: HugoSite, page: Page, kind: str, content: dict[str, Any]) -> tuple[str, str]:
    """One block as Markdown, and the layout of Folio that shows the same."""
    title, text = text_of(content.get("title")), text_of(content.get("text"))
    words = [f"## {title}" if title and title != text_of(page.front.get("title")) else ""]
    words += [text_of(content.get("subtitle")), body_of(site, page, text) if text else ""]
    if _OF_A_CV.fullmatch(kind):
        return "\n\n".join(filter(None, words)), "" if any(words) else "cv"
    filters = content.get("filters")
    filters = filters if isinstance(filters, dict) else {}
    folders = listed(filters.get("folders")) or listed(content.get("page_type"))
    found = list(dict.fromkeys(SECTIONS[f] for f in folders if f in SECTIONS))
    if len(folders) > len(found) or (not found and not text):
        site.move.note(
            "approximated", page.path, f"the block {kind}: what it drew is not drawn here"
        )
    narrowed = [
        key for key in ("tag", "category", "author", "publication_type") if filters.get(key)
    ]
    if narrowed:
        words_of_it = f"the block {kind} shows all; it was narrowed by {' and '.join(narrowed)}"
        site.move.note("approximated", page.path, words_of_it)
    lists = [_list(name, text_of(content.get("count"))) for name in found]
    alone = len(found) == 1 and not any(words)
    return "\n\n".join(filter(None, [*words, *lists])), found[0] if alone else ""


def _list(collection: str, count: str) -> str:
    """The records of a collection as Jinja, so that the list grows with them."""
    limit = f" | limit({count})" if re.fullmatch(r"[1-9]\d*", count) else ""
    loop = f"{{% for post in site.{collection}{limit} %}}"
    return f'{loop}\n{{% include "archive-single.html" %}}\n{{% endfor %}}'
