"""The account of what each output was made from, so that only what is stale is rendered again.

A build tells what every output has read (`reads.py`). Here the reads are kept with a digest of
what each came to. An output stands when all that it read comes to the same in this build, and the
output folder holds what was written then; its problems are told again, for they are still there.
The account is of no use to another Folio, and may be deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from jinja2 import TemplateNotFound

from builder.inputs import Inputs
from builder.kept import Kept
from builder.links import Bound
from builder.model.documents import Document
from builder.outputs.output import Template
from builder.problems import Place, Problem
from builder.reads import Prints, part_of
from builder.render import Filled, Press, Rendered
from builder.run import Options
from builder.staging import DIGEST_SIZE, STATE_FOLDER, Standing, desk_for, state_folder

FORMAT = 1


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One output that a layout has filled."""

    digest: str
    """Of its bytes."""
    reads: list[int]
    """What it read, as places in `Ledger.keys`."""
    problems: list[Problem]
    bound: Bound | None


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
        ledger = msgspec.msgpack.decode(file.read_bytes(), type=Ledger)
    except FileNotFoundError:
        return None, ""
    except (OSError, ValueError, msgspec.MsgspecError):
        return (
            None,
            f"{file.parent.name}/{file.name} cannot be read, and is set aside: all is rendered",
        )
    return (ledger if (ledger.format, ledger.stamp) == (FORMAT, stamp) else None), ""


def save(file: Path, ledger: Ledger) -> None:
    """Keep an account; a disk that refuses costs the next build its time, no more."""
    with suppress(OSError):
        state_folder(file.parent.parent)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        part.write_bytes(msgspec.msgpack.encode(ledger))
        part.replace(file)


class Memory:
    """What earlier builds left for this one, and what it leaves for the next."""

    def __init__(self, root: Path, options: Options, inputs: Inputs | None) -> None:
        self.said: tuple[str, ...] = ()
        """What there is to say about it."""
        self._inputs, self._ledger = inputs, None
        self._file = file_of(root, Path(options.out) if options.out else root / "_site")
        self.kept = Kept()
        if inputs is not None and not options.fresh:
            self._ledger, line = load(self._file, inputs.stamp)
            self.said = (line,) if line else ()
            self.kept = Kept(root / STATE_FOLDER / "kept", inputs.folio)

    def forget(self) -> None:
        """Do as if no build had been before: the output folder is not what the account says."""
        self._ledger = None

    def stand(self, press: Press) -> Stand:
        """What of the plan needs no rendering."""
        return stand_of(self._ledger, Now(press, self._inputs)) if self._inputs else Stand({}, {})

    def close(self, rendered: Rendered) -> None:
        """Keep the account of a build whose files are published.

        If an input was touched meanwhile, nobody can say which state of it was read: then there is
        no account, and the next build renders all anew.
        """
        self.kept.save(all_used=self._ledger is None)
        if self._inputs is None:
            return
        if self._inputs.still():
            now = Now(rendered.press, self._inputs)
            save(self._file, account(rendered.filled, now, self._inputs.stamp))
        else:
            with suppress(OSError):
                self._file.unlink()


def stand_of(ledger: Ledger | None, now: Now) -> Stand:
    """What of the plan stands as it was made."""
    if ledger is None:
        return Stand({}, {})
    changed = {
        n: key for n, key in enumerate(ledger.keys)
        if not ledger.values[n] or now.value(key) != ledger.values[n]
    }  # fmt: skip
    standing: dict[str, Filled] = {}
    reasons: dict[str, str] = {}
    for path, output in now.press.plan.items():
        if not isinstance(output.content, Template):
            continue
        entry = ledger.outputs.get(path)
        if entry is None:
            reasons[path] = "it was not there before"
        elif why := next((changed[n] for n in entry.reads if n in changed), ""):
            reasons[path] = sentence(why)
        else:
            standing[path] = _standing(entry, ledger.keys)
    return Stand(standing, reasons)


def _standing(entry: Entry, keys: list[str]) -> Filled:
    reads = tuple(keys[n] for n in entry.reads)
    problems = tuple(p._replace(place=p.place and Place(*p.place)) for p in entry.problems)
    return Filled(Standing(entry.digest), entry.bound, reads, problems)


def account(filled: Mapping[str, Filled], now: Now, stamp: str) -> Ledger:
    """The account of what a build has made."""
    places: dict[str, int] = {}
    outputs = {
        path: Entry(
            _digest(each.content), [places.setdefault(key, len(places)) for key in each.reads],
            list(each.problems), each.bound,
        )
        for path, each in filled.items()
    }  # fmt: skip
    return Ledger(
        stamp=stamp, keys=list(places), values=list(map(now.value, places)), outputs=outputs
    )


def _digest(content: Any) -> str:
    if isinstance(content, Standing):
        return content.digest
    return blake2b(content, digest_size=DIGEST_SIZE).hexdigest()


# ---- what a read comes to -----------------------------------------------------------------------


class Now:
    """What each read comes to in this build."""

    def __init__(self, press: Press, inputs: Inputs) -> None:
        self.press, self._inputs = press, inputs
        self._known: dict[str, str] = {}
        self._print = Prints().of
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


def reads_of(filled: Iterable[Filled], kind: str) -> dict[str, None]:
    """What outputs have read of one kind."""
    return {
        key.partition(" ")[2]: None for f in filled for key in f.reads if key.startswith(kind + " ")
    }
