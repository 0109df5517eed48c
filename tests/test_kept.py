"""What is kept comes back as it was, or not at all, whoever has written to the file meanwhile."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from builder.kept import Kept, key_of

STAMP = "0.1"


def filled(file: Path, first: int, last: int, length: int = 100) -> None:
    """Keep results with these numbers, as one build would."""
    kept = Kept(file, STAMP)
    for n in range(first, last):
        kept.put(key_of(str(n)), data_of(n, length))
    kept.save()


def data_of(n: int, length: int = 100) -> bytes:
    return Random(n).randbytes(length)


def held(file: Path, stamp: str = STAMP) -> list[int]:
    """The numbers of what a later build finds, each checked."""
    kept = Kept(file, stamp)
    found = {n: kept.get(key_of(str(n))) for n in range(100)}
    assert all(data == data_of(n, len(data)) for n, data in found.items() if data is not None)
    return [n for n, data in found.items() if data is not None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def test_builds_add_to_each_other(file: Path) -> None:
    filled(file, 0, 10)
    early = Kept(file, STAMP)
    assert early.get(key_of("3")) == data_of(3)
    filled(file, 10, 20)
    early.put(key_of("20"), data_of(20))
    early.save()
    assert early.get(key_of("15")) == data_of(15)  # what the other has added is seen by now
    assert held(file) == list(range(21))


def test_much_is_written_before_it_is_asked_for(file: Path) -> None:
    kept = Kept(file, STAMP)
    for n in range(30):
        kept.put(key_of(str(n)), data_of(n, 300_000))
    assert sum(map(len, kept.added.values())) < 5_000_000
    assert held(file) == [n for n in range(30) if key_of(str(n)) not in kept.added]
    assert all(kept.get(key_of(str(n))) == data_of(n, 300_000) for n in range(30))


@pytest.mark.parametrize("cut", [1, 99, 250, 1000, 1100, 1190, 1207])
def test_a_block_that_was_cut_off_costs_no_other(file: Path, cut: int) -> None:
    filled(file, 0, 10)
    filled(file, 10, 20)
    file.write_bytes(file.read_bytes()[:-cut])
    assert held(file) == list(range(10))
    filled(file, 20, 30)
    assert held(file) == [*range(10), *range(20, 30)]


def test_what_is_spoiled_is_not_there(file: Path) -> None:
    filled(file, 0, 10)
    data = bytearray(file.read_bytes())
    data[-250] ^= 1
    file.write_bytes(data)
    assert held(file) == [n for n in range(10) if n != 7]
    data[40] ^= 1
    file.write_bytes(data)
    assert held(file) == []


def test_another_folio_begins_anew(file: Path) -> None:
    filled(file, 0, 10)
    assert held(file, "0.2") == []
    Kept(file, "0.2").save()
    assert held(file) == []


def test_what_nobody_uses_is_dropped_when_it_is_much(file: Path) -> None:
    filled(file, 0, 30, 100_000)
    kept = Kept(file, STAMP)
    assert kept.get(key_of("4"))
    kept.save()
    assert held(file) == list(range(30))
    kept.save(all_used=True)
    assert held(file) == [4]


def test_without_a_file_it_is_this_builds_alone(tmp_path: Path) -> None:
    kept = Kept()
    assert kept.text("upper", "a", lambda: "A") == "A"
    kept.save()
    assert kept.text("upper", "a", lambda: "made twice") == "A"
    assert list(tmp_path.iterdir()) == []
