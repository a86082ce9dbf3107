"""The lab dock on one terminal: its line, its cells before it is drawn, the mouse on it, and what
was measured on its way through the client."""

import pytest

from termlab.client.capabilities import TRUE_COLOUR, Capabilities
from termlab.client.dialogue import Dialogue
from termlab.client.frame_mouse import FrameMouse, StatusRow
from termlab.client.handover import NoUi
from termlab.client.input import InputParser
from termlab.client.painter import Painter
from termlab.client.replica import Replica
from termlab.client.segments import LAB, status
from termlab.client.style import line_width, run_at
from termlab.model.dock import place_dock
from termlab.model.geometry import Size
from termlab.model.keys import LEFT, MOTION, PRESS, RELEASE, Mouse
from termlab.model.layout import Leaf, Node, Split, arrange
from termlab.model.screen import Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.terminal.ghostty import GhosttyEmulator
from termlab.wire.messages import Attached, PaneRows, VitalsSeen, VitalsUpdate
from tests.client.recorder import OPTIONS, Recorder
from tests.client.test_dialogue import Shown
from tests.model.vitals_made import VITALS
from tests.terminal.cells import feed

SIZE = Size(80, 12)
PAIR = Split("column", (Leaf(1), Leaf(2)), (1, 1))


def state_of(dock: int, tree: Node = PAIR, cols: int = 0, epoch: int = 1) -> State:
    place = place_dock(dock, SIZE.cols, SIZE.rows - 1)
    free = cols or (place.separator.x if place else SIZE.cols)
    panes = (PaneInfo(1, "", ""), PaneInfo(2, "", ""))
    view = WindowView(1, free, SIZE.rows - 1, tree, 1, False, panes)
    return State(epoch, "main", (WindowTab(1, 0, "sh", current=True),), view, dock=dock)


def replica_of(state: State) -> Replica:
    replica = Replica()
    replica.fit(SIZE.cols, SIZE.rows - 1)
    replica.take(state)
    return replica


def texts(replica: Replica) -> dict[tuple[int, int], str]:
    lines = replica.frame_lines(SIZE.cols, SIZE.rows - 1)
    return {(each.x, each.y): "".join(run.text for run in each.line) for each in lines}


def test_its_line_goes_down_beside_the_panes_and_takes_their_titles_up() -> None:
    found = texts(replica_of(state_of(30)))
    assert "".join(found[49, y] for y in range(11)) == "┤│││││┤││││"
    assert max(x + len(text) for (x, _), text in found.items()) == 50


def test_hidden_it_has_no_line_and_no_cells() -> None:
    replica = replica_of(state_of(0))
    assert replica.dock is None
    assert replica.dock_lines("why") == []
    assert replica.free_cols == 80
    assert {x for x, _ in texts(replica)} == {0}


def test_a_window_that_reaches_beneath_it_is_cut() -> None:
    replica = replica_of(state_of(30, cols=80))
    found = texts(replica)
    assert max(x + len(text) for (x, _), text in found.items()) == 50
    assert replica.pane_at(48, 3) == (1, replica.placed.panes[1])
    assert replica.pane_at(49, 3) is None
    assert replica.pane_at(60, 3) is None


def test_dots_fill_what_is_left_up_to_it() -> None:
    found = texts(replica_of(state_of(30, cols=40)))
    assert found[40, 3] == "·" * 9


def test_rows_of_panes_never_touch_it() -> None:
    painter, outer = Painter(), GhosttyEmulator(SIZE)
    painter.capable(Capabilities(TRUE_COLOUR, True, True, True))
    replica = replica_of(state_of(30, Leaf(1), cols=60))  # wider than what is left for it
    painter.place(replica.placed.panes, SIZE.cols, SIZE.rows - 1, replica.free_cols)
    painter.focus(1)
    feed(outer, b"\x1b[?7l\x1b[?25l\x1b#8")  # all E: what is not painted shows
    for rows in (((0, b"x" * 60), (1, b"short"), (2, b"\x1b[1m" + b"y" * 60)), ((0, b"z" * 60),)):
        update = PaneRows(1, rows, Cursor(55, 0))
        feed(outer, painter.message(painter.pane(update)))
        shown = outer.text_at(0, 3)
        assert [row[49:] for row in shown] == ["E" * 31] * 3
    assert outer.text_at(0, 3) == [
        "z" * 49 + "E" * 31,
        "short" + " " * 44 + "E" * 31,
        "y" * 49 + "E" * 31,
    ]
    assert not outer.cursor().visible
    outer.close()


