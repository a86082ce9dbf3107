"""A line over time."""

from termlab.ui.dock.spark import highest, spark


def test_the_newest_is_at_the_right_and_what_is_older_than_the_width_is_gone() -> None:
    assert spark([8, 1, 2, 4, 8], 4, 8) == "▂▃▅█"
    assert spark([4, 8], 4, 8) == "  ▅█"


def test_it_begins_at_zero_and_not_at_the_least() -> None:
    assert spark([100, 100, 100], 3, 100) == "███"
    assert spark([90, 100], 2, 100) == "██"
    assert spark([0, 0], 2, 0) == "▁▁"


def test_what_was_not_measured_is_a_gap_and_not_a_zero() -> None:
    assert spark([8, None, 0], 3, 8) == "█ ▁"


def test_the_top_is_that_of_what_is_shown() -> None:
    assert highest([9, None, 2, 4], 2) == 4
    assert highest([None], 5) == 0
    assert highest([9], 0) == 0


def test_no_width_at_all() -> None:
    assert [spark([1, 2], cols, 2) for cols in (0, -2)] == ["", ""]
