"""What a site asks pip for: the Folio that is installed here, so that what publishes it is what its owner saw.

Where that is the package index, it is the version; where it is a repository, the commit. Nothing is said of a
folder that nobody else can reach: a marked line stands in its place, which `folio check` lists.

Source: PEP 610, `direct_url.json` beside an installed package.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from builder import __version__
from builder.text.placeholders import MARK

NAME = "scholar-folio"
WANTED = f"{NAME}[images,pdf]"
UNKNOWN = f"{MARK} {WANTED} @ git+https://ADDRESS-OF-FOLIO@COMMIT"
"""Stands where it cannot be told what another machine is to install."""


def requirement() -> str:
    """What pip is to install for the Folio that runs here; `UNKNOWN` where that cannot be told."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        installed = distribution(NAME)
        said = json.loads(installed.read_text("direct_url.json") or "null")
    except (PackageNotFoundError, OSError, ValueError):
        return UNKNOWN
    if installed.version != __version__:  # the Folio that runs is another one
        return UNKNOWN
    if said is None:
        return f"{WANTED}=={__version__}"
    return _from_address(said) if isinstance(said, Mapping) else UNKNOWN


def _from_address(said: Mapping[str, Any]) -> str:
    """The requirement by what pip noted: a commit of a repository, a file on the web, a folder."""
    url, commit = str(said.get("url", "")), ""
    if vcs := said.get("vcs_info"):
        commit = str(vcs.get("commit_id", "")) if vcs.get("vcs") == "git" else ""
    elif "dir_info" in said:
        url, commit = _clone(Path(_file(url)))
    elif _REACHED.fullmatch(url):
        return f"{WANTED} @ {url}"
    url = _SSH.sub(r"https://\1/", url)
    return f"{WANTED} @ git+{url}@{commit}" if _REACHED.fullmatch(url) and commit else UNKNOWN


_REACHED = re.compile(r"https://[\w.~%+/:-]+")
"""An address that everyone can ask, without a name and password in it."""
_SSH = re.compile(r"^(?:ssh://)?git@([\w.-]+)[:/]")


def _file(url: str) -> str:
    """The path of a `file:` address; on Windows it begins with a drive."""
    return re.sub(r"^/(?=[A-Za-z]:)", "", unquote(urlsplit(url).path))


def _clone(folder: Path) -> tuple[str, str]:
    """Address and commit of a clone; empty unless others have the very same files."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    if not top or Path(top).resolve() != folder.resolve():
        return "", ""
    if _git(folder, "status", "--porcelain", "--untracked-files=no"):
        return "", ""
    commit = _git(folder, "rev-parse", "HEAD")
    pushed = _git(folder, "branch", "--remotes", "--contains", commit) if commit else ""
    return _git(folder, "remote", "get-url", "origin"), commit if pushed else ""


def _git(folder: Path, *arguments: str) -> str:
    """What git says of a folder; empty without git, or when it has nothing to say."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()
