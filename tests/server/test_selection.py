"""What is selected, and the text of it."""

from collections.abc import Sequence

from termlab.server.cells import texts
from termlab.server.motions import Spot
from termlab.server.selection import Kind, Selection

LINES = [texts(line.encode()) for line in ("one two", "", "a漢字b  ", "wrapped-", "on")]


def read(row: int) -> Sequence[str]:
    return LINES[row]


def text(kind: Kind, anchor: tuple[int, int], cursor: tuple[int, int]) -> str:
    return Selection(kind, Spot(*anchor), Spot(*cursor)).text(read, lambda row: row == 3)


def test_by_character_both_ends_are_in_it_whichever_comes_first() -> None:
    assert text("char", (0, 4), (0, 6)) == text("char", (0, 6), (0, 4)) == "two"
    assert text("char", (0, 4), (2, 0)) == "two\n\na"


def test_lines_are_whole_and_end_as_lines() -> None:
    assert text("line", (2, 3), (0, 2)) == "one two\n\na漢字b\n"


def test_a_block_has_the_same_columns_of_each_line() -> None:
    assert text("block", (0, 1), (2, 2)) == "ne\n\n漢"


def test_half_of_a_wide_character_is_all_of_it() -> None:
    assert text("char", (2, 2), (2, 2)) == "漢"
    assert text("block", (2, 4), (2, 5)) == "字b"


def test_lines_that_wrap_are_joined_but_in_a_block() -> None:
    assert text("char", (3, 0), (4, 1)) == "wrapped-on"
    assert text("block", (3, 0), (4, 1)) == "wr\non"


def test_the_columns_to_light() -> None:
    selection = Selection("char", Spot(0, 4), Spot(2, 1))
    assert [selection.span(row, LINES[row]) for row in range(4)] == [(4, 7), (0, 1), (0, 3), None]
    assert Selection("line", Spot(1, 0), Spot(2, 0)).span(2, LINES[2]) == (0, 6)


def test_blanks_where_a_line_wrapped_are_part_of_it() -> None:
    lines = [texts(b"one  "), texts(b"two  ")]
    selection = Selection("char", Spot(0, 0), Spot(1, 4))
    assert selection.text(lines.__getitem__, lambda row: row == 0) == "one  two"
