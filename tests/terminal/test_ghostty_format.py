"""The formatter: ranges of rows and of one row's columns."""

from collections.abc import Callable

import pytest

from termlab.model.geometry import Size
from termlab.terminal.arena import Temporary, make_pool
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.terminal.ghostty_format import Formatter
from termlab.terminal.ghostty_lib import load
from termlab.terminal.heap_arena import BUFFER_BYTES, HeapTemporary
from termlab.terminal.temporary_arena import INITIAL_BYTES, TemporaryArena
from tests.terminal.cells import feed

SCREEN = load().lib.GHOSTTY_POINT_TAG_SCREEN
Make = Callable[[Size, bytes], Formatter]


@pytest.fixture(params=["on", "off"])
def arena(request: pytest.FixtureRequest) -> Temporary:
    """Both ways: rows must come out the same."""
    return TemporaryArena(make_pool()) if request.param == "on" else HeapTemporary()


@pytest.fixture
def make(arena: Temporary) -> Make:
    kept = []

    def formatter(size: Size, data: bytes) -> Formatter:
        emulator = GhosttyEmulator(size)
        kept.append(emulator)
        feed(emulator, data)
        return Formatter(load(), emulator._terminal, arena)

    return formatter


def test_blank_rows_come_out_empty_and_are_never_missing(make: Make) -> None:
    formatter = make(Size(10, 4), b"\r\nab")
    assert formatter.lines(SCREEN, 0, 4, 10) == [b"", b"ab", b"", b""]
    assert formatter.texts(SCREEN, 0, 4, 10) == ["", "ab", "", ""]


def test_a_run_is_part_of_the_selected_row(make: Make) -> None:
    formatter = make(Size(10, 2), b"abc\r\ndefg")
    formatter.select_row(SCREEN, 1)
    assert formatter.run(1, 2) == b"ef"


def test_rows_larger_than_the_room_are_whole(make: Make, arena: Temporary) -> None:
    cell = b"\x1b[38;2;100;100;%dm\x1b[48;2;200;200;%dmx"
    data = b"".join(cell % (i % 200 + 10, i % 199 + 10) for i in range(4000))
    formatter = make(Size(400, 10), data)
    lines = formatter.lines(SCREEN, 0, 10, 400)
    assert sum(map(len, lines)) > max(BUFFER_BYTES, INITIAL_BYTES)
    assert arena.stats().used_bytes >= sum(map(len, lines))
    assert len(lines) == 10
    assert [line.count(b"x") for line in lines] == [400] * 10
