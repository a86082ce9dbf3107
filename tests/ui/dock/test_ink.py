"""Rows of parts: how wide they are, cut, spread out, and sentences made of them."""

import pytest

from termlab.ui.dock.ink import BLANK, Part, cut, exactly, spread, width, wrapped

ROW = (Part("ab", "title"), Part("漢字", "good"), Part("c"))


def text(row: tuple[Part, ...]) -> str:
    return "".join(part.text for part in row)


def test_wide_characters_take_two_cells() -> None:
    assert width(ROW) == 7


@pytest.mark.parametrize(
    ("cols", "left"),
    [(9, "ab漢字c"), (7, "ab漢字c"), (6, "ab漢字"), (5, "ab漢 "), (3, "ab "), (1, "a"), (0, "")],
)
def test_a_row_is_cut_and_half_a_wide_character_is_a_blank(cols: int, left: str) -> None:
    assert text(cut(ROW, cols)) == left
    assert [part.role for part in cut(ROW, 4)] == ["title", "good"]


def test_two_ends_are_spread_over_a_row_and_the_right_one_goes_first() -> None:
    end = (Part("end", "dim"),)
    assert text(spread(ROW, end, 12)) == "ab漢字c  end"
    assert text(spread(ROW, end, 10)) == "ab漢字c"
    assert text(spread(ROW, (), 4)) == "ab漢"


def test_a_sentence_is_broken_between_words_and_in_what_is_longer_than_a_row() -> None:
    rows = wrapped("one two CONFIG_TASK_IO x", 8, "dim", indent=1)
    assert [text(row) for row in rows] == [" one two", " CONFIG_", " TASK_IO", " x"]
    assert {part.role for row in rows for part in row[1:]} == {"dim"}


def test_nothing_is_wider_than_it_may_be_however_narrow() -> None:
    for cols in range(12):
        assert all(width(row) <= cols for row in wrapped("a 漢字漢字 sentence", cols, indent=1))


def test_a_fixed_height_is_filled_up_and_cut_off() -> None:
    assert exactly([ROW], 2) == [ROW, BLANK]
    assert exactly([ROW, ROW, ROW], 2) == [ROW, ROW]
