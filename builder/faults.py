"""What goes wrong in a layout, told for its author: the file, the line, the column, the mend."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from builder.config import Config
from builder.problems import Place, Problems, did_you_mean
from builder.templates import theme_folder
from builder.text.files import read_text
from builder.text.patterns import late


class Fault(NamedTuple):
    """What is wrong in a layout."""

    message: str
    place: Place | None
    hint: str


def tell_faults(faults: Mapping[Fault, list[str]], problems: Problems) -> None:
    """Each fault once, at the template's line, naming the pages that were being rendered."""
    for fault, pages in faults.items():
        more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
        message = f"{fault.message}; this was rendering {pages[0]}{more}"
        problems.error("template", message, fault.place, fault.hint)


def fault_of(error: Exception, config: Config) -> Fault:
    """What an exception out of a layout says, for its author."""
    file, line = _template_line(error, config)
    message, hint = f"{type(error).__name__}: {error}", ""
    if isinstance(error, TemplateNotFound):
        message, hint = f"there is no layout {error.name!r}", _near_layout(str(error.name), config)
    elif isinstance(error, TemplateSyntaxError):
        file, line, message = error.filename or str(error.name), error.lineno, str(error.message)
        hint = "see https://jinja.palletsprojects.com/templates/; braces as text are {{ '{{' }}"
    elif isinstance(error, RecursionError):
        message = "this layout extends or includes itself"
        hint = f'the theme\'s own is extended by {{% extends "theme/{Path(file).name}" %}}'
    elif isinstance(error, UnicodeDecodeError):
        return _not_text(config)
    elif isinstance(error, TemplateError) and error.message:
        message, hint = error.message, "docs/theme.md lists what a layout is given"
    return Fault(message, _place_in_layout(file, line, message, config) if file else None, hint)


def _near_layout(name: str, config: Config) -> str:
    known = {p.relative_to(f).as_posix() for f in _folders(config) for p in f.rglob("*.html")}
    stems = sorted(k.removesuffix(".html") for k in known)
    names = ", ".join(k for k in stems if "/" not in k and k != "base")
    return (
        did_you_mean(name.removesuffix(".html"), stems) or f"put it in layouts/; there are {names}"
    )


def _not_text(config: Config) -> Fault:
    """The first of the site's own layouts that is not UTF-8."""
    problems = Problems()
    for file in sorted((config.root / "layouts").rglob("*.html")):
        read_text(file, _shown(str(file), config), problems)
    found = problems.errors[0]
    return Fault(found.message, found.place, found.hint)


def _place_in_layout(file: str, line: int, message: str, config: Config) -> Place:
    text = read_text(Path(file), file, Problems()) if Path(file).is_file() else None
    lines = (text or "").split("\n")
    typed = lines[line - 1] if 0 < line <= len(lines) else ""
    return Place(_shown(file, config), line, column_of(message, typed))


_QUOTED = late(r"'([^']+)'")


def column_of(message: str, line: str) -> int:
    """The column of a template's line that a message is about: the name it quotes, else the first
    expression; 0 when the line holds neither."""
    quoted = (m[1].removesuffix(".html") for m in _QUOTED().finditer(message))
    sought = (*(r"(?<!\w)" + re.escape(name) for name in quoted), r"\{[{%]|<!--")
    found = (re.search(pattern, line) for pattern in sought)
    return next((f.start() + 1 for f in found if f), 0)


def _folders(config: Config) -> list[Path]:
    return [f for f in (config.root / "layouts", theme_folder("layouts")) if f.is_dir()]


def layout_place(name: str, config: Config) -> Place:
    """The file of a layout, a site's own or the theme's, as messages call it."""
    own = config.root / "layouts" / name
    return Place(_shown(str(own if own.is_file() else theme_folder("layouts") / name), config))


def _template_line(error: Exception, config: Config) -> tuple[str, int]:
    """The innermost template frame of a traceback: Jinja rewrites them to the template's lines."""
    found, step = ("", 0), error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename.endswith(".html"):
            found = step.tb_frame.f_code.co_filename, step.tb_lineno
        step = step.tb_next
    return found


def _shown(file: str, config: Config) -> str:
    path = Path(file)
    if path.is_relative_to(config.root):
        return path.relative_to(config.root).as_posix()
    folder = theme_folder("layouts")
    return (
        f"theme/{path.relative_to(folder).as_posix()}" if path.is_relative_to(folder) else path.name
    )
