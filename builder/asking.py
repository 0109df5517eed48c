"""The conversation of `folio new`: what it asks, and what it says when the site stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import click

from builder.new import DEPLOYS
from builder.requirement import NAME, UNKNOWN, requirement
from builder.text.placeholders import MARK


class Question(NamedTuple):
    """One thing that is asked, and what an answer looks like."""

    key: str
    """The option that it stands for, or the network whose profile it asks for."""
    words: str
    shape: str = ".*"
    """What an answer has to match, as a regular expression."""
    expected: str = ""
    """That shape in words, with an example."""


_QUESTIONS = (
    Question("name", "Your name"),
    Question("role", "What you are, such as PhD student"),
    Question("affiliation", "Where: university, institute"),
    Question("email", "Mail address, to be published", r"[^\s@]+@[^\s@]+\.[^\s@]+", "an address such as ana@example.org"),
)  # fmt: skip
_NETWORKS = (
    Question("GitHub", "Your name at GitHub", r"[\w-]+", "the name alone, such as anaperez"),
    Question(
        "ORCID", "Your ORCID, 0000-0000-0000-0000", r"(\d{4}-){3}\d{3}[\dX]",
        "sixteen digits such as 0000-0002-1825-0097",
    ),
    Question(
        "Google Scholar", "The address of your Google Scholar page", r"[\w-]{12}|\S*/\S+",
        "its address, https://scholar.google.com/citations?user=…",
    ),
)  # fmt: skip
_ADDRESS = r"(https?://)?[^\s/?#.:]+(\.[^\s/?#.:]+)+(:\d+)?(/[^\s?#]*)?"


def ask_for_rest(said: dict[str, Any]) -> None:
    """Ask for what no option said; an empty answer leaves a thing out."""
    click.echo("A few questions; Enter passes over one. All of it can be changed in the files.\n")
    for question in () if said["cv"] else _QUESTIONS:
        if said[question.key] is None:
            said[question.key] = _answer(question)
    named = {label.lower() for label, _ in said["links"]}
    for question in () if said["cv"] else _NETWORKS:
        if question.key.lower() not in named and (where := _answer(question)):
            said["links"].append((question.key, where))
    if said["url"] is None:
        hint = next((w for label, w in said["links"] if label == "GitHub" and "/" not in w), "NAME")
        example = f"https://{hint}.github.io"
        words = f"Address of the site, once you know it, such as {example}"
        said["url"] = _web_address(
            _answer(Question("url", words, _ADDRESS, f"an address such as {example}"))
        )
    click.echo()


def _answer(question: Question) -> str:
    """What was typed, once it is what was asked for; empty for Enter alone."""
    while True:
        typed = str(click.prompt(f"  {question.words}", default="", show_default=False)).strip()
        answer = _PROFILE.sub("", typed) if question in _NETWORKS[:2] else typed
        if not answer or re.fullmatch(question.shape, answer):
            return answer
        click.echo(f"    Expected {question.expected}, found {typed!r}. Enter leaves it out.")


_PROFILE = re.compile(r"^(https?://)?(www\.)?(github\.com|orcid\.org)/|^@|/+$")
"""What those who are asked for a name type around it."""


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
    if said := untold(files):
        click.echo(said)


def untold(files: tuple[str, ...]) -> str:
    """That what publishes a site does not know yet where it gets Folio from; empty where it does."""
    where = next((target for _, target in DEPLOYS.values() if target in files), "")
    if not where or requirement() != UNKNOWN:
        return ""
    return (
        f"This Folio was installed from a folder, so {where} cannot tell where to get\n"
        f"it: write its address and commit at {MARK} {NAME} before you push."
    )


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
