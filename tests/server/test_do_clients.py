"""A client goes from session to session: its screen, its hands and the sizes go with it."""

import pytest

from termlab.model.geometry import Size
from termlab.wire.messages import PasteData
from tests.server.world import Client, Stage


def other(stage: Stage, name: str = "other") -> None:
    """A session that nobody shows."""
    assert stage.greet().run("new", "-d", "-s", name).code == 0


@pytest.fixture
def client(stage: Stage) -> Client:
    """It shows session 0; there is another one, with pane 1."""
    client = stage.attach()
    stage.turn()
    other(stage)
    return client


def test_a_session_by_its_name_is_shown_whole_and_gets_the_keys(
    stage: Stage, client: Client
) -> None:
    stage.child_says(b"there", 1)
    assert client.run("switch-client", "-t", "other").code == 0
    assert (client.view().session, client.focused) == ("other", 1)
    assert client.shows("there")
    client.type("x")
    stage.turn()
    assert (stage.children[0].takes(), stage.children[1].takes()) == (b"", b"x")


def test_the_sizes_go_with_it(stage: Stage, client: Client) -> None:
    small = stage.attach(Size(40, 11), "other")
    stage.turn()
    client.run("switch-client", "-t", "other")
    assert (client.view().view.cols, client.view().view.rows) == (40, 10)
    small.run("switch-client", "-t", "0")
    assert (client.view().view.cols, client.view().view.rows) == (80, 24)


def test_a_window_and_a_pane_of_it_by_their_ids(stage: Stage, client: Client) -> None:
    stage.greet().run("new-window", "-d", "-t", "other", "-n", "far")
    stage.greet().run("split-window", "-t", "other:far")
    client.run("switch-client", "-t", "%2")
    assert (client.view().session, client.focused) == ("other", 2)
    client.run("switch-client", "-t", "$0")
    assert client.view().session == "0"
    client.run("switch-client", "-t", "@2")
    assert (client.view().session, client.focused) == ("other", 2)
    assert [tab.current for tab in client.view().tabs] == [False, True]


def test_a_pane_of_the_session_that_is_shown_gets_the_focus(stage: Stage, client: Client) -> None:
    client.run("split-window")
    assert client.run("switch-client", "-t", "%0").code == 0
    assert client.focused == 0


def test_next_and_previous_go_round_and_last_goes_back(stage: Stage, client: Client) -> None:
    other(stage, "third")
    shown = []
    for way in ("-n", "-n", "-l", "-l", "-n", "-p", "-p"):
        assert client.run("switch-client", way).code == 0
        shown.append(client.view().session)
    assert shown == ["other", "third", "other", "third", "0", "third", "other"]


def test_alone_there_is_no_next_and_no_last(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    assert client.run("switch-client", "-n").code == 0
    assert client.view().session == "0"
    reply = client.run("switch-client", "-l")
    assert (reply.code, "no other session" in reply.text) == (3, True)


def test_a_last_session_that_has_ended_is_none(stage: Stage, client: Client) -> None:
    client.run("switch-client", "-t", "other")
    stage.greet().run("kill-session", "-t", "0")
    assert client.run("switch-client", "-l").code == 3


@pytest.mark.parametrize("words", [(), ("-n", "-p"), ("-n", "-t", "other")])
def test_one_way_to_say_where_is_wanted(client: Client, words: tuple[str, ...]) -> None:
    assert client.run("switch-client", *words).code == 2


def test_a_session_there_is_not_is_said_and_nothing_changes(client: Client) -> None:
    reply = client.run("switch-client", "-t", "nonesuch")
    assert (reply.code, client.view().session) == (3, "0")


def test_who_may_only_look_may_go_too_and_moves_nobody_else(stage: Stage, client: Client) -> None:
    looker = stage.attach(read_only=True, target="0")
    stage.turn()
    client.run("split-window", "-t", "other")
    client.run("switch-client", "-t", "other")
    assert client.focused == 1 or client.focused == 2
    before = client.focused
    looker.run("switch-client", "-t", f"%{3 - before}")
    assert (looker.view().session, looker.focused) == ("other", 3 - before)
    assert client.focused == before


def test_without_a_client_it_says_so(stage: Stage, client: Client) -> None:
    assert stage.greet().run("switch-client", "-t", "other").code == 2


def test_the_rest_of_a_paste_still_goes_where_it_began(stage: Stage, client: Client) -> None:
    client.send(PasteData(b"one ", True, False, 0))
    client.run("switch-client", "-t", "other")
    client.send(PasteData(b"two", False, True, 0))
    stage.turn()
    assert b"two" in stage.children[0].takes()
    assert stage.children[1].takes() == b""


def test_the_end_of_the_session_left_does_not_concern_it(stage: Stage, client: Client) -> None:
    client.run("switch-client", "-t", "other")
    stage.greet().run("kill-session", "-t", "0")
    assert client.bye is None
    stage.greet().run("kill-session", "-t", "other")
    assert client.bye is not None
