"""Pages: addresses exactly as asked for, Jekyll's front matter, redirects, links between sources."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite
from tests.sites import one


@pytest.mark.parametrize(
    ("permalink", "path", "address"),
    [
        ("/cv/", "cv/index.html", "/cv/"),
        ("/cv", "cv.html", "/cv"),
        ("/cv.html", "cv.html", "/cv.html"),
        ("publication/2009-paper", "publication/2009-paper.html", "/publication/2009-paper"),
        ("/a/v1.2", "a/v1.2.html", "/a/v1.2"),
        ("/über/uns/", "über/uns/index.html", "/über/uns/"),
        ("/notes.txt", "notes.txt", "/notes.txt"),
    ],
)
def test_a_permalink_is_kept_exactly(
    site: MakeSite, permalink: str, path: str, address: str
) -> None:
    built = site({"content/x.md": f"---\ntitle: X\npermalink: {permalink}\n---\nWords\n"})
    assert not built.problems.errors
    assert path in built.files
    assert "Words" in built.html(path)


@pytest.mark.parametrize(
    ("source", "href", "path"),
    [
        ("a b.md", "/a%20b/", "a b/index.html"),
        ("100%.md", "/100%25/", "100%/index.html"),
        ("what?.md", "/what%3F/", "what?/index.html"),
        ("über.md", "/über/", "über/index.html"),
    ],
)
def test_any_file_name_is_an_address_that_leads_there(
    site: MakeSite, source: str, href: str, path: str
) -> None:
    built = site({f"content/{source}": "Words\n", "content/index.md": "Home\n"})
    assert [p.message for p in built.problems] == []
    assert path in built.files
    assert built.page("index.html").css_first(f'nav a[href="{href}"]') is not None
    whole = "https://example.org" + href.replace("ü", "%C3%BC")
    assert f"<loc>{whole}</loc>" in built.html("sitemap.xml")
    canonical = built.page(path).css_first('link[rel="canonical"]')
    assert canonical is not None
    assert canonical.attributes["href"] == whole


def test_a_quoted_permalink_is_the_file_that_servers_look_for(site: MakeSite) -> None:
    built = site({"content/x.md": "---\npermalink: /a%20b/\n---\n[me](x.md)\n"})
    assert "a b/index.html" in built.files
    assert built.page("a b/index.html").css_first('main a[href="/a%20b/"]') is not None


@pytest.mark.parametrize("blank", ["permalink:", "permalink: ''", "title: X"])
def test_a_blank_permalink_is_none(site: MakeSite, blank: str) -> None:
    assert "a/x/index.html" in site({"content/a/x.md": f"---\n{blank}\n---\nWords\n"}).files


@pytest.mark.parametrize(
    "permalink",
    [
        "../../x",
        "/../x",
        "/a/../../x/",
        "/./x",
        "//x",
        "https://e.org/x",
        "/a\\b",
        "/%2e%2e/x",
        "/x?y",
        "/x#y",
    ],
)
def test_a_permalink_that_leads_out_is_an_error(site: MakeSite, permalink: str) -> None:
    built = site({"content/x.md": f"---\ntitle: X\npermalink: {permalink}\n---\n"})
    (problem,) = built.problems.errors
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("content/x.md", 3)
    assert problem.hint
    assert not built.out.exists()


def test_an_old_address_may_be_given_in_every_form(site: MakeSite) -> None:
    built = site(
        {"content/a.md": "---\nredirect_from: [/old, /old/, /a/, /a.html, a]\n---\nWords\n"}
    )
    assert [p.message for p in built.problems] == []
    assert {"old.html", "old/index.html", "a.html"} <= built.files
    assert "Words" in built.main("a/index.html")


@pytest.mark.parametrize("old", ["https://e.org/x", "../x", "/?p=12", "/x#y"])
def test_an_old_address_that_no_page_can_have_is_told(site: MakeSite, old: str) -> None:
    built = site({"content/a.md": f"---\nredirect_from: ['{old}', /good/]\n---\n"})
    (problem,) = built.problems
    assert problem.severity == "warning"
    assert str(problem.place) == "content/a.md:2:17"
    assert "good/index.html" in built.files


def test_the_menu_leads_where_site_yaml_says(site: MakeSite) -> None:
    built = site({
        "site.yaml": "navigation:\n- {title: File, url: a.md}\n- {title: Bad, url: 'javascript:x'}\n"
        "- title: Below\n  children: [{title: None, url: none.md}, {title: Out, url: 'https://e.org'}]\n",
        "content/a.md": "Words\n",
    })  # fmt: skip
    html = built.html("a/index.html")
    current = built.page("a/index.html").css_first('nav a[aria-current="page"]')
    assert current is not None
    assert current.attributes["href"] == "/a/"
    assert "javascript" not in html
    assert {str(p.place) for p in built.problems} == {"site.yaml:3:21", "site.yaml:5:33"}


def test_what_lies_in_a_folder_of_drafts_is_one(site: MakeSite) -> None:
    built = site({"content/_drafts/a.md": "A\n", "content/posts/_drafts/b.md": "B\n",
                  "content/publications/p.md": "---\ntitle: P\ndraft: true\n---\n"})  # fmt: skip
    assert {f for f in built.files if f.endswith(".html")} == {"index.html", "404.html"}
    assert len({f for f in built.build(drafts=True).files if f.endswith("/index.html")}) > 2


def test_a_folder_with_an_index_is_one_page_or_record(site: MakeSite) -> None:
    built = site({
        "content/about/index.md": "Words ![a](a.svg)\n", "content/about/a.svg": "<svg/>",
        "content/posts/2026-05-01-slug/index.md": "Post ![p](p.svg)\n",
        "content/posts/2026-05-01-slug/p.svg": "<svg/>",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    heading = built.page("about/index.html").css_first("h1")
    assert heading is not None
    assert heading.text() == "About"
    assert "Post" in built.main("posts/2026/05/slug/index.html")


def test_what_cannot_be_read_is_told_in_one_run(site: MakeSite) -> None:
    built = site({"site.yaml": "title: a: b\n", "content/cv.yaml": "cv: [\n", "content/a.md": "---\na: b: c\n---\n",
                  "content/b.md": b"\xff"})  # fmt: skip
    places = {p.place.path for p in built.problems.errors if p.place}
    assert places == {"site.yaml", "content/cv.yaml", "content/a.md", "content/b.md"}


def test_a_dead_address_is_found_where_its_value_is_broken(site: MakeSite) -> None:
    built = site(
        {
            "content/talks.yaml": "- title: T\n  links:\n    - label: X\n      url: /files/a\n        b.pdf\n"
        }
    )
    assert str(built.one("link-to-nothing").place) == "content/talks.yaml:4:13"


def test_redirects_lead_to_the_page(site: MakeSite) -> None:
    built = site(
        {
            "content/cv.md": "---\npermalink: /cv/\nredirect_from:\n  - /resume\n  - /old/cv.html\n---\n"
        }
    )
    for path in ("resume.html", "resume/index.html", "old/cv.html"):
        page = built.page(path)
        refresh = page.css_first('meta[http-equiv="refresh"]')
        assert refresh is not None
        assert refresh.attributes["content"] == "0; url=/cv/"
        assert page.css_first('a[href="/cv/"]') is not None


def test_two_pages_with_one_address_name_both(site: MakeSite) -> None:
    built = site({
        "content/a.md": "---\ntitle: A\npermalink: /x/\n---\n",
        "content/b.md": "---\npermalink: /x/\n---\n",
    })  # fmt: skip
    problem = built.one("address-taken")
    assert problem.severity == "error"
    assert "content/a.md:3" in problem.message
    assert str(problem.place).startswith("content/b.md:2")
    assert not built.out.exists()


def test_an_own_page_takes_the_place_of_the_made_one(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "@article{k, title={Paper}, year=1843}\n",
        "content/publications.md": "---\ntitle: Papers\nlayout: publications\n---\nMy own words.\n",
    })  # fmt: skip
    words = built.main("publications/index.html")
    assert "My own words." in words
    assert "Paper" in words
    assert [p.kind for p in built.problems] == []


def test_drafts_and_unpublished_pages(site: MakeSite) -> None:
    files = {
        "content/a.md": "---\ndraft: true\n---\n",
        "content/b.md": "---\npublished: false\n---\n",
    }
    built = site(files)
    assert {"a/index.html", "b/index.html"}.isdisjoint(built.files)
    built.build(drafts=True)
    assert "a/index.html" in built.files
    assert "b/index.html" not in built.files


def test_links_between_sources_resolve_at_any_base(site: MakeSite) -> None:
    built = site({
        "content/index.md": "[a](notes/a.md#part) ![p](images/p.svg) [f](files/x%20y.pdf)\n",
        "content/notes/a.md": "---\npermalink: /elsewhere/\n---\n# Part\n[home](../index.md) [sib](b.md?x=1)\n",
        "content/notes/b.md": "[up](../) <a href='../files/x y.pdf'>raw</a> <a href=/elsewhere/>root</a>\n",
        "content/images/p.svg": "<svg/>", "content/files/x y.pdf": b"%PDF",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    for base in ("", "/repo"):
        built.build(url=f"https://example.org{base}")
        hrefs = {a.attributes["href"] for a in built.page("elsewhere/index.html").css("main a")}
        assert {f"{base}/", f"{base}/notes/b/?x=1"} <= hrefs
        home = {a.attributes["href"] for a in built.page("index.html").css("main a")}
        assert {f"{base}/elsewhere/#part", f"{base}/files/x%20y.pdf"} <= home
        raw = {a.attributes["href"] for a in built.page("notes/b/index.html").css("main a")}
        assert {f"{base}/", f"{base}/elsewhere/"} <= raw


def test_a_link_to_nothing_is_told_where_it_was_typed(site: MakeSite) -> None:
    built = site({
        "content/x.md": "---\ntitle: X\n---\n\nGood [a](y.md).\n\nBad [b](z.md) and [c](y.md#no) and ![d](/i.png).\n",
        "content/y.md": "# Yes\n[x](x.md)\n",
    })  # fmt: skip
    found = built.told("link-to-nothing")
    assert sorted((str(p.place).rsplit(":", 1)[0], p.message) for p in found) == [
        ("content/x.md:7", "'/i.png' leads to nothing"),
        ("content/x.md:7", "'z.md' leads to nothing"),
        ("content/x.md:7", "/y/ has no part #no"),
    ]
    assert built.report is not None


def test_a_link_to_nothing_that_no_line_holds_is_told_where_it_was_made(site: MakeSite) -> None:
    built = site({
        "content/x.md": "---\ntitle: X\n---\n\n[a]({{ '/no' ~ 'thing/' }})\n",
        "content/talks.yaml": "- {title: T}\n",
        "layouts/talks.html": "<title>T</title><a href='{{ '/no' ~ 'where/' }}'>a</a>\n",
    })  # fmt: skip
    found = sorted((p.message, str(p.place)) for p in built.told("link-to-nothing"))
    assert found == [
        ("'/nothing/' leads to nothing", "content/x.md:4"),
        ("'/nowhere/' leads to nothing", "layouts/talks.html"),
    ]


def test_the_heading_is_said_once(site: MakeSite) -> None:
    built = site({
        "content/a.md": "---\ntitle: Same\n---\n# Same\nwords\n## Sub\n",
        "content/b.md": "---\ntitle: Title\n---\nIntro\n\nEducation\n=====\nwords\n\nDeeper\n------\n",
        "content/c.md": "# From the body\n",
    })  # fmt: skip
    heads = {
        n: [
            (h.tag, h.text().strip())
            for h in built.page(f"{n}/index.html").css("main :is(h1,h2,h3)")
        ]
        for n in "abc"
    }
    assert heads["a"] == [("h1", "Same"), ("h2", "Sub")]
    assert heads["b"] == [("h1", "Title"), ("h2", "Education"), ("h3", "Deeper")]
    assert [h for h in heads["c"] if h[0] == "h1"] == [("h1", "From the body")]


def test_an_unknown_key_is_told_with_the_nearest(site: MakeSite) -> None:
    problem = site({"content/x.md": "---\ntitle: X\npermalnk: /y/\n---\n"}).one("unknown-key")
    assert str(problem.place) == "content/x.md:3:1"
    assert problem.hint == "did you mean 'permalink'?"


def test_bom_crlf_and_commented_keys_are_simply_read(site: MakeSite) -> None:
    source = "\ufeff---\r\ntitle: Größe\r\n<!-- permalink: /old/ -->\r\n---\r\n\r\nWords\r\n"
    built = site({"content/x.md": source.encode()})
    assert [p.kind for p in built.problems] == []
    assert "Größe" in built.main("x/index.html")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("Grüße, Emmy".encode("latin-1"), "Windows-1252"),
        ("诺特的理论很重要".encode("gb18030"), "GB 18030"),
        ("title: a".encode("utf-16"), "UTF-16"),
        (b"line\nwith \0 in it", "NUL"),
    ],
)
def test_what_is_not_utf8_is_told_with_its_likely_encoding(
    site: MakeSite, data: bytes, says: str
) -> None:
    built = site({"content/x.md": data})
    problem = built.one("not-utf-8")
    assert problem.severity == "error"
    assert says in problem.message
    assert "UTF-8" in problem.hint
    assert not built.out.exists()


def test_no_site_says_what_a_site_is(site: MakeSite) -> None:
    built = site({})
    (built.root / "site.yaml").rename(built.root / "_config.yml")
    problem = built.build().one("no-site")
    assert "_config.yml" in problem.hint


def test_an_empty_site_yaml_is_a_site(site: MakeSite) -> None:
    built = site({"site.yaml": "", "content/index.md": "# Hello\n"})
    assert [p.message for p in built.problems] == []
    assert "Hello" in built.main("index.html")


def test_layouts_of_the_site_lie_over_the_theme_and_may_extend_it(site: MakeSite) -> None:
    built = site({
        "content/x.md": "---\ntitle: X\n---\nWords\n",
        "layouts/page.html": '{% extends "theme/page.html" %}{% block main %}<p>before</p>{{ super() }}{% endblock %}',
    })  # fmt: skip
    words = built.main("x/index.html")
    assert words.index("before") < words.index("Words")


@pytest.mark.parametrize(
    ("layout", "line", "says"),
    [
        ("one\n{% for %}\n", 2, "Expected"),
        ("one\n\n{{ page.nothing.at.all }}\n", 3, "nothing"),
        ("{{ 1 / 0 }}\n", 1, "division"),
        ('one\n{% include "parts/nowhere.html" %}\n', 0, "nowhere"),
    ],
)
def test_a_template_error_names_template_line_and_page(
    site: MakeSite, layout: str, line: int, says: str
) -> None:
    built = site({"content/x.md": "---\nlayout: mine\n---\n", "layouts/mine.html": layout})
    problem = built.one("template")
    assert says in problem.message
    assert "/x/" in problem.message
    if line:
        assert str(problem.place).startswith(f"layouts/mine.html:{line}:")
    assert not built.out.exists()


@pytest.mark.parametrize(
    ("layout", "says"),
    [
        (
            "{{ site.publication | length }}",
            "site has no 'publication'; did you mean 'publications'?",
        ),
        ("{{ page.titel }}", "page has no 'titel'; did you mean 'title'?"),
        ("{{ site.nope }}", "site has no 'nope'; this"),
    ],
)
def test_a_name_that_is_lacking_is_told_with_the_nearest(
    site: MakeSite, layout: str, says: str
) -> None:
    built = site({"content/x.md": "---\nlayout: mine\n---\n", "layouts/mine.html": layout})
    assert built.one("template").message.startswith(says)


def test_a_layout_with_a_character_that_is_none_is_told_at_its_line(site: MakeSite) -> None:
    layout = '{% extends "the\0e/page.html %}\n\n<p class="a">{% endblock %}\n'
    problem = site({"content/x.md": "words", "layouts/page.html": layout}).one("template")
    assert str(problem.place) == "layouts/page.html:3"


def test_a_title_that_speaks_of_attributes_stays_a_title(site: MakeSite) -> None:
    title = "Why href=/cv onmouseover=alert(1) and src=x.png id=main fail"
    built = site({
        "content/p.bib": f"@article{{k, title={{{title}}}, year=2020, url={{https://example.com}}}}\n",
        "content/index.md": f"![{title}](p.svg)\n",
        "content/p.svg": "<svg/>",
    })  # fmt: skip
    assert built.told("link-to-nothing") == []
    link = one(built.page("publications/k/index.html"), "a[aria-label*=Why]")
    assert title in (link.attributes["aria-label"] or "")
    assert "onmouseover" not in link.attributes
    picture = one(built.page("index.html"), "main img")
    assert (picture.attributes["src"], picture.attributes["alt"]) == ("/p.svg", title)


def test_an_unknown_layout_offers_the_nearest(site: MakeSite) -> None:
    problem = site({"content/x.md": "---\nlayout: publcations\n---\n"}).one("template")
    assert str(problem.place) == "content/x.md:2:9"
    assert problem.hint == "did you mean 'publications'?"


def test_a_symlink_that_leads_out_is_an_error(site: MakeSite) -> None:
    built = site({"content/x.md": "words"})
    (built.root / "content" / "out").symlink_to("/etc")
    problem = built.build().one("link-leads-out")
    assert str(problem.place) == "content/out"


def test_records_shown_nowhere_are_told(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "\n\n@article{k, title={Paper}, year=1843, selected={false}}\n",
        "content/publications.md": "I list nothing.\n",
        "content/index.md": "---\nlayout: page\n---\nWords only.\n",
        "content/talks.yaml": "- {title: Shown, date: 2001}\n",
    })  # fmt: skip
    problem = built.one("shown-nowhere")
    assert "'k'" in problem.message
    assert str(problem.place) == "content/publications.bib:2:1"


@pytest.mark.parametrize(
    ("part", "hint"), [("ü", "did you mean 'u'?"), ("elsewhere", "{#elsewhere}")]
)
def test_a_part_that_a_page_lacks_is_told_with_the_mend(
    site: MakeSite, part: str, hint: str
) -> None:
    built = site({"content/about.md": f"---\ntitle: About\n---\n## Ü\n\n[x](#{part})\n"})
    assert hint in built.one("link-to-nothing").hint
