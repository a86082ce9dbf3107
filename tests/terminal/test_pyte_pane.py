"""Two screens and a history: what switching and resizing make of them."""

import pytest

from termlab.model.geometry import Size
from termlab.terminal.pyte_engine import PyteEmulator

SIZE = Size(10, 4)


def engine(data: bytes) -> PyteEmulator:
    emulator = PyteEmulator(SIZE)
    emulator.feed(memoryview(data))
    return emulator


def lines(count: int) -> bytes:
    return b"\r\n".join(b"%d" % number for number in range(count))


def test_a_lower_screen_gives_up_blank_lines_first_then_its_oldest() -> None:
    emulator = engine(b"0\r\n1")
    emulator.resize(Size(10, 2))
    assert (emulator.history_rows(), emulator.text_at(0, 9)) == (0, ["0", "1"])
    emulator.resize(Size(10, 1))
    assert (emulator.history_rows(), emulator.text_at(0, 9)) == (1, ["0", "1"])
    assert emulator.cursor().y == 0


def test_a_higher_screen_takes_rows_back_that_its_cursor_stood_under() -> None:
    emulator = engine(b"\x1b[31m" + lines(9))
    before = emulator.rows_at(0, 9)
    emulator.resize(Size(10, 6))
    assert emulator.history_rows() == 3
    assert emulator.rows_at(0, 9) == before
    assert emulator.cursor().y == 5
    emulator.feed(memoryview(b"\x1b[H"))
    emulator.resize(Size(10, 8))
    assert emulator.history_rows() == 3
    assert emulator.text_at(9, 9) == ["", ""]


def test_what_a_narrower_screen_cuts_off_is_lost() -> None:
    emulator = engine("0123456789漢".encode())
    emulator.resize(Size(7, 4))
    emulator.resize(Size(10, 4))
    assert emulator.text_at(0, 2) == ["0123456", "漢"]


def test_history_is_cut_only_as_it_is_looked_at() -> None:
    emulator = engine(b"0123456789\r\n" * 9)
    emulator.resize(Size(4, 4))
    assert emulator.text_at(0, 1) == ["0123"]
    emulator.resize(Size(10, 4))
    assert emulator.text_at(0, 1) == ["0123456789"]


def test_both_screens_get_the_new_size() -> None:
    emulator = engine(lines(4) + b"\x1b[?1049hfull")
    emulator.resize(Size(12, 2))
    emulator.feed(memoryview(b"\x1b[2;1Hend\x1b[?1049l!"))
    assert emulator.text_at(0, 9) == ["0", "1", "2", "3!"]
    assert emulator.history_rows() == 2


def test_the_cursor_comes_back_to_the_row_it_left_where_that_has_moved() -> None:
    emulator = engine(lines(9) + b"\x1b[?1049h")
    emulator.resize(Size(10, 6))
    emulator.feed(memoryview(b"\x1b[?1049l!"))
    assert emulator.history_rows() == 3
    assert emulator.text_at(8, 1) == ["8!"]


def test_what_scrolls_on_the_alternate_screen_is_not_kept() -> None:
    emulator = engine(lines(4) + b"\x1b[?1049h" + lines(50) + b"\x1b[?1049l")
    assert emulator.history_rows() == 0
    assert emulator.text_at(0, 9) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    ("region", "kept"), [(b"", 3), (b"\x1b[1;3r\x1b[3;1H", 3), (b"\x1b[2;4r\x1b[4;1H", 0)]
)
def test_only_what_leaves_at_the_top_of_the_screen_is_kept(region: bytes, kept: int) -> None:
    emulator = engine(lines(4) + region + b"\n\n\n")
    assert emulator.history_rows() == kept


def test_starting_anew_forgets_both_screens_and_the_history() -> None:
    emulator = engine(lines(9) + b"\x1b[?1049h")
    handle = emulator.track(1)
    emulator.feed(memoryview(b"\x1bc"))
    assert not emulator.modes().alternate
    assert emulator.history_rows() == 0
    assert emulator.text_at(0, 9) == ["", "", "", ""]
    assert emulator.tracked_row(handle) is None


@pytest.mark.parametrize("size", [Size(1, 1), Size(300, 1), Size(1, 100)])
def test_extreme_sizes_there_and_back(size: Size) -> None:
    emulator = engine("漢a\x1b[41m\x1b[K".encode() + lines(9) + b"\x1b7\x1b[?1049h\x1b7x")
    emulator.resize(size)
    assert len(emulator.changed_rows()) == size.rows
    emulator.feed(memoryview("漢\x1b8\x1b[?1049l\x1b8漢z\t\x1b[Zy".encode()))
    emulator.resize(SIZE)
    assert len(emulator.changed_rows()) == SIZE.rows
    assert emulator.cursor().y < SIZE.rows
