"""Jekyll's filters, as far as they matter for values that stand still at the source.

Source: Jekyll 4's documentation of Liquid filters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote

from builder.importers.liquid.room import Records
from builder.text.dates import newest, read_when

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def text(value: Any) -> str:
    """A value as Liquid prints it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "".join(map(text, value))
    return "" if value is None else str(value)


def rooted(value: Any, *_: Any) -> str:
    """`relative_url` and `absolute_url`: an address from the site's root; outside ones stand."""
    url = text(value).strip()
    if not url or "://" in url or url.startswith(("#", "mailto:", "\ue015")):
        return url
    return "/" + url.lstrip("/")


def dated(value: Any, pattern: Any = "%Y-%m-%d") -> str:
    """`date`: what a date says in the form that strftime knows."""
    when = read_when(text(value)[:10].strip()) or read_when(text(value))
    day = newest(when) if when else None
    if not day:
        return text(value)
    month, number = day.month or 1, day.day or 1
    said = {
        "Y": f"{day.year:04d}", "y": f"{day.year % 100:02d}", "m": f"{month:02d}", "d": f"{number:02d}",
        "-m": str(month), "-d": str(number), "e": str(number), "B": MONTHS[month - 1], "b": MONTHS[month - 1][:3],
        "F": f"{day.year:04d}-{month:02d}-{number:02d}", "H": "00", "M": "00", "S": "00", "s": "0", "z": "+0000",
    }  # fmt: skip
    return re.sub(r"%(-?\w)", lambda m: said.get(m[1], ""), text(pattern) or "%Y-%m-%d")


def get(item: Any, path: str) -> Any:
    """A field of a record, or of a record in it: `venue`, `data.name`."""
    for name in path.split("."):
        item = item.get(name) if isinstance(item, Mapping) else None
    return item


def where(items: Any, field: Any = "", wanted: Any = None) -> Any:
    """`where`: the records with a value, still alive where Folio has that field."""
    items = list(items.values()) if isinstance(items, Mapping) else items
    if not isinstance(items, list):
        return []
    kept = [i for i in items if _is(get(i, text(field)), wanted)]
    if isinstance(items, Records):
        name = _FIELDS.get(text(field), "")
        if name == "categories" and items.collection == "publications":
            name, wanted = "topics", items.categories.get(text(wanted), wanted)
        if name and items.collection != "pages":
            return items.narrowed(kept, f"{items.jinja} | where({name}={_as_jinja(wanted)})")
    return kept


_FIELDS = {
    "selected": "selected",
    "featured": "selected",
    "type": "type",
    "tags": "tags",
    "tag": "tags",
    "year": "year",
    "category": "categories",
    "categories": "categories",
}


def _as_jinja(value: Any) -> str:
    return "true" if value is True else "false" if value is False else repr(text(value))


def _is(have: Any, wanted: Any) -> bool:
    if isinstance(have, list):
        return any(text(h) == text(wanted) for h in have)
    return text(have) == text(wanted)


def sort(items: Any, field: Any = "", *_: Any) -> Any:
    """`sort`: by a field, or the values themselves."""
    items = list(items) if not isinstance(items, list) else items
    if isinstance(items, Records) and text(field) == "date":
        return items.narrowed(
            sorted(items, key=lambda i: text(get(i, "date"))), f'{items.jinja} | sort_by("oldest")'
        )
    if isinstance(items, Records) and text(field) == "title":
        return items.narrowed(
            sorted(items, key=lambda i: text(get(i, "title"))), f'{items.jinja} | sort_by("title")'
        )
    ordered = sorted(items, key=lambda i: _rank(get(i, text(field)) if field else i))
    if isinstance(items, Records) and text(field) in ("importance", "order"):
        return items.narrowed(ordered, f'{items.jinja} | sort_by("order")')
    return ordered


def _rank(value: Any) -> tuple[int, float, str]:
    said = text(value)
    number = re.fullmatch(r"-?\d+(\.\d+)?", said)
    return (0, float(said), "") if number else (1, 0.0, said)


