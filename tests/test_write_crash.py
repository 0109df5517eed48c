"""Publishing, killed at any moment: no file is ever cut short, and the next run sets it right."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.problems import FolioError, Problems
from builder.write import Written, publish, recover
from tests.test_write import Site, contents, in_child, leftovers, listed, put

Publish = Callable[[Callable[[str], None]], object]

OLD: Site = {
    "index.html": b"old home",
    "cv/index.html": b"cv",
    "folder/a": b"a",
    "folder/b/c": b"c",
    "file": b"file",
    "gone/index.html": b"gone",
    "papers/x.html": b"old x",
    "papers/z.html": b"old z",
}
NEW: Site = {
    "index.html": b"new home",
    "cv/index.html": b"cv",
    "folder": b"now a file",
    "file/index.html": b"now a folder",
    "papers/x.html": b"new x",
    "papers/y.html": b"new y",
    "talks/a/index.html": b"talk",
    "talks/b/index.html": b"talk",
}


def steps_of(work: Publish) -> list[str]:
    """The stages that a run tells."""
    steps: list[str] = []
    work(steps.append)
    return steps


def kill_at(name: str, work: Publish) -> None:
    """Run in a process that is killed at a stage."""

    def kill(step: str) -> None:
        if step == name:
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(lambda: [work(kill)] and "survived") is None, f"{name} was never reached"


def publishing(root: Path, out: Path, site: Site) -> Publish:
    return lambda step: publish(root, out, site, Problems(), step=step)


def recovering(root: Path, out: Path) -> Publish:
    return lambda step: recover(root, out, step=step)


def assert_whole(out: Path, old: Site, new: Site) -> None:
    """Every file there holds the old or the new bytes of its path."""
    for path, content in contents(out).items() if out.is_dir() else ():
        if not path.startswith(".folio-staging-"):
            assert content in (old.get(path), new.get(path)), path


def assert_settled(root: Path, out: Path, site: Site) -> None:
    """The folder is exactly this site, and knows it."""
    assert contents(out) == site
    assert listed(out) == sorted(site)
    assert leftovers(root, out) == []


@pytest.fixture(params=["within", "elsewhere"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """A site's folder and its output folder, staged in `.folio/` and in the output folder."""
    root = tmp_path / "site"
    root.mkdir()
    return root, root / "_site" if request.param == "within" else tmp_path / "www"


# ---- at each stage --------------------------------------------------------------------------


def test_a_kill_at_each_stage(place: tuple[Path, Path]) -> None:
    root, out = place
    put(root, OLD, out)
    steps = steps_of(publishing(root, out, NEW))
    assert len(steps) > 8
    assert [s for s in steps if not s.startswith("renamed")] == (
        ["staged", "drafted", "journal", "cleared", "pruned", "manifest", "done"]
    )
    for step in steps:
        put(root, OLD, out)
        kill_at(step, publishing(root, out, NEW))
        assert_whole(out, OLD, NEW)
        assert recover(root, out) is (step not in ("staged", "drafted", "done"))
        assert_settled(root, out, OLD if step in ("staged", "drafted") else NEW)


def test_the_next_build_needs_no_separate_recovery(place: tuple[Path, Path]) -> None:
    root, out = place
    put(root, OLD, out)
    for step in steps_of(publishing(root, out, NEW)):
        for after in (OLD, NEW, {}):
            put(root, OLD, out)
            kill_at(step, publishing(root, out, NEW))
            put(root, after, out)
            assert_settled(root, out, after)


def test_a_kill_at_each_stage_of_the_first_publication(place: tuple[Path, Path]) -> None:
    root, out = place
    steps = steps_of(publishing(root, out, NEW))
    for step in steps:
        shutil.rmtree(out)
        shutil.rmtree(root / ".folio")
        kill_at(step, publishing(root, out, NEW))
        assert_whole(out, {}, NEW)
        assert recover(root, out) is (step not in ("staged", "drafted", "done"))
        if step in ("staged", "drafted"):
            assert not out.exists() or not any(out.iterdir())
        else:
            assert_settled(root, out, NEW)
        put(root, NEW, out)
        assert_settled(root, out, NEW)


def test_a_first_site_appears_at_once(tmp_path: Path) -> None:
    kill_at("renamed:0", publishing(tmp_path, tmp_path / "_site", NEW))
    assert contents(tmp_path / "_site") == NEW


