"""Which rows are written, told from the bytes; the engine is the judge."""

import random

import pytest

from termlab.model.geometry import Size
from termlab.terminal.engine import make_emulator
from termlab.terminal.written_rows import WrittenRows

ROWS = 10


def told(data: bytes, row: int = 0) -> WrittenRows:
    rows = WrittenRows(ROWS)
    rows.place(row, ROWS)
    rows.take(data)
    return rows


@pytest.mark.parametrize(
    ("data", "row", "written", "scrolled"),
    [
        (b"x", 3, {3}, 0),
        (b"\x1b[5;1Hx\x1b[2;3Hy", 0, {4, 1}, 0),
        (b"\x1b[Hx", 5, {0}, 0),
        (b"\x1b[99;1Hx", 0, {9}, 0),
        (b"\x1b[7dx\x1b[2Ay\x1b[3Bz", 0, {6, 4, 7}, 0),
        (b"a\r\nb\r\nc", 0, {0, 1, 2}, 0),
        (b"a\r\nb\r\nc", 8, {8, 9}, 1),
        (b"\n" * 30, 0, set(), 21),
        (b"\x1b[5;1H\x1b[?25l\x1b(B\x1b]0;title\x07\r", 0, set(), 0),
        (b"\x1b[3S", 0, set(), 3),
        (b"\x1bM", 0, set(), 1),
        (b"\x1bMx", 4, {3}, 0),
        (b"\x1b[2;5r\x1b[5;1Hx\n", 0, {4}, 1),
        (b"\x1b7\x1b[9;1Hx\x1b8y", 2, {8, 2}, 0),
        (b"\x1b[4L", 2, set(), 4),
        (b"\x1b[0Hx", 4, {0}, 0),
    ],
)
def test_rows_are_told(data: bytes, row: int, written: set[int], scrolled: int) -> None:
    found = told(data, row)
    assert (found.written, found.scrolled) == (written, scrolled)


@pytest.mark.parametrize(
    ("data", "erased", "written"),
    [
        (b"\x1b[3;1H\x1b[K", {2}, set()),
        (b"\x1b[3;1H\x1b[Kx", {2}, {2}),
        (b"\x1b[3;1H\x1b[m\x1b[2P", {2}, set()),
        (b"\x1b[8;1H\x1b[J", {7, 8, 9}, set()),
        (b"\x1b[3;1H\x1b[1J", {0, 1, 2}, set()),
        (b"\x1b[2J", set(range(10)), set()),
        (b"\x1b[3J", set(), set()),
        (b"\x1bc", set(range(10)), set()),
    ],
)
def test_rows_that_are_erased_are_told_apart(
    data: bytes, erased: set[int], written: set[int]
) -> None:
    found = told(data)
    assert (found.erased, found.written) == (erased, written)


def test_another_size_ends_a_region() -> None:
    rows = WrittenRows(ROWS)
    rows.take(b"\x1b[2;5r")
    rows.place(5, 20)
    rows.take(b"\r\n" * 14 + b"x")
    assert (rows.written, rows.scrolled) == ({19}, 0)


@pytest.mark.parametrize("seed", range(20))
def test_no_row_that_the_engine_changes_is_left_out(seed: int) -> None:
    """Of output that neither wraps nor scrolls."""
    dice = random.Random(seed)
    emulator = make_emulator(Size(40, ROWS), 1 << 16)
    try:
        rows = WrittenRows(ROWS)
        for _ in range(10):
            before = emulator.rows_at(0, ROWS)
            parts = [
                b"\x1b[%d;%dH%b" % (dice.randint(1, ROWS), dice.randint(1, 30), word)
                for word in dice.choices(
                    [b"word", b"\x1b[K", b"\x1b[2K", b"\x1b[Ax", b"\x1bM"], k=6
                )
            ]
            data = b"".join(parts)
            rows.place(emulator.cursor().y, ROWS)
            rows.take(data)
            emulator.feed(memoryview(data))
            after = emulator.rows_at(0, ROWS)
            changed = {y for y in range(ROWS) if before[y] != after[y]}
            assert rows.scrolled or changed <= rows.written | rows.erased
    finally:
        emulator.close()
