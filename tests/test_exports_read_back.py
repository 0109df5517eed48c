"""What a site exports is read back by the programs that people have: bibtexparser, pybtex, Pandoc."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize
from xml.etree import ElementTree

import bibtexparser
import pytest
from pybtex.database import parse_string

from builder.config import load_config
from builder.model.bibtex_fields import is_private
from builder.model.publications import Publication
from builder.model.site import make_site as make_model
from builder.outputs.exports import exports
from builder.problems import Problems
from builder.run import Options
from builder.sources import read_sources
from builder.text.bibtex import parse
from builder.text.tex import to_text
from tests.corpus import bibtex
from tests.demo import copy_demo
from tests.sites import make_site

COUNT = 2000


class Exported(NamedTuple):
    """The publications of a site, and the folder with all of them in three files."""

    papers: tuple[Publication, ...]
    folder: Path

    def text(self, ending: str) -> str:
        return (self.folder / f"publications.{ending}").read_text("utf-8")


def exported(root: Path, folder: Path) -> Exported:
    """Read a site, and write its exports to a folder."""
    problems = Problems()
    config = load_config(root, Options(url="https://example.org"), problems)
    records = read_sources(config, problems)
    site = make_model(config, records, problems)
    folder.mkdir()
    for output in exports(config, records, site):
        if output.path.startswith("publications/publications."):
            assert isinstance(output.content, bytes)
            (folder / Path(output.path).name).write_bytes(output.content)
    return Exported(site.publications, folder)


@pytest.fixture(scope="module")
def of_demo(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("demo")
    return exported(copy_demo(folder / "site"), folder / "out")


@pytest.fixture(scope="module")
def of_many(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    folder = tmp_path_factory.mktemp("many")
    bib = bibtex(COUNT, abstracts=False)
    root = make_site(folder / "site", {"content/publications.bib": bib}).root
    return exported(root, folder / "out")


@pytest.fixture(params=["of_demo", "of_many"])
def site(request: pytest.FixtureRequest) -> Exported:
    found: Exported = request.getfixturevalue(request.param)
    assert len(found.papers) > 30
    return found


def test_every_entry_comes_out(of_many: Exported) -> None:
    assert len(of_many.papers) == COUNT
    keys = [paper.key for paper in of_many.papers]
    assert [e.key for e in parse(of_many.text("bib"), "x", Problems())] == keys
    assert [item["id"] for item in json.loads(of_many.text("json"))] == keys
    assert of_many.text("ris").count("\nER  - ") == COUNT


def test_what_is_private_never_comes_out(site: Exported) -> None:
    problems = Problems()
    entries = parse(site.text("bib"), "x", problems)
    assert {name for e in entries for name in e.fields if is_private(name)} == set()
    for ending in ("bib", "ris", "json"):
        assert "private-" not in site.text(ending)
        assert "bdsk-" not in site.text(ending)


# ---- the facts, as each program has them ----------------------------------------------------------

Facts = tuple[str, tuple[tuple[str, str, str, str], ...], str]
"""Title, names in four parts, year."""


def plain(text: str) -> str:
    """A title or name for comparing: no tags, braces, dollars, case; a dotless i under an accent is an i."""
    bare = unescape(re.sub(r"</?\w[^>]*>", "", text)).replace("$", "")
    bare = normalize("NFD", bare).replace("ı\u0301", "i\u0301")
    return " ".join(normalize("NFC", bare).casefold().split()).rstrip(".")


def ours(paper: Publication) -> Facts:
    names = [
        (n.given, n.particle, n.family or n.literal, n.suffix)
        for n in (a.name for a in paper.authors)
    ]
    names += [("", "", "others", "")] * paper.others
    return plain(paper.title.text), _plain_names(names), paper.year


def _plain_names(names: Any) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((plain(a), plain(b), plain(c), plain(d)) for a, b, c, d in names)


def of_pybtex(entry: Any, subtitle: str) -> Facts:
    parts = ("first_names", "middle_names", "prelast_names", "last_names", "lineage_names")
    names = []
    for person in entry.persons.get("author", []):
        first, middle, von, last, junior = (to_text(" ".join(getattr(person, p))) for p in parts)
        names.append((f"{first} {middle}".strip(), von, last, junior))
    title = to_text(entry.fields["title"]) + subtitle
    return plain(title), _plain_names(names), year_in(entry.fields.get("year", ""))


def year_in(text: str) -> str:
    return text if text.isdecimal() else ""


def of_csl(item: dict[str, Any]) -> Facts:
    names = []
    for name in item.get("author", []):
        particle = f"{name.get('dropping-particle', '')} {name.get('non-dropping-particle', '')}"
        family = name.get("family") or name.get("literal", "")
        names.append((name.get("given", ""), particle.strip(), family, name.get("suffix", "")))
    dates = item.get("issued", {}).get("date-parts") or [[]]
    return plain(item["title"]), _plain_names(names), str((dates[-1] or [""])[0])


def test_bibtexparser_and_pybtex_find_the_same_facts(site: Exported) -> None:
    text = site.text("bib")
    strict = parse_string(text, "bibtex")
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert len(strict.entries) == len(library.entries) == len(site.papers)
    for paper in site.papers:
        entry, other = strict.entries[paper.key], library.entries_dict[paper.key]
        fields = {field.key: str(field.value) for field in other.fields}
        subtitle = f": {to_text(fields['subtitle'])}" if "subtitle" in fields else ""
        assert of_pybtex(entry, subtitle) == ours(paper)
        assert plain(to_text(fields["title"]) + subtitle) == plain(paper.title.text)
        assert year_in(fields.get("year", "")) == paper.year


# ---- Pandoc ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pandoc() -> str:
    """Pandoc, which tests/install-tools.sh installs beside Chromium; CI on Linux must have it."""
    found = shutil.which("pandoc")
    if found is None and os.environ.get("CI") and sys.platform == "linux":
        pytest.fail("there is no pandoc: run tests/install-tools.sh")
    return found or pytest.skip("there is no pandoc on the path: the exports are not read by it")


def run(*command: str | Path) -> str:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.tools
@pytest.mark.parametrize(("reader", "ending"), [("biblatex", "bib"), ("csljson", "json")])
def test_pandoc_finds_the_same_facts(pandoc: str, site: Exported, reader: str, ending: str) -> None:
    file = site.folder / f"publications.{ending}"
    items = {
        item["id"]: item for item in json.loads(run(pandoc, "-f", reader, "-t", "csljson", file))
    }
    assert len(items) == len(site.papers)
    wrong = {
        p.key: (of_csl(items[p.key]), ours(p))
        for p in site.papers
        if of_csl(items[p.key]) != ours(p)
    }
    assert wrong == {}


@pytest.mark.tools
@pytest.mark.parametrize("ending", ["bib", "json"])
def test_pandocs_citeproc_cites_every_paper(pandoc: str, of_demo: Exported, ending: str) -> None:
    page = of_demo.folder / "all.md"
    page.write_text("---\nnocite: '@*'\n---\n", "utf-8")
    file = of_demo.folder / f"publications.{ending}"
    html = run(pandoc, "--citeproc", "--bibliography", file, "-t", "html", "--wrap=none", page)
    entries = dict(re.findall(r'<div id="ref-([^"]+)"[^>]*>\s*(.*?)\s*</div>', html, re.DOTALL))
    assert len(entries) == len(of_demo.papers)
    for paper in of_demo.papers:
        said = plain(entries[paper.key].replace("’", "'")).replace("“", "").replace("”", "")
        assert all(plain(w) in said for w in re.findall(r"[^\W\d_]{4,}", paper.title.text))
        assert paper.year in said
        names = [] if "———" in said else paper.authors[:3]  # the same people as above
        assert all(plain(a.name.family or a.name.literal) in said for a in names)


# ---- the feed -------------------------------------------------------------------------------------


def test_the_feed_has_the_newest_papers(tmp_path: Path) -> None:
    bib = "".join(
        f"@article{{k{n}, title={{Paper {n} & more}}, author={{Bell, Bo and Clay, Di}}, journal={{J}}, year={1960 + n}}}\n"
        for n in range(60)
    )
    built = make_site(tmp_path / "site", {"content/publications.bib": bib}).build()
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(built.html("publications/feed.xml")).findall(f"{atom}entry")
    assert [e.findtext(f"{atom}title") for e in entries] == [
        f"Paper {n} & more" for n in range(59, 9, -1)
    ]
    assert [a.findtext(f"{atom}name") for a in entries[0].findall(f"{atom}author")] == [
        "Bo Bell",
        "Di Clay",
    ]
    assert [e.findtext(f"{atom}updated") for e in entries[:1]] == ["2019-01-01T00:00:00Z"]
