"""What a person does, brought to the right pane, and what a client that may only look can't do."""

import pytest

from termlab.model.keys import LEFT, PRESS, RELEASE, WHEEL_DOWN, WHEEL_UP, Key, Mouse
from termlab.server.stdin import MAX_INPUT_BYTES
from termlab.wire.messages import FocusChanged, Keys, MouseAt, PasteData, Rang, Took
from tests.server.world import Client, Stage

HISTORY = b"".join(b"line %d\r\n" % n for n in range(1, 101))


def attached(stage: Stage, says: bytes = b"", read_only: bool = False) -> Client:
    if read_only:
        stage.attach()
        stage.turn()
    client = stage.attach(read_only=read_only)
    stage.turn()
    if says:
        stage.child_says(says)
    return client


def wheel(client: Client, button: int, pane: int = 0) -> None:
    client.send(MouseAt(pane, Mouse(3, 3, PRESS, button)))


def taken(stage: Stage, child: int = 0) -> bytes:
    stage.turn()
    return stage.children[child].takes()


def test_keys_go_to_the_focused_pane_in_its_modes(stage: Stage) -> None:
    client = attached(stage)
    client.type("ab")
    client.press("Up")
    assert taken(stage) == b"ab\x1b[A"
    stage.child_says(b"\x1b[?1h")
    client.press("Up")
    assert taken(stage) == b"\x1bOA"


def test_keys_behind_a_command_that_moves_the_focus_are_the_new_pane_s(stage: Stage) -> None:
    client = attached(stage)
    client.type("a")
    client.ask("split-window")
    client.type("b")
    stage.turn()
    assert (taken(stage, 0), taken(stage, 1)) == (b"a", b"b")


def test_a_paste_goes_part_by_part_as_the_program_takes_it(stage: Stage) -> None:
    client = attached(stage, b"\x1b[?2004h")
    client.send(PasteData(b"x" * 30_000, first=True, last=False, pane=0))
    stage.turn()
    assert client.got(Took) == []
    got = b""
    for _ in range(20):
        got += taken(stage)
    assert len(client.got(Took)) == 1
    client.send(PasteData(b"end", first=False, last=True, pane=0))
    assert got + taken(stage) == b"\x1b[200~" + b"x" * 30_000 + b"end\x1b[201~"
    assert len(client.got(Took)) == 2


def test_the_bracket_of_a_paste_whose_client_goes_is_closed(stage: Stage) -> None:
    client = attached(stage, b"\x1b[?2004h")
    client.send(PasteData(b"all ", first=True, last=True, pane=0))
    client.send(PasteData(b"half", first=True, last=False, pane=0))
    assert taken(stage) == b"\x1b[200~all \x1b[201~\x1b[200~half"
    client.run("detach-client")
    stage.turn()
    assert taken(stage) == b"\x1b[201~"


def test_of_a_whole_paste_nothing_is_left_to_close(stage: Stage) -> None:
    client = attached(stage, b"\x1b[?2004h")
    client.send(PasteData(b"half", first=True, last=False, pane=0))
    client.send(PasteData(b"", first=False, last=True, pane=0))
    assert taken(stage) == b"\x1b[200~half\x1b[201~"
    client.run("detach-client")
    stage.turn()
    assert taken(stage) == b""


def test_a_paste_stays_in_its_pane_when_the_focus_moves(stage: Stage) -> None:
    client = attached(stage)
    client.send(PasteData(b"rm ", first=True, last=False, pane=0))
    client.run("split-window")
    client.send(PasteData(b"-r x", first=False, last=True, pane=0))
    assert (taken(stage, 0), taken(stage, 1)) == (b"rm -r x", b"")
    client.send(PasteData(b"next", first=True, last=True, pane=1))
    assert taken(stage, 1) == b"next"


