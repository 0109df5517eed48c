"""Files of bundles and of `static/`, which keep their addresses."""

from __future__ import annotations

import re

from builder.importers import copying
from builder.importers.hugo.site import HugoSite


def copy_assets(site: HugoSite) -> None:
    """Files of bundles and of `static/` that are linked or the author's own."""
    from builder.sources.tree import is_scattered

    by_path = {path: address for address, path in site.resolver.files.items()}
    rest = [p for p in by_path if p not in site.move.linked and _worth_copying(p)]
    if copying.is_too_much(site.move, rest):
        rest = []
    for path in (*site.move.linked, *rest):
        address = by_path.get(path, "")
        if address and not any(is_scattered(part) for part in address.split("/")):
            site.move.copy(f"content{address}", path)
            site.move.given["files"] += 1


def _worth_copying(path: str) -> bool:
    name = path.rpartition("/")[2]
    theirs = re.match(
        r"static/(?:css|js|admin|webfonts|img/(?:headers|icon))|assets/(?:media/(?:icons|boards|hero|welcome|contributors|demo))",
        path,
    )
    return (
        not theirs
        and not name.endswith((".bib", ".gitkeep", ".js", ".css"))
        and name not in ("cite.bib", "_redirects", "_headers", "CNAME")
    )
