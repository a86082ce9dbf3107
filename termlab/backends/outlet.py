"""What a thread writes to a slow reader: at once while that takes it, else by two buffers in turn.

A source whose reads can be queued should not stand still while its last read is written out. So
when the reader is behind, what comes is gathered in one buffer while a thread writes the other;
then they change places, and what has gathered goes out in one piece. Once all is out, writing is
direct again: for a key's echo a second thread would be a detour of 35 µs.

A bounded queue: with both buffers full the source waits, which is counted. Nothing is lost, doubled
or reordered. Knows no descriptor; ``write_all`` and ``takes_some`` do.
"""

from collections.abc import Callable
from threading import Condition, Thread
from typing import Final, NamedTuple

BUFFER_BYTES: Final = 64 * 1024


class OutletStats(NamedTuple):
    """Bytes and writes ``direct``ly; ``gathered`` pieces that went out in ``turns`` of the buffers;
    ``full``: how often the source had to wait for room."""

    bytes: int
    direct: int
    gathered: int
    turns: int
    full: int


class Outlet:
    """One thread's. ``write_all`` may block; an ``OSError`` of it is raised by the next `write`."""

    def __init__(
        self,
        write_all: Callable[[memoryview], object],
        takes_some: Callable[[], bool],
        size: int = BUFFER_BYTES,
    ) -> None:
        self._write_all = write_all
        self._takes_some = takes_some
        self._size = size
        self._filling, self._writing = bytearray(), bytearray()  # made with the first need
        self._filled = 0
        self._busy = False  # the thread has something to write, or is at it
        self._ended = False
        self._failed: OSError | None = None
        self._changed = Condition()
        self._thread: Thread | None = None
        self._bytes = self._direct = self._gathered = self._turns = self._full = 0

    def write(self, data: bytes) -> None:
        """Have all of ``data`` written, now or behind what waits."""
        self._bytes += len(data)
        if self._busy or not self._takes_some():
            self._gather(memoryview(data))
            return
        self._direct += 1
        self._write_all(memoryview(data))

    def end(self) -> None:
        """Wait until all is written, or can't be."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
        self._filling = self._writing = bytearray()

    def stats(self) -> OutletStats:
        return OutletStats(self._bytes, self._direct, self._gathered, self._turns, self._full)

    def _gather(self, source: memoryview) -> None:
        if self._thread is None and not self._start():
            self._direct += 1
            self._write_all(source)
            return
        with self._changed:
            self._gathered += 1
            while source:
                if self._failed is not None:
                    raise self._failed
                if self._filled == self._size:
                    self._full += 1
                    self._changed.wait_for(self._has_room)
                    continue
                part = source[: self._size - self._filled]
                self._filling[self._filled : self._filled + len(part)] = part
                self._filled += len(part)
                source = source[len(part) :]
                self._busy = True
                self._changed.notify()

    def _start(self) -> bool:
        """Whether there is a thread from here on; without one the source waits for each write."""
        thread = Thread(target=self._write_in_turns, daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return False
        # The thread waits for something to write, which only the caller can bring.
        self._filling, self._writing = bytearray(self._size), bytearray(self._size)
        self._thread = thread
        return True

    def _write_in_turns(self) -> None:
        while count := self._take():
            try:
                self._write_all(memoryview(self._writing)[:count])
            except OSError as error:
                with self._changed:
                    self._failed = error
                    self._changed.notify()
                return

    def _take(self) -> int:
        """Wait for something and change the buffers: how much is to be written, 0 at the end."""
        with self._changed:
            self._busy = bool(self._filled)
            self._changed.wait_for(lambda: self._filled or self._ended)
            self._filling, self._writing = self._writing, self._filling
            count, self._filled = self._filled, 0
            self._turns += bool(count)
            self._changed.notify()
            return count

    def _has_room(self) -> bool:
        return self._filled < self._size or self._failed is not None