def test_keys_behind_a_paste_stay_in_its_pane_as_well(stage: Stage) -> None:
    client = attached(stage)
    client.run("split-window")
    client.send(Keys((Key("a", text="a"),), 0))
    client.send(Keys((Key("b", text="b"),)))
    client.send(Keys((Key("c", text="c"),), 99))
    stage.turn()
    assert (taken(stage, 0), taken(stage, 1)) == (b"a", b"b")


def test_the_rest_of_a_paste_into_a_pane_that_ended_is_nobody_s(stage: Stage) -> None:
    client = attached(stage)
    client.run("split-window")
    client.send(PasteData(b"rm ", first=True, last=False, pane=1))
    stage.turn()
    stage.child_ends(1)
    client.send(PasteData(b"-r x\r", first=False, last=True, pane=1))
    assert taken(stage, 0) == b""
    assert len(client.got(Took)) == 2


def test_two_clients_that_paste_into_one_pane_both_go_on(stage: Stage) -> None:
    a, b = attached(stage), attached(stage)
    for client in (a, b):
        client.send(PasteData(b"x" * 20_000, first=True, last=True, pane=0))
    for _ in range(40):
        taken(stage)
    assert (len(a.got(Took)), len(b.got(Took))) == (1, 1)


def test_a_paste_into_a_pane_that_ends_goes_on(stage: Stage) -> None:
    client = attached(stage)
    client.run("split-window")
    client.send(PasteData(b"x" * 30_000, first=True, last=False, pane=1))
    stage.turn()
    stage.child_ends(1)
    assert len(client.got(Took)) == 1


