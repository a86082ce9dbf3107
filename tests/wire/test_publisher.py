"""Publishing over real socket pairs: who is told, who is slow, and what is lost."""

import socket
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from termlab.wire import codec
from termlab.wire.link import Link
from termlab.wire.messages import FromClient, FromServer, Published
from termlab.wire.publisher import MAX_WAITING, MAX_WAITING_BYTES, Publisher

ONE, OTHER = "one", "other"


class Stand:
    """A publisher, its turns, and its subscribers' ends."""

    def __init__(self) -> None:
        self.soon: list[Callable[[], None]] = []
        self.publisher = Publisher((ONE, OTHER), self.soon.append)
        self.ends: list[tuple[Link[FromClient], Link[FromServer]]] = []

    def subscriber(self, *topics: str) -> tuple[Link[FromClient], Link[FromServer]]:
        ours, theirs = socket.socketpair()
        link: Link[FromClient] = Link(ours, codec.from_client())
        self.ends.append((link, Link(theirs, codec.from_server())))
        self.publisher.subscribe(link, frozenset(topics))
        return self.ends[-1]

    def turn(self) -> None:
        """What was to be done before the server sleeps is done."""
        while self.soon:
            self.soon.pop(0)()

    def hear(self, end: tuple[Link[FromClient], Link[FromServer]]) -> list[Published]:
        """Everything that comes, with the publisher told of each drained socket."""
        got: list[Published] = []
        while True:
            messages = end[1].receive()
            got += [each for each in messages or () if isinstance(each, Published)]
            if end[0].queued_bytes and end[0].flush():
                self.publisher.drained(end[0])
            self.turn()
            if not messages and not end[0].queued_bytes:
                return got

    def close(self) -> None:
        for ours, theirs in self.ends:
            ours.close()
            theirs.close()


@pytest.fixture
def stand() -> Iterator[Stand]:
    one = Stand()
    yield one
    one.close()


def numbers(messages: list[Published]) -> list[int]:
    return [message.number for message in messages]


def test_each_is_told_of_its_topics_and_of_no_others(stand: Stand) -> None:
    first, both = stand.subscriber(ONE), stand.subscriber(ONE, OTHER)
    stand.publisher.publish(ONE, "a")
    stand.publisher.publish(OTHER, "b")
    stand.turn()
    assert [m.topic for m in stand.hear(first)] == [ONE]
    assert [m.topic for m in stand.hear(both)] == [ONE, OTHER]


def test_nothing_is_made_for_nobody(stand: Stand) -> None:
    class Unencodable:
        pass

    stand.publisher.publish(ONE, Unencodable())
    assert not stand.publisher.wanted(ONE)
    assert stand.publisher.idle
    end = stand.subscriber(ONE)
    assert stand.publisher.wanted(ONE)
    assert not stand.publisher.wanted(OTHER)
    stand.publisher.subscribe(end[0], frozenset())
    assert stand.publisher.idle
    assert stand.publisher.stats().published == 0


def test_a_hundred_subscribers_are_told_with_one_encoding(stand: Stand) -> None:
    ends = [stand.subscriber(ONE) for _ in range(100)]
    for n in range(3):
        stand.publisher.publish(ONE, n)
    stand.turn()
    read = codec.record_decoder(int)
    for end in ends:
        assert [read(message.body) for message in stand.hear(end)] == [0, 1, 2]
        assert end[0].stats().writes == 1
    stats = stand.publisher.stats()
    assert (stats.subscribers, stats.published, stats.told, stats.lost) == (100, 3, 300, 0)


def test_a_slow_subscriber_costs_the_others_nothing_and_loses_the_oldest(stand: Stand) -> None:
    slow, quick = stand.subscriber(ONE), stand.subscriber(ONE)
    count = 0
    while stand.publisher.stats().lost < 100:
        stand.publisher.publish(ONE, "x" * 200)
        stand.turn()
        count += 1
        assert numbers(stand.hear(quick)) == [count]
    stats = stand.publisher.stats()
    assert 0 < stats.waiting <= MAX_WAITING
    assert stats.waiting_high >= stats.waiting
    heard = numbers(stand.hear(slow))
    assert heard == sorted(heard)
    assert heard[-1] == count
    assert count - len(heard) == stats.lost
    # One gap, where what its socket held ends and what waited begins.
    assert sum(b - a > 1 for a, b in pairwise(heard)) == 1
    stand.publisher.publish(ONE, "afterwards")
    stand.turn()
    assert numbers(stand.hear(slow)) == [count + 1]


def test_what_waits_is_bounded_in_bytes_too(stand: Stand) -> None:
    stand.subscriber(ONE)
    while not stand.publisher.stats().lost:
        stand.publisher.publish(ONE, "x" * 50_000)
        stand.turn()
    assert stand.publisher.stats().waiting * 50_000 <= MAX_WAITING_BYTES


def test_who_leaves_or_breaks_is_told_no_more(stand: Stand) -> None:
    leaves, breaks, stays = (stand.subscriber(ONE) for _ in range(3))
    stand.publisher.publish(ONE, 1)
    stand.publisher.leave(leaves[0])
    breaks[1].close()
    stand.turn()
    stand.publisher.publish(ONE, 2)
    stand.turn()
    assert stand.hear(leaves) == []
    assert numbers(stand.hear(stays)) == [1, 2]
    stand.publisher.leave(leaves[0])
    assert stand.publisher.stats().subscribers == 2


def test_what_waits_goes_out_with_whatever_empties_the_socket(stand: Stand) -> None:
    server, client = stand.subscriber(ONE)
    while not stand.publisher.stats().waiting:
        stand.publisher.publish(ONE, "x" * 1000)
        stand.turn()
    while client.receive():
        pass
    assert server.flush()  # by somebody else, who does not tell the publisher
    stand.publisher.publish(ONE, "y")
    stand.turn()
    assert stand.publisher.stats().waiting == 2
    stand.publisher.drained(server)
    stand.turn()
    assert stand.publisher.stats().waiting == 0


def test_high_water_begins_anew(stand: Stand) -> None:
    end = stand.subscriber(ONE)
    while not stand.publisher.stats().waiting:
        stand.publisher.publish(ONE, "x" * 1000)
        stand.turn()
    stand.hear(end)
    assert stand.publisher.stats().waiting_high > 0
    stand.publisher.reset_stats()
    assert stand.publisher.stats().waiting_high == 0
