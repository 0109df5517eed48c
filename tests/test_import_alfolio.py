"""al-folio moved in: its bibliography, data files, news, tags of its plugins, both forms of the CV."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.importers import import_site
from builder.importers.rendercv import sections_of
from tests.moving import found_again, moved_site, source, text
from tests.sites import Site

CONFIG = """
title: blank
first_name: Ada
middle_name: Augusta
last_name: Example
url: https://ada.example.org
baseurl: /site
permalink: /blog/:year/:title/
blog_name: blog
blog_nav_title: blog
collections:
  news: {output: true}
  projects: {output: true}
  books: {output: true}
  teachings: {output: true}
scholar:
  last_name: [Example]
  first_name: [Ada]
  source: /_bibliography/
  bibliography: papers.bib
"""

PAPERS = """---
---

@string{je = {Journal of Engines}}

@article{einstein1905, title={On Motion}, author={Einstein, Albert}, year={1905}, journal={Annalen}}

@article{gear2021wheels,
  abbr={JE}, bibtex_show={true}, selected={true},
  title={Wheels and Cogs}, author={Gear*, Charles and Example*, Ada},
  journal=je, year={2021}, pdf={wheels.pdf}, preview={wheel.png}, html={https://je.example.org/1},
  award={Best {Wheel}}, supp={missing.pdf}
}

@article{oil2020, title={Oil}, author={Cog, Bo and Example, A. A.}, year={2020}, journal=je}
"""

CV = """
- title: Education
  type: time_table
  contents:
    - title: PhD
      institution: University of Somewhere
      year: 2020 - 2024
      description:
        - Wheels
        - title: Cogs
          contents: [small, large]
- title: Skills
  type: nested_list
  contents:
    - title: Crafts
      items: [Brass, Oil]
- title: Facts
  type: map
  contents:
    - {name: Languages, value: English}
"""

SITE: dict[str, str | bytes] = {
    "_config.yml": CONFIG, "_bibliography/papers.bib": PAPERS, "_data/cv.yml": CV,
    "_data/socials.yml": "email: ada@example.org\nscholar_userid: AAAA\ngithub_username: ada\norcid_id: 0000-0000-0000-0000\ncustom_social: {title: My lab, url: https://lab.example.org}\n",
    "_data/coauthors.yml": '"gear":\n  - firstname: ["Charles", "C."]\n    url: https://gear.example.org\n',
    "_data/venues.yml": '"JE": {url: https://je.example.org}\n',
    "_data/repositories.yml": "github_repos: [ada/engine]\n",
    "_pages/about.md": "---\nlayout: about\ntitle: about\npermalink: /\nsubtitle: Reader in <a href='#'>Engines</a>\nprofile:\n  image: ada.jpg\n  more_info: >\n    <p>Room 3</p>\n    <p>Big Town</p>\nnews: true\n---\n\nI build **engines**. See {% cite gear2021wheels %}.\n",
    "_pages/publications.md": "---\nlayout: page\ntitle: papers\npermalink: /publications/\nnav: true\nnav_order: 1\n---\n<div class=\"publications\">\n\n{% bibliography %}\n\n</div>\n",
    "_pages/years.md": "---\ntitle: by years\npermalink: /years/\nyears: [2021, 2020]\n---\n{% for y in page.years %}\n  <h2>{{y}}</h2>\n  {% bibliography -f papers -q @*[year={{y}}]* %}\n{% endfor %}\n",
    "_pages/selected.md": "---\ntitle: chosen\npermalink: /chosen/\n---\nThe best.\n\n{% bibliography -f papers -q @*[selected=true]* --max 3 %}\n",
    "_pages/cv.md": "---\nlayout: cv\ntitle: CV\npermalink: /cv/\ncv_pdf: cv.pdf\nnav: true\nnav_order: 2\n---\n",
    "_pages/news.md": "---\nlayout: page\ntitle: news\npermalink: /news/\n---\n{% include news.liquid %}\n",
    "_pages/projects.md": "---\ntitle: projects\npermalink: /projects/\nnav: true\nnav_order: 3\ndisplay_categories: [work]\n---\n{% for category in page.display_categories %}\n<h2>{{ category }}</h2>\n{% assign some = site.projects | where: \"category\", category %}\n{% assign sorted = some | sort: \"importance\" %}\n{% for project in sorted %}\n{% include projects.liquid %}\n{% endfor %}\n{% endfor %}\n",
    "_pages/repositories.md": "---\ntitle: repositories\npermalink: /repositories/\n---\n{% for repo in site.data.repositories.github_repos %}\n{% include repository/repo.liquid repository=repo %}\n{% endfor %}\n",
    "_pages/more.md": "---\ntitle: more\npermalink: /more/\nnav: true\nnav_order: 4\ndropdown: true\nchildren:\n  - {title: chosen, permalink: /chosen/}\n  - {title: divider}\n---\n",
    "_news/a.md": "---\nlayout: post\ndate: 2024-02-29 11:59:00-0400\ninline: true\n---\n\nA paper was *accepted*.\n",
    "_news/c.md": "---\nlayout: post\ntitle: In a line\ndate: 2022-01-05\ninline: true\n---\n\nWith a title.\n",
    "_news/sample.md": "---\ndate: 2015-01-05\ninline: true\n---\n\nA simple inline announcement with Markdown emoji! :sparkles: :smile:\n",
    "_posts/2024-01-26-chartjs.md": "---\ntitle: a post with chart.js\ndescription: this is what included chart.js code could look like\n---\nThis is an example post with some [chart.js](https://www.chartjs.org/) code.\n",
    "_news/b.md": "---\nlayout: post\ntitle: A long one\ndate: 2023-01-05 09:00:00-0400\ninline: false\n---\n\nMany words of news.\n",
    "_projects/engine.md": "---\nlayout: page\ntitle: The engine\ndescription: It reckons\nimg: assets/img/wheel.png\nimportance: 1\ncategory: work\n---\n\n<div class=\"row\">\n    <div class=\"col-sm\">\n        {% include figure.liquid loading=\"eager\" path=\"assets/img/wheel.png\" title=\"A wheel\" class=\"img-fluid\" %}\n    </div>\n</div>\n<div class=\"caption\">\n    How it turns.\n</div>\n\nMore words. {% details More %}Hidden words.{% enddetails %}\n",
    "_books/brass.md": "---\nlayout: book-review\ntitle: On Brass\nauthor: Charles Gear\ncover: assets/img/wheel.png\nstars: 4\nstatus: Finished\nbuy_link: https://books.example.org/brass\ndate: 2024-01-01\n---\n\nA bright book.\n",
    "_teachings/engines.md": "---\nlayout: course\ntitle: Engines for all\ncourse_id: E101\nterm: Fall\nyear: 2023\nlocation: Room 1\nschedule:\n  - {week: 1, date: Sept 5, topic: Wheels, description: Round ones, materials: [{name: Slides, url: /assets/pdf/wheels.pdf}]}\n---\n\nWe turn wheels.\n",
    "_posts/2021-05-22-distill.md": "---\nlayout: distill\ntitle: A distilled post\nauthors:\n  - {name: Ada Example, url: https://ada.example.org}\nbibliography: d.bib\ntags: brass oil\n---\n\nOil <d-cite key=\"gear2021wheels\"></d-cite> flows<d-footnote>Slowly.</d-footnote>.\n\n{% tabs one %}{% tab one Python %}\n```python\nx = '{{ y }}'\n```\n{% endtab %}{% endtabs %}\n",
    "blog/index.html": "---\nlayout: default\ntitle: blog\npagination:\n  enabled: true\n---\n<div>{% for post in paginator.posts %}{{ post.title }}{% endfor %}</div>\n",
    "assets/pdf/wheels.pdf": b"%PDF", "assets/pdf/cv.pdf": b"%PDF", "assets/img/ada.jpg": b"\xff\xd8\xff", "assets/img/wheel.png": b"\x89PNG",
    "assets/img/publication_preview/wheel.png": b"\x89PNG",
}  # fmt: skip


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site above, brought over and built."""
    return moved_site(tmp_path_factory.mktemp("alfolio"), SITE)


def test_everything_the_source_says_is_found(moved: Site) -> None:
    assert moved.problems.errors == []
    assert found_again(moved)["paragraph"] > 5


def test_the_bibliography_keeps_its_fields_and_finds_its_files(moved: Site) -> None:
    bib = text(moved, "content/publications.bib")
    assert "einstein1905" not in bib
    assert "pdf={/assets/pdf/wheels.pdf}" in bib
    assert "preview={/assets/img/publication_preview/wheel.png}" in bib
    assert "award={Best {Wheel}}" in bib
    assert "@string{je" in bib
    assert "assets/pdf/wheels.pdf" in moved.files
    assert "supp = missing.pdf: there is no such file" in text(moved, "import-report.md")


def test_lists_of_the_bibliography(moved: Site) -> None:
    assert "layout: publications" in text(moved, "content/publications.md")
    assert "layout: publications" in text(moved, "content/years.md")
    assert "where(selected=true) | limit(3)" in text(moved, "content/chosen.md")
    assert "Wheels and Cogs" in moved.main("chosen/index.html")


def test_the_owner_her_accounts_and_coauthors(moved: Site) -> None:
    people = text(moved, "content/people.yaml")
    assert "name: Ada Augusta Example" in people
    assert "headline: Reader in Engines" in people
    assert "location: Room 3, Big Town" in people
    assert "photo: assets/img/ada.jpg" in people
    assert "https://github.com/ada" in people
    assert "My lab: https://lab.example.org" in people
    assert "website: https://gear.example.org" in people
    assert "A. A. Example" in people
    assert text(moved, "site.yaml").startswith("title: Ada Augusta Example\n")


def test_samples_are_left_out_and_listed(moved: Site) -> None:
    report = text(moved, "import-report.md")
    assert "`_posts/2024-01-26-chartjs.md`: a sample of the theme" in report
    assert "`_news/sample.md`: a sample of the theme" in report


def test_the_menu(moved: Site) -> None:
    settings = text(moved, "site.yaml")
    assert "url: https://ada.example.org/site" in settings
    assert [line.split(": ")[1] for line in settings.split("\n") if "- title:" in line] == [
        "blog",
        "papers",
        "CV",
        "projects",
        "more",
        "chosen",
    ]


def test_the_cv_of_the_first_form(moved: Site) -> None:
    main = moved.main("cv/index.html")
    for words in (
        "University of Somewhere",
        "PhD",
        "Cogs",
        "large",
        "Crafts",
        "Brass",
        "Languages",
        "English",
    ):
        assert words in main, words
    assert "/assets/pdf/cv.pdf" in moved.html("cv/index.html")


def test_news_that_are_lines_lead_to_the_news(moved: Site) -> None:
    assert "A paper was accepted" in moved.main("news/index.html")
    assert "A paper was accepted" in moved.main("index.html")
    assert "news/a/index.html" in moved.files
    assert "Many words of news" in moved.main("news/b/index.html")
    assert "http-equiv" in moved.html("news/a/index.html")


def test_collections_of_its_own(moved: Site) -> None:
    assert "The engine" in moved.main("projects/index.html")
    assert "How it turns" in moved.main("projects/engine/index.html")
    assert "4 of 5 stars" in moved.main("books/brass/index.html")
    course = moved.main("teachings/engines/index.html")
    assert "Wheels: Round ones" in course
    assert "E101" in course
    assert "ada/engine" in moved.main("repositories/index.html")


def test_a_distilled_post_and_code_in_it(moved: Site) -> None:
    page = moved.main("blog/2021/distill/index.html")
    assert "Slowly" in page
    assert "d-cite" not in moved.html("blog/2021/distill/index.html")
    assert "layout: posts" in text(moved, "content/blog.md")


def test_a_cv_in_its_second_form(tmp_path: Path) -> None:
    files = dict(SITE)
    files["_data/cv.yml"] = (
        "cv:\n  name: Ada Example\n  label: Reader\n  sections:\n    Work:\n      - organization: Engine Lab\n        position: Reader\n        startDate: 2020-01\n"
        "        score: 5\n    Awards:\n      - title: Golden Wheel\n        authors: [Wheel Club]\n        date: 2021\n"
    )
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    main = site.main("cv/index.html")
    assert "Engine Lab" in main
    assert "Grade" in main
    assert "Golden Wheel" in main
    assert "Wheel Club" in main
    assert site.report is not None
    assert site.report.publications == 2


def test_odd_parts_of_a_cv_are_passed_over() -> None:
    assert sections_of(
        [
            {"title": "A", "contents": [None, "x", {"title": "t"}, {"year": "2", "items": ["i"]}]},
            "?",
            {"title": "B"},
        ]
    ) == {"A": [{"bullet": "x"}, {"name": "t"}, {"name": "2", "highlights": ["i"]}]}
