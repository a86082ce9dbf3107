"""The ring every byte of a pane passes through, between the PTY's reader and the engine.

One producer and one consumer, which may be two threads without a lock: each position is written by
one side only, grows for ever, and is published after the memory it speaks of is ready (CPython
orders the two stores). Full means the producer stops reading, so the kernel holds the child back;
nothing is ever dropped. Knows no descriptor and no clock.
"""

from typing import Final, NamedTuple

from termlab.errors import UsageError

DEFAULT_CAPACITY: Final = 128 * 1024
MIN_CAPACITY: Final = 256


class RingStats(NamedTuple):
    """Bytes since the ring was made, and how often the producer found it full."""

    capacity: int
    written: int
    consumed: int
    high_water: int
    full: int


class Ring:
    """A bounded byte queue with contiguous zero-copy access on both sides."""

    __slots__ = ("_capacity", "_consumed", "_full", "_high_water", "_memory", "_written")

    def __init__(self, capacity: int = DEFAULT_CAPACITY) -> None:
        if capacity < MIN_CAPACITY:
            raise UsageError(
                f"a ring of {capacity} bytes is too small: give {MIN_CAPACITY} or more"
            )
        self._capacity = capacity
        self._memory = memoryview(bytearray(capacity))
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

    def consume(self, count: int) -> None:
        """Free the oldest ``count`` bytes; views of them must not be used any more."""
        if not 0 <= count <= self.waiting:
            raise ValueError(f"consume of {count} bytes with {self.waiting} waiting")
        self._consumed += count

    def stats(self) -> RingStats:
        return RingStats(
            self._capacity, self._written, self._consumed, self._high_water, self._full
        )
