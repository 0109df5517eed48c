"""The theme's seams: its stylesheet in parts, its marks and lists, what stands for an author to fill."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from builder.model.cv import Entry, Section, runs
from builder.outputs.styles import SHEET, part_paths
from builder.problems import Place
from builder.templates import theme_folder
from builder.text.rich import plain
from tests.sites import make_site, one

CSS = theme_folder("static") / "css"


# ---- the stylesheet -----------------------------------------------------------------------------


def test_every_layer_is_a_file_and_every_file_a_layer() -> None:
    listed = [Path(path).name for path in part_paths()]
    assert len(listed) > 10
    assert sorted([*listed[:-1], "folio.css"]) == sorted(file.name for file in CSS.glob("*.css"))


def test_each_part_stands_in_the_layer_of_its_name() -> None:
    for path in part_paths()[:-1]:
        file = theme_folder("static") / path
        assert re.findall(r"@layer (\w+) \{", file.read_text("utf-8")) == [file.stem], path


def test_the_sheet_is_all_parts_in_order_without_comments(tmp_path: Path) -> None:
    lab = "- {name: Ana Pérez, owner: true}\n- {name: Ming Li, owner: true}\n"
    css = make_site(tmp_path, {"content/people.yaml": lab}).build().html(SHEET)
    order = re.findall(r"^@layer (\w+) \{", css, re.MULTILINE)
    assert order == [Path(path).stem for path in part_paths()[:-1]]
    assert css.startswith("@layer tokens")
    assert "/*" not in css
    assert "\n\n" not in css


def test_a_comment_sign_in_a_string_stands(tmp_path: Path) -> None:
    css = 'q::before { content: "/* no \\" comment */"; } /* a comment */\n'
    site = make_site(tmp_path, {"static/css/custom.css": css}).build()
    assert site.html(SHEET).endswith('q::before { content: "/* no \\" comment */"; }\n')


def test_a_part_of_the_sites_own_takes_the_place_of_the_themes(tmp_path: Path) -> None:
    mine = "@layer colophon { footer { color: red; } }\n"
    site = make_site(
        tmp_path, {"static/css/colophon.css": mine, "static/css/extra.css": "p {}\n"}
    ).build()
    css = site.html(SHEET)
    assert mine in css
    assert "@layer colophon {\n.colophon" not in css
    assert {f for f in site.files if f.startswith("css/")} == {
        SHEET,
        "css/site.css",
        "css/extra.css",
    }


def test_custom_css_has_the_last_word(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"static/css/custom.css": "h1 { color: teal; }\n"}).build()
    assert site.html(SHEET).endswith("}\nh1 { color: teal; }\n")
    assert "css/custom.css" not in site.files


def test_a_sheet_of_the_sites_own_is_taken_whole(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"static/{SHEET}": "body { margin: 0; }\n"}).build()
    assert not site.problems
    assert site.html(SHEET) == "body { margin: 0; }\n"


@pytest.mark.parametrize(("accent", "shown"), [("'#0a0'", True), ("''", False), ("tomato", False)])
def test_only_a_colour_becomes_the_accent(accent: str, shown: bool, tmp_path: Path) -> None:
    settings = f"title: A\nurl: https://example.org\ntheme: {{accent: {accent}, font: sans}}\n"
    css = make_site(tmp_path, {"site.yaml": settings}).build().html("css/site.css")
    assert ("--accent-given: #0a0;" in css) == shown
    assert "--face: var(--sans);" in css


# ---- facts for layouts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "today", "stands"),
    [
        ("", "2026-05-01", True),
        (", until: 2026-05-01", "2026-05-01", True),
        (", until: 2026-05-01", "2026-05-02", False),
        (", until: 2026-05", "2026-05-31", True),
        (", until: 2026-05", "2026-06-01", False),
        (", until: 2026", "2026-12-31", True),
        (", until: 2026", "2027-01-01", False),
    ],
)
def test_availability_stands_until_its_last_day(
    until: str, today: str, stands: bool, tmp_path: Path
) -> None:
    files = {
        "site.yaml": f"title: A\nurl: https://example.org\ncurrent_date: {today}\n",
        "content/people.yaml": f"- {{name: A, owner: true, availability: {{text: On the market{until}}}}}\n",
    }
    home = make_site(tmp_path, files).build().page("index.html")
    assert ("On the market" in one(home, "main").text()) == stands


CV = """
    cv:
      name: A
      sections:
        All:
          - {institution: I, area: B, date: 2020}
          - {company: C, position: D}
          - {label: L, details: x}
          - {label: M, details: y}
          - bullet: one
          - bullet: two
          - number: first
          - A text.
          - {name: N}
          - Below:
              - {name: O}
