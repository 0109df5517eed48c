"""The same academic site in the layout of each generator: seeded words, the same in every one.

    python -m bench.corpus FOLDER [--size S M L XL] [--tool hugo folio …]

Writes FOLDER/<size>/<tool>/, ready to build. What a tool needs beside the words (settings and
templates that print the same HTML) stands in `bench/sites/<tool>/`. A page has 300 to 900 words:
headings, lists, a table, code, footnotes, now and then a picture or a quotation, and links to
other pages. There are no formulas, which the others would print as they are typed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import struct
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

SIZES = {"S": (30, 50), "M": (300, 500), "L": (3000, 2000), "XL": (10000, 2000)}
"""Pages and publications."""
SHARES = {"posts": 0.6, "talks": 0.2, "teaching": 0.1, "projects": 0.1}
KINDS = ("papers", *SHARES)
SITES = Path(__file__).parent / "sites"
URL = "https://example.org"
OWNER = "Jane Doe"

NOUNS = """estimator sample network protein kernel gradient field survey cohort lattice spectrum policy
corpus parser proof boundary likelihood prior residual benchmark archive membrane galaxy orbit polymer
genome pathway circuit cortex seminar lecture grant review library constraint variance tensor graph
tree cluster""".split()
VERBS = """estimate compare measure describe reduce extend simulate predict recover bound observe derive
collect annotate replicate publish discuss revise test fit train evaluate summarise improve""".split()
ADJECTIVES = """robust sparse linear causal empirical neural Bayesian convex local global slow stable noisy
open modern classical spatial temporal discrete partial random structural early careful plain""".split()
TURNS = "in practice,by contrast,as before,in most cases,under mild conditions,for example".split(
    ","
)
CITIES = "Zürich Montréal Kraków Lisbon Kyoto Nairobi Göttingen Edinburgh Seoul Uppsala".split()
VENUES = """Journal of Statistical Methods|Annals of Applied Inference|Conference on Open Science
|Symposium on Scientific Computing|Letters in Computational Physics""".replace("\n", "").split("|")
PEOPLE = (
    ("Jane", "Doe"), ("Jürgen", "Müller"), ("Søren", "Ångström"), ("Zoë", "García"), ("Łukasz", "Nowak"),
    ("François", "Lefèvre"), ("Núria", "Peña"), ("Anna", "Weiß"), ("Wei", "Zhang"), ("Priya", "Raman"),
    ("David", "van der Berg"), ("Hiroshi", "Tanaka"), ("Amara", "Okafor"), ("Maria", "Rossi"),
)  # fmt: skip
TEX = {
    "ü": r"{\"u}", "ø": r"{\o}", "Å": r"{\AA}", "ö": r"{\"o}", "ë": r"{\"e}", "í": r"{\'\i}", "Ł": r"{\L}",
    "ç": r"{\c{c}}", "è": r"{\`e}", "ú": r"{\'u}", "ñ": r"{\~n}", "ß": r"{\ss}",
}  # fmt: skip
CODE = '''```python
import numpy as np

def {name}(x, steps={n}, seed=0):
    """Return the {noun} of x after a number of steps."""
    rng = np.random.default_rng(seed)
    total = 0.0
    for step in range(steps):
        noise = rng.normal(size=len(x))
        total += float(np.mean(x + noise)) / (step + 1)
    return total

print({name}(np.arange({n}), steps={n}))
```'''


class Item(NamedTuple):
    """One page of the site. Its body has `[[kind/slug|words]]` and `[[picture/n|words]]`."""

    kind: str
    slug: str
    title: str
    day: date
    venue: str
    authors: tuple[tuple[str, str], ...]
    """Given and family names; none for what is no paper."""
    doi: str
    excerpt: str
    abstract: str = ""
    body: str = ""


class Voice:
    """Says things that read like sentences, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.one = self.random.choice
        self.number = self.random.randint

    def thing(self) -> str:
        return f"{self.one(ADJECTIVES)} {self.one(NOUNS)}"

    def sentence(self) -> str:
        verb, turn = self.one(VERBS), self.one(TURNS)
        said = self.one((
            f"We {verb} the {self.thing()} before the {self.thing()}",
            f"The {self.thing()} can {verb} a {self.thing()}, and {turn} its {self.one(NOUNS)}",
            f"A {self.thing()} and the {self.thing()} {verb} each {self.one(NOUNS)} from {self.one(CITIES)}",
            f"This lets us {verb} a {self.one(NOUNS)} without the {self.thing()}",
        ))  # fmt: skip
        return f"{said}."

    def paragraph(self, low: int = 3, high: int = 6) -> str:
        return " ".join(self.sentence() for _ in range(self.number(low, high)))

    def title(self) -> str:
        more = (
            f"{self.one(('for', 'with', 'and'))} {self.thing()}" for _ in range(self.number(1, 2))
        )
        return " ".join((self.thing().capitalize(), *more))


