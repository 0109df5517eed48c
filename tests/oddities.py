"""Words that no honest file holds, and words that honest files hold by mistake.

The mutator of `mutations.py` puts them where something else was expected. Nothing here may ask
for more memory or time than a sandbox can refuse.
"""

from __future__ import annotations

PIECES: tuple[bytes, ...] = (
    b"\0", b"\x01", b"\x07", b"\x08", b"\x0b", b"\x0c", b"\x1a", b"\x1b[31m", b"\x7f", b"\xc2\x80", b"\xc2\x85",
    b"\xff", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xf0\x9f",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\r", b"\r\n", b"\r\r\n", b"\n", b"\n\n", b"\t", b" ", b"    ",
    b"\xc2\xa0", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xe2\x80\x8b", b"\xe2\x80\xae", b"\xe2\x81\xa0", b"\xef\xbf\xbf",
    b"\xee\x80\x80", b"\xee\x80\x800\xee\x80\x81", b"\xee\x80\x8299\xee\x80\x83", b"\xee\x80\x81", b"\xee\x80\x83",
    "🏳️‍🌈".encode(), "👩🏽‍🔬".encode(), "e\u0301\u0301\u0301".encode(), "مرحبا".encode(), "汉字".encode(), "ß".encode(),
    "İı".encode(), "²".encode(), "٣".encode(), "Ⅻ".encode(), b"-", b"#", b":", b"'", b'"', b"\\", b"{", b"}", b"[", b"]",
    b"<", b">", b"&", b"%", b"@", b"*", b"_", b"`", b"|", b"~", b"$", b"!", b"?", b"^", b",", b";", b"=", b"/", b"(", b")",
)  # fmt: skip
"""Bytes to put in anywhere: control characters, broken UTF-8, marks of order, line ends, signs."""

DATES = (
    "2021-31-01", "2024-02-30", "0000-00-00", "0000", "9999-12-31", "10000-01-01", "99999999999999999999", "-1",
    "2024-13", "1933-1907", "1907 – 1933 – 1935", "present", "present – 1933", "heute", "Fall", "fall 32", "0-0-0", "1/2/3",
    "31.12.1999", "1999-W52-7", "12:30", "1e9", "²⁰²⁴", "٢٠٢٤", "2024-01-01T25:61:61+99:99", "in press", "[1, [2]]",
    "{start: 1}", "spring spring", "1907-12-13 11:59:00 -0400", "dec # ~99", "jan–", "–", "--", "?", "1907?", "~1907", "1907/..",
)  # fmt: skip
"""Dates that are none, and dates at the ends of what a calendar holds."""

PERMALINKS = (
    "../../x", "/../x/", "..", ".", "/./", "//", "///", "/", "//evil.example/x", "/a//b/", "\\\\a\\b", "/a\\..\\b", "/%2e%2e/x",
    "/%00", "/%", "/%zz/", "con", "/con/", "/nul.html", "/aux.txt/", "/trailing./", "/trailing /", "/ /", "/" + "x" * 300,
    "/" + "y/" * 400, "/é/", "/e\u0301/", "/🏳️/", "/汉/", "/cv/", "/CV/", "/Cv.html", "/cv", "/cv/index.html", "/cv/x/", "/life/",
    "/index.html", "/404.html", "/feed.xml", "/sitemap.xml", "/robots.txt", "/CNAME", "/.nojekyll", "/css/folio.css",
    "/css/site.css", "/publications/", "/publications", "/publications/noether1918/", "/images/ring.png", "/images/ring.png/",
    "/.folio.json", "/.folio/x", "/.folio-staging-1/", "?x=1", "#top", "/?", "/a b/", "/a:b*?/", "/<b>/", '/"/', "/'/", "/&amp;/",
    "https://example.org/x", "mailto:x", "javascript:alert(1)", "source:life.md", "C:/x", "~", "/{{ page.title }}/", "/\u202e/",
    "/x.html/y/", "/x.html", "/x", "/x/", "/old/ideals/", "/old/ideals", "/a/b/c/d/e/f/", "/\ue0000\ue001/", "/notes", "/static/",
)  # fmt: skip
"""Addresses that lead out, are taken, cannot be files, or mean something else."""

