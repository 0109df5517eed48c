"""What publishing asks of the disk: names it can hold, bytes it holds, room for what is new.

    .folio/                      the site's own folder for what may be deleted, beside `site.yaml`
    .folio-<out>/                the same beside the output folder, when the site may only be read
    .folio/staging-<key>/        `site/` to be renamed into place, and the next `.folio.json`
    <out>/.folio-staging-<key>/  the same, where renames from `.folio/` would not do
    <out>/.folio.json            what was written, with digests

A file is staged under the path it will have, so that whatever a disk may refuse (room, a name,
a length, a right) it refuses here, before anything in the output folder is touched.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import msgspec

from builder.naming import STATE_FOLDER, any_leads_out

Sign = tuple[int, int, int, int]
"""Size, times of change in nanoseconds, number: what tells one writing of a file from the next."""


def sign_of(path: str, through: bool = False) -> Sign | None:
    """The sign of a file, or `through` a link that of what it leads to; None when there is none."""
    try:
        found = os.stat(path) if through else os.lstat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


class Standing(msgspec.Struct, frozen=True):
    """What the output folder holds already, as the account of an earlier build has it."""

    digest: str
    sign: Sign | None = None
    """What the system said of the file when this process last looked into it, if it did."""


Content = bytes | Path | Standing
"""What to write: the bytes themselves, the file to copy, which is read in chunks, or nothing."""

STAGING_WITHIN = ".folio-staging-"
"""How the name of a staging folder in the output folder begins."""
MANIFEST = ".folio.json"
"""The list of written files, in the output folder."""
DIGEST_SIZE = 16
"""Bytes of BLAKE2b: short to read, and far beyond chance."""
CHUNK = 1 << 18

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_READ_NO_LINK = _READ | getattr(os, "O_NOFOLLOW", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class CannotRead(Exception):
    """A file that was to be copied could not be read."""

    def __init__(self, source: Path, error: OSError) -> None:
        super().__init__(str(error))
        self.source, self.error = source, error


class NotStanding(Exception):
    """A file that was to stand in the output folder does not: someone else was there."""


class CannotWrite(Exception):
    """A file could not be staged."""

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(str(error))
        self.path, self.error = path, error


class Desk(msgspec.Struct, frozen=True):
    """Where the papers of one publication lie: one site, one output folder."""

    root: Path
    out: Path
    key: str
    """Short for the output folder, so that a journal is finished only where it was begun."""
    state: Path
    """Where lock and journal lie: the site's own folder for what may be deleted, or one beside the
    output folder when the site is one that may only be read."""

    @property
    def journal(self) -> Path:
        """Stands between the first rename and the last."""
        return self.state / f"journal-{self.key}.json"

    @property
    def draft(self) -> Path:
        """The journal before it is whole."""
        return self.journal.with_suffix(".draft")

    @property
    def lasting(self) -> bool:
        """Whether the site is to outlast a power cut: not the preview's, which may be deleted at any time."""
        return not self.out.is_relative_to(self.state)

    @property
    def stagings(self) -> tuple[Path, Path]:
        """The two places where staging may be: beside the site, and in the output folder."""
        return self.state / f"staging-{self.key}", self.out / f"{STAGING_WITHIN}{self.key}"


def desk_for(root: Path, out: Path) -> Desk:
    """The desk of one output folder; the same however the folder is spelled."""
    parent, name = os.path.split(os.path.abspath(out))
    root, out = Path(os.path.realpath(root)), Path(os.path.realpath(parent), name)
    spelled = out.relative_to(root) if out.is_relative_to(root) else out
    key = blake2b(os.fsencode(spelled.as_posix()), digest_size=4).hexdigest()
    return Desk(root, out, key, _state(root, out))


def _state(root: Path, out: Path) -> Path:
    own = root / STATE_FOLDER
    if out.is_relative_to(root) or is_writable(root):
        return own
    return out.with_name(f"{STATE_FOLDER}-{out.name}")


def is_writable(root: Path) -> bool:
    """Whether a site's own folder for what may be deleted can be written to, or made."""
    own = root / STATE_FOLDER
    if own.is_dir():
        return os.access(own, os.W_OK)
    return not os.path.lexists(own) and os.access(root, os.W_OK)


def shown(desk: Desk, path: Path) -> str:
    """A path as the user knows it: from the site's folder, or from the root of the disk."""
    return (path.relative_to(desk.root) if path.is_relative_to(desk.root) else path).as_posix()


def state_folder(root: Path) -> Path:
    """`.folio/` beside `site.yaml`, made if need be, which Git is told to ignore."""
    return opened(root / STATE_FOLDER)


def opened(folder: Path) -> Path:
    """A folder for what may be deleted, made if need be, which Git is told to ignore."""
    ignore = folder / ".gitignore"
    if not ignore.exists():
        folder.mkdir(parents=True, exist_ok=True)
        ignore.write_text("*\n", encoding="utf-8")
    return folder


# ---- bytes that the disk holds ---------------------------------------------------------------


def pieces(path: str | Path, through: bool = False) -> Iterator[bytes]:
    """The bytes of a file, or `through` a link of what it leads to; raises OSError."""
    handle = os.open(path, _READ if through else _READ_NO_LINK)
    try:
        while piece := os.read(handle, CHUNK):
            yield piece
    finally:
        os.close(handle)


def digest_of(path: str | Path) -> str | None:
    """The digest of a file's bytes; None when no plain file stands there or it cannot be read."""
    digest = blake2b(digest_size=DIGEST_SIZE)
    try:
        for piece in pieces(path):
            digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()


