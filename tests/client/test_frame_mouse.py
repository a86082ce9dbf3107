"""What the mouse does on the frame around the panes."""

import pytest

from termlab.client.frame_mouse import DOUBLE_S, FrameMouse, StatusRow
from termlab.client.replica import Replica
from termlab.client.segments import status
from termlab.model.keys import (
    LEFT,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    WHEEL_DOWN,
    WHEEL_LEFT,
    WHEEL_UP,
    Mouse,
)
from termlab.model.layout import Leaf, Split
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from tests.client.named_windows import window_at
from tests.client.recorder import Recorder

COLS, ROWS = 41, 12
TABS = (WindowTab(5, 0, "shell"), WindowTab(7, 1, "漢字", current=True))
PANES = tuple(PaneInfo(pane, "", "sh") for pane in (1, 2, 3))
TREE = Split("row", (Leaf(1), Split("column", (Leaf(2), Leaf(3)), (1, 1))), (1, 1))


class Desk:
    def __init__(self, read_only: bool = False, zoomed: bool = False) -> None:
        self.server = Recorder()
        self.replica = Replica()
        view = WindowView(7, COLS, ROWS, TREE, 1, zoomed, PANES)
        self.state = State(1, "main", TABS, view, read_only)
        self.replica.take(self.state)
        self.line = status(self.state, self.replica.placed, COLS, None)
        self.mouse = FrameMouse(self.server, self.replica, lambda: StatusRow(ROWS, self.line))
        self.now = 0.0

    def press(self, x: int, y: int, button: int = LEFT) -> str:
        return " ".join(self.mouse.event(Mouse(x, y, PRESS, button), self.now))

    def drag(self, *cells: tuple[int, int]) -> list[str]:
        for x, y in cells:
            self.mouse.event(Mouse(x, y, MOTION, LEFT), self.now)
        self.mouse.settle()
        return self.server.words()

    def release(self, x: int, y: int) -> None:
        self.mouse.event(Mouse(x, y, RELEASE, LEFT), self.now)


def test_a_press_on_a_name_shows_its_window() -> None:
    desk = Desk()
    text = "".join(run.text for run in desk.line)
    assert text.startswith(" main  0:shell 1:漢字* ")
    # The cells of the names: 7 to 13, and 15 to 21, where the wide ones count twice.
    shown = {x: desk.press(x, ROWS) for x in range(COLS)}
    assert {x for x, said in shown.items() if said == "select-window -t @5"} == set(range(7, 14))
    assert {x for x, said in shown.items() if said == "select-window -t @7"} == set(range(15, 22))
    assert {said for x, said in shown.items() if x < 7 or x == 14 or x > 21} == {""}


def test_a_name_that_was_cut_ends_where_it_is_cut() -> None:
    desk = Desk()
    line = status(desk.state, desk.replica.placed, 10, None)
    assert [window_at(line, x) for x in range(6, 12)] == [None, 5, 5, 5, None, None]


def test_only_the_left_button_shows_a_window() -> None:
    assert Desk().press(8, ROWS, RIGHT) == ""


def test_the_wheel_over_the_status_row_goes_from_window_to_window() -> None:
    desk = Desk()
    wheel = (WHEEL_DOWN, WHEEL_UP, WHEEL_LEFT)
    assert [desk.press(30, ROWS, each) for each in wheel] == ["next-window", "previous-window", ""]
    assert desk.press(20, 5, WHEEL_DOWN) == ""


def test_a_press_on_a_title_focuses_its_pane() -> None:
    desk = Desk()
    y = desk.replica.placed.titles[3].y
    assert desk.press(30, y) == "select-pane -t %3"
    assert desk.press(30, 0) == "select-pane -t %2"
    assert desk.press(3, 0) == ""
    assert desk.press(30, y, RIGHT) == ""


def test_a_separator_is_dragged() -> None:
    desk = Desk()
    assert desk.press(20, 5) == ""
    assert desk.drag((21, 5), (25, 8)) == ["move-border -t %1 -R 25"]
    desk.mouse.replied(1, False)
    desk.release(25, 8)
    assert desk.drag((30, 8)) == []


def test_a_line_of_titles_is_dragged() -> None:
    desk = Desk()
    y = desk.replica.placed.titles[3].y
    desk.press(30, y)
    assert desk.drag((35, y + 2)) == [f"move-border -t %2 -D {y + 2}"]


def test_two_presses_on_one_cell_share_evenly() -> None:
    desk = Desk()
    assert desk.press(20, 5) == ""
    desk.release(20, 5)
    desk.now = DOUBLE_S
    assert desk.press(20, 5) == "move-border -t %1 -R --even"
    assert desk.drag((22, 5)) == []
    desk.release(22, 5)
    assert desk.press(20, 5) == ""


@pytest.mark.parametrize(("x", "late"), [(20, 0.1), (21, 0.0)])
def test_two_slow_ones_or_on_two_cells_do_not(x: int, late: float) -> None:
    desk = Desk()
    desk.press(20, 5)
    desk.release(20, 5)
    desk.now = DOUBLE_S + late
    assert desk.press(x, 5) == ""


def test_who_may_only_look_drags_nothing_but_has_a_focus_of_their_own() -> None:
    desk = Desk(read_only=True)
    assert desk.press(20, 5) == ""
    assert desk.drag((25, 5)) == []
    assert desk.press(30, 0) == ""
    assert [word.split("(")[0] for word in desk.server.words()] == ["MouseAt"]
    assert desk.press(8, ROWS) == "select-window -t @5"


def test_a_zoomed_window_has_no_borders() -> None:
    desk = Desk(zoomed=True)
    assert desk.press(20, 5) == ""
    assert desk.drag((25, 5)) == []


def test_it_knows_the_status_row() -> None:
    desk = Desk()
    rows = [desk.mouse.over_status(Mouse(3, y, PRESS, LEFT)) for y in (ROWS - 1, ROWS)]
    assert rows == [False, True]
