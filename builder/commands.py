"""The commands beside `build` and `serve`: a site to begin with, a look over it, help for editors.

What they do stands in rooms of their own, imported when asked for; this room asks and tells.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from builder.problems import FolioError
from builder.run import Options


def _refused(error: FolioError) -> None:
    click.echo(f"error: {error}", err=True)
    sys.exit(1)


# ---- new ------------------------------------------------------------------------------------------

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--name", help="Your name, as it is to be shown.")
@click.option("--role", help="What you are: PhD student, Professor of Physics.")
@click.option("--affiliation", help="Where: the university, the institute.")
@click.option("--location", help="The town and country.")
@click.option("--email", help="A mail address that may be published.")
@click.option("--url", help="Where the site will be published, such as https://me.github.io")
@click.option("--language", default="en", help="The site's language as a code: en, de, zh-Hans.")
@click.option(
    "--link", "links", multiple=True, metavar="LABEL=WHERE",
    help="A profile: GitHub=name, ORCID=0000-…, Blog=https://… May be given again.",
)  # fmt: skip
@click.option(
    "--cv", type=_FILE, help="A CV in RenderCV's format or JSON Resume's; it is taken as it is."
)
@click.option("--bib", type=_FILE, multiple=True, help="Your papers in BibTeX. May be given again.")
@click.option(
    "--deploy", type=click.Choice(["github", "gitlab", "none"]), default="github",
    help="Who builds and publishes it after a push; github by default.",
)  # fmt: skip
@click.option(
    "--ask/--no-ask", default=None, help="Ask what is not said; on a terminal by default."
)
def new(folder: Path, ask: bool | None, **said: Any) -> None:
    """Begin a site in the folder DIR, which is made; without it, in this folder, if it is empty."""
    from builder.asking import ask_for_rest, tell_what_stands
    from builder.new import Answers, check_free, check_given, new_site

    said["links"] = [_pair(link) for link in said["links"]]
    try:
        check_free(folder)
        check_given(said["cv"], said["bib"])
        if sys.stdin.isatty() if ask is None else ask:
            ask_for_rest(said)
        given = {key: value for key, value in said.items() if value is not None}
        given["links"] = tuple(given["links"])
        files = new_site(folder, Answers(**given))
    except FolioError as error:
        _refused(error)
    else:
        tell_what_stands(folder, files, said["deploy"] != "none")


def _pair(link: str) -> tuple[str, str]:
    label, sign, where = link.partition("=")
    if not (label.strip() and sign and where.strip()):
        raise click.BadParameter(f"expected LABEL=WHERE, found {link!r}", param_hint="--link")
    return label.strip(), where.strip()


# ---- check ----------------------------------------------------------------------------------------


@click.command()
@click.argument("site", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--url", default="", help="Where it will be published; its path is the base path.")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option(
    "--external", is_flag=True, help="Ask links to other hosts too, and remember for a week."
)
@click.option("--live", is_flag=True, help="Compare with the addresses of the site that is live.")
@click.option(
    "--keep", is_flag=True,
    help="Add the site's addresses to addresses.txt; with --live, those of the live site too.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings fail.")
@click.option("--json", "as_json", is_flag=True, help="All problems as JSON.")
@click.option(
    "--github", is_flag=True, help="As GitHub's annotations; within its workflows by itself."
)
@click.option("--verbose", is_flag=True, help="Every problem on a line of its own.")
def check(
    site: Path, url: str, drafts: bool, external: bool, live: bool, keep: bool, strict: bool,
    as_json: bool, github: bool, verbose: bool,
) -> None:  # fmt: skip
    """Look over the site in the folder SITE: all that a build tells and more. Nothing is published."""
    from builder.checks import check as run
    from builder.checks.addresses import keep as keep_addresses
    from builder.checks.addresses import new_addresses
    from builder.checks.scholar import summary
    from builder.problems import BuildFailed, Problems

    problems, look = Problems(), None
    asked: list[str] = []
    listed: tuple[str, ...] = ()
    try:
        look = run(site, Options(url=url, drafts=drafts), problems)
        if external:
            from builder.checks.outside import check_outside

            asked.append(check_outside(look, problems))
        if external or live:
            from builder.checks.live import check_live, live_site

            now = live_site(look)
            listed = now.addresses
            asked.append(check_live(look, now, problems))
    except BuildFailed:
        pass
    kept = keep_addresses(look, listed) if look and keep else ()
    if as_json:
        _tell_json(problems)
    else:
        github = github or os.environ.get("GITHUB_ACTIONS") == "true"
        _tell_problems(problems, site, github, verbose)
        unkept = new_addresses(look) if look and look.made.site.url else ()
        _tell_check(look, problems, asked, kept, len(unkept))
        if look and (scholar := summary(look, verbose)):
            click.echo(scholar)
    sys.exit(1 if look is None or (strict and len(problems)) else 0)


def _tell_json(problems: Any) -> None:
    import json

    from builder.cli import is_narrow, problems_as_json

    told = {"problems": problems_as_json(problems)}
    click.echo(json.dumps(told, ensure_ascii=is_narrow(), indent=1))


def _tell_problems(problems: Any, site: Path, github: bool, verbose: bool) -> None:
    from builder.checks.annotations import as_annotations
    from builder.cli import source_line
    from builder.problems import told

    if github and len(problems):
        click.echo(as_annotations(problems, site))
        return
    waiting = [p for p in problems if p.kind == "placeholder"]
    if others := [p for p in problems if p.kind != "placeholder"]:
        click.echo(told(others, partial(source_line, site), verbose) + "\n")
    if waiting:
        width = max(len(str(p.place)) for p in waiting)
        lines = (f"  {p.place!s:<{width}}  {p.message.removeprefix('fill in: ')}" for p in waiting)
        click.echo("\n".join(("Still to be filled in:", *lines)) + "\n")


def _tell_check(
    look: Any, problems: Any, asked: list[str], kept: tuple[str, ...], unkept: int
) -> None:
    if look is None:
        click.echo(f"{count(len(problems.errors), 'error')} to mend before a site can be made.")
        return
    waiting = sum(p.kind == "placeholder" for p in problems)
    others = len(problems) - waiting
    parts = [count(others, "thing") + " to mend" if others else "Nothing to mend"]
    parts += [f"{count(waiting, 'placeholder')} to fill in"] if waiting else []
    click.echo(f"{', '.join(parts)}, in {count(len(look.pages), 'page')}.")
    for sentence in asked:
        click.echo(sentence)
    if kept:
        click.echo(f"{count(len(kept), 'address', 'addresses')} added to addresses.txt.")
    elif unkept:
        click.echo(
            f"{count(unkept, 'address', 'addresses')} not in addresses.txt yet: once the site is live, "
            "`folio check --keep` adds what it publishes, and a change that breaks one is told."
        )


def count(number: int, noun: str, several: str = "") -> str:
    """A number with its noun."""
    return f"{number} {noun if number == 1 else several or noun + 's'}"


# ---- doctor, schema ---------------------------------------------------------------------------------


@click.command()
@click.argument("site", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--diff", is_flag=True, help="Show what changed in the theme's files.")
def doctor(site: Path, diff: bool) -> None:
    """Say what the site in the folder SITE overrides, and what a newer Folio knows better."""
    from builder.doctor import doctor as run

    try:
        findings = run(site)
    except FolioError as error:
        _refused(error)
    for finding in findings:
        click.echo(f"{finding.path}: {finding.message}")
        if finding.mend:
            click.echo(f"  = {finding.mend}")
        if diff and finding.diff:
            click.echo(finding.diff)
    mends = sum(bool(finding.mend) for finding in findings)
    click.echo(f"{count(mends, 'thing')} to look at." if mends else "All is as it should be.")


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema of a file by its NAME: site, cv, people, talks and so on.

    Without a name, put all of them where the YAML files of the site in this folder look for them.
    """
    from builder.problems import did_you_mean
    from builder.schema import NAMES, as_text, write_schemas

    if name in NAMES:
        click.echo(as_text(name), nl=False)
    elif name:
        hint = did_you_mean(name, NAMES)
        raise click.UsageError(f"no schema {name!r}; {hint or 'there are ' + ', '.join(NAMES)}")
    elif not Path("site.yaml").is_file():
        raise click.UsageError(f"this folder holds no site; name one of {', '.join(NAMES)}")
    else:
        write_schemas(Path())
        click.echo("Schemas are in .folio/schema/. A YAML file names its own in the first line:")
        click.echo("  # yaml-language-server: $schema=../.folio/schema/cv.json")


