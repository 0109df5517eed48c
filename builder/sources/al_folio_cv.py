"""al-folio's `cv.yml`, a list of parts with a type each, as the CV that it would be in cv.yaml.

Source: al-folio v0, `_data/cv.yml`, whose types are `map`, `time_table`, `nested_list` and `list`.
"""

from __future__ import annotations

from collections.abc import Callable

from builder.problems import Place, Problems, did_you_mean
from builder.sources.reshaping import each_text, listing, located, mapping, put, texts, without_html
from builder.text.yaml import Map, Seq, Value


def as_cv(value: Seq, problems: Problems) -> Value:
    """The document of cv.yaml that a list of parts is."""
    each_text(value, without_html)
    cv, sections = Map(value.place), Map(value.place)
    for part, at in located(value, value.place):
        if isinstance(part, Map) and texts(part.get("title")):
            title = texts(part["title"])[0]
            entries = _entries(part, problems)
            if title in sections:
                title = f"{title} ({len(sections) + 1})"
            put(sections, title, entries, part.at("title"))
            _take_name(cv, part)
        else:
            problems.warning(
                "wrong-shape", "expected a part of a CV with title, type and contents", at,
                "write cv: with sections below it, or give each part a title",
            )  # fmt: skip
    put(cv, "sections", sections, value.place)
    return mapping(value.place, [("cv", cv)])


def _take_name(cv: Map, part: Map) -> None:
    """The name in the part of general facts is the person's."""
    for item, at in located(part.get("contents"), part.place):
        if isinstance(item, Map) and (texts(item.get("name")) or [""])[0].lower() in (
            "full name",
            "name",
        ):
            put(cv, "name", (texts(item.get("value")) or [""])[0], at)


def _entries(part: Map, problems: Problems) -> Seq:
    kind = (texts(part.get("type")) or ["list"])[0]
    made = _KINDS.get(kind)
    if made is None:
        problems.warning(
            "not-a-choice", f"expected one of {', '.join(_KINDS)}, found {kind!r}", part.at("type"),
            did_you_mean(kind, _KINDS),
        )  # fmt: skip
        made = _as_it_is
    contents = located(part.get("contents"), part.at("contents"))
    listed = [(entry, at) for item, at in contents for entry in made(item, at)]
    return listing(part.at("contents"), listed)


def _as_it_is(item: Value, at: Place) -> list[Value]:
    return [item] if item else []


def _fact(item: Value, at: Place) -> list[Value]:
    """`{name, value}`: a label with its text."""
    if not isinstance(item, Map):
        return _point(item, at)
    entry = Map(item.place)
    put(entry, "label", item.get("name"), item.keys_at.get("name", at), item.at("name"))
    put(entry, "details", ", ".join(texts(item.get("value"))), item.at("value"))
    return [_with_rest(entry, item, ("name", "value"))]


def _dated(item: Value, at: Place) -> list[Value]:
    """`{title, institution, year, description}`, or what happened in a year: `{year, items}`."""
    if not isinstance(item, Map):
        return _point(item, at)
    entry = Map(item.place)
    if "items" in item:
        year = texts(item.get("year"))
        points = located(item["items"], item.at("items"))
        return [
            mapping(where, [("bullet", text), ("date", year[0] if year else None)])
            for text, where in points
        ]
    names = {"year": "date", "description": "highlights", "title": "name"}
    if texts(item.get("institution")) and texts(item.get("title")):
        names |= {"institution": "company", "title": "position"}
    for key, value in item.items():
        told = _points(value, item.at(key)) if key == "description" else value
        put(entry, names.get(key, key), told, item.keys_at[key], item.at(key))
    return [entry]


def _points(value: Value, place: Place) -> Seq:
    """A description: texts, and titles with texts below them."""
    points: list[tuple[Value, Place]] = []
    for item, at in located(value, place):
        if isinstance(item, Map) and texts(item.get("title")):
            title = texts(item["title"])[0]
            below = item.get("contents")
            points.append((mapping(at, [(title, below)]) if below else title, at))
        else:
            points.append((item, at))
    return listing(place, points)


def _group(item: Value, at: Place) -> list[Value]:
    """`{title, items}`: a title with its points."""
    if not isinstance(item, Map):
        return _point(item, at)
    entry = Map(item.place)
    put(entry, "name", item.get("title"), item.keys_at.get("title", at), item.at("title"))
    put(entry, "highlights", item.get("items"), item.at("items"))
    return [_with_rest(entry, item, ("title", "items"))]


def _point(item: Value, at: Place) -> list[Value]:
    """A text of a list."""
    return [mapping(at, [("bullet", item)])] if isinstance(item, str) else _as_it_is(item, at)


def _with_rest(entry: Map, item: Map, used: tuple[str, ...]) -> Map:
    for key in item:
        if key not in used:
            put(entry, key, item[key], item.keys_at[key], item.at(key))
    return entry


_KINDS: dict[str, Callable[[Value, Place], list[Value]]] = {
    "map": _fact, "time_table": _dated, "nested_list": _group, "list": _point, "list_groups": _group,
}  # fmt: skip
