"""How large windows and panes are: pure functions."""

from termlab.model.geometry import MAX_SIDE, Size
from termlab.server.sizes import cell_pixels, free_area, pane_size, window_size


def test_a_window_is_as_small_as_its_smallest_client_each_way() -> None:
    assert window_size([Size(100, 20), Size(80, 50)]) == Size(80, 20)


def test_nobody_looking_says_nothing() -> None:
    assert window_size([]) is None


def test_what_a_terminal_can_not_be_is_brought_to_what_it_can() -> None:
    assert window_size([Size(0, -3)]) == Size(1, 1)
    assert window_size([Size(100_000, 100_000)]) == Size(MAX_SIDE, MAX_SIDE)


def test_windows_have_what_status_row_and_dock_leave() -> None:
    assert free_area(Size(80, 24), 0) == Size(80, 23)
    assert free_area(Size(80, 24), 36) == Size(43, 23)
    assert free_area(Size(60, 24), 36) == Size(60, 23)  # no room for a dock
    assert free_area(Size(20, 1), 36) == Size(20, 1)  # nor for a status row


def test_a_pane_has_the_pixels_of_its_cells() -> None:
    assert pane_size(10, 3, (8, 16)) == Size(10, 3, 80, 48)
    assert pane_size(10, 3, (0, 0)) == Size(10, 3)


def test_a_cell_is_known_where_the_terminal_told_its_pixels() -> None:
    assert cell_pixels(Size(80, 24, 640, 384)) == (8, 16)
    assert cell_pixels(Size(80, 24)) == (0, 0)
    assert cell_pixels(Size(0, 0, 640, 384)) == (0, 0)
