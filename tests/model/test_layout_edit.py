"""Editing the tree: what was split, removed or moved still tiles its window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import TargetError, UsageError
from termlab.model.geometry import Rect
from termlab.model.layout import Leaf, Node, Split, arrange, panes_of
from termlab.model.layout_edit import (
    AXIS_OF,
    Direction,
    neighbour,
    remove_pane,
    resize_pane,
    split_pane,
)
from tests.model.trees import DIRECTIONS, grown, trees


@given(trees, st.integers(min_value=0, max_value=99))
def test_a_removed_pane_leaves_all_others_and_a_tiling(node: Node, pick: int) -> None:
    panes = list(panes_of(node))
    gone = panes[pick % len(panes)]
    rest = remove_pane(node, gone)
    if len(panes) == 1:
        assert rest is None
        return
    assert rest is not None
    assert list(panes_of(rest)) == [pane for pane in panes if pane != gone]
    placed = arrange(rest, 200, 100, panes[0] if panes[0] != gone else panes[1])
    assert placed.hidden == 0


@given(trees, st.sampled_from(DIRECTIONS), st.integers(min_value=1, max_value=200))
def test_a_resize_keeps_every_pane_usable(node: Node, way: Direction, by: int) -> None:
    for pane in panes_of(node):
        after = arrange(resize_pane(node, 200, 100, pane, way, by), 200, 100, pane)
        assert list(after.panes) == list(panes_of(node))
        assert all(r.cols >= 2 and r.rows >= 1 for r in after.panes.values())


@given(trees, st.sampled_from(DIRECTIONS))
def test_a_neighbour_is_another_pane_that_shares_a_border(node: Node, way: Direction) -> None:
    placed = arrange(node, 200, 100, 0)
    for pane, rect in placed.panes.items():
        found = neighbour(placed, pane, way)
        if found is None:
            continue
        assert found != pane
        other = placed.panes[found]
        if AXIS_OF[way] == "row":
            assert rect.y < other.bottom
            assert other.y < rect.bottom
        else:
            assert rect.x < other.right
            assert other.x < rect.right


def test_a_split_gives_the_new_pane_its_percent() -> None:
    node = split_pane(Leaf(0), 0, 1, "right", 25, {0: Rect(0, 0, 101, 40)})
    placed = arrange(node, 101, 40, 0)
    assert placed.panes == {0: Rect(0, 1, 75, 39), 1: Rect(76, 1, 25, 39)}
    assert placed.separators == (Rect(75, 0, 1, 40),)
    assert placed.titles[1] == Rect(76, 0, 25, 1)


def test_splits_along_one_axis_stay_siblings() -> None:
    node = grown([(0, "right", 50), (1, "right", 50)])
    assert isinstance(node, Split)
    assert node.children == (Leaf(0), Leaf(1), Leaf(2))


def test_left_and_up_put_the_new_pane_first() -> None:
    assert list(panes_of(grown([(0, "left", 50)]))) == [1, 0]
    assert list(panes_of(grown([(0, "up", 50)]))) == [1, 0]


def test_a_border_moves_by_the_cells_asked_for() -> None:
    node = grown([(0, "right", 50)])
    before = arrange(node, 120, 60, 0).panes[0].cols
    assert arrange(resize_pane(node, 120, 60, 0, "right", 5), 120, 60, 0).panes[0].cols == (
        before + 5
    )
    assert arrange(resize_pane(node, 120, 60, 1, "left", 5), 120, 60, 0).panes[0].cols == (
        before - 5
    )


def test_focus_goes_around_the_edge() -> None:
    placed = arrange(grown([(0, "right", 50), (1, "right", 50)]), 120, 60, 0)
    assert neighbour(placed, 0, "left") == 2
    assert neighbour(placed, 2, "right") == 0
    assert neighbour(placed, 0, "up") is None


def test_a_pane_too_small_to_split_says_so() -> None:
    with pytest.raises(UsageError, match=r"%0 \(4x9\) is too small to split right"):
        split_pane(Leaf(0), 0, 1, "right", 50, {0: Rect(0, 0, 4, 9)})


def test_a_neighbour_takes_the_cells_of_a_removed_pane() -> None:
    node = grown([(0, "right", 50), (1, "right", 50)])
    before = arrange(node, 120, 60, 0).panes
    rest = remove_pane(node, 2)
    assert rest is not None
    after = arrange(rest, 120, 60, 0).panes
    assert after[0] == before[0]
    assert after[1].cols == before[1].cols + before[2].cols + 1


def test_among_several_the_neighbour_is_the_one_that_shares_most() -> None:
    small_above = Split("column", (Leaf(1), Leaf(2)), (1, 3))
    placed = arrange(Split("row", (Leaf(0), small_above), (1, 1)), 120, 60, 0)
    assert neighbour(placed, 0, "right") == 2
    assert neighbour(placed, 1, "left") == 0


def test_a_lone_pane_has_no_neighbour_and_no_border() -> None:
    assert neighbour(arrange(Leaf(0), 80, 24, 0), 0, "left") is None
    assert resize_pane(Leaf(0), 80, 24, 0, "left", 3) == Leaf(0)


def test_a_border_stops_where_the_next_pane_has_its_least() -> None:
    node = resize_pane(grown([(0, "right", 50)]), 120, 60, 0, "right", 999)
    assert arrange(node, 120, 60, 0).panes[1].cols == 2


def test_a_pane_of_another_window_is_named() -> None:
    with pytest.raises(TargetError, match="%7 is not in this window"):
        resize_pane(Leaf(0), 80, 24, 7, "left", 1)
