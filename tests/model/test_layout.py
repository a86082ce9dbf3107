"""A window's cells are shared exactly: nothing overlaps, nothing is left over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.model.geometry import Rect
from termlab.model.layout import Leaf, Node, Split, arrange, panes_of, share
from termlab.model.layout_edit import (
    AXIS_OF,
    Direction,
    neighbour,
    remove_pane,
    resize_pane,
    split_pane,
)

DIRECTIONS: tuple[Direction, ...] = ("left", "right", "up", "down")


def grown(steps: list[tuple[int, Direction, int]], cols: int = 120, rows: int = 60) -> Node:
    """A tree made as a person makes one: by splitting panes that exist."""
    node: Node = Leaf(0)
    for new, (pick, direction, percent) in enumerate(steps, 1):
        target = list(panes_of(node))[pick % new]
        try:
            node = split_pane(
                node, target, new, direction, percent, arrange(node, cols, rows, target).panes
            )
        except UsageError:
            node = split_pane(node, target, new, direction, 50, {target: Rect(0, 0, 99, 99)})
    return node


trees = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=99),
        st.sampled_from(DIRECTIONS),
        st.integers(min_value=1, max_value=99),
    ),
    max_size=12,
).map(grown)
sides = st.integers(min_value=1, max_value=300)


def cells(rect: Rect) -> list[tuple[int, int]]:
    return [(x, y) for y in range(rect.y, rect.bottom) for x in range(rect.x, rect.right)]


@given(trees, sides, sides)
def test_panes_titles_and_separators_tile_the_window(node: Node, cols: int, rows: int) -> None:
    placed = arrange(node, cols, rows, next(panes_of(node)))
    covered = [
        c
        for r in (*placed.panes.values(), *placed.titles.values(), *placed.separators)
        for c in cells(r)
    ]
    assert len(covered) == len(set(covered)) == cols * rows
    assert len(placed.panes) + placed.hidden == len(list(panes_of(node)))


@given(trees)
def test_growing_back_gives_the_same_picture(node: Node) -> None:
    before = arrange(node, 120, 60, 0)
    arrange(node, 30, 10, 0)
    assert arrange(node, 120, 60, 0) == before


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


def test_a_crowded_window_shows_its_active_pane_and_says_how_many_it_hides() -> None:
    node = grown([(0, "right", 50)] * 9)
    placed = arrange(node, 20, 5, 3)
    assert placed.panes == {3: Rect(0, 0, 20, 5)}
    assert placed.hidden == 9


def test_a_pane_too_small_to_split_says_so() -> None:
    with pytest.raises(UsageError, match=r"%0 \(4x9\) is too small to split right"):
        split_pane(Leaf(0), 0, 1, "right", 50, {0: Rect(0, 0, 4, 9)})


@given(
    st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=8),
    st.integers(min_value=0, max_value=500),
)
def test_shares_add_up_to_what_there_is(weights: list[int], extent: int) -> None:
    assert sum(share(extent, weights, [0] * len(weights))) == extent
