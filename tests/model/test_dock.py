"""Where the lab dock stands: every terminal's cells are shared out without a gap or an overlap."""

from hypothesis import given
from hypothesis import strategies as st

from termlab.model.dock import (
    LEAST_PANES_COLS,
    MAX_COLS,
    MIN_COLS,
    MIN_ROWS,
    Dock,
    DockPlace,
    dock_cols,
    free_cols,
    least_terminal,
    place_dock,
)
from termlab.model.geometry import Rect

sides = st.integers(0, 400)
asked = st.integers(-5, MAX_COLS + 5)


def test_of_eighty_columns_the_panes_keep_half_and_the_dock_gets_what_is_asked() -> None:
    assert place_dock(32, 80, 23) == DockPlace(Rect(47, 0, 1, 23), Rect(48, 0, 32, 23))
    assert free_cols(32, 80, 23) == 47
    assert dock_cols(200, 80, 23) == 39


def test_a_small_terminal_shows_none_and_gives_all_to_the_panes() -> None:
    for cols, rows in ((20, 4), (LEAST_PANES_COLS + MIN_COLS, 30), (200, MIN_ROWS - 1)):
        assert place_dock(36, cols, rows) is None
        assert free_cols(36, cols, rows) == cols
    assert least_terminal(1) == "65 columns and 9 rows"
    assert place_dock(36, 65, 8) is not None


def test_a_dock_that_is_hidden_asks_for_nothing() -> None:
    assert Dock(False, 36).asked == 0
    assert Dock(True, 36).asked == 36
    assert place_dock(0, 200, 50) is None


@given(asked, sides, sides)
def test_dock_line_and_panes_are_all_there_is(wanted: int, cols: int, rows: int) -> None:
    place, free = place_dock(wanted, cols, rows), free_cols(wanted, cols, rows)
    if place is None:
        assert free == cols
        return
    separator, area = place
    assert (separator.x, separator.right, area.right) == (free, area.x, cols)
    assert (separator.rows, area.rows, separator.y, area.y) == (rows, rows, 0, 0)
    assert free >= LEAST_PANES_COLS
    assert area.cols == dock_cols(wanted, cols, rows) >= MIN_COLS


@given(asked, sides, sides)
def test_what_it_has_asked_for_again_it_gets_again(wanted: int, cols: int, rows: int) -> None:
    got = dock_cols(wanted, cols, rows)
    assert dock_cols(got, cols, rows) == got


@given(asked, sides, sides)
def test_a_larger_terminal_never_makes_it_smaller(wanted: int, cols: int, rows: int) -> None:
    assert dock_cols(wanted, cols + 1, rows + 1) >= dock_cols(wanted, cols, rows)
