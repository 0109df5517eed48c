"""Links with a label, in the forms that people write them."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from builder.fields import Reading, read
from builder.leaves import linkable
from builder.problems import Place
from builder.text.rich import Rich, plain
from builder.text.urls import safe_url
from builder.text.yaml import Map, Seq, Value


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled link beside a record: PDF, code, slides, whatever its author calls it.

    In YAML `links` is a mapping of label to address, or a list of `{label, url}`.
    """

    what: ClassVar[str] = "a link"
    spellings: ClassVar[dict[str, str]] = {
        "name": "label",
        "title": "label",
        "link": "url",
        "type": "kind",
    }
    silent: ClassVar[tuple[str, ...]] = ("icon", "icon_pack")

    label: Rich
    """What the link says."""
    url: str
    """An outside address, one of this site that begins with `/`, or a `source:` reference."""
    kind: str = ""
    """What it leads to, for icons and machines: pdf, code, data, slides, poster, video,
    website, doi, arxiv; empty for a label of the author's own."""
    place: Place | None = None


def read_links(value: Value, place: Place, reading: Reading) -> tuple[Link, ...]:
    """The links of a record, from a mapping of label to address or from a list."""
    items: list[tuple[Value, Place]] = [(value, place)]
    if isinstance(value, Seq):
        items = list(zip(value, value.items_at, strict=True))
    elif isinstance(value, Map) and not {"url", "link"} & set(value):
        items = [(_pair(value, key), value.at(key)) for key in value]
    links = (_read_link(item, at, reading) for item, at in items)
    return tuple(link for link in links if link)


def _pair(value: Map, key: str) -> Map:
    pair = Map(value.at(key))
    pair["label"], pair["url"] = key, value[key]
    return pair


def _read_link(value: Value, place: Place, reading: Reading) -> Link | None:
    if isinstance(value, Map) and len(value) == 1 and "url" not in value:
        value = _pair(value, next(iter(value)))
    if isinstance(value, str):
        label = value.split("//")[-1].strip("/")
        link = Link(label=plain(label), url=value, place=place)
    else:
        link = read(Link, value, place, reading)  # type: ignore[assignment]
    return link and checked(link, place, reading)


def checked(link: Link, place: Place, reading: Reading) -> Link | None:
    """The link with an address that is safe to publish; None, and told, when it has none."""
    url = linkable(link.url, place, reading)
    return msgspec.structs.replace(link, url=url) if url else None


def websites_reader(value: Value, place: Place, reading: Reading) -> tuple[str, ...]:
    """Websites, one or several; one without its scheme, such as `me.example`, is taken for https."""
    typed = read(tuple[str, ...], value, place, reading) or ()
    whole = (
        t if "://" in t or t.startswith("/") or safe_url(t) is None else f"https://{t}"
        for t in typed
    )
    return tuple(url for t in whole if (url := linkable(t, place, reading)))
