"""What the preview shows: one attempt to build after the other, each address answered from them.

Nothing here knows of sockets or threads. An attempt makes the next `Shown` out of the last one;
`answer` says what GitHub Pages would send for a path of it.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from builder.build import build
from builder.config import load_config
from builder.inputs import inputs_of
from builder.memory import Recall
from builder.naming import STATE_FOLDER
from builder.problems import BuildFailed, Place, Problem, Problems, told
from builder.run import Options, Report
from builder.staging import read_manifest
from builder.watch import matters

LineOf = Callable[[Place], str | None]
"""Gives the source line at a place, without its newline, or None where there is none."""


def preview_folder(root: Path) -> Path:
    """Where the preview builds to, so that `_site` stays what `folio build` made."""
    return root / STATE_FOLDER / "preview"


# ---- attempts -----------------------------------------------------------------------------------


class Attempt(NamedTuple):
    """One run of the build, good or bad."""

    report: Report | None
    """None when it failed."""
    problems: Problems
    seconds: float


class Shown(NamedTuple):
    """What a browser gets to see from one attempt until the next. Never changed, only replaced."""

    epoch: int
    """Counts attempts. It begins at the clock's milliseconds, so that a page of an earlier preview,
    still open in some tab, is older than all of this one."""
    since: int
    """The epoch that brought the last visible change: a page from before it is out of date."""
    base: str
    """The base path that the last good site was made for, decoded, without a slash at the end."""
    files: Mapping[str, str]
    """The last good site: output path to digest."""
    problems: str
    """What went wrong since then, as HTML; empty after a good attempt."""
    news: tuple[str, ...] = ()
    """What an open page is to be told of it: see `news`."""
    moved_from: str | None = None
    """The base path before this one, if it has changed: open pages are still there."""


Seen = Callable[[Attempt], None]
"""Told of an attempt as soon as its site stands or its problems are known; once for each."""


def attempt(root: Path, recall: Recall | None = None, seen: Seen = lambda _: None) -> Attempt:
    """Build into the preview's folder. Never raises: whatever went wrong is among the problems.

    `recall` is what the attempts of one preview have at hand of each other. The account of a build
    is made when its site has been `seen`: nobody waits for it.
    """
    problems, started, made = Problems(), time.perf_counter(), list[Attempt]()
    recall = recall or Recall()
    model = recall.snapshot

    def tell(report: Report | None) -> None:
        made.append(Attempt(report, problems, time.perf_counter() - started))
        seen(made[-1])

    try:
        build(root, Options(out=str(preview_folder(root))), problems, seen=tell, recall=recall)
    except BuildFailed:
        tell(None)
    except Exception as error:  # a preview that ends with the first oddity helps nobody
        problems.error(
            "fault", f"the build broke off with {type(error).__name__}: {error}",
            hint="save again; if it stays, `folio build` tells more",
        )  # fmt: skip
        tell(None)
    _tidy(anew=recall.snapshot is not model)
    return made[-1]


def _tidy(anew: bool) -> None:
    """Let go of what a build has left: filled layouts refer to each other, and wait to be looked for.

    The model is most of what there is, and garbage only when it is made `anew`: until then it is
    not looked through.
    """
    if anew:
        gc.unfreeze()
    gc.collect()
    if anew:
        gc.freeze()


def unheard(root: Path, recall: Recall) -> list[str]:
    """The files that are not as the last build read them, though nobody has told of a change.

    Systems drop notices when too many come at once, and have none for what lies behind a link.
    """
    before = recall.inputs
    now = before and inputs_of(root, Options(out=str(preview_folder(root))), before)
    if not before or not now:
        return []
    paths = before.files.keys() | now.files.keys()
    changed = (p.replace(os.sep, "/") for p in paths if before.files.get(p) != now.files.get(p))
    return sorted(filter(matters, changed))


def at_first(root: Path) -> Shown:
    """What there is to show before any attempt: the site that an earlier preview left, if any."""
    now = time.time_ns() // 1_000_000
    return Shown(now, now, _base(root), _files(root), "")


def after(before: Shown, made: Attempt, root: Path, line_of: LineOf) -> Shown:
    """What is shown after an attempt: its site, or its problems over the last good one."""
    shown = before._replace(epoch=before.epoch + 1)
    if made.report is None:
        shown = shown._replace(problems=_panel(made.problems.errors, line_of, bool(before.files)))
    else:
        shown = _at_base(shown._replace(files=_files(root), problems=""), _base(root))
    told = news(before, shown)
    return shown._replace(news=told, since=shown.epoch if told else shown.since)


def _at_base(shown: Shown, base: str) -> Shown:
    return shown if base == shown.base else shown._replace(base=base, moved_from=shown.base)


def news(before: Shown, now: Shown) -> tuple[str, ...]:
    """What to tell an open page: the stylesheets to swap, `*` to load again, or nothing."""
    if (before.base, before.problems) != (now.base, now.problems):
        return ("*",)
    paths = before.files.keys() | now.files.keys()
    changed = sorted(p for p in paths if before.files.get(p) != now.files.get(p))
    swapped = all(p.endswith(".css") and p in before.files and p in now.files for p in changed)
    return tuple(changed) if swapped else ("*",)


def _base(root: Path) -> str:
    return unquote(load_config(root, Options(), Problems()).base)


def _files(root: Path) -> dict[str, str]:
    try:
        return read_manifest(preview_folder(root)) or {}
    except (OSError, ValueError):
        return {}


# ---- addresses, as GitHub Pages answers them ----------------------------------------------------

_TYPES = {
    "text/html": "html htm", "text/css": "css", "text/plain": "txt log", "text/markdown": "md",
    "text/csv": "csv", "text/tab-separated-values": "tsv", "text/calendar": "ics", "text/x-vcard": "vcf",
    "text/yaml": "yaml yml", "text/vtt": "vtt", "application/javascript": "js mjs",
    "application/json": "json map", "application/manifest+json": "webmanifest",
    "application/ld+json": "jsonld", "application/xml": "xml", "application/atom+xml": "atom",
    "application/rss+xml": "rss", "application/pdf": "pdf", "application/epub+zip": "epub",
    "application/postscript": "ps eps", "application/x-tex": "tex", "application/x-ipynb+json": "ipynb",
    "application/x-research-info-systems": "ris", "application/wasm": "wasm", "application/zip": "zip",
    "application/gzip": "gz", "application/x-tar": "tar", "application/x-bzip2": "bz2",
    "application/msword": "doc", "application/vnd.ms-powerpoint": "ppt", "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt", "application/vnd.apple.keynote": "key",
    "image/png": "png", "image/jpeg": "jpg jpeg", "image/gif": "gif", "image/webp": "webp",
    "image/avif": "avif", "image/svg+xml": "svg", "image/x-icon": "ico", "image/heic": "heic",
    "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "video/mp4": "mp4", "video/webm": "webm",
    "video/quicktime": "mov", "font/woff2": "woff2", "font/woff": "woff", "font/ttf": "ttf", "font/otf": "otf",
}  # fmt: skip
_TYPE_OF = {ending: kind for kind, endings in _TYPES.items() for ending in endings.split()}
_WITH_CHARSET = ("text/", "application/javascript", "application/json", "application/manifest+json")


def content_type(path: str) -> str:
    """The type that GitHub Pages sends a file with; a browser saves what it does not know.

    From mime-db, which GitHub Pages names as its source, for the files that scholars have.
    """
    ending = PurePosixPath(path).suffix[1:].lower()
    kind = _TYPE_OF.get(ending, "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith(_WITH_CHARSET) else kind


class Answer(NamedTuple):
    """What a request gets: a file of the site with a status, or another address."""

    status: int
    file: str = ""
    to: str = ""


NOT_FOUND = "404.html"


def answer(shown: Shown, path: str) -> Answer:
    """What to send for the decoded path of an address; pages are 500 while there are problems.

    Only what was published is looked up, in its own spelling: a disk that ignores case, a link
    or a path full of dots finds nothing that GitHub Pages would not find.
    """
    found = _found(shown, path)
    if not shown.problems or found.to:
        return found
    if found.status == 200:
        return found._replace(status=500) if found.file.endswith(".html") else found
    return Answer(500) if _is_page(path) else found


def _found(shown: Shown, path: str) -> Answer:
    found = _looked_up(shown, path)
    if found.status in (302, 404) and path.startswith(f"{shown.moved_from}/"):
        now = shown.base + path.removeprefix(shown.moved_from or "")
        if _looked_up(shown, now).status in (200, 301):
            return Answer(302, to=now)
    return found


def _looked_up(shown: Shown, path: str) -> Answer:
    if not path.startswith(f"{shown.base}/"):
        return Answer(302, to=f"{shown.base}/")
    inside = path.removeprefix(f"{shown.base}/")
    folder = not inside or inside.endswith("/")
    tried = [f"{inside}index.html"] if folder else [inside, f"{inside}.html"]
    for file in tried:
        if file in shown.files:
            return Answer(200, file)
    if f"{inside}/index.html" in shown.files:
        return Answer(301, to=f"{path}/")
    return Answer(404, NOT_FOUND)


def _is_page(path: str) -> bool:
    """Whether one expects a page at a path, even if nothing is there."""
    return path.endswith("/") or PurePosixPath(path).suffix in ("", ".html")


# ---- what is put into pages ---------------------------------------------------------------------


def page_with(page: bytes, script: str, problems: str) -> bytes:
    """A page as the preview sends it: with its script, and with problems over it if there are any.

    A page that there is not (empty) becomes one.
    """
    page = page or _EMPTY
    page = _insert(page, script.encode(), page.lower().find(b"</head"))
    return _insert(page, problems.encode(), page.lower().rfind(b"</body"))


def _insert(page: bytes, piece: bytes, at: int) -> bytes:
    return page[:at] + piece + page[at:] if at >= 0 else page + piece


_EMPTY = b"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Preview</title></head>
<body></body>
</html>
"""


