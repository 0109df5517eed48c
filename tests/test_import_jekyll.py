"""Jekyll sites moved in: addresses, papers, lists that stay alive, and what is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main
from builder.importers import gather, import_site, verify_site
from builder.importers.papers import paper_of
from builder.problems import FolioError
from tests.moving import found_again, moved_site, source, text
from tests.sites import Site, one

CONFIG = """
title: "Ada Example / Homepage"
url: https://ada.example.org
baseurl: ""
locale: en-US
repository: "ada/ada.github.io"
author:
  name: "Ada Example"
  avatar: "ada.png"
  bio: "Reader in Engines"
  employer: "University of Somewhere"
  email: "ada (at) example (dot) org"
  googlescholar: "https://scholar.google.com/citations?user=AAAA"
  github: "ada"
  pinterest: "adapins"
collections:
  publications: {output: true, permalink: /:collection/:path/}
  talks: {output: true, permalink: /:collection/:path/}
  teaching: {output: true, permalink: /:collection/:path/}
  portfolio: {output: true, permalink: /:collection/:path/}
  fieldwork: {output: true}
permalink: /:categories/:title/
"""

CV = """---
layout: archive
title: "CV"
permalink: /cv/
author_profile: true
redirect_from:
  - /resume
---

{% include base_path %}

Education
======

* PhD in Engines, University of Somewhere, 2020 ———— Present

Publications
======

<ul>{% for post in site.publications reversed %}
    {% include archive-single-cv.html %}
  {% endfor %}</ul>

Projects
======

* A far reckoning engine

  **Main contributor**,       Jul. 2024 ———— Present

  - Made the wheels turn, which
improved the reckoning by 25%.
  * Oiled them.

<!-- Talks
======
  <ul>{% for post in site.talks reversed %}
    {% include archive-single-talk-cv.html  %}
  {% endfor %}</ul> -->

<!-- Service and leadership
======
* Signed in to forty-three clubs -->
"""

SITE: dict[str, str | bytes] = {
    "_config.yml": CONFIG,
    "_data/navigation.yml": 'main:\n  - title: "Papers"\n    url: /publications/\n  - title: "Nowhere"\n    url: /nowhere/\n',
    "_pages/about.md": "---\npermalink: /\ntitle: About\nredirect_from:\n  - /about/\n  - /about.html\n---\n\n"
    "I build *engines*. See [my CV](/cv/) and [the paper](/files/engines.pdf).\n\n![A wheel](/images/wheel.png){: .align-right width=\"200\"}\n",
    "_pages/cv.md": CV,
    "_pages/publications.html": "---\nlayout: archive\ntitle: Papers\npermalink: /publications/\n---\n"
    '{% if site.author.googlescholar %}\n  <div class="wordwrap">Also on <a href="{{site.author.googlescholar}}">Scholar</a>.</div>\n{% endif %}\n'
    "{% include base_path %}\n{% for post in site.publications reversed %}\n  {% include archive-single.html %}\n{% endfor %}\n",
    "_pages/talks.html": "---\nlayout: archive\ntitle: Talks\npermalink: /talks/\n---\n{% for post in site.talks reversed %}\n  {% include archive-single-talk.html %}\n{% endfor %}\n",
    "_pages/portfolio.html": "---\ntitle: Portfolio\npermalink: /portfolio/\n---\n{% for post in site.portfolio %}\n  {% include archive-single.html %}\n{% endfor %}\n",
    "_publications/2019-01-01-first.md": '---\ntitle: "First wheels & cogs"\ncollection: publications\n'
    "authors: 'Charles Gear, <b>A. Example</b>* and Bo Cog*'\npermalink: /publication/2019-first\ndate: 2019-05-01\nvenue: 'Journal of Engines'\n"
    "paperurl: 'https://doi.org/10.1000/xyz123'\ncitation: 'Gear, C. (2019). &quot;First wheels.&quot; <i>Journal of Engines</i>. 3(2), 10-20.'\nmood: cheerful\n---\n\nWheels turn. A wheel turns another wheel.\n",
    "_publications/second.md": "---\ntitle: Second $D_4$ wheels\ncollection: publications\npermalink:\ndate: 2021-31-01\nvenue: Proceedings of the Conference on Cogs\n"
    "citation: 'Ada Example and Charles Gear. 2021. Second wheels. Proceedings.'\npaperurl: /files/engines.pdf\n---\n",
    "_publications/paper-1.md": '---\ntitle: "Paper Title Number 1"\ncollection: publications\npermalink: /publication/2009-paper\ndate: 2009-10-01\nvenue: Journal 1\n---\nThis paper is about the number 1. The number 2 is left for future work.\n',
    "_talks/2012-03-01-talk-1.md": "---\ntitle: A real talk\ncollection: talks\ntype: Talk\npermalink: /talks/2012-03-01-talk-1\nvenue: Salon\ndate: 2012-03-01\nlocation: London\n---\nWhat was said.\n",
    "_teaching/2014-spring.md": "---\ntitle: Engines 101\ntype: Undergraduate course\nvenue: University\ndate: 2014-01-01\nlocation: London\n---\nHeading 1\n======\nWords.\n",
    "_portfolio/item.md": "---\ntitle: A model\nexcerpt: \"Short words<br/><img src='/images/wheel.png'>\"\ncollection: portfolio\n---\nLong words of a model.\n",
    "_fieldwork/alps.md": "---\ntitle: In the Alps\n---\nStones were found.\n",
    "_posts/2015-08-14-a-post.md": "---\ntitle: A post\ntags:\n  - cool\n---\nSee {% post_url 2015-08-14-a-post %} and [the talk]({% link _talks/2012-03-01-talk-1.md %}).\n\nA notice.\n{: .notice--warning}\n",
    "_drafts/idea.md": "---\ntitle: An idea\n---\nNot yet.\n",
    "images/ada.png": b"\x89PNG\r\n\x1a\n", "images/wheel.png": b"\x89PNG\r\n\x1a\n", "images/500x300.png": b"\x89PNG",
    "files/engines.pdf": b"%PDF-1.4", "files/unlinked.pdf": b"%PDF-1.4",
}  # fmt: skip


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site above, brought over and built."""
    return moved_site(tmp_path_factory.mktemp("jekyll"), SITE)


