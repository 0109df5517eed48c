"""Citations by cite key in pages and posts: their words, their links, their list, what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.citing.intext import Shelf, with_citations
from builder.text.markdown import render
from builder.text.words import words_of
from tests.conftest import MakeSite
from tests.sites import Site, one

BIB = """
    @article{noether1921, title={Idealtheorie}, langid={german}, author={Noether, Emmy}, journal={Annalen}, year=1921}
    @article{noether1921b, title={A Second Paper of the Year}, author={Noether, Emmy}, journal={Annalen}, year=1921}
    @book{curie_joliot:99, title={Rays and Their Ways}, author={Curie, Irène and Joliot, Frédéric}, publisher={P}, year=1999}
    @article{many, title={Many Hands}, author={van Beek, Ada and Bell, Bo and Clay, Di}, journal={J}, year=2001}
    @misc{zh, title={On Rings}, author={李, 明}, pubstate={inpress}}
    @misc{DBLP:conf/x/Wu24, title={Nobody's Work: A Tale}}
"""


def page(site: MakeSite, body: str, style: str = "") -> Site:
    front = f"---\ntitle: X\n{f'citation_style: {style}' if style else ''}\n---\n"
    return site({"content/publications.bib": BIB, "content/x.md": front + body})


def said(site: MakeSite, body: str, style: str = "apa") -> str:
    """The first paragraph of a page, as text."""
    found = page(site, body, style).page("x/index.html").css("main p")
    return " ".join(found[0].text().split())


def listed(built: Site) -> list[str]:
    found = built.page("x/index.html").css("main .references li")
    return [" ".join(li.text().split()) for li in found]


FORMS = [
    ("apa", "[@many]", "(van Beek et al., 2001)"),
    ("apa", "[@curie_joliot:99, p. 3]", "(Curie & Joliot, 1999, p. 3)"),
    ("apa", "@curie_joliot:99 say", "Curie and Joliot (1999) say"),
    ("apa", "@curie_joliot:99 [pp. 3-5] say", "Curie and Joliot (1999, pp. 3–5) say"),
    ("apa", "@many.", "van Beek et al. (2001)."),
    ("apa", "[see @many, ch. 2; also @zh]", "(see van Beek et al., 2001, ch. 2; also 李明, in press)"),
    ("apa", "van Beek [-@many]", "van Beek (2001)"),
    ("apa", "[@noether1921; @noether1921b]", "(Noether, 1921b, 1921a)"),
    ("apa", "[@noether1921, p. 3; @noether1921b]", "(Noether, 1921b, p. 3; Noether, 1921a)"),
    ("chicago", "[see @noether1921; @noether1921b, 7; @many]", "(see Noether 1921b, 1921a, 7; van Beek et al. 2001)"),
    ("apa", "[@DBLP:conf/x/Wu24]", "(“Nobody's Work”, n.d.)"),
    ("apa", "[@{many}]", "(van Beek et al., 2001)"),
    ("clean", "[@curie_joliot:99, 12]", "(Curie and Joliot, 1999, p. 12)"),
    ("chicago", "[@curie_joliot:99, p. 12; @zh]", "(Curie and Joliot 1999, 12; 李明 forthcoming)"),
    ("chicago", "@many [33]", "van Beek et al. (2001, 33)"),
    ("mla", "[@curie_joliot:99, p. 12]", "(Curie and Joliot 12)"),
    ("mla", "[@noether1921 3; @noether1921b]", "(Noether, “Idealtheorie” 3; Noether, “A Second Paper of the”)"),
    ("mla", "@many [p. 3]", "van Beek et al. (3)"),
    ("ieee", "[@many; @zh, p. 2] and [@many]", "[1], [2, p. 2] and [1]"),
    ("ieee", "@zh [p. 2], [-@zh]", "李明 [1, p. 2], [1]"),
    ("numbered", "[see @zh]", "see [1]"),
]  # fmt: skip


@pytest.mark.parametrize(("style", "typed", "expected"), FORMS)
def test_each_form_in_each_style(site: MakeSite, style: str, typed: str, expected: str) -> None:
    assert said(site, typed, style) == expected


def test_a_citation_leads_to_the_list_and_the_list_to_the_papers(site: MakeSite) -> None:
    built = page(site, "As [@many; @zh] show, and @many again.\n")
    assert list(built.problems) == []
    html = built.page("x/index.html")
    assert [a.attributes["href"] for a in html.css("a.cite")] == [
        "#ref-many",
        "#ref-zh",
        "#ref-many",
    ]
    assert [li.id for li in html.css(".references li")] == ["ref-many", "ref-zh"]
    assert [a.attributes["href"] for a in html.css(".references a")] == [
        "/publications/many/", "/publications/zh/",
    ]  # fmt: skip
    heading = html.css_first("main section h2")
    assert heading is not None
    assert heading.text() == "References"


def test_lists_are_alphabetical_and_tell_years_apart(site: MakeSite) -> None:
    found = listed(page(site, "[@zh; @many; @noether1921; @noether1921b; @curie_joliot:99]", "apa"))
    first = [line.partition(",")[0].partition(".")[0] for line in found]
    assert first == ["van Beek", "Curie", "Noether", "Noether", "李明"]
    assert "(1921a). A second paper of the year" in found[2]
    assert "(1921b). Idealtheorie" in found[3]


def test_numbered_lists_stand_in_the_order_of_the_text(site: MakeSite) -> None:
    built = page(site, "[@zh] then [@many]\n", "ieee")
    assert [line.partition(" ")[0] for line in listed(built)] == ["[1]", "[2]"]
    assert "李明" in listed(built)[0]
    assert built.page("x/index.html").css("ol.references")


def test_the_list_stands_where_it_is_put(site: MakeSite) -> None:
    body = (
        "[@many]\n\n## Sources\n\n::: {#refs}\n:::\n\nThe last words.[^1]\n\n[^1]: A note on @zh.\n"
    )
    html = page(site, body).html("x/index.html")
    assert html.index("Sources") < html.index('id="ref-many"') < html.index("The last words")
    assert "References</h2>" not in html
    assert 'id="ref-zh"' in html


def test_at_the_end_it_stands_above_the_footnotes(site: MakeSite) -> None:
    html = page(site, "One.[^1] [@many]\n\n[^1]: A note on @zh.\n").html("x/index.html")
    assert html.index('id="ref-zh"') < html.index('class="footnotes"')


def test_a_heading_at_the_end_waits_for_the_list(site: MakeSite) -> None:
    built = page(site, "[@many]\n\n## Bibliography\n")
    assert [h.text() for h in built.page("x/index.html").css("main h2")] == ["Bibliography"]
    assert built.html("x/index.html").index("Bibliography</h2>") < built.html("x/index.html").index(
        'id="ref-many"'
    )


NONE = [
    "Write to ada@example.org or to <b@example.org>, mailto:c@example.org.",
    "Code `@many` and\n\n```\n[@many]\n```\n",
    r"An \@many and \[\@many\].",
    "On [Mastodon](https://x.example/@many), https://x.example/@many and @many@x.example.",
    "Someone called @emmy, of whom no key speaks.",
    "An [@many](https://example.org) link and [one][@many].\n\n[@many]: https://example.org\n",
    "![@many](images/x.svg)",
]


@pytest.mark.parametrize("body", NONE)
def test_what_is_no_citation_stays(site: MakeSite, body: str) -> None:
    built = site({
        "content/publications.bib": BIB, "content/images/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "content/x.md": f"---\ntitle: X\n---\n{body}",
    })  # fmt: skip
    assert list(built.problems) == []
    assert built.page("x/index.html").css(".references, a.cite") == []


def test_an_unknown_key_is_told_where_it_stands(site: MakeSite) -> None:
    built = page(site, "First line.\n\nAs [@many; @noether21] show.\n")
    problem = built.one("citation-unknown")
    assert str(problem.place) == "content/x.md:7:12"
    assert "'noether21'" in problem.message
    assert problem.hint == "did you mean 'noether1921'?"
    assert "(van Beek et al., 2001; @noether21)" in " ".join(
        built.page("x/index.html").css("main p")[1].text().split()
    )


def test_a_key_in_the_sentence_is_told_only_when_one_is_near(site: MakeSite) -> None:
    assert (
        page(site, "As @noether1912 shows.\n").one("citation-unknown").hint
        == "did you mean 'noether1921'?"
    )
    assert list(page(site, "As @property shows, says @emmy.\n").problems) == []


def test_brackets_that_cite_nothing_known_stand_as_typed(site: MakeSite) -> None:
    built = page(site, "As [@nobody] <b>shows</b>.\n")
    assert "[@nobody]" in built.html("x/index.html")
    assert built.told("citation-unknown")


def test_text_around_a_key_is_escaped(site: MakeSite) -> None:
    html = page(site, "[see <i>R&D</i> @many, p. 3 & <script>alert(1)</script>]\n").html(
        "x/index.html"
    )
    assert "<script>alert" not in html
    assert "R&amp;D" in html


def test_excerpts_and_headings_hold_no_marks(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": BIB,
        "content/posts/2026-01-01-a.md": "---\ntitle: A\n---\nAs @many show [@zh].\n\n## On [@many]\n\nMore\n",
    })  # fmt: skip
    assert list(built.problems) == []
    every = "".join(built.html(f) for f in sorted(built.files) if f.endswith((".html", ".xml")))
    assert not set(every) & set("\ue005\ue006\ue007")
    lists = built.page("posts/index.html")
    summary = one(lists, "main .summary")
    assert " ".join(summary.text().split()) == "As van Beek et al. (2001) show (李明, forthcoming)."
    assert [a.attributes["href"] for a in lists.css("main a.cite")] == [
        "/publications/many/", "/publications/zh/",
    ]  # fmt: skip
    assert 'id="on"' in built.html("posts/2026/01/a/index.html")


def test_where_no_list_can_stand_citations_lead_to_the_papers(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": BIB, "site.yaml": "title: A\nurl: https://example.org\ncitation_style: ieee\n",
        "content/news/2026-01-01-a.md": "---\ninline: true\n---\nOut: [@many]\n",
        "content/news/2026-01-02-b.md": "---\ninline: true\n---\nAgain: @many\n",
    })  # fmt: skip
    assert [p for p in built.problems if p.kind != "owner-not-found"] == []
    news = built.page("news/index.html")
    assert [a.attributes["href"] for a in news.css("a.cite")] == ["/publications/many/"] * 2
    assert "(van Beek et al., 2001)" in one(news, "main").text()
    assert news.css(".references") == []


def test_a_paper_page_may_cite_other_papers(site: MakeSite) -> None:
    built = site(
        {"content/publications.bib": BIB, "content/publications/many.md": "Builds on @zh.\n"}
    )
    assert list(built.problems) == []
    assert built.page("publications/many/index.html").css("#ref-zh")


def test_a_list_drawn_by_a_filter_and_citations_stand_on_one_page(site: MakeSite) -> None:
    built = page(
        site,
        "See [@many].\n\n{% for item in site.publications | where(type='book') %}\n"
        "{% include 'publication' %}\n{% endfor %}\n\n"
        "{% for p in site.publications | where(year=1921) | sort_by('title') | limit(1) %}\n- {{ p | cited('ieee') }}\n{% endfor %}\n",
    )  # fmt: skip
    assert list(built.problems) == []
    text = built.main("x/index.html")
    assert "Rays and Their Ways" in text
    assert "E. Noether, “ A second paper of the year ,” Annalen , 1921." in text
    assert built.page("x/index.html").css("#ref-many")


def test_a_preprint_is_cited_by_its_own_key_too(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "@article{pre, title={One Work}, author={Bell, Bo}, eprint={2401.00001},"
        " archiveprefix={arXiv}, year=2024}\n@article{pub, title={One Work}, author={Bell, Bo}, journal={J}, year=2025}\n",
        "content/x.md": "---\ntitle: X\n---\nAs [@pre; @pub] shows.\n",
    })  # fmt: skip
    assert list(built.problems) == []
    assert len(built.page("x/index.html").css(".references li")) == 1
    assert len(built.page("x/index.html").css("a.cite[href='#ref-pub']")) == 2


def test_a_key_with_blanks_stands_in_braces(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": "@misc{a key, title={Blank}, author={Bell, Bo}, year=2001}\n@misc{论文1, title={Signs},"
        " author={李, 明}, year=2002}\n",
        "content/x.md": "---\ntitle: X\n---\nAs [@{a key}] and [@论文1] show.\n",
    })  # fmt: skip
    assert built.told("citation-unknown") == []
    text = " ".join(built.page("x/index.html").css("main p")[0].text().split())
    assert text == "As (Bell, 2001) and (李明, 2002) show."


def test_a_cited_paper_that_changes_changes_the_page(site: MakeSite) -> None:
    built = page(site, "As [@many] shows.\n")
    built.write({"content/publications.bib": BIB.replace("Many Hands", "Few Hands")}).build()
    assert "Few Hands" in built.html("x/index.html")
    built.write({"content/publications.bib": BIB.replace("{many,", "{several,")}).build()
    assert built.one("citation-unknown")
    assert "[@many]" in built.html("x/index.html")


# ---- any text -----------------------------------------------------------------------------------

SIGNS = [
    "[",
    "]",
    "@",
    "-",
    ";",
    "@a",
    "[@a]",
    "@{",
    "}",
    "(",
    ")",
    "\\",
    "`",
    "*",
    "\n\n",
    "::: {#refs}\n:::\n",
    " p. 3",
    "<b>",
    "^",
    ":",
]
texts = st.lists(st.sampled_from(SIGNS) | st.text("ab .,é论", max_size=4), max_size=20).map("".join)


@settings(max_examples=150)
@given(texts)
def test_no_text_loses_its_way(text: str) -> None:
    body = render(text, "")
    made = with_citations(body, Shelf(papers={}, style="apa", words=words_of("en")))
    every = made.html + made.excerpt + made.excerpt_html + "".join(h.html for h in made.headings)
    assert not set(every) & set("\ue005\ue006\ue007")
    assert all(
        f"@{work.key}" in text or f"@{{{work.key}}}" in text
        for c in body.citations
        for work in c.works
    )
    assert not body.citations or "@" in text
    lines = text.count("\n") + 1
    assert all(1 <= work.line <= lines for c in body.citations for work in c.works)


def test_a_post_may_choose_its_style(site: MakeSite) -> None:
    built = site({
        "content/publications.bib": BIB,
        "content/posts/2024-01-01-x.md": "---\ntitle: X\ncitation_style: ieee\n---\n[@many]\n",
    })  # fmt: skip
    assert list(built.told("unknown-key")) == []
    assert one(built.page("posts/2024/01/x/index.html"), "main p a[href]").text() == "1"
