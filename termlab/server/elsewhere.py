"""Work that waits for something and must not hold the loop, done by a thread of its own.

The loop hears of its end by a descriptor, and gets the result in its own thread.
"""

import socket
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from termlab.server.loop import Loop

T = TypeVar("T")


class Elsewhere(Generic[T]):
    """One piece of work; ``done`` gets what it returned, in a turn of the loop, or ``failed`` is
    told there. `close` forgets it: the thread goes on to its end, which the process waits for, and
    nobody hears of that. `wait` is for who can't go on without it."""

    def __init__(
        self,
        loop: Loop,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[], None] = lambda: None,
    ) -> None:
        self._loop = loop
        self._work = work
        self._done = done
        self._failed = failed
        self._results: list[T] = []
        self._ours, self._theirs = socket.socketpair()
        loop.watch(self._ours.fileno(), self._ended)
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="termlab-elsewhere")
        self._thread.start()

    def wait(self) -> T | None:
        """What it returned, waited for, and told to nobody else; None if it failed."""
        self.close()
        self._thread.join()
        return next(iter(self._results), None)

    def close(self) -> None:
        """Nobody waits for it any more; may be called twice."""
        if not self._closed:
            self._closed = True
            self._loop.unwatch(self._ours.fileno())
            self._ours.close()

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        finally:
            self._theirs.close()

    def _ended(self, events: int) -> None:
        self.close()
        if not self._results:  # what failed, the thread has told of itself
            self._failed()
        for result in self._results:
            self._done(result)
