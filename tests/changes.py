"""Things that authors do to a site between two builds, each a small function of chance.

A site after any sequence of them is still a site, mostly: a change may also break it, and the next
one mend it.
"""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

SITE: dict[str, str] = {
    "site.yaml": "title: A site\nurl: https://example.org\n",
    "content/index.md": "# Hello\n\nSee [the list](/publications/), [a post](posts/2024-02-01-one.md).\n",
    "content/about.md": "---\ntitle: About\ntags: [a]\n---\n\nWords, `code` and $x^2$.\n",
    "content/list.md": "{% for p in site.publications | limit(3) %}\n- {{ p.title }}\n{% endfor %}\n",
    "content/posts/2024-02-01-one.md": "---\ntitle: One\ntags: [a, b]\n---\n\nFirst *words*.\n\nMore.\n",
    "content/posts/2024-03-01-two.md": "---\ntitle: Two\n---\n\nOther words.\n\n```python\nx = 1\n```\n",
    "content/talks/t.md": "---\ntitle: A talk\ndate: 2023-05-01\nvenue: Here\n---\n\nAbout [about](/about/).\n",
    "content/news.yaml": "- {date: 2024-01-01, text: New}\n",
    "content/cv.yaml": "cv:\n  name: Ana Li\n  sections:\n    Papers:\n    - {from: publications, limit: 2}\n",
    "content/p.bib": "@article{a, title={A}, author={Li, Ana}, year=2020, journal={J}}\n"
    "@article{b, title={B}, author={Li, Ana and Bo, Cy}, year=2021, journal={K}}\n",
}
"""What every sequence begins with."""

Change = Callable[[Path, Random], None]

BODIES = (
    "Words.", "Other *words*, and more of them.", "[dead](nowhere.md)", "[about](about.md)", "## A part\n\nText.",
    "{{ site.publications | length }} papers", "{% include \"parts/base_path.html\" %}x", "{{ site.talks | length }}",
    "![picture](/me.png)", "```python\ny = 2\n```", "{{ page.title }} on {{ site.title }}", "{{ nothing }}",
    "[up](#a-part)", "{% for q in site.posts %}{{ q | excerpt }} {% endfor %}", "{{ page.place.line }}",
    "A formula: $\\frac{a}{b}$.", "{% for q in site.pages %}{{ q.address }} {% endfor %}", "As [@a] says.",
    "{% for q in site.posts %}{{ q.document.body | length }} {% endfor %}", "<!-- gone -->",
)  # fmt: skip


def _pages(root: Path) -> list[Path]:
    return sorted((root / "content").rglob("*.md"))


def edit_a_body(root: Path, chance: Random) -> None:
    """Other words below the front matter, or words more."""
    page = chance.choice(_pages(root))
    head, fence, body = _split(page.read_text("utf-8"))
    body = f"\n{chance.choice(BODIES)}\n" if chance.random() < 0.7 else f"{body}\nMore words.\n"
    page.write_text(f"{head}{fence}{body}", "utf-8")


def edit_front_matter(root: Path, chance: Random) -> None:
    """A key more, another value, or a line that moves the rest."""
    page = chance.choice(_pages(root))
    head, _, body = _split(page.read_text("utf-8"))
    line = chance.choice((
        "title: Another title", "tags: [b, c]", "draft: true", "published: false", "excerpt: In short",
        "toc: true", "order: 3", "# a remark", "permalink: /elsewhere/", "date: 2022-02-02",
        "redirect_from: /old/", "image: /me.png", "layout: cv",
    ))  # fmt: skip
    kept = [k for k in head.split("\n")[1:] if k and not k.startswith(line.partition(":")[0])]
    page.write_text("\n".join(["---", line, *kept]) + f"\n---\n{body}", "utf-8")


def _split(text: str) -> tuple[str, str, str]:
    if text.startswith("---\n") and "\n---\n" in text:
        head, _, body = text.partition("\n---\n")
        return head + "\n", "---\n", body
    return "", "", text


def add_a_page(root: Path, chance: Random) -> None:
    """A page, a post, a record of a collection."""
    name = chance.choice(
        ("new.md", "posts/2024-04-01-three.md", "talks/u.md", "cv.md", "deep/er/x.md")
    )
    page = root / "content" / name
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(
        f"---\ntitle: {chance.choice(('New', 'Newer'))}\n---\n\n{chance.choice(BODIES)}\n", "utf-8"
    )


def remove_a_file(root: Path, chance: Random) -> None:
    """Any file of the content but the home page."""
    files = sorted(p for p in (root / "content").rglob("*") if p.is_file() and p.name != "index.md")
    if files:
        chance.choice(files).unlink()


def rename_a_page(root: Path, chance: Random) -> None:
    """The same words at another address."""
    pages = [p for p in _pages(root) if p.name != "index.md"]
    if pages:
        page = chance.choice(pages)
        page.rename(page.with_name(f"{page.stem}-x.md"))


