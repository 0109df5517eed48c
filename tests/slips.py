"""What people do to their sources by mistake: keys, braces, delimiters, dates, addresses.

Each is a function from a text to a text gone wrong, in the language of one kind of file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests import oddities

TextChange = Callable[[Random, str], str]


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


def _another_json_value(random: Random, text: str) -> str:
    values = list(re.finditer(r"(?<=:)\s*(\"[^\"\n]*\"|\d+|\[[^\n]*\]|\{[^\n]*\})", text))
    old = random.choice(values or list(re.finditer("$", text)))
    odd = (*oddities.JSON, *(f'"{w}"' for w in (*oddities.DATES, *oddities.URLS)))
    return text[: old.start()] + random.choice(odd) + text[old.end() :]


def _another_ris_line(random: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or ["\n"]
    odd = (*oddities.DATES, *oddities.URLS, *oddities.VALUES)
    line = f"{random.choice(oddities.TAGS)}{random.choice(odd)}\n"
    at = random.randrange(len(lines))
    return "".join([*lines[:at], line, *lines[at + random.choice((0, 1)) :]])


WORDS: dict[str, tuple[TextChange, ...]] = {
    "yaml": YAML, "yml": YAML,
    "bib": (_odd_bibtex, _odd_bibtex, _odd_bibtex, _another_field, _another_field, _no_delimiter, _another_date, _odd_address),
    "json": (_another_json_value, _another_json_value, _no_delimiter, _odd_address),
    "ris": (_another_ris_line, _another_ris_line, _another_date, _odd_address),
    "html": (_odd_jinja, _another_expression, _another_expression),
}  # fmt: skip
