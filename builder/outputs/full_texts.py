"""PDFs beside the pages of their papers, where Google Scholar's guide wants them.

"It must refer to a file in the same subdirectory as the HTML abstract", says the guide of
`citation_pdf_url`. The file stays at its own address too.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from urllib.parse import quote, unquote

from builder.config import Config
from builder.model.publications import Publication
from builder.model.site import Site
from builder.outputs.output import Output
from builder.sources import Records

SOURCE = "source:"


def full_texts(config: Config, records: Records, site: Site) -> Iterable[Output]:
    """A copy of each PDF of the author's in the folder of its paper's page, unless it lies there."""
    for paper in site.publications:
        own, beside = _inside(paper.pdf), _inside(beside_page(paper))
        if beside and beside != own:
            tree = records.content if own in records.content else records.static
            if own in tree:
                yield Output(
                    path=beside, content=tree.file(own), asked_by=paper.place, gives_way=True
                )


def beside_page(paper: Publication) -> str:
    """The address of a paper's PDF in the folder of its page; empty when the PDF is not the site's."""
    own = _inside(paper.pdf)
    if not own.lower().endswith(".pdf"):
        return ""
    folder, _, page = paper.address.rpartition("/")
    if posixpath.dirname(own) == unquote(folder).strip("/"):
        return "/" + quote(own)
    name = f"{paper.slug}.pdf" if page else quote(posixpath.basename(own))
    return f"{folder}/{name}"


def _inside(address: str) -> str:
    """The path of a file of the site by its address; empty for any other address."""
    if not address.startswith(("/", SOURCE)) or address.startswith("//"):
        return ""
    return posixpath.normpath(unquote(address.removeprefix(SOURCE)).lstrip("/"))
