"""`make docs`: the documentation as a site, built by Folio from this folder.

The pages are the Markdown files here; the reference is written from the code, so that both say the
same: settings and keys from the models' docstrings, commands from the command line's own help, layouts
from the comment that each begins with.
"""

from __future__ import annotations

import re
import shutil
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from builder import cli
from builder.checks import check
from builder.model.cv import Drawn, Section
from builder.model.cv_entries import EntryKeys
from builder.model.owner import CvHead
from builder.model.publications import Author, Publication
from builder.model.records import KINDS, Record
from builder.model.site import Site
from builder.outputs.head import Head
from builder.problems import BuildFailed, Place, Problems, told
from builder.run import Options
from builder.schema import MODELS, Key, docs_of, keys_of, shown_type
from builder.templates import theme_folder

HERE = Path(__file__).parent
BUILT = HERE / "_site"
SOURCE = HERE.parent / ".folio" / "docs"
"""The site's folder while it is built: settings, this folder's pages and the reference."""
LEFT_OUT = ("_site", "__pycache__")


def assemble(folder: Path, repository: str = "") -> None:
    """Make `folder` the documentation's site: everything here, and the reference.

    Where the address of the repository is known, links to its other files lead there, and
    what is to be installed says it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pages = {f.relative_to(HERE).as_posix(): f.read_text("utf-8") for f in _written()}
    pages |= reference()
    pages["index.md"] = f"---\nlayout: page\n---\n{_MADE.sub(_LOOKED_UP, pages['index.md'])}"
    pages["how-to/index.md"] = _contents("How to", "how-to/", pages)
    pages["reference/index.md"] = _contents("Reference", "reference/", pages)
    pages["decisions/index.md"] = _contents("Decisions", "decisions/", pages)
    for path, text in pages.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_inside(text, path, repository), "utf-8", newline="\n")
    shutil.copyfile(HERE / "site.yaml", folder / "site.yaml")


def _written() -> Iterator[Path]:
    for file in sorted(HERE.rglob("*.md")):
        if not any(part in LEFT_OUT for part in file.relative_to(HERE).parts):
            yield file


_MADE = re.compile(r"`make docs`\s+builds this site with the whole reference")
_LOOKED_UP = "[The whole reference](reference/index.md)"
_OUTSIDE = re.compile(r"\[([^\]]*)\]\(((?:\.\./)+)([^)]*)\)")
_ADDRESS = re.compile(r"\n`ADDRESS` is where [^\n]*|(?<=git\+)ADDRESS")
"""Stands in what is to be installed, while nobody knows where the repository is; and what says so."""


def _inside(text: str, path: str, repository: str) -> str:
    """A page whose links to other files of the repository lead there, or are their words alone."""
    depth = path.count("/")

    def link(found: re.Match[str]) -> str:
        if found[2].count("../") <= depth:
            return found[0]
        return f"[{found[1]}]({repository}/blob/HEAD/{found[3]})" if repository else found[1]

    known = (
        _ADDRESS.sub(lambda found: "" if found[0][0] == "\n" else repository, text)
        if repository
        else text
    )
    return _OUTSIDE.sub(link, known)


def _contents(title: str, folder: str, pages: dict[str, str]) -> str:
    """A page that lists the others of a folder by their titles."""
    listed = sorted((_title(t), p) for p, t in pages.items() if p.startswith(folder))
    return f"# {title}\n\n" + "".join(f"- [{t}]({p.removeprefix(folder)})\n" for t, p in listed)


def _title(text: str) -> str:
    return next(line[2:] for line in text.split("\n") if line.startswith("# "))


# ---- the reference ------------------------------------------------------------------------------


def reference() -> dict[str, str]:
    """Path and text of every page of the reference."""
    files: dict[str, tuple[str, str, list[Any]]] = {
        "settings": ("site.yaml", "Every key may be left out.", [MODELS["site"]]),
        "cv": ("cv.yaml", "Keys of `cv:`, then those of the entries of its sections.", [MODELS["cv"], EntryKeys, Drawn]),
        "people": ("people.yaml", "A list of people, each with these keys.", [MODELS["people"]]),
        "collections": (
            "Collections", "Keys of a record: in a list such as `talks.yaml`, or in the front matter of a file. Each kind has "
            "those of a record, and some of its own.", [Record, *KINDS.values()],
        ),
        "pages": ("Front matter of pages", "Keys at the head of a Markdown file, between two lines `---`.", [MODELS["page"]]),
    }  # fmt: skip
    pages = {
        f"reference/{name}.md": f"# {title}\n\n{words}\n\n" + "\n".join(_tables(kinds))
        for name, (title, words, kinds) in files.items()
    }
    return {
        **pages, "reference/publications.md": _publications(), "reference/commands.md": _commands(),
        "reference/layouts.md": _layouts(), "reference/variables.md": _variables(),
    }  # fmt: skip


SECTIONS = Key(
    "sections", dict[str, Any], "Titles of your own, each with a list of entries.", "", False
)
"""What the head of a CV holds and its model leaves to another."""


def _tables(kinds: list[Any]) -> Iterator[str]:
    """A table for each model and for those that it holds, each once."""
    seen: set[Any] = set()
    waiting = list(kinds)
    common = {key.name for key in keys_of(Record)}
    while waiting:
        kind = waiting.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        keys = [
            k
            for k in (*keys_of(kind), *((SECTIONS,) if kind is CvHead else ()))
            if kind is Record or not issubclass(kind, Record) or k.name not in common
        ]
        if keys:
            yield f"## {_named(kind)}\n\n{_words(kind)}\n\n{_table(keys)}{_spellings(kind)}"
        waiting += [
            found for key in keys for found in _models_in(key.annotation) if found not in kinds
        ]


def _models_in(annotation: Any) -> Iterator[Any]:
    if (
        isinstance(annotation, type)
        and issubclass(annotation, msgspec.Struct)
        and hasattr(annotation, "what")
    ):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)


def _named(kind: Any) -> str:
    what = "the head of a CV" if kind is CvHead else str(kind.what)
    return what[:1].upper() + what[1:]


def _words(kind: Any) -> str:
    return (kind.__doc__ or "").split("\n\n")[0].replace("\n    ", " ")


def _table(keys: list[Key]) -> str:
    rows = [f"| `{k.name}` | *{shown_type(k.annotation)}* {_said(k)} |" for k in keys]
    return "\n".join(["| key | holds |", "|---|---|", *rows]) + "\n"


def _said(key: Key) -> str:
    default = f" Left out: `{key.default}`." if key.default else ""
    return (("Needed. " if key.required else "") + key.doc + default).replace("|", "\\|")


def _spellings(kind: Any) -> str:
    spelled = getattr(kind, "spellings", {})
    silent = {*getattr(kind, "silent", ())} - {SECTIONS.name}
    words = ", ".join(f"`{other}` for `{name}`" for other, name in sorted(spelled.items()))
    text = f"\nOther spellings: {words}.\n" if words else ""
    return text + (
        f"\nKnown and not used: {', '.join(f'`{s}`' for s in sorted(silent))}.\n" if silent else ""
    )


def _publications() -> str:
    from builder.model.bibtex_fields import MEANINGS, TYPES

    rows = [f"| `{field}` | {text} |" for field, text in MEANINGS.items()]
    types = [f"| `@{entry}` | {kind} |" for entry, kind in TYPES.items()]
    return "\n".join([
        "# publications.bib", "", "Beyond the fields of BibTeX and biblatex:", "", "| field | holds |", "|---|---|", *rows, "",
        "## Entry types", "", "| in the file | is, in the words of CSL |", "|---|---|", *types, "",
    ])  # fmt: skip


def _commands() -> str:
    parts = ["# Commands\n"]
    for name, command in sorted(cli.main.commands.items()):
        with click.Context(
            command, info_name=f"folio {name}", max_content_width=78, terminal_width=78
        ) as context:
            parts.append(f"## folio {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


_COMMENT = re.compile(r"\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_BLOCK = re.compile(r"\{% block (\w+)")


def _layouts() -> str:
    folder, rows = theme_folder("layouts"), []
    for file in sorted(folder.rglob("*.html")):
        text = file.read_text("utf-8")
        said = _COMMENT.match(text.strip())
        blocks = ", ".join(f"`{b}`" for b in dict.fromkeys(_BLOCK.findall(text)))
        words = " ".join(said[1].split()) if said else ""
        rows.append(f"| `{file.relative_to(folder).as_posix()}` | {_verbatim(words)} | {blocks} |")
    return "\n".join([
        "# Layouts", "", "A file of the same name in your site's `layouts/` takes the place of the theme's, and may extend the "
        "original as `theme/<name>`.", "", "| file | is | blocks |", "|---|---|---|", *rows, "",
    ])  # fmt: skip


def _verbatim(words: str) -> str:
    return words.replace("|", "\\|").replace("{", "&#123;").replace("<", "&lt;")


def _variables() -> str:
    parts = [
        "# Variables of layouts\n",
        "What stands in the names that a layout reads. The filters are in [the theme](../theme.md).\n",
    ]
    shown = (("site", Site), ("page, a page of your own", MODELS["page"]), ("item, a record", Record),
             ("item, a publication", Publication), ("an author of a publication", Author), ("a person", MODELS["people"]),
             ("a section of the CV", Section), ("head", Head))  # fmt: skip
    for name, kind in shown:
        docs, hints = docs_of(kind), typing.get_type_hints(kind)
        rows = [
            f"| `{field}` | *{_verbatim(shown_type(hints[field]))}* {_verbatim(docs.get(field, ''))} |"
            for field in kind.__struct_fields__
        ]
        rows += [
            f"| `{field}` | {_verbatim(' '.join((value.__doc__ or '').split()))} |"
            for base in reversed(kind.__mro__) for field, value in vars(base).items() if isinstance(value, property)
        ]  # fmt: skip
        parts.append("\n".join([f"## {name}", "", "| name | holds |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


# ---- the command --------------------------------------------------------------------------------


def main(source: Path = SOURCE, out: Path = BUILT, url: str = "", repository: str = "") -> int:
    """Assemble, look over and build; 1 when anything is wrong.

    `url` is where it will be published, `repository` where its sources are.
    """
    from builder.build import build

    problems = Problems()
    assemble(source, repository)
    try:
        check(source, Options(url=url), problems)
        build(source, Options(out=str(out.absolute()), url=url), problems)
    except BuildFailed:
        pass
    if len(problems):
        print(told(problems, lambda place: _line(source, place), verbose=True), file=sys.stderr)
        return 1
    print(f"The documentation is in {out}: open {out / 'index.html'}, or serve that folder.")
    return 0


def _line(source: Path, place: Place) -> str | None:
    file = source / place.path
    lines = file.read_text("utf-8").split("\n") if file.is_file() else []
    return lines[place.line - 1] if 0 < place.line <= len(lines) else None


@click.command()
@click.option("--out", default=BUILT, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--url", default="", help="Where it will be published; its path is the base path.")
@click.option("--repository", default="", help="Where its sources are, such as https://…/folio")
def command(out: Path, url: str, repository: str) -> None:
    """Build the documentation as a site."""
    sys.exit(main(out=out, url=url, repository=repository))


if __name__ == "__main__":
    command()
