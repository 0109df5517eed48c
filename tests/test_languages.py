"""Texts in several languages: the first language's is shown, a missing one falls back and is told."""

from __future__ import annotations

import re

import pytest

from builder.problems import Problems
from builder.text.dates import format_when, read_when
from builder.text.words import FOLDER, words_of
from builder.text.yaml import Map, read_yaml
from tests.conftest import MakeSite
from tests.sites import Site, one

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
        ("languages: [de, '5']\n", "not-a-language", "site.yaml:1:17"),
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


TWO = {
    "site.yaml": """
        title: {en: A site, de: Eine Seite}
        url: https://example.org/repo
        languages: [en, de]
        untranslated: [index.md, posts]
        navigation:
          - {title: {en: Life, de: Leben}, url: /life/}
          - {title: {en: CV, de: Vita}, url: /cv/}
        """,
    "content/index.md": "Hello, [life](life.md), [the German one](/de/life/){hreflang=de}.\n",
    "content/life.md": "---\ntitle: Life\nredirect_from: /old/\norder: 3\n---\nA life. [Notes](notes.md)\n",
    "content/life.de.md": "---\ntitle: Leben\nredirect_from: /alt/\n---\nEin [Lebenslauf](/cv/). ![](images/a.svg)\n",
    "content/notes.md": "---\ntitle: Notes\npermalink: /n.html\n---\nNotes.\n",
    "content/images/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/impressum.de.md": "# Impressum\n\n[Zum Leben](life.md)\n",
    "content/talks.yaml": "- {title: {en: Ideals, de: Ideale}, date: 2001-05-03}\n",
    "content/cv.yaml": "cv: {name: Ada B, sections: {Talks: [{from: talks}, {from: publications}]}}\n",
    "content/p.bib": "@book{k, title={B}, author={Ada B}, year=2000}\n",
    "content/posts/2020-01-02-hi.md": "---\ntitle: Hi\n---\nHi there.\n",
}  # fmt: skip


def links(built: Site, path: str, selector: str = "main a") -> list[str]:
    return [a.attributes["href"] or "" for a in built.page(path).css(selector)]


def test_each_language_is_a_whole_site_and_papers_stand_once(site: MakeSite) -> None:
    built = site(TWO)
    assert built.report is not None, list(built.problems)
    there = {path.removeprefix("de/") for path in built.files if path.startswith("de/")}
    assert {"index.html", "life/index.html", "cv/index.html", "publications/index.html", "talks/index.html",
            "talks/ideals/index.html", "posts/2020/01/hi/index.html", "feed.xml"} <= there  # fmt: skip
    assert {path for path in there if path.startswith("publications/")} == {
        "publications/index.html"
    }
    assert there - {"impressum/index.html"} <= built.files
    assert "/repo/publications/k/" in links(built, "de/publications/index.html")


def test_a_link_stays_in_its_language_unless_it_names_another(site: MakeSite) -> None:
    built = site(TWO)
    assert links(built, "de/life/index.html") == ["/repo/de/cv/"]
    assert links(built, "de/index.html", ".biography a") == ["/repo/de/life/", "/repo/de/life/"]
    assert links(built, "index.html", ".biography a") == ["/repo/life/", "/repo/de/life/"]
    image = one(built.page("de/life/index.html"), "main img")
    assert image.attributes["src"] == "/repo/images/a.svg"
    assert links(built, "de/life/index.html", ".menu a") == ["/repo/de/life/", "/repo/de/cv/"]


def test_the_switch_leads_to_the_same_page(site: MakeSite) -> None:
    built = site(TWO)
    for path, there in (
        ("index.html", "/repo/de/"), ("de/index.html", "/repo/"), ("de/life/index.html", "/repo/life/"),
        ("talks/ideals/index.html", "/repo/de/talks/ideals/"), ("n.html", "/repo/de/n.html"),
        ("publications/k/index.html", "/repo/de/publications/"), ("de/impressum/index.html", "/repo/"),
    ):  # fmt: skip
        assert links(built, path, "header .languages a") == [there]
    switch = one(built.page("index.html"), ".languages a")
    assert (switch.attributes["lang"], switch.text()) == ("de", "Deutsch")


