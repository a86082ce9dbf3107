"""Connections that are used again: a bounded few, one for each server, closed when unused for long.

Whoever asks a server more than once borrows its connection here instead of making one each time.
Requests of one connection are streams of their own: any number may be under way (`Streams`), and
each is answered when it is done, whichever was first.
"""

import time
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from termlab.client.connection import Clock, Connection
from termlab.errors import ServerError
from termlab.wire.messages import Bye, FromServer, Notice, Place, Reply

# Servers that a script asks at a time are few; one more, and the one unused for longest goes.
MAX_OPEN: Final = 8
# Half of what a server over a network waits before it asks whether anybody is there.
IDLE_S: Final = 30.0


class ReuseStats(NamedTuple):
    """``hits`` found a connection, ``misses`` made one; ``expired`` were closed because nobody used
    them for long, ``evicted`` to make room, ``broken`` had been closed by their server."""

    open: int
    hits: int
    misses: int
    expired: int
    evicted: int
    broken: int


class Connections:
    """By the server's path; ``connect`` makes one. Raises what that raises."""

    def __init__(
        self,
        connect: Callable[[str], Connection],
        limit: int = MAX_OPEN,
        idle_s: float = IDLE_S,
        clock: Clock = time.monotonic,
    ) -> None:
        self._connect = connect
        self._limit = limit
        self._idle_s = idle_s
        self._clock = clock
        self._open: dict[str, tuple[Connection, float]] = {}  # and when used last, oldest first
        self._hits = self._misses = self._expired = self._evicted = self._broken = 0

    def to(self, path: str) -> Connection:
        """The connection to the server at ``path``: the one there is, else a new one."""
        self.expire()
        known = self._open.pop(path, None)
        if known is not None and not known[0].usable():
            self._broken += 1
            known[0].close()
            known = None
        if known is not None:
            self._hits += 1
            connection = known[0]
        else:
            self._misses += 1
            connection = self._connect(path)
        self._open[path] = connection, self._clock()
        while len(self._open) > self._limit:
            self._evicted += 1
            self._drop(next(iter(self._open)))
        return connection

    def deadline(self) -> float | None:
        """When one will have been unused for too long; None while none is open."""
        oldest = min((used for _, used in self._open.values()), default=None)
        return None if oldest is None else oldest + self._idle_s

    def expire(self) -> None:
        """Close those unused for too long."""
        now = self._clock()
        for path, (_, used) in list(self._open.items()):
            if now >= used + self._idle_s:
                self._expired += 1
                self._drop(path)

    def used(self, path: str) -> None:
        """It is in use until now."""
        if (known := self._open.pop(path, None)) is not None:
            self._open[path] = known[0], self._clock()

    def stats(self) -> ReuseStats:
        counts = (self._hits, self._misses, self._expired, self._evicted, self._broken)
        return ReuseStats(len(self._open), *counts)

    def close(self) -> None:
        for path in list(self._open):
            self._drop(path)

    def _drop(self, path: str) -> None:
        connection, _ = self._open.pop(path)
        connection.close()


class Answered(NamedTuple):
    """What came of the request with this key."""

    key: int
    code: int
    text: str


class Streams:
    """Requests under way on one connection, each with a key of its asker's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def ask(self, key: int, argv: tuple[str, ...], place: Place | None) -> None:
        """Begin one; its answer comes among those of `answers`."""
        self._keys[self._connection.request(argv, place)] = key

    def answers(self, what: str) -> Iterator[Answered]:
        """The next answers, at least one where any is due. Raises ``ServerError``."""
        found = False
        while self._keys and not found:
            messages = self._connection.listen(what)
            if messages is None:
                raise ServerError(
                    f"{what}: the server went away before it answered: `termlab doctor` names its "
                    "log"
                )
            for answer in self._heard(messages, what):
                found = True
                yield answer

    def _heard(self, messages: list[FromServer], what: str) -> Iterator[Answered]:
        for message in messages:
            if isinstance(message, Reply) and message.id in self._keys:
                yield Answered(self._keys.pop(message.id), message.code, message.text)
            elif isinstance(message, Bye) or (isinstance(message, Notice) and message.error):
                raise ServerError(f"{what}: {message.text}")
