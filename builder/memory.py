"""What earlier builds left for this one in `.folio/`, and what it leaves for the next."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from builder import ledger as accounts
from builder import snapshot as snapshots
from builder.inputs import Inputs, is_read_once
from builder.kept import Kept
from builder.ledger import Entry, Ledger, Now, Stand, bound_of
from builder.model.documents import Text
from builder.naming import STATE_FOLDER
from builder.reads import PLACES
from builder.render import Filled, Press, sizes
from builder.run import Options
from builder.snapshot import Snapshot
from builder.sources.markdown import body_of
from builder.staging import (
    Content,
    Sign,
    Standing,
    is_writable,
    read_manifest,
    sign_of,
    state_folder,
)


class Done(NamedTuple):
    """What a build has made, for the account of it."""

    press: Press
    filled: Mapping[str, Filled]
    snapshot: Snapshot
    read: Sequence[str]
    """The files whose bodies the model was made with."""
    links_told: bool
    notes: Sequence[str]
    edited: bool = False
    """Whether only words were changed: then most of the last account still holds."""


Beside = Callable[[Callable[[], Ledger], int], Callable[[], Ledger]]
"""Has work done, if so many outputs are worth it, while this process goes on; what is given waits for it."""


def when_asked(work: Callable[[], Ledger], size: int) -> Callable[[], Ledger]:
    """Do work when its result is asked for."""
    return work


class Edit(NamedTuple):
    """A build that differs from the last one by the words below front matters, and stylesheets, alone."""

    snapshot: Snapshot
    stand: Stand
    restyled: bool
    """Whether stylesheets have changed."""


class Recall:
    """What a process that builds one site again and again has at hand: the preview's."""

    def __init__(self) -> None:
        self.inputs: Inputs | None = None
        self.ledger: Ledger | None = None
        self.snapshot: Snapshot | None = None
        self.signs: dict[str, Sign | None] = {}
        """Of the published files, as they were looked into."""
        self._texts: dict[str, list[Text]] = {}
        self._words: dict[str, bytes] = {}

    def keep(self, snapshot: Snapshot, bodies: Mapping[str, bytes]) -> None:
        """Have a model at hand, whose bodies have these digests."""
        self.snapshot, self._words, self._texts = snapshot, dict(bodies), {}
        items = (item for site in snapshot.sites for item in site.everything)
        for document in (item.document for item in items if item.document):
            self._texts.setdefault(document.path, []).append(document.text)

    def brought_up(self, inputs: Inputs) -> Snapshot | None:
        """The model with the words as they are now; None when one of them is no text."""
        bodies = inputs.bodies
        for path in [p for p, digest in bodies.items() if self._words.get(p) != digest]:
            words = _words_of(inputs, path)
            if words is None:
                return None
            for text in self._texts.get(path, ()):
                text.edit(words)
            self._words[path] = bodies[path]
        return self.snapshot

    def forget(self) -> None:
        """Have nothing at hand: what was is not what is."""
        self.ledger = self.snapshot = None
        self.signs = {}


