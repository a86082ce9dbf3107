"""The heap in the place of both arenas, for ``arenas = "off"`` and where an arena gives no slot.

Behaves as they do and is measured beside them. Nothing is bounded here but by those who store: that
is what an arena is for. The kept buffer is as large as one screen of usual rows asks for.
"""

from array import array
from typing import TYPE_CHECKING, Final

from termlab.errors import UsageError
from termlab.terminal.arena import Assembly, Counters, Room, Slot, aligned

if TYPE_CHECKING:
    from termlab.terminal.arena_stats import ArenaStats

BUFFER_BYTES: Final = 1 << 16
# A larger buffer was for one screen of extreme rows and is let go afterwards.
KEEP_BUFFER_BYTES: Final = 1 << 20


class HeapTemporary:
    """See `arena.Temporary`. One buffer is written over again and again."""

    def __init__(self) -> None:
        self._buffer = bytearray(BUFFER_BYTES)
        self._reserved = self._buffer
        self._assembly: HeapAssembly | None = None
        self._counters = Counters()
        self._used = 0

    def alloc(self, size: int) -> memoryview:
        self._count(aligned(size))
        return memoryview(bytearray(size))

    def reserve(self, least: int) -> Room:
        if aligned(least) > len(self._buffer):
            self._reserved = bytearray(least)
            if least <= KEEP_BUFFER_BYTES:
                self._buffer = self._reserved
        else:
            self._reserved = self._buffer
        return self._reserved, 0, len(self._reserved)

    def commit(self, count: int) -> None:
        if not 0 <= count <= len(self._reserved):
            raise ValueError(f"commit of {count} bytes with {len(self._reserved)} reserved")
        self._count(aligned(count))

    def reset(self) -> None:
        self._counters.resets += 1
        self._used = 0

    @property
    def grown(self) -> bool:
        return len(self._buffer) > BUFFER_BYTES

    def rest(self) -> None:
        if len(self._buffer) > BUFFER_BYTES:
            self._buffer = self._reserved = bytearray(BUFFER_BYTES)

    def assembly(self, limit: int) -> Assembly:
        if self._assembly is not None:
            raise UsageError("this pane puts one string together already")
        self._assembly = HeapAssembly(limit)
        return self._assembly

    @property
    def high_water_bytes(self) -> int:
        return self._counters.high_water

    def stats(self) -> "ArenaStats":
        return self._counters.stats(self._used, 0, len(self._buffer))

    def reset_stats(self) -> None:
        self._counters.high_water = self._used

    def close(self) -> None:
        self._buffer = self._reserved = bytearray()

    def _count(self, size: int) -> None:
        self._counters.allocations += 1
        self._used += size
        self._counters.high_water = max(self._counters.high_water, self._used)


class HeapPersistent:
    """See `arena.Persistent`."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._counters = Counters()

    def store(self, data: bytes | memoryview, generation: int) -> int:
        self._counters.allocations += 1
        handle = self._kept.add(data, generation)
        self._counters.high_water = max(self._counters.high_water, self._kept.size)
        return handle

    def data(self, handle: int) -> bytes:
        return self._kept.data(handle)

    def text(self, handle: int) -> str:
        return self._kept.data(handle).decode("utf-8", "replace")

    def release(self, generation: int) -> None:
        self._kept.release(generation)

    def slot(self, capacity: int) -> Slot:
        return HeapSlot(capacity)

    def reset(self) -> None:
        self._counters.resets += 1
        self._kept.clear()

    @property
    def grown(self) -> bool:
        return False

    def rest(self) -> None:
        """The heap keeps nothing in reserve."""

    @property
    def high_water_bytes(self) -> int:
        return self._counters.high_water

    def stats(self) -> "ArenaStats":
        return self._counters.stats(self._kept.size, 0, self._kept.size)

    def reset_stats(self) -> None:
        self._counters.high_water = self._kept.size

    def close(self) -> None:
        self._kept.clear()


class Kept:
    """Strings by number, oldest generation first: as lean as the heap can have them."""

    __slots__ = ("_first", "_generations", "_gone", "_strings", "size")

    def __init__(self) -> None:
        self.size = 0
        self._strings: list[bytes] = []
        self._generations = array("q")
        self._gone = 0  # of both, at their beginning
        self._first = 0  # the number of what stands there

    def add(self, data: bytes | memoryview, generation: int) -> int:
        """Keep a copy: its number, which is never another's."""
        self._strings.append(bytes(data))
        self._generations.append(generation)
        self.size += len(data)
        return self._first + len(self._strings) - 1

    def data(self, number: int) -> bytes:
        """What was kept. Raises ``LookupError`` if it is gone."""
        at = number - self._first
        if not self._gone <= at < len(self._strings):
            raise LookupError(f"string {number} went with its row")
        return self._strings[at]

    def release(self, generation: int) -> None:
        """Forget what was kept up to this generation."""
        strings, generations, gone = self._strings, self._generations, self._gone
        while gone < len(strings) and generations[gone] <= generation:
            self.size -= len(strings[gone])
            strings[gone] = b""
            gone += 1
        if gone * 2 >= len(strings):
            del strings[:gone], generations[:gone]
            self._first += gone
            gone = 0
        self._gone = gone

    def clear(self) -> None:
        """Forget all."""
        self._first += len(self._strings)
        self._strings.clear()
        del self._generations[:]
        self._gone = self.size = 0


class HeapSlot:
    """See `arena.Slot`."""

    __slots__ = ("_capacity", "_data")

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._data = b""

    def set(self, data: bytes) -> None:
        self._data = fitting(data, self._capacity)

    def data(self) -> bytes:
        return self._data

    def text(self) -> str:
        return self._data.decode("utf-8", "replace")


class HeapAssembly:
    """See `arena.Assembly`."""

    __slots__ = ("_bytes", "_limit")

    def __init__(self, limit: int) -> None:
        self._bytes = bytearray()
        self._limit = limit

    def append(self, part: bytes | memoryview) -> bool:
        if len(self._bytes) + len(part) > self._limit:
            return False
        self._bytes += part
        return True

    def take(self) -> bytes:
        taken = bytes(self._bytes)
        self._bytes.clear()
        return taken

    def clear(self) -> None:
        self._bytes.clear()

    def __len__(self) -> int:
        return len(self._bytes)


def fitting(data: bytes, capacity: int) -> bytes:
    """``data``, cut behind the last whole character that has room."""
    if len(data) <= capacity:
        return data
    return data[:capacity].decode("utf-8", "ignore").encode()
