"""JSON Resume as a CV in RenderCV's keys: the schema of 1.2.1, older keys, and academicpages' own.

Source: jsonresume.org's schema 1.2.1; academicpages' `_data/cv.json` for what is off it.
"""

from __future__ import annotations

from typing import Any

from builder.importers.moving import Move
from builder.importers.rendercv import cleaned_cv, write_cv
from builder.importers.values import first_text, listed, text_of

_SECTIONS = (
    ("work", "Experience"), ("volunteer", "Volunteering"), ("education", "Education"), ("awards", "Awards"),
    ("certificates", "Certificates"), ("publications", "Publications"), ("projects", "Projects"), ("skills", "Skills"),
    ("languages", "Languages"), ("interests", "Interests"), ("presentations", "Presentations"), ("teaching", "Teaching"),
    ("portfolio", "Portfolio"), ("references", "References"),
)  # fmt: skip


def import_jsonresume(move: Move) -> None:
    """A resume.json, or a folder that holds one."""
    path = move.source.only or next(p for p in move.source.files if p.lower().endswith(".json"))
    value = move.source.data(path)
    tell = lambda verdict, words: move.note(verdict, path, words)  # noqa: E731
    write_cv(move, cv_of_resume(value if isinstance(value, dict) else {}, tell), path)


def cv_of_resume(resume: dict[str, Any], tell: Any) -> dict[str, Any]:
    """The `cv` mapping that a resume comes to."""
    basics = resume.get("basics")
    head = dict(basics) if isinstance(basics, dict) else {}
    if "website" in head and "url" not in head:
        head["url"] = head.pop("website")
    sections: dict[str, list[Any]] = {}
    known = {name for name, _ in _SECTIONS} | {"basics", "meta", "$schema"}
    for name, title in _SECTIONS:
        items = resume.get(name)
        made = (
            [_entry(name, i) for i in items if isinstance(i, dict)]
            if isinstance(items, list)
            else []
        )
        if made := [m for m in made if m]:
            sections[title] = made
    for name, items in resume.items():
        if name not in known and isinstance(items, list) and items:
            sections[name.capitalize()] = items
    return cleaned_cv({**head, "sections": sections}, tell)


def _entry(name: str, item: dict[str, Any]) -> dict[str, Any]:
    """An entry of one of the schema's sections."""
    item = {key: value for key, value in item.items() if value not in (None, "", [], {})}
    if "website" in item and "url" not in item:
        item["url"] = item.pop("website")
    reader = _READERS.get(name)
    return reader(item) if reader else item


def _renamed(item: dict[str, Any], **names: str) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in item.items()}


def _work(item: dict[str, Any]) -> dict[str, Any]:
    entry = _renamed(item, name="company", organization="company")
    if "description" in entry:
        entry.setdefault("note", entry.pop("description"))
    return entry


def _education(item: dict[str, Any]) -> dict[str, Any]:
    entry = _renamed(item, studyType="degree", gpa="score")
    if "courses" in entry:
        entry["highlights"] = [*listed(entry.get("highlights")), *listed(entry.pop("courses"))]
    return entry


def _publication(item: dict[str, Any]) -> dict[str, Any]:
    entry = _renamed(item, publisher="journal", releaseDate="date")
    if "authors" in entry:
        entry["title"] = entry.pop("name", entry.get("title", ""))
    return entry


def _skill(item: dict[str, Any]) -> dict[str, Any]:
    words = ", ".join(listed(item.get("keywords")))
    level = text_of(item.get("level"))
    details = f"{level}: {words}" if level and words else level or words
    return (
        {"label": text_of(item.get("name")), "details": details}
        if details
        else {"bullet": text_of(item.get("name"))}
    )


def _language(item: dict[str, Any]) -> dict[str, Any]:
    name = first_text(item, "language", "name")
    fluency = first_text(item, "fluency", "level")
    return {"label": name, "details": fluency} if fluency else {"bullet": name}


def _reference(item: dict[str, Any]) -> dict[str, Any]:
    return {"name": text_of(item.get("name")), "summary": text_of(item.get("reference"))}


def _award(item: dict[str, Any]) -> dict[str, Any]:
    return _renamed(item, title="name")


def _certificate(item: dict[str, Any]) -> dict[str, Any]:
    return _renamed(item, issuer="awarder", title="name")


def _project(item: dict[str, Any]) -> dict[str, Any]:
    entry = _renamed(item, description="summary")
    if "roles" in entry:
        entry["position"] = ", ".join(listed(entry.pop("roles")))
    if "keywords" in entry:
        entry["facts"] = {"Keywords": ", ".join(listed(entry.pop("keywords")))}
    if "entity" in entry:
        entry["note"] = entry.pop("entity")
    if "type" in entry:
        entry["kind"] = entry.pop("type")
    return entry


def _talk(item: dict[str, Any]) -> dict[str, Any]:
    return _renamed(item, event="journal", description="summary")


def _course(item: dict[str, Any]) -> dict[str, Any]:
    entry = _renamed(item, course="name", role="position", description="summary")
    if "institution" in entry:
        entry["location"] = entry.pop("institution")
    return entry


def _work_of_art(item: dict[str, Any]) -> dict[str, Any]:
    return _renamed(item, category="kind", description="summary")


_READERS = {
    "work": _work, "volunteer": _work, "education": _education, "publications": _publication, "skills": _skill,
    "interests": _skill, "languages": _language, "references": _reference, "awards": _award,
    "certificates": _certificate, "projects": _project, "presentations": _talk, "teaching": _course, "portfolio": _work_of_art,
}  # fmt: skip
