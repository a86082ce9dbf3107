"""Who is connected, and whether the server may end: not while anybody may be about to ask.

A newcomer is a connection that said hello and has not said yet what it wants; it may be a session.
Knows no sockets; connections tell it of themselves.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from termlab.server.loop import Loop

P = TypeVar("P")

# A server that nobody came to by then is not wanted any more.
UNUSED_S = 10.0


class Presence(Generic[P]):
    """``P`` is a connection. ``empty`` says whether no session is left; ``end`` is called when that
    is the end."""

    def __init__(self, loop: Loop, empty: Callable[[], bool], end: Callable[[], None]) -> None:
        self._empty = empty
        self._end = end
        self._unused = loop.call_at(loop.now + UNUSED_S, self._end_if_unused)
        self.connections: dict[P, None] = {}  # those that said hello, oldest first
        self.ever = 0  # so many came
        self._newcomers = 0
        self._used = False

    def used(self) -> None:
        """There is a session: from here on the last one's end is the server's."""
        self._used = True

    def came(self, peer: P) -> int:
        """A connection said hello; what it wants it has not said yet. The number it gets."""
        self._unused.cancel()  # from here on the last one's leaving is the end
        self.ever += 1
        self.connections[peer] = None
        self._newcomers += 1
        return self.ever

    def asked(self) -> None:
        """A newcomer got its answer: an end that waited for that can come."""
        self._newcomers -= 1
        if self._used and self.may_end():
            self._end()

    def went(self, peer: P, newcomer: bool) -> None:
        """One that had said hello has ended. A server without sessions ends with the last one."""
        self.connections.pop(peer, None)
        self._newcomers -= newcomer
        self._end_if_unused()

    def may_end(self) -> bool:
        """Whether nothing is left and nobody is about to ask."""
        return self._empty() and not self._newcomers

    def _end_if_unused(self) -> None:
        if not self.connections and self.may_end():
            self._end()
