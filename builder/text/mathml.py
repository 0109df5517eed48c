"""What math-core writes, made fit for a page that allows no styles of an element's own.

Alignment, lines and negative space become classes, colour and room around an element attributes or
elements of MathML; `static/css/prose.css` says what the classes mean. Boxes and strokes are not in
MathML Core, and become classes as well.
"""

from __future__ import annotations

import re

_CLASSES = {
    "text-align: left": "align-left", "text-align: right": "align-right",
    "padding-left: 0": "flush-left", "padding-right: 0": "flush-right",
    "padding-left:1em": "apart", "padding-top: 0": "dense", "width: 100%": "with-tags",
    "width: 50%": "tag-room", "width: 7.5%": "tag-room",
    "border-left: 0.05em solid currentcolor": "rule-left",
    "border-left: 0.05em dashed currentcolor": "rule-left",
    "border-right: 0.05em solid currentcolor": "rule-right",
    "border-right: 0.05em dashed currentcolor": "rule-right",
    "border-top: 0.05em solid currentcolor": "rule-above",
    "border-top: 0.05em dashed currentcolor": "rule-above",
    "font-variant-caps: small-caps": "small-caps",
}  # fmt: skip
"""What the library says by styles, and the classes that say it; the rest can be done without."""
_ATTRIBUTE = r' (style|id|notation)="([^"]*)"| class="math-core[^"]*"'
_ELLIPSIS = r"<mo[^>]*>([.·])</mo><mo[^>]*>\1</mo><mo[^>]*>\1</mo>"
_BACK = r'<mspace style="margin-left:-([\d.]+)[a-z]+;"/>'
_PADDED = r'<mpadded style="padding-left:([^;]*);padding-right:([^;]*);">|<mpadded|</mpadded>'
_STROKE = r'<mrow class="menclose-[a-z]*"></mrow>'


def mended(markup: str) -> str:
    """The same formula without `style` and `id`, with dots as one sign and arrows that sit well."""
    if ">.</mo>" in markup or ">·</mo>" in markup:
        markup = re.sub(_ELLIPSIS, _ellipsis, markup)
    if "\u20d7" in markup:
        markup = markup.replace(">\u20d7<", ">→<")  # which any font draws above the middle
    markup = markup.replace(' stretchy="false" stretchy="true"', ' stretchy="true"')
    if "<mspace style" in markup:
        markup = re.sub(_BACK, _back, markup)
    if "<mpadded style" in markup:
        markup = _spaced(markup)
    if "menclose" in markup:
        markup = re.sub(_STROKE, "", markup).replace("menclose", "mrow")
    if any(name in markup for name in (" style=", " id=", "notation=", "math-core")):
        markup = re.sub(_ATTRIBUTE, _attribute, markup)
    return markup


def _ellipsis(found: re.Match[str]) -> str:
    sign = "…" if found[1] == "." else "⋯"
    return f'<mo lspace="0" rspace="0.1667em">{sign}</mo>'


def _back(found: re.Match[str]) -> str:
    """Negative space is not in MathML: steps back of a sixth of an em each."""
    steps = '<mspace class="back"/>' * min(round(6 * float(found[1])), 60)
    return steps if steps.count("<") == 1 else f"<mrow>{steps}</mrow>"


def _spaced(markup: str) -> str:
    """Room on both sides of an element as spaces, which need no style."""
    ends: list[str] = []

    def swap(found: re.Match[str]) -> str:
        if found[0] == "</mpadded>":
            return ends.pop()
        if found[1] is None:
            ends.append("</mpadded>")
            return found[0]
        left, right = (f'<mspace width="{w}"/>' if w != "0" else "" for w in found.groups())
        ends.append(f"{right}</mrow>")
        return f"<mrow>{left}"

    return re.sub(_PADDED, swap, markup)


def _attribute(found: re.Match[str]) -> str:
    name, value = found.groups()
    if name == "notation":
        return f' class="{value}"'
    if name != "style":
        return ""
    if value.startswith("color:"):
        return f' mathcolor="{value.removeprefix("color:").split(";")[0]}"'
    classes = [_CLASSES[part] for part in value.split(";") if part in _CLASSES]
    return f' class="{" ".join(classes)}"' if classes else ""


_PARTS = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
}  # fmt: skip
"""How many children MathML demands of an element."""
_ELEMENTS = frozenset(_PARTS) | {
    "math", "mi", "mmultiscripts", "mn", "mo", "mpadded", "mphantom", "mprescripts", "mrow", "mspace",
    "msqrt", "mstyle", "mtable", "mtd", "mtext", "mtr",
}  # fmt: skip
_WITHIN_TEXT = frozenset({"b", "i", "em", "code", "s", "u", "span"})
_ATTRIBUTES = frozenset(
    {"accent", "accentunder", "class", "depth", "display", "displaystyle", "form", "height", "largeop",
     "linethickness", "lspace", "mathcolor", "mathvariant", "maxsize", "minsize", "movablelimits",
     "rspace", "scriptlevel", "stretchy", "symmetric", "voffset", "width"}
)  # fmt: skip
"""What may be in a formula: nothing that could lead anywhere or style anything else."""


def is_sound(markup: str) -> bool:
    """Whether it is XML of known elements, none of which lacks a part: the library lets through a
    `<` in the name of an operator, and a row that ends where something is still to come."""
    from pyexpat import ExpatError, ParserCreate

    open_ones: list[tuple[str, list[str]]] = [("", [])]
    wrong: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        within = open_ones[-1][0]
        known = _WITHIN_TEXT if within == "mtext" or within in _WITHIN_TEXT else _ELEMENTS
        if name not in known or not _ATTRIBUTES.issuperset(attributes):
            wrong.append(name)
        open_ones[-1][1].append(name)
        open_ones.append((name, []))

    def end(name: str) -> None:
        parts = open_ones.pop()[1]
        if len(parts) != _PARTS.get(name, len(parts)):
            wrong.append(name)

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(markup, True)
    except ExpatError:
        return False
    return not wrong
