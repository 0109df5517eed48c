"""No fact is lost: what stands under any key of any record is on a page of the site."""

from __future__ import annotations

import json
import re
import typing
from typing import Any

import msgspec
import pytest

from builder.fields import shape_of
from builder.model.citations import PublicationKeys
from builder.model.cv_entries import _KINDS, EntryKeys
from builder.model.owner import CvHead
from builder.model.people import Person
from builder.model.records import KINDS, Record
from tests.conftest import MakeSite

UNSEEN = frozenset({
    "aliases", "tags", "phone", "permalink", "redirect_from", "redirect", "lang", "language", "modified", "kind",
    "social_networks", "custom_connections", "extra", "citation_style", "layout",
})  # fmt: skip
"""Keys that choose, lead or order, those kept private, and those with tests of their own."""

SHAPED: dict[str, Any] = {
    "date": "2021-03", "start_date": "2019-02", "end_date": "2031-04", "year": "2021", "dates": "2021",
    "thesis": "k", "publications": ["k"], "arxiv": "2101.00001", "status": "submitted", "type": "",
    "links": {"zqlabel": "https://e.org/zqlink"}, "facts": {"zqfactlabel": "zqfact"},
    "names": {"ru": "zqother"}, "entries": [{"name": "zqentry"}], "doi": "10.1000/zqdoi",
    "given": [{"event": "zqevent", "location": "zqplace", "date": "2022", "slides": "https://e.org/zqgiven"}],
    "affiliations": [{"company": "zqcompany", "position": "zqposition", "url": "https://e.org/zqat"}],
    "office_hours": {"when": "zqwhen", "where": "zqwhere"}, "availability": {"text": "zqavailable"},
}  # fmt: skip
"""Values of the keys that a single word cannot fill."""

ADDRESSES = frozenset({
    "website", "pdf", "slides", "poster", "paper", "video", "code", "data", "image", "preview", "url", "photo",
})  # fmt: skip


def facts_of(kind: type[msgspec.Struct], without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A value for every key that holds words, each word of its own."""
    hints = typing.get_type_hints(kind)
    keys = [k for k in shape_of(kind) if k not in UNSEEN | without and hints[k] not in (bool, int)]
    return {key: value for key in keys if (value := _value(key, kind))}


def _value(key: str, kind: type[msgspec.Struct]) -> Any:
    if key == "code" and kind is EntryKeys:
        return "zqcode"
    if key in SHAPED:
        return SHAPED[key]
    word = "zq" + key.replace("_", "")
    return f"https://e.org/{word}" if key in ADDRESSES else word


def lost(site: MakeSite, path: str, facts: Any) -> set[str]:
    """The words of `facts`, written to `path`, that no page holds."""
    text = json.dumps(facts)
    built = site({
        path: f"---\n{text}\n---\nzqbody\n" if path.endswith(".md") else text,
        "site.yaml": "title: S\ncollections: [own]\n",
        "content/p.bib": "@article{k, title={zqpaper}, author={A B}, year=2020}\n",
    })  # fmt: skip
    assert [
        p.message for p in built.problems if p.kind not in ("papers-differ", "owner-not-found")
    ] == []
    pages = "".join(built.html(f) for f in built.files if f.endswith(".html"))
    words = set(re.findall(r"zq\w+", text))
    assert len(words) > 2
    return {word for word in words if word not in pages}


@pytest.mark.parametrize("name", [*KINDS, "own"])
def test_of_a_record(site: MakeSite, name: str) -> None:
    untitled = frozenset({"title"}) if name == "news" else frozenset({"text"})
    facts = facts_of(KINDS.get(name, Record), untitled)
    assert lost(site, f"content/{name}.yaml", [facts]) == set()
    assert name == "news" or lost(site, f"content/{name}/x.md", facts) == set()


def test_of_a_person(site: MakeSite) -> None:
    facts = facts_of(Person, frozenset({"headline"}))
    assert lost(site, "content/people.yaml", [{"name": "A B", "owner": "true"}, facts]) == set()
    assert lost(site, "content/cv.yaml", {"cv": facts_of(CvHead, frozenset({"address"}))}) == set()


def test_of_a_paper(site: MakeSite) -> None:
    facts = facts_of(PublicationKeys, frozenset({"year"}))
    assert lost(site, "content/publications/x.md", facts) == set()


@pytest.mark.parametrize("kind", _KINDS, ids=lambda kind: f"{kind[0]}-{kind[2]}")
def test_of_an_entry_of_the_cv(site: MakeSite, kind: tuple[Any, ...]) -> None:
    telling = {key for _, keys, _, _ in _KINDS for key in keys} - set(kind[1])
    unlisted = {"highlights", "entries"} if kind[0] == "publication" else set()
    facts = facts_of(EntryKeys, frozenset(telling | unlisted | {"dates"}))
    sections = {"cv": {"name": "A B", "sections": {"Part": [facts]}}}
    assert lost(site, "content/cv.yaml", sections) == set()