def test_pages_in_several_languages_name_each_other(site: MakeSite) -> None:
    built = site(TWO)
    pair = [
        ("en", "https://example.org/repo/life/"),
        ("de", "https://example.org/repo/de/life/"),
        ("x-default", "https://example.org/repo/life/"),
    ]
    for path in ("life/index.html", "de/life/index.html"):
        found = built.page(path).css("link[hreflang]")
        assert [(a.attributes["hreflang"], a.attributes["href"]) for a in found] == pair
    entry = next(e for e in built.html("sitemap.xml").split("<url>") if "<loc>https://example.org/repo/de/life/<" in e)  # fmt: skip
    assert all(f'hreflang="{code}" href="{address}"' in entry for code, address in pair)
    assert not built.page("publications/k/index.html").css("link[hreflang]")


def test_what_stands_in_says_its_language_and_where_it_belongs(site: MakeSite) -> None:
    built = site(TWO)
    page = built.page("de/n.html")
    assert one(page, "html").attributes["lang"] == "de"
    assert one(page, "main").attributes["lang"] == "en"
    canonical = one(page, "link[rel=canonical]").attributes["href"]
    assert canonical == "https://example.org/repo/n.html"
    assert "de/n.html" not in built.html("sitemap.xml")
    problem = built.one("untranslated")
    assert problem.message == "notes.md has no de page, and the en one stands in"
    assert "notes.de.md" in problem.hint


def test_a_sibling_says_only_what_is_different(site: MakeSite) -> None:
    built = site({
        **TWO,
        "content/posts/2020-01-02-hi.de.md": "---\ntitle: Guten Tag\npermalink: /gruss/\n---\nTag.\n",
        "content/notes.de.md": "---\ntitle: Notizen\n---\nNotiz.\n",
    })  # fmt: skip
    assert "Guten Tag" in built.main("gruss/index.html")
    assert one(built.page("gruss/index.html"), "html").attributes["lang"] == "de"
    assert "2020" in built.main("gruss/index.html")
    assert links(built, "gruss/index.html", ".languages a") == ["/repo/posts/2020/01/hi/"]
    assert "Notizen" in built.main("de/n.html")
    assert 'url=/repo/de/life/"' in built.html("alt/index.html")
    assert 'url=/repo/life/"' in built.html("old/index.html")
    assert "gruss" in built.html("de/feed.xml")
    assert "gruss" not in built.html("feed.xml")


def test_a_language_in_a_files_name_counts_only_when_the_site_has_it(site: MakeSite) -> None:
    built = site({"content/notes.de.md": "# Notes\n"})
    assert "notes.de/index.html" in built.files


CODES = sorted(f.stem for f in FOLDER.glob("*.yaml"))


