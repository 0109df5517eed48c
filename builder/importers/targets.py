"""Where links and pictures of a text lead, written so that they lead there from anywhere.

Old sites resolve a relative link against the address of the page; Folio's source files live
elsewhere, so every target becomes an address from the root of the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote, urljoin, urlsplit

from builder.importers.kramdown import outside_code

_TARGETS = re.compile(
    r"(?P<inline>\]\(\s*)(?P<md><[^>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?P<after>[^)\n]*\))"
    r"|(?P<attribute>\b(?:href|src|poster)\s*=\s*)(?P<quote>[\"'])(?P<html>[^\"'\n]*)(?P=quote)"
    r"|(?P<reference>^[ ]{0,3}\[[^\]^\n][^\]\n]*\]:[ \t]*)(?P<ref>\S+)",
    re.MULTILINE,
)


def rewritten(text: str, move: Callable[[str], str]) -> str:
    """The text with each target passed through `move`; code left as it is."""

    def one(found: re.Match[str]) -> str:
        if found["inline"] and found["md"].startswith("\ue010"):
            return found[0]
        if found["inline"]:
            typed, target = found["md"], found["md"].strip("<>")
            after = found["after"].lstrip(">") if typed[:1] != "<" else found["after"]
            spaced = re.match(r"((?:[ ][^\s\"'()]+)+)\)$", after)
            if spaced and not re.search(r"[\"']", after) and not target.startswith(("http", "<")):
                target, after = target + spaced[1], ")"  # a blank in a file's name
            new = move(target)
            return (
                f"{found['inline']}{typed if new == found['md'].strip('<>') else _bare(new)}{after}"
            )
        if found["attribute"]:
            return f"{found['attribute']}{found['quote']}{move(found['html'])}{found['quote']}"
        return f"{found['reference']}{_bare(move(found['ref'].strip('<>')))}"

    return outside_code(text, lambda t: _TARGETS.sub(one, t))


def _bare(target: str) -> str:
    return target.replace(" ", "%20")


def targets_of(text: str) -> list[str]:
    """Every target of a text, as typed."""
    found: list[str] = []

    def keep(target: str) -> str:
        found.append(target)
        return target

    rewritten(text, keep)
    return [t for t in found if t]


class Resolver:
    """Resolves what the documents of one old site link to.

    `files` are the addresses of its static files with the file each is; `pages` the addresses of
    its documents; `redirects` old addresses with their new ones.
    """

    def __init__(
        self, url: str, base: str, files: dict[str, str], pages: set[str], redirects: dict[str, str]
    ) -> None:
        self.host = urlsplit(url).netloc.casefold()
        self.base, self.files, self.pages, self.redirects = base, files, pages, redirects

    def resolve(self, target: str, beside: str) -> tuple[str, str, bool]:
        """The address to write, the static file it is (or nothing), and whether it leads anywhere."""
        typed = target.strip()
        split = urlsplit(typed) if "[" not in typed else None
        if (
            not typed
            or typed.startswith(
                ("#", "mailto:", "tel:", "data:", "javascript:", "\ue010", "{{", "@")
            )
            or split is None
        ):
            return target, "", True
        own = bool(self.host) and split.netloc.casefold() == self.host
        if (split.scheme or split.netloc) and not own:
            return target, "", True
        path = unquote(split.path) or ("/" if own else "")
        if not path:
            return target, "", True
        tail = (f"?{split.query}" if split.query else "") + (
            f"#{split.fragment}" if split.fragment else ""
        )
        for candidate in self._candidates(path, beside):
            known = self._known(candidate)
            if known:
                return (
                    quote(known, safe="/%#?=&+:@,;~()!$'*") + tail,
                    self.files.get(known, ""),
                    True,
                )
        if own:
            return target, "", True
        first = next(iter(self._candidates(path, beside)))
        return quote(first, safe="/%#?=&+:@,;~()!$'*") + tail, "", False

    def _candidates(self, path: str, beside: str) -> list[str]:
        if path.startswith("/"):
            inside = (
                path[len(self.base) :] if self.base and path.startswith(self.base + "/") else path
            )
            return list(dict.fromkeys([re.sub("/{2,}", "/", inside), path]))
        joined = urljoin("http://x" + quote(beside), quote(path))
        return [unquote(urlsplit(joined).path), "/" + re.sub(r"^(\.\.?/)+", "", path)]

    def _known(self, address: str) -> str:
        if address in self.files or address in self.pages:
            return address
        if address in self.redirects:
            return self.redirects[address]
        stem = re.sub(r"(/index)?\.html?$", "", address)
        for other in (address + "/", address.rstrip("/"), stem, stem + "/", stem + ".html"):
            if other and (other in self.pages or other in self.files):
                return other
        return ""
