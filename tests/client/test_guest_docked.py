"""A client and its guest while the lab dock is shown: drawn, dead, stopped and back again."""

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from termlab.model.geometry import Size
from termlab.model.keys import PRESS, Mouse
from termlab.wire.messages import Frame, VitalsUpdate
from tests.model.vitals_made import VITALS

if sys.platform != "win32":
    from termlab.client.docking import STUCK_S
    from termlab.client.guest_host import DOCK_STARTS, ENDS_S, MAX_ENDS
    from tests.client.guest_desk import Desk
    from tests.client.test_display import rows_of
    from tests.client.test_docking import LEFT, SIZE, state_of
else:
    pytest.skip("there are no guests", allow_module_level=True)

assert sys.platform != "win32"

WHEEL = 5
Desks = Callable[..., "DockDesk"]


class DockDesk(Desk):
    """A desk whose terminal has room for the dock, which is shown."""

    def __init__(self, log: Path, *words: str) -> None:
        super().__init__(log, *words)
        self.paper.engine.resize(SIZE)
        self.display.resize(SIZE)
        self.host.resized()
        self._serial = 1
        self.state(2)

    def state(self, epoch: int, dock: int = 30) -> None:
        """Another geometry, the pane's prompt in it."""
        self._serial += 1
        pane = rows_of(1, b"$ ")
        self.frame(Frame(self._serial, epoch, (pane,), state_of(epoch, dock)))

    def measured(self) -> None:
        self.dialogue.heard(VitalsUpdate(7, VITALS), self.now())
        self.host.expire(self.now())

    def dock(self) -> str:
        """What stands in the dock's first row."""
        return self.paper.rows()[0][LEFT:].strip()

    def docks(self, text: str) -> None:
        self.until(lambda: self.dock() == text)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desks]:
    desks: list[DockDesk] = []

    def make(*words: str) -> DockDesk:
        desks.append(DockDesk(tmp_path / "ui.log", *words))
        return desks[-1]

    yield make
    for each in desks:
        each.close()


def test_before_the_guest_is_there_it_says_so(desk: Desks) -> None:
    its = desk("silent")
    its.host.start(0.0)
    assert its.dock() == DOCK_STARTS
    assert its.type("a b") == ["keys a b"]


def test_the_guest_draws_it_as_soon_as_it_is_there_and_keys_pass_by(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    assert its.type("a") == ["keys a"]
    assert not its.hands.open


def test_it_shows_what_was_measured_one_record_after_the_other(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    its.until(lambda: its.host.keeps_up)
    its.measured()
    assert not its.host.keeps_up
    its.measured()
    its.docks("DOCK 1")
    its.until(lambda: its.host.keeps_up)
    its.measured()
    its.docks("DOCK 2")


def test_another_geometry_has_it_drawn_anew_and_hidden_it_is_drawn_no_more(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    its.state(3)
    its.measured()
    its.docks("DOCK 0")
    its.state(4, dock=0)
    assert its.dock() == ""
    its.until(lambda: its.host.keeps_up)
    its.measured()
    its.until(lambda: its.host.keeps_up)
    assert its.dock() == ""


def test_a_guest_that_ends_leaves_a_word_there_and_the_next_one_draws_it(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    its.kill(signal.SIGKILL)
    its.docks(DOCK_STARTS)
    assert its.type("a") == ["keys a"]
    its.docks("DOCK 0")


def test_a_guest_that_stays_away_has_the_key_that_brings_it_back_there(desk: Desks) -> None:
    its = desk("broken")
    its.host.start(0.0)
    its.until(lambda: len(its.said) == MAX_ENDS)
    assert its.dock() == "the ui ended: C-b R tries"
    assert its.paper.rows()[1][LEFT:].strip() == "again"
    its.skew_s += ENDS_S
    its.type("C-b R")
    assert its.dock() == DOCK_STARTS


def test_a_stopped_guest_holds_nothing_up_and_is_replaced(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    its.until(lambda: its.host.keeps_up)
    first = its.pid()
    its.kill(signal.SIGSTOP)
    assert its.host.deadline() is None
    for _ in range(50):
        its.measured()
        assert its.type("a") == ["keys a"]
    due = its.host.deadline()
    assert due is not None
    its.host.expire(due - 0.01)
    assert its.pid() == first
    its.host.expire(due + 0.01)
    assert its.said == [f"the ui did not draw the lab dock for {STUCK_S:g} s and starts again"]
    assert its.dock() == DOCK_STARTS
    its.docks("DOCK 0")
    assert its.pid() != first


def test_a_terminal_that_is_blocked_makes_no_guest_stuck(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    its.until(lambda: its.host.keeps_up)
    its.blocked = True
    its.turn(0)
    its.measured()
    assert its.host.deadline() is None
    its.host.expire(its.now() + 10 * STUCK_S)
    its.blocked = False
    its.docks("DOCK 1")


def test_the_wheel_over_it_is_the_guests_and_answered(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    for _ in range(3):
        assert its.do(Mouse(LEFT + 5, 3, PRESS, WHEEL)) == []
    assert its.hands.deadline() is not None
    its.until(lambda: its.hands.deadline() is None)
    assert not its.hands.open
    assert its.type("a") == ["keys a"]


def test_what_is_open_covers_it_and_gives_it_back(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    its.type("C-b ?")
    its.shows("GUEST  80x12")
    its.measured()
    its.type("q")
    its.until(lambda: its.paper.rows()[0].startswith("$ "))
    its.docks("DOCK 1")


def test_a_smaller_terminal_without_room_for_it(desk: Desks) -> None:
    its = desk().start()
    its.docks("DOCK 0")
    size = Size(40, 12)
    its.paper.engine.resize(size)
    its.display.resize(size)
    its.host.resized()
    its.state(3)
    its.until(lambda: its.host.keeps_up)
    assert its.paper.rows()[0] == "$"
    assert "DOCK" not in "".join(its.paper.rows())
