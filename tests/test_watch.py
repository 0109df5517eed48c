"""Which changes wake the preview, and how many builds a burst of them makes."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest
from watchdog.observers.api import BaseObserver

from builder import watch
from builder.watch import Watch, gather, matters
from tests.sites import make_site

FILES = {
    "content/index.md": "# Hello\n",
    "content/posts/one.md": "# One\n",
    "static/css/own.css": "p {}\n",
}


@pytest.mark.parametrize(
    "path",
    [
        "site.yaml",
        "content",
        "content/cv.yaml",
        "content/a/b c/Ü.md",
        "layouts/base.html",
        "static/x.css",
    ],
)
def test_what_the_site_is_made_from_matters(path: str) -> None:
    assert matters(path)


@pytest.mark.parametrize(
    "path",
    [
        "_site/index.html", ".folio/preview/index.html", "README.md", ".git/index", "..", "../content/x.md",
        "site.yaml~", "contents/x.md", "content/.index.md.swp", "content/4913", "content/index.md~",
        "content/#index.md#", "content/.#index.md", "content/.git/index", "content/.DS_Store",
        "content/~$cv.docx", "static/x.css.tmp", "static/__pycache__/x.pyc",
    ],
)  # fmt: skip
def test_what_lies_beside_it_or_is_scattered_does_not(path: str) -> None:
    assert not matters(path)


# ---- bursts -------------------------------------------------------------------------------------


def test_a_burst_is_gathered_once() -> None:
    heard: SimpleQueue[str] = SimpleQueue()
    for name in "abca":
        heard.put(name)
    assert gather(heard, quiet=lambda: 0.01, longest=1) == {"a", "b", "c"}
    assert heard.empty()


def test_what_follows_within_the_quiet_time_belongs_to_the_burst() -> None:
    heard: SimpleQueue[str] = SimpleQueue()
    heard.put("first")
    threading.Timer(0.02, heard.put, ("second",)).start()
    assert gather(heard, quiet=lambda: 0.3, longest=5) == {"first", "second"}


def test_a_steady_stream_is_let_through_now_and_then() -> None:
    heard: SimpleQueue[str] = SimpleQueue()
    done = threading.Event()

    def stream() -> None:
        while not done.wait(0.002):
            heard.put("again")

    thread = threading.Thread(target=stream)
    thread.start()
    try:
        for _ in range(3):
            started = time.monotonic()
            assert gather(heard, quiet=lambda: 5, longest=0.1) == {"again"}
            assert time.monotonic() - started < 2
    finally:
        done.set()
        thread.join()


# ---- a real watch -------------------------------------------------------------------------------


class Listener:
    """A watch, and the batches that came of it."""

    def __init__(self, root: Path, poll: bool) -> None:
        self.root = root
        self.watch = Watch(root, poll)
        self.batches: SimpleQueue[list[str]] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            self.batches.put(self.watch.wait())

    def hears(self, *paths: str) -> None:
        """Wait until one of the paths is told, however many batches it takes."""
        told: set[str] = set()
        while told.isdisjoint(paths):
            told.update(self.batches.get(timeout=10))

    def settle(self) -> list[list[str]]:
        """The batches up to one that a file of our own ends."""
        (self.root / "content" / "end.md").write_text(str(time.monotonic_ns()))
        found: list[list[str]] = []
        while not found or "content/end.md" not in found[-1]:
            found.append(self.batches.get(timeout=10))
        time.sleep(0.1)
        while not self.batches.empty():
            found.append(self.batches.get())
        return found


@pytest.fixture(params=[False, True], ids=["notices", "polling"])
def listener(
    tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Listener]:
    monkeypatch.setattr(watch, "POLL_EVERY", 0.05)
    listening = Listener(make_site(tmp_path, FILES).root, request.param)
    assert listening.watch.polling is request.param
    yield listening
    listening.watch.close()


def write(root: Path) -> None:
    (root / "content/index.md").write_text("# Hello again\n")


def save_by_rename(root: Path) -> None:
    (root / "content/.index.md.tmp").write_text("# Hello again\n")
    os.replace(root / "content/.index.md.tmp", root / "content/index.md")


def save_with_backup(root: Path) -> None:
    os.rename(root / "content/index.md", root / "content/index.md~")
    (root / "content/index.md").write_text("# Hello again\n")
    os.remove(root / "content/index.md~")


def remove(root: Path) -> None:
    (root / "content/index.md").unlink()


@pytest.mark.parametrize("change", [write, save_by_rename, save_with_backup, remove])
def test_every_way_of_saving_is_heard(listener: Listener, change: Callable[[Path], None]) -> None:
    change(listener.root)
    listener.hears("content/index.md")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_files_and_folders_that_come_and_go_are_heard(listener: Listener) -> None:
    root = listener.root
    (root / "content/new.md").write_text("# New\n")
    listener.hears("content/new.md")
    (root / "content/a/b").mkdir(parents=True)
    (root / "content/a/b/deep.md").write_text("# Deep\n")
    listener.hears("content/a/b/deep.md")
    os.rename(root / "content/a", root / "content/c")
    listener.hears(
        "content/c/b/deep.md", "content"
    )  # the folder, when watchdog's thread died of it
    (root / "content/c/b/deep.md").write_text("# Deeper\n")
    listener.hears("content/c/b/deep.md")
    shutil.rmtree(root / "content/posts")
    listener.hears("content/posts/one.md")


def test_settings_and_styles_are_heard(listener: Listener) -> None:
    (listener.root / "new.yaml").write_text("title: Other\n")
    os.replace(listener.root / "new.yaml", listener.root / "site.yaml")
    listener.hears("site.yaml")
    (listener.root / "static/css/own.css").write_text("p { color: red }\n")
    listener.hears("static/css/own.css")


def test_a_watched_folder_may_come_late_and_be_replaced(listener: Listener) -> None:
    root = listener.root
    (root / "layouts").mkdir()
    listener.hears("layouts")
    (root / "layouts/page.html").write_text("x")
    listener.hears("layouts/page.html")
    os.rename(root / "content", root / "old")
    make_site(root, FILES)
    listener.hears("content")
    listener.settle()
    write(root)
    listener.hears("content/index.md")
    (root / "old/index.md").write_text("not the site's any more")
    assert listener.settle() == [["content/end.md"]]


def test_what_is_scattered_written_beside_or_only_read_is_not_heard(listener: Listener) -> None:
    root = listener.root
    (root / "content/.index.md.swp").write_text("x")
    (root / "content/index.md~").write_text("x")
    (root / "_site").mkdir()
    (root / "_site/index.html").write_text("x")
    (root / "notes.txt").write_text("x")
    for file in root.rglob("*"):
        if file.is_file():
            file.read_bytes()
    assert listener.settle() == [["content/end.md"]]


def test_a_burst_of_saves_is_one_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "AT_ONCE", 0.3)
    monkeypatch.setattr(watch, "LONGEST", 20)
    listening = Listener(make_site(tmp_path, FILES).root, poll=False)
    for n in range(200):
        (listening.root / f"content/{n}.md").write_text("x")
    assert [len(batch) for batch in listening.settle()] == [201]
    listening.watch.close()


def test_content_may_be_a_link(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site", {"real/index.md": "# Hello\n"}).root
    (root / "content").symlink_to(root / "real", target_is_directory=True)
    listening = Listener(root, poll=False)
    (root / "real/index.md").write_text("# Hello again\n")
    listening.hears("content/index.md")
    listening.watch.close()


def test_looking_at_files_sees_what_is_behind_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "POLL_EVERY", 0.05)
    root = make_site(
        tmp_path, {**FILES, "shared/cv.yaml": "cv:\n", "shared/notes/a.md": "a\n"}
    ).root
    (root / "content/cv.yaml").symlink_to(root / "shared/cv.yaml")
    (root / "content/notes").symlink_to(root / "shared/notes", target_is_directory=True)
    listening = Listener(root, poll=True)
    (root / "shared/cv.yaml").write_text("cv: {name: Ada}\n")
    listening.hears("content/cv.yaml")
    (root / "shared/notes/a.md").write_text("other\n")
    listening.hears("content/notes/a.md")
    listening.watch.close()


# ---- where the system refuses -------------------------------------------------------------------


def test_where_the_system_refuses_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> BaseObserver:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watch, "Observer", refuse)
    monkeypatch.setattr(watch, "POLL_EVERY", 0.05)
    listening = Listener(make_site(tmp_path, FILES).root, poll=False)
    assert listening.watch.polling
    write(listening.root)
    listening.hears("content/index.md")
    listening.watch.close()


def test_a_watch_that_went_deaf_listens_anew(listener: Listener) -> None:
    for emitter in list(listener.watch._observer.emitters):
        emitter.stop()
    listener.hears("content")
    (listener.root / "content/index.md").write_text("# Again\n")
    listener.hears("content/index.md")


def test_in_silence_it_is_asked_now_and_then_what_was_not_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.02)
    root = make_site(tmp_path, FILES).root
    answers = iter([["content/lost.md"], [], [], ["content/late.md"]])
    watching = Watch(root)
    assert watching.wait(lambda: next(answers)) == ["content/lost.md"]
    assert watching.wait(lambda: next(answers)) == ["content/late.md"]
    write(root)
    assert watching.wait(lambda: next(answers, [])) == ["content/index.md"]
    watching.close()


def test_where_notices_get_lost_for_want_of_watches_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 0.02)
    monkeypatch.setattr(watch, "POLL_EVERY", 0.05)
    watching = Watch(make_site(tmp_path, FILES).root)
    assert not watching.polling

    def refuse() -> BaseObserver:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watch, "Observer", refuse)
    assert watching.wait(lambda: ["content/new/lost.md"]) == ["content/new/lost.md"]
    assert (watching.polling, watching.refused) == (True, True)
    write(tmp_path)
    assert watching.wait() == ["content/index.md"]
    watching.close()


def test_a_site_that_is_moved_away_for_a_moment_is_watched_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = Listener(make_site(tmp_path / "site", FILES).root, poll=False)
    os.rename(tmp_path / "site", tmp_path / "away")
    listening.watch._listen_anew()
    os.rename(tmp_path / "away", tmp_path / "site")
    write(listening.root)
    listening.hears("content/index.md")
    assert not listening.watch.polling
    listening.watch.close()