def test_it_builds_without_a_problem_but_the_source_s_own(moved: Site) -> None:
    assert {p.kind for p in moved.problems} == {
        "picture-unreadable",  # the stubs above
        "shown-nowhere",
    }  # as at the source, no page links there


def test_everything_the_source_says_is_found(moved: Site) -> None:
    found = found_again(moved)
    assert found["paragraph"] > 10
    assert found["address"] >= 14
    assert found["author"] > 2


def test_the_cv_keeps_its_address_its_loop_and_its_lists(moved: Site) -> None:
    page = one(moved.page("cv/index.html"), "main")
    assert "resume.html" in moved.files
    papers = [n.text() for n in page.css(".paper-title")]
    assert papers == ["Second D4 wheels", "First wheels & cogs"]
    assert "{% for post in site.publications %}" in text(moved, "content/cv.md")
    nested = one(
        page, "h2#projects ~ ul > li > ul, h1#projects ~ ul > li > ul, [id=projects] ~ ul li ul"
    )
    assert "improved the reckoning by 25%" in nested.text()
    assert "forty-three" not in moved.html("cv/index.html")
    assert "A real talk" not in page.text()


def test_the_list_grows_by_itself(moved: Site, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(moved.root, tmp_path / "site", ignore=shutil.ignore_patterns("_site", ".folio"))
    again = Site(tmp_path / "site")
    with (again.root / "content/publications.bib").open("a") as file:
        file.write(
            "\n@article{new, title={A third paper}, author={Example, Ada}, year={2025}, journal={J}}\n"
        )
    assert "A third paper" in again.build().main("cv/index.html")


def test_old_addresses_answer(moved: Site) -> None:
    for path in (
        "publication/2019-first.html", "publications/second/index.html", "talks/2012-03-01-talk-1.html", "a-post/index.html",
        "about/index.html", "about.html", "teaching/2014-spring/index.html", "portfolio/item/index.html",
        "fieldwork/alps/index.html", "files/engines.pdf", "files/unlinked.pdf", "images/wheel.png",
    ):  # fmt: skip
        assert path in moved.files, path


def test_the_site_can_be_published_and_its_addresses_are_watched(moved: Site) -> None:
    assert "/publication/2019-first\n" in text(moved, "addresses.txt")
    assert "folio build" in text(moved, ".github/workflows/deploy.yml")


def test_a_paper_is_an_entry_with_nothing_lost(moved: Site) -> None:
    bib = text(moved, "content/publications.bib")
    assert "author    = {Gear, Charles and Example, A. and Cog, Bo}" in bib
    assert "author+an = {2=equal; 3=equal}" in bib
    assert "doi       = {10.1000/xyz123}" in bib
    assert "volume    = {3}" in bib
    assert "pages     = {10--20}" in bib
    assert "x-mood    = {cheerful}" in bib
    assert "title     = {Second $D_4$ wheels}" in bib or "Second {$D_4$} wheels" in bib
    assert "booktitle = {Proceedings of the Conference on Cogs}" in bib
    assert "{Example, Ada and Gear, Charles}" in bib
    assert "A. Example" in text(moved, "content/people.yaml")
    assert "Wheels turn" in moved.main("publication/2019-first.html")


def test_archives_become_the_lists_of_the_theme(moved: Site) -> None:
    assert "layout: publications" in text(moved, "content/publications.md")
    assert "Scholar" in moved.main("publications/index.html")
    assert moved.page("publications/index.html").css("ul.papers")
    assert "A model" in moved.main("portfolio/index.html")


def test_the_owner_and_hidden_mail(moved: Site) -> None:
    people = text(moved, "content/people.yaml")
    assert "ada (at) example (dot) org" in people
    assert "https://www.pinterest.com/adapins" in people
    assert "mailto:" not in moved.html("index.html")
    assert "ada (at) example (dot) org" in moved.html("index.html")


def test_samples_are_left_out_and_listed(moved: Site) -> None:
    assert "Paper Title Number 1" not in text(moved, "content/publications.bib")
    report = text(moved, "import-report.md")
    assert "`_publications/paper-1.md`: a sample of the theme" in report
    assert "commented-out text" in report
    assert "'Nowhere' leads to /nowhere/" in report
    assert "| /cv/ | the same |" in report
    assert not (moved.root / "content/images/500x300.png").exists()


def test_no_classes_of_the_old_theme(moved: Site) -> None:
    assert "wordwrap" not in moved.html("publications/index.html")
    assert "align-right" not in moved.html("index.html")
    assert 'class="admonition warning"' in moved.html("a-post/index.html")


def test_the_source_is_not_written_to(tmp_path: Path) -> None:
    old = source(tmp_path / "old", SITE)
    before = {p: p.read_bytes() for p in old.rglob("*") if p.is_file()}
    import_site(old, tmp_path / "new")
    assert {p: p.read_bytes() for p in old.rglob("*") if p.is_file()} == before


def test_a_folder_within_the_source_is_refused(tmp_path: Path) -> None:
    old = source(tmp_path / "old", SITE)
    with pytest.raises(FolioError, match="never written to"):
        import_site(old, old / "folio")


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    old = source(tmp_path / "old", SITE)
    (tmp_path / "new").mkdir()
    (tmp_path / "new/mine.txt").write_text("mine")
    with pytest.raises(FolioError, match="not empty"):
        import_site(old, tmp_path / "new")
    assert os.listdir(tmp_path / "new") == ["mine.txt"]


def test_a_failed_import_leaves_no_half_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = source(tmp_path / "old", SITE)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(FolioError, match="nothing was written"):
        import_site(old, tmp_path / "new")
    assert os.listdir(tmp_path) == ["old"]


def test_an_unknown_folder_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd/notes.xyz").write_text("?")
    result = CliRunner().invoke(main, ["import", str(tmp_path / "odd"), str(tmp_path / "new")])
    assert result.exit_code == 1
    assert "_config.yml" in result.output
    assert not (tmp_path / "new").exists()


def test_the_command_imports_and_verifies(tmp_path: Path) -> None:
    old, new = source(tmp_path / "old", SITE), tmp_path / "new"
    run = CliRunner()
    made = run.invoke(main, ["import", str(old), str(new)])
    assert made.exit_code == 0, made.output
    assert "publications: 2 at the source, 2 here" in made.output
    proof = "authors: 3 of 3 found"
    assert proof in made.output
    assert f"- {proof}\n" in (new / "import-report.md").read_text()
    checked = run.invoke(main, ["import", "--verify", str(old), str(new)])
    assert checked.exit_code == 0, checked.output
    (new / "content/fieldwork/alps.md").unlink()
    missed = run.invoke(main, ["import", "--verify", str(old), str(new)])
    assert missed.exit_code == 1
    assert "Stones were found" in missed.output
    assert run.invoke(main, ["import", "--from", "word", str(old), str(new)]).exit_code == 2


DIRTY: dict[str, str | bytes] = {
    "_config.yml": "title: Dirty\nauthor:\n\tname: Ada Example\ntheme\t: plain\nurl: https://d.example.org\n",
    "_pages/a b.md": "---\ntitle: With a blank\n# permalink: /old/\n<!-- permalink: /x/ -->\n---\nWords\u00a0of\u200b a page.\r\r\nMore words.\r\r\n",
    "_pages/empty.md": "", "_data/broken.yml": "- a: 1\n  b: 2\n   - c: [\n",
    "_data/mended.yml": "- {title: Work}\n- A text with a colon: and another: here\n", "_pages/mended.md": "---\ntitle: M\npermalink: /m/\n---\n{% for m in site.data.mended %}{{ m }}{% endfor %}\n",
    "_pages/bare.md": "No front matter here.\n",
    "_pages/colon.md": "---\ntitle: One: two\nlayout: archive\npermalink: /colon/\n---\nA title with a colon.\n",
    "_pages/dup1.md": "---\ntitle: Twin\npermalink: /twin/\n---\nFirst twin.\n",
    "_pages/dup2.md": "---\ntitle: Twin\npermalink: /twin/\n---\nSecond twin.\n",
    "_publications/dates.md": "---\ntitle: Dated twice\ndate: 2020-1-1\ndate: 2021-02-02\nvenue:\npermalink: https://d.example.org/publication/dated\n---\n",
    "_talks/none.md": "---\ntitle: No address\ndate:\n---\n<script>alert(1)</script>Words of the talk.\n",
    "_pages/odd.md": "---\ntitle: Odd\npermalink: /odd/\n---\nText {% unknown_tag here %} and {% if %} and {{ page.title | nofilter: 1 }}.\n",
    "files/with blank.pdf": b"%PDF", "_pages/latin.md": "---\ntitle: Caf\u00e9\n---\nCaf\u00e9 au lait.\n".encode("cp1252"),
}  # fmt: skip


def test_dirty_data_is_read_and_told(tmp_path: Path) -> None:
    old = source(tmp_path / "old", DIRTY)
    os.symlink("/etc", old / "images")
    os.symlink(old, old / "files/round")
    import_site(old, tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert site.problems.errors == []
    report = text(site, "import-report.md")
    assert "the one address /twin/" in report
    assert "Second twin" in site.main("twin/index.html")
    assert "given twice" in report
    assert "`_data/broken.yml`: it cannot be read, at the source either: YAML" in report
    assert "A text with a colon: and another: here" in site.main("m/index.html")
    assert "a <script> is kept out".replace("<", "&lt;") in report
    assert "`images`: a link that leads out" in report
    assert "unknown_tag here has no equivalent" in report
    assert "_pages/odd.md:5" in report
    assert "Odd." in site.main("odd/index.html")
    assert "Café au lait" in " ".join(site.html(f) for f in site.files if f.endswith(".html"))
    assert "publication/dated.html" in site.files
    assert "One: two" in site.html("colon/index.html")
    assert "alert(1)" not in "".join(site.html(f) for f in site.files if f.endswith(".html"))


def test_too_much_to_copy_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.importers.copying.MOST_UNASKED", 5)
    move = gather(source(tmp_path / "old", SITE))
    assert "content/files/engines.pdf" in move.site
    assert "content/files/unlinked.pdf" not in move.site
    assert "files/unlinked.pdf" in move.left


def test_a_missing_source_is_told(tmp_path: Path) -> None:
    with pytest.raises(FolioError, match="is not there"):
        gather(tmp_path / "nothing")


def test_lists_of_pages_and_of_collections(tmp_path: Path) -> None:
    files = {
        "_config.yml": CONFIG,
        "_pages/sitemap.md": "---\ntitle: All of it\npermalink: /sitemap/\n---\n{% for post in site.pages %}\n  {% include archive-single.html %}\n{% endfor %}\n"
        "{% capture written %}'None'{% endcapture %}\n{% for collection in site.collections %}\n{% unless collection.output == false or collection.label == \"posts\" %}\n"
        "{% capture label %}{{ collection.label }}{% endcapture %}\n{% if label != written %}\n<h2>{{ label }}</h2>\n{% endif %}\n{% endunless %}\n"
        "{% for post in collection.docs %}\n{% unless collection.output == false or collection.label == \"posts\" %}\n{% include archive-single.html %}\n{% endunless %}\n{% endfor %}\n{% endfor %}\n",
        "_talks/a.md": SITE["_talks/2012-03-01-talk-1.md"], "_posts/2015-08-14-a-post.md": "---\ntitle: A post\n---\nWords.\n",
    }  # fmt: skip
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert site.problems.errors == []
    main = one(site.page("sitemap/index.html"), "main")
    assert "/talks/2012-03-01-talk-1" in (main.html or "")
    assert 'href="/sitemap/"' in (main.html or "")
    assert "A real talk" in main.text()


def test_loops_that_cannot_stay_alive_are_written_out(tmp_path: Path) -> None:
    files = {
        "_config.yml": CONFIG, "_data/people.yml": "- {name: Bo, url: https://bo.example.org}\n- {name: Cy}\n",
        "_pages/own.md": "---\ntitle: Own\npermalink: /own/\n---\n{% for post in site.talks %}\n* {{ post.mood | upcase }}: {{ post.title }}\n{% endfor %}\n"
        "{% for p in site.data.people %}\n* {% if p.url %}[{{ p.name }}]({{ p.url }}){% else %}{{ p.name }}{% endif %}\n{% endfor %}\n"
        "{% assign recent = site.talks | where: \"type\", \"Talk\" %}{% for t in recent limit:2 %}\n* {{ t.title }}, {{ t.date | date: \"%Y\" }}{% if t.location %}, {{ t.location }}{% endif %}\n{% endfor %}\n"
        "{% include own.html word=\"Hey\" %} {% raw %}{{ kept }}{% endraw %} `{% raw %}{% code %}{% endraw %}`\n{% highlight python %}\nx = 1\n{% endhighlight %}\n",
        "_includes/own.html": "{{ include.word }} from {{ page.title }}, {{ site.author.name }}.",
        "_talks/a.md": "---\ntitle: Talk A\ntype: Talk\nmood: merry\ndate: 2012-03-01\nlocation: London\n---\n",
    }  # fmt: skip
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert site.problems.errors == []
    body = text(site, "content/own.md")
    assert "* MERRY: Talk A" in body
    assert "* [Bo](https://bo.example.org)" in body
    assert "{% for post in site.talks | where(type='Talk')" in body
    main = site.main("own/index.html")
    assert "Talk A, 2012, London" in main
    assert "Hey from Own, Ada Example." in main
    assert "{{ kept }}" in main
    assert "{% code %}" in main
    assert "written out as it stood" in text(site, "import-report.md")


@pytest.mark.parametrize(
    ("cited", "authors"),
    [
        ("Example, A. (2010). T.", "Example, A."),
        ("Example, Ada. (2010). T.", "Example, Ada"),
        ("Example, A., Roe, R., et al. (2010). T.", "Example, A. and Roe, R. and others"),
        ("Ada Example et al. (2010). T.", "Example, Ada and others"),
        (
            "Example, Ada, Ann Roe, and Bo Cog. &quot;T.&quot; 2010.",
            "Example, Ada and Roe, Ann and Cog, Bo",
        ),
        ("Example, Ada, et al. &quot;T.&quot; (2010).", "Example, Ada and others"),
        ("Example, Ada et al. “T.” (2010).", "Example, Ada and others"),
        ("van Example, Ada B., et al. &quot;T.&quot; (2010).", "van Example, Ada B. and others"),
        ("Example, Ada and Roe, Ann. 2010. T.", "Example, Ada and Roe, Ann"),
        ("Ada Example, Ann Roe and Bo Cog. 2010. T.", "Example, Ada and Roe, Ann and Cog, Bo"),
    ],
)
def test_a_written_citation_gives_its_authors(cited: str, authors: str) -> None:
    paper = paper_of({"title": "A paper", "citation": cited}, "Ada Example")
    assert paper.fields["author"] == authors


@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        (["Example", "Ada"], "Example, Ada"),
        (["Example", "Ada and Bo Cog"], "Example, Ada and Cog, Bo"),
        (["Bo Cog", "Ada Example & Ann Roe"], "Cog, Bo and Example, Ada and Roe, Ann"),
    ],
)
def test_a_list_of_authors_that_a_comma_broke_is_mended(typed: list[str], authors: str) -> None:
    assert paper_of({"title": "A", "authors": typed}, "Ada Example").fields["author"] == authors


