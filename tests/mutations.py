"""Sites gone wrong by chance: from one number always the same site.

Half of the changes are made to bytes, as disks, editors and transfers make them; half to what
the bytes mean, as people make them: keys, braces, delimiters, dates, addresses, files.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests import oddities

SOURCE = Path(__file__).parent / "mutation-site"
"""A site that holds every kind of source in small."""


class Link(NamedTuple):
    """A symbolic link."""

    target: str


class Folder(NamedTuple):
    """An empty folder, where a file may have been expected."""


Files = dict[str, bytes | Link | Folder]
"""Path within the site to what stands there."""


class Mutant(NamedTuple):
    """A site gone wrong."""

    files: Files
    steps: tuple[str, ...]
    """What was done to it, in words."""


def base() -> Files:
    """The good site."""
    paths = sorted(p for p in SOURCE.rglob("*") if p.is_file())
    return {p.relative_to(SOURCE).as_posix(): p.read_bytes() for p in paths}


def mutant(good: Files, seed: int) -> Mutant:
    """The good site with one change or a few; `seed` alone decides which."""
    random, files, steps = Random(seed), dict(good), []
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        change = random.choice((_by_bytes, _by_bytes, _by_bytes, _by_words, _by_words, _by_files))
        steps.append(change(random, files))
    return Mutant(files, tuple(steps))


def lay_out(files: Files, root: Path) -> None:
    """Make `root` hold exactly these files, beside what Folio keeps and writes there."""
    root.mkdir(parents=True, exist_ok=True)
    for entry in sorted(root.iterdir()):
        if entry.name not in (".folio", "_site"):
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    for path in sorted(files, key=lambda p: p.count("/")):
        _put(root, root / path, files[path])


def _put(root: Path, file: Path, node: bytes | Link | Folder) -> None:
    """Write one file; one whose place is taken, or whose name this disk refuses, is left out."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        assert file.parent.resolve().is_relative_to(root.resolve())
        if isinstance(node, Folder):
            file.mkdir()
        elif isinstance(node, Link):
            os.symlink(node.target, file)
        elif not file.is_symlink():
            file.write_bytes(node)
    except OSError:
        return


# ---- bytes ------------------------------------------------------------------------------------

BytesChange = Callable[[Random, bytes], bytes]


def _by_bytes(random: Random, files: Files) -> str:
    path = random.choice([p for p, node in files.items() if isinstance(node, bytes)] or [""])
    data = files.get(path, b"")
    assert isinstance(data, bytes)
    change = random.choice(BYTES)
    files[path or "site.yaml"] = change(random, data)
    return f"{path}: {_name(change)}"


def _name(change: Callable[..., object]) -> str:
    return change.__name__.strip("_").replace("_", " ")


def _span(random: Random, length: int) -> tuple[int, int]:
    start = random.randint(0, length)
    return start, min(length, start + random.choice((1, 1, 2, 5, 20, 200)))


def _flip_a_bit(random: Random, data: bytes) -> bytes:
    at, _ = _span(random, max(0, len(data) - 1))
    return (
        data[:at]
        + bytes(b ^ (1 << random.randrange(8)) for b in data[at : at + 1])
        + data[at + 1 :]
    )


