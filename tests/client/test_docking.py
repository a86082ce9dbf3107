"""The lab dock's cells as a dialogue: what a guest is told, and what is written of its drawing."""

import sys

import msgspec
import pytest

from termlab.model.dock import place_dock
from termlab.model.geometry import Size
from termlab.model.lab import Lab
from termlab.model.layout import Leaf, Node, Split
from termlab.model.screen import Cursor
from termlab.model.state import PaneInfo, State, WindowTab, WindowView
from termlab.wire.guest import Claim, Dock, Output
from termlab.wire.messages import Frame, Message, PaneRows, VitalsUpdate
from tests.model.vitals_made import VITALS

if sys.platform != "win32":
    from termlab.client.claims import Claims
    from termlab.client.docking import DOCK, STUCK_S, Docking
    from tests.client.test_display import started
else:
    pytest.skip("there are no guests", allow_module_level=True)

assert sys.platform != "win32"

SIZE = Size(80, 12)
WIDTH = 30
LEFT = 80 - WIDTH
WHY = "the lab dock is starting"
ONE = Leaf(1)


def state_of(epoch: int, dock: int = WIDTH, tree: Node = ONE, command: str = "sh") -> State:
    place = place_dock(dock, SIZE.cols, SIZE.rows - 1)
    free = place.separator.x if place else SIZE.cols
    panes = (PaneInfo(1, "", command), PaneInfo(2, "", "sh"))
    view = WindowView(1, free, SIZE.rows - 1, tree, 1, False, panes)
    return State(epoch, "main", (WindowTab(1, 0, "sh", current=True),), view, dock=dock)


class Desk:
    """A screen with a pane beside the dock, and a guest that has just come."""

    def __init__(self, dock: int = WIDTH) -> None:
        self.display, self.paper = started(SIZE)
        self.display.undock(WHY)
        self._told: list[Message] = []
        self.docking = Docking(self.display, self._told.append)
        self._serial = 0
        self.frame(state_of(1, dock), b"$ ")

    def frame(self, state: State | None, *rows: bytes) -> None:
        self._serial += 1
        panes = (PaneRows(1, tuple(enumerate(rows)), Cursor(2, 0)),)
        epoch = state.epoch if state is not None else 1
        self.display.frame(Frame(self._serial, epoch, panes, state))
        self.docking.follow()

    def told(self) -> list[Message]:
        told = self._told[:]
        self._told.clear()
        return told

    def epochs(self) -> list[int]:
        return [message.state.epoch for message in self.told() if isinstance(message, Dock)]

    def draw(self, text: str, epoch: int = 1) -> None:
        data = f"\x1b[1;{LEFT + 1}H\x1b[31m{text}\x1b[K".encode()
        self.docking.output(Output(DOCK, epoch, data))

    def row(self) -> str:
        """What stands in the dock's first row."""
        return self.paper.rows()[0][LEFT:].strip()


def test_while_nobody_draws_the_dock_it_says_why() -> None:
    desk = Desk()
    assert desk.row() == WHY
    desk.display.undock("the ui ended: C-b R tries again, whatever it was that it ended of")
    assert [row[LEFT:].strip() for row in desk.paper.rows()[:3]] == [
        "the ui ended: C-b R tries",
        "again, whatever it was that",
        "it ended of",
    ]


def test_the_guest_is_told_of_the_dock_and_of_nothing_while_it_is_hidden() -> None:
    assert Desk().told() == [Dock(SIZE, state_of(1))]
    hidden = Desk(0)
    hidden.frame(state_of(2, 0), b"$ ")
    assert hidden.told() == []


def test_hiding_it_is_told_once() -> None:
    desk = Desk()
    desk.docking.docked()
    desk.told()
    for epoch in (2, 3, 4):
        desk.frame(state_of(epoch, 0), b"$ ")
        desk.docking.docked()
    assert desk.epochs() == [2]


def test_a_state_that_changes_nothing_of_it_is_not_told() -> None:
    desk = Desk()
    desk.docking.docked()
    desk.told()
    renamed = msgspec.structs.replace(state_of(1), session="other")
    desk.frame(renamed)
    desk.frame(None, b"$ x")
    assert desk.told() == []
    desk.frame(state_of(1, command="vim"))
    assert len(desk.told()) == 1
    desk.docking.docked()
    desk.frame(msgspec.structs.replace(state_of(1, command="vim"), lab=Lab(paused=True)))
    assert len(desk.told()) == 1


