"""A paste of any length reaches the program whole, a part at a time."""

from termlab.model.keys import CTRL, Key
from termlab.server.pouring import PART_BYTES
from termlab.wire.messages import Keys
from tests.server.world import Stage

CTRL_C = Key("c", CTRL)


def test_a_program_that_asks_gets_brackets_around_the_whole(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.child_says(b"\x1b[?2004h")
    stage.children[0].takes()
    stage.server.buffers.add("a\nb\x1b[201~")
    client.run("paste-buffer")
    assert stage.children[0].takes() == b"\x1b[200~a\nb [201~\x1b[201~"


def test_more_than_a_queue_holds_goes_as_it_is_taken(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.children[0].takes()
    text = "".join(f"{n} " for n in range(60_000))
    assert len(text) > 16 * PART_BYTES
    stage.server.buffers.add(text)
    client.run("paste-buffer")
    taken = b""
    for _ in range(400):
        taken += stage.children[0].takes()
        stage.turn(1)
    assert taken == text.encode()


def test_a_pane_that_ends_drops_the_rest(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window")
    stage.server.buffers.add("x" * 40 * PART_BYTES)
    client.run("paste-buffer")
    stage.child_ends(1)
    assert client.focused == 0


def test_ctrl_c_ends_it_with_its_bracket_closed_and_comes_behind_that(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    stage.child_says(b"\x1b[?2004h")
    stage.children[0].takes()
    stage.server.buffers.add("x" * 40 * PART_BYTES)
    client.run("paste-buffer")
    client.send(Keys((CTRL_C,)))
    taken = b""
    for _ in range(100):
        taken += stage.children[0].takes()
        stage.turn(1)
    assert taken.startswith(b"\x1b[200~xxx")
    assert taken.endswith(b"xxx\x1b[201~\x03")
    assert len(taken) < 10 * PART_BYTES
    client.send(Keys((CTRL_C,)))
    stage.turn()
    assert stage.children[0].takes() == b"\x03"
