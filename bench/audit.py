"""Lighthouse on every kind of page of the demo, in its mobile form.

    python -m bench.audit [KIND ...] [--runs N]

Prints the four scores and what a visitor waits for; exits 1 when a score is under 100. A page that
misses 100 in performance is run again, up to N times in all, and its median run is told: that
score moves with the machine's load, the other three do not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder.build import build
from builder.problems import Problems
from builder.run import Options
from tests.browser import BROWSERS, FLAGS, serving
from tests.demo import KINDS, Demo, copy_demo

LIGHTHOUSE = (
    Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {
    "largest-contentful-paint": "LCP ms",
    "cumulative-layout-shift": "CLS",
    "total-blocking-time": "TBT ms",
}

Result = dict[str, Any]


def run(url: str) -> Result:
    """One run of Lighthouse, as it reports it; refuses a run without scores."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or "node"
    chromium = next(filter(None, map(shutil.which, BROWSERS)), "")
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = [
            node, str(LIGHTHOUSE), url, "--quiet", "--output=json", f"--output-path={report.name}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=" + " ".join(f'"{flag}"' if " " in flag else flag for flag in FLAGS),
        ]  # fmt: skip
        subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": chromium})
        result: Result = json.loads(Path(report.name).read_bytes())
    if result.get("runtimeError"):
        raise SystemExit(f"{url}: {result['runtimeError']['message']}")
    return result


def score(result: Result, category: str) -> int:
    """A category's score out of 100."""
    return round(100 * (result["categories"][category]["score"] or 0))


def audit(url: str, runs: int) -> Result:
    """The median run of a page by performance."""
    results = [run(url)]
    while score(results[-1], "performance") < 100 and len(results) < runs:
        results.append(run(url))
    results.sort(key=lambda result: score(result, "performance"))
    return results[len(results) // 2]


def failures(result: Result, category: str) -> Iterator[str]:
    """What kept a category from 100, with the nodes it names."""
    for ref in result["categories"][category]["auditRefs"]:
        found = result["audits"][ref["id"]]
        if ref["weight"] and found["score"] is not None and found["score"] < 1:
            items = found.get("details", {}).get("items", [])
            told = [str(item["node"]["snippet"] if "node" in item else item) for item in items[:4]]
            yield "\n    ".join([f"  {category}: {found['title']} ({ref['id']})", *told])


def tell(address: str, result: Result) -> bool:
    """Print a page's line and what it misses; true when it misses something."""
    figures = [f"{result['audits'][audit]['numericValue']:.4g}" for audit in FIGURES]
    scores = [score(result, category) for category in CATEGORIES]
    print(
        f"{address:40.40}", *(f"{s:>5}" for s in scores), *(f"{f:>8}" for f in figures), flush=True
    )
    short = [c for c, s in zip(CATEGORIES, scores, strict=True) if s < 100]
    for category in short:
        print("\n".join(failures(result, category)), flush=True)
    return bool(short)


def main() -> int:
    """Audit the demo; 1 when a page misses a 100."""
    parser = argparse.ArgumentParser(description="Lighthouse on the demo")
    parser.add_argument(
        "kinds", nargs="*", default=list(KINDS), metavar="KIND", help=" ".join(KINDS)
    )
    parser.add_argument("--runs", type=int, default=3, help="at most so many runs a page (3)")
    asked = parser.parse_args()
    if not LIGHTHOUSE.is_file():
        raise SystemExit("Lighthouse is not installed; `make audit` installs it")
    with tempfile.TemporaryDirectory() as name, serving(Path(name) / "out") as site:
        build(
            copy_demo(Path(name) / "site"),
            Options(url=site, out=str(Path(name) / "out")),
            Problems(),
        )
        demo = Demo(Path(name) / "out", "", ())
        print(
            f"{'':40}", *(f"{c[:5]:>5}" for c in CATEGORIES), *(f"{f:>8}" for f in FIGURES.values())
        )
        pages = [demo.of_kind(kind) for kind in asked.kinds]
        missed = [tell(page, audit(site + page, asked.runs)) for page in pages]
    return int(any(missed))


if __name__ == "__main__":
    sys.exit(main())
