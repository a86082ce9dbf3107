"""The lab dock's commands: panes make room, a session remembers, small terminals are told why."""

from termlab.model.dock import free_cols
from termlab.model.geometry import Size
from termlab.model.lab import Lab, paused
from termlab.model.layout import arrange
from tests.server.world import Client, Stage


def attached(stage: Stage, cols: int = 80, rows: int = 25, read_only: bool = False) -> Client:
    client = stage.attach(Size(cols, rows), read_only=read_only)
    stage.turn()
    return client


def ask(stage: Stage, client: Client, *argv: str) -> tuple[int, str]:
    reply = client.run(*argv)
    stage.turn()
    return reply.code, reply.text


def child_size(stage: Stage) -> tuple[int, int]:
    size = stage.children[0].sizes[-1]
    return size.cols, size.rows


def test_panes_make_room_for_it_and_get_it_back(stage: Stage) -> None:
    client = attached(stage)
    epoch = client.view().epoch
    assert ask(stage, client, "toggle-dock") == (0, "")
    assert client.view().dock == 36
    assert client.view().epoch == epoch + 1
    assert (client.view().view.cols, client.view().view.rows) == (43, 24)
    assert child_size(stage) == (43, 24)
    ask(stage, client, "toggle-dock")
    assert client.view().dock == 0
    assert child_size(stage) == (80, 24)


def test_its_width_is_set_or_moved_by_its_border(stage: Stage) -> None:
    client = attached(stage, cols=120)
    for argv, dock in (
        (("50",), 50),
        (("-L", "4"), 54),
        (("-R",), 53),
        (("1",), 24),
        (("400",), 79),
    ):
        assert ask(stage, client, "resize-dock", *argv) == (0, "")
        assert client.view().dock == dock
        assert child_size(stage) == (free_cols(dock, 120, 24), 24)


def test_a_width_without_a_number_or_with_two_ways_is_refused(stage: Stage) -> None:
    client = attached(stage)
    assert ask(stage, client, "resize-dock")[0] == 2
    assert ask(stage, client, "resize-dock", "-L", "-R")[0] == 2
    assert client.view().dock == 0


def test_where_there_is_no_room_a_message_says_what_it_takes(stage: Stage) -> None:
    client = attached(stage, 20, 5)
    for argv in (("toggle-dock",), ("resize-dock", "30")):
        code, text = ask(stage, client, *argv)
        assert code == 2
        assert text.startswith("no room for the lab dock: it needs 65 columns and 9 rows")
        assert "20x5" in text
    assert client.view().dock == 0
    assert child_size(stage) == (20, 4)


def test_it_comes_back_with_the_room(stage: Stage) -> None:
    from termlab.wire.messages import Outer, OuterChanged

    client = attached(stage)
    ask(stage, client, "toggle-dock")
    client.send(OuterChanged(Outer(Size(50, 25))))
    stage.turn()
    assert client.view().dock == 36
    assert child_size(stage) == (50, 24)
    client.send(OuterChanged(Outer(Size(100, 25))))
    stage.turn()
    assert child_size(stage) == (63, 24)


def test_a_session_keeps_it_over_detach_and_attach(stage: Stage) -> None:
    client = attached(stage)
    ask(stage, client, "resize-dock", "30")
    ask(stage, client, "detach-client")
    again = attached(stage)
    assert again.view().dock == 30
    assert child_size(stage) == (49, 24)
    ask(stage, again, "toggle-dock")
    ask(stage, again, "detach-client")
    third = attached(stage)
    assert third.view().dock == 0
    ask(stage, third, "toggle-dock")
    assert third.view().dock == 30


def test_another_client_has_its_own_and_the_window_fits_both(stage: Stage) -> None:
    first, second = attached(stage), attached(stage, 70)
    ask(stage, first, "resize-dock", "39")
    assert (first.view().dock, second.view().dock) == (39, 0)
    assert child_size(stage) == (40, 24)
    assert second.view().view.cols == 40


def test_who_may_only_look_has_one_of_his_own_that_moves_nobody(stage: Stage) -> None:
    writer = attached(stage)
    reader = attached(stage, read_only=True)
    assert ask(stage, reader, "toggle-dock") == (0, "")
    assert reader.view().dock == 36
    assert child_size(stage) == (80, 24)
    assert writer.view().dock == 0
    assert writer.view().session == reader.view().session
    assert attached(stage).view().dock == 0


def test_panes_of_a_split_window_are_placed_in_what_is_left(stage: Stage) -> None:
    client = attached(stage, 120, 30)
    client.run("split-window", "-h")
    ask(stage, client, "toggle-dock")
    view = client.view().view
    placed = arrange(view.layout, view.cols, view.rows, view.active)
    assert max(rect.right for rect in placed.panes.values()) == free_cols(36, 120, 29)


def test_the_options_say_how_a_session_starts(stage: Stage) -> None:
    import msgspec

    from termlab.config.settings import DockOptions

    stage.server.settings = msgspec.structs.replace(
        stage.server.settings, dock=DockOptions(True, 30)
    )
    client = attached(stage)
    assert client.view().dock == 30
    # The program was started on the size it has now.
    assert [(size.cols, size.rows) for size in stage.children[0].sizes] == [(49, 24)]


def test_what_the_dock_does_is_told_and_kept_by_its_session(stage: Stage) -> None:
    client = attached(stage)
    ask(stage, client, "toggle-dock")
    for argv in (
        ("fold-dock", "memory"),
        ("sort-dock", "errors"),
        ("sort-dock",),
        ("view-dock",),
        ("pace-dock",),
        ("pace-dock", "3"),
        ("pause-dock",),
    ):
        assert ask(stage, client, *argv) == (0, "")
    lab = Lab(True, ("syscalls", "activity", "latency", "output"), "name", "silence", 3)
    assert client.view().lab == lab
    ask(stage, client, "detach-client")
    again = attached(stage)
    assert again.view().lab == lab
    ask(stage, again, "toggle-dock")
    assert again.view().lab == Lab()  # hidden: what it would do is nobody's
    ask(stage, again, "toggle-dock")
    assert again.view().lab == paused(lab, False)


def test_a_dock_that_is_not_shown_is_not_changed(stage: Stage) -> None:
    client = attached(stage)
    for argv in (("pause-dock",), ("fold-dock", "output"), ("sort-dock",), ("pace-dock",)):
        code, text = ask(stage, client, *argv)
        assert code == 2
        assert text == "the lab dock is not shown: toggle-dock shows it"


def test_what_can_not_be_is_refused(stage: Stage) -> None:
    client = attached(stage)
    ask(stage, client, "toggle-dock")
    for argv in (("pace-dock", "5"), ("pace-dock", "0"), ("fold-dock", "cpu"), ("sort-dock", "x")):
        assert ask(stage, client, *argv)[0] == 2
    assert client.view().lab == Lab()


def test_a_change_moves_no_pane(stage: Stage) -> None:
    client = attached(stage)
    ask(stage, client, "toggle-dock")
    epoch = client.view().epoch
    ask(stage, client, "fold-dock", "output")
    assert client.view().epoch == epoch
