"""Following: an answer when something changed, once a second at most, and no timer meanwhile."""

import json

import pytest

from tests.server.world import Answer, Client, Stage


@pytest.fixture
def client(stage: Stage) -> Client:
    """One that follows: a short command's connection. A session is there."""
    stage.attach()
    stage.turn()
    return stage.greet()


def follow(stage: Stage, client: Client, *words: str) -> Answer:
    answer = client.ask("stats", "--follow", *words)
    stage.turn()
    return answer


def timers(stage: Stage) -> int:
    return stage.loop.stats().timers_armed


def test_the_first_answer_comes_at_once(stage: Stage, client: Client) -> None:
    text = follow(stage, client).reply.text.splitlines()
    assert text[0].startswith("TIME")
    assert " %0 " in text[1]


def test_the_next_waits_for_a_change(stage: Stage, client: Client) -> None:
    follow(stage, client)
    answer = follow(stage, client)
    stage.pass_time(3600)
    assert not answer.done
    stage.child_says(b"x" * 100)
    stage.pass_time(1)
    assert "100 bytes" in answer.reply.text


def test_no_timer_is_armed_while_nothing_happens(stage: Stage, client: Client) -> None:
    stage.pass_time(60)
    before = timers(stage)
    follow(stage, client)
    follow(stage, client)
    stage.pass_time(1.1)
    stage.pass_time(0.1)
    assert timers(stage) == before


def test_changes_come_once_a_second_at_most(stage: Stage, client: Client) -> None:
    follow(stage, client)
    first = follow(stage, client)
    stage.child_says(b"one")
    assert not first.done
    stage.pass_time(1)
    assert first.done
    second = follow(stage, client)
    stage.child_says(b"two")
    stage.pass_time(0.5)
    assert not second.done
    stage.pass_time(0.5)
    assert second.done


def test_what_came_between_two_requests_is_told(stage: Stage, client: Client) -> None:
    follow(stage, client)
    stage.child_says(b"between")
    answer = follow(stage, client)
    stage.pass_time(1)
    assert "7 bytes" in answer.reply.text


def test_one_pane_is_followed_to_its_end(stage: Stage, client: Client) -> None:
    client.run("split-window", "-t", "%0")
    follow(stage, client, "-t", "%1")
    answer = follow(stage, client, "-t", "%1")
    stage.child_says(b"elsewhere")
    stage.pass_time(1)
    assert not answer.done
    stage.child_ends(1)
    assert (answer.reply.code, answer.reply.text) == (0, "")


def test_json_is_a_document_a_line(stage: Stage, client: Client) -> None:
    text = follow(stage, client, "--json").reply.text
    assert text.count("\n") == 1
    assert json.loads(text)["panes"][0]["id"] == "%0"


def test_who_has_gone_is_forgotten(stage: Stage, client: Client) -> None:
    follow(stage, client)
    follow(stage, client)
    assert stage.server.followers is not None
    assert len(stage.server.followers) == 1
    client.link.close()
    stage.clients.remove(client)
    stage.turn()
    assert len(stage.server.followers) == 0
    stage.child_says(b"to nobody")
    stage.pass_time(1)
