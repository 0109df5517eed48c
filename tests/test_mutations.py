"""Never a traceback, never part of a site: whatever has gone wrong with the sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mutations import base, mutant
from tests.trials import Outcome, Workshop

CHUNKS, CHUNK = 30, 10
"""Mutated sites: so many tests of so many each. `bench/mutate.py` runs as many as one likes."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("mutants"))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_site_gone_wrong_is_built_whole_or_refused_whole(workshop: Workshop, chunk: int) -> None:
    outcomes = {seed: workshop.trial(seed) for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK)}
    assert not list(_broken(outcomes)), "\n\n".join(_broken(outcomes))


def _broken(outcomes: dict[int, Outcome]) -> Iterator[str]:
    for seed, outcome in outcomes.items():
        if outcome.faults:
            done, found = "; ".join(outcome.mutant.steps), "\n".join(outcome.faults)
            yield f"python bench/mutate.py --seed {seed}  ({done})\n{found}"


def test_a_number_gives_the_same_site_each_time() -> None:
    good = base()
    assert len(good) > 20
    assert mutant(good, 7) == mutant(good, 7)
    assert len({repr(mutant(good, seed).files) for seed in range(50)}) == 50


def test_mutations_spoil_enough_sites_and_not_all(workshop: Workshop) -> None:
    built = [workshop.trial(seed).built for seed in range(10_000, 10_020)]
    assert {True, False} == set(built)


def test_the_good_site_is_built_and_told_of_what_is_wrong_in_it(workshop: Workshop) -> None:
    assert (workshop.kept / "index.html").is_file()
    assert (workshop.kept / "publications" / "noether1918" / "index.html").is_file()
    assert {p.kind for p in workshop.problems} >= {"bibtex-missing-comma", "bibtex-duplicate-key"}
    assert not workshop.problems.errors
