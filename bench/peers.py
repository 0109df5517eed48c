"""Folio beside its peers: the same words, whole processes, each tool in turn in every round.

    python -m bench.peers [--size S M L XL] [--tool folio-plain hugo …] [--rounds 5] [--write]

*cold*: output and caches removed; *unchanged*: nothing differs; *page*: a word was added to one
post; *template*: a word was added to the template of every page; *seen*: the preview stands, and
a word is typed into a post until its page as served holds it, asked each 10 ms, the previews of all
tools taking turns at moments that no timer of theirs foresees. Each edit is looked for in what came
out. Wall and CPU are the kernel's own for a process with its children; a figure is the median of
its rounds, a ratio the median of the ratios within each round, so that a slow moment of the
machine hits both. Memory is the largest sum of the process and its children, pages that they share
counted once (the kernel's proportional set size), in a run that is not timed; where there is one
round only, in that. Hugo is what ratios are taken to.

`--write` puts the table into docs/performance.md. Linux alone tells what is asked of it here.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.corpus import SIZES, items_of, write
from bench.figures import Figures, Run, put_into, table, verdicts
from bench.tools import MODULES, TOOLS, Tool, filled, versions

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
ROUNDS = {"S": 5, "M": 5, "L": 2, "XL": 1}
"""So many of each size that all four are done in half an hour."""
SAVES = {"S": 7, "M": 7, "L": 5, "XL": 0}
"""In the preview."""


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
    """Add the megabytes of a process and its children, until it is gone; seldom, where it takes long."""
    while pids := tree(pid):
        started = time.perf_counter()
        peaks.append(sum(map(megabytes, pids)))
        time.sleep(0.01 + 4 * (time.perf_counter() - started))


def megabytes(pid: int) -> float:
    """The memory of a process, its part of what it shares with others; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) * 1024 / 1e6


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


def round_of(site: Path, tool: Tool, number: int, watched: bool = False) -> dict[str, Run]:
    """Cold, unchanged, a page edited, a template edited: in this order, in one folder."""
    clear(site, tool)
    made = {"cold": run(filled(tool.build), site, watched)}
    again = filled(tool.again or tool.build)
    made["unchanged"] = run(again, site)
    post, page = post_of(site, tool)
    for step, file, change in (
        ("page", post, in_first_paragraph), ("template", site / tool.template, in_template)
    ):  # fmt: skip
        word = f"Mark{number}{step}"
        with edited(file, change(word)):
            made[step] = run(filled(tool.build) if step == "template" else again, site)
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


# ---- the preview --------------------------------------------------------------------------------


def seen(sites: dict[str, Path], times: int) -> dict[str, list[Run]]:
    """From a save to the page as it is served, for each of several saves, the tools taking turns."""
    taken: dict[str, list[Run]] = {name: [] for name in sites}
    with ExitStack() as stack:
        saves = {n: stack.enter_context(previewed(site, TOOLS[n])) for n, site in sites.items()}
        for number in range(times):
            for name, save in saves.items():
                taken[name].append(Run(save(number), 0.0))
    return taken


@contextmanager
def previewed(site: Path, tool: Tool) -> Iterator[Callable[[int], float]]:
    """A preview, as what saves a post and gives the seconds until it is served."""
    clear(site, tool)
    post, page = post_of(site, tool)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        filled(tool.serve, port).split(), cwd=site, env=surroundings(), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    before = post.read_text("utf-8")

    def save(n: int) -> float:
        _rest(process.pid)
        time.sleep(0.37 * (n % 3))  # a server with a timer of its own is met at any phase
        word, start = f"Seen{n}x", time.perf_counter()
        post.write_text(in_first_paragraph(word)(before), "utf-8")
        _until(lambda: word.encode() in _get(port, page), 120)
        return time.perf_counter() - start

    try:
        _until(lambda: bool(_get(port, page)), 300)
        yield save
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
        time.sleep(0.01)


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


def measure(size: str, tools: list[str], rounds: int, saves: int) -> Figures:
    """All figures of one size; memory is a step `peak`, the preview `seen`."""
    figures: dict[str, dict[str, list[Run]]] = {tool: {} for tool in tools}
    items = items_of(size)
    with tempfile.TemporaryDirectory() as folder:
        sites = {name: write(Path(folder) / name, name, items) for name in tools}
        if "eleventy" in sites:
            (sites["eleventy"] / "node_modules").symlink_to(MODULES)
        for name, site in sites.items() if rounds > 1 else ():
            figures[name]["peak"] = [run(filled(TOOLS[name].build), site, watched=True)]
        for number in range(rounds):
            for name, site in sites.items():
                _say(f"{size}, round {number + 1} of {rounds}: {name}")
                for step, made in round_of(site, TOOLS[name], number, rounds == 1).items():
                    figures[name].setdefault(step, []).append(made)
        for steps in figures.values():
            steps.setdefault("peak", steps["cold"])
        _say(f"{size}, previews")
        for name, runs in (seen(sites, saves) if saves else {}).items():
            figures[name]["seen"] = runs
    return figures


def _say(line: str) -> None:
    print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure, print, and write down what is asked for."""
    wish = argparse.ArgumentParser(description="Folio beside its peers.")
    wish.add_argument("--size", nargs="+", default=["S", "M"], choices=SIZES)
    wish.add_argument("--tool", nargs="+", default=list(TOOLS), choices=TOOLS)
    wish.add_argument("--rounds", type=int, help="of each size; fewer for larger ones by default")
    wish.add_argument("--saves", type=int, help="in the preview; 0 for none")
    wish.add_argument("--write", action="store_true", help="put it into docs/performance.md")
    asked = wish.parse_args()
    measured = {
        size: measure(
            size, asked.tool,
            ROUNDS[size] if asked.rounds is None else asked.rounds,
            SAVES[size] if asked.saves is None else asked.saves,
        )
        for size in asked.size
    }  # fmt: skip
    lines = [versions(asked.tool), "", *verdicts(measured)]
    lines += [line for size, figures in measured.items() for line in table(size, figures)]
    print("\n".join(lines))
    if asked.write:
        put_into(PAGE, lines)


if __name__ == "__main__":
    main()
