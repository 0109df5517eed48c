"""The command `folio`. `python -m builder` does the same.

Exit status: 0 when the site stands, 1 when it does not (or, with `--strict`, when anything was
told), 2 for wrong usage.
"""

from __future__ import annotations

import gc
import io
import json
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from builder import __version__
from builder.problems import BuildFailed, FolioError, Place, Problems, told
from builder.run import Options

IN_ORDER = {
    "new": "Begin a site.",
    "serve": "Show it in the browser, and again after every save.",
    "check": "Say what is missing, broken or still to be filled in.",
    "build": "Write the finished site to _site.",
    "import": "Bring a site, a CV or papers over from elsewhere.",
    "report": "List all since a date, and collaborators of 48 months.",
    "doctor": "Compare what you override with a newer Folio.",
    "schema": "Help editors complete and explain the keys.",
}
"""The commands in the order in which one meets them, and what each is for."""


class _Commands(click.Group):
    """The commands, listed in their order; those of `commands.py` are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(IN_ORDER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            from builder import commands

            for command in commands.COMMANDS:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a disk refuses it, and it has no better words for, is told in a line."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader has gone: click's own business
            raise
        except OSError as error:
            click.echo(
                f"error: {error.filename or 'the disk'}: {error.strerror or error}", err=True
            )
            sys.exit(1)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.short_help = IN_ORDER.get(name or cmd.name or "", cmd.short_help)
        super().add_command(cmd, name)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with `folio new home`. `folio COMMAND --help` says more of each.",
)  # fmt: skip
@click.version_option(__version__, prog_name="folio")
def main() -> None:
    """Folio makes a scholar's homepage from a CV in YAML, publications in BibTeX, pages in Markdown."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that lacks a letter shows another
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("site", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "-o", "--out", default="", metavar="OUT", help="Folder to write to; SITE/_site by default."
)
@click.option("--url", default="", help="Where it will be published; its path is the base path.")
@click.option("--strict", is_flag=True, help="Warnings fail.")
@click.option("--drafts", is_flag=True, help="Include drafts.")
@click.option("--fresh", is_flag=True, help="Leave aside what earlier builds kept.")
@click.option("--why", is_flag=True, help="Say why each file was written anew.")
@click.option("--json", "as_json", is_flag=True, help="The report and all problems as JSON.")
@click.option("--verbose", is_flag=True, help="Every problem on a line of its own.")
def build(
    site: Path, out: str, url: str, strict: bool, drafts: bool, fresh: bool, why: bool, as_json: bool,
    verbose: bool,
) -> None:  # fmt: skip
    """Build the site in the folder SITE (this folder by default)."""

    started = time.perf_counter()
    problems = Problems()
    progress = _Progress()
    report = None
    try:
        report = _built_or_kept(
            site, Options(url=url, out=out, drafts=drafts, fresh=fresh), problems, progress
        )
    except BuildFailed:
        pass
    finally:
        progress.close()
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(json.dumps(_as_json(report, problems), ensure_ascii=is_narrow(), indent=1))
    else:
        if len(problems):
            click.echo(told(problems, lambda place: source_line(site, place), verbose), err=True)
        for path, reason in report.why if report and why else ():
            click.echo(f"{path}: {reason}")
        click.echo(_summary(report, problems, seconds), err=report is None)
        for note in (*report.notes, *report.news) if report else ():
            click.echo(note)
    sys.exit(1 if report is None or (strict and len(problems)) else 0)


@main.command()
@click.argument("site", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--port", default=8000, type=click.IntRange(0, 65535), help="The first to try; 8000 by default."
)
@click.option("--host", default="127.0.0.1", help="Where to listen; this machine alone by default.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option("--poll", is_flag=True, help="Look at the files, for network and container mounts.")
def serve(site: Path, port: int, host: str, open_browser: bool, poll: bool) -> None:
    """Show the site in the folder SITE, and again after every save, until Ctrl-C."""
    try:
        from builder.serve import Terminal
        from builder.serve import serve as run

        _help_editors(site)
        terminal = Terminal(click.echo, partial(_tell, site), partial(source_line, site))
        run(site, terminal, host=host, port=port, poll=poll, open_browser=open_browser)
    except KeyboardInterrupt:
        click.echo()
    except FolioError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)


