"""The account of an import: `import-report.md` in the new site, and a few lines for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from builder.importers.moving import Move, Note

REPORT = "import-report.md"


def summary(move: Move) -> str:
    """What was brought over, in a line for each kind."""
    lines = [
        f"{kind}: {move.taken[kind]} at the source, {move.given[kind]} here"
        for kind in sorted(move.taken)
    ]
    kept = sum(1 for a in move.addresses.values() if a.new == a.old)
    moved = sum(1 for a in move.addresses.values() if a.new and a.new != a.old)
    lines.append(
        f"addresses: {len(move.addresses)} old, {kept} the same, {moved} redirected, {len(move.addresses) - kept - moved} left"
    )
    verdicts = Counter(note.verdict for note in move.notes)
    told = ", ".join(
        f"{verdicts[v]} {v}" for v in ("approximated", "left", "missing") if verdicts[v]
    )
    lines.append(
        f"to look at: {told or 'nothing'}, and {len(move.left)} files left out; see {REPORT}"
    )
    return "\n".join(lines)


def report(move: Move, proof: str = "") -> str:
    """The whole account, as Markdown; `proof` is what a comparison with the built site has found."""
    parts = [
        f"# Moved in from {_NAMES.get(move.kind, move.kind)}", "", _OPENING, "", "## Counts", "",
        "| kind | at the source | here |", "|---|---|---|",
        *(f"| {kind} | {move.taken[kind] or '–'} | {move.given[kind]} |" for kind in sorted({*move.taken, *move.given})), "",
        *_proof(proof),
        *_section("Missing at the source", "Links, pictures and files that led to nothing before the move.", _of(move, "missing")),
        *_section("Approximated", "Taken over nearly as it was; the reason stands behind each.", _of(move, "approximated")),
        *_section("Left", "Not taken over; the reason stands behind each.", _of(move, "left")),
        *_left_files(move), *_addresses(move), *_files(move),
    ]  # fmt: skip
    return "\n".join(parts).rstrip("\n") + "\n"


_NAMES = {
    "academicpages": "academicpages (Jekyll)", "al-folio": "al-folio", "hugo": "Hugo Blox", "rendercv": "RenderCV",
    "jsonresume": "JSON Resume", "bibliography": "a bibliography", "markdown": "a CV in Markdown",
}  # fmt: skip
_OPENING = (
    "What became of every file, every address, every record. `folio import --verify FROM DIR` checks it against the\n"
    "built site at any time. When all is settled this file may go: nothing reads it."
)


def _proof(found: str) -> Iterator[str]:
    """What was looked for on the pages of the new site, or how to have it looked for."""
    yield from ("## The proof", "")
    yield (
        _PROOF
        if found
        else "Not compared with the built site yet: `folio import --verify FROM DIR` does."
    )
    yield ""
    if found:
        yield from (f"- {_safe(line)}" for line in found.split("\n"))
        yield ""


_PROOF = (
    "The new site was built right after the move, and what the source says was looked for on its pages.\n"
    "`folio import --verify FROM DIR` does it again."
)


def _of(move: Move, verdict: str) -> list[Note]:
    return sorted((n for n in move.notes if n.verdict == verdict), key=lambda n: (n.path, n.line))


def _section(title: str, opening: str, notes: list[Note]) -> Iterator[str]:
    if not notes:
        return
    yield from (f"## {title}", "", opening, "")
    yield from (f"- `{note.place}`: {_safe(note.text)}" for note in notes)
    yield ""


def _safe(text: str) -> str:
    return text.replace("<", "&lt;").replace("|", "\\|").replace("{{", "{ {").replace("{%", "{ %")


def _left_files(move: Move) -> Iterator[str]:
    if move.left:
        yield from ("## Files left out", "")
        yield from (f"- `{path}`: {reason}" for path, reason in sorted(move.left.items()))
        yield ""


def _addresses(move: Move) -> Iterator[str]:
    if not move.addresses:
        return
    yield from (
        "## Addresses",
        "",
        "Where each address of the old site leads now.",
        "",
        "| old | now | file |",
        "|---|---|---|",
    )
    for address in sorted(move.addresses.values()):
        now = (
            "the same"
            if address.new == address.old
            else f"→ {address.new}"
            if address.new
            else "left out"
        )
        yield f"| {_safe(address.old)} | {_safe(now)} | {_safe(address.path)} |"
    yield ""


def _files(move: Move) -> Iterator[str]:
    yield from ("## Files", "", "Each file of the source, and what holds its words now.", "")
    noted = Counter(note.path for note in move.notes if note.verdict == "approximated")
    for path, made in sorted(move.into.items()):
        if made == [f"content/{path}"]:
            continue
        how = "approximated" if noted[path] else "converted"
        yield f"- `{path}` {how} → {_several(dict.fromkeys(made))}"
    copied = sum(1 for path, made in move.into.items() if made == [f"content/{path}"])
    if copied:
        yield f"- {copied} files copied as they are, each at its old address"
    yield ""


def _several(paths: Iterable[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths)
