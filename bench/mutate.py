"""Builds sites gone wrong by chance, and tells what breaks the law of `tests/trials.py`.

python bench/mutate.py 10000             so many sites, over two processes
python bench/mutate.py 10000 --from 500  other sites
python bench/mutate.py --seed 4711       one of them again, its files kept to look at
"""

from __future__ import annotations

import argparse
import functools
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.trials import Outcome, Workshop

CHUNK = 20
"""Sites that a process builds before it tells of them."""
MEMORY = 3 << 30
"""Bytes that a process may ask for, so that a hog fails instead of the machine."""


@functools.cache
def _workshop(folder: str) -> Workshop:
    """This process's own workshop, below `folder`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    return Workshop(Path(folder) / str(os.getpid()))


def _tried(folder: str, seeds: range) -> list[tuple[int, Outcome]]:
    return [(seed, _workshop(folder).trial(seed)) for seed in seeds]


def _outcomes(first: int, count: int, processes: int) -> Iterator[tuple[int, Outcome]]:
    chunks = [range(n, min(n + CHUNK, first + count)) for n in range(first, first + count, CHUNK)]
    prefix = "folio-mutants-"
    with (
        tempfile.TemporaryDirectory(prefix=prefix) as folder,
        ProcessPoolExecutor(processes) as pool,
    ):
        for outcomes in pool.map(functools.partial(_tried, folder), chunks):
            yield from outcomes


def _show(seed: int, outcome: Outcome) -> None:
    print(f"\n--seed {seed}: {'; '.join(outcome.mutant.steps)}", flush=True)
    for fault in outcome.faults:
        print("  " + fault.strip().replace("\n", "\n  "))


def _run(first: int, count: int, processes: int) -> int:
    started, built, kinds, faulty = time.perf_counter(), 0, Counter[str](), 0
    for seed, outcome in _outcomes(first, count, processes):
        built += outcome.built
        faulty += bool(outcome.faults)
        kinds.update({p.kind for p in outcome.problems})
        if outcome.faults:
            _show(seed, outcome)
    seconds = time.perf_counter() - started
    print(
        f"\n{count} sites in {seconds:.0f} s: {built} built, {count - built} refused, {faulty} broke the law"
    )
    print(
        "problems by kind, in how many sites: "
        + ", ".join(f"{k} {n}" for k, n in kinds.most_common())
    )
    return 1 if faulty else 0


def _replay(seed: int) -> int:
    workshop = _workshop(tempfile.mkdtemp(prefix="folio-mutant-"))
    outcome = workshop.trial(seed)
    for problem in outcome.problems:
        print(f"{problem.place}: {problem.severity}: {problem.kind}: {problem.message}")
    _show(seed, outcome)
    print(f"\n{'built' if outcome.built else 'refused'}; the site is in {workshop.root}")
    return 1 if outcome.faults else 0


def main() -> int:
    """Read the command line, and run many or one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    return (
        _replay(given.seed)
        if given.seed is not None
        else _run(given.first, given.count, given.processes)
    )


if __name__ == "__main__":
    sys.exit(main())