def test_there_are_the_languages_that_are_promised() -> None:
    assert {"ar", "de", "en", "es", "fr", "ja", "zh"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_every_word_and_no_other(code: str) -> None:
    english, words = (yaml_of(c)["labels"] for c in ("en", code))
    assert set(words) == set(english)
    for key in english:
        assert re.findall(r"\{\w+\}", words[key]) == re.findall(r"\{\w+\}", english[key]), key


def yaml_of(code: str) -> dict[str, dict[str, str]]:
    value = read_yaml((FOLDER / f"{code}.yaml").read_text("utf-8"), code, Problems())
    assert isinstance(value, Map)
    return value  # type: ignore[return-value]


WRITTEN = [
    *(f"2024-{month:02}" for month in range(1, 13)), *(f"{s} 2023" for s in ("spring", "summer", "winter")),
    "2024", "2021-09 – 2021-12", "2020-09 – 2021-06", "2019-09 – present", "2024-05-01", "2024-05-05 – 2024-05-07",
    "expected June 2026", "c. 1920", "2021, 2023",
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_dates_that_a_language_prints_can_be_read_again(code: str) -> None:
    for text in WRITTEN:
        when = read_when(text)
        assert when is not None
        printed = format_when(when, words_of(code).dates, "day")
        again = read_when(printed)
        assert again is not None, f"{text} is printed as {printed}"
        assert again.spans == when.spans, printed
        short = format_when(when, words_of(code).dates)
        assert read_when(short), f"{text} is printed as {short}"


@pytest.mark.parametrize(
    ("code", "text", "printed"),
    [
        ("de", "2024-05-05 – 2024-05-07", "5.–7. Mai 2024"),
        ("de", "2019-10 – present", "Oktober 2019 – heute"),
        ("fr", "2024-05-01", "1er mai 2024"),
        ("es", "2024-05-02", "2 de mayo de 2024"),
        ("zh-Hans", "2019-09 – present", "2019年9月至今"),
        ("zh-Hans", "2024-05-01", "2024年5月1日"),
        ("ja", "2021-09 – 2022-03", "2021年9月〜2022年3月"),
        ("ar", "2024-05-01", "1 مايو 2024"),
    ],
)
def test_dates_stand_in_the_order_of_the_language(code: str, text: str, printed: str) -> None:
    when = read_when(text)
    assert when is not None
    assert format_when(when, words_of(code).dates, "day") == printed


def test_a_site_from_right_to_left_says_so(site: MakeSite) -> None:
    built = site(
        {"site.yaml": "languages: [ar, en]\nurl: https://e.org\n", "content/a.md": "# A\n"}
    )
    html = one(built.page("a/index.html"), "html")
    assert (html.attributes["lang"], html.attributes["dir"]) == ("ar", "rtl")
    there = built.page("en/a/index.html")
    assert one(there, "html").attributes.get("dir") is None
    main = one(there, "main")
    assert (main.attributes["lang"], main.attributes["dir"]) == ("ar", "rtl")


CV = """
    cv:
      name: Ada B
      headline: {en: Reader in engines, de: Dozentin für Maschinen}
      sections:
        education:
          - institution: Home
            area: {en: Mathematics, de: Mathematik}
            start_date: 2001-05
            end_date: present
            highlights: {en: [Calculus], de: [Analysis, Algebra]}
        Selected Publications: [{bullet: {en: A paper, de: Ein Aufsatz}}]
        Engines I built:
          - name: One
            summary: It turns.
          - {en: A text., de: Ein Text.}
    """


def test_headings_of_a_cv_are_in_the_language(site: MakeSite) -> None:
    words = "words: {Engines I built: {de: Meine Maschinen}, cv: {en: Life in lists}}\n"
    built = site({"site.yaml": "languages: [en, de]\n" + words, "content/cv.yaml": CV})
    assert {p.kind for p in built.problems} == {"untranslated"}
    english, german = built.main("cv/index.html"), built.main("de/cv/index.html")
    for word in ("Life in lists", "Education", "Mathematics", "Calculus", "May 2001 – present", "Engines I built", "A text."):  # fmt: skip
        assert word in english
    for word in ("Lebenslauf", "Ausbildung", "Ausgewählte Publikationen", "Mathematik", "Analysis", "Algebra",
                 "Mai 2001 – heute", "Meine Maschinen", "Ein Text.", "Dozentin"):  # fmt: skip
        assert word in german


def test_headings_typed_in_another_language_are_known_too(site: MakeSite) -> None:
    cv = "cv: {name: A, sections: {Ausbildung: [a], Grundschule: [b]}}\n"
    settings = "languages: [de, fr]\nuntranslated: [cv.yaml]\n"
    built = site({"site.yaml": settings, "content/cv.yaml": cv})
    assert "Formation" in built.main("fr/cv/index.html")
    kept = built.page("fr/cv/index.html").css("h2 span[lang=de]")
    assert [h.text() for h in kept] == ["Grundschule"]
    assert list(built.problems) == []


def test_a_bare_text_that_readers_would_miss_is_told_at_its_place(site: MakeSite) -> None:
    built = site({
        "site.yaml": "languages: [en, de]\nfooter: Made by hand\nurl: https://e.org\n",
        "content/cv.yaml": CV,
    })  # fmt: skip
    told = {str(p.place): p.message for p in built.told("untranslated")}
    assert told["site.yaml:2:9"] == "'Made by hand' has no de text, and the en one stands in"
    assert told["content/cv.yaml:14:18"].startswith("'It turns.'")
    assert "'Engines I built'" in told["content/cv.yaml:12:5"]
    assert len(told) == 3
    footer = one(built.page("de/cv/index.html"), "footer span[lang=en]")
    assert footer.text() == "Made by hand"
    assert not built.page("cv/index.html").css("span[lang]")


@pytest.mark.parametrize(
    ("settings", "cv"),
    [
        ("", "headline: {en: Reader, de: }"),
        ("untranslated: [cv.yaml]", "headline: Reader"),
        ("untranslated: ['cv.*']", "headline: {en: Reader}"),
    ],
)
def test_what_is_meant_to_stay_is_not_told(site: MakeSite, settings: str, cv: str) -> None:
    files = {
        "site.yaml": f"languages: [en, de]\n{settings}\n",
        "content/cv.yaml": f"cv: {{name: A, {cv}}}\n",
    }
    built = site(files)
    assert [p.message for p in built.problems] == []
    assert "Reader" in built.main("de/index.html")


def test_a_cv_may_have_a_file_of_its_own_in_a_language(site: MakeSite) -> None:
    built = site({
        "site.yaml": "languages: [en, de]\n",
        "content/cv.yaml": "cv: {name: Ada B, headline: Reader, sections: {Education: [Learnt]}}\n",
        "content/cv.de.yaml": "cv: {name: Ada B, headline: Dozentin, sections: {Werdegang: [Gelernt]}}\n",
    })  # fmt: skip
    assert list(built.problems) == []
    words = built.main("de/cv/index.html")
    assert "Werdegang" in words
    assert "Dozentin" in words
    assert "Learnt" not in words


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people", "- {owner: true, name: Ming Li, names: {zh-Hans: 李明}}\n"),
        ("people", "- {owner: true, name: {en: Ming Li, zh-Hans: 李明}}\n"),
        ("cv", "cv: {name: {en: Ming Li, zh-Hans: 李明}}\n"),
    ],
)
def test_the_owner_goes_by_the_name_of_the_language(site: MakeSite, file: str, text: str) -> None:
    built = site({
        "site.yaml": "languages: [en, zh-Hans]\n",
        f"content/{file}.yaml": text,
        "content/p.bib": "@book{k, title={B}, author={Ming Li and C D}, year=2000}\n",
    })  # fmt: skip
    heading = one(built.page("zh-hans/index.html"), "h1")
    assert " ".join(heading.text().split()) == "李明 Ming Li"
    assert one(heading, ".also").attributes["lang"] == "en"
    for path in ("index.html", "zh-hans/index.html"):
        assert built.page(path).css_first(".authors strong, .authors .me, .authors .owner")


