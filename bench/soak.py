"""A thousand saves in the preview: none missed, memory flat, the last page that of a clean build.

    python -m bench.soak [SAVES]

Starts `folio serve` on a small site, saves a page, a layout, a stylesheet or the papers, and waits
each time until what is served holds the save. Now and then a save is broken, and the next mends it.
Memory is looked at after the first hundred saves and at the end.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from bench.corpus import items_of, write
from bench.peers import surroundings, tree

GROWTH = 0.10
"""How much more memory the saves after the first hundred may take."""


def get(port: int, path: str) -> str:
    """What the preview serves at a path, as text; empty while it does not answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path)
        return line.getresponse().read().decode("utf-8", "replace")
    except OSError:
        return ""
    finally:
        line.close()


def resident(pid: int) -> float:
    """Resident megabytes of a process and its children."""
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in tree(pid)) * page / 1e6


class Soak:
    """One preview, and what is saved in it."""

    def __init__(self, site: Path, port: int) -> None:
        self.site, self.port, self.chance = site, port, Random(1)
        posts = sorted((site / "content/posts").glob("*.md"))[:5]
        self.posts = {post: post.read_text("utf-8") for post in posts}

    def save(self, number: int) -> None:
        """Save something, and wait until it is served; SystemExit when it never is."""
        word, kind = f"Save{number}x", self.chance.choice("ppppplcbe")
        if kind == "p":
            post = self.chance.choice(list(self.posts))
            text = re.sub(r"\n\n", f"\n\n{word} ", self.posts[post], count=1)
            self._put(post, text, f"/posts/{post.stem}/", word)
        elif kind == "l":
            layout = self.site / "layouts/parts/user-foot.html"
            self._put(layout, f"<p>{word}</p>", "/404.html", word)
        elif kind == "c":
            sheet = self.site / "static/css/custom.css"
            self._put(sheet, f"p {{ --{word}: 1 }}", "/css/folio.css", word)
        elif kind == "b":
            papers = self.site / "content/publications.bib"
            entry = f"@misc{{soak, title={{{word}}}, year=2024}}\n"
            kept = papers.read_text("utf-8").partition("@misc{soak")[0]
            self._put(papers, kept + entry, "/publications/", word)
        else:
            self._put(
                self.site / "layouts/page.html", f"{{{{ {word} }}}}", "/", f"{word!r} is undefined"
            )
            self._put(
                self.site / "layouts/page.html", '{% extends "theme/page.html" %}', "/", "", word
            )

    def _put(self, file: Path, text: str, path: str, word: str, gone: str = "") -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        end = time.monotonic() + 60
        while True:
            page = get(self.port, path).replace("&#x27;", "'")
            if page and word in page and not (gone and gone in page):
                return
            if time.monotonic() > end:
                raise SystemExit(f"a save of {file} was never seen at {path}")
            time.sleep(0.003)


def same_as_clean(site: Path) -> bool:
    """Whether the preview's folder holds what a build from nothing makes."""
    with tempfile.TemporaryDirectory() as name:
        command = [
            sys.executable,
            "-m",
            "builder",
            "build",
            str(site),
            "--fresh",
            "-o",
            f"{name}/out",
        ]
        subprocess.run(command, env=surroundings(), check=True, stdout=subprocess.DEVNULL)
        return held(Path(name, "out")) == held(site / ".folio/preview")


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def main() -> None:
    """Save, and tell."""
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        site = write(Path(name) / "site", "folio", items_of("S"))
        (site / "content/note.md").write_text("---\ntitle: A note\n---\n\nWords.\n", "utf-8")
        command = [sys.executable, "-m", "builder", "serve", str(site), "--port", "8931"]
        server = subprocess.Popen(
            command,
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert server.stdout is not None
        said = next(line for line in server.stdout if "Preview at" in line)
        drain = subprocess.Popen(["cat"], stdin=server.stdout, stdout=subprocess.DEVNULL)
        found = re.search(r":(\d+)/", said)
        assert found is not None
        soak, first = Soak(site, int(found[1])), 0.0
        try:
            for number in range(saves):
                soak.save(number)
                if number == min(100, saves // 10):
                    first = resident(server.pid)
            last, same = resident(server.pid), same_as_clean(site)
        finally:
            server.send_signal(signal.SIGINT)
            status = server.wait(20)
            drain.wait(20)
    growth = last / first - 1
    print(
        f"{saves} saves, none missed; {first:.1f} MB, then {last:.1f} MB ({growth:+.1%}); ", end=""
    )
    print(f"{'equal to' if same else 'NOT'} a clean build; Ctrl-C gave {status}")
    sys.exit(not same or growth > GROWTH or status != 0)


if __name__ == "__main__":
    main()
