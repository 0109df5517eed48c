"""Hugo Blox and its forerunners moved in: bundles, authors, widgets, blocks, shortcodes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.importers import import_site
from builder.importers.hugo.shortcodes import Hugo, translated
from tests.moving import found_again, moved_site, source, text
from tests.sites import Site

SITE: dict[str, str | bytes] = {
    "config/_default/config.toml": 'baseurl = "https://ada.example.net/"\ntitle = "Ada Example"\ndefaultContentLanguage = "en"\n',
    "config/_default/params.toml": 'description = "Engines and wheels"\n',
    "config/_default/menus.toml": '[[main]]\n  name = "Papers"\n  url = "#publications"\n  weight = 2\n[[main]]\n  name = "Home"\n  url = "#about"\n  weight = 1\n[[main]]\n  name = "CV"\n  url = "files/cv.pdf"\n  weight = 3\n[[main]]\n  name = "Gone"\n  url = "#gone"\n  weight = 4\n',
    "content/authors/admin/_index.md": "---\ntitle: Ada Example\nsuperuser: true\nrole: Reader in Engines\norganizations:\n- {name: University of Somewhere, url: 'https://somewhere.example.org'}\ninterests: [Wheels, Cogs]\neducation:\n  courses:\n  - {course: PhD in Engines, institution: University of Somewhere, year: 2012}\nsocial:\n- {icon: envelope, icon_pack: fas, link: 'mailto:ada@example.net'}\n- {icon: google-scholar, icon_pack: ai, link: 'https://scholar.google.com/citations?user=AAAA'}\nbio: Wheels turn.\n---\n\nAda Example reads *engines* at Somewhere.\n",
    "content/authors/admin/avatar.png": b"\x89PNG\r\n\x1a\n", "content/authors/charles-gear/_index.md": "---\ntitle: Charles Gear\nrole: Professor\n---\nCharles turns cogs.\n",
    "content/publication/wheels-2020/index.md": '---\ntitle: "Wheels in $D_4$"\nauthors: [admin, charles-gear, Bo Cog]\nauthor_notes: [Equal contribution, Equal contribution]\ndate: "2020-09-01T00:00:00Z"\ndoi: "10.1000/wheels"\npublication_types: ["2"]\npublication: "In *Journal of Engines, 1*(1)"\npublication_short: "*JE*"\nabstract: All about wheels.\nsummary: Wheels go round.\ntags: [Wheels]\nfeatured: true\nurl_code: https://code.example.org/wheels\nurl_pdf: paper.pdf\nlinks:\n- {name: Custom, url: "https://custom.example.org"}\nimage: {caption: A wheel}\n---\n\n{{% callout note %}}\nClick *Cite*.\n{{% /callout %}}\n\nSee {{< cite page="/publication/cogs" view="4" >}} and [the data](data.csv).\n',
    "content/publication/wheels-2020/cite.bib": "@article{example2020wheels, title={Wheels}, author={Example, Ada and Gear, C.}, year={2020}, volume={1}}\n",
    "content/publication/wheels-2020/featured.png": b"\x89PNG", "content/publication/wheels-2020/paper.pdf": b"%PDF", "content/publication/wheels-2020/data.csv": b"a,b\n",
    "content/publication/cogs/index.md": '+++\ntitle = "Cogs of all sizes"\ndate = 2018-03-01\nauthors = ["Ada Example", "Unknown Person"]\npublication_types = ["1"]\npublication = "In *Proceedings of CogCon*"\nselected = false\naliases = ["/old/cogs/"]\n+++\nCogs, big and small.\n',
    "content/publication/_index.md": "---\ntitle: Papers\n---\n",
    "content/event/salon/index.md": "---\ntitle: An engine talk\nevent: Salon\nevent_url: https://salon.example.org\nlocation: Big Hall\naddress: {city: London, country: UK}\nsummary: Of engines.\nabstract: Engines in full.\ndate: '2030-06-01T13:00:00Z'\ndate_end: '2030-06-02T15:00:00Z'\nauthors: [admin]\n---\nWhat was said of engines.\n",
    "content/project/engine/index.md": "---\ntitle: The engine\nsummary: It reckons.\ntags: [Brass]\ndate: 2019-01-01\nexternal_link: https://engine.example.org\n---\nThe engine in brass.\n",
    "content/post/hello/index.md": "---\ntitle: Hello\ndate: 2021-02-03\nauthors: [admin]\ntags: [Brass]\n---\nFirst words. {{< figure src=\"wheel.png\" title=\"A wheel\" caption=\"It turns\" >}}\n\n{{< youtube abcdefghijk >}} {{< odd_one x=1 >}} {{< ref \"/project/engine\" >}}\n\n```go\n{{</* figure src=\"x\" */>}} {{ .Title }}\n```\n\nA brace {{ and {% too.\n",
    "content/post/hello/wheel.png": b"\x89PNG", "content/post/draft.md": "---\ntitle: Not yet\ndraft: true\n---\nSecret.\n",
    "content/courses/engines/_index.md": "---\ntitle: Engine course\n---\nAll about it.\n", "content/courses/engines/week1.md": "---\ntitle: Week one\n---\nWe begin with wheels.\n",
    "content/home/about.md": "+++\nwidget = \"about\"\nactive = true\nweight = 10\n+++\n",
    "content/home/experience.md": '+++\nwidget = "experience"\nactive = true\nweight = 20\ntitle = "Experience"\n[[experience]]\n  title = "Reader"\n  company = "University of Somewhere"\n  company_url = "https://somewhere.example.org"\n  location = "Somewhere"\n  date_start = "2015-01-01"\n  date_end = ""\n  description = """\n  Responsibilities include:\n\n  * Oiling\n  * Turning\n  """\n+++\n',
    "content/home/skills.md": '+++\nwidget = "featurette"\nactive = true\nweight = 30\ntitle = "Skills"\n[[feature]]\n  icon = "cog"\n  name = "Cogs"\n  description = "90%"\n+++\n',
    "content/home/awards.md": '+++\nwidget = "accomplishments"\nactive = true\nweight = 40\ntitle = "Accomplish&shy;ments"\n[[item]]\n  organization = "Wheel Club"\n  title = "Golden Wheel"\n  date_start = "2018-10-01"\n  description = "For turning."\n+++\n',
    "content/home/off.md": '+++\nwidget = "blank"\nactive = false\ntitle = "Off"\n+++\nHidden part.\n',
    "content/home/openings.md": '+++\nwidget = "blank"\nactive = true\nweight = 50\ntitle = "Openings"\n+++\nCome and *turn wheels*.\n',
    "content/home/pubs.md": '+++\nwidget = "pages"\nactive = true\nweight = 60\ntitle = "Recent"\n+++\n',
    "static/files/cv.pdf": b"%PDF",
}  # fmt: skip


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site above, brought over and built."""
    return moved_site(tmp_path_factory.mktemp("hugo"), SITE)


