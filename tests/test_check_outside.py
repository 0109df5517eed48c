"""`folio check --external`: links to other hosts, asked of a server on this machine."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from builder.checks import check, outside
from builder.checks.addresses import keep
from builder.checks.live import check_live, live_site
from builder.cli import main
from builder.problems import Problem, Problems
from builder.run import Options
from tests.sites import make_site


class Host(NamedTuple):
    """A host that answers, and what it was asked."""

    url: str
    asked: Counter[str]


SITEMAP = "<urlset><url><loc>HERE/</loc></url><url><loc>HERE/a%20b/</loc></url><url><loc>HERE/old/</loc></url></urlset>"


@pytest.fixture
def host() -> Iterator[Host]:
    asked: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked[f"{self.command} {self.path}"] += 1
            status = {
                "/good": 200,
                "/gone": 404,
                "/moved": 301,
                "/later": 302,
                "/shy": 403,
                "/tired": 429,
            }
            code = (
                405 if (self.path, self.command) == ("/get", "HEAD") else status.get(self.path, 200)
            )
            self.send_response(code)
            if code in (301, 302):
                self.send_header("Location", "/good")
            body = (
                SITEMAP.replace("HERE", url).encode() if self.path.endswith("sitemap.xml") else b""
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_HEAD = answer

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        thread.start()
        yield Host(url, asked)
        server.shutdown()
        thread.join()


def asked_of(root: Path, body: str) -> tuple[list[Problem], str]:
    make_site(root, {"content/index.md": f"# Home\n\n{body}\n"})
    problems = Problems()
    look = check(root, Options(), problems)
    said = outside.check_outside(look, problems, pause=0)
    return list(problems), said


def test_dead_and_moved_links_are_told_at_their_place(tmp_path: Path, host: Host) -> None:
    links = "\n\n".join(
        f"[x]({host.url}{p})" for p in ("/good", "/gone", "/moved", "/later", "/shy", "/get")
    )
    found, said = asked_of(tmp_path, links)
    assert [(p.kind, str(p.place)) for p in found] == [
        ("outside-link-dead", "content/index.md:5:5"), ("outside-link-moved", "content/index.md:7:5"),
    ]  # fmt: skip
    assert (
        said == "6 links to other hosts, 1 of them would not talk to a program; 6 were asked now."
    )
    assert host.asked["GET /get"] == 1


def test_answers_are_remembered_and_silence_is_not(tmp_path: Path, host: Host) -> None:
    body = f"[x]({host.url}/good) [y]({host.url}/good#part) [z]({host.url}/gone) [w](http://127.0.0.1:1/)"
    found, said = asked_of(tmp_path, body)
    assert len(found) == 2
    assert "3 were asked now" in said
    before = host.asked.copy()
    found, said = asked_of(tmp_path, body)
    assert len(found) == 2
    assert "1 were asked now" in said
    assert host.asked == before
    cache = tmp_path / ".folio" / "outside.json"
    table = json.loads(cache.read_text("utf-8"))
    for answer in table.values():
        answer[0] -= outside.WEEK + 1
    cache.write_text(json.dumps(table))
    assert "3 were asked now" in asked_of(tmp_path, body)[1]
    cache.write_text("not json")
    assert "3 were asked now" in asked_of(tmp_path, body)[1]


def test_a_host_that_is_tired_is_left_alone(tmp_path: Path, host: Host) -> None:
    found, _ = asked_of(
        tmp_path, f"[a]({host.url}/tired) [b]({host.url}/good) [c]({host.url}/gone)"
    )
    assert found == []
    assert sum(host.asked.values()) < 4


def test_without_a_network_it_is_said_once(tmp_path: Path) -> None:
    found, said = asked_of(tmp_path, "[a](http://127.0.0.1:1/a) [b](http://127.0.0.1:2/b)")
    assert [p.kind for p in found] == ["outside-not-asked"]
    assert said == "2 links to other hosts; 0 were asked now."


def test_the_command_asks_only_when_told_to(tmp_path: Path, host: Host) -> None:
    make_site(tmp_path, {"content/index.md": f"# Home\n\n[x]({host.url}/gone)\n"})
    run = CliRunner().invoke
    assert "Nothing to mend" in run(main, ["check", str(tmp_path)]).output
    assert not host.asked
    assert (
        "outside link dead" in run(main, ["check", str(tmp_path), "--external", "--github"]).output
    )
    assert host.asked


def test_what_the_live_site_has_and_this_one_lacks_is_told(tmp_path: Path, host: Host) -> None:
    make_site(
        tmp_path,
        {
            "site.yaml": f"title: A\nurl: {host.url}\n",
            "content/a b.md": "# A\n",
            "content/index.md": "[x](<a b.md>)\n",
        },
    )
    look = check(tmp_path, Options(), problems := Problems())
    said = check_live(look, live_site(look), problems)
    assert [(p.kind, p.message.split()[0]) for p in problems] == [("address-gone", "'/old/'")]
    assert [str(p.place) for p in problems] == ["site.yaml:2:6"]
    assert said == "Compared with 3 addresses of the live site."
    make_site(
        tmp_path,
        {
            "content/a b.md": "---\nredirect_from: /old/\n---\n# A\n",
            "site.yaml": f"title: A\nurl: {host.url}\n",
        },
    )
    look = check(tmp_path, Options(), problems := Problems())
    said = check_live(look, live_site(look), problems)
    assert list(problems) == []
    keep(look, live_site(look).addresses)
    assert "/old/" in (tmp_path / "addresses.txt").read_text("utf-8").splitlines()


def test_the_live_site_alone_is_asked(tmp_path: Path, host: Host) -> None:
    make_site(
        tmp_path,
        {"content/index.md": f"# Home\n\n[x]({host.url}/gone)\n", "site.yaml": "title: A\n"},
    )
    run = CliRunner().invoke
    said = run(main, ["check", str(tmp_path), "--live", "--url", host.url, "--keep"])
    assert "'/old/' is on the live site, and leads to nothing in this one" in said.output
    assert set(host.asked) == {"GET /sitemap.xml"}
    kept = (tmp_path / "addresses.txt").read_text("utf-8")
    assert [line for line in kept.splitlines() if line[0] == "/"] == ["/", "/a%20b/", "/old/"]
    again = run(
        main, ["check", str(tmp_path), "--live", "--url", host.url.replace("http:", "https:")]
    )
    assert "'/old/' was published, and leads to nothing now" in again.output
    assert "Not compared with a live site: https://127.0.0.1" in again.output
    assert "no address is known" in run(main, ["check", str(tmp_path), "--live"]).output
