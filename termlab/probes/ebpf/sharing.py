"""One `Tracer` for all who observe: loaded for the first, unloaded behind the last.

The kernel takes up to 20 ms to switch its tracepoints on or off, so both happen in a thread: who
can wait for the first figures asks `soon` until it is there. Who starts a program that is to be
counted from its beginning can't: `now` waits.
"""

from collections.abc import Callable
from threading import Lock, Thread
from typing import Final

from termlab.model.figure import Missing
from termlab.probes.ebpf.tracer import Tracer

CLOSED: Final = Missing("the server is ending")

Make = Callable[[], Tracer | Missing]


class SharedTracer:
    """A server's. ``make`` loads, or says why it can't; it is called in a thread."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._lock = Lock()
        self._users = 0
        self._found: Tracer | Missing | None = None
        self._thread: Thread | None = None
        self._ending: Thread | None = None

    def enter(self) -> None:
        """Somebody is going to observe: what was refused before is tried anew."""
        with self._lock:
            self._users += 1
            if isinstance(self._found, Missing):
                self._found = None
            if self._found is None and self._thread is None:
                self._thread = Thread(target=self._load, name="termlab-probes", daemon=True)
                self._thread.start()

    def leave(self) -> None:
        """That one is done: the last one's leaving unloads."""
        with self._lock:
            self._users -= 1
            found = self._found if not self._users else None
            if found is not None:
                self._found = None
        if isinstance(found, Tracer):
            self._ending = Thread(target=found.close, name="termlab-probes-end", daemon=True)
            self._ending.start()

    def soon(self) -> Tracer | Missing | None:
        """What came of it; None while the kernel is at it."""
        return self._found

    def now(self) -> Tracer | Missing:
        """What came of it, waited for."""
        with self._lock:  # a loading that is just done has neither in between
            thread, found = self._thread, self._found
        if found is None and thread is not None:
            thread.join()
            found = self._found
        return found or CLOSED

    def close(self) -> None:
        """The server ends: wait until nothing of it is loaded, if nobody observes any more."""
        for thread in (self._thread, self._ending):
            if thread is not None:
                thread.join()

    def _load(self) -> None:
        found = self._make()
        with self._lock:
            self._thread = None
            wanted = self._users > 0
            if wanted:
                self._found = found
        if not wanted and isinstance(found, Tracer):
            found.close()
