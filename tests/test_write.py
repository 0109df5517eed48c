"""Publishing: what a site does to the folder it goes into, and what it refuses to do."""

from __future__ import annotations

import json
import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import traceback
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.ground import check_output_folder
from builder.naming import any_leads_out, leads_out
from builder.problems import BuildFailed, Problems
from builder.write import Written, case_collisions, publish

Site = dict[str, bytes]
Files = Mapping[str, bytes | Path]

OLD: Site = {"index.html": b"old home", "cv/index.html": b"cv", "blog/a/index.html": b"a"}
NEW: Site = {"index.html": b"new home", "cv/index.html": b"cv", "talks/index.html": b"talks"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site.yaml").write_text("title: Ada\n")
    return tmp_path


def contents(out: Path) -> Site:
    """Every file in a folder but the list, as output path to bytes."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != ".folio.json"
    }


def listed(out: Path) -> list[str]:
    """The output paths that the list of written files names."""
    return list(json.loads((out / ".folio.json").read_bytes())["files"])


def leftovers(root: Path, out: Path) -> list[Path]:
    """Staging and journals that should not outlive a run."""
    return [*root.glob(".folio/staging-*"), *root.glob(".folio/journal-*"), *out.glob(".folio-s*")]


def put(root: Path, files: Files, out: Path | None = None) -> Written:
    """Publish, expecting nothing to tell."""
    problems = Problems()
    written = publish(root, out or root / "_site", files, problems)
    assert list(problems) == []
    return written


def refused(
    root: Path, files: Files, out: Path | None = None, wait: float = 5
) -> list[tuple[str, str, str]]:
    """Publish, expecting errors: their kind, message and hint."""
    problems = Problems()
    with pytest.raises(BuildFailed):
        publish(root, out or root / "_site", files, problems, wait=wait)
    return [(p.kind, p.message, p.hint) for p in problems.errors]


def in_child(work: Callable[[], object], then: Callable[[int], None] = lambda pid: None) -> Any:
    """Run in a process of its own; what it returned (as JSON goes), or None if it was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, json.dumps(work()).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(writing)
    then(pid)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return json.loads(said) if said else None


# ---- what is written ------------------------------------------------------------------------


def test_first_publication_writes_everything(root: Path) -> None:
    assert put(root, OLD) == Written(3, 0, 0)
    assert contents(root / "_site") == OLD
    assert listed(root / "_site") == sorted(OLD)
    assert leftovers(root, root / "_site") == []


def test_unchanged_files_are_not_touched(root: Path) -> None:
    put(root, OLD)
    before = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in (root / "_site").rglob("*")}
    assert len(before) > len(OLD)
    assert put(root, OLD) == Written(0, 3, 0)
    assert {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in before} == before


def test_an_edit_writes_one_file(root: Path) -> None:
    put(root, OLD)
    cv = (root / "_site/cv/index.html").stat().st_ino
    assert put(root, OLD | {"index.html": b"new"}) == Written(1, 2, 0)
    assert contents(root / "_site") == OLD | {"index.html": b"new"}
    assert (root / "_site/cv/index.html").stat().st_ino == cv


def test_what_a_hand_changed_is_written_again(root: Path) -> None:
    put(root, OLD)
    (root / "_site/index.html").write_bytes(b"OLD HOME")
    (root / "_site/cv/index.html").unlink()
    assert put(root, OLD) == Written(2, 1, 0)
    assert contents(root / "_site") == OLD


def test_the_list_is_the_same_for_the_same_site(tmp_path: Path) -> None:
    lists = []
    for name, files in (("a", OLD), ("b", dict(reversed(OLD.items())))):
        (tmp_path / name).mkdir()
        put(tmp_path / name, NEW)
        put(tmp_path / name, files)
        lists.append((tmp_path / name / "_site/.folio.json").read_bytes())
    assert lists[0] == lists[1]
    assert b"Folio" in lists[0]
    assert str(tmp_path).encode() not in lists[0]


