"""Connections used again: found, made, expired, evicted, broken; and many requests on one."""

import socket
from collections.abc import Iterator

import pytest

from termlab.client.connection import Connection
from termlab.client.connections import Answered, Connections, Streams
from termlab.errors import ServerError
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import Bye, FromClient, Message, Notice, Reply, Request

Server = Link[FromClient]


class Place:
    """Where servers are: each connection's other end, and a clock."""

    def __init__(self) -> None:
        self.now = 100.0
        self.made: list[tuple[str, Connection, Server]] = []

    def connect(self, path: str) -> Connection:
        ours, theirs = socket.socketpair()
        connection = Connection(ours)
        self.made.append((path, connection, Link(theirs, codec.from_client())))
        return connection

    def pool(self, limit: int = 8, idle_s: float = 30.0) -> Connections:
        return Connections(self.connect, limit, idle_s, lambda: self.now)

    def ended(self) -> list[bool]:
        """Of which connections the server sees the end."""
        return [_end(server) for _, _, server in self.made]


def _end(server: Server) -> bool:
    while (messages := server.receive()) is not None:
        if not messages:
            return False
    return True


@pytest.fixture
def place() -> Iterator[Place]:
    it = Place()
    yield it
    for _, connection, server in it.made:
        connection.close()
        server.close()


def test_the_same_server_has_the_same_connection(place: Place) -> None:
    pool = place.pool()
    assert pool.to("a") is pool.to("a")
    assert pool.to("b") is not pool.to("a")
    assert [path for path, _, _ in place.made] == ["a", "b"]
    assert pool.stats() == (2, 2, 2, 0, 0, 0)


def test_one_that_nobody_used_for_long_is_closed(place: Place) -> None:
    pool = place.pool()
    assert pool.deadline() is None
    first = pool.to("a")
    place.now += 20
    pool.to("b")
    assert pool.deadline() == 130
    place.now = 129.9
    pool.expire()
    assert place.ended() == [False, False]
    place.now = 130
    pool.expire()
    assert place.ended() == [True, False]
    assert pool.deadline() == 150
    assert pool.to("a") is not first
    assert pool.stats().expired == 1


def test_one_that_was_in_use_until_now_is_not_idle(place: Place) -> None:
    pool = place.pool()
    pool.to("a")
    place.now += 29
    pool.used("a")
    place.now += 29
    pool.expire()
    assert place.ended() == [False]
    pool.used("not there")
    assert pool.stats().open == 1


def test_the_one_unused_for_longest_makes_room(place: Place) -> None:
    pool = place.pool(limit=2)
    for path in ("a", "b", "a", "c"):
        pool.to(path)
    assert [path for path, _, _ in place.made] == ["a", "b", "c"]
    assert place.ended() == [False, True, False]
    assert (pool.stats().open, pool.stats().evicted) == (2, 1)


def test_one_whose_server_went_is_replaced(place: Place) -> None:
    pool = place.pool()
    pool.to("a")
    place.made[0][2].close()
    assert pool.to("a") is place.made[1][1]
    assert pool.stats().broken == 1


def test_all_are_closed_at_the_end(place: Place) -> None:
    pool = place.pool()
    pool.to("a")
    pool.to("b")
    pool.close()
    assert place.ended() == [True, True]
    assert pool.stats().open == 0


def streams(place: Place) -> tuple[Streams, Server]:
    connection = place.connect("a")
    return Streams(connection), place.made[-1][2]


def test_requests_are_answered_in_any_order_in_parts_and_whole(place: Place) -> None:
    one, server = streams(place)
    for key in (10, 20, 30):
        one.ask(key, ("ls",), None)
    assert [m.id for m in server.receive() or () if isinstance(m, Request)] == [1, 2, 3]
    answers: list[Message] = [Reply(3, 0, "x", True), Reply(1, 2, "no"), Reply(3, 0, "y")]
    server.send_batch([*answers, Notice("by the way")])
    assert list(one.answers("it")) == [Answered(10, 2, "no"), Answered(30, 0, "xy")]
    assert len(one) == 1
    server.send(Reply(2, 0, "z"))
    assert list(one.answers("it")) == [Answered(20, 0, "z")]
    assert list(one.answers("it")) == []


@pytest.mark.parametrize("last", [Bye("ended"), Notice("ended", error=True), None])
def test_a_server_that_goes_or_refuses_is_an_error(place: Place, last: Message | None) -> None:
    one, server = streams(place)
    one.ask(1, ("ls",), None)
    if last is not None:
        server.send(last)
    server.close()
    with pytest.raises(ServerError, match="ended" if last is not None else "went away"):
        list(one.answers("it"))
