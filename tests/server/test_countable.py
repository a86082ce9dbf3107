"""Records made of what is there: the server's sessions, a pane's input, a client's screen."""

from termlab.model.figure import Missing
from termlab.server.countable import (
    OutputStats,
    ScreenStats,
    SessionStats,
    line_stats,
    listener_stats,
    mark_stats,
)
from termlab.server.listener import ListenerStats
from termlab.server.stdin import MAX_INPUT_BYTES
from tests.server.world import Stage


def test_sessions_and_what_is_in_them(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window")
    client.run("new-window")
    client.run("set-buffer", "text")
    found = SessionStats.of(stage.server)
    assert found == SessionStats(1, 2, 3, 1, 1, 0, 1)


def test_input_that_is_not_read_waits_and_is_refused_when_full(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    ((_, _, pane),) = stage.server.sessions.panes()
    pane.write(b"x" * MAX_INPUT_BYTES)
    assert not pane.write(b"y" * MAX_INPUT_BYTES)
    found = pane.stdin.stats()
    assert (found.writes, found.refused, found.bytes) == (2, 1, MAX_INPUT_BYTES)
    assert 0 < found.waiting_bytes == found.high_water_bytes < MAX_INPUT_BYTES
    while pane.input_waiting:
        stage.children[0].takes()
        stage.turn()
    assert pane.stdin.stats().waiting_bytes == 0
    assert pane.stdin.stats().high_water_bytes == found.high_water_bytes
    pane.stdin.reset_stats()
    assert pane.stdin.stats().high_water_bytes == 0


def test_rows_and_the_frames_that_showed_them(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.child_says(b"hello")
    ((_, _, pane),) = stage.server.sessions.panes()
    found = OutputStats.of(pane)
    assert found.rows_bytes >= 5
    assert found.frames == sum(bool(frame.panes) for frame in client.frames)


def test_a_connection_without_a_screen_says_so(stage: Stage) -> None:
    client = stage.attach()
    stage.greet()
    stage.turn()
    shows, asks = stage.server.presence.connections
    found = ScreenStats.of(shows)
    assert isinstance(found, ScreenStats)
    assert (found.session, found.frames) == ("0", len(client.frames))
    assert isinstance(ScreenStats.of(asks), Missing)


def test_a_listener_where_there_is_one(stage: Stage) -> None:
    assert isinstance(listener_stats(stage.server), Missing)
    stage.server.door = lambda: ListenerStats(1, 2, 3, 4)
    assert listener_stats(stage.server) == ListenerStats(1, 2, 3, 4)


def test_marks_are_counted_from_the_first_on_and_what_they_told(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    ((_, _, pane),) = stage.server.sessions.panes()
    assert isinstance(line_stats(pane), Missing)
    stage.child_says(
        b"\x1b]133;A\x07$ \x1b]133;B\x07ls\r\n\x1b]133;C\x18\x1b]133;C\x07\x1b]51;E\x07"
    )
    marks, lines = mark_stats(pane), line_stats(pane)
    assert not isinstance(marks, Missing)
    assert not isinstance(lines, Missing)
    assert (marks.found, marks.malformed, marks.oversize) == (4, 1, 0)
    assert (lines.commands, lines.taken, lines.asked, lines.asked_refused) == (1, 4, 1, 1)
