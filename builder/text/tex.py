r"""Reads TeX as .bib files hold it: accents, emphasis, links and formulas become the inline tree.

A field value is not a LaTeX document: `%` and `&` mean themselves, half of it may be HTML from a
reference manager, and whatever cannot be understood must still show its words. pylatexenc splits
the text into nodes, the tables below say what a macro means, and everything that was not used
as written comes back as a complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from builder.text.patterns import late
from builder.text.rich import (
    Code,
    Link,
    Mark,
    MarkName,
    Math,
    Node,
    Rich,
    Text,
    from_title_html,
    plain,
)
from builder.text.tex_letters import (
    ACCENTS,
    SYMBOLS,
    accented,
    composed,
    table,
    typeset,
    with_letters,
)
from builder.text.urls import clean_url, decode_entities

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

T = TypeVar("T")

# ---- what a macro means ---------------------------------------------------------------------


def _each(meaning: T, words: str) -> dict[str, T]:
    return dict.fromkeys(words.split(), meaning)


_MARKS: dict[str, MarkName] = {
    "emph": "em", "textit": "em", "textsl": "em", "underline": "em", "uline": "em",
    "mkbibemph": "em", "mkbibitalic": "em", "textbf": "strong", "mkbibbold": "strong",
    "textsc": "small-caps", "textsuperscript": "sup", "mkbibsuperscript": "sup",
    "textsubscript": "sub", "mkbibsubscript": "sub", "sout": "strike", "enquote": "quote",
    "mkbibquote": "quote",
}  # fmt: skip
_DECLARATIONS: dict[str, MarkName] = {
    "em": "em", "it": "em", "sl": "em", "itshape": "em", "slshape": "em", "bf": "strong",
    "bfseries": "strong", "sc": "small-caps", "scshape": "small-caps",
}  # fmt: skip
_CODE = ("texttt", "code", "lstinline")
_LINKS = {"href": "{{", "url": "{", "nolinkurl": "{", "path": "{", "doi": "{"}
_KEPT = _each(("{", 0), """
    textrm textsf textup textmd textnormal text mbox hbox fbox uppercase MakeUppercase lowercase
    MakeLowercase NoCaseChange bibnamefont bibfnamefont mkbibparens textgreek autocap ce
""") | {
    "textcolor": ("[{{", 2), "foreignlanguage": ("{{", 1), "texorpdfstring": ("{{", 0),
    "bibinfo": ("{{", 1),
}  # fmt: skip
"""Macros that mean one of their arguments: how many they take, and which counts."""
_SILENT = _each("", """
    relax protect unskip nopunct ignorespaces noindent - / ! @ allowbreak nobreak leavevmode null
    xspace rm sf tt normalfont rmfamily sffamily ttfamily upshape mdseries tiny small large Large
    footnotesize normalsize
