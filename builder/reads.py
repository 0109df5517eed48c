"""What an output reads while it is rendered, told by whatever gives it something to read.

A read is a line: `site en publications`, `layout base.html`, `body content/a.md`, `to / 0 /talks/`. What
it stands for is asked later, by `ledger.py`; an output is fresh while all that it read is the same.
Only what passes through here is known: whoever gives a layout something must tell it, and a
result that is kept for the next who asks must tell its reads again (`Reads.once`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import MethodType
from typing import Any, Generic, TypeVar

from jinja2 import Environment, Template

from builder.model.documents import Document
from builder.model.site import Site
from builder.problems import Place, Problems

T = TypeVar("T")


class Frame:
    """What one piece of work has read, and what it found wrong."""

    __slots__ = ("keys", "problems")

    def __init__(self) -> None:
        self.keys: dict[str, None] = {}
        self.problems = Problems()

    def add(self, other: Frame) -> None:
        """Take over what a part of this work has read and found."""
        self.keys |= other.keys
        self.problems.extend(other.problems)


class Reads:
    """Gathers reads for the work that is under way; a part's reads are those of the whole too."""

    def __init__(self) -> None:
        self._frames = [Frame()]

    def note(self, key: str) -> None:
        """Tell that something is read."""
        self._frames[-1].keys[key] = None

    @property
    def problems(self) -> Problems:
        """Where what is wrong with the work under way is told."""
        return self._frames[-1].problems

    @contextmanager
    def gathered(self) -> Iterator[Frame]:
        """A piece of work of its own: its frame is filled when it ends."""
        frame = Frame()
        self._frames.append(frame)
        try:
            yield frame
        finally:
            self._frames.pop()
            self._frames[-1].add(frame)

    def once(self, kept: dict[Any, Once[T]], key: Any, make: Callable[[], T]) -> T:
        """A result that is made once and read by many: each of them reads all that it read."""
        if key in kept:
            self._frames[-1].add(kept[key].frame)
        else:
            with self.gathered() as frame:
                made = make()
            kept[key] = Once(made, frame)
        return kept[key].value


class Once(Generic[T]):
    """A result, and what was read to make it."""

    __slots__ = ("frame", "value")

    def __init__(self, value: T, frame: Frame) -> None:
        self.value, self.frame = value, frame


class Seen:
    """A site that tells which of its parts are read. Layouts and filters get no other."""

    def __init__(self, site: Site, reads: Reads) -> None:
        self._site, self._reads = site, reads
        self._kind = f"site {site.language} "
        self._values: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        values = self._values
        if name not in values:
            value = getattr(self._site, name)
            if isinstance(value, MethodType):  # what it reads, it reads here
                return MethodType(value.__func__, self)
            values[name] = value
        self._reads.note(self._kind + name)
        return values[name]

    def __getitem__(self, name: str) -> Any:
        self._reads.note(f"{self._kind}[{name}]")
        return self._site[name]


def part_of(site: Site, name: str) -> Any:
    """What `site.name` is, or with `[name]` what `site["name"]` is; None where there is no such part."""
    try:
        return site[name[1:-1]] if name.startswith("[") else getattr(site, name)
    except KeyError:
        return None


PLACES = "places"
"""Read by whoever asks where something was typed: it changes with every line above."""


class Watched(Environment):
    """An environment that tells which layouts it gives, and what else no fingerprint holds."""

    def __init__(self, reads: Reads, **options: Any) -> None:
        super().__init__(auto_reload=False, cache_size=0, **options)
        self.reads = reads
        self._layouts: dict[str, Template] = {}

    def _load_template(self, name: str, globals: Any) -> Template:
        self.reads.note(f"layout {name}")
        if name not in self._layouts:
            self._layouts[name] = super()._load_template(name, globals)
        return self._layouts[name]

    def make_globals(self, d: Any) -> Any:
        """Jinja's: all layouts have the same, and none has more."""
        return {**self.globals, **d} if d else self.globals

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Jinja's `obj.attribute`."""
        value = super().getattr(obj, attribute)
        if attribute in TOLD or type(value) is Place:
            self.tell(obj, attribute)
        return value

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Jinja's `obj[argument]`, and what its filters look up."""
        value = super().getitem(obj, argument)
        if type(obj) in (Document, Place) or type(value) is Place or argument == "also":
            self.tell(obj, argument)
        return value

    def tell(self, obj: Any, name: Any) -> None:
        """Tell of a body or a place that a layout looks at."""
        if isinstance(obj, Document) and name in ("body", "text"):
            self.reads.note(f"body {obj.path}")
        elif name != "text":
            self.reads.note(PLACES)


TOLD = frozenset({
    "body", "text", "body_line", "also", "at", "line", "column", "keys_at", "values_at", "items_at",
    "place", "asked_by", "asked_at",
})  # fmt: skip
"""Names under which a layout comes to a body or a place, which no fingerprint holds."""


class Layout(Template):
    """A layout whose macros, which Jinja keeps, tell anew what was read to make them."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        kept: dict[Any, Once[Any]] = self.__dict__.setdefault("kept_modules", {})
        reads: Reads = self.environment.reads  # type: ignore[attr-defined]
        make = super()._get_default_module
        if ctx is not None and ctx.globals_keys - self.globals.keys():
            return make(ctx)
        return reads.once(kept, "module", make)


Watched.template_class = Layout
