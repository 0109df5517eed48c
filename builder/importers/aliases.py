"""Names by which papers call the owner: initials alone, as `J. Doe` of a site of Jane Doe's.

A build asks whether they are meant; whoever moves in has answered that by listing the papers.
"""

from __future__ import annotations

from collections.abc import Iterator

from builder.importers.moving import Move
from builder.importers.source import plain_yaml
from builder.importers.values import listed, text_of
from builder.importers.yamlout import to_yaml
from builder.problems import Problems
from builder.text import names
from builder.text.bibtex import parse
from builder.text.person import PersonName, same_person

PEOPLE = "content/people.yaml"


def add_aliases(move: Move) -> None:
    """Give the owner of people.yaml the names that only initials tell to be the owner's."""
    typed = move.site.get(PEOPLE)
    people = plain_yaml(typed)[0] if isinstance(typed, str) else None
    owner = next((p for p in people or [] if text_of(p.get("owner")) == "true"), None)
    if not owner:
        return
    known = [
        names.from_text(name) for name in (text_of(owner["name"]), *listed(owner.get("aliases")))
    ]
    found: dict[str, None] = {}
    for authors in _bylines(move):
        matches = [_match(author, known) for author in authors]
        alike = [a for a, match in zip(authors, matches, strict=True) if match == "initials"]
        if len(alike) == 1 and "full" not in matches:
            found[alike[0].display] = None
    if found:
        owner["aliases"] = [*listed(owner.get("aliases")), *found]
        move.site[PEOPLE] = to_yaml(people)


def _match(author: PersonName, known: list[PersonName]) -> str:
    matches = {same_person(author, name) for name in known}
    return "full" if "full" in matches else "initials" if "initials" in matches else ""


def _bylines(move: Move) -> Iterator[list[PersonName]]:
    """The authors of every paper of the new site."""
    for path, text in move.site.items():
        if path.endswith(".bib") and path.count("/") == 1 and isinstance(text, str):
            for entry in parse(text, path, Problems()):
                yield [read.name for read in names.read_names(entry.fields.get("author", "")).names]
