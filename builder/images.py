"""The author's pictures in the sizes that screens want, so that nothing jumps and little is sent.

Sizes of a picture are read from its head. Other widths, as WebP, need the extra `images`
(Pillow); without it pages hold the picture as it is.
"""

from __future__ import annotations

import functools
import hashlib
import io
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

WIDTHS = (160, 320, 640, 960, 1600)
"""Pixel widths that a picture is offered in, those below its own."""
QUALITY = 80
RASTER = (".jpg", ".jpeg", ".png", ".webp")


Recall = Callable[[str, Callable[[], str]], str]
"""A name and a maker of a text: gives what an earlier build made under the name, if it can."""


class Variant(msgspec.Struct, frozen=True):
    """One picture in one width."""

    path: str
    """Output path: `images/me-320.webp` beside `images/me.jpg`."""
    width: int


class Images:
    """The pictures among the files that are copied: output path to file on disk."""

    def __init__(
        self,
        files: Mapping[str, Path],
        cache: Path | None = None,
        recall: Recall = lambda _, make: make(),
    ) -> None:
        self.files, self.cache, self.recall = files, cache, recall
        self._sizes: dict[str, tuple[int, int] | None] = {}
        self.made: dict[str, bytes] = {}
        """The bytes of every variant that `variants` has named, by output path."""
        self.broken: dict[str, str] = {}
        """Pictures that could not be read, by output path, and why."""

    def size(self, path: str) -> tuple[int, int] | None:
        """Width and height in pixels; None for what is no picture or says no size."""
        if path not in self._sizes:
            file = self.files.get(path)
            self._sizes[path] = self._kept_size(file) if file else None
            if file and self._sizes[path] is None and path.lower().endswith(RASTER):
                self.broken[path] = "it is damaged, or another kind of file than its name says"
        return self._sizes[path]

    def _kept_size(self, file: Path) -> tuple[int, int] | None:
        """The size of a picture by its content: the library that reads it takes long to load."""
        try:
            data = file.read_bytes()
        except OSError:
            return None
        name = f"size {file.suffix.lower()} {hashlib.blake2b(data, digest_size=16).hexdigest()}"
        width, _, height = self.recall(
            name, lambda: "x".join(map(str, _size(file) or ()))
        ).partition("x")
        return (int(width), int(height)) if height else None

    def variants(self, path: str) -> tuple[Variant, ...]:
        """The widths that a picture is offered in, its own last; empty when it has but one."""
        size = self.size(path)
        if not size or not path.lower().endswith(RASTER) or not _has_pillow():
            return ()
        stem = self._stem(path)
        widths = [w for w in WIDTHS if w < size[0]]
        full = [size[0]] if widths and size[0] <= WIDTHS[-1] else []
        named = [Variant(f"{stem}-{w}.webp", w) for w in (*widths, *full)]
        free = tuple(v for v in named if v.path not in self.files)
        return free if free and self._make(path, free) else ()

    def _stem(self, path: str) -> str:
        """What the names of its variants begin with: its own, whole where another shares the stem."""
        stem = path.rpartition(".")[0]
        endings = (*RASTER, *map(str.upper, RASTER))
        shared = any(stem + e in self.files for e in endings if stem + e != path)
        return path if shared else stem

    def _make(self, path: str, variants: tuple[Variant, ...]) -> bool:
        """Fill `made` with the bytes of a picture's variants; False when it cannot be read."""
        if path in self.broken or variants[0].path in self.made:
            return path not in self.broken
        try:
            data = self.files[path].read_bytes()
            name = hashlib.blake2b(data, digest_size=16).hexdigest()
            self.made |= {v.path: self._variant(data, name, v.width) for v in variants}
        except Exception as error:  # a decoder may raise anything at what is no picture
            self.broken[path] = re.sub(r" <.*>", "", str(error)) or type(error).__name__
        return path not in self.broken

    def _variant(self, data: bytes, name: str, width: int) -> bytes:
        """The bytes of one width, kept in the cache by the content of the picture."""
        kept = self.cache / f"{name}-{width}-{QUALITY}.webp" if self.cache else None
        if kept and kept.is_file():
            return kept.read_bytes()
        made = _scaled(data, width)
        if kept:
            keep(kept, made)
        return made


def keep(file: Path, data: bytes) -> None:
    """Put a file into the cache whole or not at all; a cache that cannot be written is none."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        part.write_bytes(data)
        part.replace(file)
    except OSError:
        return


@functools.cache
def _has_pillow() -> bool:
    import importlib.util

    return importlib.util.find_spec("PIL") is not None


def _scaled(data: bytes, width: int) -> bytes:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as opened:
        upright = ImageOps.exif_transpose(opened)
        picture = upright.convert(
            "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
        )
        height = max(1, round(picture.height * width / picture.width))
        scaled = picture.resize((width, height), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        scaled.save(out, "WEBP", quality=QUALITY, method=4)
        return out.getvalue()


_SVG_SIZE = re.compile(
    rb"""<svg\b[^>]*?\sviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""",
    re.DOTALL,
)


_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
"""What every PNG begins with: width and height follow, in four bytes each."""


def _size(file: Path) -> tuple[int, int] | None:
    if file.suffix.lower() == ".svg":
        found = _SVG_SIZE.search(file.read_bytes()[:4096])
        return (round(float(found[1])), round(float(found[2]))) if found else None
    if file.suffix.lower() not in (*RASTER, ".gif", ".avif"):
        return None
    with file.open("rb") as opened:
        head = opened.read(26)
    if len(head) == 26 and head.startswith(_PNG):
        size = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    else:
        size = _told_size(file)
    return size if min(size) > 0 else None


def _told_size(file: Path) -> tuple[int, int]:
    """Width and height through the library, which takes long to load; nothing where it knows none."""
    import imagesize

    try:
        width, height = imagesize.get(file)
    except Exception:  # imagesize lets its parsers' own errors through
        return 0, 0
    return int(width), int(height)
