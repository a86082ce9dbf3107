"""What follows from each change for everybody else: sizes, ends, bells, names."""

import pytest

from termlab.errors import SpawnError, UsageError
from termlab.model.geometry import Size
from termlab.server.spawn import Program
from termlab.wire.messages import Outer, OuterChanged, Rang
from tests.server.world import PLACE, Client, Stage, World

KILL = 9


def cells(stage: Stage, window: int = 0) -> tuple[int, int]:
    shown = [w for _, w in stage.server.sessions.windows() if w.id == window]
    return shown[0].cols, shown[0].rows


def leave(stage: Stage, client: Client) -> None:
    client.link.close()
    stage.clients.remove(client)
    stage.turn()


class TestSizes:
    def test_a_window_is_the_client_s_terminal_less_the_status_line(self, stage: Stage) -> None:
        stage.attach(Size(100, 40))
        stage.turn()
        assert cells(stage) == (100, 39)
        assert stage.children[0].command.size == Size(100, 39)

    def test_the_smallest_writing_client_decides_each_way(self, stage: Stage) -> None:
        stage.attach(Size(100, 40))
        stage.attach(Size(120, 30))
        stage.turn()
        assert cells(stage) == (100, 29)
        assert stage.children[0].sizes[-1] == Size(100, 29)

    def test_a_client_that_only_looks_does_not_count(self, stage: Stage) -> None:
        stage.attach(Size(100, 40))
        stage.attach(Size(20, 10), read_only=True)
        stage.turn()
        assert cells(stage) == (100, 39)

    def test_only_who_shows_a_window_decides_about_it(self, stage: Stage) -> None:
        big, small = stage.attach(Size(100, 40)), stage.attach(Size(50, 20))
        stage.turn()
        big.run("new-window")
        small.run("select-window", "-t", "0")
        assert (cells(stage, 0), cells(stage, 1)) == ((50, 19), (100, 39))

    def test_detaching_keeps_the_size(self, stage: Stage) -> None:
        client = stage.attach(Size(100, 40))
        stage.turn()
        client.run("detach-client")
        assert cells(stage) == (100, 39)
        assert len(stage.children[0].sizes) == 1

    def test_those_who_stay_get_the_room_of_who_leaves(self, stage: Stage) -> None:
        stage.attach(Size(100, 40))
        small = stage.attach(Size(50, 20))
        stage.turn()
        assert cells(stage) == (50, 19)
        leave(stage, small)
        assert cells(stage) == (100, 39)

    def test_attaching_resizes_before_the_first_frame(self, stage: Stage) -> None:
        stage.greet().run("new", "-d", "-x", "30", "-y", "10")
        client = stage.attach(Size(100, 40))
        stage.turn()
        first = client.frames[0]
        assert first.state is not None
        assert (first.state.view.cols, first.state.view.rows) == (100, 39)
        assert len(first.panes[0].rows) == 39

    def test_a_terminal_of_impossible_size_harms_nobody(self, stage: Stage) -> None:
        client = stage.attach(Size(0, 0))
        stage.turn()
        assert cells(stage) == (1, 1)
        client.send(OuterChanged(Outer(Size(1, 1))))
        client.send(OuterChanged(Outer(Size(80, 25, 640, 400))))
        stage.turn()
        assert stage.children[0].sizes[-1] == Size(80, 24, 640, 384)


