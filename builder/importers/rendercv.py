"""CV data that is nearly RenderCV's: real RenderCV files, al-folio's `cv.yml` in both forms.

What a section's entry says under keys that RenderCV does not know becomes a labelled fact, so that
it is shown; the rest stays as it was typed.
"""

from __future__ import annotations

import re
from typing import Any

from builder.importers.moving import Move
from builder.importers.values import first_text, listed, text_of
from builder.model.cv_entries import EntryKeys
from builder.problems import FolioError, Problems
from builder.text.yaml import read_yaml

_HEAD = frozenset({
    "name", "headline", "location", "address", "email", "phone", "website", "photo", "tagline", "bio", "links",
    "social_networks", "custom_connections", "sections",
})  # fmt: skip
_SPELLED = {
    "label": "headline", "image": "photo", "url": "website", "summary": "bio", "picture": "photo", "socials": "social_networks",
    "profiles": "social_networks",
}  # fmt: skip


def import_rendercv(move: Move) -> None:
    """A RenderCV file, or a folder that holds one."""
    files = (p for p in move.source.files if p.lower().endswith((".yaml", ".yml")))
    path = move.source.only or next((p for p in files if _is_cv(move.source.data(p))), "")
    value = move.source.data(path) if path else None
    if not (_is_cv(value) and isinstance(value, dict)):
        raise FolioError(
            f"{path or 'the source'} holds no CV: nothing stands below cv: or sections:"
        )
    cv = value.get("cv", value)
    tell: Any = lambda verdict, words: move.note(verdict, path, words)  # noqa: E731
    cleaned, text = cleaned_cv(cv, tell), move.source.text(path)
    write_cv(move, cleaned, path)
    if cv is not value and _filled(cleaned) == _filled(cv) and _is_read(text, path):
        move.write("content/cv.yaml", text)
    elif comments := len(_COMMENT.findall(text)):
        tell("left", f"{comments} lines of comments: keys had to be renamed, so the YAML is new")
    _count(move, cv.get("sections"), cleaned.get("sections"))
    for key in ("design", "locale", "settings", "rendercv_settings"):
        if value.get(key):
            tell("left", f"{key}: how RenderCV sets its own PDF; Folio's has a design of its own")


def _is_cv(value: Any) -> bool:
    body = value.get("cv", value.get("sections")) if isinstance(value, dict) else None
    return isinstance(body, dict) and bool(body)


def write_cv(move: Move, cv: dict[str, Any], path: str) -> None:
    """A new site of a CV alone: cv.yaml, its photo, site.yaml, and the counts."""
    photo = text_of(cv.get("photo"))
    if photo and "://" not in photo:
        if photo in move.source:
            move.copy(f"content/{photo}", photo)
        else:
            move.note("missing", path, f"the photo {photo} is not there")
            cv = {k: v for k, v in cv.items() if k != "photo"}
    move.write_yaml("content/cv.yaml", {"cv": cv}, path)
    move.write_yaml("site.yaml", {"title": text_of(cv.get("name")) or "CV"}, path)
    _count(move, cv.get("sections"), cv.get("sections"))


_COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)


def _is_read(text: str, path: str) -> bool:
    """Whether Folio reads the YAML as it stands, without the patience of an import."""
    problems = Problems()
    read_yaml(text, path, problems)
    return not problems.errors


def _filled(value: Any) -> Any:
    """The same without what is empty, at any depth."""
    if isinstance(value, dict):
        pairs = ((key, _filled(below)) for key, below in value.items())
        return {key: below for key, below in pairs if below not in _NOTHING}
    if isinstance(value, list):
        return [below for below in map(_filled, value) if below not in _NOTHING]
    return value


_NOTHING: tuple[Any, ...] = (None, "", [], {})


def _count(move: Move, there: Any, here: Any) -> None:
    """How many entries each section has, in the source and in what was made of it."""
    for counter, sections in ((move.taken, there), (move.given, here)):
        for title, items in sections.items() if isinstance(sections, dict) else ():
            entries = _filled(items)
            counter[f"section {title}"] = len(entries) if isinstance(entries, list) else 1


def cleaned_cv(cv: dict[str, Any], tell: Any) -> dict[str, Any]:
    """The `cv` mapping with the keys that Folio reads."""
    out: dict[str, Any] = {}
    for key, value in cv.items():
        name = _SPELLED.get(key, key)
        if value in (None, "", [], {}):
            continue
        if name == "sections":
            value = value if isinstance(value, dict) else {"CV": value}
            sections = {
                text_of(title) or str(title): cleaned_items(items, title)
                for title, items in value.items()
            }
            out["sections"] = {title: items for title, items in sections.items() if items}
        elif name == "social_networks":
            out.setdefault(name, []).extend(_accounts(value))
        elif name in ("location", "address") and isinstance(value, dict):
            out |= _places(value)
        elif name in _HEAD:
            out[name] = value
        else:
            tell(
                "left",
                f"{key}: {value if isinstance(value, str) else 'a list or mapping'}; the head of a CV has no such key",
            )
    if "sections" in out:
        out["sections"] = out.pop("sections")
    return out


def _accounts(value: Any) -> list[dict[str, str]]:
    accounts = []
    for item in value if isinstance(value, list) else []:
        if isinstance(item, dict) and (item.get("username") or item.get("url")):
            network = text_of(item.get("network")) or "Website"
            accounts.append(
                {
                    "network": network,
                    "username": first_text(item, "url", "username"),
                }
            )
    return accounts


