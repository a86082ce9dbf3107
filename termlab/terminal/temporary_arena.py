"""The temporary arena: what is built for one frame, taken back whole when the next one begins.

A frame that does not fit goes on in a further block; when it is over, one block that would have
held it takes the place of all, so the next frame of that size fits, and nothing grows with the
number of frames. After many frames that needed a quarter of it or less, or in quiet, it shrinks.
"""

import mmap
from typing import TYPE_CHECKING, Final

from termlab.errors import UsageError
from termlab.model.pool import BufferPool, size_class
from termlab.terminal.arena import (
    ALIGNMENT,
    Assembly,
    Block,
    Counters,
    Room,
    aligned,
    check_alignment,
    forget_pages,
    try_take,
)

if TYPE_CHECKING:
    from termlab.terminal.arena_stats import ArenaStats

INITIAL_BYTES: Final = 128 << 10
# Most of what one screen can take: 200x50 cells, each with its own two colours, are 400 KiB.
CAP_BYTES: Final = 4 << 20
# So many frames must have needed little before the memory for large ones is let go.
CALM_FRAMES: Final = 64
LITTLE: Final = 4  # a quarter
LEAST_ASSEMBLY: Final = 64


class TemporaryArena:
    """See `arena.Temporary`."""

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
        self._initial = min(size_class(initial_bytes), cap_bytes)
        self._blocks: list[Block] = []
        self._at = 0  # the block that is being filled
        self._used = 0
        self._heap_bytes = 0
        self._reserved: Block | None = None
        self._heap = bytearray()  # what was reserved in place of a block
        self._frames = 0  # since the size was last thought about
        self._most = 0  # that one of them needed
        self._assembly: ArenaAssembly | None = None
        self._counters = Counters()
        first = try_take(pool, self._initial)
        if first is not None:
            self._blocks.append(first)

    def alloc(self, size: int) -> memoryview:
        if not aligned(size):
            self._counters.allocations += 1
            return memoryview(bytearray())
        memory, offset, _ = self.reserve(size)
        self.commit(size)
        return memoryview(memory)[offset : offset + size]

    def reserve(self, least: int) -> Room:
        block = self._reserved  # the block that was written to last, most likely
        if block is not None and 0 < least <= block.size - block.top:
            return block.memory, block.top, block.size - block.top
        need = aligned(least, self._alignment) or self._alignment
        block = self._block_for(need)
        self._reserved = block
        if block is None:
            self._heap = bytearray(need)
            return self._heap, 0, need
        return block.memory, block.top, block.size - block.top

    def commit(self, count: int) -> None:
        block, counters = self._reserved, self._counters
        free = len(self._heap) if block is None else block.size - block.top
        if not 0 <= count <= free:
            raise ValueError(f"commit of {count} bytes with {free} reserved")
        counters.allocations += 1
        if block is None:
            counters.fallbacks += 1
            self._heap_bytes += count
            self._heap = bytearray()
            return
        need = min((count + self._alignment - 1) & -self._alignment, free)
        block.top += need
        self._used += need
        if self._used > counters.high_water:
            counters.high_water = self._used

    def reset(self) -> None:
        self._counters.resets += 1
        needed = self._used + self._heap_bytes
        if needed > self._most:
            self._most = needed
        self._frames += 1
        if self._plain and self._frames < CALM_FRAMES:
            self._blocks[0].top = self._used = 0
            return
        if self._at or self._heap_bytes:
            self._begin(needed, f"a frame took {needed} bytes")
            return
        if self._frames < CALM_FRAMES:
            self._begin()
            return
        most, self._frames, self._most = self._most, 0, 0
        if self.grown and most * LITTLE <= self._capacity():
            self._begin(most, f"{CALM_FRAMES} frames took {most} bytes at most", forget=True)
        else:
            self._begin()

    @property
    def _plain(self) -> bool:
        """Whether the frame lies in the first block, and nothing else does: as nearly all do."""
        pending = self._assembly is not None and self._assembly.has_room
        return not self._at and not self._heap_bytes and not pending and bool(self._blocks)

    @property
    def grown(self) -> bool:
        return self._capacity() > self._initial

    def rest(self) -> None:
        if self.grown:
            self._begin(0, "quiet", forget=True)

    def assembly(self, limit: int) -> Assembly:
        if self._assembly is not None:
            raise UsageError("this pane puts one string together already")
        self._assembly = ArenaAssembly(self, limit)
        return self._assembly

    @property
    def high_water_bytes(self) -> int:
        return self._counters.high_water

    def stats(self) -> "ArenaStats":
        return self._counters.stats(self._used, self._capacity(), self._heap_bytes)

    def reset_stats(self) -> None:
        self._counters.high_water = self._used

    def close(self) -> None:
        """Give all memory back; views of it must not be used any more."""
        if self._assembly is not None:
            self._assembly.begin(b"")
        for block in self._blocks:
            self._pool.give(block.memory)
        self._blocks.clear()
        self._reserved = None
        self._at = self._used = self._heap_bytes = self._cap = 0

    def _begin(self, needed: int | None = None, why: str = "", forget: bool = False) -> None:
        """Take all back, but what is being put together; with ``needed``, have room for that;
        ``forget`` the memory as well."""
        pending = self._assembly.take() if self._assembly is not None else b""
        for block in self._blocks if forget else ():
            forget_pages(block.memory)
        for block in self._blocks[: self._at + 1]:
            block.top = 0
        self._at = self._used = self._heap_bytes = 0
        self._reserved = None
        if needed is not None:
            self._fit(needed, why)
        if self._assembly is not None:
            self._assembly.begin(pending)

    def _capacity(self) -> int:
        return sum(block.size for block in self._blocks)

    def _block_for(self, need: int) -> Block | None:
        """The block being filled if it has the room, else a later one, or one more, or none."""
        blocks = self._blocks
        for at in range(self._at, len(blocks)):
            if blocks[at].size - blocks[at].top >= need:
                self._at = at
                return blocks[at]
        capacity = self._capacity()
        size = max(capacity, self._initial, size_class(need))
        if size > self._cap - capacity:
            size = size_class(need)
        if size > self._cap - capacity:
            return None
        block = try_take(self._pool, size)
        if block is None:
            return None
        blocks.append(block)
        self._at = len(blocks) - 1
        self._counters.resized(capacity, capacity + block.size, "a frame did not fit")
        return block

    def _fit(self, needed: int, why: str) -> None:
        """Have one block that holds ``needed``, and no other."""
        before = self._capacity()
        want = min(max(size_class(needed), self._initial), self._cap)
        if not want:
            return  # it is closed
        same = next((block for block in self._blocks if block.size == want), None)
        kept = same or try_take(self._pool, want)
        if kept is None:
            return  # there is no memory: what there is has to do
        for block in self._blocks:
            if block is not kept:
                self._pool.give(block.memory)
        self._blocks = [kept]
        self._counters.resized(before, kept.size, why)


