"""`folio new`: a site to begin with, which builds at once and says what is still to be filled in.

Nothing in it is anybody's sample life: where a fact is not known, a marked placeholder stands, and
`folio check` lists those that are left. The texts are files of `builder/starter/`, with `@name@`
where a fact goes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from builder.model.people import profile_url
from builder.problems import FolioError, Problems
from builder.requirement import requirement
from builder.schema import write_schemas
from builder.staging import state_folder
from builder.text.bibtex import parse
from builder.text.files import read_text
from builder.text.names import from_text
from builder.text.placeholders import MARK
from builder.text.tex_writer import names_to_tex
from builder.text.yaml import NULLS, Map, read_yaml

STARTER = Path(__file__).parent / "starter"
DEPLOYS: dict[str, tuple[str, str]] = {
    "github": ("deploy.yml", ".github/workflows/deploy.yml"),
    "gitlab": ("gitlab-ci.yml", ".gitlab-ci.yml"),
    "none": ("", ""),
}
"""Where a site may be published from: the starter's file, and where it goes."""
MAY_STAND = frozenset({
    ".git", ".gitattributes", ".gitignore", ".DS_Store", "Thumbs.db", "desktop.ini", "LICENSE", "README.md",
})  # fmt: skip
"""What may be in the folder already, as a fresh repository has it; nothing of it is touched."""
LONGEST = 300
"""Characters of an answer that are kept."""


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the owner of a new site; empty where it is not."""

    name: str = ""
    role: str = ""
    affiliation: str = ""
    location: str = ""
    email: str = ""
    url: str = ""
    """Where the site will be published."""
    language: str = "en"
    links: tuple[tuple[str, str], ...] = ()
    """Label, and address or name at that network."""
    cv: Path | None = None
    """A CV in RenderCV's format or JSON Resume's, taken as it is."""
    bib: tuple[Path, ...] = ()
    """BibTeX files, taken as they are."""
    deploy: str = "github"


def new_site(folder: Path, answers: Answers) -> tuple[str, ...]:
    """Write a new site into `folder`, and give the paths of its files, sorted.

    Raises FolioError, and writes nothing, when the folder is not free to be one or a file that was
    given cannot be read.
    """
    check_free(folder)
    _check(answers)
    files = dict(sorted(_files(answers).items()))
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            file = folder / path
            if file.exists():
                continue  # a README.md or .gitignore that was there
            file.parent.mkdir(parents=True, exist_ok=True)
            made.append(file)
            file.write_bytes(content)
        state_folder(folder)
        write_schemas(folder)
    except OSError as error:
        for file in made:
            file.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise FolioError(f"cannot write to {folder}: {reason}; name another folder") from error
    return tuple(file.relative_to(folder).as_posix() for file in made)


def check_free(folder: Path) -> None:
    """Raise FolioError unless a new site may be made in `folder`."""
    whole = folder.absolute()
    named = "this folder" if whole == Path.cwd() else str(folder)
    if folder.exists() and not folder.is_dir():
        raise FolioError(f"{folder} is a file; name a folder that is to be made")
    above = next((f for f in whole.parents if (f / "site.yaml").is_file()), None)
    if above:
        raise FolioError(
            f"{named} is inside the site {above}; a site does not hold another: name a folder "
            "outside of it"
        )
    try:
        there = sorted(f.name for f in folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise FolioError(f"cannot look into {folder}: {error.strerror}") from error
    if strangers := [name for name in there if name not in MAY_STAND]:
        more = f" and {len(strangers) - 3} more" if len(strangers) > 3 else ""
        raise FolioError(
            f"{named} is not empty: it holds {', '.join(strangers[:3])}{more}. Nothing was "
            "written; name a folder that is empty or not there yet, as in folio new home"
        )
    nearest = next(f for f in (whole, *whole.parents) if f.exists())
    if not os.access(nearest, os.W_OK):
        raise FolioError(f"cannot write to {nearest}: Permission denied; name another folder")


def check_given(cv: Path | None, bib: Iterable[Path]) -> None:
    """Raise FolioError unless the files that were given can be read, before anything is asked."""
    if cv:
        _given_cv(cv)
    for file in bib:
        _given_bib(file)


def _check(answers: Answers) -> None:
    if answers.url and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", tidy(answers.url)):
        raise FolioError(f"expected an address such as https://me.github.io, found {answers.url!r}")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", answers.language):
        raise FolioError(f"expected a language such as en or zh-Hans, found {answers.language!r}")


# ---- the files ----------------------------------------------------------------------------------


def _files(answers: Answers) -> dict[str, bytes]:
    """Path and content of every file of the new site."""
    if answers.cv and not answers.name:
        answers = msgspec.structs.replace(answers, name=_name_in(answers.cv))
    facts = _facts(answers)
    sources = {
        "site.yaml": "site.yaml", "README.md": "README.md", ".gitignore": "gitignore",
        "content/index.md": "content/index.md", "content/cv.yaml": "content/cv.yaml",
        "content/publications.bib": "content/publications.bib",
    }  # fmt: skip
    source, target = DEPLOYS[answers.deploy]
    if source:
        sources[target] = source
    files = {path: _filled(name, facts).encode() for path, name in sources.items()}
    if answers.cv:
        del files["content/cv.yaml"]
        name = "cv.json" if answers.cv.suffix.lower() == ".json" else "cv.yaml"
        files[f"content/{name}"] = _given_cv(answers.cv)
    if answers.bib:
        del files["content/publications.bib"]
    for n, bib in enumerate(answers.bib):
        name = "publications.bib" if n == 0 else bib.name
        if f"content/{name}" in files:
            raise FolioError(f"two BibTeX files would be called {name}; rename {bib}")
        files[f"content/{name}"] = _given_bib(bib)
    return files


def beside_content(deploy: str = "github") -> dict[str, str]:
    """The files of a site that no author writes: what publishes it, what git passes over."""
    source, target = DEPLOYS[deploy]
    facts = _facts(Answers())
    return {target: _filled(source, facts), ".gitignore": _filled("gitignore", facts)}


_SLOT = re.compile(r"@(\w+)@")
_BLANK_LINES = re.compile(r"\n{3,}")


def _filled(name: str, facts: Mapping[str, str]) -> str:
    text = _SLOT.sub(lambda found: facts[found[1]], (STARTER / name).read_text("utf-8"))
    return _BLANK_LINES.sub("\n\n", text)


def _facts(answers: Answers) -> dict[str, str]:
    """What stands in each slot of the starter's files, as the file's own language writes it."""
    name = tidy(answers.name) or f"{MARK} Your name"
    role, place = tidy(answers.role), tidy(answers.affiliation)
    headline = ", ".join(filter(None, (role, place))) or f"{MARK} Your role, your institution"
    url = tidy(answers.url)
    links = dict(answers.links)
    return {
        "mark": MARK, "requirement": requirement(), "language": scalar(answers.language or "en"),
        "url": f"url: {scalar(url)}" if url else "# url: https://NAME.github.io",
        "name": scalar(name), "headline": scalar(headline),
        "company": scalar(place or f"{MARK} University"), "position": scalar(role or f"{MARK} Role"),
        "location": _line("location", tidy(answers.location)), "email": _line("email", tidy(answers.email)),
        "links": "\n".join(_link_lines({tidy(k): tidy(v) for k, v in links.items()})),
        "author": names_to_tex([from_text(name)]) if answers.name else name,
        "deploy": (STARTER / f"{answers.deploy}.md").read_text("utf-8"),
    }  # fmt: skip


def _line(key: str, value: str) -> str:
    return f"  {key}: {scalar(value)}\n" if value else f"  # {key}:\n"


def _link_lines(links: Mapping[str, str]) -> Iterator[str]:
    """`social_networks`, as RenderCV has it, and below it what is no network that is known."""
    given = {label: _whole(where) for label, where in links.items() if where}
    networks = {k: v for k, v in given.items() if "://" not in v and profile_url(k, v)}
    others = {k: v for k, v in given.items() if k not in networks}
    for label, where in others.items():
        if "://" not in where:
            raise FolioError(f"no address is known for {label!r}: write {label}=https://…")
    if not networks:
        yield "  # social_networks:\n  #   - {network: ORCID, username: 0000-0000-0000-0000}"
    else:
        yield "  social_networks:"
    for network, user in networks.items():
        yield f"    - network: {scalar(network)}\n      username: {scalar(user)}"
    if others:
        yield "  links:"
    for label, address in others.items():
        yield f"    {scalar(label)}: {scalar(address)}"


def _whole(where: str) -> str:
    """A profile as it was given; an address that lacks its scheme gets one."""
    return f"https://{where}" if "/" in where and "://" not in where else where


def tidy(text: str) -> str:
    """An answer as one line: blanks collapsed, what no text holds left out, not without end."""
    kept = "".join(c for c in text if c.isspace() or c.isprintable())
    return " ".join(kept.encode("utf-8", "ignore").decode().split())[:LONGEST]


_WORDS = re.compile(r"[\w./@+-][\w ./@+,()’–&'-]*")


def scalar(text: str) -> str:
    """A text as a value of YAML: bare where that is safe, else in double quotes."""
    bare = _WORDS.fullmatch(text) or (
        text.startswith(MARK) and _WORDS.fullmatch(text[len(MARK) :].strip())
    )
    if bare and text not in NULLS and not text.startswith(("-", "@")) and text == text.strip():
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ---- files that were given ----------------------------------------------------------------------


def _given_cv(file: Path) -> bytes:
    problems = Problems()
    text = read_text(file, file.name, problems)
    value = read_yaml(text, file.name, problems) if text else None  # JSON is YAML too
    _refuse(file, problems)
    if file.suffix.lower() == ".json" and isinstance(value, Map) and "basics" in value:
        return file.read_bytes()
    if not isinstance(value, Map) or "cv" not in value:
        raise FolioError(
            f"{file} is no CV in RenderCV's format, which begins with the key cv, nor JSON Resume's, with basics. "
            "`folio import` reads the files of other systems"
        )
    return file.read_bytes()


def _name_in(file: Path) -> str:
    """The name that a CV gives, in either format; empty where it gives none, or several."""
    value = read_yaml(read_text(file, file.name, Problems()) or "", file.name, Problems())
    for key in ("cv", "basics"):
        head = value.get(key) if isinstance(value, Map) else None
        if isinstance(head, Map) and isinstance(name := head.get("name"), str):
            return name
    return ""


def _given_bib(file: Path) -> bytes:
    problems = Problems()
    text = read_text(file, file.name, problems)
    entries = parse(text, file.name, problems) if text else ()
    _refuse(file, problems)
    if not list(entries):
        raise FolioError(f"{file} holds no BibTeX entry")
    return file.read_bytes()


def _refuse(file: Path, problems: Problems) -> None:
    for problem in problems.errors:
        where = f":{problem.place.line}" if problem.place and problem.place.line else ""
        mend = f"; {problem.hint}" if problem.hint else ""
        raise FolioError(f"{file}{where}: {problem.message}{mend}")
