"""Panes whose command has ended and that stay: what they still do, and what closes them."""

import json

import pytest

from termlab.model.geometry import Size
from termlab.model.keys import (
    ALT,
    CTRL,
    PRESS,
    RELEASE,
    SHIFT,
    WHEEL_UP,
    Key,
    Mouse,
)
from termlab.model.screen import MOUSE_OFF
from termlab.server.pane import Pane
from termlab.server.remains import closes, how_ended
from termlab.wire.messages import Attach, Keys, MouseAt, Outer, OuterChanged, PasteData, Took
from tests.server.world import OUTER, PLACE, Client, Stage, World

HISTORY = b"".join(b"line %d\r\n" % n for n in range(1, 101))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (0, "exit 0"),
        (3, "exit 3"),
        (-9, "killed by SIGKILL"),
        (-11, "killed by SIGSEGV"),
        (-999, "killed by signal 999"),
    ],
)
def test_an_end_is_told_in_words(status: int, told: str) -> None:
    assert how_ended(status) == told


def test_four_keys_close_what_remains() -> None:
    for key in (Key("Enter"), Key("q", text="q"), Key("c", CTRL), Key("d", CTRL)):
        assert closes(key)
    for key in (
        Key("c"), Key("d"), Key("q", CTRL), Key("Q", SHIFT, "Q"), Key("Enter", ALT), Key("Escape"),
        Key("Enter", action=RELEASE),
    ):  # fmt: skip
        assert not closes(key)


def dead(stage: Stage, says: bytes = b"last words", status: int = 3) -> Client:
    """A client that looks at a pane whose command has ended."""
    client = stage.greet()
    client.send(Attach(OUTER, PLACE, "", True, remain=True, argv=("prog",)))
    stage.turn()
    stage.child_says(says)
    stage.child_ends(status=status)
    return client


def the_pane(stage: Stage, number: int = 0) -> Pane:
    return next(pane for _, _, pane in stage.server.sessions.panes() if pane.id == number)


