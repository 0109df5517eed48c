"""Tags and includes of Jekyll's themes and plugins, and what each is in Folio.

A run gives the text that stands in the tag's place: Markdown, HTML, or Jinja between the private
delimiters of `jinja.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from io import StringIO
from typing import Any

from liquid import Environment

from builder.importers.jinja import BEGIN, END, PARTS, SINGLE
from builder.importers.liquid.anytag import AnyNode, any_tag
from builder.importers.liquid.filters import rooted, text
from builder.importers.liquid.room import Listed, Room

Run = Callable[[AnyNode, Any], str]

_NAME = re.compile(r"\{%-?\s*(\w+)")


def register_tags(environment: Environment, source: str) -> None:
    """Teach the environment the tags that Jekyll knows, and all others that the text uses."""
    used = set(_NAME.findall(source))
    for name, (run, block) in TAGS.items():
        environment.add_tag(any_tag(name, run, block))
    for name in sorted(used - set(environment.tags)):
        if not name.startswith(("end", "else", "elsif", "when")):
            environment.add_tag(any_tag(name, _unknown, f"end{name}" in used))


def inner(node: AnyNode, context: Any) -> str:
    """What a block holds, its own tags run."""
    buffer = StringIO()
    if node.block is not None:
        node.block.render(context, buffer)
    return buffer.getvalue()


def arguments(args: str, context: Any) -> tuple[str, dict[str, Any]]:
    """The name a tag is called with, and its parameters: literals, or variables that are looked up."""
    name, rest = (*args.strip().split(None, 1), "", "")[:2]
    found: dict[str, Any] = {}
    for key, double, single, bare in re.findall(
        r"""([\w-]+)\s*=\s*(?:"((?:\\.|[^"])*)"|'((?:\\.|[^'])*)'|([^\s]+))""", rest
    ):
        if bare:
            found[key] = {"true": True, "false": False}.get(bare, _looked_up(bare, context))
        else:
            found[key] = (double or single).replace('\\"', '"')
    return name, found


def _looked_up(path: str, context: Any) -> Any:
    if path.isdecimal():
        return int(path)
    return value_of(context, *re.findall(r"[\w-]+", path)) if re.match(r"[A-Za-z_]", path) else None


def value_of(context: Any, *path: str) -> Any:
    """What a name stands for; None when it stands for nothing."""
    value = context.get(list(path), token=None, default=None)
    return value if not type(value).__name__.endswith("Undefined") else None


# ---- include --------------------------------------------------------------------------------


def _include(node: AnyNode, context: Any) -> str:
    room: Room = context.env.room
    args = re.sub(r"\{\{(.*?)\}\}", lambda m: text(_looked_up(m[1].strip(), context)), node.args)
    name, given = arguments(args, context)
    if name.startswith("base_path"):
        return ""
    component = COMPONENTS.get(re.sub(r"\.(html|liquid|md)$", "", name.rpartition("/")[2]))
    if component:
        return component(given, context, node)
    if name in PARTS:
        return _written_out(value_of(context, "post"))
    found = room.includes(name)
    if found is None or room.depth > 8:
        return room.mark(f"include {name}", node)
    return _own(found, given, context, room)


def _own(source: str, given: dict[str, Any], context: Any, room: Room) -> str:
    """An include of the author's own, run where it is used."""
    room.depth += 1
    try:
        register_tags(context.env, source)
        template = context.env.from_string(source)
        buffer = StringIO()
        with context.extend({"include": given}):
            for child in template.nodes:
                child.render(context, buffer)
        return buffer.getvalue()
    except Exception as error:  # whatever an include holds, the page stands
        return room.mark(f"an include that cannot be run: {type(error).__name__}")
    finally:
        room.depth -= 1


def _written_out(post: Any) -> str:
    """One record of a list that could not stay alive."""
    if not hasattr(post, "get"):
        return ""
    title, url = text(post.get("title")), text(post.get("url"))
    more = [text(post.get(key)) for key in ("type", "venue", "location") if post.get(key)]
    day = text(post.get("date"))[:10]
    return f"\n* [{title}]({url})" + "".join(f", {m}" for m in [*more, day] if m) + "\n"


