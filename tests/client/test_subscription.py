"""What a subscriber is told, against a server's link in the same process."""

import socket
from collections.abc import Iterator

import pytest

from termlab.client.connection import Connection
from termlab.client.subscription import Lost, Subscription
from termlab.errors import ServerError, UsageError, WireError
from termlab.model.happening import Happening
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import FromClient, Hello, Message, Notice, Published, Reply, Subscribe

Server = Link[FromClient]
BELL = Happening("bell", 1.5, "work", "@1", "%2")


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Server]]:
    ours, theirs = socket.socketpair()
    connection, server = Connection(ours), Link(theirs, codec.from_client())
    yield connection, server
    connection.close()
    server.close()


def bell(number: int, topic: str = "bell") -> Published:
    return Published(topic, number, memoryview(codec.encode_record(BELL)))


def told(ends: tuple[Connection, Server], *messages: Message) -> list[Happening | Lost | None]:
    """All that is told until the server has gone."""
    connection, server = ends
    subscription = Subscription(connection, ("bell", "other"), Happening)
    server.send_batch(messages)
    server.close()
    return list(subscription.told())


def test_it_subscribes_and_is_told_until_the_server_goes(ends: tuple[Connection, Server]) -> None:
    found = told(ends, Reply(1, 0), bell(7), Notice("by the way"), bell(8))
    assert found == [None, BELL, BELL]


def test_the_server_hears_what_it_is_about(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    Subscription(connection, ("bell",), Happening)
    hello, subscribe = server.receive() or ()
    assert isinstance(hello, Hello)
    assert subscribe == Subscribe(1, ("bell",))


def test_a_gap_in_the_numbers_of_a_topic_is_what_was_lost(
    ends: tuple[Connection, Server],
) -> None:
    found = told(ends, Reply(1, 0), bell(7), bell(3, "other"), bell(10), bell(4, "other"))
    assert found == [None, BELL, BELL, Lost("bell", 2), BELL, BELL]


def test_a_topic_there_is_not_is_a_usage_error(ends: tuple[Connection, Server]) -> None:
    with pytest.raises(UsageError, match="there is no event"):
        told(ends, Reply(1, 2, "there is no event 'x'"))


def test_a_server_that_refuses_is_an_error(ends: tuple[Connection, Server]) -> None:
    with pytest.raises(ServerError, match="can't"):
        told(ends, Notice("it can't", error=True))


def test_a_record_that_can_not_be_read_is_an_error(ends: tuple[Connection, Server]) -> None:
    with pytest.raises(WireError, match="can't be read"):
        told(ends, Reply(1, 0), Published("bell", 1, memoryview(b"\xc1")))
