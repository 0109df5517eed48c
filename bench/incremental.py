"""Incremental equals clean, over many sequences of changes: what the tests try, for longer.

    python -m bench.incremental [SEQUENCES] [--from SEED] [--steps 6]

Each sequence has a seed of its own; a failing one is printed, and the status is then 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from pathlib import Path
from random import Random

from builder.memory import Recall
from tests.changes import CHANGES, begin
from tests.test_ledger import assert_same


def sequence(seed: int, steps: int) -> list[str]:
    """Run one sequence to its end or to the first difference; what was done, for the report."""
    chance, done = Random(seed), ["at first"]
    recall = Recall() if seed % 2 else None  # as the preview builds, and as the command does
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        begin(root)
        assert_same(root, done[0], recall)
        for _ in range(chance.randint(1, steps)):
            change, own = chance.choice(CHANGES), chance.randint(0, 9999)
            change(root, Random(own))
            done.append(f"{change.__name__} {own}")
            assert_same(root, " > ".join(done), recall)
    return done


def main() -> None:
    """Run sequences; tell how many steps were compared."""
    wish = argparse.ArgumentParser(description="Incremental equals clean.")
    wish.add_argument("sequences", nargs="?", type=int, default=500)
    wish.add_argument("--from", dest="first", type=int, default=0)
    wish.add_argument("--steps", type=int, default=6)
    asked = wish.parse_args()
    compared = failed = 0
    for seed in range(asked.first, asked.first + asked.sequences):
        try:
            compared += len(sequence(seed, asked.steps))
        except Exception:
            failed += 1
            print(f"sequence {seed}:\n{traceback.format_exc(limit=-3)[:3000]}", flush=True)
    print(f"{asked.sequences} sequences, {compared} builds compared, {failed} sequences failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
