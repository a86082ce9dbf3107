"""What the mouse does in a pane, in the pane's own cells; a drag says where it has left them."""

from termlab.client.pane_mouse import PaneMouse
from termlab.model.geometry import Rect
from termlab.model.keys import LEFT, MOTION, PRESS, RELEASE, WHEEL_UP, Mouse
from termlab.wire.messages import MouseAt

TOP = Rect(0, 0, 20, 5)
BELOW = Rect(10, 6, 20, 5)


def dragged(rect: Rect, *ys: int, button: int = LEFT) -> list[tuple[int, int]]:
    """A press in the first of these rows and a drag over the others: each row told, and beyond."""
    hands = PaneMouse()
    told = [hands.at(3, Mouse(12, ys[0], PRESS, button), rect)]
    told += [hands.at(3, Mouse(12, y, MOTION, button), rect) for y in ys[1:]]
    return [(each.mouse.y, each.beyond) for each in told]


def test_events_are_in_the_cells_of_the_pane() -> None:
    hands = PaneMouse()
    assert hands.at(3, Mouse(12, 7, PRESS, LEFT, 4), BELOW) == MouseAt(
        3, Mouse(2, 1, PRESS, LEFT, 4)
    )
    assert hands.at(3, Mouse(99, 99, RELEASE, LEFT), BELOW) == MouseAt(
        3, Mouse(19, 4, RELEASE, LEFT)
    )


def test_a_drag_beyond_stays_at_the_edge_and_says_so() -> None:
    assert dragged(BELOW, 8, 6, 5, 0, 10, 11, 20) == [
        (2, 0),
        (0, 0),
        (0, -1),
        (0, -1),
        (4, 0),
        (4, 1),
        (4, 1),
    ]


def test_where_the_terminal_ends_its_first_row_is_beyond_unless_pressed_there() -> None:
    assert dragged(TOP, 2, 1, 0) == [(2, 0), (1, 0), (0, -1)]
    assert dragged(TOP, 0, 0, 3, 0) == [(0, 0), (0, 0), (3, 0), (0, 0)]


def test_only_a_drag_is_ever_beyond() -> None:
    hands = PaneMouse()
    for mouse in (
        Mouse(0, 0, MOTION),
        Mouse(0, 0, RELEASE, LEFT),
        Mouse(0, 20, PRESS, WHEEL_UP),
    ):
        assert hands.at(3, mouse, BELOW).beyond == 0
