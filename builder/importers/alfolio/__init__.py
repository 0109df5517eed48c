"""al-folio, v0 and v1: what it adds to Jekyll.

Its bibliography is already what Folio reads; the rest is found in `_data`, in the front matter of
the about page, and in collections of its own.
"""

from __future__ import annotations

from builder.importers.alfolio.site import AlFolio
from builder.importers.moving import Move


def import_alfolio(move: Move) -> None:
    """al-folio, whichever version."""
    AlFolio(move).run()