def items_of(size: str, seed: int = 1) -> list[Item]:
    """Every item of a site, newest first within its kind."""
    voice = Voice(seed)
    pages, papers = SIZES[size]
    counts = {"papers": papers, **{kind: round(pages * share) for kind, share in SHARES.items()}}
    bare = [_bare(kind, n, voice) for kind, count in counts.items() for n in range(count)]
    filled = [_with_body(item, bare, voice) for item in bare]
    return sorted(filled, key=lambda i: (KINDS.index(i.kind), -i.day.toordinal(), i.slug))


def _bare(kind: str, n: int, voice: Voice) -> Item:
    title, day = voice.title(), date(2008, 1, 1) + timedelta(days=voice.number(0, 6300))
    slug = f"{title.lower().replace(' ', '-')}-{n}"
    authors: tuple[tuple[str, str], ...] = ()
    venue = "" if kind in ("posts", "projects") else f"Seminar, {voice.one(CITIES)}"
    if kind == "papers":
        others = voice.random.sample(PEOPLE[1:], voice.one((1, 2, 2, 3, 3, 4, 5, 8)))
        authors, venue = (PEOPLE[0], *others), voice.one(VENUES)
    doi = f"10.{voice.number(1000, 9999)}/jx.{n:05d}" if authors else ""
    abstract = voice.paragraph(8, 14) if authors else ""
    return Item(kind, slug, title, day, venue, authors, doi, voice.sentence(), abstract)


def _with_body(item: Item, others: list[Item], voice: Voice) -> Item:
    if item.abstract:
        return item._replace(body=f"{item.abstract}\n\nRelated: {_link(others, voice)}")
    goal, parts = voice.number(300, 900), list(_parts(others, voice))
    voice.random.shuffle(parts)
    blocks = [f"{voice.paragraph()} See {_link(others, voice)} for the earlier version."]
    while parts or sum(len(block.split()) for block in blocks) < goal:
        blocks += [f"## {voice.title()}", voice.paragraph()]
        blocks.append(
            parts.pop() if parts else f"{voice.paragraph()} Compare {_link(others, voice)}."
        )
    notes = [f"[^{n}]: {voice.sentence()}" for n in (1, 2)]
    return item._replace(body="\n\n".join((*blocks, *notes)))


