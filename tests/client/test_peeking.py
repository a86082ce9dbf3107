"""A look is passed on, and ended once, if there was one."""

from termlab.client.peeking import Peeking
from termlab.wire.messages import Peek, PeekSeen
from tests.client.recorder import Recorder


def test_what_the_ui_says_goes_to_the_server_as_it_is() -> None:
    server = Recorder()
    peeking = Peeking(server)
    peeking.tell(Peek(3))
    peeking.tell(PeekSeen(1))
    assert server.take() == [Peek(3), PeekSeen(1)]
    assert peeking.is_open


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