"""


def test_neighbours_of_a_kind_stand_in_one_list(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/cv.yaml": CV}).build()
    main = one(site.page("cv/index.html"), "main section")
    lists = [
        n.attributes.get("class")
        for n in main.css("section > ul, section > ol, section > dl, section > div")
    ]
    assert lists[:6] == ["rows", "facts", "points", "points", "prose", "rows"]
    assert [len(n.css("li")) for n in main.css("section > ul.points, section > ol.points")] == [
        2,
        1,
    ]


def test_other_kinds_divide_a_run() -> None:
    entry = Entry(kind="bullet", title=plain("x"), place=Place("cv.yaml", 1))
    section = Section(title=plain("S"), place=Place("cv.yaml", 2))
    assert [run.kind for run in runs((entry, entry, section, entry))] == [
        "bullet",
        "section",
        "bullet",
    ]
    assert runs(()) == ()


def test_the_legend_explains_the_marks_that_are_there(tmp_path: Path) -> None:
    bib = """
        @article{a, title = {T}, author = {Doe, Jane and Roe, Max}, year = 2020, author+an = {2=corresponding; 1=equal}}
    """
    site = make_site(tmp_path, {"content/publications.bib": bib}).build()
    legend = one(site.page("publications/index.html"), ".legend")
    assert legend.text(separator=" ").split() == [
        "*",
        "equal",
        "contribution",
        "†",
        "corresponding",
        "author",
    ]
    marks = site.page("publications/index.html").css(".authors .marks")
    assert [one(m, ".unseen").text() for m in marks] == [
        " (equal contribution)",
        " (corresponding author)",
    ]


def test_a_date_that_machines_can_read_says_so(tmp_path: Path) -> None:
    news = "- {date: 2024-05-17, text: a}\n- {date: Fall 2023, text: b}\n- {date: 2020 - 2021, text: c}\n"
    site = make_site(tmp_path, {"content/news.yaml": news}).build()
    rows = site.page("news/index.html").css(".row .when")
    times = [row.css_first("time") for row in rows]
    assert [t.attributes["datetime"] if t else None for t in times] == ["2024-05-17", None, None]
    assert all(row.text().strip() for row in rows)


def test_tags_that_come_to_one_slug_stay_apart(tmp_path: Path) -> None:
    post = "---\ntitle: P\ntags: [C++, C#]\n---\nText.\n"
    site = make_site(tmp_path, {"content/posts/2024-01-02-p.md": post}).build()
    page = site.page("tags/index.html")
    ids = [h.attributes["id"] for h in page.css("h2")]
    assert len(set(ids)) == len(ids) == 2
    assert not site.told("link-to-nothing")


# ---- previews -----------------------------------------------------------------------------------


def og_image(site_html: str) -> str:
    found = re.search(r'property="og:image" content="([^"]*)"', site_html)
    return found[1] if found else ""


def test_a_preview_shows_a_picture_by_its_whole_address(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/cv.yaml": "cv: {name: A, photo: me.png}\n", "content/me.png": b"x",
        "content/a.md": "---\ntitle: A\nimage: a b.png\n---\n", "content/a b.png": b"x",
        "content/b.md": "---\ntitle: B\nimage: b.svg\n---\n", "content/b.svg": "<svg/>",
    }  # fmt: skip
    site = make_site(tmp_path, files).build(url="https://example.org/repo")
    assert og_image(site.html("index.html")) == "https://example.org/repo/me.png"
    assert og_image(site.html("a/index.html")) == "https://example.org/repo/a%20b.png"
    assert og_image(site.html("b/index.html")) == "https://example.org/repo/me.png"


def test_without_a_picture_a_preview_shows_the_themes(tmp_path: Path) -> None:
    site = make_site(tmp_path).build()
    image = og_image(site.html("index.html"))
    assert image.removeprefix("https://example.org/") in site.files


# ---- what is an author's ------------------------------------------------------------------------


def test_the_named_parts_stand_in_every_page(tmp_path: Path) -> None:
    files = {
        "layouts/parts/user-head.html": '<meta name="mine" content="head">',
        "layouts/parts/user-foot.html": "<p>My foot</p>",
        "content/a.md": "Text.",
    }
    site = make_site(tmp_path, files).build()
    for path in ("index.html", "a/index.html", "404.html"):
        page = site.page(path)
        assert page.css_first('head meta[name="mine"]'), path
        assert "My foot" in one(page, "footer").text(), path


JEKYLL = """
    ---
    title: Everything
    ---
    {% include "base_path" %}

    {% for post in site.publications %}
    {% include "archive-single.html" %}
    {% endfor %}

    <ul>{% for post in site.publications %}{% include "archive-single-cv.html" %}{% endfor %}</ul>

    {% for post in site.talks %}
    {% include "archive-single-talk.html" %}
    {% endfor %}

    <ul>{% for post in site.talks %}{% include "archive-single-talk-cv.html" %}{% endfor %}</ul>
