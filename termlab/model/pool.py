"""A bounded free list of buffers by size class: what was let go is used again before more is made.

Knows nothing of what the buffers hold or are (``make`` says), and not who uses them: both ends of a
connection may, and a pane's arenas do. Single-threaded. A buffer that is given back keeps what was
written in it, so whoever takes one looks at nothing that he did not write himself.
"""

from collections.abc import Callable, Sized
from typing import Final, Generic, TypeVar

from termlab.errors import UsageError
from termlab.model.records import msgspec

# Classes are powers of two from here: one page, the least a mapping can be.
LEAST_BYTES: Final = 4096
MOST_BYTES: Final = 4 << 20
KEPT_BYTES: Final = 2 << 20

B = TypeVar("B", bound=Sized)


class PoolStats(msgspec.Struct, frozen=True):
    """Buffers taken from the list and made anew, given back to it and let go; what it keeps."""

    hits: int
    misses: int
    returned: int
    dropped: int
    kept: int
    kept_bytes: int
    limit_bytes: int


class BufferPool(Generic[B]):
    """``make`` makes a buffer of a size; it may raise, and then nothing is counted but a miss."""

    __slots__ = (
        "_dropped",
        "_free",
        "_hits",
        "_kept",
        "_kept_bytes",
        "_limit_bytes",
        "_make",
        "_misses",
        "_returned",
    )

    def __init__(self, make: Callable[[int], B], limit_bytes: int = KEPT_BYTES) -> None:
        if limit_bytes < 0:
            raise UsageError(f"a pool can't keep {limit_bytes} bytes: give 0 or more")
        self._make = make
        self._limit_bytes = limit_bytes
        self._free: dict[int, list[B]] = {}
        self._kept: set[int] = set()  # identities of what is in the list, which holds them alive
        self._kept_bytes = 0
        self._hits = self._misses = self._returned = self._dropped = 0

    def take(self, size: int) -> B:
        """A buffer of at least ``size`` bytes: of its class, or of just so many beyond the largest
        class. What ``make`` raises goes through."""
        wanted = size_class(size)
        free = self._free.get(wanted)
        if free:
            self._hits += 1
            buffer = free.pop()
            self._kept.discard(id(buffer))
            self._kept_bytes -= wanted
            return buffer
        self._misses += 1
        return self._make(wanted)

    def give(self, buffer: B) -> None:
        """Let go of a buffer; nobody may touch it any more. One that is in the list already, or is
        of no class, is refused with ``ValueError``; one that has no room there is dropped."""
        if id(buffer) in self._kept:
            raise ValueError(f"a buffer of {len(buffer)} bytes was given back twice")
        size = len(buffer)
        if size_class(size) != size:
            raise ValueError(f"a buffer of {size} bytes is of no class: its size was changed")
        if size > MOST_BYTES or self._kept_bytes + size > self._limit_bytes:
            self._dropped += 1
            return
        self._returned += 1
        self._free.setdefault(size, []).append(buffer)
        self._kept.add(id(buffer))
        self._kept_bytes += size

    def clear(self) -> None:
        """Let go of all that is kept."""
        self._free.clear()
        self._kept.clear()
        self._kept_bytes = 0

    def stats(self) -> PoolStats:
        return PoolStats(
            self._hits,
            self._misses,
            self._returned,
            self._dropped,
            len(self._kept),
            self._kept_bytes,
            self._limit_bytes,
        )


def size_class(size: int) -> int:
    """The power of two that holds ``size``; beyond the largest class, ``size`` itself."""
    if size < 0:
        raise ValueError(f"a buffer can't have {size} bytes")
    if size > MOST_BYTES:
        return size
    return max(LEAST_BYTES, 1 << (size - 1).bit_length()) if size else LEAST_BYTES
