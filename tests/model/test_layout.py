"""A window's cells are shared exactly: nothing overlaps, nothing is left over."""

from hypothesis import given
from hypothesis import strategies as st

from termlab.model.geometry import Rect
from termlab.model.layout import Node, arrange, panes_of, share
from tests.model.trees import grown, sides, trees


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


def test_a_crowded_window_shows_its_active_pane_and_says_how_many_it_hides() -> None:
    node = grown([(0, "right", 50)] * 9)
    placed = arrange(node, 20, 5, 3)
    assert placed.panes == {3: Rect(0, 0, 20, 5)}
    assert placed.hidden == 9


@given(
    st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=8),
    st.integers(min_value=0, max_value=500),
)
def test_shares_add_up_to_what_there_is(weights: list[int], extent: int) -> None:
    assert sum(share(extent, weights, [0] * len(weights))) == extent
