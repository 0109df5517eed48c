"""The account of what each output was made from, so that only what is stale is rendered again.

A build tells what every output has read (`reads.py`). Here the reads are kept with a digest of
what each came to. An output stands when all that it read comes to the same in this build, and the
output folder holds what was written then; its problems are told again, for they are still there.
The account is of no use to another Folio, and may be deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from jinja2 import TemplateNotFound

from builder.binding import Bound
from builder.inputs import Inputs
from builder.model.documents import Document
from builder.model.related import Company
from builder.naming import STATE_FOLDER
from builder.outputs.head import Head
from builder.outputs.output import Output, Template
from builder.prints import Prints
from builder.problems import Place, Problem
from builder.reads import part_of
from builder.render import Filled, Press
from builder.staging import DIGEST_SIZE, Standing, desk_for, state_folder

FORMAT = 2


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One output that a layout has filled."""

    digest: str
    """Of its bytes."""
    reads: list[int]
    """What it read, as places in `Ledger.keys`."""
    problems: list[Problem]
    used: list[str]
    """Outputs that exist only because of it: pictures in other sizes."""
    bound: msgspec.Raw
    """What it links to and what may be linked to in it, if it is a page: a `Bound` or nothing."""


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What one build made, and what of."""

    format: int = FORMAT
    stamp: str
    """Of Folio, its packages and the options: another one's account is of no use."""
    keys: list[str]
    """All that was read."""
    values: list[str]
    """What each of them came to; empty for what is like nothing else."""
    outputs: dict[str, Entry]
    files: dict[str, str]
    """The digest of every file of the site, by output path."""
    made_from: str
    """The digest of what the model was made from: see `snapshot.py`."""
    bodies: dict[str, bytes]
    """The digests of those bodies."""
    sheets: str = ""
    """The digest of what was in the site's own stylesheets."""
    read: list[str]
    """The files whose bodies the model was made with."""
    links_told: bool
    """Whether anything was said about links, which is then to be said again."""
    notes: list[str]

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        """From process to process it goes as it goes to the disk."""
        return decoded, (msgspec.msgpack.encode(self),)


class Stand(NamedTuple):
    """What needs no rendering, and why the rest does."""

    standing: Mapping[str, Filled]
    reasons: Mapping[str, str]
    """Of each output that is rendered again, in a sentence; empty without an account."""


def file_of(root: Path, out: Path) -> Path:
    """Where the account of an output folder lies."""
    return root / STATE_FOLDER / f"ledger-{desk_for(root, out).key}"


def load(file: Path, stamp: str) -> tuple[Ledger | None, str]:
    """The account in a file, and what is to be said when it is none: a line, or nothing."""
    try:
        ledger = decoded(file.read_bytes())
    except FileNotFoundError:
        return None, ""
    except (OSError, ValueError, msgspec.MsgspecError):
        return (
            None,
            f"{file.parent.name}/{file.name} cannot be read, and is set aside: all is rendered",
        )
    return (ledger if (ledger.format, ledger.stamp) == (FORMAT, stamp) else None), ""


def decoded(data: bytes) -> Ledger:
    """An account out of its bytes; raises msgspec.MsgspecError or ValueError for what is none."""
    return msgspec.msgpack.decode(data, type=Ledger)


def save(file: Path, ledger: Ledger) -> None:
    """Keep an account; a disk that refuses costs the next build its time, no more."""
    with suppress(OSError):
        state_folder(file.parent.parent)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        part.write_bytes(msgspec.msgpack.encode(ledger))
        part.replace(file)


def stand_of(
    ledger: Ledger, changed: Mapping[int, str], plan: Mapping[str, Output], bounds: bool = True
) -> Stand:
    """What of a plan stands, when the reads in `changed`, by their place, come to something else.

    Without `bounds`, what the standing pages link to is left where it is.
    """
    standing: dict[str, Filled] = {}
    reasons: dict[str, str] = {}
    for path, output in plan.items():
        if not isinstance(output.content, Template):
            continue
        entry = ledger.outputs.get(path)
        if entry is None:
            reasons[path] = "it was not there before"
        elif not changed.keys().isdisjoint(entry.reads):
            reasons[path] = sentence(next(changed[n] for n in entry.reads if n in changed))
        else:
            standing[path] = _standing(entry, ledger.keys, bounds)
    return Stand(standing, reasons)


def _standing(entry: Entry, keys: list[str], bounds: bool) -> Filled:
    reads = tuple(map(keys.__getitem__, entry.reads))
    problems = tuple([p._replace(place=p.place and Place(*p.place)) for p in entry.problems])
    return Filled(Standing(entry.digest), bound_of(entry) if bounds else None, reads, problems)


