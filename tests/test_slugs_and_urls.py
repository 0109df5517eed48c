"""Addresses: what a slug is made of, which links are safe, and which identifiers they hold."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from builder.text.slugs import distinct_slugs, slug, unique
from builder.text.urls import arxiv, clean_url, decode_entities, doi, host, safe_url

# ---- slugs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("A Study: of (Things)", "a-study-of-things"),
        ("Über Straße", "uber-strasse"),
        ("王小明 的主页", "wang-xiao-ming-de-zhu-ye"),
        ("conf/icml/DoeR24", "conf-icml-doer24"),
        ("2024.10", "2024-10"),
        ("C++", "c"),
    ],
)
def test_a_slug_is_plain(text: str, made: str) -> None:
    assert slug(text) == made


@given(
    st.text(alphabet=string.ascii_letters + string.digits + ' _:;,/().!?+$"-' + "äÖéçñßøÆœłđðÞı–—")
)
def test_the_short_way_agrees_with_slugify(text: str) -> None:
    assert slug(text) == (slugify(text) or slug(text))


@given(st.text())
def test_a_slug_is_never_empty(text: str) -> None:
    made = slug(text)
    assert made
    assert set(made) <= set(string.ascii_lowercase + string.digits + "-")
    assert slug(text) == made


def test_headings_are_numbered_in_order() -> None:
    taken: set[str] = {"b-1"}
    assert [unique(s, taken) for s in ("a", "a", "b", "b", "a")] == ["a", "a-1", "b", "b-2", "a-2"]
    assert taken == {"a", "a-1", "a-2", "b", "b-1", "b-2"}


def test_colliding_keys_all_take_a_digest() -> None:
    slugs = distinct_slugs(["Doe2024", "doe2024", "roe2024", "C++", "C#"])
    assert slugs["roe2024"] == "roe2024"
    for key, bare in (("Doe2024", "doe2024"), ("doe2024", "doe2024"), ("C++", "c"), ("C#", "c")):
        head, _, digest = slugs[key].rpartition("-")
        assert head == bare
        assert len(digest) == 6
    assert len(set(slugs.values())) == 5


def test_the_slugs_of_others_stay_when_one_joins_a_collision() -> None:
    before = distinct_slugs(["Doe", "doe"])
    after = distinct_slugs(["DOE", "doe", "Doe"])
    assert {key: after[key] for key in before} == before


def test_a_key_that_looks_like_a_digest_collides_no_more() -> None:
    first = distinct_slugs(["Doe", "doe"])["doe"]
    slugs = distinct_slugs(["Doe", "doe", first])
    assert len(set(slugs.values())) == 3


@given(st.lists(st.text(alphabet="aAbB-+# é1", max_size=4)))
def test_slugs_are_distinct_and_order_means_nothing(keys: list[str]) -> None:
    slugs = distinct_slugs(keys)
    assert set(slugs) == set(keys)
    assert len(set(slugs.values())) == len(slugs)
    assert distinct_slugs(reversed(keys)) == slugs


# ---- addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=1&c=2#d", "http://example.org", "HTTPS://EXAMPLE.ORG",
        "mailto:me@example.org", "tel:+1-555", "ftp://example.org/x", "//example.org/x", "/cv/",
        "paper.pdf", "../a/b.html", "#top", "?q=x", "a/b:c", "/x?y=javascript:", "https://例え.jp/ü",
        "x%20y.pdf", "https://a.org/javascript%3Ax",
    ],
)  # fmt: skip
def test_a_safe_address_passes_as_typed(url: str) -> None:
    assert safe_url(url) == url
    assert safe_url(f"  {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "java\tscript:x",
        "java\nscript:x", "java\0script:x", "\x01javascript:x", "javascript\u200b:x",
        "java\u00adscript:x", "javascript&#58;x", "javascript&colon;x", "&#106;avascript:x",
        "&#x6A;avascript:x", "java&Tab;script:x", "java&NewLine;script:x", "javascript%3Ax",
        "javascript%253Ax", "%6aavascript:x", "java script:x", "data:text/html,x", "DATA:x",
        "vbscript:x", "file:///etc/passwd", "blob:x", "view-source:x", "C:/x", "example.org:80/x",
        "\\\\host\\x", "/\\evil.org", "https:\\\\x", "", "   ", "\u200b",
    ],
)  # fmt: skip
def test_a_dangerous_address_is_refused(url: str) -> None:
    assert safe_url(url) is None


def test_spaces_in_an_address_are_encoded() -> None:
    assert safe_url("/files/My paper.pdf") == "/files/My%20paper.pdf"


@given(st.text() | st.text(alphabet="javscriptdhtp:&#;%3aA \t\0/.\\"))
def test_what_passes_has_a_known_scheme_or_none(text: str) -> None:
    url = safe_url(text) or ""
    as_browsers_see_it = re.sub(r"[\t\n\r]", "", url.strip("".join(map(chr, range(33)))))
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", as_browsers_see_it)
    assert not scheme or scheme[1].lower() in {"http", "https", "mailto", "tel", "ftp"}


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ('doi:<a href="https://doi.org/10.1000/x">10.1000/x</a>', "https://doi.org/10.1000/x"),
        ("<a target='_blank' href='http://a.org/x'>here</a>", "http://a.org/x"),
        (r"\url{https://a.org/x\_y}", "https://a.org/x_y"),
        (r"\href{https://a.org/x}{the paper}", "https://a.org/x"),
        (r"https://a.org/x{\_}y\%20z\&w\#v", "https://a.org/x_y%20z&w#v"),
        (r"http://a.org/\~{}me", "http://a.org/~me"),
        (r"http://a.org/{\textasciitilde}me", "http://a.org/~me"),
        (r"http://a.org/$\sim$me", "http://a.org/~me"),
        ("<https://a.org/x>", "https://a.org/x"),
        ("{https://a.org/x}", "https://a.org/x"),
        ("https://a.org/?a=1&amp;b=2&copy=3", "https://a.org/?a=1&b=2&copy=3"),
        ("https://a.org/x https://b.org/y", "https://a.org/x"),
        ("10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("doi: 10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("doi:https://doi.org/10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("arXiv:2401.01230v2", "https://arxiv.org/abs/2401.01230"),
        ("www.a.org/x", "https://www.a.org/x"),
        ("papers/x.pdf", "papers/x.pdf"),
        ("javascript:alert(1)", None),
        ('<a href="javascript:alert(1)">x</a>', None),
        (r"\url{java&#115;cript:x}", None),
        ("", None),
    ],
)
def test_an_address_is_mended(typed: str, url: str | None) -> None:
    assert clean_url(typed) == url


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("10.1000/XyZ", "10.1000/XyZ"),
        ("https://doi.org/10.1000/x", "10.1000/x"),
        ("http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("doi.org/10.1000/x", "10.1000/x"),
        ("doi:10.1000/x.", "10.1000/x"),
        ("DOI 10.1000/x,", "10.1000/x"),
        ("doi:https://doi.org/10.1000/x", "10.1000/x"),
        ('<a href="https://doi.org/10.1000/x">10.1000/x</a>', "10.1000/x"),
        (r"10.1007/978-3-030\_12", "10.1007/978-3-030_12"),
        (r"10.1007/978-3{\_}12", "10.1007/978-3_12"),
        ("https://doi.org/10.1000%2Fx", "10.1000/x"),
        ("10.1016/S0140-6736(05)67889-0", "10.1016/S0140-6736(05)67889-0"),
        ("10.1000/x)", "10.1000/x"),
        ("10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
         "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"),
        ("10.48550/arXiv.2401.01230", "10.48550/arXiv.2401.01230"),
        ("https://a.org/10.1000/x", None),
        ("10.1000", None),
        ("11.1000/x", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_doi_is_found(typed: str, number: str | None) -> None:
    assert doi(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2401.01230", "2401.01230"),
        ("arXiv:2401.01230v2", "2401.01230"),
        ("arxiv: 2401.01230 [cs.CL]", "2401.01230"),
        ("arXiv preprint arXiv:2401.01230", "2401.01230"),
        ("https://arxiv.org/abs/2401.01230", "2401.01230"),
        ("http://www.arxiv.org/pdf/2401.01230v3.pdf", "2401.01230"),
        ("arxiv.org/pdf/0704.0001", "0704.0001"),
        ("https://arxiv.org/abs/math/0211159?context=x", "math/0211159"),
        ("math/0211159", "math/0211159"),
        ("math.GT/0309136v1", "math.GT/0309136"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("https://doi.org/10.48550/arXiv.2401.01230", "2401.01230"),
        (r"\url{https://arxiv.org/abs/2401.01230}", "2401.01230"),
        ("https://a.org/2401.01230", None),
        ("10.1000/2401.01230", None),
        ("2401.012", None),
        ("arXiv", None),
        ("", None),
    ],
)
def test_an_arxiv_number_is_found(typed: str, number: str | None) -> None:
    assert arxiv(typed) == number


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.Example.org:80/x", "example.org"),
        ("//me@a.org?x", "a.org"),
        ("http://[::1]/", "[::1]"),
        ("/cv/", ""),
        ("mailto:me@a.org", ""),
    ],
)
def test_a_host_is_found(url: str, name: str) -> None:
    assert host(url) == name


def test_only_whole_entities_are_decoded() -> None:
    assert decode_entities("a&amp;b &#8217; &copy=1 &nosuch; AT&T") == "a&b ’ &copy=1 &nosuch; AT&T"


@given(st.text())
def test_no_address_is_refused_with_an_error(text: str) -> None:
    for read in (safe_url, clean_url, doi, arxiv, host):
        assert read(text) is None or isinstance(read(text), str)
