"""Commands about panes, as their askers see them."""

import json

import pytest

from termlab.errors import UsageError
from termlab.server.do_panes import seconds
from termlab.server.stdin import MAX_INPUT_BYTES
from tests.server.world import Client, Stage


@pytest.fixture
def client(stage: Stage) -> Client:
    client = stage.attach()
    stage.turn()
    return client


def order(client: Client) -> list[int]:
    return [pane.id for pane in client.view().view.panes]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("-h", [0, 1]),
        ("-v", [0, 1]),
        ("", [0, 1]),
        ("-h -b", [1, 0]),
        ("-v -b", [1, 0]),
        ("--direction left", [1, 0]),
        ("--direction right", [0, 1]),
        ("--direction up", [1, 0]),
        ("--direction down", [0, 1]),
    ],
)
def test_a_pane_opens_on_the_side_that_is_said(
    client: Client, words: str, expected: list[int]
) -> None:
    assert client.run("split-window", *words.split()).text == "%1\n"
    assert order(client) == expected
    assert client.focused == 1


def test_its_share_command_directory_and_focus_are_said(client: Client, stage: Stage) -> None:
    client.run("split-window", "-h", "-l", "25%", "-d", "-c", "/tmp", "prog", "-x")
    command = stage.children[1].command
    assert command.argv == ("prog", "-x")
    assert command.directory == "/tmp"
    assert command.size.cols == 20
    assert client.focused == 0


@pytest.mark.parametrize("size", ["0", "100%", "x", "-5"])
def test_a_share_that_can_not_be_is_refused(client: Client, stage: Stage, size: str) -> None:
    assert client.run("split-window", f"-l{size}").code == 2
    assert len(stage.children) == 1


def test_where_there_is_no_room_nothing_starts(client: Client, stage: Stage) -> None:
    codes = [client.run("split-window", "-h", "-t", "%0").code for _ in range(12)]
    assert codes[0] == 0
    assert codes[-1] == 2
    assert len(stage.children) == codes.count(0) + 1


def test_focus_moves_by_side_place_and_memory(client: Client) -> None:
    client.run("split-window", "-h")
    client.run("split-window", "-v")
    for words, focused in (
        ("select-pane -L", 0),
        ("select-pane -t %2", 2),
        ("select-pane -U", 1),
        ("select-pane -D", 2),
        ("select-pane -t :.+", 0),
        ("select-pane -t :.-", 2),
        ("last-pane", 0),
        ("last-pane", 2),
        ("select-pane -t %1", 1),
    ):
        client.run(*words.split())
        assert (words, client.focused) == (words, focused)


def test_a_border_moves_and_a_pane_zooms_and_comes_back(client: Client, stage: Stage) -> None:
    client.run("split-window", "-h")
    cols = stage.children[1].sizes[-1].cols
    client.run("resize-pane", "-L", "5")
    assert stage.children[1].sizes[-1].cols == cols + 5
    client.run("resize-pane", "-Z")
    assert client.view().view.zoomed
    assert stage.children[1].sizes[-1].cols == 80
    client.run("resize-pane", "-Z")
    assert stage.children[1].sizes[-1].cols == cols + 5
    assert client.run("resize-pane", "-L", "0").code == 2


def test_one_pane_alone_does_not_zoom(client: Client) -> None:
    client.run("resize-pane", "-Z")
    assert not client.view().view.zoomed


def test_keys_are_pressed_and_words_typed(client: Client, stage: Stage) -> None:
    client.run("send-keys", "echo", "Space", "hi", "C-c", "Enter")
    assert stage.children[0].takes() == b"echo hi\x03\r"
    client.run("send-text", "as it", "is Enter")
    assert stage.children[0].takes() == b"as it is Enter"


def test_input_that_does_not_fit_is_said(client: Client, stage: Stage) -> None:
    pane = stage.server.sessions.all[0].current.panes[0]
    pane.write(b"x" * MAX_INPUT_BYTES)
    reply = client.run("send-text", "y" * 60_000)
    assert reply.code == 1
    assert "nothing of this was sent" in reply.text


def test_what_a_pane_shows_is_printed(client: Client, stage: Stage) -> None:
    stage.child_says(b"".join(b"%d\r\n" % n for n in range(40)) + b"\x1b[31mred\x1b[m")
    assert client.run("capture").text.splitlines()[-1] == "red"
    assert len(client.run("capture").text.splitlines()) == 24
    assert client.run("capture", "--scrollback").text.splitlines() == [
        *map(str, range(40)),
        "red",
    ]
    assert "\x1b[38;5;1mred\x1b[" in client.run("capture", "--ansi").text
    record = json.loads(client.run("capture", "--json").text)
    assert (record["pane"], record["cols"], record["rows"]) == ("%0", 80, 24)
    assert (record["cursor_x"], record["cursor_y"]) == (3, 23)
    assert record["history_rows"] == 17


def test_a_pane_is_ended(client: Client, stage: Stage) -> None:
    client.run("split-window")
    client.run("kill-pane", "-t", "%0")
    assert stage.children[0].closed
    assert order(client) == [1]


@pytest.mark.parametrize(
    ("text", "value"), [("500ms", 0.5), ("2s", 2), ("1.5m", 90), ("1h", 3600), ("7", 7)]
)
def test_times_are_read(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "soon", "-1s", "1d", "1e9", "900h", "5 s"])
def test_times_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        seconds(text)


def test_a_pane_is_given_a_title_without_the_focus(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window", "-d")
    client.run("select-pane", "-t", ":.+", "-T", "my\x1b title")
    stage.turn()
    assert [pane.title for pane in client.view().view.panes] == ["", "my title"]
    assert client.focused == client.view().view.panes[0].id
    client.run("select-pane", "-t", ":.+", "-T", "")
    stage.turn()
    assert client.view().view.panes[1].title == ""