URLS = (
    "javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "../../../etc/passwd",
    "http://", "http:///x", "http://[", "http://[::1", "http://[::1]:99999999/", "https://a:b@c:d/", "https://exa mple.org/", "//x",
    "///", "mailto:", "mailto:a b", "tel:", "http://x/%", "%", "%ff", "%00", "%ED%A0%80", "#", "#%ff", "?", "?#", "/%2e%2e/%2e%2e/x",
    "https://\u202eexample.org", "http://ẞ.example/", "http://" + "x" * 300 + ".example", "ht!tp://x", ":", "::", "x:", "./", "..", "/..",
    "images", "images/", "content/../site.yaml", "10.1000/", "doi:", "https://doi.org/", "arXiv:", "0000.00000v0", "a\\b.pdf",
    "source:", "source:life.md", "source:../x", "http://[x]/", "http://１２７.0.0.1/", "https://example.org:0x50/", "blob:x",
)  # fmt: skip

VALUES = (
    "", "null", "~", "[]", "{}", "[[]]", "[null]", "{null: null}", "{'': ''}", "[a, [b, {c: [d]}]]", "{a: b, c: {d: e}}", "{en: x}",
    "{en: null}", "{en: [x]}", "{de: x}", "{en: {en: x}}", "0", "-1", "1e999", "9" * 400, "0x1F", ".nan", "1_000", "true", "no", "maybe",
    "'", '"', "''", "'[unclosed", "[unclosed", "{unclosed", "&a [*a]", "&b {x: *b}", "*nothing", "&x y", "&", "*", "!", "!!", "!tag x",
    "!!python/object/apply:os.system [id]", "!!binary aGk=", "!!set {a, b}", "!!int x", "!!null x", "!!str", "!!map []", "!!seq {}",
    "!!timestamp 2021-31-01", "|", "|2", "|+99", ">-", "? x", "? [x]", "<<", "{<<: [1]}", "{<<: {a: b}}", "{<<: *q}", "- x", "-", "@", "`x`",
    "%x", "%YAML 9.9", "--- x", "...", '"\\0"', '"\\uD800"', '"\\uDFFF x"', '"\\U00110000"', '"\\x07"', '"\\uE0000\\uE001"', '"\\ue0020\\ue003"',
    '"a\\nb"', '"\\n\\n\\n"', '"\\r"', '"\\t"', '"\\e[31m"', '"\\u2028"', "x" * 5000, "a b " * 2000, "<script>alert(1)</script>",
    "<b>unclosed", "</html>", "</title>", "<!--", "-->", "]]>", "&lt;", "&#0;", "&nosuch;", "*" * 60, "_*" * 60, "'" + "[" * 400 + "'", "$x$",
    "$\\frac{$", "'$'", "'$$x'", "`", "'``'", "\\", "'[x](y'", "'![x](y)'", "'[x](<y>)'", "\u202e", "\ue0000\ue001", "🏳️‍🌈", "e\u0301", "con",
    "index", ".", "..", "/", "#", "# a comment", "x # y", "x: y", "'{{ 1/0 }}'", "{{ x }}", "'{% raw %}'", "theme", "base", "../base", "404",
    "redirect", "feed.xml", "sitemap", "parts/cv", "newest", "order", "serif", "home", "cv", "publications", "site", "page", "post", "title",
)  # fmt: skip
"""What a YAML value may turn out to be: other shapes, other types, tags, markup, nothing."""

YAML_BLOCKS = (
    "? [a, b]\n: c\n", "? {a: b}\n", "<<: {title: x}\n", "<<: x\n", "---\n", "...\n", "%TAG ! x\n", "- x\n", "x\n", "'': x\n", "null: x\n",
    "title: x\n", "title:\n  en: x\n  de: y\n", "permalink: /x/\n", "layout: nothing\n", "layout: ../x\n", "place: x\n", "slug: x\n",
    "document: x\n", "collection: x\n", "address: x\n", "extra: [x]\n", "extra: {a: {b: [c]}}\n", "languages: [en, zh-Hans, x_]\n",
    "languages: {en: x}\n", "language: xx\n", "language: 1\n", "collections: [a, b/c, '..', publications, talks, cv, people, '']\n",
    "collections: {notes: {}, x: null, y: [z]}\n", "navigation: /x/\n", "navigation: [x, {url: y}, {title: [z]}]\n", "current_date: never\n",
    "url: https://\n", "url: http://x/../y\n", "url: http://[\n", "url: https://me.github.io/repo/?x#y\n", "published: perhaps\n", "draft: true\n",
    "redirect_from: [/x/, x, /cv/, '../x', '', 'https://x/']\n", "redirect: /x/\n", "redirect: 'javascript:x'\n", "order: x\n", "given: x\n",
    "given: [x, {date: [y]}, null]\n", "links: [x, {a: b}, {label: c}, null, [d]]\n", "links: {a: null, b: [c], '': d}\n", "links: x\n",
    "tags: {a: b}\n", "tags: [[a], null, {b: c}, '']\n", "authors: [null, [x], {a: b}, '', ', ', 'and', '*', ',,,']\n", "date: [x, y]\n", "toc: x\n",
    "dates: [x, null, [y]]\n", "from: x\n", "{from: [publications, x]}\n", "entries: [x, {name: y, entries: [{name: z}]}]\n", "facts: [x]\n",
    "highlights: {a: {b: {c: [d, {e: f}]}}}\n", "header: {image: [x]}\n", "names: [x]\n", "aliases: {a: b}\n", "sections: x\n", "image: x.png\n",
)  # fmt: skip
"""Lines and blocks that a YAML file may gain."""

