"""Bibliographies of any length in the shapes that real ones have, the same ones each time.

`bibtex(n)` writes n entries whose share of odd shapes (accents, particles, marks, crowds of authors,
years in words, addresses wrapped in HTML, keys with slashes, slips of the pen) is about that of two
thousand entries counted in real files. No chance is involved: every choice follows from the entry's number.
"""

from __future__ import annotations

from collections.abc import Iterator

OWNER = "Noether, Emmy"
GIVEN = (
    "Ana", "Bo", "Chen", "Dmitri", "Eva", "Farid", "Grace", "Hana", "Ivo", "Jun", "Karl-Heinz", "Lena",
    "Mar{\\'\\i}a", "Nils", "Ol{\\'e}na", "P.", "Q. R.", "Ruth", "S{\\o}ren", "T.~J.",
)  # fmt: skip
FAMILY = (
    "P{\\'e}rez", "Sm{\\i}th", "Wang", "Ivanov", 'M{\\"u}ller', "{\\O}re", "Ka{\\v c}er", "Tanaka", "Brauer",
    "Hasse", "Deuring", "Grell", "Levitzki", "Weber", "Artin", "Witt", "Tsen", "Fitting", "Hermann", "Krull",
    "Schmeidler", "Hopf", "Vietoris", "Taussky", "Ulm", "Dubreil", "Chevalley", "Herbrand", "Weil", "Köthe",
)  # fmt: skip
WORDS = (
    "ideals", "chains", "rings", "symmetry", "conservation", "modules", "fields", "invariants", "learning",
    "graphs", "large", "language", "models", "proofs", "sparse", "robust", "quantum", "neural", "bounds",
    "estimation", "adaptive", "spectral", "geometry", "algebras", "lattices", "characters", "norms", "units",
    "galaxies", "protein", "folding", "climate", "networks", "causal", "inference", "markets", "voting",
)  # fmt: skip
ENDINGS = (
    "",
    "ward",
    "like",
    "wise",
    "ness",
    "less",
    "hood",
    "ish",
    "able",
    "ic",
    "ation",
    "ary",
    "oid",
)
VENUES = (
    "Mathematische Annalen", "Journal of {\\&} Proofs", "Proc. of the 30th Conf. on Rings", "NeurIPS",
    "{IEEE} Transactions on Symmetry", "Nature \\emph{Methods}", "Annals of Things", "arXiv preprint",
)  # fmt: skip
TOPICS = ("Ideals", "Invariants", "Noncommutative algebra", "Number theory", "Symmetry", "Learning")
TYPES = (
    "article",
    "inproceedings",
    "article",
    "incollection",
    "article",
    "phdthesis",
    "misc",
    "book",
)
ODD_YEARS = ("in press", "in prep", "Accepted, January 20, 2020", "forthcoming", "2014 Mar", "")
MONTHS = ("", "", "jan", "{February}", "{dec.}", "{7}", 'jul # "~10"', "oct # {-} # nov")


def bibtex(count: int, abstracts: bool = True, slips: bool = False) -> str:
    """`count` entries; with `slips`, some are spoilt in the ways that real files are."""
    entries = (_entry(n, abstracts) for n in range(count))
    if slips:
        entries = (_spoilt(n, entry) for n, entry in enumerate(entries))
    return "---\n---\n% a comment line\n\n" + "\n".join(entries)


