"""The authors of a paper, from a list, a written citation or an excerpt, with the signs they bear."""

from __future__ import annotations

import re
from typing import Any

from builder.importers.values import text_of
from builder.model.publications import MARK_SYMBOLS
from builder.text import names, urls
from builder.text.person import PersonName, same_person

_APART = re.compile(r"<(b|strong|u|em|i)\b[^>]*>(.*?)</\1>|\*\*(.+?)\*\*|__(.+?)__", re.DOTALL)


def authors_of(
    front: dict[str, Any], cited: str, title: str, owner: str
) -> tuple[list[tuple[PersonName, str]], list[str]]:
    """The authors with the signs behind their names, and the owner's other names."""
    typed: Any = next(
        (front[k] for k in ("authors", "author", "Author", "Authors") if front.get(k)), None
    )
    if isinstance(typed, list):
        pieces = [text_of(a.get("name") if isinstance(a, dict) else a) for a in typed]
        pieces = _joined(pieces, owner)
    else:
        named = authors_in(cited, title) or names_only(text_of(front.get("excerpt")), owner)
        listed_as = text_of(typed) or named
        pieces = [listed_as] if _is_one(listed_as, owner) else split_names(listed_as)
    people, aliases = [], []
    for piece in filter(None, pieces):
        apart = bool(_APART.search(piece))
        bare = re.sub(
            r"<[^>]*>",
            "",
            urls.decode_entities(_APART.sub(lambda m: m[2] or m[3] or m[4] or "", piece)),
        )
        bare = (
            re.sub(r"\\([*_])", r"\1", bare).strip(" ,;.")
            if not re.search(r"\b\w\.$", bare.strip())
            else bare.strip(" ,;")
        )
        name, signs = names.split_marks(
            bare.removesuffix(".")
            if len(bare.split()[-1:][0] if bare.split() else "") > 3
            else bare
        )
        if not name or re.fullmatch(r"(?i)et\.? al\.?|others", name):
            continue
        person = names.from_text(name)
        people.append((person, signs))
        if apart and owner and name.casefold() != owner.casefold():
            aliases.append(name)
    return people, aliases


def _is_one(text: str, owner: str) -> bool:
    """Whether a text such as `Doe, Jane` is the owner alone: it may be one name, or two."""
    several = re.search(r"\band\b|&|\bet\.? al\b", text)
    return bool(
        owner
        and not several
        and same_person(names.from_text(text), names.from_text(owner)) == "full"
    )


def _joined(pieces: list[str], owner: str) -> list[str]:
    """A typed list whose names a comma has broken, or `and` and `&` have joined: `[Doe, Jane and John Roe]`."""
    whole = ", ".join(pieces)
    if " " not in pieces[0] and any(" and " in piece for piece in pieces):
        return split_names(whole)
    if _is_one(whole, owner):
        return [whole]
    apart = (re.split(r"\s+&\s+", piece) for piece in pieces)
    return [
        p
        for several in apart
        for p in (several if all(" " in s for s in several) else [" & ".join(several)])
    ]


def split_names(text: str) -> list[str]:
    """A list of names in one text: divided by commas, semicolons, `and` or `&`, or BibTeX's way."""
    text = re.sub(r"\s*\((?:[*†‡]|[^()]*(?:contribut|correspond))[^()]*\)", "", text)
    text = " ".join(text.split())
    if not text:
        return []
    text = re.sub(r",?\s+(et\.? al)\b\.?", r", \1.", urls.decode_entities(text))
    if ";" in text:
        return [p.strip() for p in re.split(r";\s*(?:and\s+)?", text) if p.strip()]
    apart = re.split(r"\s+and\s+", text)
    if len(apart) > 1 and all(p.count(",") == 1 for p in apart):
        return apart
    plain = re.sub(r"<[^>]+>|\*\*", "", text)
    if re.search(r"\w,\s+(?:\w\.[\s-]?)+(?:,|$|\s+and\b|\s*&)", plain):
        parsed = [p.strip() for p in re.split(r"\s+and\s+|\s*&\s+|(?<=\.),\s+(?=\S)", text)]
        return [re.sub(r"^and\s+|,$", "", p) for p in parsed if p]
    pieces = re.split(r",\s+(?:and\s+|&\s+)?|\s+and\s+|\s+&\s+(?!\w+;)|,(?=\S)", text)
    return _first_turned([p.strip() for p in pieces if p.strip()])


def _first_turned(pieces: list[str]) -> list[str]:
    """Pieces whose first two are one name, as in `Doe, Jane, Ann Poe and John Roe`: the first alone is turned."""
    if len(pieces) < 3:
        return pieces
    plain = [re.sub(r"<[^>]+>|[*†‡]", "", p) for p in pieces]
    alone = len(plain[0].split()) == 1 or plain[0][:1].islower()
    given = re.fullmatch(r"[^\W\d_][\w’'-]+(?: \w\.?)*", plain[1])
    others = [p for p in plain[2:] if not re.match(r"(?i)et\.? al|others", p)]
    if alone and given and all(" " in p for p in others):
        return [f"{pieces[0]}, {pieces[1]}", *pieces[2:]]
    return pieces


def authors_in(cited: str, title: str) -> str:
    """The names that a written citation begins with."""
    text = urls.decode_entities(re.sub(r"</?(?:i|em)>", "", cited))
    before = re.split(
        r"\s*\(?\b(?:19|20)\d\d[a-z]?\b\)?|\s*[\"“«]|\s*\(in press|\s*\(forthcoming",
        text,
        maxsplit=1,
    )[0]
    if title and title[:30].lower() in before.lower():
        before = before[: before.lower().index(title[:30].lower())]
    before = before.strip(" ,:(")
    if not re.search(
        r"(?:^|[\s.-])\w\.$", before
    ):  # `Doe, J.` keeps its dot, by which initials are known
        before = before.strip(" .,:(")
    return before if 2 < len(before) < 600 and not before.startswith(("http", "@")) else ""


def names_only(excerpt: str, owner: str) -> str:
    """An excerpt that is nothing but the list of authors, the owner among them."""
    plain = re.sub(r"<[^>]+>|[*_]", "", excerpt).strip()
    pieces = split_names(plain)
    family = owner.split()[-1] if owner.split() else ""
    short = all(1 < len(p.split()) < 5 and p[:1].isupper() for p in pieces)
    return excerpt if len(pieces) > 1 and short and family and family in plain else ""


def has_others(front: dict[str, Any], cited: str) -> bool:
    """Whether there are authors whom the list does not name, which BibTeX has a word of its own for."""
    typed = text_of(front.get("authors")) or cited
    return bool(re.search(r"\bet\.? al\b|\bothers\b", typed, re.IGNORECASE))


def marks_of(people: list[tuple[PersonName, str]]) -> str:
    """The signs behind names as the data annotation of the field `author`."""
    known = {sign: mark for mark, sign in MARK_SYMBOLS.items()}
    borne = ((n, [known[s] for s in signs if s in known]) for n, (_, signs) in enumerate(people, 1))
    return "; ".join(f"{n}={','.join(marks)}" for n, marks in borne if marks)
