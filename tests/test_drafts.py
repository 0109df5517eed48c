"""Jinja in pages: loops over the site that Markdown leaves alone, in a sandbox, lines kept."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite
from tests.sites import Site

BIB = """
    @article{old, title={An {\\"A}lter *Paper*}, author={Lovelace, Ada}, year=1842}
    @article{new, title={A Newer Paper}, author={Lovelace, Ada}, year=1843, selected={true}}
"""


def page(site: MakeSite, body: str, **files: str) -> Site:
    return site(
        {"content/publications.bib": BIB, "content/x.md": f"---\ntitle: X\n---\n{body}", **files}
    )


def items(built: Site) -> list[str]:
    return [" ".join(li.text().split()) for li in built.page("x/index.html").css("main li")]


def test_a_loop_is_a_list_and_titles_stay_titles(site: MakeSite) -> None:
    built = page(
        site, "{% for p in site.publications %}\n* {{ p.title }}, **{{ p.year }}**\n{% endfor %}\n"
    )
    assert items(built) == ["A Newer Paper, 1843", "An Älter *Paper*, 1842"]
    assert len(built.page("x/index.html").css("main li strong")) == 2


def test_filters_choose_sort_and_group(site: MakeSite) -> None:
    body = (
        "{% for p in site.publications | where(selected=true) %}\n- S {{ p.key }}\n{% endfor %}\n"
        "{% for p in site.publications | where(since=1843) %}\n- N {{ p.key }}\n{% endfor %}\n"
        "{% for p in site.publications | sort_by('oldest') | limit(1) %}\n- O {{ p.key }}\n{% endfor %}\n"
        "{% for g in site.publications | group_by('year') %}\n- G {{ g.grouper }}\n{% endfor %}\n"
    )
    assert items(page(site, body)) == ["S new", "N new", "O old", "G 1843", "G 1842"]


def test_comments_neither_run_nor_leak(site: MakeSite) -> None:
    body = "Seen.\n\n<!-- {% for x in nothing.at.all %} {{ boom }}\nHidden words -->\n\n<!-- Talks\n====== -->\nLast.\n"
    built = page(site, body)
    assert not built.problems.errors
    html = built.html("x/index.html")
    assert "Hidden" not in html
    assert "Talks\n" not in html
    assert "boom" not in html
    assert [p.text() for p in built.page("x/index.html").css("main p")] == ["Seen.", "Last."]


def test_code_and_formulas_are_shown_as_written(site: MakeSite) -> None:
    body = (
        "```yaml\nx: ${{ secrets.X }}\n<!-- kept -->\n{% raw %}{% endraw %}\n```\n\n`{{ site.title }}` and "
        "`` {% for %} ``\n\n$\\frac{{a}}{{b}}$ and {{ 1 + 1 }}\n\n## Part {#id}\n"
    )
    built = page(site, body)
    assert not built.problems.errors
    code = [c.text() for c in built.page("x/index.html").css("main code")]
    assert code[0] == "x: ${{ secrets.X }}\n<!-- kept -->\n{% raw %}{% endraw %}\n"
    assert code[1:] == ["{{ site.title }}", "{% for %}"]
    assert built.page("x/index.html").css_first("main mfrac") is not None
    assert "and 2" in built.main("x/index.html")
    assert built.page("x/index.html").css_first("h2#id") is not None


def test_html_of_a_part_stands_between_paragraphs(site: MakeSite) -> None:
    built = page(
        site, 'One\n\n{% include "parts/own.html" %}\n\nTwo\n',
        **{"layouts/parts/own.html": "<aside>{{ page.title }} *as is*</aside>"},
    )  # fmt: skip
    main = built.page("x/index.html").css_first("main")
    assert main is not None
    assert "<aside>X *as is*</aside>" in (main.html or "")
    assert [p.text() for p in main.css("p")] == ["One", "Two"]


def test_an_included_part_reads_the_loop_variable(site: MakeSite) -> None:
    built = page(
        site, "<ul>{% for item in site.publications %}\n    {% include 'parts/own.html' %}\n  {% endfor %}</ul>\n",
        **{"layouts/parts/own.html": "<li>{{ item.title }}</li>"},
    )  # fmt: skip
    assert items(built) == ["A Newer Paper", "An Älter *Paper*"]
    assert built.page("x/index.html").css_first("main pre") is None


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("One\n\n{{ nothing_of_that_name }}\n", 6, "nothing_of_that_name"),
        ("One\n{% for p in site.publications %}\nno end\n", 6, "endfor"),
        ("One\n\n\n{{ 1 / 0 }}\n", 7, "division"),
        ("One\n{{ site.publications | nofilter }}\n", 5, "nofilter"),
        ("One\n{% include 'parts/publicaton.html' %}\n", 5, "publicaton"),
        ("{{ ''.__class__.__mro__ }}\n", 4, "unsafe"),
        ("{{ site.__init__.__globals__ }}\n", 4, "unsafe"),
    ],
)
def test_what_cannot_run_is_an_error_at_its_line(
    site: MakeSite, body: str, line: int, says: str
) -> None:
    built = page(site, body)
    problem = built.one("template")
    assert problem.severity == "error"
    assert says in problem.message
    assert problem.place is not None
    assert (problem.place.path, problem.place.line) == ("content/x.md", line)
    assert problem.hint
    assert not built.out.exists()


def test_problems_point_at_the_line_that_was_typed_through_loops(site: MakeSite) -> None:
    body = "{% for p in site.publications %}\n- {{ p.key }}\n\n{% endfor %}\n<!-- two\nlines -->\nA [dead](nowhere.md) link.\n"
    problem = page(site, body).one("link-to-nothing")
    assert str(problem.place).startswith("content/x.md:10")


def test_what_is_printed_is_escaped(site: MakeSite) -> None:
    built = page(site, "{{ '<script>alert(1)</script>' }}\n")
    assert "<script>alert" not in built.html("x/index.html")
    assert "<script>alert(1)</script>" in built.main("x/index.html")


def test_headings_that_an_expression_prints_are_whole_in_the_contents(site: MakeSite) -> None:
    body = "## {{ page.title }}\n\n## Of *{{ site.title }}*\n\n## {{ page.title }}\n"
    built = site({"content/x.md": f"---\ntitle: <b>X</b> y\ntoc: true\n---\n\n{body}"})
    html = built.page("x/index.html")
    assert [h.attributes["id"] for h in html.css("main h2")] == ["x-y", "of", "x-y-1"]
    links = [(a.attributes["href"], a.text()) for a in html.css("main nav a")]
    assert links == [("#x-y", "X y"), ("#of", "Of A site"), ("#x-y-1", "X y")]


def test_blocks_in_the_midst_of_a_paragraph_divide_it(site: MakeSite) -> None:
    news = "{% for item in site.news %}{% include 'parts/news.html' %}{% endfor %}"
    built = site({
        "content/x.md": f"---\ntitle: X\n---\n\nBefore *it*\n{news}\nand {{{{ page.title }}}} behind.\n\n- a\n  {news}\n- b\n",
        "content/news.yaml": "- {text: One, date: 2020}\n- {text: Two, date: 2021}\n",
    })  # fmt: skip
    page = built.page("x/index.html")
    assert [p.text().strip() for p in page.css("main p")][:4] == [
        "Before it",
        "Two",
        "One",
        "and X behind.",
    ]
    assert [li.text().split() for li in page.css("main li")] == [["a", "Two", "One"], ["b"]]
    assert "<p></p>" not in built.html("x/index.html").replace("\n", "")


def test_a_line_that_prints_and_ends_in_a_tag_stays_a_line(site: MakeSite) -> None:
    built = page(
        site, "{% for n in [1, 2] %}{{ n }} {% endfor %}\n\n- {% if 1 %}{{ 1 }}{% endif %}\n- 2\n"
    )
    assert items(built) == ["1", "2"]
    assert "1 2" in [p.text().strip() for p in built.page("x/index.html").css("main p")]


def test_a_filter_that_is_none_is_told_with_the_nearest(site: MakeSite) -> None:
    assert page(site, "{{ site.title | slugg }}").one("template").hint == "did you mean 'slug'?"


@pytest.mark.parametrize(
    ("printed", "named"),
    [
        ("site", "the site"), ("page", "a page"), ("site.over", "a function"),
        ("{'items': 2}.items", "a function"), ("page.document", "a document"),
    ],
)  # fmt: skip
def test_what_has_no_words_of_its_own_is_told(site: MakeSite, printed: str, named: str) -> None:
    """Python would print where it lies in memory, and two builds would differ."""
    told = page(site, f"{{{{ {printed} }}}}").one("template")
    assert f"this prints {named} as a whole" in told.message
    assert "{{ site.title }}" in told.hint


def test_values_that_are_no_text_are_printed_as_python_has_them(site: MakeSite) -> None:
    built = page(site, "{{ 3 }} {{ none }} {{ [1, true] }} {{ 'a &lt;b at 0x1' }}")
    assert "3 None [1, True] a &amp;lt;b at 0x1" in built.html("x/index.html")
