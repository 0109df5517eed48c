"""`folio doctor`: what a site has of its own over the theme's, and what a newer Folio knows better.

Nobody says from which version a layout was copied. The theme's files of every release are kept in
`builder/originals/`, one JSON file a release with those that were new in it; the one that a copy is
most alike is taken for its original. So copies made by hand are known too, and no upgrade needs a merge
to be told what changed.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from builder import __version__
from builder.config import SITE_FILE
from builder.new import DEPLOYS, STARTER
from builder.problems import FolioError, did_you_mean
from builder.requirement import UNKNOWN, requirement
from builder.sources.tree import walk
from builder.templates import theme_folder
from builder.text.placeholders import MARK

ORIGINALS = Path(__file__).parent / "originals"
FOLDERS = ("layouts", "static")


class Finding(NamedTuple):
    """One thing to look at."""

    path: str
    """The site's file."""
    message: str
    mend: str = ""
    diff: str = ""
    """What changed in the theme's file, as a unified diff."""


class Version(NamedTuple):
    """One file of the theme as a release had it."""

    release: str
    """Its version; `now` for the Folio that runs."""
    text: str


def doctor(root: Path) -> tuple[Finding, ...]:
    """Look at the site in `root`; raises FolioError when it is none."""
    if not (root / SITE_FILE).is_file():
        raise FolioError(f"there is no {SITE_FILE} in {root}; name the folder of a site")
    return (*_folded(_overrides(root)), *_blocks(root), *_workflows(root), *_settings(root))


# ---- layouts and static files ---------------------------------------------------------------------


def _overrides(root: Path) -> Iterator[Finding]:
    """Every file of the site that takes the place of one of the theme's."""
    from builder.problems import Problems

    for folder in FOLDERS:
        own, theme = root / folder, theme_folder(folder)
        if not own.is_dir() or own.resolve() == theme.resolve():
            continue
        for path in walk(own, root, Problems()):
            versions = _versions(folder, path)
            if versions and (mine := _text(own / path)) is not None and not _is_free(mine, path):
                yield _compared(f"{folder}/{path}", mine, versions)
            elif versions and mine is None:
                yield Finding(f"{folder}/{path}", "takes the place of the theme's file")


def _blocks(root: Path) -> Iterator[Finding]:
    """Blocks of the site's layouts that nothing they extend has, and that so are shown nowhere."""
    from builder.problems import Problems

    own = root / "layouts"
    if own.resolve() == theme_folder("layouts").resolve():
        return
    for path in walk(own, root, Problems()):
        mine = _text(own / path) if path.endswith(".html") else None
        if mine is None or not _EXTENDS.search(mine):
            continue
        known = {name for text in _parents(mine, own) for name in _BLOCK.findall(text)}
        for name in _outermost(mine) if known else ():
            if name not in known:
                yield Finding(
                    f"layouts/{path}", f"the block {name!r} is in nothing that it extends, and is shown nowhere",
                    did_you_mean(name, sorted(known)) or f"the blocks there are {', '.join(sorted(known))}",
                )  # fmt: skip


_EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)["']""")
_BLOCK = re.compile(r"\{%-?\s*block\s+(\w+)")
_BLOCK_OR_END = re.compile(r"\{%-?\s*(?:block\s+(\w+)|endblock)|\{#.*?#\}", re.DOTALL)


def _parents(text: str, own: Path) -> Iterator[str]:
    """What a layout extends, and what that extends: a name is the site's own file or the theme's."""
    seen: set[Path] = set()
    while found := _EXTENDS.search(text):
        name = found[1]
        file = theme_folder("layouts") / name.removeprefix("theme/")
        if not name.startswith("theme/") and (own / name).is_file():
            file = own / name
        if file in seen or (parent := _text(file)) is None:
            return
        seen.add(file)
        text = parent
        yield text


def _outermost(text: str) -> Iterator[str]:
    """The names of the blocks that stand in no other."""
    depth = 0
    for found in _BLOCK_OR_END.finditer(text):
        if found[1]:
            if depth == 0:
                yield found[1]
            depth += 1
        elif not found[0].startswith("{#"):
            depth -= 1


