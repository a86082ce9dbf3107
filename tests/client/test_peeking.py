"""A look is passed on, and ended once, if there was one."""

from termlab.client.peeking import Peeking
from termlab.model.figure import Missing
from termlab.model.tasks import Tasks
from termlab.wire.messages import Peek, Peeked, PeekSeen, TasksAsked, TasksUpdate
from tests.client.recorder import Recorder

TASKS = TasksUpdate(1, Tasks((), 1.0, 0.5, Missing("the first look")))


def test_what_the_ui_says_goes_to_the_server_as_it_is() -> None:
    server = Recorder()
    peeking = Peeking(server)
    peeking.tell(Peek(3))
    peeking.tell(PeekSeen(1))
    assert server.take() == [Peek(3), PeekSeen(1)]
    assert peeking.wants(Peeked(1, None, 3))
    assert not peeking.wants(TASKS)


def test_it_is_ended_once_and_only_where_there_was_one() -> None:
    server = Recorder()
    peeking = Peeking(server)
    peeking.end()
    assert server.take() == []
    peeking.tell(Peek())
    peeking.end()
    peeking.end()
    assert server.take() == [Peek(), Peek(open=False)]
    peeking.tell(Peek(open=False))
    peeking.end()
    assert server.take() == [Peek(open=False)]


def test_a_look_at_all_panes_is_another_and_ends_with_it() -> None:
    server = Recorder()
    peeking = Peeking(server)
    peeking.tell(TasksAsked())
    assert peeking.wants(TASKS)
    assert not peeking.wants(Peeked(1, None, 3))
    peeking.tell(Peek(3))
    peeking.end()
    peeking.end()
    assert server.take() == [TasksAsked(), Peek(3), Peek(open=False), TasksAsked(open=False)]
    assert not peeking.wants(TASKS)