"""


def test_jekylls_names_of_parts_are_known(tmp_path: Path) -> None:
    files = {
        "content/all.md": JEKYLL,
        "content/publications.bib": "@misc{k, title = {A Paper}, year = 2020}",
        "content/talks.yaml": "- {title: A Talk, date: 2020}",
    }
    site = make_site(tmp_path, files).build()
    main = one(site.page("all/index.html"), "main")
    assert [n.text() for n in main.css(".single .paper-title, .single .entry-title")] == [
        "A Paper",
        "A Talk",
    ]
    assert len(main.css("ul > li.row")) == 2


def test_a_site_with_nothing_has_a_home_without_empty_parts(tmp_path: Path) -> None:
    home = make_site(tmp_path).build().page("index.html")
    assert one(home, "h1").text() == "A site"
    assert not [
        n for n in home.css("main ul, main dl, main section, aside") if not n.text().strip()
    ]
    assert not home.css("aside")


def test_an_icon_bears_no_style_and_is_hidden_from_ears() -> None:
    icons = sorted((theme_folder("static") / "icons").glob("*.svg"))
    assert len(icons) > 30
    for icon in icons:
        svg = icon.read_text("utf-8")
        assert 'aria-hidden="true" focusable="false"' in svg, icon.name
        assert 'width="20" height="20"' in svg, icon.name
        assert "style" not in svg, icon.name
        assert icon.stem in (icon.parent / "CREDITS.md").read_text("utf-8"), icon.name


# ---- compiled layouts ---------------------------------------------------------------------------


def test_a_compiled_layout_that_is_damaged_is_compiled_again(tmp_path: Path) -> None:
    layouts = {"layouts/parts/user-foot.html": "<p>{{ site.title.text | upper }}</p>\n"}
    site = make_site(tmp_path, {"content/a.md": "# A\n", **layouts}).build()
    shown = "<p>A SITE</p>"
    assert shown in site.html("a/index.html")
    (file,) = (site.root / ".folio" / "jinja").iterdir()
    whole = file.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"", b"\0" * 4000):
        file.write_bytes(damaged)
        site.write({"content/b.md": f"# B {len(damaged)}\n"})
        assert shown in site.build().html("a/index.html")
        assert file.read_bytes() == whole


def test_a_layout_says_the_same_where_compiled_layouts_cannot_be_kept(tmp_path: Path) -> None:
    layouts = {"layouts/parts/user-foot.html": "<p>{{ site.title.text | upper }}</p>\n"}
    site = make_site(tmp_path, {"content/a.md": "# A\n", **layouts}).build()
    was = site.html("a/index.html")
    shutil.rmtree(site.root / ".folio")
    site.write({".folio/jinja": "in the way\n"})
    assert site.build().html("a/index.html") == was


# ---- how layouts print --------------------------------------------------------------------------


def test_a_layout_may_print_without_escaping(tmp_path: Path) -> None:
    foot = (
        "{% set mark = '<b>&</b>' %}<p>{{ mark }}"
        "{% autoescape false %}{{ mark }}{% endautoescape %}{{ mark | safe }}</p>\n"
    )
    site = make_site(tmp_path, {"content/a.md": "# A\n", "layouts/parts/user-foot.html": foot})
    assert "<p>&lt;b&gt;&amp;&lt;/b&gt;<b>&</b><b>&</b></p>" in site.build().html("a/index.html")
