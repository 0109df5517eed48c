"""A site in several languages, as jekyll-polyglot has it: one tree of documents for each.

The documents of one address speak for one page, the default language at the address itself, each
other one below its code. So it is in Folio, with `about.fr.md` beside `about.md`.
Source: jekyll-polyglot's README, `languages`, `default_lang`, `lang_from_path`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.importers.jekyll.settings import plain
from builder.importers.source import split
from builder.importers.values import listed, text_of
from builder.importers.yamlout import front_matter

if TYPE_CHECKING:
    from builder.importers.jekyll.reading import Doc
    from builder.importers.jekyll.site import Jekyll


def languages_in(config: dict[str, Any]) -> tuple[str, ...]:
    """The languages of the settings, the default one first; none for a site of one."""
    several = listed(config.get("languages"))
    first = text_of(config.get("default_lang")) or (several[0] if several else "")
    return (first, *(c for c in several if c != first)) if len(several) > 1 else ()


def add_language(doc: Doc, languages: tuple[str, ...]) -> None:
    """Tell the language of a document: what it says, a folder of its path, else the default one."""
    said = text_of(doc.front.get("lang"))
    folder = next((part for part in doc.path.split("/")[:-1] if part in languages), "")
    doc.language = said if said in languages else folder or languages[0]
    if folder:
        doc.name = "/".join(part for part in doc.name.split("/") if part != folder)


def counterparts(docs: list[Doc], first: str) -> tuple[list[Doc], list[tuple[Doc, Doc]]]:
    """The documents that are pages of their own, and each other one with the page that it translates.

    One without a counterpart in the default language is a page of its own, below its code.
    """
    originals = {doc.url: doc for doc in docs if doc.language in ("", first)}
    own, pairs = [], []
    for doc in docs:
        if doc.language in ("", first):
            own.append(doc)
        elif doc.url in originals:
            pairs.append((doc, originals[doc.url]))
        else:
            doc.url = f"/{doc.language}{doc.url}"
            own.append(doc)
    return own, pairs


def tell_alone(jekyll: Jekyll) -> None:
    """Say which documents in another language have no counterpart."""
    for docs in jekyll.docs.values():
        for doc in docs:
            if doc.language not in ("", *jekyll.site.languages[:1]):
                words = f"it has no counterpart in {jekyll.site.languages[0]}, and is a page of its own at {doc.url}"
                jekyll.move.note("approximated", doc.path, words)


def write_translation(jekyll: Jekyll, doc: Doc, original: Doc) -> None:
    """The file beside the original's that says what is different in the document's language."""
    move = jekyll.move
    beside = [p for p in move.into.get(original.path, []) if p.endswith(".md")]
    known = set(move.site)
    if doc.collection == "pages":
        jekyll.page(doc)
    else:
        jekyll.record(doc)
    made = [path for path in move.site if path not in known]
    if len(beside) != 1 or len(made) != 1:
        move.note(
            "approximated",
            doc.path,
            f"it stands apart from {original.path}, which is no page alone",
        )
        return
    text, there = str(move.site.pop(made[0])), split(str(move.site[beside[0]]), beside[0]).front
    mine = split(text, made[0])
    front = {k: v for k, v in mine.front.items() if k not in _OF_ADDRESSES and there.get(k) != v}
    path = f"{beside[0].removesuffix('.md')}.{doc.language}.md"
    inline = text_of(there.get("inline")) == "true"  # a line of news has no page of its own
    move.site[path] = front_matter(front, mine.body)
    move.into[doc.path] = [path]
    address = f"/{doc.language}{doc.url}"
    move.leads(address, "" if inline else address, doc.path)


_OF_ADDRESSES = frozenset({"permalink", "redirect_from", "lang"})


def in_languages(jekyll: Jekyll, doc: Doc, text: str, key: str = "title") -> Any:
    """A text that a document gives under `key`, in every language that has a counterpart of it."""
    others = {
        t.language: text_of(t.front.get(key))
        for t, original in jekyll.translations
        if original is doc
    }
    said = {code: plain(words) for code, words in others.items() if words}
    return {jekyll.site.languages[0]: text, **said} if text and said else text