def _parts(others: list[Item], voice: Voice) -> tuple[str, ...]:
    """What every page has beside its paragraphs, and what some have."""
    mark = voice.one(("-", "1."))
    rows = "\n".join(
        f"| {voice.one(NOUNS)} | {voice.number(10, 9999)} | {voice.thing()} |" for _ in range(5)
    )
    code = CODE.format(name=voice.one(VERBS), n=voice.number(2, 99), noun=voice.one(NOUNS))
    always = (
        "\n".join(f"{mark} {voice.sentence()}" for _ in range(4)),
        f"| Name | Size | Note |\n| --- | ---: | --- |\n{rows}",
        code,
        f"{voice.paragraph()[:-1]}[^1]. {voice.sentence()[:-1]}[^2].",
        f"It has *two aims*: the **{voice.thing()}**, and `{voice.one(NOUNS)}.csv` of {_link(others, voice)}.",
    )
    picture = f"[[picture/{voice.number(1, 6)}|A {voice.thing()} over time]]"
    some = (picture, f"> {voice.paragraph(2, 2)}")
    return (*always, *(part for part in some if voice.random.random() < 0.4))


def _link(others: list[Item], voice: Voice) -> str:
    to = voice.one(others)
    return f"[[{to.kind}/{to.slug}|{to.title.lower()}]]"


# ---- layouts ------------------------------------------------------------------------------------

Target = Callable[[str, str], str]
"""Kind and slug of what a link leads to, as the generator wants it written."""


def resolved(body: str, target: Target) -> str:
    """The body in Markdown."""
    first, *rest = body.split("[[")
    parts = [first]
    for piece in rest:
        inside, _, after = piece.partition("]]")
        to, _, words = inside.partition("|")
        kind, _, slug = to.partition("/")
        picture = kind == "picture"
        href = f"/images/{slug}.png" if picture else target(kind, slug)
        parts.append(f"{'!' * picture}[{words}]({href}){after}")
    return "".join(parts)


def at_root(kind: str, slug: str) -> str:
    """The address of an item."""
    return f"/{kind}/{slug}/"


def front_matter(item: Item) -> str:
    """YAML on top of a file, its words quoted as JSON."""
    names = [" ".join(name) for name in item.authors]
    values = {
        "title": item.title, "date": str(item.day), "excerpt": item.excerpt, "venue": item.venue,
        "authors": names, "doi": item.doi,
    }  # fmt: skip
    lines = (
        f"{k}: {v if k == 'date' else json.dumps(v, ensure_ascii=False)}"
        for k, v in values.items()
        if v
    )
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _files(
    root: Path, items: list[Item], folder: str, pictures: str, target: Target = at_root
) -> None:
    for item in items:
        _put(
            root / folder / item.kind / f"{item.slug}.md",
            front_matter(item) + resolved(item.body, target) + "\n",
        )
    for n in range(1, 7):
        _put(root / pictures / f"images/{n}.png", _png(n))


def _hugo(root: Path, items: list[Item]) -> None:
    _files(root, items, "content", "static")
    for kind in KINDS:
        _put(root / f"content/{kind}/_index.md", f"---\ntitle: {kind.capitalize()}\n---\n")


def _eleventy(root: Path, items: list[Item]) -> None:
    _files(root, items, "src", "src")
    for kind in KINDS:
        _put(root / f"src/{kind}/{kind}.json", json.dumps({"layout": "single.njk", "tags": kind}))
        listing = f"layout: list.njk\ntitle: {kind.capitalize()}\nkind: {kind}\npermalink: /{kind}/index.html"
        _put(root / f"src/{kind}.njk", f"---\n{listing}\n---\n")


def _pelican(root: Path, items: list[Item]) -> None:
    _files(root, [], "content", "content")
    for item in items:
        names = ", ".join(" ".join(name) for name in item.authors)
        values = {
            "Title": item.title, "Date": item.day, "Slug": item.slug, "Excerpt": item.excerpt,
            "Names": names, "Venue": item.venue, "Doi": item.doi,
        }  # fmt: skip
        head = "\n".join(f"{key}: {value}" for key, value in values.items() if value)
        text = f"{head}\n\n{resolved(item.body, at_root)}\n"
        _put(root / "content" / item.kind / f"{item.slug}.md", text)


