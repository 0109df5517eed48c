"""What mutated sites have found: each mishap once, small."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from tests.conftest import MakeSite
from tests.sites import make_site


def test_courses_of_one_title_have_pages_of_their_own(site: MakeSite) -> None:
    built = site({"content/teaching.yaml": """
        - {title: Algebra, date: 1924}
        - {title: Algebra, date: 1929}
        - {title: Algebra, date: 1929}
        - {title: Geometry, date: 1930}
        """})  # fmt: skip
    pages = {f for f in built.files if f.startswith("teaching/") and f.count("/") == 2}
    assert pages == {f"teaching/{name}/index.html" for name in
                     ("algebra-1924", "algebra-1929", "algebra-1929-2", "geometry")}  # fmt: skip


def test_a_post_keeps_its_address_beside_one_of_the_same_name(site: MakeSite) -> None:
    built = site(
        {"content/posts/2020-01-05-news.md": "One\n", "content/posts/2020-02-05-news.md": "Two\n"}
    )
    assert {"posts/2020/01/news/index.html", "posts/2020/02/news/index.html"} <= built.files


@pytest.mark.parametrize("expression", [
    "{% for x in range(10**9) %}.{% endfor %}", "{{ 10 ** 99999999 }}", "{{ 'x' * 10**10 }}", "{{ 10**10 * [1] }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{{ 'abc' | random }}", "{{ lipsum() }}",
])  # fmt: skip
def test_hogs_and_chance_are_refused_in_bodies(site: MakeSite, expression: str) -> None:
    problem = site({"content/a.md": f"# A\n\n{expression}\n"}).one("template")
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("content/a.md", 3)


def test_small_sums_are_not_refused(site: MakeSite) -> None:
    built = site(
        {
            "content/a.md": "{{ 2 ** 10 }} {{ 'ab' * 3 }} {{ 7 * 6 }} {{ 2 ** -1 }} {{ range(3) | list }}\n"
        }
    )
    assert built.main("a/index.html").endswith("1024 ababab 42 0.5 [0, 1, 2]")


def test_half_a_character_made_by_an_expression_costs_nothing_else(site: MakeSite) -> None:
    assert "before ? after" in site({"content/a.md": 'before {{ "\\ud800" }} after\n'}).main(
        "a/index.html"
    )


def test_a_dead_address_is_told_where_it_was_typed_on_every_page_that_shows_it(
    site: MakeSite,
) -> None:
    built = site({
        "content/cv.yaml": "cv:\n  name: A B\n  photo: /me.png\n",
        "content/projects/x.md": "---\ntitle: X\nimage: me.png\n---\nWords\n", "content/me.png": b"",
        "content/b.md": "[x](\\\\odd\\y) and <img src='/no\u00e9.png' alt=''>\n",
    })  # fmt: skip
    dead = {(p.message.split("'")[1], str(p.place)) for p in built.told("link-to-nothing")}
    assert ("projects/me.png", "content/projects/x.md:3:8") in dead
    assert {place.split(":")[0] for _, place in dead} <= {
        "content/projects/x.md",
        "content/b.md",
        "content/cv.yaml",
    }


def test_a_year_that_is_none_draws_all_and_is_told(site: MakeSite) -> None:
    built = site({"content/cv.yaml": """
        cv:
          name: A B
          sections:
            Talks: [{from: talks, since: 1907/..}]
        """, "content/talks.yaml": "- {title: A talk, date: 1907}\n"})  # fmt: skip
    assert built.report is not None
    assert built.one("wrong-shape").place is not None


def test_a_link_to_a_folder_that_holds_it_is_passed_over_and_told(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"content/a.md": "A\n", "content/sub/b.txt": "b\n"})
    os.symlink("..", site.root / "content" / "up")
    os.symlink("..", site.root / "content" / "sub" / "up")
    assert [str(p.place) for p in site.build().told("link-leads-round")] == [
        "content/sub/up",
        "content/up",
    ]
    first = site.files
    assert not any(f.startswith(("up", "sub/up")) for f in first)
    assert site.build().files == first


@pytest.mark.skipif(
    os.name == "nt" or os.uname().sysname == "Darwin", reason="names are text there"
)
def test_a_name_that_is_no_text_is_an_error_that_can_be_printed(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"content/a.md": "A\n"})
    (Path(os.fsdecode(os.fsencode(site.root) + b"/content/\xff.md"))).write_text("x")
    problem = site.build().one("path-not-unicode")
    assert str(problem.place).encode() == b"content/?.md"


def test_line_breaks_that_only_old_yaml_knows_do_not_move_lines(site: MakeSite) -> None:
    built = site(
        {"content/talks.yaml": "- title: one\u2028two\u2029three\u0085four\n  nosuchkey: x\n"}
    )
    assert [p.place and p.place.line for p in built.told("unknown-key")] == [2]
    assert "one two three four" in built.main("talks/index.html")


def test_old_addresses_of_a_record_that_lives_elsewhere_lead_there(site: MakeSite) -> None:
    built = site({"content/posts/2020-01-05-a.md":
                  "---\nredirect: https://example.com/a\nredirect_from: /old/\n---\n"})  # fmt: skip
    assert "https://example.com/a" in built.html("old/index.html")


def test_neighbours_are_records_with_pages(site: MakeSite) -> None:
    built = site({f"content/posts/2020-0{n}-01-p{n}.md": "---\n" + extra + "title: P\n---\nx\n"
                  for n, extra in enumerate(["", "redirect: https://example.com/\n", ""], 1)})  # fmt: skip
    assert built.report is not None
    assert "posts/2020/03/p3/" in built.html("posts/2020/01/p1/index.html")
    assert "posts/2020/02" not in built.html("posts/2020/01/p1/index.html")


def test_pictures_of_one_stem_and_files_named_like_widths_keep_their_own_bytes(
    site: MakeSite,
) -> None:
    image = pytest.importorskip("PIL.Image", reason="the extra `images` is part of the test setup")

    def picture(colour: str, form: str) -> bytes:
        out = io.BytesIO()
        image.new("RGB", (400, 300), colour).save(out, form)
        return out.getvalue()

    built = site({"content/index.md": "![A](x.png) ![B](x.jpg) ![C](y.png)\n", "content/x.png": picture("red", "PNG"),
                  "content/x.jpg": picture("blue", "JPEG"), "content/y.png": picture("green", "PNG"),
                  "content/y-160.webp": b"the author's own"})  # fmt: skip
    assert (built.out / "y-160.webp").read_bytes() == b"the author's own"
    reds = image.open(built.out / "x.png-160.webp").convert("RGB").getpixel((5, 5))
    blues = image.open(built.out / "x.jpg-160.webp").convert("RGB").getpixel((5, 5))
    assert reds[0] > 200 > 60 > blues[0]


def test_what_folio_makes_is_never_the_place_to_mend(site: MakeSite) -> None:
    problem = site({"content/a.md": "---\npermalink: /Sitemap.xml\n---\n"}).one("address-taken")
    assert str(problem.place) == "content/a.md:2:12"


@pytest.mark.parametrize("folder", ["content", "static"])
def test_the_authors_own_service_files_take_the_place_of_the_made_ones(
    site: MakeSite, folder: str
) -> None:
    names = ("robots.txt", "CNAME", "sitemap.xml", "feed.xml", ".nojekyll")
    files = {f"{folder}/{name}": f"my {name}" for name in names}
    built = site({"content/news.yaml": "- News\n", **files})
    assert built.problems.errors == []
    assert {built.html(name) for name in names[:-1]} == {f"my {name}" for name in names[:-1]}


def test_a_file_in_the_place_of_a_folder_is_told_as_such(site: MakeSite) -> None:
    built = site(
        {"static/publications": "x\n", "content/p.bib": "@misc{a, title={A}, year=2020}\n"}
    )
    assert (
        "the first is a file where the second needs a folder" in built.one("address-taken").message
    )


def test_a_site_that_cannot_hold_its_lock_is_told_where_to_build(tmp_path: Path) -> None:
    made = make_site(tmp_path / "s")
    made.write({".folio": "in the way of the folder\n"})
    hint = made.build().one("cannot-write").hint
    assert "outside the site with -o" in hint
    out = tmp_path / "elsewhere" / "public"
    report = made.build(out=str(out)).report
    assert report is not None
    assert "may only be read" in "".join(report.notes)
    assert (out / "index.html").is_file()
    assert not (out / ".folio-public").exists()
    assert made.build(out=str(out)).report is not None