""") | {
    "noopsort": "{", "NOOPSORT": "{", "SortNoop": "{", "noop": "{", "label": "{", "index": "{",
    "color": "[{", "selectlanguage": "{", "hspace": "*{", "vspace": "*{", "natexlab": "{",
}  # fmt: skip
_TOLD = {
    "footnote": "[{", "thanks": "{", "cite": "[[{", "citep": "[[{", "citet": "[[{", "ref": "{",
    "includegraphics": "[{",
}  # fmt: skip

# ---- reading --------------------------------------------------------------------------------

_SPECIAL = re.compile(r"[\\${}~&<`]|--|''")
_NO_BRACES = str.maketrans("", "", "{}")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_HELD = 0xF0000
_HELD_CHARS = re.compile("[\U000f0000-\U000fffff]")


def to_rich(text: str) -> tuple[Rich, list[str]]:
    r"""The tree that a field value in TeX means, and what of it could not be used as written.

    The complaints are short phrases (`unknown macro \foo`, `HTML tag <u> kept as text`, `unsafe
    address javascript:x`), for the caller to put beside the field's name and place. It never
    raises: TeX that cannot be parsed comes back as its words without braces, with a complaint.
    """
    rich, told = _read(text)
    return rich, list(told)


def to_text(text: str) -> str:
    """The plain words of a field value in TeX, with ordinary spaces: for names, places, sorting."""
    words = to_rich(text)[0].text if _SPECIAL.search(text) else text
    return composed(" ".join(words.split()))


@lru_cache(maxsize=16384)
def _read(text: str) -> tuple[Rich, tuple[str, ...]]:
    if not _SPECIAL.search(text):
        return plain(composed(_SPACES.sub(" ", text).strip(" "))), ()
    told: list[str] = []
    nodes = _with_html(_from_tex(_HELD_CHARS.sub("", text), told), told)
    return Rich(_trimmed(nodes)), tuple(dict.fromkeys(told))


def _from_tex(text: str, told: list[str]) -> list[Node]:
    """The tree of the TeX alone; HTML is still characters in it."""
    if "\\" not in text and "$" not in text:
        if text.count("{") != text.count("}"):
            told.append("unbalanced braces")
        return [Text(typeset(text).translate(_NO_BRACES))]
    nodes = _lettered(text) or _attempt(text, told)
    if nodes is None:
        told.append("unbalanced braces or dollar signs")
        nodes = _attempt(_mended(text), told)
    if nodes is None:
        told[-1] = "TeX that cannot be read"
        nodes = [Text(text.translate(_NO_BRACES))]
    return nodes


_FLAT_FORMULA = re.compile(r"\$([^$\\{}%]+)\$")
_WORDS_ALONE = re.compile(r"[^\\$`'%{}]*(?:\{[^\\$`'%{}]*\}[^\\$`'%{}]*)*")


def _lettered(text: str) -> list[Node] | None:
    """TeX of accented letters and flat formulas alone, as nearly all is; None for any other.

    It needs no parser, which takes longer to import than all TeX of most sites to read.
    """
    if "://" in text or "\n\n" in text:
        return None
    nodes: list[Node] = []
    for at, piece in enumerate(_FLAT_FORMULA.split(text)):
        words = with_letters(piece)
        if at % 2:
            nodes.append(_formula(piece))
        elif _WORDS_ALONE.fullmatch(words):
            nodes.append(Text(typeset(words).translate(_NO_BRACES)))
        else:
            return None
    return nodes


def _attempt(text: str, told: list[str]) -> list[Node] | None:
    found: list[str] = []
    try:
        nodes = _nodes(_parsed(text), found)
    except Exception:  # whatever the parser dies of, the words must stand
        return None
    told += found
    return nodes


def _parsed(text: str) -> Sequence[Any]:
    from pylatexenc.latexwalker import LatexWalker

    literal = re.sub(r"(?<!\\)((?:\\\\)*)%", r"\1\\%", text)  # no comments in a field
    walker = LatexWalker(literal, latex_context=_grammar(), tolerant_parsing=False)
    nodes: Sequence[Any] = walker.get_latex_nodes()[0]
    return nodes


@lru_cache(maxsize=1)
def _grammar() -> LatexContextDb:
    """How many arguments each macro takes, in pylatexenc's words."""
    from pylatexenc.macrospec import EnvironmentSpec, LatexContextDb, MacroSpec

    takes = dict.fromkeys((*_CODE, *ACCENTS, "ensuremath"), "{") | dict.fromkeys(_MARKS, "*{")
    takes |= _LINKS | _SILENT | _TOLD | {name: spec for name, (spec, _) in _KEPT.items()}
    grammar = LatexContextDb()
    grammar.add_context_category("field", macros=[MacroSpec(m, spec) for m, spec in takes.items()])
    grammar.set_unknown_macro_spec(MacroSpec(""))
    grammar.set_unknown_environment_spec(EnvironmentSpec(""))
    return grammar


def _mended(text: str) -> str:
    """The same with its braces balanced, and its dollars literal where one has no partner."""
    if len(re.findall(r"(?<!\\)\$", text)) % 2:
        text = re.sub(r"(?<!\\)\$", r"\\$", text)
    depth, out = 0, []
    for piece in re.split(r"(\\.|[{}])", text, flags=re.DOTALL):
        if piece == "}" and not depth:
            continue
        depth += (piece == "{") - (piece == "}")
        out.append(piece)
    return "".join(out) + "}" * depth


def _nodes(parsed: Iterable[Any], told: list[str]) -> list[Node]:
    out: list[Node] = []
    rest = iter(parsed)
    for node in rest:
        match type(node).__name__:
            case "LatexCharsNode":
                out.append(Text(typeset(node.chars)))
            case "LatexGroupNode":
                out += _nodes(node.nodelist, told)
            case "LatexMathNode":
                begin, end = node.delimiters
                out.append(_formula(node.latex_verbatim()[len(begin) : -len(end)]))
            case "LatexMacroNode" if node.macroname in _DECLARATIONS:
                out += _marked(_DECLARATIONS[node.macroname], _nodes(rest, told))
            case "LatexMacroNode":
                arguments = node.nodeargd.argnlist if node.nodeargd else ()
                out += _macro(node.macroname, arguments, told)
            case "LatexEnvironmentNode":
                told.append(rf"environment {node.environmentname} kept as text")
                out += _nodes(node.nodelist, told)
    return out


def _macro(name: str, arguments: Sequence[Any], told: list[str]) -> list[Node]:
    if (symbol := SYMBOLS.get(name)) is not None:
        return [Text(symbol)]
    if name in ACCENTS:
        return [Text(accented(name, Rich(tuple(_nodes(arguments, told))).text))]
    if name in _MARKS:
        return _marked(_MARKS[name], _nodes(arguments[1:], told))
    if name in _KEPT:
        return _nodes([arguments[_KEPT[name][1]]], told)
    if name in _LINKS:
        return _link(name, arguments, told)
    if name in _CODE:
        return [Code(_unescaped(_source(arguments[0])))]
    if name == "ensuremath":
        return [_formula(_source(arguments[0]))]
    if name in _TOLD:
        told.append(rf"\{name} left out")
    elif name not in _SILENT:
        if symbol := _other_symbol(name):
            return [Text(symbol)]
        told.append(rf"unknown macro \{name}")
    return []