# ---- report ---------------------------------------------------------------------------------------


@click.command()
@click.argument("site", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--since", default="", metavar="DATE",
    help="The first day: 2024, 2024-09 or 2024-09-01; a year ago by default.",
)  # fmt: skip
@click.option(
    "--months", default=48, type=click.IntRange(1, 1200), show_default=True,
    help="How far back collaborators are looked for.",
)  # fmt: skip
@click.option(
    "--only", type=click.Choice(["work", "collaborators"]), help="One part of the report alone."
)
@click.option("--csv", "as_csv", is_flag=True, help="Tables for a spreadsheet instead of Markdown.")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="A file to write to; one that ends in .csv is CSV.",
)  # fmt: skip
def report(
    site: Path, since: str, months: int, only: str | None, as_csv: bool, out: Path | None
) -> None:
    """Everything since a date, and the collaborators of the last 48 months."""
    from builder.problems import BuildFailed, Problems
    from builder.reports import report_on
    from builder.reports.writer import texts_of

    problems = Problems()
    try:
        made = report_on(site, _period(since), months, problems)
    except BuildFailed:
        _tell_problems(problems.errors, site, False, False)
        sys.exit(1)
    as_csv = as_csv or (out is not None and out.suffix.lower() == ".csv")
    texts = texts_of(made, only, as_csv)
    if out is None:
        click.echo("\n".join(texts.values()), nl=False)
        return
    for part, text in texts.items():
        _write(
            out if len(texts) == 1 or part == "work" else out.with_stem(f"{out.stem}-{part}"), text
        )


