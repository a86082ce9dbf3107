"""The mouse selects and copies where the program does not ask for it, and with Alt everywhere."""

from termlab.model.keys import ALT, LEFT, MOTION, PRESS, RELEASE, RIGHT, Mouse
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