def test_what_stands_for_it_in_the_status_row_toggles_it() -> None:
    for dock in (0, 30):
        state = state_of(dock)
        line = status(state, arrange(Leaf(1), 80, 11, 1), 80, None)
        replica = replica_of(state)
        mouse = FrameMouse(Recorder(), replica, lambda line=line: StatusRow(11, line))  # type: ignore[misc]
        found = run_at(line, 79)
        assert found is not None
        assert found[0].text == LAB
        assert mouse.event(Mouse(78, 11, PRESS, LEFT), 0.0) == ("toggle-dock",)
        assert mouse.event(Mouse(78, 11, PRESS, 3), 0.0) == ()


def test_where_there_is_no_room_for_a_dock_nothing_stands_for_it() -> None:
    line = status(state_of(0), arrange(Leaf(1), 60, 11, 1), 60, None)
    assert LAB not in [run.text for run in line]
    assert line_width(line) == 60


class Drag:
    def __init__(self) -> None:
        self.server = Recorder()
        self.mouse = FrameMouse(self.server, replica_of(state_of(30)))

    def do(self, x: int, y: int, action: int) -> tuple[str, ...]:
        return self.mouse.event(Mouse(x, y, action, LEFT), 0.0)

    def asked(self) -> list[str]:
        self.mouse.settle()
        return self.server.words()


def test_its_border_is_dragged_with_one_request_under_way_and_the_newest_behind() -> None:
    drag = Drag()
    assert drag.do(49, 5, PRESS) == ()
    assert drag.asked() == []
    drag.do(45, 5, MOTION)
    drag.do(44, 2, MOTION)
    assert drag.asked() == ["resize-dock 35"]
    drag.do(30, 2, MOTION)
    drag.do(20, 2, MOTION)
    drag.do(20, 2, RELEASE)
    assert drag.asked() == []
    drag.mouse.replied(1, failed=False)
    assert drag.server.words() == ["resize-dock 59"]
    drag.do(10, 2, MOTION)
    drag.mouse.replied(2, failed=False)
    assert drag.server.words() == []


def test_beyond_the_edge_it_is_asked_to_be_as_narrow_as_it_can() -> None:
    drag = Drag()
    drag.do(49, 5, PRESS)
    drag.do(90, 5, MOTION)
    assert drag.asked() == ["resize-dock 1"]


def test_a_press_within_it_grabs_nothing() -> None:
    drag = Drag()
    assert drag.do(60, 6, PRESS) == ()
    drag.do(20, 6, MOTION)
    assert drag.asked() == []


class Keeping(NoUi):
    """A ui that keeps what it is told, while it can."""

    def __init__(self) -> None:
        super().__init__()
        self.there = True
        self.told: list[int] = []

    def measured(self, update: VitalsUpdate) -> None:
        self.told.append(update.number)

    @property
    def keeps_up(self) -> bool:
        return self.there


@pytest.fixture
def talk() -> tuple[Dialogue, Keeping, Recorder]:
    server, ui = Recorder(), Keeping()
    dialogue = Dialogue(server, Shown(), InputParser(), SIZE, ui)
    dialogue.heard(Attached(1, OPTIONS), 0.0)
    return dialogue, ui, server


def test_what_was_measured_goes_to_the_ui_and_more_may_come_once_all_is_drawn(
    talk: tuple[Dialogue, Keeping, Recorder],
) -> None:
    dialogue, ui, server = talk
    dialogue.heard(VitalsUpdate(4, VITALS), 0.0)
    assert (ui.told, server.take()) == ([4], [])
    dialogue.give_credit()
    assert server.take() == [VitalsSeen(4)]
    dialogue.give_credit()
    assert server.take() == []


def test_a_ui_that_is_not_there_or_does_not_read_has_nothing_more_measured(
    talk: tuple[Dialogue, Keeping, Recorder],
) -> None:
    dialogue, ui, server = talk
    ui.there = False
    dialogue.heard(VitalsUpdate(4, VITALS), 0.0)
    dialogue.give_credit()
    dialogue.give_credit()
    assert server.take() == []
    ui.there = True
    dialogue.give_credit()
    assert server.take() == [VitalsSeen(4)]


def test_while_nobody_draws_it_its_cells_say_why() -> None:
    lines = replica_of(state_of(30)).dock_lines("the ui is starting")
    texts = ["".join(run.text for run in each.line) for each in lines]
    assert "the ui is starting" in texts[0]
    assert [len(text) for text in texts] == [30] * 11
    assert set("".join(texts[1:])) <= {" "}
    assert {(each.x, each.y) for each in lines} == {(50, y) for y in range(11)}
