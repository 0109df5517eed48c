"""Many processes make what one makes, byte for byte, and tell it in the same order."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

import pytest

from builder import cores
from builder.build import build
from builder.cores import spread
from builder.problems import Problems
from builder.render import Filled, Press
from builder.run import Options
from tests.changes import begin
from tests.test_ledger import held

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes to fork here")


def made(root: Path, shared: bool) -> tuple[dict[str, bytes], list[str]]:
    problems = Problems()
    options = Options(out=str(root / f"out-{shared}"), fresh=True)
    if shared:
        build(root, options, problems, fill=spread)
    else:
        build(root, options, problems)
    return held(Path(options.out)), [str(problem) for problem in problems]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    begin(tmp_path)
    for n in range(9):
        text = f"---\ntitle: Page {n}\n---\n\n[dead](none{n}.md)\n\n```python\nx = {n}\n```\n\n```nolang\n```\n"
        (tmp_path / f"content/page{n}.md").write_text(text, "utf-8")
    monkeypatch.setattr(cores, "WORTH", 1)
    monkeypatch.setattr(cores, "_cores", lambda: 3)
    return tmp_path


def test_three_processes_make_what_one_makes(site: Path) -> None:
    one, three = made(site, False), made(site, True)
    assert len(one[1]) > 9
    assert one == three


def test_the_part_of_a_process_that_dies_is_done_all_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, parent = made(site, False), os.getpid()
    fill = Press.fill

    def dies(press: Press, path: str) -> Filled:
        if os.getpid() != parent and "page" in path:
            os._exit(9)
        return fill(press, path)

    monkeypatch.setattr(Press, "fill", dies)
    assert made(site, True) == one


def test_progress_is_steady_though_the_work_is_shared(site: Path) -> None:
    told: list[tuple[int, int]] = []
    problems = Problems()
    build(
        site,
        Options(fresh=True),
        problems,
        lambda _, done, all: told.append((done, all)),
        fill=spread,
    )
    shares = [done / all for done, all in told]
    assert shares == sorted(shares)
    assert max(after - before for before, after in itertools.pairwise(shares)) < 0.1
    assert shares[-1] > 0.9


def test_what_has_threads_does_not_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert cores._cores() == 1


def test_an_account_made_beside_publishing_is_that_of_one_process(site: Path) -> None:
    accounts = []
    for done in (cores.beside, None):
        named = {"beside": done} if done else {}
        build(site, Options(), Problems(), **named)  # type: ignore[arg-type]
        accounts.append(
            {f.name: f.read_bytes() for f in (site / ".folio").glob("*-*") if f.is_file()}
        )
        report = build(site, Options(), Problems())
        assert report.why == ()
        shutil.rmtree(site / ".folio")
        shutil.rmtree(site / "_site")
    assert {name.partition("-")[0] for name in accounts[0]} == {"ledger", "model"}
    assert accounts[0] == accounts[1]


def test_work_beside_that_dies_is_done_when_asked_for(site: Path) -> None:
    parent = os.getpid()
    asked = cores.beside(lambda: b"done" if os.getpid() == parent else os._exit(9), 10)
    assert asked() == b"done"


def test_in_a_small_site_nothing_is_done_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "_child", lambda work: pytest.fail("a process was made"))
    assert cores.beside(lambda: 7, cores.WORTH - 1)() == 7
