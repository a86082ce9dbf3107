"""What a client may say when, and what it is told when it is not its turn."""

from typing import get_args

import pytest

from termlab.wire.messages import (
    Attach,
    FromClient,
    Hello,
    Keys,
    Pong,
    Request,
    Seen,
    Subscribe,
)
from termlab.wire.turns import ATTACHED, GREETED, MAX_UNDER_WAY, MAY_SAY, STRANGER, Turns
from tests.wire.test_codec import FROM_CLIENT

ONE_OF_EACH = {type(message): message for message in FROM_CLIENT}


def at(state: str) -> Turns:
    turns = Turns()
    if state != STRANGER:
        turns.greeted()
    if state == ATTACHED:
        turns.attached()
    return turns


@pytest.mark.parametrize("state", [STRANGER, GREETED, ATTACHED])
def test_every_message_has_its_turn_or_is_refused_by_name(state: str) -> None:
    turns = at(state)
    for kind in get_args(FromClient):
        why = turns.refusal(ONE_OF_EACH[kind])
        assert (why == "") == (kind in MAY_SAY[state])
        assert why == "" or why.startswith(f"a {kind.__name__} is out of turn: ")
    assert turns.refused == len(set(get_args(FromClient)) - MAY_SAY[state])


def test_every_message_has_its_turn_somewhere() -> None:
    assert frozenset().union(*MAY_SAY.values()) == set(get_args(FromClient))


def test_hands_come_with_a_screen_and_asking_without() -> None:
    assert {Keys, Seen} <= MAY_SAY[ATTACHED]
    assert not {Keys, Seen} & MAY_SAY[GREETED]
    assert {Request, Subscribe, Pong} <= MAY_SAY[GREETED] & MAY_SAY[ATTACHED]
    assert MAY_SAY[STRANGER] == {Hello}


def test_the_refusal_says_what_comes_first() -> None:
    assert "say hello first" in at(STRANGER).refusal(ONE_OF_EACH[Keys])
    assert "attach first" in at(GREETED).refusal(ONE_OF_EACH[Keys])
    assert "has greeted already" in at(GREETED).refusal(ONE_OF_EACH[Hello])
    assert "attached already" in at(ATTACHED).refusal(ONE_OF_EACH[Attach])


def test_a_number_is_free_again_once_it_was_answered() -> None:
    turns = at(GREETED)
    assert turns.asked(1) == ""
    assert "request 1 is under way already" in turns.asked(1)
    turns.answered(1)
    assert turns.asked(1) == ""


def test_requests_under_way_are_bounded() -> None:
    turns = at(GREETED)
    assert all(turns.asked(number) == "" for number in range(MAX_UNDER_WAY))
    assert "wait for an answer" in turns.asked(MAX_UNDER_WAY)
    turns.answered(5)
    assert turns.asked(MAX_UNDER_WAY) == ""
    assert turns.stats() == (GREETED, MAX_UNDER_WAY + 1, MAX_UNDER_WAY, 1)
