"""Addresses that were published once and must not die: kept in `addresses.txt`, one to a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from builder.binding import NO_IMAGES, Binder
from builder.checks.look import Look
from builder.checks.pages import nearest_page
from builder.problems import Place, Problems
from builder.text.files import read_text

FILE = "addresses.txt"
_HEAD = """\
# The addresses that this site has published. `folio check` tells when one of them leads to nothing any
# more; `folio check --keep` adds those that are new. A line may be deleted when nobody needs it.
"""


def check_addresses(look: Look, problems: Problems) -> None:
    """Tell addresses published earlier at which nothing is, and nothing leads on."""
    for line, address in kept_addresses(look.made.config.root):
        if path_of(look, address) is None:
            near = nearest_page(look, address)
            problems.warning(
                "address-gone", f"{address!r} was published, and leads to nothing now", Place(FILE, line),
                f"write `redirect_from: {address}` in the page that took its place" + (f"; {near}" if near else ""),
            )  # fmt: skip


def path_of(look: Look, address: str) -> str | None:
    """The output that answers an address; None when there is none."""
    return Binder("", {}, frozenset(look.made.rendered.plan), NO_IMAGES).path_of(address)


def new_addresses(look: Look) -> tuple[str, ...]:
    """What the site publishes and `addresses.txt` does not hold: pages, and papers as files."""
    kept = {address for _, address in kept_addresses(look.made.config.root)}
    outputs = look.made.rendered.plan.values()
    pages = {o.address for o in outputs if o.address and o.listed}
    files = {f"/{quote(o.path)}" for o in outputs if o.path.lower().endswith(".pdf")}
    return tuple(sorted((pages | files) - kept))


def keep(look: Look, live: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Add what is new to `addresses.txt`, and what is live already; give what was added."""
    kept = {address for _, address in kept_addresses(look.made.config.root)}
    added = tuple(sorted({*new_addresses(look), *live} - kept))
    file = look.made.config.root / FILE
    if added:
        lines = sorted({*kept, *added})
        file.write_text(_HEAD + "\n".join(lines) + "\n", "utf-8", newline="\n")
    return added


def kept_addresses(root: Path) -> Iterator[tuple[int, str]]:
    """Line and address of all that `addresses.txt` holds."""
    file = root / FILE
    text = read_text(file, FILE, Problems()) if file.is_file() else None
    for number, line in enumerate((text or "").split("\n"), 1):
        if (address := line.strip()) and not address.startswith("#"):
            yield number, address