def _panel(errors: list[Problem], line_of: LineOf, over_site: bool) -> str:
    """The problems as HTML, in a shadow tree that no style of the site reaches."""
    count = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    behind = "What you see behind is the last good site." if over_site else "There is no site yet."
    items = "".join(_item(problem, line_of) for problem in errors)
    return _PANEL.format(count=count, behind=behind, items=items)


def _item(problem: Problem, line_of: LineOf) -> str:
    head, _, excerpt = told([problem._replace(hint="")], line_of).partition("\n")
    parts = (("p", head), ("pre", excerpt), ("p", problem.hint))
    return (
        "<li>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in parts if text) + "</li>"
    )


_PANEL = """<folio-problems lang="en" dir="ltr" role="alert"><template shadowrootmode="open">
<style>
:host {{ all: initial; position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 80vh;
  overflow: auto; color-scheme: light dark; color: CanvasText; background: Canvas;
  border-top: 6px solid #c62828; box-shadow: 0 0 2rem #0008; font: 1rem/1.5 system-ui, sans-serif; }}
details {{ padding: .75rem max(1rem, 50vw - 36rem); }}
summary {{ cursor: pointer; font-weight: 600; color: light-dark(#b71c1c, #ff8a80); }}
ol {{ padding: 0; list-style: none; }}
li {{ margin: 1rem 0; }}
p, pre {{ margin: .25rem 0; overflow-wrap: anywhere; }}
p:first-child {{ font-weight: 600; }}
pre {{ overflow-x: auto; font: .875rem/1.5 ui-monospace, monospace; }}
</style>
<details open><summary>{count}. {behind}</summary>
<ol>{items}</ol></details></template></folio-problems>"""