def test_an_empty_site_can_be_published(root: Path) -> None:
    assert put(root, {}) == Written(0, 0, 0)
    assert listed(root / "_site") == []
    put(root, OLD)
    assert put(root, {}) == Written(0, 0, 3)
    assert sorted(p.name for p in (root / "_site").iterdir()) == [".folio.json"]


def test_nothing_is_written_when_the_build_met_errors(root: Path) -> None:
    problems = Problems()
    problems.error("yaml-syntax", "broken")
    with pytest.raises(BuildFailed):
        publish(root, root / "_site", OLD, problems)
    assert not (root / "_site").exists()


def test_files_are_copied_in_pieces_and_without_their_rights(root: Path) -> None:
    big = root / "talk.mp4"
    with big.open("wb") as file:
        file.write(b"head")
        file.truncate(40_000_000)
    big.chmod(0o700)
    tracemalloc.start()
    try:
        assert put(root, {"talk.mp4": big, "small": b"x"}) == Written(2, 0, 0)
        assert put(root, {"talk.mp4": big, "small": b"x"}) == Written(0, 2, 0)
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
    target = root / "_site/talk.mp4"
    assert target.stat().st_size == 40_000_000
    small = (root / "_site/small").stat()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(small.st_mode) != 0o700
    with big.open("r+b") as file:
        file.seek(39_999_999)
        file.write(b"!")
    assert put(root, {"talk.mp4": big, "small": b"x"}) == Written(1, 1, 0)
    assert target.read_bytes()[-1:] == b"!"


def test_files_and_folders_get_the_rights_of_the_umask(root: Path) -> None:
    before = os.umask(0o027)
    try:
        put(root, OLD)
    finally:
        os.umask(before)
    assert stat.S_IMODE((root / "_site").stat().st_mode) == 0o750
    assert stat.S_IMODE((root / "_site/cv").stat().st_mode) == 0o750
    assert stat.S_IMODE((root / "_site/cv/index.html").stat().st_mode) == 0o640


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir], ids=["absent", "folder"])
def test_a_file_that_cannot_be_copied_is_told(root: Path, make: Callable[[Path], None]) -> None:
    put(root, OLD)
    make(root / "paper.pdf")
    [(kind, message, _)] = refused(root, NEW | {"paper.pdf": root / "paper.pdf"})
    assert kind == "cannot-read"
    assert message.startswith("paper.pdf could not be copied: ")
    assert contents(root / "_site") == OLD
    assert leftovers(root, root / "_site") == []


def test_the_state_folder_hides_itself_from_git(root: Path) -> None:
    put(root, OLD)
    assert (root / ".folio/.gitignore").read_text() == "*\n"


# ---- what is removed ------------------------------------------------------------------------


def test_what_the_site_lost_is_removed_with_its_empty_folders(root: Path) -> None:
    put(root, OLD)
    assert put(root, NEW) == Written(2, 1, 1)
    assert contents(root / "_site") == NEW
    assert not (root / "_site/blog").exists()


def test_removing_does_not_need_the_state_folder(root: Path) -> None:
    put(root, OLD)
    shutil.rmtree(root / ".folio")
    assert put(root, NEW) == Written(2, 1, 1)
    assert contents(root / "_site") == NEW


def test_strangers_among_ours_are_left_alone(root: Path) -> None:
    put(root, OLD)
    (root / "_site/CNAME").write_bytes(b"ada.org")
    (root / "_site/blog/notes.txt").write_bytes(b"mine")
    assert put(root, NEW) == Written(2, 1, 1)
    strangers = {"CNAME": b"ada.org", "blog/notes.txt": b"mine"}
    assert contents(root / "_site") == NEW | strangers
    assert put(root, {}) == Written(0, 0, 3)
    assert contents(root / "_site") == strangers