def test_an_address_that_two_pages_are_redirected_from_leads_to_the_last(tmp_path: Path) -> None:
    files = {
        "_config.yml": CONFIG,
        "_pages/a.md": "---\ntitle: A\npermalink: /a/\nredirect_from: [/resume, /b/]\n---\nThe first.\n",
        "_pages/b.md": "---\ntitle: B\npermalink: /b/\nredirect_from: /resume\n---\nThe second.\n",
    }
    move = import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert site.problems.errors == []
    assert "/b/" in site.html("resume.html")
    assert "The second" in site.main("b/index.html")
    assert {note.text for note in move.notes if "both" in note.text} == {
        "_pages/b.md and _pages/a.md are both asked for at /b/; it leads to _pages/b.md",
        "_pages/a.md and _pages/b.md are both asked for at /resume; it leads to _pages/b.md",
    }


def test_the_generators_tables_give_what_has_no_page(tmp_path: Path) -> None:
    files = {
        "_config.yml": CONFIG,
        "_publications/a.md": "---\ntitle: Wheels &amp; cogs\ndate: 2020-01-02\nvenue: Engines\n---\n",
        "markdown_generator/publications.tsv": "pub_date\ttitle\tvenue\texcerpt\tcitation\turl_slug\tpaper_url\tslides_url\n"
        '2020-01-02\t"Wheels & cogs"\tBrass\t\t\twheels\t\t\n'
        '7/19/2021\tOil\tEngines\tOf oil.\t"Example, A. (2021). ""Oil."" Engines."\toil\thttps://doi.org/10.1000/oil\t\n'
        "2009-10-01\tPaper Title Number 1\tJournal 1\tThis paper is about the number 1.\t\tone\t\t\n",
        "markdown_generator/pubs.bib": "@article{w20, title={Wheels \\& Cogs}, author={Example, Ada}, journal={Engines}, year={2020}, volume={7}}\n"
        "@article{b20, title={Brass}, author={Example, Ada}, journal={Engines}, year={2022}}\n",
        "markdown_generator/talks.tsv": "title\ttype\turl_slug\tvenue\tdate\tlocation\ttalk_url\tdescription\n"
        "On oil\tTalk\ton-oil\tOilCon\t2021-05-06\tOil City\thttps://oil.example.org\tAll about oil.\n",
    }
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert site.problems.errors == []
    bib, report = text(site, "content/publications.bib"), text(site, "import-report.md")
    assert "10.1000/oil" in bib
    assert "Paper Title" not in bib
    assert "July" in site.main("publication/2021-07-19-oil.html")
    talk = site.main("talks/2021-05-06-on-oil.html")
    assert ["OilCon" in talk, "Oil City" in talk, "All about oil" in talk] == [True] * 3
    assert (
        "`markdown_generator/publications.tsv:2`: the row of 'Wheels &amp; cogs' says venue 'Brass' instead of 'Engines'"
        in report
    )
    assert "'Oil' had no page yet" in report
    assert "@article{w20," in bib
    assert "volume  = {7}" in bib
    assert "@article{b20," in bib
    assert verify_site(tmp_path / "old", tmp_path / "new").lost == ()


