"""What starting costs: the CPU of imports, and of the demo's build from nothing and unchanged.

    python bench/startup.py [ROUNDS]

Prints medians in milliseconds of CPU, user and system together, as the kernel counts them for a
process of its own. A build is the program as a scholar starts it, which leaves without giving its
memory back piece by piece. *Imports* is what a process spends that imports the modules an
unchanged build has loaded, in the order it loaded them, over a process that imports nothing. The
extras `images` and `pdf` are left out, as on a machine without Pillow and typst. Bytecode is
compiled before anything is counted.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = 9
TARGETS = {"imports": 120, "cold build": 600}
"""Milliseconds of CPU that Folio promises on a machine of two cores."""

BARE = "import sys; sys.modules['PIL'] = sys.modules['typst'] = None"
CALLED = f"{BARE}; sys.argv = ['folio', 'build', 'site', '-o', 'out']"
BUILD = f"""{CALLED}
from builder.__main__ import run
run()"""
LOADED = f"""{CALLED}
import json
bare = set(sys.modules)
from builder.cli import main
try:
    main()
except SystemExit:
    json.dump([name for name in sys.modules if name not in bare], open("loaded.json", "w"))"""
IMPORTS = f"""{BARE}
import importlib
for name in open("loaded.txt").read().split():
    importlib.import_module(name)"""


def cpu(code: str, folder: Path) -> float:
    """Milliseconds of CPU that a Python of its own spends on `code`; refuses code that fails."""
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    surroundings["PYTHONPATH"] = str(ROOT)
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=surroundings, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the bench failed with status {process.returncode}:\n{code}")
    return (used.ru_utime + used.ru_stime) * 1000


def median(rounds: int, measure: Callable[[], float]) -> float:
    """The middle of several measures, after one that warms caches and compiles bytecode."""
    measure()
    return statistics.median(measure() for _ in range(rounds))


def importable(folder: Path) -> list[str]:
    """The modules that an unchanged build loads, in order."""
    cpu(LOADED, folder)
    names: list[str] = json.loads((folder / "loaded.json").read_text())
    return names


def cold(folder: Path) -> float:
    """CPU of a build of which nothing is left from before."""
    for made in (folder / "out", folder / "site" / ".folio"):
        shutil.rmtree(made, ignore_errors=True)
    return cpu(BUILD, folder)


def measure(folder: Path, rounds: int) -> dict[str, float]:
    """The figures by name."""
    bare = median(rounds, lambda: cpu("pass", folder))
    first = median(rounds, lambda: cold(folder))
    again = median(rounds, lambda: cpu(BUILD, folder))
    (folder / "loaded.txt").write_text("\n".join(importable(folder)))
    imports = median(rounds, lambda: cpu(IMPORTS, folder)) - bare
    return {"interpreter": bare, "imports": imports, "cold build": first, "unchanged build": again}


def main() -> None:
    """Measure the demo and print a table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        site.mkdir()
        shutil.copy(ROOT / "site.yaml", site)
        shutil.copytree(ROOT / "content", site / "content")
        figures = measure(Path(name), rounds)
    print(f"{'CPU, ms':16}{'median':>8}{'target':>8}")
    for what, figure in figures.items():
        target = TARGETS.get(what)
        print(
            f"{what:16}{figure:8.0f}{target or '':>8}{'  over' if target and figure > target else ''}"
        )


if __name__ == "__main__":
    main()
