"""The conversation of `folio new`: what it asks, and what it says when the site stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from builder.text.placeholders import MARK

_QUESTIONS = (
    ("name", "Your name"), ("role", "What you are (PhD student, Professor of …)"),
    ("affiliation", "Where (university, institute)"), ("email", "Mail address, to be published"),
)  # fmt: skip
_NETWORKS = (
    ("GitHub", "Your name at GitHub"), ("ORCID", "Your ORCID (0000-0000-0000-0000)"),
    ("Google Scholar", "Your Google Scholar page (its address)"),
)  # fmt: skip


def ask_for_rest(said: dict[str, Any]) -> None:
    """Ask for what no option said; an empty answer leaves a thing out."""
    click.echo("A few questions; Enter passes over one. All of it can be changed in the files.\n")
    for key, question in () if said["cv"] else _QUESTIONS:
        if said[key] is None:
            said[key] = _answer(question)
    named = {label.lower() for label, _ in said["links"]}
    for label, question in () if said["cv"] else _NETWORKS:
        if label.lower() not in named and (where := _answer(question)):
            said["links"].append((label, where))
    if said["url"] is None:
        hint = next((w for label, w in said["links"] if label == "GitHub" and "/" not in w), "NAME")
        said["url"] = _web_address(
            _answer(f"Address of the site, if known (https://{hint}.github.io)")
        )
    click.echo()


def _answer(question: str) -> str:
    return str(click.prompt(f"  {question}", default="", show_default=False)).strip()


def _web_address(typed: str) -> str:
    """What was typed as an address; one that lacks its scheme is taken for https."""
    if not typed or urlsplit(typed).scheme in ("http", "https"):
        return typed
    return f"https://{typed.lstrip('/')}"


def tell_what_stands(folder: Path, files: tuple[str, ...], goes_live: bool) -> None:
    """Print what was written and what to do next."""
    here = folder.resolve() == Path.cwd().resolve()
    click.echo(f"A new site is in {'this folder' if here else folder}:\n")
    for file in files:
        click.echo(f"  {file}{_SAID_OF.get(file, '')}")
    click.echo(f"\n{MARK} marks what waits for your words. Now:\n")
    if not here:
        click.echo(f"  cd {_quoted(folder)}")
    click.echo("  folio serve --open      see it in the browser; it follows every save")
    click.echo("  folio check             what is still to be filled in, and what is wrong")
    if goes_live:
        click.echo("\nREADME.md says how it goes live.")


_SAID_OF = {
    "site.yaml": "                     address, menu, colours",
    "content/cv.yaml": "               you and your CV",
    "content/index.md": "              the text of the home page",
    "content/publications.bib": "      your papers",
    ".github/workflows/deploy.yml": "  publishes every push",
    ".gitlab-ci.yml": "                publishes every push",
}


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
