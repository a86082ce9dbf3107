"""`stats`: once, for a pane, from zero; who may not, and what goes together."""

import json

from termlab.server.asked_input import ANSWER_S
from termlab.wire.messages import Reply
from tests.server.world import Client, Stage


def run(stage: Stage, client: Client, *words: str) -> Reply:
    """A command; these clients tell nothing of their input, for which it waits a moment."""
    answer = client.ask("stats", *words)
    stage.turn()
    stage.pass_time(ANSWER_S)
    return answer.reply


def test_everything_is_told(stage: Stage) -> None:
    stage.attach()
    stage.turn()
    text = run(stage, stage.greet()).text
    for title in ("server, process", "pane %0, ", "connection #1, shows 0", "connection #2, asks"):
        assert title in text


def test_one_pane_alone(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    client.run("split-window")
    told = json.loads(client.run("stats", "-t", "%1", "--json").text)
    assert [each["id"] for each in told["panes"]] == ["%1"]
    assert "server" not in told
    assert told["connections"] == []
    assert client.run("stats", "-t", "%9").code == 3


def test_a_reset_says_what_it_did(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    assert run(stage, client, "--reset").text == (
        "set to zero: what the server, 1 pane and 1 connection had counted\n"
    )
    client.run("split-window")
    told = json.loads(run(stage, stage.greet(), "--reset", "--json").text)
    assert told == {"reset": True, "panes": 2, "connections": 2}


def test_who_only_looks_resets_nothing(stage: Stage) -> None:
    stage.attach()
    client = stage.attach(read_only=True)
    stage.turn()
    assert run(stage, client).code == 0
    reply = client.run("stats", "--reset")
    assert (reply.code, "read-only" in reply.text) == (2, True)


def test_what_does_not_go_together_is_refused(stage: Stage) -> None:
    client = stage.attach()
    stage.turn()
    assert client.run("stats", "--reset", "-t", "%0").code == 2
    assert client.run("stats", "--reset", "--follow").code == 2
    reply = client.run("stats", "--follow")
    assert (reply.code, "run it in a shell" in reply.text) == (2, True)
