"""Texts in several languages: the first language's is shown, a missing one falls back and is told."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite

TALK = "- {title: {en: Ideals, de: Ideale}, date: 2001}\n"


def test_a_text_may_be_given_in_the_languages_of_the_site(site: MakeSite) -> None:
    built = site({"site.yaml": "languages: [de, en]\n", "content/talks.yaml": TALK})
    assert [p.message for p in built.problems] == []
    assert "Ideale" in built.main("talks/index.html")
    assert built.page("talks/index.html").css_first('html[lang="de"]') is not None


def test_what_is_untranslated_falls_back_and_is_told(site: MakeSite) -> None:
    built = site({
        "site.yaml": "languages: [fr, en, de]\n",
        "content/talks.yaml": "- title:\n    en: Ideals\n    de: Ideale\n  date: 2001\n",
    })  # fmt: skip
    problem = built.one("untranslated")
    assert str(problem.place) == "content/talks.yaml:2:5"
    assert "Ideals" in built.main("talks/index.html")


def test_a_mapping_is_no_translation_where_its_keys_are_not_the_sites_languages(
    site: MakeSite,
) -> None:
    built = site({"content/talks.yaml": TALK})
    assert built.one("wrong-shape").place is not None


@pytest.mark.parametrize(
    ("settings", "kind", "place"),
    [
        ("title: A\nlanguage: englisch\n", "not-a-language", "site.yaml:2:11"),
        ("languages: [de, '5']\n", "not-a-language", "site.yaml:1:12"),
        ("title: A\ncurrent_date: soon\n", "not-a-date", "site.yaml:2:15"),
    ],
)
def test_settings_that_say_nothing_are_told(
    site: MakeSite, settings: str, kind: str, place: str
) -> None:
    built = site({"site.yaml": settings})
    assert str(built.one(kind).place) == place
    html = built.page("index.html").css_first("html")
    assert html is not None
    assert html.attributes["lang"] in ("en", "de")