def reverse(items: Any) -> Any:
    """`reverse`."""
    if isinstance(items, Records):
        oldest = items.jinja.removesuffix(' | sort_by("oldest")')
        jinja = (
            f'{oldest} | sort_by("newest")' if oldest != items.jinja else f"{items.jinja} | reverse"
        )
        return items.narrowed(items[::-1], jinja)
    return list(items)[::-1] if isinstance(items, (list, tuple)) else items


def group_by(items: Any, field: Any = "") -> list[dict[str, Any]]:
    """`group_by`: the records under each value of a field."""
    groups: dict[str, list[Any]] = {}
    for item in items if isinstance(items, list) else []:
        groups.setdefault(text(get(item, text(field))), []).append(item)
    return [{"name": name, "items": found, "size": len(found)} for name, found in groups.items()]


def where_exp(items: Any, name: Any = "", expression: Any = "") -> Any:
    """`where_exp`: the records for which a comparison holds; simple ones alone are understood."""
    found = re.fullmatch(
        rf"\s*{re.escape(text(name))}\.([\w.]+)\s*(?:(==|!=|contains)\s*(.+))?\s*", text(expression)
    )
    if not found or not isinstance(items, list):
        return list(items) if isinstance(items, list) else []
    field, sign, wanted = found[1], found[2], (found[3] or "").strip().strip("'\"")
    if sign == "==":
        typed: Any = {"true": True, "false": False}.get(wanted, wanted)
        return where(items, field, typed)
    if sign == "!=":
        return [i for i in items if text(get(i, field)) != wanted]
    if sign == "contains":
        return [i for i in items if wanted in (get(i, field) or "")]
    return [i for i in items if get(i, field)]


def slugify(value: Any, *_: Any) -> str:
    """`slugify`."""
    return re.sub(r"[^\w]+", "-", text(value).lower()).strip("-")


def strip_html(value: Any) -> str:
    """`strip_html`."""
    return re.sub(r"<[^>]*>", "", text(value))


def _same(value: Any, *_: Any, **__: Any) -> Any:
    return value


def _sentence(items: Any, *_: Any) -> str:
    words = list(map(text, items)) if isinstance(items, list) else [text(items)]
    return (
        ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + (words[-1] if words else "")
    )


FILTERS: dict[str, Callable[..., Any]] = {
    "relative_url": rooted, "absolute_url": rooted, "date": dated, "where": where, "where_exp": where_exp,
    "sort": sort, "sort_natural": sort, "reverse": reverse, "group_by": group_by, "slugify": slugify,
    "strip_html": strip_html, "array_to_sentence_string": _sentence,
    "date_to_string": lambda v, *_: dated(v, "%d %b %Y"), "date_to_long_string": lambda v, *_: dated(v, "%d %B %Y"),
    "date_to_xmlschema": lambda v: dated(v, "%Y-%m-%dT00:00:00+00:00"), "date_to_rfc822": lambda v: dated(v, "%d %b %Y"),
    "markdownify": _same, "smartify": _same, "hideCustomBibtex": _same, "remove_accents": _same, "inspect": text,
    "emojify": _same, "normalize_whitespace": lambda v: " ".join(text(v).split()), "to_integer": _same,
    "xml_escape": lambda v: escape(text(v)), "cgi_escape": lambda v: quote(text(v)), "uri_escape": lambda v: quote(text(v), safe=":/?#&=%"),
    "jsonify": lambda v: json.dumps(text(v) if not isinstance(v, (dict, list)) else str(v), ensure_ascii=False),
    "number_of_words": lambda v, *_: len(text(v).split()), "sample": lambda v: v[0] if v else None,
    "push": lambda v, item: [*(v or []), item], "bust_file_cache": _same, "bust_css_cache": _same,
}  # fmt: skip
"""By their names; any other filter leaves its value as it is."""
