"""A link over a real socket pair: order, partial writes, a peer that stops reading, the end."""

import socket

import pytest

from termlab.errors import WireError
from termlab.model.buffer_sizes import AUTO, DEFAULT, LARGE, LEARNED_MESSAGES, SMALL, custom
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
    assert server.receive() == (Seen(1),)
    assert server.receive() is None
    assert server.closed


def test_nothing_waiting_is_not_the_end() -> None:
    server, client = pair()
    assert server.receive() == ()
    server.close()
    client.close()


def test_what_a_peer_said_before_it_went_is_still_heard() -> None:
    server, client = pair()
    server.send(Notice("goodbye"))
    server.close()
    client.send(Seen(1))
    client.send(Seen(2))
    assert client.receive() == (Notice("goodbye"),)
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


# Buffered, in batches, encoded before


def tiny() -> tuple[Link[FromClient], Link[FromServer]]:
    """As `pair`, whose kernel takes as little as it can at a time."""
    server, client = pair()
    server.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    return server, client


def all_of(client: Link[FromServer], server: Link[FromClient], count: int) -> list[object]:
    got: list[object] = []
    while len(got) < count:
        got += client.receive() or ()
        server.flush()
    return got


def test_what_is_buffered_goes_with_the_flush_in_one_write() -> None:
    server, client = pair()
    for n in range(10):
        server.send_buffered(Notice(str(n)))
    assert client.receive() == ()
    assert server.flush()
    assert client.receive() == [Notice(str(n)) for n in range(10)]
    assert (server.stats().writes, server.stats().messages_out) == (1, 10)
    server.close()
    client.close()


def test_what_is_sent_at_once_goes_behind_what_is_buffered() -> None:
    server, client = pair()
    server.send_buffered(Notice("first"))
    server.send(Notice("second"))
    assert client.receive() == [Notice("first"), Notice("second")]
    assert server.stats().writes == 1
    server.close()
    client.close()


def test_a_full_buffer_goes_by_itself() -> None:
    server, client = pair()
    server.tune(SMALL)
    for _ in range(9):
        server.send_buffered(Notice("x" * 500))
    assert server.stats().writes == 1
    server.flush()
    assert server.stats().writes == 2
    assert all_of(client, server, 9) == [Notice("x" * 500)] * 9
    server.close()
    client.close()


def test_a_batch_is_one_write_however_it_is_made_up() -> None:
    server, client = pair()
    small = [Notice(str(n)) for n in range(100)]
    large = [Notice(str(n) * 5000) for n in range(10)]
    server.send_batch(small)
    assert all_of(client, server, 100) == small
    server.send_batch(large)
    assert all_of(client, server, 10) == large
    server.send_batch(())
    assert server.stats().writes == 2
    server.close()
    client.close()


def test_a_flush_writes_what_waits_and_what_is_buffered() -> None:
    server, client = tiny()
    server.send(Notice("x" * 300_000))
    assert server.queued_bytes
    while client.receive():
        pass
    server.send_buffered(Notice("behind"))
    before = server.queued_bytes
    server.flush()
    assert server.queued_bytes < before
    assert all_of(client, server, 2)[-1] == Notice("behind")
    server.close()
    client.close()


def test_one_encoding_serves_many_links() -> None:
    data = codec.encode(Notice("to all"))
    for _ in range(3):
        server, client = pair()
        server.send_buffered_encoded(data)
        server.send_buffered_encoded(data)
        server.flush()
        assert all_of(client, server, 2) == [Notice("to all")] * 2
        server.close()
        client.close()


def test_partial_writes_are_resumed_where_they_stopped_and_counted() -> None:
    server, client = tiny()
    sent: list[object] = []
    for n in range(60):
        message = Notice(f"{n} " + "x" * (n * 997 % 40_000))
        sent.append(message)
        if n % 3 == 0:
            server.send(message)
        elif n % 3 == 1:
            server.send_buffered(message)
        else:
            server.send_batch([message, Notice("and")])
            sent.append(Notice("and"))
    assert all_of(client, server, len(sent)) == sent
    stats = server.stats()
    assert stats.partial_writes > 0
    assert stats.queued_high_bytes > stats.queued_bytes == 0
    assert stats.bytes_out == client.stats().bytes_in
    server.close()
    client.close()


