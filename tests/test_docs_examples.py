"""Every example in the docs is built, every key of the reference is read, and the docs are a site."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import pytest

from builder.fields import Reading, read, required_of, shape_of
from builder.leaves import Prose
from builder.model.assets import Assets
from builder.model.bibliography import Bibliography, publication_of
from builder.model.bibtex_fields import MEANINGS
from builder.problems import Place, Problems
from builder.settings import Settings
from builder.text.bibtex import parse
from builder.text.dates import When
from builder.text.rich import Rich
from builder.text.words import words_of
from builder.text.yaml import Map, read_yaml
from docs import make
from tests.sites import make_site
from tests.test_schema import models

ROOT = Path(__file__).parent.parent

# ---- examples -----------------------------------------------------------------------------------

LANGUAGES = {"yaml": "", "bibtex": "content/publications.bib", "markdown": "content/a-page.md",
             "jinja": "layouts/page.html", "html": "layouts/parts/user-foot.html", "css": "static/css/custom.css"}  # fmt: skip
"""Languages of code that a site is made of, and the file that an example is when it names none."""
_FENCE = re.compile(r"^( *)```([\w-]+)[ \t]*([^\n]*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"\A# (content/\S+|site\.yaml)$", re.MULTILINE)

BESIDE: dict[str, str | bytes] = {
    "site.yaml": "title: Ada\nurl: https://example.org\nlanguages: [en, de, zh-Hans]\ncv: {pdf: false}\n",
    "content/cv.yaml": "cv: {name: Ada Example}\n",
    "content/publications.bib": "@article{key, title={A}, author={Ada Example}, journal={J}, year=2020}\n",
    "content/talks.yaml": "- {title: A talk, date: 2020}\n",
}
"""What stands around an example."""
HONOURED = "cv: {name: Ada Example, sections: {Honours: [A prize]}}\n"
MISSING = {
    "link-to-nothing", "missing-file", "shown-nowhere", "untranslated", "raw-html-beyond-csp", "draws-nothing",
    "owner-not-found", "section-unknown", "unknown-section", "cv-of-nobody",
}  # fmt: skip
"""What an example may tell: the files that it names are not there, other languages neither."""


class Example(NamedTuple):
    """A fenced block of the docs."""

    document: str
    line: int
    path: str
    text: str


def examples() -> Iterator[Example]:
    files = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    for file in (f for f in files if "_site" not in f.parts):
        text = file.read_text("utf-8")
        for found in _FENCE.finditer(text):
            language, info, body = found[2], found[3].strip(), found[4]
            if language in LANGUAGES:
                line = text.count("\n", 0, found.start()) + 1
                path, body = placed(language, info, body)
                yield Example(file.relative_to(ROOT).as_posix(), line, path, body)


def placed(language: str, info: str, body: str) -> tuple[str, str]:
    """The file of a site that an example is, and its text whole: what it says, or what it looks like."""
    named = _NAMED.search(body)
    if language != "yaml" or info or named:
        return info or (named[1] if named else LANGUAGES[language]), body
    if body.startswith(" "):
        return "content/cv.yaml", f"cv:\n  name: Ada Example\n  sections:\n{body}"
    value = read_yaml(body, "example", Problems())
    if isinstance(value, Map):
        head = value.get("cv")
        return (
            "content/cv.yaml" if isinstance(head, Map) and "name" in head else "site.yaml"
        ), body
    return ("content/people.yaml" if "owner:" in body else "content/talks.yaml"), body


EXAMPLES = list(examples())


def test_there_are_examples_of_every_file() -> None:
    assert len(EXAMPLES) > 15
    assert {e.path for e in EXAMPLES} >= {
        "site.yaml",
        "content/cv.yaml",
        "content/publications.bib",
        "content/people.yaml",
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.document}:{e.line}" for e in EXAMPLES])
def test_each_example_is_built(tmp_path: Path, example: Example) -> None:
    text = example.text
    if example.path == "site.yaml" and "languages:" not in text:
        text += "\nlanguages: [en, de, zh-Hans]\n"
    if example.path == "site.yaml" and "cv:" not in text:
        text += "cv: {pdf: false}\n"
    beside = {**BESIDE, "content/cv.yaml": HONOURED} if "Honours:" in text else BESIDE
    site = make_site(tmp_path, {**beside, example.path: text.encode()}).build()
    told = [p for p in site.problems if p.kind not in MISSING]
    assert told == []
    assert site.report is not None


# ---- the docs as a site -------------------------------------------------------------------------


def test_the_docs_are_a_site_without_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "https://example.org/repo/docs"
    sources = "https://git.example/folio"
    assert make.main(tmp_path / "source", tmp_path / "out", url, sources) == 0, (
        capsys.readouterr().err
    )
    pages = {
        p.parent.relative_to(tmp_path / "out").as_posix()
        for p in (tmp_path / "out").rglob("index.html")
    }
    assert {
        "tutorial",
        "how-to",
        "how-to/go-live",
        "reference/cv",
        "reference/commands",
        "problems",
    } <= pages
    written = (tmp_path / "out/reference/cv/index.html").read_text("utf-8")
    assert "<code>institution</code>" in written
    assert "git+https://git.example/folio" in (tmp_path / "out/tutorial/index.html").read_text(
        "utf-8"
    )
    assert "/repo/docs/reference/" in (tmp_path / "out/index.html").read_text("utf-8")
    links = re.findall(r'(?:href|src)="(/[^"]*)"', written)
    assert len(links) > 10
    assert [link for link in links if not link.startswith("/repo/docs/")] == []


def test_all_that_layouts_are_given_is_explained(tmp_path: Path) -> None:
    from jinja2 import Environment

    from builder.checks.made import make as made_of
    from builder.run import Options

    rendered = made_of(make_site(tmp_path).root, Options(), Problems()).rendered
    given, plain = rendered.press.bodies[0].room.environment, Environment()
    explained = set(re.findall(r"`(\w+)", (ROOT / "docs/theme.md").read_text("utf-8")))
    for names, least in (("filters", 10), ("tests", 3), ("globals", 3)):
        ours = set(getattr(given, names)) - set(getattr(plain, names))
        assert len(ours) > least
        assert ours - explained == set()


# ---- every key ----------------------------------------------------------------------------------

SAMPLES: dict[Any, str] = {
    bool: "true",
    str: "some text",
    Rich: "some text",
    Prose: "some text",
    When: "2024-05",
    int: "3",
    Any: "x",
}
BY_READER = {
    "read_links": "{Label: 'https://a.example'}", "profile_links": "{ORCID: 0000-0001}", "_facts": "{Advisor: A. Name}",
    "_below": "[{name: x}]", "_bullets": "[a, b]", "address_reader": "'https://a.example/x'", "image_reader": "'https://a.example/x.png'",
    "websites_reader": "'https://a.example'", "redirects_reader": "[/old/]", "_variants": "{short: {top: 3}}",
    "language_reader": "de",
}  # fmt: skip
BY_NAME = {"accent": "'#123456'", "current_date": "2024-05-01", "url": "https://a.example", "language": "de",
           "languages": "[de, en]", "collections": "{papers: {title: X}}", "words": "{home: Start}", "section": "x"}  # fmt: skip


def sample(annotation: Any, name: str, reader: Any) -> str:
    """A value for a key, as YAML in one line."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if reader is not None and reader.__name__ in BY_READER:
        return BY_READER[reader.__name__]
    if name in BY_NAME:
        return BY_NAME[name]
    if annotation in SAMPLES:
        return SAMPLES[annotation]
    if origin is Literal:
        return str([a for a in arguments if a][-1])
    if origin is tuple:
        return f"[{sample(arguments[0], '', None)}]"
    if origin is dict:
        return f"{{a: {sample(arguments[1], '', None)}}}"
    if origin is not None or not isinstance(annotation, type):
        return sample(next(a for a in arguments if a is not type(None)), name, None)
    return (
        f"{{{', '.join(f'{k}: {v}' for k, v in least(annotation).items()) or first(annotation)}}}"
    )


