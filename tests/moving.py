"""Sites of other systems, brought over and built, for the tests of moving in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder.importers import import_site, verify_site
from tests.sites import Site

Files = Mapping[str, str | bytes]
"""A site of another system: path to content."""


def source(root: Path, files: Files) -> Path:
    """A site of another system in a folder of its own."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def moved_site(root: Path, files: Files) -> Site:
    """The site brought over from `root/old` to `root/new`, and built."""
    import_site(source(root / "old", files), root / "new")
    return Site(root / "new").build()


def found_again(moved: Site) -> Mapping[str, int]:
    """How much of each kind the new site says as the old one did; fails when something is lost."""
    account = verify_site(moved.root.parent / "old", moved.root)
    assert account.lost == ()
    return account.found


def text(moved: Site, path: str) -> str:
    """The text of a file of the new site."""
    return (moved.root / path).read_text("utf-8")
