"""Which changes of a site's folder matter, and when they have settled enough to build.

The preview rests on two promises made here: what an author saves is never missed, and what
nobody saved (an editor's swap file, the output itself, our own reading) never wakes it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from builder.config import SITE_FILE
from builder.sources.tree import is_scattered

FOLDERS = ("content", "layouts", "static")
"""The folders that a site is made from; each may be absent, come later, or be a link."""
AT_ONCE = 0.008
"""Seconds without a change after which a save that comes out of stillness is whole."""
QUIET = 0.03
"""Seconds without a change after which a burst of saves is over."""
LONGEST = 0.5
"""Seconds after which even a steady stream of changes is built."""
PATIENCE = 1.0
"""Seconds of silence after which it is asked whether anyone still listens."""
LOOK_EVERY = 10
"""So many silences lie between two looks for what was not heard; the first silence has one too."""
POLL_EVERY = 0.5
"""Seconds between two looks at the files where the system does not tell of changes."""

_TOLD = ("Created", "Modified", "Moved", "Deleted", "Closed", "Attrib")
_EVENTS = [
    getattr(events, name)
    for name in (*(f"File{n}Event" for n in _TOLD), *(f"Dir{n}Event" for n in _TOLD))
    if hasattr(events, name) and name != "DirModifiedEvent"
]
"""Opening and reading are not among them: a build that reads would call for the next."""


def matters(path: str) -> bool:
    """Whether a change at a path, relative to the site's folder, may change the site."""
    parts = path.split("/")
    return parts[0] in (SITE_FILE, *FOLDERS) and not any(map(is_scattered, parts))


def gather(
    heard: SimpleQueue[str],
    quiet: Callable[[], float],
    longest: float,
    patience: float | None = None,
) -> set[str]:
    """Wait for a path, and for those that follow it, each within `quiet` seconds of the last.

    Ends `longest` seconds after the first at the latest; what comes later waits in `heard`.
    Raises Empty when nothing comes for `patience` seconds.
    """
    paths = {heard.get(timeout=patience)}
    end, pause = time.monotonic() + longest, quiet()
    with suppress(Empty):
        while (left := end - time.monotonic()) > 0:
            paths.add(heard.get(timeout=min(pause, left)))
    return paths


class Watch:
    """Hears every change that matters from the moment it is made until it is closed.

    Folders of the site are watched each for itself, so that no watch is spent on `.git`,
    `node_modules` or the output. The system's own notices are used where it has any to give;
    where it refuses (Linux counts watches, and runs out), files are looked at again and again.
    """

    polling: bool
    """Whether files are looked at, by request or because the system refused."""
    refused: bool = False
    """Whether the system refused."""

    def __init__(self, root: Path, poll: bool = False) -> None:
        self._root, self.polling = root, poll
        self._heard: SimpleQueue[str] = SimpleQueue()
        self._last = 0.0
        self._observer = self._listen()

    def wait(self, unheard: Callable[[], list[str]] = list) -> list[str]:
        """The next paths that changed, relative to the site's folder; waits until they settle.

        In the first silence, and now and then, it is asked what changed `unheard`: systems drop
        notices when too many come at once, and have none for what lies behind a link.
        """
        paths, silences, lost = self._gathered(), 0, False
        while not paths:
            if self._deaf():
                paths = set(FOLDERS)
            elif silences % LOOK_EVERY == 0:
                paths = set(unheard())
                lost = bool(paths)
            paths = paths or self._gathered()
            silences += 1
        if lost or not paths.isdisjoint(FOLDERS):
            self._listen_anew()
        self._last = time.monotonic()
        return sorted(paths)

    def _gathered(self) -> set[str]:
        with suppress(Empty):
            return gather(self._heard, self._quiet, LONGEST, PATIENCE)
        return set()

    def _quiet(self) -> float:
        """How long to wait for more: hardly at all when nothing has come for a while."""
        return AT_ONCE if time.monotonic() - self._last > LONGEST else QUIET

    def _deaf(self) -> bool:
        """Whether a thread that listens has died, as watchdog's may where folders move under it."""
        return not all(emitter.is_alive() for emitter in self._observer.emitters)

    def close(self) -> None:
        """Hear nothing more."""
        self._observer.stop()

    def _listen_anew(self) -> None:
        """A folder that came, went or was replaced is another folder to the system."""
        with suppress(OSError):  # the site's own folder is gone: there is nothing to listen to
            before, self._observer = self._observer, self._listen()
            before.stop()

    def _listen(self) -> BaseObserver:
        if not self.polling:
            try:
                return _observe(Observer(), self._root, self._heard)
            except OSError:
                if not self._root.is_dir():
                    raise
                self.polling = self.refused = True
        return _observe(PollingObserver(timeout=POLL_EVERY), self._root, self._heard)


def _observe(observer: BaseObserver, root: Path, heard: SimpleQueue[str]) -> BaseObserver:
    """Start an observer; raises OSError where the system cannot watch all there is.

    The root comes last: a limit met somewhere within a folder goes unsaid there, and is met again
    here.
    """
    observer.start()
    try:
        for name in FOLDERS:
            with suppress(FileNotFoundError, NotADirectoryError):
                _schedule(observer, root / name, name, heard, recursive=True)
        _schedule(observer, root, "", heard, recursive=False)
    except OSError:
        observer.stop()
        raise
    return observer


def _schedule(
    observer: BaseObserver, folder: Path, name: str, heard: SimpleQueue[str], *, recursive: bool
) -> None:
    real = os.path.realpath(folder)
    if not os.path.isdir(real):
        raise NotADirectoryError(real)
    observer.schedule(_Ear(real, name, heard), real, recursive=recursive, event_filter=_EVENTS)


class _Ear(events.FileSystemEventHandler):
    """Passes on the paths of one watched folder that matter."""

    def __init__(self, folder: str, name: str, heard: SimpleQueue[str]) -> None:
        self._folder, self._name, self._heard = folder, name, heard

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            inside = os.path.relpath(os.fsdecode(path), self._folder) if path else ".."
            shown = Path(self._name, inside).as_posix()
            if matters(shown):
                self._heard.put(shown)
