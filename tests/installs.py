"""Folio as pip would have noted its installation, whatever it really is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builder import __version__

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def installed(
    folder: Path, patch: pytest.MonkeyPatch, noted: Any = None, version: str = __version__
) -> None:
    """Let the notes of an installation stand first on the path; `noted` is its direct_url.json."""
    notes = folder / f"scholar_folio-{version}.dist-info"
    notes.mkdir(parents=True, exist_ok=True)
    (notes / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: scholar-folio\nVersion: {version}\n"
    )
    if noted is not None:
        text = noted if isinstance(noted, str) else json.dumps(noted)
        (notes / "direct_url.json").write_text(text, "utf-8")
    patch.syspath_prepend(str(folder))


def from_git(url: str, commit: str = COMMIT) -> Any:
    """What pip notes of a repository."""
    return {
        "url": url,
        "vcs_info": {"vcs": "git", "commit_id": commit, "requested_revision": "main"},
    }
