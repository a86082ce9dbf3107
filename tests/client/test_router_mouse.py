"""The mouse on the frame, among all that a person does at once."""

from termlab.client.frame_mouse import StatusRow
from termlab.client.replica import Replica
from termlab.client.router import Router
from termlab.client.style import PLAIN, Run
from termlab.model.keys import LEFT, MOTION, PRESS, RELEASE, WHEEL_DOWN, InputEvent, Key, Mouse
from termlab.model.layout import Leaf, Split
from termlab.model.state import PaneInfo, State, WindowView
from tests.client.recorder import OPTIONS, Recorder

TREE = Split("row", (Leaf(1), Leaf(2)), (1, 1))
PANES = (PaneInfo(1, "", ""), PaneInfo(2, "", ""))


class Hands:
    """Two panes on 21 x 10, larger than the terminal, whose status row hides the last of it."""

    def __init__(self) -> None:
        self.replica = Replica()
        self.replica.take(State(1, "main", (), WindowView(1, 21, 10, TREE, 1, False, PANES)))
        self.connection = Recorder()
        status = StatusRow(9, (Run("0:sh", PLAIN, 4),))
        self.router = Router(self.connection, OPTIONS, self.replica, status=lambda: status)

    def do(self, *events: InputEvent) -> list[str]:
        self.router.route(events, 100.0)
        return self.connection.words()


def press(x: int, y: int, button: int = LEFT) -> Mouse:
    return Mouse(x, y, PRESS, button)


def test_a_drag_that_came_in_one_piece_is_one_request() -> None:
    moves = [Mouse(x, 5, MOTION, LEFT) for x in range(11, 18)]
    said = Hands().do(press(10, 5), *moves, Mouse(17, 5, RELEASE, LEFT), Key("a", text="a"))
    assert said == ["keys a", "move-border -t %1 -R 17"]


def test_a_drag_goes_on_over_panes_with_each_answer() -> None:
    hands = Hands()
    assert hands.do(press(10, 5), Mouse(12, 5, MOTION, LEFT)) == ["move-border -t %1 -R 12"]
    assert hands.do(Mouse(14, 5, MOTION, LEFT)) == []
    hands.router.replied(1, False)
    assert hands.connection.words() == ["move-border -t %1 -R 14"]


def test_the_status_row_is_no_panes_where_the_window_is_larger_than_the_terminal() -> None:
    hands = Hands()
    assert hands.do(press(2, 9), Mouse(2, 9, RELEASE, LEFT)) == ["select-window -t @4"]
    assert hands.do(press(7, 9, WHEEL_DOWN)) == ["next-window"]


def test_keys_behind_a_click_on_a_name_come_after_it() -> None:
    said = Hands().do(Key("a", text="a"), press(2, 9), Key("b", text="b"))
    assert said == ["keys a", "select-window -t @4", "keys b"]


def test_a_drag_that_began_in_a_pane_is_that_panes_over_the_frame_too() -> None:
    said = Hands().do(press(3, 3), Mouse(2, 9, MOTION, LEFT), Mouse(10, 5, RELEASE, LEFT))
    assert [word.split("(")[0] for word in said] == ["MouseAt"] * 3
