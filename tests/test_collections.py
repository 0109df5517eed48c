"""Collections: from lists and files, types in the author's words, nothing lost."""

from __future__ import annotations

import pytest

from tests.conftest import MakeSite


def test_a_list_and_files_make_one_collection(site: MakeSite) -> None:
    built = site({
        "content/talks.yaml": "- {title: From a list, event: Salon, location: London, date: 1843-05}\n",
        "content/talks/2019-03-01-from-a-file.md": "---\nvenue: Hall\ntype: Tutorial\n---\nIts *body*.\n",
        "content/talks/own-title.md": "---\ntitle: 'A: colon'\ndate: 2020\npermalink: /t/x\n---\n",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    words = built.main("talks/index.html")
    assert words.index("A: colon") < words.index("From a file") < words.index("From a list")
    assert "Mar 1, 2019" in words or "March 1, 2019" in words or "Mar 2019" in words
    assert {
        "talks/from-a-list/index.html",
        "talks/2019-03-01-from-a-file/index.html",
        "t/x.html",
    } <= built.files
    assert "Its body ." in built.main("talks/2019-03-01-from-a-file/index.html")


def test_posts_live_by_year_and_month(site: MakeSite) -> None:
    built = site({"content/posts/2026-05-01-my-post.md": "---\ntags: [a, b]\n---\nWords\n"})
    assert "posts/2026/05/my-post/index.html" in built.files
    assert "My post" in built.main("posts/index.html")
    assert "a" in built.main("tags/index.html")


@pytest.mark.parametrize("name", ["talks", "teaching", "projects", "news", "posts", "software"])
def test_every_record_of_every_collection_is_shown(site: MakeSite, name: str) -> None:
    built = site({
        "site.yaml": "url: https://example.org\ncollections: {software: {title: Programs}}\n",
        f"content/{name}.yaml": "- {title: Undated}\n- {title: Future, date: 2999-01-01}\n"
        "- {title: Typed, type: A type of my own, date: 2001}\n- {title: Ärger & Größe, date: soon}\n",
    })  # fmt: skip
    assert [p.kind for p in built.problems] == ["not-a-date"]
    words = built.main(f"{name}/index.html")
    for title in ("Undated", "Future", "Typed", "Ärger & Größe"):
        assert title in words, title


def test_a_folder_of_no_known_name_is_pages(site: MakeSite) -> None:
    built = site(
        {"content/software/x.md": "---\ntitle: X\n---\n", "content/software.yaml": "- {title: Y}\n"}
    )
    assert "software/x/index.html" in built.files
    assert "software.yaml" in built.files


def test_source_data_is_never_copied_out(site: MakeSite) -> None:
    built = site({
        "content/cv.yaml": "cv: {name: A B}\n", "content/people.yaml": "- {name: A B}\n",
        "content/publications.bib": "@book{k, title={B}, year=2000}\n", "content/talks.yaml": "- title: T\n",
        "content/notes.pdf": b"%PDF", "content/publications/paper.pdf": b"%PDF", "content/.secret": "x",
        "content/draft.md~": "x", "content/posts/2020-01-01-a.md": "words",
    })  # fmt: skip
    assert {"notes.pdf", "publications/paper.pdf"} <= built.files
    sources = {"cv.yaml", "people.yaml", "publications.bib", "talks.yaml", "draft.md~", ".secret"}
    private = {f for f in built.files if f in sources or f.endswith((".yaml", ".md"))}
    assert private == set()


def test_slugs_that_collide_all_take_their_hash(site: MakeSite) -> None:
    built = site({"content/talks.yaml": "- {title: C++}\n- {title: C#}\n- {title: Other}\n"})
    slugs = sorted(
        f.split("/")[1] for f in built.files if f.startswith("talks/") and f.count("/") == 2
    )
    assert slugs[-1] == "other"
    assert [s[:2] for s in slugs[:2]] == ["c-", "c-"]
    assert len(built.told("slugs-collide")) == 2


def test_news_are_lines_or_short_texts(site: MakeSite) -> None:
    built = site({
        "content/news.yaml": "- {date: 2024-05, text: 'A **prize**.'}\n- Only words\n",
        "content/news/2024-06-01-moved.md": "---\ninline: true\n---\nI have *moved*.\n",
    })  # fmt: skip
    assert [p.message for p in built.problems] == []
    words = built.main("news/index.html")
    for text in ("A prize .", "Only words", "I have moved ."):
        assert text in words


def test_a_talk_given_many_times_lists_its_occasions(site: MakeSite) -> None:
    built = site({
        "content/talks.yaml": """
            - title: Engines
              given:
                - {event: First Salon, location: London, date: 1842-05}
                - {event: Second Salon, date: 1843-06, slides: https://example.org/s.pdf}
        """,
    })  # fmt: skip
    words = built.main("talks/index.html")
    assert "First Salon" in words
    assert "Second Salon" in words


def test_teaching_reads_terms(site: MakeSite) -> None:
    built = site(
        {
            "content/teaching.yaml": "- {title: Analysis, role: Lecturer, term: Spring & Fall, year: 2023, venue: THU}\n"
        }
    )
    words = built.main("teaching/index.html")
    for fact in ("Analysis", "Lecturer", "Spring & Fall 2023", "THU"):
        assert fact in words


@pytest.mark.parametrize(
    "collections", ["[awards]", "{awards: }", "{awards: {title: Prizes}}", "\n  awards:\n"]
)
def test_a_collection_of_ones_own_needs_no_options(site: MakeSite, collections: str) -> None:
    built = site(
        {"site.yaml": f"collections: {collections}\n", "content/awards.yaml": "- {title: Prize}\n"}
    )
    assert [p.message for p in built.problems] == []
    assert "Prize" in built.main("awards/index.html")


def test_the_lists_of_other_rooms_may_be_given_a_title(site: MakeSite) -> None:
    built = site({"site.yaml": "collections: {cv: {title: Vita}, people: {title: Team}}\n",
                  "content/cv.yaml": "cv: {name: A, sections: {Part: [text]}}\n"})  # fmt: skip
    assert "text" in built.main("cv/index.html")
    assert "Vita" in built.main("cv/index.html")


@pytest.mark.parametrize("name", ["pages", "../up", "a/b"])
def test_a_name_that_no_collection_can_have_is_told(site: MakeSite, name: str) -> None:
    built = site({"site.yaml": f"collections: ['{name}']\n", "content/pages/a.md": "Words\n"})
    assert built.one("not-a-collection").place is not None
    assert "Words" in built.main("pages/a/index.html")


def test_of_two_files_for_one_list_one_is_read_and_neither_published(site: MakeSite) -> None:
    built = site({"content/talks.yaml": "- title: One\n", "content/talks.yml": "- title: Two\n"})
    assert str(built.one("two-files").place) == "content/talks.yml"
    assert not any(f.endswith((".yml", ".yaml")) for f in built.files)


@pytest.mark.parametrize("key", ["tags: {a: b}", "authors: [{name: A}]", "slides: [a.pdf, b.pdf]"])
def test_a_value_of_the_wrong_shape_is_told(site: MakeSite, key: str) -> None:
    problem = site({"content/talks.yaml": f"- title: T\n  {key}\n"}).one("wrong-shape")
    assert problem.place is not None
    assert problem.place.line == 2


def test_lists_that_are_none_are_told(site: MakeSite) -> None:
    problem = site({"content/talks.yaml": "title: Not a list\n"}).one("wrong-shape")
    assert "dash" in problem.hint


def test_feeds_hold_posts_news_and_papers(site: MakeSite) -> None:
    import xml.etree.ElementTree as ET

    built = site({
        "content/posts/2026-05-01-a.md": "---\ntitle: A & B\n---\nSee [me](../index.md) ![p](p.png)\n",
        "content/posts/p.png": b"\x89PNG", "content/news.yaml": "- {date: 2024-05, text: Moved}\n",
        "content/index.md": "Hello", "content/publications.bib": "@book{k, title={B <i>c</i>}, year=2000}\n",
    })  # fmt: skip
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(built.html("feed.xml"))
    assert [e.findtext(f"{atom}title") for e in feed.iter(f"{atom}entry")] == ["A & B", "Moved"]
    content = feed.find(f".//{atom}content")
    assert content is not None
    assert content.text is not None
    assert 'href="https://example.org/"' in content.text
    assert 'src="https://example.org/posts/p.png"' in content.text
    papers = ET.fromstring(built.html("publications/feed.xml"))
    assert [e.findtext(f"{atom}title") for e in papers.iter(f"{atom}entry")] == ["B c"]


@pytest.mark.parametrize(
    ("end", "former"),
    [("", False), ("present", False), ("2020-05", True), ("2031-01", False), ("long ago", True)],
)
def test_whoever_has_left_is_a_former_member(site: MakeSite, end: str, former: bool) -> None:
    built = site({
        "site.yaml": "current_date: 2026-05-01\n",
        "content/people.yaml": "- {name: Ada Owner, owner: true, affiliations: "
        f"[{{company: Lab, end_date: {end}}}]}}\n- {{name: Ben Guest, start_date: 2019, end_date: {end}}}\n",
    })  # fmt: skip
    assert (built.page("people/index.html").css_first("#former") is not None) is former
    assert ('"affiliation"' in built.html("index.html")) is not former
    assert ("Lab" in built.main("index.html")) is not former


def test_a_record_is_shown_by_a_layout_of_the_sites_own(site: MakeSite) -> None:
    built = site({
        "layouts/long-talk.html": '{% extends "theme/talk.html" %}{% block main %}<p>Mine</p>{{ super() }}{% endblock %}',
        "content/talks.yaml": "- {title: A, layout: long-talk}\n- {title: B, layout: talk}\n- {title: C, layout: ../x}\n",
    })  # fmt: skip
    assert list(built.problems) == []
    shown = {name: built.main(f"talks/{name}/index.html").split()[0] for name in "abc"}
    assert shown == {"a": "Mine", "b": "B", "c": "C"}
