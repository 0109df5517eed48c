"""Links to other hosts, asked politely: one at a time a host, remembered for a week.

This is the one check that asks the clock and the network. A host that refuses to talk to
programs (401, 403, 429, 5xx) says nothing about its page, and is only counted.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urlsplit

from builder import __version__
from builder.checks.look import Look
from builder.problems import Place, Problems
from builder.staging import state_folder

WEEK = 7 * 24 * 3600
"""Seconds that an answer is good for."""
PAUSE = 1.0
"""Seconds between two questions to one host."""
PATIENCE = 15.0
"""Seconds until a host counts as silent."""
HOSTS_AT_ONCE = 8
AGENT = f"Mozilla/5.0 (compatible; folio-check/{__version__}; link check of a personal homepage)"


class Answer(NamedTuple):
    """What a host said."""

    status: int
    """HTTP's; 0 when there was no answer at all."""
    to: str = ""
    """Where the page has moved for good, if it has."""
    why: str = ""
    """What kept it from answering."""


def check_outside(look: Look, problems: Problems, pause: float = PAUSE) -> str:
    """Tell links of the site that are dead or have moved for good; give a sentence of the count."""
    links: dict[str, str] = {}
    for path, url in _links(look):
        links.setdefault(url, path)
    cache = state_folder(look.made.config.root) / "outside.json"
    before = _remembered(cache)
    known = {url: said.answer for url, said in before.items() if url in links}
    asked = _ask_all([url for url in links if url not in known], pause)
    if _offline(asked):
        problems.warning(
            "outside-not-asked", f"none of {len(asked)} links to other hosts could be asked: "
            f"{next(iter(asked.values())).why}", Place("(the network)"), "is this machine online?",
        )  # fmt: skip
        asked = {}
    answers = known | asked
    _remember(cache, before, asked)
    for url, answer in ((url, answers[url]) for url in links if url in answers):
        _tell(url, answer, look.typed(links[url], url), problems)
    silent = sum(a.status in _SAYS_NOTHING or a.status >= 500 for a in answers.values())
    refused = f", {silent} of them would not talk to a program" if silent else ""
    return f"{len(links)} links to other hosts{refused}; {len(asked)} were asked now."


def _offline(asked: dict[str, Answer]) -> bool:
    """Whether silence is this machine's: several hosts at once, or no name could be looked up."""
    hosts = {urlsplit(url).netloc for url in asked}
    silent = bool(asked) and not any(answer.status for answer in asked.values())
    return silent and (len(hosts) > 1 or any("resol" in a.why.lower() for a in asked.values()))


_SAYS_NOTHING = (401, 403, 405, 406, 408, 418, 425, 429, 451, 999)
_GONE = (404, 410)


def _tell(url: str, answer: Answer, place: Place, problems: Problems) -> None:
    if answer.status in _GONE:
        problems.warning(
            "outside-link-dead", f"{url} leads to nothing ({answer.status})", place,
            "find where it went, or take it out; https://web.archive.org may have a copy",
        )  # fmt: skip
    elif not answer.status:
        problems.warning(
            "outside-link-dead", f"{url} does not answer: {answer.why}", place,
            "mend the address, or take it out",
        )  # fmt: skip
    elif answer.to:
        problems.warning(
            "outside-link-moved", f"{url} has moved for good", place, f"write {answer.to}"
        )


def _links(look: Look) -> Iterator[tuple[str, str]]:
    """Page and address of every link and picture that leads to another host, in order."""
    own = look.made.config.url
    for path, seen in look.pages.items():
        for tag, attributes in seen.tags:
            value = attributes.get("href" if tag in ("a", "area") else "src") or ""
            if value.startswith(("http://", "https://")) and not (own and value.startswith(own)):
                yield path, urldefrag(value.strip()).url


# ---- asking -------------------------------------------------------------------------------------


def _ask_all(urls: Iterable[str], pause: float) -> dict[str, Answer]:
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).netloc, []).append(url)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        found = pool.map(lambda listed: _ask_host(listed, pause), hosts.values())
        return {url: answer for answers in found for url, answer in answers.items()}


def _ask_host(urls: list[str], pause: float) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for n, url in enumerate(urls):
        if n:
            time.sleep(pause)
        answers[url] = ask(url)
        if answers[url].status == 429:  # it asked for rest: the others wait for another day
            break
    return {url: answers.get(url, Answer(429)) for url in urls}


def ask(url: str) -> Answer:
    """What a host says of an address. Never raises.

    A DOI that exists leads on; where to is its publisher's matter, and many refuse programs.
    """
    answer = _request(url, "HEAD")
    if answer.status in (400, 403, 404, 405, 406, 501) or not answer.status:
        answer = _request(url, "GET")
    return answer


class _Follow(urllib.request.HTTPRedirectHandler):
    """Follows redirects, and keeps whether all of them were for good."""

    def __init__(self) -> None:
        self.for_good = True

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: Any, headers: Any, newurl: str
    ) -> Any:
        """Note the kind of the redirect and go on, with the same method."""
        self.for_good = self.for_good and code in (301, 308)
        if urlsplit(req.full_url).hostname in _REGISTRARS:
            raise urllib.error.HTTPError(req.full_url, 200, "it leads on", headers, fp)
        followed = super().redirect_request(req, fp, code, msg, headers, newurl)
        if followed is not None:
            followed.method = req.get_method()
        return followed


_REGISTRARS = ("doi.org", "dx.doi.org", "hdl.handle.net")


def _request(url: str, method: str) -> Answer:
    follow = _Follow()
    headers = {"User-Agent": AGENT, "Accept": "*/*"}
    try:
        request = urllib.request.Request(url, method=method, headers=headers)
        with urllib.request.build_opener(follow).open(request, timeout=PATIENCE) as response:
            moved = follow.for_good and _differs(url, response.url)
            return Answer(response.status, response.url if moved else "")
    except urllib.error.HTTPError as error:
        return Answer(error.code)
    except Exception as error:  # http.client and ssl raise what they like at odd answers
        reason = getattr(error, "reason", error)
        return Answer(
            0, why=str(getattr(reason, "strerror", None) or reason) or type(error).__name__
        )


def _differs(one: str, two: str) -> bool:
    """Whether an address moved in more than its scheme, its www. or the slash at its end."""
    bare = [url.split("://", 1)[-1].removeprefix("www.").rstrip("/") for url in (one, two)]
    return bare[0] != bare[1]


# ---- remembering --------------------------------------------------------------------------------


class Remembered(NamedTuple):
    """An answer, and when it was given, in seconds of the clock."""

    asked: float
    answer: Answer


def _remembered(cache: Path) -> dict[str, Remembered]:
    """The answers of the last week; none when the file cannot be read."""
    try:
        table = json.loads(cache.read_text("utf-8"))
        kept = {url: Remembered(float(said[0]), Answer(*said[1])) for url, said in table.items()}
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}
    return {url: said for url, said in kept.items() if said.asked > time.time() - WEEK}


def _remember(cache: Path, before: dict[str, Remembered], asked: dict[str, Answer]) -> None:
    """Keep what was answered; silence is asked again the next time."""
    now = time.time()
    told = {u: Remembered(now, a) for u, a in asked.items() if a.status and a.status != 429}
    text = json.dumps(dict(sorted((before | told).items())), ensure_ascii=False, indent=0)
    cache.write_text(text + "\n", "utf-8", newline="\n")
