"""The mouse in the lab dock is nobody's but the dock's."""

import pytest

from termlab.client.dock_mouse import DockMouse
from termlab.client.handover import Handover, NoUi
from termlab.client.router import Router
from termlab.model.keys import LEFT, MOTION, PRESS, RELEASE, Mouse
from tests.client.recorder import OPTIONS, Recorder
from tests.client.test_dock_frame import replica_of, state_of

DOWN = 5
INSIDE = (60, 3)
PANE = (10, 3)


class There(NoUi):
    """A ui that is there, or is not yet; ``given`` is what it got."""

    def __init__(self) -> None:
        super().__init__()
        self.there = True
        self.given: list[tuple[int, str]] = []

    def give(self, number: int, event: object) -> None:
        assert isinstance(event, Mouse)
        self.given.append((event.action, f"{event.x},{event.y}"))

    @property
    def available(self) -> bool:
        return self.there


@pytest.fixture
def ui() -> There:
    return There()


@pytest.fixture
def mouse(ui: There) -> DockMouse:
    return DockMouse(replica_of(state_of(30)), Handover(ui))


def test_the_wheel_is_the_docks_where_it_turns(mouse: DockMouse, ui: There) -> None:
    assert mouse.takes(Mouse(*INSIDE, PRESS, DOWN), 0.0)
    assert not mouse.takes(Mouse(*PANE, PRESS, DOWN), 0.0)
    assert ui.given == [(PRESS, "60,3")]


def test_a_press_in_it_keeps_everything_to_its_release(mouse: DockMouse, ui: There) -> None:
    events = [(INSIDE, PRESS), (PANE, MOTION), (PANE, RELEASE)]
    assert all(mouse.takes(Mouse(*at, action, LEFT), 0.0) for at, action in events)
    assert [action for action, _ in ui.given] == [PRESS, MOTION, RELEASE]
    assert not mouse.takes(Mouse(*PANE, MOTION, LEFT), 0.0)


def test_what_began_elsewhere_and_mere_motion_go_nowhere(mouse: DockMouse, ui: There) -> None:
    assert mouse.takes(Mouse(*INSIDE, RELEASE, LEFT), 0.0)
    assert mouse.takes(Mouse(*INSIDE, MOTION, 0), 0.0)
    assert ui.given == []


def test_a_release_that_somebody_else_had_is_not_waited_for(mouse: DockMouse, ui: There) -> None:
    mouse.takes(Mouse(*INSIDE, PRESS, LEFT), 0.0)
    assert not mouse.takes(Mouse(*PANE, MOTION, 0), 0.0)
    assert not mouse.takes(Mouse(*PANE, RELEASE, LEFT), 0.0)
    mouse.takes(Mouse(*INSIDE, PRESS, LEFT), 0.0)
    assert not mouse.takes(Mouse(*PANE, PRESS, LEFT), 0.0)


def test_before_a_ui_is_there_it_goes_nowhere(mouse: DockMouse, ui: There) -> None:
    ui.there = False
    assert mouse.takes(Mouse(*INSIDE, PRESS, DOWN), 0.0)
    assert ui.given == []


def test_a_hidden_dock_takes_nothing(ui: There) -> None:
    mouse = DockMouse(replica_of(state_of(0)), Handover(ui))
    assert not mouse.takes(Mouse(*INSIDE, PRESS, DOWN), 0.0)


def test_the_keyboard_stays_with_the_pane_and_a_drag_that_left_one_too(ui: There) -> None:
    server = Recorder()
    router = Router(server, OPTIONS, replica_of(state_of(30)), ui)
    router.route([Mouse(*INSIDE, PRESS, DOWN), Mouse(*INSIDE, PRESS, LEFT)], 0.0)
    assert not router.handover.open
    router.route([Mouse(*INSIDE, RELEASE, LEFT)], 0.0)
    assert len(ui.given) == 3
    assert server.words() == []
    drag = [Mouse(*PANE, PRESS, LEFT), Mouse(*INSIDE, MOTION, LEFT), Mouse(*INSIDE, RELEASE, LEFT)]
    router.route(drag, 0.0)
    assert len(ui.given) == 3
    assert len(server.words()) == 3


def test_a_key_that_scrolls_turns_the_wheel_over_it(mouse: DockMouse, ui: There) -> None:
    mouse.scroll((), 0.0)
    assert ui.given == [(PRESS, ui.given[0][1])]
    x, y = map(int, ui.given[0][1].split(","))
    assert replica_of(state_of(30)).dock is not None
    assert mouse.takes(Mouse(x, y, PRESS, DOWN), 0.0)
    ui.given.clear()
    mouse.scroll(("-U", "-p"), 0.0)
    assert len(ui.given) > 2


def test_without_a_dock_or_a_ui_nothing_is_scrolled(mouse: DockMouse, ui: There) -> None:
    DockMouse(replica_of(state_of(0)), Handover(ui)).scroll((), 0.0)
    ui.there = False
    mouse.scroll((), 0.0)
    assert ui.given == []