def test_a_pane_without_that_wish_goes_with_its_command(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    stage.child_ends()
    assert stage.empty


def test_the_last_screen_stays_and_the_terminal_goes(stage: Stage) -> None:
    client = dead(stage)
    assert client.shows("last words")
    assert client.view().view.panes[0].ended == "exit 3"
    assert stage.children[0].closed
    assert stage.children[0].reaped
    assert not stage.empty
    assert client.bye is None


def test_what_remains_wakes_nobody(stage: Stage) -> None:
    dead(stage, HISTORY * 6)
    for _ in range(50):
        stage.pass_time(1)
    assert stage.loop._timeout() is None


def test_its_cursor_is_hidden_and_the_mouse_is_nobody_s(stage: Stage) -> None:
    client = dead(stage, b"\x1b[?1003hlast words")
    shown = client.frames[-1].panes[-1]
    assert shown.cursor is not None
    assert not shown.cursor.visible
    assert shown.mouse == MOUSE_OFF


def test_output_that_was_held_at_the_end_is_shown(stage: Stage) -> None:
    client = dead(stage, b"\x1b[?2026hheld")
    stage.pass_time(0.2)
    assert client.shows("held")


@pytest.mark.parametrize("key", [Key("Enter"), Key("q", text="q"), Key("c", CTRL), Key("d", CTRL)])
def test_a_closing_key_closes_it_and_with_it_the_session(stage: Stage, key: Key) -> None:
    client = dead(stage, b"\x1b[>1u\x1b[?1h")  # whatever modes the program left behind
    client.send(Keys((Key("x", text="x"), Key("Up"))))
    stage.turn()
    assert not stage.empty
    client.send(Keys((key,)))
    stage.turn()
    assert stage.empty
    assert client.bye is not None


def test_who_only_looks_closes_nothing(stage: Stage) -> None:
    dead(stage)
    looker = stage.attach(read_only=True)
    stage.turn()
    looker.press("Enter")
    stage.turn()
    assert not stage.empty


def test_a_paste_and_the_mouse_reach_nobody(stage: Stage) -> None:
    client = dead(stage, b"\x1b[?2004h\x1b[?1000h")
    client.send(PasteData(b"q\r", True, True, 0))
    client.send(MouseAt(0, Mouse(3, 3, PRESS, 1)))
    stage.turn()
    assert len(client.got(Took)) == 1
    assert not stage.empty


def test_the_wheel_scrolls_back_whatever_the_program_had_asked_for(stage: Stage) -> None:
    client = dead(stage, HISTORY + b"\x1b[?1000h")
    client.send(MouseAt(0, Mouse(3, 3, PRESS, WHEEL_UP)))
    stage.turn()
    assert client.frames[-1].panes[0].above >= 0
    client.run("cancel")
    assert client.frames[-1].panes[0].above == -1


def test_it_takes_another_size(stage: Stage) -> None:
    client = dead(stage, b"x" * 60)
    client.send(OuterChanged(Outer(Size(40, 10))))
    stage.turn()
    assert client.text()[:2] == ["x" * 40, "x" * 20]
    assert stage.children[0].sizes == [stage.children[0].command.size]


def test_another_pane_gets_its_descriptor_and_keeps_it(world: World) -> None:
    client = world.greet()
    client.send(Attach(OUTER, PLACE, "", True, remain=True, argv=("sh", "-c", "exit 4")))
    world.until(lambda: client.state is not None and client.view().view.panes[0].ended != "")
    client.ask("split-window", "--", "cat")  # the descriptor that is free now
    world.until(lambda: client.focused == 1)
    client.run("kill-pane", "-t", "%0")
    client.type("heard")
    world.until(lambda: client.shows("heard"))


def test_commands_find_it_as_it_is(stage: Stage) -> None:
    client = dead(stage)
    asker = stage.greet()
    assert asker.run("capture").text.startswith("last words\n")
    assert asker.run("ls").text == "0: 1 window [0:prog (exit 3)] (attached)\n"
    (session,) = json.loads(asker.run("ls", "--json").text)
    (pane,) = session["windows"][0]["panes"]
    assert (pane["ended"], pane["exit_status"]) == ("exit 3", 3)
    reply = asker.run("send-text", "more")
    assert (reply.code, "has ended (exit 3)" in reply.text) == (1, True)
    assert asker.run("send-keys", "x", "Up").code == 1
    assert client.bye is None
    assert asker.run("send-keys", "x", "Enter").code == 0
    assert stage.empty


def test_waiting_for_its_end_is_over_at_once(stage: Stage) -> None:
    dead(stage, status=-9)
    asker = stage.greet()
    done = json.loads(asker.run("wait", "--exit", "--json").text)
    assert (done["reason"], done["exit_status"]) == ("exit", -9)
    assert json.loads(asker.run("wait", "--quiet", "9s", "--json").text)["reason"] == "exit"
    assert asker.run("wait", "--text", "last words").code == 0
    reply = asker.run("wait", "--text", "never")
    assert (reply.code, "ended before" in reply.text) == (3, True)
    assert len(stage.server.waits) == 0


def test_who_waits_when_it_ends_is_told(stage: Stage) -> None:
    stage.greet().run("new", "-d", "--remain")
    answer = stage.greet().ask("wait", "--exit", "--json")
    stage.turn()
    stage.child_ends(status=7)
    assert json.loads(answer.reply.text)["exit_status"] == 7


@pytest.mark.parametrize("words", [["new-window"], ["split-window"]])
def test_windows_and_splits_can_remain_too(stage: Stage, words: list[str]) -> None:
    client = stage.attach()
    stage.turn()
    client.run(*words, "--remain", "prog")
    stage.child_ends(1)
    assert [pane.ended for pane in client.view().view.panes if pane.id == 1] == ["exit 0"]
    client.press("q")
    stage.turn()
    assert client.focused == 0
    assert not stage.empty


def test_one_pane_closes_and_those_beside_it_stay(stage: Stage) -> None:
    client = dead(stage)
    client.run("split-window", "prog")
    client.run("kill-pane", "-t", "%0")
    assert [pane.id for pane in client.view().view.panes] == [1]
    client.type("x")
    stage.turn()
    assert stage.children[1].takes() == b"x"


def test_the_server_s_end_is_its_end(stage: Stage) -> None:
    dead(stage)
    assert stage.greet().run("kill-server").code == 0
    assert stage.empty
    assert stage.server.sessions.all == {}


def test_nothing_can_be_written_to_it(stage: Stage) -> None:
    dead(stage)
    pane = the_pane(stage)
    assert not pane.write(b"x")
    pane.outlive()
    pane.close()
    pane.outlive()
    assert pane.closed