def _figure(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    path = rooted(
        given.get("path") or given.get("image_path") or given.get("src") or given.get("url")
    )
    alt = text(given.get("alt") or given.get("title") or "")
    caption = text(given.get("caption"))
    if not path:
        return ""
    size = "".join(
        f' {k}="{text(given[k])}"'
        for k in ("width", "height")
        if re.fullmatch(r"\d+", text(given.get(k)))
    )
    image = f'<img src="{escape(path)}" alt="{escape(alt)}"{size}>'
    if url := given.get("url") if given.get("path") or given.get("image_path") else None:
        image = f'<a href="{escape(text(url))}">{image}</a>'
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>\n" if caption else image


def _video(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    path = text(given.get("path") or given.get("id") or given.get("src"))
    if given.get("provider") == "youtube" or ("id" in given and "/" not in path):
        path = f"https://www.youtube.com/watch?v={path}"
    if "://" in path:
        context.env.room.tell(
            "approximated", f"the video at {path} is a link: a frame would ask another host", node
        )
        return f"[{text(given.get('title')) or 'Video'}]({path.replace('/embed/', '/watch?v=')})"
    caption = text(given.get("caption"))
    video = f'<video src="{escape(rooted(path))}" controls></video>'
    return f"<figure>{video}<figcaption>{caption}</figcaption></figure>\n" if caption else video


def _audio(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    return f'<audio src="{escape(rooted(given.get("path") or given.get("src")))}" controls></audio>'


def _gallery(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    page = value_of(context, "page")
    images = page.get(text(given.get("id")) or "gallery") if hasattr(page, "get") else None
    out = []
    for image in images if isinstance(images, list) else []:
        path = rooted(image.get("image_path") or image.get("url"))
        out.append(f"![{text(image.get('alt') or image.get('title'))}]({path})")
    caption = text(given.get("caption"))
    return "\n" + "\n".join(out) + (f"\n\n*{caption}*\n" if caption else "\n")


def _feature_row(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    page = value_of(context, "page")
    rows = page.get(text(given.get("id")) or "feature_row") if hasattr(page, "get") else None
    out = []
    for row in rows if isinstance(rows, list) else [rows] if isinstance(rows, dict) else []:
        image = rooted(row.get("image_path"))
        out += [f"### {text(row['title'])}"] if row.get("title") else []
        out += [f"![{text(row.get('alt'))}]({image})"] if image else []
        out += [text(row.get("excerpt"))] if row.get("excerpt") else []
        out += (
            [f"[{text(row.get('btn_label')) or 'More'}]({rooted(row['url'])})"]
            if row.get("url")
            else []
        )
    return "\n" + "\n\n".join(out) + "\n"


def _nav_list(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    items = value_of(context, "site", "data", "navigation", text(given.get("nav")) or "main")
    if not isinstance(items, list):
        return ""
    return (
        "\n"
        + "\n".join(f"* [{text(i.get('title'))}]({rooted(i.get('url'))})" for i in items)
        + "\n"
    )


def _whole(collection: str) -> Callable[[dict[str, Any], Any, AnyNode], str]:
    def run(given: dict[str, Any], context: Any, node: AnyNode) -> str:
        jinja = f'site["{collection}"]' if collection != "publications" else "site.publications"
        shown = f"{BEGIN} for post in {jinja} {END}{SINGLE}{BEGIN} endfor {END}"
        return str(context.env.room.list(Listed(collection, shown, True)))

    return run


def _groups(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    """minimal-mistakes' `group-by-array`: names and records by tag or category."""
    records, field = given.get("collection"), text(given.get("field"))
    groups: dict[str, list[Any]] = {}
    for record in records if isinstance(records, list) else []:
        for tag in record.get(field) or []:
            groups.setdefault(text(tag), []).append(record)
    names = sorted(groups, key=str.casefold)
    context.assign("group_names", names)
    context.assign("group_items", [groups[n] for n in names])
    return (
        str(context.env.room.list(Listed("tags", "", True)))
        if field in ("tags", "categories")
        else ""
    )


def _repository(given: dict[str, Any], context: Any, node: AnyNode) -> str:
    """A card of a repository or a user at GitHub, which another host draws: a link here."""
    name = text(given.get("repository") or given.get("username"))
    return f"\n* [{name}](https://github.com/{name})\n" if name else ""


COMPONENTS: dict[str, Callable[[dict[str, Any], Any, AnyNode], str]] = {
    "toc": lambda *_: "[TOC]\n", "figure": _figure, "video": _video, "audio": _audio, "gallery": _gallery,
    "feature_row": _feature_row, "nav_list": _nav_list, "group-by-array": _groups,
    "cv-template": _whole("cv"),
    "courses": _whole("teaching"),
    "calendar": lambda *_: "",
    "repo_user": _repository,
    "repo": _repository,
    "repo_trophies": lambda *_: "",
    "bib": lambda *_: "", "news": _whole("news"), "selected_papers": _whole("selected"),
    "latest_posts": _whole("posts"), "bib_search": lambda *_: "", "scripts": lambda *_: "",
    "analytics": lambda *_: "", "social": lambda *_: "", "comments": lambda *_: "", "giscus": lambda *_: "",
    "pagination": lambda *_: "", "paginator": lambda *_: "", "author-profile": lambda *_: "",
}  # fmt: skip
"""Includes of the themes by name, whatever their folder; those that Folio does by itself are blank."""


# ---- other tags -----------------------------------------------------------------------------


def _unknown(node: AnyNode, context: Any) -> str:
    words = inner(node, context)
    return str(context.env.room.mark(f"{node.name} {node.args}", node)) + words


def _highlight(node: AnyNode, context: Any) -> str:
    language = node.args.split()[0] if node.args.split() else ""
    return f"\n```{language}\n{inner(node, context).strip(chr(10))}\n```\n"


def _address(node: AnyNode, context: Any) -> str:
    """`link` and `post_url`: the address of a file of the source."""
    wanted = node.args.strip().strip("'\"")
    target = context.env.room.includes.address(wanted)
    if target is None:
        context.env.room.tell(
            "missing", f"{node.name} {wanted} leads to no file of the source", node
        )
        return "#"
    return str(target)


def _relative(node: AnyNode, context: Any) -> str:
    name = node.args.split()[0] if node.args.split() else ""
    source = context.env.room.includes.beside(name)
    return context.env.room.mark(f"include_relative {name}", node) if source is None else _own(
        source, arguments(node.args, context)[1], context, context.env.room
    )  # fmt: skip


def _bibliography(node: AnyNode, context: Any) -> str:
    """jekyll-scholar's list, with its query as Folio's `where`; of what the page cites, its place."""
    if "--cited" in node.args:
        return "\n\n::: {#refs}\n:::\n\n"
    args = re.sub(r"\{\{(.*?)\}\}", lambda m: text(_looked_up(m[1].strip(), context)), node.args)
    query = re.search(r"(?:-q|--query)\s+@(\w+|\*)?(?:\[(.*?)\])?\*?", args)
    wanted: list[str] = []
    if query:
        wanted += [f"type={query[1]!r}"] if query[1] and query[1] != "*" else []
        for key, value in re.findall(r"(\w+)\s*\^?=~?\s*([^\s&|\]]+)", query[2] or ""):
            shown = {"true": "true", "false": "false"}.get(value.lower(), repr(value.strip("'\"")))
            wanted.append(f"{_QUERY.get(key, key)}={shown}")
    limit = re.search(r"(?:--max|-m)\s+(\d+)", node.args)
    jinja = "site.publications" + (f" | where({', '.join(wanted)})" if wanted else "")
    jinja += f" | limit({limit[1]})" if limit else ""
    shown = f"{BEGIN} for post in {jinja} {END}{SINGLE}{BEGIN} endfor {END}"
    if not wanted and not limit:
        return str(context.env.room.list(Listed("publications", shown, True)))
    return f"\n{shown}\n"


_QUERY = {
    "keywords": "tags",
    "type": "type",
    "year": "year",
    "selected": "selected",
    "abbr": "abbr",
}


def _cite(node: AnyNode, context: Any) -> str:
    keys = [k for k in re.split(r"[\s,]+", re.sub(r"--?\w+\s+\S+", "", node.args)) if k]
    return "[" + "; ".join(f"@{key}" for key in keys) + "]" if keys else ""


def _details(node: AnyNode, context: Any) -> str:
    return f"\n<details><summary>{node.args.strip()}</summary>\n\n{inner(node, context).strip()}\n\n</details>\n"


def _tab(node: AnyNode, context: Any) -> str:
    label = node.args.split(maxsplit=1)[-1] if node.args.split() else ""
    return f"\n**{label}**\n\n{inner(node, context).strip()}\n"


def _linked(node: AnyNode, context: Any) -> str:
    words = node.args.strip().split()
    target = text(_looked_up(words[0], context)) or words[0].strip("'\"") if words else ""
    if node.name == "gist":
        target = f"https://gist.github.com/{target}"
    if "://" in target or "/" in target:
        context.env.room.tell(
            "approximated", f"{node.name} is a link: an embed would ask another host", node
        )
        return f"[{target.rsplit('/', 1)[-1]}]({rooted(target)})"
    return str(context.env.room.mark(f"{node.name} {node.args}", node))


def _blank(node: AnyNode, context: Any) -> str:
    return ""


def _inside(node: AnyNode, context: Any) -> str:
    return inner(node, context)


def _quote(node: AnyNode, context: Any) -> str:
    lines = inner(node, context).strip().split("\n")
    return "\n" + "\n".join(f"> {line}" for line in lines) + f"\n>\n> [@{node.args.strip()}]\n"


TAGS: dict[str, tuple[Run, bool]] = {
    "include": (_include, False), "include_cached": (_include, False), "include_relative": (_relative, False),
    "highlight": (_highlight, True), "link": (_address, False), "post_url": (_address, False),
    "bibliography": (_bibliography, False), "cite": (_cite, False), "reference": (_cite, False), "quote": (_quote, True),
    "nocite": (_blank, False), "bibliography_count": (_blank, False), "details": (_details, True), "tabs": (_inside, True), "tab": (_tab, True),
    "twitter": (_linked, False), "jupyter_notebook": (_linked, False), "gist": (_linked, False),
    "file_exists": (_blank, False), "seo": (_blank, False), "feed_meta": (_blank, False),
    "avatar": (_blank, False), "google_scholar_citations": (_blank, False),
    "inspirehep_citations": (_blank, False), "capture_once": (_inside, True),
}  # fmt: skip
"""Jekyll's own tags, jekyll-scholar's and al-folio's, with whether they have an end."""