def holds_file(path: Path) -> bool:
    """Whether anything but a true folder stands there."""
    return path.is_symlink() or (path.exists() and not path.is_dir())


def files_in(out: Path, folder: str) -> Iterator[str]:
    """The output paths of all that is no folder, links included, in order."""
    for entry in sorted(os.scandir(out / folder), key=lambda entry: entry.name):
        path = f"{folder}/{entry.name}" if folder else entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from files_in(out, path)
        else:
            yield path


def held(target: str, content: Content) -> str | None:
    """The digest of the content if the disk already holds it, byte for byte.

    Raises `NotStanding` for what was to stand there and does not.
    """
    if isinstance(content, Standing):
        if content.sign is not None and sign_of(target) == content.sign:
            return content.digest
        if digest_of(target) != content.digest:
            raise NotStanding(target)
        return content.digest
    try:
        handle = os.open(target, _READ_NO_LINK)
    except OSError:
        return None
    try:
        digest = blake2b(digest_size=DIGEST_SIZE)
        for chunk in _chunks(content):
            if os.read(handle, len(chunk)) != chunk:
                return None
            digest.update(chunk)
        return None if os.read(handle, 1) else digest.hexdigest()
    except OSError:
        return None
    finally:
        os.close(handle)


def _chunks(content: Content) -> Iterable[bytes]:
    assert not isinstance(content, Standing)
    return (content,) if isinstance(content, bytes) else _read(content)


def _read(source: Path) -> Iterator[bytes]:
    try:
        yield from pieces(source, through=True)
    except OSError as error:
        raise CannotRead(source, error) from error


# ---- the list of written files ---------------------------------------------------------------


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The list of written files, so that pruning asks nobody else what is ours."""

    written_by: str = "Folio. It removes only the files listed here, and lets all others be."
    format: Literal[1] = 1
    files: dict[str, str]
    """Output path to the BLAKE2b digest of what was written, in hexadecimal."""


def read_manifest(folder: Path) -> dict[str, str] | None:
    """What was written into a folder: path to digest, or None when nothing was.

    Raises ValueError when a list is there that Folio did not write, or not this far back.
    """
    try:
        files = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest).files
    except FileNotFoundError:
        return None
    if any_leads_out(files):
        raise ValueError("it names files outside the folder")
    return files


def manifest_bytes(digests: Mapping[str, str]) -> bytes:
    """The list of written files, one to a line, sorted: the same site gives the same bytes."""
    manifest = Manifest(files=dict(sorted(digests.items())))
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


# ---- staging --------------------------------------------------------------------------------


def open_staging(desk: Desk) -> Path:
    """An empty staging folder, from which renames reach the output folder.

    Within the site it is in `.folio/`. An output folder elsewhere, or on another file system,
    holds its own: files made there get the group, labels and rights that its owner gave it.
    """
    beside, within = desk.stagings
    if desk.out.is_relative_to(desk.root):
        beside.mkdir()
        if _reaches(beside, desk.out, within.name):
            return beside
        beside.rmdir()
    within.mkdir(parents=True)
    return within


def _reaches(folder: Path, out: Path, name: str) -> bool:
    """Whether a rename gets from one folder to the other, found by trying."""
    absent = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    try:
        os.rename(folder, out / name)
        os.rename(out / name, folder)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    if absent:  # so that a first site appears at once
        out.rmdir()
    return True


def write_whole(path: Path, content: bytes, lasting: bool) -> None:
    """Write a file; a `lasting` one outlasts a power cut, which takes the disk its time."""
    with path.open("wb") as file:
        file.write(content)
        if lasting:
            file.flush()
            os.fsync(file.fileno())


def discard(desk: Desk) -> None:
    """Forget what was staged; of other output folders too, where no journal needs it."""
    import shutil  # brings every way to compress: not for a site that stands as it is

    desk.draft.unlink(missing_ok=True)
    names = os.listdir(desk.state) if desk.state.is_dir() else ()
    for key in (n.removeprefix("staging-") for n in names if n.startswith("staging-")):
        if f"journal-{key}.json" not in names:
            shutil.rmtree(desk.state / f"staging-{key}", ignore_errors=True)
    shutil.rmtree(desk.stagings[1], ignore_errors=True)


def stage(
    staging: Path, changed: Mapping[str, Content], digests: Mapping[str, str], lasting: bool
) -> None:
    """Write what changed, in full, and the list of it and of what was right (`digests`).

    Raises `CannotWrite` for a full disk and the like, `CannotRead` for a file to be copied.
    """
    site = f"{staging}/site"
    os.mkdir(site)
    made = {""}
    digests = dict(digests)
    for path, content in changed.items():
        try:
            _make_folder(site, path.rpartition("/")[0], made)
            digests[path] = _copy(f"{site}/{path}", content)
        except OSError as error:
            raise CannotWrite(path, error) from error
    write_whole(staging / MANIFEST, manifest_bytes(digests), lasting)


def _make_folder(site: str, folder: str, made: set[str]) -> None:
    """A folder and those above it, of which `made` are there."""
    if folder not in made:
        _make_folder(site, folder.rpartition("/")[0], made)
        with suppress(FileExistsError):  # on a disk to which `A` is `a`
            os.mkdir(f"{site}/{folder}")
        made.add(folder)


def _copy(target: str, content: Content) -> str:
    """Write a new file; its digest."""
    digest = blake2b(digest_size=DIGEST_SIZE)
    handle = os.open(target, _CREATE, 0o666)
    try:
        for chunk in _chunks(content):
            digest.update(chunk)
            rest = memoryview(chunk)
            while rest:
                rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)
    return digest.hexdigest()