JINJA = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ }}", "{% %}", "{{ x }}", "{{ x", "{{ 'x }}", "{{ site.nothing }}", "{{ site.nothing.more }}",
    "{{ site.__class__ }}", "{{ site.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}", "{{ site.__init__.__globals__ }}",
    "{{ (site.publications | first).__class__ }}", "{{ site.collections.clear() }}", "{{ site.extra.update(x=1) }}", "{{ 1/0 }}", "{{ 1 % 0 }}",
    "{{ 1 + 'a' }}", "{{ [][0] }}", "{{ {}.x.y }}", "{{ none.x }}", "{{ 2 ** -1 }}", "{{ 'a' * 'b' }}", "{{ x.y.z() }}", "{{ site() }}", "{{ 1() }}",
    "{% for x in range(10**9) %}.{% endfor %}", "{% for %}", "{% for x in 1 %}{% endfor %}", "{% for a, b in site.publications %}{% endfor %}",
    "{% for x in site %}{% endfor %}", "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", "{% endfor %}", "{% if %}", "{% if x %}", "{% else %}",
    "{% endif %}", "{% include %}", '{% include "nothing" %}', '{% include "../../site.yaml" %}', '{% include "/etc/passwd" %}', '{% include "" %}',
    '{% include "base.html" %}', '{% include "page.html" %}', '{% include "parts/publication.html" %}', '{% include "parts/cv.html" %}',
    "{% include 1 %}", "{% include site %}", '{% include ["a", "b"] %}', '{% include "x" ignore missing %}', '{% extends "base.html" %}', "{% extends x %}",
    '{% extends "theme/page.html" %}', '{% import "parts/cv.html" as x %}', '{% from "parts/cv.html" import nothing %}', "{% block main %}{% endblock %}",
    "{% block main %}", "{% endblock %}", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{% macro f(x) %}{% endmacro %}{{ f(1, 2) }}", "{% set site = 1 %}",
    "{% set page = none %}", "{% set held = [] %}", "{% raw %}", "{% endraw %}", "{% raw %}{{ x }}{% endraw %}", '{{ "{{" }}', "{{ '%}' }}", "{{ site | nothing }}",
    "{{ site is nothing }}", '{{ site.publications | where(since="x") }}', "{{ site.publications | where(1) }}", "{{ site.publications | where(x=site) | length }}",
    '{{ site.publications | group_by("authors") | length }}', '{{ site.publications | group_by(1) }}', '{{ site.publications | sort_by("when") | length }}',
    "{{ site.publications | sort_by(1) }}", '{{ site.publications | sort_by("authors") | length }}', '{{ site.talks | limit("x") }}', "{{ 1 | limit(1) }}",
    "{{ none | where(x=1) }}", "{{ page | body }}", "{{ page | whole_body }}", "{{ page | excerpt }}", '{{ site.pages | map("body") | join }}', "{{ 1 | body }}",
    "{{ site }}", "{{ page }}", "{{ self }}", "{{ held }}", "{{ held.clear() }}", "{{ held.append(1) }}", "{{ context }}", "{{ loop }}", "{{ cycler() }}",
    "{{ namespace(1) }}", "{{ lipsum() }}", '{{ "x" * 99999 }}', '{{ "%s" % site.title }}', '{{ "%d" % "x" }}', '{{ "{0.__class__}".format(site) }}', "{{ now() }}",
    "{{ 'a' | when }}", "{{ site.owner | when }}", '{{ none | when("x") }}', '{{ page.date | when("x") }}', "{{ 1 | absolute }}", "{{ site | json }}",
    "{{ site.publications | json }}", "{{ 9 | icon }}", '{{ "../../x" | icon }}', "{{ 'x' | drawn }}", "{{ 'x' | paragraphs }}", "{{ 1 | rich }}", "{{ 1 | slug }}",
    "{{ site['x'] }}", "{{ site[0] }}", "{{ site[none] }}", "{{ site.publications[99] }}", "{{ site.publications['x'] }}", "{{ site.publications.0.title.html }}",
    "{{ words.nothing }}", '{{ words["nothing"] }}', "{% do x %}", "{% nothing %}", "{% autoescape false %}{{ '<b>' }}{% endautoescape %}", "{%- -%}", "{{- -}}",
    "{% filter upper %}x{% endfilter %}", "{% filter nothing %}x{% endfilter %}", "{% call x() %}{% endcall %}", "{{ super() }}", "{{ caller() }}", "{{ dict(**1) }}",
    '{{ site.publications | sort(attribute="nothing") }}', '{{ site.publications | sort | length }}', '{{ site.publications | map("nothing") | list }}', "{{ site | list }}",
    '{{ "x" | int(base=99) }}', '{{ "x" | round }}', '{{ [1, "a"] | sort }}', '{{ [1, "a"] | sum }}', "{{ [] | first }}", "{{ [] | max }}", "{{ site.owner.name | random }}",
    '{{ "\\ud800" }}', "{{ '\\ue0000\\ue001' }}", "{{ '<script>' }}", "{{ '<script>' | safe }}", "{{ '</html>' | safe }}", "{{ x if }}", "{{ (1, }}", "{{ [1 }}", "{{ 1 2 }}",
    "<!-- {{ x }}", "-->", "<!-- {% if %} -->", "<!--->", "<!-- <!-- -->", "`{{ x", "{{ '`' }}", "$ {{ '$' }}", "{% if true %}<!-- {% endif %} -->", "{% with %}{% endwith %}",
    "{% for x in range(3) %}", "{% trans %}", "{% debug %}", "{% break %}", "{{ 1e999 | int }}", "{{ 'a'.join(1) }}", "{{ site.today.x }}", "{{ ''.format_map(1) }}",
    "{{ ' ' | wordwrap(0) }}", "{{ 'a' | batch(0) | list }}", "{{ [1] | slice(0) | list }}", "{{ [1] | batch('x') | list }}", "{{ 'x' | indent('y') }}", "{{ '%' | urlize }}",
)  # fmt: skip
"""Expressions that fail, reach for what is not theirs, or are cut off."""

BIBTEX = (
    "@", "@{", "@article", "@article{", "@article{}", "@article{,}", "@article(x, title={y})", "@article{x}", "@article{x,", "@string{", "@string{x}", "@string{a = a}",
    "@string{a = b # c}", "@comment{", "@comment{@article{x,}}", "@preamble{", '@preamble{"\\newcommand{\\x}{y}"}', "@misc{a, crossref={b}} @misc{b, crossref={a}}",
    "@misc{x, crossref={x}}", "@misc{y, xdata={x, y}}", "@misc{x, title={\\}}", "{", "}", "{{", "}}", '"', "#", "# #", ",", ",,", "=", "= =", "%", "\\", "$", "$$",
    "title = {},", "title = ,", "title = {x} {y},", "title = x # # y,", "title = {" + "{" * 300 + "x" + "}" * 300 + "},", "title = {" + "{" * 300 + "},",
    "author = {},", "author = { and },", "author = {and and and},", "author = {, , ,},", "author = {a, b, c, d, e},", "author = {{}},", "author = {*},", "author = {others},",
    "author = {" + "A, B and " * 300 + "C},", "author = {{\\'e}\\},", "year = {},", "year = -5,", "year = {²},", "year = 99999999999999999999,", "date = {1/2/3},", "date = {1920/},",
    "month = 13,", "month = foo,", "month = {" + "1" * 5000 + "},", "doi = {10.},", "doi = {http://[},", "url = {javascript:x},", "url = {http://[},", "url = {},", "pdf = {../../x},",
    "preview = {/},", "preview = {%},", "eprint = {x}, archiveprefix = {arXiv},", "pages = {-},", "crossref = {nothing},", "xdata = {a,b,,c},", "author+an = {x},", "author+an = {0=a; 99=b; =; 1},",
    "author+an = {²=self},", "links = {a:;;b: javascript:x; : y},", "selected = {maybe},", "pubstate = {x},", "langid = {x y},", "keywords = {,,;},", "title = {\\href{a}},", "title = {\\href{http://[}{x}},",
    "title = {\\frac},", "title = {$x},", "title = {\\begin{x}},", "title = {\\verb|x|},", "title = {\\char200},", "title = {\\char\"110000},", "title = {\\symbol{55296}},", "title = {^^M},", "title = {\\},",
    "title = {\\\\\\'},", "title = {\\textbf},", "title = {\\textbf{\\textit{\\emph{x}},", "title = {<i>x},", "title = {<script>x</script>},", "title = {.},", "title = {...},", "title = {\\\"{}},", "title = {\\c{}},",
    "title = {\\H},", "title = {\\u{\\u{\\u{x}}}},", "title = {~},", "title = {{ 1/0 }},", "title = {\ue0000\ue001},", "abstract = {\n\n\n},", "note = {{% raw %}},", "abbr = {\\LaTeX},", "series = {\\footnote{x}},",
)  # fmt: skip
"""BibTeX and TeX that is cut off, unpaired or out of range."""

JSON = (
    "null", "true", "0", "-1", "1e999", "9" * 400, "NaN", "[]", "{}", "[[]]", "[null]", "[[[1]]]", '{"": ""}', '{"a": {"b": []}}', '"\\ud800"', '"\\u0000"',
    '"\\ue0000\\ue001"', '"', "'x'", '"\\x"', '"\n"', "[" * 5000, '{"a":' * 500, '"<script>"', '{"date-parts": []}', '{"date-parts": [[]]}', '{"date-parts": [["x", null]]}',
    '{"date-parts": [[99999, 13, 32], [1]]}', '{"raw": []}', '[{"family": null}]', '[{"literal": {}}]', '["x"]', '[{}]', "x", ",", "}", "// x", '"\\uFFFF"',
)  # fmt: skip
TAGS = (
    "TY  - ",
    "ER  - ",
    "AU  - ",
    "PY  - ",
    "DA  - ",
    "UR  - ",
    "DO  - ",
    "SP  - ",
    "T1  - ",
    "XX  - ",
    "TY - ",
    "ER",
    "ty  - ",
    "",
    "  - ",
    "ID  - ",
)
"""RIS's tags, well and badly typed."""

MARKDOWN = (
    "> " * 400 + "x", "- " * 300 + "x", "1. " * 200 + "x", "[" * 3000, "![" * 2000, "]" * 3000, "[x](" * 1000, "*" * 3000, "**a " * 500, "_a*" * 500, "*_" * 600 + "x" + "_*" * 600, "`" * 3000, "`a``" * 500,
    "~" * 500, "<" * 3000, "&" * 2000, "\\" * 1001, "<div>" * 400, "<b><i>" * 300, "<!" * 500, "<?" * 500, "<![CDATA[" * 200, "$" * 999, "$a" * 500, "\\(" * 400, "|" * 2000, "|a" * 500 + "\n" + "|-" * 500,
    "| a |\n|---|---|\n| b |", "|\n|-\n|", "***\n---\n===", "===", "---", "***", "#" * 7, "# " * 300, "#", "```", "~~~", "```{python}", "``` {#id .c}", "```x y z\n", "$$", "$$\n\\invalid{\n$$", "$\\frac{1}{$",
    "$\\begin{aligned} x$", "$\\text{$", "$\\left($", "$\\mathbb{$", "$^$", "$_{_{_{$", "$&$", "$\\\\$", "$\\unknown$", "$<script>$", "$\ue0000\ue001$", "$" + "{" * 300 + "}" * 300 + "$", "$" + "\\sqrt{" * 200 + "}" * 200 + "$",
    "{#id}", "{.c style='x'}", "{onclick=x}", "{: .k}", "{:#id}", "{" * 300, "x {#top}\n\nx {#top}", "# a {#a}\n\n# b {#a}", "# <b>\n", "# [x](y)\n", "# $x$\n", "# `x`\n", "!!! note", "!!! x y z", "!!!", "!!! note \"", "!!! note\n    !!! tip\n        x",
    "Term\n: def\n\n: def", ": def", "- [ ]", "- [x", "[x](javascript:alert(1))", "[x](../..)", "[x](../../../x)", "[x](missing.md)", "[x](%)", "[x](%ff)", "[x](%00)", "[x](http://[)", "[x](http://[::1)", "[x](//)", "[x](<>)", "[x]()",
    "[x](#nothing)", "[x](#%ff)", "[x](life.md#%)", "[x](/)", "[x](.)", "[x](..)", "[x](?)", "[x](source:)", "[x](source:cv.md)", "[x](CV.md)", "[x](/cv)", "[x](\ue0000\ue001)", "![](missing.png)", "![](images/ring.png)", "![x](/images/ring.png 'a",
    "![x](data:image/png,x)", "[x]: <", "[x]: y 'z", "[^a]: [^a]\n\n[^a]", "[^1][^1][^1]", "[^nothing]", "[^]: x", "[^a]: b\n[^a]: c\n\n[^a]", "^[x^[y]]", "<http://[::1>", "<http://x y>", "http://[", "https://example.org/(((", "www.", "x@y.z", "mailto:x",
    "<a href=", '<a href="', "<a href=//[>x</a>", "<a href='http://['>x</a>", "<img src=", "<img srcset=',,, 2x'>", "<img src='%'>", "<img src=x width=y>", "<a name=x id=x>", "<textarea>", "<plaintext>", "<script>", "</script>", "<style>", "<title>", "<svg><a",
    "</main></body></html>", "</p>", "</div>" * 50, "<base href=/x>", "<meta http-equiv=refresh content='0;url=javascript:x'>", "<iframe src='x'>", "<form action='http://['>", "<b onclick='x' style='y'>z</b>", "<p", "<p\n\n", "<!--", "-->", "<!-- -- -->", "<!doctype", "<?x",
    "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&nosuch;", "&amp", "\ue000", "\ue0000\ue001", "\ue00099\ue001", "\ue0021\ue003", "\\\ue000", "x\u2028y", "\u202ex", "\x0bx", "\x0cx", "\tx", "    x", "\t\t- x", "  - x\n\t- y\n 1. z",
    "[TOC]", "[[TOC]]", "{:toc}", "<!-- more -->", "...", "--", "(c)", "\"'\"'", "'" * 500, "\"" * 500, "x" * 20000, "a " * 5000, "\n" * 500, "漢" * 3000,
)  # fmt: skip
"""Markdown, HTML and formulas: deep, wide, unpaired, pointing nowhere."""

NAMES = (
    "con.md", "nul", "aux.yaml", " .md", "a b.md", " x.md", "x .md", "é.md", "e\u0301.md", "🏳️.md", "x" * 200 + ".md", "x" * 252 + ".md", "a\nb.md", "%2e%2e.md", "a?b#c.md", "-.md", "--help.md", "..md", "....md",
    ".hidden.md", "~x.md", "x~", "INDEX.md", "Index.md", "index.markdown", "LIFE.md", "life.markdown", "life.html", "life", "a.b.c.md", "a&b<c>.md", "'\".md", "\udcff.md", "\udcff.png", "\udce9t\udce9.bib", "{{ x }}.md", "404.md", "feed.xml", "sitemap.xml",
    "index.html", "robots.txt", "CNAME", ".nojekyll", "2021-31-01-x.md", "0000-00-00-x.md", "9999-12-31-.md", "2021-01-01-.md", "-1.md", "\u202e.md", "a\\b.md", "C:.md", "x.MD", "x.Markdown", "cv.yml", "cv.json", "talks.yml", "people.md", "publications.md",
    "talks.md", "x.bib", "X.BIB", "x.ris", "source:.md", "*.md", "汉字.md", "ﬁ.md", "İ.md", "ß.md", "SS.md", "\ue0000\ue001.md", "tags.md", "archive.md", "publications/x.md", "publications/index.md", "talks/index.md", "talks/x.md", "news/x.md",
    "posts/x.md", "posts/2020-02-30-x.md", "projects/deep/er/x.md", "letters/x.md", "people/x.md", "css/folio.css", "css/site.css", "images/ring.PNG", "images/x.svg", "images/ring-160.webp", "life/index.md", "life/index.html", "cv/index.md",
)  # fmt: skip
"""What a file may come to be called, below the folder that it stands in."""
