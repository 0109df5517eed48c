"""The CV of an al-folio site, in any of the forms that its versions have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.importers.jsonresume import cv_of_resume
from builder.importers.rendercv import cleaned_cv, sections_of
from builder.importers.values import text_of

if TYPE_CHECKING:
    from builder.importers.alfolio.site import AlFolio


def write_cv(alfolio: AlFolio) -> None:
    """`_data/cv.yml` in either form, else resume.json."""
    tell = lambda verdict, words: alfolio.move.note(verdict, "_data/cv.yml", words)  # noqa: E731
    value = alfolio.site.data.get("cv")
    path = alfolio.source.first("_data/cv.yml", "_data/cv.yaml")
    cv: dict[str, Any] = {}
    if isinstance(value, list):
        cv = {"sections": sections_of(value)}
    elif isinstance(value, dict) and isinstance(value.get("cv"), dict):
        cv = cleaned_cv(value["cv"], tell)
    json = alfolio.source.first("assets/json/resume.json", "_data/resume.json")
    if not cv and json:
        path, resume = json, alfolio.source.data(json)
        cv = cv_of_resume(resume, tell) if isinstance(resume, dict) else {}
    theirs = (
        "einstein" in str(cv).lower()
        and "einstein" not in text_of(alfolio.owner.get("name")).lower()
    )
    if not cv or theirs:
        if path:
            alfolio.move.leave(path, "the CV of the theme's sample" if theirs else "it holds no CV")
        return
    alfolio.move.write_yaml(
        "content/cv.yaml", {"cv": {"name": alfolio.owner.get("name", ""), **cv}}, path
    )
    alfolio.move.taken["CV sections"] = alfolio.move.given["CV sections"] = len(
        cv.get("sections", {})
    )
