"""The cursor's moves, with margins and origin, as rows of where it stands."""

import pytest
from pyte import modes
from pyte.screens import Margins

from termlab.terminal.pyte_screen import CellScreen


def screen() -> CellScreen:
    return CellScreen(20, 10, lambda line: None)


@pytest.mark.parametrize(
    ("start", "move", "count", "end"),
    [
        (1, "cursor_up", 5, 0),
        (3, "cursor_up", 5, 2),
        (9, "cursor_up", 9, 2),
        (8, "cursor_down", 5, 9),
        (3, "cursor_down", 9, 5),
        (0, "cursor_down", 9, 5),
        (3, "lines_down", 9, 9),
        (3, "cursor_down", None, 4),
    ],
)
def test_margins_hold_who_stands_inside_or_comes_from_beyond(
    start: int, move: str, count: int | None, end: int
) -> None:
    it = screen()
    it.set_margins(3, 6)
    it.cursor.y = start
    getattr(it, move)(count)
    assert it.cursor.y == end


def test_margins_are_lines_of_the_screen() -> None:
    it = screen()
    it.set_margins(3, 99)
    assert it.margins == Margins(2, 9)
    it.set_margins(5, 5)
    it.set_margins(8, 3)
    assert it.margins == Margins(2, 9)
    it.set_margins(0, 0)
    assert it.margins == Margins(0, 9)


def test_in_origin_mode_places_are_counted_and_held_within_the_margins() -> None:
    it = screen()
    it.set_margins(3, 6)
    it.set_mode(modes.DECOM >> 5, private=True)
    assert it.cursor.y == 2
    it.cursor_position(99, 99)
    assert (it.cursor.x, it.cursor.y) == (19, 5)
    it.cursor_to_line(2)
    assert it.cursor.y == 3


def test_tabs_go_from_stop_to_stop_both_ways() -> None:
    it = screen()
    it.tab_forward(2)
    assert it.cursor.x == 16
    it.tab_forward(9)
    assert it.cursor.x == 19
    it.tab_back(2)
    assert it.cursor.x == 8
    it.tab_back(9)
    assert it.cursor.x == 0


def test_a_tab_leaves_a_pending_wrap_alone() -> None:
    it = screen()
    it.draw("x" * 20)
    it.tab()
    it.draw("y")
    assert (it.cursor.x, it.cursor.y) == (1, 1)


def test_stops_are_set_anew_every_eight_columns() -> None:
    it = screen()
    it.clear_tab_stop(3)
    it.reset_tabs(9)
    assert it.tabstops == {16}
    it.reset_tabs()
    assert it.tabstops == {8, 16}
