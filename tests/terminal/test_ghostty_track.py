"""Rows followed through all that moves or drops them."""

from termlab.model.geometry import Size
from termlab.terminal.ghostty import GhosttyEmulator
from tests.terminal.cells import feed


def test_the_history_limit_drops_rows() -> None:
    emulator = GhosttyEmulator(Size(80, 5), scrollback_bytes=100_000)
    feed(emulator, b"one\r\ntwo")
    handle = emulator.track(1)
    feed(emulator, b"line\r\n" * 8000)
    assert emulator.tracked_row(handle) is None


def test_erasing_history_drops_its_rows_and_moves_those_of_the_screen() -> None:
    emulator = GhosttyEmulator(Size(20, 5))
    feed(emulator, b"\r\n" * 10)
    old, top, last = emulator.track(0), emulator.track(5), emulator.track(10)
    feed(emulator, b"\x1b[3J")
    assert emulator.tracked_row(old) is None
    assert emulator.tracked_row(top) is None
    assert emulator.tracked_row(last) == 4


def test_without_history_a_row_is_dropped_as_it_scrolls_off() -> None:
    emulator = GhosttyEmulator(Size(20, 5), scrollback_bytes=0)
    handle = emulator.track(1)
    feed(emulator, b"\x1b[5;1H\r\n")
    assert emulator.tracked_row(handle) == 0
    feed(emulator, b"\r\n")
    assert emulator.tracked_row(handle) is None


def test_a_reset_drops_all() -> None:
    emulator = GhosttyEmulator(Size(20, 5))
    handle = emulator.track(2)
    feed(emulator, b"\x1bc")
    assert emulator.tracked_row(handle) is None


def test_a_row_one_column_wide_can_be_followed() -> None:
    emulator = GhosttyEmulator(Size(1, 5))
    handle = emulator.track(0)
    assert emulator.tracked_row(handle) == 0
    emulator.close()
