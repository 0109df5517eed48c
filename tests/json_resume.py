"""What JSON Resume 1.2.1 says of each key, as JSON Schema, and stricter: other keys are named here.

`text` is any string, `mail`, `url` and `date` are strings of that form, `[text]` a list of them.
"""

from __future__ import annotations

from typing import Any

SECTIONS = {
    "work": "name location description position url:url startDate:date endDate:date summary highlights:[text]",
    "volunteer": "organization position url:url startDate:date endDate:date summary highlights:[text]",
    "education": "institution url:url area studyType startDate:date endDate:date score courses:[text]",
    "awards": "title date:date awarder summary",
    "certificates": "name date:date url:url issuer",
    "publications": "name publisher releaseDate:date url:url summary",
    "skills": "name level keywords:[text]",
    "languages": "language fluency",
    "interests": "name keywords:[text]",
    "references": "name reference",
    "projects": "name description highlights:[text] keywords:[text] startDate:date endDate:date url:url roles:[text] entity type",
}  # fmt: skip
BEYOND = {
    "work": "date", "volunteer": "date location", "education": "location summary highlights:[text] date",
    "publications": "authors:[text]", "projects": "date authors:[text]", "certificates": "summary",
}  # fmt: skip
"""Keys of ours, which the schema lets stand."""
BASICS = "name label image:url email:mail phone url:url summary"
KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "minLength": 1},
    "mail": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
    "url": {"type": "string", "pattern": "^https?://[^ ]+$"},
    "date": {"type": "string", "pattern": r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"},
    "[text]": {"type": "array", "items": {"type": "string", "minLength": 1}},
}  # fmt: skip


def _object(keys: str, **more: Any) -> dict[str, Any]:
    pairs = (key.partition(":") for key in keys.split())
    properties = {name: KINDS[kind or "text"] for name, _, kind in pairs}
    return {"type": "object", "properties": {**properties, **more}, "additionalProperties": False}


def schema() -> dict[str, Any]:
    """The whole of it."""
    listed = {
        name: {"type": "array", "items": _object(f"{keys} {BEYOND.get(name, '')}")}
        for name, keys in SECTIONS.items()
    }
    profiles = {"type": "array", "items": _object("network username url:url")}
    place = _object("address postalCode city countryCode region")
    return _object(
        "$schema:url", basics=_object(BASICS, location=place, profiles=profiles), **listed,
        meta=_object("canonical:url version lastModified"),
    )  # fmt: skip