BY_CATEGORY = """---
title: Papers
permalink: /papers/
---
{% if site.publication_category %}
  {% for category in site.publication_category  %}
    {% assign title_shown = false %}
    {% for post in site.publications reversed %}
      {% if post.category != category[0] %}
        {% continue %}
      {% endif %}
      {% unless title_shown %}
        <h2>{{ category[1].title }}</h2><hr />
        {% assign title_shown = true %}
      {% endunless %}
      {% include archive-single.html %}
    {% endfor %}
  {% endfor %}
{% endif %}
"""


def test_papers_under_their_categories(tmp_path: Path) -> None:
    paper = "---\ntitle: Of {0}\ndate: 20{1}-01-01\nvenue: Engines\n{2}---\n".format
    files = {
        "_config.yml": CONFIG + "publication_category:\n  books: {title: Whole books}\n  talks: {title: Written talks}\n",
        "_publications/a.md": paper("wheels", 20, "category: books\n"), "_publications/b.md": paper("cogs", 21, "category: talks\n"),
        "_publications/c.md": paper("oil", 22, ""), "_pages/papers.md": BY_CATEGORY,
        "_pages/below.md": BY_CATEGORY.replace("/papers/", "/below/") + "\nWords that stand below.\n",
        "_pages/books.md": "---\ntitle: Books\npermalink: /books/\n---\n{% assign some = site.publications | where: 'category', 'books' %}\n"
        "{% for post in some %}{% include archive-single.html %}{% endfor %}\n",
    }  # fmt: skip
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert site.problems.errors == []
    for path in ("papers/index.html", "below/index.html"):
        headings = [h.text().strip() for h in one(site.page(path), "main").css("h2")]
        assert sorted(headings) == ["Other", "Whole books", "Written talks"]
    assert "group_by: topic" in text(site, "content/papers.md")
    assert "Of wheels" in site.main("books/index.html")
    assert "Of cogs" not in site.main("books/index.html")


