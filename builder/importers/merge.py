"""Into a site that stands: new files beside the author's own, none of which is touched.

A bibliography adds the papers that the site lacks; a CV is added where there is none.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from builder.importers.bibliographies import missing_from
from builder.importers.moving import Move
from builder.problems import FolioError

MERGED = ("bibliography", "rendercv", "jsonresume")
"""The kinds that can be brought into an existing site."""


def additions(move: Move, target: Path) -> dict[str, str]:
    """The files that an existing site gains, by their path; raises FolioError where it gains none."""
    if move.kind not in MERGED:
        raise FolioError(
            f"{target} is a site already; only a CV or a bibliography can be brought into one"
        )
    if move.kind == "bibliography":
        move.taken.clear()
        move.given.clear()
        added, known = missing_from(target, move)
        for title in known:
            move.note("left", "(bibliography)", f"the site has this paper already: {title}")
        return added
    present = [n for n in ("cv.yaml", "cv.yml") if (target / "content" / n).exists()]
    if present:
        raise FolioError(
            f"{target}/content/{present[0]} is there already, and is not touched; move it aside first"
        )
    return {
        path: text
        for path, text in move.site.items()
        if path.startswith("content/") and isinstance(text, str)
    }


def write_into(added: dict[str, str], target: Path) -> None:
    """Put new files into a site, each whole or not at all; a file that is there is never replaced."""
    for path, text in added.items():
        file = target / path
        stage = file.with_name(f".{file.name}.part")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            stage.write_text(text, "utf-8", newline="\n")
            os.link(stage, file)
        except OSError as error:
            raise FolioError(f"{path} was not written: {error.strerror or error}") from error
        finally:
            with suppress(OSError):
                stage.unlink(missing_ok=True)
