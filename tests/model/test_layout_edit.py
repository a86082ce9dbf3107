"""Editing the tree: what was split, removed or moved still tiles its window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import TargetError, UsageError
from termlab.model.geometry import Rect
from termlab.model.layout import Axis, Leaf, Node, Split, arrange, panes_of
from termlab.model.layout_edit import (
    AXIS_OF,
    Direction,
    neighbour,
    remove_pane,
    rename_panes,
    resize_pane,
    resize_to,
    rotation,
    split_pane,
    spread,
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


@given(trees, st.sampled_from([1, -1]))
def test_rotated_panes_take_each_other_s_places_and_come_back(node: Node, by: int) -> None:
    before = arrange(node, 200, 100, 0)
    names = rotation(node, by)
    turned = rename_panes(node, names)
    assert sorted(panes_of(turned)) == sorted(panes_of(node))
    after = arrange(turned, 200, 100, 0)
    assert {names[pane]: rect for pane, rect in before.panes.items()} == after.panes
    assert rename_panes(turned, rotation(turned, -by)) == node


@given(trees, st.integers(0, 99), st.integers(0, 99))
def test_two_panes_swap_and_no_other_moves(node: Node, pick: int, other: int) -> None:
    panes = list(panes_of(node))
    a, b = panes[pick % len(panes)], panes[other % len(panes)]
    before = arrange(node, 200, 100, 0).panes
    after = arrange(rename_panes(node, {a: b, b: a}), 200, 100, 0).panes
    assert after == {**before, a: before[b], b: before[a]}


def weights(node: Node) -> list[int]:
    """All weights of a tree."""
    if isinstance(node, Leaf):
        return []
    return [*node.weights, *(weight for child in node.children for weight in weights(child))]


axes: st.SearchStrategy[Axis] = st.sampled_from(("row", "column"))


@given(trees, axes, st.integers(-5, 300), st.integers(1, 200), st.integers(1, 100))
def test_a_pane_gets_the_cells_asked_for_as_far_as_the_others_can_give(
    node: Node, axis: Axis, cells: int, cols: int, rows: int
) -> None:
    for pane in panes_of(node):
        changed = resize_to(node, cols, rows, pane, axis, cells)
        assert list(panes_of(changed)) == list(panes_of(node))
        assert min(weights(changed), default=1) > 0
        before, after = arrange(node, cols, rows, pane), arrange(changed, cols, rows, pane)
        assert after.hidden == before.hidden
        if before.hidden or changed is node:
            continue
        along = 0 if axis == "row" else 1
        had = (before.panes[pane].cols, before.panes[pane].rows)[along]
        got = (after.panes[pane].cols, after.panes[pane].rows)[along]
        assert had <= got <= cells or cells <= got <= had
        # What it fell short of, nobody could give or take.
        again = resize_to(changed, cols, rows, pane, axis, cells)
        assert arrange(again, cols, rows, pane) == after
        assert all(r.cols >= 2 and r.rows >= 1 for r in after.panes.values())


def test_cells_come_from_the_panes_behind_then_from_those_before() -> None:
    node = Split("row", (Leaf(0), Leaf(1), Leaf(2)), (40, 40, 40))
    wide = arrange(resize_to(node, 122, 30, 1, "row", 70), 122, 30, 0).panes
    assert [rect.cols for rect in wide.values()] == [40, 70, 10]
    wider = arrange(resize_to(node, 122, 30, 1, "row", 100), 122, 30, 0).panes
    assert [rect.cols for rect in wider.values()] == [18, 100, 2]
    narrow = arrange(resize_to(node, 122, 30, 2, "row", 10), 122, 30, 0).panes
    assert [rect.cols for rect in narrow.values()] == [40, 70, 10]
    assert resize_to(node, 122, 30, 1, "column", 5) is node


@given(trees, st.integers(0, 99), st.integers(1, 200), st.integers(1, 100))
def test_spreading_ends_in_an_even_layout_of_the_same_panes(
    node: Node, pick: int, cols: int, rows: int
) -> None:
    panes = list(panes_of(node))
    pane = panes[pick % len(panes)]
    for _ in range(len(panes)):
        after = spread(node, cols, rows, pane)
        assert list(panes_of(after)) == panes
        if after is node:
            break
        node = after
    assert spread(node, cols, rows, pane) is node


def test_what_is_next_to_the_pane_is_spread_first() -> None:
    inner = Split("column", (Leaf(1), Leaf(2)), (5, 15))
    node = Split("row", (Leaf(0), inner), (10, 50))
    once = spread(node, 61, 22, 1)
    rects = arrange(once, 61, 22, 0).panes
    assert [(r.cols, r.rows) for r in rects.values()] == [(10, 21), (50, 10), (50, 10)]
    twice = spread(once, 61, 22, 1)
    rects = arrange(twice, 61, 22, 0).panes
    assert [(r.cols, r.rows) for r in rects.values()] == [(30, 21), (30, 10), (30, 10)]
    assert spread(twice, 61, 22, 1) is twice
