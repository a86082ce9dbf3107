"""Counts by bins, over their edges."""

from termlab.ui.dock.histogram import axis, bar_cols, bars


def test_the_highest_bin_fills_the_picture() -> None:
    assert bars((16, 8, 4, 0), 4) == ["█   ", "██▄ "]
    assert bars((1, 2), 6, rows=1) == ["▄▄▄███"]


def test_one_of_a_thousand_is_seen() -> None:
    assert bars((1000, 1), 2) == ["█ ", "█▁"]


def test_nothing_counted_is_nothing_drawn() -> None:
    assert bars((0, 0), 2) == ["  ", "  "]
    assert bars((), 5) == ["", ""]


def test_edges_stand_at_the_end_of_their_bars_where_they_have_room() -> None:
    assert axis((1.0, 2.0, 4.0), 12) == "  1  2  4"
    assert axis((0.25, 0.5, 1.0), 8) == "0.25 1"


def test_a_bar_has_a_cell_at_least() -> None:
    assert bar_cols(12, 5) == 1
    assert bar_cols(12, 35) == 2
    assert bar_cols(0, 5) == 5