def test_what_a_program_does_not_take_is_refused_with_a_bell(stage: Stage) -> None:
    client = attached(stage)
    for _ in range(4):
        client.send(PasteData(b"x" * (MAX_INPUT_BYTES // 2), first=True, last=True, pane=0))
    stage.turn()
    assert client.got(Rang) != []
    pane = stage.server.sessions.all[0].current.panes[0]
    assert pane.input_waiting <= MAX_INPUT_BYTES
    rung = len(client.got(Rang))
    client.send(PasteData(b"x" * MAX_INPUT_BYTES, first=True, last=True, pane=0))
    stage.turn()
    assert len(client.got(Rang)) == rung + 1


def test_a_press_focuses_and_is_reported_to_who_asks(stage: Stage) -> None:
    client = attached(stage, b"\x1b[?1000h\x1b[?1006h")
    client.run("split-window", "-h")
    assert client.focused == 1
    client.send(MouseAt(0, Mouse(2, 1, PRESS, LEFT)))
    client.send(MouseAt(0, Mouse(2, 1, RELEASE, LEFT)))
    assert taken(stage) == b"\x1b[<0;3;2M\x1b[<0;3;2m"
    assert client.focused == 0


def test_the_mouse_is_nothing_to_a_program_that_did_not_ask(stage: Stage) -> None:
    client = attached(stage)
    client.send(MouseAt(0, Mouse(2, 1, PRESS, LEFT)))
    client.send(MouseAt(77, Mouse(2, 1, PRESS, LEFT)))
    assert taken(stage) == b""


def test_the_wheel_scrolls_back_and_leaves_at_the_bottom(stage: Stage) -> None:
    client = attached(stage, HISTORY)
    wheel(client, WHEEL_DOWN)
    stage.pass_time(1)
    assert stage.server.attachments[0].views == {}
    wheel(client, WHEEL_UP)
    wheel(client, WHEEL_UP)
    stage.pass_time(1)
    assert client.text()[0] == "line 72"
    wheel(client, WHEEL_DOWN)
    stage.pass_time(1)
    assert client.text()[0] == "line 75"
    wheel(client, WHEEL_DOWN)
    stage.pass_time(1)
    assert stage.server.attachments[0].views == {}
    assert client.text()[-2] == "line 100"


def test_the_wheel_is_arrows_on_the_alternate_screen(stage: Stage) -> None:
    client = attached(stage, b"\x1b[?1049h")
    wheel(client, WHEEL_UP)
    assert taken(stage) == b"\x1b[A" * 3
    wheel(client, WHEEL_DOWN)
    assert taken(stage) == b"\x1b[B" * 3


def test_the_wheel_is_the_program_s_if_it_asks(stage: Stage) -> None:
    client = attached(stage, HISTORY + b"\x1b[?1000h\x1b[?1006h")
    wheel(client, WHEEL_UP)
    assert taken(stage) == b"\x1b[<64;4;4M"


def test_programs_that_ask_hear_of_the_focus(stage: Stage) -> None:
    client = attached(stage, b"\x1b[?1004h")
    client.send(FocusChanged(False))
    assert taken(stage) == b"\x1b[O"
    client.send(FocusChanged(False))
    assert taken(stage) == b""
    client.send(FocusChanged(True))
    assert taken(stage) == b"\x1b[I"
    client.run("split-window")
    assert taken(stage) == b"\x1b[O"
    client.run("select-pane", "-t", "%0")
    assert taken(stage) == b"\x1b[I"


def test_the_last_client_to_leave_takes_the_focus_along(stage: Stage) -> None:
    a, b = attached(stage, b"\x1b[?1004h"), attached(stage)
    a.link.close()
    stage.clients.remove(a)
    assert taken(stage) == b""
    b.run("detach-client")
    assert taken(stage) == b"\x1b[O"


class TestReadOnly:
    """The server keeps a client that may only look from doing more, whatever it sends."""

    def test_keys_pastes_and_reports_reach_no_program(self, stage: Stage) -> None:
        client = attached(stage, b"\x1b[?1000h\x1b[?1006h\x1b[?1004h", read_only=True)
        stage.children[0].takes()
        client.type("rm -rf /")
        client.press("Enter")
        client.send(PasteData(b"pasted", first=True, last=True, pane=0))
        client.send(MouseAt(0, Mouse(2, 1, PRESS, LEFT)))
        wheel(client, WHEEL_UP)
        client.send(FocusChanged(False))
        assert taken(stage) == b""
        assert len(client.got(Took)) == 1

    def test_the_wheel_types_no_arrows(self, stage: Stage) -> None:
        client = attached(stage, b"\x1b[?1049h", read_only=True)
        wheel(client, WHEEL_UP)
        assert taken(stage) == b""

    def test_its_own_view_scrolls(self, stage: Stage) -> None:
        client = attached(stage, HISTORY, read_only=True)
        wheel(client, WHEEL_UP)
        stage.pass_time(1)
        assert client.text()[0] == "line 75"
        client.run("history-top")
        stage.pass_time(1)
        assert client.text()[0] == "line 1"

    def test_a_press_moves_its_own_focus_and_nobody_else_s(self, stage: Stage) -> None:
        client = attached(stage, read_only=True)
        writer = stage.clients[0]
        writer.run("split-window")
        writer.run("resize-pane", "-Z")
        client.send(MouseAt(0, Mouse(2, 1, PRESS, LEFT)))
        stage.pass_time(1)
        window = stage.server.sessions.all[0].current
        assert (window.active, window.zoomed) == (1, True)
        writer.run("resize-pane", "-Z")
        stage.pass_time(1)
        assert (client.focused, writer.focused) == (0, 1)

    @pytest.mark.parametrize(
        "command",
        [
            "kill-pane",
            "kill-window",
            "kill-session",
            "kill-server",
            "split-window",
            "new-window",
            "new-session -d",
            "send-keys x",
            "send-text x",
            "rename-window x",
            "rename-session x",
            "resize-pane -Z",
            "select-pane -t %0",
            "last-pane",
        ],
    )
    def test_commands_that_change_anything_are_refused(self, stage: Stage, command: str) -> None:
        client = attached(stage, read_only=True)
        reply = client.run(*command.split())
        assert reply.code == 2
        assert "read-only" in reply.text
        assert len(stage.children) == 1

    @pytest.mark.parametrize("command", ["ls", "capture", "next-window", "detach-client"])
    def test_commands_that_look_are_allowed(self, stage: Stage, command: str) -> None:
        client = attached(stage, read_only=True)
        assert client.run(command).code == 0


# Synchronised input


def synchronised(stage: Stage, panes: int = 3) -> Client:
    """A client whose window has panes 0, 1, … that all get its keys; the last has the focus."""
    client = attached(stage)
    for _ in range(panes - 1):
        client.run("split-window", "-h")
    client.run("synchronize-panes", "on")
    return client


def test_keys_go_to_all_panes_of_a_synchronised_window_each_in_its_modes(stage: Stage) -> None:
    client = synchronised(stage)
    client.run("new-window", "-d")
    stage.child_says(b"\x1b[?1h", 1)
    client.type("ab")
    client.press("Up")
    stage.turn()
    assert [child.takes() for child in stage.children] == [
        b"ab\x1b[A",
        b"ab\x1bOA",
        b"ab\x1b[A",
        b"",
    ]
    client.run("synchronize-panes", "off")
    client.type("c")
    stage.turn()
    assert [child.takes() for child in stage.children] == [b"", b"", b"c", b""]


def test_keys_go_to_all_though_one_pane_covers_the_others(stage: Stage) -> None:
    client = synchronised(stage)
    client.run("resize-pane", "-Z")
    client.type("x")
    stage.turn()
    assert [child.takes() for child in stage.children] == [b"x"] * 3


def test_the_mouse_and_another_pane_s_keys_are_not_for_all(stage: Stage) -> None:
    client = synchronised(stage)
    stage.child_says(b"\x1b[?1000h\x1b[?1006h", 0)
    stage.child_says(b"\x1b[?1000h\x1b[?1006h", 1)
    client.send(MouseAt(0, Mouse(2, 1, PRESS, LEFT)))
    client.run("send-keys", "-t", "%1", "x")
    assert [child.takes() for child in stage.children] == [b"\x1b[<0;3;2M", b"x", b""]


def test_dead_panes_get_nothing_and_their_own_keys_close_only_them(stage: Stage) -> None:
    client = attached(stage)
    client.run("split-window", "-h")
    client.run("split-window", "-h", "--remain")
    client.run("synchronize-panes", "on")
    stage.child_ends(2, 3)
    client.type("x")
    client.press("Enter")
    stage.turn()
    assert [pane.id for pane in client.view().view.panes] == [0, 1]
    client.type("y")
    stage.turn()
    assert [child.takes() for child in stage.children[:2]] == [b"y", b"y"]


def test_who_may_only_look_types_into_none(stage: Stage) -> None:
    synchronised(stage)
    onlooker = stage.attach(read_only=True)
    stage.turn()
    onlooker.type("x")
    onlooker.send(PasteData(b"x", first=True, last=True, pane=0))
    stage.turn()
    assert [child.takes() for child in stage.children] == [b""] * 3
    assert len(onlooker.got(Took)) == 1


def test_a_paste_goes_to_all_and_waits_for_the_slowest(stage: Stage) -> None:
    client = synchronised(stage)
    stage.child_says(b"\x1b[?2004h", 1)
    client.send(PasteData(b"x" * 30_000, first=True, last=True, pane=2))
    got = [b"", b"", b""]
    for child in (0, 2):
        for _ in range(20):
            got[child] += taken(stage, child)
    assert client.got(Took) == []
    for _ in range(20):
        got[1] += taken(stage, 1)
    assert len(client.got(Took)) == 1
    assert got == [b"x" * 30_000, b"\x1b[200~" + b"x" * 30_000 + b"\x1b[201~", b"x" * 30_000]


def test_a_paste_does_not_wait_for_a_pane_that_has_gone(stage: Stage) -> None:
    client = synchronised(stage)
    client.send(PasteData(b"x" * 30_000, first=True, last=False, pane=2))
    stage.turn()
    assert client.got(Took) == []
    for pane in ("%0", "%1"):
        client.run("kill-pane", "-t", pane)
    for _ in range(20):
        taken(stage, 2)
    assert len(client.got(Took)) == 1
