"""What all panes use, for an open task manager: by credit, once a second, and nothing after."""

import pytest

from termlab.model.figure import Amount, Missing
from termlab.model.tasks import Task, Tasks
from termlab.server.pane import Pane
from termlab.wire.messages import TasksAsked, TasksSeen, TasksUpdate
from tests.server.world import Client, Stage

# No process of any machine.
NOBODY = 1 << 30


@pytest.fixture
def client(stage: Stage) -> Client:
    one = stage.attach()
    stage.turn()
    assert one.run("split-window").code == 0
    assert stage.greet().run("new", "-d", "-s", "other").code == 0
    for child in stage.children:
        child.pid = NOBODY
    stage.pass_time(60.0)
    return one


def panes(stage: Stage) -> list[Pane]:
    return [pane for _, _, pane in stage.server.sessions.panes()]


def looks(client: Client) -> list[TasksUpdate]:
    return client.got(TasksUpdate)


def look(stage: Stage, client: Client) -> Tasks:
    """The client says that it has shown the newest, and a second goes by."""
    client.send(TasksSeen(looks(client)[-1].number))
    stage.turn()
    stage.pass_time(1.0)
    return looks(client)[-1].tasks


def open_it(stage: Stage, client: Client) -> Tasks:
    client.send(TasksAsked())
    stage.turn()
    return looks(client)[-1].tasks


def timers(stage: Stage) -> int:
    """What the loop would wake up for."""
    return sum(timer.action is not None for timer in stage.loop._timers)


def of(tasks: Tasks, pane: int) -> Task:
    return next(task for task in tasks.tasks if task.pane == pane)


def test_the_first_look_is_at_once_and_at_every_pane_of_all_sessions(
    stage: Stage, client: Client
) -> None:
    tasks = open_it(stage, client)
    assert [(task.pane, task.session) for task in tasks.tasks] == [(0, "0"), (1, "0"), (2, "other")]
    assert tasks.interval_s == 0
    assert isinstance(tasks.server_cpu_percent, Missing)
    assert isinstance(of(tasks, 0).output_bytes_per_s, Missing)


def test_nothing_is_observed_before_and_nothing_after(stage: Stage, client: Client) -> None:
    assert not timers(stage)
    assert not any(pane.observation for pane in panes(stage))
    open_it(stage, client)
    assert all(pane.observation for pane in panes(stage))
    client.send(TasksAsked(open=False))
    stage.turn()
    assert not any(pane.observation for pane in panes(stage))
    assert not timers(stage)
    stage.pass_time(100.0)
    assert len(looks(client)) == 1


def test_only_what_it_shows_is_measured(stage: Stage, client: Client) -> None:
    open_it(stage, client)
    (observation, *_) = [pane.observation for pane in panes(stage)]
    assert observation is not None
    assert {*observation._wanted} == {"activity", "memory", "latency"}


def test_one_look_is_under_way_and_the_next_comes_a_second_later(
    stage: Stage, client: Client
) -> None:
    open_it(stage, client)
    stage.pass_time(100.0)
    assert len(looks(client)) == 1
    client.send(TasksSeen(1))
    stage.turn()
    assert len(looks(client)) == 2  # long due
    client.send(TasksSeen(1))
    stage.turn()
    stage.pass_time(5.0)
    assert len(looks(client)) == 2  # that was seen before


def test_output_is_told_as_a_rate(stage: Stage, client: Client) -> None:
    open_it(stage, client)
    client.send(TasksSeen(1))
    stage.child_says(b"x" * 500, 1)
    stage.pass_time(1.0)
    tasks = looks(client)[-1].tasks
    assert of(tasks, 0).output_bytes_per_s == Amount(0.0)
    told = of(tasks, 1).output_bytes_per_s
    assert isinstance(told, Amount)
    assert told.value == pytest.approx(500 / tasks.interval_s)


def test_panes_come_and_go(stage: Stage, client: Client) -> None:
    open_it(stage, client)
    assert client.run("split-window").code == 0
    stage.children[-1].pid = NOBODY
    assert [task.pane for task in look(stage, client).tasks] == [0, 1, 3, 2]
    assert client.run("kill-pane", "-t", "%1").code == 0
    assert [task.pane for task in look(stage, client).tasks] == [0, 3, 2]


def test_a_pane_that_ended_says_so_and_is_not_observed(stage: Stage, client: Client) -> None:
    assert client.run("new-window", "-d", "--remain", "true").code == 0
    stage.children[-1].pid = NOBODY
    open_it(stage, client)
    stage.child_ends(3, 3)
    ended = of(look(stage, client), 3)
    assert ended.ended == "exit 3"
    assert ended.cpu_percent == ended.p95_ms == Missing("its program has ended: exit 3")
    assert panes(stage)[2].observation is None


def test_a_client_that_goes_takes_its_looks_along(stage: Stage, client: Client) -> None:
    open_it(stage, client)
    assert client.run("detach-client").code == 0
    stage.turn()
    assert not any(pane.observation for pane in panes(stage))
    stage.pass_time(100.0)
    assert not timers(stage)