def test_a_kill_at_each_stage_of_the_recovery(place: tuple[Path, Path]) -> None:
    root, out = place
    put(root, OLD, out)
    kill_at("journal", publishing(root, out, NEW))
    steps = steps_of(recovering(root, out))
    assert len(steps) > 8
    for step in steps:
        put(root, OLD, out)
        kill_at("journal", publishing(root, out, NEW))
        kill_at(step, recovering(root, out))
        assert_whole(out, OLD, NEW)
        recover(root, out)
        assert_settled(root, out, NEW)


def test_a_recovery_killed_again_and_again(place: tuple[Path, Path]) -> None:
    root, out = place
    put(root, OLD, out)
    kill_at("journal", publishing(root, out, NEW))
    for _ in range(4):
        kill_at("renamed:0", recovering(root, out))
        assert_whole(out, OLD, NEW)
    assert recover(root, out) is True
    assert_settled(root, out, NEW)


# ---- at any moment --------------------------------------------------------------------------

KILLS = 50


def many(version: str, numbers: range) -> Site:
    return {f"{n % 7}/{n}/index.html": f"{version} {n} ".encode() * 4_000 for n in numbers}


def kill_after(delay: float, name: str, work: Publish) -> bool:
    """Run in a process that is killed from outside, some seconds after a stage began.

    Says whether it was killed in time.
    """
    reading, writing = os.pipe()

    def say(step: str) -> None:
        if step == name:
            os.write(writing, b"!")

    def run() -> str:
        say("begun")
        work(say)
        return "survived"

    def kill(pid: int) -> None:
        os.read(reading, 1)
        time.sleep(delay)
        os.kill(pid, signal.SIGKILL)

    try:
        return in_child(run, kill) is None
    finally:
        os.close(reading)
        os.close(writing)


def test_kills_from_outside_at_random_moments(tmp_path: Path) -> None:
    root, out = tmp_path, tmp_path / "_site"
    old, new = many("old", range(40)), many("new", range(10, 50))
    reached = {}
    put(root, old)
    begun = time.perf_counter()
    publishing(root, out, new)(lambda name: reached.update({name: time.perf_counter() - begun}))
    spans = {"begun": reached["journal"], "journal": reached["done"] - reached["journal"]}
    chance = random.Random(2026)
    killed, mixed, after = 0, 0, []
    for number in range(KILLS):
        stage = "journal" if number % 2 else "begun"
        put(root, old)
        killed += kill_after(chance.uniform(0, spans[stage]), stage, publishing(root, out, new))
        assert_whole(out, old, new)
        mixed += contents(out) not in (old, new)
        recover(root, out)
        assert contents(out) in (old, new)
        after.append(contents(out) == new)
        assert_settled(root, out, new if after[-1] else old)
    assert killed >= KILLS // 3, "the kills came too late to test anything"
    assert mixed, "no kill came between two renames"
    assert any(after)
    assert not all(after)


# ---- what else a dead run may leave ---------------------------------------------------------


def test_without_leftovers_recovery_touches_nothing(tmp_path: Path) -> None:
    assert recover(tmp_path, tmp_path / "_site") is False
    assert list(tmp_path.iterdir()) == []


def journal_of(root: Path) -> Path:
    [journal] = root.glob(".folio/journal-*.json")
    return journal


@pytest.mark.parametrize("keep", [0, 1, 40, -1])
def test_a_journal_cut_short_was_never_one(place: tuple[Path, Path], keep: int) -> None:
    root, out = place
    put(root, OLD, out)
    kill_at("journal", publishing(root, out, NEW))
    journal_of(root).write_bytes(journal_of(root).read_bytes()[:keep])
    assert recover(root, out) is False
    assert_settled(root, out, OLD)


def test_staging_without_a_journal_is_discarded(place: tuple[Path, Path]) -> None:
    root, out = place
    put(root, OLD, out)
    kill_at("staged", publishing(root, out, NEW))
    assert leftovers(root, out)
    assert recover(root, out) is False
    assert_settled(root, out, OLD)