def _delete(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    return data[:start] + data[end:]


def _double(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    return data[:end] + data[start:end] * random.choice((1, 1, 3, 50)) + data[end:]


def _put_in(random: Random, data: bytes) -> bytes:
    at, _ = _span(random, len(data))
    return data[:at] + random.choice(oddities.PIECES) * random.choice((1, 1, 1, 2, 40)) + data[at:]


def _replace(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    return data[:start] + random.choice(oddities.PIECES) + data[end:]


def _move(random: Random, data: bytes) -> bytes:
    start, end = _span(random, len(data))
    rest, at = data[:start] + data[end:], random.randint(0, len(data) - (end - start))
    return rest[:at] + data[start:end] + rest[at:]


def _truncate(random: Random, data: bytes) -> bytes:
    return data[: random.randint(0, len(data))]


def _behead(random: Random, data: bytes) -> bytes:
    return data[random.randint(0, len(data)) :]


def _swap_lines(random: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        one, two = random.randrange(len(lines)), random.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def _double_a_line(random: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        line = random.choice(lines)
        lines.insert(random.randint(0, len(lines)), line)
    return b"".join(lines)


def _delete_a_line(random: Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randint(0, len(lines))
    return b"".join([*lines[:at], *lines[at + 1 :]])


def _other_line_ends(random: Random, data: bytes) -> bytes:
    return data.replace(
        b"\n", random.choice((b"\r\n", b"\r", b"\r\r\n", b"\n\n", b"", b"\xe2\x80\xa8"))
    )


def _other_encoding(random: Random, data: bytes) -> bytes:
    encoding = random.choice(("utf-16", "utf-32", "latin-1", "utf-8-sig", "gb18030", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


BYTES: tuple[BytesChange, ...] = (
    _flip_a_bit, _flip_a_bit, _delete, _delete, _double, _put_in, _put_in, _put_in, _replace, _replace, _move,
    _truncate, _behead, _swap_lines, _double_a_line, _delete_a_line, _other_line_ends, _other_encoding,
)  # fmt: skip


# ---- words ------------------------------------------------------------------------------------

TextChange = Callable[[Random, str], str]


def _by_words(random: Random, files: Files) -> str:
    """Change one file in its own language; a Markdown file has two, YAML on top and a body."""
    kinds = (".yaml", ".yml", ".bib", ".md", ".html")
    path = random.choice(
        [p for p in files if p.endswith(kinds) and isinstance(files[p], bytes)] or [""]
    )
    data = files.get(path, b"")
    assert isinstance(data, bytes)
    text = data.decode("utf-8", "surrogateescape")
    change = random.choice(WORDS.get(path.rpartition(".")[2], PAGE))
    files[path or "site.yaml"] = change(random, text).encode("utf-8", "surrogateescape")
    return f"{path}: {_name(change)}"


def _at_line(random: Random, text: str, piece: str) -> str:
    lines = text.splitlines(keepends=True)
    at = random.randint(0, len(lines))
    return "".join([*lines[:at], piece.rstrip("\n"), "\n", *lines[at:]])


def _at_word(random: Random, text: str, piece: str) -> str:
    at = random.choice([m.start() for m in re.finditer(r"\b|$", text)])
    return text[:at] + piece + text[at:]


_KEY = re.compile(
    r"^(?P<indent>[ \t]*(?:- )*)(?P<key>[^\s:#'\"{}\[\]-][^:\n]*):(?P<value>[ \t][^\n]*|)$",
    re.MULTILINE,
)


def _in_a_key(random: Random, text: str, written: Callable[[re.Match[str]], str]) -> str:
    """The text with one `key: value` line written anew; front matter alone, where there is one."""
    parts = text.split("\n---\n", 1) if text.startswith("---\n") else [text]
    found = list(_KEY.finditer(parts[0]))
    if not found:
        return text + "\nx: y\n"
    line = random.choice(found)
    parts[0] = parts[0][: line.start()] + written(line) + parts[0][line.end() :]
    return "\n---\n".join(parts)


def _another_value(random: Random, text: str) -> str:
    lists = (oddities.VALUES, oddities.VALUES, oddities.DATES, oddities.URLS, oddities.PERMALINKS)
    value = random.choice(random.choice(lists))
    return _in_a_key(random, text, lambda m: f"{m['indent']}{m['key']}: {value}")


def _another_date(random: Random, text: str) -> str:
    date = random.choice(oddities.DATES)
    return re.sub(r"\b\d{4}(-\d\d)*\b", lambda m: date if random.random() < 0.4 else m[0], text)


def _another_key(random: Random, text: str) -> str:
    def typo(m: re.Match[str]) -> str:
        key = m["key"]
        other = random.choice(
            (
                key[1:],
                key[::-1],
                key.upper(),
                key + "s",
                f'"{key}"',
                f"? {key}\n",
                "title",
                "",
                "<<",
                "name",
                "x" * 300,
            )
        )
        return f"{m['indent']}{other}:{m['value']}"

    return _in_a_key(random, text, typo)


def _a_key_twice(random: Random, text: str) -> str:
    return _in_a_key(
        random, text, lambda m: f"{m[0]}\n{m['indent'].replace('-', ' ')}{m['key']}: x"
    )


def _no_key(random: Random, text: str) -> str:
    return _in_a_key(
        random, text, lambda m: random.choice((m["indent"], m["value"], f"{m['indent']}{m['key']}"))
    )


def _another_indent(random: Random, text: str) -> str:
    indent = random.choice(("", " ", "  ", "\t", "      ", "- ", "- - ", "? "))
    return _in_a_key(random, text, lambda m: f"{indent}{m[0].lstrip()}")


def _more_yaml(random: Random, text: str) -> str:
    block = random.choice(oddities.YAML_BLOCKS)
    start, indent = (
        (4, "") if text.startswith("---\n") else (0, random.choice(("", "", "  ", "    ")))
    )
    if start and random.random() < 0.8:
        return text[:start] + block + text[start:]
    return _at_line(random, text, indent + block)


def _deep_yaml(random: Random, text: str) -> str:
    deep = random.choice(
        (
            "[" * 99 + "]" * 99,
            "[" * 500,
            "{a: " * 120 + "b" + "}" * 120,
            "- " * 120 + "x",
            "[" * 20000,
        )
    )
    return _in_a_key(random, text, lambda m: f"{m['indent']}{m['key']}: {deep}")


def _billion_laughs(random: Random, text: str) -> str:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    laughs = "\n".join(["l0: &l0 ha", *levels]) + "\n"
    start = 4 if text.startswith("---\n") else 0
    return text[:start] + laughs + _another_value(random, text[start:]).replace(": x", ": *l8", 1)


def _another_permalink(random: Random, text: str) -> str:
    key = random.choice(("permalink", "permalink", "redirect_from", "redirect", "url"))
    line = f"{key}: {random.choice(oddities.PERMALINKS)}"
    if re.search(rf"^{key}:.*$", text, re.MULTILINE):
        return re.sub(rf"^{key}:.*$", lambda _: line, text, count=1, flags=re.MULTILINE)
    return text.replace("---\n", f"---\n{line}\n", 1)


def _other_fences(random: Random, text: str) -> str:
    fence = random.choice(
        (
            "",
            "--",
            "----",
            "--- x",
            " ---",
            "\ufeff---",
            "+++",
            "...",
            "---\n---",
            "---\n\n---",
            "```",
            "***",
        )
    )
    fences = [m.start() for m in re.finditer(r"^---$", text, re.MULTILINE)] or [0]
    at = random.choice(fences)
    return text[:at] + fence + text[at + 3 :]


def _expressions(text: str) -> tuple[str, ...]:
    """Expressions for a body, which runs in a sandbox; a layout does not, and is spared the hogs."""
    layout = "{% block" in text or "{% extends" in text
    return tuple(e for e in oddities.JINJA if not layout or "10**9" not in e)


def _odd_jinja(random: Random, text: str) -> str:
    pieces = "\n".join(random.choices(_expressions(text), k=random.choice((1, 1, 1, 2))))
    return random.choice((_at_line, _at_word))(random, text, pieces)


def _another_expression(random: Random, text: str) -> str:
    found = list(re.finditer(r"\{\{.*?\}\}|\{%.*?%\}", text)) or list(re.finditer("$", text))
    old = random.choice(found)
    return text[: old.start()] + random.choice((*_expressions(text), "")) + text[old.end() :]


def _odd_markdown(random: Random, text: str) -> str:
    return random.choice((_at_line, _at_line, _at_word))(
        random, text, random.choice(oddities.MARKDOWN)
    )


def _odd_address(random: Random, text: str) -> str:
    urls = list(
        re.finditer(
            r"(?<=\]\()[^)\s]*|(?<=href=\")[^\"]*|(?<=src=\")[^\"]*|https?:[^\s\"}>)]*", text
        )
    )
    old = random.choice(urls or list(re.finditer("$", text)))
    return (
        text[: old.start()]
        + random.choice((*oddities.URLS, *oddities.PERMALINKS))
        + text[old.end() :]
    )


def _odd_bibtex(random: Random, text: str) -> str:
    return random.choice((_at_line, _at_line, _at_word))(
        random, text, random.choice(oddities.BIBTEX)
    )


def _another_field(random: Random, text: str) -> str:
    fields = list(re.finditer(r"(?<==)\s*[{\"]?[^,\n]*", text)) or list(re.finditer("$", text))
    old = random.choice(fields)
    values = (*oddities.VALUES, *oddities.DATES, *oddities.URLS, *oddities.MARKDOWN)
    return (
        text[: old.start()]
        + random.choice(("{%s}", '"%s"', "%s", "{%s", "%s}")).replace("%s", random.choice(values))
        + text[old.end() :]
    )


def _no_delimiter(random: Random, text: str) -> str:
    found = [m.start() for m in re.finditer(r"[{}\",=#@()%]", text)] or [0]
    at = random.choice(found)
    return text[:at] + random.choice(("", "{", "}", '"', ",", "@", "#", "\\")) + text[at + 1 :]


YAML: tuple[TextChange, ...] = (
    _another_value, _another_value, _another_value, _another_value, _another_date, _another_key, _a_key_twice,
    _no_key, _another_indent, _more_yaml, _more_yaml, _deep_yaml, _billion_laughs, _odd_address,
)  # fmt: skip
PAGE: tuple[TextChange, ...] = (
    _another_value, _another_key, _more_yaml, _another_permalink, _another_permalink, _other_fences, _another_date,
    _odd_jinja, _odd_jinja, _odd_jinja, _another_expression, _odd_markdown, _odd_markdown, _odd_markdown, _odd_address,
)  # fmt: skip
WORDS: dict[str, tuple[TextChange, ...]] = {
    "yaml": YAML, "yml": YAML,
    "bib": (_odd_bibtex, _odd_bibtex, _odd_bibtex, _another_field, _another_field, _no_delimiter, _another_date, _odd_address),
    "html": (_odd_jinja, _another_expression, _another_expression),
}  # fmt: skip


# ---- files ------------------------------------------------------------------------------------


def _by_files(random: Random, files: Files) -> str:
    path = random.choice(list(files) or ["site.yaml"])
    kind = random.choice(
        (
            "deleted",
            "renamed",
            "copied",
            "emptied",
            "a folder",
            "a folder above",
            "a link",
            "swapped",
        )
    )
    node = files.pop(path, b"")
    if kind == "renamed":
        files[_beside(random, path)] = node
    elif kind == "copied":
        files[path] = files[_beside(random, path)] = node
    elif kind == "emptied":
        files[path] = random.choice(
            (b"", b"\n", b" ", b"---\n---\n", b"---\n", b"#", b"\xef\xbb\xbf")
        )
    elif kind == "a folder":
        files[random.choice((path, f"{path}/x.md"))] = Folder()
    elif kind == "a folder above":
        files[path], files[path.rpartition("/")[0] or "content"] = node, b"a file"
    elif kind == "a link":
        files[path] = Link(
            random.choice(
                (
                    ".",
                    "..",
                    path.rpartition("/")[2],
                    "/etc/hostname",
                    "nowhere",
                    "cv.yaml",
                    "index.md",
                    "../static",
                    "/",
                )
            )
        )
    elif kind == "swapped":
        other = random.choice(list(files) or [path])
        files[path], files[other] = files.get(other, b""), node
    return f"{path}: {kind}"


def _beside(random: Random, path: str) -> str:
    """An odd path for a file, in its own folder or in another."""
    folder = random.choice(
        (path.rpartition("/")[0], "content", "content/posts", "static", "layouts", "content/new")
    )
    name = random.choice(oddities.NAMES)
    ending = path.rpartition(".")[2]
    return f"{folder}/{name if random.random() < 0.7 else name.rpartition('.')[0] + '.' + ending}".lstrip(
        "/"
    )
