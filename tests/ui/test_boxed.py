"""A text in a box: every line fits, and cells are where they are said to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.client.style import PLAIN, Line, Run, line_width
from termlab.ui.boxed import Hints, Looking, Spot, Text, closes, cursor_at, draw, line_at, room

HINTS = Hints(" q closes ", " q closes, / searches ")
SIZES = st.tuples(st.integers(1, 120), st.integers(1, 30))


def said(cols: int, count: int = 40) -> Text:
    lines: list[Line] = [(Run(f"line {n}"[:cols].ljust(cols), PLAIN),) for n in range(count)]
    return Text(lines, count, count + 7, {0: (Spot(0, 4, ("one",)),)})


def drawn(cols: int, rows: int, top: int = 0, looking: Looking | None = None) -> list[str]:
    lines = draw(" Keys ", said(room(cols, rows)[0]), cols, rows, top, HINTS, looking)
    assert [line_width(line) for line in lines] == [cols] * rows
    return ["".join(run.text for run in line) for line in lines]


@given(SIZES, st.integers(0, 39), st.text("ab漢é", max_size=90), st.integers(-1, 90))
def test_every_line_fills_its_box_exactly(
    size: tuple[int, int], top: int, text: str, cursor: int
) -> None:
    looking = Looking(text, min(cursor, len(text)))
    drawn(*size, top)
    drawn(*size, top, looking)
    at = cursor_at(said(room(*size)[0]), *size, looking)
    assert (at is None) == (looking.cursor < 0)
    if at is not None:
        assert 0 <= at[0] < size[0]
        assert 0 <= at[1] < size[1]


def test_the_edge_says_what_keys_do_and_how_far_one_has_scrolled() -> None:
    foot = drawn(60, 10, 3)[-1]
    assert foot.startswith("└─ q closes, / searches ──")
    assert foot.endswith("─ 4-11 of 40 ─┘")


@pytest.mark.parametrize(("cols", "rows", "y"), [(60, 10, 9), (30, 8, 7), (20, 4, 0)])
def test_while_something_is_looked_for_it_holds_that_with_the_cursor_behind(
    cols: int, rows: int, y: int
) -> None:
    looking = Looking("pane", 4)
    row = drawn(cols, rows, 0, looking)[y]
    assert "/pane" in row
    assert ("40 of 47" in row) == (cols > 20)
    assert cursor_at(said(room(cols, rows)[0]), cols, rows, looking) == (row.index("/pane") + 5, y)


def test_a_long_line_shows_the_part_with_the_cursor() -> None:
    text = "x" * 80 + "end"
    looking = Looking(text, len(text))
    at = cursor_at(said(56), 60, 10, looking)
    row = drawn(60, 10, 0, looking)[-1]
    assert at is not None
    assert row[at[0] - 3 : at[0]] == "end"


@pytest.mark.parametrize(("cols", "rows"), [(60, 10), (24, 6), (20, 4)])
def test_cells_are_told_apart(cols: int, rows: int) -> None:
    lines = drawn(cols, rows, 5)
    mark = lines[0].rindex("x")
    assert closes(mark, 0, cols)
    assert not closes(mark, 1, cols)
    x = lines[1].index("line 5")
    assert line_at(x, 1, cols, rows, 5) == (5, 0)
    assert line_at(x + 3, 2, cols, rows, 5) == (6, 3)
    assert line_at(mark, 0, cols, rows, 5) is None
    assert line_at(x, rows, cols, rows, 5) is None
