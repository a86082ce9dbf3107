"""Looking back into a pane: what is shown stays put while output arrives."""

from termlab.model.geometry import Size
from termlab.wire.messages import Clipboard, Outer, OuterChanged
from tests.server.world import Client, Stage

HISTORY = b"".join(b"line %d\r\n" % n for n in range(1, 101))


def scrolled(stage: Stage, *keys: str) -> Client:
    """A client before 100 lines, of which 24 rows show, that ran these commands."""
    client = stage.attach()
    stage.turn()
    stage.child_says(HISTORY)
    for command in keys:
        client.run(*command.split())
    stage.pass_time(1)
    return client


def above(client: Client) -> int:
    """How many rows lie above what is shown, as the client was told last."""
    return next(
        rows.above for frame in reversed(client.frames) for rows in frame.panes if rows.pane == 0
    )


def test_copy_mode_starts_where_the_screen_is(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode")
    assert above(client) == 77
    assert client.text()[0] == "line 78"


def test_scrolling_is_by_line_half_page_page_and_to_the_ends(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode")
    for command, row in (
        ("scroll-up", 76),
        ("page-up", 53),
        ("halfpage-up", 41),
        ("halfpage-down", 53),
        ("history-top", 0),
        ("scroll-up", 0),
        ("page-down", 23),
        ("history-bottom", 77),
        ("scroll-down", 77),
    ):
        client.run(command)
        stage.pass_time(1)
        assert (command, above(client)) == (command, row)
        assert client.text()[0] == f"line {row + 1}"


def test_copy_mode_can_begin_a_page_up(stage: Stage) -> None:
    client = scrolled(stage)
    client.run("copy-mode", "-u")
    stage.pass_time(1)
    assert above(client) == 53


def test_what_is_shown_stays_while_output_arrives(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode", "page-up")
    before = client.text()
    for _ in range(5):
        stage.child_says(HISTORY)
    assert client.text() == before
    assert above(client) == 54


def test_the_length_of_the_history_is_told_as_it_grows(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode")
    stage.child_says(HISTORY)
    assert client.frames[-1].panes[0].history == 177


def test_cancel_shows_the_live_screen_again(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode", "history-top")
    stage.child_says(b"newest")
    client.run("cancel")
    stage.pass_time(1)
    assert above(client) == -1
    assert client.text()[-1] == "newest"


def test_a_view_survives_another_size(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode", "page-up")
    client.run("split-window", "-h", "-d")
    stage.pass_time(1)
    assert client.text(0)[0] == "line 55"
    assert len(client.text(0)) == 23


def test_each_client_has_its_own_view(stage: Stage) -> None:
    a = scrolled(stage, "copy-mode", "history-top")
    b = stage.attach()
    stage.pass_time(1)
    assert a.text()[0] == "line 1"
    assert b.text()[0] == "line 78"
    b.run("copy-mode", "-u")
    stage.pass_time(1)
    assert a.text()[0] == "line 1"
    assert b.text()[0] == "line 54"


def test_rows_of_a_view_come_once(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode", "page-up")
    client.run("scroll-up")
    client.run("scroll-down")
    before = len(client.frames)
    stage.child_says(b"x")
    assert all(not rows.rows for frame in client.frames[before:] for rows in frame.panes)


def test_history_that_was_trimmed_leaves_the_oldest(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode", "history-top")
    pane = stage.server.sessions.all[0].current.panes[0]
    wide = b"".join(b"wide %d\r\n" % n for n in range(200_000))
    for start in range(0, len(wide), 65536):
        pane.emulator.feed(memoryview(wide[start : start + 65536]))
    view = stage.server.attachments[0].views[0]
    assert view.top == 0
    view.scroll(5)
    assert view.top == 5
    assert client.bye is None


def test_a_pane_that_ends_takes_its_views_along(stage: Stage) -> None:
    client = scrolled(stage, "copy-mode", "page-up")
    client.run("split-window")
    stage.child_ends(0)
    assert stage.server.attachments[0].views == {}
    assert client.focused == 1


def test_the_cursor_stays_on_its_row_in_a_larger_pane(stage: Stage) -> None:
    client = scrolled(stage, "split-window -v -d")
    client.run("copy-mode")
    client.run("cursor-up")
    client.run("cursor-up")
    stage.pass_time(1)
    view = stage.server.attachments[0].views[0]
    top = view.top
    assert view.read(view.spot.row) == list("line 99")
    client.run("kill-pane", "-t", ":.+")
    stage.pass_time(1)
    assert view.top < top
    assert view.read(view.spot.row) == list("line 99")


def test_a_key_right_behind_another_size_moves_from_the_row_the_cursor_stood_on(
    stage: Stage,
) -> None:
    client = scrolled(stage, "copy-mode", "cursor-up", "cursor-up")
    client.send(OuterChanged(Outer(Size(80, 41))))  # sixteen more rows of history are shown
    for command in ("start-of-line", "select-line", "copy-selection"):
        client.run(command)
    assert [each.data for each in client.got(Clipboard)] == [b"line 99\n"]


def test_the_cursor_keeps_its_row_when_it_moved_and_nothing_was_shown_meanwhile(
    stage: Stage,
) -> None:
    client = scrolled(stage, "copy-mode")
    for _ in range(3):
        client.ask("cursor-up")
    client.send(OuterChanged(Outer(Size(80, 41))))
    for command in ("select-line", "copy-selection"):
        client.run(command)
    assert [each.data for each in client.got(Clipboard)] == [b"line 98\n"]