class ArenaAssembly:
    """See `arena.Assembly`. What is under way at a reset is carried over to the new frame; until
    then its room is used again, so that it takes thrice its limit at most however many strings come
    without a frame."""

    __slots__ = ("_arena", "_length", "_limit", "_view")

    def __init__(self, arena: TemporaryArena, limit: int) -> None:
        self._arena = arena
        self._limit = limit
        self._view = memoryview(bytearray())
        self._length = 0

    def append(self, part: bytes | memoryview) -> bool:
        length = self._length + len(part)
        if length > self._limit:
            return False
        if length > len(self._view):
            larger = self._arena.alloc(
                min(max(length, 2 * len(self._view), LEAST_ASSEMBLY), self._limit)
            )
            larger[: self._length] = self._view[: self._length]
            self._view = larger
        self._view[self._length : length] = part
        self._length = length
        return True

    def take(self) -> bytes:
        taken = bytes(self._view[: self._length])
        self._length = 0
        return taken

    def clear(self) -> None:
        self._length = 0

    @property
    def has_room(self) -> bool:
        """Whether it has memory of the arena, used or not."""
        return bool(self._view)

    def begin(self, pending: bytes) -> None:
        """The room is gone; ``pending`` is what was under way there."""
        self._view = memoryview(bytearray())
        self._length = 0
        self.append(pending)

    def __len__(self) -> int:
        return self._length