def test_what_a_hand_changed_is_not_removed_but_told(root: Path) -> None:
    put(root, OLD)
    changed = root / "_site/blog/a/index.html"
    changed.write_bytes(b"by hand")
    problems = Problems()
    assert publish(root, root / "_site", NEW, problems) == Written(2, 1, 0)
    [warning] = problems
    assert (warning.severity, warning.kind) == ("warning", "changed-by-hand")
    assert "_site/blog/a/index.html" in warning.message
    assert changed.read_bytes() == b"by hand"
    assert listed(root / "_site") == sorted(NEW)
    assert put(root, NEW) == Written(0, 3, 0)
    assert changed.exists()


def test_a_removed_file_that_is_gone_already_takes_its_folder_along(root: Path) -> None:
    put(root, OLD)
    (root / "_site/blog/a/index.html").unlink()
    assert put(root, NEW) == Written(2, 1, 0)
    assert not (root / "_site/blog").exists()


def test_a_forged_list_removes_nothing_outside(root: Path) -> None:
    put(root, OLD)
    list_file = root / "_site/.folio.json"
    forged = json.loads(list_file.read_bytes())
    (root / "thesis.tex").write_bytes(b"cv")
    forged["files"] = {"../thesis.tex": forged["files"]["cv/index.html"]}
    list_file.write_text(json.dumps(forged))
    [(kind, message, hint)] = refused(root, NEW)
    assert kind == "output-list-unreadable"
    assert "_site/.folio.json" in message
    assert "delete" in hint
    assert (root / "thesis.tex").exists()


# ---- what stands in the way -----------------------------------------------------------------


def test_a_strangers_file_in_the_way_is_an_error(root: Path) -> None:
    put(root, OLD)
    (root / "_site/talks").mkdir()
    (root / "_site/talks/index.html").write_bytes(b"mine")
    [(kind, message, hint)] = refused(root, NEW)
    assert kind == "file-in-the-way"
    assert "_site/talks/index.html" in message
    assert "move" in hint
    assert contents(root / "_site") == OLD | {"talks/index.html": b"mine"}


def test_a_strangers_file_with_the_same_bytes_is_in_nobodys_way(root: Path) -> None:
    put(root, OLD)
    (root / "_site/CNAME").write_bytes(b"ada.org")
    assert put(root, OLD | {"CNAME": b"ada.org"}) == Written(0, 4, 0)
    assert put(root, OLD) == Written(0, 3, 1)


def test_a_file_becomes_a_folder_and_back(root: Path) -> None:
    flat: Site = {"a": b"file", "b": b"other"}
    deep: Site = {"a/index.html": b"page", "a/b/c.html": b"c", "b/x/y": b"y"}
    put(root, flat)
    assert put(root, deep) == Written(3, 0, 2)
    assert contents(root / "_site") == deep
    assert put(root, flat) == Written(2, 0, 3)
    assert contents(root / "_site") == flat


@pytest.mark.parametrize("link", [False, True])
def test_a_folder_that_strangers_use_does_not_become_a_file(root: Path, link: bool) -> None:
    put(root, {"a/b/index.html": b"page"})
    mine = root / "_site/a/b/mine"
    mine.symlink_to(root) if link else mine.write_bytes(b"mine")
    [(kind, message, _)] = refused(root, {"a": b"file"})
    assert kind == "file-in-the-way"
    assert "_site/a/b/mine" in message
    assert (root / "_site/a/b/index.html").read_bytes() == b"page"


def test_an_empty_folder_gives_way_to_a_file(root: Path) -> None:
    put(root, OLD)
    (root / "_site/notes/empty").mkdir(parents=True)
    put(root, OLD | {"notes": b"file"})
    assert (root / "_site/notes").read_bytes() == b"file"


def test_a_changed_file_where_a_folder_must_be_is_an_error(root: Path) -> None:
    put(root, {"a": b"file"})
    (root / "_site/a").write_bytes(b"by hand")
    [(kind, message, _)] = refused(root, {"a/index.html": b"page"})
    assert kind == "changed-by-hand"
    assert "_site/a " in message
    assert contents(root / "_site") == {"a": b"by hand"}