def _help_editors(site: Path) -> None:
    """Keep the schemas that the site's YAML files name those of this Folio."""
    from builder.schema import write_schemas

    with suppress(OSError):
        if (site / "site.yaml").is_file():
            write_schemas(site)


def _tell(site: Path, made: Any, before: Any) -> None:
    """What came of one build of the preview; warnings that stand as they stood are only counted."""
    known = (
        before is not None
        and not made.problems.errors
        and list(made.problems) == list(before.problems)
    )
    if len(made.problems) and not known:
        click.echo(told(made.problems, partial(source_line, site)), err=True)
    click.echo(_summary(made.report, made.problems, made.seconds), err=made.report is None)


def _built_or_kept(site: Path, options: Any, problems: Problems, progress: Any) -> Any:
    """The report of a build, or of the last one when nothing has changed since."""
    from builder.freshness import as_it_stands, remember
    from builder.inputs import inputs_of

    inputs = inputs_of(site, options)
    report = as_it_stands(site, options, inputs, problems)
    if report is None:
        gc.disable()  # what a build makes is needed until it ends
        from builder.build import build as run
        from builder.cores import beside, spread

        report = run(site, options, problems, progress, inputs, spread, beside=beside)
        remember(site, inputs, report, problems)
    return report


def source_line(site: Path, place: Place) -> str | None:
    """The line of a source that a message shows; None when there is none to show."""
    from builder.templates import theme_folder

    file = site / place.path
    if place.path.startswith("theme/"):
        file = theme_folder("layouts") / place.path.removeprefix("theme/")
    try:
        lines = file.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return None
    return lines[place.line - 1] if 0 < place.line <= len(lines) else None


def is_narrow() -> bool:
    """Whether standard output lacks letters, so that JSON has to escape them."""
    return (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") != "utf8"


def _summary(report: Any, problems: Problems, seconds: float) -> str:
    errors, warnings = len(problems.errors), len(problems.warnings)
    counted = f", {_count(warnings, 'warning')}" if warnings else ""
    if report is None:
        return f"Not built: {_count(errors, 'error')}{counted}. The last good site is untouched."
    written = report.written
    return (
        f"Built {_count(report.pages, 'page')} and {_count(report.publications, 'publication')} "
        f"in {seconds:.2f} s{counted}: {written.written} written, {written.unchanged} unchanged, "
        f"{written.removed} removed in {report.out}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _as_json(report: Any, problems: Problems) -> dict[str, Any]:
    made = None
    if report is not None:
        made = {**report._asdict(), "written": report.written._asdict(), "out": str(report.out)}
    return {"report": made, "problems": problems_as_json(problems)}


def problems_as_json(problems: Problems) -> list[dict[str, Any]]:
    """The problems as a list of plain tables."""
    return [{**p._asdict(), "place": p.place._asdict() if p.place else None} for p in problems]


EVERY = 0.1
"""Seconds from one drawing of the bar to the next."""


class _Progress:
    """A bar on a terminal, for runs that take more than a second."""

    def __init__(self) -> None:
        self.started, self.shown = time.perf_counter(), False
        self.last = self.started
        self.terminal = sys.stderr.isatty()

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if not self.terminal or now - self.started < 1 or now - self.last < EVERY:
            return
        self.last = now
        filled = 30 * done // max(total, 1)
        click.echo(
            f"\r{step} [{'█' * filled}{'·' * (30 - filled)}] {done}/{total}", nl=False, err=True
        )
        self.shown = True

    def close(self) -> None:
        if self.shown:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
            self.shown = False
