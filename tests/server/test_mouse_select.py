"""The mouse selects and copies where the program does not ask for it, and with Alt everywhere."""

from termlab.model.keys import (
    ALT,
    LEFT,
    MOTION,
    PRESS,
    RELEASE,
    RIGHT,
    WHEEL_DOWN,
    WHEEL_UP,
    Mouse,
)
from termlab.server.mouse_select import EDGE_S
from termlab.wire.messages import Clipboard, MouseAt
from tests.server.world import Client, Stage

TEXT = b"one two.three\r\nfour five\r\n"


def before(stage: Stage, said: bytes = TEXT) -> Client:
    client = stage.attach()
    stage.turn()
    stage.child_says(said)
    stage.children[0].takes()
    return client


def at(client: Client, stage: Stage, *events: tuple[int, int, int], mods: int = 0) -> None:
    for x, y, action in events:
        client.send(MouseAt(0, Mouse(x, y, action, LEFT, mods)))
        stage.turn()


def copied(client: Client) -> list[bytes]:
    return [message.data for message in client.got(Clipboard)]


def click(client: Client, stage: Stage, x: int, y: int) -> None:
    at(client, stage, (x, y, PRESS), (x, y, RELEASE))


def test_a_drag_lights_what_it_selects_and_copies_it_on_release(stage: Stage) -> None:
    client = before(stage)
    at(client, stage, (4, 0, PRESS), (5, 0, MOTION), (3, 1, MOTION))
    stage.pass_time(0.1)
    assert b"\x1b[7m" in client.rows[0][0]
    at(client, stage, (3, 1, RELEASE))
    stage.pass_time(0.1)
    assert copied(client) == [b"two.three\nfour"]
    assert stage.server.attachments[0].views == {}
    assert b"\x1b[7m" not in client.rows[0][0]
    assert stage.children[0].takes() == b""


def test_a_click_opens_nothing(stage: Stage) -> None:
    client = before(stage)
    click(client, stage, 4, 0)
    assert stage.server.attachments[0].views == {}
    assert copied(client) == []


def test_two_clicks_are_a_word_and_three_a_line(stage: Stage) -> None:
    client = before(stage)
    for _ in range(3):
        click(client, stage, 5, 0)
    assert copied(client) == [b"two", b"one two.three\n"]
    assert stage.server.attachments[0].views == {}


def test_slow_clicks_and_clicks_elsewhere_are_single_ones(stage: Stage) -> None:
    client = before(stage)
    click(client, stage, 5, 0)
    stage.pass_time(1.0)
    click(client, stage, 5, 0)
    click(client, stage, 0, 1)
    assert copied(client) == []


def test_a_program_that_asks_gets_the_mouse_and_alt_takes_it_back(stage: Stage) -> None:
    client = before(stage, TEXT + b"\x1b[?1002h\x1b[?1006h")
    at(client, stage, (0, 0, PRESS), (2, 0, MOTION), (2, 0, RELEASE))
    assert stage.children[0].takes().startswith(b"\x1b[<0;1;1M")
    assert copied(client) == []
    at(client, stage, (0, 0, PRESS), (2, 0, MOTION), (2, 0, RELEASE), mods=ALT)
    assert copied(client) == [b"one"]
    assert stage.children[0].takes() == b""


def test_a_view_that_was_there_stays_and_a_click_moves_its_cursor(stage: Stage) -> None:
    client = before(stage, b"".join(b"line %d\r\n" % n for n in range(1, 101)))
    client.run("copy-mode", "-u")
    click(client, stage, 2, 3)
    view = stage.server.attachments[0].views[0]
    assert (view.spot.row - view.top, view.spot.column) == (3, 2)
    at(client, stage, (0, 0, PRESS), (3, 0, MOTION), (3, 0, RELEASE))
    assert copied(client) == [b"line"]
    assert set(stage.server.attachments[0].views) == {0}
    assert view.kind is None