def test_a_strangers_file_where_a_folder_must_be_is_an_error(root: Path) -> None:
    put(root, OLD)
    (root / "_site/talks").write_bytes(b"mine")
    assert [kind for kind, _, _ in refused(root, NEW)] == ["file-in-the-way"]
    assert contents(root / "_site") == OLD | {"talks": b"mine"}


def test_a_name_may_change_its_case(root: Path) -> None:
    put(root, {"About/Me.html": b"me"})
    seen: dict[str, Site] = {}
    publish(
        root,
        root / "_site",
        {"about/me.html": b"me"},
        Problems(),
        step=lambda name: seen.update({name: contents(root / "_site")}),
    )
    assert seen["cleared"] == {}, "on a disk that folds case it would remove the new file later"
    assert contents(root / "_site") == {"about/me.html": b"me"}


@pytest.mark.parametrize("content", [b"me", b"new"])
def test_a_name_changes_its_case_where_both_read_the_same(root: Path, content: bytes) -> None:
    old, new = root / "_site/About/Me.html", root / "_site/about/me.html"
    put(root, {"About/Me.html": b"me"})
    if not new.exists():  # as it would on a disk that folds case
        new.parent.mkdir()
        new.hardlink_to(old)
    assert put(root, {"about/me.html": content}) == Written(1, 0, 1)
    assert contents(root / "_site") == {"about/me.html": content}


def test_links_are_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "index.html").write_bytes(b"cv")
    put(root, OLD)
    shutil.rmtree(root / "_site/cv")
    (root / "_site/cv").symlink_to(elsewhere)
    for files in (OLD, OLD | {"cv/index.html": b"new"}, {"index.html": b"old home"}):
        [(kind, message, _)] = refused(root, files)
        assert kind == "output-is-link"
        assert "_site/cv " in message
    assert contents(elsewhere) == {"index.html": b"cv"}


def test_a_link_in_place_of_a_written_file_is_replaced(root: Path) -> None:
    put(root, OLD)
    (root / "mine").write_bytes(b"old home")
    (root / "_site/index.html").unlink()
    (root / "_site/index.html").symlink_to(root / "mine")
    assert put(root, OLD) == Written(1, 2, 0)
    assert not (root / "_site/index.html").is_symlink()
    put(root, OLD | {"index.html": b"new"})
    assert (root / "mine").read_bytes() == b"old home"


# ---- names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("../x", "path-leads-out"),
        ("a/../../x", "path-leads-out"),
        ("a/..", "path-leads-out"),
        ("/etc/passwd", "path-leads-out"),
        ("", "path-leads-out"),
        (".", "path-leads-out"),
        ("a//b", "path-leads-out"),
        ("a/./b", "path-leads-out"),
        ("a/", "path-leads-out"),
        ("a\0b", "path-leads-out"),
        ("..\\x", "path-leads-out"),
        ("C:/x", "path-leads-out"),
        (".folio.json", "path-reserved"),
        (".folio-staging-1/x", "path-reserved"),
        ("x/" + "n" * 256 + "/y", "name-too-long"),
        ("文" * 86, "name-too-long"),
        ("\udc80.html", "path-not-unicode"),
    ],
)
def test_paths_that_no_site_may_have(root: Path, path: str, kind: str) -> None:
    [(found, message, hint)] = refused(root, OLD | {path: b"x"})
    assert found == kind
    assert "output path" in message
    assert hint
    assert not (root / "_site").exists()


@pytest.mark.parametrize(
    "path",
    [
        "..a/b..",
        "...",
        ".nojekyll",
        ".well-known/x",
        "doi:10.1",
        "n" * 255,
        "文" * 85,
        "a b/ü.html",
    ],
)
def test_paths_that_only_look_odd(root: Path, path: str) -> None:
    put(root, {path: b"x"})
    assert contents(root / "_site") == {path: b"x"}


def test_all_wrong_paths_are_told_at_once(root: Path) -> None:
    errors = refused(root, {"../a": b"", "/b": b"", "C.html": b"", "c.html": b""})
    assert [kind for kind, _, _ in errors] == ["path-leads-out", "path-leads-out", "paths-collide"]