def test_whoever_waits_is_told_that_something_is_left_and_not_when_all_went() -> None:
    server, client = tiny()
    told: list[int] = []
    server.on_blocked = lambda: told.append(server.queued_bytes)
    server.send(Notice("small"))
    assert told == []
    server.send_buffered(Notice("x" * 1_000_000))
    assert len(told) == 1
    assert told[0] > 0
    server.close()
    client.close()


def test_a_peer_that_vanishes_in_mid_message_ends_the_link_and_the_half_is_nothing() -> None:
    server, client = pair()
    client.socket.setblocking(True)
    client.socket.sendall(codec.encode(Seen(1)) + codec.encode(Seen(2))[:-1])
    client.close()
    assert server.receive() == [Seen(1)]
    assert server.receive() is None
    assert server.closed


def test_a_link_that_broke_in_mid_write_is_never_resumed() -> None:
    server, client = tiny()
    server.send(Notice("x" * 1_000_000))
    client.close()
    assert server.flush()
    writes = server.stats().writes
    for send in (server.send, server.send_buffered):
        send(Notice("more"))
    server.send_batch([Notice("more")])
    assert server.flush()
    assert server.stats().writes == writes
    assert server.receive() is None


# What it learns, and tells


def test_auto_learns_both_directions_by_themselves() -> None:
    server, client = pair()
    assert server.stats().read_preset == AUTO
    for n in range(LEARNED_MESSAGES):
        client.send(Seen(n))
        server.receive()
        server.send(Notice("x" * 20_000))
        all_of(client, server, 1)
    stats = server.stats()
    assert (stats.read_preset, stats.write_preset) == ("auto: small", "auto: large")
    assert f"{LEARNED_MESSAGES} messages of" in stats.read_why
    assert client.stats().read_preset == "auto: large"
    server.close()
    client.close()


def test_auto_counts_what_is_buffered_by_the_message() -> None:
    server, client = pair()
    for _ in range(LEARNED_MESSAGES * 4):
        server.send_buffered(Notice("x" * 500))
    server.flush()
    assert server.stats().write_preset == "auto: small"
    server.close()
    client.close()


def test_another_size_while_bytes_are_under_way_loses_nothing() -> None:
    server, client = pair()
    sent: list[object] = []
    got: list[object] = []
    for n, preset in enumerate((SMALL, LARGE, DEFAULT, None, custom(512, 512)) * 3):
        client.tune(preset)
        server.tune(preset)
        sent.append(Notice(str(n) * 1500))
        server.send_buffered(Notice(str(n) * 1500))
        got += client.receive() or ()
    server.flush()
    got += all_of(client, server, len(sent) - len(got))
    assert got == sent
    server.close()
    client.close()


def test_a_preset_that_was_set_stays() -> None:
    server, client = pair()
    server.tune(custom(4096, 65536))
    for n in range(2 * LEARNED_MESSAGES):
        client.send(Seen(n))
        server.receive()
    stats = server.stats()
    assert (stats.read_preset, stats.read_why, stats.buffer_bytes) == ("custom", "set", 4096)
    server.close()
    client.close()


def test_high_water_begins_anew_where_the_queue_stands() -> None:
    server, client = pair()
    server.send(Notice("x" * 1_000_000))
    assert server.stats().queued_high_bytes > 0
    all_of(client, server, 1)
    server.reset_stats()
    assert server.stats().queued_high_bytes == 0
    server.close()
    client.close()


def test_a_hint_makes_a_large_answer_one_read() -> None:
    for expected, reads in ((0, 2), (100_000, 1)):
        server, client = pair()
        if expected:
            client.expect(expected)
        server.send(Notice("x" * 60_000))
        assert all_of(client, server, 1) == [Notice("x" * 60_000)]
        assert client.stats().reads == reads
        server.close()
        client.close()
