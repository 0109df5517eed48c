"""Work spread over the processor's cores, where there is enough of it to gain from.

The process forks when all is planned, so that each part begins with the whole model and sends
back only what it made. Outputs come in the order of the plan whoever filled them, and nothing
that one holds depends on another: the bytes are those of a single process. What has threads must
not fork, so the preview renders by itself.
"""

from __future__ import annotations

import gc
import os
import pickle
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from builder.render import Filled, Press, one_by_one

T = TypeVar("T")
Tell = Callable[[int], None]
"""Told how many outputs are done."""

WORTH = 200
"""Outputs below which a second process costs more than it brings."""


def spread(press: Press, paths: list[str], tell: Tell) -> Iterable[Filled]:
    """Fill outputs of the plan, in their order, on as many cores as there are."""
    cores = _cores() if len(paths) >= WORTH else 1
    if cores < 2:
        return one_by_one(press, paths, tell)
    gc.enable()  # of so much, some becomes garbage

    def tell_more(done: int) -> None:
        tell((len(paths) + done) // 2)

    # lists show bodies too: each is rendered once
    _on_each(press, press.prepare, paths, cores, lambda done: tell(done // 2))
    return _on_each(press, press.fill, paths, cores, tell_more)


def beside(work: Callable[[], T], size: int) -> Callable[[], T]:
    """Begin work in another process, if that many outputs are worth it; what is given waits for it.

    The work sees the site as it stands now. Where it cannot be done elsewhere, it is done when its
    result is asked for.
    """
    if size < WORTH or _cores() < 2:
        return work
    pid, source = _child(lambda: (work(),))

    def result() -> T:
        made: tuple[T] | None = _received(pid, source)
        return work() if made is None else made[0]

    return result


def _cores() -> int:
    """How many cores this process may use; one where it cannot or must not fork."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _on_each(
    press: Press, work: Callable[[str], T], paths: Sequence[str], cores: int, tell: Tell
) -> list[T]:
    """Do the work for every path, every `cores`-th in one process; results in the order of paths.

    What this process has done stands for what all have.
    """

    def part(n: int) -> list[T]:
        return [work(path) for path in paths[n::cores]]

    def own() -> Iterable[T]:
        for done in range(0, len(paths), cores):
            tell(done)
            yield work(paths[done])

    gc.freeze()  # what stands now is never looked at again, so that the processes share it
    press.kept.save()
    press.kept.read_on()
    children = [_child(partial(_sent, press, part, n)) for n in range(1, cores)]
    results: list[Any] = [None] * len(paths)
    results[0::cores] = own()
    for n, (pid, source) in enumerate(children, start=1):
        made, *kept = _received(pid, source) or (part(n), {}, ())
        results[n::cores] = made
        press.kept.take(*kept)
    gc.unfreeze()
    return results


def _sent(press: Press, part: Callable[[int], Any], n: int) -> Any:
    """What a process hands over: its part, and what of the kept results it could not write down."""
    added, used = set(press.kept.added), set(press.kept.used)
    made = part(n)
    press.kept.save()
    new = {key: data for key, data in press.kept.added.items() if key not in added}
    return made, new, press.kept.used - used


def _child(work: Callable[[], Any]) -> tuple[int, int]:
    """A process that does some work, and the end of the pipe that its result comes from."""
    source, target = os.pipe()
    if pid := os.fork():
        os.close(target)
        return pid, source
    status = 1
    with suppress(BaseException):  # whatever goes wrong here, the parent does the work itself
        gc.disable()
        os.close(source)
        with open(target, "wb") as file:
            pickle.dump(work(), file, 5)
        status = 0
    os._exit(status)


def _received(pid: int, source: int) -> Any:
    """What a child has made; None when it did not end well."""
    made = None
    with open(source, "rb") as file, suppress(Exception):
        made = pickle.load(file)
    _, status = os.waitpid(pid, 0)
    return made if status == 0 else None
