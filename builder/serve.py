"""`folio serve`: the preview as a server that tells the browser. Nothing else imports livereload.

One thread watches and builds, from the first build on; the event loop answers, and it alone
replaces what is shown. The package's own watcher is left out: it looks at every file each 800 ms, and drops a change within
three seconds of another.
"""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import escape
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler, url
from tornado.websocket import WebSocketClosedError

from builder import preview
from builder.memory import Recall
from builder.preview import Answer, Attempt, LineOf, Shown
from builder.problems import FolioError
from builder.watch import Watch

PORTS_TRIED = 100
"""How many ports are asked for before giving up."""
HEARTBEAT = 0.25
"""Seconds between two turns of an idle loop: on Windows, Ctrl-C is noticed when it turns."""
SLOW = 2.0
"""Seconds after which one who waits for the first build is told that it is under way."""


Show = Callable[[Shown], object]
"""Replaces what is shown; may be called from any thread."""
Work = Callable[[Show], None]
"""What makes the next thing to show, again and again."""


class Terminal(NamedTuple):
    """How the preview speaks to the one who started it."""

    say: Callable[[str], None]
    """Prints a line."""
    tell: Callable[[Attempt, Attempt | None], None]
    """Prints what came of an attempt; the one before it, if any, has told its problems already."""
    line_of: LineOf


def serve(
    root: Path, terminal: Terminal, *, host: str, port: int, poll: bool, open_browser: bool
) -> None:
    """Show the site in `root` until Ctrl-C, which leaves as KeyboardInterrupt.

    The first free port from `port` on is taken. Raises FolioError when none is, or when the
    folder or the host is none.
    """
    if not root.is_dir():
        raise FolioError(f"there is no folder {root}")
    _silence()
    sockets, watch = _listen(host, port), Watch(root, poll)
    given = sockets[0].getsockname()[1]

    def greet(shown: Shown) -> None:
        for line in _said_of_port(given, port, host):
            terminal.say(line)
        address = f"http://{_name(host)}:{given}{quote(shown.base)}/"
        terminal.say(f"Preview at {address} (Ctrl-C ends it)")
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    shown = preview.at_first(root)
    work = partial(_keep_building, root, watch, terminal, greet, shown)
    asyncio.run(_run(root, _Stage(shown), sockets, work))


def _silence() -> None:
    """The libraries report to nobody: what an author should know is told as a problem."""
    for name in ("livereload", "tornado", "watchdog"):
        logging.getLogger(name).addHandler(logging.NullHandler())


# ---- the address --------------------------------------------------------------------------------

_TAKEN = (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))


def _listen(host: str, port: int) -> list[socket.socket]:
    """Sockets on the first free port; a host may have an address in IPv4 and one in IPv6."""
    last = min(port + PORTS_TRIED, 65536) - 1
    for candidate in range(port, last + 1):
        try:
            return bind_sockets(candidate, host)
        except OSError as error:
            if error.errno not in _TAKEN:
                reason = f"cannot listen on port {candidate} of {host!r}: {error.strerror}"
                raise FolioError(f"{reason}; name others with --host and --port") from error
    raise FolioError(f"the ports from {port} to {last} are all taken; name another with --port")