class Memory:
    """One output folder's account, and what else makes the next build short.

    Nothing here is needed: what is absent, another Folio's or unreadable is made anew.
    """

    def __init__(
        self, root: Path, options: Options, inputs: Inputs | None, recall: Recall | None = None
    ) -> None:
        self.said: tuple[str, ...] = ()
        """What there is to say about it."""
        self.inputs, self._ledger = inputs, None
        self._out = Path(options.out) if options.out else root / "_site"
        self._file = accounts.file_of(root, self._out)
        self._model = self._file.with_name(self._file.name.replace("ledger", "model"))
        self._root, self.kept = root, Kept()
        self._changed: dict[int, str] = {}
        self._begun: Callable[[], Ledger] | None = None
        self._recall = recall
        if recall is not None:
            recall.inputs = inputs
        if inputs is not None and not options.fresh:
            if recall and recall.ledger and recall.ledger.stamp == inputs.stamp:
                self._ledger = recall.ledger
            else:
                self._ledger, line = accounts.load(self._file, inputs.stamp)
                self.said = (line,) if line else ()
            self.kept = Kept(root / STATE_FOLDER / "kept", inputs.folio)
        if not is_writable(root):
            self.said += (
                "The site may only be read: nothing is kept that would make the next build short.",
            )

    def forget(self) -> None:
        """Do as if no build had been before: the output folder is not what the account says."""
        self._ledger = None
        if self._recall:
            self._recall.forget()

    def stand(self, press: Press) -> Stand:
        """What of the plan needs no rendering."""
        if self.inputs is None or self._ledger is None:
            return Stand({}, {})
        now, ledger = Now(press, self.inputs), self._ledger
        changed = {
            n: key for n, key in enumerate(ledger.keys)
            if not ledger.values[n] or now.value(key) != ledger.values[n]
        }  # fmt: skip
        return accounts.stand_of(ledger, changed, press.plan)

    def edit(self) -> Edit | None:
        """What stands when nothing but words below front matters and stylesheets has changed."""
        found = self._edit(self._ledger, self.inputs) if self._ledger and self.inputs else None
        if found is None and self.inputs is not None:
            self.inputs.let_go()
        return found

    def _edit(self, ledger: Ledger, inputs: Inputs) -> Edit | None:
        made_from, bodies = inputs.made_from(ledger.read), inputs.bodies
        if ledger.made_from != made_from:
            return None
        edited = [path for path, digest in bodies.items() if ledger.bodies.get(path) != digest]
        if any(_words_of(inputs, path) is None for path in edited):
            return None
        found = self._model_at_hand(inputs)
        if found is None or found.made_from != made_from:
            return None
        alike = {key for key, value in zip(ledger.keys, ledger.values, strict=True) if value}
        changed = {f"body {path}" for path in edited} | {PLACES}
        self._changed = {n: k for n, k in enumerate(ledger.keys) if k in changed or k not in alike}
        stand = accounts.stand_of(ledger, self._changed, found.plan, bounds=False)
        return Edit(found, stand, restyled=ledger.sheets != inputs.sheets)

    def _model_at_hand(self, inputs: Inputs) -> Snapshot | None:
        if self._recall and self._recall.snapshot:
            return self._recall.brought_up(inputs)
        found = snapshots.load(self._model, inputs)
        if found and self._recall:
            self._recall.keep(found, inputs.bodies)
        return found

    def with_bounds(self, filled: Mapping[str, Filled]) -> dict[str, Filled]:
        """What layouts have filled, each with what it links to."""
        entries = self._ledger.outputs if self._ledger else {}
        return {
            path: each._replace(bound=bound_of(entries[path])) if path in entries and not each.bound else each
            for path, each in filled.items()
        }  # fmt: skip

    def links_stand(self, filled: Mapping[str, Filled]) -> bool:
        """Whether nothing was to be said about links, and they all are what they were."""
        if self._ledger is None or self._ledger.links_told:
            return False
        outputs = self._ledger.outputs
        return all(
            path in outputs and each.bound == bound_of(outputs[path])
            for path, each in filled.items() if not isinstance(each.content, Standing)
        )  # fmt: skip

    def files_after(self, filled: Mapping[str, Filled], press: Press) -> dict[str, Content]:
        """Every file of the site after an edit: those that stand, and what was rendered again."""
        assert self._ledger is not None
        outputs = self._ledger.outputs
        new = {p: each for p, each in filled.items() if not isinstance(each.content, Standing)}
        pictures = sizes(press, new.values())
        gone = {path for p in new if p in outputs for path in outputs[p].used} - pictures.keys()
        if gone:
            gone -= {path for p, entry in outputs.items() if p not in new for path in entry.used}
        signs = self._recall.signs if self._recall else {}
        files: dict[str, Content] = {
            path: Standing(digest, signs.get(path))
            for path, digest in self._ledger.files.items()
            if path not in gone
        }
        files |= {path: each.content for path, each in new.items()}
        return dict(sorted((files | pictures).items()))

    @property
    def read(self) -> list[str]:
        """The files whose bodies the model of the last build was made with."""
        return self._ledger.read if self._ledger else []

    @property
    def notes(self) -> list[str]:
        """The notes of the last build."""
        return self._ledger.notes if self._ledger else []

    @property
    def pages(self) -> int:
        """How many pages the last build made."""
        entries = self._ledger.outputs.values() if self._ledger else ()
        return sum(bytes(entry.bound) != _NOTHING for entry in entries)

    def begin_account(self, done: Done, beside: Beside) -> None:
        """Have the account of a build made, and its model kept, while its files are published."""
        if (inputs := self.inputs) is not None:
            self._begun = beside(lambda: self._accounted(done, inputs), len(done.filled))

    def _accounted(self, done: Done, inputs: Inputs) -> Ledger:
        """The account of a whole build, but for its files; its model is kept if it is of the inputs."""
        with suppress(OSError):
            state_folder(self._root)
        if inputs.still:
            snapshots.save(self._model, done.snapshot)
        return self._ledger_of(done, inputs)

    def close(self, done: Done) -> None:
        """Keep the account of a build whose files are published.

        Of inputs that were touched in the meantime nobody can say which state was read. Then there
        is no account, and the next build renders all anew; but where they were read only once, the
        account tells what was made of them, and only the model must be made again.
        """
        self.kept.save(all_used=self._ledger is None)
        if self.inputs is None:
            return
        ledger = self._begun() if self._begun else self._ledger_of(done, self.inputs)
        files = _published(self._out, ledger.outputs)
        if files is None or not all(map(is_read_once, self.inputs.touched)):
            self.forget()
            with suppress(OSError):
                self._file.unlink()
            return
        ledger = msgspec.structs.replace(ledger, files=files)
        if self._recall and done.edited:  # what is on disk is an earlier account, which is no harm
            self._recall.ledger = ledger
            self.inputs.let_go()
            self._look_into(
                p for p, f in done.filled.items() if not isinstance(f.content, Standing)
            )
            return
        if not self.inputs.still:
            ledger = msgspec.structs.replace(ledger, made_from="")
        accounts.save(self._file, ledger)
        if self._recall:
            self._recall.ledger = ledger
            self._recall.keep(done.snapshot, self.inputs.bodies)
            self._look_into(files)

    def _look_into(self, paths: Iterable[str]) -> None:
        assert self._recall
        self._recall.signs |= {path: sign_of(f"{self._out}/{path}") for path in paths}

    def _ledger_of(self, done: Done, inputs: Inputs) -> Ledger:
        old = self._ledger if done.edited else None
        keys = old.keys if old else []
        places = {key: n for n, key in enumerate(keys)}
        outputs = {
            path: old.outputs[path] if old and isinstance(each.content, Standing)
            else accounts.entry_of(each, places)
            for path, each in done.filled.items()
        }  # fmt: skip
        now = Now(done.press, inputs)
        values = [
            now.value(keys[n]) if n in self._changed else value
            for n, value in enumerate(old.values if old else ())
        ]
        values += [now.value(key) for key in list(places)[len(keys) :]]
        return Ledger(
            stamp=inputs.stamp, keys=list(places), values=values, outputs=outputs, files={},
            made_from=done.snapshot.made_from, bodies=inputs.bodies, sheets=inputs.sheets,
            read=list(done.read), links_told=done.links_told, notes=list(done.notes),
        )  # fmt: skip


def _words_of(inputs: Inputs, path: str) -> str | None:
    """The words below the front matter of a file; None when it is no text, or not read by now."""
    data = inputs.markdown.get(path.replace("/", os.sep))
    try:
        return None if data is None else body_of(data)
    except ValueError:
        return None


def _published(out: Path, outputs: Mapping[str, Entry]) -> dict[str, str] | None:
    """The digest of every published file; None when someone else has written there since."""
    try:
        files = read_manifest(out) or {}
    except (OSError, ValueError):
        return None
    return files if all(files.get(p) == entry.digest for p, entry in outputs.items()) else None


_NOTHING = msgspec.msgpack.encode(None)
