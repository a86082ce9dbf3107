"""The ring every byte of a pane passes through, between the PTY's reader and the engine.

One producer and one consumer, which may be two threads without a lock: each position is written by
one side only, grows for ever, and is published after the memory it speaks of is ready (CPython
orders the two stores). Full means the producer stops reading, so the kernel holds the child back;
nothing is ever dropped. Knows no descriptor and no clock.

Its memory is one anonymous mapping of its own, which goes back to the system whole when the ring is
closed; where none can be made, it is the heap's, which the counters say.
"""

import contextlib
import mmap
import sys
from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.errors import UsageError

DEFAULT_CAPACITY: Final = 128 * 1024
MIN_CAPACITY: Final = 256

# The memory of a ring that is closed: any use of it is a ValueError.
_GONE: Final = memoryview(b"")
_GONE.release()


class RingStats(NamedTuple):
    """Bytes since the ring was made, and how often the producer found it full. ``fallbacks`` is 1
    where the memory is the heap's because no mapping could be made."""

    capacity: int
    written: int
    consumed: int
    high_water: int
    full: int
    fallbacks: int = 0


def anonymous_mapping(capacity: int) -> mmap.mmap:
    """Memory of this process alone: a child that is forked must not write into it."""
    if sys.platform == "win32":
        return mmap.mmap(-1, capacity)
    return mmap.mmap(-1, capacity, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)


class Ring:
    """A bounded byte queue with contiguous zero-copy access on both sides. ``make_mapping`` makes
    its memory, an ``OSError`` of it is no failure."""

    __slots__ = (
        "_capacity",
        "_consumed",
        "_fallbacks",
        "_full",
        "_high_water",
        "_memory",
        "_store",
        "_written",
    )

    def __init__(
        self,
        capacity: int = DEFAULT_CAPACITY,
        make_mapping: Callable[[int], mmap.mmap] = anonymous_mapping,
    ) -> None:
        if capacity < MIN_CAPACITY:
            raise UsageError(
                f"a ring of {capacity} bytes is too small: give {MIN_CAPACITY} or more"
            )
        self._capacity = capacity
        self._fallbacks = 0
        self._store: mmap.mmap | bytearray
        try:
            self._store = make_mapping(capacity)
        except OSError:
            self._store = bytearray(capacity)
            self._fallbacks = 1
        self._memory = memoryview(self._store)
        self._written = 0  # the producer's
        self._consumed = 0  # the consumer's
        self._high_water = 0  # the producer's
        self._full = 0  # the producer's

    @property
    def waiting(self) -> int:
        """Bytes written and not yet consumed."""
        return self._written - self._consumed

    @property
    def free(self) -> int:
        return self._capacity - self._written + self._consumed

    # Producer

    def free_spans(self) -> list[memoryview]:
        """The free memory in writing order: one or two spans, none when full (which is counted)."""
        free = self._capacity - self._written + self._consumed
        if not free:
            self._full += 1
            return []
        start = self._written % self._capacity
        to_end = self._capacity - start
        if free <= to_end:
            return [self._memory[start : start + free]]
        return [self._memory[start:], self._memory[: free - to_end]]

    def commit(self, count: int) -> None:
        """Publish the first ``count`` bytes of the free spans."""
        if not 0 <= count <= self.free:
            raise ValueError(f"commit of {count} bytes with {self.free} free")
        self._written += count
        waiting = self._written - self._consumed
        if waiting > self._high_water:
            self._high_water = waiting

    def write(self, data: bytes | memoryview) -> int:
        """Copy in what fits of ``data``: how many bytes were taken."""
        source = memoryview(data)
        taken = 0
        for span in self.free_spans() if source else []:
            part = min(len(span), len(source) - taken)
            span[:part] = source[taken : taken + part]
            taken += part
        self.commit(taken)
        return taken

    # Consumer

    def peek(self, limit: int) -> memoryview:
        """Up to ``limit`` bytes from the oldest on, contiguous: shorter where the ring wraps."""
        start = self._consumed % self._capacity
        count = min(limit, self._written - self._consumed, self._capacity - start)
        return self._memory[start : start + count]

    def waiting_spans(self) -> list[memoryview]:
        """All that waits, oldest first, for a vectored write: one or two spans, none if nothing."""
        waiting = self._written - self._consumed
        start = self._consumed % self._capacity
        to_end = self._capacity - start
        if waiting <= to_end:
            return [self._memory[start : start + waiting]] if waiting else []
        return [self._memory[start:], self._memory[: waiting - to_end]]

    def consume(self, count: int) -> None:
        """Free the oldest ``count`` bytes; views of them must not be used any more."""
        if not 0 <= count <= self.waiting:
            raise ValueError(f"consume of {count} bytes with {self.waiting} waiting")
        self._consumed += count

    def rfind(self, wanted: bytes, limit: int) -> int:
        """Where in `peek` (of ``limit``) the last ``wanted`` begins, or -1: looked for in place."""
        start = self._consumed % self._capacity
        count = min(limit, self._written - self._consumed, self._capacity - start)
        found = self._store.rfind(wanted, start, start + count)
        return found - start if found >= 0 else -1

    # Either

    def stats(self) -> RingStats:
        return RingStats(
            self._capacity,
            self._written,
            self._consumed,
            self._high_water,
            self._full,
            self._fallbacks,
        )

    def reset_stats(self) -> None:
        """The high-water mark begins anew; what only counts can be subtracted."""
        self._high_water = self._written - self._consumed

    def close(self) -> None:
        """Let go of the memory, and of what waits. Only `stats` and another `close` may follow.

        A view that somebody still holds stays good: the mapping then goes with the last of them.
        """
        with contextlib.suppress(BufferError):  # of a view: the last one lets go of the rest
            self._memory.release()
            if isinstance(self._store, mmap.mmap):
                self._store.close()
        self._memory, self._store = _GONE, bytearray()
