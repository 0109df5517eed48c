"""Sites gone wrong by chance: from one number always the same site.

Half of the changes are made to bytes, as disks, editors and transfers make them; half to what
the bytes mean, as people make them: keys, braces, delimiters, dates, addresses, files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests import oddities
from tests.slips import PAGE, WORDS

SOURCE = Path(__file__).parent / "mutation-site"
"""A site that holds every kind of source in small."""


class Link(NamedTuple):
    """A symbolic link."""

    target: str


class Folder(NamedTuple):
    """An empty folder, where a file may have been expected."""


Files = dict[str, bytes | Link | Folder]
"""Path within the site to what stands there."""


class Mutant(NamedTuple):
    """A site gone wrong."""

    files: Files
    steps: tuple[str, ...]
    """What was done to it, in words."""


def base() -> Files:
    """The good site."""
    paths = sorted(p for p in SOURCE.rglob("*") if p.is_file())
    return {p.relative_to(SOURCE).as_posix(): p.read_bytes() for p in paths}


def mutant(good: Files, seed: int) -> Mutant:
    """The good site with one change or a few; `seed` alone decides which."""
    random, files, steps = Random(seed), dict(good), []
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        change = random.choice((_by_bytes, _by_bytes, _by_bytes, _by_words, _by_words, _by_files))
        steps.append(change(random, files))
    return Mutant(files, tuple(steps))


def lay_out(files: Files, root: Path) -> None:
    """Make `root` hold exactly these files, beside what Folio keeps and writes there."""
    root.mkdir(parents=True, exist_ok=True)
    for entry in sorted(root.iterdir()):
        if entry.name not in (".folio", "_site"):
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    for path in sorted(files, key=lambda p: p.count("/")):
        _put(root, root / path, files[path])


def _put(root: Path, file: Path, node: bytes | Link | Folder) -> None:
    """Write one file; one whose place is taken, or whose name this disk refuses, is left out."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        assert file.parent.resolve().is_relative_to(root.resolve())
        if isinstance(node, Folder):
            file.mkdir()
        elif isinstance(node, Link):
            os.symlink(node.target, file)
        elif not file.is_symlink():
            file.write_bytes(node)
    except OSError:
        return


# ---- bytes ------------------------------------------------------------------------------------

BytesChange = Callable[[Random, bytes], bytes]


def _by_bytes(random: Random, files: Files) -> str:
    path = random.choice([p for p, node in files.items() if isinstance(node, bytes)] or [""])
    data = files.get(path, b"")
    assert isinstance(data, bytes)
    change = random.choice(BYTES)
    files[path or "site.yaml"] = change(random, data)
    return f"{path}: {_name(change)}"


def _name(change: Callable[..., object]) -> str:
    return change.__name__.strip("_").replace("_", " ")


def _span(random: Random, length: int) -> tuple[int, int]:
    start = random.randint(0, length)
    return start, min(length, start + random.choice((1, 1, 2, 5, 20, 200)))


def _flip_a_bit(random: Random, data: bytes) -> bytes:
    at, _ = _span(random, max(0, len(data) - 1))
    return (
        data[:at]
        + bytes(b ^ (1 << random.randrange(8)) for b in data[at : at + 1])
        + data[at + 1 :]
    )