def _places(value: dict[str, Any]) -> dict[str, str]:
    """The town and country, which may be shown, and the street, which is kept private."""
    town = [text_of(value.get(k)) for k in ("city", "region", "countryCode", "country")]
    street = [text_of(value.get(k)) for k in ("address", "street", "postalCode")]
    found = {"location": ", ".join(filter(None, town)), "address": ", ".join(filter(None, street))}
    return {k: v for k, v in found.items() if v}


_KNOWN = frozenset(EntryKeys.__struct_fields__) | set(EntryKeys.spellings) | {"from"}
_LABELS = {"score": "Grade", "courses": "Courses", "studytype": "degree", "issuer": "Issuer"}
_TELLING = (
    "institution",
    "company",
    "organization",
    "name",
    "title",
    "label",
    "bullet",
    "number",
    "reversed_number",
    "position",
)


def cleaned_items(items: Any, title: str) -> list[Any]:
    """The entries of a section, each with keys that Folio knows."""
    if isinstance(items, (str, dict)):
        items = [items]
    out: list[Any] = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            out.append(cleaned_entry(item, title))
        elif item not in (None, ""):
            out.append(item)
    return [item for item in out if item]


def cleaned_entry(item: dict[str, Any], title: str) -> dict[str, Any]:
    """One entry; an award with an author is no publication."""
    entry: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for key, value in item.items():
        if value in (None, "", [], {}):
            continue
        if key == "title" and re.search(
            r"award|honou?r|prize|certif|reference|language|interest|skill", title, re.IGNORECASE
        ):
            key = "name"
        if key == "authors" and re.search(r"award|honou?r|prize", title, re.IGNORECASE):
            key = "awarder" if "awarder" not in item else ""
            value = ", ".join(listed(value))
        if key == "startDate" or key == "endDate":
            key = {"startDate": "start_date", "endDate": "end_date"}[key]
        if key in ("keywords", "icon"):
            if key == "keywords":
                entry.setdefault("details", ", ".join(listed(value)))
        elif key in _KNOWN:
            entry[key] = value
        elif key:
            label = _LABELS.get(key, key.replace("_", " ").capitalize())
            facts[label] = _said(value)
    if "name" in entry and "details" in entry and "label" not in entry:
        entry = {"label": entry.pop("name"), **entry}
        if level := facts.pop("Level", ""):
            entry["details"] = f"{level}: {entry['details']}"
    if facts := {k: v for k, v in facts.items() if v}:
        entry["facts"] = (
            {**facts, **(entry.get("facts") or {})}
            if isinstance(entry.get("facts"), dict)
            else facts
        )
    return _told_apart(entry)


def _said(value: Any) -> str:
    """A value in one text, whatever it holds."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(below)}" for key, below in _filled(value).items())
    return ", ".join(map(_said, _filled(value))) if isinstance(value, list) else text_of(value)


def _told_apart(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry with a key that tells its type."""
    if entry and not any(key in entry for key in _TELLING):
        for key in ("degree", "area", "summary", "details", "url", "date"):
            if isinstance(entry.get(key), str):
                return {"name": entry[key], **{k: v for k, v in entry.items() if k != key}}
    if "label" in entry and "details" not in entry:
        return {"name": entry.pop("label"), **entry}
    return entry


# ---- al-folio's first form ------------------------------------------------------------------


def sections_of(value: list[Any]) -> dict[str, Any]:
    """al-folio v0: a list of titled parts, each of a type of its own."""
    sections: dict[str, Any] = {}
    for part in value:
        if isinstance(part, dict) and text_of(part.get("title")):
            contents = part.get("contents")
            sections[text_of(part["title"])] = [
                i for i in map(_v0_item, contents if isinstance(contents, list) else []) if i
            ]
    return {title: items for title, items in sections.items() if items}


def _v0_item(item: Any) -> Any:
    if not isinstance(item, dict):
        return {"bullet": item} if item else None
    if "value" in item:
        value = item["value"]
        return {
            "label": text_of(item.get("name")),
            "details": value if isinstance(value, str) else ", ".join(listed(value)),
        }
    if isinstance(item.get("items"), list) and "title" in item:
        return {"bullet": text_of(item["title"]), "highlights": [_point(i) for i in item["items"]]}
    if isinstance(item.get("items"), list):
        return {"name": text_of(item.get("year")), "highlights": [_point(i) for i in item["items"]]}
    entry: dict[str, Any] = {}
    institution, title = text_of(item.get("institution")), text_of(item.get("title"))
    entry |= {"institution": institution, "area": title} if institution else {"name": title}
    if item.get("year"):
        entry["date"] = text_of(item["year"])
    if item.get("location"):
        entry["location"] = text_of(item["location"])
    if item.get("department"):
        entry["note"] = text_of(item["department"])
    described = item.get("description")
    if isinstance(described, str):
        entry["summary"] = described
    elif isinstance(described, list):
        entry["highlights"] = [_point(d) for d in described]
    return entry if any(entry.values()) else None


def _point(item: Any) -> Any:
    """A point with the points below it."""
    if isinstance(item, dict):
        title = first_text(item, "title", "name")
        below = item.get("contents") or item.get("items")
        if not title and len(item) == 1:
            ((title, below),) = item.items()
            if isinstance(below, str):
                return f"{title}: {below}"
        return {title: [_point(b) for b in below]} if isinstance(below, list) and below else title
    return item if isinstance(item, str) else ", ".join(listed(item))
