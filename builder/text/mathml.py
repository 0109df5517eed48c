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
    return '<mspace class="back"/>' * min(round(6 * float(found[1])), 60)


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
