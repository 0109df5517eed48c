"""`content/cv.json`: JSON Resume, as the CV that it would be in cv.yaml.

Every key goes where RenderCV or Folio has it; keys of neither stay as they are, and are told by
whoever reads the entry. Keys of older versions, and those of academicpages' `cv.json`, are known.

Source: JSON Resume schema 1.2.1 and its predecessors.
"""

from __future__ import annotations

from collections.abc import Callable

from builder.problems import Place, Problems
from builder.sources.reshaping import each_text, listing, located, mapping, put, texts, without_html
from builder.text.words import words_of
from builder.text.yaml import Map, Seq, Value

_COMMON = {
    "website": "url", "startDate": "start_date", "endDate": "end_date", "releaseDate": "date", "description": "summary",
}  # fmt: skip
_KEYS: dict[str, dict[str, str]] = {
    "work": {"name": "company", "organization": "company", "title": "position"},
    "volunteer": {"organization": "company", "name": "company"},
    "education": {"studyType": "degree", "school": "institution"},
    "awards": {"title": "name"},
    "certificates": {"issuer": "awarder", "title": "name"},
    "publications": {"name": "title", "publisher": "journal", "venue": "journal"},
    "references": {"reference": "summary"},
    "projects": {"entity": "location", "role": "position"},
    "presentations": {"event": "position"},
    "teaching": {"course": "name", "institution": "location", "role": "position"},
    "portfolio": {"category": "position"},
}  # fmt: skip
"""What each section calls the keys of a CV entry, beside what all do."""

_HEADINGS = {
    "work": "work experience", "volunteer": "volunteering", "presentations": "talks", "portfolio": "projects",
}  # fmt: skip
"""The usual heading of a section, where it is not the section's own name."""

_FACTS = {
    "score": "GPA",
    "gpa": "GPA",
    "courses": "Courses",
    "keywords": "Keywords",
    "type": "Kind",
}
_NOT_CONTENT = ("$schema", "meta", "basics")


def as_cv(value: Value, language: str, path: str, problems: Problems) -> Value:
    """The document of cv.yaml that a JSON Resume is; `language` is that of its headings."""
    if not isinstance(value, Map):
        if value is not None:
            message = "expected a resume with keys such as basics, work and education"
            problems.warning("wrong-shape", message, Place(path, 1), "export it as JSON Resume")
        return None
    each_text(value, without_html)
    basics = value.get("basics")
    cv = _head(basics if isinstance(basics, Map) else Map(value.place))
    sections = Map(value.place)
    for key, entries in value.items():
        if key not in _NOT_CONTENT and isinstance(entries, Seq) and entries:
            filled = [(item, at) for item, at in located(entries, value.at(key)) if _says(item)]
            listed = [(_entry(key, item, at), at) for item, at in filled]
            title = _heading(key, language, sections)
            if listed:
                put(sections, title, listing(value.at(key), listed), value.keys_at[key])
        elif key not in _NOT_CONTENT and entries:
            problems.warning(
                "unknown-key", f"{key!r} is no section of a resume and is not used", value.keys_at[key],
                "sections are lists of entries",
            )  # fmt: skip
    put(cv, "sections", sections, value.place)
    return mapping(value.place, [("cv", cv)])


def _says(value: Value) -> bool:
    """Whether there is any text in a value: forms come with empty records."""
    if isinstance(value, Map):
        return any(map(_says, value.values()))
    return any(map(_says, value)) if isinstance(value, Seq) else bool(value and value.strip())


def _heading(key: str, language: str, taken: Map) -> str:
    usual = _HEADINGS.get(key, key.replace("_", " ").lower())
    title = words_of(language).headings.get(usual, usual[:1].upper() + usual[1:])
    return title if title not in taken else key[:1].upper() + key[1:]


