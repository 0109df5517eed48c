"""A thousand saves in the preview: none missed, memory flat, the last site that of a clean build.

    python -m bench.soak [SAVES]

Starts `folio serve` on a small site and listens to it as an open page does. Saves a page, a layout,
a stylesheet or the papers, and waits each time until the preview tells of news and what it serves
holds the save. Now and then a save is broken, and the next mends it. Memory is looked at after
every save: what it is from the hundredth on is compared with what it is at the end.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median

from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.corpus import items_of, write
from bench.peers import surroundings, tree

GROWTH = 0.10
"""How much more memory the saves after the first hundred may take."""
PATIENCE = 60.0
"""Seconds after which a save counts as missed."""
KINDS = ("page", "page", "page", "page", "page", "layout", "style", "papers", "broken")


def get(port: int, path: str) -> str:
    """What the preview serves at a path, as text."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request("GET", path)
        return line.getresponse().read().decode("utf-8", "replace").replace("&#x27;", "'")
    finally:
        line.close()


def resident(pid: int) -> float:
    """Resident megabytes of a process and its children."""
    page = os.sysconf("SC_PAGE_SIZE")
    return sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in tree(pid)) * page / 1e6


class Soak:
    """One preview, what is saved in it, and what came of it."""

    def __init__(self, site: Path, port: int, channel: WebSocketClientConnection) -> None:
        self.site, self.port, self.channel, self.chance = site, port, channel, Random(1)
        posts = sorted((site / "content/posts").glob("*.md"))[:5]
        self.posts = {post: post.read_text("utf-8") for post in posts}
        self.seconds: dict[str, list[float]] = {}
        """From each save until it was served, by kind."""

    async def save(self, number: int) -> None:
        """Save something, and wait until it is served; SystemExit when it never is."""
        word, kind = f"Save{number}x", self.chance.choice(KINDS)
        if kind == "page":
            post = self.chance.choice(list(self.posts))
            text = re.sub(r"\n\n", f"\n\n{word} ", self.posts[post], count=1)
            await self._put(kind, post, text, f"/posts/{post.stem}/", word)
        elif kind == "layout":
            layout = self.site / "layouts/parts/user-foot.html"
            await self._put(kind, layout, f"<p>{word}</p>", "/404.html", word)
        elif kind == "style":
            sheet = self.site / "static/css/custom.css"
            await self._put(kind, sheet, f"p {{ --{word}: 1 }}", "/css/folio.css", word)
        elif kind == "papers":
            papers = self.site / "content/publications.bib"
            kept = papers.read_text("utf-8").partition("@misc{soak")[0]
            entry = f"@misc{{soak, title={{{word}}}, year=2024}}\n"
            await self._put(kind, papers, kept + entry, "/publications/", word)
        else:
            layout, told = self.site / "layouts/page.html", f"{word!r} is undefined"
            await self._put(kind, layout, f"{{{{ {word} }}}}", "/", told)
            await self._put("mended", layout, '{% extends "theme/page.html" %}', "/", "", told)

    async def _put(
        self, kind: str, file: Path, text: str, path: str, word: str, gone: str = ""
    ) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        begun = time.monotonic()
        file.write_text(text, "utf-8")
        while True:
            left = begun + PATIENCE - time.monotonic()
            try:
                await asyncio.wait_for(self.channel.read_message(), left)
            except TimeoutError:
                raise SystemExit(f"a save of {file} was never seen at {path}") from None
            page = get(self.port, path)
            if word in page and not (gone and gone in page):
                break
        self.seconds.setdefault(kind, []).append(time.monotonic() - begun)


async def soaked(site: Path, pid: int, port: int, saves: int) -> tuple[Soak, list[float]]:
    """Save again and again; what came of it, and the memory after every save."""
    channel = await websocket_connect(f"ws://127.0.0.1:{port}/livereload")
    await channel.write_message(json.dumps({"command": "hello", "protocols": []}))
    await channel.read_message()
    await channel.write_message(json.dumps({"command": "info", "url": "soak"}))
    soak, sizes = Soak(site, port, channel), []
    for number in range(saves):
        await soak.save(number)
        sizes.append(resident(pid))
        if sys.stderr.isatty() or number % 100 == 99:
            print(f"\r{number + 1} saves, {sizes[-1]:.1f} MB ", end="", file=sys.stderr, flush=True)
    channel.close()
    return soak, sizes


@contextmanager
def serving(site: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A preview and its port; ended as Ctrl-C does, with its last words should anything fail."""
    command = [sys.executable, "-m", "builder", "serve", str(site), "--port", "8931"]
    server = subprocess.Popen(
        command, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert server.stdout is not None
    said = next(line for line in server.stdout if "Preview at" in line)
    lines = deque[str](maxlen=20)
    listening = threading.Thread(target=lines.extend, args=(server.stdout,))
    listening.start()
    found = re.search(r":(\d+)/", said)
    assert found is not None
    try:
        yield server, int(found[1])
    except BaseException:
        sys.stderr.write("".join(lines))
        raise
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
        listening.join()


def same_as_clean(site: Path) -> bool:
    """Whether the preview's folder holds what a build from nothing makes."""
    with tempfile.TemporaryDirectory() as name:
        out = f"{name}/out"
        command = [sys.executable, "-m", "builder", "build", str(site), "--fresh", "-o", out]
        subprocess.run(command, env=surroundings(), check=True, stdout=subprocess.DEVNULL)
        return held(Path(out)) == held(site / ".folio/preview")


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def main() -> None:
    """Save, and tell."""
    saves = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as name:
        site = write(Path(name) / "site", "folio", items_of("S"))
        (site / "content/note.md").write_text("---\ntitle: A note\n---\n\nWords.\n", "utf-8")
        with serving(site) as (server, port):
            soak, sizes = asyncio.run(soaked(site, server.pid, port, saves))
            same = same_as_clean(site)
    window, from_ = max(saves // 20, 1), min(100, saves // 10)
    first, last = median(sizes[from_ : from_ + window]), median(sizes[-window:])
    growth = last / first - 1
    for kind, taken in sorted(soak.seconds.items()):
        ms = sorted(1000 * t for t in taken)
        print(f"{kind:7} {len(ms):5} saves: median {median(ms):4.0f} ms, longest {ms[-1]:5.0f} ms")
    print(f"{saves} saves, none missed; {first:.1f} MB, then {last:.1f} MB ({growth:+.1%}),")
    print(f"at most {max(sizes):.1f} MB; {'equal to' if same else 'NOT'} a clean build; ", end="")
    print(f"Ctrl-C gave {server.returncode}")
    sys.exit(not same or growth > GROWTH or server.returncode != 0)


if __name__ == "__main__":
    main()
