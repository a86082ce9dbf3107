"""A link over a real socket pair: order, partial writes, a peer that stops reading, the end."""

import socket

import pytest

from termlab.errors import WireError
from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import FromClient, FromServer, Notice, Seen


def pair() -> tuple[Link[FromClient], Link[FromServer]]:
    a, b = socket.socketpair()
    return Link(a, codec.from_client()), Link(b, codec.from_server())


def test_what_is_sent_arrives_in_order() -> None:
    server, client = pair()
    for serial in range(100):
        client.send(Seen(serial))
    got = server.receive()
    assert got == [Seen(serial) for serial in range(100)]
    server.close()
    client.close()


def test_more_than_the_socket_takes_is_kept_and_goes_out_whole() -> None:
    server, client = pair()
    texts = [str(n) * 50_000 for n in range(20)]
    for text in texts:
        server.send(Notice(text))
    assert server.queued_bytes > 0
    got: list[object] = []
    while len(got) < len(texts):
        got += client.receive() or []
        server.flush()
    assert got == [Notice(text) for text in texts]
    assert server.queued_bytes == 0
    server.close()
    client.close()


def test_a_peer_that_never_reads_is_let_go_at_the_limit() -> None:
    server, client = pair()
    big = Notice("x" * (8 << 20))

    def send_for_ever() -> None:
        while True:
            server.send(big)

    with pytest.raises(WireError, match="unread"):
        send_for_ever()
    assert server.closed
    client.close()


def test_the_end_of_the_peer_is_told_once_all_was_read() -> None:
    server, client = pair()
    client.send(Seen(1))
    client.close()
    assert server.receive() == [Seen(1)]
    assert server.receive() is None
    assert server.closed


def test_nothing_waiting_is_not_the_end() -> None:
    server, client = pair()
    assert server.receive() == []
    server.close()
    client.close()


def test_what_a_peer_said_before_it_went_is_still_heard() -> None:
    server, client = pair()
    server.send(Notice("goodbye"))
    server.close()
    client.send(Seen(1))
    client.send(Seen(2))
    assert client.receive() == [Notice("goodbye")]
    assert client.receive() is None
    assert client.closed


def test_what_waited_for_a_peer_that_goes_is_let_go() -> None:
    server, client = pair()
    server.send(Notice("x" * 1_000_000))
    assert server.queued_bytes > 0
    client.close()
    assert server.flush()
    assert server.queued_bytes == 0
    assert server.receive() is None


def test_a_stream_that_is_no_protocol_closes_the_link() -> None:
    a, b = socket.socketpair()
    server = Link(a, codec.from_client())
    b.sendall(b"GET / HTTP/1.1\r\n\r\n")
    with pytest.raises(WireError, match="protocol"):
        server.receive()
    assert server.closed
    b.close()
