"""A border goes where it is put, and the programs on both sides hear their new size."""

import pytest

from tests.server.world import Client, Stage


@pytest.fixture
def client(stage: Stage) -> Client:
    """Two panes beside each other on 80 columns."""
    client = stage.attach()
    stage.turn()
    client.run("split-window", "-h")
    return client


def test_it_goes_to_a_column_and_the_sizes_follow(client: Client, stage: Stage) -> None:
    assert client.run("move-border", "-t", "%0", "-R", "60").code == 0
    assert [child.sizes[-1].cols for child in stage.children] == [60, 19]
    client.run("split-window", "-t", "%1", "-v")
    client.run("move-border", "-t", "%1", "-D", "5")
    assert [child.sizes[-1].rows for child in stage.children] == [23, 4, 18]


def test_evened_both_sides_have_the_same(client: Client, stage: Stage) -> None:
    client.run("move-border", "-t", "%0", "-R", "60")
    assert client.run("move-border", "-t", "%0", "-R", "--even").code == 0
    assert [child.sizes[-1].cols for child in stage.children] == [40, 39]


def test_where_it_stands_already_nothing_is_sent(client: Client, stage: Stage) -> None:
    client.run("move-border", "-t", "%0", "-R", "60")
    stage.turn()
    before = len(client.frames)
    client.run("move-border", "-t", "%0", "-R", "60")
    stage.turn()
    assert len(client.frames) == before


def test_it_shows_all_panes_of_a_zoomed_window(client: Client) -> None:
    client.run("resize-pane", "-Z")
    client.run("move-border", "-t", "%0", "-R", "60")
    assert not client.view().view.zoomed


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("-t %0 60", 2, "say which border with either -R or -D"),
        ("-t %0 -R -D 60", 2, "say which border with either -R or -D"),
        ("-t %0 -R", 2, "give the column or row to put it at, or --even"),
        ("-t %0 -R --even 3", 2, "give the column or row to put it at, or --even"),
        ("-t %0 -R x", 2, "move-border"),
        ("-t %1 -R 60", 3, "no border to the right of pane %1"),
        ("-t %9 -R 60", 3, "%9"),
    ],
)
def test_what_can_not_be_is_refused(client: Client, words: str, code: int, message: str) -> None:
    reply = client.run("move-border", *words.split())
    assert reply.code == code
    assert message in reply.text


def test_who_may_only_look_moves_none(client: Client, stage: Stage) -> None:
    looker = stage.attach(read_only=True)
    stage.turn()
    before = stage.children[0].sizes[-1]
    reply = looker.run("move-border", "-t", "%0", "-R", "60")
    assert (reply.code, reply.text) == (2, "move-border: this client is attached read-only")
    assert stage.children[0].sizes[-1] == before
