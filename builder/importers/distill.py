"""distill's own tags, which al-folio's long posts are written in."""

from __future__ import annotations

import re


def distilled(body: str) -> str:
    """distill's own tags as Markdown: citations, footnotes, code."""
    body = re.sub(
        r"<d-cite\s+(?:bibtex-)?key\s*=\s*[\"']([^\"']+)[\"']\s*>\s*</d-cite>",
        lambda m: "[" + "; ".join(f"@{k.strip()}" for k in m[1].split(",")) + "]",
        body,
    )
    body = re.sub(
        r"<d-footnote>(.*?)</d-footnote>",
        lambda m: f"^[{' '.join(m[1].split())}]",
        body,
        flags=re.DOTALL,
    )
    body = re.sub(
        r"<d-code\b[^>]*?(?:language\s*=\s*[\"'](\w+)[\"'])?[^>]*>\n?(.*?)</d-code>",
        lambda m: f"\n```{m[1] or ''}\n{m[2].strip(chr(10))}\n```\n",
        body,
        flags=re.DOTALL,
    )
    return re.sub(
        r"</?d-(?:article|appendix|byline|bibliography|contents|title|front-matter)\b[^>]*>",
        "",
        body,
    )
