"""Sessions and windows as they are held: orders, indexes, names, who follows."""

import pytest

from termlab.model.geometry import Size
from termlab.server.sessions import Session, Sessions
from termlab.server.spawn import Program
from termlab.wire.messages import Outer, OuterChanged
from tests.server.world import PLACE, Stage


@pytest.fixture
def session(stage: Stage) -> Session:
    """One session with windows 0, 1 and 2."""
    session = stage.server.new_session("s", Program(PLACE), Size(80, 24))
    for _ in range(2):
        stage.server.new_window(session, "", Program(PLACE))
    return session


def test_windows_have_the_lowest_free_index_and_stand_in_its_order(
    stage: Stage, session: Session
) -> None:
    stage.server.kill_window(session.windows[1])
    stage.server.new_window(session, "", Program(PLACE))
    assert [window.index for window in session.windows] == [0, 1, 2]
    assert [window.id for window in session.windows] == [0, 3, 2]


def test_after_a_window_the_last_one_shown_follows_else_the_nearest(session: Session) -> None:
    zero, one, two = session.windows
    assert session.after_removal(two) is one
    session.show(two)
    session.show(one)
    assert session.last is two
    assert session.after_removal(one) is two
    assert session.after_removal(zero) is two


def test_a_window_is_called_as_it_was_named_else_as_its_command(
    stage: Stage, session: Session
) -> None:
    window = session.windows[0]
    stage.children[0].name = "vim"
    stage.child_says(b"x")
    stage.pass_time(1)
    assert window.label() == "vim"
    window.name = "edit"
    assert window.label() == "edit"


def test_places_are_computed_when_something_changed(stage: Stage, session: Session) -> None:
    window = session.windows[0]
    first = window.arrangement()
    assert window.arrangement() is first
    window.cols = 60
    assert window.arrangement() is not first


def test_focus_on_another_pane_ends_a_zoom(stage: Stage, session: Session) -> None:
    window = session.windows[0]
    pane = stage.server.split(window, window.panes[0], "right", 50, Program(PLACE))
    window.zoomed = True
    window.focus(0)
    assert window.zoomed
    window.focus(pane.id)
    assert not window.zoomed
    assert window.last_active == 0


def test_a_window_too_small_for_its_panes_shows_the_active_one(
    stage: Stage, session: Session
) -> None:
    window = session.windows[0]
    stage.server.split(window, window.panes[0], "right", 50, Program(PLACE))
    assert not window.only_active_shows
    window.cols = 3
    assert window.only_active_shows


def test_ids_never_come_back_and_names_do() -> None:
    sessions = Sessions()
    assert [sessions.next_id("pane"), sessions.next_id("pane")] == [0, 1]
    assert sessions.next_id("window") == 0
    assert sessions.free_name() == "0"


def test_the_session_used_last_is_the_latest(stage: Stage, session: Session) -> None:
    other = stage.server.new_session("t", Program(PLACE), Size(80, 24))
    other.used_at = session.used_at + 1
    sessions = stage.server.sessions
    assert sessions.latest() is other
    session.used_at = other.used_at + 1
    assert sessions.latest() is session
    assert sessions.named("t") is other
    assert sessions.named("u") is None


def test_a_pane_knows_its_place_until_it_is_gone(stage: Stage, session: Session) -> None:
    window = session.windows[1]
    pane = window.panes[window.active]
    assert stage.server.sessions.where(pane) == (session, window)
    stage.server.kill_pane(pane)
    assert stage.server.sessions.where(pane) is None


def test_a_window_of_a_fixed_size_keeps_it_whoever_shows_it(stage: Stage) -> None:
    client = stage.attach(Size(120, 41))
    stage.turn()
    window = next(stage.server.sessions.windows())[1]
    window.fixed = Size(50, 10)
    stage.server.sizes_changed()
    assert (window.cols, window.rows) == (50, 10)
    client.send(OuterChanged(Outer(Size(40, 8))))
    stage.turn()
    assert (window.cols, window.rows) == (50, 10)
