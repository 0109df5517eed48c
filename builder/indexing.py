"""The search index of the publications, made anew only when their texts have changed."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any

from builder.making import Maker, Product, Workshop
from builder.text import searching


def indexed(data: bytes, shop: Workshop) -> Product:
    """The index as JSON; `data` is what `outputs/search.py` says, with `texts` in place of words."""
    given: dict[str, Any] = json.loads(data)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for n, text in enumerate(given.pop("texts")):
        for word in searching.search_words(text):
            found[word].append(n)
    words = _as_scripts_compare(found)
    facets = {
        name: {value: _steps(places) for value, places in options.items()}
        for name, options in given["facets"].items()
    }
    where = [_steps(found[word]) for word in words]
    index = given | {"words": " ".join(words), "where": where, "facets": facets}
    return Product(data=json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode())


def _as_scripts_compare(words: Collection[str]) -> list[str]:
    """Words in the order of their UTF-16: that of their characters, while each is two bytes of it."""
    letters = "".join(words)
    if len(letters.encode("utf-16-be")) == 2 * len(letters):
        return sorted(words)
    return sorted(words, key=lambda word: word.encode("utf-16-be"))


def _steps(places: list[int]) -> list[int]:
    if len(places) == 1:
        return places
    return [place - (places[n - 1] if n else 0) for n, place in enumerate(places)]


def _tools(shop: Workshop) -> bytes:
    here = (Path(__file__), Path(searching.__file__))
    return unicodedata.unidata_version.encode() + b"".join(file.read_bytes() for file in here)


INDEX = Maker(indexed, _tools)
