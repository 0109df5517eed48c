"""`folio new`: what it writes, that it builds without a problem, and what it refuses."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from builder.new import scalar
from builder.problems import Problems
from builder.requirement import requirement
from builder.text.placeholders import MARK, placeholders_in
from builder.text.yaml import read_yaml
from tests.sites import Site

FILES = {
    ".github/workflows/deploy.yml", ".gitignore", "README.md", "content/cv.yaml",
    "content/index.md", "content/publications.bib", "site.yaml",
}  # fmt: skip


def new(folder: Path, *arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, ["new", str(folder), *arguments], input=answers)


def sources(folder: Path) -> set[str]:
    files = (f for f in folder.rglob("*") if f.is_file())
    return {
        p
        for f in files
        if not (p := f.relative_to(folder).as_posix()).startswith((".folio/", "_site/"))
    }


def written(folder: Path) -> str:
    return "\n".join((folder / path).read_text("utf-8") for path in sorted(sources(folder)))


def test_a_new_site_builds_without_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    said = new(folder, "--name", "Ana Pérez", "--role", "PhD student", "--affiliation", "ETH Zürich",
               "--email", "ana@example.org", "--link", "ORCID=0000-0001-2345-6789",
               "--link", "Blog=https://ana.example", "--url", "https://ana.example/home")  # fmt: skip
    assert said.exit_code == 0, said.output
    assert sources(folder) == FILES
    site = Site(folder).build()
    assert list(site.problems) == []
    assert {"index.html", "cv/index.html", "publications/index.html"} <= site.files
    home = site.main("index.html")
    assert "Ana Pérez" in home
    assert "PhD student, ETH Zürich" in home
    assert "https://orcid.org/0000-0001-2345-6789" in site.html("index.html")
    assert "https://ana.example/home/cv/" in site.html("cv/index.html")
    assert "ETH Zürich, PhD student" in site.main("cv/index.html").replace(" ,", ",")


def test_every_word_that_is_not_the_owners_is_marked(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    assert new(folder).exit_code == 0
    site = Site(folder).build()
    assert list(site.problems) == []
    for page in ("index.html", "cv/index.html", "publications/index.html"):
        assert MARK in site.main(page)
    marked = [words for p in sources(folder) for _, _, words in placeholders_in(
        (folder / p).read_text("utf-8"))]  # fmt: skip
    assert len(marked) > 8


@pytest.mark.parametrize(
    "name",
    ['Ana "Pérez": 王', "李明", "O'Brien # x", "no", "- Ana", "a, b: c", "{x}", "@ana", "1984",
     "مریم میرزاخانی", "x" * 200, "Ana\tPérez\n", "ends with:", r"back\slash", "100 % & more", "*star*"],
)  # fmt: skip
def test_any_name_stands_as_it_was_typed(tmp_path: Path, name: str) -> None:
    assert new(tmp_path / "s", "--name", name, "--affiliation", name).exit_code == 0
    site = Site(tmp_path / "s").build()
    assert list(site.problems) == []
    problems = Problems()
    cv: Any = read_yaml((tmp_path / "s/content/cv.yaml").read_text("utf-8"), "cv", problems)
    assert cv["cv"]["name"] == " ".join(name.split())
    assert list(problems) == []


@pytest.mark.parametrize(
    "text", ["a: b", "#x", "null", "~", "", "'", '"', "\\", "✎ a: b", "é", "-", "? x"]
)
def test_a_scalar_is_read_back(text: str) -> None:
    value: Any = read_yaml(f"k: {scalar(text)}\n", "x", Problems())
    assert value["k"] == text


def test_questions_are_asked_where_somebody_answers(tmp_path: Path) -> None:
    answers = "Ana Pérez\nPostdoc\n\nana@example.org\nanap\n\n\nanap.github.io\n"
    said = new(tmp_path / "s", "--ask", answers=answers)
    assert said.exit_code == 0, said.output
    cv, site = ((tmp_path / "s" / p).read_text("utf-8") for p in ("content/cv.yaml", "site.yaml"))
    assert "name: Ana Pérez" in cv
    assert "headline: Postdoc\n" in cv
    assert "username: anap" in cv
    assert 'url: "https://anap.github.io"' in site
    assert list(Site(tmp_path / "s").build().problems) == []


def test_an_answer_that_cannot_be_right_is_asked_for_again(tmp_path: Path) -> None:
    answers = (
        "Ana Pérez\n\n\nana at example\nana@example.org\nhttps://github.com/anap/\n0000\n"
        "https://orcid.org/0000-0002-1825-0097\nmy page\n\nnowhere\nhttps://ana.example/home\n"
    )
    said = new(tmp_path / "s", "--ask", answers=answers)
    assert said.exit_code == 0, said.output
    assert said.output.count("Enter leaves it out") == 4
    assert "Expected sixteen digits such as 0000-0002-1825-0097, found '0000'" in said.output
    cv = (tmp_path / "s/content/cv.yaml").read_text("utf-8")
    assert "- network: GitHub\n      username: anap\n" in cv
    assert "username: 0000-0002-1825-0097\n" in cv
    assert "such as https://anap.github.io:" in said.output
    assert 'url: "https://ana.example/home"' in (tmp_path / "s/site.yaml").read_text("utf-8")


def test_without_a_folder_it_is_this_one_if_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    said = run(main, ["new", "--no-ask"])
    assert said.exit_code == 0, said.output
    assert "A new site is in this folder" in said.output
    assert "cd " not in said.output
    assert sources(tmp_path) == FILES
    again = run(main, ["new", "--no-ask"])
    assert again.exit_code == 1
    assert "this folder is not empty" in again.stderr


def test_files_that_are_given_are_taken_as_they_are(tmp_path: Path) -> None:
    cv = (
        "cv:\n  name: Ada Example\n  sections:\n    Education:\n      - {institution: X, area: Y}\n"
    )
    bib = "@book{k, title={A Book}, author={Ada Example}, year=2000}\n"
    (tmp_path / "mine.yaml").write_text(cv, "utf-8")
    (tmp_path / "papers.bib").write_text(bib, "utf-8")
    said = new(
        tmp_path / "s", "--cv", str(tmp_path / "mine.yaml"), "--bib", str(tmp_path / "papers.bib")
    )
    assert said.exit_code == 0, said.output
    assert (tmp_path / "s/content/cv.yaml").read_text("utf-8") == cv
    assert (tmp_path / "s/content/publications.bib").read_text("utf-8") == bib
    site = Site(tmp_path / "s").build()
    assert "A Book" in site.main("publications/index.html")
    assert "Ada Example" in site.main("index.html")


def test_a_cv_alone_says_whose_papers_come(tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text("cv: {name: Ada Example}\n", "utf-8")
    assert new(tmp_path / "s", "--cv", str(tmp_path / "cv.yaml")).exit_code == 0
    site = Site(tmp_path / "s").build()
    assert list(site.problems) == []
    assert "author   = {Example, Ada}" in (tmp_path / "s/content/publications.bib").read_text(
        "utf-8"
    )


def test_nothing_is_asked_for_a_site_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "cv.yaml").write_text("name: x\n", "utf-8")
    said = new(tmp_path / "s", "--ask", "--cv", str(tmp_path / "cv.yaml"), answers="")
    assert said.exit_code == 1
    assert "A few questions" not in said.output
    assert "the key cv" in said.output


def test_a_json_resume_is_taken_too(tmp_path: Path) -> None:
    (tmp_path / "resume.json").write_text(
        '{"basics": {"name": "Ada Example", "label": "Reader"}}', "utf-8"
    )
    assert new(tmp_path / "s", "--cv", str(tmp_path / "resume.json")).exit_code == 0
    assert not (tmp_path / "s/content/cv.yaml").exists()
    assert "Ada Example" in Site(tmp_path / "s").build().main("index.html")


@pytest.mark.parametrize(
    ("option", "text", "told"),
    [("--cv", "cv: [a\n", "no YAML"), ("--cv", "name: x\n", "key cv"), ("--bib", "nothing\n", "no BibTeX entry")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_and_nothing_written(
    tmp_path: Path, option: str, text: str, told: str
) -> None:
    (tmp_path / "given").write_text(text, "utf-8")
    said = new(tmp_path / "s", option, str(tmp_path / "given"))
    assert said.exit_code == 1
    assert told.replace("no YAML", "not YAML") in said.output
    assert not (tmp_path / "s").exists()


def test_what_is_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.tex").write_text("years")
    said = new(tmp_path / "full")
    assert said.exit_code == 1
    assert "thesis.tex" in said.stderr
    assert sources(tmp_path / "full") == {"thesis.tex"}
    (tmp_path / "site.yaml").write_text("title: X\n")
    inside = new(tmp_path / "deeper")
    assert inside.exit_code == 1
    assert "inside the site" in inside.stderr
    assert new(tmp_path / "full/thesis.tex").exit_code == 1
    assert new(tmp_path / "full/thesis.tex/below").exit_code == 1
    assert "Traceback" not in new(tmp_path / "full/thesis.tex/below").output


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = new(tmp_path / "file" / "site")
    assert said.exit_code == 1
    assert "error:" in said.stderr


def test_a_fresh_repository_is_free(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / ".gitignore").write_text("*.log\n")
    assert new(tmp_path, "--name", "Ana").exit_code == 0
    assert (tmp_path / "README.md").read_text() == "mine"
    assert (tmp_path / ".gitignore").read_text() == "*.log\n"
    said = CliRunner().invoke(main, ["doctor", str(tmp_path)]).output
    assert ".gitignore: does not name _site/" in said
    assert list(Site(tmp_path).build().problems) == []


def test_one_constant_pins_folio_everywhere(tmp_path: Path) -> None:
    for deploy, files in (("github", FILES), ("none", FILES - {".github/workflows/deploy.yml"}),
                          ("gitlab", FILES - {".github/workflows/deploy.yml"} | {".gitlab-ci.yml"})):  # fmt: skip
        folder = tmp_path / deploy
        assert new(folder, "--deploy", deploy).exit_code == 0
        assert sources(folder) == files
        pinned = re.findall(r"""install ['"]([^'"]+)['"]""", written(folder))
        assert pinned
        assert set(pinned) == {requirement()}
        assert not re.search(r"@[a-z]+@", written(folder))


def test_yaml_files_name_a_schema_that_is_there(tmp_path: Path) -> None:
    assert new(tmp_path / "s").exit_code == 0
    for path in ("site.yaml", "content/cv.yaml"):
        file = tmp_path / "s" / path
        found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
        assert found
        assert json.loads((file.parent / found[1]).read_text("utf-8"))["properties"]


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [("--url", "me", "https://me.github.io"), ("--language", "English", "zh-Hans"), ("--link", "Foo=bar", "Foo=https://…")],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_and_nothing_written(
    tmp_path: Path, option: str, value: str, told: str
) -> None:
    said = new(tmp_path / "s", option, value)
    assert said.exit_code == 1
    assert told in said.stderr
    assert not (tmp_path / "s").exists()


def test_an_address_without_its_scheme_is_one(tmp_path: Path) -> None:
    assert new(tmp_path / "s", "--link", "GitHub=github.com/ana").exit_code == 0
    assert 'href="https://github.com/ana"' in (Site(tmp_path / "s").build().html("index.html"))


def test_links_need_a_label_and_an_address(tmp_path: Path) -> None:
    assert new(tmp_path / "s", "--link", "GitHub").exit_code == 2


OLDER = sorted((Path(__file__).parent / "fixtures" / "made-by").iterdir())


@pytest.mark.parametrize("older", OLDER, ids=[f.name for f in OLDER])
def test_a_site_made_by_an_older_folio_builds(tmp_path: Path, older: Path) -> None:
    shutil.copytree(older, tmp_path / "s")
    site = Site(tmp_path / "s").build()
    assert list(site.problems) == []
    assert "Ana Pérez" in site.main("index.html")


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that refuses even its owner")
def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    said = new(Path("/proc/folio-site"))
    assert said.exit_code == 1
    assert "cannot write to /proc/folio-site" in said.stderr
    assert "name another folder" in said.stderr


def test_neither_git_nor_a_network_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert new(tmp_path / "s", "--name", "Ana").exit_code == 0
    assert list(Site(tmp_path / "s").build().problems) == []