@pytest.mark.parametrize(
    ("paths", "pairs"),
    [
        (["a.html", "b.html", "a/b"], []),
        (["a.html", "a.html"], []),
        (["A/x", "a/y"], []),
        (["About.html", "about.html"], [("About.html", "about.html")]),
        (["A/x", "a/x"], [("A/x", "a/x")]),
        (["Ünal", "ünal"], [("Ünal", "ünal")]),
        (["u\u0308nal", "ünal"], [("u\u0308nal", "ünal")]),
        (["a", "a/b/c", "a/d"], [("a", "a/b/c")]),
        (["A", "a/b"], [("A", "a/b")]),
        (["x/A", "x/a", "x/Á"], [("x/A", "x/a")]),
    ],
)
def test_case_collisions(paths: list[str], pairs: list[tuple[str, str]]) -> None:
    assert case_collisions(paths) == pairs
    assert case_collisions(reversed(paths)) == pairs


def test_collisions_are_refused(root: Path) -> None:
    [(kind, message, _)] = refused(root, {"A.html": b"", "a.html": b""})
    assert kind == "paths-collide"
    assert "'A.html' and 'a.html'" in message
    assert "case" in message
    [(kind, message, _)] = refused(root, {"a": b"", "a/b": b""})
    assert kind == "paths-collide"
    assert "needs a folder" in message


# ---- one site after another -----------------------------------------------------------------

_PATHS = st.lists(st.sampled_from(["a", "b", "c.html"]), min_size=1, max_size=3).map("/".join)
_SITES = st.dictionaries(_PATHS, st.sampled_from([b"", b"one", b"two"]), max_size=6).filter(
    lambda site: not case_collisions(site)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_SITES, min_size=2, max_size=4))
