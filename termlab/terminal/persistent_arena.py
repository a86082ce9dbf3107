"""The persistent arena: what is kept as long as a row is, and what a program calls itself.

Strings lie one behind the other in blocks, in the order of their rows. Rows go from the oldest on,
so blocks do too: each with the last row it holds anything for, in one step, whatever was in it. The
first block stays for good, with the slots at its start; it and one more are written anew before any
other is added. So rows that come and go need the capacity of those that are there, and one block.
"""

import mmap
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from termlab.model.pool import LEAST_BYTES, BufferPool, size_class
from termlab.terminal.arena import (
    ALIGNMENT,
    Block,
    Counters,
    Slot,
    aligned,
    check_alignment,
    forget_pages,
    try_take,
)
from termlab.terminal.heap_arena import HeapSlot, Kept, fitting

if TYPE_CHECKING:
    from termlab.terminal.arena_stats import ArenaStats

INITIAL_BYTES: Final = 64 << 10
# 30,000 prompts with their directory and command: more rows than a scroll-back has room for.
CAP_BYTES: Final = 4 << 20
# Doubling ends here: a block is kept for the last row in it, and a larger one for longer.
BLOCK_BYTES: Final = 256 << 10
SLOT_BYTES: Final = 8 << 10
MOST_FIRST_BYTES: Final = 1 << 20

# Neither a path nor a command line is longer: what is, is the heap's.
MAX_STRING_BYTES: Final = (1 << 16) - 1

# A handle is serial, offset and length in one number that fits a signed 64-bit one. Negative ones
# are the heap's. Serials begin anew after 67 million blocks, without those that are in use.
_LENGTH_BITS: Final = 16
_OFFSET_BITS: Final = 21
_SERIALS: Final = 1 << 26
_SERIAL_SHIFT: Final = _LENGTH_BITS + _OFFSET_BITS
_LENGTH: Final = (1 << _LENGTH_BITS) - 1
_OFFSET: Final = (1 << _OFFSET_BITS) - 1


