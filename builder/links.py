"""Links that lead to nothing, and records that are shown nowhere."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

from builder.binding import SOURCE, Bound
from builder.problems import Place, Problems, did_you_mean
from builder.text.slugs import slug

Locate = Callable[[str, str], Place | None]
"""Output path and dead address to the place where an author typed it; without an address, to the
source that asked for the page."""


def check_links(
    pages: Mapping[str, Bound],
    locate: Locate,
    records: Iterable[tuple[str, str, str, Place]],
    problems: Problems,
) -> None:
    """Tell links that lead to nothing, and records that no page reachable from `/` shows.

    `records` are (what to call it, address of its page or empty, id where a list shows it, place).
    """
    nearest = _nearest_to(pages)
    for path, bound in pages.items():
        for target, _ in bound.dead:
            shown = unquote(target.removeprefix(SOURCE))
            place = locate(path, target) or locate(path, "") or Place(path)
            hint = nearest(shown) or "mend the address, or add the file"
            problems.warning("link-to-nothing", f"{shown!r} leads to nothing", place, hint)
        for target_path, fragment, target in bound.refs:
            page = pages.get(target_path)
            if fragment and page is not None and fragment not in page.ids and fragment != "top":
                place = locate(path, target) or locate(target_path, "") or Place(path)
                hint = _nearest_part(fragment, page.ids)
                problems.warning(
                    "link-to-nothing", f"{_shown(target_path)} has no part #{fragment}", place, hint
                )
    _check_shown(pages, records, problems)


def _nearest_part(fragment: str, ids: set[str] | frozenset[str]) -> str:
    """What to write instead of a part that a page lacks."""
    if (made := slug(fragment)) in ids:
        return f"did you mean {made!r}?"
    mend = (
        "link to the id of a heading there, or write {#"
        + made
        + "} behind the heading that is meant"
    )
    return did_you_mean(fragment, sorted(ids)) or mend


def _nearest_to(pages: Iterable[str]) -> Callable[[str], str]:
    """A function from a dead address to the hint at the nearest live one, each asked for once.

    Only neighbours are compared, pages of its folder and those of its name: of thousands of pages
    it would take longer than the build.
    """
    known: dict[tuple[str, str], list[str]] = {}
    for page in map(_shown, pages):
        folder, _, name = page.rstrip("/").rpartition("/")
        for shelf in (("in", folder), ("named", name)):
            known.setdefault(shelf, []).append(page)

    @functools.cache
    def nearest(address: str) -> str:
        folder, _, name = ("/" + address.strip("/")).rpartition("/")
        neighbours = [*known.get(("in", folder), ()), *known.get(("named", name), ())]
        return did_you_mean(f"{folder}/{name}/", neighbours)

    return nearest


def _shown(path: str) -> str:
    return "/" + path.removesuffix("index.html")


def _check_shown(
    pages: Mapping[str, Bound], records: Iterable[tuple[str, str, str, Place]], problems: Problems
) -> None:
    reached = reachable(pages)
    ids = {i for path in reached for i in pages[path].ids}
    for name, path, anchor, place in records:
        if path not in reached and anchor not in ids:
            problems.warning(
                "shown-nowhere", f"{name} is shown on no page that can be reached from /", place,
                "link to it from a page, or let the page that lists it be the made one",
            )  # fmt: skip


def reachable(pages: Mapping[str, Bound]) -> set[str]:
    """The pages that links lead to from `/`, itself among them."""
    reached: set[str] = set()
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in pages and path not in reached:
            reached.add(path)
            waiting += [target for target, _, _ in pages[path].refs]
    return reached