def test_any_site_follows_any_other(sites: list[Site]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        before: Site = {}
        for site in sites:
            put(root, {"stay": b"here", **site})
            assert contents(root / "_site") == {"stay": b"here", **site}
            written = put(root, {"stay": b"here", **before})
            same = sum(site.get(path) == content for path, content in before.items())
            gone = len(site.keys() - before.keys())
            assert written == Written(len(before) - same, same + 1, gone)
            put(root, {"stay": b"here", **site})
            before = site
        folders = {p for p in (root / "_site").rglob("*") if p.is_dir()}
        assert all(any(folder.iterdir()) for folder in folders)
        assert leftovers(root, root / "_site") == []


# ---- the output folder ----------------------------------------------------------------------


def complaints(root: Path, out: Path, *inputs: Path) -> list[str]:
    problems = Problems()
    check_output_folder(root, out, problems, inputs)
    assert all(p.severity == "error" and p.hint for p in problems)
    return [f"{p.kind}: {p.message}" for p in problems]


@pytest.mark.parametrize(
    ("out", "said"),
    [
        (".", "is the site's own folder"),
        ("..", "holds the site itself"),
        ("content", "is within content, which is read from"),
        ("content/made/_site", "is within content, which is read from"),
        ("layouts", "is within layouts, which is read from"),
        ("static/x", "is within static, which is read from"),
        ("builder", "is within builder, which is read from"),
        (".git/x", "is within .git, which is read from"),
        ("data/x", "is within data, which is read from"),
        ("shared", "holds shared/refs/all.bib, which is read from"),
        ("alias/x", "is within content, which is read from"),
    ],
)
def test_folders_that_are_in_use(root: Path, out: str, said: str) -> None:
    for name in ("content", "layouts", "static", ".git", "data", "shared/refs"):
        (root / name).mkdir(parents=True)
    (root / "shared/refs/all.bib").touch()
    (root / "alias").symlink_to("content")
    [told] = complaints(root, root / out, root / "data", root / "shared/refs/all.bib")
    assert told.startswith("output-folder-not-free: the output folder ")
    assert told.endswith(said)


@pytest.mark.parametrize(
    "files", [[], ["a/b/"], [".git", ".DS_Store"], [".git/config", ".folio-staging-12/site/x"]]
)
def test_folders_that_are_free(root: Path, files: list[str]) -> None:
    assert complaints(root, root / "_site") == []
    for name in files:
        (root / "_site" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "_site" / name).mkdir() if name.endswith("/") else (root / "_site" / name).touch()
    assert complaints(root, root / "_site", root / "content") == []
    put(root, OLD)
    assert complaints(root, root / "_site") == []
    (root / "_site/CNAME").touch()
    assert complaints(root, root / "_site") == []


def test_a_folder_within_the_state_folder_is_free(root: Path) -> None:
    put(root, OLD, root / ".folio/preview")
    assert complaints(root, root / ".folio/preview") == []
    assert complaints(root, root / ".folio")[0].startswith("output-has-strangers")


@pytest.mark.parametrize("name", ["thesis.docx", "a/b/thesis.docx", "link"])
def test_strangers_folders_are_refused(root: Path, name: str) -> None:
    target = root / "_site" / name
    target.parent.mkdir(parents=True)
    target.symlink_to(root) if name == "link" else target.touch()
    [told] = complaints(root, root / "_site")
    assert told.startswith("output-has-strangers")
    assert name in told
    assert [kind for kind, _, _ in refused(root, OLD)] == ["output-has-strangers"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": {}, "format": 2}', '{"files": []}'])
def test_a_list_that_is_not_ours_is_refused(root: Path, text: str) -> None:
    (root / "_site").mkdir()
    (root / "_site/.folio.json").write_text(text)
    [told] = complaints(root, root / "_site")
    assert told.startswith("output-list-unreadable: _site/.folio.json")
    assert [kind for kind, _, _ in refused(root, OLD)] == ["output-list-unreadable"]


def test_a_file_or_a_link_is_no_output_folder(root: Path) -> None:
    (root / "_site").touch()
    (root / "real").mkdir()
    (root / "link").symlink_to("real")
    assert complaints(root, root / "_site")[0].startswith("output-is-file: _site is a file")
    assert complaints(root, root / "link")[0].startswith("output-is-link: link is a link")
    assert [kind for kind, _, _ in refused(root, OLD)] == ["output-is-file"]
    assert [kind for kind, _, _ in refused(root, OLD, root / "link")] == ["output-is-link"]
    assert list((root / "real").iterdir()) == []


def test_an_output_folder_elsewhere(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("www") / "home" / "ada"
    assert complaints(root, out) == []
    seen: list[Path] = []
    publish(root, out, OLD, Problems(), step=lambda name: seen.extend(out.glob(".folio-s*")))
    assert seen, "files staged within the folder get its group and labels"
    assert contents(out) == OLD
    put(root, NEW, out)
    assert contents(out) == NEW
    assert leftovers(root, out) == []


def test_several_output_folders_of_one_site(root: Path) -> None:
    put(root, OLD)
    put(root, NEW, root / "_other")
    assert contents(root / "_site") == OLD
    assert contents(root / "_other") == NEW


# ---- when the disk refuses ------------------------------------------------------------------


def test_a_limit_on_file_sizes_leaves_the_old_site(root: Path) -> None:
    put(root, OLD)

    def publish_limited() -> object:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        return refused(root, {**NEW, "big": b"x" * 100_000})

    [(kind, message, hint)] = in_child(publish_limited)
    assert kind == "cannot-write"
    assert "_site/big " in message
    assert "as it was" in message
    assert hint
    assert contents(root / "_site") == OLD
    assert leftovers(root, root / "_site") == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this process may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if not (sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount")):
        pytest.skip("mounting a small disk needs root on Linux")
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_site(small_disk: Path) -> None:
    put(small_disk, OLD)
    big = {f"{n}.html": b"x" * 100_000 for n in range(20)}
    [(kind, message, hint)] = refused(small_disk, NEW | big)
    assert kind == "cannot-write"
    assert "the disk is full" in message
    assert "make room" in hint
    assert contents(small_disk / "_site") == OLD
    assert leftovers(small_disk, small_disk / "_site") == []
    put(small_disk, NEW)
    assert contents(small_disk / "_site") == NEW


def test_a_disk_of_its_own_for_the_output_folder(small_disk: Path) -> None:
    root = small_disk.parent
    put(root, OLD, small_disk)
    put(root, NEW, small_disk)
    assert contents(small_disk) == NEW
    [(kind, message, _)] = refused(root, NEW | {"big": b"x" * 2_000_000}, small_disk)
    assert kind == "cannot-write"
    assert "the disk is full" in message
    assert contents(small_disk) == NEW
    assert leftovers(root, small_disk) == []


NOBODY = 65534
"""Root, whom no right binds, works as this user where rights matter."""


@pytest.mark.parametrize("locked_folder", ["", "_site", "_site/talks", "_site/blog/a"])
def test_a_folder_that_may_not_be_written(locked_folder: str) -> None:
    old = OLD | {"talks/old.html": b"old"}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        put(root, old)
        shutil.rmtree(root / ".folio")
        if os.geteuid() == 0:
            for path in (root, *root.rglob("*")):
                os.chown(path, NOBODY, NOBODY)

        def publish_as_nobody() -> object:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            (root / locked_folder).chmod(0o555)
            try:
                return refused(root, NEW)
            finally:
                (root / locked_folder).chmod(0o755)

        [(kind, message, hint)] = in_child(publish_as_nobody)
        assert kind == "cannot-write"
        assert "no right to write" in message
        assert "-o" in hint
        assert locked_folder in message
        assert contents(root / "_site") == old
        assert leftovers(root, root / "_site") == []


def test_a_rename_that_is_refused_is_finished_by_the_next_build(root: Path) -> None:
    put(root, OLD)

    def squat(name: str) -> None:
        if name == "journal":
            (root / "_site/index.html").unlink()
            (root / "_site/index.html").mkdir()
            (root / "_site/index.html/mine").touch()

    problems = Problems()
    with pytest.raises(BuildFailed):
        publish(root, root / "_site", NEW, problems, step=squat)
    [error] = problems.errors
    assert error.kind == "half-published"
    assert "next build" in error.hint
    assert [kind for kind, _, _ in refused(root, NEW)] == ["half-published"]
    shutil.rmtree(root / "_site/index.html")
    put(root, NEW)
    assert contents(root / "_site") == NEW
    assert leftovers(root, root / "_site") == []


# ---- two at once ----------------------------------------------------------------------------


def test_a_second_build_waits_and_then_gives_up(root: Path) -> None:
    def second(name: str) -> None:
        if name == "staged":
            said.append(in_child(lambda: refused(root, OLD, wait=0.1)))

    said: list[object] = []
    publish(root, root / "_site", NEW, Problems(), step=second)
    assert len(said) == 1
    assert "site-busy" in str(said)
    assert "let it end" in str(said)
    assert contents(root / "_site") == NEW
    assert put(root, OLD) == Written(2, 1, 1)


def test_builds_at_the_same_time_take_turns(root: Path) -> None:
    def insist(site: Site) -> Callable[[], object]:
        return lambda: [put(root, site) for _ in range(15)] and None

    def meanwhile(pid: int) -> None:
        in_child(insist(NEW))

    started = time.monotonic()
    in_child(insist(OLD), meanwhile)
    assert time.monotonic() - started < 60
    assert contents(root / "_site") in (OLD, NEW)
    assert listed(root / "_site") == sorted(contents(root / "_site"))
    assert leftovers(root, root / "_site") == []


@given(
    st.lists(st.lists(st.sampled_from(["a", "..", ".", "/", "\\", "\0", "c:", "\n"])).map("".join))
)
def test_of_many_paths_it_is_told_whether_one_leads_out(paths: list[str]) -> None:
    assert any_leads_out(paths) == any(map(leads_out, paths))


def test_only_a_preview_need_not_outlast_a_power_cut(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    publish(root, root / ".folio/preview", NEW, Problems())
    assert flushed == []
    publish(root, root / "_site", NEW, Problems())
    assert len(flushed) == 2
