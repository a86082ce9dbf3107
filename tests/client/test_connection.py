"""The client's end, against a server's link in the same process."""

import itertools
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from termlab.client.connection import Connection
from termlab.errors import ServerError, UsageError
from termlab.version import VERSION
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.loopback import Address
from termlab.wire.messages import (
    PROTOCOL,
    Bye,
    FromClient,
    Hello,
    Notice,
    Ping,
    Place,
    Pong,
    Reply,
    Request,
    Welcome,
)

Server = Link[FromClient]
HERE = Place("/", {})


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Server]]:
    ours, theirs = socket.socketpair()
    connection, server = Connection(ours), Link(theirs, codec.from_client())
    yield connection, server
    connection.close()
    server.close()


def answers(server: Server, *messages: Welcome | Reply | Bye | Notice) -> None:
    for message in messages:
        server.send(message)


WELCOME = Welcome(PROTOCOL, "9.9", 42)


def test_it_greets_first_and_numbers_its_requests(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    assert [connection.request(("ls",), HERE), connection.request(("ls",), None)] == [1, 2]
    hello, *requests = server.receive() or []
    assert isinstance(hello, Hello)
    assert requests == [Request(1, ("ls",), HERE), Request(2, ("ls",), None)]


def test_an_answer_in_parts_is_one_reply(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    assert [connection.request(("ls",), HERE) for _ in range(2)] == [1, 2]
    answers(server, WELCOME, Reply(1, 0, "a", True), Reply(2, 0, "x"), Reply(1, 0, "b"))
    assert connection.receive() == [WELCOME, Reply(2, 0, "x"), Reply(1, 0, "ab")]
    assert connection.welcome == WELCOME


def test_a_call_returns_code_and_text(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    answers(server, WELCOME, Notice("by the way"), Reply(1, 3, "there is no pane"))
    assert connection.call(("capture",), HERE) == (3, "there is no pane")


def test_a_call_waits_for_its_answer(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    server.socket.setblocking(True)

    def serve() -> None:
        got: list[object] = []
        while not any(isinstance(each, Request) for each in got):
            got += server.receive() or []
        answers(server, WELCOME, Reply(1, 0, "x" * 300_000))

    thread = threading.Thread(target=serve)
    thread.start()
    code, text = connection.call(("send-text", "y" * 500_000), None)
    thread.join()
    assert (code, len(text)) == (0, 300_000)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ((WELCOME, Bye("too many clients", 4)), "ls: too many clients"),
        ((WELCOME, Notice("can't read that", True)), "ls: can't read that"),
        ((Welcome(PROTOCOL + 1, "9.9", 42),), r"process 42\) is termlab 9.9 with protocol"),
    ],
)
def test_what_is_no_answer_ends_a_call(
    ends: tuple[Connection, Server], said: tuple[Welcome | Bye | Notice, ...], message: str
) -> None:
    connection, server = ends
    answers(server, *said)
    with pytest.raises(ServerError, match=message):
        connection.call(("ls",), HERE)


def test_a_server_that_goes_away_is_told_and_whether_it_had_greeted(
    ends: tuple[Connection, Server],
) -> None:
    connection, server = ends
    server.close()
    with pytest.raises(ServerError, match="ls: the server went away before it answered"):
        connection.call(("ls",), HERE)
    assert connection.welcome is None


def test_one_that_ends_in_mid_request_had_greeted(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    connection.request(("ls",), HERE)
    server.receive()
    answers(server, WELCOME, Reply(2, 0, "half", True))
    # Not `close` alone: unread requests would make it a broken connection instead of an end.
    server.socket.shutdown(socket.SHUT_WR)
    with pytest.raises(ServerError, match="went away"):
        connection.call(("ls",), HERE)
    assert connection.welcome == WELCOME


def test_no_answer_in_time_is_an_error(ends: tuple[Connection, Server]) -> None:
    connection, _ = ends
    ticks = itertools.count()
    clock: Callable[[], float] = lambda: next(ticks) * 100.0  # noqa: E731
    with pytest.raises(ServerError, match="gave no answer in 20 s"):
        connection.call(("ls",), HERE, clock=clock)


def test_any_protocol_will_do_for_some() -> None:
    ours, theirs = socket.socketpair()
    connection, server = Connection(ours, any_protocol=True), Link(theirs, codec.from_client())
    answers(server, Welcome(PROTOCOL + 7, "9.9", 42), Reply(1, 0, "done"))
    assert connection.call(("kill-server",), HERE) == (0, "done")
    server.close()
    connection.wait_closed(5)
    connection.close()


def test_words_that_are_no_text_or_too_long_are_refused(ends: tuple[Connection, Server]) -> None:
    connection, _ = ends
    with pytest.raises(UsageError, match="not valid UTF-8"):
        connection.request(("send-text", "\udcff"), None)
    with pytest.raises(UsageError, match="send a long text in parts"):
        connection.request(("send-text", "x" * (1 << 20)), None)


def test_it_hears_a_goodbye_before_the_end_whatever_it_sends(
    ends: tuple[Connection, Server],
) -> None:
    connection, server = ends
    server.receive()
    server.send(Bye("[exited]"))
    server.close()
    connection.request(("ls",), None)
    assert connection.receive() == [Bye("[exited]")]
    assert connection.receive() is None


# Over TCP: each side proves itself before anything is said.

ADDRESS = Address(9, "token " * 11, "proof " * 11)


class Stranger:
    """What listens at the other end: it says its words and keeps what it hears."""

    def __init__(self, said: bytes, ends: bool = True) -> None:
        self.heard = b""
        self.ours, self._theirs = socket.socketpair()
        self._theirs.sendall(said)
        if ends:
            self._theirs.shutdown(socket.SHUT_WR)

    def __enter__(self) -> "Stranger":
        return self

    def __exit__(self, *exception: object) -> None:
        while part := self._theirs.recv(4096):
            self.heard += part
        self._theirs.close()


def refused(stranger: Stranger, message: str) -> None:
    """The connection is none, closed, and nothing but the greeting was said."""
    with stranger, pytest.raises(ServerError, match=message):
        Connection(stranger.ours, address=ADDRESS, clock=itertools.count(0, 1000).__next__)
    assert stranger.ours.fileno() == -1
    assert codec.from_client().feed(stranger.heard) == [Hello(PROTOCOL, VERSION, ADDRESS.token)]


def test_who_proves_it_is_the_server_is_believed() -> None:
    ours, theirs = socket.socketpair()
    proven = Welcome(PROTOCOL, "9.9", 42, ADDRESS.proof)
    theirs.sendall(codec.encode(proven))
    connection, server = Connection(ours, address=ADDRESS), Link(theirs, codec.from_client())
    assert connection.welcome == proven
    assert server.receive() == (Hello(PROTOCOL, VERSION, ADDRESS.token),)
    answers(server, Reply(1, 0, "fine"))
    assert connection.call(("ls",), HERE) == (0, "fine")
    connection.close()
    server.close()


@pytest.mark.parametrize(
    "said",
    [
        codec.encode(Welcome(PROTOCOL, "9.9", 42)),
        codec.encode(Welcome(PROTOCOL, "9.9", 42, ADDRESS.token)),
        codec.encode(Welcome(PROTOCOL, "9.9", 42, "prüfung")),
        codec.encode(Welcome(PROTOCOL + 1, "evil", 42, "x")),
        codec.encode(Reply(1, 0, "evil")),
        codec.encode(Notice("evil")),
        b"\x00\x00\x00\x01\x00",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
    ],
)
def test_who_does_not_is_not_listened_to(said: bytes) -> None:
    refused(Stranger(said), "what listens at port 9 is not your server")


def test_a_server_that_does_not_know_the_token_is_not_quoted() -> None:
    refused(Stranger(codec.encode(Bye("evil"))), "^the server took this client for a stranger")


def test_one_that_goes_or_stays_silent_is_told() -> None:
    refused(Stranger(b""), "greeting: the server went away before it answered")
    refused(Stranger(b"", ends=False), "greeting: the server gave no answer in 20 s")


def test_on_a_unix_socket_nothing_is_waited_for_and_no_token_sent(
    ends: tuple[Connection, Server],
) -> None:
    connection, server = ends
    assert connection.welcome is None
    assert server.receive() == (Hello(PROTOCOL, VERSION, ""),)


def test_a_greeting_that_a_request_follows_goes_with_it() -> None:
    ours, theirs = socket.socketpair()
    connection, server = Connection(ours, asks=True), Link(theirs, codec.from_client())
    assert server.receive() == ()
    connection.request(("ls",), None)
    assert [type(message) for message in server.receive() or ()] == [Hello, Request]
    connection.close()
    server.close()


def test_an_answer_to_what_was_not_asked_ends_the_connection(
    ends: tuple[Connection, Server],
) -> None:
    connection, server = ends
    connection.request(("ls",), HERE)
    answers(server, Reply(1, 0, "x"), Reply(1, 0, "again"))
    with pytest.raises(ServerError, match="answered request 1, which was not asked"):
        connection.receive()
    assert not connection.usable()


def test_a_server_that_asks_whether_anybody_is_there_is_answered(
    ends: tuple[Connection, Server],
) -> None:
    connection, server = ends
    server.receive()
    server.send(Ping())
    assert connection.receive() == []
    assert server.receive() == (Pong(),)
    connection.rest()  # on a Unix socket nobody asks
    assert server.receive() == ()


def test_a_connection_is_usable_until_its_server_goes(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    server.send(Notice("by the way"))
    assert connection.usable()
    server.close()
    assert not connection.usable()


def test_a_subscription_is_a_request_of_its_own(ends: tuple[Connection, Server]) -> None:
    connection, server = ends
    assert connection.request(("ls",), None) == 1
    assert connection.subscribe(("bell",)) == 2
    server.send(Reply(2, 0))
    assert connection.listen("it") == [Reply(2, 0)]
    server.close()
    assert connection.listen("it") is None