def test_a_language_without_words_is_told_until_it_has_some(site: MakeSite) -> None:
    built = site({"site.yaml": "title: A\nlanguages: [en, pt-BR]\n"})
    problem = built.one("untranslated")
    assert str(problem.place) == "site.yaml:2:12"
    assert "ar, de, en, es, fr, ja, zh" in problem.hint
    settled = site({"site.yaml": "languages: [en, pt-BR]\nwords: {home: {pt-BR: Início}}\n"})
    assert list(settled.problems) == []
    assert site({"site.yaml": "language: zh-Hant-TW\n"}).told("untranslated") == []


@pytest.mark.parametrize("file", ["cv.yaml", "people.yaml"])
def test_a_name_given_by_language_is_one_person_on_papers_in_either(
    site: MakeSite, file: str
) -> None:
    name = "name: {en: Ming Li, zh-Hans: 李明}"
    built = site({
        "site.yaml": "languages: [en, zh-Hans]\n",
        f"content/{file}": f"cv: {{{name}}}\n" if file == "cv.yaml" else f"- {{{name}, owner: true}}\n",
        "content/p.bib": "@book{k, title={B}, author={Ming Li and C D}, year=2000}\n"
        "@book{l, title={C}, author={李明 and 王芳}, year=2001}\n",
    })  # fmt: skip
    assert built.told("owner-not-found") == []
    heading = one(built.page("zh-hans/index.html"), "h1")
    assert " ".join(heading.text().split()) == "李明 Ming Li"
    for path in ("publications/k/index.html", "publications/l/index.html"):
        assert built.page(path).css_first(".authors strong, .authors .me, .authors .owner")


