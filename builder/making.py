"""Outputs that a program of its own makes of plain data: made when the data is new, else taken from the cache."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import msgspec

from builder.images import keep
from builder.outputs.output import Made, Output
from builder.problems import Place, Problems


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """What a maker has to say, told at the source that asked for the output."""

    severity: Literal["warning", "error"] = "warning"
    kind: str
    message: str
    hint: str = ""
    about: str = ""
    """A text of the sources that it is about: then it is told where that was typed."""
    option: str = ""
    """An option of the output that it is about: then it is told where that was typed."""
    place: Place | None = None
    """Where it is told, when neither that nor the source that asked is the place."""


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """What a maker made."""

    data: bytes
    extent: str = ""
    """How much it is, in words, for the report: 3 pages."""
    complaints: tuple[Complaint, ...] = ()
    lasting: bool = True
    """Whether the same data will give the same bytes: not so while a font is missing."""


class Workshop(msgspec.Struct, frozen=True):
    """What makers need beside the data."""

    layouts: tuple[Path, ...]
    """The folders of layouts, the site's own before the theme's."""


class Maker(msgspec.Struct, frozen=True):
    """How one kind of thing is made."""

    make: Callable[[bytes, Workshop], Product]
    tools: Callable[[Workshop], bytes]
    """A digest of what it is made with; asked for on every build, so it imports nothing heavy."""


def made(content: Made, maker: Maker, shop: Workshop, kept: Path | None) -> tuple[Product, bool]:
    """The product, and whether it was made now: not so when the cache holds it in the file `kept`.

    Whatever in the cache cannot be read counts as nothing kept.
    """
    try:
        if kept and kept.is_file():
            return msgspec.msgpack.decode(kept.read_bytes(), type=Product), False
    except (OSError, msgspec.MsgspecError):
        pass
    product = maker.make(content.data, shop)
    if kept and product.lasting:
        keep(kept, msgspec.msgpack.encode(product))
    return product, True


class Batch(msgspec.Struct, frozen=True):
    """What programs made for one build."""

    files: dict[str, bytes]
    """The bytes of every output that a program makes, by path."""
    news: tuple[str, ...]
    """What was made anew, and how long it took, for the report."""


def _typst() -> Maker:
    from builder.typesetting import TYPST

    return TYPST


def _index() -> Maker:
    from builder.indexing import INDEX

    return INDEX


def _card() -> Maker:
    from builder.cards import CARD

    return CARD


MAKERS: dict[str, Callable[[], Maker]] = {"typst": _typst, "index": _index, "card": _card}
"""The programs that make outputs of their own, by name; imported when there is something to make."""


def make_all(
    plan: Mapping[str, Output], makers: Mapping[str, Callable[[], Maker]], shop: Workshop,
    cache: Path | None, problems: Problems, locate: Callable[[str], Place | None],
) -> Batch:  # fmt: skip
    """Make every output of the plan that a program makes, or take it from the cache; tell all complaints.

    `locate` gives the place where a text was typed. What is not used any more leaves the cache.
    """
    files: dict[str, bytes] = {}
    news: list[str] = []
    kept: set[str] = set()

    @functools.cache
    def with_tools(name: str) -> tuple[Maker, bytes]:
        maker = makers[name]()
        return maker, maker.tools(shop)

    for path, output in plan.items():
        if not isinstance(output.content, Made):
            continue
        started = time.perf_counter()
        maker, tools = with_tools(output.content.maker)
        name = _name(output.content, tools)
        product, anew = made(output.content, maker, shop, cache and cache / name)
        kept.add(name)
        files[path] = product.data
        _tell(product, output, problems, locate)
        if anew and product.extent:
            news.append(f"Made {path}: {product.extent} in {time.perf_counter() - started:.2f} s")
    for file in cache.iterdir() if cache and cache.is_dir() else ():
        if file.name not in kept:
            file.unlink(missing_ok=True)
    return Batch(files, tuple(news))


def _tell(
    product: Product, output: Output, problems: Problems, locate: Callable[[str], Place | None]
) -> None:
    for told in product.complaints:
        tell = problems.error if told.severity == "error" else problems.warning
        typed = locate(told.about) if told.about else None
        asked = (
            output.content.asked_at.get(told.option) if isinstance(output.content, Made) else None
        )
        tell(told.kind, told.message, told.place or typed or asked or output.asked_by, told.hint)


def _name(content: Made, tools: bytes) -> str:
    """What a product is kept under: a digest of all that it is made of."""
    whole = tools + b"\0" + content.data
    return f"{content.maker}-{blake2b(whole, digest_size=16).hexdigest()}"
