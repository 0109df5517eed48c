"""Any front matter and any Liquid come over without a traceback, and none reaches a page."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builder.importers import gather, import_site
from tests.moving import source
from tests.sites import Site
from tests.test_import_jekyll import CONFIG

LEAVES = st.sampled_from([
    "words", "{{ site.title }}", "{{ page.title | upcase }}", "{{ site.baseurl }}/x", "{{ '/x' | relative_url }}", "{{ site.author.name }}",
    "{% include base_path %}", "{% include toc %}", "{% include nothing.html a=b %}", "{% include figure path=\"x.png\" alt=\"y\" %}", "{% post_url 2015-01-01-a %}",
    "{% link _pages/a.md %}", "{% bibliography -f f -q @*[year={{ y }}]* %}", "{% cite key %}", "{% odd tag %}", "{{ }}", "{% %}", "{{ x", "%}", "{%", "}}",
    "{: .notice}", "{: .btn width=\"20\"}", "* item", "> quote", "$$x_{1}$$", "`{{ code }}`", "\n```\n{{ fenced }}\n```\n", "<div class=\"x\">", "</div>", "<b>b</b>",
    "{% raw %}{{ r }}{% endraw %}", "<!-- {% for %} -->", "{% assign a = site.publications | where: 'x', 'y' | first %}", "{{ post.title }}", "{{ a.b[0] }}",
    "{% seo %}", "{% endfor %}", "{% else %}", "[a]({{ post.url }})", "# Title", "{{ '}}' }}", "{{ 1 | divided_by: 0 }}", "{% continue %}",
])  # fmt: skip


def tree(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks around what is within."""
    body = st.lists(inner, max_size=4).map("\n".join)
    loops = st.sampled_from(
        [
            "post in site.publications reversed",
            "p in site.posts limit:2",
            "x in site.data.d",
            "c in site.publication_category",
            "q in page.tags",
            "z in (1..3)",
            "y in nothing",
        ]
    )
    conditions = st.sampled_from(
        [
            "site.title",
            "post.link",
            "post.date == 'x'",
            "page.a contains 'b'",
            "x.y > 3",
            "not",
            "a and b or c",
            "post.venue != blank",
        ]
    )
    return st.one_of(
        st.builds(lambda head, text: f"{{% for {head} %}}{text}{{% endfor %}}", loops, body),
        st.builds(lambda head, text: f"{{% if {head} %}}{text}{{% else %}}e{{% endif %}}", conditions, body),
        st.builds(lambda head, text: f"{{% unless {head} %}}{text}{{% endunless %}}", conditions, body),
        st.builds(lambda text: f"{{% capture v %}}{text}{{% endcapture %}}{{{{ v }}}}", body),
        st.builds(lambda text: f"<ul>{text}</ul>", body), st.builds(lambda text: f"{{% odd block %}}{text}{{% endodd %}}", body),
        st.builds(lambda text: f"{{% comment %}}{text}{{% endcomment %}}", body), st.builds(lambda text: f"{{% details t %}}{text}{{% enddetails %}}", body),
    )  # fmt: skip


LIQUID = st.lists(st.recursive(LEAVES, tree, max_leaves=8), max_size=6).map("\n".join)
VALUES = st.sampled_from([
    "x", "", "'a: b'", "[a, b]", "{a: {b: c}}", "2021-31-01", "2020-01-01", "\n  - y\n  - {z: 1}", "{{ site.title }}", "'<b>A</b>, B & C'", "true", "/a/", "https://h.example.org/p",
    "!!python/object:x", "*alias", "\"open", "a\tb", "|\n  text\n  more", "10.1000/x", "%", "@at", "- z",
])  # fmt: skip
KEYS = st.sampled_from([
    "title", "date", "permalink", "redirect_from", "tags", "venue", "authors", "citation", "paperurl", "excerpt", "header", "category", "type", "collection",
    "location", "layout", "published", "gallery", "bibtex", "doi", "extra", "links", "toc", "description", "odd key", "img", "schedule", "profiles", "pagination",
])  # fmt: skip
FRONT = st.lists(st.tuples(KEYS, VALUES), max_size=7).map(
    lambda pairs: "".join(f"{k}: {v}\n" for k, v in pairs)
)
DOCS = st.lists(
    st.tuples(st.sampled_from(["_pages", "_publications", "_talks", "_posts", "_portfolio", "_news", "_teachings", "_odd"]), FRONT, LIQUID), min_size=1, max_size=4
)  # fmt: skip
QUIET = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def files(docs: list[tuple[str, str, str]], papers: bool) -> dict[str, str | bytes]:
    """A site of these documents."""
    made: dict[str, str | bytes] = {
        "_config.yml": CONFIG + "publication_category: {books: {title: Books}}\n"
    }
    for n, (folder, front, body) in enumerate(docs):
        made[f"{folder}/{'2015-01-0' + str(n + 1) + '-' if folder == '_posts' else ''}d{n}.md"] = (
            f"---\n{front}---\n{body}\n"
        )
    if papers:
        made["_bibliography/papers.bib"] = (
            "---\n---\n@article{k, title={T}, author={Example, Ada}, year={2020}, pdf={x.pdf}}\n"
        )
    return made


@QUIET
@given(DOCS, st.booleans())
def test_any_site_is_gathered(docs: list[tuple[str, str, str]], papers: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        move = gather(source(Path(folder) / "old", files(docs, papers)))
        assert "site.yaml" in move.site


CODE = re.compile(r"<(code|pre|math|annotation|script)\b.*?</\1>", re.DOTALL)


def without_raw(docs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The documents without what their author meant to be shown as Liquid."""
    return [(f, v, re.sub(r"\{% (?:end)?raw %\}|\{\{ r \}\}", "", b)) for f, v, b in docs]


@settings(QUIET, max_examples=12)
@given(DOCS)
@example([("_pages", "title: %\npermalink: {{ site.title }}\n", "")])
def test_no_liquid_reaches_a_page(docs: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        import_site(source(root / "old", files(without_raw(docs), False)), root / "new")
        site = Site(root / "new").build()
        assert not [
            p
            for p in site.problems.errors
            if p.kind in ("template", "yaml-syntax", "front-matter-shape", "front-matter-open")
        ]
        for path in site.files:
            if path.endswith(".html"):
                shown = CODE.sub("", site.html(path))
                assert not re.search(r"\{[{%]", shown), (path, shown)
