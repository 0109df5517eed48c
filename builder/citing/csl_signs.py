"""What a processor of CSL shall not lose, as signs between the letters that it passes through.

It takes plain text and gives plain text. So that names know whose they are, and titles keep their
markup, formulas and links, each of these goes in as a sign of a private use area of Unicode, and
comes out as a piece where its sign stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from builder.citing.pieces import Named, Piece, Pieces, nodes_of
from builder.model.publications import Author, Publication
from builder.text.person import PersonName
from builder.text.rich import Link, Mark, MarkName, Node, Text

_OPEN, _CLOSE, _NAME_ENDS = "\ue000", "\ue001", "\ue002"
_NODES, _AUTHORS = 0xE100, 0xF0000
"""The first signs of nodes and of authors."""
_TOKEN = re.compile(
    "(?P<name>[\U000f0000-\U000ffffd][^\ue002]*\ue002)|(?P<sign>[\ue100-\uf8ff])(?P<opens>\ue000)?"
    "|(?P<closes>\ue001)|(?P<url>https?://[^\\s<>\ue000-\uf8ff]*[\\w/=])"
)


# ---- in -----------------------------------------------------------------------------------------


def coded(nodes: Iterable[Node], kept: list[Node]) -> str:
    """A title as text, with a sign for all that is no text; what it stands for is added to `kept`."""
    return "".join(_coded(nodes, kept))


def _coded(nodes: Iterable[Node], kept: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Mark) and node.name == "quote":
            yield from ("“", *_coded(node.children, kept), "”")
        else:
            kept.append(node)
            yield chr(_NODES + len(kept) - 1)
            if isinstance(node, Mark):
                yield from (_OPEN, *_coded(node.children, kept), _CLOSE)


def coded_name(number: int, name: PersonName) -> dict[str, str]:
    """A name in CSL's parts, its family name saying which author of the paper it is."""
    sign = chr(_AUTHORS + number)
    if name.literal or name.cjk:
        return {"literal": f"{sign}{name.display}{_NAME_ENDS}"}
    given, *particle = re.split(r"\s+(?=(?:[^\W\dA-Z]+\s*)+$)", name.given, maxsplit=1)
    parts = {
        "family": f"{sign}{name.family}{_NAME_ENDS}", "given": given, "suffix": name.suffix,
        "non-dropping-particle": name.particle, "dropping-particle": " ".join(particle),
    }  # fmt: skip
    return {key: part for key, part in parts.items() if part}


# ---- in between ---------------------------------------------------------------------------------


def with_owners(text: str, authors: tuple[Author, ...], et_al: str) -> str:
    """The line in which an owner whom the style cut off follows what stands for those cut off."""
    signs = [(chr(_AUTHORS + n), author) for n, author in enumerate(authors)]
    hidden = [(sign, author) for sign, author in signs if author.owner and sign not in text]
    shown = [text.index(sign) for sign, _ in signs if sign in text]
    if not hidden or not shown:
        return text
    after = text.index(_NAME_ENDS, max(shown)) + 1
    cut = re.compile(rf"(?:\bet al\b\.?|{re.escape(et_al)})(?:</i>)?").search(text, after)
    at = cut.end() if cut else after
    said = "".join(f" … {sign}{author.name.short}{_NAME_ENDS}" for sign, author in hidden)
    stopped = "." if re.match(r"\s[^(\d]", text[at:]) else ""  # the one of `et al.` was for both
    return text[:at] + said + stopped + text[at:]


def with_more(text: str, et_al: str) -> str:
    """The line in which those whom the record does not name follow the last who is named."""
    at = text.rfind(_NAME_ENDS) + 1
    rest = text[at:].removeprefix(et_al[-1:] if et_al.endswith(".") else "")
    return f"{text[:at]}, {et_al}{rest}" if at else text