def test_other_buttons_select_nothing(stage: Stage) -> None:
    client = before(stage)
    for action, x in ((PRESS, 0), (MOTION, 3), (RELEASE, 3)):
        client.send(MouseAt(0, Mouse(x, 0, action, RIGHT)))
    stage.turn()
    assert copied(client) == []


def test_a_pane_that_ends_while_it_is_dragged_over_is_no_failure(stage: Stage) -> None:
    client = before(stage)
    client.run("split-window")
    at(client, stage, (0, 0, PRESS), (3, 0, MOTION))
    stage.child_ends(0)
    at(client, stage, (4, 0, MOTION), (4, 0, RELEASE))
    assert copied(client) == []


LINES = b"".join(b"line %d\r\n" % n for n in range(1, 101))


def held(client: Client, stage: Stage, x: int, y: int, beyond: int) -> None:
    client.send(MouseAt(0, Mouse(x, y, MOTION, LEFT), beyond))
    stage.turn()


def above(client: Client) -> int:
    return next(rows.above for frame in reversed(client.frames) for rows in frame.panes)


def test_held_above_its_pane_a_drag_scrolls_and_selects_on(stage: Stage) -> None:
    client = before(stage, LINES)
    at(client, stage, (4, 5, PRESS), (4, 2, MOTION))
    held(client, stage, 0, 0, -1)
    assert above(client) == 77
    for _ in range(4):
        stage.pass_time(EDGE_S)
    assert above(client) == 73
    held(client, stage, 0, 3, 0)
    stage.pass_time(1)
    assert above(client) == 73
    at(client, stage, (0, 3, RELEASE))
    stage.pass_time(0.1)
    copy = copied(client)[0].splitlines()
    assert (copy[0], len(copy)) == (b"line 77", 7)
    assert stage.server.attachments[0].views == {}


def test_held_long_it_is_faster_and_it_ends_with_the_history(stage: Stage) -> None:
    client = before(stage, LINES)
    at(client, stage, (4, 5, PRESS))
    held(client, stage, 0, 0, -1)
    for _ in range(30):
        stage.pass_time(EDGE_S)
    assert above(client) == 77 - 10 * (1 + 2 + 3)
    for _ in range(20):
        stage.pass_time(EDGE_S)
    assert above(client) == 0
    assert stage.loop._timeout() is None
    held(client, stage, 0, 20, 1)
    stage.pass_time(EDGE_S)
    assert above(client) == 1
    at(client, stage, (0, 20, RELEASE))


def test_a_client_or_pane_that_goes_ends_it(stage: Stage) -> None:
    client = before(stage, LINES)
    client.run("split-window", "-v")
    at(client, stage, (0, 5, PRESS))
    held(client, stage, 0, 0, -1)
    client.link.close()
    stage.turn()
    stage.pass_time(1)
    assert stage.server.attachments == []


def test_the_wheel_scrolls_while_the_button_is_held_and_selects_on(stage: Stage) -> None:
    client = before(stage, LINES)
    at(client, stage, (0, 5, PRESS), (4, 5, MOTION))
    client.send(MouseAt(0, Mouse(0, 5, PRESS, WHEEL_UP)))
    stage.pass_time(0.1)
    assert above(client) == 74
    client.send(MouseAt(0, Mouse(0, 5, PRESS, WHEEL_DOWN)))
    client.send(MouseAt(0, Mouse(0, 5, PRESS, WHEEL_DOWN)))
    stage.pass_time(0.1)
    assert above(client) == 77
    client.send(MouseAt(0, Mouse(0, 5, PRESS, WHEEL_UP)))
    at(client, stage, (0, 5, RELEASE))
    assert copied(client) == [b"line 80\nline 81\nline 82\nl"]


def test_clicks_take_what_wrapped_as_one(stage: Stage) -> None:
    client = before(stage, b"a " + b"x" * 100 + b" b\r\n")
    for _ in range(3):
        click(client, stage, 5, 1)
    assert copied(client) == [b"x" * 100, b"a " + b"x" * 100 + b" b\n"]
