"""A listing says of sessions, windows and panes what programs and people ask."""

from termlab.server.listings import listing
from tests.server.world import Stage


def test_it_tells_windows_in_order_and_which_is_current_which_was_and_which_rang(
    stage: Stage,
) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window")
    client.run("new-window", "-n", "logs")
    stage.child_says(b"\a", 0)
    session = stage.server.sessions.all[0]
    found = listing(session, 1)
    assert (found.id, found.name, found.clients) == ("$0", "0", 1)
    first, second = found.windows
    assert (first.current, first.last, first.bell) == (False, True, True)
    assert (second.name, second.current, second.last) == ("logs", True, False)
    assert [pane.id for pane in first.panes] == ["%0", "%1"]
    assert [pane.active for pane in first.panes] == [False, True]
    assert first.panes[0].cols == 80


def test_the_window_shown_before_is_none_once_it_is_shown_again(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("new-window")
    client.run("kill-window")
    (only,) = listing(stage.server.sessions.all[0], 1).windows
    assert (only.current, only.last) == (True, False)
    assert [(tab.current, tab.last) for tab in client.view().tabs] == [(True, False)]


def test_it_tells_how_panes_stand_and_whether_they_are_synchronised(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window", "-h")
    client.run("synchronize-panes", "on")
    window = listing(stage.server.sessions.all[0], 1).windows[0]
    a, b = (pane.cols for pane in window.panes)
    assert window.layout.endswith(f",80x23,0,0{{{a}x23,0,0,0,{b}x23,{a + 1},0,1}}")
    assert window.synchronised