def test_the_state_folder_may_be_deleted_after_a_kill(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    put(tmp_path, OLD)
    kill_at("renamed:3", publishing(tmp_path, out, NEW))
    shutil.rmtree(tmp_path / ".folio")
    put(tmp_path, NEW)
    assert contents(out) == NEW


def test_a_journal_waits_for_its_own_output_folder(tmp_path: Path) -> None:
    put(tmp_path, OLD)
    kill_at("journal", publishing(tmp_path, tmp_path / "_site", NEW))
    put(tmp_path, OLD, tmp_path / "_other")
    assert contents(tmp_path / "_site") == OLD
    assert recover(tmp_path, tmp_path / "_site") is True
    assert_settled(tmp_path, tmp_path / "_site", NEW)


def test_a_journal_outlives_a_move_of_the_whole_site(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    put(before, OLD)
    kill_at("renamed:1", publishing(before, before / "_site", NEW))
    before.rename(after)
    assert recover(after, after / "_site") is True
    assert_settled(after, after / "_site", NEW)


def test_a_staged_file_that_a_power_cut_emptied_is_not_published(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    put(tmp_path, OLD)
    kill_at("journal", publishing(tmp_path, out, NEW))
    [staging] = tmp_path.glob(".folio/staging-*")
    for name in ("index.html", "papers/y.html"):
        (staging / "site" / name).write_bytes(b"")
    recover(tmp_path, out)
    assert_whole(out, OLD, NEW)
    assert contents(out)["papers/x.html"] == b"new x"
    assert put(tmp_path, NEW) == Written(2, 6, 0)
    assert_settled(tmp_path, out, NEW)


def test_what_the_author_did_meanwhile_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    put(tmp_path, OLD)
    kill_at("journal", publishing(tmp_path, out, NEW))
    (out / "gone/index.html").write_bytes(b"by hand")
    (out / "talks").mkdir()
    (out / "talks/mine").write_bytes(b"mine")
    recover(tmp_path, out)
    kept = {"gone/index.html": b"by hand", "talks/mine": b"mine"}
    assert contents(out) == NEW | kept


@pytest.mark.parametrize("path", ["../thesis.tex", "link/thesis.tex"])
def test_a_forged_journal_removes_nothing_outside(tmp_path: Path, path: str) -> None:
    root, out = tmp_path / "site", tmp_path / "site/_site"
    root.mkdir()
    put(root, OLD)
    kill_at("journal", publishing(root, out, NEW))
    forged = json.loads(journal_of(root).read_bytes())
    [[_, digest]] = [entry for entry in forged["prune"] if entry[0] == "gone/index.html"]
    forged["prune"].append([path, digest])
    journal_of(root).write_text(json.dumps(forged))
    (root / "thesis.tex").write_bytes(OLD["gone/index.html"])
    (out / "link").symlink_to(root)
    recover(root, out)
    assert (root / "thesis.tex").exists()


def test_a_forged_journal_writes_nothing_through_a_link(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "site/_site"
    root.mkdir()
    put(root, OLD)
    kill_at("journal", publishing(root, out, NEW))
    home = tmp_path / "home"
    out.rename(home)
    out.symlink_to(home)
    assert recover(root, out) is False
    assert contents(home) == OLD


@pytest.mark.parametrize("link", ["", "site", "site/papers", "site/index.html"])
def test_a_forged_staging_folder_takes_nothing_from_elsewhere(tmp_path: Path, link: str) -> None:
    root, out, home = tmp_path / "root", tmp_path / "root/_site", tmp_path / "home"
    root.mkdir()
    put(root, OLD)
    kill_at("journal", publishing(root, out, NEW))
    [staging] = root.glob(".folio/staging-*")
    (staging / link).rename(home)
    (staging / link).symlink_to(home)
    before = contents(home) if home.is_dir() else home.read_bytes()
    recover(root, out)
    assert before == (contents(home) if home.is_dir() else home.read_bytes())
    assert not any(path.is_symlink() for path in out.rglob("*"))


def test_a_recovery_writes_nothing_through_a_linked_folder(tmp_path: Path) -> None:
    root, out = tmp_path / "site", tmp_path / "site/_site"
    root.mkdir()
    put(root, OLD)
    kill_at("journal", publishing(root, out, NEW))
    (out / "papers").rename(tmp_path / "papers")
    (out / "papers").symlink_to(tmp_path / "papers")
    with pytest.raises(FolioError, match="Not a directory"):
        recover(root, out)
    assert contents(tmp_path / "papers") == {"x.html": b"old x", "z.html": b"old z"}


def test_a_recovery_that_the_disk_refuses_is_told(tmp_path: Path) -> None:
    out = tmp_path / "_site"
    put(tmp_path, OLD)
    kill_at("journal", publishing(tmp_path, out, NEW))
    (out / "index.html").unlink()
    (out / "index.html/mine").mkdir(parents=True)
    (out / "index.html/mine/file").touch()
    with pytest.raises(FolioError, match=r"stopped halfway, and .*_site cannot be completed"):
        recover(tmp_path, out)
    shutil.rmtree(out / "index.html")
    recover(tmp_path, out)
    assert_settled(tmp_path, out, NEW)
