"""Publish and subscribe by topic: one message, encoded once, for everybody who asked for it.

While nobody does, `publish` is one look-up, and `wanted` says so beforehand. A subscriber that
does not read costs the others nothing: its socket's own buffer is filled, behind that a bounded
queue, and then the oldest is lost; the numbers say how many. Knows links and topics, not what is
told on them.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from termlab.errors import WireError
from termlab.wire.codec import encode, encode_record
from termlab.wire.link import Link
from termlab.wire.messages import FromClient, Published

# Of one subscriber, behind what its socket holds.
MAX_WAITING: Final = 1024
MAX_WAITING_BYTES: Final = 256 * 1024

Listening = Link[FromClient]


class PublisherStats(NamedTuple):
    """``published`` messages were encoded once each, and ``told`` so often; ``lost`` were those
    that a subscriber did not read in time."""

    subscribers: int
    published: int
    told: int
    lost: int
    waiting: int
    waiting_high: int


class _Subscriber:
    """One link, and what waits for it."""

    __slots__ = ("link", "topics", "waiting", "waiting_bytes")

    def __init__(self, link: Listening) -> None:
        self.link = link
        self.topics: frozenset[str] = frozenset()
        self.waiting: deque[bytes] = deque()
        self.waiting_bytes = 0


class Publisher:
    """The one of a server. ``soon`` calls what it is given before the server sleeps again: what is
    published in one turn goes out in one write."""

    def __init__(self, topics: Iterable[str], soon: Callable[[Callable[[], None]], None]) -> None:
        self._soon = soon
        self._by_topic: dict[str, list[_Subscriber]] = {name: [] for name in topics}
        self._numbers = dict.fromkeys(self._by_topic, 0)
        self._subscribers: dict[Listening, _Subscriber] = {}
        self._unsent: dict[Listening, None] = {}
        self._published = self._told = self._lost = self._high = 0

    def wanted(self, topic: str) -> bool:
        """Whether anybody listens: what nobody hears need not be made."""
        return bool(self._by_topic[topic])

    @property
    def idle(self) -> bool:
        """Whether nobody listens to anything."""
        return not self._subscribers

    def subscribe(self, link: Listening, topics: frozenset[str]) -> None:
        """From now on ``link`` is told of these topics, all of them known, and of no others."""
        one = self._subscribers.get(link) or _Subscriber(link)
        for name in one.topics - topics:
            self._by_topic[name].remove(one)
        for name in topics - one.topics:
            self._by_topic[name].append(one)
        one.topics = topics
        if topics:
            self._subscribers[link] = one
        else:
            self._subscribers.pop(link, None)

    def leave(self, link: Listening) -> None:
        """The link has gone."""
        if link in self._subscribers:
            self.subscribe(link, frozenset())
        self._unsent.pop(link, None)

    def publish(self, topic: str, record: object) -> None:
        """Tell everybody who listens."""
        if not (listening := self._by_topic[topic]):
            return
        number = self._numbers[topic] = self._numbers[topic] + 1
        data = encode(Published(topic, number, memoryview(encode_record(record))))
        self._published += 1
        for one in listening:
            if one.waiting or one.link.queued_bytes:
                self._wait(one, data)
            else:
                self._send(one, data)

    def drained(self, link: Listening) -> None:
        """The socket of ``link`` has taken all that waited in it."""
        one = self._subscribers.get(link)
        while one is not None and one.waiting and not link.queued_bytes:
            data = one.waiting.popleft()
            one.waiting_bytes -= len(data)
            self._send(one, data)

    def flush(self) -> None:
        """Write what was published in this turn."""
        unsent, self._unsent = self._unsent, {}
        for link in unsent:
            try:
                if link.flush():
                    self.drained(link)
            except WireError:
                continue  # it is closed now, of which whoever has it is told

    def stats(self) -> PublisherStats:
        waiting = sum(len(each.waiting) for each in self._subscribers.values())
        told = (self._published, self._told, self._lost)
        return PublisherStats(len(self._subscribers), *told, waiting, self._high)

    def reset_stats(self) -> None:
        """The high-water mark begins anew."""
        self._high = 0

    def _wait(self, one: _Subscriber, data: bytes) -> None:
        one.waiting.append(data)
        one.waiting_bytes += len(data)
        while len(one.waiting) > MAX_WAITING or one.waiting_bytes > MAX_WAITING_BYTES:
            one.waiting_bytes -= len(one.waiting.popleft())
            self._lost += 1
        self._high = max(self._high, len(one.waiting))

    def _send(self, one: _Subscriber, data: bytes) -> None:
        self._told += 1
        if not self._unsent:
            self._soon(self.flush)
        self._unsent[one.link] = None
        try:
            one.link.send_buffered_encoded(data)
        except WireError:
            return  # as in `flush`
