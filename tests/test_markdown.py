"""Markdown as pages and lines of text: what comes out, and what is told about what went in."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.text.markdown import Body, Words, inline, render, source_reference
from builder.text.rich import Break, Code, Link, Mark, Math, Text
from tests.fixtures import pairs

VOID = frozenset({"br", "hr", "img", "input"})


@pytest.mark.parametrize(
    ("text", "html"), [pytest.param(i, o, id=t) for t, i, o in pairs("markdown.txt")]
)
def test_text_becomes_html(text: str, html: str) -> None:
    assert render(text, "talks").html.rstrip("\n") == html


@pytest.mark.parametrize(
    ("lines", "html"), [pytest.param(i, o, id=t) for t, i, o in pairs("inline.txt")]
)
def test_lines_become_html(lines: str, html: str) -> None:
    assert [inline(line, "talks")[0].html for line in lines.split("\n")] == html.split("\n")


# ---- what is asked about a text -------------------------------------------------------------

PAGE = """\
![Only a picture](a.png)

The *first* paragraph[^1] has `code`, $x^2$ and
[a link](b.md){#here}.

# One & **two**

## Skills {#skills}

## Skills

你好 world, it's e.g. 3.5 o'clock.

[^1]: A note.
"""


def test_headings_know_level_id_and_words() -> None:
    headings = render(PAGE, "").headings
    assert [msgspec.structs.astuple(h) for h in headings] == [
        (1, "one-two", "One & two", "One &amp; <strong>two</strong>"),
        (2, "skills", "Skills", "Skills"),
        (2, "skills-1", "Skills", "Skills"),
    ]


def test_headings_move_down_but_never_below_six() -> None:
    text = "# a\n\n###### f\n"
    assert [h.level for h in render(text, "", shift=1).headings] == [2, 6]
    assert "<h2" in render(text, "", shift=1).html


def test_headings_make_room_for_a_printed_title_only_when_an_h1_asks_for_it() -> None:
    assert [h.level for h in render("# a\n\n## b\n", "", shift=None).headings] == [2, 3]
    assert [h.level for h in render("## a\n\n### b\n", "", shift=None).headings] == [2, 3]


def test_first_h1_is_told_as_it_was_written() -> None:
    assert render("## a\n\n# b *c*\n\n# d\n", "", shift=1).first_h1 == "b c"
    assert render("## a\n", "").first_h1 == ""


def test_excerpt_is_the_first_paragraph_of_words() -> None:
    body = render(PAGE, "posts")
    assert body.excerpt == "The first paragraph has code, x^2 and a link."
    assert body.excerpt_html == (
        "The <em>first</em> paragraph has <code>code</code>, "
        "<math><msup><mi>x</mi><mn>2</mn></msup></math> and\n"
        '<a href="source:posts/b.md">a link</a>.'
    )


def test_excerpt_is_cut_between_words_and_never_within_a_held_token() -> None:
    long = render("word, " * 60, "").excerpt
    assert long.endswith("word…")
    assert 150 < len(long) <= 161
    assert render("字" * 200, "").excerpt == "字" * 160 + "…"
    held = render("字" * 158 + "\ue0001234\ue001" + "字" * 9, "").excerpt
    assert held == "字" * 158 + "…"


def test_words_are_counted_in_prose_of_any_script() -> None:
    assert render("你好 world, it's e.g. 3.5\n\n```\nnot this\n```\n", "").words == 6
    assert render("<p>two words</p>\n", "").words == 2
    assert render("", "").words == 0


def test_a_text_without_anything_is_empty() -> None:
    assert render("", "") == Body(html="")


# ---- references -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "folder", "reference"),
    [
        ("b.md", "", "source:b.md"),
        ("b.md", "talks", "source:talks/b.md"),
        ("./b.md", "a/b", "source:a/b/b.md"),
        ("../files/a.pdf#p2", "talks", "source:files/a.pdf#p2"),
        ("../../x", "talks", "source:../x"),
        ("a b.pdf?q=ä#ö", "t", "source:t/a%20b.pdf?q=%C3%A4#%C3%B6"),
        ("a%20b%2fc.pdf", "", "source:a%20b/c.pdf"),
        ("100%.pdf", "", "source:100%25.pdf"),
        ('a"b.pdf', "", "source:a%22b.pdf"),
        ("sub/", "t", "source:t/sub/"),
        (".", "t", "source:t/"),
        ("files\\a.pdf", "", "source:files/a.pdf"),
        ("图.png", "", "source:%E5%9B%BE.png"),
        ("a/\ue0001\ue001.pdf", "t", "source:t/a/\ue0001\ue001.pdf"),
        ("\ue0001\ue001", "t", "\ue0001\ue001"),
        ("/cv/", "t", "/cv/"),
        ("#top", "t", "#top"),
        ("?q", "t", "?q"),
        ("", "t", ""),
        ("//host/x", "t", "//host/x"),
        ("https://x.y/ä", "t", "https://x.y/%C3%A4"),
    ],
)
def test_relative_targets_become_source_references(href: str, folder: str, reference: str) -> None:
    assert source_reference(href, folder) == reference


def test_every_link_is_told_with_the_place_it_was_typed() -> None:
    text = (
        "A [b](b.md) and\n"
        "again [b](b.md).\n"
        "\n"
        "- item\n"
        '  - ![p](p%20q.png "Caption with [c](c.md)")\n'
        "\n"
        "See [d].\n"
        "\n"
        "<p>\n"
        '<img src="e.png" srcset="f.png 2x">\n'
        "</p>\n"
        "\n"
        "https://x.y, [top](#top)\n"
        "\n"
        "[d]: ../d.md\n"
    )
    told = [msgspec.structs.astuple(r) for r in render(text, "talks").references]
    assert told == [
        ("b.md", "source:talks/b.md", 1, 7),
        ("b.md", "source:talks/b.md", 2, 11),
        ("p%20q.png", "source:talks/p%20q.png", 5, 10),
        ("c.md", "source:talks/c.md", 5, 38),
        ("../d.md", "source:d.md", 15, 6),
        ("e.png", "source:talks/e.png", 10, 11),
        ("f.png", "source:talks/f.png", 10, 26),
        ("https://x.y", "https://x.y", 13, 1),
        ("#top", "#top", 13, 20),
    ]


def test_links_in_captions_and_footnotes_are_told_too() -> None:
    text = 'x[^1]^[see [a](a.md)]\n\n![p](p.png "the [b](b.md)")\n\n[^1]: [c](c.md)\n'
    typed = {r.typed for r in render(text, "").references}
    assert typed == {"a.md", "b.md", "c.md", "p.png"}
    assert '<figcaption>the <a href="source:b.md">b</a></figcaption>' in render(text, "").html


# ---- problems -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("a\n\n[x](javascript:alert(1))\n", "link-not-safe", 3, 5),
        ("a\n\n![x](data:image/png;base64,A)\n", "link-not-safe", 3, 6),
        ('a\n<a href="JavaScript:x">b</a>\n', "link-not-safe", 2, 10),
        ("a\n\n```nosuch\nx\n```\n", "code-language-not-known", 3, 4),
        ("a $x$ and\nb $\\foo$\n", "formula-not-set", 2, 4),
        ("$$\n\\frac{\n$$\n", "formula-not-set", 2, 1),
        ("a\n{: .notice}\n", "kramdown-attributes", 2, 1),
        ('[x](/y){:target="_blank"}\n', "kramdown-attributes", 1, 8),
        ("a *b*{style=x}\n", "attribute-not-used", 1, 6),
        ("{onclick=x}\na\n", "attribute-not-used", 1, 1),
        ("[x]{href=y}\n", "attribute-not-used", 1, 4),
        ("# a {#x}\n\n## b {#x}\n", "id-used-twice", 3, 6),
        ("a\n\n<script>x</script>\n", "raw-html-beyond-csp", 3, 1),
        ("<style>\na{}\n</style>\n", "raw-html-beyond-csp", 1, 1),
        ('a <b style="x">b</b>\n', "raw-html-beyond-csp", 1, 6),
        ('<p>\n<b onclick="x">b</b>\n', "raw-html-beyond-csp", 2, 4),
        ('<iframe src="https://x.y"></iframe>\n', "raw-html-beyond-csp", 1, 14),
        ('<img src="//x.y/z.png">\n', "raw-html-beyond-csp", 1, 11),
        ('<img src="data:image/png;base64,A">\n', "raw-html-beyond-csp", 1, 11),
        ("a[^1]\n", "footnote-without-text", 1, 2),
        ("a\n\n[^1]: b\n", "footnote-not-used", 3, 1),
        (":::nota\na\n:::\n", "aside-not-known", 1, 1),
        ("a\n\n<!-- b\n\nc\n", "comment-not-closed", 3, 1),
    ],
)
def test_a_problem_points_at_what_was_typed(text: str, kind: str, line: int, column: int) -> None:
    problems = render(text, "").problems
    assert [(p.kind, p.line, p.column) for p in problems] == [(kind, line, column)]
    assert problems[0].message


def test_problems_stand_in_reading_order_and_survive_a_comment_before_them() -> None:
    text = "<!--\n\n```nosuch\n-->\n\n[x](javascript:1)\n\n```other\n```\n"
    assert [p.line for p in render(text, "").problems] == [6, 8]


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        '<img src="a.png" alt="">\n\n<a href="https://x.y">x</a>\n',
        '<script type="application/ld+json">{}</script>\n',
        '<script src="own.js"></script>\n',
        "> [!NOTE]\n> x\n\n:::tip Title\nx\n:::\n",
        "{1, 2} $5 and $10 [x] `{: .a}` \\[1\\]\n",
    ],
)
def test_nothing_is_told_of_a_text_without_fault(text: str) -> None:
    assert render(text, "").problems == ()


# ---- the arguments --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("en", "“a ‘b’ c”"),
        ("de", "„a ‚b‘ c“"),
        ("de-AT", "„a ‚b‘ c“"),
        ("fr", "«\u202fa “b” c\u202f»"),
        ("es", "«a “b” c»"),
        ("zh-Hans", "“a ‘b’ c”"),
    ],
)
def test_quotation_marks_follow_the_language(language: str, html: str) -> None:
    assert render("\"a 'b' c\"", "", language=language).html == f"<p>{html}</p>\n"
    assert inline("\"a 'b' c\"", language=language)[0].html == html


def test_interface_words_are_the_callers() -> None:
    words = Words(note="Hinweis", done="erledigt", footnotes="Fußnoten", contents="Inhalt")
    html = render("[TOC]\n\n## a\n\n- [x] b^[c]\n\n:::note\nd\n:::\n", "", words=words).html
    for word in ("Hinweis", "erledigt", "Fußnoten", "Inhalt"):
        assert word in html


def test_two_bodies_on_a_page_share_no_id() -> None:
    text = "## a\n\n[up](#a) x[^1]\n\n[^1]: y\n"
    one, two = (set(re.findall(r' id="([^"]*)"', render(text, "", prefix=p).html)) for p in "pq")
    assert len(one) == len(two) == 3
    assert not one & two
    assert '<a href="#pa">up</a>' in render(text, "", prefix="p").html


def test_line_ends_of_other_systems_mean_nothing() -> None:
    assert render(PAGE.replace("\n", "\r\n"), "") == render(PAGE, "")


# ---- lines of text --------------------------------------------------------------------------


def test_a_line_is_a_tree() -> None:
    rich, problems = inline("**a *b*** `c` $d$<br>[e](f.md)", "g")
    assert problems == ()
    assert rich.nodes == (
        Mark("strong", (Text("a "), Mark("em", (Text("b"),)))),
        Text(" "),
        Code("c"),
        Text(" "),
        Math("d"),
        Break(),
        Link("source:g/f.md", (Text("e"),)),
    )


def test_runs_of_text_are_one_node() -> None:
    assert inline("a\nb \\* &amp; <i>c")[0].nodes == (Text("a b * & c"),)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("<u>a</u>", ["html-in-text"]),
        ("[a](javascript:b)", ["link-not-safe"]),
        ("![a](b.png)", ["picture-in-text"]),
        ("<i>a</i> Zeng* C:\\Users", []),
    ],
)
def test_what_a_line_cannot_hold_is_told(text: str, kinds: list[str]) -> None:
    assert [p.kind for p in inline(text)[1]] == kinds


# ---- any text at all ------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["*", "**", "_", "`", "```", "~~", "[", "]", "(", ")", "![", "](", "{", "}", "{.a}", "{#b}",
     "$", "$$", "\\", "\\(", "\\)", "\\[", "\n", "\n\n", "    ", "\t", "- ", "1. ", "> ", "# ",
     "===", "---", "| a | b |\n|--|:-:|\n", "|", ":::note ", ":::", "[^1]", "[^1]: ", "^[", "\n: ",
     "[TOC]", "[x] ", "https://a.b/", "\"", "'", "--", "...", "word", "你", "&amp;", "&", "é",
     "> [!NOTE]\n", "{: .c}", "python\n", "\\frac", "^2", "\x00", "\u2028", "\ue0001\ue001"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=60).map("".join)


class Balance(HTMLParser):
    """Fails where tags do not pair, or an attribute could style or run anything."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name == "style" or name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag]
        self.open.pop()


def balanced(html: str) -> bool:
    parser = Balance()
    parser.feed(html)
    parser.close()
    return not parser.open


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_without_tags_gives_balanced_html(text: str) -> None:
    body = render(text.replace("<", ""), "talks")
    assert balanced(body.html)
    assert balanced(body.excerpt_html)
    assert all(1 <= p.line <= text.count("\n") + text.count("\r") + 1 for p in body.problems)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS | st.sampled_from(["<", "</", ">", "<!--", "-->", '<a href="', "<script>"])))
def test_no_text_at_all_raises(parts: list[str]) -> None:
    text = "".join(parts)
    assert render(text, "") == render(text, "")


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_line_raises_and_its_html_is_balanced(text: str) -> None:
    rich, _ = inline(text)
    assert balanced(rich.html)


@given(st.lists(st.sampled_from(["word", "*em*", '"q"', "--", "(x)", "a_b", "\n"]), max_size=9))
def test_held_tokens_come_out_as_they_went_in(around: list[str]) -> None:
    text = " ".join(f"{piece} \ue000{place}\ue001" for place, piece in enumerate(around))
    found = re.findall("\ue000(\\d+)\ue001", render(text, "").html)
    assert found == [str(place) for place in range(len(around))]


@pytest.mark.parametrize(
    "opening", ["> ", "- ", "[", "![", "^[", "*", "(", "`", ":::note\n", "<b>"]
)
def test_a_deep_nest_is_no_end(opening: str) -> None:
    assert render(opening * 2000, "").html
