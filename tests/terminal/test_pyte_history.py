"""Rows above the screen: bounded by bytes, numbered for good."""

import pytest

from termlab.terminal.pyte_history import ROW_BYTES, History


def filled(count: int, limit: int = 1 << 20) -> History:
    history = History(limit)
    for number in range(count):
        history.push(b"%d" % number, 80)
    return history


@pytest.mark.parametrize(
    ("first", "count", "kept"),
    [(0, 2, [b"0", b"1"]), (3, 9, [b"3", b"4"]), (-2, 3, [b"0"]), (9, 2, []), (1, 0, [])],
)
def test_rows_are_read_by_number_from_the_oldest(first: int, count: int, kept: list[bytes]) -> None:
    history = filled(5)
    assert history.rows(first, count) == kept
    assert history.rows(0, 5) == [b"0", b"1", b"2", b"3", b"4"]


def test_the_oldest_go_when_the_bytes_are_full() -> None:
    history = History(10 * (ROW_BYTES + 1))
    for number in range(25):
        history.push(b"%d" % (number % 10), 80)
    assert len(history) == 10
    assert history.bytes == 10 * (ROW_BYTES + 1)
    assert history.rows(0, 1) == [b"5"]
    history.push(b"x" * 500, 80)
    assert history.rows(0, 9)[-1] == b"x" * 500
    assert history.bytes <= 10 * (ROW_BYTES + 1)


def test_without_room_nothing_is_kept() -> None:
    history = filled(3, limit=0)
    assert (len(history), history.bytes, history.dropped) == (0, 0, 3)


def test_a_handle_follows_its_row_until_it_is_dropped() -> None:
    history = History(3 * (ROW_BYTES + 1))
    handle = history.track(1, 4)
    for number in range(4):
        history.push(b"%d" % number, 80)
    assert history.tracked_row(handle) == 0
    history.push(b"4", 80)
    assert history.tracked_row(handle) is None
    history.untrack(handle)
    history.untrack(handle)


def test_a_row_taken_back_keeps_its_number() -> None:
    history = filled(3)
    handle = history.track(2, 5)
    assert history.pull() == b"2"
    assert history.tracked_row(handle) == 2
    assert (len(history), history.bytes) == (2, 2 * (ROW_BYTES + 1))
    assert filled(0).pull() is None


def test_what_is_not_there_is_not_followed() -> None:
    history = filled(3)
    assert history.tracked_row(history.track(5, 5)) is None
    assert history.tracked_row(history.track(-1, 5)) is None
    assert history.tracked_row(99) is None


def test_erased_history_is_gone_and_the_screen_stays() -> None:
    history = filled(3)
    above, on_screen = history.track(2, 5), history.track(3, 5)
    history.clear()
    assert (len(history), history.bytes) == (0, 0)
    assert (history.tracked_row(above), history.tracked_row(on_screen)) == (None, 0)
    history.restart(2)
    assert history.tracked_row(on_screen) is None
