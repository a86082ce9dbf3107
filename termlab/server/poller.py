"""Waiting for descriptors: ``poll`` where it exists, ``select`` elsewhere (Windows).

Straight on the system call: the standard library's selectors make an object for each descriptor
that is ready, which a key's round trip would pay for four times.
"""

import select
import sys
from typing import Final

if sys.platform != "win32":
    READ: Final = select.POLLIN
    WRITE: Final = select.POLLOUT

    class Poller:
        """Which of the descriptors set with `want` are ready."""

        __slots__ = ("_poll",)

        def __init__(self) -> None:
            self._poll = select.poll()

        def want(self, fd: int, events: int) -> None:
            """Wait for ``events`` of ``fd``, instead of what was wanted before; never 0."""
            self._poll.register(fd, events)

        def forget(self, fd: int) -> None:
            self._poll.unregister(fd)

        def wait(self, seconds: float | None) -> list[tuple[int, int]]:
            """What is ready, as (descriptor, events): READ, WRITE, or any other bit for an end or
            an error, which reading will tell."""
            # Rounded up: a timer that is woken early would turn the loop for nothing.
            return self._poll.poll(None if seconds is None else int(seconds * 1000 + 0.999))

else:
    READ: Final = 1
    WRITE: Final = 4

    class Poller:
        """Which of the sockets set with `want` are ready."""

        def __init__(self) -> None:
            self._wanted: dict[int, int] = {}

        def want(self, fd: int, events: int) -> None:
            self._wanted[fd] = events

        def forget(self, fd: int) -> None:
            del self._wanted[fd]

        def wait(self, seconds: float | None) -> list[tuple[int, int]]:
            reading = [fd for fd, events in self._wanted.items() if events & READ]
            writing = [fd for fd, events in self._wanted.items() if events & WRITE]
            readable, writable, _ = select.select(reading, writing, [], seconds)
            return [(fd, READ) for fd in readable] + [(fd, WRITE) for fd in writable]