def _name(host: str) -> str:
    """A host as an address on this machine has it."""
    if host in ("", "0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _said_of_port(given: int, asked: int, host: str) -> list[str]:
    lines = []
    if asked not in (0, given):
        lines.append(f"Port {asked} is taken; this is on {given}.")
    if not _is_loopback(host):
        lines.append(
            f"--host {host}: whoever can reach this machine ({socket.gethostname()}, port {given}) "
            "can read the whole preview."
        )
    return lines


# ---- the loop and the builder -------------------------------------------------------------------


class _Stage:
    """Holds what is shown now. Changed only where it is read: in the loop."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def show(self, now: Shown) -> None:
        """Replace what is shown, and tell every open page what is new for it."""
        self.shown = now
        for path in now.news:
            for page in tuple(LiveReloadHandler.waiters):
                _reload(page, path)


def _reload(page: LiveReloadHandler, path: str) -> None:
    """Have a page swap the stylesheet at a path, or load again."""
    with suppress(WebSocketClosedError):
        page.write_message({"command": "reload", "path": path, "liveCSS": True, "liveImg": False})


async def _run(root: Path, stage: _Stage, sockets: list[socket.socket], work: Work) -> None:
    """Answer on the sockets, while another thread does the work that changes what is shown."""
    routes = [
        url("/livereload", _Channel, {"stage": stage}),
        url("/livereload.js", LiveReloadJSHandler),
        url("/(.*)", _Pages, {"stage": stage, "path": str(preview.preview_folder(root).resolve())}),
    ]
    HTTPServer(Application(routes, log_function=lambda _: None), xheaders=True).add_sockets(sockets)
    loop = asyncio.get_running_loop()
    broken = loop.create_future()

    def worked() -> None:
        """Work, and let no fault end it in silence: without it nothing would ever change again."""
        try:
            work(lambda now: loop.call_soon_threadsafe(stage.show, now))
        except BaseException as error:
            with suppress(RuntimeError):  # the loop has ended before
                loop.call_soon_threadsafe(broken.set_exception, error)

    threading.Thread(target=worked, daemon=True).start()
    while not broken.done():
        await asyncio.sleep(HEARTBEAT)
    broken.result()


def _keep_building(
    root: Path, watch: Watch, terminal: Terminal, greet: Callable[[Shown], None], shown: Shown,
    show: Show,
) -> None:  # fmt: skip
    """Build, and again after every change. A change during a build is heard by the watch, and comes
    next; one that nobody told of is found once it has grown still."""
    recall = Recall()
    made: Attempt | None = None

    def see(attempt: Attempt) -> None:
        nonlocal shown
        shown = preview.after(shown, attempt, root, terminal.line_of)
        with suppress(RuntimeError):  # the loop has just ended, and so does all the rest
            show(shown)

    told = False
    slow = threading.Timer(SLOW, terminal.say, ("Building; the first time takes longest …",))
    slow.daemon = True
    slow.start()
    while True:
        paths = watch.wait(partial(preview.unheard, root, recall)) if made else list[str]()
        before = made
        made = preview.attempt(root, recall, see)
        slow.cancel()
        with suppress(OSError, UnicodeError):  # a terminal that is gone, or knows few letters
            if watch.refused and not told:
                terminal.say(_REFUSED)
                told = True
            if paths:
                more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
                terminal.say(f"{paths[0]}{more} changed.")
            terminal.tell(made, before)
            if before is None:
                greet(shown)


_REFUSED = "The system has no more notices to give: looking at the files instead (--poll)."


# ---- what answers -------------------------------------------------------------------------------


class _Channel(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """One open page's line to the preview."""

    def initialize(self, stage: _Stage) -> None:
        self._stage = stage

    def on_message(self, message: str) -> None:
        """Greet as livereload does; a page that missed a change before it came here loads again."""
        super().on_message(message)
        since = self._stage.shown.since
        if json.loads(message).get("snipver", since) < since:
            _reload(self, "*")


class _Pages(StaticFileHandler):
    """Answers from the last good site; pages get their script, and problems over them."""

    def initialize(self, path: str, stage: _Stage) -> None:  # type: ignore[override]
        super().initialize(path)
        self._shown = stage.shown

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> None:
        return None

    def get_modified_time(self) -> None:
        return None

    def get_content_type(self) -> str:
        return preview.content_type(self.absolute_path or "")

    async def get(self, path: str, include_body: bool = True) -> None:
        found = preview.answer(self._shown, unquote(self.request.path))
        if found.to:
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(quote(found.to) + query, status=found.status)
        elif found.status == 200 and not found.file.endswith(".html"):
            await super().get(found.file, include_body)
        else:
            self._send(found)

    def _send(self, found: Answer) -> None:
        """Send a page, whole, as the preview dresses it."""
        page = b""
        with suppress(OSError):
            page = Path(self.root, found.file).read_bytes()
        self.set_status(found.status)
        self.set_header("Content-Type", preview.content_type(preview.NOT_FOUND))
        self.finish(preview.page_with(page, self._script(), self._shown.problems))

    def _script(self) -> str:
        """The tag of livereload's own script, which takes its options from its address.

        `snipver` comes back with its greeting: the epoch that this page is of. Times are in
        milliseconds: how long it waits before it looks for a preview that was started again.
        """
        host, _, port = self.request.host.rpartition(":")
        if not port.isdigit():
            host, port = self.request.host, "443" if self.request.protocol == "https" else "80"
        options = {
            "host": host, "port": port, "snipver": self._shown.epoch, "mindelay": 250, "maxdelay": 2000,
        }  # fmt: skip
        query = "&".join(f"{key}={quote(str(value), safe='[]:')}" for key, value in options.items())
        return f'<script async src="/livereload.js?{escape(query)}"></script>'