class PersistentArena:
    """See `arena.Persistent`. A string is kept, at the longest, until the newest of its block is
    released; its handle is good for as long."""

    def __init__(
        self,
        pool: BufferPool[mmap.mmap],
        initial_bytes: int = INITIAL_BYTES,
        cap_bytes: int = CAP_BYTES,
        alignment: int = ALIGNMENT,
    ) -> None:
        self._pool = pool
        self._alignment = check_alignment(alignment)
        self._cap = cap_bytes
        self._live: dict[int, Block] = {}  # by serial, so oldest first
        self._current: Block | None = None
        self._spares: list[Block] = []
        self._serial = 0
        self._capacity = 0
        self._used = 0
        self._kept = Kept()
        self._counters = Counters()
        self._slots: list[ArenaSlot] = []
        self._slots_end = 0
        self._first = try_take(pool, min(initial_bytes, cap_bytes, MOST_FIRST_BYTES))
        if self._first is not None:
            self._capacity = self._first.size
            self._first.base = self._first.top = min(SLOT_BYTES, self._first.size)
            self._spares.append(self._first)

    def store(self, data: bytes | memoryview, generation: int) -> int:
        size = len(data)
        need = aligned(size, self._alignment)
        self._counters.allocations += 1
        block = self._current
        if block is None or block.top + need > block.size or size > MAX_STRING_BYTES:
            block = self._next_block(need) if size <= MAX_STRING_BYTES else None
            if block is None:
                self._counters.fallbacks += 1
                return -1 - self._kept.add(data, generation)
        at = block.top
        block.memory[at : at + size] = data
        block.top = at + need
        if generation > block.newest:
            block.newest = generation
        self._use(need)
        return block.serial << _SERIAL_SHIFT | at << _LENGTH_BITS | size

    def data(self, handle: int) -> bytes:
        if handle < 0:
            return self._kept.data(-1 - handle)
        block = self._live.get(handle >> _SERIAL_SHIFT)
        if block is None:
            raise LookupError(f"string {handle} went with its row")
        at = handle >> _LENGTH_BITS & _OFFSET
        return block.memory[at : at + (handle & _LENGTH)]

    def text(self, handle: int) -> str:
        return self.data(handle).decode("utf-8", "replace")

    def release(self, generation: int) -> None:
        live = self._live
        while live:
            block = next(iter(live.values()))
            if block.newest > generation:
                break
            self._retire(block)
        self._kept.release(generation)

    def slot(self, capacity: int) -> Slot:
        first = self._first
        end = aligned(self._slots_end, self._alignment) + capacity
        if first is None or end > first.base:
            self._counters.fallbacks += 1
            return HeapSlot(capacity)
        slot = ArenaSlot(self._use, first.memory, end - capacity, capacity)
        self._slots_end = end
        self._slots.append(slot)
        return slot

    def reset(self) -> None:
        self._counters.resets += 1
        for block in list(self._live.values()):
            self._retire(block)
        self._kept.clear()

    @property
    def grown(self) -> bool:
        return any(each is not self._first for each in self._spares)

    def rest(self) -> None:
        for block in [each for each in self._spares if each is not self._first]:
            self._spares.remove(block)
            forget_pages(block.memory)
            self._give(block, "quiet")

    @property
    def high_water_bytes(self) -> int:
        return self._counters.high_water

    def stats(self) -> "ArenaStats":
        return self._counters.stats(self._used, self._capacity, self._kept.size)

    def reset_stats(self) -> None:
        self._counters.high_water = self._used

    def close(self) -> None:
        """Give all memory back; handles and slots are good for nothing afterwards."""
        for block in (*self._live.values(), *self._spares):
            self._pool.give(block.memory)
        for slot in self._slots:
            slot.forget()
        self._live.clear()
        self._spares.clear()
        self._slots.clear()
        self._kept.clear()
        self._current = self._first = None
        self._capacity = self._used = self._cap = 0

    def _use(self, size: int) -> None:
        """So many bytes more are used."""
        self._used += size
        if self._used > self._counters.high_water:
            self._counters.high_water = self._used

    def _next_block(self, need: int) -> Block | None:
        """A block with room for ``need``: one that is there, one more, or None."""
        spare = next((each for each in self._spares if each.size - each.base >= need), None)
        if spare is not None:
            self._spares.remove(spare)
            return self._begin(spare)
        left = self._cap - self._capacity
        size = max(min(self._capacity, BLOCK_BYTES), size_class(need))
        if size > left:
            size = size_class(left + 1) >> 1 if left >= LEAST_BYTES else 0
        if size < need or not size:
            return None
        block = try_take(self._pool, size)
        if block is None:
            return None
        before, self._capacity = self._capacity, self._capacity + block.size
        self._counters.resized(before, self._capacity, "more rows to keep strings for")
        return self._begin(block)

    def _begin(self, block: Block) -> Block:
        self._serial = (self._serial + 1) % _SERIALS
        while self._serial in self._live:
            self._serial = (self._serial + 1) % _SERIALS
        block.serial = self._serial
        self._live[self._serial] = block
        self._current = block
        return block

    def _retire(self, block: Block) -> None:
        """Nothing in a block is of any row that is there."""
        del self._live[block.serial]
        if block is self._current:
            self._current = None
        self._used -= block.top - block.base
        block.top = block.base
        block.newest = -1
        if block is self._first or all(each is self._first for each in self._spares):
            self._spares.append(block)
        else:
            self._give(block, "its rows are gone")

    def _give(self, block: Block, why: str) -> None:
        before, self._capacity = self._capacity, self._capacity - block.size
        self._counters.resized(before, self._capacity, why)
        self._pool.give(block.memory)


class ArenaSlot:
    """See `arena.Slot`."""

    __slots__ = ("_capacity", "_length", "_memory", "_offset", "_use")

    def __init__(
        self, use: Callable[[int], None], memory: mmap.mmap, offset: int, capacity: int
    ) -> None:
        self._use = use  # is told of so many bytes more
        self._memory: mmap.mmap | None = memory
        self._offset = offset
        self._capacity = capacity
        self._length = 0

    def set(self, data: bytes) -> None:
        data = fitting(data, self._capacity)
        if self._memory is not None:
            self._memory[self._offset : self._offset + len(data)] = data
            self._use(len(data) - self._length)
            self._length = len(data)

    def data(self) -> bytes:
        if self._memory is None:
            return b""
        return self._memory[self._offset : self._offset + self._length]

    def text(self) -> str:
        return self.data().decode("utf-8", "replace")

    def forget(self) -> None:
        """The memory is another's from here on."""
        self._memory = None
        self._use(-self._length)
