"""`folio check`: one fault of each kind, each found at its place, and nothing else."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.checks import check
from builder.cli import main
from builder.problems import Problem, Problems
from builder.run import Options
from tests.demo import ROOT
from tests.sites import Site, make_site

CLEAN: dict[str, str | bytes] = {
    "content/cv.yaml": "cv:\n  name: Ana Example\n  email: ana@example.org\n",
    "content/index.md": "---\ntitle: Home\n---\n\nWords about [me](about.md).\n",
    "content/about.md": "# About\n\n## Work\n\nMore words.\n",
}


def png(width: int) -> bytes:
    """A picture of one row, as large a file as its noise makes it."""
    noise = b"".join(
        zlib.crc32(bytes([n % 251, n % 241, n % 7])).to_bytes(4, "big") for n in range(width)
    )
    rows = b"".join(
        b"\0" + bytes((b ^ (n * 37 % 256)) for b in noise[: width * 3]) for n in range(40)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, 40, 8, 2, 0, 0, 0)
    data = zlib.compress(rows, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def looked(root: Path, files: Mapping[str, str | bytes], url: str = "") -> list[Problem]:
    make_site(root, {**CLEAN, **files})
    problems = Problems()
    check(root, Options(url=url), problems)
    return list(problems)


def run(root: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ["check", str(root), *arguments], env=env)


def page(body: str) -> str:
    return f"# About\n\n{body}\n"


SEEDED: list[tuple[str, str, dict[str, str | bytes], str]] = [
    ("a link to nothing", "link-to-nothing", {"content/about.md": page("[x](nowhere.md)")}, "content/about.md:3:5"),
    ("an anchor that is none", "link-to-nothing", {"content/about.md": page("[x](index.md#none)")}, "content/about.md:3:5"),
    ("a picture that is not there", "link-to-nothing", {"content/about.md": page("![A tree](tree.png)")}, "content/about.md:3:11"),
    ("a picture without words", "picture-without-words",
     {"content/about.md": page("![](tree.png)"), "content/tree.png": png(20)}, "content/about.md:3:5"),
    ("raw HTML without alt", "picture-without-words",
     {"content/about.md": page('<img src="tree.png">'), "content/tree.png": png(20)}, "content/about.md:3"),
    ("headings that skip", "heading-skips", {"content/about.md": page("#### Deep")}, "content/about.md:3:6"),
    ("one id twice", "id-twice", {"content/about.md": page('<p id="a">x</p>\n\n<p id="a">y</p>')}, "content/about.md:3:7"),
    ("an address that is gone", "address-gone", {"addresses.txt": "# kept\n/about/\n/old/\n"}, "addresses.txt:3"),
    ("a site without a name", "nameless", {"site.yaml": "url: https://example.org\n", "content/cv.yaml": "cv: {email: ana@example.org}\n"}, "site.yaml:1"),
    ("a menu to nothing", "link-to-nothing",
     {"site.yaml": "url: https://example.org\nnavigation:\n  - {title: A, url: /about/}\n  - {title: B, url: /gone/}\n"}, "site.yaml:4:22"),
    ("a record shown nowhere", "shown-nowhere",
     {"content/talks.yaml": "- {title: Lost}\n", "content/talks.md": "---\npermalink: /talks/\nlayout: page\ntitle: Talks\n---\nx\n"}, "content/talks.yaml:1:3"),
    ("a placeholder", "placeholder", {"content/about.md": page("✎ Who you are")}, "content/about.md:3:1"),
    ("another system's sample", "placeholder", {"content/about.md": page("This is Paper Title Number 3, really.")}, "content/about.md:3:9"),
    ("a picture far too large", "picture-too-large",
     {"content/about.md": page("![A tree](tree.png)"), "content/tree.png": png(4000)}, "content/about.md:3:11"),
    ("a path of one's disk on a page", "path-published", {"content/about.md": page("See `/home/ana/thesis/x.tex` there.")}, "content/about.md:3:6"),
    ("a path in a copied file", "path-published", {"content/log.txt": "a\n b C:\\Users\\ana\\x.tex\n"}, "content/log.txt:2:4"),
    ("a mail address in a copied file", "mail-published", {"content/list.csv": "name,mail\nBob,bob@example.com\n"}, "content/list.csv:2:5"),
    ("an address in CSS", "base-path", {"static/css/custom.css": "p { color: red }\nbody { background: url(/favicon.svg) }\n"}, "static/css/custom.css:2:24"),
    ("an address in an attribute", "base-path", {"content/about.md": page('<p data-more="/about/">x</p>')}, "content/about.md:3:15"),
    ("a paper that Scholar cannot index", "scholar-cannot-index",
     {"content/publications.bib": "@article{k, title={A Title}, author={Ana Example}, journal={J}}\n"}, "content/publications.bib:1"),
    ("a missing translation", "untranslated",
     {"site.yaml": "url: https://example.org\nlanguages: [en, de]\nuntranslated: [index.md, about.md]\ndescription: {en: Words}\n"}, "site.yaml:4"),
    ("a page in one language alone", "untranslated",
     {"site.yaml": "url: https://example.org\nlanguages: [en, de]\nuntranslated: [content/cv.yaml]\n", "content/index.de.md": "---\ntitle: Start\n---\n\n[Ich](about.md)\n"}, "content"),
    ("a CV over its pages", "too-many-pages",
     {"site.yaml": "url: https://example.org\ncv: {pages: 1}\n",
      "content/cv.yaml": "cv:\n  name: Ana Example\n  sections:\n    Work:\n" + "".join(f"      - bullet: What was done in {year}.\n" for year in range(1900, 1990))}, "site.yaml:2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "files", "place"),
    [s[1:] for s in SEEDED],
    ids=[s[0].replace(" ", "-") for s in SEEDED],
)
@pytest.mark.parametrize(
    "url", ["https://example.org", "https://example.org/repo"], ids=["root", "below"]
)
def test_each_fault_is_found_at_its_place_and_nothing_else(
    tmp_path: Path, kind: str, files: dict[str, str | bytes], place: str, url: str
) -> None:
    found = looked(tmp_path, files, url=url)
    assert [(p.kind, str(p.place)[: len(place)]) for p in found] == [(kind, place)], found
    assert found[0].hint or kind == "link-to-nothing"


def test_all_faults_at_once(tmp_path: Path) -> None:
    together: dict[str, str | bytes] = {}
    bodies = []
    seeds = [seed for seed in SEEDED if "site.yaml" not in seed[2]]
    for _, _, files, _ in seeds:
        bodies.append(str(files.get("content/about.md", page(""))).removeprefix("# About\n\n"))
        together |= files
    together["content/about.md"] = page("\n".join(bodies))
    found = looked(tmp_path, together, "https://example.org")
    assert {p.kind for p in found} >= {kind for _, kind, _, _ in seeds}


def test_a_clean_site_is_clean_and_so_is_the_demo(tmp_path: Path) -> None:
    assert looked(tmp_path, {}) == []
    problems = Problems()
    look = check(ROOT, Options(url="https://example.org/repo"), problems)
    assert list(problems) == []
    assert len(look.pages) > 40


@pytest.mark.parametrize(
    "files",
    [
        {"content/about.md": page('<img src="tree.png" alt="">'), "content/tree.png": png(20)},
        {"content/about.md": page("`![](tree.png)` and ```#### x```")},
        {"content/list.csv": "mail\nana@example.org\n"},
        {"content/about.md": page("bob@example.com")},
        {"content/old.md": "---\nredirect_from: /older/\n---\nx\n", "addresses.txt": "/older/\n/old\n", "content/index.md": "[x](old.md) [y](about.md)"},
        {"static/css/custom.css": "p { background: url(../favicon.svg) }\n"},
        {"content/about.md": page("Lorem means nothing. Your name, please.")},
        {"content/cv.yaml": "# ✎ a comment\ncv:\n  name: Ana Example\n"},
    ],
)  # fmt: skip
def test_what_is_meant_is_no_fault(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    assert looked(tmp_path, files) == []


def test_nothing_is_published(tmp_path: Path) -> None:
    site = make_site(tmp_path, CLEAN)
    assert run(tmp_path).exit_code == 0
    assert not site.out.exists()
    before = site.build().files
    site.write({"content/new.md": "# New\n"})
    assert run(tmp_path).exit_code == 0
    assert site.files == before


def test_what_the_command_prints(tmp_path: Path) -> None:
    make_site(tmp_path, CLEAN)
    assert run(tmp_path, env={"GITHUB_ACTIONS": ""}).output.startswith("Nothing to mend, in ")
    make_site(tmp_path, {**CLEAN, "content/about.md": page("✎ Words\n\n[x](nowhere.md)")})
    said = run(tmp_path, env={"GITHUB_ACTIONS": ""})
    assert said.exit_code == 0
    assert "Still to be filled in:\n  content/about.md:3:1  Words\n" in said.output
    assert "1 thing to mend, 1 placeholder to fill in" in said.output
    assert run(tmp_path, "--strict").exit_code == 1
    kinds = {p["kind"] for p in json.loads(run(tmp_path, "--json").output)["problems"]}
    assert kinds == {"placeholder", "link-to-nothing"}


def test_annotations_stand_beside_the_change(tmp_path: Path) -> None:
    make_site(tmp_path / "my, site", {**CLEAN, "content/about.md": page("[100 %](nowhere.md)")})
    said = run(
        tmp_path / "my, site", env={"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(tmp_path)}
    )
    assert said.output.splitlines()[0] == (
        "::warning file=my%2C site/content/about.md,line=3,title=link to nothing,col=9::"
        "'nowhere.md' leads to nothing%0Amend the address, or add the file"
    )
    languages = "languages: [en, de]\nuntranslated: [content/cv.yaml]\n"
    make_site(
        tmp_path / "two", {**CLEAN, "site.yaml": languages, "content/index.de.md": "[x](about.md)"}
    )
    said = run(tmp_path / "two", "--github")
    assert said.output.startswith("::warning title=untranslated::about.md has no de page")
    make_site(tmp_path / "new", {**CLEAN, "content/about.md": page("✎ Who you are")})
    assert run(tmp_path / "new", "--github").output.startswith("::notice file=")
    assert run(tmp_path / "my, site", "--github", env={"GITHUB_ACTIONS": ""}).output.startswith(
        "::warning "
    )


def test_a_site_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    make_site(tmp_path, {"content/index.md": "---\ntitle: a: b\n---\n"})
    said = run(tmp_path, env={"GITHUB_ACTIONS": ""})
    assert said.exit_code == 1
    assert "content/index.md:2" in said.output
    assert "1 error" in said.output


def test_addresses_are_kept_when_asked(tmp_path: Path) -> None:
    make_site(tmp_path, CLEAN)
    assert "2 addresses not in addresses.txt" in run(tmp_path).output
    assert not (tmp_path / "addresses.txt").exists()
    assert "2 addresses added" in run(tmp_path, "--keep").output
    lines = (tmp_path / "addresses.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["/", "/about/"]
    (tmp_path / "content/about.md").rename(tmp_path / "content/me.md")
    make_site(tmp_path, {"content/index.md": "[me](me.md)\n"})
    said = run(tmp_path, "--keep").output
    assert "'/about/' was published, and leads to nothing now" in said
    assert "/about/" in (tmp_path / "addresses.txt").read_text("utf-8")


def test_a_redirect_to_what_is_gone_counts_as_an_address(tmp_path: Path) -> None:
    files = {"content/me.md": "---\nredirect_from: /about/\n---\nx\n", "addresses.txt": "/about/\n"}
    site: Site = make_site(tmp_path, {**CLEAN, **files, "content/index.md": "[me](me.md)\n"})
    (site.root / "content/about.md").unlink()
    problems = Problems()
    check(tmp_path, Options(), problems)
    assert list(problems) == []
