"""The end of a run that does not end by itself."""

from termlab.server.pane import Pane
from termlab.server.run_limit import RunLimit
from tests.server.world import Stage


def pane_of(stage: Stage) -> Pane:
    stage.attach()
    stage.turn()
    stage.children[0].pid = 1 << 30
    return next(stage.server.sessions.panes())[2]


def test_after_its_time_it_is_hung_up_then_asked_then_killed(stage: Stage) -> None:
    limit = RunLimit(pane_of(stage), stage.loop)
    limit.at(3.0)
    stage.pass_time(2.9)
    assert stage.children[0].signals == []
    stage.pass_time(0.2)
    assert stage.children[0].signals == [1]
    assert limit.why == "ended after 3 s, as was asked"
    stage.pass_time(2.0)
    assert stage.children[0].signals == [1, 15]
    stage.pass_time(3.0)
    assert stage.children[0].signals == [1, 15, 9]


def test_one_that_ends_when_it_is_hung_up_is_left_alone(stage: Stage) -> None:
    limit = RunLimit(pane_of(stage), stage.loop)
    limit.end("enough")
    stage.child_ends(status=-1)
    limit.close()
    stage.pass_time(10)
    assert stage.children[0].signals == [1]


def test_only_the_first_reason_counts_and_an_end_by_itself_has_none(stage: Stage) -> None:
    pane = pane_of(stage)
    limit = RunLimit(pane, stage.loop)
    limit.end("first")
    limit.after(1.0, "second")
    stage.pass_time(1.5)
    assert limit.why == "first"
    stage.child_ends()
    other = RunLimit(pane, stage.loop)
    other.end("late")
    assert other.why == ""
