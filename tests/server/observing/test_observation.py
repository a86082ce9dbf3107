"""What is observed of a pane: the parts that somebody wants, as long as somebody does."""

import pytest

from termlab.server.observing.observation import observe
from termlab.server.observing.parts import PARTS, Part
from termlab.server.pane import Pane
from tests.server.world import Stage

KEYS: frozenset[Part] = frozenset(("latency",))
MEMORY: frozenset[Part] = frozenset(("memory",))


@pytest.fixture
def pane(stage: Stage) -> Pane:
    stage.attach()
    stage.turn()
    return stage.server.attachments[0].focused()


def timers(stage: Stage) -> int:
    return sum(timer.action is not None for timer in stage.loop._timers)


def test_only_what_is_wanted_is_there(stage: Stage, pane: Pane) -> None:
    observation = observe(pane, stage.loop, KEYS)
    assert observation.keys
    assert not observation.activity
    observation.want(MEMORY)
    assert observation.activity
    observation.leave(KEYS)
    assert not observation.keys
    observation.leave(MEMORY)
    assert pane.observation is None


def test_two_who_look_share_one_and_the_last_ends_it(stage: Stage, pane: Pane) -> None:
    stage.pass_time(10.0)
    before = timers(stage)
    first = observe(pane, stage.loop)
    assert observe(pane, stage.loop, MEMORY) is first
    assert first.watchers == 2
    first.leave(PARTS)
    assert pane.observation is first
    first.leave(MEMORY)
    assert pane.observation is None
    assert timers(stage) == before


def test_a_part_that_nobody_wants_has_no_sums(stage: Stage, pane: Pane) -> None:
    observation = observe(pane, stage.loop, KEYS)
    assert observation.read().sums is None
    observation.leave(KEYS)