def _head(basics: Map) -> Map:
    cv = Map(basics.place)
    names = {
        "label": "headline",
        "image": "photo",
        "picture": "photo",
        "url": "website",
        "summary": "bio",
    }
    for key, value in basics.items():
        name = names.get(key, key)
        if key == "location" and isinstance(value, Map):
            _place(cv, value)
        elif key == "profiles":
            put(cv, "social_networks", _accounts(value, basics.at(key)), basics.keys_at[key])
        else:
            put(cv, name, value, basics.keys_at[key], basics.at(key))
    return cv


def _place(cv: Map, value: Map) -> None:
    """The city for all to see; street and post code, which are kept back, on their own."""
    seen = [text for key in ("city", "region", "countryCode") for text in texts(value.get(key))]
    kept = [text for key in ("address", "postalCode") for text in texts(value.get(key))]
    put(cv, "location", ", ".join(seen), value.place)
    put(cv, "address", ", ".join(kept), value.place)
    for key in value:
        if key not in ("city", "region", "countryCode", "address", "postalCode"):
            put(cv, key, value[key], value.keys_at[key], value.at(key))


def _accounts(value: Value, place: Place) -> Seq:
    """Profiles with their address where they have one, which is surer than the username."""
    accounts = []
    for item, at in located(value, place):
        if isinstance(item, Map):
            found = (
                texts(item.get("url")) or texts(item.get("website")) or texts(item.get("username"))
            )
            network = texts(item.get("network"))
            if found and network:
                accounts.append(
                    (mapping(at, [("network", network[0]), ("username", found[0])]), at)
                )
    return listing(place, [(account, at) for account, at in accounts])


# ---- entries ------------------------------------------------------------------------------------


def _entry(section: str, item: Value, place: Place) -> Value:
    if not isinstance(item, Map):
        return mapping(place, [("bullet", item)]) if isinstance(item, str) else item
    line = _LINES.get(section)
    return line(item) if line else _with_head(section, item)


def _with_head(section: str, item: Map) -> Map:
    names = {**_COMMON, **_KEYS.get(section, {})}
    entry, facts = Map(item.place), Map(item.place)
    for key, value in item.items():
        if key in _FACTS and (key != "type" or section == "projects"):
            put(facts, _FACTS[key], ", ".join(texts(value)), item.keys_at[key], item.at(key))
        elif key == "endDate" and isinstance(value, str) and not value.strip(" -–—"):
            continue
        elif key == "roles":
            put(entry, "position", ", ".join(texts(value)), item.keys_at[key], item.at(key))
        else:
            put(entry, names.get(key, key), value, item.keys_at[key], item.at(key))
    _keep_second_words(entry, item)
    if facts:
        put(entry, "facts", facts, item.place)
    return entry


def _keep_second_words(entry: Map, item: Map) -> None:
    """A position with both summary and description: what the employer does is a note."""
    said = item.get("description")
    if isinstance(said, str) and said.strip() and entry.get("summary") != said:
        put(entry, "note", said, item.keys_at["description"], item.at("description"))


def _skill(item: Map) -> Map:
    return _line(item, "name", ("keywords", "level"))


def _language(item: Map) -> Map:
    return _line(item, "language" if "language" in item else "name", ("fluency", "level"))


def _line(item: Map, label: str, details: tuple[str, ...]) -> Map:
    """A label with what is said of it; alone, it is a bullet."""
    said = "; ".join(", ".join(texts(item.get(key))) for key in details if texts(item.get(key)))
    entry = Map(item.place)
    name = item.get(label)
    put(
        entry,
        "label" if said else "bullet",
        name,
        item.keys_at.get(label, item.place),
        item.at(label),
    )
    put(entry, "details", said, item.place)
    for key in item:
        if key not in (label, *details):
            put(entry, key, item[key], item.keys_at[key], item.at(key))
    return entry


_LINES: dict[str, Callable[[Map], Map]] = {
    "skills": _skill, "interests": _skill, "hobbies": _skill, "languages": _language,
}  # fmt: skip