def _mkdocs(root: Path, items: list[Item]) -> None:
    """MkDocs makes no lists: its listing pages are written here."""
    _files(root, items, "docs", "docs")
    for kind in KINDS:
        rows = "".join(_row(item) for item in items if item.kind == kind)
        _put(root / f"docs/{kind}/index.md", f"---\ntitle: {kind.capitalize()}\n---\n\n{rows}")
    newest = [item for item in items if item.kind == "posts"][:5]
    links = "".join(f"- [{item.title}](posts/{item.slug}.md)\n" for item in newest)
    _put(root / "docs/index.md", f"---\ntitle: Home\n---\n\nI work on inference.\n\n{links}")


def _row(item: Item) -> str:
    names = ", ".join(" ".join(name) for name in item.authors)
    doi = f"[doi](https://doi.org/{item.doi})" if item.doi else ""
    return f"- [{item.title}]({item.slug}.md) {names} {item.venue} {doi} {item.day}\n"


def _plain(root: Path, items: list[Item]) -> None:
    """Folio with templates of the bench's own: papers are a collection like any other."""
    _folio_files(root, items, at_root)


def _folio(root: Path, items: list[Item]) -> None:
    """Folio as a scholar has it: papers are a .bib file, and the whole theme stands."""

    def target(kind: str, slug: str) -> str:
        return at_root("publications" if kind == "papers" else kind, slug)

    _folio_files(root, [i for i in items if i.kind != "papers"], target)
    papers = [item for item in items if item.kind == "papers"]
    _put(root / "content/publications.bib", "\n".join(map(_bibtex, papers)))


def _folio_files(root: Path, items: list[Item], target: Target) -> None:
    """Posts keep the addresses that the others give them; keys of the author's own are `extra`."""
    _files(root, [], "content", "static")
    for item in items:
        head = front_matter(item).replace("\ndoi:", "\nextra:\n  doi:")
        if item.kind == "posts":
            head = head.replace("\n---\n", f"\npermalink: {at_root('posts', item.slug)}\n---\n")
        text = head + resolved(item.body, target) + "\n"
        _put(root / "content" / item.kind / f"{item.slug}.md", text)


def _bibtex(item: Item) -> str:
    names = " and ".join(f"{family}, {given}" for given, family in item.authors)
    names = "".join(TEX.get(letter, letter) for letter in names)
    return f"""@article{{{item.slug},
  title = {{{item.title.replace("Bayesian", "{Bayesian}")}}},
  author = {{{names}}},
  journal = {{{item.venue}}},
  year = {{{item.day.year}}},
  month = {{{item.day.month}}},
  doi = {{{item.doi}}},
  abstract = {{{item.abstract}}}
}}
"""


def _put(file: Path, content: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def _png(n: int, width: int = 160, height: int = 90) -> bytes:
    rows = b"".join(
        b"\0" + bytes((x * n + y * 3) & 255 for x in range(width)) for y in range(height)
    )

    def chunk(tag: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


LAYOUTS: dict[str, Callable[[Path, list[Item]], None]] = {
    "hugo": _hugo, "pelican": _pelican, "mkdocs": _mkdocs, "eleventy": _eleventy,
    "folio-plain": _plain, "folio": _folio,
}  # fmt: skip


def write(folder: Path, tool: str, items: list[Item]) -> Path:
    """The site for one tool, in a folder that is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SITES / tool, folder)
    LAYOUTS[tool](folder, items)
    return folder


def main() -> None:
    """Write the sites that are asked for."""
    wish = argparse.ArgumentParser(
        description="Write the same site in the layout of each generator."
    )
    wish.add_argument("folder", type=Path)
    wish.add_argument("--size", nargs="+", default=["S", "M"], choices=SIZES)
    wish.add_argument("--tool", nargs="+", default=list(LAYOUTS), choices=LAYOUTS)
    asked = wish.parse_args()
    for size in asked.size:
        items = items_of(size)
        for tool in asked.tool:
            write(asked.folder / size / tool, tool, items)


if __name__ == "__main__":
    main()