def _folded(found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those that say the same of many files of a folder as one."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        said = finding.message if "unchanged" in finding.message else finding.path
        alike.setdefault((finding.path.split("/")[0], said), []).append(finding)
    for (folder, _), group in alike.items():
        if len(group) < MANY:
            yield from group
        else:
            message = group[0].message.replace("is ", "are ", 1)
            yield Finding(
                f"{folder}/",
                f"{len(group)} files {message}",
                "delete them: the theme's are used then",
            )


MANY = 4
"""From how many files on they are told as one."""


def _is_free(mine: str, path: str) -> bool:
    """Whether a layout only adds to the one that it extends, so that no change can pass it by."""
    return path.startswith("parts/user-") or f'extends "theme/{path}"' in mine


def _versions(folder: str, path: str) -> tuple[Version, ...]:
    """Every text that the theme's file has had, the present one first; none of what is no text."""
    now = theme_folder(folder) / path
    texts = [Version("now", text)] if now.is_file() and (text := _text(now)) is not None else []
    name = f"{folder}/{path}"
    return (*texts, *(Version(r, files[name]) for r, files in _history().items() if name in files))


@functools.cache
def _history() -> dict[str, dict[str, str]]:
    """The theme's files that were new in each release, the newest release first."""
    files = sorted(ORIGINALS.glob("*.json"), key=lambda f: _numbers(f.stem), reverse=True)
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def _text(file: Path) -> str | None:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _compared(path: str, mine: str, versions: tuple[Version, ...]) -> Finding:
    same = next((v for v in versions if v.text == mine), None)
    if same:
        whose = "the theme's own" if same.release == "now" else f"the theme's of {same.release}"
        return Finding(path, f"is {whose}, unchanged", "delete it: the theme's is used then")
    base = max(versions, key=lambda v: _alike(mine, v.text))
    if versions[0].release != "now":
        message = (
            f"takes the place of a file that the theme of {base.release} had, and this one has not"
        )
        return Finding(path, message, "see whether any page still uses it")
    now = versions[0].text
    if not _history():
        return Finding(
            path, "overrides the theme's; what it was copied from is not known before a release"
        )
    if base.text == now:
        return Finding(path, "overrides the theme's, which has not changed since")
    there = _changed(base.text, now)
    both = sum(any(_meet(a, b) for b in _changed(base.text, mine)) for a in there)
    clash = f", {both} of them where you changed it too" if both else ""
    places = f"{len(there)} place{'s' if len(there) > 1 else ''}"
    return Finding(
        path, f"overrides the theme's, which has changed in {places} since {base.release}{clash}",
        f"`folio doctor --diff` shows what changed; take over what you need{_instead(path)}",
        _diff(base, now, path),
    )  # fmt: skip


def _instead(path: str) -> str:
    """What needs no such care, if there is something."""
    if path.startswith("layouts/"):
        return f', or extend "theme/{path.partition("/")[2]}" and keep only the block that is yours'
    return ", or keep only what is yours, in static/css/custom.css" if path.endswith(".css") else ""


def _alike(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one.splitlines(), two.splitlines(), autojunk=False).ratio()


def _changed(base: str, to: str) -> list[tuple[int, int]]:
    """The ranges of lines of `base` that `to` has otherwise."""
    codes = difflib.SequenceMatcher(None, base.splitlines(), to.splitlines(), autojunk=False)
    return [(a, b) for kind, a, b, _, _ in codes.get_opcodes() if kind != "equal"]


def _meet(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def _diff(base: Version, now: str, path: str) -> str:
    lines = difflib.unified_diff(
        base.text.splitlines(), now.splitlines(), f"{path} of {base.release}",
        f"{path} of {__version__}", lineterm="", n=2,
    )  # fmt: skip
    return "\n".join(lines)


def originals_of_this_version() -> dict[str, str]:
    """The theme's text files that no release has had yet: what a release adds to `originals/`."""
    earlier = {release: files for release, files in _history().items() if release != __version__}
    known = {(name, text) for files in earlier.values() for name, text in files.items()}
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for file in sorted(theme_folder(folder).rglob("*")):
            name = f"{folder}/{file.relative_to(theme_folder(folder)).as_posix()}"
            text = _text(file) if file.is_file() and "__pycache__" not in file.parts else None
            if text is not None and (name, text) not in known:
                found[name] = text
    return found


# ---- workflows and settings -----------------------------------------------------------------------

_PINNED = re.compile(rf"(?:{MARK} )?scholar-folio[^'\"\s]*(?: @ [^'\"\s]+|[=<>~]=[^'\"\s]+)?")
_ACTION = re.compile(r"uses:\s*([\w/-]+)@(\S+)(?:\s*#\s*(\S+))?")


def _workflows(root: Path) -> Iterator[Finding]:
    """What the site is published with: Folio's version, and those of the actions."""
    wanted = requirement()
    for source, path in DEPLOYS.values():
        text = _text(root / path) if source else None
        if text is None:
            continue
        pinned = sorted({found for found in _PINNED.findall(text) if found != wanted})
        if pinned and wanted != UNKNOWN:
            yield Finding(
                path,
                f"asks for {pinned[0]}; the Folio that runs here is {wanted}",
                f"write {wanted}",
            )
        given = {
            name: (commit, tag)
            for name, commit, tag in _ACTION.findall(_text(STARTER / source) or "")
        }
        for name, commit, tag in _ACTION.findall(text):
            if name in given and given[name][0] != commit:
                yield Finding(
                    path, f"uses {name} at {tag or commit[:7]}; a new site has {given[name][1]}",
                    f"write {name}@{given[name][0]} # {given[name][1]}",
                )  # fmt: skip


def _settings(root: Path) -> Iterator[Finding]:
    """What a site of today has and this one lacks."""
    site = _text(root / SITE_FILE) or ""
    if not re.search(r"(?m)^url:\s*\S", site):
        yield Finding(
            SITE_FILE, "has no url: feeds, the sitemap and link previews are left out",
            "write url: and where the site is published",
        )  # fmt: skip
    for path, name in (
        (SITE_FILE, ".folio/schema/site.json"),
        ("content/cv.yaml", "../.folio/schema/cv.json"),
    ):
        text = _text(root / path)
        if text is not None and "$schema=" not in text:
            yield Finding(
                path, "names no schema, so that editors cannot complete its keys",
                f"begin it with # yaml-language-server: $schema={name}",
            )  # fmt: skip
    ignored = _text(root / ".gitignore")
    if ignored is not None and (root / ".git").exists():
        for name in (f for f in MADE_AGAIN if f not in ignored):
            yield Finding(
                ".gitignore",
                f"does not name {name}/, which can be made again",
                f"add a line {name}/",
            )


MADE_AGAIN = ("_site", ".folio")
"""Folders that need not be kept."""
