"""What kind of site a folder or file is, told by the files that its system needs."""

from __future__ import annotations

import re

from builder.importers.source import Source

LOOKED_FOR = (
    "_config.yml (Jekyll: academicpages, al-folio), hugo.yaml or config/_default (Hugo Blox), cv.yaml with `cv:` "
    "(RenderCV), resume.json (JSON Resume), .bib, .ris or CSL-JSON (publications), a single .md (a CV in Markdown)"
)
"""What a message says was looked for."""

KINDS = ("academicpages", "al-folio", "hugo", "rendercv", "jsonresume", "bibliography", "markdown")
"""The kinds there are, as `--from` names them."""


def kind_of(source: Source) -> str:
    """One of `KINDS`; empty when it is none of them."""
    return _file_kind(source, source.only) if source.only else _folder_kind(source)


def _folder_kind(source: Source) -> str:
    folders = {path.split("/")[0] for path in source.files if "/" in path}
    if "_config.yml" in source or folders & {"_pages", "_publications", "_talks", "_posts"}:
        config = source.text("_config.yml") if "_config.yml" in source else ""
        scholar = (
            bool(re.search(r"^scholar:|al-folio|al_folio", config, re.MULTILINE))
            or "_bibliography" in folders
        )
        return (
            "al-folio"
            if scholar and ("_bibliography" in folders or "_news" in folders)
            else "academicpages"
        )
    hugo = (
        "hugo.yaml",
        "hugo.toml",
        "config.toml",
        "config.yaml",
        "config/_default/hugo.yaml",
        "config/_default/config.toml",
        "config/_default/config.yaml",
    )
    if (
        source.first(*hugo)
        or source.below("config/_default")
        or (
            source.first(
                "content/_index.md",
                "content/home/about.md",
                "content/authors/admin/_index.md",
                "data/authors/me.yaml",
            )
        )
    ):
        return "hugo"
    return _only_file(source)


def _only_file(source: Source) -> str:
    """The kind of a folder that holds nothing but a file or two of data."""
    top = [path for path in source.files if "/" not in path]
    for path in top:
        if path.lower().endswith((".yaml", ".yml", ".json")) and (
            kind := _file_kind(source, path)
        ) in ("rendercv", "jsonresume"):
            return kind
    if any(path.lower().endswith((".bib", ".ris")) for path in top):
        return "bibliography"
    texts = [
        p
        for p in top
        if p.lower().endswith((".md", ".markdown", ".txt")) and not p.upper().startswith("README")
    ]
    named = bool(texts) and re.search(r"\b(cv|resume|vita)\b", texts[0], re.IGNORECASE) is not None
    return "markdown" if len(texts) == 1 and (named or len(source.files) < 12) else ""


def _file_kind(source: Source, path: str) -> str:
    ending = path.lower().rpartition(".")[2]
    if ending in ("bib", "ris", "bibtex"):
        return "bibliography"
    if ending in ("yaml", "yml"):
        value = source.data(path)
        return (
            "rendercv" if isinstance(value, dict) and ("cv" in value or "sections" in value) else ""
        )
    if ending == "json":
        value = source.data(path)
        if isinstance(value, dict) and {"basics", "work", "education"} & set(value):
            return "jsonresume"
        return "bibliography" if isinstance(value, (list, dict)) and value else ""
    return "markdown" if ending in ("md", "markdown", "txt") else ""
