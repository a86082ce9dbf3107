"""Asking clients what they counted of their input: all that tell in time are told of."""

import json
from typing import Any

import pytest

from termlab.model.input_counters import InputCounters, SourceCounters
from termlab.server.asked_input import ANSWER_S
from termlab.wire.messages import InputAsked, InputTold
from tests.server.world import Answer, Client, Stage

COUNTED = InputCounters(
    elapsed_s=60.0,
    reads=5,
    bytes=20,
    events=7,
    merged=1,
    overruns=0,
    high_water=3,
    refused=0,
    queue_events=4096,
    cpu_ms=12.5,
    callback_ms=0.5,
    mean_us=70.0,
    p95_us=90.0,
    p99_us=99.0,
    max_us=120.0,
    sources=(SourceCounters("keyboard", 7, mean_us=70.0),),
)


@pytest.fixture
def shown(stage: Stage) -> Client:
    """A client that shows the session."""
    client = stage.attach()
    stage.turn()
    return client


def ask(stage: Stage, *words: str) -> Answer:
    answer = stage.greet().ask("stats", "--json", *words)
    stage.turn()
    return answer


def tell(stage: Stage, client: Client, number: int | None = None) -> None:
    asked = client.got(InputAsked)[-1]
    client.send(InputTold(asked.number if number is None else number, COUNTED))
    stage.turn()


def connections(answer: Answer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer.reply.text)["connections"]
    return found


def test_what_a_client_tells_is_told(stage: Stage, shown: Client) -> None:
    answer = ask(stage)
    assert not answer.done
    tell(stage, shown)
    shows, asks = connections(answer)
    assert (shows["input"]["events"], shows["input"]["keyboard_mean_us"]) == (7, 70.0)
    assert (asks["input"], "no session" in asks["missing"]["input"]) == (None, True)


def test_one_that_does_not_answer_is_not_waited_for(stage: Stage, shown: Client) -> None:
    second = stage.attach()
    stage.turn()
    answer = ask(stage)
    tell(stage, second)
    assert not answer.done
    stage.pass_time(ANSWER_S)
    first, other, _ = connections(answer)
    assert "no answer" in first["missing"]["input"]
    assert other["input"]["events"] == 7
    tell(stage, shown)  # too late: nobody's, and no failure


def test_one_that_goes_is_not_waited_for(stage: Stage, shown: Client) -> None:
    answer = ask(stage)
    shown.link.close()
    stage.clients.remove(shown)
    stage.turn()
    assert len(connections(answer)) == 1


def test_an_answer_to_no_question_is_nothing(stage: Stage, shown: Client) -> None:
    answer = ask(stage)
    tell(stage, shown, number=99)
    assert not answer.done
    tell(stage, shown)
    tell(stage, shown)
    assert answer.done
    assert stage.server.asked_input is not None
    assert len(stage.server.asked_input) == 0


def test_a_reset_has_the_clients_count_anew(stage: Stage, shown: Client) -> None:
    ask(stage)
    assert not shown.got(InputAsked)[-1].reset
    ask(stage, "--reset")
    assert shown.got(InputAsked)[-1].reset


def test_without_clients_the_answer_comes_at_once(stage: Stage) -> None:
    stage.attach().run("detach-client")
    stage.turn()
    assert ask(stage).done


def test_one_pane_alone_asks_nobody(stage: Stage, shown: Client) -> None:
    assert ask(stage, "-t", "%0").done
    assert shown.got(InputAsked) == []
