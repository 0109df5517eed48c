"""Finds the blocks, fields and values of a .bib file, and tells every place that does not read.

A slip costs its own entry as little as can be, and no other anything: the text is first cut at
each `@type{` that begins a line, and no block reads past the next cut. Where a delimiter is
missing, a line that reads `name = value` tells where the next field begins.

Delimiters are BibTeX's own: a backslash protects nothing, braces pair within quotes too. Beyond
BibTeX, `%` begins a comment outside values, and `@comment{...}` hides the entries it encloses, as
biber has it. Source: bibtex.web (O. Patashnik), the sections on reading the database.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from msgspec.structs import replace

from builder.text.bibtex_tokens import Block, Field, Part, Source, quote
from builder.text.patterns import late

# ---- the pieces -----------------------------------------------------------------------------

_TYPE = r"[^\W\d][\w:.+*-]*+"
_NAME = r"[^\W\d][^\s{}()\"',=#%@\\$]*+"
_START = (
    rf"@+[ \t]*({_TYPE})\s*"
    rf'(?:{{|\((?=\s*(?:"|{_NAME}\s*=|[^()\n,]*,[\s,]*(?:{_NAME}\s*=|\)))))'
)
"""`@type{`; with a parenthesis only where fields follow, lest it be prose."""
_CUT = re.compile(rf"^([ \t]*)(?P<start>{_START})", re.MULTILINE)
_OUTSIDE = late(
    r"(?P<comment>%[^\n]*)"
    rf"|(?P<start>(?<![\w.]){_START})"
    rf"|(?P<stray>(?:^[ \t]*(?:,[ \t]*)?|,\s*|(?<=[}})])[ \t]*)(?P<name>{_NAME})\s*=\s*[\w{{\"])"
    rf"|(?P<broken>^[ \t]*+(?!{_START})@(?![ \t]*(?i:comment))[^\n]*"
    rf"|^[ \t]*{_TYPE}[ \t]*[{{(][^,={{}}()\"]*,\s*{_NAME}\s*=[^\n]*)",
    re.MULTILINE,
)
"""What may stand between entries; all else there is text that nobody reads."""
_BLANK = re.compile(r"(?:\s+|%[^\n]*)*+")
_GAP = re.compile(r"(?:[\s,]+|%[^\n]*)*+")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_HEAD = {"}": late(r'\s*([^,{}"\n]*)'), ")": late(r'\s*([^,{}"\n)]*)')}
FIELD_IN_HEAD = re.compile(rf'(?:^|(?<=\s)){_NAME}\s+=|(?<=\s){_NAME}=|^{_NAME}=[{{"]')
"""A field where only a key may stand: the comma between them is missing."""
_FIELD = late(rf'({_NAME})\s*(=|(?=[{{"]))')
_PLAIN = re.compile(
    rf"[\s,]*+({_NAME})\s*=\s*(?:"
    r"{([^{}]*+(?:{[^{}]*+}[^{}]*+)*+)}"
    r'|"([^{}"]*+(?:{[^{}]*+}[^{}"]*+)*+)"'
    r"|(\w++))\s*(?:,|(?=}))"
)
"""A field with nothing to look at twice, as nearly all are."""
_BARE = {"}": late(r'(?!=)[^\s,{}"#]+'), ")": late(r'(?!=)[^\s,{}"#)]+')}
_VALUE_ENDS = late(rf"(?:\s+|%[^\n]*)*+(?:[,#}})]|{_NAME}\s*=|\Z)")
_QUOTE_OR_BRACE = re.compile(r'["{]')
_LAST_QUOTE = late(r'"(?=\s*[,#})])')
_RUN_ENDS = late(r"[{},)]|\n[ \t]*\n")
_FIELD_AHEAD = late(rf"(?:\n[ \t]*|,\s*){_NAME}\s*=")
_LINE_AHEAD = late(
    rf'\n[ \t]*(?:,[ \t]*)?{_NAME}\s*=\s*["{{\w]'
    r"|\n[ \t]*[})][ \t]*(?=\n|\Z)"
    rf'|,\s*{_NAME}\s*=\s*(?:["{{]|\d+\s*[,}}])'
)
"""Where a value that is never closed must have ended."""


def partners_of(text: str) -> dict[int, int]:
    """The offset of each brace that opens to that of the one that closes it."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for found in re.finditer(r"{[^{}]*+}|[{}]", text):
        start, end = found.span()
        if end - start > 1:
            partners[start] = end - 1
        elif text[start] == "{":
            waiting.append(start)
        elif waiting:
            partners[waiting.pop()] = start
    return partners


