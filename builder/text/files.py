"""Text out of files that people's editors wrote: UTF-8, with or without BOM, any line ends."""

from __future__ import annotations

import re
from pathlib import Path

from builder.problems import Place, Problems

_LINE_ENDS = re.compile(r"\r+\n|\r")


def read_text(file: Path, path: str, problems: Problems) -> str | None:
    """The text of `file`, its line ends made `\\n`; None when it is no text, which is told.

    `path` is what messages call it. A byte order mark is dropped; `\\r\\r\\n`, which some editors
    leave, is one line end, so that lines count as an editor shows them.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        problems.error("unreadable-file", f"cannot read it: {reason}", Place(path))
        return None
    return decode(data, path, problems)


def decode(data: bytes, path: str, problems: Problems) -> str | None:
    """Bytes as text; see `read_text`."""
    if b"\0" in data:
        utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        what = "UTF-16" if utf16 else "a file with NUL bytes, which is no text"
        place = Place(path) if utf16 else _place(path, data, data.index(b"\0"))
        problems.error(
            "not-utf-8", f"expected UTF-8, found {what}", place,
            "save it as UTF-8 in your editor",
        )  # fmt: skip
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        likely = _likely_encoding(data)
        problems.error(
            "not-utf-8", f"expected UTF-8, found the byte 0x{data[error.start]:02x}; this is probably {likely}",
            _place(path, data, error.start), "save it as UTF-8 in your editor",
        )  # fmt: skip
        return None
    return _LINE_ENDS.sub("\n", text) if "\r" in text else text


def _place(path: str, data: bytes, at: int) -> Place:
    """Where the byte at `at` stands, counted as an editor counts."""
    before = data[:at].decode("utf-8-sig", "replace")
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")


def _likely_encoding(data: bytes) -> str:
    """The encoding a person most likely saved in: East Asian ones have long runs of high bytes."""
    runs = _HIGH_BYTES.findall(data)
    if sum(map(len, runs)) >= 4 * len(runs):
        for name, shown in (
            ("gb18030", "GB 18030"),
            ("shift_jis", "Shift JIS"),
            ("euc_kr", "EUC-KR"),
        ):
            try:
                data.decode(name)
            except UnicodeDecodeError:
                continue
            return shown
    return "Windows-1252 (Latin-1)"
