"""Every border has a name that finds it again, and goes where it is put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import TargetError
from termlab.model.borders import Border, border_at, even_border, move_border
from termlab.model.layout import Leaf, Node, Split, arrange, panes_of
from tests.model.trees import trees

# 0 | 1 over 2, in 41 x 11: columns 0-19, a border, 21-40; rows 1-5, a title, 7-10.
TREE = Split("row", (Leaf(0), Split("column", (Leaf(1), Leaf(2)), (1, 1))), (1, 1))
COLS, ROWS = 41, 12


def rects(node: Node, cols: int = COLS, rows: int = ROWS) -> dict[int, tuple[int, int, int, int]]:
    placed = arrange(node, cols, rows, next(panes_of(node)))
    return {pane: (r.x, r.y, r.cols, r.rows) for pane, r in placed.panes.items()}


def test_a_separator_is_a_border_from_the_titles_down() -> None:
    assert [border_at(TREE, COLS, ROWS, 20, y) for y in (0, 5, 11)] == [Border(0, "row")] * 3
    assert border_at(TREE, COLS, ROWS, 20, 12) is None


def test_the_line_of_titles_between_two_panes_is_one_and_the_topmost_is_none() -> None:
    y = arrange(TREE, COLS, ROWS, 0).titles[2].y
    assert border_at(TREE, COLS, ROWS, 30, y) == Border(1, "column")
    assert border_at(TREE, COLS, ROWS, 30, 0) is None
    assert border_at(TREE, COLS, ROWS, 5, 0) is None
    assert border_at(TREE, COLS, ROWS, 5, 5) is None


def test_a_pane_alone_has_none() -> None:
    assert border_at(Leaf(0), COLS, ROWS, 20, 5) is None
    with pytest.raises(TargetError, match="no border below pane %0"):
        move_border(Leaf(0), COLS, ROWS, Border(0, "column"), 5)


def test_a_border_goes_where_it_is_put() -> None:
    moved = move_border(TREE, COLS, ROWS, Border(0, "row"), 30)
    assert rects(moved)[0] == (0, 1, 30, 11)
    assert rects(moved)[1][0] == 31
    moved = move_border(TREE, COLS, ROWS, Border(1, "column"), 3)
    assert rects(moved)[1][1:] == (1, 20, 2)
    assert rects(moved)[2][1] == 4


def test_it_stops_where_a_pane_can_not_be_smaller() -> None:
    least = move_border(TREE, COLS, ROWS, Border(0, "row"), 0)
    assert rects(least)[0][2] == 2
    most = move_border(TREE, COLS, ROWS, Border(0, "row"), 999)
    assert rects(most)[1][2] == 2


def test_evened_both_sides_have_the_same() -> None:
    uneven = move_border(TREE, COLS, ROWS, Border(0, "row"), 33)
    assert rects(even_border(uneven, COLS, ROWS, Border(0, "row"))) == rects(TREE)


def test_one_of_three_moves_and_the_third_stays() -> None:
    three = Split("row", (Leaf(0), Leaf(1), Leaf(2)), (1, 1, 1))
    moved = move_border(three, 32, ROWS, Border(0, "row"), 4)
    assert [r[2] for r in rects(moved, 32).values()] == [4, 16, 10]


@pytest.mark.parametrize("border", [Border(7, "row"), Border(2, "column"), Border(2, "row")])
def test_one_that_is_gone_is_told(border: Border) -> None:
    with pytest.raises(TargetError, match=r"there is no border .* pane %\d any more"):
        even_border(TREE, COLS, ROWS, border)


@given(trees, st.integers(-5, 130), st.data())
def test_each_line_around_the_panes_is_a_border_that_moves_its_own_line(
    node: Node, to: int, data: st.DataObject
) -> None:
    cols, rows = 120, 60
    first = next(panes_of(node))
    placed = arrange(node, cols, rows, first)
    lines = [*placed.separators, *(r for r in placed.titles.values() if r.y)]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    x, y = line.x + line.cols - 1, line.y + line.rows - 1
    border = border_at(node, cols, rows, x, y)
    if border is None:  # the title of the topmost pane of a part that begins lower
        assert line.rows == 1
        return
    at = x if border.axis == "row" else y
    moved = move_border(node, cols, rows, border, to)
    assert set(panes_of(moved)) == set(panes_of(node))
    if to == at:
        assert arrange(moved, cols, rows, first) == placed
    after = arrange(moved, cols, rows, first).panes
    if placed.hidden == 0 and border.pane in after:
        rect = after[border.pane]
        end = rect.right if border.axis == "row" else rect.bottom
        assert (
            border_at(
                moved, cols, rows, *((end, rect.y) if border.axis == "row" else (rect.x, end))
            )
            == border
        )