def _cuts(text: str) -> list[int]:
    """The lines that begin a block, and the end. One set in deeper is text of a value."""
    found = [(start.start(), len(start[1])) for start in _CUT.finditer(text)]
    outermost = min((indent for _, indent in found), default=0)
    return [*(at for at, indent in found if indent <= outermost + 3), len(text)]


def _is_empty(text: str) -> bool:
    """Whether there are only blanks and comments."""
    return all(line.lstrip()[:1] in ("", "%") for line in text.split("\n"))


class Scanner:
    """Walks the text once: `at` is where it stands, `limit` what this block may not read past."""

    def __init__(self, source: Source) -> None:
        self.text, self.source = source.text, source
        self.slips = 0
        self.partners = partners_of(source.text)
        self.cuts = _cuts(source.text)
        self.at = 0
        self.limit = len(source.text)
        self.close = "}"
        self.ahead = (0, -1)

    def warn(self, kind: str, at: int, message: str, hint: str) -> None:
        """Tell a slip."""
        self.slips += 1
        self.source.warn(kind, at, message, hint)

    def blocks(self) -> Iterator[Block]:
        """The entries and `@string`s in the order typed; problems are told as they are met."""
        quiet = False  # a run of fields without an entry is told once
        while found := self._next():
            self.at = found.end()
            if found.lastgroup == "start":
                quiet = False
                if block := self._block(found.start("start")):
                    yield block
            elif found.lastgroup == "comment":
                quiet = quiet or "@" in found[0]
            elif found.lastgroup == "broken" or not quiet:
                self._outside(found)
                quiet = True

    def _next(self) -> re.Match[str] | None:
        """What stands next outside entries; mostly that is an entry on a line of its own."""
        cut = self.cuts[bisect_left(self.cuts, self.at)]
        if _is_empty(self.text[self.at : cut]):
            return _CUT.match(self.text, cut)
        return _OUTSIDE().search(self.text, self.at)

    def _outside(self, found: re.Match[str]) -> None:
        at = found.end() - len(found[0].lstrip(" \t\n,"))
        if found.lastgroup == "broken":
            message = f"{quote(found[0])} looks like an entry, but does not begin `@type{{key,`"
            hint = "mend its first line, or begin it with % to leave the entry out"
            self.warn("broken-entry", at, message, hint)
        else:
            message = f"the field {quote(found['name'])} stands outside any entry and is not used"
            self.warn("field-outside", at, message, "look for the missing `@type{key,` above it")

    def _block(self, start: int) -> Block | None:
        opening = self.at - 1
        kind = self.text[start:opening].strip("@ \t\n").lower()
        self.limit = self.cuts[bisect_right(self.cuts, start)]
        self.close = "}" if self.text[opening] == "{" else ")"
        if kind in ("comment", "preamble"):
            self._skip(kind, start, opening)
            return None
        slips = self.slips
        key = self._key() if kind != "string" else ""
        fields = self._fields(start)
        return Block(kind, key, fields, start, self.at, clean=self.slips == slips)

    def _skip(self, kind: str, start: int, opening: int) -> None:
        """A comment may hide whole entries; a preamble ends before the next one."""
        end = self.partners.get(opening)
        if end is not None and (kind == "comment" or end < self.limit):
            self.at = end + 1
        elif self.close == "}":
            self.at = self.limit
            self.warn("unclosed-entry", start, f"this @{kind} is never closed", "add its `}`")

    def _key(self) -> str:
        head = _HEAD[self.close]().match(self.text, self.at, self.limit)
        assert head, "every piece of a head may be empty"
        follows = self.text[head.end() : head.end() + 1]
        early = FIELD_IN_HEAD.search(head[1] + (follows if follows in ("{", '"') else ","))
        key = head[1][: early.start() if early else None].strip()
        self.at = head.end()
        if early:
            self.at = head.start(1) + early.start()
        elif self._peek() in (",", self.close, ""):
            return key
        if key:
            message = f"no comma after the key {quote(key)}"
            self.warn("missing-comma", head.start(1), message, f"write `{key},`")
        return key

    def _fields(self, start: int) -> list[Field]:
        fields: list[Field] = []
        while True:
            plain = _PLAIN.match(self.text, self.at, self.limit)
            if plain and plain.lastindex:
                self.at = plain.end()
                part = Part(*plain.span(plain.lastindex), plain.lastindex == 4)
                fields.append(Field(plain[1].lower(), plain.start(1), (part,)))
            elif self._finished(start, fields):
                return fields
            elif name := _FIELD().match(self.text, self.at, self.limit):
                fields.append(self._field(name))
            else:
                self._skip_loose()

    def _finished(self, start: int, fields: list[Field]) -> bool:
        self._pass(_GAP)
        if self.at >= self.limit:
            goes_on = self._gives_back(start, fields)
        elif self.text[self.at] != self.close:
            return False
        else:
            self.at += 1
            goes_on = self._goes_on()
        return not goes_on or self._finished(start, fields)

    def _goes_on(self) -> bool:
        """Whether a field follows the close: then there was one too many."""
        if _is_empty(self.text[self.at : self.limit]):
            return False
        follows = _OUTSIDE().search(self.text, self.at, self.limit)
        near = follows and not _EMPTY_LINE.search(self.text, self.at, follows.start())
        if not follows or not near or follows.lastgroup != "stray":
            return False
        message = f"`{self.close}` closes the entry, but its field {quote(follows['name'])} follows"
        hint = f"look for a `{self.close}` too many in the value before it"
        self.warn("closed-early", self.at - 1, message, hint)
        self.at = follows.start()
        return True

    def _gives_back(self, start: int, fields: list[Field]) -> bool:
        """Whether the last value took in other fields, so that no close is left: read them."""
        last = fields[-1].parts[-1] if fields else Part(0, 0)
        ahead = _LINE_AHEAD().search(self.text, last.start, min(last.end + 1, self.limit))
        if ahead:
            whole = self._unclosed_value(last.start, ahead.start())
            fields[-1] = replace(fields[-1], parts=(*fields[-1].parts[:-1], whole))
            return True
        message = f"the entry {self._found(start, self.limit)} is never closed"
        hint = f"add a `{self.close}` on a line of its own after its last field"
        self.warn("unclosed-entry", start, message, hint)
        return False

    def _field(self, name: re.Match[str]) -> Field:
        if not name[2]:
            message = f"no `=` after the field name {quote(name[1])}"
            self.warn("missing-equals", name.start(), message, f"write `{name[1]} =`")
        self.at = name.end()
        parts = [self._part()]
        while self._peek() == "#":
            self.at += 1
            parts.append(self._part())
        if self._peek() not in (",", self.close, ""):
            parts = self._without_comma(name, parts)
        return Field(name[1].lower(), name.start(), tuple(parts))

    def _without_comma(self, name: re.Match[str], parts: list[Part]) -> list[Part]:
        """A field may follow all the same; other text makes the value stand as written."""
        following = _FIELD().match(self.text, self.at, self.limit)
        if following and following[2]:
            message = f"no comma before the field {quote(following[1])}"
            hint = f"put a comma after the value of `{name[1]}`"
            self.warn("missing-comma", parts[-1].end, message, hint)
            return parts
        loose = self.at
        self.at = self._run(",")
        message = f"{self._found(loose, self.at)} stands after the end of a value"
        self.warn("loose-text", loose, message, "write the whole value in one pair of braces")
        return [Part(name.end(), self.at)]

    def _skip_loose(self) -> None:
        begin = self.at
        self.at = self._run("")
        message = f"{self._found(begin, self.at)} was found where `name = {{value}},` belongs"
        self.warn("no-field", begin, message, "delete it, or make it a field")

    def _part(self) -> Part:
        at, here = self.at, self._peek()
        if here == "{":
            return self._braced()
        if here == '"':
            return self._quoted()
        if bare := _BARE[self.close]().match(self.text, self.at, self.limit):
            self.at = bare.end()
            return Part(*bare.span(), True)
        message = f"a value was expected before {self._found(self.at, self.limit)}"
        self.warn("no-value", at, message, "write one in braces, or delete the field")
        return Part(self.at, self.at)

    def _braced(self) -> Part:
        start = self.at
        end = self.partners.get(start, self.limit)
        if end >= self.limit:
            return self._unclosed_value(start + 1, self._ahead(start))
        self.at = end + 1
        return Part(start + 1, end)

    def _quoted(self) -> Part:
        """Up to the next quote outside braces, unless what follows shows it to be another's."""
        start, last = self.at, None
        end = self._closing_quote(start + 1)
        if end < 0 or not _VALUE_ENDS().match(self.text, end + 1, self.limit):
            stop = self._ahead(start)
            if last := _LAST_QUOTE().search(self.text, start + 1, stop + 1):
                end = last.start()
            elif not start < end < stop:
                return self._unclosed_value(start + 1, stop)
        if last or self.text.count("{", start, end) != self.text.count("}", start, end):
            message = f"quotes or braces do not pair in {self._found(start, end + 1)}"
            self.warn("unpaired", start, message, "write the value in braces, all of them in pairs")
        self.at = end + 1
        return Part(start + 1, end)

    def _closing_quote(self, at: int) -> int:
        while found := _QUOTE_OR_BRACE.search(self.text, at, self.limit):
            if found[0] == '"':
                return found.start()
            at = self.partners.get(found.start(), found.start()) + 1
        return -1

    def _unclosed_value(self, start: int, end: int) -> Part:
        value = self.text[start:end].rstrip(" \t\n,")
        message = f"the value {quote(value)} is never closed"
        delimiter = '"' if self.text[start - 1] == '"' else "}"
        self.warn("unclosed-value", start - 1, message, f"add the missing `{delimiter}` at its end")
        self.at = end
        return Part(start, start + len(value))

    def _pass(self, what: re.Pattern[str]) -> None:
        if found := what.match(self.text, self.at, self.limit):
            self.at = found.end()

    def _peek(self) -> str:
        """The next character that is neither blank nor comment; empty at the limit."""
        self._pass(_BLANK)
        return self.text[self.at] if self.at < self.limit else ""

    def _found(self, start: int, end: int) -> str:
        return quote(self.text[start : min(end, start + 200)])

    def _ahead(self, at: int) -> int:
        """Where the next line that cannot belong to a value begins; remembers the last answer."""
        begun, end = self.ahead
        if not begun <= at <= end <= self.limit:
            found = _LINE_AHEAD().search(self.text, at, self.limit)
            end = found.start() if found else self.limit
            self.ahead = at, end
        return end

    def _run(self, comma: str) -> int:
        """Where this text ends: at the close, before the next field, or at a comma if asked."""
        ahead = _FIELD_AHEAD().search(self.text, self.at + 1, self.limit)
        end = ahead.start() if ahead else self.limit
        at = self.at
        while found := _RUN_ENDS().search(self.text, at, end):
            at = found.end()
            if found[0] == "{":
                closing = self.partners.get(found.start(), end)
                at = closing + 1 if closing < end else at
            elif found[0] == self.close or (comma and found[0] not in ("}", ")")):
                return found.start()
        return end
