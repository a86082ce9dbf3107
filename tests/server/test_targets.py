"""Targets: which pane, window and session words mean."""

import pytest

from termlab.errors import TargetError
from termlab.model.geometry import Size
from termlab.server.spawn import Program
from termlab.server.targets import resolve, resolve_window
from tests.server.world import PLACE, Stage


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Sessions "a" (window 0 with panes %0 %2 %3, window 1 "logs" with %1) and "b" (%4)."""
    server = stage.server
    a = server.new_session("a", Program(PLACE), Size(80, 24))
    server.new_window(a, "logs", Program(PLACE))
    window = a.windows[0]
    for _ in range(2):
        pane = list(window.panes.values())[-1]
        server.split(window, pane, "right", 50, Program(PLACE))
    stage.pass_time(1)
    server.new_session("b", Program(PLACE), Size(80, 24))
    return stage


def where(stage: Stage, target: str, pane: str = "") -> str:
    place = resolve(stage.server.sessions, target, None, pane)
    return f"{place.session.name}:{place.window.index}.%{place.pane.id}"


@pytest.mark.parametrize(
    ("target", "meaning"),
    [
        ("", "b:0.%4"),
        ("a", "a:0.%0"),
        ("a:", "a:0.%0"),
        ("a:1", "a:1.%1"),
        ("a:logs", "a:1.%1"),
        ("a:@1", "a:1.%1"),
        ("a:0.1", "a:0.%2"),
        ("a:0.%3", "a:0.%3"),
        ("a:+", "a:1.%1"),
        ("a:-", "a:1.%1"),
        ("%2", "a:0.%2"),
        ("@1", "a:1.%1"),
        ("$0", "a:0.%0"),
    ],
)
def test_words_and_what_they_mean(stage: Stage, target: str, meaning: str) -> None:
    assert where(stage, target) == meaning


@pytest.mark.parametrize(
    ("target", "meaning"),
    [("", "a:0.%2"), (":.+", "a:0.%3"), (":.-", "a:0.%0"), (":+", "a:1.%1"), ("b", "b:0.%4")],
)
def test_inside_a_pane_that_pane_is_meant(stage: Stage, target: str, meaning: str) -> None:
    pane = "%2"
    stage.server.sessions.all[0].windows[0].focus(2)
    assert where(stage, target, pane) == meaning


def test_an_attached_client_means_what_it_looks_at(stage: Stage) -> None:
    client = stage.attach(target="a")
    stage.turn()
    client.run("select-pane", "-t", "%3")
    stage.attach(target="a")
    stage.turn()
    attachment = stage.server.attachments[0]
    place = resolve(stage.server.sessions, "", attachment, "")
    assert place.pane.id == 3


def test_for_windows_a_bare_word_is_a_window_first(stage: Stage) -> None:
    sessions = stage.server.sessions
    assert resolve_window(sessions, "logs", None, "%0").window.index == 1
    assert resolve_window(sessions, "1", None, "%0").window.index == 1
    assert resolve_window(sessions, "b", None, "%0").session.name == "b"


@pytest.mark.parametrize(
    "target", ["nobody", "a:9", "a:0.9", "a:0.%1", "%99", "@99", "$99", "a:x.y", "%", "::"]
)
def test_what_there_is_not_is_said(stage: Stage, target: str) -> None:
    with pytest.raises(TargetError, match="there is no"):
        where(stage, target)


def test_without_any_session_the_way_to_one_is_said() -> None:
    from termlab.server.sessions import Sessions

    with pytest.raises(TargetError, match="termlab new"):
        resolve(Sessions(), "", None, "")
