"""Waiting for descriptors, on real sockets."""

import socket
from collections.abc import Iterator

import pytest

from termlab.server.poller import READ, WRITE, Poller

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    a, b = socket.socketpair()
    yield a, b
    a.close()
    b.close()


def test_nothing_ready_is_an_empty_answer(pair: Pair) -> None:
    poller = Poller()
    poller.want(pair[0].fileno(), READ)
    assert poller.wait(0) == []


def test_it_says_which_is_ready_for_what(pair: Pair) -> None:
    poller = Poller()
    pair[1].send(b"x")
    poller.want(pair[0].fileno(), READ)
    poller.want(pair[1].fileno(), WRITE)
    assert sorted(poller.wait(None)) == sorted(
        [(pair[0].fileno(), READ), (pair[1].fileno(), WRITE)]
    )


def test_the_last_wish_counts(pair: Pair) -> None:
    poller = Poller()
    pair[1].send(b"x")
    poller.want(pair[0].fileno(), READ)
    poller.want(pair[0].fileno(), WRITE)
    assert poller.wait(None) == [(pair[0].fileno(), WRITE)]
    poller.forget(pair[0].fileno())
    assert poller.wait(0) == []


def test_an_end_is_ready_to_read(pair: Pair) -> None:
    poller = Poller()
    poller.want(pair[0].fileno(), READ)
    pair[1].close()
    ((fd, events),) = poller.wait(None)
    assert fd == pair[0].fileno()
    assert events