def test_everything_the_source_says_is_found(moved: Site) -> None:
    assert moved.problems.errors == []
    assert found_again(moved)["address"] >= 11


def test_papers_with_their_bundles(moved: Site) -> None:
    bib = text(moved, "content/publications.bib")
    assert "@article{example2020wheels," in bib
    assert "Example, Ada and Gear, Charles and Cog, Bo" in bib
    for line in ("= {10.1000/wheels}", "= {1=equal; 2=equal}", "selected", "volume", "{JE}", "https://code.example.org/wheels",
                 "Custom: https://custom.example.org", "pdf", "/publication/wheels-2020/paper.pdf", "/publication/wheels-2020/featured.png"):  # fmt: skip
        assert line in bib, line
    assert "@inproceedings{" in bib
    assert "{Proceedings of CogCon}" in bib
    assert {
        "publication/wheels-2020/data.csv",
        "publication/cogs/index.html",
        "old/cogs/index.html",
    } <= moved.files
    assert '<a href="/publication/cogs/">Cogs of all sizes</a>' in moved.html(
        "publication/wheels-2020/index.html"
    )


def test_people_menu_and_settings(moved: Site) -> None:
    people = text(moved, "content/people.yaml")
    assert people.startswith("- name: Ada Example\n  owner: true\n")
    assert "headline: Reader in Engines, University of Somewhere" in people
    assert "email: ada@example.net" in people
    assert "photo: images/ada-example.png" in people
    assert "name: Charles Gear" in people
    settings = text(moved, "site.yaml")
    assert "url: https://ada.example.net" in settings
    assert [line.strip() for line in settings.split("\n") if "url: /" in line] == [
        "url: /",
        "url: /publication/",
        "url: /files/cv.pdf",
    ]


def test_widgets_become_home_and_cv(moved: Site) -> None:
    home, cv = moved.main("index.html"), moved.main("cv/index.html")
    assert "reads engines at Somewhere" in home
    assert "turn wheels" in home
    assert "Hidden part" not in home
    for words in ("PhD in Engines", "Oiling", "Golden Wheel", "Wheel Club", "Cogs", "90%"):
        assert words in cv, words


def test_talks_projects_posts_and_pages(moved: Site) -> None:
    talk = moved.main("event/salon/index.html")
    for words in ("Salon", "Big Hall, London, UK", "Engines in full"):
        assert words in talk, words
    assert "layout: talks" in text(moved, "content/event.md")
    assert "We begin with wheels" in moved.main("courses/engines/week1/index.html")
    assert not any("draft" in f for f in moved.files)
    assert "Secret" not in "".join(moved.html(f) for f in moved.files if f.endswith(".html"))