def _marked(mark: MarkName, children: list[Node]) -> list[Node]:
    return [Mark(mark, tuple(children))] if children else []


@lru_cache(maxsize=256)
def _other_symbol(name: str) -> str:
    r"""The character of a macro that our table lacks (`\alpha`, `\geq`), from pylatexenc's."""
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    text = spec.simplify_repl if spec else None
    return text if isinstance(text, str) and len(text) <= 2 and "%" not in text else ""


def _link(name: str, arguments: Sequence[Any], told: list[str]) -> list[Node]:
    address = _source(arguments[0])
    href = clean_url(f"doi:{address}" if name == "doi" else address)
    shown = _nodes(arguments[1:], told)
    if href is None:
        told.append(f"unsafe address {address[:60]}")
        return shown
    return [Link(href, tuple(shown or [Text(_unescaped(address))]))]


def _unescaped(source: str) -> str:
    """Characters to show one by one: escapes undone, but no ligatures made."""
    tilde = re.sub(r"\\textasciitilde\b ?(?:\{\})?", "~", source)
    return re.sub(r"\\([_%&#$~^{}])|[{}]", lambda m: m[1] or "", tilde)


def _source(argument: Any) -> str:
    """An argument as it was typed, without its braces."""
    source: str = argument.latex_verbatim()
    return source[1:-1] if type(argument).__name__ == "LatexGroupNode" else source


_SIGNS = table(r"dagger † ddagger ‡ dag † ddag ‡ ast * S § P ¶ Vert ‖ | ‖ & &") | _each(
    "", "rm mathrm text textrm"
)
_SCRIPT = late(r"([\^_])([-+0-9*∗†‡§¶‖&,−]+|st|nd|rd|th)|([*∗†‡§¶‖])")

_SCRIPTING = tuple("^_*∗†‡§¶‖")


def _formula(tex: str) -> Node:
    """A formula; or a mark, where all there is to it is a number or sign raised or lowered.

    Then it is typography (the 13 of carbon-13, an author's star), and reads so as plain text.
    """
    flat = re.sub(r"\\([a-zA-Z]+|[|&])", lambda macro: _SIGNS.get(macro[1], macro[0]), tex)
    flat = re.sub(r"[{}\s]", "", flat)
    script = _SCRIPT().fullmatch(flat) if flat.startswith(_SCRIPTING) else None
    if script and script[1]:
        return Mark("sup" if script[1] == "^" else "sub", (Text(script[2]),))
    if script:
        return Text(flat)
    return Text("°") if flat == r"^\circ" else Math(tex.strip())


# ---- HTML within ----------------------------------------------------------------------------

_DEEPEST = 60


def _with_html(nodes: Sequence[Node], told: list[str]) -> list[Node]:
    """The nodes with the HTML in their text read, as far as titles may hold any.

    A tag may open in one text and close in another, beyond a formula: so the other nodes stand
    as one character each while the tags are read, and are put back after.
    """
    inner = [_inside(node, told) for node in nodes]
    joined = "".join(
        node.text if isinstance(node, Text) else chr(_HELD + at) for at, node in enumerate(inner)
    )
    if "<" not in joined or _depth(joined) > _DEEPEST:
        return list(_put_back((Text(joined),), inner))
    rich, refused = from_title_html(joined)
    told += (
        f"HTML tag {_HELD_CHARS.sub('', tag)[:40]} kept as text"
        for tag in refused
        if not tag.startswith("</")
    )
    return list(_put_back(rich.nodes, inner))


def _depth(html: str) -> int:
    """How deep its tags nest, taking each for one that closes."""
    return max(
        accumulate(-1 if t[1] == "/" else 1 for t in re.findall("</?[a-zA-Z]", html)), default=0
    )


def _inside(node: Node, told: list[str]) -> Node:
    match node:
        case Mark(name, children):
            return Mark(name, tuple(_with_html(children, told)))
        case Link(href, children):
            return Link(href, tuple(_with_html(children, told)))
    return node


def _put_back(nodes: Iterable[Node], held: Sequence[Node]) -> Iterator[Node]:
    """The nodes with what stood as one character, entities decoded and runs of spaces made one."""
    for node in nodes:
        match node:
            case Text(text):
                for part in re.split("([\U000f0000-\U000fffff])", text):
                    if part and _HELD_CHARS.match(part):
                        yield held[ord(part) - _HELD]
                    elif part:
                        yield Text(composed(_SPACES.sub(" ", decode_entities(part))))
            case Mark(name, children) if children:
                yield Mark(name, tuple(_put_back(children, held)))


def _trimmed(kept: list[Node]) -> tuple[Node, ...]:
    if kept and isinstance(kept[0], Text):
        kept[0] = Text(kept[0].text.lstrip(" "))
    if kept and isinstance(kept[-1], Text):
        kept[-1] = Text(kept[-1].text.rstrip(" "))
    return tuple(node for node in kept if node != Text(""))