class TestEnds:
    def test_the_other_panes_get_the_room_of_one_that_ends(self, stage: Stage) -> None:
        client = stage.attach()
        stage.turn()
        client.run("split-window", "-h")
        assert stage.children[0].sizes[-1].cols == 39
        stage.child_ends(1)
        assert stage.children[0].sizes[-1] == Size(80, 24)
        assert client.focused == 0
        assert stage.children[1].closed

    def test_the_child_of_a_pane_that_was_ended_is_reaped_once_it_ends(self, stage: Stage) -> None:
        client = stage.attach()
        client.run("split-window")
        client.run("kill-pane")
        child = stage.children[1]
        child.status = -1
        assert not child.reaped
        stage.server.children_ended()
        assert child.reaped
        child.reaped = False
        stage.server.children_ended()
        assert not child.reaped

    def test_the_pane_focused_before_is_focused_again(self, stage: Stage) -> None:
        client = stage.attach()
        stage.turn()
        for _ in range(3):
            client.run("split-window", "-h", "-l", "30%")
        client.run("select-pane", "-t", "%1")
        client.run("select-pane", "-t", "%3")
        stage.child_ends(3)
        assert client.focused == 1

    def test_a_zoom_ends_with_the_pane_or_with_the_last_neighbour(self, stage: Stage) -> None:
        client = stage.attach()
        stage.turn()
        client.run("split-window")
        client.run("resize-pane", "-Z")
        stage.child_ends(0)
        assert not client.view().view.zoomed

    def test_the_last_pane_ends_its_window_and_the_last_one_shown_follows(
        self, stage: Stage
    ) -> None:
        client = stage.attach()
        stage.turn()
        client.run("new-window")
        client.run("new-window")
        client.run("select-window", "-t", "0")
        client.run("select-window", "-t", "2")
        stage.child_ends(2)
        assert client.view().view.id == 0
        assert [tab.index for tab in client.view().tabs] == [0, 1]

    def test_the_last_window_ends_its_session_and_its_clients_are_told(self, stage: Stage) -> None:
        here = stage.attach()
        stage.turn()
        stage.greet().run("new", "-d", "-s", "other")
        stage.child_ends(0)
        assert here.bye is not None
        assert here.bye.text == "[exited]"
        assert not stage.empty

    def test_the_last_session_ends_the_server(self, stage: Stage) -> None:
        stage.attach()
        stage.turn()
        stage.child_ends(0)
        assert stage.empty

    def test_a_session_of_several_windows_and_panes_ends_whole(self, stage: Stage) -> None:
        client = stage.attach()
        stage.turn()
        for words in (["split-window"], ["new-window"], ["split-window", "-h"], ["copy-mode"]):
            client.run(*words)
        client.ask("kill-session")
        stage.turn()
        assert client.bye is not None
        assert stage.empty
        assert all(child.closed for child in stage.children)

    def test_a_server_without_sessions_can_be_ended(self, stage: Stage) -> None:
        assert stage.greet().run("kill-server").code == 0
        assert stage.empty

    def test_a_killed_child_is_noticed(self, world: World) -> None:
        client = world.attach()
        world.until(lambda: client.shows("$"))
        pane = world.server.sessions.all[0].current.panes[0]
        pane.pty.signal(KILL)
        world.until(lambda: client.bye is not None)
        assert pane.exit_status == -9
        assert world.empty

    def test_a_child_that_ends_with_much_to_say_loses_no_byte(self, world: World) -> None:
        world.attach(argv=("sh", "-c", "read x; yes 0123456789 | head -c 3000000; exit 4"))
        world.turn()
        pane = world.server.sessions.all[0].current.panes[0]
        assert pane.type(b"\n")
        counted: list[int] = []
        close = pane.emulator.close

        def count() -> None:
            counted.append(pane.emulator.stats().bytes_fed)
            close()

        pane.emulator.close = count  # type: ignore[method-assign]
        world.until(lambda: world.empty)
        lines = 3_000_000 // 11
        # Each newline became two bytes; the typed one was echoed as two.
        assert counted == [3_000_000 + lines + 2]
        assert pane.exit_status == 4


class TestNews:
    def test_a_bell_rings_for_all_of_the_session_and_marks_a_window_out_of_sight(
        self, stage: Stage
    ) -> None:
        client = stage.attach()
        stage.turn()
        client.run("new-window")
        stage.child_says(b"\x07", child=0)
        assert client.got(Rang) == [Rang(0)]
        assert [tab.bell for tab in client.view().tabs] == [True, False]
        client.run("select-window", "-t", "0")
        assert [tab.bell for tab in client.view().tabs] == [False, False]

    def test_titles_and_commands_are_told(self, stage: Stage) -> None:
        client = stage.attach(argv=("prog",))
        stage.turn()
        stage.children[0].name = "vim"
        stage.child_says(b"\x1b]2;a title\x07")
        stage.pass_time(1)
        assert client.view().view.panes[0].title == "a title"
        assert client.view().tabs[0].name == "vim"

    def test_colours_of_the_terminal_answer_the_programs(self, stage: Stage) -> None:
        client = stage.attach()
        stage.turn()
        client.send(OuterChanged(Outer(Size(80, 25), None, (0x12, 0x34, 0x56))))
        stage.turn()
        stage.child_says(b"\x1b]11;?\x07")
        assert stage.children[0].takes().startswith(b"\x1b]11;rgb:1212/3434/5656")

    def test_a_flood_does_not_delay_an_echo_elsewhere(self, world: World) -> None:
        flood = "printf '\\033[31m%04096d\\033[m' 1"
        client = world.attach(argv=("sh", "-c", f"while :; do {flood}; done"))
        world.until(lambda: bool(client.frames))
        client.ask("split-window", "-h", "sh", "-c", "stty raw -echo; echo ready; exec cat")
        world.until(lambda: client.state is not None and client.shows("ready", 1))
        turns = []
        for letter in "abcdefghij":
            client.type(letter)
            turns.append(world.until(lambda: client.shows(letter, 1)))  # noqa: B023
        # Sent, echoed, interpreted, shown: what else a busy machine adds is scheduling.
        assert sorted(turns)[5] <= 12


class TestFailures:
    def test_a_pane_that_can_not_start_leaves_all_as_it_was(self, stage: Stage) -> None:
        client = stage.attach()
        stage.turn()
        client.run("split-window")
        client.run("resize-pane", "-Z")
        window = stage.server.sessions.all[0].current
        tree = window.tree
        reply = client.run("split-window", "nonesuch")
        assert (reply.code, window.tree, window.zoomed) == (SpawnError.exit_code, tree, True)

    def test_a_session_that_can_not_start_is_none(self, stage: Stage) -> None:
        assert stage.greet().run("new", "-d", "nonesuch").code == SpawnError.exit_code
        assert stage.server.sessions.all == {}

    def test_a_name_is_taken_once(self, stage: Stage) -> None:
        stage.server.new_session("a", Program(PLACE), Size(80, 24))
        with pytest.raises(UsageError, match="already"):
            stage.server.new_session("a", Program(PLACE), Size(80, 24))
