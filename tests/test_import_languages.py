"""A site in several languages moved in: each tree of documents speaks for the same pages."""

from __future__ import annotations

import pytest

from tests.moving import found_again, moved_site, text
from tests.sites import Site
from tests.test_import_alfolio import CONFIG

LANGUAGES = "languages: [fr-ca, en-us]\ndefault_lang: en-us\nlang_from_path: true\n"

SITE: dict[str, str | bytes] = {
    "_config.yml": CONFIG.replace("/blog/:year/:title/", "/:title/").replace("{output: true}", "{output: true, permalink: '/:collection/:title/'}") + LANGUAGES,
    "_bibliography/papers.bib": "@article{w, title={Wheels}, author={Example, Ada}, journal={Engines}, year={2020}}\n",
    "_data/en-us/cv.yml": "- title: Education\n  type: time_table\n  contents:\n    - {title: PhD in Engines, institution: Somewhere, year: 2020}\n",
    "_data/fr-ca/cv.yml": "- title: Formation\n  type: time_table\n  contents:\n    - {title: Doctorat en machines, institution: Somewhere, year: 2020}\n",
    "_data/en-us/strings.yml": "categories: {brass: Of brass}\n", "_data/fr-ca/strings.yml": "categories: {brass: En laiton}\n",
    "_pages/en-us/about.md": "---\nlayout: about\ntitle: about\npermalink: /\nsubtitle: Reader in engines\n---\n\nI turn wheels. See [my papers](/publications/).\n",
    "_pages/fr-ca/about.md": "---\nlayout: about\ntitle: à propos\npermalink: /\nsubtitle: Lectrice en machines\n---\n\nJe tourne des roues. Voir [mes articles](/publications/).\n",
    "_pages/en-us/publications.md": "---\ntitle: papers\npermalink: /publications/\nnav: true\n---\n{% bibliography %}\n",
    "_pages/fr-ca/publications.md": "---\ntitle: articles\npermalink: /publications/\nnav: true\n---\n{% bibliography %}\n",
    "_pages/en-us/projects.md": "---\ntitle: machines\npermalink: /machines/\nkinds: [brass]\n---\n{% for kind in page.kinds %}\n<a id=\"{{ kind }}\" href=\".#{{ kind }}\">\n<h2 class=\"x\">{{ site.data[site.active_lang].strings.categories[kind] }}</h2>\n</a>\n{% endfor %}\n",
    "_pages/fr-ca/projects.md": "---\ntitle: machines\npermalink: /machines/\nkinds: [brass]\n---\n{% for kind in page.kinds %}\n## {{ site.data[site.active_lang].strings.categories[kind] }}\n{% endfor %}\n",
    "_pages/fr-ca/seulement.md": "---\ntitle: seulement\npermalink: /seulement/\n---\nSeulement ici.\n",
    "_projects/en-us/engine.md": "---\ntitle: The engine\ndescription: It reckons\n---\nIn brass. <a href=\"https://github.com/ada\"><i class=\"fab fa-github\"></i></a>\n",
    "_projects/fr-ca/engine.md": "---\ntitle: La machine\ndescription: Elle compte\n---\nEn laiton.\n",
    "_news/en-us/a.md": "---\ndate: 2024-01-05\ninline: true\n---\nA wheel turned.\n",
    "_news/fr-ca/a.md": "---\ndate: 2024-01-05\ninline: true\n---\nUne roue a tourné.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site above, brought over and built."""
    return moved_site(tmp_path_factory.mktemp("languages"), SITE)


def test_everything_the_source_says_is_found(moved: Site) -> None:
    assert moved.problems.errors == []
    assert found_again(moved)["address"] >= 9


def test_each_page_speaks_both_languages(moved: Site) -> None:
    assert "languages: [en-us, fr-ca]" in text(moved, "site.yaml")
    for path, english, french in (
        ("index.html", "I turn wheels", "Je tourne des roues"),
        ("publications/index.html", "papers", "articles"),
        ("projects/engine/index.html", "In brass", "En laiton"),
        ("machines/index.html", "Of brass", "En laiton"),
        ("cv/index.html", "PhD in Engines", "Doctorat en machines"),
        ("news/index.html", "A wheel turned", "Une roue a tourné"),
    ):
        assert english in moved.main(path)
        assert french in moved.main(f"fr-ca/{path}")
        assert french not in moved.main(path)
    assert "Lectrice en machines" in moved.html("fr-ca/index.html")


def test_a_file_says_only_what_is_different(moved: Site) -> None:
    assert text(moved, "content/projects/engine.fr-ca.md") == (
        "---\ntitle: La machine\ndescription: Elle compte\n---\n\nEn laiton.\n"
    )


def test_a_page_of_one_language_alone_keeps_its_address(moved: Site) -> None:
    assert "Seulement ici" in moved.main("fr-ca/seulement/index.html")
    told = "it has no counterpart in en-us, and is a page of its own at /fr-ca/seulement/"
    assert told in text(moved, "import-report.md")


def test_headings_that_link_to_themselves_and_signs_without_words(moved: Site) -> None:
    assert '<h2 id="brass">Of brass</h2>' in text(moved, "content/machines.md")
    assert '<a href="https://github.com/ada">github.com</a>' in text(
        moved, "content/projects/engine.md"
    )
