"""The named layouts: what each looks like, and that none loses a pane, whatever the size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termlab.errors import UsageError
from termlab.model.geometry import Rect
from termlab.model.layout import arrange, least_size, panes_of
from termlab.model.presets import MAIN_COLS, MAIN_ROWS, PRESETS, find_preset, preset, step_preset
from tests.model.trees import sides

names = st.sampled_from(PRESETS)
some_panes = st.lists(st.integers(0, 99), min_size=1, max_size=14, unique=True)


def covered(rects: list[Rect]) -> int:
    """How many cells; fails if two share one."""
    cells = [(x, y) for r in rects for x in range(r.x, r.right) for y in range(r.y, r.bottom)]
    assert len(set(cells)) == len(cells)
    return len(cells)


@given(names, some_panes, sides, sides, sides, sides)
def test_no_pane_is_lost_or_doubled_and_all_that_fit_are_shown_at_any_size(
    name: str, panes: list[int], cols: int, rows: int, later_cols: int, later_rows: int
) -> None:
    node = preset(name, panes, cols, rows)
    assert list(panes_of(node)) == panes
    # Here, and in the window as it is after any resize.
    for width, height in ((cols, rows), (later_cols, later_rows)):
        placed = arrange(node, width, height, panes[-1])
        least_cols, least_rows = least_size(node)
        if len(panes) > 1 and (width < least_cols or height - 1 < least_rows):
            assert list(placed.panes) == [panes[-1]]
            assert placed.hidden == len(panes) - 1
        else:
            assert list(placed.panes) == panes
            assert placed.hidden == 0
            assert len(panes) == 1 or min(r.cols for r in placed.panes.values()) >= 2
            assert min(r.rows for r in placed.panes.values()) >= 1


@given(names, some_panes, st.integers(1, 60), st.integers(1, 40))
def test_panes_titles_and_separators_fill_the_window(
    name: str, panes: list[int], cols: int, rows: int
) -> None:
    placed = arrange(preset(name, panes, cols, rows), cols, rows, panes[0])
    rects = [*placed.panes.values(), *placed.titles.values(), *placed.separators]
    assert covered(rects) == cols * rows


def rects_of(name: str, count: int, cols: int, rows: int) -> list[tuple[int, int, int, int]]:
    panes = arrange(preset(name, range(count), cols, rows), cols, rows, 0).panes.values()
    return [(r.x, r.y, r.cols, r.rows) for r in panes]


@pytest.mark.parametrize(
    ("name", "count", "rects"),
    [
        ("even-horizontal", 3, [(0, 1, 26, 23), (27, 1, 26, 23), (54, 1, 26, 23)]),
        ("even-vertical", 3, [(0, 1, 80, 7), (0, 9, 80, 7), (0, 17, 80, 7)]),
        ("main-horizontal", 3, [(0, 1, 80, 14), (0, 16, 40, 8), (41, 16, 39, 8)]),
        ("main-vertical", 3, [(0, 1, 52, 23), (53, 1, 27, 11), (53, 13, 27, 11)]),
        ("tiled", 3, [(0, 1, 40, 11), (41, 1, 39, 11), (0, 13, 80, 11)]),
        ("tiled", 4, [(0, 1, 40, 11), (41, 1, 39, 11), (0, 13, 40, 11), (41, 13, 39, 11)]),
        ("tiled", 2, [(0, 1, 80, 11), (0, 13, 80, 11)]),
        ("main-vertical", 2, [(0, 1, 52, 23), (53, 1, 27, 23)]),
    ],
)
def test_each_looks_as_its_name_says(
    name: str, count: int, rects: list[tuple[int, int, int, int]]
) -> None:
    assert rects_of(name, count, 80, 24) == rects


def test_the_last_of_a_short_row_of_tiles_has_the_rest_under_the_same_separators() -> None:
    tiles = rects_of("tiled", 8, 80, 24)
    assert [x for x, _, _, _ in tiles] == [0, 27, 54, 0, 27, 54, 0, 27]
    assert tiles[-1][2] == 53
    wide = rects_of("tiled", 14, 200, 50)
    assert wide[13][0] == wide[1][0] == 51


def test_where_there_is_room_the_main_pane_has_tmux_s_size() -> None:
    assert rects_of("main-vertical", 3, 200, 60)[0] == (0, 1, MAIN_COLS, 59)
    assert rects_of("main-horizontal", 3, 200, 60)[0] == (0, 1, 200, MAIN_ROWS)


def test_a_name_may_be_cut_where_it_stays_one() -> None:
    assert find_preset("tiled") == find_preset("t") == "tiled"
    assert find_preset("even-v") == "even-vertical"
    for word, said in (("main", "main-horizontal or main-vertical"), ("x", "is no layout")):
        with pytest.raises(UsageError, match=said):
            find_preset(word)
    with pytest.raises(UsageError, match="the layouts are even-horizontal, even-vertical"):
        find_preset("")


@pytest.mark.parametrize("by", [1, -1])
def test_stepping_shows_each_once_and_comes_around(by: int) -> None:
    seen = [step_preset("", by)]
    for _ in range(4):
        seen.append(step_preset(seen[-1], by))
    assert seen == list(PRESETS)[::by]
    assert step_preset(seen[-1], by) == seen[0]
