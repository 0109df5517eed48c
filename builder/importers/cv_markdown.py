"""A CV in Markdown as cv.yaml: headings are sections, and bold, italics, pipes and dates tell the rest.

What cannot be told apart stays as text, in its place: no word is lost for want of a field.
"""

from __future__ import annotations

import re
from typing import Any

from builder.importers.cv_blocks import DRAWN, Block, Heading, Item, Listing, Para, blocks_of
from builder.importers.cv_lines import (
    dated,
    fact,
    is_date,
    is_emphasised,
    is_place,
    labelled,
    led_by_emphasis,
    names_in,
    trailing_links,
    unwrapped,
)  # fmt: skip
from builder.importers.jekyll import listed, text_of
from builder.importers.moving import Move
from builder.importers.owners import is_mail
from builder.importers.yamlout import front_matter

Entry = dict[str, Any]
Section = list[Any]
"""What a section of cv.yaml lists: entries, texts, sub-sections."""


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
    cv: dict[str, Any] = _person(head, name)
    level = min((b.level for b in rest if isinstance(b, Heading)), default=2)
    sections: dict[str, Section] = {}
    for title, inner in _parts(rest, level):
        key = title or "About"
        while key in sections:
            key += " "
        sections[key.rstrip() if key.rstrip() not in sections else f"{key.strip()} (2)"] = (
            section_of(inner, level, title, cv.get("name", ""))
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
    from builder.importers.cv_blocks import TITLES

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


# ---- the person -----------------------------------------------------------------------------


def _person(head: list[Block], name: str) -> Entry:
    cv: Entry = {"name": name} if name else {}
    for block in head:
        if isinstance(block, Heading):
            cv.setdefault("name", unwrapped(block.text))
        elif isinstance(block, Para):
            _contact(cv, block.text)
        else:
            for item in block.items:
                _contact(cv, item.text)
    return cv


_HOSTS = {
    "github.com": "github", "linkedin.com": "linkedin", "scholar.google": "googlescholar", "orcid.org": "orcid",
    "twitter.com": "x", "x.com": "x", "bsky.app": "bluesky", "researchgate.net": "researchgate", "gitlab.com": "gitlab",
}  # fmt: skip


def _contact(cv: Entry, text: str) -> None:
    """Mail, profiles and the like, divided by pipes and dots; what is none of them is a headline."""
    pieces = [p.strip() for p in re.split(r"\s*[|·•‖]\s*|\s{3,}", text) if p.strip()]
    hosts = " ".join(pieces)
    for piece in pieces:
        bare = re.sub(r"^[^\w<\[+(]+\s*", "", piece).strip()
        linked = re.fullmatch(r"\[([^\]]+)\]\(([^)\s]+)\)", bare)
        label, url = (linked[1], linked[2]) if linked else (bare.strip("<>"), bare.strip("<>"))
        if is_mail(url.removeprefix("mailto:")):
            cv.setdefault("email", []).append(url.removeprefix("mailto:"))
        elif re.fullmatch(r"\+?[\d\s().-]{7,}", url):
            cv.setdefault("phone", []).append(url)
        elif re.match(r"https?://|www\.", url) or re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", url):
            whole = url if "://" in url else f"https://{url}"
            kind = next((k for host, k in _HOSTS.items() if host in whole), "website")
            cv.setdefault("links", []).append({"label": label, "url": whole, "kind": kind})
        elif re.search(rf"\b{re.escape(url)}\.github\.io\b", hosts) and re.fullmatch(
            r"[\w-]+", url
        ):
            cv.setdefault("links", []).append(
                {"label": url, "url": f"https://github.com/{url}", "kind": "github"}
            )
        elif "headline" not in cv:
            cv["headline"] = bare
        else:
            cv["headline"] += f" · {bare}"
    for key in ("email", "phone"):
        if isinstance(cv.get(key), list) and len(cv[key]) == 1:
            cv[key] = cv[key][0]


# ---- sections ---------------------------------------------------------------------------------


def section_of(blocks: list[Block], level: int, title: str, owner: str) -> Section:
    """The items of a section."""
    headings = [b for b in blocks if isinstance(b, Heading)]
    if headings:
        return _headed(blocks, min(h.level for h in headings), title, owner)
    return _run(blocks, title, owner)


def _headed(blocks: list[Block], level: int, title: str, owner: str) -> Section:
    """A section with headings within: entries when they are dated, else sub-sections."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            parts.append((block.text, []))
        else:
            parts[-1][1].append(block)
    out = _run(parts[0][1], title, owner) if parts[0][1] else []
    entries = any(_has_details(text, inner) for text, inner in parts[1:])
    for text, inner in parts[1:]:
        if not entries:
            below = section_of(inner, level, text, owner)
            out.append({unwrapped(text): below})
        else:
            head = dated(text)
            entry = _entry(unwrapped(head.text), head.date, title)
            out.append(_filled(entry, [_unheaded(b) for b in inner], title, owner))
    return out


def _unheaded(block: Block) -> Block:
    return Para(f"**{block.text}**") if isinstance(block, Heading) else block


def _has_details(text: str, inner: list[Block]) -> bool:
    if dated(text).date:
        return True
    return any(isinstance(b, Para) and (is_date(b.text) or is_emphasised(b.text)) for b in inner)


def _kind_of(title: str) -> str:
    words = title.casefold()
    if re.search(r"educat|degree|ausbildung|studium|教育", words):
        return "education"
    if re.search(
        r"experienc|employ|appointment|position|work|career|intern|industry|professional", words
    ):
        return "experience"
    if re.search(r"publication|paper|preprint|article|talk", words):
        return "publications"
    if re.search(r"hono|award|prize|scholarship|fellowship|grant|service", words):
        return "honours"
    return "normal"


def _entry(name: str, date: str, title: str) -> Entry:
    key = {"education": "institution", "experience": "company"}.get(_kind_of(title), "name")
    return {key: name} | ({"date": date} if date else {})


def _run(blocks: list[Block], title: str, owner: str) -> Section:
    """Paragraphs and lists one behind the other: heads of entries, their details, free text."""
    out: Section = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Para):
            drawn = DRAWN.fullmatch(block.text)
            details = _details(blocks, at + 1, title, owner)
            if drawn:
                details = []
                out.append({"from": _COLLECTIONS.get(drawn[1], drawn[1])})
            elif said := labelled(block.text):
                out.append({"label": said[0], "details": said[1]})
                at += 1
                continue
            elif entry := _head(block.text, details, title, owner):
                out.append(_filled(entry, details, title, owner))
            else:
                details = []
                out.append(block.text)
            at += 1 + len(details)
        elif isinstance(block, Listing):
            out += _listed(block, title, owner)
            at += 1
        else:
            at += 1
    return out


_COLLECTIONS = {"portfolio": "projects"}


def _details(blocks: list[Block], start: int, title: str, owner: str) -> list[Block]:
    """What belongs to the entry that begins above `start`: all up to the head of the next."""
    end = start
    after_list = False
    while end < len(blocks):
        block = blocks[end]
        if isinstance(block, Para):
            if (
                after_list
                or _begins(blocks, end, title, end - start)
                or DRAWN.fullmatch(block.text)
            ):
                break
            if _kind_of(title) == "honours" and not is_date(block.text):
                break
        elif isinstance(block, Listing):
            after_list = True
        else:
            break
        end += 1
    return list(blocks[start:end])


def _begins(blocks: list[Block], at: int, title: str, behind: int) -> bool:
    """Whether a paragraph is the head of a new entry rather than more of the one before."""
    text = blocks[at].text if isinstance(blocks[at], Para) else ""  # type: ignore[union-attr]
    if is_date(text) or (fact(text) and not text.startswith("**")):
        return False
    led = led_by_emphasis(text)
    if text.startswith("**") and led and len(led[0]) > 2:
        return True
    if "|" in text or labelled(text):
        return True
    above = blocks[at - behind - 1]
    venue = isinstance(above, Para) and above.text.startswith("**") and len(text.split()) < 5
    if dated(text).date and not text.startswith("*") and not venue and behind > 0:
        return True
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    dates_next = isinstance(following, Para) and is_date(following.text)
    undated_above = all(
        not (isinstance(b, Para) and is_date(b.text)) for b in blocks[at - behind : at]
    )
    return dates_next and not (
        text.startswith("*") or (undated_above and behind <= 1 and is_place(text) and behind > 0)
    )


def _head(text: str, details: list[Block], title: str, owner: str) -> Entry | None:
    """The entry that a line begins; None when it is a text of its own."""
    kind = _kind_of(title)
    head = dated(text)
    has_date = bool(head.date) or any(isinstance(d, Para) and is_date(d.text) for d in details)
    bold = led_by_emphasis(head.text) if head.text.startswith("**") else None
    may_be_paper = kind == "publications" or (bold and kind != "education")
    if may_be_paper and (paper := _paper_head(text, head, bold, details, owner)):
        return paper
    if "|" in head.text and (has_date or details):
        first, _, rest = (p.strip() for p in head.text.partition("|"))
        entry = _entry(unwrapped(first), head.date, title)
        return entry | _role(unwrapped(rest), entry)
    if bold and (has_date or details or bold[1]):
        entry = _entry(bold[0], head.date, title)
        rest = bold[1].strip(" ,")
        if rest and is_place(rest):
            entry["location"] = rest
        elif rest:
            entry["summary"] = rest
        return entry
    if has_date or any(isinstance(d, Listing) for d in details):
        if not has_date and text.rstrip().endswith((".", ":")):
            return None
        return _entry(unwrapped(head.text).rstrip(":"), head.date, title)
    said = fact(text)
    if said and is_date(said[1]):
        return {"name": said[0], "date": said[1]}
    return None


def _role(text: str, entry: Entry) -> Entry:
    """The key of a role, by what the entry is."""
    if not text:
        return {}
    return {"area" if "institution" in entry else "position": text}


def _paper_head(text: str, head: Any, bold: Any, details: list[Block], owner: str) -> Entry | None:
    """A paper or talk: a title, below it its authors."""
    title, venue, date = head.text, "", head.date
    if bold:
        title, venue = bold[0], bold[1].strip(" ,")
    lines = _lines(details)
    authors = next((names for line in lines if (names := names_in(line, owner))), [])
    if not authors:
        return None
    talk = any(
        re.match(r"(?i)[*_]*(?:invited )?(?:talk|poster|keynote|presentation)\b", line)
        for line in lines
    )
    entry: Entry = {"name" if talk else "title": unwrapped(title), "authors": authors}
    if venue:
        entry["journal"] = venue
    if date:
        entry["date"] = date
    return entry


def _lines(details: list[Block]) -> list[str]:
    lines: list[str] = []
    for block in details:
        if isinstance(block, Para):
            lines.append(block.text)
        elif isinstance(block, Listing):
            lines += [item.text for item in block.items]
    return lines


def _filled(entry: Entry, details: list[Block], title: str, owner: str) -> Entry:
    """The entry with what stands below its head."""
    if "authors" in entry:
        return _filled_paper(entry, _lines(details), owner)
    summary = [entry.pop("summary")] if "summary" in entry else []
    for block in details:
        if isinstance(block, Listing):
            entry.setdefault("highlights", []).extend(_bullet(item) for item in block.items)
        elif isinstance(block, Para):
            _detail(entry, block.text, summary)
    if summary:
        entry["summary"] = summary[0] if len(summary) == 1 else "\n\n".join(summary)
    return _ordered(entry)


def _detail(entry: Entry, text: str, summary: list[str]) -> None:
    """One line of an entry: its date, role, place, a fact, or words."""
    role = "area" if "institution" in entry else "position"
    if "date" not in entry and is_date(text):
        entry["date"] = text
        return
    led = led_by_emphasis(text)
    if led and role not in entry and not summary:
        inside = fact(led[0])
        if inside and not led[1]:
            entry.setdefault("facts", {})[inside[0]] = inside[1]
            return
        tail = dated(led[1]) if led[1] else None
        if not led[1]:
            entry[role] = led[0]
            return
        if tail and not tail.text.strip(" ,") and "date" not in entry:
            entry[role], entry["date"] = led[0], tail.date
            return
        more = fact(led[1])
        if more:
            entry[role] = led[0]
            entry.setdefault("facts", {})[more[0]] = more[1]
            return
        if role == "area":
            entry[role] = text.replace("*", "")
            return
    if (said := fact(text)) and said[0] not in entry.get("facts", {}):
        entry.setdefault("facts", {})[said[0]] = said[1]
    elif "location" not in entry and not summary and is_place(text):
        entry["location" if role in entry or "date" not in entry else role] = text
    else:
        summary.append(text)


def _filled_paper(entry: Entry, lines: list[str], owner: str) -> Entry:
    """A paper with its venue, its notes and its facts."""
    notes: list[str] = []
    for line in lines:
        if names_in(line, owner) == entry["authors"]:
            notes += [trailing_links(line)]
            continue
        said = dated(unwrapped(line))
        if (found := fact(line)) and not re.match(r"(?i)accept|rate|rank|share", found[0]):
            entry.setdefault("facts", {})[found[0]] = found[1]
        elif "name" in entry:
            notes.append(_linked(entry, unwrapped(line)))
        elif said.date and "date" not in entry and len(said.text.split()) < 5:
            entry["date"] = said.date
            entry.setdefault("journal", said.text)
        elif said.date and said.text and "journal" not in entry and len(said.text.split()) < 8:
            entry["journal"] = unwrapped(line)
        else:
            notes.append(_linked(entry, unwrapped(line)))
    if "journal" in entry and "date" not in entry and (said := dated(entry["journal"])).date:
        entry["journal"], entry["date"] = said.text, said.date
    if text := " ".join(n for n in notes if n):
        entry["summary" if "name" in entry else "note"] = text
    return _ordered({k: v for k, v in entry.items() if v})


_ADDRESS = re.compile(
    r"(?<![\w/(\[])((?:https?://)?(?:www\.)?(?:arxiv\.org|doi\.org|github\.com)/[^\s,;)]+)"
)


def _linked(entry: Entry, text: str) -> str:
    """A line whose bare addresses are links; the first of a paper is the paper's own."""

    def link(found: re.Match[str]) -> str:
        url = found[1] if "://" in found[1] else f"https://{found[1]}"
        if "title" in entry:
            entry.setdefault("url", url)
        return f"[{found[1]}]({url})"

    return _ADDRESS.sub(link, text)


_ORDER = (
    "title", "name", "institution", "company", "area", "position", "authors", "journal", "date", "location", "url", "note",
    "facts", "summary", "highlights", "entries",
)  # fmt: skip


_ORGANISATION = re.compile(
    r"\b(lab|labs|laboratory|university|institute|inc|ltd|llc|company|corp|college|school|cent(?:er|re)|group|hospital|gmbh|team"
    r"|foundation|academy|department|bank|google|microsoft|meta|amazon|huawei|bytedance|nvidia|society|association)\b", re.IGNORECASE,
)  # fmt: skip


def _ordered(entry: Entry) -> Entry:
    if (
        "company" in entry
        and "position" not in entry
        and not _ORGANISATION.search(entry["company"])
    ):
        entry = {"name": entry.pop("company"), **entry}
    return {k: entry[k] for k in _ORDER if k in entry} | {
        k: v for k, v in entry.items() if k not in _ORDER
    }


# ---- lists ----------------------------------------------------------------------------------


def _bullet(item: Item) -> Any:
    """A point with the points below it."""
    below: list[Any] = []
    text = item.text
    for block in item.blocks:
        if isinstance(block, Listing):
            below += [_bullet(i) for i in block.items]
        elif isinstance(block, (Para, Heading)):
            text = f"{text} {block.text}".strip() if not below else text
            below += [block.text] if below else []
    return {text: below} if below else text


def _listed(block: Listing, title: str, owner: str) -> Section:
    """A list that is a section's own: entries when its items are dated or have details."""
    if any(_is_entry(item) for item in block.items):
        return [_of_item(item, title, owner) for item in block.items]
    said = [fact(i.text) or labelled(i.text) for i in block.items]
    if all(said) and not any(i.blocks for i in block.items):
        return [{"label": s[0], "details": s[1]} for s in said if s]
    out: Section = []
    for item in block.items:
        point = _bullet(item)
        if isinstance(point, dict):
            ((text, below),) = point.items()
            out.append({"bullet": text, "highlights": below})
        else:
            out.append({"bullet": point})
    return out


def _is_entry(item: Item) -> bool:
    return bool(dated(item.text).date) or any(isinstance(b, Para) for b in item.blocks)


def _of_item(item: Item, title: str, owner: str) -> Any:
    """An item of a list as an entry: its text the head, what stands below it the details."""
    if not item.blocks and not dated(item.text).date:
        return {"bullet": item.text}
    details = list(item.blocks)
    entry = _head(item.text, details, title, owner)
    if entry is None:
        point = _bullet(item)
        return (
            {"bullet": point}
            if isinstance(point, str)
            else {"bullet": next(iter(point)), "highlights": next(iter(point.values()))}
        )
    if "institution" in entry and not entry.get("area") and "," in entry["institution"]:
        entry = {"name": entry.pop("institution"), **entry}
    return _filled(entry, details, title, owner)