def test_shortcodes(moved: Site) -> None:
    html = moved.html("post/hello/index.html")
    assert "https://www.youtube.com/watch?v=abcdefghijk" in html
    assert "It turns" in html
    assert "/project/engine/" in html
    assert 'class="admonition note"' in moved.html("publication/wheels-2020/index.html")
    assert "{{ and {%" in moved.main("post/hello/index.html")
    assert "the shortcode odd_one has no equivalent" in text(moved, "import-report.md")


def test_the_newest_form(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "config/_default/hugo.yaml": "title: Hugo Academic CV Theme\nbaseURL: https://ada.example.net\n",
        "data/authors/me.yaml": "schema: hugoblox/author/v1\nslug: me\nis_owner: true\nname: {display: Ada Example, pronouns: she/her}\nrole: Reader\nbio: |\n  Ada turns wheels.\naffiliations: [{name: Somewhere}]\nlinks: [{icon: brands/github, url: https://github.com/ada, label: GitHub}]\ninterests: [Wheels]\neducation: [{degree: PhD, institution: Somewhere, start: 2010-09-01, end: 2014-06-01, summary: On cogs.}]\nexperience: [{role: Reader, org: Somewhere, start: 2015-01-01, end: ''}]\nskills: [{name: Crafts, items: [{label: Brass, level: 4}]}]\nlanguages: [{name: English, level: 5, label: Native}]\nawards: [{title: Golden Wheel, awarder: Club, date: 2018-01-01, summary: For it.}]\n",
        "content/_index.md": "---\ntype: landing\nsections:\n  - block: resume-biography-3\n  - block: markdown\n    content:\n      title: Research\n      text: I turn **wheels**.\n  - block: collection\n---\n",
        "content/projects.md": "---\ntitle: Machines\ntype: landing\nsections:\n  - block: collection\n    content: {title: Running ones, text: All of brass., count: 5, filters: {folders: [project]}}\n---\n",
        "content/experience.md": "---\ntitle: My way\nsections:\n  - {block: resume-experience, content: {username: me}}\n  - {block: resume-skills}\n---\n",
        "content/project/engine/index.md": "---\ntitle: The engine\nsummary: It reckons.\n---\n",
        "content/publications/wheels/index.md": "---\ntitle: New wheels\nauthors: [me, Bo Cog]\ndate: 2024-01-01\npublication_types: [article-journal]\npublication: '*Engines*'\nhugoblox: {ids: {doi: 10.1000/new, arxiv: '2401.00001'}}\nlinks: [{type: code, url: https://code.example.org/new}]\n---\n",
    }  # fmt: skip
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert site.problems.errors == []
    assert "I turn wheels" in site.main("index.html")
    assert "Ada turns wheels" in site.main("index.html")
    cv = site.main("cv/index.html")
    for words in ("PhD", "On cogs", "Crafts", "Native", "Golden Wheel"):
        assert words in cv, words
    assert text(site, "site.yaml").startswith("title: Ada Example\n")
    machines = site.main("projects/index.html")
    assert ["Running ones" in machines, "All of brass" in machines, "The engine" in machines] == [
        True
    ] * 3
    assert "Golden Wheel" in site.main("experience/index.html")
    bib = text(site, "content/publications.bib")
    assert "2401.00001" in bib
    assert "Example, Ada and Cog, Bo" in bib
    assert "code.example.org" in bib
    assert "publications/wheels/index.html" in site.files


PIECES = st.sampled_from([
    "{{< alert >}}", "{{< /alert >}}", "{{% callout note %}}", "{{% /callout %}}", "{{<", ">}}", "{{< figure src=\"a\" >}}", "{{< x />}}", "{{ y }}", "{% z %}",
    "text", "\n", "```\n", "`", "{{</* a */>}}", "{{< /x >}}", "$a$", "\"", "{{< ref \"a#b\" >}}", "{{< odd `t` k=v >}}", "<!--", "-->",
])  # fmt: skip


@given(st.lists(PIECES, max_size=20))
def test_any_shortcodes_are_written_out(pieces: list[str]) -> None:
    from builder.drafts import VERBATIM

    hugo = Hugo(
        address=lambda _: "", title=lambda _: "", pictures=lambda _: [], tell=lambda *_: None
    )
    made = translated("".join(pieces), hugo)
    outside = VERBATIM.sub("", made).replace("{{ '{' }}", "").replace("{{ '%' }}", "")
    assert "{%" not in outside
    assert "{{" not in outside