def _spoilt(n: int, entry: str) -> str:
    """Every hundredth entry with one of the slips: those that cost other programs most entries."""
    key, title = f"{{{_key(n)},", f"{{{_title(n)}}}"
    slips = (
        lambda: entry.replace(key, "{twice,"),
        lambda: entry.replace("\n}", ",\n  note = {one},\n  note = {two}\n}"),
        lambda: entry.replace("\n}", ",\n  month = april\n}"),
        lambda: entry.replace(f"{title},", title),
        lambda: entry.replace(key, key.removesuffix(",")),
        lambda: entry.replace(title, title.removesuffix("}")),
        lambda: entry.replace(" and ", ", "),
    )
    return slips[n // 100 % len(slips)]() if n % 100 == 50 else entry


def _entry(n: int, abstracts: bool) -> str:
    kind = TYPES[n * 7 % len(TYPES)]
    lines = ",\n".join(f"  {name} = {value}" for name, value in _fields(n, kind, abstracts))
    return f"@{kind}{{{_key(n)},\n{lines}\n}}\n"


def _key(n: int) -> str:
    shapes = (
        f"noether{n}",
        f"DBLP:conf/x/Noether{n}",
        f"论文{n}",
        f"Noether_{n}",
        f"noether.et.al.{n}",
    )
    return shapes[(n * 5 // 4) % len(shapes)]


def _fields(n: int, kind: str, abstracts: bool) -> Iterator[tuple[str, str]]:
    yield "author", f"{{{_authors(n)}}}"
    yield "title", f"{{{_title(n)}}}"
    venue = {
        "inproceedings": "booktitle",
        "incollection": "booktitle",
        "phdthesis": "school",
        "book": "publisher",
    }
    yield (
        venue.get(kind, "journal" if kind == "article" else "howpublished"),
        f"{{{VENUES[n % len(VENUES)]}}}",
    )
    year = (
        ODD_YEARS[n // 40 % len(ODD_YEARS)] if n % 40 == 39 else str(2026 - n * 40 // 2000 - n % 3)
    )
    if year:
        yield "year", f"{{{year}}}"
    if month := MONTHS[n % len(MONTHS)]:
        yield "month", month
    if n % 3 == 0:
        yield "pages", ("{1--22}", "{54:1--54:22}", "{A1254-A1264}", "{7}")[n // 3 % 4]
    if n % 3 != 2:
        yield "doi", f"{{{'' if n % 8 else 'https://doi.org/'}10.1000/x.{n}}}"
    if n % 5 == 0:
        yield "url", f"{{https://example.org/{n}?a=1\\&b={n}}}"
    if n % 31 == 0:
        yield "file", f"{{:C$\\backslash$:/Users/me/private-{n}.pdf:PDF}}"
    if n % 2:
        yield "topics", f"{{{TOPICS[n % len(TOPICS)]}, {TOPICS[n // 7 % len(TOPICS)]}}}"
    if abstracts:
        yield "abstract", f"{{{_abstract(n)}}}"


def _title(n: int) -> str:
    words = [WORDS[(n * k + k * k) % len(WORDS)] for k in range(1, 5 + n % 5)]
    title = f"{words[0].capitalize()} {n}: {' '.join(words[1:])}"
    if n % 50 == 0:
        title += " and $D_4$ or <sup>13</sup>C"
    if n % 37 == 0:
        title = f'{{\\"U}}ber \\textit{{{title}}} \\& 100\\% more'
    return title + "." * (n % 12 == 0)


def _authors(n: int) -> str:
    count = 130 if n % 400 == 399 else 12 if n % 29 == 0 else 1 + n % 5
    names = [_name(n * 13 + k * 7, n + k) for k in range(count)]
    names.insert(n % (count + 1), OWNER + "*" * (n % 75 == 0))
    joint = " AND " if n % 700 == 699 else " and "
    return joint.join(names) + (" and others" if n % 250 == 249 else "")


def _name(a: int, b: int) -> str:
    given, family = GIVEN[a % len(GIVEN)], FAMILY[b % len(FAMILY)]
    if a % 73 == 0:
        family = f"van der {family}"
    if a % 700 == 1:
        return f"{family}, Jr., {given}"
    if a % 900 == 2:
        return "{The Chain Collaboration}"
    return f"{given} {family}" if b % 3 == 0 else f"{family}, {given}"


def _abstract(n: int) -> str:
    numbers = [(n * 7919 + k * k * 31 + k * n) % 2003 for k in range(60)]
    words = [WORDS[m % len(WORDS)] + ENDINGS[m % len(ENDINGS)] for m in numbers]
    sentences = [" ".join(words[k : k + 12]).capitalize() + f" {n + k}." for k in range(0, 60, 12)]
    return " ".join(sentences) + (" <b>Bold</b> & \\emph{more}." if n % 15 == 0 else "")