def edit_the_papers(root: Path, chance: Random) -> None:
    """An entry more, fewer, changed; the whole in another order."""
    file = root / "content/p.bib"
    entries = file.read_text("utf-8").splitlines() if file.is_file() else []
    number = chance.randint(1, 5)
    entry = f"@article{{k{number}, title={{{chance.choice('ABC')}}}, author={{Li, Ana}}, year=20{number}0}}"
    entries = {
        0: [*entries, entry], 1: entries[1:], 2: entries[::-1], 3: [e.replace("{B}", "{Bb}") for e in entries],
        4: ["", *entries], 5: [e.replace("journal=", "selected={true}, journal=") for e in entries],
    }[chance.randint(0, 5)]  # fmt: skip
    file.write_text("\n".join(entries) + "\n", "utf-8")


def edit_data(root: Path, chance: Random) -> None:
    """News, people, the CV."""
    name, text = chance.choice((
        ("news.yaml", "- {date: 2024-05-05, text: Newest}\n- {date: 2024-01-01, text: New}\n"),
        ("people.yaml", "- {name: Ana Li, owner: true}\n- {name: Cy Bo, role: Student, url: https://cy.org}\n"),
        ("cv.yaml", "cv:\n  name: Ana Li\n  headline: Reader\n  sections:\n    Papers: [{from: publications}]\n"),
        ("cv.yaml", "cv:\n  name: Ana M. Li\n  sections:\n    Work:\n    - {company: X, position: Y}\n"),
        ("teaching.yaml", "- {title: Logic, date: 2021}\n- {title: Sets, date: 2022}\n"),
        ("notes.txt", chance.choice(("a", "b"))),
    ))  # fmt: skip
    (root / "content" / name).write_text(text, "utf-8")


def edit_settings(root: Path, chance: Random) -> None:
    """site.yaml with other wishes."""
    lines = [
        "title: " + chance.choice(("A site", "Another site")),
        "url: " + chance.choice(("https://example.org", "https://example.org/repo")),
        chance.choice(("", "description: About me", "theme: {author: sidebar}", "nonsense: 1")),
        chance.choice(
            ("", "languages: [en, de]", "collections: {talks: {title: Lectures}}", "footer: Bye")
        ),
        chance.choice(("", "navigation: [{title: List, url: /list/}]", "current_date: 2024-06-01")),
    ]
    (root / "site.yaml").write_text("\n".join(filter(None, lines)) + "\n", "utf-8")


def edit_a_layout(root: Path, chance: Random) -> None:
    """A layout of the site's own: new, changed, gone."""
    name, text = chance.choice((
        ("page.html", '{% extends "theme/page.html" %}'),
        ("page.html", '{% extends "base.html" %}{% block main %}{{ page | body }}{% endblock %}'),
        ("parts/user-foot.html", "<p>{{ site.publications | length }}</p>"),
        ("parts/user-foot.html", "<p>{{ site.owner.name }} {{ site.tagged | length }}</p>"),
        ("parts/own.html", "{% macro m() %}{{ site.news | length }}{% endmacro %}{% set n = site.talks | length %}"),
        ("post.html", '{% extends "theme/post.html" %}{% from "parts/own.html" import m, n %}'
         "{% block more %}{{ m() }} {{ n }}{% endblock %}"),
        ("home.html", '{% extends "theme/home.html" %}{% block aside %}{{ site.posts | length }}{% endblock %}'),
        ("broken.html", "{% block %}"),
    ))  # fmt: skip
    file = root / "layouts" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_file() and chance.random() < 0.3:
        file.unlink()
    else:
        file.write_text(text, "utf-8")


def remove_the_layouts(root: Path, chance: Random) -> None:
    """Back to the theme's own."""
    shutil.rmtree(root / "layouts", ignore_errors=True)


def edit_a_static_file(root: Path, chance: Random) -> None:
    """A picture of another size, a stylesheet, an icon."""
    folder = root / "static"
    for file in ("css/custom.css", "icons/feed.svg"):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
    which = chance.randint(0, 3)
    if which == 0:
        (folder / "me.png").write_bytes(png(chance.choice((40, 200))))
    elif which == 1:
        (folder / "css/custom.css").write_text(chance.choice(("p { color: red }", "")), "utf-8")
    elif which == 2:
        (folder / "icons/feed.svg").write_text(
            f"<svg><!-- {chance.randint(0, 1)} --></svg>", "utf-8"
        )
    else:
        shutil.rmtree(folder)


def touch_the_output(root: Path, chance: Random) -> None:
    """Someone meddles with what was built."""
    out = root / "_site"
    files = sorted(p for p in out.rglob("*.html")) if out.is_dir() else []
    if files:
        file = chance.choice(files)
        file.unlink() if chance.random() < 0.5 else file.write_text("mine", "utf-8")


def put_back(root: Path, chance: Random) -> None:
    """One file as it was in the beginning."""
    path = chance.choice(sorted(SITE))
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(SITE[path], "utf-8")


CHANGES: tuple[Change, ...] = (
    edit_a_body, edit_a_body, edit_front_matter, edit_front_matter, add_a_page, remove_a_file, rename_a_page,
    edit_the_papers, edit_the_papers, edit_data, edit_settings, edit_a_layout, edit_a_layout,
    remove_the_layouts, edit_a_static_file, touch_the_output, put_back,
)  # fmt: skip


def png(width: int) -> bytes:
    """A grey picture of that width and half the height."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, width // 2, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7f" * width) * (width // 2))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def begin(root: Path) -> None:
    """The site that every sequence begins with."""
    for path, text in SITE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
