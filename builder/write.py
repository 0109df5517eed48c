"""Publishing: a complete site into an output folder, all of it or none.

What the disk already holds is compared and left alone; the rest goes through staging and a
journal (`journal.py`), so that a full disk, a killed process or a failed build leaves the last
good site. Only files in the folder's own list (`.folio.json`) are ever removed, and of those only
the ones that are still what was written.

Only bytes are published: files get the rights that the umask gives, not those of the file they
were copied from, and their times mean nothing.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from builder.ground import check_ground, refuse_link
from builder.journal import LOCK_WAIT, Journal, Removal, Step, commit, finish, locked, recover
from builder.naming import case_collisions, check_paths, folded, folders_of
from builder.problems import Place, Problems
from builder.refusals import tell_cannot_write, told
from builder.staging import (
    MANIFEST,
    Content,
    Desk,
    NotStanding,
    Standing,
    desk_for,
    digest_of,
    discard,
    files_in,
    held,
    holds_file,
    manifest_bytes,
    open_staging,
    shown,
    stage,
)

__all__ = ["Written", "case_collisions", "publish", "recover"]


class Written(NamedTuple):
    """How many files a publication touched."""

    written: int
    unchanged: int
    removed: int


class _Plan(msgspec.Struct, frozen=True):
    """What sets the disk apart from the new site."""

    right: dict[str, str]
    """Files that are already right, with their digests."""
    changed: list[str]
    clear: tuple[Removal, ...]
    prune: tuple[Removal, ...]


def publish(
    root: Path,
    out: Path,
    files: Mapping[str, Content],
    problems: Problems,
    *,
    step: Step = lambda name: None,
    because: Callable[[str, str], None] = lambda path, reason: None,
    wait: float = LOCK_WAIT,
) -> Written:
    """Make `out` hold exactly `files`, beside what strangers put there; all or nothing.

    `root` is the folder of `site.yaml`; the keys are paths relative to `out` with forward
    slashes. Whatever forbids it is added to `problems`, and `BuildFailed` is raised, as it is
    for errors met before: the folder is then as it was. Only if the disk refuses a rename when
    everything was staged (told as `half-published`) is it part old and part new, and the next
    build finishes it. `NotStanding` is raised, and nothing done, when a file that was
    to stand there does not. A file that was changed by hand and is no longer part of the site stays,
    with a warning.

    `step` is told each stage as it is reached; `because` each file that is touched, with the
    reason in a few words; `wait` is how many seconds another build of the
    same site is waited for.
    """
    problems.stop_on_errors()
    desk = desk_for(root, out)
    with told(problems, desk), locked(desk.state, wait):
        finish(desk, lambda name: None)
        listed = check_ground(desk, problems)
        if files.keys() != listed.keys():
            check_paths(files, problems)
        problems.stop_on_errors()
        plan = _compare(desk, listed, files, problems)
        problems.stop_on_errors()
        removed = sum(os.path.lexists(desk.out / r.path) for r in plan.clear + plan.prune)
        _say_why(plan, listed, because)
        if _differs(desk, plan):
            _replace(desk, files, plan, step)
    return Written(len(plan.changed), len(plan.right), removed)


def _say_why(plan: _Plan, listed: Container[str], because: Callable[[str, str], None]) -> None:
    for path in plan.changed:
        because(path, "its content has changed" if path in listed else "it was not there before")
    for removal in plan.clear + plan.prune:
        because(removal.path, "the site has no such file any more")


def _differs(desk: Desk, plan: _Plan) -> bool:
    if plan.changed or plan.clear or plan.prune:
        return True
    return held(str(desk.out / MANIFEST), manifest_bytes(plan.right)) is None


def _replace(desk: Desk, files: Mapping[str, Content], plan: _Plan, step: Step) -> None:
    try:
        staging = open_staging(desk)
        stage(staging, {path: files[path] for path in plan.changed}, plan.right, desk.lasting)
        step("staged")
        commit(desk, staging, Journal(clear=plan.clear, prune=plan.prune), step)
    except BaseException:
        if not desk.journal.exists():
            discard(desk)
        raise


# ---- comparing ------------------------------------------------------------------------------


def _compare(
    desk: Desk, listed: Mapping[str, str], files: Mapping[str, Content], problems: Problems
) -> _Plan:
    """Find what differs, and everything that stands in the way of making it right."""
    clear, prune = _removals(desk, listed, files, problems)
    refolded = {folded(removal.path) for removal in clear}
    if files.keys() == listed.keys():  # where nothing comes or goes, what stands is left alone
        written = [path for path, content in files.items() if not isinstance(content, Standing)]
        _check_folders(desk, written, written, problems)
    else:
        _check_folders(desk, listed, files, problems)
    right: dict[str, str] = {}
    changed: list[str] = []
    there = desk.out.exists()
    for path in sorted(files):
        stands = there and not (refolded and folded(path) in refolded)
        if not stands and isinstance(files[path], Standing):
            raise NotStanding(path)
        digest = held(f"{desk.out}/{path}", files[path]) if stands else None
        if digest:
            right[path] = digest
        else:
            changed.append(path)
            if stands:
                _check_place(desk, listed, path, problems)
    touched = [*changed, *(removal.path for removal in clear + prune)]
    _check_rights(desk, touched, problems)
    return _Plan(right, changed, clear, prune)


def _removals(
    desk: Desk, listed: Mapping[str, str], files: Mapping[str, Content], problems: Problems
) -> tuple[tuple[Removal, ...], tuple[Removal, ...]]:
    """What the new site lacks: the files in its way, and the others; changed ones are told."""
    gone = [Removal(path, listed[path]) for path in sorted(listed.keys() - files.keys())]
    if not gone:
        return (), ()
    names = set(map(folded, files))
    taken = names.union(map(folded, folders_of(files)))
    clear: list[Removal] = []
    prune: list[Removal] = []
    for removal in gone:
        key = folded(removal.path)
        in_the_way = key in taken or not names.isdisjoint(folders_of([key]))
        target = desk.out / removal.path
        if digest_of(target) != removal.digest and holds_file(target):
            _tell_changed(problems, shown(desk, target), in_the_way)
        else:
            (clear if in_the_way else prune).append(removal)
    return tuple(clear), tuple(prune)


def _tell_changed(problems: Problems, name: str, in_the_way: bool) -> None:
    tell = problems.error if in_the_way else problems.warning
    tell(
        "changed-by-hand",
        f"{name} is no longer part of the site, but was changed since Folio wrote it"
        + (", and the new site needs its place" if in_the_way else ", so it is left there"),
        Place(name),
        "keep what you changed elsewhere, and delete the file",
    )


def _check_folders(
    desk: Desk, listed: Collection[str], paths: Iterable[str], problems: Problems
) -> None:
    """Refuse links, and files that are not ours to clear, where the site has folders."""
    needed = set(folders_of(paths))
    for folder, is_link in _no_folders(desk.out, needed.union(folders_of(listed))):
        if is_link:
            refuse_link(
                problems, shown(desk, desk.out / folder), "remove the link, and build again"
            )
        elif folder in needed and folder not in listed:
            _tell_in_the_way(desk, folder, problems)


def _no_folders(out: Path, folders: set[str]) -> Iterator[tuple[str, bool]]:
    """Which of these paths are there and no true folders, in order, and whether they are links.

    Asked of the folder that holds them, all at once: of thousands each for itself takes long.
    """
    for above in sorted({folder.rpartition("/")[0] for folder in folders}):
        try:
            entries = sorted(os.scandir(out / above), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            path = f"{above}/{entry.name}" if above else entry.name
            if not entry.is_dir(follow_symlinks=False) and path in folders:
                yield path, entry.is_symlink()


def _check_place(desk: Desk, listed: Container[str], path: str, problems: Problems) -> None:
    """Refuse to write over a file, or into the place of a folder, that others filled."""
    try:
        mode = os.lstat(f"{desk.out}/{path}").st_mode
    except OSError:
        return
    for file in files_in(desk.out, path) if stat.S_ISDIR(mode) else (path,):
        if file not in listed:
            _tell_in_the_way(desk, file, problems)


def _tell_in_the_way(desk: Desk, path: str, problems: Problems) -> None:
    name = shown(desk, desk.out / path)
    problems.error(
        "file-in-the-way",
        f"{name} was not written by Folio, and the site needs its place",
        Place(name),
        "move it away; a file that belongs to the site may live in static/",
    )


def _check_rights(desk: Desk, paths: Iterable[str], problems: Problems) -> None:
    """Refuse before the first rename what the last one might not be allowed to do."""
    if not desk.out.exists():
        return
    touched: set[str] = set()
    for folder in {path.rpartition("/")[0] for path in paths}:
        while folder and not os.path.isdir(f"{desk.out}/{folder}"):
            folder = folder.rpartition("/")[0]
        touched.add(folder)
    for folder in sorted(touched):
        if not os.access(f"{desk.out}/{folder}", os.W_OK | os.X_OK):
            refused = PermissionError(errno.EACCES, "not writable")
            tell_cannot_write(problems, desk, shown(desk, desk.out / folder), refused)