def bound_of(entry: Entry) -> Bound | None:
    """What an output links to and what may be linked to in it, if it is a page."""
    return msgspec.msgpack.decode(entry.bound, type=Bound | None)


def entry_of(filled: Filled, places: dict[str, int]) -> Entry:
    """An output's entry; `places` are those of the keys, and new ones are added to them."""
    return Entry(
        digest_of(filled), [places.setdefault(key, len(places)) for key in filled.reads],
        list(filled.problems), sorted(filled.bound.used) if filled.bound else [],
        msgspec.Raw(msgspec.msgpack.encode(filled.bound)),
    )  # fmt: skip


def digest_of(filled: Filled) -> str:
    """The digest of an output's bytes."""
    if isinstance(filled.content, Standing):
        return filled.content.digest
    assert isinstance(filled.content, bytes)
    return blake2b(filled.content, digest_size=DIGEST_SIZE).hexdigest()


# ---- what a read comes to -----------------------------------------------------------------------


class Now:
    """What each read comes to in this build."""

    def __init__(self, press: Press, inputs: Inputs) -> None:
        self.press, self._inputs = press, inputs
        self._known: dict[str, str] = {}
        self._print = Prints(Head, Company).of
        self._sites = {site.language: site for site in press.sites}
        self._addresses = {site.language: site.addresses for site in press.sites}
        items = (i for site in press.sites for i in site.everything)
        self._documents = {i.document.path: i.document for i in items if i.document}
        self._kinds: dict[str, Callable[[str], str]] = {
            "site": self._part, "given": self._given, "body": self._body, "layout": self._layout,
            "icon": self._icon, "to": self._target, "picture": self._picture,
            "page": self._page, "places": lambda _: inputs.digest,
        }  # fmt: skip

    def value(self, key: str) -> str:
        """A digest of what a read comes to; empty when it is like nothing else."""
        if key not in self._known:
            kind, _, rest = key.partition(" ")
            self._known[key] = self._kinds[kind](rest)
        return self._known[key]

    def _part(self, rest: str) -> str:
        language, _, name = rest.partition(" ")
        site = self._sites.get(language)
        return self._print(part_of(site, name)) if site else "none"

    def _page(self, rest: str) -> str:
        language, _, address = rest.partition(" ")
        site = self._sites.get(language)
        if site is None:
            return "none"
        there = self._addresses[language]
        return str(address in there or site.prefix + address in there)

    def _given(self, path: str) -> str:
        """The layout of an output, and what it is given."""
        output = self.press.plan.get(path)
        if output is None or not isinstance(output.content, Template):
            return "none"
        return self._print(output.content.name, output.language, output.content.variables)

    def _body(self, path: str) -> str:
        document: Document | None = self._documents.get(path)
        return self._print(document.body, document.body_line) if document else "none"

    def _layout(self, name: str) -> str:
        environment = self.press.first.environment
        assert environment.loader is not None
        try:
            return self._print(environment.loader.get_source(environment, name)[0])
        except (TemplateNotFound, OSError, ValueError):
            return "none"

    def _icon(self, name: str) -> str:
        return self._print(str(self.press.first.environment.filters["icon"](name)))

    def _target(self, rest: str) -> str:
        language, exact, target = rest.split(" ", 2)
        binder = self.press.binder(language)
        return repr(binder.lead(target, exact == "1")) if binder else "none"

    def _picture(self, path: str) -> str:
        images = self.press.images
        variants = images.variants(path)
        return self._print(images.size(path), variants, images.broken.get(path))


_SENTENCES: dict[str, Callable[[str], str]] = {
    "site": lambda rest: f"{rest.partition(' ')[2].strip('[]')} of the site has changed",
    "given": lambda _: "what it shows of its own has changed",
    "body": lambda path: f"the text of {path} has changed",
    "layout": lambda name: f"the layout {name} has changed",
    "icon": lambda name: f"the icon {name} has changed",
    "to": lambda rest: f"{rest.split(' ', 2)[2]} leads elsewhere",
    "page": lambda rest: f"{rest.partition(' ')[2]} has come or gone",
    "picture": lambda path: f"the picture {path} has changed",
    "places": lambda _: "something stands on another line of its file",
}


def sentence(key: str) -> str:
    """Why an output that read this is rendered again."""
    kind, _, rest = key.partition(" ")
    return _SENTENCES[kind](rest)
