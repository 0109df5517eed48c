"""The CV of an al-folio site, in any of the forms that its versions have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.importers.jsonresume import cv_of_resume
from builder.importers.rendercv import cleaned_cv, sections_of
from builder.importers.values import text_of

if TYPE_CHECKING:
    from builder.importers.alfolio.site import AlFolio


def write_cv(alfolio: AlFolio) -> None:
    """`_data/cv.yml` in either form, else resume.json; in each language that has one."""
    languages = alfolio.site.languages
    made = {}
    for code in languages or ("",):
        cv, path = _found(alfolio, f"{code}/" if code else "", first=code in ("", *languages[:1]))
        theirs = (
            "einstein" in str(cv).lower()
            and "einstein" not in text_of(alfolio.owner.get("name")).lower()
        )
        if cv and not theirs:
            made[code] = (cv, path)
        elif path:
            alfolio.move.leave(path, "the CV of the theme's sample" if theirs else "it holds no CV")
    for n, (code, (cv, path)) in enumerate(made.items()):
        file = f"content/cv.{code}.yaml" if n else "content/cv.yaml"
        alfolio.move.write_yaml(file, {"cv": {"name": alfolio.owner.get("name", ""), **cv}}, path)
        alfolio.move.taken["CV sections"] += len(cv.get("sections", {}))
        alfolio.move.given["CV sections"] += len(cv.get("sections", {}))


def _found(alfolio: AlFolio, folder: str, first: bool) -> tuple[dict[str, Any], str]:
    """The CV in a folder of `_data`, and its file; for the first language one beside the folders too."""
    source = alfolio.source
    folders = (folder, "") if first and folder else (folder,)
    path = source.first(*(f"_data/{f}cv.{end}" for f in folders for end in ("yml", "yaml")))
    tell = lambda verdict, words: alfolio.move.note(verdict, path, words)  # noqa: E731
    value = source.data(path) if path else None
    cv: dict[str, Any] = {}
    if isinstance(value, list):
        cv = {"sections": sections_of(value)}
    elif isinstance(value, dict) and isinstance(value.get("cv"), dict):
        cv = cleaned_cv(value["cv"], tell)
    names = [f"resume_{folder.strip('/')}.json"] if folder else []
    names += ["resume.json"] if first else []
    json = source.first(*(f"{f}{n}" for n in names for f in ("assets/json/", "_data/")))
    if not cv and json:
        path, resume = json, source.data(json)
        cv = cv_of_resume(resume, tell) if isinstance(resume, dict) else {}
    return cv, path