def test_one_state_is_under_way_and_the_next_is_the_newest() -> None:
    desk = Desk()
    for epoch in (2, 3, 4):
        desk.frame(state_of(epoch), b"$ ")
    assert desk.epochs() == [1]
    desk.docking.docked()
    assert desk.epochs() == [4]
    desk.docking.docked()
    assert desk.told() == []


def test_what_it_draws_is_written_and_the_cursor_stays_in_its_pane() -> None:
    desk = Desk()
    desk.draw("syscalls")
    assert desk.row() == "syscalls"
    assert desk.paper.engine.cursor() == Cursor(2, 0)
    desk.frame(None, b"$ plain")
    assert desk.paper.rows()[0].startswith("$ plain ")


def test_what_was_meant_for_another_geometry_is_dropped() -> None:
    desk = Desk()
    desk.draw("syscalls")
    desk.frame(state_of(2, tree=Split("column", (Leaf(1), Leaf(2)), (1, 1))), b"$ ")
    desk.draw("stale", epoch=1)
    assert desk.row() == "syscalls"
    desk.display.resize(Size(70, 12))
    desk.paper.take()
    desk.draw("early", epoch=2)
    assert desk.paper.take() == b""


def test_what_is_drawn_for_a_dock_that_is_hidden_is_dropped() -> None:
    desk = Desk()
    desk.frame(state_of(1, 0))
    desk.paper.take()
    desk.draw("late")
    assert desk.paper.take() == b""


def test_a_dock_in_its_place_is_left_as_it_was_drawn_and_another_place_is_blank() -> None:
    desk = Desk()
    desk.draw("syscalls")
    desk.frame(state_of(2, tree=Split("column", (Leaf(1), Leaf(2)), (1, 1))), b"$ ")
    assert desk.row() == "syscalls"
    desk.frame(state_of(3, WIDTH + 4), b"$ ")
    assert desk.row() == ""


def test_the_dock_is_its_own_while_panes_are_claimed() -> None:
    desk = Desk()
    told: list[Message] = []
    claims = Claims(desk.display, told.append)
    claims.open()
    claims.claim(Claim(1, 1, (1,), True))
    claims.output(Output(1, 1, b"\x1b[1;1HHELP", Cursor(3, 0)))
    desk.draw("syscalls")
    assert desk.row() == "syscalls"
    assert desk.paper.engine.cursor() == Cursor(3, 0)
    claims.end()
    assert desk.row() == "syscalls"
    assert desk.paper.rows()[0].startswith("$ ")


def test_one_record_is_under_way() -> None:
    desk = Desk()
    update = VitalsUpdate(7, VITALS)
    desk.docking.measured(update)
    assert desk.told() == [Dock(SIZE, state_of(1))]  # what it was told before is not drawn yet
    desk.docking.docked()
    assert desk.docking.keeps_up
    desk.docking.measured(update)
    desk.docking.measured(update)
    assert desk.told() == [update]
    assert not desk.docking.keeps_up
    desk.docking.shown()
    assert desk.docking.keeps_up


def test_who_does_not_draw_for_long_is_stuck_and_who_has_nothing_to_draw_is_not() -> None:
    desk = Desk()
    docking = desk.docking
    assert not docking.stuck(10.0)
    assert docking.deadline() == 10.0 + STUCK_S
    assert not docking.stuck(10.0 + STUCK_S - 0.1)
    assert docking.stuck(10.0 + STUCK_S)
    docking.heard_again()
    assert not docking.stuck(30.0)
    docking.docked()
    assert not docking.stuck(90.0)
    assert docking.deadline() is None


def test_a_new_answer_begins_a_new_time() -> None:
    desk = Desk()
    desk.docking.stuck(10.0)
    desk.docking.docked()
    desk.docking.measured(VitalsUpdate(7, VITALS))
    assert not desk.docking.stuck(14.9)
    assert desk.docking.deadline() == 14.9 + STUCK_S