def test_the_templates_own_categories_are_types_where_no_page_is_divided_by_them(
    tmp_path: Path,
) -> None:
    paper = "---\ntitle: Of wheels\ndate: 2020-01-01\nvenue: CogCon\ncategory: conferences\n---\n"
    files = {"_config.yml": CONFIG, "_publications/a.md": paper}
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    bib = (tmp_path / "new/content/publications.bib").read_text()
    assert bib.startswith("@inproceedings{")
    assert "topics" not in bib


def test_the_theme_s_own_files_are_told_from_those_that_an_author_changed(tmp_path: Path) -> None:
    files = {
        "_config.yml": CONFIG, "_pages/a.md": "---\ntitle: A\npermalink: /a/\n---\n{% include own.html %}\n",
        "_includes/own.html": "Words of my own.", "_includes/archive-single.html": "Another one.",
        "_layouts/none.html": "{{ content }}\r\n", "_layouts/mine.html": "Mine: {{ content }}\n", "_sass/vendor/x.scss": "a {}",
    }  # fmt: skip
    move = gather(source(tmp_path / "old", files))
    assert {p: r for p, r in move.left.items() if p.startswith("_")} == {
        "_includes/archive-single.html": "changed by the author; Folio's own part of that name is shown",
        "_layouts/mine.html": "changed or added by the author; Folio's theme takes its place",
    }
    told = "an include that is not the theme's own; it is written out where a page uses it"
    assert [n.path for n in move.notes if n.text == told] == ["_includes/own.html"]