def test_a_word_that_is_none_is_told(site: MakeSite) -> None:
    built = site({"site.yaml": "title: A\nwords: {abstrakt: Summary, cite: Quote}\n"})
    problem = built.one("unknown-key")
    assert (str(problem.place), problem.hint) == ("site.yaml:2:9", "did you mean 'abstract'?")


def test_parts_of_a_cv_keep_their_ids_and_variants_in_every_language(site: MakeSite) -> None:
    built = site({
        "site.yaml": "languages: [en, de]\ncv: {variants: {short: {sections: [education]}}}\nuntranslated: [cv, index]\n",
        "content/cv.yaml": CV,
        "content/index.md": "[There](/cv/#education)\n",
    })  # fmt: skip
    assert list(built.problems) == []
    assert one(built.page("de/cv/index.html"), "#education").text() == "Ausbildung"
    assert "Analysis" in built.main("de/cv/short/index.html")
    assert "A text" not in built.main("de/cv/short/index.html")


def test_a_paper_has_one_file_for_all_languages(site: MakeSite) -> None:
    built = site({
        **TWO,
        "content/publications/k.md": "What was found.\n",
        "content/publications/k.de.md": "Was gefunden wurde.\n",
    })  # fmt: skip
    assert str(built.one("not-shown").place) == "content/publications/k.de.md"
    assert "What was found." in built.main("publications/k/index.html")


def test_a_title_that_stands_in_says_its_language_among_the_tags(site: MakeSite) -> None:
    built = site({
        "site.yaml": "title: A\nlanguages: [en, de]\nuntranslated: [posts]\n",
        "content/posts/2024-01-01-x.md": "---\ntitle: Words\ntags: [a]\n---\nMore.\n",
    })  # fmt: skip
    assert one(built.page("de/tags/index.html"), ".rows a").attributes["lang"] == "en"
    assert "lang" not in one(built.page("tags/index.html"), ".rows a").attributes


def test_a_menu_says_the_language_of_a_page_that_stands_in(site: MakeSite) -> None:
    built = site({
        "site.yaml": "languages: [en, zh-Hans]\n",
        "content/lab.md": "---\ntitle: Laboratory\n---\nOurs.\n",
    })  # fmt: skip
    entry = one(built.page("zh-hans/index.html"), ".menu [lang]")
    assert (entry.attributes["lang"], entry.text()) == ("en", "Laboratory")
    assert built.page("index.html").css(".menu [lang]") == []


def test_a_degree_is_a_name_and_needs_no_translation(site: MakeSite) -> None:
    entry = "{institution: X, degree: PhD, area: {en: Logic, de: Logik}}"
    built = site({
        "site.yaml": "languages: [en, de]\n",
        "content/cv.yaml": f"cv:\n  name: A\n  sections:\n    Education: [{entry}]\n",
    })  # fmt: skip
    assert built.told("untranslated") == []


def test_the_parts_of_an_entry_are_divided_as_the_script_has_it(site: MakeSite) -> None:
    entry = "{institution: 清华大学, degree: 博士, area: 数学}"
    for language, shown in (
        ("zh-Hans", "清华大学，博士，数学"),
        ("ja", "清华大学、博士、数学"),
        ("de", "清华大学, 博士, 数学"),
    ):
        built = site({"content/cv.yaml": f"cv:\n  name: A\n  sections: {{Part: [{entry}]}}\n",
                      "site.yaml": f"languages: [{language}]\n"})  # fmt: skip
        said = built.page("cv/index.html").css_first("li.entry p")
        assert said is not None
        assert said.text(strip=False) == shown