def _period(since: str) -> Any:
    """From the day that `--since` names to today."""
    from builder.reports.period import Period, day_of, first_day
    from builder.text.dates import read_when

    today = day_of(_today())
    when = read_when(since) if since else None
    date = when.spans[0].start if when and when.spans else None
    if since and date is None:
        raise click.BadParameter(f"{since!r} is no date", param_hint="--since")
    return Period(first_day(date), today) if date else Period.of_months(12, today)


def _today() -> Any:
    """The day of the clock, or of SOURCE_DATE_EPOCH where builds are to be repeated."""
    from datetime import UTC, date, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else date.today()


def _write(file: Path, text: str) -> None:
    """Write a report; spreadsheets tell UTF-8 by its mark."""
    try:
        file.write_text(text, "utf-8-sig" if file.suffix.lower() == ".csv" else "utf-8", newline="")
    except OSError as error:
        _refused(FolioError(f"{file} cannot be written: {error.strerror}"))
    click.echo(f"Written to {file}", err=True)


# ---- import ---------------------------------------------------------------------------------------


@click.command(name="import")
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "kind",
    default="",
    metavar="KIND",
    help="What FROM is, when it is not told by itself.",
)
@click.option(
    "--verify", is_flag=True, help="Compare FROM with the site in DIR; nothing is written."
)
def import_(source: Path, target: Path, kind: str, verify: bool) -> None:
    """Bring the site, CV or bibliography FROM over into DIR, and account for every file of it."""
    from builder import importers
    from builder.asking import untold

    if kind and kind not in importers.KINDS:
        raise click.UsageError(f"no kind {kind!r}; there are {', '.join(importers.KINDS)}")
    try:
        if verify:
            account = importers.verify_site(source, target, kind)
            click.echo(account.text)
            sys.exit(0 if account.complete else 1)
        fresh = not (target / "site.yaml").is_file()
        move = importers.import_site(source, target, kind)
        proof = importers.prove(move, target) if fresh else None
    except FolioError as error:
        _refused(error)
    else:
        click.echo(importers.told(move, target, proof))
        if said := untold(tuple(move.site)):
            click.echo(f"\n{said}")


COMMANDS: tuple[click.Command, ...] = (new, check, doctor, import_, report, schema)
"""All that this room holds."""