def test_links_to_parts_of_a_page_find_their_headings(tmp_path: Path) -> None:
    body = "[a](#sources--notes) [b](#t--paris) [c](/p/#sources--notes)\n\n## 3. Sources & notes\n\nWords.\n\n## 2. Été à Paris\n\nMore.\n"
    files = {"_config.yml": CONFIG, "_pages/p.md": f"---\ntitle: P\npermalink: /p/\n---\n{body}"}
    import_site(source(tmp_path / "old", files), tmp_path / "new")
    site = Site(tmp_path / "new").build()
    assert "link-to-nothing" not in {p.kind for p in site.problems}
    assert "[a](#3-sources-notes) [b](#2-ete-a-paris)" in text(site, "content/p.md")


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Journal of Open Source Software", "article"), ("Scientific Reports", "article"), ("Proceedings of the Royal Society A", "article"),
        ("Proceedings of the IEEE", "article"), ("IEEE Transactions on Software Engineering", "article"),
        ("Proceedings of the Conference on Cogs", "inproceedings"), ("Technical report, Somewhere", "techreport"), ("arXiv preprint", "preprint"),
        ("Proceedings of the IEEE/CVF Conference on Wheels", "inproceedings"), ("PhD thesis, Somewhere", "phdthesis"), ("", "misc"),
    ],
)  # fmt: skip
def test_a_venue_tells_what_a_paper_is(venue: str, kind: str) -> None:
    assert paper_of({"title": "A", "venue": venue}, "Ada Example").type == kind