def _delete(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    return data[:start] + data[end:]


def _double(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    return data[:end] + data[start:end] * random.choice((1, 1, 3, 50)) + data[end:]


def _put_in(random: Random, data: bytes) -> bytes:
    at, _ = _span(random, len(data))
    return data[:at] + random.choice(oddities.PIECES) * random.choice((1, 1, 1, 2, 40)) + data[at:]


def _replace(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    return data[:start] + random.choice(oddities.PIECES) + data[end:]


def _move(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    rest, at = data[:start] + data[end:], random.randint(0, len(data) - (end - start))
    return rest[:at] + data[start:end] + rest[at:]


def _truncate(random: Random, data: bytes) -> bytes:
    return data[: random.randint(0, len(data))]


def _behead(random: Random, data: bytes) -> bytes:
    return data[random.randint(0, len(data)) :]


def _swap_lines(random: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        one, two = random.randrange(len(lines)), random.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _double_a_line(random: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        line = random.choice(lines)
        lines.insert(random.randint(0, len(lines)), line)
    return b"".join(lines)


def _delete_a_line(random: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randint(0, len(lines))
    return b"".join([*lines[:at], *lines[at + 1 :]])


def _other_line_ends(random: Random, data: bytes) -> bytes:
    return data.replace(
        b"\n", random.choice((b"\r\n", b"\r", b"\r\r\n", b"\n\n", b"", b"\xe2\x80\xa8"))
    )


def _other_encoding(random: Random, data: bytes) -> bytes:
    encoding = random.choice(("utf-16", "utf-32", "latin-1", "utf-8-sig", "gb18030", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


BYTES: tuple[BytesChange, ...] = (
    _flip_a_bit, _flip_a_bit, _delete, _delete, _double, _put_in, _put_in, _put_in, _replace, _replace, _move,
    _truncate, _behead, _swap_lines, _double_a_line, _delete_a_line, _other_line_ends, _other_encoding,
)  # fmt: skip


# ---- words ------------------------------------------------------------------------------------


def _by_words(random: Random, files: Files) -> str:
    """Change one file in its own language; a Markdown file has two, YAML on top and a body."""
    kinds = (".yaml", ".yml", ".bib", ".json", ".ris", ".md", ".html")
    path = random.choice(
        [p for p in files if p.endswith(kinds) and isinstance(files[p], bytes)] or [""]
    )
    data = files.get(path, b"")
    assert isinstance(data, bytes)
    text = data.decode("utf-8", "surrogateescape")
    change = random.choice(WORDS.get(path.rpartition(".")[2], PAGE))
    files[path or "site.yaml"] = change(random, text).encode("utf-8", "surrogateescape")
    return f"{path}: {_name(change)}"


# ---- files ------------------------------------------------------------------------------------


def _by_files(random: Random, files: Files) -> str:
    path = random.choice(list(files) or ["site.yaml"])
    kind = random.choice(
        (
            "deleted",
            "renamed",
            "copied",
            "emptied",
            "a folder",
            "a folder above",
            "a link",
            "swapped",
        )
    )
    node = files.pop(path, b"")
    if kind == "renamed":
        files[_beside(random, path)] = node
    elif kind == "copied":
        files[path] = files[_beside(random, path)] = node
    elif kind == "emptied":
        files[path] = random.choice(
            (b"", b"\n", b" ", b"---\n---\n", b"---\n", b"#", b"\xef\xbb\xbf")
        )
    elif kind == "a folder":
        files[random.choice((path, f"{path}/x.md"))] = Folder()
    elif kind == "a folder above":
        files[path], files[path.rpartition("/")[0] or "content"] = node, b"a file"
    elif kind == "a link":
        files[path] = Link(
            random.choice(
                (
                    ".",
                    "..",
                    path.rpartition("/")[2],
                    "/etc/hostname",
                    "nowhere",
                    "cv.yaml",
                    "index.md",
                    "../static",
                    "/",
                )
            )
        )
    elif kind == "swapped":
        other = random.choice(list(files) or [path])
        files[path], files[other] = files.get(other, b""), node
    return f"{path}: {kind}"


def _beside(random: Random, path: str) -> str:
    """An odd path for a file, in its own folder or in another."""
    folder = random.choice(
        (path.rpartition("/")[0], "content", "content/posts", "static", "layouts", "content/new")
    )
    name = random.choice(oddities.NAMES)
    ending = path.rpartition(".")[2]
    return f"{folder}/{name if random.random() < 0.7 else name.rpartition('.')[0] + '.' + ending}".lstrip(
        "/"
    )