def least(kind: Any) -> dict[str, str]:
    """The keys that a model cannot do without, with values."""
    hints, readers = typing.get_type_hints(kind), getattr(kind, "readers", {})
    return {n: sample(hints[n], n, readers.get(n)) for n in required_of(kind)}


def first(kind: Any) -> str:
    name = next(iter(shape_of(kind)))
    return f"{name}: {sample(typing.get_type_hints(kind)[name], name, getattr(kind, 'readers', {}).get(name))}"


@pytest.mark.parametrize("kind", list(models()), ids=lambda k: k.__name__)
def test_every_key_of_the_reference_is_read(kind: Any) -> None:
    hints, readers = typing.get_type_hints(kind), getattr(kind, "readers", {})
    fields = {f.name: f for f in msgspec.structs.fields(kind)}
    for name in shape_of(kind):
        value = sample(hints[name], name, readers.get(name))
        if typing.get_origin(hints[name]) is Literal or hints[name] is bool:
            choices = typing.get_args(hints[name]) or (True, False)
            value = str(next(c for c in choices if c != fields[name].default)).lower()
        keys = {**least(kind), name: value}
        problems = Problems()
        text = "".join(f"{key}: {typed}\n" for key, typed in keys.items())
        made = read(
            kind, read_yaml(text, "x.yaml", problems), Place("x.yaml"), Reading(problems=problems)
        )
        assert list(problems) == [], text
        assert getattr(made, name) != fields[name].default, text


def test_every_setting_can_be_said_in_one_site(tmp_path: Path) -> None:
    text = "".join(
        f"{name}: {sample(typing.get_type_hints(Settings)[name], name, getattr(Settings, 'readers', {}).get(name))}\n"
        for name in shape_of(Settings)
        if name not in ("languages", "navigation")
    )
    site = make_site(tmp_path, {"site.yaml": text}).build()
    assert [p for p in site.problems if p.kind not in MISSING] == []


FIELD_SAMPLES = {"links": "Label: https://a.example/x", "author+an": "1=corresponding", "pubstate": "submitted",
                 "selected": "true", "abstract": "Words.", "arxiv": "2401.01234"}  # fmt: skip
TEXTS = (
    "abbr",
    "summary",
    "preview_alt",
    "award",
    "badges",
    "topics",
    "tags",
    "contribution",
    "additional_info",
)
"""Fields that hold words; the others hold addresses."""


@pytest.mark.parametrize("field", MEANINGS)
def test_every_field_of_publications_in_the_reference_is_read(field: str) -> None:
    value = FIELD_SAMPLES.get(field) or ("words" if field in TEXTS else "https://a.example/x")

    def paper(more: str) -> Any:
        text = f"@article{{k, title={{A}}, author={{Ada Example and Bo Other}}, journal={{J}}, year=2020{more}}}"
        problems = Problems()
        context = Bibliography(
            reading=Reading(problems=problems), assets=Assets(), labels=words_of("en").labels
        )
        (entry,) = parse(text, "x.bib", problems)
        read_paper = publication_of(entry, "x.bib", context)
        assert list(problems) == []
        return msgspec.structs.replace(read_paper, bibtex="", extra={})

    assert paper(f", {field}={{{value}}}") != paper("")
