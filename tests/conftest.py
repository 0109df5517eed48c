"""Fixtures that more than one file of tests uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.sites import Site, make_site

MakeSite = Callable[[Mapping[str, str | bytes]], Site]


@pytest.fixture
def site(tmp_path: Path) -> MakeSite:
    """A function that writes files into a fresh site and builds it."""
    return lambda files: make_site(tmp_path / "site", files).build()