def with_given_names(text: str, authors: tuple[Author, ...]) -> str:
    """The line in which what belongs to a name stands inside its signs: `Noether, E.`"""
    for number, author in enumerate(authors):
        sign, name = chr(_AUTHORS + number), author.name
        if sign in text and name.given and not (name.literal or name.cjk):
            given, bare = _forms(name, r"\.?"), _forms(name, "")
            particle = re.escape(name.particle)
            before = rf"(?:{given}\s+)?" + (rf"(?:{particle}\s*)?" if particle else "")
            after = rf"(?:,\s+{given}|\s+{bare})?" + (rf"(?:,?\s+{particle})?" if particle else "")
            whole = f"{before}{sign}[^{_NAME_ENDS}]*{_NAME_ENDS}{after}"
            text = re.sub(whole, lambda found, s=sign: _whole(found[0], s), text, count=1)  # type: ignore[misc]
    return text


def _forms(name: PersonName, end: str) -> str:
    """What a style may make of the given names: `Emmy A.`, `E. A.`, `E.A.`, `EA`."""
    letters = [word[0] for word in re.findall(r"[^\W\d_]+", name.given)]
    initials = r"[\s.\-‐]*".join(map(re.escape, letters)) + rf"(?![^\W\d_]){end}"
    return f"(?<![^\\W\\d_])(?:{re.escape(name.given)}|{initials})"


def _whole(found: str, sign: str) -> str:
    return f"{sign}{found.replace(sign, '').replace(_NAME_ENDS, '')}{_NAME_ENDS}"


# ---- out ----------------------------------------------------------------------------------------


class Decoder:
    """Turns the finished line of one paper into pieces."""

    def __init__(self, paper: Publication, kept: list[Node], address: str) -> None:
        self.authors, self.kept, self.address = paper.authors, kept, address
        self.title = coded(paper.title.unlinked.nodes, [])
        whole = rf"(?<!\w){re.escape(self.title)}(?!\w)"
        self.titles = re.compile(whole), re.compile(whole, re.IGNORECASE)

    def pieces(self, nodes: Iterable[Node]) -> Iterator[Piece]:
        """The pieces of a line; the title leads to `address`, where there is one."""
        for node in nodes:
            if isinstance(node, Text):
                yield from self._titled(node.text)
            elif isinstance(node, Mark):
                yield from _emphasised(node.name, tuple(self.pieces(node.children)))
            else:
                yield node

    def _titled(self, text: str) -> Iterator[Piece]:
        found = self._title_in(text) if self.address else None
        if found is None:
            yield from self._decoded(text)
            return
        yield from self._decoded(text[: found.start()])
        yield Link(self.address, nodes_of(self._decoded(found[0], addresses=False)))
        yield from self._decoded(text[found.end() :])

    def _title_in(self, text: str) -> re.Match[str] | None:
        """Where the title stands, by its own letters first: not within a name."""
        names = [token.span() for token in _TOKEN.finditer(text) if token["name"]]
        outside = (
            found
            for title in self.titles
            for found in title.finditer(text)
            if not any(start <= found.start() < end for start, end in names)
        )
        return next(outside, None)

    def _decoded(self, text: str, addresses: bool = True) -> Pieces:
        levels: list[list[Any]] = [[]]
        marks: list[MarkName] = []
        end = 0
        for found in _TOKEN.finditer(text):
            levels[-1] += [Text(text[end : found.start()])] if found.start() > end else []
            end = found.end()
            node = self.kept[ord(found["sign"]) - _NODES] if found["sign"] else None
            if found["name"]:
                author = self.authors[ord(found["name"][0]) - _AUTHORS]
                levels[-1].append(Named(author, found["name"][1:-1]))
            elif found["url"]:
                said = Text(found["url"])
                levels[-1].append(Link(found["url"], (said,)) if addresses else said)
            elif found["opens"] and isinstance(node, Mark):
                levels.append([])
                marks.append(node.name)
            elif found["closes"] and marks:
                inner = tuple(levels.pop())
                levels[-1].append(Mark(marks.pop(), inner))
            elif node:
                levels[-1].append(node)
        rest = [Text(text[end:])] if end < len(text) else []
        return (*(piece for level in levels for piece in level), *rest)


def _emphasised(name: MarkName, inner: Pieces) -> Iterator[Piece]:
    """Emphasis around all but names, which are marked in a way of their own."""
    held: list[Piece] = []
    for piece in (*inner, None):
        if piece is not None and not isinstance(piece, Named):
            held.append(piece)
            continue
        if held:
            yield Mark(name, nodes_of(tuple(held)))
        held = []
        if piece is not None:
            yield piece
